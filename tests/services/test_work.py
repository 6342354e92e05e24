"""Tasks and notes: own, handed over, waiting, put off, done."""

import datetime as dt

import pytest

from liaison.domain.errors import Refused
from liaison.domain.work import NoteTextDraft, TaskKind, WaitingOn
from liaison.services import office, work
from liaison.services.changes import ChangedMeanwhile
from liaison.store.models import JourneyRow, NoteRow, TaskRow
from tests import make


def codes(refusal):
    return {p.code for p in refusal.value.problems if p.severity == "error"}


def task(store, key):
    columns = [c.name for c in TaskRow.__table__.columns]
    return make.see(store, lambda s: {c: getattr(s.get(TaskRow, key), c) for c in columns})


def test_a_step_without_an_officer_is_the_actors_own(store):
    case = make.journey(store)

    key = make.made(store, work.add_task, make.task_draft(journey_id=case))

    assert task(store, key)["officer_id"] == store.officer.id


def test_a_step_may_be_given_to_a_colleague_from_the_start(store):
    colleague = make.made(store, office.add_officer, make.officer_draft(name="Tono"))

    key = make.made(store, work.add_task, make.task_draft(officer_id=colleague))

    assert task(store, key)["officer_id"] == colleague


def test_a_step_of_nothing_that_is_there_is_refused(store):
    with pytest.raises(Refused) as refusal:
        make.do(store, work.add_task, make.task_draft(title=" ", journey_id=1, claim_id=2, officer_id=3))

    assert codes(refusal) == {"MISSING", "GONE"}
    assert {p.field for p in refusal.value.problems} >= {"title", "journey_id", "claim_id", "officer_id"}


def test_waiting_is_a_state_of_a_step_and_knows_since_when(store, clock):
    key = make.made(store, work.add_task, make.task_draft(waiting_on=WaitingOn.HOSPITAL, waiting_for="dr. Lim"))
    began = clock.now
    clock.forward(hours=1)

    make.do(store, work.wait_on, key, WaitingOn.HOSPITAL, what="meja Indonesia")
    same = task(store, key)
    make.do(store, work.wait_on, key, WaitingOn.INSURER, what="Penanggung A")
    other = task(store, key)
    make.do(store, work.wait_on, key, None)
    ours = task(store, key)

    assert (same["waiting_since"], same["waiting_for"]) == (began, "meja Indonesia")
    assert other["waiting_since"] == clock.now
    assert (ours["waiting_on"], ours["waiting_since"], ours["waiting_for"]) == (None, None, "")


def test_a_form_of_a_step_keeps_since_when_it_waits(store, clock):
    key = make.made(store, work.add_task, make.task_draft(waiting_on=WaitingOn.HOSPITAL))
    began = clock.now
    clock.forward(hours=1)
    draft = make.see(store, work.task_draft, key)

    make.do(store, work.edit_task, key, make.changed(draft, title="kirim ulang", waiting_since=None))
    kept = task(store, key)["waiting_since"]
    make.do(store, work.edit_task, key, make.changed(draft, waiting_on=None))
    gone = task(store, key)["waiting_since"]
    make.do(store, work.edit_task, key, make.changed(draft, waiting_on=WaitingOn.AGENT))

    assert (kept, gone) == (began, None)
    assert task(store, key)["waiting_since"] == clock.now


def test_a_step_is_done_once_and_may_be_taken_up_again(store, clock):
    key = make.made(store, work.add_task, make.task_draft())

    make.do(store, work.finish_task, key, note="sudah ditelepon")
    with pytest.raises(Refused) as refusal:
        make.do(store, work.finish_task, key)
    done = task(store, key)
    make.do(store, work.reopen_task, key)

    assert codes(refusal) == {"DONE_ALREADY"}
    assert (done["done_at"], done["done_note"]) == (clock.now, "sudah ditelepon")
    assert task(store, key)["done_at"] is None


def test_two_officers_finishing_one_step_conflict(store):
    key = make.made(store, work.add_task, make.task_draft())
    make.do(store, work.finish_task, key, version=1)

    with pytest.raises(ChangedMeanwhile) as conflict:
        make.do(store, work.finish_task, key, version=1)

    assert conflict.value.fields == ("done_at",)


