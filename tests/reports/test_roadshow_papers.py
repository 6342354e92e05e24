"""Papers of a roadshow: what they hold, and that no value reaches a reader its field is not tagged for."""

import datetime as dt
from dataclasses import replace

import pytest

from liaison.domain.errors import Refused
from liaison.domain.fields import fields_of
from liaison.domain.patients import Region
from liaison.domain.privacy import Audience
from liaison.domain.roadshows import (
    GuestDraft,
    GuestState,
    NeedDraft,
    PermitDraft,
    PermitKind,
    RoadshowDraft,
    RoadshowPromiseDraft,
    SessionDraft,
    ThemeDraft,
    Topic,
)
from liaison.i18n import Language
from liaison.reports import roadshow_view
from liaison.reports.making import make_report, put_on_record
from liaison.reports.roadshow_blocks import days_words, promises_grid
from liaison.reports.roadshow_view import Eye
from liaison.services import roadshow_guests, roadshow_promises, roadshow_views, roadshows
from liaison.store.journal_tables import ActionKind
from tests import make
from tests.reports.reading import text_of

DAY = dt.date(2026, 10, 28)
PAPERS = (
    ("city_pack", Audience.PUBLIC), ("city_pack", Audience.INTERNAL), ("roadshow_invitations", Audience.INSURER),
    ("roadshow_invitations", Audience.HOSPITAL), ("roadshow_follow_up", Audience.INSURER),
    ("roadshow_follow_up", Audience.HOSPITAL), ("insurer_sheet", Audience.INSURER),
    ("roadshow_check_in", Audience.INTERNAL),
)  # fmt: skip
"""Every paper with every reader it is made for."""


def sign(kind, name):
    """A word that stands in one field only and in no language."""
    return "q" + "".join(chr(ord("a") + ord(c) % 26) for c in f"{kind.__name__}{name}") + "zz"


class Marked:
    """An event in which every text field holds a word of its own; its own insurer and hospital, and a rival."""

    def __init__(self, store):
        self.insurer = make.insurer(store, name="Nusa Proteksi")
        self.rival = make.insurer(store, name="Cakra Jiwa")
        self.hospital = make.hospital(store, name="Island Hospital", city="Penang", phone="+60 4-555 1000")
        before = RoadshowDraft(series="Lalu", city="Medan", starts_on=dt.date(2026, 4, 1))
        self.last = make.made(store, roadshows.add_roadshow, before)
        here = self.filled(RoadshowDraft, city="Medan", starts_on=DAY, series="Akhir 2026", covers_west=True)
        self.key = make.made(store, roadshows.add_roadshow, here)
        add = (
            (roadshows.add_session, SessionDraft, {"starts_at": make.START, "minutes": 30}),
            (roadshows.add_theme, ThemeDraft, {"region": Region.WEST}),
            (roadshows.add_permit, PermitDraft, {"kind": PermitKind.OTHER}),
            (roadshow_promises.promise, RoadshowPromiseDraft, {"due_on": dt.date(2026, 12, 1)}),
            (roadshow_promises.add_need, NeedDraft, {"topic": Topic.NIGHT, "region": Region.WEST}),
        )
        for service, kind, values in add:
            if "organization_id" in {f.name for f in fields_of(kind)}:
                values = {**values, "organization_id": self.insurer}
            make.do(store, service, self.filled(kind, roadshow_id=self.key, **values))
        guest = self.filled(GuestDraft, roadshow_id=self.key, organization_id=self.insurer, phone="", email="",
                            consent_on=dt.date(2026, 10, 1))  # fmt: skip
        make.do(store, roadshow_guests.add_guest, guest)
        for house in (self.hospital, self.rival):
            person = "Rudi Halim" if house == self.hospital else "Maya Rival"
            draft = GuestDraft(roadshow_id=self.key, organization_id=house, name=person)
            make.do(store, roadshow_guests.add_guest, draft)
        visitor = GuestDraft(roadshow_id=self.key, name="Suyanti Tamu", need="rahasiatamu", is_visitor=True,
                             state=GuestState.WALK_IN)  # fmt: skip
        make.do(store, roadshow_guests.add_guest, visitor)
        for house, what in ((self.insurer, "janjinusa"), (self.rival, "janjicakra")):
            draft = RoadshowPromiseDraft(roadshow_id=self.key, what=what, owner=f"orang {what}", organization_id=house,
                                         due_on=dt.date(2026, 12, 1))  # fmt: skip
            make.do(store, roadshow_promises.promise, draft)
            need = NeedDraft(roadshow_id=self.key, wish=f"ingin{what}", organization_id=house, topic=Topic.CLAIMS)
            make.do(store, roadshow_promises.add_need, need)
        make.do(store, roadshow_promises.promise, RoadshowPromiseDraft(roadshow_id=self.last, what="janjilama",
                                                                       owner="Ibu Pemilik", due_on=DAY))  # fmt: skip

    def filled(self, draft, **values):
        texts = {f.name: sign(draft, f.name) for f in fields_of(draft) if f.kind is str}
        return draft(**{**texts, **values})


