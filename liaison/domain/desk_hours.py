"""When a desk answers: hours as people write them, whether it is open at a moment, and when it opens or closes next.

Read are ``Mon-Fri 08:00-17:00``, ``Sen–Sab 08.00–17.00, Min 09.00–12.00``, ``24h``, ``24 jam``, ``22:00-06:00``; days
may stand in either language, before their hours or behind them, and hours without any day hold every day. What cannot
be read, or has an exception, stays a text and nothing is said about it. Public holidays are told beside
it (:func:`is_holiday`), since many desks answer on them.
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
_EXCEPT = re.compile(r"\b(?:kecuali|selain|except|but not|closed|tutup|libur)\b")
_A_DAY = re.compile(
    r"\b(?:mon|tue|wed|thu|fri|sat|sun|tues|thur|thurs|(?:mon|tues|wednes|thurs|fri|satur|sun)day|sen|sel|rab|kam|jum|"
    r"sab|min|ming|aha|senin|selasa|rabu|kamis|jum.?at|sabtu|minggu|ahad)\b"
)
_ZONE = re.compile(r"\b(?:wib|wita|wit|myt|sgt|cst|ict)\b")
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
    """The hours that were written; ``None`` where they cannot be read, or where something is excepted from them."""
    plain = re.sub(r"\s+", " ", text.casefold()).strip()
    if not plain or _EXCEPT.search(plain):
        return None
    parts = [part.strip() for piece in re.split(r"[,;\n]|\bdan\b|\band\b|&", plain) for part in _apart(piece.strip())]
    if any(_is_always(part, before) for before, part in zip(("", *parts), parts, strict=False)):
        return Hours(is_always=True)
    read = _Reading()
    if not all(read.take(part) for part in parts):
        return None
    return read.hours()


def _apart(part: str) -> list[str]:
    """Days with their hours, one after another without a comma ("Mon-Fri 08-17 Sat 08-12"), taken apart."""
    if not _A_DAY.match(part):
        return [part]
    starts = [0, *(m.end() for m in re.finditer(rf"{_SPAN.pattern}\s+(?={_A_DAY.pattern})", part))]
    return [part[first:last].strip() for first, last in zip(starts, [*starts[1:], len(part)], strict=True)]


def _is_always(part: str, before: str) -> bool:
    """Whether it says day and night, of no day in particular ("Mon, Tue, 24h" says it of two)."""
    return _ALWAYS.search(part) is not None and not _A_DAY.search(part) and not _days_in(before)


class _Reading:
    """Hours as they are read, part by part."""

    def __init__(self) -> None:
        self._shifts: list[tuple[frozenset[int], dt.time, dt.time]] = []
        """Shifts so far; those that no day was named for yet have none."""
        self._days: frozenset[int] = frozenset()
        """Days whose hours are still to come ("Mon, Tue, Wed 8-17")."""
        self._last: frozenset[int] = frozenset()
        """The days of the part before: further hours without a day are theirs ("Mon-Fri 8-12, 13-17")."""

    def take(self, part: str) -> bool:
        """Read one part; ``False`` where it cannot be read."""
        spans = list(_SPAN.finditer(part))
        always = _ALWAYS.search(part)
        first, end = (always.start(), always.end()) if always else (spans[0].start(), 0) if spans else (len(part), 0)
        named = _days_in(part[:first])
        if named is None:
            return False
        if always is None and not spans:
            self._days |= named
            return True
        hours = [(dt.time(0), dt.time(0))] if always else []
        for span in spans if not always else ():
            if end and part[end : span.start()].strip(" /|"):
                break
            told = _hours_of(span)
            if told is None:
                return False
            hours.append(told)
            end = span.end()
        return self._keep(named, part[end:], hours)

    def _keep(self, named: frozenset[int], after: str, hours: list[tuple[dt.time, dt.time]]) -> bool:
        days = named | self._days
        if _A_DAY.search(after):
            behind = _days_in(_ZONE.sub(" ", after))
            if behind is None or days:
                return False
            days = behind
            self._shifts = [(of or behind, opens, closes) for of, opens, closes in self._shifts]
        days = days or self._last
        self._shifts += [(days, *span) for span in hours]
        self._days, self._last = frozenset(), days
        return True

    def hours(self) -> Hours | None:
        """All of it; ``None`` where there are no hours, or days without any."""
        if not self._shifts or self._days:
            return None
        shifts = tuple(Shift(days=of or EVERY_DAY, opens=opens, closes=closes) for of, opens, closes in self._shifts)
        if any(s.days == EVERY_DAY and s.opens == s.closes == dt.time(0) for s in shifts):
            return Hours(is_always=True)
        return Hours(shifts=shifts)


def _hours_of(span: re.Match[str]) -> tuple[dt.time, dt.time] | None:
    """From when to when; ``None`` for what is no hour, and for "8-5", which nobody means over midnight."""
    opens, closes = _time(*span.groups()[:3]), _time(*span.groups()[3:])
    if opens is None or closes is None:
        return None
    is_guess = span[3] is None and span[6] is None and dt.time(0) < closes <= opens < dt.time(12)
    return None if is_guess else (opens, closes)


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
