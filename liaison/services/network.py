"""Hospitals, insurers, administrators: the houses, their dated groups, and the desks to call there."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.errors import refuse_if
from liaison.domain.identifiers import phone_digits
from liaison.domain.names import fold
from liaison.domain.network import ContactDraft, OrganizationDraft, check_contact, check_organization
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services.changes import Changes, actor, add, changes, draft_of, fill, get, get_for, need, today
from liaison.services.network_groups import groups as groups
from liaison.services.network_groups import join_group as join_group
from liaison.services.network_groups import leave_group as leave_group
from liaison.services.network_groups import link_administrator as link_administrator
from liaison.services.network_views import DECIDERS as DECIDERS
from liaison.services.network_views import ContactView as ContactView
from liaison.services.network_views import LinkView as LinkView
from liaison.services.network_views import MembershipView as MembershipView
from liaison.services.network_views import OrganizationSummary as OrganizationSummary
from liaison.services.network_views import OrganizationView as OrganizationView
from liaison.services.network_views import administrators as administrators
from liaison.services.network_views import contact_lines as contact_lines
from liaison.services.network_views import contacts_of as contacts_of
from liaison.services.network_views import hospitals as hospitals
from liaison.services.network_views import insurers as insurers
from liaison.services.network_views import organization as organization
from liaison.services.network_views import organizations as organizations
from liaison.store.models import ContactRow, OrganizationRow

KNOWN_HOUSE = N_("{name} in {city} is already in the network. Open it instead of adding it again.")


# houses


def add_organization(session: Session, draft: OrganizationDraft) -> Changes:
    """Put a hospital, insurer or other house on record; the same name in the same city is refused."""
    refuse_if([*check_organization(draft, today=today(session)), *_known(session, draft)])
    row = add(session, _keyed(fill(OrganizationRow(), draft)))
    return changes(("organization", row.id), made=row.id)


def edit_organization(session: Session, key: int, draft: OrganizationDraft, *, version: int | None = None) -> Changes:
    """Change what is known of a house."""
    row = get_for(session, OrganizationRow, key, draft, version=version)
    refuse_if([*check_organization(draft, today=today(session)), *_known(session, draft, but=key)])
    _keyed(fill(row, draft))
    session.flush()
    return changes(("organization", key))


def organization_draft(session: Session, key: int) -> OrganizationDraft:
    """What the form of a house opens with."""
    return draft_of(get(session, OrganizationRow, key), OrganizationDraft)


def close_organization(session: Session, key: int, *, on: dt.date | None = None) -> Changes:
    """Take a house out of the choosers from a day on; its cases stay."""
    get(session, OrganizationRow, key).closed_on = on or today(session)
    session.flush()
    return changes(("organization", key))


def remember_spelling(session: Session, key: int, spelling: str) -> Changes:
    """Keep another spelling of a house, so that the next list finds it by itself."""
    row = get(session, OrganizationRow, key)
    folded = fold(spelling)
    if folded != row.name_key and folded not in row.also_known_as:
        row.also_known_as = sorted([*row.also_known_as, folded])
        session.flush()
    return changes(("organization", key))


def keep_keys(row: OrganizationRow) -> None:
    """Keep the columns by which a house is sorted and found in step with what was typed."""
    row.name_key = fold(row.name)
    row.phone_digits = phone_digits(row.phone or "", row.country or "ID")


def _keyed(row: OrganizationRow) -> OrganizationRow:
    keep_keys(row)
    row.also_known_as = sorted({fold(s) for s in row.also_known_as or ()} - {row.name_key, ""})
    return row


def _known(session: Session, draft: OrganizationDraft, *, but: int | None = None) -> list[Problem]:
    same = session.scalars(
        sa.select(OrganizationRow).where(
            OrganizationRow.kind == draft.kind,
            OrganizationRow.name_key == fold(draft.name),
            OrganizationRow.merged_into_id.is_(None),
        )
    )
    city = fold(draft.city)
    if any(r.id != but and fold(r.city) == city for r in same):
        values = {"name": draft.name, "city": draft.city}
        return [Problem(code="KNOWN_HOUSE", message=KNOWN_HOUSE, field="name", values=values)]
    return []


# desks


def add_contact(session: Session, draft: ContactDraft) -> Changes:
    """Put a desk or person of a house on record."""
    refuse_if(_contact_problems(session, draft))
    row = fill(ContactRow(), draft)
    keep_contact_keys(session, row)
    _prefer(session, add(session, row))
    return changes(("contact", row.id), ("organization", row.organization_id), made=row.id)


def edit_contact(session: Session, key: int, draft: ContactDraft, *, version: int | None = None) -> Changes:
    """Change a desk's numbers or hours."""
    row = get_for(session, ContactRow, key, draft, version=version)
    refuse_if(_contact_problems(session, draft))
    fill(row, draft)
    keep_contact_keys(session, row)
    _prefer(session, row)
    session.flush()
    return changes(("contact", key), ("organization", row.organization_id))


def contact_draft(session: Session, key: int) -> ContactDraft:
    """What the form of a desk opens with."""
    return draft_of(get(session, ContactRow, key), ContactDraft)


def verify_contact(session: Session, key: int, *, on: dt.date | None = None) -> Changes:
    """Say that somebody called this desk and its details are right; the house counts as verified too."""
    row = get(session, ContactRow, key)
    row.last_verified_on = on or today(session)
    row.verified_by = actor(session)
    house = get(session, OrganizationRow, row.organization_id)
    if house.last_verified_on is None or house.last_verified_on < row.last_verified_on:
        house.last_verified_on = row.last_verified_on
    session.flush()
    return changes(("contact", key), ("organization", house.id))


def verify_organization(session: Session, key: int, *, on: dt.date | None = None) -> Changes:
    """Say that a house's own details are right."""
    get(session, OrganizationRow, key).last_verified_on = on or today(session)
    session.flush()
    return changes(("organization", key))


def remove_contact(session: Session, key: int) -> Changes:
    """Take a desk off a house's card; the journal keeps what it was, and one undo brings it back."""
    row = get(session, ContactRow, key)
    session.delete(row)
    session.flush()
    return changes(("contact", key), ("organization", row.organization_id))


def keep_contact_keys(session: Session, row: ContactRow) -> None:
    """Keep the digits by which a desk is found in step with its numbers."""
    country = _country(session, row.organization_id)
    row.phone_digits = phone_digits(row.phone or "", country)
    row.night_digits = phone_digits(row.night_phone or "", country)


def _contact_problems(session: Session, draft: ContactDraft) -> list[Problem]:
    country = _country(session, draft.organization_id)
    return [
        *check_contact(draft, country=country, today=today(session)),
        *need(session, OrganizationRow, draft.organization_id, field="organization_id"),
    ]


def _country(session: Session, organization_id: int) -> str:
    house = session.get(OrganizationRow, organization_id)
    return (house.country if house else "") or "ID"


def _prefer(session: Session, row: ContactRow) -> None:
    """One preferred contact per desk and house."""
    if row.is_preferred:
        session.flush()
        same = sa.select(ContactRow).where(
            ContactRow.organization_id == row.organization_id, ContactRow.desk == row.desk, ContactRow.id != row.id
        )
        for other in session.scalars(same.where(ContactRow.is_preferred)):
            other.is_preferred = False
        session.flush()