@pytest.fixture(scope="module")
def filled_store(tmp_path_factory):
    """An office with the marked event, for tests that only read."""
    clock = make.TestClock(dt.datetime(2026, 11, 20, 7, 5, tzinfo=dt.UTC))
    with make.new_store(tmp_path_factory.mktemp("marked") / "store", clock) as store:
        store.marked_event = Marked(store)
        yield store


@pytest.fixture
def marked(filled_store):
    return filled_store.marked_event


def paper(store, marked, name, audience, language="en"):
    options = {"event": str(marked.key)}
    if name == "insurer_sheet":
        options["house"] = str(marked.insurer)
    return make.see(store, make_report, name, options, language=language, audience=audience)


@pytest.mark.parametrize(("name", "audience"), PAPERS, ids=lambda v: str(v))
@pytest.mark.parametrize("language", ["id", "en"])
def test_no_field_reaches_a_reader_it_is_not_tagged_for(filled_store, marked, name, audience, language):
    told = text_of(paper(filled_store, marked, name, audience, language).data)

    seen = []
    for kind in (RoadshowDraft, SessionDraft, ThemeDraft, PermitDraft, GuestDraft, NeedDraft, RoadshowPromiseDraft):
        for spec in fields_of(kind):
            if sign(kind, spec.name) in told:
                seen.append((kind.__name__, spec.name))
                assert spec.may_be_seen_by(audience), seen[-1]
    if (name, audience) != ("roadshow_follow_up", Audience.HOSPITAL):  # all that is marked belongs to an insurer
        assert seen, "a paper that shows nothing proves nothing"
    for secret in ("Suyanti", "rahasiatamu"):
        assert secret not in told


def test_the_joint_pack_names_no_insurer_and_nobody_and_has_every_chapter_with_its_page(filled_store, marked):
    result = paper(filled_store, marked, "city_pack", Audience.PUBLIC)
    told = text_of(result.data)

    for name in ("Nusa Proteksi", "Cakra Jiwa", "Rudi Halim", "Ibu Pemilik", "ingin"):
        assert name not in told
    for chapter in ("Contents", "Programme", "Promised last time", "Subjects raised", "Where patients come from",
                    "City briefing", "Hospital directory"):  # fmt: skip
        assert chapter in told, chapter
    assert "this office" not in told or result.pages > 3
    assert result.action_kind is ActionKind.RELEASE


def test_joint_paper_into_which_somebody_wrote_an_insurer_is_refused(store):
    marked = Marked(store)
    need = NeedDraft(roadshow_id=marked.key, wish="x", topic=Topic.DATA, for_all="Nusa Proteksi minta laporan")
    make.do(store, roadshow_promises.add_need, need)

    with pytest.raises(Refused) as refused:
        paper(store, marked, "city_pack", Audience.PUBLIC)
    assert "LEAK_INSURER" in [p.code for p in refused.value.problems]


def test_the_offices_own_pack_has_guests_register_and_permits(filled_store, marked):
    told = text_of(paper(filled_store, marked, "city_pack", Audience.INTERNAL).data)

    for words in ("Rudi Halim", "Nusa Proteksi", "Register of wishes", "Permits", "INTERNAL"):
        assert words in told, words


@pytest.mark.parametrize("name", ["insurer_sheet", "roadshow_follow_up"])
def test_an_insurer_reads_its_own_wishes_and_promises_alone(filled_store, marked, name):
    options = {"event": str(marked.key), "house": str(marked.insurer)}
    told = text_of(make.see(filled_store, make_report, name, options, language="en", audience=Audience.INSURER).data)

    assert "janjinusa" in told
    assert "inginjanjinusa" in told
    for other in ("janjicakra", "Cakra Jiwa", "Maya"):
        assert other not in told


