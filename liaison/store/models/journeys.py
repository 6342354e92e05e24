"""Journeys and what happened to them."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from liaison.domain.journeys import (
    CancelReason,
    EntryMode,
    JourneyKind,
    JourneyState,
    LinkKind,
    PayerPath,
    SourceChannel,
)
from liaison.domain.patients import Region
from liaison.store.base import Record
from liaison.store.types import Choice, Day, Flag, Moment


class JourneyRow(Record):
    """One patient's way through one need for care, from the first message to the last payment."""

    __tablename__ = "journey"

    case_no: Mapped[str]
    patient_id: Mapped[int] = mapped_column(sa.ForeignKey("patient.id"))
    kind: Mapped[JourneyKind] = mapped_column(Choice(JourneyKind))
    state: Mapped[JourneyState] = mapped_column(Choice(JourneyState))
    state_since: Mapped[dt.datetime] = mapped_column(Moment)
    is_open: Mapped[bool] = mapped_column(Flag, server_default="1")
    opened_on: Mapped[dt.date] = mapped_column(Day)
    ended_on: Mapped[dt.date | None] = mapped_column(Day)
    entry_mode: Mapped[EntryMode] = mapped_column(Choice(EntryMode), server_default="ELECTIVE")
    source_channel: Mapped[SourceChannel] = mapped_column(Choice(SourceChannel), server_default="WHATSAPP")
    officer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("officer.id"))
    agent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agent.id"))
    origin_city: Mapped[str] = mapped_column(server_default="")
    origin_province: Mapped[str] = mapped_column(server_default="")
    region: Mapped[Region] = mapped_column(Choice(Region), server_default="NOT_STATED")
    destination_country: Mapped[str] = mapped_column(server_default="")
    destination_city: Mapped[str] = mapped_column(server_default="")
    hospital_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organization.id"))
    doctor: Mapped[str] = mapped_column(server_default="")
    mrn: Mapped[str] = mapped_column(server_default="")
    hospital_ref: Mapped[str] = mapped_column(server_default="")
    cover_id: Mapped[int | None] = mapped_column(sa.ForeignKey("cover.id"))
    """The cover this journey goes by, once somebody chose it; letters and claims name their own."""
    insurer_ref: Mapped[str] = mapped_column(server_default="")
    payer_path: Mapped[PayerPath | None] = mapped_column(Choice(PayerPath))
    need: Mapped[str] = mapped_column(server_default="")
    """What the patient asks for, in their words."""
    specialty: Mapped[str] = mapped_column(server_default="")
    diagnosis_code: Mapped[str] = mapped_column(server_default="")
    diagnosis: Mapped[str] = mapped_column(server_default="")
    procedure: Mapped[str] = mapped_column(server_default="")
    clinical_note: Mapped[str] = mapped_column(server_default="")
    is_restricted: Mapped[bool] = mapped_column(Flag, server_default="0")
    """HIV, mental health, fertility, TB: printed only where the purpose was ticked."""
    planned_admission_on: Mapped[dt.date | None] = mapped_column(Day)
    planned_return_on: Mapped[dt.date | None] = mapped_column(Day)
    departed_on: Mapped[dt.date | None] = mapped_column(Day)
    admitted_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    discharged_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    room_class: Mapped[str] = mapped_column(server_default="")
    decision: Mapped[str] = mapped_column(server_default="")
    decision_reason: Mapped[str] = mapped_column(server_default="")
    is_retained_domestic: Mapped[bool] = mapped_column(Flag, server_default="0")
    was_answered: Mapped[bool] = mapped_column(Flag, server_default="0")
    """Closed as "answered, no travel": a success."""
    closed_reason: Mapped[CancelReason | None] = mapped_column(Choice(CancelReason))
    closed_note: Mapped[str] = mapped_column(server_default="")
    hold_reason: Mapped[str] = mapped_column(server_default="")
    held_since: Mapped[dt.datetime | None] = mapped_column(Moment)
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("journey.id"))
    link_kind: Mapped[LinkKind | None] = mapped_column(Choice(LinkKind))
    last_contact_at: Mapped[dt.datetime] = mapped_column(Moment)

    table_extra: ClassVar[tuple[Any, ...]] = (
        sa.UniqueConstraint("case_no"),
        sa.Index(None, "patient_id"),
        sa.Index(None, "is_open", "state"),
        sa.Index(None, "hospital_id"),
        sa.Index(None, "cover_id"),
        sa.Index(None, "origin_city", "opened_on"),
        sa.Index(None, "opened_on"),
        sa.Index(None, "state_since", "id"),
        sa.Index(None, "parent_id", sqlite_where=sa.text("parent_id IS NOT NULL")),
    )


class JourneyEventRow(Record):
    """A move from one state to another, with who, when, why, and what was overridden."""

    __tablename__ = "journey_event"

    journey_id: Mapped[int] = mapped_column(sa.ForeignKey("journey.id"))
    at: Mapped[dt.datetime] = mapped_column(Moment)
    from_state: Mapped[JourneyState | None] = mapped_column(Choice(JourneyState))
    to_state: Mapped[JourneyState] = mapped_column(Choice(JourneyState))
    actor: Mapped[str]
    note: Mapped[str] = mapped_column(server_default="")
    reason_code: Mapped[str] = mapped_column(server_default="")
    override_reason: Mapped[str] = mapped_column(server_default="")
    """Why somebody went past a guard; prints on the case summary."""
    overridden: Mapped[str] = mapped_column(server_default="")
    """Codes of the guards that were passed over, blank-separated."""

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "journey_id", "at"),)
