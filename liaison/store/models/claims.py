"""Claims, their lines, queries, appeals and moves."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from liaison.domain.claims import ClaimKind, ClaimState, LineCategory
from liaison.domain.codes import ReasonCode
from liaison.store.base import Record
from liaison.store.types import Choice, Day, Flag, Key, Moment


class ClaimRow(Record):
    """A claim, filed by hand or brought in from a list (then it has no journey). Names its own cover."""

    __tablename__ = "claim"

    claim_no: Mapped[str] = mapped_column(server_default="")
    """The insurer's number, as sent."""
    claim_no_key: Mapped[str] = mapped_column(server_default="")
    patient_id: Mapped[int] = mapped_column(sa.ForeignKey("patient.id"))
    cover_id: Mapped[int] = mapped_column(sa.ForeignKey("cover.id"))
    journey_id: Mapped[int | None] = mapped_column(sa.ForeignKey("journey.id"))
    guarantee_id: Mapped[int | None] = mapped_column(sa.ForeignKey("guarantee.id"))
    hospital_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organization.id"))
    insurer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organization.id"))
    """Copied from the cover's policy, so that lists need no two further tables."""
    kind: Mapped[ClaimKind] = mapped_column(Choice(ClaimKind), server_default="NOT_STATED")
    state: Mapped[ClaimState] = mapped_column(Choice(ClaimState))
    state_since: Mapped[dt.datetime] = mapped_column(Moment)
    is_open: Mapped[bool] = mapped_column(Flag, server_default="1")
    currency: Mapped[str]
    billed_minor: Mapped[int] = mapped_column(Key)
    approved_minor: Mapped[int | None] = mapped_column(Key)
    not_covered_minor: Mapped[int | None] = mapped_column(Key)
    paid_minor: Mapped[int] = mapped_column(Key, server_default="0")
    """Sum of this claim's payments, kept by the payment services."""
    admitted_on: Mapped[dt.date | None] = mapped_column(Day)
    discharged_on: Mapped[dt.date | None] = mapped_column(Day)
    intensive_nights: Mapped[int | None] = mapped_column(Key)
    submitted_on: Mapped[dt.date | None] = mapped_column(Day)
    submit_by: Mapped[dt.date | None] = mapped_column(Day)
    """Last day of the submission window, where known."""
    decided_on: Mapped[dt.date | None] = mapped_column(Day)
    aged_from: Mapped[dt.date] = mapped_column(Day)
    """The day ageing counts from: submitted, else discharged, else admitted, else entered."""
    diagnosis_code: Mapped[str] = mapped_column(server_default="")
    diagnosis: Mapped[str] = mapped_column(server_default="")
    reason: Mapped[ReasonCode | None] = mapped_column(Choice(ReasonCode))
    reason_note: Mapped[str] = mapped_column(server_default="")
    appeal_level: Mapped[int] = mapped_column(Key, server_default="0")
    gl_no: Mapped[str] = mapped_column(server_default="")
    relation: Mapped[str] = mapped_column(server_default="")
    """Relation to the policy holder, as sent."""
    origin_city: Mapped[str] = mapped_column(server_default="")
    raw_status: Mapped[str] = mapped_column(server_default="")
    """The status word of the list, as sent."""
    remarks: Mapped[str] = mapped_column(server_default="")
    source_file_id: Mapped[int | None] = mapped_column(sa.ForeignKey("source_file.id"))
    source_row: Mapped[int | None] = mapped_column(Key)
    list_lines: Mapped[int] = mapped_column(Key, server_default="1")
    rate: Mapped[str] = mapped_column(server_default="")
    """Frozen rate, units of ``rate_to`` for one unit of the claim's currency, as a decimal text."""
    rate_to: Mapped[str] = mapped_column(server_default="")
    rate_on: Mapped[dt.date | None] = mapped_column(Day)
    rate_source: Mapped[str] = mapped_column(server_default="")
    voided_reason: Mapped[str] = mapped_column(server_default="")
    after_claim_id: Mapped[int | None] = mapped_column(sa.ForeignKey("claim.id"))
    """The claim with the insurer that paid first; this one asks for what that one left."""

    table_extra: ClassVar[tuple[Any, ...]] = (
        sa.Index(None, "insurer_id", "claim_no_key"),
        sa.Index(None, "claim_no_key"),
        sa.Index(None, "patient_id"),
        sa.Index(None, "cover_id"),
        sa.Index(None, "journey_id"),
        sa.Index(None, "hospital_id"),
        sa.Index(None, "is_open", "state"),
        sa.Index(None, "aged_from", "id"),
        sa.Index(None, "source_file_id"),
        sa.Index(None, "guarantee_id", sqlite_where=sa.text("guarantee_id IS NOT NULL")),
        sa.Index(None, "after_claim_id", sqlite_where=sa.text("after_claim_id IS NOT NULL")),
    )


