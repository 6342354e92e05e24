"""The hospitals of one city with their desks, as a sheet that stands alone."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.errors import Refused
from liaison.domain.network import Desk, OrganizationKind, RequestChannel
from liaison.domain.problems import Problem
from liaison.domain.regions import City, city_of
from liaison.i18n import N_
from liaison.reports.case_view import Office
from liaison.reports.gathering import office_of
from liaison.reports.wording import local
from liaison.services.changes import clock
from liaison.store.models import ContactRow, GroupMembershipRow, GroupRow, OrganizationRow

UNKNOWN_CITY = N_("No hospital of this city is on record. Cities with hospitals: {cities}.")

EMERGENCY = {"MY": "999", "SG": "995", "ID": "112", "CN": "120", "KH": "119", "TH": "1669"}
"""The public ambulance number of a country."""

_DAY_DESKS = (Desk.INDONESIA_DESK, Desk.IPC, Desk.GL_DESK, Desk.CASE_MANAGER, Desk.BILLING, Desk.OTHER)
_LETTER_DESKS = (Desk.GL_DESK, Desk.INDONESIA_DESK, Desk.IPC)


@dataclass(frozen=True, slots=True, kw_only=True)
class HospitalLine:
    """One hospital on the sheet."""

    name: str
    group: str
    place: str
    specialties: tuple[str, ...]
    desk: Desk | None
    phone: str
    hours: str
    night_phone: str
    night_desk: Desk | None
    cut_off: str
    channel: RequestChannel | None
    deposit: str
    languages: tuple[str, ...]
    verified_on: dt.date | None
    key: int = 0
    """The hospital's own key in the store, for what else a paper reads of it."""
    whatsapp: str = ""
    mail: str = ""
    """Where guarantee letters are sent."""
    accreditation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryView:
    """The hospitals of a city, by name."""

    as_of: dt.datetime
    office: Office
    city: City
    zone: str
    hospitals: tuple[HospitalLine, ...]


def gather(session: Session, city: str) -> DirectoryView:
    """Read the hospitals of a city. An unknown city is refused with the list of known ones."""
    houses = session.scalars(
        sa.select(OrganizationRow)
        .where(
            OrganizationRow.kind == OrganizationKind.HOSPITAL.value,
            OrganizationRow.merged_into_id.is_(None),
            OrganizationRow.closed_on.is_(None),
        )
        .order_by(OrganizationRow.name_key, OrganizationRow.id)
    ).all()
    wanted = city_of(city)
    here = [house for house in houses if wanted is not None and _is_in(house, wanted)]
    if wanted is None or not here:
        raise Refused([_unknown_city(houses)])
    keys = [house.id for house in here]
    contacts = _contacts(session, keys)
    office = office_of(session)
    groups = _groups(session, keys, local(clock(session), office.zone).date())
    return DirectoryView(
        as_of=clock(session),
        office=office,
        city=wanted,
        zone=wanted.zone,
        hospitals=tuple(_line(house, contacts.get(house.id, []), groups.get(house.id, "")) for house in here),
    )


def cities_with_hospitals(session: Session) -> tuple[str, ...]:
    """The names of all cities that have a hospital on record."""
    rows = session.scalars(
        sa.select(OrganizationRow.city)
        .where(OrganizationRow.kind == OrganizationKind.HOSPITAL.value, OrganizationRow.city != "")
        .distinct()
    )
    known = (city_of(name) for name in rows)
    return tuple(sorted({city.name for city in known if city}))


def _unknown_city(houses: Sequence[OrganizationRow]) -> Problem:
    known = (city_of(house.city) for house in houses if house.city)
    names = sorted({city.name for city in known if city})
    return Problem(code="UNKNOWN_CITY", field="city", message=UNKNOWN_CITY, values={"cities": ", ".join(names) or "–"})


def _is_in(house: OrganizationRow, city: City) -> bool:
    known = city_of(house.city) if house.city else None
    return known is not None and known.code == city.code


