"""Roadshows on a real store: prepared, held, followed up; promises in Today; visitors only with consent."""

import datetime as dt

import pytest

from liaison.domain.errors import Conflict, Refused
from liaison.domain.facts import FactKind
from liaison.domain.network import OrganizationKind
from liaison.domain.patients import Region
from liaison.domain.roadshows import (
    GuestDraft,
    GuestState,
    NeedDraft,
    PermitDraft,
    PermitKind,
    PermitState,
    PromiseKeptDraft,
    RoadshowDraft,
    RoadshowKind,
    RoadshowPromiseDraft,
    SessionDraft,
    ThemeDraft,
    Topic,
)
from liaison.domain.work import WaitingOn
from liaison.i18n import Language
from liaison.services import (
    confirmations,
    history,
    office,
    roadshow_guests,
    roadshow_promises,
    roadshow_series,
    roadshow_views,
    roadshows,
    search,
    today,
    views,
    work,
)
from liaison.services.roadshow_views import RoadshowState
from liaison.services.today import TaskGroup
from tests import make

ENGLISH = Language("en")
DAY = dt.date(2026, 11, 4)


def event(store, **values):
    given = {"series": "Akhir 2026", "city": "Medan", "starts_on": DAY}
    return make.made(store, roadshows.add_roadshow, RoadshowDraft(**{**given, **values}))


def seen(store, key):
    return make.see(store, roadshow_views.roadshow_view, key)


def me(store):
    return make.see(store, office.officers)[0].id


def promised(store, key, **values):
    given = {"what": "kirim draf daftar periksa", "owner": "Nusa", "due_on": dt.date(2026, 11, 12)}
    draft = RoadshowPromiseDraft(roadshow_id=key, **{**given, **values})
    return make.made(store, roadshow_promises.promise, draft)


def codes(refused):
    return [p.code for p in refused.value.problems]


# events


def test_an_event_starts_with_its_checklist_and_the_regions_its_city_hears(store):
    view = seen(store, event(store, city="sby"))

    assert view.line.city == "Surabaya"
    assert view.regions == view.usual_regions == (Region.CENTRAL, Region.EAST)
    assert [p.kind for p in view.permits] == [k for k in PermitKind if k is not PermitKind.OTHER]
    assert view.line.permits_open == 7
    assert view.line.state is RoadshowState.PLANNED


def test_a_round_table_has_no_doctors_from_abroad_and_regions_may_be_chosen(store):
    view = seen(store, event(store, kind=RoadshowKind.ROUND_TABLE, covers_east=True))

    assert PermitKind.FOREIGN_DOCTORS not in {p.kind for p in view.permits}
    assert view.regions == (Region.EAST,)


def test_the_offices_own_list_decides_what_surabaya_covers(store):
    make.do(store, roadshows.set_region, "53", Region.CENTRAL)
    make.do(store, roadshows.set_region, "35", Region.WEST)

    assert make.see(store, roadshows.own_regions) == {"53": Region.CENTRAL, "35": Region.WEST}
    assert seen(store, event(store, city="Surabaya")).regions == (Region.WEST, Region.CENTRAL, Region.EAST)

    make.do(store, roadshows.set_region, "35", None)
    assert make.see(store, roadshows.own_regions) == {"53": Region.CENTRAL}


def test_permits_are_moved_and_one_that_is_not_needed_says_why(store):
    key = event(store)
    permit = seen(store, key).permits[0]

    make.do(store, roadshows.move_permit, permit.id, PermitState.GRANTED)
    with pytest.raises(Refused) as refused:
        make.do(store, roadshows.move_permit, seen(store, key).permits[1].id, PermitState.NOT_NEEDED)

    assert codes(refused) == ["WHY_NOT"]
    assert seen(store, key).line.permits_open == 6
    extra = PermitDraft(roadshow_id=key, kind=PermitKind.OTHER, note="izin parkir", officer_id=me(store))
    other = make.made(store, roadshows.add_permit, extra)
    assert seen(store, key).permits[-1].officer == make.OFFICER
    make.do(store, roadshows.remove_permit, other)
    assert len(seen(store, key).permits) == 7


