"""A draft says so on every page: outlined at the top right, and in pale thin letters across, below what is printed.

Pages are made without the mark and get it only for being looked at; what is released are the pages as they were made,
so that id and bytes are the same before, at the release and ever after. A mark painted by the screen would do as well
for the eye, but then unmarked bytes of a paper that is on no record would lie in the preview.
"""

from __future__ import annotations

import io
import math
from typing import TYPE_CHECKING, Any

from liaison.i18n import N_, Language
from liaison.reports import style
from liaison.reports.pen import Pen, new_canvas
from liaison.reports.style import MM_PER_POINT, Colour, PageStyle, Type, Weight
from liaison.reports.text import line

if TYPE_CHECKING:
    from pikepdf import Page, Pdf

DRAFT = N_("DRAFT · not released yet")
"""Outlined at the top; its first word also lies across."""

_HIGH = 4.8
_TOP, _TOP_OF_BOOKLET, _TOP_OF_PHONE = 6.0, 1.8, 9.2
"""Above the classification, outside the edge that a printer cannot reach; in a booklet above the running head, and on a
page for a telephone beside the second line of its black head. Millimetres."""
_NARROW, _PHONE_WIDE, _NARROW_MARGIN = 150.0, 120.0, 8.0
"""A page less wide than these is one of a booklet or of a telephone, with smaller margins."""
_STROKE = 0.9
_SHARE = 0.62
"""How much of the diagonal the pale word takes."""


def as_draft(data: bytes, words: Language) -> bytes:
    """The same pages with the mark of a draft, for the preview. The pages given stay as they are."""
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        marks: dict[tuple[int, int], tuple[Page, Page]] = {}
        with pikepdf.new() as drawn:
            for page in pdf.pages:
                size = _size(page)
                if size not in marks:
                    marks[size] = _marks(drawn, size, words)
                over, under = marks[size]
                whole = pikepdf.Rectangle(page.mediabox)
                page.add_underlay(under, whole)
                page.add_overlay(over, whole)
        pdf.save(out, compress_streams=True)
    return out.getvalue()


def _size(page: Page) -> tuple[int, int]:
    """Width and height in hundredths of a point: pages of one kind share a mark."""
    box = page.mediabox
    return round((float(box[2]) - float(box[0])) * 100), round((float(box[3]) - float(box[1])) * 100)


def _marks(drawn: Pdf, size: tuple[int, int], words: Language) -> tuple[Page, Page]:
    """The outlined word for over a page of a size, and the pale one for under it."""
    import pikepdf

    page = PageStyle(width=size[0] / 100 * MM_PER_POINT, height=size[1] / 100 * MM_PER_POINT)
    target = io.BytesIO()
    canvas = new_canvas(target, page, language=words.code)
    pen = Pen(canvas, page, pages=2, anchors={})
    _draw_outlined(pen, words(DRAFT))
    pen.next_page()
    _draw_across(canvas, page, words(DRAFT).split(" · ")[0])
    canvas.save()
    with pikepdf.open(io.BytesIO(target.getvalue())) as made:
        first = len(drawn.pages)
        drawn.pages.extend(made.pages)
    return drawn.pages[first], drawn.pages[first + 1]


def _draw_outlined(pen: Pen, words: str) -> None:
    one = line(words, style.BANNER)
    page = pen.style
    margin = page.right if page.width >= _NARROW else _NARROW_MARGIN
    top = _TOP if _NARROW <= page.width < page.height else _TOP_OF_BOOKLET
    if page.width < _PHONE_WIDE:
        top = _TOP_OF_PHONE
    left = page.width - margin - one.width - 4.6
    pen.frame(left, top, one.width + 4.6, _HIGH, style.FRAME_PT, radius=0.7)
    pen.text(left + 2.3, top + 3.35, one, style.BANNER)


def _draw_across(canvas: Any, page: PageStyle, word: str) -> None:
    """The word along the diagonal, as an outline: what stands over it is read as if it were not there."""
    diagonal = math.hypot(page.width, page.height)
    size = 100 * _SHARE * diagonal / line(word, Type(size=100, leading=100, weight=Weight.SEMIBOLD)).width
    one = line(word, Type(size=size, leading=size, weight=Weight.SEMIBOLD))
    canvas.saveState()
    canvas.setLineWidth(_STROKE)
    canvas.setStrokeColorRGB(*(part / 255 for part in Colour.GUIDE.value))
    canvas.translate(page.width / 2 / MM_PER_POINT, page.height / 2 / MM_PER_POINT)
    canvas.rotate(math.degrees(math.atan2(page.height, page.width)))
    at = -one.width / 2
    for run in one.runs:
        canvas.setFont(run.face.name, size)
        canvas.drawString(at / MM_PER_POINT, -size * 0.35, run.text, mode=1)
        at += run.width
    canvas.restoreState()
