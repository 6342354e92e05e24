"""Wishes and promises of a roadshow. A promise with a day stands in Today as work of the office.

What is ticked off in Today counts as kept from that day, with no evidence yet; evidence is written on the event's page.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.errors import Refused, refuse_if
from liaison.domain.network import OrganizationKind
from liaison.domain.problems import Problem
from liaison.domain.roadshows import (
    NeedDraft,
    PromiseKeptDraft,
    RoadshowPromiseDraft,
    check_kept,
    check_need,
    check_roadshow_promise,
)
from liaison.domain.work import TaskKind, WaitingOn
from liaison.i18n import N_
from liaison.services.changes import Changes, add, changes, clock, draft_of, fill, get, get_for, need, today
from liaison.services.course_steps import at_nine
from liaison.services.work import own_id
from liaison.store.models import (
    OfficerRow,
    OrganizationRow,
    RoadshowNeedRow,
    RoadshowPromiseRow,
    RoadshowRow,
    TaskRow,
)

KEPT_ALREADY = N_("This promise was kept already.")

_WAITS_ON = {
    OrganizationKind.INSURER: WaitingOn.INSURER,
    OrganizationKind.ADMINISTRATOR: WaitingOn.ADMINISTRATOR,
    OrganizationKind.HOSPITAL: WaitingOn.HOSPITAL,
}


# wishes


def add_need(session: Session, draft: NeedDraft) -> Changes:
    """Write down what a house wishes."""
    refuse_if([*check_need(draft), *_need_places(session, draft)])
    row = add(session, fill(RoadshowNeedRow(), draft))
    return changes(("roadshow_need", row.id), ("roadshow", row.roadshow_id), made=row.id)


def edit_need(session: Session, key: int, draft: NeedDraft, *, version: int | None = None) -> Changes:
    """Change a wish, or answer it."""
    row = get_for(session, RoadshowNeedRow, key, draft, version=version)
    refuse_if([*check_need(draft), *_need_places(session, draft)])
    fill(row, draft)
    session.flush()
    return changes(("roadshow_need", key), ("roadshow", row.roadshow_id))


def need_draft(session: Session, key: int) -> NeedDraft:
    """What the form of a wish opens with."""
    return draft_of(get(session, RoadshowNeedRow, key), NeedDraft)


def remove_need(session: Session, key: int) -> Changes:
    """Take a wish off that was entered in error; promises that answer it stay."""
    row = get(session, RoadshowNeedRow, key)
    done = changes(("roadshow_need", key), ("roadshow", row.roadshow_id))
    for promise in session.scalars(sa.select(RoadshowPromiseRow).where(RoadshowPromiseRow.need_id == key)):
        promise.need_id = None
    session.flush()
    session.delete(row)
    session.flush()
    return done


# promises


def promise(session: Session, draft: RoadshowPromiseDraft) -> Changes:
    """Write down what was promised; with a day it stands in Today, from nine o'clock of that day on."""
    refuse_if([*check_roadshow_promise(draft), *_promise_places(session, draft)])
    row = add(session, fill(RoadshowPromiseRow(), draft))
    return _touched(row, _follow(session, row), made=row.id)


def edit_promise(session: Session, key: int, draft: RoadshowPromiseDraft, *, version: int | None = None) -> Changes:
    """Change a promise; its step in Today changes with it."""
    row = get_for(session, RoadshowPromiseRow, key, draft, version=version)
    refuse_if([*check_roadshow_promise(draft), *_promise_places(session, draft)])
    fill(row, draft)
    session.flush()
    return _touched(row, _follow(session, row))


def promise_draft(session: Session, key: int) -> RoadshowPromiseDraft:
    """What the form of a promise opens with."""
    return draft_of(get(session, RoadshowPromiseRow, key), RoadshowPromiseDraft)


def keep_promise(session: Session, key: int, draft: PromiseKeptDraft) -> Changes:
    """Say that a promise was kept, on which day and where it can be seen; its step is done."""
    row = get(session, RoadshowPromiseRow, key)
    if row.done_on is not None:
        raise Refused([Problem(code="KEPT_ALREADY", message=KEPT_ALREADY)])
    refuse_if(check_kept(draft, today=today(session)))
    row.done_on, row.evidence = draft.done_on, draft.evidence.strip()
    task = session.get(TaskRow, row.task_id) if row.task_id is not None else None
    if task is not None and task.done_at is None:
        task.done_at, task.done_note = clock(session), draft.evidence.strip()
    session.flush()
    return _touched(row, row.task_id)


