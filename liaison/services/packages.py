"""Package prices of hospitals: kept with their source and age, shown on the card, taken over into an estimate."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.errors import refuse_if
from liaison.domain.money import Money
from liaison.domain.names import fold
from liaison.domain.network import Freshness, OrganizationKind, freshness
from liaison.domain.packages import PackageDraft, PackageState, check_package, state_on, treatment_price
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services.belonging import hospital_problems
from liaison.services.changes import Changes, add, changes, draft_of, fill, get, get_for, need, today
from liaison.services.network_views import overlap
from liaison.store.models import JourneyRow, OrganizationRow, PackageRow

NOT_A_HOTEL = N_("Choose a hotel or guest house of the network here.")
KNOWN_PACKAGE = N_("This hospital already has a package of this name in these days. Change that one, or end it first.")

_STATE_ORDER = tuple(PackageState)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageView:
    """A package as a card, a list or the form of an estimate shows it."""

    id: int
    version: int
    draft: PackageDraft
    hospital: str
    city: str
    hotel: str
    state: PackageState
    freshness: Freshness

    @property
    def for_treatment(self) -> Money:
        """The price without the hotel's part."""
        return treatment_price(self.draft)


def add_package(session: Session, draft: PackageDraft) -> Changes:
    """Write down a package price."""
    refuse_if(_problems(session, draft))
    row = add(session, fill(PackageRow(), draft))
    return _touched(row, made=row.id)


def edit_package(session: Session, key: int, draft: PackageDraft, *, version: int | None = None) -> Changes:
    """Change a package, or say that it is no longer offered."""
    row = get_for(session, PackageRow, key, draft, version=version)
    refuse_if(_problems(session, draft, but=key))
    fill(row, draft)
    session.flush()
    return _touched(row)


def retire_package(session: Session, key: int) -> Changes:
    """Say that a package is no longer offered from today on; estimates made from it stay."""
    row = get(session, PackageRow, key)
    row.retired_on = today(session)
    session.flush()
    return _touched(row)


def verify_package(session: Session, key: int) -> Changes:
    """Say that somebody asked today and the price holds."""
    row = get(session, PackageRow, key)
    row.last_verified_on = today(session)
    session.flush()
    return _touched(row)


def remove_package(session: Session, key: int) -> Changes:
    """Take a package entered in error off; one undo brings it back."""
    row = get(session, PackageRow, key)
    session.delete(row)
    session.flush()
    return _touched(row)


def package_draft(session: Session, key: int) -> PackageDraft:
    """What the form of a package opens with."""
    return draft_of(get(session, PackageRow, key), PackageDraft)


def packages_of(session: Session, organization_id: int) -> tuple[PackageView, ...]:
    """The packages of a hospital, or those a hotel is part of; what can be offered today first."""
    asked = sa.select(PackageRow).where(
        sa.or_(PackageRow.hospital_id == organization_id, PackageRow.hotel_id == organization_id)
    )
    return _views(session, asked)


def packages(session: Session) -> tuple[PackageView, ...]:
    """Every package of every hospital; what can be offered today first."""
    return _views(session, sa.select(PackageRow))


def packages_for(session: Session, journey_id: int) -> tuple[PackageView, ...]:
    """What can be offered today to a case: of its hospital, or for its specialty elsewhere, the cheapest of a currency
    first after those of its own hospital.
    """
    journey = get(session, JourneyRow, journey_id)
    wanted = {fold(text) for text in (journey.specialty,) if text.strip()}
    fitting = [
        p
        for p in packages(session)
        if p.state is PackageState.HOLDS
        and (p.draft.hospital_id == journey.hospital_id or fold(p.draft.specialty) in wanted)
    ]
    return tuple(
        sorted(
            fitting,
            key=lambda p: (
                p.draft.hospital_id != journey.hospital_id, fold(p.draft.specialty) not in wanted,
                p.draft.price.currency, p.draft.price.minor, p.id,
            ),
        )
    )  # fmt: skip


def _views(session: Session, asked: sa.Select[PackageRow]) -> tuple[PackageView, ...]:
    day = today(session)
    rows = session.scalars(asked).all()
    keys = {r.hospital_id for r in rows} | {r.hotel_id for r in rows if r.hotel_id is not None}
    houses = {h.id: h for h in session.scalars(sa.select(OrganizationRow).where(OrganizationRow.id.in_(keys)))}
    found = [_view(row, houses, day) for row in rows]
    return tuple(
        sorted(found, key=lambda p: (_STATE_ORDER.index(p.state), p.hospital.casefold(), fold(p.draft.name), p.id))
    )


def _view(row: PackageRow, houses: dict[int, OrganizationRow], day: dt.date) -> PackageView:
    draft = draft_of(row, PackageDraft)
    hospital = houses[row.hospital_id]
    return PackageView(
        id=row.id, version=row.version, draft=draft, hospital=hospital.name, city=hospital.city,
        hotel=houses[row.hotel_id].name if row.hotel_id is not None else "", state=state_on(draft, day),
        freshness=freshness(row.last_verified_on, today=day),
    )  # fmt: skip


def _problems(session: Session, draft: PackageDraft, *, but: int | None = None) -> list[Problem]:
    found = [
        *check_package(draft, today=today(session)),
        *hospital_problems(session, draft.hospital_id),
        *need(session, OrganizationRow, draft.hotel_id, field="hotel_id"),
    ]
    hotel = session.get(OrganizationRow, draft.hotel_id) if draft.hotel_id is not None else None
    if hotel is not None and hotel.kind is not OrganizationKind.HOTEL:
        found.append(Problem(code="NOT_A_HOTEL", message=NOT_A_HOTEL, field="hotel_id"))
    return found + _known(session, draft, but=but)


def _known(session: Session, draft: PackageDraft, *, but: int | None) -> list[Problem]:
    theirs = sa.select(PackageRow).where(PackageRow.hospital_id == draft.hospital_id, PackageRow.retired_on.is_(None))
    for row in session.scalars(theirs):
        is_same = row.id != but and fold(row.name) == fold(draft.name) and draft.retired_on is None
        if is_same and overlap(row.valid_from, row.valid_to, draft.valid_from, draft.valid_to):
            return [Problem(code="KNOWN_PACKAGE", message=KNOWN_PACKAGE, field="name")]
    return []


def _touched(row: PackageRow, *, made: int | None = None) -> Changes:
    return changes(("package", row.id), ("organization", row.hospital_id), ("organization", row.hotel_id), made=made)
