"""Hospitals and other houses of a list: found by name, made or changed; what a list leaves blank stays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.calendars import zone_of
from liaison.domain.identifiers import phone_digits
from liaison.domain.listing import SheetProblem, StagedHospital
from liaison.domain.names import fold
from liaison.domain.network import GroupMembershipDraft, OrganizationDraft, check_organization
from liaison.domain.regions import country_of
from liaison.i18n import N_
from liaison.services.changes import NOTHING, Changes, draft_of, today
from liaison.services.claim_lists import Difference
from liaison.services.list_houses import Houses
from liaison.services.network import add_organization, edit_organization, join_group
from liaison.services.record_list_plan import (
    ALREADY_ABOVE,
    RecordFate,
    RecordsPlan,
    differences_of,
    note_with,
    noticed,
    refused,
)
from liaison.store.models import GroupMembershipRow, GroupRow, OrganizationRow

OTHER_GROUP = N_("On record it belongs to the group {group}. Enter the change by hand, with its day.")
GROUP = N_("Hospital group")

_TEXTS = ("city", "address", "phone", "night_phone", "email")


def plan_houses(session: Session, rows: Sequence[StagedHospital]) -> RecordsPlan:
    """The fate of every house of a list."""
    houses, groups = Houses(session), _groups(session)
    fates, problems, seen = [], [], dict[object, int]()
    for row in rows:
        country = country_code(row.country)
        known = houses.find(row.kind, row.name, country=country, city=row.city)
        key = (row.kind, fold(row.name), fold(row.city)) if known is None else known.key
        if key in seen:
            problems.append(noticed(row, "ALREADY_ABOVE", ALREADY_ABOVE, row=seen[key]))
            continue
        seen[key] = row.row
        before = None if known is None else draft_of(session.get_one(OrganizationRow, known.key), OrganizationDraft)
        values = _values(row, country, before)
        wrong = refused(row, check_organization(_draft(row, before, values), today=today(session)))
        if wrong is not None:
            problems.append(wrong)
            continue
        group = "" if known is None else groups.get(known.key, "")
        problems += _group_problems(row, group)
        fates.append(_fate(row, None if known is None else known.key, before, values, group, houses))
    return RecordsPlan(fates=tuple(fates), problems=tuple(problems))


def write_houses(session: Session, plan: RecordsPlan) -> Changes:
    """Put new houses on record and change known ones."""
    done = NOTHING
    for fate in plan.fates:
        if fate.is_unchanged or not isinstance(fate.record, StagedHospital):
            continue
        done |= _write(session, fate, fate.record)
    return done


def _write(session: Session, fate: RecordFate, row: StagedHospital) -> Changes:
    if fate.record_id is None:
        done = add_organization(session, _draft(row, None, fate.values))
        key = done.touched[0].id
    else:
        key = fate.record_id
        before = draft_of(session.get_one(OrganizationRow, key), OrganizationDraft)
        done = edit_organization(session, key, _draft(row, before, fate.values))
    if row.group and (fate.is_new or any(d.label == GROUP for d in fate.differences)):
        done |= join_group(session, GroupMembershipDraft(organization_id=key, group=row.group))
    return done


def country_code(text: str) -> str:
    """The two-letter code of a country; empty where it is not known."""
    stated = text.strip()
    return country_of(stated) or (stated.upper() if len(stated) == 2 and stated.isalpha() else "")


def _values(row: StagedHospital, country: str, before: OrganizationDraft | None) -> dict[str, Any]:
    """What the list states, by the names of the form's fields; what only looks different is left out."""
    values: dict[str, Any] = {name: getattr(row, name) for name in _TEXTS if getattr(row, name).strip()}
    if country:
        values["country"] = country
    fax = f"Fax {row.fax}" if row.fax.strip() else ""
    note = note_with("" if before is None else before.note, row.notes, fax, row.website, row.code)
    if note:
        values["note"] = note
    if before is None:
        if country or row.city:
            values["zone"] = zone_of(city=row.city, country=country)
        return values
    for name in ("phone", "night_phone"):
        if name in values and same_number(values[name], getattr(before, name), country or before.country):
            del values[name]
    for name in ("city", "address"):
        if name in values and fold(values[name]) == fold(getattr(before, name)):
            del values[name]
    return values


def same_number(one: str, other: str, country: str) -> bool:
    """Whether two telephone numbers are the same however they are written."""
    return phone_digits(one, country or "ID") == phone_digits(other, country or "ID")


def _draft(row: StagedHospital, before: OrganizationDraft | None, values: dict[str, Any] | Any) -> OrganizationDraft:
    return replace(before or OrganizationDraft(kind=row.kind, name=row.name.strip()), **values)


def _fate(
    row: StagedHospital, key: int | None, before: OrganizationDraft | None, values: dict[str, Any], group: str,
    houses: Houses,
) -> RecordFate:  # fmt: skip
    if key is None or before is None:
        return RecordFate(record=row, values=values, like=houses.like(row.kind, row.name))
    found = list(differences_of(OrganizationDraft, {n: getattr(before, n) for n in values}, values))
    if row.group and not group:
        found.append(Difference(label=GROUP, before="", after=row.group))
    return RecordFate(record=row, record_id=key, differences=tuple(found), values=values)


def _group_problems(row: StagedHospital, group: str) -> Iterator[SheetProblem]:
    """Ownership is dated, and a list has no date: another group is told, not written."""
    if row.group and group and fold(row.group) != fold(group):
        yield noticed(row, "OTHER_GROUP", OTHER_GROUP, group=group)


def _groups(session: Session) -> dict[int, str]:
    """The group that each house belongs to today."""
    day = today(session)
    now = (
        sa.select(GroupMembershipRow.organization_id, GroupRow.name)
        .join(GroupRow, GroupRow.id == GroupMembershipRow.group_id)
        .where(
            sa.or_(GroupMembershipRow.valid_from.is_(None), GroupMembershipRow.valid_from <= day),
            sa.or_(GroupMembershipRow.valid_to.is_(None), GroupMembershipRow.valid_to >= day),
        )
    )
    return {row.organization_id: row.name for row in session.execute(now)}
