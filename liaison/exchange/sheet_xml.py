"""What the XML of an .xlsx says beyond its values: formulas never computed, number formats, the date system.

The reader of values gives an empty cell for a formula without a value,
    and only the number of a cell shown as ``RM 1,200``
or ``00012345``. Sheets stream by as bytes and are searched, never built as trees. Runs in the child.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError

from liaison.exchange import limits
from liaison.exchange.containers import Unreadable
from liaison.exchange.currencies import from_number_format
from liaison.exchange.refusals import FileRefusal
from liaison.exchange.sheet_notes import Runs, SheetNotes, add_to

_MAX_SMALL_PART = 32 << 20
_MAX_ROW_BYTES = 64 << 20
_BUILT_IN_PERCENT = {9, 10}


@dataclass(slots=True, kw_only=True)
class Workbook:
    """What the small parts of the workbook say."""

    is_1904: bool = False
    computes_on_load: bool = False
    """Written by a program that leaves every formula's value for Excel to compute: a stored 0 means nothing."""
    part_of: dict[str, str] = field(default_factory=dict)
    """Sheet name to the part that holds it."""
    currency_styles: dict[bytes, str] = field(default_factory=dict)
    percent_styles: set[bytes] = field(default_factory=set)
    padded_styles: dict[bytes, int] = field(default_factory=dict)

    @property
    def styles(self) -> set[bytes]:
        """Cell styles worth looking for."""
        return {*self.currency_styles, *self.percent_styles, *self.padded_styles}


class WorkbookScan:
    """Gathers facts while :func:`containers.check_parts` inflates the parts; ``notes`` are keyed by part name."""

    def __init__(self) -> None:
        self.small: dict[str, bytes] = {}
        self.notes: dict[str, SheetNotes] = {}
        self.cells = 0
        self._workbook: Workbook | None = None

    @property
    def workbook(self) -> Workbook:
        """The facts of the small parts, once they were all seen."""
        if self._workbook is None:
            self._workbook = read_workbook(self.small)
        return self._workbook

    def look_at_small(self, name: str, parts: Iterator[bytes]) -> None:
        """Keep the parts that describe the workbook."""
        low = name.lower()
        if low.endswith(("workbook.xml", "workbook.xml.rels", "styles.xml")):
            body = b"".join(parts)
            if len(body) > _MAX_SMALL_PART:
                raise Unreadable(FileRefusal.SUSPICIOUS)
            self.small[low] = body

    def look_at_sheet(self, name: str, parts: Iterator[bytes]) -> None:
        """Search one sheet's XML."""
        if "worksheets/" in name.lower() and name.lower().endswith(".xml"):
            notes = SheetNotes()
            self.notes[name.lower()] = notes
            for rows, first in _whole_rows(parts):
                self.cells += rows.count(b"</v>") + rows.count(b":v>") + rows.count(b"is>") // 2
                if self.cells > limits.MAX_CELLS:
                    raise Unreadable(FileRefusal.TOO_MANY_ROWS, limit=limits.MAX_CELLS)
                _check_columns(rows)
                _find_formulas(rows, first, self.workbook, notes.uncached)
                _find_styles(rows, first, self.workbook, notes)


def read_workbook(small: dict[str, bytes]) -> Workbook:
    """Date system, sheets and styles."""
    result = Workbook()
    rels = {}
    for name, body in small.items():
        if name.endswith("workbook.xml.rels"):
            rels = _relations(name, body)
    for name, body in small.items():
        if name.endswith("workbook.xml"):
            _read_sheets(body, rels, result)
        elif name.endswith("styles.xml"):
            _read_styles(body, result)
    return result


def _tree(body: bytes) -> Element:
    from defusedxml import ElementTree
    from defusedxml.common import DefusedXmlException

    try:
        root = ElementTree.fromstring(body)
    except (ParseError, ValueError) as error:
        reason = FileRefusal.SUSPICIOUS if isinstance(error, DefusedXmlException) else FileRefusal.DAMAGED
        raise Unreadable(reason) from error
    assert isinstance(root, Element)
    return root


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _attributes(element: Element) -> dict[str, str]:
    return {_local(k): v for k, v in element.attrib.items()}


def _relations(name: str, body: bytes) -> dict[str, str]:
    folder = posixpath.dirname(posixpath.dirname(name))
    found = {}
    for element in _tree(body).iter():
        if _local(element.tag) == "Relationship":
            target = element.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[element.get("Id", "")] = path.lower()
    return found


def _read_sheets(body: bytes, rels: dict[str, str], result: Workbook) -> None:
    for element in _tree(body).iter():
        values = _attributes(element)
        match _local(element.tag):
            case "workbookPr":
                result.is_1904 = values.get("date1904", "0") in ("1", "true")
            case "calcPr":
                result.computes_on_load = values.get("fullCalcOnLoad", "0") in ("1", "true")
            case "sheet":
                result.part_of[values.get("name", "")] = rels.get(values.get("id", ""), "")


