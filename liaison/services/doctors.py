"""Doctors: who sees patients where and when, who is away, and the next free time as somebody told it."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.doctors import (
    AbsenceDraft,
    DoctorDraft,
    DoctorPlaceDraft,
    NewDoctorDraft,
    NextSlotDraft,
    check_absence,
    check_doctor,
    check_place,
    check_slot,
    name_words,
)
from liaison.domain.errors import refuse_if
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services.belonging import hospital_problems
from liaison.services.changes import Changes, add, changes, draft_of, fill, get, get_for, need, today
from liaison.services.doctor_views import AbsenceView as AbsenceView
from liaison.services.doctor_views import DoctorLine as DoctorLine
from liaison.services.doctor_views import DoctorView as DoctorView
from liaison.services.doctor_views import Notice as Notice
from liaison.services.doctor_views import PlaceView as PlaceView
from liaison.services.doctor_views import SlotView as SlotView
from liaison.services.doctor_views import doctor as doctor
from liaison.services.doctor_views import doctor_lines as doctor_lines
from liaison.services.doctor_views import doctors_of as doctors_of
from liaison.services.doctor_views import notice_on as notice_on
from liaison.services.doctor_views import suggest as suggest
from liaison.services.network_views import overlap
from liaison.store.models import DoctorAbsenceRow, DoctorPlaceRow, DoctorRow, DoctorSlotRow, OrganizationRow

KNOWN_DOCTOR = N_("{name} is already on record at this hospital. Open that entry instead of adding it again.")
WORKS_HERE = N_("This doctor already works at this hospital in these days. Change that entry, or end it first.")
AWAY_ALREADY = N_("These days overlap another absence of this doctor. Change that one instead.")
NOT_HERE = N_("This doctor does not work at this hospital. Add the hospital to the doctor first.")


# doctors


def add_doctor(session: Session, draft: NewDoctorDraft) -> Changes:
    """Put a doctor with the first hospital on record; the same name at the same hospital is refused."""
    refuse_if([
        *check_doctor(draft, today=today(session)),
        *check_place(draft, country=_country(session, draft.hospital_id)),
        *hospital_problems(session, draft.hospital_id),
        *_known(session, draft.name, draft.hospital_id),
    ])  # fmt: skip
    row = add(session, _keyed(fill(DoctorRow(last_verified_on=today(session)), draft)))
    place = add(session, fill(DoctorPlaceRow(doctor_id=row.id), draft))
    return changes(("doctor", row.id), ("organization", place.hospital_id), made=row.id)


def edit_doctor(session: Session, key: int, draft: DoctorDraft, *, version: int | None = None) -> Changes:
    """Change what is known of a doctor."""
    row = get_for(session, DoctorRow, key, draft, version=version)
    known = [p for house in _houses(session, key) for p in _known(session, draft.name, house, but=key)]
    refuse_if([*check_doctor(draft, today=today(session)), *known[:1]])
    _keyed(fill(row, draft))
    session.flush()
    return _touched(session, key)


def doctor_draft(session: Session, key: int) -> DoctorDraft:
    """What the form of a doctor opens with."""
    return draft_of(get(session, DoctorRow, key), DoctorDraft)


def retire_doctor(session: Session, key: int, *, on: dt.date | None = None) -> Changes:
    """Say that a doctor no longer practises; nobody is proposed to them from then on."""
    get(session, DoctorRow, key).retired_on = on or today(session)
    session.flush()
    return _touched(session, key)


def verify_doctor(session: Session, key: int) -> Changes:
    """Say that what is known of a doctor was right today."""
    get(session, DoctorRow, key).last_verified_on = today(session)
    session.flush()
    return _touched(session, key)


def remove_doctor(session: Session, key: int) -> Changes:
    """Take a doctor entered in error off, with everything known of them; one undo brings it back."""
    row = get(session, DoctorRow, key)
    touched = _touched(session, key)
    for child in (DoctorSlotRow, DoctorAbsenceRow, DoctorPlaceRow):
        for one in session.scalars(sa.select(child).where(child.doctor_id == key)):
            session.delete(one)
    session.flush()
    session.delete(row)
    session.flush()
    return touched


# where they work


def add_place(session: Session, draft: DoctorPlaceDraft) -> Changes:
    """A doctor sees patients at another hospital too."""
    refuse_if(_place_problems(session, draft))
    row = add(session, fill(DoctorPlaceRow(), draft))
    return _touched(session, row.doctor_id, made=row.id)


def edit_place(session: Session, key: int, draft: DoctorPlaceDraft, *, version: int | None = None) -> Changes:
    """Change a doctor's hours at a hospital, or say until when they worked there."""
    row = get_for(session, DoctorPlaceRow, key, draft, version=version)
    refuse_if(_place_problems(session, draft, but=key))
    fill(row, draft)
    session.flush()
    return _touched(session, row.doctor_id)


def remove_place(session: Session, key: int) -> Changes:
    """Take a hospital off a doctor; what was told of free times there goes with it."""
    row = get(session, DoctorPlaceRow, key)
    touched = _touched(session, row.doctor_id)
    slots = sa.select(DoctorSlotRow).where(
        DoctorSlotRow.doctor_id == row.doctor_id, DoctorSlotRow.hospital_id == row.hospital_id
    )
    for slot in session.scalars(slots):
        session.delete(slot)
    session.delete(row)
    session.flush()
    return touched


def place_draft(session: Session, key: int) -> DoctorPlaceDraft:
    """What the form of a doctor's hours opens with."""
    return draft_of(get(session, DoctorPlaceRow, key), DoctorPlaceDraft)


