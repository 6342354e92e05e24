"""How much of a guarantee letter the hospital has used, day by day, until when it lasts, and what to ask for then.

The ceiling now is that of the newest first or top-up letter, never a sum of letters; a final letter says what was
accepted, not how much may be used. Interim bills carry the running total. A bill in
another currency is converted by the rate on the letter, else by that of its day, and the rate is told with its source.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.burn import (
    DRIFT_FROM,
    BillSoFar,
    Forecast,
    ask_by,
    covered_until,
    drift,
    forecast,
    likely_total,
    stated_rate,
    suggested_ceiling,
)
from liaison.domain.fx import UsedRate
from liaison.domain.guarantees import TOPUP_FROM, GuaranteeState, VersionKind
from liaison.domain.money import Money
from liaison.domain.payments import BillKind
from liaison.services.changes import day_of, get, today
from liaison.services.facts import admitted_on, trip_since
from liaison.services.rates import rate_on
from liaison.store.models import BillRow, EstimateRow, GuaranteeRow, GuaranteeVersionRow, JourneyRow

_S = GuaranteeState
_OVER = (_S.CANCELLED, _S.DECLINED, _S.WITHDRAWN, _S.EXPIRED)
_ENDED = (_S.FINAL_ISSUED, _S.CLOSED, _S.CONVERTED)
_IN_FORCE = (_S.ISSUED, _S.ACCEPTED, _S.TOPUP_ISSUED)
"""States in which a top-up may be asked for."""

DAYS_MORE = 3
"""So many days more a stay is taken to last where no return is planned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BurnBar:
    """The running total of the bills on a day, in the letter's currency."""

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
    """A letter against the bills so far. Amounts are in the letter's currency unless they say otherwise."""

    guarantee_id: int
    gl_no: str
    state: GuaranteeState
    ceiling: Money | None
    is_as_charged: bool
    billed: Money | None
    """The newest bill as the hospital wrote it, in its own currency."""
    used: Money | None
    left: Money | None
    share: Decimal | None
    is_warned: bool
    day_no: int | None
    """The day of the stay, 1 for the day of admission."""
    days_covered: int | None
    covered_until: dt.date | None
    is_days_warned: bool
    """Whether the covered days end tomorrow or have ended."""
    lasts_until: dt.date | None
    """The last day on which the ceiling is likely to do, at the pace of the bills so far."""
    valid_to: dt.date | None
    days_left: int | None
    """Days until the letter expires, 0 on its last day; none once the patient is in hospital on it."""
    rate: UsedRate | None
    """The rate that the newest bill was converted by; none where both are in one currency."""
    is_letters_rate: bool
    """Whether the letter states that rate itself."""
    drift: Decimal | None
    """By which share the day's rate moved against us since the letter was issued; negative for us."""
    rate_missing: tuple[str, str] | None
    """The pair of currencies without a rate, where a bill cannot be compared."""
    ask_by: dt.date | None
    """The day by which a top-up should be asked for."""
    suggested: Money | None
    """A new whole ceiling to ask for."""
    estimate: Money | None
    """The hospital's newest estimate, in the letter's currency; none where there is none or no rate for it."""
    estimate_on: dt.date | None
    likely: Money | None
    """What the stay is likely to come to."""
    bars: tuple[BurnBar, ...]
    steps: tuple[CeilingStep, ...]

    @property
    def is_drift_warned(self) -> bool:
        """Whether the rate moved so far against us that it should be said."""
        return self.drift is not None and self.drift >= DRIFT_FROM

    @property
    def runs_out_on(self) -> dt.date | None:
        """The first day on which the ceiling is likely not to do any more."""
        return None if self.lasts_until is None else self.lasts_until + dt.timedelta(days=1)

    @property
    def needs_topup(self) -> bool:
        """Whether it is time to ask for more."""
        return self.state in _IN_FORCE and (self.is_warned or self.is_days_warned)


def letter_burn(session: Session, journey_id: int) -> LetterBurn | None:
    """The letter that stands for a case, against its bills; none where there is no letter in force."""
    key = session.scalars(
        sa.select(GuaranteeRow.id)
        .where(GuaranteeRow.journey_id == journey_id, GuaranteeRow.state.not_in(_OVER))
        .order_by(GuaranteeRow.id.desc())
        .limit(1)
    ).first()
    return None if key is None else burn_of(session, key)


