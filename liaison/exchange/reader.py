"""The child process that reads one file: ``python -m liaison.exchange.reader``. One JSON object in, JSON lines out.

In: ``{"path", "password"}`` on standard input. Out, in this order: one ``file``; for every visible sheet one ``sheet``
(what is known about its cells), then ``rows`` and ``blank`` lines; ``done``. Or ``refused`` with the reason. A process
that ends without ``done`` or ``refused`` met something built to break it; the parent says so. It writes no file,
    opens no
network, and ends when it goes over its limits.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import itertools
import json
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TextIO

from liaison.exchange import limits
from liaison.exchange.containers import Unreadable, check_parts, chunks, format_of, kind_of, opened
from liaison.exchange.reading import UNAVAILABLE
from liaison.exchange.refusals import FileRefusal
from liaison.exchange.sheet_notes import SheetNotes

ROWS_IN_A_LINE = 128
_LAST_ROWS = {"xls": 65_536}


def main() -> None:
    """Read the request, hold back, read the file."""
    request = json.loads(sys.stdin.buffer.readline())
    path, password = Path(request["path"]), request.get("password")
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", write_through=False, newline="\n")
    try:
        size = path.stat().st_size
        if size > limits.MAX_FILE:
            raise Unreadable(FileRefusal.TOO_BIG)
        limits.hold_back(limits.seconds_for(size))
        data = path.read_bytes()
        read(data, password, out)
    except Unreadable as refusal:
        _tell(out, "refused", {"code": refusal.reason.value, "values": refusal.values})
    except MemoryError:
        _tell(out, "refused", {"code": FileRefusal.TOO_BIG.value, "values": {}})
    except OSError:
        _tell(out, "refused", {"code": UNAVAILABLE, "values": {}})
    out.flush()


def _tell(out: TextIO, kind: str, body: object) -> None:
    out.write(json.dumps({kind: body}, ensure_ascii=False, separators=(",", ":"), default=_encoded) + "\n")


def _encoded(value: object) -> list[str]:
    """A date or time as a two-element list, which no cell of text or number is."""
    if isinstance(value, dt.date | dt.datetime):
        return ["d", value.isoformat()]
    return ["t", str(value)]


def read(data: bytes, password: str | None, out: TextIO) -> None:
    """Tell everything about a file. Raises :class:`Unreadable` with the reason where it is refused."""
    digest = hashlib.sha256(data).hexdigest()
    kind = kind_of(data)
    if kind == "ole":
        data, kind = _unlocked(data, password)
    if kind == "text":
        _read_text(data, digest, out)
    else:
        _read_workbook(data, digest, kind, out)
    _tell(out, "done", 1)


def _unlocked(data: bytes, password: str | None) -> tuple[bytes, str]:
    """The workbook inside a password-protected container, opened in memory; an .xls without a password as it is."""
    import msoffcrypto
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

    try:
        office = msoffcrypto.OfficeFile(io.BytesIO(data))
        if not office.is_encrypted():
            return data, "xls"
    except (FileFormatError, ParseError, ValueError, OSError, KeyError, IndexError) as error:
        raise Unreadable(FileRefusal.NOT_A_WORKBOOK) from error
    if not password:
        raise Unreadable(FileRefusal.NEEDS_PASSWORD)
    plain = io.BytesIO()
    try:
        office.load_key(password=password)
        office.decrypt(plain)
    except (InvalidKeyError, DecryptionError) as error:
        raise Unreadable(FileRefusal.WRONG_PASSWORD) from error
    except (FileFormatError, ParseError, ValueError, OSError, KeyError, IndexError) as error:
        raise Unreadable(FileRefusal.LOCKED_OTHERWISE) from error
    found = plain.getvalue()
    return found, "zip" if found.startswith(b"PK") else "xls"


def _read_text(data: bytes, digest: str, out: TextIO) -> None:
    from liaison.exchange.delimited import records

    found, encoding, delimiter = records(data)
    _tell(
        out,
        "file",
        {"format": "text", "sha256": digest, "size": len(data), "encoding": encoding, "delimiter": delimiter},
    )
    _tell(out, "sheet", _sheet("", 0, SheetNotes(), is_1904=False))
    _tell_rows(out, found)


def _read_workbook(data: bytes, digest: str, kind: str, out: TextIO) -> None:
    form, is_1904 = "xls", False
    notes: dict[str, SheetNotes] = {}
    if kind == "zip":
        with opened(io.BytesIO(data)) as container:
            form = format_of(container)
            is_1904, notes = _facts(container, form, len(data))
    else:
        is_1904 = _xls_is_1904(data)
    _tell(out, "file", {"format": form, "sha256": digest, "size": len(data)})
    _tell_sheets(out, data, form, is_1904=is_1904, notes=notes)


def _facts(container: zipfile.ZipFile, form: str, size: int) -> tuple[bool, dict[str, SheetNotes]]:
    """The date system and what values hide, by sheet name; on the way every part is counted."""
    if form == "ods":
        from liaison.exchange.ods_xml import OdsScan

        ods = OdsScan()
        check_parts(container, size, ods.look)
        return ods.is_1904, ods.notes
    if form == "xlsb":
        check_parts(container, size, lambda _name, _parts: None)
        return _xlsb_is_1904(container), {}
    from liaison.exchange.sheet_xml import WorkbookScan

    scan = WorkbookScan()
    for name in container.namelist():
        scan.look_at_small(name, chunks(container, name))
    check_parts(container, size, scan.look_at_sheet)
    parts = scan.workbook.part_of
    return scan.workbook.is_1904, {name: scan.notes[part] for name, part in parts.items() if part in scan.notes}


def _xls_is_1904(data: bytes) -> bool:
    """The date system of an .xls: record 0x0022 of the workbook stream, found by walking the first records."""
    import olefile

    try:
        with olefile.OleFileIO(data) as ole:
            name = next((n for n in ("Workbook", "Book") if ole.exists(n)), "")
            stream = ole.openstream(name).read(1 << 20) if name else b""
    except (OSError, ValueError, TypeError, IndexError, KeyError) as error:
        raise Unreadable(FileRefusal.DAMAGED) from error
    return _record(stream, 0x22, width=2)[:1] == b"\x01"


def _record(stream: bytes, wanted: int, *, width: int) -> bytes:
    position = 0
    while position + 2 * width <= len(stream):
        kind = int.from_bytes(stream[position : position + width], "little")
        length = int.from_bytes(stream[position + width : position + 2 * width], "little")
        position += 2 * width
        if kind == wanted:
            return stream[position : position + length]
        position += length
    return b""


def _xlsb_is_1904(container: zipfile.ZipFile) -> bool:
    """The date system of an .xlsb: the first bit of the workbook properties (record 0x99)."""
    name = next((n for n in container.namelist() if n.lower().endswith("workbook.bin")), "")
    body = b"".join(itertools.islice(chunks(container, name), 1))
    position = body.find(b"\x99\x01", 0, 4096)
    return position >= 0 and len(body) > position + 3 and bool(body[position + 3] & 1)


def _tell_sheets(out: TextIO, data: bytes, form: str, *, is_1904: bool, notes: dict[str, SheetNotes]) -> None:
    import python_calamine as calamine

    try:
        workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        for index, meta in enumerate(workbook.sheets_metadata):
            if meta.typ is not calamine.SheetTypeEnum.WorkSheet:
                continue
            if meta.visible is not calamine.SheetVisibleEnum.Visible:
                _tell(out, "hidden", meta.name)
                continue
            sheet = workbook.get_sheet_by_index(index)
            _check_size(sheet.end)
            facts = notes.get(meta.name) or SheetNotes()
            facts.merges += [(a + 1, b, c + 1, d) for (a, b), (c, d) in sheet.merged_cell_ranges or ()]
            _tell(out, "sheet", _sheet(meta.name, _LAST_ROWS.get(form, limits.MAX_ROWS), facts, is_1904=is_1904))
            _tell_rows(out, sheet.iter_rows() if sheet.end is not None else (), meta.name)
    except calamine.PasswordError as error:
        raise Unreadable(FileRefusal.NEEDS_PASSWORD) from error
    except calamine.CalamineError as error:
        raise Unreadable(FileRefusal.DAMAGED) from error


def _check_size(end: tuple[int, int] | None) -> None:
    if end is None:
        return
    if end[0] >= limits.MAX_ROWS:
        raise Unreadable(FileRefusal.TOO_MANY_ROWS, limit=limits.MAX_ROWS)
    if end[1] >= limits.MAX_COLUMNS:
        raise Unreadable(FileRefusal.TOO_MANY_COLUMNS, limit=limits.MAX_COLUMNS)


def _sheet(name: str, last_row: int, notes: SheetNotes, *, is_1904: bool) -> dict[str, Any]:
    return {"name": name, "last_row": last_row, "is_1904": is_1904, **notes.to_json()}


def _tell_rows(out: TextIO, rows: Iterable[list[Any]], sheet: str = "") -> None:
    """Rows in packets, empty ones as a count, so that a sheet of a million empty rows is one line."""
    packet: list[list[Any]] = []
    blanks = cells = count = 0
    for row in rows:
        count += 1
        cleaned = _cleaned(row, sheet, count)
        if not cleaned:
            blanks += 1
            continue
        if blanks:
            _tell_packet(out, packet)
            packet = []
            _tell(out, "blank", blanks)
            blanks = 0
        cells += len(cleaned)
        if count > limits.MAX_ROWS or cells > 2 * limits.MAX_CELLS:
            raise Unreadable(FileRefusal.TOO_MANY_ROWS, limit=limits.MAX_ROWS)
        packet.append(cleaned)
        if len(packet) == ROWS_IN_A_LINE:
            _tell_packet(out, packet)
            packet = []
    _tell_packet(out, packet)
    if blanks:
        _tell(out, "blank", blanks)


def _tell_packet(out: TextIO, packet: list[list[Any]]) -> None:
    if packet:
        _tell(out, "rows", packet)


def _cleaned(row: list[Any], sheet: str, number: int) -> list[Any]:
    """A row without the empty cells at its end; nothing for an empty row. Refuses what no sheet may hold."""
    end = len(row)
    while end and (row[end - 1] == "" or (isinstance(row[end - 1], str) and not row[end - 1].strip())):
        end -= 1
    if end > limits.MAX_COLUMNS:
        raise Unreadable(FileRefusal.TOO_MANY_COLUMNS, limit=limits.MAX_COLUMNS)
    for cell in row:
        if cell.__class__ is str and len(cell) > limits.MAX_CELL_CHARS:
            raise Unreadable(FileRefusal.CELL_TOO_LONG, limit=limits.MAX_CELL_CHARS, sheet=sheet, row=number)
    return row if end == len(row) else row[:end]


if __name__ == "__main__":
    main()
