"""A person with numbers, relations and cases, as a page shows them. Numbers in full; masking is the window's work."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.journeys import JourneyState, LinkKind
from liaison.domain.names import age_on
from liaison.domain.patients import IdentifierKind, Region, RelationKind, Sex
from liaison.services.changes import get, today
from liaison.store.models import JourneyRow, PatientIdentifierRow, PatientRow, RelatedPersonRow

V = TypeVar("V")


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentifierView:
    """A number of a patient, in full; masking is the window's work."""

    id: int
    version: int
    kind: IdentifierKind
    value: str
    country: str
    organization_id: int | None
    issued_on: dt.date | None
    expires_on: dt.date | None
    seen_on: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedView:
    """Somebody beside the patient."""

    id: int
    version: int
    relation: RelationKind
    name: str
    phone: str
    is_companion: bool
    is_next_of_kin: bool
    may_be_told_status: bool
    consent_on: dt.date | None
    related_patient_id: int | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedJourney:
    """Another case: of the same person, or tied to this one."""

    id: int
    case_no: str
    name: str
    state: JourneyState
    opened_on: dt.date
    link: LinkKind | None = None
    is_parent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientView:
    """A person with numbers, relations and cases."""

    id: int
    version: int
    full_name: str
    passport_name: str
    sex: Sex | None
    birth_date: dt.date | None
    birth_place: str
    nationality: str
    language: str
    phone: str
    phone_owner: str
    email: str
    address: str
    city: str
    province: str
    region: Region
    died_on: dt.date | None
    is_infectious: bool
    is_provisional: bool
    allergies: str
    note: str
    age: int | None
    identifiers: tuple[IdentifierView, ...]
    related: tuple[RelatedView, ...]
    journeys: tuple[LinkedJourney, ...]


def next_of_kin(session: Session, patient_id: int) -> str:
    """The name of the next of kin on record; empty where nobody is marked as such."""
    marked = sa.select(RelatedPersonRow.name).where(
        RelatedPersonRow.patient_id == patient_id, RelatedPersonRow.is_next_of_kin
    )
    return session.scalar(marked.order_by(RelatedPersonRow.id).limit(1)) or ""


def patient_view(session: Session, key: int) -> PatientView:
    """A person with numbers, relations and cases. Raises :class:`Refused` (GONE)."""
    row = get(session, PatientRow, key)
    identifiers = session.scalars(
        sa.select(PatientIdentifierRow)
        .where(PatientIdentifierRow.patient_id == key)
        .order_by(PatientIdentifierRow.kind, PatientIdentifierRow.id)
    )
    related = session.scalars(
        sa.select(RelatedPersonRow)
        .where(RelatedPersonRow.patient_id == key)
        .order_by(RelatedPersonRow.is_next_of_kin.desc(), RelatedPersonRow.id)
    )
    return PatientView(
        **{name: getattr(row, name) for name in _PERSON},
        age=None if row.birth_date is None else age_on(row.birth_date, row.died_on or today(session)),
        identifiers=tuple(copied(IdentifierView, one) for one in identifiers),
        related=tuple(copied(RelatedView, one) for one in related),
        journeys=cases_where(session, JourneyRow.patient_id == key),
    )


_PERSON = (
    "id",
    "version",
    "full_name",
    "passport_name",
    "sex",
    "birth_date",
    "birth_place",
    "nationality",
    "language",
    "phone",
    "phone_owner",
    "email",
    "address",
    "city",
    "province",
    "region",
    "died_on",
    "is_infectious",
    "is_provisional",
    "allergies",
    "note",
)


def copied(view: type[V], row: object) -> V:
    """A view whose fields are all columns of the row."""
    return view(**{f.name: getattr(row, f.name) for f in dataclasses.fields(cast("Any", view))})


def cases_where(session: Session, condition: sa.ColumnElement[bool]) -> tuple[LinkedJourney, ...]:
    """The cases that meet a condition, newest first."""
    rows = session.execute(
        sa.select(JourneyRow.id, JourneyRow.case_no, PatientRow.full_name, JourneyRow.state, JourneyRow.opened_on)
        .join(PatientRow, PatientRow.id == JourneyRow.patient_id)
        .where(condition)
        .order_by(JourneyRow.opened_on.desc(), JourneyRow.id.desc())
    )
    return tuple(LinkedJourney(id=i, case_no=no, name=name, state=st, opened_on=on) for i, no, name, st, on in rows)
