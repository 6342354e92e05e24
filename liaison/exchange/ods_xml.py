"""What the XML of an .ods says beyond its values: merged cells, formulas never computed, currencies, the date system.

Streams by through expat; repeated rows and columns are counted, not written out. Runs in the child.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.parsers import expat

from liaison.exchange import limits
from liaison.exchange.containers import Unreadable
from liaison.exchange.currencies import currency_of
from liaison.exchange.refusals import FileRefusal
from liaison.exchange.sheet_notes import SheetNotes, add_to

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "


class OdsScan:
    """Gathers facts of ``content.xml``; ``notes`` are keyed by sheet name."""

    def __init__(self) -> None:
        self.notes: dict[str, SheetNotes] = {}
        self.is_1904 = False
        self._current = SheetNotes()
        self._row = self._column = self._cells = self._depth = 0
        self._repeat = 1
        self._covered_by_row = False

    def look(self, name: str, parts: Iterator[bytes]) -> None:
        """Read ``content.xml``."""
        if name != "content.xml":
            return
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.EntityDeclHandler = _refuse_entity
        try:
            for chunk in parts:
                parser.Parse(chunk)
            is_last = True
            parser.Parse(b"", is_last)
        except expat.ExpatError as error:
            raise Unreadable(FileRefusal.DAMAGED) from error

    def _start(self, tag: str, values: dict[str, str]) -> None:
        if not tag.startswith(_TABLE):
            return
        match tag[len(_TABLE) :]:
            case "table":
                self._depth += 1
                if self._depth == 1:
                    self._current = self.notes.setdefault(values.get(_TABLE + "name", ""), SheetNotes())
                    self._row = 0
            case "table-row":
                self._row += 1
                self._repeat = _count(values, "number-rows-repeated")
                self._column = 0
            case "table-cell":
                self._cell(values)
            case "covered-table-cell":
                self._column += _count(values, "number-columns-repeated")
            case "null-date":
                self.is_1904 = values.get(_TABLE + "date-value", "").startswith("1904")

    def _end(self, tag: str) -> None:
        if tag == _TABLE + "table-row":
            self._row += self._repeat - 1
        elif tag == _TABLE + "table":
            self._depth -= 1

    def _cell(self, values: dict[str, str]) -> None:
        width = _count(values, "number-columns-repeated")
        first = self._column
        self._column += width
        kind = values.get(_OFFICE + "value-type", "")
        if kind:
            self._check_size(first, width)
        if self._depth != 1:
            return
        last_row = self._row + self._repeat - 1
        down, right = _count(values, "number-rows-spanned"), _count(values, "number-columns-spanned")
        if down > 1 or right > 1:
            self._current.merges.append((self._row, first, self._row + down - 1, first + right - 1))
        if _TABLE + "formula" in values and not _has_value(values, kind):
            self._note(self._current.uncached, first, width, last_row)
        if kind == "percentage":
            self._note(self._current.percents, first, width, last_row)
        elif kind == "currency" and (currency := currency_of(values.get(_OFFICE + "currency", ""))):
            self._note(self._current.currencies.setdefault(currency, {}), first, width, last_row)

    def _note(self, runs: dict[int, list[tuple[int, int]]], first: int, width: int, last_row: int) -> None:
        for column in range(first, min(first + width, limits.MAX_COLUMNS)):
            add_to(runs, column, self._row, last_row)

    def _check_size(self, first: int, width: int) -> None:
        if first + width > limits.MAX_COLUMNS:
            raise Unreadable(FileRefusal.TOO_MANY_COLUMNS, limit=limits.MAX_COLUMNS)
        self._cells += width * self._repeat
        if self._cells > limits.MAX_CELLS:
            raise Unreadable(FileRefusal.TOO_MANY_ROWS, limit=limits.MAX_CELLS)


def _count(values: dict[str, str], name: str) -> int:
    text = values.get(_TABLE + name, "1")
    return max(int(text), 1) if text.isdigit() and len(text) < 10 else 1


def _has_value(values: dict[str, str], kind: str) -> bool:
    return kind == "string" or any(
        values.get(_OFFICE + name) for name in ("value", "date-value", "time-value", "boolean-value", "string-value")
    )


def _refuse_entity(*_: object) -> None:
    raise Unreadable(FileRefusal.SUSPICIOUS)
