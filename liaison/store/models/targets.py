"""How long a house should take for a step. Targets of the office, never legal limits."""

from __future__ import annotations

from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from liaison.domain.targets import ClockKind, Unit
from liaison.store.base import Record
from liaison.store.types import Choice


class TargetRow(Record):
    """A target of one house for one kind of step; without a house it is the office's own."""

    __tablename__ = "target"

    organization_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organization.id"))
    kind: Mapped[ClockKind] = mapped_column(Choice(ClockKind))
    amount: Mapped[int]
    unit: Mapped[Unit] = mapped_column(Choice(Unit))
    source: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "organization_id", "kind"),)
