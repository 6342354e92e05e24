"""An urgent call of a case: who called from where, which danger signs were said, to whom the patient went and when."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from liaison.store.base import Record
from liaison.store.types import Flag, Items, Moment


class UrgentCallRow(Record):
    """The call that opened an urgent case."""

    __tablename__ = "urgent_call"

    journey_id: Mapped[int] = mapped_column(sa.ForeignKey("journey.id"))
    called_at: Mapped[dt.datetime] = mapped_column(Moment)
    caller: Mapped[str] = mapped_column(server_default="")
    caller_phone: Mapped[str] = mapped_column(server_default="")
    place: Mapped[str] = mapped_column(server_default="")
    what: Mapped[str] = mapped_column(server_default="")
    flags: Mapped[Any] = mapped_column(Items, nullable=False, server_default="[]")
    is_stable: Mapped[bool] = mapped_column(Flag, server_default="0")
    handed_to: Mapped[str] = mapped_column(server_default="")
    handed_to_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organization.id"))
    handed_at: Mapped[dt.datetime | None] = mapped_column(Moment)

    table_extra: ClassVar[tuple[Any, ...]] = (sa.UniqueConstraint("journey_id"), sa.Index(None, "called_at"))