def test_a_letter_to_a_house_without_promises_says_so_in_words(filled_store):
    bare = make.made(filled_store, roadshows.add_roadshow, RoadshowDraft(series="Sepi", city="Batam", starts_on=DAY))
    guest = GuestDraft(roadshow_id=bare, organization_id=make.insurer(filled_store), name="Rudi Halim")
    make.do(filled_store, roadshow_guests.add_guest, guest)
    options = {"event": str(bare)}
    letter = make.see(
        filled_store, make_report, "roadshow_follow_up", options, language="en", audience=Audience.INSURER
    )

    assert letter.headlines[0].generated.startswith("Nothing was promised between us in Batam")
    assert "0 promises" not in text_of(letter.data)


def test_nobody_is_missed_at_a_meeting_that_is_still_to_come(filled_store, marked):
    ahead = RoadshowDraft(series="Depan", city="Medan", starts_on=dt.date(2026, 11, 21))
    key = make.made(filled_store, roadshows.add_roadshow, ahead)
    guest = GuestDraft(roadshow_id=key, organization_id=marked.insurer, name="Rudi Halim")
    make.do(filled_store, roadshow_guests.add_guest, guest)
    with pytest.raises(Refused) as refusal:
        make.see(filled_store, make_report, "roadshow_follow_up", {"event": str(key)}, language="en")

    assert [p.code for p in refusal.value.problems] == ["NOT_YET_HELD"]


def test_each_house_has_its_letter_and_visitors_have_none(filled_store, marked):
    invited = paper(filled_store, marked, "roadshow_invitations", Audience.INSURER)
    told = text_of(invited.data)

    assert "Nusa Proteksi" in told
    assert "Cakra Jiwa" in told
    assert "Island Hospital" not in told
    assert "Island Hospital" in text_of(paper(filled_store, marked, "roadshow_invitations", Audience.HOSPITAL).data)


def test_a_paper_for_nobody_and_an_event_that_is_not_there_are_refused(filled_store, marked):
    alone = make.made(
        filled_store, roadshows.add_roadshow, RoadshowDraft(series="Sendiri", city="Batam", starts_on=DAY)
    )
    for options in ({"event": str(alone)}, {"event": "Atlantis"}):
        with pytest.raises(Refused):
            make.see(
                filled_store, make_report, "roadshow_invitations", options, language="id", audience=Audience.INSURER
            )
    with pytest.raises(Refused):
        make.see(filled_store, make_report, "insurer_sheet", {"house": "Tidak Ada"}, language="id")


def test_a_city_without_a_round_table_of_its_own_has_a_pack_without_briefing(store):
    draft = RoadshowDraft(series="Sendiri", city="Batam", starts_on=DAY)
    make.do(store, roadshows.add_roadshow, draft)
    told = text_of(make.see(store, make_report, "city_pack", {"event": "Batam"}, language="id").data)

    assert "Batam" in told
    assert "Ringkasan kota" not in told


def test_the_pack_of_surabaya_covers_its_centre_and_east_by_the_offices_own_list(store):
    make.insurer(store, name="Nusa Proteksi", short_name="Nusa")
    make.do(store, roadshows.set_region, "53", Region.CENTRAL)
    make.do(store, roadshows.add_roadshow, RoadshowDraft(series="Akhir", city="Surabaya", starts_on=DAY))
    told = text_of(make.see(store, make_report, "city_pack", {"event": "Surabaya"}, language="en").data)

    assert "Covers" in told
    assert "Central, east" in told
    central, east = told.index("Jawa Tengah"), told.index("Maluku Utara")
    assert central < told.index("Nusa Tenggara Timur") < east
    assert "Sumatera Utara" not in told[central:east]


def test_the_check_in_list_has_empty_lines_for_visitors_and_none_on_record(filled_store, marked):
    told = text_of(paper(filled_store, marked, "roadshow_check_in", Audience.INTERNAL).data)

    assert "Rudi Halim" in told
    assert "Suyanti" not in told
    assert "I agree" in told


def meeting(store, day, *states):
    """An event with one guest a state; returns its key and the guests'."""
    key = make.made(store, roadshows.add_roadshow, RoadshowDraft(series="Uji", city="Batam", starts_on=day))
    guests = []
    for number, state in enumerate(states):
        house = make.insurer(store, name=f"Penjamin {number} {day}")
        draft = GuestDraft(roadshow_id=key, organization_id=house, name=f"Tamu {number}", state=state)
        guests.append(make.made(store, roadshow_guests.add_guest, draft))
    return key, guests