def test_programme_and_themes_stand_in_their_order(store):
    key = event(store, city="Surabaya")
    nine = dt.datetime(2026, 11, 4, 2, tzinfo=dt.UTC)
    make.do(
        store, roadshows.add_session, SessionDraft(roadshow_id=key, starts_at=nine + dt.timedelta(hours=1), title="B")
    )
    first = make.made(store, roadshows.add_session, SessionDraft(roadshow_id=key, starts_at=nine, title="A"))
    east = make.made(store, roadshows.add_theme, ThemeDraft(roadshow_id=key, region=Region.EAST, theme="jarak"))
    make.do(store, roadshows.add_theme, ThemeDraft(roadshow_id=key, region=Region.CENTRAL, theme="biaya"))

    view = seen(store, key)
    assert [s.title for s in view.sessions] == ["A", "B"]
    assert [t.theme for t in view.themes] == ["biaya", "jarak"]

    changed = make.changed(make.see(store, roadshows.session_draft, first), title="Pembukaan")
    make.do(store, roadshows.edit_session, first, changed)
    make.do(
        store, roadshows.edit_theme, east, make.changed(make.see(store, roadshows.theme_draft, east), theme="kapal")
    )
    make.do(store, roadshows.remove_session, view.sessions[1].id)
    make.do(store, roadshows.remove_theme, view.themes[0].id)
    view = seen(store, key)
    assert ([s.title for s in view.sessions], [t.theme for t in view.themes]) == (["Pembukaan"], ["kapal"])


def test_a_form_opened_before_a_colleague_saved_is_told_which_field_changed(store):
    key = event(store)
    draft = make.see(store, roadshows.roadshow_draft, key)
    make.do(store, roadshows.edit_roadshow, key, make.changed(draft, venue="Hotel A"))

    with pytest.raises(Conflict):
        make.do(store, roadshows.edit_roadshow, key, make.changed(draft, venue="Hotel B"), version=1)


def test_events_are_listed_with_the_next_one_first_and_narrowed_by_words(store, clock):
    for city, days in (("Medan", 2), ("Jakarta", 9), ("Surabaya", -30), ("Medan", -200)):
        event(store, city=city, starts_on=DAY + dt.timedelta(days=days))

    lines = make.see(store, roadshow_views.roadshow_lines)
    assert [(n.city, n.state) for n in lines] == [
        ("Medan", RoadshowState.PLANNED), ("Jakarta", RoadshowState.PLANNED),
        ("Surabaya", RoadshowState.TO_FOLLOW), ("Medan", RoadshowState.TO_FOLLOW),
    ]  # fmt: skip
    assert [n.city for n in make.see(store, roadshow_views.roadshow_lines, "jak 2026")] == ["Jakarta"]
    clock.forward(days=4)
    assert make.see(store, roadshow_views.roadshow_lines)[0].state is RoadshowState.RUNNING


def test_an_event_closes_after_its_last_day_and_only_when_every_promise_has_owner_and_day(store, clock):
    key = event(store)
    promised(store, key, owner="", due_on=None)
    with pytest.raises(Refused) as refused:
        make.do(store, roadshows.close_roadshow, key)
    assert codes(refused) == ["NOT_OVER", "NO_OWNER", "NO_DUE"]

    clock.forward(days=5)
    one = seen(store, key).promises[0]
    draft = make.see(store, roadshow_promises.promise_draft, one.id)
    make.do(store, roadshow_promises.edit_promise, one.id, make.changed(draft, owner="Nusa", due_on=DAY))
    make.do(store, roadshows.close_roadshow, key)

    assert seen(store, key).line.state is RoadshowState.CLOSED
    with pytest.raises(Refused):
        make.do(store, roadshows.close_roadshow, key)
    make.do(store, roadshows.open_roadshow_again, key)
    assert seen(store, key).line.state is RoadshowState.TO_FOLLOW


