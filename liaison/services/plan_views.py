"""A case's plan on one page: opinions, places, referrals, appointments, the way there and back, what is still open."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.care import (
    AppointmentDraft,
    AppointmentState,
    OpinionDraft,
    ReferralDraft,
    ReferralState,
    answer_is_due,
    appointment_state,
    home_answer_due,
    referral_state,
)
from liaison.domain.travel import EscortDraft, StayDraft, TravelLegDraft
from liaison.domain.travel_checks import TravelFinding, Trip, findings
from liaison.services.care_steps import left_hospital_on
from liaison.services.changes import clock, day_of, draft_of, get, today, zone
from liaison.services.facts import facts_of
from liaison.services.hospital_days import there_zone
from liaison.services.office_hours import office_calendar
from liaison.services.places import Comparison, comparison
from liaison.services.travel_rules import rules_here
from liaison.store.models import (
    AppointmentRow,
    EscortRow,
    JourneyRow,
    OpinionRow,
    OrganizationRow,
    ReferralRow,
    StayRow,
    TravelLegRow,
)

Row = TypeVar("Row", OpinionRow, ReferralRow, AppointmentRow, TravelLegRow, StayRow, EscortRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionLine:
    """An opinion with the name of its hospital."""

    id: int
    version: int
    hospital: str
    draft: OpinionDraft


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralLine:
    """A referral, how far it has come, and what is late about it."""

    id: int
    version: int
    hospital: str
    draft: ReferralDraft
    state: ReferralState
    is_answer_late: bool
    """The hospital has not said yes or no in time."""
    home_answer_due: dt.date | None
    is_home_late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentLine:
    """An appointment with its hospital and how far it has come."""

    id: int
    version: int
    hospital: str
    draft: AppointmentDraft
    state: AppointmentState
    is_over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LegLine:
    """A leg of the way."""

    id: int
    version: int
    draft: TravelLegDraft


@dataclass(frozen=True, slots=True, kw_only=True)
class StayLine:
    """A hotel."""

    id: int
    version: int
    draft: StayDraft


@dataclass(frozen=True, slots=True, kw_only=True)
class EscortLine:
    """Somebody who goes along."""

    id: int
    version: int
    draft: EscortDraft


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """Everything that the plan of a case shows."""

    journey_id: int
    case_no: str
    home_zone: str
    there_zone: str
    """The clock of the hospital's city; the home one where no place is known yet."""
    hospital_id: int | None
    doctor: str
    destination: str
    """The city of treatment, as typed."""
    country: str
    opinions: tuple[OpinionLine, ...]
    comparison: Comparison
    referrals: tuple[ReferralLine, ...]
    appointments: tuple[AppointmentLine, ...]
    legs: tuple[LegLine, ...]
    stays: tuple[StayLine, ...]
    escorts: tuple[EscortLine, ...]
    findings: tuple[TravelFinding, ...]
    is_travel_near: bool
    """Whether the way there matters more now than where to go."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been planned yet."""
        parts = (self.opinions, self.referrals, self.appointments, self.legs, self.stays, self.escorts)
        return not any(parts) and not self.comparison.places


def plan_of(session: Session, journey_id: int) -> PlanView:
    """The plan of a case. Raises :class:`Refused` (GONE) where it is no longer there."""
    journey = get(session, JourneyRow, journey_id)
    house = session.get(OrganizationRow, journey.hospital_id) if journey.hospital_id is not None else None
    home = zone(session)
    place = (house.city if house else "") or journey.destination_city
    country = (house.country if house else "") or journey.destination_country
    legs = tuple(
        LegLine(id=r.id, version=r.version, draft=draft_of(r, TravelLegDraft)) for r in _legs(session, journey)
    )
    stays = tuple(StayLine(id=r.id, version=r.version, draft=draft_of(r, StayDraft)) for r in _stays(session, journey))
    escorts = tuple(
        EscortLine(id=r.id, version=r.version, draft=draft_of(r, EscortDraft))
        for r in session.scalars(sa.select(EscortRow).where(EscortRow.journey_id == journey.id).order_by(EscortRow.id))
    )
    return PlanView(
        journey_id=journey_id,
        case_no=journey.case_no,
        home_zone=home,
        there_zone=there_zone(house, journey, home=home),
        hospital_id=journey.hospital_id,
        doctor=journey.doctor,
        destination=place,
        country=country,
        opinions=_opinions(session, journey_id),
        comparison=comparison(session, journey_id),
        referrals=_referrals(session, journey),
        appointments=_appointments(session, journey_id),
        legs=legs,
        stays=stays,
        escorts=escorts,
        findings=tuple(findings(_trip(session, journey, country, legs, stays, escorts), rules_here(session))),
        is_travel_near=journey.state.value >= "J07",
    )


