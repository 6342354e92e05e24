"""The hand-over sheet (R10), the list of breached clocks (R9) and the letter that asks for papers (R11)."""

import datetime as dt
from dataclasses import replace

import pypdfium2
import pytest

from liaison.domain.documents import DocumentKind, Process
from liaison.domain.errors import Refused
from liaison.domain.facts import FactKind
from liaison.domain.journeys import EntryMode
from liaison.domain.journeys import JourneyState as S
from liaison.domain.privacy import Audience
from liaison.domain.targets import ClockKind, Spread, Target, Unit
from liaison.domain.work import NoteChannel, TaskDraft, WaitingOn
from liaison.i18n import Language
from liaison.reports import clock_list, handover_view
from liaison.reports.making import make_report, put_on_record
from liaison.services import disclosure, documents, guarantees, journeys, releases, today, work
from liaison.services.clocks import HouseSpread
from liaison.store.models import JourneyRow
from tests import make
from tests.reports.reading import drawn, pages_of, squeezed
from tests.reports.reading import text_of as text_of_pdf

NOW = dt.datetime(2026, 11, 20, 7, 5, tzinfo=dt.UTC)


def made(store, name, audience=None, language="en", **options):
    with store.read() as session:
        return make_report(session, name, options, language=language, audience=audience)


def text_of(result):
    pdf = pypdfium2.PdfDocument(result.data)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)
    finally:
        pdf.close()


@pytest.fixture
def office(store, clock):
    """A letter asked for six hours ago, a promise for tomorrow, a wait, and a paper that is missing."""
    person = make.patient(store)
    cover = make.cover(store, person)
    house = make.hospital(store)
    key = make.journey(store, person, cover_id=cover, hospital_id=house, entry_mode=EntryMode.RUNNING, state=S.PREAUTH)
    asked = clock.now - dt.timedelta(hours=6)
    letter = make.guarantee_draft(journey_id=key, cover_id=cover, hospital_id=house, requested_at=asked)
    make.do(store, guarantees.request_guarantee, letter)
    make.do(
        store, work.note_and_step, make.note_draft(journey_id=key, text="keluarga minta kabar", at=clock.now),
        make.task_draft(journey_id=key, title="telepon keluarga", due_at=clock.now + dt.timedelta(hours=20)),
    )  # fmt: skip
    make.do(
        store, work.add_task,
        make.task_draft(journey_id=key, title="tunggu laporan dokter", due_at=clock.now + dt.timedelta(days=3),
                        waiting_on=WaitingOn.HOSPITAL, waiting_for="dr. Lim"),
    )  # fmt: skip
    return key


def number_of(store, key):
    return make.see(store, lambda session: session.get_one(JourneyRow, key).case_no)


def test_a_promise_made_in_a_call_is_marked_and_one_in_a_note_to_ourselves_is_not(store, clock, office):
    step = make.task_draft(journey_id=office, title="cek map", due_at=clock.now + dt.timedelta(hours=1))
    note = make.note_draft(journey_id=office, channel=NoteChannel.NOTE, at=clock.now)
    make.do(store, work.note_and_step, note, step)

    told = {task.title.message: task.is_promise for task in make.see(store, today.open_tasks)}

    assert told["telepon keluarga"]
    assert not told["cek map"]


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_hand_over_tells_what_is_late_promised_waited_for_and_every_case(store, office, language):
    result = made(store, "handover", language=language, to="Budi Santoso", ask="jemput pasien")

    text = text_of(result)
    number = number_of(store, office)
    for words in ("telepon keluarga", "tunggu laporan dokter", "dr. Lim", "Dewi Lestari Siregar", number):
        assert words in text
    assert "jemput pasien" in text
    assert "Budi Santoso" in text
    assert ("INTERNAL" in text) and result.audience is Audience.INTERNAL


def test_a_list_of_the_hand_over_that_goes_on_is_headed_again(store, clock, office):
    for n in range(40):
        draft = TaskDraft(journey_id=office, title=f"langkah {n}", due_at=clock() + dt.timedelta(hours=n + 1))
        make.made(store, work.add_task, draft)

    pages = [squeezed(page) for page in pages_of(made(store, "handover").data)]

    begun, *more = [page for page in pages if "langkah" in page and "The next 48 hours" in page]
    assert "The next 48 hours, continued" not in begun
    assert more and all("The next 48 hours, continued" in page for page in more)


