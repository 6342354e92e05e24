"""Scorecards: a hospital or an insurer by the office's own cases, from rows reached by their indexes.

A hospital's cases are those that go to it, an insurer's letters those under its policies, and its cases those whose
chosen cover is one of its policies. Letters count on the day the first one came or was declined, claims on the day
they were decided (where a list names none, the day they age from), admissions on the day of the final bill.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.claims import ClaimState
from liaison.domain.codes import ReasonCode
from liaison.domain.guarantees import GuaranteeState, VersionKind
from liaison.domain.network import OrganizationKind
from liaison.domain.payments import BillKind
from liaison.domain.periods import Period, Span, span_of
from liaison.domain.scorecards import Score, ScoreFigure, ScoreRow, figure
from liaison.services.changes import get, today, zone
from liaison.services.insight_words import house_names
from liaison.store.models import (
    BillRow,
    ClaimRow,
    CoverRow,
    EstimateRow,
    GuaranteeEventRow,
    GuaranteeRow,
    GuaranteeVersionRow,
    JourneyRow,
    OrganizationRow,
    PolicyRow,
)

SCORED = (OrganizationKind.HOSPITAL, OrganizationKind.INSURER)
"""Houses that have a scorecard."""
_HOUR = 3600
_K = ClaimState
DECIDED = (_K.APPROVED, _K.PARTIALLY_APPROVED, _K.REJECTED, _K.PAYMENT_PENDING, _K.PAID, _K.DISPUTED_PAYMENT)
"""States in which a claim is decided; others are where a decision is on record with its day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """Every score of a house over some days, with the reasons for what was declined and rejected."""

    house_id: int
    house: str
    kind: OrganizationKind
    period: Period | None
    span: Span | None
    as_of: dt.date
    figures: tuple[ScoreFigure, ...]
    reasons: tuple[tuple[ReasonCode, int, int], ...]
    """(reason, letters declined, claims rejected), the most frequent first."""

    def of(self, score: Score) -> ScoreFigure:
        """One score."""
        return next(each for each in self.figures if each.score is score)


def scorecard(session: Session, house_id: int, period: Period | None = None) -> Scorecard:
    """The scorecard of a hospital or an insurer over a period (none: all time)."""
    house = get(session, OrganizationRow, house_id)
    span = span_of(period, today(session)) if period is not None else None
    rows = all_rows(session, house_id, period)
    reasons = _reasons(rows)
    return Scorecard(
        house_id=house_id, house=house.name, kind=house.kind, period=period, span=span, as_of=today(session),
        figures=tuple(figure(score, rows[score]) for score in Score), reasons=reasons,
    )  # fmt: skip


def all_rows(session: Session, house_id: int, period: Period | None = None) -> dict[Score, list[ScoreRow]]:
    """The rows of every score of a house."""
    asked = _Asked(session, house_id, period)
    letters = _letters(asked)
    return {**letters, **_claims(asked), Score.ESTIMATE: _estimates(asked)}


def rows_behind(
    session: Session, house_id: int, score: Score, period: Period | None = None, reason: ReasonCode | None = None
) -> list[ScoreRow]:
    """The rows that a figure counts, the newest first; with a reason only those declined or rejected for it."""
    found = all_rows(session, house_id, period)[score]
    if reason is not None:
        found = [row for row in found if row.is_hit and (row.reason or ReasonCode.R99) is reason]
    return sorted(found, key=lambda row: (row.on, row.number), reverse=True)


def _reasons(rows: Mapping[Score, Sequence[ScoreRow]]) -> tuple[tuple[ReasonCode, int, int], ...]:
    letters, claims = (
        Counter(row.reason or ReasonCode.R99 for row in rows[score] if row.is_hit)
        for score in (Score.DECLINED, Score.REJECTED)
    )
    codes = sorted({*letters, *claims}, key=lambda code: (-letters[code] - claims[code], code.value))
    return tuple((code, letters[code], claims[code]) for code in codes)


