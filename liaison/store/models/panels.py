"""Which hospital takes whose letters, as somebody said on a day."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from liaison.store.base import Record
from liaison.store.types import Day, Flag


class PanelRow(Record):
    """A hospital is, or is not, on the panel of an insurer, from one day to another, with the source of the word."""

    __tablename__ = "panel"

    insurer_id: Mapped[int] = mapped_column(sa.ForeignKey("organization.id"))
    hospital_id: Mapped[int] = mapped_column(sa.ForeignKey("organization.id"))
    is_on_panel: Mapped[bool] = mapped_column(Flag, server_default="1")
    valid_from: Mapped[dt.date | None] = mapped_column(Day)
    valid_to: Mapped[dt.date | None] = mapped_column(Day)
    source: Mapped[str]
    checked_on: Mapped[dt.date] = mapped_column(Day)
    note: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "insurer_id", "hospital_id", "checked_on"),)


class CreditRow(Record):
    """A hospital gives credit, or none, to one insurer or to all, from one day to another: it treats on a letter."""

    __tablename__ = "credit"

    hospital_id: Mapped[int] = mapped_column(sa.ForeignKey("organization.id"))
    insurer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organization.id"))
    """None: it holds for every insurer that has no word of its own."""
    gives_credit: Mapped[bool] = mapped_column(Flag, server_default="1")
    valid_from: Mapped[dt.date | None] = mapped_column(Day)
    valid_to: Mapped[dt.date | None] = mapped_column(Day)
    terms: Mapped[str] = mapped_column(server_default="")
    source: Mapped[str]
    checked_on: Mapped[dt.date] = mapped_column(Day)

    table_extra: ClassVar[tuple[Any, ...]] = (
        sa.Index(None, "hospital_id", "insurer_id", "checked_on"),
        sa.Index(None, "insurer_id"),
    )
