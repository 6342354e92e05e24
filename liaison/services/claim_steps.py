"""Steps that a claim opens and finishes by itself: whom it waits for, and until when that is usual."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from liaison.domain.claims import ClaimState
from liaison.domain.clocks import after_working_days
from liaison.domain.targets import ClockKind, Run
from liaison.domain.work import WaitingOn
from liaison.i18n import N_
from liaison.services.belonging import name_of, policy_of
from liaison.services.changes import clock
from liaison.services.clocks import claim_clock
from liaison.services.office_hours import office_calendar
from liaison.services.targets import calendar_of, target_of
from liaison.services.work import finish_titled, open_waiting
from liaison.store.models import ClaimRow

_S = ClaimState

REGISTER = N_("Ask the insurer for the claim number")
DECIDE = N_("Follow up the insurer's decision")
PAY = N_("Follow up the payment")
ANSWER = N_("Answer the insurer's question about the claim")

_STEPS = {
    _S.SUBMITTED: REGISTER, _S.IN_REVIEW: DECIDE, _S.INVESTIGATION: DECIDE, _S.APPEALED: DECIDE,
    _S.PAYMENT_PENDING: PAY,
}  # fmt: skip
"""Titles of the steps; each is due when the insurer's clock reaches its target."""

_KIND_OF = {REGISTER: ClockKind.CLAIM_REGISTER, DECIDE: ClockKind.CLAIM_DECISION, PAY: ClockKind.PAYMENT}


def open_steps(session: Session, row: ClaimRow) -> None:
    """What a claim's new state makes an officer wait for."""
    if row.state not in _STEPS:
        return
    title = _STEPS[row.state]
    policy = policy_of(session, row.cover_id)
    by_administrator = policy is not None and policy.administrator_id is not None
    decider = None if policy is None else policy.administrator_id if by_administrator else policy.insurer_id
    open_waiting(
        session, title, who=WaitingOn.ADMINISTRATOR if by_administrator else WaitingOn.INSURER,
        what=name_of(session, decider), journey_id=row.journey_id, claim_id=row.id,
        due_at=_due(session, row, title, decider),
    )  # fmt: skip


def _due(session: Session, row: ClaimRow, title: str, decider: int | None) -> dt.datetime:
    """When the insurer's own clock reaches its target; a claim of a list has told no move, so it starts now."""
    now = clock(session)
    line = claim_clock(session, row.id)
    if line is not None:
        due = line.run.due(now)
        if due is not None:
            return due
    kind = _KIND_OF[title]
    run = Run(start=now, calendar=calendar_of(session, decider, kind), target=target_of(session, kind, decider))
    return run.due(now) or now


def open_answer(session: Session, row: ClaimRow, *, due_on: dt.date | None) -> None:
    """A question of the insurer is ours to answer: by the day it named, else tomorrow."""
    now = clock(session)
    due = now + dt.timedelta(hours=24)
    if due_on is not None:
        calendar = office_calendar(session)
        due = after_working_days(dt.datetime.combine(due_on, dt.time(12), tzinfo=dt.UTC), 0, calendar)
    open_waiting(session, ANSWER, who=WaitingOn.US, journey_id=row.journey_id, claim_id=row.id, due_at=due)


def finish_steps(session: Session, row: ClaimRow, start: ClaimState) -> None:
    """What the state before waited for is done once the claim has left it."""
    titles = [_STEPS[start]] if start in _STEPS else []
    if start is _S.QUERIED:
        titles.append(ANSWER)
    for title in titles:
        finish_titled(session, title, journey_id=row.journey_id, claim_id=row.id, note=row.state.label)
