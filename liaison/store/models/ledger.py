"""What every figure printed for outside the office reveals, so that a later paper does not complete it.

Persons stand here as bare keys, without a reference: a figure that was printed stays printed when somebody it counted
is erased, and the key then points at nobody.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from liaison.domain.figures import Shown
from liaison.store.base import Record
from liaison.store.types import Choice, Day, Items, Moment


class LedgerRow(Record):
    """The figures that one released report told for the first time."""

    __tablename__ = "ledger"

    release_id: Mapped[int] = mapped_column(sa.ForeignKey("release.id"))
    report: Mapped[str]
    audience: Mapped[str]
    reader: Mapped[str] = mapped_column(server_default="")
    """The house a sheet was made for; empty for everybody."""
    people: Mapped[bytes]
    """The keys of everybody counted, packed; figures say by their place in it whom they count."""
    at: Mapped[dt.datetime] = mapped_column(Moment)

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "release_id"), sa.Index(None, "at"))


class LedgerFigureRow(Record):
    """One printed figure: what it counts, over which period, and between what its true number lies."""

    __tablename__ = "ledger_figure"

    ledger_id: Mapped[int] = mapped_column(sa.ForeignKey("ledger.id"))
    name: Mapped[str]
    starts_on: Mapped[dt.date | None] = mapped_column(Day)
    ends_on: Mapped[dt.date | None] = mapped_column(Day)
    shown: Mapped[Shown] = mapped_column(Choice(Shown))
    value: Mapped[int | None]
    """What was printed; nothing for a star."""
    low: Mapped[int]
    high: Mapped[int | None]
    small: Mapped[int]
    quantiles: Mapped[Any] = mapped_column(Items, nullable=False)
    members: Mapped[bytes]
    """One bit for each of the ledger's people, packed."""

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "ledger_id"),)
