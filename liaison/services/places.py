"""Estimates of several places side by side, with the place at home among them, and which one the patient chose."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.errors import Refused
from liaison.domain.facts import ConfirmationDraft, FactKind
from liaison.domain.fx import UsedRate
from liaison.domain.money import Money
from liaison.domain.places import PatientTotal, PlaceChoiceDraft, PlaceCost, patient_total
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services.changes import Changes, changes, get, money, today
from liaison.services.confirmations import confirm
from liaison.services.rates import rate_on
from liaison.store.models import EstimateRow, JourneyRow, OrganizationRow

HOME_CURRENCY = "IDR"
HOME_COUNTRY = "ID"
AT_HOME = N_("treatment in Indonesia")

NO_REASON = N_("Write down why the patient chose this place.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceView:
    """One place that could treat the patient, and what it would cost."""

    id: int
    """Key of the estimate."""
    version: int
    hospital_id: int | None
    name: str
    """Empty where the estimate names no hospital."""
    city: str
    country: str
    is_domestic: bool
    is_chosen: bool
    stated_on: dt.date
    valid_until: dt.date | None
    is_expired: bool
    cost: PlaceCost
    total: PatientTotal
    rates: tuple[UsedRate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Every place with its newest estimate, abroad first, home last; and what was decided."""

    places: tuple[PlaceView, ...]
    rates: tuple[UsedRate, ...]
    decision: str
    reason: str

    @property
    def has_domestic(self) -> bool:
        """Whether the place at home is among them."""
        return any(place.is_domestic for place in self.places)

    @property
    def missing_rates(self) -> tuple[str, ...]:
        """Currencies without a rate, so that a total is missing."""
        return tuple(sorted({currency for place in self.places for currency in place.total.missing}))


def comparison(session: Session, journey_id: int) -> Comparison:
    """The places of a case side by side, converted by today's rates or the newest before them."""
    journey = get(session, JourneyRow, journey_id)
    rows = _newest(session, journey_id)
    needed = {c for row in rows for c in _cost(row).currencies if c != HOME_CURRENCY}
    found = {base: rate_on(session, base, HOME_CURRENCY, today(session)) for base in sorted(needed)}
    rates = {base: rate for base, rate in found.items() if rate is not None}
    places = [_place(session, row, rates) for row in rows]
    places.sort(key=lambda place: (place.is_domestic, place.stated_on, place.id))
    return Comparison(
        places=tuple(places), rates=tuple(rates.values()), decision=journey.decision, reason=journey.decision_reason
    )


def choose_place(session: Session, estimate_id: int, *, reason: str, on: dt.date | None = None) -> Changes:
    """Write down which place the patient chose and why; the case goes to that hospital.

    Staying in Indonesia although a place abroad was asked is kept as such: it counts as care retained at home.
    """
    row = get(session, EstimateRow, estimate_id)
    if not reason.strip():
        raise Refused([Problem(code="NO_REASON", message=NO_REASON, field="reason")])
    journey = get(session, JourneyRow, row.journey_id)
    house = session.get(OrganizationRow, row.hospital_id) if row.hospital_id is not None else None
    others = session.scalars(sa.select(EstimateRow).where(EstimateRow.journey_id == row.journey_id)).all()
    for other in others:
        other.is_chosen = other.id == row.id
    if house is not None:
        journey.hospital_id = house.id
        journey.destination_country = house.country or journey.destination_country
        journey.destination_city = house.city or journey.destination_city
    stays = _is_at_home(row, house)
    if stays:
        journey.destination_country = HOME_COUNTRY
    journey.is_retained_domestic = stays and any(
        not _is_at_home(other, session.get(OrganizationRow, other.hospital_id) if other.hospital_id else None)
        for other in others
    )
    session.flush()
    said = ConfirmationDraft(
        journey_id=row.journey_id, kind=FactKind.DECISION, stated_on=on or today(session),
        result=house.name if house is not None else AT_HOME if stays else "", note=reason.strip(),
        organization_id=house.id if house is not None else None,
    )  # fmt: skip
    return changes(("estimate", row.id), ("journey", row.journey_id)) | confirm(session, said)


def choose(session: Session, draft: PlaceChoiceDraft) -> Changes:
    """The same from a form."""
    return choose_place(session, draft.estimate_id, reason=draft.reason)


def _newest(session: Session, journey_id: int) -> list[EstimateRow]:
    """The newest estimate of each place; an older one of the same hospital stays in the time line."""
    rows = session.scalars(
        sa.select(EstimateRow)
        .where(EstimateRow.journey_id == journey_id)
        .order_by(EstimateRow.stated_on, EstimateRow.id)
    ).all()
    newest = {(row.hospital_id, row.id if row.hospital_id is None else 0): row for row in rows}
    return list(newest.values())


def _is_at_home(row: EstimateRow, house: OrganizationRow | None) -> bool:
    """Whether a place is the one at home: marked so, or a hospital in Indonesia whether marked or not."""
    return bool(row.is_domestic) or (house is not None and house.country == HOME_COUNTRY)


def _cost(row: EstimateRow) -> PlaceCost:
    return PlaceCost(
        low=Money(row.low_minor, row.currency), high=Money(row.high_minor, row.currency),
        excess=money(row.excess_minor, row.currency), travel=money(row.travel_minor, row.travel_currency or "IDR"),
        hotel=money(row.hotel_minor, row.hotel_currency or "IDR"),
    )  # fmt: skip


def _place(session: Session, row: EstimateRow, rates: dict[str, UsedRate]) -> PlaceView:
    house = session.get(OrganizationRow, row.hospital_id) if row.hospital_id is not None else None
    cost = _cost(row)
    return PlaceView(
        id=row.id, version=row.version, hospital_id=row.hospital_id, name=house.name if house else "",
        city=house.city if house else "", country=house.country if house else HOME_COUNTRY if row.is_domestic else "",
        is_domestic=_is_at_home(row, house), is_chosen=row.is_chosen, stated_on=row.stated_on,
        valid_until=row.valid_until, is_expired=row.valid_until is not None and row.valid_until < today(session),
        cost=cost, total=patient_total(cost, rates, currency=HOME_CURRENCY),
        rates=tuple(rates[c] for c in sorted(cost.currencies) if c in rates),
    )  # fmt: skip
