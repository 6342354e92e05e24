"""A workbook under a password (AES-256), for a list or a paper about persons that has to leave the program."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from liaison.domain.grids import Grid
from liaison.exchange.workbook import as_xlsx, put_whole
from liaison.i18n import Language


def write_sealed(
    grids: Sequence[Grid], target: Path, *, password: str, language: Language, about: Mapping[str, str] | None = None
) -> int:
    """Write tables into an encrypted .xlsx and return how many rows; nothing of it lies in clear on the disk."""
    put_whole(target, sealed(as_xlsx(grids, language, about or {}), password))
    return sum(len(grid.rows) for grid in grids)


def sealed(book: bytes, password: str) -> bytes:
    """A workbook encrypted as Excel does it (ECMA-376, agile); Excel and LibreOffice ask for the password."""
    from msoffcrypto.format.ooxml import OOXMLFile

    out = io.BytesIO()
    OOXMLFile(io.BytesIO(book)).encrypt(password, out)
    return out.getvalue()


def twin(
    password: str, *, grids: Sequence[Grid], about: Mapping[str, str], language: Language, made_at: dt.datetime | None
) -> bytes:
    """The Excel twin of a report: each of its tables a sheet; sealed where there is a password."""
    book = as_xlsx(grids, language, about, made_at=made_at)
    return sealed(book, password) if password else book
