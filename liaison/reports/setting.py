"""How each block is set: its measures and places. One function a block, found by the block's type."""

from __future__ import annotations

from dataclasses import replace
from functools import singledispatch

from liaison.reports import style
from liaison.reports.blocks import (
    Anchor,
    AskBox,
    BigName,
    Block,
    Callout,
    Checklist,
    ChecklistItem,
    Columns,
    Contents,
    Cover,
    DeskCard,
    Drawing,
    Event,
    Fact,
    Facts,
    Finding,
    Findings,
    Grid,
    Heading,
    Headline,
    Index,
    KeyFigure,
    KeyFigures,
    Note,
    PackBox,
    PackHead,
    PhoneEntry,
    QrNote,
    References,
    Ruled,
    Said,
    Shape,
    Signature,
    Space,
    Stop,
    TabHead,
    TaskLine,
    Tasks,
    Text,
    Ticks,
    Timeline,
)
from liaison.reports.booklet_ink import BookletBlock, booklet_strips
from liaison.reports.chart_ink import chart_strips, draw_figure_columns
from liaison.reports.charts import FigureColumns
from liaison.reports.contents_ink import anchor_strips, contents_strips
from liaison.reports.flow import Piece, Side, Spot, Strip
from liaison.reports.grid_ink import grid_strips
from liaison.reports.pack_ink import PackBlock, pack_strips
from liaison.reports.pen import Pen
from liaison.reports.style import Colour, Type, columns_wide
from liaison.reports.text import Line, fitted, settled, wrap
from liaison.reports.text import width as text_width

FIRST_BASELINE = 4.1
"""From the top of a text line of 13 points to its baseline."""


STAMP_WIDE = 28.4
CALLOUT_GAP = 4.0
KICKER_ROOM = 4.0
"""Room for the kind of paper over a headline, and as much white above it."""


@singledispatch
def pieces_of(block: Block, width: float) -> list[Piece]:
    """The strips of a block set to a width."""
    raise TypeError(f"no setting for {type(block).__name__}")


def _text_strips(lines: tuple[Line, ...], kind: Type) -> list[Piece]:
    """Running text as strips of one line; the first two and the last two lines stay together."""

    def strip(number: int, one: Line) -> Strip:
        def draw(pen: Pen, at: Spot) -> None:
            pen.text(at.x, at.y + kind.pitch * 0.89, one, kind)

        holds = len(lines) > 1 and number in (0, len(lines) - 2)
        return Strip(height=kind.pitch, draw=draw, holds_next=holds)

    return [strip(number, one) for number, one in enumerate(lines)]


def _balanced(text: str, width: float) -> tuple[Line, ...]:
    """A headline in as few lines as it needs, the last one no lonely word where a narrower setting avoids that."""
    lines = wrap(text, style.HEADLINE, width)
    if len(lines) != 2 or lines[1].width > lines[0].width / 4:
        return lines
    narrower = wrap(text, style.HEADLINE, width * 0.8)
    return narrower if len(narrower) == 2 else lines


@pieces_of.register
def _(block: Headline, width: float) -> list[Piece]:
    lines = _balanced(block.text, width)
    count = max(len(lines), block.lines)
    kicker_kind, kicker = settled(block.kicker, style.KICKER, width)
    above = KICKER_ROOM + (len(kicker) - 1) * kicker_kind.pitch if block.kicker else 0.0

    def draw(pen: Pen, at: Spot) -> None:
        if block.kicker:
            pen.lines(at.x, at.y + 5.6, kicker, kicker_kind)
        pen.lines(at.x, at.y + above + 9.2, lines, style.HEADLINE)

    height = above + 9.2 + (count - 1) * style.HEADLINE.pitch + 1.2
    return [Strip(height=height, draw=draw, gap=KICKER_ROOM if block.kicker else 0.0, holds_next=True)]


