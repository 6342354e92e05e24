"""Figures that the office's own records tell: the same question that a list answers, over the same rows.

A question is a filter line of the list of cases or of claims. Counts are what the list shows over the period; medians
take the letters or claims of those rows whose answer came within it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
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
from liaison.services.outreach import outreach_lines, referred_at
from liaison.services.tb_tests import tb_cases
from liaison.store.models import AppointmentRow, ClaimRow, GuaranteeRow, JourneyRow, ReferralRow

DAY_SECONDS = 86_400
TENTH = Decimal("0.1")
_AT_ONCE = 500


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
    """A figure and of how many cases it was told; none of none is no figure.

    ``journeys`` and ``claims`` are the rows behind it; ``unnamed`` stands for people whom nobody wrote down by name,
    one key each.
    """

    value: Decimal | None
    cases: int
    journeys: frozenset[int] = frozenset()
    claims: frozenset[int] = frozenset()
    unnamed: frozenset[int] = frozenset()


def people_behind(session: Session, told: Measured) -> frozenset[int]:
    """The patients that a figure counts; somebody without a name counts by a key of his own."""
    found = set(told.unnamed)
    for row, keys in ((JourneyRow, sorted(told.journeys)), (ClaimRow, sorted(told.claims))):
        for start in range(0, len(keys), _AT_ONCE):
            found.update(session.scalars(sa.select(row.patient_id).where(row.id.in_(keys[start : start + _AT_ONCE]))))
    return frozenset(found)


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
    found = frozenset(_rows(session, question, period=question.period))
    named = {"journeys": found} if question.page == "journeys" else {"claims": found}
    return Measured(value=Decimal(len(found)), cases=len(found), **named)


def _letter_days(session: Session, question: Question) -> Measured:
    """Days from the request to the first letter, of letters that came within the period."""
    g = GuaranteeRow
    asked = sa.select(g.journey_id, g.requested_at, g.first_issued_at).where(
        g.journey_id.in_(chosen(_rows(session, question))), g.requested_at.is_not(None), g.first_issued_at.is_not(None),
        *_within(session, question, g.first_issued_at),
    )  # fmt: skip
    took = [
        (Decimal((issued - requested).total_seconds()) / DAY_SECONDS, key)
        for key, requested, issued in session.execute(asked)
        if requested is not None and issued is not None and issued >= requested
    ]
    return replace(_middle([days for days, _key in took]), journeys=frozenset(key for _days, key in took))


def _claim_days(session: Session, question: Question) -> Measured:
    """Days from sending a claim to its decision, of claims decided within the period."""
    c = ClaimRow
    asked = sa.select(c.id, c.submitted_on, c.decided_on).where(
        c.id.in_(chosen(_rows(session, question))), c.submitted_on.is_not(None), c.decided_on.is_not(None)
    )
    span = _span(session, question)
    took = [
        (Decimal((decided - sent).days), key)
        for key, sent, decided in session.execute(asked)
        if sent is not None and decided is not None and decided >= sent
        and (span is None or span.first <= decided <= span.last)
    ]  # fmt: skip
    return replace(_middle([days for days, _key in took]), claims=frozenset(key for _days, key in took))


def _referred_back(session: Session, question: Question) -> Measured:
    """Referrals that were answered with a letter home within the period."""
    r = ReferralRow
    return _number(
        session,
        sa.select(r.journey_id).where(
            r.journey_id.in_(chosen(_rows(session, question))), r.answered_home_at.is_not(None),
            *_within(session, question, r.answered_home_at),
        ),
    )  # fmt: skip


def _tele(session: Session, question: Question) -> Measured:
    """Talks with a doctor by video that were held within the period; those called off are left out."""
    a = AppointmentRow
    return _number(
        session,
        sa.select(a.journey_id).where(
            a.journey_id.in_(chosen(_rows(session, question))), a.kind == AppointmentKind.TELE,
            a.starts_at <= clock(session), a.cancelled_at.is_(None), *_within(session, question, a.starts_at),
        ),
    )  # fmt: skip


def _middle(took: Sequence[Decimal]) -> Measured:
    middle = median(took)
    return Measured(value=None if middle is None else middle.quantize(TENTH), cases=len(took))


def _number(session: Session, asked: sa.Select[int]) -> Measured:
    """How many rows there are, each told by its case."""
    found = list(session.scalars(asked))
    return Measured(value=Decimal(len(found)), cases=len(found), journeys=frozenset(found))


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
    span = _span(session, question)
    lines = [one for one in outreach_lines(session) if span is None or span.first <= one.held_on <= span.last]
    if question.measure is Measure.OUTREACH_CASES:
        cases = frozenset(key for one in lines for key, _number in one.cases)
        return Measured(value=Decimal(len(cases)), cases=len(cases), journeys=cases)
    if question.measure is Measure.OUTREACH_PEOPLE:
        came = sum(one.headcount or 0 for one in lines)
        return Measured(value=Decimal(came), cases=came)
    referred = sum(one.referrals or 0 for one in lines)
    return Measured(value=Decimal(referred), cases=referred, unnamed=frozenset().union(*map(referred_at, lines)))


def _tb(session: Session, question: Question) -> Measured:
    """TB tests offered, or done, within the period; nobody's result is looked at."""
    offered, done = tb_cases(session, _span(session, question))
    cases = offered if question.measure is Measure.TB_OFFERED else done
    return Measured(value=Decimal(len(cases)), cases=len(cases), journeys=frozenset(cases))


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
