"""Days and hours as people type them: ``3/4/2026``, ``3 apr``, ``besok``, ``+2``, ``14.05``. Day before month, always.

English words are understood in Indonesian and the other way round.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re

from liaison.domain.problems import Problem
from liaison.i18n import N_

WORDS = {
    "hari ini": 0, "today": 0, "skrg": 0, "sekarang": 0, "now": 0, "besok": 1, "bsk": 1, "tomorrow": 1, "lusa": 2,
    "kemarin": -1, "kmrn": -1, "yesterday": -1,
}  # fmt: skip
MONTHS = {
    "jan": 1, "feb": 2, "peb": 2, "mar": 3, "apr": 4, "mei": 5, "may": 5, "jun": 6, "jul": 7, "agu": 8, "ags": 8,
    "aug": 8, "sep": 9, "okt": 10, "oct": 10, "nov": 11, "nop": 11, "des": 12, "dec": 12,
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
NOT_A_TIME = N_("Type a time such as 14.05 or 14:05.")


class Unreadable(ValueError):
    """A typed text is not what the field holds. ``problem`` says so with the cure."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def read_day(text: str, *, today: dt.date) -> dt.date:
    """The day that was typed. Raises :class:`Unreadable`."""
    plain = re.sub(r"\s+", " ", text.strip().lower().replace("\u00a0", " "))
    if plain in WORDS:
        return today + dt.timedelta(days=WORDS[plain])
    if match := re.fullmatch(r"([+-]) ?(\d{1,3})(?: ?(?:hari|days?))?", plain):
        return today + dt.timedelta(days=int(match[1] + match[2]))
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", plain):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := re.fullmatch(r"(\d{1,2})[/. -](\d{1,2})(?:[/. -](\d{4}|\d{2}))?", plain):
        return _day(_year(match[3], today), int(match[2]), int(match[1]))
    if match := re.fullmatch(r"(\d{1,2})[ -]?([a-z]{3,9})\.?(?:[ -](\d{4}|\d{2}))?", plain):
        month = MONTHS.get(match[2][:3])
        if month is not None:
            return _day(_year(match[3], today), month, int(match[1]))
    if plain in WEEKDAYS:  # whole or as short as calendars have it: "selesai" and "kamar" are no days
        return today + dt.timedelta(days=(WEEKDAYS[plain] - today.weekday() - 1) % 7 + 1)
    raise Unreadable(Problem(code="BAD_DATE", message=NOT_A_DATE))


def _year(text: str | None, today: dt.date) -> int:
    """As typed; two digits up to ten years ahead are this century, else the last; none is this year."""
    if not text:
        return today.year
    if len(text) == 4:
        return int(text)
    year = today.year // 100 * 100 + int(text)
    return year if year <= today.year + 10 else year - 100


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
    plain = re.sub(r"\s*(wib|wita|wit|myt)$", "", text.strip().lower())
    match = re.fullmatch(r"(\d{1,2})(?:[.:]?(\d{2}))?", plain)
    if match is None or int(match[1]) > 23 or int(match[2] or 0) > 59:
        raise Unreadable(Problem(code="BAD_TIME", message=NOT_A_TIME))
    return dt.time(int(match[1]), int(match[2] or 0))