@pieces_of.register
def _(block: Heading, width: float) -> list[Piece]:
    head = wrap(block.text, style.SECTION, width)
    last_wide = head[-1].width
    beside = wrap(block.note, style.SUBTITLE, width, first_room=max(width - last_wide - 2.2, 0.1)) if block.note else ()
    if beside and (not beside[0].text or beside[0].width > width - last_wide - 2.2):
        beside = (Line("", (), 0.0), *wrap(block.note, style.SUBTITLE, width))
    subtitle = wrap(block.subtitle, style.SUBTITLE, width) if block.subtitle else ()
    last = 5.5 + (len(head) - 1) * style.SECTION.pitch
    below = last + (5.2 + (len(subtitle) - 1) * style.SUBTITLE.pitch if subtitle else 0.0)
    below += max(len(beside) - 1, 0) * style.SUBTITLE.pitch

    def draw(pen: Pen, at: Spot) -> None:
        if not at.at_top:
            pen.rule(at.x, at.x + width, at.y, style.RULE_PT)
        y = pen.lines(at.x, at.y + 5.5, head, style.SECTION)
        for number, one in enumerate(beside):
            pen.text(at.x if number else at.x + last_wide + 2.2, y + number * style.SUBTITLE.pitch, one, style.SUBTITLE)
        if subtitle:
            pen.lines(at.x, y + 5.2, subtitle, style.SUBTITLE)

    anchor = (block.anchor, block.text) if block.anchor else None
    gap = style.CLOSE_GAP if block.close else style.SECTION_GAP
    height = below + (1.5 if subtitle else 2.4)
    return [Strip(height=height, draw=draw, gap=gap, holds_next=True, anchor=anchor)]


@pieces_of.register
def _(block: Text, width: float) -> list[Piece]:
    kind = style.CELL if block.small else style.BODY
    return _text_strips(wrap(block.words, kind, width), kind)


@pieces_of.register
def _(block: Note, width: float) -> list[Piece]:
    inset = 4.0 if block.shape else 0.0
    lines = wrap(block.words, style.SUBTITLE, width - inset)
    shape = block.shape

    def draw(pen: Pen, at: Spot) -> None:
        if shape is not None:
            pen.shape(at.x + 1.3, at.y + 1.7, shape, 1.2)
        pen.lines(at.x + inset, at.y + 2.8, lines, style.SUBTITLE)

    return [Strip(height=len(lines) * style.SUBTITLE.pitch - 0.6, draw=draw, gap=2.4)]


@pieces_of.register
def _(block: Facts, width: float) -> list[Piece]:
    strips = [_fact_strip(fact, block.key_width, width) for fact in block.facts]
    if not block.together:
        return [*strips]
    return [*(replace(strip, holds_next=True) for strip in strips[:-1]), *strips[-1:]]


def _fact_strip(fact: Fact, key_width: float, width: float) -> Strip:
    keys = wrap(fact.key, style.KEY, key_width - 2.0)
    values = wrap(fact.words, style.VALUE, width - key_width)
    count = max(len(keys), len(values))

    def draw(pen: Pen, at: Spot) -> None:
        pen.lines(at.x, at.y + FIRST_BASELINE, keys, style.KEY)
        pen.lines(at.x + key_width, at.y + FIRST_BASELINE, values, style.VALUE)

    return Strip(height=count * style.VALUE.pitch + 0.2, draw=draw)


@pieces_of.register
def _(block: References, width: float) -> list[Piece]:
    room, value_kind = columns_wide(3), style.REFERENCE
    cells = [(wrap(key, style.KEY, room), wrap(value, value_kind, room)) for key, value in block.pairs]
    deepest = max(len(values) for _, values in cells)

    def draw(pen: Pen, at: Spot) -> None:
        for number, (keys, values) in enumerate(cells):
            x = at.x + number * 3 * style.COLUMN
            pen.lines(x, at.y + 5.6, keys[:1], style.KEY)
            pen.lines(x, at.y + 10.2, values, value_kind)
        pen.rule(at.x, at.x + width, at.y + height, 0.5, Colour.LIGHT)

    height = 10.2 + (deepest - 1) * value_kind.pitch + 3.9
    return [Strip(height=height, draw=draw)]


