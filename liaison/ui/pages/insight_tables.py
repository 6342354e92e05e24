"""A table of Insight on the screen: its chart, its figures beside it, and the rows that each figure opens."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from liaison.domain import grids
from liaison.domain.coded import Coded
from liaison.domain.insight import Behind
from liaison.domain.money import Money
from liaison.i18n import N_, Language
from liaison.i18n.formats import MISSING
from liaison.reports.charts import Bar, Bars, Dot, Dots, Month, Months
from liaison.services.insight_views import Line, Shape, Table
from liaison.services.insight_words import cell_words
from liaison.ui.desk import Desk
from liaison.ui.models.columns import Column, Kind
from liaison.ui.models.paged_table import PagedTable
from liaison.ui.theme import Role
from liaison.ui.widgets.chart_view import ChartView
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import hairline
from liaison.ui.widgets.table_view import TableView

MOST_BARS = 12
MOST_BESIDE = 5
"""A table of more columns has its chart above it."""
MOST_ROWS = 12
ROW = 30
CHART_WIDTH = 280
BETWEEN = 24
TEXT_WIDTH = 76
"""The width of a column of words of one share."""
WIDEST = 16_777_215
HEAD_CHARACTER, HEAD_ROOM = 7, 28
"""A character of a column's head, and the room round it and for the arrow: heads of figures are read whole."""
_KINDS = {
    grids.ColumnKind.COUNT: Kind.NUMBER, grids.ColumnKind.NUMBER: Kind.NUMBER, grids.ColumnKind.MONEY: Kind.MONEY,
    grids.ColumnKind.PERCENT: Kind.NUMBER, grids.ColumnKind.DATE: Kind.DATE,
}  # fmt: skip


