"""Desks and people of a list: the house found or made, the desk found by person, number or desk, or made."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.calendars import zone_of
from liaison.domain.house_kinds import kind_of_house
from liaison.domain.identifiers import phone_digits
from liaison.domain.listing import StagedContact
from liaison.domain.names import fold
from liaison.domain.network import ContactDraft, Desk, OrganizationDraft, OrganizationKind, check_contact
from liaison.services.changes import NOTHING, Changes, draft_of, today
from liaison.services.list_houses import House, Houses
from liaison.services.network import add_contact, add_organization, edit_contact
from liaison.services.record_list_houses import country_code, same_number
from liaison.services.record_list_plan import (
    ALREADY_ABOVE,
    RecordFate,
    RecordsPlan,
    differences_of,
    note_with,
    noticed,
    refused,
)
from liaison.store.models import ContactRow

_NUMBERS = ("phone", "whatsapp", "night_phone")
_TEXTS = (*_NUMBERS, "name", "email", "hours")

_LANGUAGES = {
    "id": "indonesia indonesian bahasa", "en": "english inggris", "zh": "mandarin chinese tionghoa cina",
    "ms": "malay melayu malaysia", "km": "khmer kamboja", "nan": "hokkien", "yue": "cantonese kanton", "ta": "tamil",
    "th": "thai", "vi": "vietnam vietnamese", "ja": "japanese jepang", "ko": "korean korea", "ar": "arabic arab",
}  # fmt: skip
_LANGUAGE = {word: code for code, words in _LANGUAGES.items() for word in (code, *words.split())}

_ADMINISTERS = re.compile(r"\b(?:tpa|administrator|administrators|admin|assistance|assist)\b")
_ORDER = tuple(OrganizationKind)


@dataclass(slots=True)
class _Desks:
    """The desks of every house on record."""

    by_house: dict[int, list[ContactRow]]

    def same(self, house: House, row: StagedContact) -> ContactRow | None:
        """The desk a row means: the person, else the number or address, else the only nameless one of that desk."""
        desks = self.by_house.get(house.key, [])
        named = [d for d in desks if row.name and fold(d.name) == fold(row.name)]
        if named:
            return next((d for d in named if d.desk is row.desk), named[0])
        open_ = [d for d in desks if not (row.name and d.name)]
        reached = [d for d in open_ if _reaches(d, row, house.country)]
        if reached:
            return next((d for d in reached if d.desk is row.desk), reached[0])
        alone = [d for d in open_ if row.desk is not Desk.OTHER and d.desk is row.desk]
        return alone[0] if len(alone) == 1 and not row.name else None


def _reaches(desk: ContactRow, row: StagedContact, country: str) -> bool:
    numbers = {phone_digits(getattr(row, n), country or "ID") for n in _NUMBERS} - {""}
    own = {phone_digits(getattr(desk, n), country or "ID") for n in _NUMBERS} - {""}
    return bool(numbers & own) or bool(row.email and fold(row.email) == fold(desk.email))


def plan_contacts(session: Session, rows: Sequence[StagedContact]) -> RecordsPlan:
    """The fate of every desk of a list."""
    houses, desks = Houses(session), _desks(session)
    fates, problems, made, seen = [], [], dict[str, str](), dict[object, int]()
    for row in rows:
        house = _house(houses, row)
        known = None if house is None else desks.same(house, row)
        key = _identity(row, house) if known is None else known.id
        if key in seen:
            problems.append(noticed(row, "ALREADY_ABOVE", ALREADY_ABOVE, row=seen[key]))
            continue
        before = None if known is None else draft_of(known, ContactDraft)
        country = country_code(row.country) or ("" if house is None else house.country)
        values = _values(row, before, country)
        draft = replace(before or ContactDraft(organization_id=0, desk=row.desk), **values)
        wrong = refused(row, (p for p in check_contact(draft, country=country or "ID", today=today(session))
                              if p.field != "organization_id"))  # fmt: skip
        if wrong is not None:
            problems.append(wrong)
            continue
        seen[key] = row.row
        if house is None:
            made.setdefault(fold(row.organization), row.organization)
        like = houses.like(kind_of(row.organization), row.organization) if house is None else ()
        found = () if before is None else differences_of(ContactDraft, {n: getattr(before, n) for n in values}, values)
        fates.append(
            RecordFate(
                record=row, record_id=None if known is None else known.id, differences=tuple(found), values=values,
                like=like,
            )
        )  # fmt: skip
    return RecordsPlan(fates=tuple(fates), problems=tuple(problems), makes=tuple(made.values()))


def write_contacts(session: Session, plan: RecordsPlan) -> Changes:
    """Put new desks on record, with their houses where those are new, and change known ones."""
    houses, made = Houses(session), dict[str, int]()
    done = NOTHING
    for fate in plan.fates:
        row = fate.record
        if fate.is_unchanged or not isinstance(row, StagedContact):
            continue
        if fate.record_id is not None:
            before = draft_of(session.get_one(ContactRow, fate.record_id), ContactDraft)
            done |= edit_contact(session, fate.record_id, replace(before, **fate.values))
            continue
        house = _house(houses, row)
        key = made.get(fold(row.organization)) if house is None else house.key
        if key is None:
            added = add_organization(session, _new_house(row))
            key = made[fold(row.organization)] = added.touched[0].id
            done |= added
        done |= add_contact(session, replace(ContactDraft(organization_id=key, desk=row.desk), **fate.values))
    return done


def kind_of(name: str) -> OrganizationKind:
    """What a new house of a list of contacts is, by its name; a hospital unless it says otherwise."""
    if _ADMINISTERS.search(fold(name)):
        return OrganizationKind.ADMINISTRATOR
    return kind_of_house(name) or OrganizationKind.HOSPITAL


def languages_of(text: str) -> tuple[str, ...]:
    """The codes of the languages a text names, in its order; words nobody knows are left out."""
    return tuple(dict.fromkeys(_LANGUAGE[word] for word in fold(text).split() if word in _LANGUAGE))


def _new_house(row: StagedContact) -> OrganizationDraft:
    country = country_code(row.country)
    zone = zone_of(city=row.city, country=country) if country or row.city else ""
    return OrganizationDraft(
        kind=kind_of(row.organization), name=row.organization.strip(), country=country, city=row.city, zone=zone
    )


def _house(houses: Houses, row: StagedContact) -> House | None:
    """The house of a desk, whatever kind of house it is."""
    country = country_code(row.country)
    found = (houses.find(kind, row.organization, country=country, city=row.city) for kind in _ORDER)
    return next((h for h in found if h is not None), None)


def _identity(row: StagedContact, house: House | None) -> tuple[object, ...]:
    """What makes two rows of one list the same desk."""
    whose = fold(row.organization) if house is None else house.key
    return (whose, row.desk, fold(row.name), *(phone_digits(getattr(row, n)) for n in _NUMBERS), fold(row.email))


def _values(row: StagedContact, before: ContactDraft | None, country: str) -> dict[str, Any]:
    """What the list states, by the names of the form's fields."""
    values: dict[str, Any] = {name: getattr(row, name).strip() for name in _TEXTS if getattr(row, name).strip()}
    if row.desk is not Desk.OTHER:
        values["desk"] = row.desk
    if languages_of(row.languages):
        values["languages"] = languages_of(row.languages)
    said = "" if row.desk is not Desk.OTHER else row.raw_desk
    fax = f"Fax {row.fax}" if row.fax.strip() else ""
    note = note_with("" if before is None else before.note, said, row.notes, fax)
    if note:
        values["note"] = note
    verified, known = row.verified_on, None if before is None else before.last_verified_on
    if verified is not None and (known is None or verified > known):
        values["last_verified_on"] = verified
    if before is not None:
        for name in _NUMBERS:
            if name in values and same_number(values[name], getattr(before, name), country):
                del values[name]
    return values


def _desks(session: Session) -> _Desks:
    found: dict[int, list[ContactRow]] = defaultdict(list)
    for row in session.scalars(sa.select(ContactRow).order_by(ContactRow.id)):
        found[row.organization_id].append(row)
    return _Desks(by_house=found)