def test_an_event_is_called_off_with_a_reason_and_removed_only_while_empty(store):
    key, empty = event(store), event(store, city="Jakarta")
    promised(store, key)
    with pytest.raises(Refused):
        make.do(store, roadshows.call_off, key, because=" ")
    make.do(store, roadshows.call_off, key, because="izin ditolak")
    with pytest.raises(Refused) as refused:
        make.do(store, roadshows.remove_roadshow, key)
    make.do(store, roadshows.remove_roadshow, empty)

    assert codes(refused) == ["NOT_EMPTY"]
    assert [n.state for n in make.see(store, roadshow_views.roadshow_lines)] == [RoadshowState.CALLED_OFF]


# guests


def test_houses_are_invited_once_answer_and_check_in(store):
    key, nusa, rs = event(store), make.insurer(store), make.hospital(store)
    make.do(store, roadshow_guests.invite_houses, key, (nusa, rs, nusa))
    make.do(store, roadshow_guests.invite_houses, key, (nusa,))
    first, second = seen(store, key).guests

    make.do(store, roadshow_guests.answer_guest, first.id, GuestState.COMING)
    make.do(store, roadshow_guests.check_in_all, (first.id, second.id))
    make.do(store, roadshow_guests.not_there, second.id)

    line = seen(store, key).line
    assert (line.invited, line.coming, line.came) == (2, 1, 1)
    assert (first.house_kind, second.house_kind) == (OrganizationKind.INSURER, OrganizationKind.HOSPITAL)
    with pytest.raises(Refused) as refused:
        make.do(store, roadshow_guests.add_guest, GuestDraft(roadshow_id=key, organization_id=nusa))
    assert codes(refused) == ["INVITED_ALREADY"]


def visitor(store, key, **values):
    given = {"name": "Rina Manurung", "phone": "0812-555-0199", "is_visitor": True, "state": GuestState.WALK_IN,
             "need": "benjolan di leher"}  # fmt: skip
    return make.made(store, roadshow_guests.add_guest, GuestDraft(roadshow_id=key, **{**given, **values}))


def test_a_visitor_becomes_an_enquiry_only_with_consent(store):
    key = event(store)
    guest = visitor(store, key)
    with pytest.raises(Refused) as refused:
        make.do(store, roadshow_guests.make_enquiry, guest)
    assert codes(refused) == ["NO_CONSENT"]

    draft = make.see(store, roadshow_guests.guest_draft, guest)
    agreed = make.changed(draft, consent_on=dt.date(2026, 11, 2), consent_how="tanda tangan di daftar hadir")
    make.do(store, roadshow_guests.edit_guest, guest, agreed)
    case = make.made(store, roadshow_guests.make_enquiry, guest)

    found = make.see(store, views.journey_view, case)
    assert (found.patient.full_name, found.origin_city, found.need) == ("Rina Manurung", "Medan", "benjolan di leher")
    given = {c.kind for c in make.see(store, confirmations.confirmations, case)}
    assert {FactKind.C1, FactKind.C5} <= given
    assert seen(store, key).guests[0].case_no == found.case_no
    for refuse in (roadshow_guests.make_enquiry, roadshow_guests.remove_guest):
        with pytest.raises(Refused):
            make.do(store, refuse, guest)


def test_a_visitor_who_is_known_gets_a_case_of_the_person_on_record(store):
    key, person = event(store), make.patient(store)
    guest = visitor(store, key, consent_on=dt.date(2026, 11, 2), consent_how="formulir")

    case = make.made(store, roadshow_guests.make_enquiry, guest, patient_id=person)

    assert make.see(store, views.journey_view, case).patient.id == person


def test_an_erased_person_leaves_the_guest_list_too(store):
    from liaison.services import erasing

    key = event(store)
    guest = visitor(store, key, consent_on=dt.date(2026, 11, 2), consent_how="formulir")
    case = make.made(store, roadshow_guests.make_enquiry, guest)
    person = make.see(store, views.journey_view, case).patient.id

    assert guest in make.see(store, erasing.belongings, [person])["roadshow_guest"]


def test_a_case_handed_over_takes_no_guest_list_along(store):
    from liaison.services.case_rows import case_rows

    key = event(store)
    guest = visitor(store, key, consent_on=dt.date(2026, 11, 2), consent_how="formulir")
    case = make.made(store, roadshow_guests.make_enquiry, guest)

    found = make.see(store, case_rows, [case])

    assert not [name for name in (*found.rows, *found.houses) if name.startswith("roadshow")]


