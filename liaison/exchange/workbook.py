"""Tables into files: .xlsx with typed cells, .csv that no spreadsheet runs, .json. Nothing else writes workbooks.

Texts are never formulas or links, numbers that identify stay text, the header row stays in view, and a sheet "About"
says what was filtered, when and from where. Workbooks are built in memory: the writer's temporary files would hold
names in clear (``security`` 0, finding 4).
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from liaison.domain.coded import Coded
from liaison.domain.errors import Unavailable
from liaison.domain.grids import Cell, Column, ColumnKind, Grid
from liaison.domain.money import WHOLE, Money
from liaison.domain.names import fold
from liaison.domain.privacy import PublicCount
from liaison.i18n import N_, Language
from liaison.i18n.formats import SYMBOLS
from liaison.store.durable import outside_store

STAR = "*"
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_MAX_TEXT = 32_767
_MAX_SHEET_NAME = 31
_WIDTH_AT_MOST = 60
_WIDTHS_FROM_ROWS = 500


def write(grids: Sequence[Grid], target: Path, *, language: Language, about: Mapping[str, str] | None = None) -> int:
    """Write tables to a file by its ending (.xlsx, .csv, .json) and return how many rows.

    A .csv holds the first table only. Raises ``ValueError`` for another ending, :class:`Unavailable` where the file
    cannot be written; a file half written is never left behind.
    """
    makers = {".xlsx": as_xlsx, ".csv": as_csv, ".json": as_json}
    maker = makers.get(target.suffix.lower())
    if maker is None:
        raise ValueError(f"unknown file ending {target.suffix!r}; known: {', '.join(makers)}")
    put_whole(target, maker(grids, language, about or {}))
    return sum(len(grid.rows) for grid in grids)


def write_rejects(headings: Sequence[str], rows: Iterable[Sequence[str]], target: Path, language: Language) -> int:
    """Write refused rows as they came, with a last column "reason", to be mended and brought in again."""
    columns = (
        *(
            Column(label=heading or f"({number})", kind=ColumnKind.IDENTIFIER)
            for number, heading in enumerate(headings, 1)
        ),
        Column(label=N_("Reason")),
    )
    wide = [(*row[:-1], *([""] * (len(columns) - len(row))), row[-1]) for row in rows]
    return write(
        [Grid(title=language(N_("Refused rows")), columns=columns, rows=tuple(wide))], target, language=language
    )


def put_whole(target: Path, body: bytes) -> None:
    """Put a finished file in its place, whole or not at all. Refuses a place inside a store."""
    outside_store(target)
    part = target.with_name(f".{target.name}.part")
    try:
        part.write_bytes(body)
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise Unavailable(
            N_("{file} cannot be written. Close it elsewhere, or choose another folder."), file=target.name
        ) from error


# .xlsx


def as_xlsx(
    grids: Sequence[Grid], language: Language, about: Mapping[str, str], *, made_at: dt.datetime | None = None
) -> bytes:
    """Tables as a workbook: one sheet each, and a sheet "About" with filter, date and source.

    ``made_at`` is told as the moment of its making, so that the same tables give the same bytes; left out, it is now.
    """
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        if made_at is not None:
            book.set_properties({"created": made_at.astimezone(dt.UTC).replace(tzinfo=None)})
        formats = _Formats(book)
        names: set[str] = set()
        for grid in grids:
            _SheetWriter(book.add_worksheet(_sheet_name(language(grid.title), names)), formats, language).write(grid)
        _write_about(book.add_worksheet(_sheet_name(language(N_("About")), names)), formats, about)
    return out.getvalue()


def _sheet_name(title: str, taken: set[str]) -> str:
    """A name Excel accepts: short, without its forbidden signs, different from the others whatever the case."""
    base = re.sub(r"[\[\]:*?/\\'\x00-\x1f]+", " ", title).strip()[:_MAX_SHEET_NAME].strip() or "1"
    name, number = base, 2
    while name.casefold() in taken:
        tail = f" ({number})"
        name, number = base[: _MAX_SHEET_NAME - len(tail)] + tail, number + 1
    taken.add(name.casefold())
    return name


class _Formats:
    """Cell formats of one workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[str, bool], Any] = {}
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})

    def of(self, code: str, *, bold: bool = False) -> Any:
        """The format with a number code."""
        if (code, bold) not in self._made:
            self._made[code, bold] = self._book.add_format({"num_format": code, "bold": bold, "valign": "top"})
        return self._made[code, bold]


