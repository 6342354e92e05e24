"""What stands beside agreements: requests for data, channels for reports of disease, outreach abroad."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from liaison.domain.data_requests import DataSort, Decision
from liaison.store.base import Record
from liaison.store.types import Choice, Day, Flag


class DataRequestRow(Record):
    """Somebody asked for data; without a clause it is never granted."""

    __tablename__ = "data_request"

    agreement_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agreement.id"))
    asked_on: Mapped[dt.date] = mapped_column(Day)
    asked_by: Mapped[str]
    country: Mapped[str] = mapped_column(server_default="")
    sort: Mapped[DataSort] = mapped_column(Choice(DataSort))
    what: Mapped[str]
    purpose: Mapped[str]
    clause: Mapped[str] = mapped_column(server_default="")
    note: Mapped[str] = mapped_column(server_default="")
    decision: Mapped[Decision] = mapped_column(Choice(Decision), server_default="OPEN")
    decided_on: Mapped[dt.date | None] = mapped_column(Day)
    decided_by: Mapped[str] = mapped_column(server_default="")
    reason: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "agreement_id"), sa.Index(None, "decision", "asked_on"))


class ReportChannelRow(Record):
    """To whom a disease is reported, how, and when it was last tried. No patient stands here."""

    __tablename__ = "report_channel"

    agreement_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agreement.id"))
    topic: Mapped[str]
    authority: Mapped[str]
    country: Mapped[str]
    how: Mapped[str]
    hours: Mapped[str] = mapped_column(server_default="")
    note: Mapped[str] = mapped_column(server_default="")
    tested_on: Mapped[dt.date | None] = mapped_column(Day)
    has_answered: Mapped[bool] = mapped_column(Flag, server_default="0")
    tested_by: Mapped[str] = mapped_column(server_default="")
    tested_note: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "agreement_id"),)


class OutreachRow(Record):
    """An event for Indonesians abroad."""

    __tablename__ = "outreach_event"

    agreement_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agreement.id"))
    title: Mapped[str]
    country: Mapped[str]
    city: Mapped[str] = mapped_column(server_default="")
    held_on: Mapped[dt.date] = mapped_column(Day)
    is_month_only: Mapped[bool] = mapped_column(Flag, server_default="0")
    audience: Mapped[str] = mapped_column(server_default="")
    headcount: Mapped[int | None]
    services: Mapped[str] = mapped_column(server_default="")
    partners: Mapped[str] = mapped_column(server_default="")
    referrals: Mapped[int | None]
    note: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "agreement_id"), sa.Index(None, "held_on"))


class OutreachCaseRow(Record):
    """A case that came of an event."""

    __tablename__ = "outreach_case"

    outreach_id: Mapped[int] = mapped_column(sa.ForeignKey("outreach_event.id"))
    journey_id: Mapped[int] = mapped_column(sa.ForeignKey("journey.id"))

    table_extra: ClassVar[tuple[Any, ...]] = (sa.UniqueConstraint("journey_id"), sa.Index(None, "outreach_id"))