class TableBlock(QWidget):
    """One table with its title, its chart and its note. ``open_rows`` is called with the rows behind a figure."""

    def __init__(self, desk: Desk, table: Table, open_rows: Callable[[Behind], object]) -> None:
        super().__init__()
        words = desk.words
        self.desk, self.table, self._open_rows = desk, table, open_rows
        self.chart: ChartView | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(Label(words(table.title), Role.CARD))
        if table.note:
            box.addWidget(Label(words(table.note), Role.SECOND, wrap=True))
        self.view: TableView | None = None
        if not table.lines:
            box.addWidget(Label(words(N_("Nothing to show for these days and this city.")), Role.QUIET))
            box.addWidget(hairline())
            return
        is_wide = len(table.columns) > MOST_BESIDE
        row = self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._may_stand_beside = not is_wide
        row.setSpacing(8)
        drawn = chart_of(table, words)
        caption = caption_of(table, words) if drawn is not None else ""
        if caption:
            box.addWidget(Label(caption, Role.SECOND, wrap=True))
        box.addLayout(row)
        if drawn is not None:
            self.chart = ChartView(desk, drawn, name=words(N_("Chart: {title}"), title=words(table.title)))
            row.addWidget(self.chart, 0, Qt.AlignmentFlag.AlignTop)
        shown_columns = columns(table, words)
        self._beside_from = CHART_WIDTH + BETWEEN + sum(column.width for column in shown_columns)
        model = PagedTable(desk, shown_columns)
        self.view = TableView(desk, model, name=words(table.title), row=ROW)
        model.show_rows(table.lines)
        self.view.opened.connect(self._opened)
        shown = min(len(table.lines), MOST_ROWS)
        self.view.setFixedHeight(self.view.row_height * shown + self.view.horizontalHeader().sizeHint().height() + 4)
        row.addWidget(self.view, 1)
        box.addWidget(hairline())
        self._lay_out(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Chart beside the table where there is room for both, else above it: nothing goes sideways in large text."""
        super().resizeEvent(event)
        if self.view is not None:
            self._lay_out(event.size().width())

    def _lay_out(self, width: int) -> None:
        beside = self._may_stand_beside and self.chart is not None and width >= self.desk.theme.px(self._beside_from)
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._row.direction() is not direction:
            self._row.setDirection(direction)
            self._row.setSpacing(BETWEEN if beside else 8)
        if self.chart is not None:
            self.chart.setMinimumWidth(self.desk.theme.px(CHART_WIDTH) if beside else 0)
            self.chart.setMaximumWidth(self.desk.theme.px(CHART_WIDTH) if beside else WIDEST)

    def _opened(self, number: int) -> None:
        if self.view is None:
            return
        line = self.table.lines[number]
        place = self.view.currentIndex().column()
        shown = self.view.table.columns
        key = int(shown[place].key[1:]) if 0 <= place < len(shown) else -1
        behind = line.cells_behind.get(key) or line.behind
        if behind is not None:
            self._open_rows(behind)


def columns(table: Table, words: Language) -> tuple[Column, ...]:
    """The columns of a table; one in which nothing stands is left out."""
    used = [n for n in range(len(table.columns)) if any(line.cells[n] is not None for line in table.lines)]
    return tuple(_column(n, table.columns[n], words) for n in used)


def _column(number: int, column: grids.Column, words: Language) -> Column:
    kind = _KINDS.get(column.kind, Kind.TEXT)
    head = len(words(column.label)) * HEAD_CHARACTER + HEAD_ROOM
    figures = max(132 if kind is Kind.MONEY else 72, head)

    def value(line: Line, number: int) -> str:
        return cell_words(line.cells[number], words)

    return Column(
        key=f"c{number}", label=column.label, value=partial(value, number=number), kind=kind,
        width=int(TEXT_WIDTH * column.width) if kind is Kind.TEXT else figures,
        stretch=2 if number == 0 else 1,
        strong=number == 0,
    )  # fmt: skip


# charts


def chart_of(table: Table, words: Language) -> Bars | Months | Dots | None:
    """The chart of a table as a description; none where the figures alone say it."""
    if table.shape is Shape.NONE or not table.lines:
        return None
    if table.shape is Shape.MONTHS:
        return _months(table, words)
    if table.shape is Shape.DOTS:
        return _dots(table, words)
    return _bars(table, words)


def _bars(table: Table, words: Language) -> Bars | None:
    lines = [line for line in table.lines if not isinstance(line.cells[table.drawn], Money) or _same(table, line)]
    bars = tuple(
        Bar(label=_label(line, table.drawn, words), value=line.value, shown=cell_words(line.cells[table.drawn], words))
        for line in lines[:MOST_BARS]
        if line.cells[table.drawn] is not None and _is_counted(line, table.drawn)
    )
    return Bars(bars=bars, mm_per_unit=1.0) if any(bar.value for bar in bars) else None


def _is_counted(line: Line, drawn: int) -> bool:
    """Whether a row counts; one that tells an amount beside a count has no bar among the counts."""
    return isinstance(line.cells[drawn], Money) or not any(isinstance(cell, Money) for cell in line.cells)


def _same(table: Table, line: Line) -> bool:
    """Whether a row is in the chart's currency: that of the first row, never two in one chart."""
    first, this = table.lines[0].cells[table.drawn], line.cells[table.drawn]
    return isinstance(first, Money) and isinstance(this, Money) and first.currency == this.currency


def _label(line: Line, drawn: int, words: Language) -> str:
    parts = [c for c in line.cells[:drawn] if isinstance(c, str) and c and not _is_currency(c)]
    return " → ".join(cell_words(part, words) for part in parts[:2]) if drawn == 2 and len(parts) == 2 and not (
        isinstance(parts[0], Coded) and isinstance(parts[1], Coded)
    ) else cell_words(parts[0], words) if parts else MISSING  # fmt: skip


def _is_currency(cell: str) -> bool:
    return not isinstance(cell, Coded) and len(cell) == 3 and cell.isupper()


def _months(table: Table, words: Language) -> Months:
    months = tuple(
        Month(
            label=words.formats.month(int(str(line.cells[0])[5:]), short=True), value=line.value,
            shown=cell_words(line.cells[1], words), previous=line.more[0], year=str(line.cells[0])[:4],
        )
        for line in table.lines
    )  # fmt: skip
    return Months(months=months, maximum=max([m.value or 0 for m in months] + [m.previous or 0 for m in months] + [1]))


def _drawn_clocks(table: Table) -> list[Line]:
    """The first step of the table in its own unit, so that one axis has one unit."""
    first = table.lines[0]
    return [x for x in table.lines if (x.cells[0], x.cells[2]) == (first.cells[0], first.cells[2])][:MOST_BARS]


def caption_of(table: Table, words: Language) -> str:
    """What a chart shows where its title does not say it: unit, currency, notation."""
    first = table.lines[0]
    if table.shape is Shape.DOTS:
        return words(
            N_("{step}, {unit}: dot for the middle one, line to the ninth of ten, dotted line for the target"),
            step=cell_words(first.cells[0], words), unit=cell_words(first.cells[2], words).lower(),
        )  # fmt: skip
    if table.shape is Shape.MONTHS:
        return words(N_("dark: this year, light: the same month a year earlier"))
    drawn = first.cells[table.drawn]
    return words(N_("chart in {currency} only"), currency=drawn.currency) if isinstance(drawn, Money) else ""


def _dots(table: Table, words: Language) -> Dots:
    """Middle and ninth of ten of each house for one step."""
    dots = tuple(
        Dot(
            label=cell_words(line.cells[1], words), median=line.value, high=line.more[0], target=line.more[1],
            cells=(f"{cell_words(line.cells[4], words)} – {cell_words(line.cells[5], words)}",),
        )
        for line in _drawn_clocks(table)
    )  # fmt: skip
    return Dots(dots=dots, ticks=())
