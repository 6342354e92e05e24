"""What time alone changes, by the system, as an action of its own."""

import datetime as dt

from liaison.domain.claims import ClaimState
from liaison.domain.facts import FactKind
from liaison.domain.guarantees import GuaranteeState
from liaison.domain.journeys import EntryMode, JourneyState
from liaison.domain.work import TaskKind
from liaison.services import claim_views, claims, guarantees, journeys, rounds, work
from liaison.store.models import GuaranteeEventRow, JourneyEventRow, JourneyRow, TaskRow
from tests import make


def round_of_time(store):
    with store.write(rounds.TITLE, by_system=True) as session:
        return rounds.time_passes(session)


def state(store, key):
    return make.see(store, lambda s: s.get(JourneyRow, key).state)


def letter_in(store, journey_state):
    person = make.patient(store)
    cover = make.cover(store, person)
    case = make.journey(store, person, entry_mode=EntryMode.RUNNING, state=journey_state)
    letter = make.made(store, guarantees.request_guarantee, make.guarantee_draft(journey_id=case, cover_id=cover))
    make.do(store, guarantees.add_version, make.version_draft(letter), gl_no=f"GL-{letter}")
    return letter


def test_nothing_is_due_in_a_fresh_office_and_nothing_is_written(store):
    make.journey(store)

    assert not make.see(store, rounds.is_due)
    assert round_of_time(store).touched == ()


def test_a_letter_runs_out_the_day_after_its_last_day_unless_the_patient_is_in_hospital(store, clock):
    waiting = letter_in(store, JourneyState.TRAVEL_PREP)
    inside = letter_in(store, JourneyState.ADMITTED)
    clock.forward(days=30)
    round_of_time(store)  # the covered days of who is inside are over: a top-up is to be asked for
    on_the_last_day = make.see(store, rounds.is_due)
    clock.forward(days=1)

    due = make.see(store, rounds.is_due)
    round_of_time(store)

    assert (on_the_last_day, due) == (False, True)
    assert make.see(store, guarantees.guarantee, waiting).state is GuaranteeState.EXPIRED
    assert make.see(store, guarantees.guarantee, inside).state is GuaranteeState.ISSUED
    with store.read() as session:
        last = session.query(GuaranteeEventRow).order_by(GuaranteeEventRow.id.desc()).first()
        assert last.actor == "system"
        alarms = session.query(TaskRow).filter_by(kind=TaskKind.ALARM).all()
        assert [a.title for a in alarms] == ["Letter expired: ask for a new one"]


def test_a_lead_nobody_answers_for_two_months_is_lost_and_comes_back_where_it_was(store, clock):
    silent, heard, held = make.journey(store), make.journey(store), make.journey(store)
    make.do(store, journeys.hold, held, reason="umrah")
    clock.forward(days=59)
    make.do(store, work.add_note, make.note_draft(journey_id=heard))
    clock.forward(days=1)

    round_of_time(store)
    lost = state(store, silent)
    make.do(store, journeys.reopen, silent, reason="menelepon lagi")

    assert lost is JourneyState.LOST
    assert state(store, silent) is JourneyState.ENQUIRY
    assert state(store, heard) is state(store, held) is JourneyState.ENQUIRY
    with store.read() as session:
        actors = [e.actor for e in session.query(JourneyEventRow).filter_by(journey_id=silent)]
    assert actors == [make.OFFICER, "system", make.OFFICER]


def test_a_claim_not_sent_in_time_is_barred_and_a_supervisor_may_still_send_it(store, clock):
    person = make.patient(store)
    draft = make.claim_draft(patient_id=person, cover_id=make.cover(store, person), submit_by=dt.date(2026, 11, 3))
    key = make.made(store, claims.file_claim, draft)
    clock.forward(days=2)

    round_of_time(store)
    barred = make.see(store, claim_views.claim, key)
    make.do(
        store, claims.move_claim, key, ClaimState.SUBMITTED, channel="kurir", override_reason="rumah sakit terlambat"
    )

    assert (barred.state, barred.is_open) == (ClaimState.TIME_BARRED, False)
    assert make.see(store, claim_views.claim, key).state is ClaimState.SUBMITTED


def test_a_round_is_one_action_of_the_system_and_may_be_undone(store, clock):
    key = make.journey(store)
    clock.forward(days=60)
    with store.write(rounds.TITLE, by_system=True) as session:
        rounds.time_passes(session)
        action = session.info["action_id"]

    store.undo(action)

    assert state(store, key) is JourneyState.ENQUIRY
    assert store.verify() == []


def test_time_settles_no_debts_of_its_own(store, clock):
    case = make.journey(store, entry_mode=EntryMode.RUNNING, state=JourneyState.MEDICAL_REVIEW)
    clock.forward(days=10)

    round_of_time(store)

    with store.read() as session:
        owed = {t.fact for t in session.query(TaskRow).filter_by(journey_id=case, done_at=None)}
    assert FactKind.C1 in owed
