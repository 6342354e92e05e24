"""Due times and elapsed times. A clock that is paused does not run, nor does a working clock on a day off.

Source: ``domain`` 1.8.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from liaison.domain.calendars import Calendar

LOOKS_AHEAD_DAYS = 800
"""So far a due time is looked for; a calendar without any working time ends there instead of never."""


@dataclass(frozen=True, slots=True)
class Pause:
    """A time in which a clock stood still; ``until`` is ``None`` while it still does."""

    start: dt.datetime
    until: dt.datetime | None = None


Stretch = tuple[dt.datetime, dt.datetime]
"""A time in which a clock runs."""


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
    return after_working_time(start, dt.timedelta(hours=hours), calendar)


def after_working_time(
    start: dt.datetime, time: dt.timedelta, calendar: Calendar, pauses: Iterable[Pause] = ()
) -> dt.datetime:
    """When so much working time will have gone by beside the pauses that ended; given in UTC.

    An open pause is taken to end at ``start`` of the question, since nobody knows when it will: ask again then.
    """
    left, last = time, start
    horizon = start + dt.timedelta(days=LOOKS_AHEAD_DAYS)
    for opens, closes in _running(working_hours_between(start, horizon, calendar), _ended(pauses)):
        last = closes
        if opens + left <= closes:
            return (opens + left).astimezone(dt.UTC)
        left -= closes - opens
    return (last + left).astimezone(dt.UTC)


def after_time(start: dt.datetime, time: dt.timedelta, pauses: Iterable[Pause] = ()) -> dt.datetime:
    """When so much time will have gone by, day and night, beside the pauses that ended."""
    due = start
    left = time
    for pause in sorted(_ended(pauses), key=lambda p: p.start):
        if pause.until is None or pause.until <= due:
            continue
        run = max(pause.start - due, dt.timedelta())
        if run >= left:
            return due + left
        left -= run
        due = max(due, pause.until)
    return due + left


def elapsed(start: dt.datetime, end: dt.datetime, pauses: Iterable[Pause] = ()) -> dt.timedelta:
    """How long a clock ran from start to end, with the pauses taken out; pauses may overlap."""
    return _sum(_running([(start, end)] if end > start else [], pauses))


def worked(start: dt.datetime, end: dt.datetime, calendar: Calendar, pauses: Iterable[Pause] = ()) -> dt.timedelta:
    """How much working time of a place went by from start to end, with the pauses taken out."""
    return _sum(_running(working_hours_between(start, end, calendar), pauses))


def working_days_between(start: dt.datetime, end: dt.datetime, calendar: Calendar, pauses: Iterable[Pause] = ()) -> int:
    """How many working days after the first one have begun by ``end``; a day that was all pause does not count."""
    zone = ZoneInfo(calendar.zone)
    first, last = start.astimezone(zone).date(), end.astimezone(zone).date()
    stood = [p for p in pauses if p.start < end]
    count = 0
    day = first + dt.timedelta(days=1)
    while day <= last:
        spans = list(calendar.hours_of(day))
        if spans and _sum(_running(spans, stood)):
            count += 1
        day += dt.timedelta(days=1)
    return count


def working_hours_between(start: dt.datetime, end: dt.datetime, calendar: Calendar) -> Iterator[Stretch]:
    """The stretches in which a place works between two moments, in order, none overlapping another."""
    zone = ZoneInfo(calendar.zone)
    day = start.astimezone(zone).date() - dt.timedelta(days=1)  # a night shift of the day before may still run
    reached = start
    while (midnight := dt.datetime.combine(day, dt.time(), tzinfo=zone)) < end:
        for opens, closes in calendar.hours_of(day):
            begin, finish = max(opens, reached), min(closes, end)
            if begin < finish:
                yield begin, finish
                reached = finish
        day = midnight.date() + dt.timedelta(days=1)


def _running(stretches: Iterable[Stretch], pauses: Iterable[Pause]) -> Iterator[Stretch]:
    """The stretches with the pauses cut out; an open pause never ends."""
    stood = sorted(pauses, key=lambda p: p.start)
    for begin, end in stretches:
        here = begin
        for pause in stood:
            if pause.start >= end:
                break
            if pause.until is not None and pause.until <= here:
                continue
            if pause.start > here:
                yield here, pause.start
            here = end if pause.until is None else max(here, pause.until)
            if here >= end:
                break
        if here < end:
            yield here, end


def _ended(pauses: Iterable[Pause]) -> list[Pause]:
    return [pause for pause in pauses if pause.until is not None]


def _sum(stretches: Iterable[Stretch]) -> dt.timedelta:
    return sum((end - begin for begin, end in stretches), dt.timedelta())
