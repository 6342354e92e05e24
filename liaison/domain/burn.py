"""A guarantee letter used up day by day: bills against its ceiling and its covered days, whatever their currencies.

A bill in another currency is converted by the rate that the letter itself states, else by that of the day of the bill;
either way the rate is named with its source. Where the day's rate has moved against us since the letter was issued,
that is said from 3 % on: the same ceiling then pays for less. Source: ``domain`` 1.5, G08; the issue on casework.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from fractions import Fraction

from liaison.domain.fx import UsedRate
from liaison.domain.money import WHOLE, Money

DRIFT_FROM = Decimal("0.03")
"""From so much against us on, a moved rate is worth a warning."""

AIM = Decimal("0.70")
"""A top-up that is asked for should leave a bill at this share of the new ceiling at most."""

RESERVE = Decimal("0.10")
"""So much above a hospital's estimate a top-up may ask for at most."""

LONGEST_FORECAST_DAYS = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class BillSoFar:
    """What a bill of a day came to, in the letter's currency and as billed, and the rate between the two."""

    on: dt.date
    amount: Money
    billed: Money
    rate: UsedRate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """How long a letter lasts at the pace of the bills so far."""

    pace: Money
    """A day's cost, in the letter's currency."""
    lasts_until: dt.date
    """The last day on which the ceiling is likely to do."""

    @property
    def runs_out_on(self) -> dt.date:
        """The first day on which it no longer does."""
        return self.lasts_until + dt.timedelta(days=1)


def stated_rate(rate: Decimal, *, base: str, quote: str, on: dt.date, source: str) -> UsedRate:
    """The rate that a letter states itself: so many of its own currency for one unit of the bill's."""
    return UsedRate(base=base, quote=quote, exact=Fraction(rate), on=on, asked_for=on, source=source)


def drift(then: UsedRate, now: UsedRate) -> Decimal:
    """By which share a rate moved against us: 0.03 where one unit of the bill costs 3 % more of the ceiling now."""
    moved = now.exact / then.exact - 1
    return (Decimal(moved.numerator) / Decimal(moved.denominator)).quantize(Decimal("0.0001"))


def forecast(bills: Sequence[BillSoFar], ceiling: Money | None, *, admitted_on: dt.date | None) -> Forecast | None:
    """Until when the ceiling lasts at the pace since the admission; none where nobody can tell."""
    if not bills or ceiling is None:
        return None
    last = bills[-1]
    start = min(d for d in (admitted_on, bills[0].on) if d is not None)
    pace = last.amount.minor // max((last.on - start).days + 1, 1)
    if pace <= 0:
        return None
    left = ceiling.minor - last.amount.minor
    days = min(left // pace, LONGEST_FORECAST_DAYS) if left >= 0 else 0
    until = last.on + dt.timedelta(days=days)
    return Forecast(pace=Money(pace, ceiling.currency), lasts_until=until)


def covered_until(admitted_on: dt.date | None, covered_days: int | None) -> dt.date | None:
    """The last of the covered days, the day of admission counted as the first."""
    if admitted_on is None or covered_days is None:
        return None
    return admitted_on + dt.timedelta(days=covered_days - 1)


def ask_by(*days: dt.date | None) -> dt.date | None:
    """The day by which more should be asked for: the one before the first of these days."""
    known = [day for day in days if day is not None]
    return min(known) - dt.timedelta(days=1) if known else None


def likely_total(used: Money, *, pace: Money | None, days_more: int, estimate: Money | None = None) -> Money:
    """What the stay is likely to come to: as the bills went so far, but not above an estimate that still holds.

    The first days of a stay are its dearest, so a hospital's estimate that no bill has passed yet knows better than
    their pace. One that the bills have passed says nothing any more.
    """
    expected = used.minor + (pace.minor * max(days_more, 0) if pace else 0)
    if estimate is not None and estimate.currency == used.currency and estimate.minor >= used.minor:
        expected = min(expected, estimate.minor)
    return Money(expected, used.currency)


def suggested_ceiling(
    used: Money, ceiling: Money, *, pace: Money | None, days_more: int, estimate: Money | None = None
) -> Money:
    """A new ceiling to ask for: what the stay is likely to come to, with room to spare, rounded up.

    Rounded to a million rupiah or riel, to a thousand of other currencies. Never below the ceiling there is. An
    estimate that still holds is room enough: it is asked for with a reserve of :data:`RESERVE`, not more.
    """
    likely = likely_total(used, pace=pace, days_more=days_more, estimate=estimate)
    holds = estimate is not None and estimate.currency == used.currency and estimate.minor >= used.minor
    room = Decimal(estimate.minor) * (1 + RESERVE) if holds and estimate else Decimal(used.minor) / AIM
    wanted = max(min(Decimal(used.minor) / AIM, room), Decimal(likely.minor), Decimal(ceiling.minor))
    step = Decimal(1_000_000_00 if ceiling.currency in WHOLE else 1_000_00)
    return Money(int((wanted / step).to_integral_value(rounding=ROUND_CEILING) * step), ceiling.currency)