# when they are away


def record_absence(session: Session, draft: AbsenceDraft) -> Changes:
    """Write down when a doctor is away."""
    refuse_if(_absence_problems(session, draft))
    row = add(session, fill(DoctorAbsenceRow(), draft))
    return _touched(session, row.doctor_id, made=row.id)


def edit_absence(session: Session, key: int, draft: AbsenceDraft, *, version: int | None = None) -> Changes:
    """Correct an absence."""
    row = get_for(session, DoctorAbsenceRow, key, draft, version=version)
    refuse_if(_absence_problems(session, draft, but=key))
    fill(row, draft)
    session.flush()
    return _touched(session, row.doctor_id)


def remove_absence(session: Session, key: int) -> Changes:
    """Take an absence off that will not be."""
    row = get(session, DoctorAbsenceRow, key)
    session.delete(row)
    session.flush()
    return _touched(session, row.doctor_id)


def absence_draft(session: Session, key: int) -> AbsenceDraft:
    """What the form of an absence opens with."""
    return draft_of(get(session, DoctorAbsenceRow, key), AbsenceDraft)


# the next free time


def record_slot(session: Session, draft: NextSlotDraft) -> Changes:
    """Write down the next free time as somebody told it; what was told before stays behind it."""
    refuse_if(_slot_problems(session, draft))
    row = add(session, fill(DoctorSlotRow(), draft))
    return _touched(session, row.doctor_id, made=row.id)


def edit_slot(session: Session, key: int, draft: NextSlotDraft, *, version: int | None = None) -> Changes:
    """Correct a next free time."""
    row = get_for(session, DoctorSlotRow, key, draft, version=version)
    refuse_if(_slot_problems(session, draft))
    fill(row, draft)
    session.flush()
    return _touched(session, row.doctor_id)


def remove_slot(session: Session, key: int) -> Changes:
    """Take a next free time off that was misheard."""
    row = get(session, DoctorSlotRow, key)
    session.delete(row)
    session.flush()
    return _touched(session, row.doctor_id)


def slot_draft(session: Session, key: int) -> NextSlotDraft:
    """What the form of a next free time opens with."""
    return draft_of(get(session, DoctorSlotRow, key), NextSlotDraft)


# checks with the store


def keep_doctor_keys(row: DoctorRow) -> None:
    """Keep the words by which a doctor is sorted and found in step with the name."""
    row.name_key = " ".join(name_words(row.name))


def _keyed(row: DoctorRow) -> DoctorRow:
    keep_doctor_keys(row)
    return row


def _known(session: Session, name: str, hospital_id: int, *, but: int | None = None) -> list[Problem]:
    same = session.scalar(
        sa.select(DoctorRow.id)
        .join(DoctorPlaceRow, DoctorPlaceRow.doctor_id == DoctorRow.id)
        .where(DoctorRow.name_key == " ".join(name_words(name)), DoctorPlaceRow.hospital_id == hospital_id)
        .where(DoctorRow.id != (but or 0), DoctorRow.name_key != "")
    )
    if same is None:
        return []
    return [Problem(code="KNOWN_DOCTOR", message=KNOWN_DOCTOR, field="name", values={"name": name.strip()})]


def _place_problems(session: Session, draft: DoctorPlaceDraft, *, but: int | None = None) -> list[Problem]:
    found = [
        *check_place(draft, country=_country(session, draft.hospital_id)),
        *need(session, DoctorRow, draft.doctor_id),
        *hospital_problems(session, draft.hospital_id),
    ]
    theirs = sa.select(DoctorPlaceRow).where(
        DoctorPlaceRow.doctor_id == draft.doctor_id, DoctorPlaceRow.hospital_id == draft.hospital_id
    )
    for row in session.scalars(theirs):
        if row.id != but and overlap(row.since, row.until, draft.since, draft.until):
            return [*found, Problem(code="WORKS_HERE", message=WORKS_HERE, field="hospital_id")]
    return found


def _absence_problems(session: Session, draft: AbsenceDraft, *, but: int | None = None) -> list[Problem]:
    found = [*check_absence(draft), *need(session, DoctorRow, draft.doctor_id)]
    theirs = sa.select(DoctorAbsenceRow).where(DoctorAbsenceRow.doctor_id == draft.doctor_id)
    for row in session.scalars(theirs):
        if row.id != but and overlap(row.first_on, row.last_on, draft.first_on, draft.last_on):
            return [*found, Problem(code="AWAY_ALREADY", message=AWAY_ALREADY, field="first_on")]
    return found


def _slot_problems(session: Session, draft: NextSlotDraft) -> list[Problem]:
    found = [*check_slot(draft, today=today(session)), *need(session, DoctorRow, draft.doctor_id)]
    if not found and draft.hospital_id not in _houses(session, draft.doctor_id):
        found.append(Problem(code="NOT_HERE", message=NOT_HERE, field="hospital_id"))
    return found


def _houses(session: Session, doctor_id: int) -> list[int]:
    asked = sa.select(DoctorPlaceRow.hospital_id).where(DoctorPlaceRow.doctor_id == doctor_id)
    return list(dict.fromkeys(session.scalars(asked.order_by(DoctorPlaceRow.id))))


def _country(session: Session, organization_id: int) -> str:
    house = session.get(OrganizationRow, organization_id)
    return (house.country if house is not None else "") or "ID"


def _touched(session: Session, doctor_id: int, *, made: int | None = None) -> Changes:
    return changes(("doctor", doctor_id), *(("organization", key) for key in _houses(session, doctor_id)), made=made)