@pieces_of.register
def _(block: AskBox, width: float) -> list[Piece]:
    split = bool(block.by)
    what_width = 104.0 if split else width - 12
    words = wrap(block.words, style.BODY, what_width)
    by_room = width - 122.2 - 3
    deadline = style.DEADLINE
    by = [one for text in block.by for one in wrap(text, deadline, by_room)]
    note = wrap(block.by_note, style.SUBTITLE, by_room) if block.by_note else ()
    right = 11.9 + max(len(by) - 1, 0) * 5.3 + (len(note) * 3.9 if note else 0)
    height = max(
        23.6 if split else 15.4, 11.7 + (len(words) - 1) * style.BODY.pitch + 2.7, (right + 2.4) if split else 0
    )

    def draw(pen: Pen, at: Spot) -> None:
        pen.area(at.x, at.y, width, height, Colour.TINT)
        pen.area(at.x, at.y, 1.6, height)
        pen.text(at.x + 6, at.y + 6, block.head, style.SECTION, ground=Colour.TINT)
        pen.lines(at.x + 6, at.y + 11.7, words, style.BODY, ground=Colour.TINT)
        if not split:
            return
        pen.upright(at.x + 118, at.y + 3.4, at.y + height - 3.4, 0.5, Colour.LIGHT)
        x = at.x + 122.2
        pen.text(x, at.y + 6, block.by_label, style.SUBTITLE, ground=Colour.TINT)
        for number, one in enumerate(by):
            pen.text(x, at.y + 11.9 + number * 5.3, one, deadline, ground=Colour.TINT)
        below = at.y + 11.9 + (len(by) - 1) * 5.3 + 4.0
        pen.lines(x, below, note, style.SUBTITLE, ground=Colour.TINT)

    return [Strip(height=height, draw=draw, gap=3.6)]


@pieces_of.register
def _(block: Callout, width: float) -> list[Piece]:
    room = width - 8
    wants = [
        max(text_width(label, style.SUBTITLE), text_width(value, style.STRIP_NUMBER)) for label, value in block.cells
    ]
    gaps = max(len(wants) - 1, 1)
    if sum(wants) > room:  # one far too long: all get the same room, in as many lines as they need
        wants = [(room - gaps * CALLOUT_GAP) / len(wants)] * len(wants)
    spare = max(room - sum(wants), 0) / gaps
    cells = tuple(zip(block.cells, wants, strict=True))
    labels = [wrap(label, style.SUBTITLE, wide + 0.01) for (label, _value), wide in cells]
    values = [settled(value, style.STRIP_NUMBER, wide) for (_label, value), wide in cells]
    down = (max(map(len, labels), default=1) - 1) * style.SUBTITLE.pitch
    height = 15.3 + down + max(((len(lines) - 1) * kind.pitch for kind, lines in values), default=0.0)

    def draw(pen: Pen, at: Spot) -> None:
        pen.area(at.x, at.y, width, height, Colour.TINT)
        x = at.x + 4
        for label, (kind, lines), wide in zip(labels, values, wants, strict=True):
            pen.lines(x, at.y + 5, label, style.SUBTITLE, ground=Colour.TINT)
            pen.lines(x, at.y + down + 11.5, lines, kind, ground=Colour.TINT)
            x += wide + spare

    return [Strip(height=height, draw=draw, gap=3.4)]


@pieces_of.register
def _(block: KeyFigures, width: float) -> list[Piece]:
    room = columns_wide(3)
    with_charts = any(figure.chart is not None for figure in block.figures)

    def draw(pen: Pen, at: Spot) -> None:
        for number, figure in enumerate(block.figures):
            x = at.x + number * 3 * style.COLUMN
            _draw_figure(pen, figure, x, at.y, room)

    return [Strip(height=56.5 if with_charts else 29.0, draw=draw, gap=6.2)]


def _draw_figure(pen: Pen, figure: KeyFigure, x: float, y: float, room: float) -> None:
    pen.rule(x, x + room, y, style.RULE_PT)
    pen.text(x, y + 4.6, figure.label, fitted(figure.label, style.FIGURE_LABEL, room))
    wide = pen.text(x, y + 14.1, figure.value, style.FIGURE)
    pen.text(x + wide + 2.0, y + 14.1, figure.unit, fitted(figure.unit, style.FIGURE_UNIT, room - wide - 2.0))
    pen.text(x, y + 19.6, figure.change, fitted(figure.change, style.FIGURE_LABEL, room))
    for number, words in enumerate(figure.lines[:2]):
        pen.text(x, y + 23.6 + number * 3.75, words, fitted(words, style.SUBTITLE, room))
    if isinstance(figure.chart, FigureColumns):
        draw_figure_columns(pen, figure.chart, x, y + 31.5, room)