class _Asked:
    """A house, the days asked about, and how its cases are reached."""

    def __init__(self, session: Session, house_id: int, period: Period | None) -> None:
        self.session, self.house_id = session, house_id
        self.is_hospital = get(session, OrganizationRow, house_id).kind is OrganizationKind.HOSPITAL
        self.span = span_of(period, today(session)) if period is not None else None
        self.here = ZoneInfo(zone(session))
        self.names = house_names(session)

    def day(self, moment: dt.datetime) -> dt.date:
        """The office's day of a moment."""
        return moment.astimezone(self.here).date()

    def holds(self, day: dt.date | None) -> bool:
        """Whether a day is asked about."""
        return day is not None and (self.span is None or self.span.first <= day <= self.span.last)

    def days(self, column: Any) -> list[sa.ColumnElement[bool]]:
        """The same as a condition over a day."""
        return [] if self.span is None else [column.between(self.span.first, self.span.last)]

    def cases(self) -> sa.ColumnElement[bool]:
        """Cases of the house."""
        if self.is_hospital:
            return JourneyRow.hospital_id == self.house_id
        covers = sa.select(CoverRow.id).join(PolicyRow, PolicyRow.id == CoverRow.policy_id)
        return JourneyRow.cover_id.in_(covers.where(PolicyRow.insurer_id == self.house_id))

    def other(self, hospital_id: int | None, insurer_id: int | None) -> str:
        """The name of the house on the other side."""
        key = insurer_id if self.is_hospital else hospital_id
        return self.names.get(key, "") if key is not None else ""


# letters


def _letters(asked: _Asked) -> dict[Score, list[ScoreRow]]:
    g, session = GuaranteeRow, asked.session
    whose = JourneyRow.hospital_id == asked.house_id if asked.is_hospital else PolicyRow.insurer_id == asked.house_id
    found = session.execute(
        sa.select(
            g.id, g.journey_id, g.requested_at, g.first_issued_at, g.reason, JourneyRow.case_no,
            JourneyRow.hospital_id, PolicyRow.insurer_id,
        )
        .join(JourneyRow, JourneyRow.id == g.journey_id)
        .join(CoverRow, CoverRow.id == g.cover_id)
        .join(PolicyRow, PolicyRow.id == CoverRow.policy_id)
        .where(whose)
        .order_by(g.id)
    ).all()  # fmt: skip
    keys = [row[0] for row in found]
    topped, declined = _topped(session, keys), _declined(session, keys)
    made: dict[Score, list[ScoreRow]] = defaultdict(list)
    for key, journey, requested, issued, why, case_no, hospital, insurer in found:
        issued_on = asked.day(issued) if issued is not None else None
        refused = declined.get(key)
        refused_on = asked.day(refused[0]) if refused is not None else None
        row = ScoreRow(
            journey_id=journey, claim_id=None, number=case_no, other=asked.other(hospital, insurer),
            on=issued_on or refused_on or dt.date.min,
        )  # fmt: skip
        came = issued_on is not None and asked.holds(issued_on)
        if came:
            made[Score.TOPUP].append(replace(row, is_hit=key in topped))
        if came and requested is not None and issued is not None and issued >= requested:
            made[Score.LETTER].append(replace(row, value=Decimal((issued - requested).total_seconds()) / _HOUR))
        if refused is not None and refused_on is not None and asked.holds(refused_on):
            made[Score.DECLINED].append(replace(row, on=refused_on, is_hit=True, reason=refused[1] or why))
        elif came:
            made[Score.DECLINED].append(row)
    return {score: made[score] for score in (Score.LETTER, Score.TOPUP, Score.DECLINED)}


_AT_ONCE = 500


def _in_lots(keys: Sequence[int]) -> Iterable[Sequence[int]]:
    return (keys[start : start + _AT_ONCE] for start in range(0, len(keys), _AT_ONCE))


def _topped(session: Session, keys: Sequence[int]) -> set[int]:
    """Letters for which a top-up was asked, or came."""
    v, e = GuaranteeVersionRow, GuaranteeEventRow
    found: set[int] = set()
    for some in _in_lots(keys):
        came = sa.select(v.guarantee_id).where(v.guarantee_id.in_(some), v.kind == VersionKind.TOPUP)
        was_asked = sa.select(e.guarantee_id).where(
            e.guarantee_id.in_(some), e.to_state == GuaranteeState.TOPUP_REQUESTED
        )
        found |= {*session.scalars(came), *session.scalars(was_asked)}
    return found


def _declined(session: Session, keys: Sequence[int]) -> dict[int, tuple[dt.datetime, ReasonCode | None]]:
    """When each letter was declined last, and why."""
    e = GuaranteeEventRow
    found: dict[int, tuple[dt.datetime, ReasonCode | None]] = {}
    for some in _in_lots(keys):
        asked = sa.select(e.guarantee_id, e.at, e.reason).where(
            e.guarantee_id.in_(some), e.to_state == GuaranteeState.DECLINED
        )
        found |= {key: (at, reason) for key, at, reason in session.execute(asked.order_by(e.at, e.id))}
    return found


