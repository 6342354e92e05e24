"""Urgent calls: saved without a consent, owed for with an emergency's hours, called again in a quarter of an hour."""

from __future__ import annotations

import datetime as dt

import pytest

from liaison.domain.disclosures import Ground
from liaison.domain.errors import Refused
from liaison.domain.facts import FactKind
from liaison.domain.journeys import EntryMode, JourneyState, SourceChannel
from liaison.domain.network import Desk
from liaison.domain.urgent import Nearness, UrgentCallDraft
from liaison.services import disclosure, erasing, history, network, today, told_values, urgent, views
from liaison.services.today import TaskGroup
from liaison.store.models import JourneyRow, TaskRow, UrgentCallRow
from tests import make


def call(**values):
    return UrgentCallDraft(
        **{
            "caller_phone": "0812 6003 417", "caller": "Rudi Siregar", "full_name": "Tiurma Siregar", "place": "Medan",
            "what": "Nyeri dada sejak subuh, keringat dingin", "flags": ("CHEST_PAIN",), **values,
        }
    )  # fmt: skip


def tasks(store, case):
    def read(session):
        rows = session.query(TaskRow).filter(TaskRow.journey_id == case, TaskRow.done_at.is_(None))
        return {(row.fact.value if row.fact else row.title): row.due_at for row in rows}

    return make.see(store, read)


def test_a_call_becomes_a_case_with_its_debts_and_a_call_back_in_a_quarter_of_an_hour(store, clock):
    case = make.made(store, urgent.save_call, call())

    seen = make.see(store, views.journey_view, case)
    assert (seen.state, seen.entry_mode) == (JourneyState.ENQUIRY, EntryMode.EMERGENCY)
    assert seen.source_channel is SourceChannel.CALL_CENTRE
    owed = tasks(store, case)
    assert owed[urgent.CALL_AGAIN] == clock.now + dt.timedelta(minutes=15)
    assert owed[FactKind.C1.value] == clock.now + dt.timedelta(hours=24)
    assert owed[FactKind.IDENTITY_SEEN.value] == clock.now + dt.timedelta(hours=4)
    assert FactKind.C2.value not in owed


def test_the_call_back_rises_on_today_and_is_late_when_nobody_called(store, clock):
    make.made(store, urgent.save_call, call())

    def calls(group):
        view = make.see(store, today.today_view)
        lines = next(g.lines for g in view.groups if g.group is group)
        return [line for line in lines if line.title.message == urgent.CALL_AGAIN]

    (line,) = calls(TaskGroup.TODAY)
    assert line.is_urgent
    clock.forward(minutes=16)
    assert len(calls(TaskGroup.LATE)) == 1


def test_a_call_without_a_sign_or_called_stable_is_urgent_and_no_emergency(store):
    for values in ({"flags": ()}, {"is_stable": True}):
        case = make.made(store, urgent.save_call, call(**values))
        assert make.see(store, views.journey_view, case).entry_mode is EntryMode.URGENT


def test_a_patient_whom_nobody_has_named_is_saved_all_the_same(store):
    case = make.made(store, urgent.save_call, call(full_name=""), unnamed="Belum disebut namanya")
    person = make.see(store, views.journey_view, case).patient
    assert person.full_name == "Belum disebut namanya"
    assert make.see(store, views.patient_view, person.id).is_provisional


def test_a_person_on_record_is_not_made_twice(store):
    known = make.patient(store)
    case = make.made(store, urgent.save_call, call(patient_id=known))
    assert make.see(store, views.journey_view, case).patient.id == known


def test_handing_over_keeps_whom_and_when_and_moves_the_call_back_on(store, clock):
    case = make.made(store, urgent.save_call, call())
    clock.forward(minutes=4)
    make.do(store, urgent.hand_over_now, case, to="Ambulans 119")

    seen = make.see(store, urgent.urgent_call, case)
    assert (seen.draft.handed_to, seen.draft.handed_at) == ("Ambulans 119", clock.now)
    assert seen.follow_up_at == clock.now + dt.timedelta(minutes=15)
    assert make.see(store, disclosure.disclosures_of_case, case) == []


