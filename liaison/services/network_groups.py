"""Hospital groups over time, and which administrator decides for which insurer."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.errors import Refused, refuse_if
from liaison.domain.names import fold
from liaison.domain.network import AdministratorLinkDraft, GroupMembershipDraft, OrganizationKind, check_membership
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services.changes import Changes, add, changes, fill, need
from liaison.services.network_views import DECIDERS, overlap
from liaison.store.models import AdministratorLinkRow, GroupMembershipRow, GroupRow, OrganizationRow

GROUP_OVERLAPS = N_("In these days the hospital already belongs to another group. End that first.")
NOT_AN_ADMINISTRATOR = N_("Only a third-party administrator or an assistance company can decide for an insurer.")
NOT_AN_INSURER = N_("Choose an insurer here.")
LINKED_ALREADY = N_("This administrator already decides for this insurer in these days.")
ENDS_BEFORE_START = N_("The last day lies before the first. Check both dates.")


def groups(session: Session) -> list[tuple[int, str]]:
    """Every group, by name."""
    return [(r.id, r.name) for r in session.scalars(sa.select(GroupRow).order_by(GroupRow.name_key))]


def join_group(session: Session, draft: GroupMembershipDraft) -> Changes:
    """Say that a hospital belongs to a group from one day to another; a new group's name makes the group.

    An open day is empty. A hospital never belongs to two groups on one day.
    """
    problems = [*check_membership(draft), *need(session, OrganizationRow, draft.organization_id)]
    theirs = sa.select(GroupMembershipRow).where(GroupMembershipRow.organization_id == draft.organization_id)
    if any(overlap(m.valid_from, m.valid_to, draft.valid_from, draft.valid_to) for m in session.scalars(theirs)):
        problems.append(Problem(code="GROUP_OVERLAPS", message=GROUP_OVERLAPS, field="valid_from"))
    refuse_if(problems)
    group = session.scalar(sa.select(GroupRow).where(GroupRow.name_key == fold(draft.group)))
    if group is None:
        group = add(session, GroupRow(name=draft.group.strip(), name_key=fold(draft.group)))
    row = add(session, fill(GroupMembershipRow(group_id=group.id), draft))
    return changes(("organization", draft.organization_id), ("group", group.id), made=row.id)


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
