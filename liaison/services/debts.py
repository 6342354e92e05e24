"""Facts still owed by a case that entered late: written down as tasks, ticked off as soon as they are supplied."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.facts import FactKind
from liaison.domain.journey_debts import debts
from liaison.domain.journey_guards import GUARDS
from liaison.domain.work import TaskKind
from liaison.i18n import N_
from liaison.services.changes import clock, get
from liaison.services.facts import facts_of
from liaison.services.office_hours import office_calendar
from liaison.store.models import JourneyRow, TaskRow

SUPPLIED = N_("supplied")


def write_debts(session: Session, journey_id: int) -> list[int]:
    """Write what a journey owes at the state it is in, with due times; returns the tasks' keys."""
    journey = get(session, JourneyRow, journey_id)
    calendar = office_calendar(session)
    made = []
    for debt in debts(journey.state, facts_of(session, journey_id), clock(session), calendar=calendar):
        if _open(session, journey_id, debt.fact):
            continue
        row = TaskRow(
            journey_id=journey_id, kind=TaskKind.DEBT, title=debt.label, fact=debt.fact, due_at=debt.due,
            officer_id=journey.officer_id,
        )  # fmt: skip
        session.add(row)
        session.flush()
        made.append(row.id)
    return made


def settle_debts(session: Session, journey_id: int) -> list[int]:
    """Tick off every debt whose fact is there now, however it was supplied; returns the tasks' keys."""
    owed = list(
        session.scalars(
            sa.select(TaskRow).where(
                TaskRow.journey_id == journey_id, TaskRow.kind == TaskKind.DEBT, TaskRow.done_at.is_(None)
            )
        )
    )
    if not owed:
        return []
    facts = facts_of(session, journey_id)
    done = []
    for row in owed:
        guards = [g for g in GUARDS.values() if row.fact is not None and g.fact is row.fact]
        if any(g.asks(facts) is None for g in guards):
            row.done_at, row.done_note = clock(session), SUPPLIED
            done.append(row.id)
    session.flush()
    return done


def _open(session: Session, journey_id: int, fact: FactKind) -> bool:
    standing = sa.select(TaskRow.id).where(
        TaskRow.journey_id == journey_id, TaskRow.kind == TaskKind.DEBT, TaskRow.fact == fact, TaskRow.done_at.is_(None)
    )
    return session.scalar(standing.limit(1)) is not None
