"""Guarantee letters, their versions, queries and moves."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from liaison.domain.codes import ReasonCode
from liaison.domain.guarantees import GuaranteeState, VersionKind
from liaison.store.base import Record
from liaison.store.types import Choice, Day, Flag, Key, Moment


class GuaranteeRow(Record):
    """One guarantee case: one admission, one payer. Its versions are cumulative ceilings, never added."""

    __tablename__ = "guarantee"

    journey_id: Mapped[int] = mapped_column(sa.ForeignKey("journey.id"))
    cover_id: Mapped[int] = mapped_column(sa.ForeignKey("cover.id"))
    hospital_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organization.id"))
    state: Mapped[GuaranteeState] = mapped_column(Choice(GuaranteeState))
    state_since: Mapped[dt.datetime] = mapped_column(Moment)
    gl_no: Mapped[str] = mapped_column(server_default="")
    gl_no_key: Mapped[str] = mapped_column(server_default="")
    requested_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    channel: Mapped[str] = mapped_column(server_default="")
    first_issued_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    diagnosis: Mapped[str] = mapped_column(server_default="")
    procedure: Mapped[str] = mapped_column(server_default="")
    entitlement: Mapped[str] = mapped_column(server_default="")
    exclusions: Mapped[str] = mapped_column(server_default="")
    copay_note: Mapped[str] = mapped_column(server_default="")
    insurer_contact: Mapped[str] = mapped_column(server_default="")
    name_on_letter: Mapped[str] = mapped_column(server_default="")
    passport_on_letter: Mapped[str] = mapped_column(server_default="")
    reason: Mapped[ReasonCode | None] = mapped_column(Choice(ReasonCode))
    reason_note: Mapped[str] = mapped_column(server_default="")
    is_checklist_complete: Mapped[bool] = mapped_column(Flag, server_default="0")
    accepted_minor: Mapped[int | None] = mapped_column(Key)
    """The amount the final letter accepts."""
    excess_minor: Mapped[int | None] = mapped_column(Key)
    """What the patient has to pay before leaving."""
    accepted_currency: Mapped[str] = mapped_column(server_default="")
    note: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (
        sa.Index(None, "journey_id"),
        sa.Index(None, "cover_id"),
        sa.Index(None, "gl_no_key"),
        sa.Index(None, "state"),
    )


class GuaranteeVersionRow(Record):
    """One letter as issued: initial, top-up or final, with the ceiling that holds from it on."""

    __tablename__ = "guarantee_version"

    guarantee_id: Mapped[int] = mapped_column(sa.ForeignKey("guarantee.id"))
    kind: Mapped[VersionKind] = mapped_column(Choice(VersionKind))
    number: Mapped[int]
    """1 for the initial letter, counting on."""
    issued_at: Mapped[dt.datetime] = mapped_column(Moment)
    ceiling_minor: Mapped[int | None] = mapped_column(Key)
    currency: Mapped[str]
    is_as_charged: Mapped[bool] = mapped_column(Flag, server_default="0")
    covered_days: Mapped[int | None] = mapped_column(Key)
    valid_from: Mapped[dt.date | None] = mapped_column(Day)
    valid_to: Mapped[dt.date | None] = mapped_column(Day)
    room_class: Mapped[str] = mapped_column(server_default="")
    rate: Mapped[str] = mapped_column(server_default="")
    """The exchange rate that the letter states itself, a decimal as text."""
    rate_for: Mapped[str] = mapped_column(server_default="")
    """The bill's currency that the stated rate is for."""
    note: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.UniqueConstraint("guarantee_id", "number"),)


class GuaranteeQueryRow(Record):
    """A question from the insurer; the letter's clock stands still until it is answered."""

    __tablename__ = "guarantee_query"

    guarantee_id: Mapped[int] = mapped_column(sa.ForeignKey("guarantee.id"))
    asked_at: Mapped[dt.datetime] = mapped_column(Moment)
    question: Mapped[str]
    is_on_topup: Mapped[bool] = mapped_column(Flag, server_default="0")
    due_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    answered_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    answer: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "guarantee_id"),)


class GuaranteeEventRow(Record):
    """A move of a letter."""

    __tablename__ = "guarantee_event"

    guarantee_id: Mapped[int] = mapped_column(sa.ForeignKey("guarantee.id"))
    at: Mapped[dt.datetime] = mapped_column(Moment)
    from_state: Mapped[GuaranteeState | None] = mapped_column(Choice(GuaranteeState))
    to_state: Mapped[GuaranteeState] = mapped_column(Choice(GuaranteeState))
    actor: Mapped[str]
    note: Mapped[str] = mapped_column(server_default="")
    reason: Mapped[ReasonCode | None] = mapped_column(Choice(ReasonCode))
    override_reason: Mapped[str] = mapped_column(server_default="")
    overridden: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "guarantee_id", "at"),)