# claims


def _claims(asked: _Asked) -> dict[Score, list[ScoreRow]]:
    c = ClaimRow
    whose = c.hospital_id == asked.house_id if asked.is_hospital else c.insurer_id == asked.house_id
    day = sa.func.coalesce(c.decided_on, c.aged_from, type_=c.aged_from.type)
    found = asked.session.execute(
        sa.select(
            c.id, c.journey_id, c.claim_no, JourneyRow.case_no, c.submitted_on, c.decided_on, day, c.state, c.reason,
            c.hospital_id, c.insurer_id,
        )
        .outerjoin(JourneyRow, JourneyRow.id == c.journey_id)
        .where(
            whose, c.state != _K.VOID, sa.or_(c.state.in_(DECIDED), c.decided_on.is_not(None)), *asked.days(day)
        )
        .order_by(c.id)
    )  # fmt: skip
    times: list[ScoreRow] = []
    rejected: list[ScoreRow] = []
    for key, journey, claim_no, case_no, sent, decided, on, state, reason, hospital, insurer in found:
        row = ScoreRow(
            journey_id=journey, claim_id=key, number=claim_no or case_no or "", on=on,
            other=asked.other(hospital, insurer),
        )  # fmt: skip
        rejected.append(replace(row, is_hit=state is _K.REJECTED, reason=reason))
        if sent is not None and decided is not None and decided >= sent:
            times.append(replace(row, value=Decimal((decided - sent).days)))
    return {Score.CLAIM: times, Score.REJECTED: rejected}


# estimates


def _estimates(asked: _Asked) -> list[ScoreRow]:
    """How far each final bill lies from the middle of the estimate, as on the page from estimate to payment."""
    b, j = BillRow, JourneyRow
    bills = asked.session.execute(
        sa.select(b.journey_id, b.kind, b.billed_on, b.id, b.currency, b.amount_minor)
        .join(j, j.id == b.journey_id)
        .where(asked.cases(), b.kind.in_((BillKind.FINAL, BillKind.CREDIT_NOTE)))
        .order_by(b.billed_on, b.id)
    ).all()
    newest = {row[0]: row for row in bills if row[1] is BillKind.FINAL and row[5] is not None}
    wanted = {key: row for key, row in newest.items() if asked.holds(row[2])}
    sums: Counter[int] = Counter()
    for journey, kind, _on, _key, currency, minor in bills:
        if journey in wanted and currency == wanted[journey][4]:
            sums[journey] += minor if kind is BillKind.FINAL else -minor
    estimates = _newest_estimates(asked.session, {key: row[4] for key, row in wanted.items()})
    cases = _cases(asked, list(wanted))
    rows = []
    for journey, bill in wanted.items():
        middle = estimates.get(journey)
        if middle:
            case_no, other = cases[journey]
            value = Decimal(100 * (sums[journey] - middle)) / middle
            rows.append(
                ScoreRow(journey_id=journey, claim_id=None, number=case_no, other=other, on=bill[2], value=value)
            )
    return rows


def _newest_estimates(session: Session, currencies: Mapping[int, str]) -> dict[int, int]:
    """The middle of the newest estimate abroad in the bill's currency, in minor units, of each case that has one."""
    e = EstimateRow
    found: dict[int, int] = {}
    for some in _in_lots(list(currencies)):
        asked = sa.select(e.journey_id, e.currency, e.low_minor, e.high_minor).where(
            e.journey_id.in_(some), e.is_domestic == 0
        )
        for journey, currency, low, high in session.execute(asked.order_by(e.stated_on, e.id)):
            if currency == currencies[journey]:
                found[journey] = (low + high) // 2
    return found


def _cases(asked: _Asked, keys: Sequence[int]) -> dict[int, tuple[str, str]]:
    found: dict[int, tuple[str, str]] = {}
    for some in _in_lots(keys):
        question = (
            sa.select(JourneyRow.id, JourneyRow.case_no, JourneyRow.hospital_id, PolicyRow.insurer_id)
            .outerjoin(CoverRow, CoverRow.id == JourneyRow.cover_id)
            .outerjoin(PolicyRow, PolicyRow.id == CoverRow.policy_id)
            .where(JourneyRow.id.in_(some))
        )
        found |= {key: (no, asked.other(hospital, who)) for key, no, hospital, who in asked.session.execute(question)}
    return found
