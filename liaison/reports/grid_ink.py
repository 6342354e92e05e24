"""How a table is set: heads repeated on every page, rows never torn, numbers right, no vertical line, no fill."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, replace

from liaison.reports import style
from liaison.reports.blocks import Align, Cell, CellLine, Column, Grid, Row, Shape, Spark, Voice
from liaison.reports.flow import Spot, Strip
from liaison.reports.fonts import Face
from liaison.reports.pen import Pen
from liaison.reports.style import Colour, Type
from liaison.reports.text import Line, Run, latin, wrap

VOICES = {
    Voice.PLAIN: style.CELL,
    Voice.STRONG: style.CELL.strong(),
    Voice.QUIET: style.CELL.muted(),
    Voice.NAME: style.DIRECTORY_NAME,
    Voice.PHONE: style.DIRECTORY_PHONE,
    Voice.DETAIL: style.DIRECTORY_DETAIL,
    Voice.SMALL: style.DIRECTORY_SMALL.muted(),
}
_BIG = {Voice.NAME, Voice.PHONE, Voice.STRONG}

MOVES_WHOLE = 10
"""A table of so few strips is not cut between pages."""

_LONG = 400
"""Characters from which a cell may have too many lines for one row."""

MOST_LINES = 40
"""A cell of more lines is carried on in a row of its own, so that no row is higher than a page."""


_STRONG_CELL = style.CELL.strong()


@dataclass(slots=True)
class _SetLine:
    """One line of a cell, made for every cell of long tables."""

    line: Line
    kind: Type
    y: float
    shape: Shape | None = None
    inset: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    columns: tuple[Column, ...]
    lefts: tuple[float, ...]
    width: float
    top_rule: bool


def grid_strips(grid: Grid, width: float) -> list[Strip]:
    """The strips of a table: its head, then one a row."""
    lefts: list[float] = []
    at = 0.0
    for column in grid.columns:
        lefts.append(at)
        at += column.width
    head = _head_strip(_Head(columns=grid.columns, lefts=tuple(lefts), width=width, top_rule=grid.top_rule))
    table = _Table(grid=grid, lefts=tuple(lefts), width=width, head=head)
    strips = [head]
    rows = [part for row in grid.rows for part in _parts(row, grid)]
    for number, row in enumerate(rows):
        last = number == len(rows) - 1
        strips.append(_row_strip(row, table, last=last))
    if len(strips) <= MOVES_WHOLE:  # a short table moves to the next page whole
        strips = [replace(strip, holds_next=True) for strip in strips[:-1]] + strips[-1:]
    elif len(strips) > 2:  # the last row never stands alone on a page
        strips[-2] = replace(strips[-2], holds_next=True)
        strips[1] = replace(strips[1], holds_next=True)
    return strips


def _head_strip(head: _Head) -> Strip:
    subheads = any(column.subhead for column in head.columns)
    wrapped = [wrap(column.head, style.CELL_HEAD, column.width - 1.0) for column in head.columns]
    deepest = max(len(lines) for lines in wrapped)
    base = 3.9
    rule_at = base + (deepest - 1) * style.CELL_HEAD.pitch + (3.8 if subheads else 0) + 1.7

    def draw(pen: Pen, at: Spot) -> None:
        if head.top_rule:
            pen.rule(at.x, at.x + head.width, at.y, style.RULE_PT)
        for column, left, lines in zip(head.columns, head.lefts, wrapped, strict=True):
            right = column.align is Align.RIGHT
            x = at.x + left + (column.width if right else 0)
            for number, one in enumerate(lines):
                y = at.y + base + (deepest - len(lines) + number) * style.CELL_HEAD.pitch
                pen.text(x, y, one, style.CELL_HEAD, right=right)
            below = at.y + base + (deepest - 1) * style.CELL_HEAD.pitch + 3.8
            pen.text(x, below, column.subhead, style.CELL_SUBHEAD, right=right)
        pen.rule(at.x, at.x + head.width, at.y + rule_at, style.RULE_PT)

    return Strip(height=rule_at, draw=draw, gap=6.5 if head.top_rule else 0.0, holds_next=True)


def _cell_lines(cell: Cell, column: Column, *, strong: bool, pitch: float, last: bool) -> list[_SetLine]:
    if isinstance(cell, Spark):
        return []
    room = column.width - (1.6 if column.align is Align.LEFT and not last else 0.0)
    tall = pitch > 10
    y = 5.9 if tall else pitch * 0.68
    if isinstance(cell, str):
        kind = _STRONG_CELL if strong else style.CELL
        step = 4.3 if tall else kind.pitch
        return [_SetLine(one, kind, y + number * step) for number, one in enumerate(wrap(cell, kind, room))]
    lines = (cell,) if isinstance(cell, CellLine) else cell
    result: list[_SetLine] = []
    for one in lines:
        kind = VOICES[one.voice]
        if strong and one.voice is Voice.PLAIN:
            kind = kind.strong()
        inset = 3.7 if one.shape else 0.0
        for number, set_line in enumerate(wrap(one.words, kind, room - inset)):
            result.append(_SetLine(set_line, kind, y, one.shape if number == 0 else None, inset))
            y += (5.0 if one.voice in _BIG else 4.3) if tall else kind.pitch
    return result


def _parts(row: Row, grid: Grid) -> list[Row]:
    """A row whose cell is longer than ``MOST_LINES`` as several rows, none of its words lost."""
    if not any(isinstance(cell, str) and len(cell) >= _LONG for cell in row.cells):
        return [row]
    pieces: list[list[Cell]] = []
    for cell, column in zip(row.cells, grid.columns, strict=True):
        if not isinstance(cell, str) or len(cell) < _LONG:
            pieces.append([cell])
            continue
        lines = tuple(CellLine(words=one.text) for one in wrap(cell, style.CELL, column.width - 1.6))
        pieces.append([lines[n : n + MOST_LINES] for n in range(0, len(lines), MOST_LINES)])
    deepest = max(len(p) for p in pieces)
    if deepest == 1:
        return [row]
    return [replace(row, cells=tuple(p[n] if n < len(p) else "" for p in pieces)) for n in range(deepest)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """What the rows of a table have in common."""

    grid: Grid
    lefts: tuple[float, ...]
    width: float
    head: Strip

    @property
    def line_at(self) -> float:
        """Where the only line of a cell stands."""
        return 5.9 if self.grid.pitch > 10 else self.grid.pitch * 0.68

    def draw_rules(self, pen: Pen, at: Spot, height: float, *, last: bool) -> None:
        """What closes a row below."""
        if last:
            pen.rule(at.x, at.x + self.width, at.y + height, style.RULE_PT)
        elif self.grid.hairlines:
            pen.rule(at.x, at.x + self.width, at.y + height, 0.5, Colour.LIGHT)


@dataclass(slots=True)
class _PlainRow:
    """A row of one Latin line a cell: of each only its width is kept, since a long table has thousands of them."""

    table: _Table
    row: Row
    widths: array[float]
    height: float
    last: bool

    def __call__(self, pen: Pen, at: Spot) -> None:
        """Draw it."""
        table, row = self.table, self.row
        if row.rule_above:
            pen.rule(at.x, at.x + table.width, at.y, style.TOTAL_PT)
        kind = _STRONG_CELL if row.strong else style.CELL
        face, y = latin(kind.weight), at.y + table.line_at
        for column, left, width, text in zip(table.grid.columns, table.lefts, self.widths, row.cells, strict=True):
            if text:
                assert isinstance(text, str)
                right = column.align is Align.RIGHT
                x = at.x + left + (column.width if right else 0.0)
                pen.text(x, y, Line(text, (Run(text, face, width),), width), kind, right=right)
        table.draw_rules(pen, at, self.height, last=self.last)


def _plain_widths(row: Row, cells: list[list[_SetLine]], face: Face) -> array[float] | None:
    """The width of each cell of a row of plain lines; none of a row with anything else."""
    widths = array("d")
    for cell, lines in zip(row.cells, cells, strict=True):
        if cell == "":
            widths.append(0.0)
            continue
        if len(lines) != 1 or lines[0].line.text != cell or [run.face for run in lines[0].line.runs] != [face]:
            return None
        widths.append(lines[0].line.width)
    return widths


def _row_strip(row: Row, table: _Table, *, last: bool) -> Strip:
    grid, lefts, width = table.grid, table.lefts, table.width
    cells = [
        _cell_lines(cell, column, strong=row.strong, pitch=grid.pitch, last=column is grid.columns[-1])
        for cell, column in zip(row.cells, grid.columns, strict=True)
    ]
    lowest = max((lines[-1].y for lines in cells if lines), default=0.0)
    height = max(grid.pitch, lowest + grid.pitch * 0.32 if grid.pitch <= 10 else lowest + 3.75)

    if all(isinstance(cell, str) for cell in row.cells):
        widths = _plain_widths(row, cells, latin((_STRONG_CELL if row.strong else style.CELL).weight))
        if widths is not None:
            draw_plain = _PlainRow(table, row, widths, height, last)
            return Strip(height=height, draw=draw_plain, head=table.head)

    def draw(pen: Pen, at: Spot) -> None:
        if row.rule_above:
            pen.rule(at.x, at.x + width, at.y, style.TOTAL_PT)
        for column, left, lines, cell in zip(grid.columns, lefts, cells, row.cells, strict=True):
            if isinstance(cell, Spark):
                _draw_spark(pen, at.x + left, at.y + height / 2, column.width, cell)
            _draw_cell(pen, at, column, left, lines)
        table.draw_rules(pen, at, height, last=last)

    return Strip(height=height, draw=draw, head=table.head)


def _draw_cell(pen: Pen, at: Spot, column: Column, left: float, lines: list[_SetLine]) -> None:
    for one in lines:
        if column.align is Align.RIGHT:
            pen.text(at.x + left + column.width, at.y + one.y, one.line, one.kind, right=True)
            continue
        x = at.x + left
        if one.shape is not None:
            pen.shape(x + 1.3, at.y + one.y - 1.05, one.shape, 1.2)
        pen.text(x + one.inset, at.y + one.y, one.line, one.kind)


SPARK_HIGH = 4.2


def _draw_spark(pen: Pen, x: float, middle: float, width: float, spark: Spark) -> None:
    """A line of equal steps over a thin foot, its last value a dot."""
    if not spark.values:
        return
    foot, room = middle + SPARK_HIGH / 2, width - 3.0
    step = room / max(len(spark.values) - 1, 1)
    points = [
        (x + 1.0 + number * step, foot - value / (spark.maximum or 1.0) * SPARK_HIGH)
        for number, value in enumerate(spark.values)
    ]
    pen.rule(x + 1.0, x + 1.0 + room, foot, 0.5, Colour.LIGHT)
    pen.path(points, 0.9)
    pen.disc(*points[-1], 0.75, colour=Colour.INK)
