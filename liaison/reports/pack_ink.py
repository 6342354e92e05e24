"""How a patient's pack is set: large type, the reader's language first, the other quiet below it, one idea a line.

The same blocks stand on A4 and on pages as wide as a telephone. Measures: ``paper`` (Grid, Type), ``ux`` 3.5 (e).
"""

from __future__ import annotations

from functools import singledispatch

from liaison.reports import style
from liaison.reports.blocks import (
    BigName,
    PackBox,
    PackHead,
    Pair,
    PhoneEntry,
    QrNote,
    Ruled,
    Said,
    Shape,
    Stop,
    Ticks,
)
from liaison.reports.flow import Spot, Strip
from liaison.reports.pen import Pen
from liaison.reports.qr import draw_qr
from liaison.reports.style import Colour, Type
from liaison.reports.text import Line, fitted, line, wrap

PackBlock = PackHead | BigName | PhoneEntry | Stop | Ticks | Said | PackBox | QrNote | Ruled

BOX = 7.0
"""A box to tick, large enough for a pen in a moving car."""

LEAST_TO_WRITE_ON = 30.0
"""What a label leaves of a line to write on, in millimetres."""

_LineIn = tuple[Line, Type, float]
"""A line, how it is set, and its baseline below the top of its strip."""


@singledispatch
def pack_strips(block: PackBlock, width: float) -> list[Strip]:
    """The strips of a block of a pack, set to a width."""
    raise TypeError(f"no setting for {type(block).__name__}")


def _stack(parts: list[tuple[str, Type, float]], room: float) -> tuple[list[_LineIn], float]:
    """Texts below one another, each with the step down to its first baseline; the lines, and the last baseline."""
    lines: list[_LineIn] = []
    y = 0.0
    for words, kind, step in parts:
        if not words:
            continue
        for number, one in enumerate(wrap(words, kind, room)):
            y += step if number == 0 else kind.pitch
            lines.append((one, kind, y))
    return lines, y


def _draw(pen: Pen, x: float, y: float, lines: list[_LineIn], *, ground: Colour = Colour.WHITE) -> None:
    for one, kind, at in lines:
        pen.text(x, y + at, one, kind, ground=ground)


def _pair(pair: Pair, *, first: Type, second: Type, step: float) -> list[tuple[str, Type, float]]:
    return [(pair[0], first, step), (pair[1], second, 5.1)]


@pack_strips.register
def _(block: PackHead, width: float) -> list[Strip]:
    lines, last = _stack(_pair(block.text, first=style.PACK_HEAD, second=style.PACK_SECOND, step=7.4), width)

    def draw(pen: Pen, at: Spot) -> None:
        if not at.at_top:
            pen.rule(at.x, at.x + width, at.y, style.RULE_PT)
        _draw(pen, at.x, at.y, lines)

    return [Strip(height=last + 3.4, draw=draw, gap=6.0, holds_next=True)]


@pack_strips.register
def _(block: BigName, width: float) -> list[Strip]:
    key = wrap(block.key, style.PACK_HOURS.muted(), width)
    more = (len(key) - 1) * style.PACK_HOURS.pitch
    kind = fitted(block.name, style.PACK_TIME, width)
    name = wrap(block.name, kind, width)
    beside = bool(block.remark) and len(name) == 1
    remark = wrap(block.remark, style.PACK_HOURS.muted(), width) if block.remark else ()
    fits = beside and len(remark) == 1 and name[0].width + 3 + remark[0].width <= width
    below = 0.0 if fits or not remark else 5.4 + (len(remark) - 1) * style.PACK_HOURS.pitch
    last = 12.7 + more + (len(name) - 1) * kind.pitch + below

    def draw(pen: Pen, at: Spot) -> None:
        pen.lines(at.x, at.y + 5.3, key, style.PACK_HOURS.muted())
        y = pen.lines(at.x, at.y + 12.7 + more, name, kind)
        if fits:
            pen.text(at.x + name[0].width + 3, y, remark[0], style.PACK_HOURS.muted())
        elif remark:
            pen.lines(at.x, y + 5.4, remark, style.PACK_HOURS.muted())
        pen.rule(at.x, at.x + width, at.y + last + 4.1, style.RULE_PT)

    return [Strip(height=last + 4.1, draw=draw)]


@pack_strips.register
def _(block: PhoneEntry, width: float) -> list[Strip]:
    parts = [
        *_pair(block.who, first=style.PACK_FIRST, second=style.PACK_SECOND, step=6.2),
        (block.number, fitted(block.number, style.PACK_PHONE, width), 8.2),
        (block.hours, style.PACK_HOURS, 5.4),
    ]
    lines, last = _stack(parts, width)

    def draw(pen: Pen, at: Spot) -> None:
        _draw(pen, at.x, at.y, lines)
        pen.rule(at.x, at.x + width, at.y + last + 2.8, style.RULE_PT)

    return [Strip(height=last + 2.8, draw=draw)]


