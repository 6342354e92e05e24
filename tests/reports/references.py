"""Reference pages: the text and a small grey picture of every page of every report, as they looked when last renewed.

``tests/reports/reference`` holds for each report a text file (the words of its pages, in their order) and a picture
(every page as 40 x 56 grey cells, one below the other). Renew them after a wanted change of a page, and look at what
``git diff`` shows::

    python -m tests.reports.renew_references [report …]

Report ids and the head of the journal change with the store, and are blotted out.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image

from liaison.reports.catalogue import REPORTS
from tests.reports.every_variant import LANGUAGES, held, printed

FOLDER = Path(__file__).parent / "reference"
WIDE, HIGH = 40, 56
LEVELS = 16
"""Shades of grey that are kept."""

FAR = 56
"""A cell that differs by so much of 255 has changed."""

MOST_FAR = 6
"""Cells of a page that may: the square with the report's id has four, and looks different for another id."""

_ID = re.compile(r"\bR\d+(?:-[0-9A-F]{2,4}){3,}")
_HEAD = re.compile(r"[0-9a-f]{4}…[0-9a-f]{4}")
_CERTIFICATE = re.compile(r"(?<=PHP/)[0-9A-F]+|\b[0-9a-f]{32,}\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a report: its sign, its words and its small picture."""

    sign: str
    words: str
    picture: Image.Image


def report_names() -> list[str]:
    """Every report of the catalogue."""
    return [report.name for report in REPORTS]


def pages_now(store, report: str) -> list[Page]:
    """The pages of a report in all its held forms and languages, as the program makes them now."""
    return [
        page
        for variant in held(store)
        if variant.report == report
        for language in LANGUAGES
        for page in _pages(printed(store, variant, language).data, f"{variant.label} {language}")
    ]


def _pages(data: bytes, sign: str) -> list[Page]:
    document = pypdfium2.PdfDocument(data)
    try:
        return [_page(page, f"{sign} {number}") for number, page in enumerate(document, 1)]
    finally:
        document.close()


def _page(page, sign: str) -> Page:
    text = page.get_textpage().get_text_bounded().replace("\r\n", "\n").replace("\ufffe", "-").replace("\x02", "-")
    for pattern, word in ((_ID, "R-ID"), (_HEAD, "HEAD"), (_CERTIFICATE, "NUMBER")):
        text = pattern.sub(word, text)
    words = "\n".join(line.rstrip() for line in text.replace("\u00a0", " ").split("\n"))
    grey = page.render(scale=0.4, grayscale=True).to_pil().convert("L").resize((WIDE, HIGH), Image.Resampling.BOX)
    step = 255 / (LEVELS - 1)
    return Page(sign=sign, words=words, picture=grey.point([round(round(n / step) * step) for n in range(256)]))


# kept


def text_file(report: str) -> Path:
    """Where the words of a report are kept."""
    return FOLDER / f"{report}.txt"


def picture_file(report: str) -> Path:
    """Where the pictures of a report are kept."""
    return FOLDER / f"{report}.png"


def write(report: str, pages: list[Page]) -> None:
    """Keep these pages as the reference of a report."""
    FOLDER.mkdir(exist_ok=True)
    parts = [f"#### {page.sign}\n{page.words}\n" for page in pages]
    text_file(report).write_text("\n".join(parts), encoding="utf-8", newline="\n")
    strip = Image.new("L", (WIDE, HIGH * len(pages)), 255)
    for number, page in enumerate(pages):
        strip.paste(page.picture, (0, number * HIGH))
    buffer = io.BytesIO()
    strip.save(buffer, "PNG", optimize=True)
    picture_file(report).write_bytes(buffer.getvalue())


def kept(report: str) -> list[Page]:
    """The reference of a report."""
    text = text_file(report).read_text(encoding="utf-8")
    parts = [part.split("\n", 1) for part in re.split(r"^#### ", text, flags=re.MULTILINE)[1:]]
    with Image.open(picture_file(report)) as strip:
        return [
            Page(
                sign=sign,
                words=words.rstrip("\n"),
                picture=strip.crop((0, number * HIGH, WIDE, (number + 1) * HIGH)).copy(),
            )
            for number, (sign, words) in enumerate(parts)
        ]


def far_cells(one: Image.Image, other: Image.Image) -> int:
    """How many cells of two small pictures differ so much that the page looks different."""
    return sum(abs(a - b) > FAR for a, b in zip(one.tobytes(), other.tobytes(), strict=True))
