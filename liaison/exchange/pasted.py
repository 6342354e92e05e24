"""Rows pasted from a spreadsheet: the same reading as of files, without a file.

What a spreadsheet puts on the clipboard is tab-separated text. Columns are found by their headings; without a row of
headings they are taken by position, in the order of the list they are pasted into. A number that the spreadsheet shows
shortened (``3,17E+15``) has lost its figures before it came here, so its row is refused and the reason said.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from liaison.domain.listing import StagedFile, StagedRecords, StagedSheet
from liaison.domain.names import fold
from liaison.exchange import bordereau, tracking
from liaison.exchange.fields import recognised
from liaison.exchange.reading import Reading, Row, Sheet, SheetFacts
from liaison.exchange.record_lists import stage_contacts, stage_hospitals
from liaison.i18n import N_

MOST_ROWS = 20_000
SHORTENED = N_(
    "“{text}” was shortened by the spreadsheet, and figures are lost. Format the column as text there and copy again."
)
_SHORTENED = re.compile(r"[0-9][.,][0-9]+E\+[0-9]{2}", re.IGNORECASE)
_CASE_NO = frozenset({"nomor kasus", "no kasus", "case number", "case no"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PastedRow:
    """A row as it was pasted; ``number`` counts from 1, headings included."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BadCell:
    """A row with a number that the spreadsheet cut."""

    row: PastedRow
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What was pasted: its headings, its rows, the rows that cannot be read, whether the headings were its own."""

    headings: tuple[str, ...]
    rows: tuple[PastedRow, ...]
    bad: tuple[BadCell, ...]
    has_headings: bool
    text: str

    def column(self, *names: str) -> int:
        """The place of the column headed by one of these folded names, -1 where there is none."""
        return next((n for n, heading in enumerate(self.headings) if fold(heading) in names), -1)

    @property
    def case_no_column(self) -> int:
        """The column of our own case numbers."""
        return self.column(*_CASE_NO)

    def without(self, numbers: frozenset[int]) -> Table:
        """The same without some rows."""
        kept = tuple(r for r in self.rows if r.number not in numbers)
        return Table(
            headings=self.headings, rows=kept, bad=self.bad, has_headings=self.has_headings, text=self.text
        )  # fmt: skip


def read_pasted(text: str, *, headings: Sequence[str]) -> Table:
    """Read what stands on the clipboard; ``headings`` are those of the list, for rows pasted without their own."""
    records = [
        tuple(cell.strip() for cell in record)
        for record in csv.reader(io.StringIO(text.replace("\r\n", "\n")), delimiter="\t", strict=False)
    ][: MOST_ROWS + 1]
    filled = [(n, r) for n, r in enumerate(records, start=1) if any(r)]
    own = bool(filled) and recognised(list(filled[0][1])) >= 2
    heads = filled[0][1] if own else tuple(headings)
    rows = [PastedRow(number=n, cells=r) for n, r in (filled[1:] if own else filled)]
    bad = [BadCell(row=row, text=cut) for row in rows if (cut := _shortened(row))]
    refused = {b.row.number for b in bad}
    good = tuple(r for r in rows if r.number not in refused)
    return Table(headings=heads, rows=good, bad=tuple(bad), has_headings=own, text=text)


def _shortened(row: PastedRow) -> str:
    return next((cell for cell in row.cells if _SHORTENED.fullmatch(cell)), "")


def stage_claims(table: Table, *, answers: bordereau.Answers | None = None) -> StagedFile:
    """Decide every row's fate as a claim. Raises ``Refused`` where the rows are no claims."""
    return bordereau.stage_reading(_Pasted(table), answers)


def stage_journeys(table: Table, *, answers: tracking.SheetAnswers | None = None) -> StagedSheet:
    """Decide every row's fate as a running case. Raises ``Refused`` where the rows are no cases."""
    return tracking.stage_reading(_Pasted(table), answers)


def stage_records(table: Table, *, kind: str) -> StagedRecords:
    """Decide every row's fate as a house or a desk. Raises ``Refused`` where the rows are none."""
    return (stage_contacts if kind == "contacts" else stage_hospitals)(_Pasted(table))


class _PastedSheet(Sheet):
    """The pasted rows as a sheet; a row keeps the number it was pasted with."""

    def __init__(self, table: Table) -> None:
        self.facts = SheetFacts()
        self.name, self.notes, self.is_1904 = self.facts.name, self.facts.notes, self.facts.is_1904
        self._table = table

    def rows(self) -> Iterator[tuple[int, Row]]:
        """Headings first, then the rows."""
        yield (1 if self._table.has_headings else 0), list(self._table.headings)
        for row in self._table.rows:
            yield row.number, list(row.cells)


class _Pasted(Reading):
    """Stands for the file."""

    def __init__(self, table: Table) -> None:
        self.file = ""
        self.format = "text"
        self.sha256 = hashlib.sha256(table.text.encode()).hexdigest()
        self.hidden = []
        self._table = table

    def sheets(self) -> Iterator[Sheet]:
        """One sheet."""
        yield _PastedSheet(self._table)
