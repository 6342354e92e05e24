"""Spans of days people speak of: this month, last quarter, the year before. Calendar months, never rolling ones."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from liaison.domain.coded import Coded
from liaison.i18n import N_


class Period(Coded):
    """A span of days that moves with today."""

    THIS_MONTH = "this_month", N_("This month")
    LAST_MONTH = "last_month", N_("Last month")
    MONTH_BEFORE = "month_before", N_("The month before last")
    THIS_QUARTER = "this_quarter", N_("This quarter")
    LAST_QUARTER = "last_quarter", N_("Last quarter")
    THIS_YEAR = "this_year", N_("This year")
    LAST_YEAR = "last_year", N_("Last year")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """First and last day, both within."""

    first: dt.date
    last: dt.date


_MONTHS = {
    Period.THIS_MONTH: 1, Period.LAST_MONTH: 1, Period.MONTH_BEFORE: 1, Period.THIS_QUARTER: 3,
    Period.LAST_QUARTER: 3, Period.THIS_YEAR: 12, Period.LAST_YEAR: 12,
}  # fmt: skip
_AGO = {Period.LAST_MONTH: 1, Period.MONTH_BEFORE: 2, Period.LAST_QUARTER: 1, Period.LAST_YEAR: 1}
"""How many of its own length a period lies behind the running one."""


def span_of(period: Period, today: dt.date) -> Span:
    """The days a period means today: whole calendar months, quarters or years, the running one to its end."""
    length = _MONTHS[period]
    month = today.year * 12 + today.month - 1
    start = month - month % length - length * _AGO.get(period, 0)
    return Span(first=_first_of(start), last=_first_of(start + length) - dt.timedelta(days=1))


def _first_of(month: int) -> dt.date:
    return dt.date(month // 12, month % 12 + 1, 1)
