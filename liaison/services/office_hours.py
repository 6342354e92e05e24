"""When the office works: its hours, its Saturdays, and the days off that due times skip."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from liaison.domain.calendars import Calendar
from liaison.domain.errors import Refused
from liaison.domain.fields import problem
from liaison.i18n import N_
from liaison.services.changes import Changes, zone
from liaison.services.office import set_setting, setting

WORK = "work"
"""Name of the setting that holds all of it."""

CLOSES_FIRST = N_("The office must open before it closes.")
KNOWN_DAY = N_("This day is on the list already.")
UNNAMED_DAY = N_("Write down what the day is, for instance the company's anniversary.")


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOff:
    """A day on which the office does not work, besides public holidays."""

    on: dt.date
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkHours:
    """How the office works. The defaults hold until somebody says otherwise."""

    opens: dt.time = dt.time(8)
    closes: dt.time = dt.time(17)
    works_saturday: bool = False
    with_holidays: bool = False
    """Whether Indonesia's public holidays are days off."""
    days_off: tuple[DayOff, ...] = ()


def work_hours(session: Session) -> WorkHours:
    """How the office works."""
    kept = setting(session, WORK, {})
    usual = WorkHours()
    if not isinstance(kept, dict):
        return usual
    return WorkHours(
        opens=_time(kept.get("opens"), usual.opens),
        closes=_time(kept.get("closes"), usual.closes),
        works_saturday=bool(kept.get("saturday", usual.works_saturday)),
        with_holidays=bool(kept.get("holidays", usual.with_holidays)),
        days_off=tuple(DayOff(on=dt.date.fromisoformat(day), name=name) for day, name in kept.get("off", ())),
    )


def keep_work_hours(session: Session, hours: WorkHours) -> Changes:
    """Say how the office works; due times given from now on follow."""
    if hours.opens >= hours.closes:
        raise Refused([problem("CLOSES_FIRST", CLOSES_FIRST, "closes")])
    value = {
        "opens": hours.opens.isoformat("minutes"), "closes": hours.closes.isoformat("minutes"),
        "saturday": hours.works_saturday, "holidays": hours.with_holidays,
        "off": [[day.on.isoformat(), day.name] for day in sorted(hours.days_off, key=lambda d: d.on)],
    }  # fmt: skip
    return set_setting(session, WORK, value)


def add_day_off(session: Session, day: DayOff) -> Changes:
    """Put a day of the office's own on the list."""
    hours = work_hours(session)
    found = []
    if any(d.on == day.on for d in hours.days_off):
        found.append(problem("KNOWN_DAY", KNOWN_DAY, "on"))
    if not day.name.strip():
        found.append(problem("MISSING", UNNAMED_DAY, "name"))
    if found:
        raise Refused(found)
    return keep_work_hours(session, replace(hours, days_off=(*hours.days_off, replace(day, name=day.name.strip()))))


def remove_day_off(session: Session, on: dt.date) -> Changes:
    """Take a day off the list again."""
    hours = work_hours(session)
    return keep_work_hours(session, replace(hours, days_off=tuple(d for d in hours.days_off if d.on != on)))


def office_calendar(session: Session) -> Calendar:
    """The office's working days, by which due times are counted."""
    hours = work_hours(session)
    return Calendar(
        zone=zone(session), opens=hours.opens, closes=hours.closes, works_saturday=hours.works_saturday,
        own_days=frozenset(d.on for d in hours.days_off), with_holidays=hours.with_holidays,
    )  # fmt: skip


def _time(text: object, usual: dt.time) -> dt.time:
    return dt.time.fromisoformat(text) if isinstance(text, str) else usual