@pieces_of.register
def _(block: Findings, width: float) -> list[Piece]:
    room = columns_wide(4) - 7.5
    cells = [wrap(finding.words, style.BODY, room) for finding in block.findings]
    height = max(len(lines) for lines in cells) * style.BODY.pitch + 5.2

    def draw(pen: Pen, at: Spot) -> None:
        for number, (finding, lines) in enumerate(zip(block.findings, cells, strict=True)):
            x = at.x + number * 4 * style.COLUMN
            pen.text(x, at.y + FIRST_BASELINE + 2.3, str(number + 1), style.NUMERAL)
            last = pen.lines(x + 7.5, at.y + FIRST_BASELINE, lines, style.BODY)
            _draw_page_word(pen, finding, block.page_word, x + 7.5, last + 4.6)

    return [Strip(height=height, draw=draw)]


def _draw_page_word(pen: Pen, finding: Finding, page_word: str, x: float, y: float) -> None:
    page = pen.anchors.get(finding.anchor)
    if page is not None and page != pen.page:
        pen.text(x, y, page_word.format(page=page), style.SUBTITLE)


@pieces_of.register
def _(block: Timeline, width: float) -> list[Piece]:
    last = len(block.events) - 1
    strips: list[Piece] = []
    for number, event in enumerate(block.events):
        held = number < 2 or number == last - 1  # three at the foot of a page and two at the head of the next, at least
        strips.append(_event_strip(event, width, last=number == last, held=held and number < last))
    return strips


def _event_strip(event: Event, width: float, *, last: bool, held: bool) -> Strip:
    when = wrap(event.when, style.CELL, 24.5)
    who = wrap(event.who, style.CELL.strong(), 20.5)
    what = wrap(event.what, style.CELL, width - 54.5)
    height = 5.3 + (max(len(when), len(who), len(what)) - 1) * style.CELL.pitch
    who_kind = style.CELL.strong().accented() if event.focus else style.CELL.strong()

    def draw(pen: Pen, at: Spot) -> None:
        base = at.y + 3.7
        if not last:
            pen.upright(at.x + 27.4, base - 1.0, base - 1.0 + height, 0.5, Colour.LIGHT)
        for number, one in enumerate(when):
            pen.text(at.x + 23.5, base + number * style.CELL.pitch, one, style.CELL, right=True)
        if event.focus:
            pen.disc(at.x + 27.4, base - 1.0, 1.25, colour=Colour.ACCENT)
        else:
            pen.disc(at.x + 27.4, base - 1.0, 0.95, colour=Colour.WHITE, edge=Colour.INK, points=1.2)
        pen.lines(at.x + 32.0, base, who, who_kind)
        pen.lines(at.x + 54.5, base, what, style.CELL)

    return Strip(height=height, draw=draw, holds_next=held)


@pieces_of.register
def _(block: Checklist, width: float) -> list[Piece]:
    strips: list[Piece] = []
    for number, item in enumerate(block.items):
        after_missing = item.there and number > 0 and not block.items[number - 1].there
        strips.append(_check_strip(item, width, ruled=after_missing))
    return strips


def _check_strip(item: ChecklistItem, width: float, *, ruled: bool) -> Strip:
    kind = style.CELL if item.there else style.CELL.strong()
    remark_kind = style.CELL.muted() if item.there else style.CELL
    remark = wrap(item.remark, remark_kind, width * 0.5)
    room = width - 4.9 - 3.0 - (max(one.width for one in remark) if item.remark else 0)
    text = wrap(item.text, kind, room)
    height = 5.25 + (max(len(text), len(remark)) - 1) * style.CELL.pitch

    def draw(pen: Pen, at: Spot) -> None:
        base = at.y + 3.7
        if ruled:
            pen.rule(at.x, at.x + width, at.y, 0.5, Colour.LIGHT)
        pen.shape(at.x + 1.25, base - 1.1, Shape.THERE if item.there else Shape.MISSING, 1.25)
        pen.lines(at.x + 4.9, base, text, kind)
        for number, one in enumerate(remark):
            pen.text(at.x + width, base + number * style.CELL.pitch, one, remark_kind, right=True)

    return Strip(height=height, draw=draw)


@pieces_of.register
def _(block: Tasks, width: float) -> list[Piece]:
    return [_task_strip(item, width) for item in block.items]


