"""Care around the journey: opinions, referrals and the answer home, appointments. Steps follow by themselves."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from liaison.domain.care import (
    AppointmentDraft,
    OpinionDraft,
    ReferralDraft,
    check_appointment,
    check_opinion,
    check_referral,
)
from liaison.domain.errors import refuse_if
from liaison.domain.problems import Problem
from liaison.services.belonging import hospital_problems
from liaison.services.care_steps import keep_care_steps
from liaison.services.changes import Changes, add, changes, clock, draft_of, fill, get, get_for, need
from liaison.services.debts import settle_debts
from liaison.store.models import AppointmentRow, JourneyRow, OpinionRow, ReferralRow

CareDraft = OpinionDraft | ReferralDraft | AppointmentDraft
CareRow = OpinionRow | ReferralRow | AppointmentRow


# opinions


def add_opinion(session: Session, draft: OpinionDraft) -> Changes:
    """Write down that a doctor was asked, and the answer where it is there already."""
    refuse_if([*check_opinion(draft, now=clock(session)), *_places(session, draft)])
    return _done(session, add(session, fill(OpinionRow(), draft)), made=True)


def edit_opinion(session: Session, key: int, draft: OpinionDraft, *, version: int | None = None) -> Changes:
    """Write down the answer, or correct what was written."""
    row = get_for(session, OpinionRow, key, draft, version=version)
    refuse_if([*check_opinion(draft, now=clock(session)), *_places(session, draft)])
    return _done(session, fill(row, draft, leave=("journey_id",)))


def remove_opinion(session: Session, key: int) -> Changes:
    """Take an opinion entered in error off; one undo brings it back."""
    return _removed(session, get(session, OpinionRow, key))


def opinion_draft(session: Session, key: int) -> OpinionDraft:
    """What the form of an opinion opens with."""
    return draft_of(get(session, OpinionRow, key), OpinionDraft)


# referrals


def add_referral(session: Session, draft: ReferralDraft) -> Changes:
    """Write down a referral; once it is sent, somebody asks after it within a day."""
    refuse_if([*check_referral(draft, now=clock(session)), *_places(session, draft)])
    return _done(session, add(session, fill(ReferralRow(), draft)), made=True)


def edit_referral(session: Session, key: int, draft: ReferralDraft, *, version: int | None = None) -> Changes:
    """Write down how far a referral has come."""
    row = get_for(session, ReferralRow, key, draft, version=version)
    refuse_if([*check_referral(draft, now=clock(session)), *_places(session, draft)])
    return _done(session, fill(row, draft, leave=("journey_id",)))


def remove_referral(session: Session, key: int) -> Changes:
    """Take a referral entered in error off; one undo brings it back."""
    return _removed(session, get(session, ReferralRow, key))


def referral_draft(session: Session, key: int) -> ReferralDraft:
    """What the form of a referral opens with."""
    return draft_of(get(session, ReferralRow, key), ReferralDraft)


# appointments


def add_appointment(session: Session, draft: AppointmentDraft) -> Changes:
    """Write down an appointment that was asked for or confirmed."""
    refuse_if([*check_appointment(draft, now=clock(session)), *_places(session, draft)])
    return _done(session, add(session, fill(AppointmentRow(), draft)), made=True)


def edit_appointment(session: Session, key: int, draft: AppointmentDraft, *, version: int | None = None) -> Changes:
    """Move, confirm or cancel an appointment. A new hour that the patient does not know yet must be told anew."""
    row = get_for(session, AppointmentRow, key, draft, version=version)
    refuse_if([*check_appointment(draft, now=clock(session)), *_places(session, draft)])
    has_moved, told, confirmed = row.starts_at != draft.starts_at, row.told_at, row.confirmed_at
    fill(row, draft, leave=("journey_id",))
    if has_moved and _is_untouched(row.told_at, told):
        row.told_at = None
    if has_moved and _is_untouched(row.confirmed_at, confirmed):
        row.confirmed_at = clock(session)
    return _done(session, row)


def _is_untouched(now: dt.datetime | None, before: dt.datetime | None) -> bool:
    """Whether a moment is the one that was there; a form knows minutes only."""
    return now is not None and before is not None and abs(now - before) < dt.timedelta(minutes=1)


def patient_told(session: Session, key: int, *, at: dt.datetime | None = None, version: int | None = None) -> Changes:
    """Write down that the patient knows when and where; the step that asked for it is done."""
    row = get(session, AppointmentRow, key, version=version, fields=("told_at", "starts_at"))
    now = at or clock(session)
    row.confirmed_at = row.confirmed_at or now
    row.told_at = now
    refuse_if(check_appointment(draft_of(row, AppointmentDraft), now=clock(session)))
    return _done(session, row)


def remove_appointment(session: Session, key: int) -> Changes:
    """Take an appointment entered in error off; one undo brings it back."""
    return _removed(session, get(session, AppointmentRow, key))


def appointment_draft(session: Session, key: int) -> AppointmentDraft:
    """What the form of an appointment opens with."""
    return draft_of(get(session, AppointmentRow, key), AppointmentDraft)


# what all three share


def _places(session: Session, draft: CareDraft) -> list[Problem]:
    return [
        *need(session, JourneyRow, draft.journey_id, field="journey_id"),
        *hospital_problems(session, draft.hospital_id),
    ]


def _done(session: Session, row: CareRow, *, made: bool = False) -> Changes:
    session.flush()
    steps = keep_care_steps(session, row.journey_id)
    settle_debts(session, row.journey_id)
    touched = changes((row.__tablename__, row.id), ("journey", row.journey_id), made=row.id if made else None)
    return touched | Changes(touched=steps.touched)


def _removed(session: Session, row: CareRow) -> Changes:
    kind, key, journey_id = row.__tablename__, row.id, row.journey_id
    session.delete(row)
    session.flush()
    steps = keep_care_steps(session, journey_id)
    return changes((kind, key), ("journey", journey_id)) | Changes(touched=steps.touched)
