"""Targets of the office: per insurer, administrator and hospital, in the working time of whoever has to act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.calendars import Calendar, zone_of
from liaison.domain.desk_hours import Hours, read_hours
from liaison.domain.errors import refuse_if
from liaison.domain.fields import problem
from liaison.domain.network import Desk, OrganizationKind
from liaison.domain.public_holidays import state_of
from liaison.domain.targets import (
    ACTS,
    USUAL,
    ClockKind,
    Party,
    Target,
    TargetDraft,
    Unit,
    check_target,
    fits,
)
from liaison.i18n import N_
from liaison.services.changes import Changes, add, changes, fill, get, need
from liaison.services.office_hours import days_off_in, office_calendar
from liaison.store.models import ContactRow, OrganizationRow, TargetRow

OTHER_SORT = N_("A house of this sort has no such target. Choose another.")

DESK_OF: Mapping[ClockKind, tuple[Desk, ...]] = {
    ClockKind.GL_INITIAL: (Desk.GL_DESK, Desk.CASE_MANAGER),
    ClockKind.GL_TOPUP: (Desk.GL_DESK, Desk.CASE_MANAGER),
    ClockKind.GL_FINAL: (Desk.GL_DESK, Desk.CASE_MANAGER),
    ClockKind.ESTIMATE: (Desk.IPC, Desk.INDONESIA_DESK),
    ClockKind.CLAIM_REGISTER: (Desk.CLAIMS,),
    ClockKind.CLAIM_DECISION: (Desk.CLAIMS,),
    ClockKind.PAYMENT: (Desk.CLAIMS,),
    ClockKind.QUERY_ANSWER: (),
}
"""Whose hours count: the first desk of these that a house has with hours that can be read."""

PARTY_OF: Mapping[OrganizationKind, Party] = {
    OrganizationKind.INSURER: Party.PAYER,
    OrganizationKind.ADMINISTRATOR: Party.PAYER,
    OrganizationKind.ASSISTANCE: Party.PAYER,
    OrganizationKind.HOSPITAL: Party.HOSPITAL,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetView:
    """A target as it holds for a house. ``id`` is none where the office's or the usual one holds."""

    id: int | None
    kind: ClockKind
    amount: int
    unit: Unit
    source: str
    is_usual: bool


def target_of(session: Session, kind: ClockKind, *organization_ids: int | None) -> Target:
    """The target of the first of these houses that has one, else the office's own, else the usual one."""
    for key in (*[k for k in organization_ids if k is not None], None):
        row = _row(session, key, kind)
        if row is not None:
            return Target(kind=kind, amount=row.amount, unit=row.unit, is_own=key is not None)
    return USUAL[kind]


def targets_of(session: Session, organization_id: int | None) -> tuple[TargetView, ...]:
    """Every target that a house can have, as it holds now; without a house those of the office."""
    kinds = list(ClockKind)
    if organization_id is not None:
        house = get(session, OrganizationRow, organization_id)
        party = PARTY_OF.get(house.kind)
        kinds = [kind for kind in kinds if party is not None and fits(kind, party)]
    found = []
    for kind in kinds:
        own = _row(session, organization_id, kind)
        target = target_of(session, kind, organization_id)
        found.append(
            TargetView(
                id=own.id if own is not None else None, kind=kind, amount=target.amount, unit=target.unit,
                source=own.source if own is not None else "", is_usual=target == USUAL[kind],
            )
        )  # fmt: skip
    return tuple(found)


def set_target(session: Session, draft: TargetDraft) -> Changes:
    """Say how long a house should take for a step; one target per house and step."""
    problems = [
        *check_target(draft),
        *need(session, OrganizationRow, draft.organization_id, field="organization_id"),
    ]
    house = session.get(OrganizationRow, draft.organization_id) if draft.organization_id is not None else None
    if house is not None and PARTY_OF.get(house.kind) is not ACTS[draft.kind]:
        problems.append(problem("OTHER_SORT", OTHER_SORT, "kind"))
    refuse_if(problems)
    row = add(session, fill(_row(session, draft.organization_id, draft.kind) or TargetRow(), draft))
    return changes(("target", row.id), ("organization", row.organization_id), made=row.id)


def remove_target(session: Session, key: int) -> Changes:
    """Let the office's or the usual target hold again."""
    row = get(session, TargetRow, key)
    organization_id = row.organization_id
    session.delete(row)
    session.flush()
    return changes(("target", key), ("organization", organization_id))


def remove_targets(session: Session, keys: tuple[int, ...]) -> Changes:
    """Let the usual targets hold again for all of these, as one action."""
    done = Changes(touched=())
    for key in keys:
        done |= remove_target(session, key)
    return done


def calendar_of(session: Session, organization_id: int | None, kind: ClockKind) -> Calendar:
    """The working time of whoever acts: the house's place, its holidays, its desk's hours; without a house our own."""
    house = session.get(OrganizationRow, organization_id) if organization_id is not None else None
    if house is None or ACTS[kind] is Party.US:
        return office_calendar(session)
    country = house.country or "ID"
    return Calendar(
        country=country, state=state_of(house.city) if country == "MY" else "",
        zone=house.zone or zone_of(city=house.city, country=country), with_holidays=True,
        desk=_desk_hours(session, house.id, kind), own_days=days_off_in(session, country),
    )  # fmt: skip


def _desk_hours(session: Session, organization_id: int, kind: ClockKind) -> Hours | None:
    rows = session.scalars(
        sa.select(ContactRow).where(
            ContactRow.organization_id == organization_id, ContactRow.desk.in_(DESK_OF[kind]), ContactRow.hours != ""
        )
    ).all()
    order = {desk: number for number, desk in enumerate(DESK_OF[kind])}
    for row in sorted(rows, key=lambda r: (order[r.desk], not r.is_preferred, r.id)):
        hours = read_hours(row.hours)
        if hours is not None:
            return hours
    return None


def _row(session: Session, organization_id: int | None, kind: ClockKind) -> TargetRow | None:
    question = sa.select(TargetRow).where(
        TargetRow.organization_id.is_not_distinct_from(organization_id), TargetRow.kind == kind
    )
    return session.scalars(question.order_by(TargetRow.id).limit(1)).first()
