"""What left the office: every print of a person, every released report."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from liaison.domain.custody import CopyState
from liaison.domain.disclosures import Ground
from liaison.store.base import Record
from liaison.store.types import Choice, Day, Items, Moment


class DisclosureRow(Record):
    """A person's data went to somebody: what, to whom, in which country, why."""

    __tablename__ = "disclosure"

    patient_id: Mapped[int | None] = mapped_column(sa.ForeignKey("patient.id"))
    journey_id: Mapped[int | None] = mapped_column(sa.ForeignKey("journey.id"))
    report: Mapped[str]
    report_id: Mapped[str]
    audience: Mapped[str]
    recipient: Mapped[str] = mapped_column(server_default="")
    country: Mapped[str] = mapped_column(server_default="")
    purpose: Mapped[str] = mapped_column(server_default="")
    ground: Mapped[Ground] = mapped_column(Choice(Ground), server_default="OFFICE")
    """On what ground it went."""
    consents: Mapped[str] = mapped_column(server_default="")
    """The consents that covered it, blank-separated: ``C1 C3``."""
    channel: Mapped[str] = mapped_column(server_default="")
    emergency_reason: Mapped[str] = mapped_column(server_default="")
    """Why it could not wait for a consent; looked at again afterwards."""
    reviewed_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    reviewed_by: Mapped[str] = mapped_column(server_default="")
    review_note: Mapped[str] = mapped_column(server_default="")
    actor: Mapped[str]
    at: Mapped[dt.datetime] = mapped_column(Moment)

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "patient_id"), sa.Index(None, "journey_id"))


class ReleaseRow(Record):
    """A report that was made: its question, its figures and the hash of its bytes."""

    __tablename__ = "release"

    report: Mapped[str]
    title: Mapped[str] = mapped_column(server_default="")
    """The report's marked title; a list that was copied has none."""
    report_id: Mapped[str]
    parameters: Mapped[Any] = mapped_column(Items, nullable=False)
    figures: Mapped[Any] = mapped_column(Items, nullable=False)
    language: Mapped[str]
    audience: Mapped[str]
    sha256: Mapped[str]
    """Of the file that left; of a sealed one, of the sealed file."""
    pages: Mapped[int]
    file_id: Mapped[str | None]
    """The pages as they were printed, before any password; gone when somebody they name was erased."""
    file_key: Mapped[bytes | None]
    actor: Mapped[str]
    at: Mapped[dt.datetime] = mapped_column(Moment)

    table_extra: ClassVar[tuple[Any, ...]] = (
        sa.Index(None, "report_id"),
        sa.Index(None, "at"),
        sa.Index(None, "file_id", sqlite_where=sa.text("file_id IS NOT NULL")),
    )


class PrintedCopyRow(Record):
    """One numbered copy of a printed report: in whose hands it is, or what became of it."""

    __tablename__ = "printed_copy"

    release_id: Mapped[int] = mapped_column(sa.ForeignKey("release.id"))
    number: Mapped[int]
    handed_to: Mapped[str]
    house: Mapped[str] = mapped_column(server_default="")
    handed_on: Mapped[dt.date] = mapped_column(Day)
    handed_by: Mapped[str]
    note: Mapped[str] = mapped_column(server_default="")
    state: Mapped[CopyState] = mapped_column(Choice(CopyState), server_default="OUT")
    ended_on: Mapped[dt.date | None] = mapped_column(Day)
    ended_note: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.UniqueConstraint("release_id", "number"),)
