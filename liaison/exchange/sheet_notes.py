"""What a reader of values hides about a sheet: formulas without a value, what number formats say, merged cells.

Rows count from 1, columns from 0. Facts about cells are kept as runs of rows per column, so that a column of a million
formatted cells is one run.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Runs = dict[int, list[tuple[int, int]]]
"""Column to runs of rows, both ends included, ascending."""


def add_to(runs: Runs, column: int, row: int, last: int | None = None) -> None:
    """Note one cell, or the cells ``row`` to ``last``, of a column; rows come in ascending order."""
    last = row if last is None else last
    spans = runs.setdefault(column, [])
    if spans and spans[-1][1] >= row - 1:
        spans[-1] = (spans[-1][0], max(spans[-1][1], last))
    else:
        spans.append((row, last))


@dataclass(slots=True, kw_only=True)
class SheetNotes:
    """Facts about one sheet's cells, gathered while its XML streams by."""

    uncached: Runs = field(default_factory=dict)
    """Formulas that carry no value."""
    currencies: dict[str, Runs] = field(default_factory=dict)
    percents: Runs = field(default_factory=dict)
    padded: dict[int, Runs] = field(default_factory=dict)
    """Cells shown with leading zeros: width to runs."""
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    """First row, first column, last row, last column."""

    def to_json(self) -> dict[str, Any]:
        """As it goes through the pipe."""
        return {
            "uncached": _runs(self.uncached),
            "currencies": {code: _runs(runs) for code, runs in self.currencies.items()},
            "percents": _runs(self.percents),
            "padded": {str(width): _runs(runs) for width, runs in self.padded.items()},
            "merges": self.merges,
        }

    @classmethod
    def from_json(cls, body: dict[str, Any]) -> SheetNotes:
        """Back from the pipe. Raises ``ValueError``, ``TypeError`` or ``KeyError`` where it is not of that shape."""
        return cls(
            uncached=_read_runs(body["uncached"]),
            currencies={str(code): _read_runs(runs) for code, runs in body["currencies"].items()},
            percents=_read_runs(body["percents"]),
            padded={int(width): _read_runs(runs) for width, runs in body["padded"].items()},
            merges=[(int(a), int(b), int(c), int(d)) for a, b, c, d in body["merges"]],
        )


def _runs(runs: Runs) -> dict[str, list[tuple[int, int]]]:
    return {str(column): spans for column, spans in runs.items()}


def _read_runs(body: dict[str, Any]) -> Runs:
    return {int(column): [(int(a), int(b)) for a, b in spans] for column, spans in body.items()}


class RunReader:
    """Answers "is this row in the column's runs" for rows asked in ascending order, in constant time."""

    __slots__ = ("_current", "_spans")

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self._spans: Iterator[tuple[int, int]] = iter(spans)
        self._current = next(self._spans, None)

    def __contains__(self, row: object) -> bool:
        if not isinstance(row, int):
            return False
        while self._current is not None and self._current[1] < row:
            self._current = next(self._spans, None)
        return self._current is not None and self._current[0] <= row
