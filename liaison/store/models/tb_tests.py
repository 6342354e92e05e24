"""A TB test of a case. Its result is read by one service only, which shows it to two named roles; never printed."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from liaison.domain.tb_tests import TbResult
from liaison.store.base import Record
from liaison.store.types import Choice, Day, Flag


class TbTestRow(Record):
    """That a TB test was offered, done, and what it said."""

    __tablename__ = "tb_test"

    journey_id: Mapped[int] = mapped_column(sa.ForeignKey("journey.id"))
    offered_on: Mapped[dt.date] = mapped_column(Day)
    is_declined: Mapped[bool] = mapped_column(Flag, server_default="0")
    tested_on: Mapped[dt.date | None] = mapped_column(Day)
    place: Mapped[str] = mapped_column(server_default="")
    result: Mapped[TbResult | None] = mapped_column(Choice(TbResult))
    result_on: Mapped[dt.date | None] = mapped_column(Day)

    table_extra: ClassVar[tuple[Any, ...]] = (
        sa.UniqueConstraint("journey_id"), sa.Index(None, "offered_on"), sa.Index(None, "tested_on"),
    )  # fmt: skip