def test_a_promise_that_waits_on_somebody_is_counted_once(store, clock, office):
    due = clock() + dt.timedelta(days=30)
    draft = TaskDraft(
        journey_id=office, title="janji daftar tarif", due_at=due, is_promise=True, waiting_on=WaitingOn.INSURER
    )
    make.made(store, work.add_task, draft)

    view, _keys = make.see(store, handover_view.gather, "")

    assert "janji daftar tarif" in [one.title.message for one in view.promises]
    assert "janji daftar tarif" not in [one.title.message for one in view.waiting]


def test_a_hand_over_of_an_officer_nobody_knows_is_refused_with_the_names_there_are(store, office):
    with pytest.raises(Refused) as refused:
        made(store, "handover", officer="Entah Siapa")

    assert make.OFFICER in refused.value.problems[0].values["known"]


def test_an_office_without_cases_hands_over_a_sheet_that_says_so(store):
    assert "No case is open" in text_of(made(store, "handover", officer=make.OFFICER))
    assert "0 clocks are running" in text_of(made(store, "clock_list"))


def test_the_list_of_clocks_says_who_must_act_and_names_nobody(store, clock, office):
    text = text_of(made(store, "clock_list"))

    told = " ".join(text.replace("\xa0", " ").split())
    assert "1 clock is over its target, by 2 h 0 min: it is for Asuransi Nusantara Sehat to act" in told
    assert number_of(store, office) in text.replace("\u2011", "-")
    assert "Dewi" not in text
    assert "never a legal limit" in text


def test_the_list_of_clocks_says_what_its_short_units_mean(store):
    target = Target(kind=ClockKind.ESTIMATE, amount=2, unit=Unit.WORKING_DAYS)
    spread = Spread(n=7, p50=dt.timedelta(days=1), p90=dt.timedelta(days=3), kept=6)
    one = HouseSpread(organization_id=None, name="", kind=target.kind, target=target, spread=spread)
    view = replace(make.see(store, clock_list.gather, ""), took=(one,))

    data, _pages = drawn(clock_list.lay_out(view, Language("en")))

    text = squeezed(text_of_pdf(data))
    assert "1 wd" in text and "wh, wd: working hours and days of whoever has to act." in text


def test_the_kind_of_a_clock_stands_over_its_houses_on_every_page_and_no_working_day_is_no_nought(store):
    target = Target(kind=ClockKind.ESTIMATE, amount=2, unit=Unit.WORKING_DAYS)
    spread = Spread(n=7, p50=dt.timedelta(0), p90=dt.timedelta(days=3), kept=6)
    houses = tuple(
        HouseSpread(organization_id=n, name=f"House {n}", kind=target.kind, target=target, spread=spread)
        for n in range(1, 71)
    )
    view = replace(make.see(store, clock_list.gather, ""), took=houses)

    data, pages = drawn(clock_list.lay_out(view, Language("en")))

    assert pages.pages > 1
    for page in pages_of(data):
        assert "Cost estimate" in page
    assert "same day" in text_of_pdf(data) and "0 wd" not in squeezed(text_of_pdf(data))


def test_a_print_of_many_people_leaves_a_line_with_each_of_them(store, office, tmp_path):
    result = made(store, "handover")
    with store.write(result.action_title, kind=result.action_kind) as session:
        put_on_record(session, result, tmp_path / "sheet.pdf")

    lines = make.see(store, disclosure.disclosures_of_case, office)
    assert [(line.report, line.audience, line.ground) for line in lines] == [
        ("handover", Audience.INTERNAL, disclosure.Ground.OFFICE)
    ]
    assert make.see(store, releases.release, result.id).figures.keys() == {"data"}


# the letter that asks for papers


def test_the_letter_asks_each_receiver_only_for_what_it_gives_out(store, office):
    number = number_of(store, office)

    family = text_of(made(store, "paper_letter", Audience.FAMILY, case=number, process="PREAUTH"))
    hospital = text_of(made(store, "paper_letter", Audience.HOSPITAL, case=number, process="PREAUTH"))

    assert "Member card" in family
    assert "Member card" not in hospital.split("We ask others for")[0]
    assert "Cost estimate" in hospital
    assert "jantung" not in family + hospital


