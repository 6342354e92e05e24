"""Which papers a house asks for, and each time it asked for one."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from liaison.domain.documents import DocumentKind, Need, Process
from liaison.store.base import Record
from liaison.store.types import Choice, Day


class ChecklistRuleRow(Record):
    """A house wants a paper that the usual pack does not ask for, or does not want one that it asks for."""

    __tablename__ = "checklist_rule"

    organization_id: Mapped[int] = mapped_column(sa.ForeignKey("organization.id"))
    process: Mapped[Process] = mapped_column(Choice(Process))
    kind: Mapped[DocumentKind] = mapped_column(Choice(DocumentKind))
    need: Mapped[Need] = mapped_column(Choice(Need))
    source: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.UniqueConstraint("organization_id", "process", "kind"),)


class DocumentRequestRow(Record):
    """Somebody asked for a paper. ``had_document_id`` is the one that had been handed in before: asked in vain."""

    __tablename__ = "document_request"

    journey_id: Mapped[int] = mapped_column(sa.ForeignKey("journey.id"))
    claim_id: Mapped[int | None] = mapped_column(sa.ForeignKey("claim.id"))
    kind: Mapped[DocumentKind] = mapped_column(Choice(DocumentKind))
    asked_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organization.id"))
    asked_on: Mapped[dt.date] = mapped_column(Day)
    had_document_id: Mapped[int | None] = mapped_column(sa.ForeignKey("document.id"))
    answered_on: Mapped[dt.date | None] = mapped_column(Day)
    note: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (
        sa.Index(None, "journey_id"),
        sa.Index(None, "asked_by_id"),
        sa.Index(None, "claim_id", sqlite_where=sa.text("claim_id IS NOT NULL")),
        sa.Index(None, "had_document_id", sqlite_where=sa.text("had_document_id IS NOT NULL")),
    )
