"""Until when a desk takes papers for the same day, and whether a request still makes it.

A cut-off is one time of the day on the desk's own clock. What comes later counts for the next day on which the desk
works, by its hours, its weekend and the public holidays there.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from liaison.domain.calendars import Calendar
from liaison.domain.desk_hours import read_hours

_TIME = re.compile(r"(\d{1,2})(?:[.:h](\d{2}))?\s*(am|pm)?(?:\s*(?:wib|wita|wit|myt|sgt|cst|ict))?")
_BEFORE = re.compile(r"^(?:pukul|jam|sebelum|sampai|hingga|until|before|by|s/d|pkl)\.?\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterHour:
    """How a request stands to a desk's cut-off at a moment. Both moments are in the desk's zone."""

    by: dt.datetime
    """Until when papers have to be there, to be looked at on that same day."""
    passed: dt.datetime | None
    """Today's cut-off where it has passed; none where today's still holds or the desk does not work today."""


def read_cut_off(text: str) -> dt.time | None:
    """The time that was written, as ``15:00``, ``15.00``, ``3 pm`` or ``pukul 15``; ``None`` where it is none."""
    found = _TIME.fullmatch(_BEFORE.sub("", " ".join(text.casefold().split())))
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half is not None:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59:
        return None
    return dt.time(hour, minute)


def letter_hour(cut_off: str, *, hours: str, country: str, zone: str, moment: dt.datetime) -> LetterHour | None:
    """How a request at a moment stands to a cut-off; ``None`` where no cut-off is known."""
    time = read_cut_off(cut_off)
    if time is None:
        return None
    works = Calendar(country=country, zone=zone, desk=read_hours(hours), with_holidays=True)
    now = moment.astimezone(ZoneInfo(zone))
    today = dt.datetime.combine(now.date(), time, tzinfo=now.tzinfo)
    if works.is_working(now.date()) and now <= today:
        return LetterHour(by=today, passed=None)
    day = works.next_working(now.date() + dt.timedelta(days=1))
    missed = today if works.is_working(now.date()) else None
    return LetterHour(by=dt.datetime.combine(day, time, tzinfo=now.tzinfo), passed=missed)
