"""Whom to call now: the desk that answers at this moment, else the night number, else when somebody answers again."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from liaison.domain.calendars import is_holiday, zone_of
from liaison.domain.desk_hours import Standing, read_hours
from liaison.domain.letter_hour import LetterHour, letter_hour
from liaison.domain.network import Desk
from liaison.domain.vcard import Card
from liaison.services.network_views import ContactView, OrganizationView

_FIRST = (Desk.INDONESIA_DESK, Desk.IPC, Desk.GL_DESK, Desk.CASE_MANAGER, Desk.CLAIMS)
"""Who is called first where none is preferred; every other desk comes after."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallNow:
    """The number to dial at one moment."""

    number: str
    whatsapp: str
    contact: ContactView | None
    """The desk; none where only the house's own number is known."""
    is_night: bool
    """Whether it is a night number, since no desk answers now."""
    standing: Standing | None
    """How the desk stands; none where its hours are not known."""
    is_holiday: bool
    """Whether it is a public holiday there."""


def zone_of_house(house: OrganizationView) -> str:
    """The zone of a house: as recorded, else that of its city or country."""
    return house.zone or zone_of(city=house.city, country=house.country)


def standing_of(hours: str, zone: str, moment: dt.datetime) -> Standing | None:
    """How a desk with these hours stands at a moment; none where the hours cannot be read."""
    read = read_hours(hours)
    return read.at(moment.astimezone(ZoneInfo(zone))) if read is not None else None


def call_now(house: OrganizationView, moment: dt.datetime) -> CallNow | None:
    """Whom to call at a house at a moment; none where no number is known at all.

    First a desk that is open, the preferred before the Indonesia desk before others; where no desk is on record, the
    house's own number in office hours; else a night number; else the
    first desk whatever its hours, with when it opens.
    """
    zone = zone_of_house(house)
    holiday = is_holiday(house.country, moment.astimezone(ZoneInfo(zone)).date())
    desks = sorted((c for c in house.contacts if c.phone or c.whatsapp), key=_order)
    standings = {c.id: standing_of(c.hours, zone, moment) for c in desks}
    open_now = [c for c in desks if (s := standings[c.id]) is not None and s.is_open]
    if open_now:
        return _desk(open_now[0], standings[open_now[0].id], holiday=holiday)
    if not desks and house.phone and _is_office_time(moment.astimezone(ZoneInfo(zone)), holiday=holiday):
        return _switchboard(house.phone, holiday=holiday)
    unknown = [c for c in desks if standings[c.id] is None]
    night = next((c for c in sorted(house.contacts, key=_order) if c.night_phone), None)
    if night is not None and not (unknown and unknown[0] is desks[0]):
        standing = standing_of(night.hours, zone, moment)
        return _night(night.night_phone, night, standing, holiday=holiday)
    if house.night_phone and not (unknown and unknown[0] is desks[0]):
        return _night(house.night_phone, None, standings[desks[0].id] if desks else None, holiday=holiday)
    if desks:
        return _desk(desks[0], standings[desks[0].id], holiday=holiday)
    return _switchboard(house.phone, holiday=holiday) if house.phone else None


OFFICE_TIME = (dt.time(8), dt.time(17))
"""When a house whose desks and hours nobody wrote down is called on its day number, Monday to Friday."""


def _is_office_time(there: dt.datetime, *, holiday: bool) -> bool:
    first, last = OFFICE_TIME
    return there.weekday() < 5 and not holiday and first <= there.time() < last


def _switchboard(number: str, *, holiday: bool) -> CallNow:
    return CallNow(number=number, whatsapp="", contact=None, is_night=False, standing=None, is_holiday=holiday)


_LETTERS = (Desk.GL_DESK, Desk.INDONESIA_DESK, Desk.IPC, Desk.CASE_MANAGER, Desk.CLAIMS)
"""Which desk takes papers for letters, the first that says something about it."""


def letter_desk(house: OrganizationView) -> ContactView | None:
    """The desk that papers for a letter go to: the first that says until when or by which way it takes them."""
    able = [c for c in house.contacts if c.desk in _LETTERS and (c.cut_off or c.channel is not None)]
    return min(able, key=lambda c: (_LETTERS.index(c.desk), not c.is_preferred, c.id), default=None)


def letter_hour_of(house: OrganizationView, contact: ContactView, moment: dt.datetime) -> LetterHour | None:
    """How a request at a moment stands to a desk's cut-off; none where it has none."""
    return letter_hour(
        contact.cut_off, hours=contact.hours, country=house.country or "ID", zone=zone_of_house(house), moment=moment
    )


def _desk(contact: ContactView, standing: Standing | None, *, holiday: bool) -> CallNow:
    return CallNow(
        number=contact.phone or contact.whatsapp, whatsapp=contact.whatsapp or contact.phone, contact=contact,
        is_night=False, standing=standing, is_holiday=holiday,
    )  # fmt: skip


def _night(number: str, contact: ContactView | None, standing: Standing | None, *, holiday: bool) -> CallNow:
    whatsapp = contact.whatsapp if contact is not None else ""
    return CallNow(
        number=number, whatsapp=whatsapp, contact=contact, is_night=True, standing=standing, is_holiday=holiday
    )


def _order(contact: ContactView) -> tuple[bool, int, int]:
    rank = _FIRST.index(contact.desk) if contact.desk in _FIRST else len(_FIRST)
    return (not contact.is_preferred, rank, contact.id)


def card_of(house: OrganizationView, contact: ContactView | None, *, desk: str, night: str) -> Card:
    """A desk for a telephone's address book; ``desk`` is its name in words, ``night`` the word for its night number."""
    if contact is None:
        phones = (("WORK", house.phone), ("WORK", house.night_phone))
        note = f"{night}: {house.night_phone}" if house.night_phone else ""
        return Card(name=house.name, house=house.name, phones=phones, email=house.email, note=note)
    who = f"{contact.name}, {desk}" if contact.name else desk
    notes = [contact.hours, f"{night}: {contact.night_phone}" if contact.night_phone else ""]
    return Card(
        name=f"{who}, {house.short_name or house.name}", house=house.name,
        phones=(("WORK", contact.phone), ("CELL", contact.whatsapp), ("WORK", contact.night_phone)),
        email=contact.email, note=" · ".join(n for n in notes if n),
    )  # fmt: skip
