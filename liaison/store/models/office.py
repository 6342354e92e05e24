"""The office, its officers, its settings, and the counters behind case numbers."""

from __future__ import annotations

from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from liaison.store.base import Record
from liaison.store.types import Flag, Items


class OfficeRow(Record):
    """The one office that this store belongs to; its letterhead stands on the paper."""

    __tablename__ = "office"

    name: Mapped[str]
    city: Mapped[str]
    """City code, ``MDN``, ``JKT``, ``SBY``: the head of every case number."""
    zone: Mapped[str] = mapped_column(server_default="Asia/Jakarta")
    address: Mapped[str] = mapped_column(server_default="")
    phone: Mapped[str] = mapped_column(server_default="")
    email: Mapped[str] = mapped_column(server_default="")
    letterhead: Mapped[str] = mapped_column(server_default="")
    """A line under the office's name, for instance a licence or a motto."""
    signatory: Mapped[str] = mapped_column(server_default="")
    signatory_title: Mapped[str] = mapped_column(server_default="")
    language: Mapped[str] = mapped_column(server_default="id")
    report_currency: Mapped[str] = mapped_column(server_default="IDR")
    is_sample: Mapped[bool] = mapped_column(Flag, server_default="0")


class OfficerRow(Record):
    """A person who works here. The slot that opened the store names the actor."""

    __tablename__ = "officer"

    name: Mapped[str]
    name_key: Mapped[str]
    phone: Mapped[str] = mapped_column(server_default="")
    email: Mapped[str] = mapped_column(server_default="")
    is_supervisor: Mapped[bool] = mapped_column(Flag, server_default="0")
    is_active: Mapped[bool] = mapped_column(Flag, server_default="1")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.UniqueConstraint("name_key"),)


class SettingRow(Record):
    """A setting of the office that travels with the store; values are plain JSON."""

    __tablename__ = "setting"

    name: Mapped[str]
    value: Mapped[Any] = mapped_column(Items, nullable=False)

    table_extra: ClassVar[tuple[Any, ...]] = (sa.UniqueConstraint("name"),)


class CaseCounterRow(Record):
    """The last number given out per city, year and device letter; numbers are never given twice, undo or not."""

    __tablename__ = "case_counter"
    table_info: ClassVar[dict[str, Any]] = {"journal": False}

    city: Mapped[str]
    year: Mapped[int]
    device: Mapped[str]
    last: Mapped[int]

    table_extra: ClassVar[tuple[Any, ...]] = (sa.UniqueConstraint("city", "year", "device"),)