_CODES = {
    ColumnKind.TEXT: "@", ColumnKind.IDENTIFIER: "@", ColumnKind.COUNT: "#,##0", ColumnKind.NUMBER: "#,##0.##",
    ColumnKind.MONEY: "#,##0.00", ColumnKind.PERCENT: "0.0%", ColumnKind.DATE: "d mmm yyyy",
    ColumnKind.MOMENT: "d mmm yyyy hh:mm",
}  # fmt: skip


def _money_code(money: Money, unit: str) -> str:
    digits = "#,##0" if money.currency in WHOLE and money.minor % 100 == 0 else "#,##0.00"
    return digits if unit == money.currency else f'"{SYMBOLS[money.currency]}"{digits}'


class _SheetWriter:
    """Writes one table to one sheet."""

    def __init__(self, sheet: Any, formats: _Formats, language: Language) -> None:
        self._sheet, self._formats, self._language = sheet, formats, language

    def write(self, grid: Grid) -> None:
        """Head, rows, footing, note; the head stays in view and filters."""
        sheet = self._sheet
        for number, column in enumerate(grid.columns):
            sheet.write_string(0, number, head_of(column, self._language), self._formats.head)
            sheet.set_column(number, number, self._width(grid, number))
        for at, row in enumerate(grid.rows, 1):
            self._row(at, row, grid.columns)
        last = len(grid.rows)
        if grid.footing:
            last += 1
            self._row(last, grid.footing, grid.columns, bold=True)
        sheet.freeze_panes(1, 0)
        if grid.rows and grid.columns:
            sheet.autofilter(0, 0, len(grid.rows), len(grid.columns) - 1)
        if grid.note:
            sheet.write_string(last + 2, 0, self._language(grid.note)[:_MAX_TEXT])

    def _row(self, at: int, row: tuple[Cell, ...], columns: tuple[Column, ...], *, bold: bool = False) -> None:
        for number, (cell, column) in enumerate(zip(row, columns, strict=True)):
            if cell is not None and cell != "":
                self._cell(at, number, cell, column, bold=bold)

    def _cell(self, at: int, number: int, cell: Cell, column: Column, *, bold: bool) -> None:
        sheet, style = self._sheet, self._formats.of
        match cell:
            case Money():
                sheet.write_number(at, number, float(cell.amount), style(_money_code(cell, column.unit), bold=bold))
            case PublicCount(value=int(shown)):
                sheet.write_number(at, number, shown, style("#,##0", bold=bold))
            case bool() | str() | Coded() | PublicCount():
                sheet.write_string(at, number, text_of(cell, self._language)[:_MAX_TEXT], style("@", bold=bold))
            case dt.datetime():
                local = _at_home(cell, self._language)
                sheet.write_datetime(at, number, local, style(_CODES[ColumnKind.MOMENT], bold=bold))
            case dt.date():
                sheet.write_datetime(at, number, cell, style(_CODES[ColumnKind.DATE], bold=bold))
            case int() | Decimal() if column.kind in (ColumnKind.TEXT, ColumnKind.IDENTIFIER):
                sheet.write_string(at, number, str(cell), style("@", bold=bold))
            case int() | Decimal():
                sheet.write_number(at, number, float(cell), style(_CODES[column.kind], bold=bold))
            case _:
                raise TypeError(f"no cell of a table: {type(cell).__name__}")

    def _width(self, grid: Grid, number: int) -> int:
        said = [len(head_of(grid.columns[number], self._language))]
        said += [len(text_of(row[number], self._language)) for row in grid.rows[:_WIDTHS_FROM_ROWS]]
        return min(max(said) + 2, _WIDTH_AT_MOST)