@pytest.mark.parametrize(
    ("states", "said"),
    [
        ((GuestState.COMING, GuestState.INVITED), "1 of 2 invited guests said yes"),
        ((GuestState.INVITED, GuestState.INVITED), "2 guests are invited and none has answered yet"),
        ((GuestState.COMING, GuestState.NOT_COMING), "1 guest is expected"),
        (
            (GuestState.COMING, GuestState.INVITED, GuestState.NOT_COMING, GuestState.NOT_COMING, GuestState.WALK_IN),
            "1 of 4 invited guests said yes",
        ),
    ],
)
def test_the_check_in_list_expects_only_those_who_said_that_they_come(store, states, said):
    key, _guests = meeting(store, dt.date(2026, 12, 2), *states)

    told = text_of(make.see(store, make_report, "roadshow_check_in", {"event": str(key)}, language="en").data)

    assert said in told
    assert told.count("no answer yet") == int({GuestState.COMING, GuestState.INVITED} <= set(states))


def test_after_a_meeting_its_guests_came_or_did_not_and_nobody_is_still_coming(store):
    key, guests = meeting(store, DAY, GuestState.COMING, GuestState.COMING)

    def pack():
        made = make.see(store, make_report, "city_pack", {"event": str(key)}, language="en", audience=Audience.INTERNAL)
        return text_of(made.data)

    unknown = pack()
    make.do(store, roadshow_guests.check_in, guests[0])

    told = pack()

    assert "did not come" not in unknown, "without one arrival written down nobody can be said to be missed"
    assert "Who came" in told
    assert told.count("did not come") == 1
    assert " coming" not in told[told.index("Who came") :][:300]


def test_a_letter_about_a_wish_alone_is_headed_by_the_wish(store):
    key, _guests = meeting(store, DAY, GuestState.COMING)
    house = make.see(store, roadshow_views.roadshow_view, key).guests[0].organization_id
    need = make.made(store, roadshow_promises.add_need, NeedDraft(
        roadshow_id=key, wish="lekas dibayar", organization_id=house, topic=Topic.CLAIMS,
    ))  # fmt: skip

    def letter():
        return make.see(
            store, make_report, "roadshow_follow_up", {"event": str(key)}, language="en", audience=Audience.INSURER
        )

    assert letter().headlines[0].generated.startswith("1 wish of yours from Batam")
    answered = NeedDraft(roadshow_id=key, wish="lekas dibayar", organization_id=house, topic=Topic.CLAIMS, answer="ya")
    make.do(store, roadshow_promises.edit_need, need, answered)
    assert letter().headlines[0].generated.startswith("Our answer to 1 wish of yours")


def test_nobody_is_missed_at_a_meeting_whose_arrivals_were_not_written_down(store):
    key, guests = meeting(store, DAY, GuestState.COMING, GuestState.COMING)

    def letters():
        made = make.see(
            store, make_report, "roadshow_follow_up", {"event": str(key)}, language="en", audience=Audience.INSURER
        )
        return text_of(made.data)

    before = letters()
    make.do(store, roadshow_guests.check_in, guests[0])
    after = letters()

    assert before.count("After Uji in Batam we send you what concerns you.") == 2
    assert "We missed you" not in before
    assert (after.count("Thank you for coming"), after.count("We missed you")) == (1, 1)


def test_many_people_of_one_house_do_not_push_the_letter_down(store):
    key, _guests = meeting(store, DAY, GuestState.COMING)
    house = make.see(store, roadshow_views.roadshow_view, key).guests[0].organization_id
    for number in range(1, 12):
        draft = GuestDraft(roadshow_id=key, organization_id=house, name=f"Orang {number}", state=GuestState.COMING)
        make.do(store, roadshow_guests.add_guest, draft)
    told = text_of(
        make.see(store, make_report, "roadshow_follow_up", {"event": str(key)}, language="en",
                 audience=Audience.INSURER).data
    )  # fmt: skip

    assert told.count("Attention") == 1
    assert "Orang 11" in told


@pytest.mark.parametrize(
    ("first", "said"),
    [(dt.date(2026, 12, 2), "2 to 8 December 2026"), (dt.date(2026, 12, 28), "28 December 2026 to 3 January 2027")],
)
def test_the_days_of_a_meeting_name_a_month_that_both_have_once(store, first, said):
    draft = RoadshowDraft(series="Uji", city="Batam", starts_on=first, ends_on=first + dt.timedelta(days=6))
    key = make.made(store, roadshows.add_roadshow, draft)
    view = make.see(store, roadshow_view.gather, str(key), Audience.INTERNAL)

    assert days_words(view, Language("en")).replace("\xa0", " ") == said