# wishes and promises


def test_a_promise_stands_in_today_and_follows_its_changes(store, clock):
    key = event(store)
    mine = promised(store, key, officer_id=me(store), owner="", due_on=dt.date(2026, 11, 2))

    day = make.see(store, today.today_view)
    line = next(n for g in day.groups if g.group is TaskGroup.TODAY for n in g.lines)
    assert (line.title.text(ENGLISH), line.is_promise, line.has_time) == ("kirim draf daftar periksa", True, False)
    assert make.see(store, roadshow_promises.promise_of_task, line.id) == (mine, key)
    assert make.see(store, roadshow_promises.promise_of_task, 1) is None

    draft = make.see(store, roadshow_promises.promise_draft, mine)
    make.do(store, roadshow_promises.edit_promise, mine, make.changed(draft, due_on=None))
    assert make.see(store, today.open_tasks) == ()
    make.do(store, roadshow_promises.edit_promise, mine, make.changed(draft, what="kirim daftar"))
    assert [t.title.text(ENGLISH) for t in make.see(store, today.open_tasks)] == ["kirim daftar"]


def test_a_promise_of_an_insurer_waits_on_it_and_is_late_after_its_day(store, clock):
    key, nusa = event(store), make.insurer(store)
    promised(store, key, owner="Bu Hesti", organization_id=nusa, due_on=dt.date(2026, 11, 3))

    task = make.see(store, today.open_tasks)[0]
    assert (task.waiting_on, task.waiting_for) == (WaitingOn.INSURER, "Bu Hesti")
    clock.forward(days=3)
    assert seen(store, key).line.promises_late == 1
    assert make.see(store, today.late_count) == 1


def test_a_kept_promise_has_its_evidence_and_its_step_is_done(store):
    key = event(store)
    one = promised(store, key)
    make.do(
        store, roadshow_promises.keep_promise, one, PromiseKeptDraft(done_on=dt.date(2026, 11, 2), evidence="surel")
    )

    view = seen(store, key).promises[0]
    assert (view.done_on, view.evidence, view.is_late) == (dt.date(2026, 11, 2), "surel", False)
    assert make.see(store, today.open_tasks) == ()
    with pytest.raises(Refused):
        make.do(store, roadshow_promises.keep_promise, one, PromiseKeptDraft(done_on=dt.date(2026, 11, 2)))

    make.do(store, roadshow_promises.not_kept, one)
    assert len(make.see(store, today.open_tasks)) == 1
    make.do(store, roadshow_promises.remove_promise, one)
    assert make.see(store, today.open_tasks) == ()


def test_a_step_ticked_off_in_today_keeps_the_promise_without_evidence(store):
    key = event(store)
    promised(store, key)
    make.do(store, work.finish_task, make.see(store, today.open_tasks)[0].id)

    view = seen(store, key).promises[0]
    assert (view.done_on, view.evidence) == (dt.date(2026, 11, 2), "")


def test_the_next_event_of_a_city_opens_with_what_was_promised_at_the_last(store, clock):
    old = event(store)
    for n in range(3):
        promised(store, old, what=f"janji {n}", due_on=DAY + dt.timedelta(days=3 - n))
    called_off = event(store, starts_on=DAY + dt.timedelta(days=30))
    make.do(store, roadshows.call_off, called_off, because="banjir")
    event(store, city="Jakarta", starts_on=DAY + dt.timedelta(days=40))
    following = seen(store, event(store, starts_on=DAY + dt.timedelta(days=90), series="Awal 2027"))

    assert following.last.id == old
    assert [p.what for p in following.last_promises] == ["janji 2", "janji 1", "janji 0"]


def test_a_day_to_which_nobody_came_does_not_hide_what_was_promised_before_it(store, clock):
    old = event(store)
    promised(store, old, what="janji")
    event(store, starts_on=DAY + dt.timedelta(days=30))
    clock.forward(days=60)
    following = seen(store, event(store, starts_on=DAY + dt.timedelta(days=90), series="Awal 2027"))

    assert following.last.id == old
    assert [p.what for p in following.last_promises] == ["janji"]