@pack_strips.register
def _(block: Stop, width: float) -> list[Strip]:
    beside_box = width - BOX - 4
    room = width if block.time else beside_box  # below the hour the words have the whole width
    parts = _pair(block.what, first=style.PACK_FIRST, second=style.PACK_SECOND, step=7.4 if block.time else 6.6)
    for detail in block.details:
        parts += _pair(detail, first=style.PACK_TEXT, second=style.PACK_SECOND, step=6.2)
    lines, last = _stack(parts, room)
    beside, kind, offset = _beside_the_hour(block, beside_box)
    top = 8.6 + max(len(beside) - 1, 0) * kind.pitch if block.time else 0.0

    def draw(pen: Pen, at: Spot) -> None:
        if not at.at_top:
            pen.rule(at.x, at.x + width, at.y, style.TOTAL_PT)
        if block.time:
            pen.text(at.x, at.y + 8.6, block.time, style.PACK_TIME)
            pen.lines(at.x + offset, at.y + 8.6, beside, kind)
        pen.shape(at.x + width - BOX / 2, at.y + 3.2 + BOX / 2, Shape.MISSING, BOX / 2)
        _draw(pen, at.x, at.y + top, lines)

    return [Strip(height=top + last + 5.2, draw=draw)]


def _beside_the_hour(stop: Stop, room: float) -> tuple[tuple[Line, ...], Type, float]:
    """The hour at home and the place beside the hour, how they are set, and where they begin."""
    words = "  ".join(part for part in (stop.at_home, stop.place) if part)
    if not stop.time or not words:
        return (), style.PACK_SECOND, 0.0
    offset = line(stop.time, style.PACK_TIME).width + 2.6
    kind = fitted(words, style.PACK_SECOND, room - offset)
    return wrap(words, kind, max(room - offset, 1)), kind, offset


@pack_strips.register
def _(block: Ticks, width: float) -> list[Strip]:
    return [_tick(item, width) for item in block.items]


def _tick(item: Pair, width: float) -> Strip:
    lines, last = _stack(_pair(item, first=style.PACK_FIRST, second=style.PACK_SECOND, step=5.6), width - BOX - 3.2)

    def draw(pen: Pen, at: Spot) -> None:
        pen.shape(at.x + BOX / 2, at.y + 1.0 + BOX / 2, Shape.MISSING, BOX / 2)
        _draw(pen, at.x + BOX + 3.2, at.y, lines)

    return Strip(height=max(last + 1.9, BOX + 2.6), draw=draw)


@pack_strips.register
def _(block: Said, width: float) -> list[Strip]:
    first = style.PACK_FIRST if block.strong else style.PACK_TEXT
    strips = []
    for pair in block.lines:
        lines, last = _stack(_pair(pair, first=first, second=style.PACK_SECOND, step=6.0), width)
        strips.append(_plain(lines, last + 1.6))
    return strips


def _plain(lines: list[_LineIn], height: float) -> Strip:
    return Strip(height=height, draw=lambda pen, at: _draw(pen, at.x, at.y, lines))


@pack_strips.register
def _(block: PackBox, width: float) -> list[Strip]:
    parts: list[tuple[str, Type, float]] = [
        (block.label[0], style.PACK_TEXT, 6.4),
        (block.label[1], style.PACK_SECOND, 5.2),
        (block.figure, fitted(block.figure, style.PACK_TIME, width - 10), 8.4),
        (block.strong, style.PACK_FIRST, 7.4),
        *((said, style.PACK_SECOND, 5.8) for said in block.lines),
    ]
    lines, last = _stack(parts, width - 10)
    height = last + 4.6

    def draw(pen: Pen, at: Spot) -> None:
        pen.area(at.x, at.y, width, height, Colour.TINT)
        pen.area(at.x, at.y, 1.6, height)
        _draw(pen, at.x + 5.4, at.y, lines, ground=Colour.TINT)

    return [Strip(height=height, draw=draw, gap=4.4)]


@pack_strips.register
def _(block: QrNote, width: float) -> list[Strip]:
    parts: list[tuple[str, Type, float]] = []
    for number, pair in enumerate(block.words):
        first = style.PACK_FIRST if number == 0 else style.PACK_TEXT.strong()
        parts += _pair(pair, first=first, second=style.PACK_SECOND, step=6.6 if number == 0 else 5.8)
    lines, last = _stack(parts, width - block.size - 6)
    height = max(last + 2.4, block.size + 2.4)

    def draw(pen: Pen, at: Spot) -> None:
        _draw(pen, at.x, at.y, lines)
        draw_qr(pen, block.content, at.x + width - block.size, at.y + 2.4, block.size)

    return [Strip(height=height, draw=draw)]


@pack_strips.register
def _(block: Ruled, width: float) -> list[Strip]:
    return [_ruled(label, width) for label in block.labels]


def _ruled(label: str, width: float) -> Strip:
    kind = style.PACK_HOURS.muted()
    lines = wrap(label, kind, width - LEAST_TO_WRITE_ON) if label else ()
    down = max(len(lines) - 1, 0) * kind.pitch
    begins = lines[-1].width + 2.0 if lines else 0.0

    def draw(pen: Pen, at: Spot) -> None:
        pen.lines(at.x, at.y + 8.6, lines, kind)
        pen.rule(at.x + begins, at.x + width, at.y + down + 9.4, style.TOTAL_PT, Colour.MUTE)

    return Strip(height=down + 10.0, draw=draw)