def test_the_letter_says_what_is_here_already(store, office):
    draft = make.document_draft(journey_id=office, kind=DocumentKind.CARD_MEMBER, title="kartu.pdf")
    make.do(store, documents.attach, draft, make.pdf("kartu"))

    text = text_of(made(store, "paper_letter", Audience.FAMILY, case=number_of(store, office), process="PREAUTH"))

    assert text.index("Here already") < len(text)
    assert "Member card" in text.split("Here already")[1]


def test_a_step_that_lacks_nothing_has_no_letter(store, office):
    make.confirm(store, office, FactKind.CHECKLIST_COMPLETE, result=Process.PREAUTH.value)

    with pytest.raises(Refused):
        made(store, "paper_letter", Audience.FAMILY, case=number_of(store, office), process="PREAUTH")
    with pytest.raises(Refused) as refused:
        made(store, "paper_letter", Audience.FAMILY, case=number_of(store, office), process="NONSENSE")
    assert "PREAUTH" in refused.value.problems[0].values["known"]


# grounds


def test_a_paper_for_the_hospital_is_shown_with_what_is_missing_and_does_not_leave(store, office, tmp_path):
    result = made(store, "paper_letter", Audience.HOSPITAL, case=number_of(store, office), process="PREAUTH")
    target = tmp_path / "surat.pdf"

    assert "C1, C2, C3" in [p.values.get("consents") for p in result.warnings]
    with pytest.raises(Refused), store.write(result.action_title, kind=result.action_kind) as session:
        put_on_record(session, result, target)
    assert not target.exists()
    assert make.see(store, disclosure.disclosures_of_case, office) == []


def test_with_the_consents_it_leaves_and_says_on_what_ground(store, office, tmp_path):
    make.confirm(store, office, FactKind.C1, FactKind.C2, FactKind.C3)
    result = made(store, "paper_letter", Audience.HOSPITAL, case=number_of(store, office), process="PREAUTH")
    with store.write(result.action_title, kind=result.action_kind) as session:
        put_on_record(session, result, tmp_path / "surat.pdf")

    line = make.see(store, disclosure.disclosures_of_case, office)[0]
    assert (line.ground, line.consents, line.country) == (disclosure.Ground.CONSENT, ("C1", "C2", "C3"), "MY")
    assert (tmp_path / "surat.pdf").exists()


def test_an_emergency_leaves_and_leaves_a_step_to_look_again(store, clock, office, tmp_path):
    number = number_of(store, office)
    result = made(store, "paper_letter", Audience.HOSPITAL, case=number, process="PREAUTH", emergency="tidak sadar")
    assert not result.warnings
    with store.write(result.action_title, kind=result.action_kind) as session:
        put_on_record(session, result, tmp_path / "surat.pdf")

    line = make.see(store, disclosure.disclosures_to_review)[0]
    titles = [task.title.message for task in make.see(store, today.open_tasks)]
    assert (line.emergency_reason, line.needs_review) == ("tidak sadar", True)
    assert disclosure.REVIEW in titles

    with pytest.raises(Refused):
        make.do(store, disclosure.review_disclosure, line.id, " ")
    make.do(store, disclosure.review_disclosure, line.id, "keluarga sudah setuju")

    assert make.see(store, disclosure.disclosures_to_review) == []
    assert disclosure.REVIEW not in [task.title.message for task in make.see(store, today.open_tasks)]
    with pytest.raises(Refused):
        make.do(store, disclosure.review_disclosure, line.id, "lagi")


def test_the_hand_over_names_whoever_its_steps_name_though_their_case_has_ended(store, office):
    person = make.patient(store, full_name="Hasan Basri Nasution")
    key = make.journey(
        store,
        person,
        hospital_id=make.hospital(store, name="Island Hospital"),
        entry_mode=EntryMode.EMERGENCY,
        state=S.ADMITTED,
    )
    make.confirm(store, key, FactKind.DEATH)
    make.do(store, journeys.move_journey, key, S.DECEASED)

    result = made(store, "handover")

    assert "Hasan Basri Nasution" in text_of(result)
    assert person in {who.patient_id for who in result.people}