class ClaimLineRow(Record):
    """One line of a claim, with the insurer's decision on it."""

    __tablename__ = "claim_line"

    claim_id: Mapped[int] = mapped_column(sa.ForeignKey("claim.id"))
    position: Mapped[int]
    category: Mapped[LineCategory | None] = mapped_column(Choice(LineCategory))
    description: Mapped[str] = mapped_column(server_default="")
    service_on: Mapped[dt.date | None] = mapped_column(Day)
    claimed_minor: Mapped[int] = mapped_column(Key)
    approved_minor: Mapped[int | None] = mapped_column(Key)
    reason: Mapped[ReasonCode | None] = mapped_column(Choice(ReasonCode))
    note: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.UniqueConstraint("claim_id", "position"),)


class ClaimQueryRow(Record):
    """A question from the insurer about a claim; the insurer's clock stands still, ours runs."""

    __tablename__ = "claim_query"

    claim_id: Mapped[int] = mapped_column(sa.ForeignKey("claim.id"))
    asked_at: Mapped[dt.datetime] = mapped_column(Moment)
    question: Mapped[str]
    due_on: Mapped[dt.date | None] = mapped_column(Day)
    answered_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    answer: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "claim_id"),)


class AppealRow(Record):
    """An appeal (tinjau ulang), once per level."""

    __tablename__ = "appeal"

    claim_id: Mapped[int] = mapped_column(sa.ForeignKey("claim.id"))
    level: Mapped[int]
    filed_on: Mapped[dt.date] = mapped_column(Day)
    evidence: Mapped[str]
    outcome: Mapped[str] = mapped_column(server_default="")
    answered_on: Mapped[dt.date | None] = mapped_column(Day)

    table_extra: ClassVar[tuple[Any, ...]] = (sa.UniqueConstraint("claim_id", "level"),)


class ClaimEventRow(Record):
    """A move of a claim."""

    __tablename__ = "claim_event"

    claim_id: Mapped[int] = mapped_column(sa.ForeignKey("claim.id"))
    at: Mapped[dt.datetime] = mapped_column(Moment)
    from_state: Mapped[ClaimState | None] = mapped_column(Choice(ClaimState))
    to_state: Mapped[ClaimState] = mapped_column(Choice(ClaimState))
    actor: Mapped[str]
    note: Mapped[str] = mapped_column(server_default="")
    reason: Mapped[ReasonCode | None] = mapped_column(Choice(ReasonCode))
    override_reason: Mapped[str] = mapped_column(server_default="")
    overridden: Mapped[str] = mapped_column(server_default="")
    is_imported: Mapped[bool] = mapped_column(Flag, server_default="0")
    """Set as a list had it; guards were not run."""

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "claim_id", "at"),)


class ClaimDecisionRow(Record):
    """What an insurer decided at one level, for a line or (without one) the whole: later decisions do not replace it.

    From these rows it is told how much of a cut came back after an appeal.
    """

    __tablename__ = "claim_decision"

    claim_id: Mapped[int] = mapped_column(sa.ForeignKey("claim.id"))
    line_id: Mapped[int | None] = mapped_column(Key)
    """Not a foreign key: a line may go, what was decided stays."""
    level: Mapped[int]
    """0 for the first decision, then the level of the appeal it answers."""
    decided_on: Mapped[dt.date] = mapped_column(Day)
    currency: Mapped[str]
    claimed_minor: Mapped[int] = mapped_column(Key)
    approved_minor: Mapped[int] = mapped_column(Key)
    reason: Mapped[ReasonCode | None] = mapped_column(Choice(ReasonCode))

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "claim_id"),)
