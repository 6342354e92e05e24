"""The exact figures behind a city briefing. They never reach paper: :mod:`briefing_public` makes them safe first.

Counts are persons, not claims. A sample keeps its values for medians, and how many persons and hospitals it comes from.
"""

from __future__ import annotations

import calendar
import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from liaison.domain.regions import City
from liaison.i18n import N_
from liaison.reports.case_view import Office, RateView

MONTHS = 12

OTHER_PLACES = N_("Other places, merged")

REASON_DOCUMENT = N_("Document still missing")
REASON_QUESTION = N_("Question from the insurer")
REASON_AFTER_NOON = N_("Asked after noon")
REASON_OTHER = N_("Other or not recorded")

REASON_NOT_STATED = N_("Not stated in the list")

STATE_PAID = N_("Paid")
STATE_APPROVED = N_("Approved")
STATE_PARTLY = N_("Partly approved")
STATE_PENDING = N_("Documents pending")
STATE_REJECTED = N_("Rejected")
STATE_OPEN = N_("Under review")
STATE_GROUPS = {
    "K14": STATE_PAID,
    "K15": STATE_PAID,
    "K09": STATE_APPROVED,
    "K13": STATE_APPROVED,
    "K10": STATE_PARTLY,
    "K07": STATE_PENDING,
    "K11": STATE_REJECTED,
}
"""The plain word for a claim's state; every other state is under review."""


class Basis(enum.Enum):
    """What the figures are made of."""

    JOURNEYS = "journeys"
    CLAIMS = "claims"


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """Twelve months that end with a closed quarter; both days belong to it."""

    start: dt.date
    end: dt.date

    def months(self) -> tuple[tuple[int, int], ...]:
        """Year and month of each of the twelve."""
        first = self.start.year * MONTHS + self.start.month - 1
        return tuple(((first + n) // MONTHS, (first + n) % MONTHS + 1) for n in range(MONTHS))

    def month_of(self, day: dt.date) -> int | None:
        """0 to 11 for a day of this year, else None."""
        if not self.start <= day <= self.end:
            return None
        return (day.year - self.start.year) * MONTHS + day.month - self.start.month

    def part(self, months: int, number: int) -> Year:
        """The part of so many months with this number, from 0 on."""
        parts = self.months()[months * number : months * (number + 1)]
        (year, month), (last_year, last_month) = parts[0], parts[-1]
        last = calendar.monthrange(last_year, last_month)[1]
        return Year(start=dt.date(year, month, 1), end=dt.date(last_year, last_month, last))

    def before(self) -> Year:
        """The twelve months before."""
        return Year(start=self.start.replace(year=self.start.year - 1), end=self.start - dt.timedelta(days=1))


def closed_year(today: dt.date) -> Year:
    """The twelve months up to the last quarter that is over."""
    month = (today.month - 1) // 3 * 3 + 1
    after = dt.date(today.year, month, 1)
    return Year(start=after.replace(year=after.year - 1), end=after - dt.timedelta(days=1))


Pair = tuple[int, int]
"""Persons in the last twelve months, and in the twelve before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Measured values, sorted, with the number of persons and of hospitals they come from."""

    values: tuple[float, ...] = ()
    people: int = 0
    houses: int = 0
    house_sums: tuple[float, ...] = ()
    """What each hospital adds to the sum, largest first, for the rule that no two may be most of an amount."""


Samples = tuple[Sample, Sample]
"""A sample of the last twelve months, and of the twelve before."""

NO_SAMPLES: Samples = (Sample(), Sample())


class Clock(enum.Enum):
    """Which waiting time is measured."""

    FIRST_LETTER = "first letter"
    TOP_UP = "top-up letter"
    FINAL_LETTER = "final letter"
    OUR_ANSWER = "our answer"


TARGET_HOURS = {Clock.FIRST_LETTER: 4, Clock.TOP_UP: 4, Clock.FINAL_LETTER: 3, Clock.OUR_ANSWER: 8}
"""Working hours within which an answer is expected. Source: ``domain`` 1.8, default targets; none is law."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeCounts:
    """Persons by month, quarter and half-year: a person counts once in each."""

    months: tuple[int, ...] = (0,) * 12
    quarters: tuple[int, ...] = (0,) * 4
    halves: tuple[int, ...] = (0,) * 2


@dataclass(frozen=True, slots=True, kw_only=True)
class CityFigures:
    """The figures of one city."""

    city: City
    people: Pair = (0, 0)
    opened: tuple[TimeCounts, TimeCounts] = (TimeCounts(), TimeCounts())
    at_home: Pair = (0, 0)
    at_home_by_half: tuple[TimeCounts, TimeCounts] = (TimeCounts(), TimeCounts())
    groups: Mapping[str, Pair] = field(default_factory=dict)
    places: Mapping[str, Pair] = field(default_factory=dict)
    stays: Mapping[str, Samples] = field(default_factory=dict)
    stay: Samples = NO_SAMPLES
    clocks: Mapping[Clock, Samples] = field(default_factory=dict)
    first_letters: tuple[tuple[Sample, ...], tuple[Sample, ...]] = ((), ())
    late: Pair = (0, 0)
    late_reasons: Mapping[str, Pair] = field(default_factory=dict)
    before_noon: Sample = field(default_factory=Sample)
    after_noon: Sample = field(default_factory=Sample)
    bills: Samples = NO_SAMPLES
    bills_by_quarter: tuple[tuple[Sample, ...], tuple[Sample, ...]] = ((), ())
    bills_by_group: Mapping[str, Samples] = field(default_factory=dict)
    bills_by_currency: Mapping[str, Sample] = field(default_factory=dict)
    came_back: Pair = (0, 0)
    discharged: Pair = (0, 0)
    withdrawn: Pair = (0, 0)
    with_letter: Pair = (0, 0)
    above_estimate: Pair = (0, 0)
    estimated: Pair = (0, 0)
    states: Mapping[str, Pair] = field(default_factory=dict)
    rejections: Mapping[str, Pair] = field(default_factory=dict)
    rejected: Pair = (0, 0)
    pending: Pair = (0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the office asks the round table for; typed by the officer."""

    who: str
    what: str
    by: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What was promised at the last visit, and what became of it; typed by the officer."""

    what: str
    who: str
    due: dt.date
    kept_on: dt.date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingView:
    """Everything behind the briefing of one city."""

    as_of: dt.datetime
    office: Office
    basis: Basis
    year: Year
    city: CityFigures
    cities: tuple[CityFigures, ...]
    currency: str
    rate: RateView | None
    left_out: int
    only_claims: int
    requests: tuple[Request, ...] = ()
    promises: tuple[Promise, ...] = ()
    promised_on: dt.date | None = None
