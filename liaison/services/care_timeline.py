"""What care and travel add to the line of time: opinions asked and answered, referrals on their way, appointments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.i18n import N_
from liaison.services.changes import clock
from liaison.services.sentences import Sentence, said, typed
from liaison.store.base import Record
from liaison.store.models import AppointmentRow, OpinionRow, OrganizationRow, ReferralRow, TravelLegRow


class CareMoment(NamedTuple):
    """One thing that happened; ``row`` is the record behind it."""

    row: Record
    at: dt.datetime
    title: Sentence
    detail: Sentence | None


_REFERRAL_STEPS = (
    ("sent_at", N_("Referral sent")),
    ("read_at", N_("Referral read by the hospital")),
    ("accepted_at", N_("Referral accepted")),
    ("declined_at", N_("Referral declined")),
    ("arrived_at", N_("Patient arrived at the hospital")),
    ("answered_home_at", N_("Referring doctor has the answer")),
)
_APPOINTMENT_STEPS = (
    ("asked_at", N_("Appointment asked for")),
    ("confirmed_at", N_("Appointment confirmed for {moment}")),
    ("told_at", N_("Patient told of the appointment")),
    ("cancelled_at", N_("Appointment cancelled")),
)


def care_moments(session: Session, journey_id: int) -> Iterator[CareMoment]:
    """Everything that care and travel tell about a case, in no order."""
    yield from _opinions(session, journey_id)
    yield from _referrals(session, journey_id)
    yield from _appointments(session, journey_id)
    yield from _departures(session, journey_id)


def _opinions(session: Session, journey_id: int) -> Iterator[CareMoment]:
    for row in session.scalars(sa.select(OpinionRow).where(OpinionRow.journey_id == journey_id)):
        whom = _whom(session, row.hospital_id, row.doctor)
        yield CareMoment(row, row.asked_at, said(N_("Doctor's opinion asked for")), whom)
        if row.answered_at is not None:
            answer = typed(row.proposed_procedure) if row.proposed_procedure.strip() else whom
            yield CareMoment(row, row.answered_at, said(N_("Doctor's opinion received")), answer)


def _referrals(session: Session, journey_id: int) -> Iterator[CareMoment]:
    for row in session.scalars(sa.select(ReferralRow).where(ReferralRow.journey_id == journey_id)):
        whom = _whom(session, row.hospital_id, row.to_doctor)
        for name, title in _REFERRAL_STEPS:
            at = getattr(row, name)
            if at is not None:
                why = typed(row.decline_note) if name == "declined_at" and row.decline_note.strip() else whom
                yield CareMoment(row, at, said(title), why)


def _appointments(session: Session, journey_id: int) -> Iterator[CareMoment]:
    for row in session.scalars(sa.select(AppointmentRow).where(AppointmentRow.journey_id == journey_id)):
        whom = _whom(session, row.hospital_id, row.doctor)
        for name, title in _APPOINTMENT_STEPS:
            at = getattr(row, name)
            if at is not None:
                values = {"moment": row.starts_at} if name == "confirmed_at" else {}
                yield CareMoment(row, at, said(title, **values), whom)


def _departures(session: Session, journey_id: int) -> Iterator[CareMoment]:
    """The way itself, once it has begun: what lies ahead stands in the plan, not in what happened."""
    legs = sa.select(TravelLegRow).where(
        TravelLegRow.journey_id == journey_id, TravelLegRow.departs_at <= clock(session)
    )
    for row in session.scalars(legs):
        title = said(N_("Left {start} for {end}"), start=row.from_place, end=row.to_place)
        trip = " ".join(part for part in (row.carrier, row.number) if part)
        yield CareMoment(row, row.departs_at, title, typed(trip) if trip else None)


def _whom(session: Session, hospital_id: int | None, doctor: str) -> Sentence | None:
    house = session.get(OrganizationRow, hospital_id) if hospital_id is not None else None
    words = " · ".join(part for part in (house.name if house is not None else "", doctor) if part)
    return typed(words) if words else None
