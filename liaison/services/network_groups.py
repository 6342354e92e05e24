"""Hospital groups over time, and which administrator decides for which insurer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.errors import Refused, refuse_if
from liaison.domain.names import fold
from liaison.domain.network import AdministratorLinkDraft, GroupMembershipDraft, OrganizationKind, check_membership
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services.changes import Changes, add, changes, draft_of, fill, get, need
from liaison.services.network_views import DECIDERS, overlap
from liaison.store.models import AdministratorLinkRow, GroupMembershipRow, GroupRow, OrganizationRow

GROUP_OVERLAPS = {
    (True, True): N_(
        "It already belongs to “{group}” from {first} to {last}. Choose other days, or correct that entry."
    ),
    (True, False): N_("It belongs to “{group}” since {first}. Say first until when."),
    (False, True): N_("It already belongs to “{group}” until {last}. Begin on the day after, or correct that entry."),
    (False, False): N_("It belongs to “{group}”, the days are not known. Say first until when, or since when."),
}
KNOWN_GROUP = N_("There is a group of this name already. Move the hospitals to it instead.")
NO_NAME = N_("Write down the group's name.")
NOT_AN_ADMINISTRATOR = N_("Only a third-party administrator or an assistance company can decide for an insurer.")
NOT_AN_INSURER = N_("Choose an insurer here.")
LINKED_ALREADY = N_("This administrator already decides for this insurer in these days.")
ENDS_BEFORE_START = N_("The last day lies before the first. Check both dates.")


def groups(session: Session) -> list[tuple[int, str]]:
    """Every group, by name."""
    return [(r.id, r.name) for r in session.scalars(sa.select(GroupRow).order_by(GroupRow.name_key))]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLine:
    """A group with how many houses belong to it on the day that was asked for."""

    id: int
    version: int
    name: str
    members: int
    ever: int
    """How many houses ever belonged to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberView:
    """A time in which a house belongs to a group."""

    id: int
    version: int
    organization_id: int
    name: str
    city: str
    country: str
    valid_from: dt.date | None
    valid_to: dt.date | None
    source: str
    is_member: bool
    """Whether it belongs to it on the day that was asked for."""


def groups_on(session: Session, day: dt.date) -> list[GroupLine]:
    """Every group by name, with its members on a day."""
    now: dict[int, set[int]] = {}
    ever: dict[int, set[int]] = {}
    for m in session.scalars(sa.select(GroupMembershipRow)):
        ever.setdefault(m.group_id, set()).add(m.organization_id)
        if overlap(m.valid_from, m.valid_to, day, day):
            now.setdefault(m.group_id, set()).add(m.organization_id)
    rows = session.scalars(sa.select(GroupRow).order_by(GroupRow.name_key))
    return [
        GroupLine(
            id=r.id, version=r.version, name=r.name, members=len(now.get(r.id, ())), ever=len(ever.get(r.id, ()))
        )
        for r in rows
    ]  # fmt: skip


def members_on(session: Session, group_id: int, day: dt.date) -> list[MemberView]:
    """Every house that ever belonged to a group: its members on a day first, then those before and after."""
    rows = session.execute(
        sa.select(GroupMembershipRow, OrganizationRow)
        .join(OrganizationRow, OrganizationRow.id == GroupMembershipRow.organization_id)
        .where(GroupMembershipRow.group_id == group_id)
        .order_by(OrganizationRow.name_key, GroupMembershipRow.id)
    )
    found = [
        MemberView(
            id=m.id, version=m.version, organization_id=house.id, name=house.name, city=house.city,
            country=house.country, valid_from=m.valid_from, valid_to=m.valid_to, source=m.source,
            is_member=overlap(m.valid_from, m.valid_to, day, day),
        )
        for m, house in rows
    ]  # fmt: skip
    return sorted(found, key=lambda m: not m.is_member)


def join_group(session: Session, draft: GroupMembershipDraft) -> Changes:
    """Say that a hospital belongs to a group from one day to another; a new group's name makes the group.

    An open day is empty. A hospital never belongs to two groups on one day.
    """
    refuse_if(_membership_problems(session, draft))
    group = _group_named(session, draft.group)
    row = add(session, fill(GroupMembershipRow(group_id=group.id), draft))
    return changes(("organization", draft.organization_id), ("group", group.id), made=row.id)


def edit_membership(session: Session, key: int, draft: GroupMembershipDraft, *, version: int | None = None) -> Changes:
    """Correct to which group a hospital belonged, from when to when, or who says so."""
    row = get(session, GroupMembershipRow, key, version=version)
    refuse_if(_membership_problems(session, draft, but=key))
    before, group = row.group_id, _group_named(session, draft.group)
    fill(row, draft)
    row.group_id = group.id
    session.flush()
    return changes(("organization", row.organization_id), ("group", before), ("group", group.id))


