"""Which writer draws a paper: its page says it. A4, as wide as a telephone, a booklet, a booklet on folded sheets."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import IO, Protocol

from liaison.reports.blocks import Block, Stamp
from liaison.reports.booklet_pages import write_booklet, write_booklet_sheets
from liaison.reports.pdf import Printed, write_pdf
from liaison.reports.phone import write_phone
from liaison.reports.style import BOOKLET, BOOKLET_SHEETS, PHONE, PageStyle


class Writer(Protocol):
    """Draws blocks on pages and writes the PDF."""

    def __call__(self, blocks: Sequence[Block], target: str | Path | IO[bytes], *, stamp: Stamp) -> Printed:
        """The pages as they were drawn."""
        ...


def writer_of(page: PageStyle) -> Writer:
    """The writer of a page."""
    for style, writer in ((PHONE, write_phone), (BOOKLET, write_booklet), (BOOKLET_SHEETS, write_booklet_sheets)):
        if page is style:
            return writer
    return write_pdf