def _read_styles(body: bytes, result: Workbook) -> None:
    root = _tree(body)
    codes: dict[int, str] = {}
    for element in root.iter():
        if _local(element.tag) == "numFmt" and element.get("numFmtId", "").isdigit():
            codes[int(element.get("numFmtId", "0"))] = element.get("formatCode", "")
    for group in root.iter():
        if _local(group.tag) != "cellXfs":
            continue
        for index, xf in enumerate(group):
            number = int(xf.get("numFmtId", "0") or 0)
            _read_format(str(index).encode(), number, codes.get(number, ""), result)


def _read_format(style: bytes, number: int, code: str, result: Workbook) -> None:
    if number in _BUILT_IN_PERCENT or re.search(r'%(?=(?:[^"]*"[^"]*")*[^"]*$)', code):
        result.percent_styles.add(style)
    elif re.fullmatch(r"0{2,20}", code):
        result.padded_styles[style] = len(code)
    elif code and (currency := from_number_format(code)):
        result.currency_styles[style] = currency


# the bytes of a sheet

_ROW_END = re.compile(rb"</(?:\w+:)?row>")
_ROW_NUMBER = re.compile(rb"""\sr=["'](\d+)["']""")
_CELL = re.compile(rb"<(?:\w+:)?c(?=[\s/>])([^>]*)>")
_REF = re.compile(rb"""\sr=["']([A-Za-z]{1,3})(\d{1,7})["']""")
_TYPE_STR = re.compile(rb"""\st=["'](?:str|e)["']""")
_FORMULA = re.compile(
    rb"<(?:\w+:)?c(?=[\s/>])([^>]*)>\s*<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\b[^>]*?(?:/>|>([^<]*)</(?:\w+:)?v>))?"
)
_FAR = re.compile(rb"""r=["'](?:[Ss][G-Zg-z]|[T-Zt-z][A-Za-z]|[A-Za-z]{3})\d+["'][^>/]*>\s*<""")
_ZERO = re.compile(rb"-?0(?:\.0*)?")


def _whole_rows(parts: Iterator[bytes]) -> Iterator[tuple[bytes, int]]:
    """Bytes cut after a row's end, with the number that a first row without one would have."""
    rest = b""
    row = 0
    for chunk in parts:
        rest += chunk
        cut = max(rest.rfind(b"</row>"), rest.rfind(b":row>"))
        if cut < 0:
            if len(rest) > _MAX_ROW_BYTES:
                raise Unreadable(FileRefusal.TOO_BIG)
            continue
        end = rest.index(b">", cut) + 1
        whole, rest = rest[:end], rest[end:]
        yield whole, row + 1
        row = _last_row(whole, row)
    yield rest, row + 1


def _last_row(rows: bytes, before: int) -> int:
    start = _row_start(rows, len(rows))
    numbered = _ROW_NUMBER.search(rows, start, rows.find(b">", start)) if start >= 0 else None
    return int(numbered[1]) if numbered else before + len(_ROW_END.findall(rows))


def _row_start(rows: bytes, position: int) -> int:
    start = rows.rfind(b"<row", 0, position)
    return start if start >= 0 else rows.rfind(b":row", 0, position)


def _check_columns(rows: bytes) -> None:
    if _FAR.search(rows):
        raise Unreadable(FileRefusal.TOO_MANY_COLUMNS, limit=limits.MAX_COLUMNS)


def _find_formulas(rows: bytes, first: int, workbook: Workbook, uncached: Runs) -> None:
    if b"<f" not in rows and b":f" not in rows:
        return
    for match in _FORMULA.finditer(rows):
        value = match[2]
        is_without = not value and not _TYPE_STR.search(match[1])
        if is_without or (workbook.computes_on_load and value and _ZERO.fullmatch(value)):
            place = _place(match[1]) or _counted_place(rows, first, match.start())
            add_to(uncached, place[1], place[0])


def _find_styles(rows: bytes, first: int, workbook: Workbook, notes: SheetNotes) -> None:
    wanted = workbook.styles
    if not wanted:
        return
    alternatives = b"|".join(sorted(wanted))
    pattern = re.compile(rb"<(?:\w+:)?c(?=\s)([^>]*?\ss=[\"'](" + alternatives + rb")[\"'][^>/]*)>")
    for match in pattern.finditer(rows):
        row, column = _place(match[1]) or _counted_place(rows, first, match.start())
        style = match[2]
        if style in workbook.currency_styles:
            add_to(notes.currencies.setdefault(workbook.currency_styles[style], {}), column, row)
        elif style in workbook.percent_styles:
            add_to(notes.percents, column, row)
        else:
            add_to(notes.padded.setdefault(workbook.padded_styles[style], {}), column, row)


def _place(attributes: bytes) -> tuple[int, int] | None:
    reference = _REF.search(attributes)
    return (int(reference[2]), _column(reference[1])) if reference else None


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number - 1


def _counted_place(rows: bytes, first: int, position: int) -> tuple[int, int]:
    """Row and column of a cell without a reference: counted from the row's start (the format allows leaving it out)."""
    start = _row_start(rows, position)
    numbered = _ROW_NUMBER.search(rows, start, rows.find(b">", start))
    row = int(numbered[1]) if numbered else first + len(_ROW_END.findall(rows, 0, start))
    column = -1
    for cell in _CELL.finditer(rows, start, position):
        place = _place(cell[1])
        column = place[1] if place else column + 1
    return row, column + 1
