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


EDGE = 5.0
"""Millimetres at every edge that no printer of a hotel reaches."""


def has_ink_near_an_edge(data):
    """Whether anything is drawn in the dead edge of a page; each page is rendered in grey."""
    document = pypdfium2.PdfDocument(data)
    try:
        return any(_is_inked(page) for page in document)
    finally:
        document.close()


def _is_inked(page):
    from PIL import ImageStat

    scale = 1.0
    picture = page.render(scale=scale, grayscale=True).to_pil().convert("L")
    edge, (wide, high) = int(EDGE * 72 / 25.4 * scale), picture.size
    strips = ((0, 0, wide, edge), (0, high - edge, wide, high), (0, 0, edge, high), (wide - edge, 0, wide, high))
    return any(ImageStat.Stat(picture.crop(box)).extrema[0][0] < 250 for box in strips)
