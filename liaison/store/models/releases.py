"""What left the office: every print of a person, every released report."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from liaison.domain.disclosures import Ground
from liaison.store.base import Record
from liaison.store.types import Choice, Items, Moment


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
    report_id: Mapped[str]
    parameters: Mapped[Any] = mapped_column(Items, nullable=False)
    figures: Mapped[Any] = mapped_column(Items, nullable=False)
    language: Mapped[str]
    audience: Mapped[str]
    sha256: Mapped[str]
    pages: Mapped[int]
    actor: Mapped[str]
    at: Mapped[dt.datetime] = mapped_column(Moment)

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "report_id"),)
