"""A workbook under a password (AES-256), for a list of persons that has to leave the program."""

from __future__ import annotations

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
    from msoffcrypto.format.ooxml import OOXMLFile

    plain = io.BytesIO(as_xlsx(grids, language, about or {}))
    sealed = io.BytesIO()
    OOXMLFile(plain).encrypt(password, sealed)
    put_whole(target, sealed.getvalue())
    return sum(len(grid.rows) for grid in grids)
