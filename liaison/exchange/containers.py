"""What a file really is, whatever its name says, and whether its zip container may be opened. Runs in the child."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from typing import BinaryIO

from liaison.exchange import limits
from liaison.exchange.refusals import FileRefusal

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CHUNK = 1 << 20
_DOCTYPES = (b"<!DOCTYPE", b"<!doctype", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
_NEVER_TEXT = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"MZ",
    b"\x7fELF",
    b"{\\rtf",
)


class Unreadable(Exception):
    """The child refuses the file; the parent turns the reason into a sentence."""

    def __init__(self, reason: FileRefusal, **values: object) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.values = values


def kind_of(data: bytes) -> str:
    """``zip``, ``ole`` or ``text`` by the first bytes. Refuses what is none of them."""
    head = data[:4096]
    if not data.strip(b"\0 \t\r\n"):
        raise Unreadable(FileRefusal.EMPTY)
    if head.startswith(OLE):
        return "ole"
    if head.startswith(b"PK\x03\x04"):
        return "zip"
    if head.startswith(b"PK") and head[2:4] in (b"\x05\x06", b"\x07\x08"):
        raise Unreadable(FileRefusal.DAMAGED)
    if head.startswith(_NEVER_TEXT):
        raise Unreadable(FileRefusal.NOT_A_WORKBOOK)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<head")):
        raise Unreadable(FileRefusal.WEB_PAGE)
    return "text"


def opened(file: BinaryIO | io.BytesIO) -> zipfile.ZipFile:
    """The zip container, if its directory looks harmless."""
    try:
        container = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError, OSError) as error:
        raise Unreadable(FileRefusal.DAMAGED) from error
    entries = container.infolist()
    inflated, packed = sum(e.file_size for e in entries), sum(e.compress_size for e in entries)
    if len(entries) > limits.MAX_PARTS:
        raise Unreadable(FileRefusal.SUSPICIOUS)
    if inflated > limits.MAX_INFLATED:
        raise Unreadable(FileRefusal.TOO_BIG if inflated < packed * limits.MAX_RATIO else FileRefusal.SUSPICIOUS)
    if any(e.flag_bits & 0x1 for e in entries):
        raise Unreadable(FileRefusal.LOCKED_OTHERWISE)
    return container


def format_of(container: zipfile.ZipFile) -> str:
    """``xlsx``, ``xlsb`` or ``ods`` by what the container holds."""
    names = set(container.namelist())
    if "mimetype" in names or "content.xml" in names:
        mimetype = container.open("mimetype").read(100) if "mimetype" in names else b""
        if (
            mimetype.strip() not in (b"", b"application/vnd.oasis.opendocument.spreadsheet")
            and b"spreadsheet" not in mimetype
        ):
            raise Unreadable(FileRefusal.NOT_A_WORKBOOK)
        if _is_encrypted_ods(container, names):
            raise Unreadable(FileRefusal.LOCKED_OTHERWISE)
        return "ods"
    if any(name.lower().endswith("workbook.bin") for name in names):
        return "xlsb"
    if any(name.lower().endswith("workbook.xml") for name in names):
        return "xlsx"
    raise Unreadable(FileRefusal.NOT_A_WORKBOOK)


def _is_encrypted_ods(container: zipfile.ZipFile, names: set[str]) -> bool:
    manifest = "META-INF/manifest.xml"
    return manifest in names and b"encryption-data" in container.open(manifest).read(_CHUNK)


def chunks(container: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """The inflated bytes of one part, a megabyte at a time."""
    try:
        with container.open(name) as part:
            while chunk := part.read(_CHUNK):
                yield chunk
    except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError, OSError) as error:
        raise Unreadable(FileRefusal.DAMAGED) from error


def check_parts(container: zipfile.ZipFile, size: int, look: Callable[[str, Iterator[bytes]], None]) -> None:
    """Inflate every part once, counting what really comes out (headers lie), and let ``look`` see each.

    Refuses a document type in any part, more than the limit in all, and a ratio that only bombs have.
    """
    total = 0

    def counted(name: str) -> Iterator[bytes]:
        nonlocal total
        tail = b""
        for chunk in chunks(container, name):
            total += len(chunk)
            if total > limits.MAX_INFLATED or (total > limits.RATIO_FROM and total > size * limits.MAX_RATIO):
                raise Unreadable(FileRefusal.SUSPICIOUS)
            if any(mark in tail + chunk[:64] or mark in chunk for mark in _DOCTYPES):
                raise Unreadable(FileRefusal.SUSPICIOUS)
            tail = chunk[-64:]
            yield chunk

    for entry in container.infolist():
        if entry.is_dir():
            continue
        parts = counted(entry.filename)
        look(entry.filename, parts)
        for _ in parts:  # what the looker left unread still counts
            pass
