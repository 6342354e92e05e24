"""Days and hours as people type them: ``3/4/2026``, ``3 apr``, ``besok``, ``+2``, ``14.05``. Day before month, always.

English words are understood in Indonesian and the other way round.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from zoneinfo import ZoneInfo

from liaison.domain.message_words import MONTHS
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.i18n.formats import ZONES

WORDS = {
    "hari ini": 0, "today": 0, "skrg": 0, "sekarang": 0, "now": 0, "besok": 1, "bsk": 1, "tomorrow": 1, "lusa": 2,
    "kemarin": -1, "kmrn": -1, "yesterday": -1,
}  # fmt: skip
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ("senin sen monday mon", "selasa sel tuesday tue tues", "rabu rab wednesday wed",
         "kamis kam thursday thu thurs", "jumat jum'at jum friday fri", "sabtu sab saturday sat",
         "minggu min ahad sunday sun")
    )
    for name in names.split()
}  # fmt: skip

NOT_A_DATE = N_("Type a date such as 3/4/2026, 3 Apr 2026, today or tomorrow.")
MONTH_ENDS = N_("{month} ends on day {last}.")
NO_SUCH_MONTH = N_("There are twelve months. Day comes before month.")
YEAR_OR_HOUR = N_("“{figure}” could be a year or an hour. Type the year in four figures.")
NOT_A_TIME = N_("Type a time such as 14.05 or 14:05.")


_LAST_HOUR = 23


class Unreadable(ValueError):
    """A typed text is not what the field holds. ``problem`` says so with the cure."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def read_day(text: str, *, today: dt.date, ahead: bool = False) -> dt.date:
    """The day that was typed; ``ahead`` where it is a day to come: without a year it is then the next such day.

    Raises :class:`Unreadable`, also for a year of two figures after a blank that could as well be an hour.
    """
    plain = re.sub(r"\s+", " ", text.strip().lower().replace("\u00a0", " "))
    if plain in WORDS:
        return today + dt.timedelta(days=WORDS[plain])
    if match := re.fullmatch(r"([+-]) ?(\d{1,3})(?: ?(?:hari|days?))?", plain):
        return today + dt.timedelta(days=int(match[1] + match[2]))
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", plain):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := re.fullmatch(r"(\d{1,2})([/. -])(\d{1,2})(?:([/. -])(\d{4}|\d{2}))?", plain):
        apart = match[4] != match[2] or match[4] == " "
        return _dated(match[5], int(match[3]), int(match[1]), today=today, ahead=ahead, apart=apart)
    if match := re.fullmatch(r"(\d{1,2})([ -]?)([a-z]{3,9})\.?(?:([ -])(\d{4}|\d{2}))?", plain):
        month = MONTHS.get(match[3])
        if month is not None:
            return _dated(match[5], month, int(match[1]), today=today, ahead=ahead, apart=match[4] == " ")
    if plain in WEEKDAYS:  # whole or as short as calendars have it: "selesai" and "kamar" are no days
        return today + dt.timedelta(days=(WEEKDAYS[plain] - today.weekday() - 1) % 7 + 1)
    raise Unreadable(Problem(code="BAD_DATE", message=NOT_A_DATE))


def _dated(text: str | None, month: int, day: int, *, today: dt.date, ahead: bool, apart: bool) -> dt.date:
    """The day in the year that was typed, or in the year that is meant where none was.

    A year of two figures with a blank before it (``apart``) is one only where no hour can be meant: "1 des 26", not
    "1 des 10".
    """
    if text is None:
        return _coming(month, day, today) if ahead else _day(today.year, month, day)
    if len(text) == 4:
        return _day(int(text), month, day)
    if apart and int(text) <= _LAST_HOUR:
        raise Unreadable(Problem(code="BAD_DATE", message=YEAR_OR_HOUR, values={"figure": text}))
    year = today.year // 100 * 100 + int(text)
    return _day(year if year <= today.year + 10 else year - 100, month, day)


def _coming(month: int, day: int, today: dt.date) -> dt.date:
    """The next such day, today included; the leap day of a year that has none is refused as the field would."""
    this_year = _day(today.year if (month, day) != (2, 29) else 2024, month, day)
    for year in range(today.year, today.year + 9):
        if (month, day) == (2, 29) and not calendar.isleap(year):
            continue
        coming = this_year.replace(year=year)
        if coming >= today:
            return coming
    return this_year


def _day(year: int, month: int, day: int) -> dt.date:
    if not 1 <= month <= 12:
        raise Unreadable(Problem(code="BAD_DATE", message=NO_SUCH_MONTH))
    if not 1900 <= year <= 2200:
        raise Unreadable(Problem(code="BAD_DATE", message=NOT_A_DATE))
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise Unreadable(Problem(code="BAD_DATE", message=MONTH_ENDS, values={"month": _Month(month), "last": last}))
    return dt.date(year, month, day)


class _Month:
    """A month inside a sentence, translated where it is shown through its marked label."""

    def __init__(self, number: int) -> None:
        self.label = MONTH_NAMES[number - 1]


MONTH_NAMES = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"), N_("August"),
    N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip


def read_time(text: str) -> dt.time:
    """The hour that was typed: ``14.05``, ``14:05``, ``1405``, ``9``. Raises :class:`Unreadable`."""
    return read_time_in_zone(text)[0]


def read_time_in_zone(text: str) -> tuple[dt.time, ZoneInfo | None]:
    """The hour that was typed, and the zone behind it where one stands there: ``08.30 MYT``.

    Raises :class:`Unreadable`.
    """
    figure, _blank, word = text.strip().lower().partition(" ")
    match = re.fullmatch(r"(\d{1,2})(?:[.:]?(\d{2}))?([a-z]{3,4})?", figure)
    zone = said_zone(word or (match[3] if match else "") or "")
    if match is None or int(match[1]) > 23 or int(match[2] or 0) > 59 or ((word or match[3]) and zone is None):
        raise Unreadable(Problem(code="BAD_TIME", message=NOT_A_TIME))
    return dt.time(int(match[1]), int(match[2] or 0)), zone


def said_zone(word: str) -> ZoneInfo | None:
    """The zone that people call WIB, WITA, WIT, MYT or SGT."""
    name = next((name for name, short in ZONES.items() if short.casefold() == word.strip().casefold()), None)
    return ZoneInfo(name) if name else None
