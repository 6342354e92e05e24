"""Patients: their names, their numbers, and who stands beside them. Nobody is ever merged silently."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.errors import refuse_if
from liaison.domain.identifiers import number_key, phone_digits
from liaison.domain.names import fold, similar_key
from liaison.domain.patients import ONE_PERSON_KINDS, IdentifierKind, Region
from liaison.domain.people import (
    IdentifierDraft,
    PatientDraft,
    RelatedPersonDraft,
    check_identifier,
    check_patient,
    check_related_person,
)
from liaison.domain.problems import Problem
from liaison.domain.regions import city_of, province_of, region_of
from liaison.i18n import N_
from liaison.services.changes import Changes, add, changes, draft_of, fill, get, get_for, need, today
from liaison.services.debts import settle_debts
from liaison.store.models import (
    ClaimRow,
    JourneyRow,
    OrganizationRow,
    PatientIdentifierRow,
    PatientRow,
    RelatedPersonRow,
)

ANOTHERS_NUMBER = N_("Another patient already has this number. Open that patient; one of the two may be a duplicate.")
NUMBER_KNOWN = N_("This patient already has this number.")
HAS_CASES = N_("This patient has cases or claims and cannot be voided. Merge the patient with the right one instead.")
SAME_PATIENT = N_("Choose two different patients.")
VOID_NEEDS_REASON = N_("Say why: the reason stays in the history.")


# the person


def add_patient(session: Session, draft: PatientDraft) -> Changes:
    """Put a person on record."""
    refuse_if(check_patient(draft, today=today(session)))
    row = fill(PatientRow(), draft)
    keep_keys(row)
    add(session, row)
    return changes(("patient", row.id), made=row.id)


def edit_patient(session: Session, key: int, draft: PatientDraft, *, version: int | None = None) -> Changes:
    """Change what is known of a person. Somebody has looked, so a provisional patient becomes a real one."""
    row = get_for(session, PatientRow, key, draft, version=version)
    refuse_if(check_patient(draft, today=today(session)))
    moved_house = draft.city != row.city and draft.province == row.province
    fill(row, draft)
    if moved_house:
        row.province, row.region = "", Region.NOT_STATED
    keep_keys(row)
    row.is_provisional = False
    session.flush()
    return changes(("patient", key), *_settled_cases(session, key))


def patient_draft(session: Session, key: int) -> PatientDraft:
    """What the form of a patient opens with."""
    return draft_of(get(session, PatientRow, key), PatientDraft)


def keep_keys(row: PatientRow) -> None:
    """Keep what a person is sorted and found by in step with what was typed."""
    row.name_key = fold(row.full_name)
    row.similar_key = similar_key(row.full_name)
    row.phone_digits = phone_digits(row.phone or "")
    city = city_of(row.city or "")
    if city is not None and not row.province:
        row.province = city.province
    if row.province and row.region in (None, Region.NOT_STATED):
        province = province_of(row.province)
        row.region = region_of(province.code) if province else Region.NOT_STATED


def void_patient(session: Session, key: int, *, reason: str) -> Changes:
    """Take a person entered by mistake out of the lists; refused where cases or claims hang on the person."""
    row = get(session, PatientRow, key)
    problems = []
    if not reason.strip():
        problems.append(Problem(code="MISSING", message=VOID_NEEDS_REASON, field="reason"))
    if any(
        session.scalar(sa.select(table.id).where(table.patient_id == key).limit(1)) for table in (JourneyRow, ClaimRow)
    ):
        problems.append(Problem(code="HAS_CASES", message=HAS_CASES))
    refuse_if(problems)
    row.voided_reason = reason.strip()
    session.flush()
    return changes(("patient", key))


def _settled_cases(session: Session, patient_id: int) -> list[tuple[str, int | None]]:
    """The person's cases, whose debts may be paid by what is known now."""
    theirs = list(session.scalars(sa.select(JourneyRow.id).where(JourneyRow.patient_id == patient_id)))
    for key in theirs:
        settle_debts(session, key)
    return [("journey", key) for key in theirs]


# numbers


def add_identifier(session: Session, patient_id: int, draft: IdentifierDraft) -> Changes:
    """Put a number on record: NIK, passport, medical record number of one hospital."""
    refuse_if(_identifier_problems(session, patient_id, draft))
    row = fill(PatientIdentifierRow(patient_id=patient_id), draft, leave=("patient_id",))
    row.value_key = number_key(row.value)
    add(session, row)
    return changes(("identifier", row.id), ("patient", patient_id), *_settled_cases(session, patient_id), made=row.id)


