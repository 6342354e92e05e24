"""What of a person left the office: what, to whom, in which country, why. Written beside every print of a person."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.errors import refuse_if
from liaison.domain.privacy import Audience
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services.changes import Changes, actor, add, changes, clock, need
from liaison.store.models import DisclosureRow, JourneyRow, PatientRow

NEEDS_PERSON = N_("A disclosure names the patient or the case whose data left the office.")


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureView:
    """One time that data of a person left the office."""

    id: int
    journey_id: int | None
    report: str
    report_id: str
    audience: Audience
    recipient: str
    country: str
    purpose: str
    actor: str
    at: dt.datetime


def record_disclosure(
    session: Session,
    *,
    report: str,
    report_id: str,
    audience: Audience,
    patient_id: int | None = None,
    journey_id: int | None = None,
    recipient: str = "",
    country: str = "",
    purpose: str = "",
) -> Changes:
    """Write down that a person's data goes to somebody. Call it in an action of kind ``disclosure``: it stays.

    ``report`` is the catalogue's name of what was printed, ``report_id`` stands on each of its pages.
    """
    problems = [*need(session, PatientRow, patient_id), *need(session, JourneyRow, journey_id)]
    if patient_id is None and journey_id is None:
        problems.append(Problem(code="NEEDS_PERSON", message=NEEDS_PERSON))
    refuse_if(problems)
    if patient_id is None:
        patient_id = session.scalar(sa.select(JourneyRow.patient_id).where(JourneyRow.id == journey_id))
    row = DisclosureRow(
        patient_id=patient_id, journey_id=journey_id, report=report, report_id=report_id, audience=audience.value,
        recipient=recipient.strip(), country=country, purpose=purpose.strip(), actor=actor(session), at=clock(session),
    )  # fmt: skip
    add(session, row)
    return changes(("disclosure", row.id), ("patient", patient_id), ("journey", journey_id), made=row.id)


def disclosures_of(session: Session, patient_id: int) -> list[DisclosureView]:
    """Every time that data of a person left the office, newest first."""
    rows = session.scalars(
        sa.select(DisclosureRow).where(DisclosureRow.patient_id == patient_id).order_by(DisclosureRow.id.desc())
    )
    return [
        DisclosureView(
            id=r.id, journey_id=r.journey_id, report=r.report, report_id=r.report_id, audience=audience_of(r.audience),
            recipient=r.recipient, country=r.country, purpose=r.purpose, actor=r.actor, at=r.at,
        )
        for r in rows
    ]  # fmt: skip


def audience_of(value: str) -> Audience:
    """The audience that a stored value means."""
    return next(a for a in Audience if a.value == value)
