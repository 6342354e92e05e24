"""Two records of one person become one: everything moves to the one that stays, and the other says where it went."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.errors import refuse_if
from liaison.domain.fields import field_of
from liaison.domain.patients import Region
from liaison.domain.people import PatientDraft
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services.changes import Changes, changes, get
from liaison.store.models import (
    BenefitUsageRow,
    ClaimRow,
    CoverRow,
    GuaranteeRow,
    JourneyRow,
    NewbornRow,
    PatientIdentifierRow,
    PatientRow,
    RelatedPersonRow,
)

SAME_PATIENT = N_("Choose two different patients.")
MERGED_ALREADY = N_("One of these patients was merged before. Open the one that stayed.")
CONTRADICT = N_("These two differ in “{field}”. Correct one of them first if they are the same person.")

_FILLED_IN = (
    "passport_name", "sex", "birth_date", "birth_place", "phone", "phone_digits", "phone_owner", "email", "address",
    "city", "province", "allergies", "note",
)  # fmt: skip
"""What the one that stays takes over where it has nothing itself."""

_NEVER_DIFFER = ("birth_date", "sex")


def merge_patients(session: Session, keep: int, other: int) -> Changes:
    """Bring a second record of the same person into the first. Refused where birth date or sex contradict."""
    stays, goes = get(session, PatientRow, keep), get(session, PatientRow, other)
    refuse_if(_problems(stays, goes))
    for name in _FILLED_IN:
        if not getattr(stays, name):
            setattr(stays, name, getattr(goes, name))
    if stays.region is Region.NOT_STATED:
        stays.region = goes.region
    stays.is_provisional = stays.is_provisional and goes.is_provisional
    touched: list[tuple[str, int | None]] = [("patient", keep), ("patient", other)]
    _move_covers(session, keep, other)
    _move_identifiers(session, keep, other)
    for table, kind in ((JourneyRow, "journey"), (ClaimRow, "claim"), (RelatedPersonRow, "related_person")):
        for row in _rows_of(session, table, other):
            row.patient_id = keep
            touched.append((kind, row.id))
    _move_children(session, keep, other)
    goes.merged_into_id = keep
    session.flush()
    return changes(*touched)


def _problems(stays: PatientRow, goes: PatientRow) -> list[Problem]:
    if stays.id == goes.id:
        return [Problem(code="SAME_PATIENT", message=SAME_PATIENT)]
    if stays.merged_into_id is not None or goes.merged_into_id is not None:
        return [Problem(code="MERGED_ALREADY", message=MERGED_ALREADY)]
    found = []
    for name in _NEVER_DIFFER:
        ours, theirs = getattr(stays, name), getattr(goes, name)
        if ours is not None and theirs is not None and ours != theirs:
            values = {"field": field_of(PatientDraft, name)}
            found.append(Problem(code="CONTRADICT", message=CONTRADICT, field=name, values=values))
    return found


def _rows_of(session: Session, table: Any, patient_id: int) -> list[Any]:
    return list(session.scalars(sa.select(table).where(table.patient_id == patient_id)))


def _move_covers(session: Session, keep: int, other: int) -> None:
    """Covers move; where both stand on one policy, what hangs on the second is hung on the first."""
    ours = {c.policy_id: c for c in _rows_of(session, CoverRow, keep)}
    for cover in _rows_of(session, CoverRow, other):
        twin = ours.get(cover.policy_id)
        if twin is None:
            cover.patient_id = keep
            continue
        _hang_on(session, cover.id, twin.id)
        for name in ("member_no", "member_no_key", "card_no", "name_on_policy", "relation_to_holder", "room_class"):
            if not getattr(twin, name):
                setattr(twin, name, getattr(cover, name))
        session.flush()
        session.delete(cover)
    session.flush()


def _move_children(session: Session, keep: int, other: int) -> None:
    """A child is its mother's, whichever of her two records it was written to; so is the child's own record."""
    for row in session.scalars(sa.select(NewbornRow).where(NewbornRow.mother_id == other)):
        row.mother_id = keep
    if session.scalar(sa.select(NewbornRow.id).where(NewbornRow.patient_id == keep)) is None:
        for row in session.scalars(sa.select(NewbornRow).where(NewbornRow.patient_id == other)):
            row.patient_id = keep


def _hang_on(session: Session, cover_id: int, twin_id: int) -> None:
    tables: tuple[Any, ...] = (JourneyRow, GuaranteeRow, ClaimRow, BenefitUsageRow)
    for table in tables:
        for row in session.scalars(sa.select(table).where(table.cover_id == cover_id)):
            row.cover_id = twin_id


def _move_identifiers(session: Session, keep: int, other: int) -> None:
    ours = {(i.kind, i.value_key, i.organization_id) for i in _rows_of(session, PatientIdentifierRow, keep)}
    for row in _rows_of(session, PatientIdentifierRow, other):
        if (row.kind, row.value_key, row.organization_id) in ours:
            session.delete(row)
        else:
            row.patient_id = keep
    session.flush()
