"""What the records of care and travel say to the guards of a journey: an answered opinion, a confirmed appointment, an
arrival, what the airline answered. The guards are content with these as with an officer's own word.
"""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.facts import Clearance, FactKind
from liaison.domain.journey_facts import Confirmation
from liaison.domain.travel import MedifState
from liaison.services.changes import day_of
from liaison.store.ids import moment_of
from liaison.store.models import AppointmentRow, OpinionRow, ReferralRow, TravelLegRow

_CLEARANCES = {
    MedifState.NOT_NEEDED: Clearance.NOT_NEEDED,
    MedifState.NEEDED: Clearance.NEEDED,
    MedifState.SENT: Clearance.NEEDED,
    MedifState.REFUSED: Clearance.NEEDED,
    MedifState.CLEARED: Clearance.CLEARED,
}
_WORST_FIRST = (Clearance.NEEDED, Clearance.CLEARED, Clearance.NOT_NEEDED)


def said_by_care(session: Session, journey_id: int) -> Iterator[Confirmation]:
    """Facts of a journey that opinions, referrals, appointments and legs state."""
    yield from _opinions(session, journey_id)
    yield from _appointments(session, journey_id)
    yield from _arrivals(session, journey_id)
    yield from _medif(session, journey_id)


def _opinions(session: Session, journey_id: int) -> Iterator[Confirmation]:
    answered = sa.select(OpinionRow).where(OpinionRow.journey_id == journey_id, OpinionRow.answered_at.is_not(None))
    for row in session.scalars(answered):
        if row.answered_at is not None:
            yield Confirmation(
                kind=FactKind.OPINION, stated_on=day_of(session, row.answered_at), organization_id=row.hospital_id
            )


def _appointments(session: Session, journey_id: int) -> Iterator[Confirmation]:
    confirmed = sa.select(AppointmentRow).where(
        AppointmentRow.journey_id == journey_id,
        AppointmentRow.confirmed_at.is_not(None), AppointmentRow.cancelled_at.is_(None),
    )  # fmt: skip
    for row in session.scalars(confirmed):
        if row.confirmed_at is not None:
            yield Confirmation(
                kind=FactKind.APPOINTMENT, stated_on=day_of(session, row.confirmed_at), at=row.starts_at,
                organization_id=row.hospital_id,
            )  # fmt: skip


def _arrivals(session: Session, journey_id: int) -> Iterator[Confirmation]:
    arrived = sa.select(ReferralRow.arrived_at).where(
        ReferralRow.journey_id == journey_id, ReferralRow.arrived_at.is_not(None)
    )
    for at in session.scalars(arrived):
        if at is not None:
            yield Confirmation(kind=FactKind.ARRIVAL, stated_on=day_of(session, at), at=at)


def _medif(session: Session, journey_id: int) -> Iterator[Confirmation]:
    """One answer for the whole way: the leg that is worst off decides."""
    legs = session.scalars(sa.select(TravelLegRow).where(TravelLegRow.journey_id == journey_id)).all()
    said = [(_CLEARANCES[leg.medif], leg) for leg in legs if leg.medif in _CLEARANCES]
    if not said:
        return
    result = min((clearance for clearance, _leg in said), key=_WORST_FIRST.index)
    days = [leg.medif_on or day_of(session, moment_of(leg.id)) for clearance, leg in said if clearance is result]
    yield Confirmation(kind=FactKind.MEDIF, stated_on=max(days), result=result.value)
