"""To when steps are put off, as it is typed: ``b`` tomorrow, ``l`` the day after, ``s`` Monday, ``1`` to ``9`` days, or
any date with or without an hour; whatever follows is the reason. Source: ``ux`` 4.4.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from liaison.domain.message_words import MONTHS
from liaison.i18n.formats import DEFAULT_ZONE
from liaison.ui.typed_moment import read_moment, with_hour

MORNING = dt.time(9)
"""A step put off to another day comes back at nine."""
_HOURS = re.compile(r"\+?(\d{1,2}) ?(?:j|jam|hours?)(?=$|[\s:,])", re.IGNORECASE)
_DAYS = re.compile(r"\+?([1-9])(?: ?(?:hari|days?|d))?(?=$|[\s:,])", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class PutOff:
    """The moment in UTC, and why."""

    until: dt.datetime
    reason: str


def read_put_off(text: str, *, now: dt.datetime, zone: str = DEFAULT_ZONE) -> PutOff | None:
    """What was typed, on the clock of ``zone``, or ``None`` where it names no time that lies ahead."""
    words = text.split()
    if not words:
        return None
    local = now.astimezone(ZoneInfo(zone))
    ahead = _HOURS.match(" ".join(words))
    if ahead is not None:
        until = (local + dt.timedelta(hours=int(ahead[1]))).astimezone(dt.UTC)
        return PutOff(until=until, reason=_rest(words, len(ahead[0].split())))
    quick = _quick_day(words, local.date())
    found = with_hour(quick[0], words, quick[1]) if quick is not None else read_moment(words, now=local)
    if found is None:
        return None
    until = found.at(otherwise=MORNING, zone=local.tzinfo)
    if until <= now:
        return None
    return PutOff(until=until, reason=_rest(words, found.taken))


def _rest(words: list[str], taken: int) -> str:
    return " ".join(words[taken:]).lstrip(":,–- ").strip()


def _quick_day(words: list[str], today: dt.date) -> tuple[dt.date, int] | None:
    """One figure: that many days."""
    days = _DAYS.match(" ".join(words)) if not _names_month(words) else None
    return (today + dt.timedelta(days=int(days[1])), len(days[0].split())) if days is not None else None


def _names_month(words: list[str]) -> bool:
    """ "2 des" is a date, "2 dokter cuti" two days and a reason."""
    return len(words) > 1 and words[1].casefold().rstrip(".,:") in MONTHS