def _write_about(sheet: Any, formats: _Formats, about: Mapping[str, str]) -> None:
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, _WIDTH_AT_MOST)
    for at, (label, value) in enumerate(about.items()):
        sheet.write_string(at, 0, label, formats.head)
        sheet.write_string(at, 1, value[:_MAX_TEXT], formats.of("@"))


# what a cell says


def head_of(column: Column, language: Language) -> str:
    """A column's heading with its unit."""
    label = language(column.label)
    return f"{label} ({language(column.unit)})" if column.unit else label


def text_of(cell: Cell, language: Language) -> str:
    """A cell as a reader of the language sees it; nothing for an empty one."""
    match cell:
        case None:
            return ""
        case bool():
            return language(N_("yes") if cell else N_("no"))
        case PublicCount():
            return STAR if cell.is_star else language.formats.value(cell.value)
        case Coded():
            return language(cell.label)
        case str():
            return cell
        case _:
            return language.formats.value(cell)


def _at_home(moment: dt.datetime, language: Language) -> dt.datetime:
    """A moment as the clock on the office's wall shows it: workbooks know no time zones."""
    return language.formats.at_home(moment).replace(tzinfo=None) if moment.tzinfo else moment


# .csv and .json


def inert(text: str) -> str:
    """A text that no spreadsheet takes for a formula: a quote goes before the signs formulas start with.

    Our own reading takes it away again, so that what goes out comes back as it was (OWASP ASVS 1.2.10).
    """
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def as_csv(grids: Sequence[Grid], language: Language, about: Mapping[str, str]) -> bytes:
    """The first table as text that Excel opens with its columns: with a mark, and the language's own separators."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=language.formats.list_mark, lineterminator="\r\n")
    for grid in grids[:1]:
        writer.writerow([inert(head_of(column, language)) for column in grid.columns])
        for row in (*grid.rows, *([grid.footing] if grid.footing else [])):
            writer.writerow([_csv_cell(cell, language) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _csv_cell(cell: Cell, language: Language) -> str:
    match cell:
        case bool() | None:
            return text_of(cell, language)
        case Money():
            return language.formats.plain(Decimal(cell.plain()))
        case int() | Decimal():
            return language.formats.plain(cell)
        case dt.datetime():
            return _at_home(cell, language).strftime("%Y-%m-%d %H:%M")
        case dt.date():
            return cell.isoformat()
        case _:
            return inert(text_of(cell, language))


def as_json(grids: Sequence[Grid], language: Language, about: Mapping[str, str]) -> bytes:
    """Every table as plain values: amounts as texts with their currency, dates as ISO, keys as texts."""
    tables = [
        {
            "title": language(grid.title),
            "rows": [
                {
                    key: _json_cell(cell, column)
                    for key, cell, column in zip(_keys(grid), row, grid.columns, strict=True)
                }
                for row in grid.rows
            ],
        }
        for grid in grids
    ]
    body = {"about": dict(about), "tables": tables}
    return (json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _keys(grid: Grid) -> list[str]:
    """Names of a table's columns for programs: the English label, folded; a second one of a name gets its number."""
    keys: list[str] = []
    for number, column in enumerate(grid.columns, 1):
        key = "_".join(fold(column.label).split()) or f"column_{number}"
        keys.append(f"{key}_{number}" if key in keys else key)
    return keys


def _json_cell(cell: Cell, column: Column) -> object:
    match cell:
        case Money():
            return {"amount": cell.plain(), "currency": cell.currency}
        case Coded():
            return cell.value
        case PublicCount():
            return STAR if cell.is_star else cell.value
        case Decimal():
            return str(cell)
        case dt.date():
            return cell.isoformat()
        case int() if column.kind is ColumnKind.IDENTIFIER:
            return str(cell)
        case _:
            return cell
