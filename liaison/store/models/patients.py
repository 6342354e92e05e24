"""People: patients, their numbers, who stands beside them, and agents."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from liaison.domain.patients import IdentifierKind, Region, RelationKind, Sex
from liaison.store.base import Record
from liaison.store.types import Choice, Day, Flag


class PatientRow(Record):
    """A patient. One-word names are whole names; the name as on each policy stands on the cover."""

    __tablename__ = "patient"

    full_name: Mapped[str]
    """As on the KTP, or as first heard."""
    passport_name: Mapped[str] = mapped_column(server_default="")
    name_key: Mapped[str]
    """Case-folded for sorting and comparing."""
    similar_key: Mapped[str] = mapped_column(server_default="")
    """Normalised spelling, for finding people who may be the same."""
    sex: Mapped[Sex | None] = mapped_column(Choice(Sex))
    birth_date: Mapped[dt.date | None] = mapped_column(Day)
    birth_place: Mapped[str] = mapped_column(server_default="")
    nationality: Mapped[str] = mapped_column(server_default="ID")
    language: Mapped[str] = mapped_column(server_default="id")
    phone: Mapped[str] = mapped_column(server_default="")
    """As typed; E.164 where it can be read. May serve a family and never identifies."""
    phone_digits: Mapped[str] = mapped_column(server_default="")
    phone_owner: Mapped[str] = mapped_column(server_default="")
    """Whose number it is, where it is not the patient's own ("husband")."""
    email: Mapped[str] = mapped_column(server_default="")
    address: Mapped[str] = mapped_column(server_default="")
    city: Mapped[str] = mapped_column(server_default="")
    province: Mapped[str] = mapped_column(server_default="")
    region: Mapped[Region] = mapped_column(Choice(Region), server_default="NOT_STATED")
    died_on: Mapped[dt.date | None] = mapped_column(Day)
    is_infectious: Mapped[bool] = mapped_column(Flag, server_default="0")
    is_provisional: Mapped[bool] = mapped_column(Flag, server_default="0")
    """Made by a claim list from a name alone: a suggestion until somebody has looked."""
    allergies: Mapped[str] = mapped_column(server_default="")
    note: Mapped[str] = mapped_column(server_default="")
    merged_into_id: Mapped[int | None] = mapped_column(sa.ForeignKey("patient.id"))
    voided_reason: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (
        sa.Index(None, "name_key", "id"),
        sa.Index(None, "similar_key"),
        sa.Index(None, "birth_date"),
        sa.Index(None, "phone_digits"),
        sa.Index(None, "merged_into_id", sqlite_where=sa.text("merged_into_id IS NOT NULL")),
    )


class PatientIdentifierRow(Record):
    """A number that somebody gave to a patient: NIK, KK, passport, BPJS, medical record number of one hospital."""

    __tablename__ = "patient_identifier"

    patient_id: Mapped[int] = mapped_column(sa.ForeignKey("patient.id"))
    kind: Mapped[IdentifierKind] = mapped_column(Choice(IdentifierKind))
    value: Mapped[str]
    value_key: Mapped[str]
    """Upper case without blanks and punctuation, leading zeros kept."""
    country: Mapped[str] = mapped_column(server_default="")
    organization_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organization.id"))
    """The hospital of an MRN."""
    issued_on: Mapped[dt.date | None] = mapped_column(Day)
    expires_on: Mapped[dt.date | None] = mapped_column(Day)
    seen_on: Mapped[dt.date | None] = mapped_column(Day)
    """When an officer saw the document itself."""

    table_extra: ClassVar[tuple[Any, ...]] = (
        sa.Index(None, "patient_id"),
        sa.Index(None, "kind", "value_key"),
    )


class RelatedPersonRow(Record):
    """Somebody beside a patient. Told the status only with consent, never the diagnosis."""

    __tablename__ = "related_person"

    patient_id: Mapped[int] = mapped_column(sa.ForeignKey("patient.id"))
    relation: Mapped[RelationKind] = mapped_column(Choice(RelationKind))
    name: Mapped[str]
    phone: Mapped[str] = mapped_column(server_default="")
    phone_digits: Mapped[str] = mapped_column(server_default="")
    related_patient_id: Mapped[int | None] = mapped_column(sa.ForeignKey("patient.id"))
    """Where this person is a patient too (the couple of a check-up)."""
    is_companion: Mapped[bool] = mapped_column(Flag, server_default="0")
    is_next_of_kin: Mapped[bool] = mapped_column(Flag, server_default="0")
    may_be_told_status: Mapped[bool] = mapped_column(Flag, server_default="0")
    consent_on: Mapped[dt.date | None] = mapped_column(Day)
    note: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (
        sa.Index(None, "patient_id"),
        sa.Index(None, "phone_digits"),
        sa.Index(None, "related_patient_id", sqlite_where=sa.text("related_patient_id IS NOT NULL")),
    )


class AgentRow(Record):
    """An insurer's agent, with the insurer and the agent's code."""

    __tablename__ = "agent"

    name: Mapped[str]
    name_key: Mapped[str]
    insurer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organization.id"))
    code: Mapped[str] = mapped_column(server_default="")
    phone: Mapped[str] = mapped_column(server_default="")
    phone_digits: Mapped[str] = mapped_column(server_default="")
    email: Mapped[str] = mapped_column(server_default="")
    city: Mapped[str] = mapped_column(server_default="")
    note: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "name_key", "id"),)