def membership_draft(session: Session, key: int) -> GroupMembershipDraft:
    """What the form of a membership opens with."""
    row = get(session, GroupMembershipRow, key)
    return draft_of(row, GroupMembershipDraft, group=get(session, GroupRow, row.group_id).name)


def remove_membership(session: Session, key: int) -> Changes:
    """Take a membership off that never was; one undo brings it back."""
    row = get(session, GroupMembershipRow, key)
    session.delete(row)
    session.flush()
    return changes(("organization", row.organization_id), ("group", row.group_id))


def rename_group(session: Session, key: int, name: str, *, version: int | None = None) -> Changes:
    """Give a group another name; a group that goes under two names is one group."""
    row = get(session, GroupRow, key, version=version)
    other = session.scalar(sa.select(GroupRow.id).where(GroupRow.name_key == fold(name), GroupRow.id != key))
    if not fold(name) or other is not None:
        message = KNOWN_GROUP if other is not None else NO_NAME
        raise Refused([Problem(code="GROUP_NAME", message=message, field="name")])
    row.name, row.name_key = name.strip(), fold(name)
    session.flush()
    members = session.scalars(sa.select(GroupMembershipRow.organization_id).where(GroupMembershipRow.group_id == key))
    return changes(("group", key), *(("organization", member) for member in members))


def _group_named(session: Session, name: str) -> GroupRow:
    group = session.scalar(sa.select(GroupRow).where(GroupRow.name_key == fold(name)))
    return group if group is not None else add(session, GroupRow(name=name.strip(), name_key=fold(name)))


def _membership_problems(session: Session, draft: GroupMembershipDraft, *, but: int | None = None) -> list[Problem]:
    """What is wrong with a membership; one that overlaps another is told with that other's group and days."""
    found = [*check_membership(draft), *need(session, OrganizationRow, draft.organization_id)]
    theirs = session.execute(
        sa.select(GroupMembershipRow, GroupRow.name)
        .join(GroupRow, GroupRow.id == GroupMembershipRow.group_id)
        .where(GroupMembershipRow.organization_id == draft.organization_id, GroupMembershipRow.id != (but or 0))
        .order_by(GroupMembershipRow.valid_from)
    )
    for m, name in theirs:
        if overlap(m.valid_from, m.valid_to, draft.valid_from, draft.valid_to):
            text = GROUP_OVERLAPS[m.valid_from is not None, m.valid_to is not None]
            values = {"group": name, "first": m.valid_from, "last": m.valid_to}
            found.append(Problem(code="GROUP_OVERLAPS", message=text, field="valid_from", values=values))
            break
    return found


def leave_group(session: Session, organization_id: int, *, on: dt.date) -> Changes:
    """Say on which day a hospital last belonged to its present group."""
    theirs = sa.select(GroupMembershipRow).where(
        GroupMembershipRow.organization_id == organization_id, GroupMembershipRow.valid_to.is_(None)
    )
    touched: list[tuple[str, int | None]] = [("organization", organization_id)]
    for row in session.scalars(theirs):
        if row.valid_from is not None and on < row.valid_from:
            raise Refused([Problem(code="ENDS_BEFORE_START", message=ENDS_BEFORE_START, field="on")])
        row.valid_to = on
        touched.append(("group", row.group_id))
    session.flush()
    return changes(*touched)


def link_administrator(session: Session, draft: AdministratorLinkDraft) -> Changes:
    """Say that an administrator decides for an insurer; one desk may serve many insurers."""
    problems = list(check_membership(draft))
    administrator = session.get(OrganizationRow, draft.administrator_id)
    insurer = session.get(OrganizationRow, draft.insurer_id)
    if administrator is None or administrator.kind not in DECIDERS:
        problems.append(Problem(code="NOT_AN_ADMINISTRATOR", message=NOT_AN_ADMINISTRATOR, field="administrator_id"))
    if insurer is None or insurer.kind is not OrganizationKind.INSURER:
        problems.append(Problem(code="NOT_AN_INSURER", message=NOT_AN_INSURER, field="insurer_id"))
    same = sa.select(AdministratorLinkRow).where(
        AdministratorLinkRow.administrator_id == draft.administrator_id,
        AdministratorLinkRow.insurer_id == draft.insurer_id,
    )
    if any(overlap(r.valid_from, r.valid_to, draft.valid_from, draft.valid_to) for r in session.scalars(same)):
        problems.append(Problem(code="LINKED_ALREADY", message=LINKED_ALREADY, field="insurer_id"))
    refuse_if(problems)
    row = add(session, fill(AdministratorLinkRow(), draft))
    return changes(("organization", row.administrator_id), ("organization", row.insurer_id), made=row.id)