def edit_identifier(session: Session, key: int, draft: IdentifierDraft, *, version: int | None = None) -> Changes:
    """Change a number or its dates."""
    row = get_for(session, PatientIdentifierRow, key, draft, version=version)
    refuse_if(_identifier_problems(session, row.patient_id, draft, but=key))
    fill(row, draft, leave=("patient_id",))
    row.value_key = number_key(row.value)
    session.flush()
    return changes(("identifier", key), ("patient", row.patient_id), *_settled_cases(session, row.patient_id))


def remove_identifier(session: Session, key: int) -> Changes:
    """Take a wrong number off a person; the journal keeps it, and one undo brings it back."""
    row = get(session, PatientIdentifierRow, key)
    session.delete(row)
    session.flush()
    return changes(("identifier", key), ("patient", row.patient_id), *_settled_cases(session, row.patient_id))


def identifier_draft(session: Session, key: int) -> IdentifierDraft:
    """What the form of a number opens with."""
    return draft_of(get(session, PatientIdentifierRow, key), IdentifierDraft)


def identifier_warnings(session: Session, patient_id: int, draft: IdentifierDraft) -> tuple[Problem, ...]:
    """What needs a look before a number is saved: a birth date that the NIK has otherwise, another patient's number."""
    found = _identifier_problems(session, patient_id, draft)
    return tuple(p for p in found if p.severity == "warning")


def _identifier_problems(
    session: Session, patient_id: int, draft: IdentifierDraft, *, but: int | None = None
) -> list[Problem]:
    person = get(session, PatientRow, patient_id)
    problems = list(check_identifier(draft, born=person.birth_date, sex=person.sex, today=today(session)))
    problems += need(session, OrganizationRow, draft.organization_id, field="organization_id")
    same = sa.select(PatientIdentifierRow).where(
        PatientIdentifierRow.kind == draft.kind, PatientIdentifierRow.value_key == number_key(draft.value)
    )
    for other in session.scalars(same):
        if other.id == but or not _same_giver(draft, other):
            continue
        if other.patient_id == patient_id:
            problems.append(Problem(code="NUMBER_KNOWN", message=NUMBER_KNOWN, field="value"))
        elif draft.kind in ONE_PERSON_KINDS or draft.kind is IdentifierKind.MRN:
            problems.append(Problem(code="ANOTHERS_NUMBER", message=ANOTHERS_NUMBER, field="value", severity="warning"))
    return problems


def _same_giver(draft: IdentifierDraft, other: PatientIdentifierRow) -> bool:
    return draft.kind is not IdentifierKind.MRN or other.organization_id == draft.organization_id


# who stands beside the patient


def add_related_person(session: Session, patient_id: int, draft: RelatedPersonDraft) -> Changes:
    """Put a relative, companion or agent beside a patient."""
    refuse_if(_relation_problems(session, patient_id, draft))
    row = fill(RelatedPersonRow(patient_id=patient_id), draft, leave=("patient_id",))
    keep_related_keys(row)
    add(session, row)
    cases = _settled_cases(session, patient_id)
    return changes(("related_person", row.id), ("patient", patient_id), *cases, made=row.id)


def edit_related_person(
    session: Session, key: int, draft: RelatedPersonDraft, *, version: int | None = None
) -> Changes:
    """Change who stands beside a patient, or whether that person may be told the status."""
    row = get_for(session, RelatedPersonRow, key, draft, version=version)
    refuse_if(_relation_problems(session, row.patient_id, draft))
    fill(row, draft, leave=("patient_id",))
    keep_related_keys(row)
    session.flush()
    return changes(("related_person", key), ("patient", row.patient_id), *_settled_cases(session, row.patient_id))


def remove_related_person(session: Session, key: int) -> Changes:
    """Take somebody from a patient's side; one undo brings the entry back."""
    row = get(session, RelatedPersonRow, key)
    session.delete(row)
    session.flush()
    return changes(("related_person", key), ("patient", row.patient_id), *_settled_cases(session, row.patient_id))


def related_person_draft(session: Session, key: int) -> RelatedPersonDraft:
    """What the form of a related person opens with."""
    return draft_of(get(session, RelatedPersonRow, key), RelatedPersonDraft)


def keep_related_keys(row: RelatedPersonRow) -> None:
    """Keep the digits by which a related person is found in step with the number."""
    row.phone_digits = phone_digits(row.phone or "")


def _relation_problems(session: Session, patient_id: int, draft: RelatedPersonDraft) -> list[Problem]:
    problems = [*check_related_person(draft), *need(session, PatientRow, patient_id)]
    problems += need(session, PatientRow, draft.related_patient_id, field="related_patient_id")
    if draft.related_patient_id == patient_id:
        problems.append(Problem(code="SAME_PATIENT", message=SAME_PATIENT, field="related_patient_id"))
    return problems