def test_a_letter_tells_how_late_a_promise_is_and_since_when_one_is_kept(store):
    key, _guests = meeting(store, DAY, GuestState.COMING)
    house = make.see(store, roadshow_views.roadshow_view, key).guests[0].organization_id
    today = dt.date(2026, 11, 20)
    for what, due in (("janjilambat", today - dt.timedelta(days=9)), ("janjikelak", today + dt.timedelta(days=9))):
        draft = RoadshowPromiseDraft(roadshow_id=key, what=what, owner="Ibu", organization_id=house, due_on=due)
        make.do(store, roadshow_promises.promise, draft)
    view = make.see(store, roadshow_view.gather, str(key), Audience.INSURER)
    kept = replace(view.promises[0], done_on=today, is_late=False)

    told = " ".join(
        promises_grid([one], Language("en"), name="x").rows[0].cells[3][0].words for one in (*view.promises, kept)
    )

    assert "9 days late" in told
    assert "open" in told
    assert "kept on 20 Nov 2026, 9 days late" in told.replace("\xa0", " ")


def test_an_invitation_names_the_day_of_the_week_and_no_room_that_nobody_wrote_down(store):
    key, _guests = meeting(store, dt.date(2026, 12, 2), GuestState.INVITED)
    item = SessionDraft(roadshow_id=key, title="Pembukaan", starts_at=dt.datetime(2026, 12, 2, 2, tzinfo=dt.UTC))
    make.do(store, roadshows.add_session, item)
    told = text_of(
        make.see(store, make_report, "roadshow_invitations", {"event": str(key)}, language="en",
                 audience=Audience.INSURER).data
    )  # fmt: skip

    assert "Wednesday, 2 December 2026" in told.replace("\xa0", " ")
    assert "Pembukaan" in told
    assert "Meeting room" not in told


def test_a_guest_who_is_a_patient_too_does_not_stop_the_papers_that_name_guests(store):
    marked = Marked(store)
    make.patient(store, full_name="Rudi Halim")

    told = text_of(paper(store, marked, "roadshow_check_in", Audience.INTERNAL).data)

    assert "Rudi Halim" in told
    make.patient(store, full_name="Suyanti Ginting")
    assert "Suyanti" not in told


def test_printing_the_pack_shows_on_the_event(store, tmp_path):
    marked = Marked(store)
    result = paper(store, marked, "city_pack", Audience.PUBLIC)
    with store.write(result.action_title, kind=result.action_kind) as session:
        put_on_record(session, result, tmp_path / "paket.pdf")

    assert make.see(store, roadshow_views.roadshow_view, marked.key).line.pack_made_at is not None


def test_the_briefing_prints_what_was_promised_at_the_last_roadshow_and_names_nobody(filled_store, marked):
    told = text_of(make.see(filled_store, make_report, "city_briefing", {"city": "Medan"}, language="en").data)

    assert "janjinusa" in told
    assert "an insurer" in told
    assert "Nusa Proteksi" not in told


def test_an_eye_that_may_not_see_sees_nothing():
    eye = Eye(Audience.FAMILY)

    assert eye.text(GuestDraft, "name", "Rudi") == ""
    assert eye.day(RoadshowDraft, "answer_by", DAY) is None
    assert Eye(Audience.INTERNAL).text(GuestDraft, "name", "Rudi") == "Rudi"


# R8: one hospital and one insurer look at the same sums


def test_a_hospital_and_an_insurer_read_the_same_sums_without_name_number_or_day(sample_store):
    from liaison.reports import leakage
    from liaison.services import network

    pairs = [
        (h, i)
        for h in make.see(sample_store, network.hospitals)
        for i in make.see(sample_store, network.insurers)
    ]  # fmt: skip
    told = ""
    for hospital, insurer in pairs:
        options = {"hospital": hospital.name, "house": insurer.name}
        try:
            result = make.see(sample_store, make_report, "leakage", options, language="id", audience=Audience.INSURER)
        except Refused as refused:
            assert {p.code for p in refused.problems} == {"NO_STAYS"}
            continue
        told = text_of(result.data)
        view = make.see(sample_store, leakage.gather, hospital.name, insurer.name)
        break

    assert insurer.name in told
    assert len(view.stays) >= 1
    assert "MDN-" not in told


def test_a_pair_that_shares_nothing_and_unknown_houses_are_refused(store):
    make.hospital(store, name="Island Hospital")
    make.insurer(store, name="Nusa Proteksi")
    for hospital, insurer, code in (
        ("Island Hospital", "Nusa Proteksi", "NO_STAYS"),
        ("Entah", "Nusa Proteksi", "NO_HOUSE"),
    ):
        with pytest.raises(Refused) as refused:
            make.see(store, make_report, "leakage", {"hospital": hospital, "house": insurer}, language="id")
        assert [p.code for p in refused.value.problems] == [code]