def _task_strip(item: TaskLine, width: float) -> Strip:
    room = width - 5.1
    what = wrap(item.what, style.CELL.strong(), room)
    who = wrap(item.who_when, style.CELL, room)
    remark = wrap(item.remark, style.SUBTITLE, room) if item.remark else ()
    kinds = [style.CELL.strong()] * len(what) + [style.CELL] * len(who) + [style.SUBTITLE] * len(remark)
    pitch = 4.15

    def draw(pen: Pen, at: Spot) -> None:
        base = at.y + 3.7
        pen.shape(at.x + 1.3, base - 1.05, item.shape, 1.35)
        for number, (one, kind) in enumerate(zip((*what, *who, *remark), kinds, strict=True)):
            pen.text(at.x + 5.1, base + number * pitch, one, kind)

    return Strip(height=len(kinds) * pitch + 1.2, draw=draw)


@pieces_of.register
def _(block: Space, width: float) -> list[Piece]:
    return [Strip(height=block.height, draw=lambda pen, at: None, is_white=True)]


@pieces_of.register
def _(block: Signature, width: float) -> list[Piece]:
    annexes = wrap(block.annexes, style.CELL, 78) if block.annexes else ()
    x = 6 * style.COLUMN + 2
    name = wrap(", ".join(part for part in (block.name, block.role) if part), style.CELL, 50)
    place = wrap(block.place_date, style.CELL, max(width - x - STAMP_WIDE - 2.4, 50))
    down = (len(place) - 1) * style.CELL.pitch

    def draw(pen: Pen, at: Spot) -> None:
        if block.annexes:
            pen.text(at.x, at.y + 3.7, block.annex_head, style.CELL.strong())
            pen.lines(at.x, at.y + 8.2, annexes, Type(size=8.5, leading=12))
        pen.lines(at.x + x, at.y + 3.7, place, style.CELL)
        pen.rule(at.x + x, at.x + x + 46, at.y + down + 14.0, 0.5)
        pen.lines(at.x + x, at.y + down + 17.6, name, style.CELL)
        pen.frame(at.x + width - STAMP_WIDE, at.y + 0.8, 28, 18, 0.6, colour=Colour.LIGHT)
        pen.text(at.x + width - 14.4, at.y + 10.6, block.stamp, style.SUBTITLE, centre=True)

    height = max(19.2, 8.2 + len(annexes) * 4.3, down + 15.5 + len(name) * style.CELL.pitch)
    return [Strip(height=height, draw=draw, gap=4.2, needs_company=True)]


@pieces_of.register
def _(block: Anchor, width: float) -> list[Piece]:
    return anchor_strips(block)


@pieces_of.register
def _(block: Contents, width: float) -> list[Piece]:
    return contents_strips(block, width)


@pieces_of.register
def _(block: Grid, width: float) -> list[Piece]:
    return list(grid_strips(block, width))


@pieces_of.register(PackHead)
@pieces_of.register(BigName)
@pieces_of.register(PhoneEntry)
@pieces_of.register(Stop)
@pieces_of.register(Ticks)
@pieces_of.register(Said)
@pieces_of.register(PackBox)
@pieces_of.register(QrNote)
@pieces_of.register(Ruled)
def _(block: PackBlock, width: float) -> list[Piece]:
    return list(pack_strips(block, width))


@pieces_of.register
def _(block: Drawing, width: float) -> list[Piece]:
    return list(chart_strips(block.chart, width))


@pieces_of.register
def _(block: Columns, width: float) -> list[Piece]:
    late = 1.5 if block.split == 6 else 1.0
    offset = block.split * style.COLUMN + late
    left = stack_of(block.left, columns_wide(block.split) - (1.0 if block.split == 6 else 0.0))
    right = stack_of(block.right, width - offset)
    if not left and not right:
        return []
    return [Side(left=tuple(left), right=tuple(right), offset=offset, gap=0.0 if block.close else style.SECTION_GAP)]


@pieces_of.register(Cover)
@pieces_of.register(TabHead)
@pieces_of.register(DeskCard)
@pieces_of.register(Index)
def _(block: BookletBlock, width: float) -> list[Piece]:
    return list(booklet_strips(block, width))


def stack_of(blocks: tuple[Block, ...], width: float) -> list[Piece]:
    """The strips of several blocks, one below the other."""
    pieces: list[Piece] = []
    for block in blocks:
        pieces += pieces_of(block, width)
    return pieces
