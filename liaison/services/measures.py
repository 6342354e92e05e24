"""Figures that the office's own records tell: the same question that a list answers, over the same rows.

A question is a filter line of the list of cases or of claims. Counts are what the list shows over the period; medians
take the letters or claims of those rows whose answer came within it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.care import AppointmentKind
from liaison.domain.indicators import OF_CASES, OF_CLAIMS, Measure, median
from liaison.domain.periods import Period, Span, span_of
from liaison.services.changes import clock, today, zone
from liaison.services.list_of_claims import claim_ids
from liaison.services.list_of_journeys import journey_ids
from liaison.services.list_queries import ListQuery, chosen
from liaison.services.outreach import outreach_sums
from liaison.services.tb_tests import counts as tb_counts
from liaison.store.models import AppointmentRow, ClaimRow, GuaranteeRow, ReferralRow

DAY_SECONDS = 86_400
TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is measured: over which rows, and over which days (``None``: all)."""

    measure: Measure
    text: str = ""
    period: Period | None = None

    @property
    def page(self) -> str:
        """The list whose rows stand behind the figure; empty where there is none."""
        if self.measure in OF_CASES:
            return "journeys"
        return "claims" if self.measure in OF_CLAIMS else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A figure and of how many cases it was told; none of none is no figure."""

    value: Decimal | None
    cases: int


def measured(session: Session, question: Question) -> Measured | None:
    """The figure now; ``None`` where it is written down by hand. Raises :class:`Refused` for a filter nobody knows."""
    measure = MEASURES.get(question.measure)
    return None if measure is None else measure(session, question)


def check_question(session: Session, question: Question) -> None:
    """Ask it once, so that a filter line nobody understands is refused where it is typed."""
    if question.page:
        _rows(session, question)


def _rows(session: Session, question: Question, *, period: Period | None = None) -> Sequence[int]:
    ids = journey_ids if question.page == "journeys" else claim_ids
    return ids(session, ListQuery(text=question.text, period=period))


def _count(session: Session, question: Question) -> Measured:
    """What the list counts over the period."""
    found = len(_rows(session, question, period=question.period))
    return Measured(value=Decimal(found), cases=found)


def _letter_days(session: Session, question: Question) -> Measured:
    """Days from the request to the first letter, of letters that came within the period."""
    g = GuaranteeRow
    asked = sa.select(g.requested_at, g.first_issued_at).where(
        g.journey_id.in_(chosen(_rows(session, question))), g.requested_at.is_not(None), g.first_issued_at.is_not(None),
        *_within(session, question, g.first_issued_at),
    )  # fmt: skip
    took = [
        Decimal((issued - requested).total_seconds()) / DAY_SECONDS
        for requested, issued in session.execute(asked)
        if requested is not None and issued is not None and issued >= requested
    ]
    return _middle(took)


def _claim_days(session: Session, question: Question) -> Measured:
    """Days from sending a claim to its decision, of claims decided within the period."""
    c = ClaimRow
    asked = sa.select(c.submitted_on, c.decided_on).where(
        c.id.in_(chosen(_rows(session, question))), c.submitted_on.is_not(None), c.decided_on.is_not(None)
    )
    span = _span(session, question)
    took = [
        Decimal((decided - sent).days)
        for sent, decided in session.execute(asked)
        if sent is not None and decided is not None and decided >= sent
        and (span is None or span.first <= decided <= span.last)
    ]  # fmt: skip
    return _middle(took)


def _referred_back(session: Session, question: Question) -> Measured:
    """Referrals that were answered with a letter home within the period."""
    r = ReferralRow
    return _number(
        session,
        sa.select(sa.func.count()).where(
            r.journey_id.in_(chosen(_rows(session, question))), r.answered_home_at.is_not(None),
            *_within(session, question, r.answered_home_at),
        ),
    )  # fmt: skip


def _tele(session: Session, question: Question) -> Measured:
    """Talks with a doctor by video that were held within the period; those called off are left out."""
    a = AppointmentRow
    return _number(
        session,
        sa.select(sa.func.count()).where(
            a.journey_id.in_(chosen(_rows(session, question))), a.kind == AppointmentKind.TELE,
            a.starts_at <= clock(session), a.cancelled_at.is_(None), *_within(session, question, a.starts_at),
        ),
    )  # fmt: skip


def _middle(took: Sequence[Decimal]) -> Measured:
    middle = median(took)
    return Measured(value=None if middle is None else middle.quantize(TENTH), cases=len(took))


def _number(session: Session, asked: sa.Select[Any]) -> Measured:
    count = int(session.scalar(asked) or 0)
    return Measured(value=Decimal(count), cases=count)


def _span(session: Session, question: Question) -> Span | None:
    return None if question.period is None else span_of(question.period, today(session))


def _within(
    session: Session, question: Question, column: sa.orm.InstrumentedAttribute[dt.datetime | None]
) -> list[sa.ColumnElement[bool]]:
    """A moment within the period, by the days of the office."""
    span = _span(session, question)
    if span is None:
        return []
    here = ZoneInfo(zone(session))
    first = dt.datetime.combine(span.first, dt.time(), here)
    after = dt.datetime.combine(span.last + dt.timedelta(days=1), dt.time(), here)
    return [column >= first, column < after]


def _outreach(session: Session, question: Question) -> Measured:
    """People who came to outreach within the period, were referred there, or became cases."""
    came, referred, cases = outreach_sums(session, _span(session, question))
    count = {Measure.OUTREACH_PEOPLE: came, Measure.OUTREACH_REFERRALS: referred}.get(question.measure, cases)
    return Measured(value=Decimal(count), cases=count)


def _tb(session: Session, question: Question) -> Measured:
    """TB tests offered, or done, within the period; nobody's result is looked at."""
    offered, done = tb_counts(session, _span(session, question))
    count = offered if question.measure is Measure.TB_OFFERED else done
    return Measured(value=Decimal(count), cases=count)


MEASURES: Mapping[Measure, Callable[[Session, Question], Measured]] = {
    Measure.JOURNEYS: _count,
    Measure.CLAIMS: _count,
    Measure.LETTER_DAYS: _letter_days,
    Measure.CLAIM_DAYS: _claim_days,
    Measure.REFERRED_BACK: _referred_back,
    Measure.TELE: _tele,
    Measure.TB_OFFERED: _tb,
    Measure.TB_DONE: _tb,
    Measure.OUTREACH_PEOPLE: _outreach,
    Measure.OUTREACH_REFERRALS: _outreach,
    Measure.OUTREACH_CASES: _outreach,
}
"""How each measure is asked."""
