"""Where which clock runs, which days are worked there, and from when to when.

A calendar is that of a place: its country (and state), its weekend, the office's own days off, public holidays where
they count, and the hours of a desk where those are known. Source: ``domain`` 1.8, clock design.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from liaison.domain.desk_hours import Hours
from liaison.domain.public_holidays import SATURDAY, holiday_on, is_swapped_workday, weekend_of
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
    """The working time of a place. ``own_days`` are days off that the office set itself.

    ``state`` is a Malaysian state. ``desk`` are the hours of the desk that has to act; they win over the weekend and
    the usual hours, and a desk that answers day and night answers on holidays too.
    """

    country: str = "ID"
    state: str = ""
    zone: str = ZONE_OF_COUNTRY["ID"]
    opens: dt.time = dt.time(8)
    closes: dt.time = dt.time(17)
    own_days: Collection[dt.date] = field(default_factory=frozenset)
    works_saturday: bool = False
    with_holidays: bool = False
    desk: Hours | None = None

    @property
    def for_days(self) -> Calendar:
        """The calendar that a target in working days is counted by: a desk that answers day and night has no more of
        them than its country, so its hours do not count.
        """
        return replace(self, desk=None) if self.desk is not None and self.desk.is_always else self

    def is_off(self, day: dt.date) -> bool:
        """Whether a day is off there although its day of the week is worked."""
        if day in self.own_days:
            return True
        return self.with_holidays and holiday_on(self.country, day, state=self.state) is not None

    def is_working(self, day: dt.date) -> bool:
        """Whether people work there on a day."""
        if self.desk is not None and self.desk.is_always:
            return True
        if self.is_off(day):
            return False
        if self.desk is not None:
            return any(day.weekday() in shift.days for shift in self.desk.shifts)
        weekend = weekend_of(self.country, self.state, day)
        if day.weekday() in weekend and not (self.works_saturday and day.weekday() == SATURDAY):
            return is_swapped_workday(self.country, day)
        return True

    def next_working(self, day: dt.date) -> dt.date:
        """The day itself if it is worked, else the next one that is."""
        while not self.is_working(day):
            day += dt.timedelta(days=1)
        return day

    def hours_of(self, day: dt.date) -> Iterator[tuple[dt.datetime, dt.datetime]]:
        """From when to when people work on a day, in the place's own zone; nothing on a day off."""
        zone = ZoneInfo(self.zone)
        midnight = dt.datetime.combine(day, dt.time(), tzinfo=zone)
        if not self.is_working(day):
            return
        if self.desk is None:
            yield (
                midnight.replace(hour=self.opens.hour, minute=self.opens.minute),
                midnight.replace(hour=self.closes.hour, minute=self.closes.minute),
            )
        elif self.desk.is_always:
            yield midnight, dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), tzinfo=zone)
        else:
            for shift in sorted(self.desk.shifts, key=lambda s: s.opens):
                if day.weekday() in shift.days:
                    last = day + dt.timedelta(days=1) if shift.is_over_midnight else day
                    yield (
                        dt.datetime.combine(day, shift.opens, tzinfo=zone),
                        dt.datetime.combine(last, shift.closes, tzinfo=zone),
                    )


def is_holiday(country: str, day: dt.date, *, state: str = "") -> bool:
    """Whether a day is a public holiday there; of a country that nobody counts, never."""
    return holiday_on(country, day, state=state) is not None


def plus_months(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
