"""Clocks of the office: what is waited for, by whom, since when, how long it may take, and how long such things took.

Read from the moves of letters, claims and cases, never kept beside them, so that an undo needs no second undo.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.claims import ClaimState
from liaison.domain.clock_runs import CLAIMS
from liaison.domain.guarantees import GuaranteeState
from liaison.domain.journeys import JourneyState
from liaison.domain.targets import ClockKind, Spread, Target, spread_of
from liaison.services.changes import clock
from liaison.services.clock_readings import (
    ClockBook,
    ClockLine,
    claim_clocks,
    estimate_clocks,
    letter_clocks,
    question_clocks,
)
from liaison.store.models import (
    ClaimEventRow,
    ClaimRow,
    GuaranteeEventRow,
    GuaranteeRow,
    JourneyEventRow,
    JourneyRow,
    PolicyRow,
)

RUNNING_LETTERS = (
    GuaranteeState.REQUESTED, GuaranteeState.QUERIED, GuaranteeState.TOPUP_REQUESTED, GuaranteeState.FINAL_REQUESTED,
    GuaranteeState.FINAL_QUERIED,
)  # fmt: skip
RUNNING_CLAIMS = tuple(
    s for s in ClaimState if s in CLAIMS.starts or s in CLAIMS.pauses or s is ClaimState.PAYMENT_PENDING
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseSpread:
    """How long one house took for one kind of step, and its target."""

    organization_id: int | None
    name: str
    kind: ClockKind
    target: Target
    spread: Spread


# what pages and papers ask for


def open_clocks(session: Session, *, officer_id: int | None = None) -> list[ClockLine]:
    """Every clock that runs or stands still, of one officer's cases or of all; longest over its target first."""
    now = clock(session)
    lines = [line for line in _all(session, open_only=True) if officer_id is None or line.officer_id == officer_id]
    return sorted(lines, key=lambda line: (-line.run.overdue(now), line.run.due(now) or now, line.case_no))


def breached_clocks(session: Session, *, officer_id: int | None = None) -> list[ClockLine]:
    """Clocks over their target now; the longest over it first."""
    now = clock(session)
    return [line for line in open_clocks(session, officer_id=officer_id) if line.run.overdue(now)]


def stopped_clocks(session: Session, *, since: dt.datetime, organization_id: int | None = None) -> list[ClockLine]:
    """Clocks that stopped since a moment, of one house or of all."""
    return [
        line
        for line in _all(session, open_only=False, since=since, organization_id=organization_id)
        if line.run.stopped is not None
        and line.run.stopped >= since
        and (organization_id is None or line.acts_id == organization_id)
    ]


def spreads(session: Session, *, since: dt.datetime, organization_id: int | None = None) -> list[HouseSpread]:
    """How long houses took, per house and kind of step: p50 and p90 of what stopped since a moment."""
    now = clock(session)
    groups: dict[tuple[ClockKind, int | None], list[ClockLine]] = defaultdict(list)
    for line in stopped_clocks(session, since=since, organization_id=organization_id):
        groups[line.kind, line.acts_id].append(line)
    found = []
    for (kind, house), lines in groups.items():
        spread = spread_of([line.run for line in lines], now)
        if spread is not None:
            found.append(
                HouseSpread(
                    organization_id=house, name=lines[0].acts, kind=kind, target=lines[0].run.target, spread=spread
                )
            )
    order = list(ClockKind)
    return sorted(found, key=lambda one: (order.index(one.kind), -one.spread.n, one.name))


def letter_clock(session: Session, guarantee_id: int) -> ClockLine | None:
    """The clock of a letter that runs or stands still now."""
    lines = letter_clocks(session, ClockBook(session), GuaranteeRow.id == guarantee_id)
    return next((line for line in lines if line.run.stopped is None), None)


def claim_clock(session: Session, claim_id: int) -> ClockLine | None:
    """The clock of a claim that runs or stands still now."""
    lines = claim_clocks(session, ClockBook(session), ClaimRow.id == claim_id)
    return next((line for line in lines if line.run.stopped is None), None)


def _all(
    session: Session, *, open_only: bool, since: dt.datetime | None = None, organization_id: int | None = None
) -> list[ClockLine]:
    """Clocks of letters, claims, estimates and questions; of one house only those it has to act on."""
    book = ClockBook(session)
    if open_only:
        letters: sa.ColumnElement[bool] = sa.and_(
            GuaranteeRow.state.in_(RUNNING_LETTERS), JourneyRow.is_open == sa.true()
        )
        claims: sa.ColumnElement[bool] = sa.and_(ClaimRow.state.in_(RUNNING_CLAIMS), ClaimRow.is_open)
        cases: sa.ColumnElement[bool] = sa.and_(
            JourneyRow.state == JourneyState.ESTIMATE, JourneyRow.is_open == sa.true()
        )
    else:
        moment = since or clock(session)
        moved = sa.select(GuaranteeEventRow.guarantee_id).where(GuaranteeEventRow.at >= moment)
        letters = GuaranteeRow.id.in_(moved)
        claims = ClaimRow.id.in_(sa.select(ClaimEventRow.claim_id).where(ClaimEventRow.at >= moment))
        went = sa.select(JourneyEventRow.journey_id).where(
            JourneyEventRow.at >= moment, JourneyEventRow.from_state == JourneyState.ESTIMATE
        )
        cases = JourneyRow.id.in_(went)
    if organization_id is not None:
        by = sa.func.coalesce(PolicyRow.administrator_id, PolicyRow.insurer_id) == organization_id
        letters = sa.and_(letters, by)
        claims = sa.and_(claims, sa.func.coalesce(PolicyRow.administrator_id, ClaimRow.insurer_id) == organization_id)
        cases = sa.and_(cases, JourneyRow.hospital_id == organization_id)
    lines = [
        *letter_clocks(session, book, letters),
        *claim_clocks(session, book, claims),
        *estimate_clocks(session, book, cases),
    ]
    if organization_id is None:
        lines += question_clocks(session, book, open_only=open_only, since=since)
    return [line for line in lines if line.run.stopped is None] if open_only else lines
