"""Package prices of hospitals."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from liaison.store.base import Record
from liaison.store.types import Day, Items, Key


class PackageRow(Record):
    """One price for a whole treatment, as a hospital offers it; with a hotel where both are sold together."""

    __tablename__ = "package"

    hospital_id: Mapped[int] = mapped_column(sa.ForeignKey("organization.id"))
    name: Mapped[str]
    specialty: Mapped[str] = mapped_column(server_default="")
    procedure: Mapped[str] = mapped_column(server_default="")
    price_minor: Mapped[int] = mapped_column(Key)
    price_currency: Mapped[str]
    valid_from: Mapped[dt.date | None] = mapped_column(Day)
    valid_to: Mapped[dt.date | None] = mapped_column(Day)
    nights: Mapped[int | None]
    includes: Mapped[Any] = mapped_column(Items, nullable=False, server_default="[]")
    excludes: Mapped[Any] = mapped_column(Items, nullable=False, server_default="[]")
    hotel_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organization.id"))
    hotel_nights: Mapped[int | None]
    hotel_price_minor: Mapped[int | None] = mapped_column(Key)
    hotel_price_currency: Mapped[str] = mapped_column(server_default="")
    source: Mapped[str]
    last_verified_on: Mapped[dt.date | None] = mapped_column(Day)
    retired_on: Mapped[dt.date | None] = mapped_column(Day)
    note: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "hospital_id"), sa.Index(None, "hotel_id"))