def test_a_hospital_is_told_on_the_ground_of_the_emergency_and_somebody_looks_again(store, clock):
    house = make.hospital(store, name="RS Columbia Asia", city="Medan", country="ID")
    case = make.made(store, urgent.save_call, call())
    with store.write(urgent.HANDED_OVER, kind="disclosure") as session:
        urgent.hand_over_now(session, case, to="IGD RS Columbia Asia", to_id=house)

    (told,) = make.see(store, disclosure.disclosures_of_case, case)
    assert (told.ground, told.recipient) == (Ground.EMERGENCY, "RS Columbia Asia")
    assert make.see(store, disclosure.disclosures_to_review) == [told]
    assert tasks(store, case)[disclosure.REVIEW] == clock.now + dt.timedelta(hours=24)
    assert make.see(store, views.journey_view, case).hospital.id == house


def test_a_second_hand_over_after_the_first_call_back_asks_for_another(store, clock):
    from liaison.services import work

    case = make.made(store, urgent.save_call, call())

    def first(session):
        return session.query(TaskRow.id).filter(TaskRow.title == urgent.CALL_AGAIN).scalar()

    make.do(store, work.finish_task, make.see(store, first), note="diterima IGD")
    assert make.see(store, urgent.urgent_call, case).follow_up_at is None
    make.do(store, urgent.hand_over_now, case, to="IGD")
    assert make.see(store, urgent.urgent_call, case).follow_up_at == clock.now + dt.timedelta(minutes=15)


def test_a_correction_keeps_the_hour_of_the_call_and_leaves_the_call_back_alone(store, clock):
    case = make.made(store, urgent.save_call, call())
    began = clock.now
    clock.forward(minutes=3)
    make.do(store, urgent.change_call, case, call(flags=(), what="Sudah sadar"), version=1)

    seen = make.see(store, urgent.urgent_call, case)
    assert (seen.draft.called_at, seen.draft.what) == (began, "Sudah sadar")
    assert seen.follow_up_at == began + dt.timedelta(minutes=15)
    assert make.see(store, views.journey_view, case).entry_mode is EntryMode.URGENT


def test_a_bad_call_is_refused_with_everything_wrong_and_nothing_is_written(store):
    with pytest.raises(Refused) as refused:
        make.do(store, urgent.save_call, call(caller_phone="", place="", handed_to_id=12, patient_id=13))
    assert {p.field for p in refused.value.problems} >= {"caller_phone", "place", "patient_id", "handed_to_id"}
    assert make.see(store, lambda s: s.query(JourneyRow).count()) == 0


def test_a_case_without_a_call_says_so(store):
    case = make.journey(store)
    with pytest.raises(Refused):
        make.see(store, urgent.urgent_call, case)


def test_the_number_of_the_night_is_offered_where_one_is_known(store):
    house = make.hospital(store, name="RS Malam", city="Medan", country="ID", phone="+62 61 4566 100", night_phone="")
    make.made(store, network.add_contact, make.contact_draft(organization_id=house, desk=Desk.EMERGENCY,
                                                             phone="", night_phone="+62 61 4566 199"))  # fmt: skip
    make.hospital(store, name="RS Pagi", city="Medan", country="ID", phone="+62 61 4566 200", night_phone="")

    found = {o.house.name: o for o in make.see(store, urgent.hospitals_near, "Medan", (), is_stable=False)}
    assert found["RS Malam"].house.number == "+62 61 4566 199"
    assert found["RS Malam"].house.is_day_and_night
    assert not found["RS Pagi"].house.is_day_and_night
    assert {o.nearness for o in found.values()} == {Nearness.CITY}


def test_the_history_of_a_case_tells_the_call_in_words(store):
    case = make.made(store, urgent.save_call, call())
    assert told_values.noun_of("urgent_call") == "Urgent call"
    lines = make.see(store, history.history_of, "journey", case)
    assert any(line.noun == "Urgent call" for line in lines)


def test_an_undone_call_leaves_no_row_and_a_redo_brings_it_back(store):
    with store.write(urgent.TITLE) as session:
        case = urgent.save_call(session, call()).made
        action = int(session.info["action_id"])
    undone = store.undo(action)
    assert make.see(store, lambda s: s.query(UrgentCallRow).count()) == 0
    store.undo(undone)
    assert make.see(store, urgent.urgent_call, case).draft.caller == "Rudi Siregar"


def test_an_erased_person_takes_the_call_along(store):
    case = make.made(store, urgent.save_call, call())
    person = make.see(store, views.journey_view, case).patient.id
    assert make.see(store, lambda s: "urgent_call" in erasing.belongings(s, [person]))
