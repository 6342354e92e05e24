"""The same step for many chosen records as one action: all of them, or none.

Records that cannot take the step are named with every reason and nothing is written; whoever wants the rest changed
says so by leaving those out. So nothing is ever half done, and one undo takes the whole step back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from liaison.domain.claims import ClaimState
from liaison.domain.errors import Conflict, Refused
from liaison.domain.journeys import CancelReason, JourneyState
from liaison.domain.problems import Problem
from liaison.domain.work import TaskDraft
from liaison.services import claims, journeys, work
from liaison.services.changes import Changes, get
from liaison.store.models import ClaimRow, JourneyRow

_ANSWERED_FROM = (JourneyState.MEDICAL_REVIEW, JourneyState.DECISION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assign:
    """Give cases to an officer."""

    officer_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """Put a next step with its due time on each record."""

    title: str
    due_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveJourneys:
    """Move cases to a state; ``reason`` counts for cancelling."""

    to: JourneyState
    note: str = ""
    reason: CancelReason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Put cases on hold."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume:
    """Take cases off hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveClaims:
    """Move claims to a state."""

    to: ClaimState
    note: str = ""


BulkStep = Assign | NextStep | MoveJourneys | Hold | Resume | MoveClaims


class SomeRefused(Refused):
    """Some records cannot take the step; nothing was written. ``by_id`` says why, record by record."""

    def __init__(self, by_id: dict[int, tuple[Problem, ...]], names: dict[int, str]) -> None:
        self.by_id = by_id
        self.names = names
        super().__init__({(p.code, p.field): p for problems in by_id.values() for p in problems}.values())


def change_journeys(session: Session, ids: Sequence[int], step: BulkStep) -> Changes:
    """Take one step with many cases. Raises :class:`SomeRefused`; then nothing is written."""
    return _each(session, ids, lambda key: _journey(session, key, step), lambda key: _case_no(session, key))


def change_claims(session: Session, ids: Sequence[int], step: BulkStep) -> Changes:
    """Take one step with many claims. Raises :class:`SomeRefused`; then nothing is written."""
    return _each(session, ids, lambda key: _claim(session, key, step), lambda key: _claim_no(session, key))


def _journey(session: Session, key: int, step: BulkStep) -> Changes:
    match step:
        case Assign():
            return journeys.assign(session, key, step.officer_id)
        case NextStep():
            return work.add_task(session, TaskDraft(journey_id=key, title=step.title, due_at=step.due_at))
        case Hold():
            return journeys.hold(session, key, reason=step.reason)
        case Resume():
            return journeys.resume(session, key)
        case MoveJourneys():
            return _move(session, key, step)
    raise TypeError(f"no step for cases: {type(step).__name__}")


def _move(session: Session, key: int, step: MoveJourneys) -> Changes:
    state = get(session, JourneyRow, key).state
    if step.to is JourneyState.CLOSED and state in _ANSWERED_FROM:
        return journeys.answer_without_travel(session, key, note=step.note)
    code = step.reason.value if step.reason is not None else ""
    return journeys.move_journey(session, key, step.to, note=step.note, reason_code=code)


def _claim(session: Session, key: int, step: BulkStep) -> Changes:
    match step:
        case NextStep():
            case = get(session, ClaimRow, key).journey_id
            draft = TaskDraft(claim_id=key, journey_id=case, title=step.title, due_at=step.due_at)
            return work.add_task(session, draft)
        case MoveClaims():
            return claims.move_claim(session, key, step.to, reason_note=step.note)
    raise TypeError(f"no step for claims: {type(step).__name__}")


def _each(session: Session, ids: Sequence[int], do: Callable[[int], Changes], called: Callable[[int], str]) -> Changes:
    """Every record in a save point of its own, so that a refused one leaves nothing in the way of the next."""
    touched: dict[Any, None] = {}
    by_id: dict[int, tuple[Problem, ...]] = {}
    names: dict[int, str] = {}
    for key in ids:
        point = session.begin_nested()
        try:
            done = do(key)
        except (Refused, Conflict) as error:
            point.rollback()
            by_id[key] = _problems(error)
            names[key] = called(key)
        else:
            point.commit()
            touched.update(dict.fromkeys(done.touched))
    if by_id:
        raise SomeRefused(by_id, names)
    return Changes(touched=tuple(touched))


def _problems(error: Refused | Conflict) -> tuple[Problem, ...]:
    if isinstance(error, Refused):
        return tuple(p for p in error.problems if p.severity == "error") or tuple(error.problems)
    return (Problem(code="CONFLICT", message=error.message, values=dict(error.values)),)


def _case_no(session: Session, key: int) -> str:
    row = session.get(JourneyRow, key)
    return row.case_no if row is not None else ""


def _claim_no(session: Session, key: int) -> str:
    row = session.get(ClaimRow, key)
    return row.claim_no if row is not None else ""
