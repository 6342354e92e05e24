"""The way there and back: legs, nights, and who goes along."""

from __future__ import annotations

from sqlalchemy.orm import Session

from liaison.domain.errors import refuse_if
from liaison.domain.travel import (
    EscortDraft,
    MedifState,
    StayDraft,
    TravelLegDraft,
    check_escort,
    check_leg,
    check_stay,
)
from liaison.services.changes import Changes, add, changes, draft_of, fill, get, get_for, need, today
from liaison.services.debts import settle_debts
from liaison.store.models import EscortRow, JourneyRow, StayRow, TravelLegRow

WayRow = TravelLegRow | StayRow | EscortRow


# legs


def add_leg(session: Session, draft: TravelLegDraft) -> Changes:
    """Write down a flight, a ferry or a drive."""
    refuse_if([*check_leg(draft), *need(session, JourneyRow, draft.journey_id, field="journey_id")])
    row = fill(TravelLegRow(), draft)
    _date_medif(session, row, before=MedifState.NOT_DECIDED)
    return _done(session, add(session, row), made=True)


def edit_leg(session: Session, key: int, draft: TravelLegDraft, *, version: int | None = None) -> Changes:
    """Change a leg, or how far the airline's medical form is."""
    row = get_for(session, TravelLegRow, key, draft, version=version)
    refuse_if(check_leg(draft))
    before, day = row.medif, row.medif_on
    fill(row, draft, leave=("journey_id",))
    if row.medif is not before and row.medif_on == day:
        row.medif_on = None
    _date_medif(session, row, before=before)
    return _done(session, row)


def remove_leg(session: Session, key: int) -> Changes:
    """Take a leg off; one undo brings it back."""
    return _removed(session, get(session, TravelLegRow, key))


def leg_draft(session: Session, key: int) -> TravelLegDraft:
    """What the form of a leg opens with."""
    return draft_of(get(session, TravelLegRow, key), TravelLegDraft)


def _date_medif(session: Session, row: TravelLegRow, *, before: MedifState) -> None:
    """The day on which the airline's form came to where it is now, unless somebody said another."""
    if row.medif_on is None and row.medif is not before:
        row.medif_on = today(session)


# nights


def add_stay(session: Session, draft: StayDraft) -> Changes:
    """Write down a hotel."""
    refuse_if([*check_stay(draft), *need(session, JourneyRow, draft.journey_id, field="journey_id")])
    return _done(session, add(session, fill(StayRow(), draft)), made=True)


def edit_stay(session: Session, key: int, draft: StayDraft, *, version: int | None = None) -> Changes:
    """Change a hotel's nights or price."""
    row = get_for(session, StayRow, key, draft, version=version)
    refuse_if(check_stay(draft))
    return _done(session, fill(row, draft, leave=("journey_id",)))


def remove_stay(session: Session, key: int) -> Changes:
    """Take a hotel off; one undo brings it back."""
    return _removed(session, get(session, StayRow, key))


def stay_draft(session: Session, key: int) -> StayDraft:
    """What the form of a stay opens with."""
    return draft_of(get(session, StayRow, key), StayDraft)


# who goes along


def add_escort(session: Session, draft: EscortDraft) -> Changes:
    """Write down who goes along."""
    refuse_if([*check_escort(draft), *need(session, JourneyRow, draft.journey_id, field="journey_id")])
    return _done(session, add(session, fill(EscortRow(), draft)), made=True)


def edit_escort(session: Session, key: int, draft: EscortDraft, *, version: int | None = None) -> Changes:
    """Change what is known of somebody who goes along."""
    row = get_for(session, EscortRow, key, draft, version=version)
    refuse_if(check_escort(draft))
    return _done(session, fill(row, draft, leave=("journey_id",)))


def remove_escort(session: Session, key: int) -> Changes:
    """Take somebody off; one undo brings them back."""
    return _removed(session, get(session, EscortRow, key))


def escort_draft(session: Session, key: int) -> EscortDraft:
    """What the form of a companion opens with."""
    return draft_of(get(session, EscortRow, key), EscortDraft)


# what all three share


def _done(session: Session, row: WayRow, *, made: bool = False) -> Changes:
    session.flush()
    settle_debts(session, row.journey_id)
    return changes((row.__tablename__, row.id), ("journey", row.journey_id), made=row.id if made else None)


def _removed(session: Session, row: WayRow) -> Changes:
    kind, key, journey_id = row.__tablename__, row.id, row.journey_id
    session.delete(row)
    session.flush()
    return changes((kind, key), ("journey", journey_id))