def test_a_wish_is_answered_and_taken_off_without_its_promise(store):
    key, nusa = event(store), make.insurer(store)
    wish = make.made(
        store, roadshow_promises.add_need, NeedDraft(roadshow_id=key, organization_id=nusa, wish="GL 2 jam")
    )
    promised(store, key, need_id=wish)
    draft = make.see(store, roadshow_promises.need_draft, wish)
    make.do(store, roadshow_promises.edit_need, wish, make.changed(draft, answer="bisa", officer_id=me(store)))

    assert [(n.house, n.answer, n.officer) for n in seen(store, key).needs] == [
        ("Asuransi Nusantara Sehat", "bisa", make.OFFICER)
    ]
    make.do(store, roadshow_promises.remove_need, wish)
    view = seen(store, key)
    assert (view.needs, view.promises[0].need_id) == ((), None)


def test_three_cities_of_a_series_are_compared_by_subject(store):
    cities = {city: event(store, city=city) for city in ("Medan", "Jakarta", "Surabaya")}

    def asks(city, topic, wish):
        make.do(
            store, roadshow_promises.add_need, NeedDraft(roadshow_id=cities[city], topic=topic, wish=wish, house="X")
        )

    for city in cities:
        asks(city, Topic.NIGHT, f"nomor malam {city}")
    asks("Surabaya", Topic.TRAVEL, "kapal dari Makassar")
    asks("Medan", Topic.CLAIMS, "bayar cepat")
    asks("Jakarta", Topic.CLAIMS, "bayar lengkap")
    asks("Medan", Topic.OTHER, "Seragam baru")
    asks("Jakarta", Topic.OTHER, "seragam  baru")
    event(store, series="Lain", city="Batam")

    view = make.see(store, roadshow_series.series_view, "akhir 2026")
    assert view.cities == ("Medan", "Jakarta", "Surabaya")
    assert [(line.topic, line.where.text(ENGLISH)) for line in view.lines] == [
        (Topic.NIGHT, "asked in all 3 cities"), (Topic.CLAIMS, "in Medan, Jakarta"), (Topic.OTHER, "in Medan, Jakarta"),
        (Topic.TRAVEL, "only in Surabaya"),
    ]  # fmt: skip
    assert sorted(make.see(store, roadshow_series.series_names)) == ["Akhir 2026", "Lain"]
    assert make.see(store, roadshow_series.series_view, "nirwana").lines == ()


# the common promises: history, search, undo


def test_what_happens_at_an_event_is_told_in_its_history_in_words(store):
    key = event(store)
    promised(store, key)
    visitor(store, key)

    told = make.see(store, history.history_of, "roadshow", key)
    assert {"Promise of a roadshow", "Guest of a roadshow", "Permit of a roadshow", "Roadshow"} <= {
        n.noun for n in told
    }
    assert "kirim draf daftar periksa" in {n.after for n in told}


def test_the_box_finds_an_event_by_its_series_a_house_and_a_promise_but_no_visitor(store):
    key = event(store, venue="Hotel Danau")
    promised(store, key, what="kirim brosur jantung")
    visitor(store, key)

    for words in ("danau", "akhir 2026", "brosur"):
        assert [(f.kind.value, f.id) for f in make.see(store, search.find, words)] == [("ROADSHOW", key)], words
    assert make.see(store, search.find, "manurung") == []


def test_every_step_of_a_roadshow_can_be_taken_back(store):
    before = make.see(store, lambda s: history.recent_actions(s, limit=1))[0].number
    key, nusa = event(store), make.insurer(store)
    make.do(store, roadshow_guests.invite_houses, key, (nusa,))
    one = promised(store, key)
    make.do(store, roadshow_promises.keep_promise, one, PromiseKeptDraft(done_on=dt.date(2026, 11, 2), evidence="x"))
    make.do(store, roadshow_promises.remove_promise, one)
    make.do(store, roadshow_guests.remove_guest, seen(store, key).guests[0].id)

    for action in make.see(store, lambda s: history.recent_actions(s, limit=20)):
        if action.number > before:
            store.undo(action.id)

    assert make.see(store, roadshow_views.roadshow_lines) == []
    assert make.see(store, today.open_tasks) == ()