def burn_of(session: Session, guarantee_id: int) -> LetterBurn | None:
    """One letter against the bills of its trip; none before it was issued."""
    guarantee = get(session, GuaranteeRow, guarantee_id)
    versions = session.scalars(
        sa.select(GuaranteeVersionRow)
        .where(GuaranteeVersionRow.guarantee_id == guarantee_id)
        .order_by(GuaranteeVersionRow.number)
    ).all()
    if not versions:
        return None
    return _Burning(session, guarantee, versions).view()


def bills_of_trip(session: Session, journey_id: int) -> Sequence[BillRow]:
    """The interim and final bills of the present trip, oldest first; those of an earlier cycle had their own letter."""
    since = trip_since(session, journey_id)
    question = sa.select(BillRow).where(BillRow.journey_id == journey_id, BillRow.kind != BillKind.CREDIT_NOTE)
    if since is not None:
        question = question.where(BillRow.billed_on >= since)
    return session.scalars(question.order_by(BillRow.billed_on, BillRow.id)).all()


class _Burning:
    """One letter with its bills while its view is put together."""

    def __init__(self, session: Session, guarantee: GuaranteeRow, versions: Sequence[GuaranteeVersionRow]) -> None:
        self.session = session
        self.guarantee = guarantee
        self.versions = [v for v in versions if v.kind is not VersionKind.FINAL] or [*versions]
        self.newest = self.versions[-1]
        self.currency = self.newest.currency
        self.journey = get(session, JourneyRow, guarantee.journey_id)
        self.admitted_on = admitted_on(session, self.journey)
        self.ended_on = self._day(self.journey.discharged_at)
        self.is_running = guarantee.state not in _ENDED
        self.missing: tuple[str, str] | None = None
        self.bills = self._converted()

    def _day(self, moment: dt.datetime | None) -> dt.date | None:
        return None if moment is None else day_of(self.session, moment)

    def _converted(self) -> list[BillSoFar]:
        """The running total of each day, in the letter's currency; a bill without a rate is left out and said so."""
        by_day: dict[dt.date, BillSoFar] = {}
        for row in bills_of_trip(self.session, self.guarantee.journey_id):
            billed = Money(row.amount_minor, row.currency)
            if row.currency == self.currency:
                by_day[row.billed_on] = BillSoFar(on=row.billed_on, amount=billed, billed=billed)
                continue
            rate = self.letters_rate(row.currency)
            rate = rate or rate_on(self.session, row.currency, self.currency, row.billed_on)
            if rate is None:
                self.missing = (row.currency, self.currency)
                continue
            by_day[row.billed_on] = BillSoFar(on=row.billed_on, amount=rate.convert(billed), billed=billed, rate=rate)
        return [by_day[day] for day in sorted(by_day)]

    def letters_rate(self, currency: str) -> UsedRate | None:
        """The rate for a currency as the newest letter that states one has it."""
        for version in reversed(self.versions):
            if version.rate and version.rate_for == currency:
                on = day_of(self.session, version.issued_at)
                return stated_rate(
                    Decimal(version.rate), base=currency, quote=self.currency, on=on, source=self.guarantee.gl_no
                )
        return None

    def drift(self) -> Decimal | None:
        """How far today's rate stands against that of the day the letter was issued; a stated rate does not move."""
        last = self.bills[-1] if self.bills else None
        if last is None or last.rate is None or not self.is_running or self.letters_rate(last.billed.currency):
            return None
        base = last.billed.currency
        then = rate_on(self.session, base, self.currency, day_of(self.session, self.newest.issued_at))
        now = rate_on(self.session, base, self.currency, today(self.session))
        return drift(then, now) if then is not None and now is not None else None

    def view(self) -> LetterBurn:
        newest, bills = self.newest, self.bills
        steps = tuple(
            CeilingStep(
                from_on=v.valid_from or day_of(self.session, v.issued_at),
                ceiling=Money(v.ceiling_minor, v.currency),
            )
            for v in self.versions
            if v.ceiling_minor is not None and not v.is_as_charged and v.currency == self.currency
        )
        ceiling = steps[-1].ceiling if steps and not newest.is_as_charged else None
        last = bills[-1] if bills else None
        share = Decimal(last.amount.minor) / ceiling.minor if last is not None and ceiling else None
        ahead = forecast(bills, ceiling, admitted_on=self.admitted_on) if self.is_running else None
        covered = covered_until(self.admitted_on, newest.covered_days)
        return LetterBurn(
            guarantee_id=self.guarantee.id,
            gl_no=self.guarantee.gl_no,
            state=self.guarantee.state,
            ceiling=ceiling,
            is_as_charged=newest.is_as_charged,
            billed=last.billed if last else None,
            used=last.amount if last else None,
            left=None if ceiling is None or last is None else ceiling - last.amount,
            share=share,
            is_warned=self.is_running and share is not None and share >= TOPUP_FROM,
            day_no=self._day_no(),
            days_covered=newest.covered_days,
            covered_until=covered,
            is_days_warned=self._days_end(covered),
            lasts_until=ahead.lasts_until if ahead else None,
            valid_to=newest.valid_to,
            days_left=self._days_left(),
            rate=last.rate if last else None,
            is_letters_rate=last is not None and self.letters_rate(last.billed.currency) is not None,
            drift=self.drift(),
            rate_missing=self.missing,
            ask_by=self._ask_by(ahead, covered),
            **self._asked(last, ceiling, ahead),
            bars=(*(BurnBar(on=b.on, amount=b.amount) for b in bills), *self._tomorrow(last, ahead)),
            steps=steps,
        )

    def _day_no(self) -> int | None:
        if self.admitted_on is None:
            return None
        now = today(self.session)
        until = min(now, self.ended_on) if self.ended_on else now
        return (until - self.admitted_on).days + 1

    def _is_inside(self) -> bool:
        return self.admitted_on is not None and self.ended_on is None

    def _days_end(self, covered: dt.date | None) -> bool:
        if covered is None or not self.is_running or not self._is_inside():
            return False
        return today(self.session) >= covered

    def _days_left(self) -> int | None:
        if self.newest.valid_to is None or not self.is_running or self.admitted_on is not None:
            return None
        return (self.newest.valid_to - today(self.session)).days

    def _ask_by(self, ahead: Forecast | None, covered: dt.date | None) -> dt.date | None:
        if not self.is_running or not self._is_inside():
            return None
        after = covered + dt.timedelta(days=1) if covered is not None else None
        return ask_by(ahead.runs_out_on if ahead else None, after)

    def _asked(self, last: BillSoFar | None, ceiling: Money | None, ahead: Forecast | None) -> dict[str, Any]:
        """What to ask for, and what it is worked out from."""
        stated = self._estimate()
        estimate, stated_on = stated if stated is not None else (None, None)
        known: dict[str, Any] = {"estimate": estimate, "estimate_on": stated_on, "suggested": None, "likely": None}
        if last is None or ceiling is None or not self.is_running:
            return known
        back = self.journey.planned_return_on
        days = (back - last.on).days if back is not None and back > last.on else DAYS_MORE
        pace = ahead.pace if ahead else None
        known["likely"] = likely_total(last.amount, pace=pace, days_more=days, estimate=estimate)
        known["suggested"] = suggested_ceiling(last.amount, ceiling, pace=pace, days_more=days, estimate=estimate)
        return known

    def _estimate(self) -> tuple[Money, dt.date] | None:
        """The newest estimate of the letter's hospital, by the letter's rate or that of its day, and its day."""
        house = self.guarantee.hospital_id
        row = self.session.scalar(
            sa.select(EstimateRow)
            .where(
                EstimateRow.journey_id == self.journey.id,
                EstimateRow.is_domestic == 0,
                sa.or_(EstimateRow.hospital_id.is_(None), EstimateRow.hospital_id == house),
            )
            .order_by(EstimateRow.stated_on.desc(), EstimateRow.id.desc())
            .limit(1)
        )
        if row is None:
            return None
        stated = Money(row.high_minor, row.currency)
        if row.currency != self.currency:
            rate = self.letters_rate(row.currency)
            rate = rate or rate_on(self.session, row.currency, self.currency, row.stated_on)
            if rate is None:
                return None
            stated = rate.convert(stated)
        return stated, row.stated_on

    @staticmethod
    def _tomorrow(last: BillSoFar | None, ahead: Forecast | None) -> list[BurnBar]:
        if last is None or ahead is None:
            return []
        return [BurnBar(on=last.on + dt.timedelta(days=1), amount=last.amount + ahead.pace, is_forecast=True)]
