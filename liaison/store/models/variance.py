"""What came of flags between estimate and payment. A flag is worked out anew each time; what was said of it stays."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from liaison.domain.variance import Disposition, Rule
from liaison.store.base import Record
from liaison.store.types import Choice, Day, Key


class VarianceFlagRow(Record):
    """A flag that an officer looked at: the rule, what it was judged by, and what came of it."""

    __tablename__ = "variance_flag"

    journey_id: Mapped[int] = mapped_column(sa.ForeignKey("journey.id"))
    rule: Mapped[Rule] = mapped_column(Choice(Rule))
    subject: Mapped[str] = mapped_column(server_default="")
    inputs: Mapped[str] = mapped_column(server_default="")
    """What it was judged by, as ``name=value`` words."""
    disposition: Mapped[Disposition] = mapped_column(Choice(Disposition), server_default="OPEN")
    recovered_minor: Mapped[int | None] = mapped_column(Key)
    recovered_currency: Mapped[str] = mapped_column(server_default="")
    note: Mapped[str] = mapped_column(server_default="")
    decided_on: Mapped[dt.date] = mapped_column(Day)
    decided_by: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.UniqueConstraint("journey_id", "rule", "subject"),)
