"""Due times and elapsed times. A clock that is paused does not run. Source: ``domain`` 1.8."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from liaison.domain.calendars import Calendar


@dataclass(frozen=True, slots=True)
class Pause:
    """A time in which a clock stood still; ``until`` is ``None`` while it still does."""

    start: dt.datetime
    until: dt.datetime | None = None


def after_hours(start: dt.datetime, hours: int) -> dt.datetime:
    """So many hours later, day and night."""
    return start + dt.timedelta(hours=hours)


def after_working_days(start: dt.datetime, days: int, calendar: Calendar) -> dt.datetime:
    """Closing time of the n-th working day after a moment, in the calendar's own place; given in UTC."""
    zone = ZoneInfo(calendar.zone)
    day = start.astimezone(zone).date()
    for _ in range(days):
        day = calendar.next_working(day + dt.timedelta(days=1))
    return dt.datetime.combine(day, calendar.closes, tzinfo=zone).astimezone(dt.UTC)


def after_working_hours(start: dt.datetime, hours: int, calendar: Calendar) -> dt.datetime:
    """When so many working hours will have gone by in the calendar's own place; given in UTC."""
    zone = ZoneInfo(calendar.zone)
    left = dt.timedelta(hours=hours)
    here = start.astimezone(zone)
    while True:
        opens = dt.datetime.combine(here.date(), calendar.opens, tzinfo=zone)
        closes = dt.datetime.combine(here.date(), calendar.closes, tzinfo=zone)
        if calendar.is_working(here.date()) and here < closes:
            here = max(here, opens)
            if here + left <= closes:
                return (here + left).astimezone(dt.UTC)
            left -= closes - here
        here = dt.datetime.combine(here.date() + dt.timedelta(days=1), dt.time(), tzinfo=zone)


def elapsed(start: dt.datetime, end: dt.datetime, pauses: Iterable[Pause] = ()) -> dt.timedelta:
    """How long a clock ran from start to end, with the pauses taken out; pauses may overlap."""
    running = dt.timedelta()
    here = start
    for pause in sorted(pauses, key=lambda p: p.start):
        if pause.start > here:
            running += min(pause.start, end) - here
        here = max(here, pause.until or end)
        if here >= end:
            return running
    return running + (end - here)
