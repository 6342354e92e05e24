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
    """A day that is not worked besides public holidays: by this office, or in a country whose houses we wait for."""

    on: dt.date
    name: str
    country: str = ""
    """Whose calendar it holds for: two letters; empty for this office itself."""


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
        days_off=tuple(_day_off(*kept_day) for kept_day in kept.get("off", ())),
    )


def keep_work_hours(session: Session, hours: WorkHours) -> Changes:
    """Say how the office works; due times given from now on follow."""
    if hours.opens >= hours.closes:
        raise Refused([problem("CLOSES_FIRST", CLOSES_FIRST, "closes")])
    value = {
        "opens": hours.opens.isoformat("minutes"), "closes": hours.closes.isoformat("minutes"),
        "saturday": hours.works_saturday, "holidays": hours.with_holidays,
        "off": [[day.on.isoformat(), day.name, day.country] for day in sorted(hours.days_off, key=_order)],
    }  # fmt: skip
    return set_setting(session, WORK, value)


def add_day_off(session: Session, day: DayOff) -> Changes:
    """Put a day of the office's own on the list."""
    hours = work_hours(session)
    found = []
    if any(_order(d) == _order(day) for d in hours.days_off):
        found.append(problem("KNOWN_DAY", KNOWN_DAY, "on"))
    if not day.name.strip():
        found.append(problem("MISSING", UNNAMED_DAY, "name"))
    if found:
        raise Refused(found)
    return keep_work_hours(session, replace(hours, days_off=(*hours.days_off, replace(day, name=day.name.strip()))))


def remove_day_off(session: Session, on: dt.date, country: str = "") -> Changes:
    """Take a day off one calendar's list again."""
    hours = work_hours(session)
    left = tuple(d for d in hours.days_off if _order(d) != (on, country))
    return keep_work_hours(session, replace(hours, days_off=left))


def days_off_in(session: Session, country: str) -> frozenset[dt.date]:
    """Days that the office wrote down for another country's houses."""
    return frozenset(d.on for d in work_hours(session).days_off if d.country == country)


def office_calendar(session: Session) -> Calendar:
    """The office's working days, by which due times are counted."""
    hours = work_hours(session)
    return Calendar(
        zone=zone(session), opens=hours.opens, closes=hours.closes, works_saturday=hours.works_saturday,
        own_days=frozenset(d.on for d in hours.days_off if not d.country), with_holidays=hours.with_holidays,
    )  # fmt: skip


def _order(day: DayOff) -> tuple[dt.date, str]:
    return day.on, day.country


def _day_off(day: str, name: str, country: str = "") -> DayOff:
    return DayOff(on=dt.date.fromisoformat(day), name=name, country=country)


def _time(text: object, usual: dt.time) -> dt.time:
    return dt.time.fromisoformat(text) if isinstance(text, str) else usual
