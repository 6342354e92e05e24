"""When a desk answers: hours as people write them, whether it is open at a moment, and when it opens or closes next.

Read are ``Mon-Fri 08:00-17:00``, ``Sen–Sab 08.00–17.00, Min 09.00–12.00``, ``24h``, ``24 jam``, ``22:00-06:00``; days
may stand in either language, and hours without a day hold every day. What cannot be read stays a text and nothing is
said about it. Public holidays are told beside it (:func:`is_holiday`), since many desks answer on them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

EVERY_DAY = frozenset(range(7))
_DAYS = {
    "mon": 0, "sen": 0, "tue": 1, "sel": 1, "wed": 2, "rab": 2, "thu": 3, "kam": 3, "fri": 4, "jum": 4, "sat": 5,
    "sab": 5, "sun": 6, "min": 6, "ming": 6, "aha": 6,
}  # fmt: skip
_TO = r"(?:-|–|—|to|until|s/d|s\.d\.?|sd|sampai|hingga)"
_HOUR = r"(\d{1,2})(?:[.:](\d{2}))?\s*(am|pm)?"
_SPAN = re.compile(rf"{_HOUR}\s*{_TO}\s*{_HOUR}")
_DAY = r"[a-z]{3,9}"
_DAY_SPAN = re.compile(rf"^({_DAY})\.?\s*{_TO}\s*({_DAY})\.?$")
_ALWAYS = re.compile(r"\b24\s*(?:h\b|/\s*7|jam|hours?|hrs?)")
_EVERY = ("setiap hari", "tiap hari", "every day", "daily", "harian")
_LOOK_AHEAD_DAYS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """Some days of the week (Monday is 0) from one hour to another; over midnight where it closes before it opens."""

    days: frozenset[int]
    opens: dt.time
    closes: dt.time

    @property
    def is_over_midnight(self) -> bool:
        """Whether it ends on the next day."""
        return self.closes <= self.opens


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Whether a desk answers at a moment. ``changes_at`` is when it closes, or when it opens; none: never."""

    is_open: bool
    changes_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """The hours of a desk in its own time."""

    shifts: tuple[Shift, ...] = ()
    is_always: bool = False

    def at(self, moment: dt.datetime) -> Standing:
        """How it stands at a moment of the desk's own zone."""
        if self.is_always:
            return Standing(is_open=True)
        spans = list(self._spans(moment))
        running = [end for start, end in spans if start <= moment < end]
        if running:
            return Standing(is_open=True, changes_at=max(running))
        coming = [start for start, _ in spans if start > moment]
        return Standing(is_open=False, changes_at=min(coming, default=None))

    def _spans(self, moment: dt.datetime) -> Iterator[tuple[dt.datetime, dt.datetime]]:
        for ahead in range(-1, _LOOK_AHEAD_DAYS):
            day = moment.date() + dt.timedelta(days=ahead)
            for shift in self.shifts:
                if day.weekday() in shift.days:
                    last = day + dt.timedelta(days=1) if shift.is_over_midnight else day
                    start = dt.datetime.combine(day, shift.opens, tzinfo=moment.tzinfo)
                    yield start, dt.datetime.combine(last, shift.closes, tzinfo=moment.tzinfo)


def read_hours(text: str) -> Hours | None:
    """The hours that were written; ``None`` where they cannot be read."""
    plain = re.sub(r"\s+", " ", text.casefold()).strip()
    if not plain:
        return None
    if _ALWAYS.search(plain):
        return Hours(is_always=True)
    shifts: list[Shift] = []
    days: frozenset[int] = frozenset()
    for part in re.split(r"[,;\n]|\bdan\b|\band\b|&", plain):
        found = _SPAN.search(part)
        named = _days_in(part[: found.start()] if found else part)
        if named is None:
            return None
        days |= named
        if found is None:
            continue
        opens, closes = _time(*found.groups()[:3]), _time(*found.groups()[3:])
        if opens is None or closes is None:
            return None
        shifts.append(Shift(days=days or EVERY_DAY, opens=opens, closes=closes))
        days = frozenset()
    return Hours(shifts=tuple(shifts)) if shifts and not days else None


def _days_in(text: str) -> frozenset[int] | None:
    """The days that a text names, none of them for an empty one; ``None`` where a word is no day."""
    plain = text.strip(" :.()")
    if not plain:
        return frozenset()
    if plain in _EVERY:
        return EVERY_DAY
    span = _DAY_SPAN.match(plain)
    if span is not None:
        first, last = _day(span[1]), _day(span[2])
        if first is None or last is None:
            return None
        return frozenset((first + n) % 7 for n in range((last - first) % 7 + 1))
    named = [_day(word) for word in re.split(r"[\s/]+", plain)]
    return None if None in named else frozenset(d for d in named if d is not None)


def _day(word: str) -> int | None:
    return _DAYS.get(word.strip(".")[:3])


def _time(hour: str, minute: str | None, half: str | None) -> dt.time | None:
    """An hour of the day; 24:00 is midnight."""
    number = int(hour)
    if half is not None:
        if not 1 <= number <= 12:
            return None
        number = number % 12 + (12 if half == "pm" else 0)
    minutes = int(minute or 0)
    if number > 24 or minutes > 59 or (number == 24 and minutes):
        return None
    return dt.time(number % 24, minutes)
