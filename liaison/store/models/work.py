"""The officer's own work: next steps, notes, files."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from liaison.domain.documents import DocumentKind, Whereabouts
from liaison.domain.facts import FactKind
from liaison.domain.work import NoteChannel, TaskKind, WaitingOn
from liaison.store.base import Record
from liaison.store.types import Choice, Day, Flag, Key, Moment


class TaskRow(Record):
    """A next step, a debt (a fact still owed, with its due time) or an alarm. Waiting on somebody is a state of it."""

    __tablename__ = "task"

    journey_id: Mapped[int | None] = mapped_column(sa.ForeignKey("journey.id"))
    claim_id: Mapped[int | None] = mapped_column(sa.ForeignKey("claim.id"))
    agreement_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agreement.id"))
    """The agreement that an alarm is about: office work, of no person."""
    kind: Mapped[TaskKind] = mapped_column(Choice(TaskKind), server_default="STEP")
    title: Mapped[str]
    """Typed by the officer; for debts and alarms an English sentence that is translated where shown."""
    fact: Mapped[FactKind | None] = mapped_column(Choice(FactKind))
    """The fact that a debt owes; confirming it closes the debt."""
    due_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    officer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("officer.id"))
    waiting_on: Mapped[WaitingOn | None] = mapped_column(Choice(WaitingOn))
    waiting_for: Mapped[str] = mapped_column(server_default="")
    """Who exactly, in words."""
    waiting_since: Mapped[dt.datetime | None] = mapped_column(Moment)
    is_urgent: Mapped[bool] = mapped_column(Flag, server_default="0")
    is_promise: Mapped[bool] = mapped_column(Flag, server_default="0")
    """Promised to the patient, the family or a desk: it stands before other steps of its day."""
    done_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    done_note: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (
        sa.Index(None, "journey_id", "done_at", "due_at"),
        sa.Index(None, "done_at", "due_at"),
        sa.Index(None, "claim_id"),
    )


class NoteRow(Record):
    """What was said, by whom, through which channel."""

    __tablename__ = "note"

    journey_id: Mapped[int | None] = mapped_column(sa.ForeignKey("journey.id"))
    claim_id: Mapped[int | None] = mapped_column(sa.ForeignKey("claim.id"))
    at: Mapped[dt.datetime] = mapped_column(Moment)
    channel: Mapped[NoteChannel] = mapped_column(Choice(NoteChannel), server_default="NOTE")
    counterpart: Mapped[str] = mapped_column(server_default="")
    author: Mapped[str]
    text: Mapped[str]

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "journey_id", "at"), sa.Index(None, "claim_id"))


class DocumentRow(Record):
    """A file of a case, encrypted on disk under its own random key, which lives here."""

    __tablename__ = "document"

    journey_id: Mapped[int | None] = mapped_column(sa.ForeignKey("journey.id"))
    claim_id: Mapped[int | None] = mapped_column(sa.ForeignKey("claim.id"))
    kind: Mapped[DocumentKind | None] = mapped_column(Choice(DocumentKind))
    title: Mapped[str]
    file_id: Mapped[str]
    """Random name of the encrypted file in ``attachments/``."""
    file_key: Mapped[bytes]
    media_type: Mapped[str]
    size: Mapped[int] = mapped_column(Key)
    sha256: Mapped[str]
    received_on: Mapped[dt.date] = mapped_column(Day)
    language: Mapped[str] = mapped_column(server_default="")
    """In which language the paper is written, as a code; empty where nobody said."""
    expires_on: Mapped[dt.date | None] = mapped_column(Day)
    is_original: Mapped[bool] = mapped_column(Flag, server_default="0")
    """Whether the file is a picture of the original, not of a copy."""
    whereabouts: Mapped[Whereabouts | None] = mapped_column(Choice(Whereabouts))
    """Where the original on paper is."""
    note: Mapped[str] = mapped_column(server_default="")
    voided_reason: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (
        sa.Index(None, "journey_id"),
        sa.Index(None, "claim_id"),
        sa.UniqueConstraint("file_id"),
    )
