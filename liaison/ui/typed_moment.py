"""The moment at the head of typed words, and how many words it takes: one grammar for every line that asks for one.

``15/12 10 call the family`` is 15 December at ten, and the words after it are whoever asked's. Where a figure could be
an hour or a year it is an hour; where it could be an hour or a count ("b 2 pasien") it stays a word. A day without a
year lies ahead: ``1/1`` written in November is the coming January.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from liaison.ui.typed import Unreadable, read_day, read_time, said_zone

_WORDS_OF_A_DAY = 3
_LATEST_YEAR = 5
"""A figure of four such as 2030 after a day is a year up to so many years ahead, else an hour (20.30)."""
_DAYS_AHEAD = {"b": 1, "t": 1, "l": 2}
_HOUR_FOLLOWS = frozenset({"jam", "pukul", "pkl", "pk", "at"})
_HALF_OF_DAY = {
    "pagi": (0, 11), "siang": (10, 14), "sore": (14, 18), "malam": (18, 23), "am": (0, 11), "pm": (12, 23),
}  # fmt: skip
"""The first and last hour that a word after an hour can mean: "jam 2 siang" is 14.00."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_COUNTED = _set(
    """orang dokumen berkas kasus klaim lembar kali tiket kamar hari minggu bulan tahun polis bed juta ribu jt rb
    patients people persons families doctors documents files cases claims pages times letters tickets rooms days weeks
    months years policies children hospitals beds million thousand"""
)
"""What people count: the figure before one of these is no hour."""
_SOMETIMES_COUNTED = _set("pasien keluarga dokter surat hasil anak rs agen perawat result")
"""Those who are counted, or who do something at an hour: a lone figure counts them, "10 pasien kontrol" is at ten."""
_DATE_WITH_DOT = re.compile(r"(\d{1,2})\.(\d{2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedHour:
    """An hour, its zone if one was said ("10 MYT"), and the number of words."""

    time: dt.time
    taken: int
    zone: ZoneInfo | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedMoment:
    """A day, the hour if one was said, and the number of words both took."""

    day: dt.date
    hour: TypedHour | None
    taken: int

    def at(self, *, otherwise: dt.time, zone: dt.tzinfo | None) -> dt.datetime:
        """The moment in UTC: at the hour that was said, in the zone that was said; else at another, in another."""
        hour = self.hour or TypedHour(time=otherwise, taken=0)
        return dt.datetime.combine(self.day, hour.time, tzinfo=hour.zone or zone).astimezone(dt.UTC)


def read_moment(words: Sequence[str], *, now: dt.datetime) -> TypedMoment | None:
    """The moment that ``words`` begin with, seen from ``now`` on the reader's clock; none where they begin otherwise.

    An hour alone is the next such hour, if it is unmistakable (16.00, jam 4 sore).
    """
    letter = read_letter(words[0], today=now.date()) if words else None
    found = (letter, 1) if letter is not None else read_line_day(words, today=now.date())
    alone = read_hour(words, is_alone=True)
    if found is not None and not (alone and _has_gone(words[0], found[0], now.date())):
        return with_hour(found[0], words, found[1])
    if alone is None:
        return None
    there = now.astimezone(alone.zone) if alone.zone else now
    return TypedMoment(day=next_day_with(alone.time, now=there), hour=alone, taken=alone.taken)


def with_hour(day: dt.date, words: Sequence[str], taken: int) -> TypedMoment:
    """A day that ``taken`` words said, and the hour that follows them, if one does."""
    hour = read_hour(words[taken:])
    return TypedMoment(day=day, hour=hour, taken=taken + (hour.taken if hour else 0))


def read_letter(word: str, *, today: dt.date) -> dt.date | None:
    """The day that one letter stands for: b tomorrow, l the day after, s Monday; t and m in English."""
    letter = word.casefold().rstrip(":,;")
    if letter in _DAYS_AHEAD:
        return today + dt.timedelta(days=_DAYS_AHEAD[letter])
    return today + dt.timedelta(days=(0 - today.weekday() - 1) % 7 + 1) if letter in ("s", "m") else None


def next_day_with(hour: dt.time, *, now: dt.datetime) -> dt.date:
    """Today while the hour lies ahead, else tomorrow."""
    return now.date() if hour > now.time() else now.date() + dt.timedelta(days=1)


def _has_gone(word: str, day: dt.date, today: dt.date) -> bool:
    """Whether "14.05" would be a day of next year: then it is an hour."""
    return _DATE_WITH_DOT.fullmatch(word) is not None and day.year > today.year


def read_line_day(words: Sequence[str], *, today: dt.date) -> tuple[dt.date, int] | None:
    """The day that ``words`` begin with, and how many of them say it."""
    for taken in range(min(_WORDS_OF_A_DAY, len(words)), 0, -1):
        if not _is_day_shaped(words, taken, today):
            continue
        try:
            return read_day(" ".join(words[:taken]).rstrip(":,;"), today=today, ahead=True), taken
        except Unreadable:
            continue
    return None


def _is_day_shaped(words: Sequence[str], taken: int, today: dt.date) -> bool:
    """Whether so many words may be one day: figures with only a blank between them are two things."""
    if any(word.endswith((":", ",", ";")) for word in words[: taken - 1]):
        return False
    last = words[taken - 1].rstrip(":,;")
    if taken == 1 or not last[:1].isdigit():
        return True
    if taken == 2 and words[0][-1:].isdigit():
        return False  # "10 2 pasien", "15/12 26": no day beginning with figures goes on with figures
    if re.fullmatch(r"\d{4}", last):
        return today.year <= int(last) <= today.year + _LATEST_YEAR or read_hour([last]) is None
    return taken == len(words) or read_hour(words[taken:]) is not None


def read_hour(words: Sequence[str], *, is_alone: bool = False) -> TypedHour | None:
    """The hour that ``words`` begin with.

    A figure alone is one at the end of the line, or from 7 to 23 where nothing counted follows. ``is_alone``: no day
    stands before it, so that only 16.00 or "jam 4 sore" will do.
    """
    at = 1 if len(words) > 1 and words[0].casefold() in _HOUR_FOLLOWS else 0
    if at >= len(words):
        return None
    figure, half = _parted(words[at].rstrip(":,;–-"))
    after = words[at + 1].casefold().rstrip(":,;.") if len(words) > at + 1 else ""
    taken = at + 1
    if not half and after in _HALF_OF_DAY:
        half, taken = after, taken + 1
    hour = _time(figure, half)
    is_sure = bool(at or half) or re.fullmatch(r"\d{1,2}[.:]\d{2}", figure) is not None
    if hour is None or not (is_sure or (not is_alone and _may_be_hour(figure, hour, after))):
        return None
    zone = said_zone(words[taken].rstrip(":,;.")) if len(words) > taken else None
    return TypedHour(time=hour, taken=taken + (zone is not None), zone=zone)


def _parted(word: str) -> tuple[str, str]:
    """``4pm`` is a figure and its half of the day."""
    match = re.fullmatch(r"(\d{1,2}(?:[.:]\d{2})?)(am|pm)", word, re.IGNORECASE)
    return (match[1], match[2].casefold()) if match else (word, "")


def _may_be_hour(figure: str, hour: dt.time, after: str) -> bool:
    if not after:
        return True
    lone = len(figure) == 1
    return hour.hour >= 7 and after not in _COUNTED and not (lone and after in _SOMETIMES_COUNTED)


def _time(figure: str, half: str) -> dt.time | None:
    try:
        hour = read_time(figure)
    except Unreadable:
        return None
    if not half:
        return hour
    first, last = _HALF_OF_DAY[half]
    of_clock = [h for h in ((hour.hour % 12), (hour.hour % 12) + 12) if first <= h <= last]
    if hour.hour > 12:
        of_clock = [h for h in of_clock if h == hour.hour]
    return hour.replace(hour=of_clock[0]) if of_clock else None
