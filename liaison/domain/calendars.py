"""Where which clock runs, and which days are worked.

Weekends and the office's own days off; public holidays per country come with the ``holidays`` package, loaded only
when asked for. Source: ``domain`` 1.8, clock design.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from zoneinfo import available_timezones

from liaison.domain.regions import PROVINCES, city_of

ZONE_OF_COUNTRY: Mapping[str, str] = {
    "ID": "Asia/Jakarta",
    "MY": "Asia/Kuala_Lumpur",
    "SG": "Asia/Singapore",
    "CN": "Asia/Shanghai",
    "KH": "Asia/Phnom_Penh",
    "TH": "Asia/Bangkok",
}
"""The zone of a country's capital; Indonesia has two more, by province."""

SATURDAY = 5


@cache
def known_zones() -> frozenset[str]:
    """Every time zone name there is."""
    return frozenset(available_timezones())


def zone_of(*, city: str = "", province: str = "", country: str = "") -> str:
    """The time zone of a place, from the most exact thing known about it; Jakarta's where nothing is."""
    known = city_of(city) if city else None
    if known is not None:
        return known.zone
    if province in PROVINCES:
        return PROVINCES[province].zone
    return ZONE_OF_COUNTRY.get(country, ZONE_OF_COUNTRY["ID"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The working days of a place. ``own_days`` are days off that the office set itself."""

    country: str = "ID"
    zone: str = ZONE_OF_COUNTRY["ID"]
    opens: dt.time = dt.time(8)
    closes: dt.time = dt.time(17)
    own_days: Collection[dt.date] = field(default_factory=frozenset)
    works_saturday: bool = False
    with_holidays: bool = False

    def is_working(self, day: dt.date) -> bool:
        """Whether people work there on a day."""
        weekend = SATURDAY + 1 if self.works_saturday else SATURDAY
        if day.weekday() >= weekend or day in self.own_days:
            return False
        return not (self.with_holidays and day in _holidays(self.country, day.year))

    def next_working(self, day: dt.date) -> dt.date:
        """The day itself if it is worked, else the next one that is."""
        while not self.is_working(day):
            day += dt.timedelta(days=1)
        return day


def is_holiday(country: str, day: dt.date) -> bool:
    """Whether a day is a public holiday of a whole country; of a country that nobody counts, never."""
    return country in ZONE_OF_COUNTRY and day in _holidays(country, day.year)


@cache
def _holidays(country: str, year: int) -> frozenset[dt.date]:
    import holidays

    return frozenset(holidays.country_holidays(country, years=year))


def plus_months(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
