"""A report on pages as wide as a telephone: a black head with page n of N, large type, one quiet foot.

The same blocks as on A4 and the same id in the file; the pages are what most patients will use, sent by WhatsApp.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from liaison.reports import style
from liaison.reports.blocks import Block, PhonePage, Stamp
from liaison.reports.flow import Piece, Spot, cut, draw_pieces
from liaison.reports.pdf import Printed
from liaison.reports.pen import Pen, stamped_canvas
from liaison.reports.setting import pieces_of
from liaison.reports.style import PHONE, Colour, PageStyle, Type, Weight
from liaison.reports.text import fitted

_HEAD = Type(size=14, leading=18, weight=Weight.SEMIBOLD, colour=Colour.WHITE)
_SECOND = Type(size=11, leading=14, colour=Colour.GUIDE)
_MARK = Type(size=8.5, leading=10.5, weight=Weight.SEMIBOLD)


@dataclass(slots=True, kw_only=True)
class _Chapter:
    head: PhonePage
    pieces: list[Piece] = field(default_factory=list)


def write_phone(
    blocks: Sequence[Block], target: str | Path | IO[bytes], *, stamp: Stamp, page: PageStyle = PHONE
) -> Printed:
    """Draw the blocks on narrow pages and write the PDF. The first block is a :class:`PhonePage`."""
    sheets = [(c.head, taken) for c in _chapters(blocks, page) for taken in _sheets(c, page)]
    canvas = stamped_canvas(target, page, stamp=stamp)
    pen = Pen(canvas, page, pages=len(sheets), anchors={})
    for number, (head, pieces) in enumerate(sheets):
        if number:
            pen.next_page()
        _draw_head(pen, head)
        draw_pieces(pen, pieces, Spot(x=page.left, y=page.continued_top, at_top=True))
        _draw_foot(pen, head)
    canvas.save()
    return Printed(pages=len(sheets), drawn=pen.drawn)


def _chapters(blocks: Sequence[Block], page: PageStyle) -> list[_Chapter]:
    chapters: list[_Chapter] = []
    for block in blocks:
        if isinstance(block, PhonePage):
            chapters.append(_Chapter(head=block))
        elif not chapters:
            raise ValueError("narrow pages begin with their head")
        else:
            chapters[-1].pieces += pieces_of(block, page.inner)
    return chapters


def _sheets(chapter: _Chapter, page: PageStyle) -> list[tuple[Piece, ...]]:
    sheets: list[tuple[Piece, ...]] = []
    rest: tuple[Piece, ...] = tuple(chapter.pieces)
    while rest or not sheets:
        taken, rest = cut(rest, page.content_end - page.continued_top, fresh=True)
        sheets.append(taken)
    return sheets


def _draw_head(pen: Pen, head: PhonePage) -> None:
    page = pen.style
    pen.area(0, 0, page.width, page.rule_y)
    right = page.width - page.right
    number = f"{pen.page}/{pen.pages}"
    wide = pen.text(right, page.title_y, number, _HEAD, right=True, ground=Colour.INK)
    room = right - page.left - wide - 4
    pen.text(page.left, page.title_y, head.head[0], fitted(head.head[0], _HEAD, room), ground=Colour.INK)
    pen.text(page.left, page.title_y + 5.3, head.head[1], fitted(head.head[1], _SECOND, room), ground=Colour.INK)


def _draw_foot(pen: Pen, head: PhonePage) -> None:
    """Case and moment at the left, the classification at the right; the report's id stands in the file itself."""
    page = pen.style
    right = page.width - page.right
    pen.rule(page.left, right, page.footer_rule_y, style.TOTAL_PT, Colour.MUTE)
    wide = pen.text(right, page.footer_first_y, head.mark, _MARK, right=True)
    kind = fitted(head.foot, style.PACK_FOOT, right - page.left - wide - 3)
    pen.text(page.left, page.footer_first_y, head.foot, kind)
