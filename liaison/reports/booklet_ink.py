"""How a booklet's blocks are set: cover, chapter heads, cards of desks with a square for a camera, the index.

Measures: ``ux`` 3.5 (d); telephone numbers as large as on the sheet of ``paper``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import singledispatch

from liaison.reports import style
from liaison.reports.blocks import Cover, DeskCard, Index, TabHead
from liaison.reports.flow import Spot, Strip
from liaison.reports.grid_ink import VOICES
from liaison.reports.pen import Pen
from liaison.reports.qr import draw_qr
from liaison.reports.style import Colour, Type, Weight
from liaison.reports.text import Line, fitted, line, plain, settled, wrap
from liaison.reports.text import width as text_width

BookletBlock = Cover | TabHead | DeskCard | Index
_Pair = tuple[tuple[Type, tuple[Line, ...]], tuple[Type, tuple[Line, ...]]]

CARD_HIGH = 54.6
"""Three of them fill a page under the head of a city."""

QR = 19.0
_COVER = Type(size=26, leading=31, weight=Weight.SEMIBOLD)
_COVER_LINE = Type(size=12, leading=17)
_COVER_NUMBER = Type(size=16, leading=20, weight=Weight.SEMIBOLD)
_COVER_NUMBER_SMALL = Type(size=12, leading=15, weight=Weight.SEMIBOLD)
_COVER_HIGH = 172.0
_COVER_GAP = 4.0
_STEP = 11.4
_FIRST_RULE = 100.6
_ABOVE = 0.65
"""How much of a step lies above the baseline of a number, below the rule."""
_LABEL = Type(size=7.5, leading=9, colour=Colour.MUTE)
_FACT = Type(size=8, leading=10.4)
_INDEX_HEAD = Type(size=9.5, leading=12, weight=Weight.SEMIBOLD)


@singledispatch
def booklet_strips(block: BookletBlock, width: float) -> list[Strip]:
    """The strips of a block of a booklet."""
    raise TypeError(f"no setting for {type(block).__name__}")


@booklet_strips.register
def _(block: Cover, width: float) -> list[Strip]:
    title = wrap(block.title, _COVER, width - 8.0)
    lines = [one for text in block.lines for one in wrap(text, _COVER_LINE, width - 8.0)]
    foot = wrap(block.foot, style.SUBTITLE, width)
    title_end = 20.0 + len(title) * _COVER.pitch + len(lines) * _COVER_LINE.pitch + 4
    foot_start = _COVER_HIGH - len(foot) * style.SUBTITLE.pitch
    numbers, first, step = _cover_numbers(block, width, title_end, foot_start)

    def draw(pen: Pen, at: Spot) -> None:
        pen.area(at.x, at.y + 20, 3.2, title_end - 20.0)
        y = pen.lines(at.x + 8, at.y + 29, title, _COVER)
        pen.lines(at.x + 8, y + 9.5, tuple(lines), _COVER_LINE)
        y = at.y + first
        for (label_kind, labels), (value_kind, values) in numbers:
            pen.rule(at.x, at.x + width, y - step * _ABOVE, 0.5, Colour.MUTE)
            pen.lines(at.x, y, labels, label_kind)
            for place, one in enumerate(values):
                pen.text(at.x + width, y + place * value_kind.pitch, one, value_kind, right=True)
            y += step + max((len(labels) - 1) * label_kind.pitch, (len(values) - 1) * value_kind.pitch)
        pen.rule(at.x, at.x + width, y - step * _ABOVE, 0.5, Colour.MUTE)
        pen.lines(at.x, at.y + _COVER_HIGH - (len(foot) - 1) * style.SUBTITLE.pitch, foot, style.SUBTITLE)

    return [Strip(height=_COVER_HIGH + 2, draw=draw)]


def _cover_numbers(block: Cover, width: float, top: float, end: float) -> tuple[list[_Pair], float, float]:
    """The numbers, the baseline of the first and the step between them: closer and smaller where they are many."""
    for kind, step in ((_COVER_NUMBER, _STEP), (_COVER_NUMBER, 9.6), (_COVER_NUMBER_SMALL, 7.6)):
        numbers = [
            (settled(label, style.VALUE, width * 0.52), settled(value, kind, width * 0.46))
            for label, value in block.numbers
        ]
        high = sum(step + max((len(words) - 1) * size.pitch for size, words in pair) for pair in numbers)
        if top + _COVER_GAP + high + _COVER_GAP <= end:
            break
    rule = min(_FIRST_RULE, end - _COVER_GAP - high)
    return numbers, rule + step * _ABOVE, step


@booklet_strips.register
def _(block: TabHead, width: float) -> list[Strip]:
    kind, heads = settled(block.text, style.HEADLINE, width)
    note = wrap(block.note, style.SUBTITLE, width) if block.note else ()

    def draw(pen: Pen, at: Spot) -> None:
        last = pen.lines(at.x, at.y + 6.4, heads, kind)
        pen.lines(at.x, last + 4.8, note, style.SUBTITLE)

    anchor = (block.anchor, block.text) if block.anchor else None
    height = 9.4 + (len(heads) - 1) * kind.pitch + len(note) * style.SUBTITLE.pitch
    return [Strip(height=height, draw=draw, holds_next=True, anchor=anchor)]


@booklet_strips.register
def _(block: DeskCard, width: float) -> list[Strip]:
    room = width - QR - 5.0
    half = (room - 4.0) / 2
    name = wrap(block.name, style.DIRECTORY_NAME, room - 36.0)
    about = wrap(block.about, style.DIRECTORY_SMALL.muted(), room) if block.about else ()
    numbers_y = 6.4 + len(name) * style.DIRECTORY_NAME.pitch - 4.6 + len(about) * 4.0 + 2.2
    phones = [_phone_lines(*phone, half) for phone in block.phones[:2]]
    facts_y = numbers_y + 9.4 + max((deep for _lines, deep in phones), default=0.0) + 1.4
    facts = [(key, wrap(value, _FACT, width - 26.0)) for key, value in block.facts]
    facts_high = sum(len(lines) * _FACT.pitch for _key, lines in facts)
    checked = block.checked
    height = max(CARD_HIGH, facts_y + facts_high + 5.0)

    def draw(pen: Pen, at: Spot) -> None:
        if not at.at_top:
            pen.rule(at.x, at.x + width, at.y, style.RULE_PT)
        y = pen.lines(at.x, at.y + 6.4, name, style.DIRECTORY_NAME)
        pen.lines(at.x, y + 4.3, about, style.DIRECTORY_SMALL.muted())
        for number, (placed, _deep) in enumerate(phones):
            for down, one, kind in placed:
                pen.text(at.x + number * (half + 4.0), at.y + numbers_y + down, one, kind)
        _draw_facts(pen, at, block, facts, facts_y)
        if block.qr:
            draw_qr(pen, block.qr, at.x + width - QR, at.y + 4.0, QR, is_long=True)
        kind = VOICES[checked.voice]
        size = fitted(checked.words, Type(size=8, leading=10, weight=kind.weight, colour=kind.colour), half)
        wide = text_width(plain(checked.words), size)
        pen.text(at.x + room, at.y + 6.4, checked.words, size, right=True)
        if checked.shape is not None:
            pen.shape(at.x + room - wide - 2.4, at.y + 5.3, checked.shape, 1.2)

    return [Strip(height=height, draw=draw, anchor=(block.anchor, block.name))]


def _phone_lines(
    label: str, phone: str, lines: Sequence[str], room: float
) -> tuple[list[tuple[float, Line, Type]], float]:
    """A number under its label with its hours: each line with its place, and how deep the hours reach."""
    label_kind = fitted(label, _LABEL, room)
    placed = [(2.6, line(label, label_kind), label_kind)]
    kind, numbers = settled(phone, style.DIRECTORY_PHONE, room)
    placed += [(8.0 + place * kind.pitch, one, kind) for place, one in enumerate(numbers)]
    more = (len(numbers) - 1) * kind.pitch
    deep = more
    for text in lines:
        kind, hours = settled(text, _FACT, room)
        for one in hours:
            placed.append((12.0 + deep, one, kind))
            deep += 3.9
    return placed, deep


def _draw_facts(pen: Pen, at: Spot, block: DeskCard, facts: list[tuple[str, tuple[Line, ...]]], y: float) -> None:
    for key, lines in facts:
        pen.text(at.x, at.y + y + 2.9, key, fitted(key, _LABEL, 24.0))
        for one in lines:
            pen.text(at.x + 26.0, at.y + y + 2.9, one, _FACT)
            y += _FACT.pitch


@booklet_strips.register
def _(block: Index, width: float) -> list[Strip]:
    strips: list[Strip] = []
    for head, houses in block.entries:
        strips.append(_index_head(head, width, first=not strips))
        again = _index_head(head, width, first=True)
        for number, (name, anchor) in enumerate(houses):
            line = _index_line(name, anchor, width, holds=number == 0 and len(houses) > 1)
            strips.append(replace(line, head=again) if number else line)
    return strips


def _index_head(head: str, width: float, *, first: bool) -> Strip:
    lines = wrap(head, _INDEX_HEAD, width)

    def draw(pen: Pen, at: Spot) -> None:
        pen.lines(at.x, at.y + 4.2, lines, _INDEX_HEAD)

    return Strip(height=len(lines) * _INDEX_HEAD.pitch + 1.2, draw=draw, gap=0.0 if first else 2.4, holds_next=True)


def _index_line(name: str, anchor: str, width: float, *, holds: bool) -> Strip:
    kind, names = settled(name, style.CELL, width - 14.0)
    more = (len(names) - 1) * kind.pitch

    def draw(pen: Pen, at: Spot) -> None:
        pen.lines(at.x + 4.0, at.y + 3.4, names, kind)
        end = at.x + names[-1].width + 6.0
        page = pen.anchors.get(anchor)
        if page is None:
            return
        wide = pen.text(at.x + width, at.y + more + 3.4, str(page), style.CELL.strong(), right=True)
        if end < at.x + width - wide - 3.0:
            pen.rule(end, at.x + width - wide - 2.0, at.y + more + 3.3, 0.5, Colour.LIGHT)

    return Strip(height=4.7 + more, draw=draw, holds_next=holds)
