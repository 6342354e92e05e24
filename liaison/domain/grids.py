"""Grids: tables as plain values, for a page, a workbook and the window alike.

A report's grid and its Excel twin are one and the same; only the ink differs. Numbers that identify stay text, so that
a spreadsheet eats no leading zero. Source: ``decisions``, Files and words.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from liaison.domain.coded import Coded
from liaison.domain.money import Money
from liaison.domain.privacy import PublicCount
from liaison.i18n import N_

Cell = str | int | Decimal | bool | dt.date | dt.datetime | Money | Coded | PublicCount | None


class ColumnKind(Coded):
    """What stands in a column, and so how it is aligned, written and typed in a workbook."""

    TEXT = "TEXT", N_("text")
    IDENTIFIER = "IDENTIFIER", N_("number that identifies")
    COUNT = "COUNT", N_("count")
    NUMBER = "NUMBER", N_("number")
    MONEY = "MONEY", N_("amount")
    PERCENT = "PERCENT", N_("per cent")
    DATE = "DATE", N_("date")
    MOMENT = "MOMENT", N_("date and time")


RIGHT_ALIGNED = frozenset({ColumnKind.COUNT, ColumnKind.NUMBER, ColumnKind.MONEY, ColumnKind.PERCENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column with its marked label; ``unit`` is a currency code or a marked unit that the head names."""

    label: str
    kind: ColumnKind = ColumnKind.TEXT
    unit: str = ""
    width: float = 1.0
    """Share of the width, against the other columns."""

    @property
    def is_right_aligned(self) -> bool:
        """Whether its cells stand at the right edge."""
        return self.kind in RIGHT_ALIGNED


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table of plain values. Raises ``ValueError`` where a row has not one cell for each column."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...] = ()
    footing: tuple[Cell, ...] = ()
    """The last row, of totals; empty for none. Two currencies never share one."""
    note: str = ""

    def __post_init__(self) -> None:
        for row in (*self.rows, *([self.footing] if self.footing else [])):
            if len(row) != len(self.columns):
                raise ValueError(f"{len(self.columns)} columns, but a row of {len(row)} cells")

    def column(self, number: int) -> Iterator[Cell]:
        """The cells of one column, without the footing."""
        return (row[number] for row in self.rows)