def test_a_step_is_put_off_to_a_time_ahead(store, clock):
    key = make.made(store, work.add_task, make.task_draft())
    later = clock.now + dt.timedelta(days=1)

    with pytest.raises(Refused) as refusal:
        make.do(store, work.snooze_task, key, until=clock.now)
    make.do(store, work.snooze_task, key, until=later)

    assert codes(refusal) == {"SNOOZE_AHEAD"}
    assert task(store, key)["due_at"] == later


def test_a_step_is_handed_to_a_colleague(store):
    key = make.made(store, work.add_task, make.task_draft())
    colleague = make.made(store, office.add_officer, make.officer_draft(name="Tono"))

    make.do(store, work.hand_task, key, colleague)
    with pytest.raises(Refused):
        make.do(store, work.hand_task, key, 4711)

    assert task(store, key)["officer_id"] == colleague


def test_a_step_of_the_system_belongs_to_nobody(store):
    with store.write("Time", by_system=True) as session:
        key = work.add_task(session, make.task_draft()).made

    assert task(store, key)["officer_id"] is None


def test_steps_opened_by_a_service_are_finished_by_their_title(store):
    case = make.journey(store)
    with store.write("Ask") as session:
        row = work.open_waiting(session, "Follow up the payment", who=WaitingOn.INSURER, journey_id=case)
        other = work.open_waiting(session, "Follow up the payment", who=WaitingOn.INSURER)
        keys = row.id, other.id
        done = work.finish_titled(session, "Follow up the payment", journey_id=case, note="Paid")

    assert done == [keys[0]]
    assert task(store, keys[1])["done_at"] is None


def test_an_alarm_is_urgent(store, clock):
    case = make.journey(store)

    key = make.made(store, work.raise_alarm, case, "Letter withdrawn", due_at=clock.now)

    assert (task(store, key)["kind"], task(store, key)["is_urgent"]) == (TaskKind.ALARM, True)


# notes


def test_a_note_is_by_its_author_now_and_counts_as_contact(store, clock):
    case = make.journey(store)
    clock.forward(days=5)

    key = make.made(store, work.add_note, make.note_draft(journey_id=case))

    with store.read() as session:
        note = session.get(NoteRow, key)
        assert (note.author, note.at) == (make.OFFICER, clock.now)
        assert session.get(JourneyRow, case).last_contact_at == clock.now


def test_an_old_note_written_late_does_not_set_contact_back(store, clock):
    case = make.journey(store)
    at = clock.now - dt.timedelta(days=3)

    make.do(store, work.add_note, make.note_draft(journey_id=case, at=at))

    assert make.see(store, lambda s: s.get(JourneyRow, case).last_contact_at) == clock.now


def test_a_note_on_a_claim_needs_no_case(store):
    person = make.patient(store)
    from liaison.services import claims

    draft = make.claim_draft(patient_id=person, cover_id=make.cover(store, person))
    claim = make.made(store, claims.file_claim, draft)

    done = make.do(store, work.add_note, make.note_draft(claim_id=claim))

    assert ("claim", claim) in {(t.kind, t.id) for t in done.touched}


def test_a_note_of_nothing_is_refused(store):
    with pytest.raises(Refused) as refusal:
        make.do(store, work.add_note, make.note_draft(text=" "))

    assert codes(refusal) == {"MISSING", "NO_CASE"}


def test_a_corrected_note_keeps_its_author_and_needs_words(store):
    case = make.journey(store)
    key = make.made(store, work.add_note, make.note_draft(journey_id=case))

    with pytest.raises(Refused):
        make.do(store, work.edit_note, key, NoteTextDraft(text=" "))
    corrected = NoteTextDraft(text="penanggung butuh hasil lab dan foto")
    make.do(store, work.edit_note, key, corrected, version=1)

    assert make.see(store, lambda s: s.get(NoteRow, key).text) == "penanggung butuh hasil lab dan foto"