def not_kept(session: Session, key: int) -> Changes:
    """Take back that a promise was kept: it is open again, and its step with it."""
    row = get(session, RoadshowPromiseRow, key)
    row.done_on, row.evidence = None, ""
    task = session.get(TaskRow, row.task_id) if row.task_id is not None else None
    if task is not None:
        task.done_at, task.done_note = None, ""
    session.flush()
    return _touched(row, _follow(session, row))


def remove_promise(session: Session, key: int) -> Changes:
    """Take a promise off that was entered in error, with its step; one undo brings both back."""
    row = get(session, RoadshowPromiseRow, key)
    done, task_id = _touched(row, row.task_id), row.task_id
    session.delete(row)
    session.flush()
    if task_id is not None:
        session.delete(get(session, TaskRow, task_id))
        session.flush()
    return done


def promise_of_task(session: Session, task_id: int) -> tuple[int, int] | None:
    """The promise behind a step of Today and its event: ``(promise, roadshow)``; none for any other step."""
    row = session.execute(
        sa.select(RoadshowPromiseRow.id, RoadshowPromiseRow.roadshow_id).where(RoadshowPromiseRow.task_id == task_id)
    ).first()
    return None if row is None else (row[0], row[1])


def promises_of_tasks(session: Session, task_ids: Sequence[int]) -> dict[int, int]:
    """The promises behind several steps of Today, by step; other steps are left out."""
    asked = sa.select(RoadshowPromiseRow.task_id, RoadshowPromiseRow.id).where(RoadshowPromiseRow.task_id.in_(task_ids))
    return {task: promise for task, promise in session.execute(asked) if task is not None}


# inner


def _follow(session: Session, row: RoadshowPromiseRow) -> int | None:
    """Keep the promise's step as the promise is: its words, day and owner. One without a day has none yet."""
    task = session.get(TaskRow, row.task_id) if row.task_id is not None else None
    if row.done_on is not None:
        return row.task_id
    if row.due_on is None:
        if task is not None and task.done_at is None:
            row.task_id = None
            session.flush()
            session.delete(task)
            session.flush()
        return None
    who, exactly = _waits(session, row)
    if task is None:
        task = add(session, TaskRow(kind=TaskKind.STEP, title=row.what, is_promise=True))
        row.task_id = task.id
    task.title, task.due_at, task.is_urgent = row.what, _evening(session, row.due_on), row.is_urgent
    task.officer_id = row.officer_id if row.officer_id is not None else task.officer_id or own_id(session)
    if task.waiting_on is not who:
        task.waiting_since = clock(session) if who is not None else None
    task.waiting_on, task.waiting_for = who, exactly
    session.flush()
    return task.id


def _evening(session: Session, day: dt.date) -> dt.datetime:
    """Some time that day: pages show the day alone."""
    from liaison.services.today import END_OF_DAY

    nine = at_nine(session, day)
    return nine + (dt.datetime.combine(day, END_OF_DAY) - dt.datetime.combine(day, dt.time(9)))


def _waits(session: Session, row: RoadshowPromiseRow) -> tuple[WaitingOn | None, str]:
    """Whose turn it is: ours where an officer promised, else that of whoever promised."""
    if row.officer_id is not None or not row.owner:
        return None, ""
    house = session.get(OrganizationRow, row.organization_id) if row.organization_id is not None else None
    return _WAITS_ON.get(house.kind, WaitingOn.OTHER) if house is not None else WaitingOn.OTHER, row.owner


def _need_places(session: Session, draft: NeedDraft) -> list[Problem]:
    return [
        *need(session, RoadshowRow, draft.roadshow_id),
        *need(session, OrganizationRow, draft.organization_id, field="organization_id"),
        *need(session, OfficerRow, draft.officer_id, field="officer_id"),
    ]


def _promise_places(session: Session, draft: RoadshowPromiseDraft) -> list[Problem]:
    return [
        *need(session, RoadshowRow, draft.roadshow_id),
        *need(session, OrganizationRow, draft.organization_id, field="organization_id"),
        *need(session, OfficerRow, draft.officer_id, field="officer_id"),
        *need(session, RoadshowNeedRow, draft.need_id, field="need_id"),
    ]


def _touched(row: RoadshowPromiseRow, task_id: int | None, *, made: int | None = None) -> Changes:
    return changes(("roadshow_promise", row.id), ("roadshow", row.roadshow_id), ("task", task_id), made=made)
