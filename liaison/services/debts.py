"""Facts still owed by a case that entered late: written down as tasks, ticked off as soon as they are supplied."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.facts import FactKind
from liaison.domain.journey_debts import debts
from liaison.domain.journey_guards import GUARDS
from liaison.domain.journeys import JourneyState
from liaison.domain.lifecycle import Debt
from liaison.domain.work import TaskKind
from liaison.i18n import N_
from liaison.services.changes import clock, get
from liaison.services.facts import facts_of
from liaison.services.office_hours import office_calendar
from liaison.store.models import JourneyEventRow, JourneyRow, TaskRow

SUPPLIED = N_("supplied")


def write_debts(
    session: Session, journey_id: int, *, but: Collection[str] = (), as_at: JourneyState | None = None
) -> list[int]:
    """Write what a journey owes at the state it is in, with due times; returns the tasks' keys.

    ``but`` names guards whose facts are not asked for. ``as_at`` asks as of a later state: an urgent call owes at once
    what others owe when their enquiry goes on.
    """
    journey = get(session, JourneyRow, journey_id)
    made = []
    for debt in _debts(session, journey, as_at=as_at):
        if debt.guard in but or _open(session, journey_id, debt.fact):
            continue
        row = TaskRow(
            journey_id=journey_id, kind=TaskKind.DEBT, title=debt.label, fact=debt.fact, due_at=debt.due,
            officer_id=journey.officer_id,
        )  # fmt: skip
        session.add(row)
        session.flush()
        made.append(row.id)
    return made


Standing = tuple[JourneyState, frozenset[str]]
"""Where a case stands, and the guards behind it whose facts are not there."""


def standing(session: Session, journey_ids: Iterable[int]) -> dict[int, Standing]:
    """How each of these cases stands now; nothing of a case that is not here."""
    found = {}
    for key in journey_ids:
        journey = session.get(JourneyRow, key)
        if journey is not None:
            found[key] = (journey.state, frozenset(debt.guard for debt in _debts(session, journey)))
    return found


def owe_anew(session: Session, before: Mapping[int, Standing]) -> list[int]:
    """After two sides' work on a case was put together: what held on each alone and no longer holds is owed again.

    ``before`` is what :func:`standing` said here. What somebody passed over with a reason stays passed over, and where
    the case did not move, what was missing already is not asked for once more.
    """
    made: list[int] = []
    for key, (state, missing) in before.items():
        passed = session.scalars(sa.select(JourneyEventRow.overridden).where(JourneyEventRow.journey_id == key))
        settle_debts(session, key)
        known = missing if get(session, JourneyRow, key).state is state else frozenset()
        made += write_debts(session, key, but=known.union(*(names.split() for names in passed)))
    return made


def _debts(session: Session, journey: JourneyRow, *, as_at: JourneyState | None = None) -> list[Debt]:
    facts = facts_of(session, journey.id)
    return debts(as_at or journey.state, facts, clock(session), calendar=office_calendar(session))


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
    open_ones = sa.select(TaskRow.id).where(
        TaskRow.journey_id == journey_id, TaskRow.kind == TaskKind.DEBT, TaskRow.fact == fact, TaskRow.done_at.is_(None)
    )
    return session.scalar(open_ones.limit(1)) is not None
