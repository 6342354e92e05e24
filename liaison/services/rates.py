"""Exchange rates on record: typed or brought in, dated, with their source; found for a day, never from a later one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.errors import refuse_if
from liaison.domain.fx import Rate, RateDraft, RateKind, UsedRate, check_rate, find_rate
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services.changes import Changes, add, changes, get, today
from liaison.store.models import FxRateRow

KNOWN_RATE = N_("This source's rate for this day is on record already. Change that one instead.")

REACH_DAYS = 31
"""How far back a rate may lie and still be found; older ones would mislead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RateView:
    """A rate as the list of rates shows it."""

    id: int
    version: int
    base: str
    quote: str
    rate: Decimal
    on: dt.date
    kind: RateKind
    source: str
    note: str


def add_rate(session: Session, draft: RateDraft) -> Changes:
    """Put a rate on record."""
    refuse_if([*check_rate(draft, today=today(session)), *_known(session, draft)])
    row = add(session, _filled(FxRateRow(), draft))
    return changes(("rate", row.id), made=row.id)


def edit_rate(session: Session, key: int, draft: RateDraft, *, version: int | None = None) -> Changes:
    """Correct a rate. Claims keep the rate they froze."""
    row = get(session, FxRateRow, key, version=version)
    refuse_if([*check_rate(draft, today=today(session)), *_known(session, draft, but=key)])
    _filled(row, draft)
    session.flush()
    return changes(("rate", key))


def remove_rate(session: Session, key: int) -> Changes:
    """Take a wrong rate off; one undo brings it back."""
    session.delete(get(session, FxRateRow, key))
    session.flush()
    return changes(("rate", key))


def rates(session: Session, *, base: str = "", quote: str = "", limit: int = 200) -> list[RateView]:
    """Rates on record, newest first."""
    question = sa.select(FxRateRow).order_by(FxRateRow.on_date.desc(), FxRateRow.base, FxRateRow.quote, FxRateRow.id)
    if base:
        question = question.where(FxRateRow.base == base)
    if quote:
        question = question.where(FxRateRow.quote == quote)
    return [
        RateView(
            id=r.id, version=r.version, base=r.base, quote=r.quote, rate=Decimal(r.rate), on=r.on_date, kind=r.kind,
            source=r.source, note=r.note,
        )
        for r in session.scalars(question.limit(limit))
    ]  # fmt: skip


def rate_on(
    session: Session, base: str, quote: str, day: dt.date, *, source: str = "", kind: RateKind = RateKind.MID
) -> UsedRate | None:
    """The rate for a day: direct, inverted or as a marked cross; of the last published day, never a later one."""
    near = sa.select(FxRateRow).where(
        FxRateRow.on_date <= day, FxRateRow.on_date >= day - dt.timedelta(days=REACH_DAYS),
        sa.or_(FxRateRow.base.in_((base, quote)), FxRateRow.quote.in_((base, quote))),
    )  # fmt: skip
    known = [
        Rate(base=r.base, quote=r.quote, rate=Decimal(r.rate), on=r.on_date, source=r.source, kind=r.kind)
        for r in session.scalars(near)
    ]
    return find_rate(known, base, quote, day, source=source, kind=kind)


def _filled(row: FxRateRow, draft: RateDraft) -> FxRateRow:
    row.base, row.quote, row.rate = draft.base, draft.quote, f"{draft.rate:f}"
    row.on_date, row.kind, row.source, row.note = draft.on_date, draft.kind, draft.source.strip(), draft.note
    return row


def _known(session: Session, draft: RateDraft, *, but: int | None = None) -> list[Problem]:
    same = sa.select(FxRateRow.id).where(
        FxRateRow.base == draft.base, FxRateRow.quote == draft.quote, FxRateRow.on_date == draft.on_date,
        FxRateRow.source == draft.source.strip(), FxRateRow.kind == draft.kind,
    )  # fmt: skip
    if session.scalar(same) not in (None, but):
        return [Problem(code="KNOWN_RATE", message=KNOWN_RATE, field="rate")]
    return []