def _trip(
    session: Session,
    journey: JourneyRow,
    country: str,
    legs: tuple[LegLine, ...],
    stays: tuple[StayLine, ...],
    escorts: tuple[EscortLine, ...],
) -> Trip:
    facts = facts_of(session, journey.id)
    first = legs[0].draft.departs_at if legs else None
    last = legs[-1].draft.departs_at if len(legs) > 1 else None
    return Trip(
        today=today(session),
        country=country,
        passport_expires_on=facts.passport_expires_on,
        leaves_on=day_of(session, first) if first else journey.planned_admission_on,
        returns_on=day_of(session, last) if last else journey.planned_return_on,
        legs=tuple(line.draft for line in legs),
        stays=tuple(line.draft for line in stays),
        escorts=tuple(line.draft for line in escorts),
        calendar=office_calendar(session),
    )


def _legs(session: Session, journey: JourneyRow) -> list[TravelLegRow]:
    mine = sa.select(TravelLegRow).where(TravelLegRow.journey_id == journey.id)
    return list(session.scalars(mine.order_by(TravelLegRow.departs_at, TravelLegRow.id)))


def _stays(session: Session, journey: JourneyRow) -> list[StayRow]:
    mine = sa.select(StayRow).where(StayRow.journey_id == journey.id)
    return list(session.scalars(mine.order_by(StayRow.check_in, StayRow.id)))


def _opinions(session: Session, journey_id: int) -> tuple[OpinionLine, ...]:
    rows = session.scalars(
        sa.select(OpinionRow).where(OpinionRow.journey_id == journey_id).order_by(OpinionRow.asked_at, OpinionRow.id)
    )
    return tuple(
        OpinionLine(
            id=row.id, version=row.version, hospital=_name(session, row.hospital_id), draft=draft_of(row, OpinionDraft)
        )
        for row in rows
    )


def _referrals(session: Session, journey: JourneyRow) -> tuple[ReferralLine, ...]:
    rows = session.scalars(
        sa.select(ReferralRow).where(ReferralRow.journey_id == journey.id).order_by(ReferralRow.id)
    ).all()
    left_on, now = left_hospital_on(session, journey), clock(session)
    found = []
    for row in rows:
        draft = draft_of(row, ReferralDraft)
        due, home = answer_is_due(draft), home_answer_due(draft, left_on=left_on)
        found.append(
            ReferralLine(
                id=row.id, version=row.version, hospital=_name(session, row.hospital_id), draft=draft,
                state=referral_state(draft), is_answer_late=due is not None and due < now, home_answer_due=home,
                is_home_late=home is not None and home < today(session),
            )
        )  # fmt: skip
    return tuple(found)


def _appointments(session: Session, journey_id: int) -> tuple[AppointmentLine, ...]:
    rows = session.scalars(
        sa.select(AppointmentRow)
        .where(AppointmentRow.journey_id == journey_id)
        .order_by(AppointmentRow.starts_at.asc().nulls_last(), AppointmentRow.id)
    ).all()
    now = clock(session)
    return tuple(
        AppointmentLine(
            id=row.id, version=row.version, hospital=_name(session, row.hospital_id),
            draft=draft_of(row, AppointmentDraft), state=appointment_state(draft_of(row, AppointmentDraft)),
            is_over=row.starts_at is not None and row.starts_at < now,
        )
        for row in rows
    )  # fmt: skip


def _name(session: Session, hospital_id: int | None) -> str:
    house = session.get(OrganizationRow, hospital_id) if hospital_id is not None else None
    return house.name if house is not None else ""
