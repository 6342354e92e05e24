"""Whether the records that a draft names belong together. A policy covers its own people, a hospital is a hospital."""

from __future__ import annotations

from sqlalchemy.orm import Session

from liaison.domain.network import OrganizationKind
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.store.models import CoverRow, JourneyRow, OrganizationRow, PolicyRow

OTHER_PATIENTS_COVER = N_("This policy covers another person. Choose one of this patient's own.")
NOT_A_HOSPITAL = N_("Choose a hospital here.")
OTHER_PATIENTS_CASE = N_("This case belongs to another patient.")


def cover_problems(session: Session, patient_id: int, cover_id: int | None) -> list[Problem]:
    """A cover must be this patient's own."""
    if cover_id is None:
        return []
    cover = session.get(CoverRow, cover_id)
    if cover is not None and cover.patient_id == patient_id:
        return []
    return [Problem(code="OTHER_PATIENTS_COVER", message=OTHER_PATIENTS_COVER, field="cover_id")]


def hospital_problems(session: Session, hospital_id: int | None) -> list[Problem]:
    """A hospital must be one."""
    if hospital_id is None:
        return []
    house = session.get(OrganizationRow, hospital_id)
    if house is not None and house.kind is OrganizationKind.HOSPITAL:
        return []
    return [Problem(code="NOT_A_HOSPITAL", message=NOT_A_HOSPITAL, field="hospital_id")]


def case_problems(session: Session, patient_id: int, journey_id: int | None) -> list[Problem]:
    """A case must be this patient's own."""
    if journey_id is None:
        return []
    journey = session.get(JourneyRow, journey_id)
    if journey is not None and journey.patient_id == patient_id:
        return []
    return [Problem(code="OTHER_PATIENTS_CASE", message=OTHER_PATIENTS_CASE, field="journey_id")]


def policy_of(session: Session, cover_id: int | None) -> PolicyRow | None:
    """The policy behind a cover."""
    cover = session.get(CoverRow, cover_id) if cover_id is not None else None
    return None if cover is None else session.get(PolicyRow, cover.policy_id)


def name_of(session: Session, organization_id: int | None) -> str:
    """A house's name, or nothing."""
    house = session.get(OrganizationRow, organization_id) if organization_id is not None else None
    return "" if house is None else house.name