def _contacts(session: Session, keys: Sequence[int]) -> dict[int, list[ContactRow]]:
    result: dict[int, list[ContactRow]] = {}
    for row in session.scalars(
        sa.select(ContactRow)
        .where(ContactRow.organization_id.in_(keys))
        .order_by(ContactRow.is_preferred.desc(), ContactRow.id)
    ):
        result.setdefault(row.organization_id, []).append(row)
    return result


def _groups(session: Session, keys: Sequence[int], today: dt.date) -> dict[int, str]:
    """The group each hospital belongs to today; ownership is dated."""
    rows = session.execute(
        sa.select(GroupMembershipRow.organization_id, GroupRow.name)
        .join(GroupRow, GroupRow.id == GroupMembershipRow.group_id)
        .where(
            GroupMembershipRow.organization_id.in_(keys),
            sa.or_(GroupMembershipRow.valid_from.is_(None), GroupMembershipRow.valid_from <= today),
            sa.or_(GroupMembershipRow.valid_to.is_(None), GroupMembershipRow.valid_to >= today),
        )
        .order_by(GroupMembershipRow.id)
    ).all()
    return {row[0]: row[1] for row in rows}


def _line(house: OrganizationRow, contacts: Sequence[ContactRow], group: str) -> HospitalLine:
    day = _first(contacts, _DAY_DESKS)
    letters = _first([c for c in contacts if c.cut_off], _LETTER_DESKS)
    asked = letters or _first([c for c in contacts if c.channel is not None], _LETTER_DESKS)
    night, night_desk = _night(house, contacts, day)
    checks = [c.last_verified_on for c in contacts if c.last_verified_on] or [
        d for d in (house.last_verified_on,) if d is not None
    ]
    return HospitalLine(
        name=house.name,
        group=group,
        place=_place(house),
        specialties=tuple(house.specialties or ()),
        desk=day.desk if day else None,
        phone=day.phone if day else house.phone,
        hours=day.hours if day else "",
        night_phone=night,
        night_desk=night_desk,
        cut_off=letters.cut_off if letters else "",
        channel=asked.channel if asked else None,
        deposit=(asked.deposit_rule if asked else "") or house.takes_deposit_note,
        languages=tuple(day.languages or ()) if day else (),
        verified_on=min(checks, default=None),
        key=house.id,
        whatsapp=day.whatsapp if day else "",
        mail=_mail(house, contacts),
        accreditation=house.accreditation,
    )


def _mail(house: OrganizationRow, contacts: Sequence[ContactRow]) -> str:
    """The address of the desk that takes letters, else the house's own; a named person's address is nobody's desk."""
    rank = {desk: number for number, desk in enumerate(_LETTER_DESKS)}
    found = [c for c in contacts if c.desk in rank and c.email and not c.name]
    best = min(found, key=lambda c: (rank[c.desk], not c.is_preferred, c.id), default=None)
    return best.email if best is not None else house.email


def _first(contacts: Sequence[ContactRow], wanted: Sequence[Desk]) -> ContactRow | None:
    rank = {desk: number for number, desk in enumerate(wanted)}
    able = [c for c in contacts if c.desk in rank and (c.phone or c.whatsapp)]
    return min(able, key=lambda c: (rank[c.desk], not c.is_preferred, c.id), default=None)


def _night(house: OrganizationRow, contacts: Sequence[ContactRow], day: ContactRow | None) -> tuple[str, Desk | None]:
    """The number that answers at night, and whose it is: the day desk's own, the emergency desk's, the house's."""
    if day and day.night_phone:
        return day.night_phone, day.desk
    if day and re.search(r"24\s*(?:h|jam|hours)", day.hours, re.IGNORECASE):
        return day.phone, day.desk
    for contact in contacts:
        if contact.night_phone or contact.desk is Desk.EMERGENCY:
            return contact.night_phone or contact.phone, contact.desk
    return house.night_phone, None


def _place(house: OrganizationRow) -> str:
    """The part of town: the last words of the address before the city."""
    parts = [part.strip() for part in house.address.split(",") if part.strip()]
    words = [part for part in parts if not re.search(r"\d", part) and not city_of(part)]
    return words[-1] if words else ""
