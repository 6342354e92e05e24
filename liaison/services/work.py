"""The officer's own work: next steps, what somebody still owes us, alarms, notes."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.errors import Refused, refuse_if
from liaison.domain.problems import Problem
from liaison.domain.work import (
    NoteChannel,
    NoteDraft,
    NoteTextDraft,
    TaskDraft,
    TaskKind,
    WaitingOn,
    check_note,
    check_task,
)
from liaison.i18n import N_
from liaison.services.changes import Changes, actor, add, changes, clock, draft_of, fill, get, get_for, need, officer_id
from liaison.store.models import ClaimRow, JourneyRow, NoteRow, OfficerRow, TaskRow

DONE_ALREADY = N_("This task is done already. Reopen it first.")
NOTHING_WRITTEN = N_("Write something first.")
SNOOZE_AHEAD = N_("Choose a time that lies ahead.")


# tasks


def add_task(session: Session, draft: TaskDraft) -> Changes:
    """Put a next step on a journey, a claim, or on nobody's in particular. Without an officer it is the actor's own."""
    refuse_if([*check_task(draft, now=clock(session)), *_places(session, draft)])
    row = fill(TaskRow(), draft)
    if row.officer_id is None:
        row.officer_id = own_id(session)
    if row.waiting_on is not None and row.waiting_since is None:
        row.waiting_since = clock(session)
    add(session, row)
    return _touched(session, row, made=row.id)


def edit_task(session: Session, key: int, draft: TaskDraft, *, version: int | None = None) -> Changes:
    """Change a task's words, due time or whose turn it is."""
    row = get_for(session, TaskRow, key, draft, version=version)
    refuse_if([*check_task(draft, now=clock(session)), *_places(session, draft)])
    was = row.waiting_on
    fill(row, draft, leave=("waiting_since",))
    if row.waiting_on is not was:
        row.waiting_since = clock(session) if row.waiting_on is not None else None
    session.flush()
    return _touched(session, row)


def task_draft(session: Session, key: int) -> TaskDraft:
    """What the form of a task opens with."""
    return draft_of(get(session, TaskRow, key), TaskDraft)


def finish_task(session: Session, key: int, *, note: str = "", version: int | None = None) -> Changes:
    """Tick a task off, with what came of it."""
    row = get(session, TaskRow, key, version=version, fields=("done_at",))
    if row.done_at is not None:
        raise Refused([Problem(code="DONE_ALREADY", message=DONE_ALREADY)])
    row.done_at, row.done_note = clock(session), note.strip()
    session.flush()
    return _touched(session, row)


def reopen_task(session: Session, key: int) -> Changes:
    """Take a tick back."""
    row = get(session, TaskRow, key)
    row.done_at, row.done_note = None, ""
    session.flush()
    return _touched(session, row)


def snooze_task(session: Session, key: int, *, until: dt.datetime) -> Changes:
    """Put a task off to a time that lies ahead."""
    row = get(session, TaskRow, key)
    if until <= clock(session):
        raise Refused([Problem(code="SNOOZE_AHEAD", message=SNOOZE_AHEAD, field="due_at")])
    row.due_at = until
    session.flush()
    return _touched(session, row)


def snooze_tasks(session: Session, keys: Sequence[int], *, until: dt.datetime) -> Changes:
    """Put several tasks off to the same moment, as one action; why belongs to the action."""
    done = Changes(touched=())
    for key in keys:
        done |= snooze_task(session, key, until=until)
    return done


def finish_tasks(session: Session, keys: Sequence[int]) -> Changes:
    """Tick several tasks off, as one action. One that a colleague ticked off meanwhile stays as it is."""
    done = Changes(touched=())
    for key in keys:
        if get(session, TaskRow, key).done_at is None:
            done |= finish_task(session, key)
    return done


def wait_on(session: Session, key: int, who: WaitingOn | None, *, what: str = "") -> Changes:
    """Say whose turn it is and since when; nobody means that it is ours again."""
    row = get(session, TaskRow, key)
    if row.waiting_on is not who:
        row.waiting_since = clock(session) if who is not None else None
    row.waiting_on, row.waiting_for = who, what.strip() if who is not None else ""
    session.flush()
    return _touched(session, row)


def hand_task(session: Session, key: int, to_officer_id: int) -> Changes:
    """Give a task to a colleague."""
    row = get(session, TaskRow, key)
    refuse_if(need(session, OfficerRow, to_officer_id, field="officer_id"))
    row.officer_id = to_officer_id
    session.flush()
    return _touched(session, row)


def own_id(session: Session) -> int | None:
    """The actor's own key, once the actor stands among the officers."""
    key = officer_id(session)
    return key if key is not None and session.get(OfficerRow, key) is not None else None


