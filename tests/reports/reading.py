"""Reads finished PDFs back, and draws blocks without a store."""

import io
import re

import pypdfium2

from liaison.reports.blocks import Stamp, Title
from liaison.reports.pdf import write_pdf

STAMP = Stamp(report_id="R1-9F3C-27AE-04", journal_head="4b7e…91d2", language="id", title="Uji")
TITLE = Title(
    kind="Uji coba",
    banner="INTERNAL",
    source="Sumber: uji, n = 3. Data per 20 Nov 2026 14.05 WIB.",
    note="Disusun oleh Ayu.",
)


def drawn(blocks, *, stamp=STAMP):
    """The bytes of a PDF and what was drawn."""
    buffer = io.BytesIO()
    printed = write_pdf(blocks, buffer, stamp=stamp)
    return buffer.getvalue(), printed


def pages_of(data):
    """The text of each page."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def text_of(data):
    """All text, blanks squeezed."""
    return squeezed(" ".join(pages_of(data)))


def squeezed(text):
    """No-break and other blanks as one blank, the reader's hyphen mark as a hyphen."""
    return re.sub(r"\s+", " ", text.replace("\ufffe", "-").replace("\u00a0", " ").replace("\u0002", "-")).strip()


def fonts_of(data):
    """The names of the fonts in a PDF."""
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        names = set()
        for page in pdf.pages:
            for font in page.Resources.get("/Font", {}).values():
                names.add(str(font.BaseFont).split("+")[-1].lstrip("/"))
        return names
