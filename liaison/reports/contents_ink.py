"""Draws a list of contents with page numbers, and the invisible signs that it points to."""

from __future__ import annotations

from liaison.reports import style
from liaison.reports.blocks import Anchor, Contents, Entry
from liaison.reports.flow import Piece, Spot, Strip
from liaison.reports.pen import Pen
from liaison.reports.text import fitted, wrap

NUMBER_ROOM = 16.0
"""Millimetres at the right for the page's number."""


def anchor_strips(block: Anchor) -> list[Piece]:
    """Nothing to see: the place that a line of the contents leads to."""
    return [Strip(height=0.0, draw=lambda pen, at: None, holds_next=True, anchor=(block.name, block.text))]


def contents_strips(block: Contents, width: float) -> list[Piece]:
    """One line a chapter, its page at the right edge."""
    return [_line(entry, width, last=number == len(block.entries) - 1) for number, entry in enumerate(block.entries)]


def _line(entry: Entry, width: float, *, last: bool) -> Strip:
    kind = style.BODY.strong()
    text = wrap(entry.text, kind, width - NUMBER_ROOM)
    note_kind = fitted(entry.note, style.SUBTITLE, width - NUMBER_ROOM)
    height = 6.2 + (len(text) - 1) * style.BODY.pitch + (3.9 if entry.note else 0.0)

    def draw(pen: Pen, at: Spot) -> None:
        y = pen.lines(at.x, at.y + 4.6, text, kind)
        if entry.note:
            pen.text(at.x, y + 3.9, entry.note, note_kind)
        page = pen.anchors.get(entry.anchor)
        pen.text(at.x + width, at.y + 4.6, str(page) if page is not None else "–", kind, right=True)
        if not last:
            pen.rule(at.x, at.x + width, at.y + height, 0.25, style.Colour.MUTE)

    return Strip(height=height + 0.6, draw=draw)