# alarms and waiting: made by other services


def raise_alarm(
    session: Session, journey_id: int, title: str, *, due_at: dt.datetime, claim_id: int | None = None
) -> Changes:
    """Raise an urgent alarm on a journey; ``title`` is a marked sentence."""
    journey = get(session, JourneyRow, journey_id)
    row = TaskRow(
        journey_id=journey_id, claim_id=claim_id, kind=TaskKind.ALARM, title=title, due_at=due_at, is_urgent=True,
        officer_id=journey.officer_id,
    )  # fmt: skip
    add(session, row)
    return _touched(session, row, made=row.id)


def open_waiting(
    session: Session,
    title: str,
    *,
    who: WaitingOn,
    what: str = "",
    due_at: dt.datetime | None = None,
    journey_id: int | None = None,
    claim_id: int | None = None,
) -> TaskRow:
    """Open a step that waits on somebody (a query to answer, a letter that was asked for)."""
    journey = session.get(JourneyRow, journey_id) if journey_id is not None else None
    row = TaskRow(
        journey_id=journey_id, claim_id=claim_id, kind=TaskKind.STEP, title=title, due_at=due_at, waiting_on=who,
        waiting_for=what, waiting_since=clock(session), officer_id=journey.officer_id if journey else own_id(session),
    )  # fmt: skip
    return add(session, row)


def finish_titled(
    session: Session, title: str, *, journey_id: int | None = None, claim_id: int | None = None, note: str = ""
) -> list[int]:
    """Tick off the steps that another service opened under this title; returns their keys."""
    question = sa.select(TaskRow).where(
        TaskRow.title == title, TaskRow.done_at.is_(None),
        TaskRow.journey_id.is_not_distinct_from(journey_id), TaskRow.claim_id.is_not_distinct_from(claim_id),
    )  # fmt: skip
    done = []
    for row in session.scalars(question):
        row.done_at, row.done_note = clock(session), note
        done.append(row.id)
    session.flush()
    return done


# notes


def add_note(session: Session, draft: NoteDraft) -> Changes:
    """Write down what was said. A note on a journey counts as contact, so the lead is not lost."""
    refuse_if([*check_note(draft, now=clock(session)), *_places(session, draft)])
    row = fill(NoteRow(author=actor(session)), draft)
    if row.at is None:
        row.at = clock(session)
    add(session, row)
    if row.journey_id is not None:
        keep_contact(session, row.journey_id, row.at)
    return changes(("note", row.id), ("journey", row.journey_id), ("claim", row.claim_id), made=row.id)


def note_and_step(session: Session, note: NoteDraft, step: TaskDraft) -> Changes:
    """Write down what was said and the promise made in it: one line typed, one action to take back.

    What was promised in a call or a message is marked as a promise; a note for ourselves promises nobody anything.
    """
    promised = step.is_promise or note.channel is not NoteChannel.NOTE
    return add_note(session, note) | add_task(session, dataclasses.replace(step, is_promise=promised))


def edit_note(session: Session, key: int, draft: NoteTextDraft, *, version: int | None = None) -> Changes:
    """Correct a note; the journal keeps what it said before."""
    row = get(session, NoteRow, key, version=version, fields=("text",))
    if not draft.text.strip():
        raise Refused([Problem(code="MISSING", message=NOTHING_WRITTEN, field="text")])
    row.text = draft.text.strip()
    session.flush()
    return changes(("note", key), ("journey", row.journey_id), ("claim", row.claim_id))


def note_text(session: Session, key: int) -> NoteTextDraft:
    """What the form that corrects a note opens with."""
    return NoteTextDraft(text=get(session, NoteRow, key).text)


def keep_contact(session: Session, journey_id: int, at: dt.datetime) -> None:
    """Remember when somebody last heard of this journey."""
    journey = get(session, JourneyRow, journey_id)
    if journey.last_contact_at is None or journey.last_contact_at < at:
        journey.last_contact_at = at
        session.flush()


def _places(session: Session, draft: TaskDraft | NoteDraft) -> list[Problem]:
    """Problems where a draft hangs on a case, a claim or an officer that is not there."""
    problems = need(session, JourneyRow, draft.journey_id, field="journey_id")
    problems += need(session, ClaimRow, draft.claim_id, field="claim_id")
    if isinstance(draft, TaskDraft):
        problems += need(session, OfficerRow, draft.officer_id, field="officer_id")
    return problems


def _touched(session: Session, row: TaskRow, *, made: int | None = None) -> Changes:
    return changes(("task", row.id), ("journey", row.journey_id), ("claim", row.claim_id), made=made)
