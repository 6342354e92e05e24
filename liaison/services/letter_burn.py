"""How much of a guarantee letter the hospital has used, day by day, and until when it lasts.

The ceiling now is that of the newest letter, never a sum of letters; interim bills carry the running total.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.guarantees import GuaranteeState
from liaison.domain.money import Money
from liaison.domain.payments import BillKind
from liaison.services.changes import day_of, today
from liaison.store.models import BillRow, GuaranteeRow, GuaranteeVersionRow, JourneyRow

WARN_FROM = Decimal("0.80")
"""Share of the ceiling from which a top-up should be asked for. Source: ``domain`` 1.5, G08."""

_OVER = (GuaranteeState.CANCELLED, GuaranteeState.DECLINED, GuaranteeState.WITHDRAWN, GuaranteeState.EXPIRED)


@dataclass(frozen=True, slots=True, kw_only=True)
class BurnBar:
    """The running total of the bills on a day."""

    on: dt.date
    amount: Money
    is_forecast: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CeilingStep:
    """From this day on, this much is guaranteed."""

    from_on: dt.date
    ceiling: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterBurn:
    """A letter against the bills so far."""

    guarantee_id: int
    gl_no: str
    state: GuaranteeState
    ceiling: Money | None
    is_as_charged: bool
    used: Money | None
    left: Money | None
    share: Decimal | None
    is_warned: bool
    day_no: int | None
    """The day of the stay, 1 for the day of admission."""
    days_covered: int | None
    lasts_until: dt.date | None
    """The last day on which the ceiling is likely to do, at the pace of the bills so far."""
    valid_to: dt.date | None
    bars: tuple[BurnBar, ...]
    steps: tuple[CeilingStep, ...]


def letter_burn(session: Session, journey_id: int) -> LetterBurn | None:
    """The letter that stands for a case, against its bills; none where there is no letter in force."""
    guarantee = session.scalars(
        sa.select(GuaranteeRow)
        .where(GuaranteeRow.journey_id == journey_id, GuaranteeRow.state.not_in(_OVER))
        .order_by(GuaranteeRow.id.desc())
        .limit(1)
    ).first()
    if guarantee is None:
        return None
    versions = session.scalars(
        sa.select(GuaranteeVersionRow)
        .where(GuaranteeVersionRow.guarantee_id == guarantee.id)
        .order_by(GuaranteeVersionRow.number)
    ).all()
    if not versions:
        return None
    bills = session.scalars(
        sa.select(BillRow)
        .where(BillRow.journey_id == journey_id, BillRow.kind != BillKind.CREDIT_NOTE)
        .order_by(BillRow.billed_on, BillRow.id)
    ).all()
    journey = session.get_one(JourneyRow, journey_id)
    admitted_on = None if journey.admitted_at is None else day_of(session, journey.admitted_at)
    ended_on = None if journey.discharged_at is None else day_of(session, journey.discharged_at)
    until = min(today(session), ended_on) if ended_on else today(session)
    bars = _bars(bills, versions[-1].currency)
    return _burn(session, guarantee, versions, bars, admitted_on=admitted_on, until=until)


def _bars(bills: Sequence[BillRow], currency: str) -> list[BurnBar]:
    by_day = {b.billed_on: Money(b.amount_minor, b.currency) for b in bills if b.currency == currency}
    return [BurnBar(on=day, amount=amount) for day, amount in sorted(by_day.items())]


def _burn(
    session: Session,
    guarantee: GuaranteeRow,
    versions: Sequence[GuaranteeVersionRow],
    bars: list[BurnBar],
    *,
    admitted_on: dt.date | None,
    until: dt.date,
) -> LetterBurn:
    newest = versions[-1]
    steps = tuple(
        CeilingStep(from_on=v.valid_from or day_of(session, v.issued_at), ceiling=Money(v.ceiling_minor, v.currency))
        for v in versions
        if v.ceiling_minor is not None and not v.is_as_charged and v.currency == newest.currency
    )
    ceiling = steps[-1].ceiling if steps and not newest.is_as_charged else None
    used = bars[-1].amount if bars else None
    share = Decimal(used.minor) / ceiling.minor if used is not None and ceiling else None
    pace = _pace(bars, admitted_on)
    running = guarantee.state not in (GuaranteeState.FINAL_ISSUED, GuaranteeState.CLOSED, GuaranteeState.CONVERTED)
    forecast = [_tomorrow(bars[-1], pace)] if bars and pace and running else []
    return LetterBurn(
        guarantee_id=guarantee.id,
        gl_no=guarantee.gl_no,
        state=guarantee.state,
        ceiling=ceiling,
        is_as_charged=newest.is_as_charged,
        used=used,
        left=None if ceiling is None or used is None else ceiling - used,
        share=share,
        is_warned=running and share is not None and share >= WARN_FROM,
        day_no=None if admitted_on is None else (until - admitted_on).days + 1,
        days_covered=newest.covered_days,
        lasts_until=_lasts_until(bars, pace, ceiling) if running else None,
        valid_to=newest.valid_to,
        bars=(*bars, *forecast),
        steps=steps,
    )


def _pace(bars: Sequence[BurnBar], admitted_on: dt.date | None) -> int:
    """Minor units a day, from the admission (or the first bill) to the newest bill."""
    if not bars:
        return 0
    last = bars[-1]
    start = min(d for d in (admitted_on, bars[0].on) if d is not None)
    days = (last.on - start).days + 1
    return last.amount.minor // days


def _tomorrow(last: BurnBar, pace: int) -> BurnBar:
    amount = Money(last.amount.minor + pace, last.amount.currency)
    return BurnBar(on=last.on + dt.timedelta(days=1), amount=amount, is_forecast=True)


def _lasts_until(bars: Sequence[BurnBar], pace: int, ceiling: Money | None) -> dt.date | None:
    if not bars or pace <= 0 or ceiling is None:
        return None
    left = ceiling.minor - bars[-1].amount.minor
    return bars[-1].on + dt.timedelta(days=min(left // pace, 365)) if left >= 0 else bars[-1].on
