"""The list of every page: columns that give way, groups, selection, cursor and keys; cells and titles paint elsewhere.

Rows are 34 high with hairlines between them. A chosen row has its ground and a bar at its left edge; the cursor is a
ring round the whole row, drawn cell by cell. Columns give way in a narrow window, so lists never scroll sideways.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, cast

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QItemSelectionRange,
    QRect,
    QRectF,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableView,
)

from liaison.ui.desk import Desk
from liaison.ui.models.columns import Column, Kind
from liaison.ui.models.paged_table import ColumnRole, Group, PagedTable
from liaison.ui.theme import Role
from liaison.ui.widgets import copying
from liaison.ui.widgets.badge import badge_width, paint_badge
from liaison.ui.widgets.table_cells import BOX, FIRST, NO_TEXT, Index, RowDelegate, paint_ring
from liaison.ui.widgets.table_header import Header

GROUP = 30
SUM_GAP = 28
LEAST_ROW = 20
"""Below any row at any text size: a minimum that changes would count as a size of their own for all rows."""
WAIT_MS = 150
MOST_KEPT = 200
"""So many chosen rows are chosen again after a list was read again."""


def _is_sort(event: QKeyEvent) -> bool:
    """Whether Ctrl+Alt and a digit were pressed."""
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    return bool(event.modifiers() & both == both and Qt.Key.Key_1 <= event.key() <= Qt.Key.Key_9)


class TableView(QTableView):
    """A list. ``opened`` on Enter and double click, ``moved`` when the cursor comes to another row, ``sort_wanted``
    when a title is clicked: the page loads the list again in that order.
    """

    opened = Signal(object)
    moved = Signal(object)
    chosen_changed = Signal(int)
    sort_wanted = Signal(str, bool)
    key_pressed = Signal(str)
    """A single letter typed on a row, for the page's row actions."""
    columns_changed = Signal()
    """The officer moved or sized a column."""
    columns_menu = Signal(object)
    """A right click on the titles, with its place on the screen."""
    edit_wanted = Signal(str)
    """F2 on a row: the key of the column under the cursor."""
    copied = Signal(int, bool)
    """So many rows were copied, with or without the titles."""

    def __init__(self, desk: Desk, table: PagedTable, *, name: str, row: int = 34) -> None:
        super().__init__()
        self._desk = desk
        self.table = table
        self._row_base = row
        self._edges: dict[str, float] = {}
        self.hovered = -1
        self._shows_waiting = False
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT_MS)
        self._wait.timeout.connect(self._wait_over)
        self._place: tuple[int | None, list[int]] = (None, [])
        self.setModel(table)
        table.setParent(self)
        self.setAccessibleName(name)
        self.setItemDelegate(RowDelegate(desk, self))
        self.setHorizontalHeader(Header(desk, self))
        self._set_up()
        table.modelAboutToBeReset.connect(self._before_reset)
        table.modelReset.connect(self._after_reset)
        table.dataChanged.connect(self._arrived)
        table.rowsInserted.connect(self._after_fold)
        table.rowsRemoved.connect(self._after_fold)
        desk.theme.changed.connect(self._look_changed)
        self.header = cast("Header", self.horizontalHeader())
        self._fitting = False
        self.cell_cursor = False
        self.titles_too: Callable[[], bool] = lambda: False
        """Whether plain copying takes the titles too."""
        self.header.sectionClicked.connect(self._title_clicked)
        self.header.sectionMoved.connect(lambda *_: QTimer.singleShot(0, self, self._moved))
        self.header.sectionResized.connect(self._resized)
        self.header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.header.customContextMenuRequested.connect(lambda at: self.columns_menu.emit(self.header.mapToGlobal(at)))
        self.doubleClicked.connect(lambda index: self._open(index.row()))
        self.selectionModel().currentRowChanged.connect(lambda now, _old: self._current_changed(now.row()))
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen_changed.emit(self.chosen_count()))
        self._look_changed()

    def _set_up(self) -> None:
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(LEAST_ROW)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMinimumSize(200, 96)

    # geometry

    @property
    def row_height(self) -> int:
        """Height of a row at the present text size."""
        return self._desk.theme.row_height(self._row_base)

    def _look_changed(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self.row_height)
        self._dress_headers()
        self._fit()
        self.viewport().update()

    def _dress_headers(self) -> None:
        """Group headers reach across and are a little lower than rows."""
        self._edges = {}
        self.clearSpans()
        for row in self._header_rows():
            self.setSpan(row, 0, 1, len(self.table.columns))
            self.setRowHeight(row, self._desk.theme.row_height(GROUP))

    def _before_reset(self) -> None:
        """Remember the records under the cursor and chosen: a list read again must not lose its place."""
        self._place = (self.current_id(), list(self.chosen_ids()) if self.chosen_count() <= MOST_KEPT else [])

    def _after_reset(self) -> None:
        self._after_fold()
        current, chosen = self._place
        row = self.table.row_of_id(current) if current is not None else -1
        if row < 0:
            return
        flags = QItemSelectionModel.SelectionFlag
        index = self.table.index(row, self.ends()[0])
        self.selectionModel().setCurrentIndex(index, flags.NoUpdate)
        for each in chosen:
            at = self.table.row_of_id(each)
            if at >= 0:
                self.selectionModel().select(self.table.index(at, 0), flags.Select | flags.Rows)
        self.scrollTo(index)

    def _after_fold(self, *_args: object) -> None:
        self._dress_headers()
        self.hovered = -1
        self._fit()

    def _header_rows(self) -> Iterable[int]:
        return list(self.table.header_rows()) if len(self.table.columns) > 1 else ()

    def ends(self) -> tuple[int, int]:
        """The first and the last column on display."""
        shown = [n for n in range(len(self.table.columns)) if not self.isColumnHidden(n)]
        return (shown[0], shown[-1]) if shown else (0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns share the room anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Give each column its width; hide those that give way; let those that stretch share what is left."""
        room = self.viewport().width()
        if room <= 0:
            return
        columns = self.table.columns
        widths = {n: self._width(c) for n, c in enumerate(columns) if not c.hidden}
        for _, number in sorted(
            (c.gives_way, n) for n, c in enumerate(columns) if c.gives_way and not c.own and n in widths
        ):
            if sum(widths.values()) > room:
                del widths[number]
        spare = room - sum(widths.values())
        shares = {n: columns[n].stretch for n in widths if columns[n].stretch and not columns[n].own}
        if not shares and widths:
            shares = {max(widths): 1} if spare > 0 else {}
        whole = sum(shares.values())
        self._fitting = True
        for number in range(len(columns)):
            self.setColumnHidden(number, number not in widths)
        for number, width in widths.items():
            extra = spare * shares.get(number, 0) // whole if whole else 0
            self.setColumnWidth(number, max(24, width + extra))
        self._fitting = False
        # The program's own columns always fit; only columns that somebody added or widened may ask for more room.
        own = any(c.own for c in columns)
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if own else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setHorizontalScrollBarPolicy(policy)
        self.header.place_filter_row()

    def show_columns(self, columns: Iterable[Column]) -> None:
        """Show the columns in another order, or others of them, or in other widths."""
        self.table.show_columns(tuple(columns))
        self._dress_headers()
        self._fit()
        self.horizontalHeader().viewport().update()
        self.viewport().update()

    def _moved(self) -> None:
        """A title was dragged: the order becomes the list's own, so that nothing else has to know of dragging."""
        header = self.header
        order = sorted(range(len(self.table.columns)), key=header.visualIndex)
        if order == list(range(len(order))):
            return
        header.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        for place in range(len(order)):
            header.moveSection(header.visualIndex(place), place)
        header.blockSignals(False)  # noqa: FBT003 - Qt's own signature
        ticks_first = sorted(order, key=lambda n: self.table.columns[n].kind is not Kind.TICK)
        self.show_columns([self.table.columns[n] for n in ticks_first])
        self.columns_changed.emit()

    def _resized(self, number: int, _old: int, new: int) -> None:
        """A title's edge was dragged: that column keeps its width from now on."""
        if self._fitting or new <= 0 or self.table.columns[number].kind is Kind.TICK:
            return
        scale = self._desk.theme.px(100) / 100
        columns = list(self.table.columns)
        columns[number] = replace(columns[number], width=max(24, round(new / scale)), own=True)
        self.table.columns = tuple(columns)
        self._fit()
        self.columns_changed.emit()

    def updateGeometries(self) -> None:
        """Keep the filter row under its titles."""
        super().updateGeometries()
        if hasattr(self, "header"):
            self.header.place_filter_row()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Titles scroll sideways with their columns, and so does the filter row."""
        super().scrollContentsBy(dx, dy)
        if dx and hasattr(self, "header"):
            self.header.place_filter_row()

    def _width(self, column: Column) -> int:
        if column.kind is Kind.TICK:
            return FIRST + self._desk.theme.px(BOX) + 11
        return self._desk.theme.px(column.width)

    # painting

    def waiting(self) -> bool:
        """A row is not there yet: whether to draw grey bars already, since a short wait should not flicker."""
        if not self._shows_waiting and not self._wait.isActive():
            self._wait.start()
        return self._shows_waiting

    def _wait_over(self) -> None:
        self._shows_waiting = True
        self.viewport().update()

    def _arrived(self, *_args: object) -> None:
        self._wait.stop()
        self._shows_waiting = False

    def ring_at(self, row: int) -> bool:
        """Whether the cursor's ring is drawn round this row: only while the list has the focus."""
        return self.hasFocus() and row == self.currentIndex().row()

    def paint_group(self, painter: QPainter, rect: QRect, group: Group, index: Index) -> None:
        """A group's header across the whole row; covered cells draw nothing."""
        if index.column() != 0:
            return
        theme = self._desk.theme
        area = QRectF(0, rect.top(), self.viewport().width(), rect.height())
        if index.row() == self.hovered:
            painter.fillRect(area, theme.colour("hover"))
        painter.fillRect(QRectF(area.left(), area.bottom() - 1, area.width(), 1), theme.colour("line"))
        arrow = "chevron-right" if self.table.is_folded(group) else "chevron-down"
        spot = QRectF(FIRST - 2, area.top(), 14, area.height())
        self._desk.icons.paint(painter, spot, arrow, token="ink3", size=14)
        left = FIRST + 18
        width = badge_width(group.badge, theme)
        paint_badge(painter, group.badge, QRectF(left, area.top(), width, area.height()), theme)
        painter.setFont(theme.font(Role.SECOND))
        painter.setPen(theme.ink(Role.SECOND))
        count = self._desk.formats.number(group.count)
        apart = bool(group.sums) and max(self._sum_edges().values()) < area.width()
        rest = QRectF(left + width + 11, area.top(), area.width() - left - width - 20, area.height())
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(
            rest, Qt.AlignmentFlag.AlignLeft | middle, (group.note or count) if apart else group.said(count)
        )
        if apart:
            painter.setFont(theme.font(Role.STRONG))
            painter.setPen(theme.ink(Role.STRONG))
            for currency, text in group.sums:
                cell = QRectF(area.left(), area.top(), self._sum_edges()[currency], area.height())
                painter.drawText(cell, Qt.AlignmentFlag.AlignRight | middle, text)
        if self.ring_at(index.row()):
            paint_ring(painter, area, theme, first=True, last=True)

    def _sum_edges(self) -> dict[str, float]:
        """The right edge of each currency's sums, so that the headings read down like a table."""
        if not self._edges:
            theme = self._desk.theme
            second, strong = QFontMetricsF(theme.font(Role.SECOND)), QFontMetricsF(theme.font(Role.STRONG))
            number = self._desk.formats.number
            widths: dict[str, float] = {}
            edge = 0.0
            for group in self.table.groups:
                note = second.horizontalAdvance(group.note or number(group.count))
                edge = max(edge, FIRST + 18 + badge_width(group.badge, theme) + 11 + note)
                for currency, text in group.sums:
                    widths[currency] = max(widths.get(currency, 0.0), strong.horizontalAdvance(text))
            for currency, width in widths.items():
                edge += width + SUM_GAP
                self._edges[currency] = edge
        return self._edges

    # choosing and moving

    def rows_on_screen(self) -> tuple[int, int]:
        """The first and the last display row that can be seen now."""
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        return max(0, first), last if last >= 0 else self.table.rowCount() - 1

    def current_id(self) -> int | None:
        """The record under the cursor."""
        index = self.currentIndex()
        return self.table.id_at(index.row()) if index.isValid() else None

    def current_row(self) -> Any:
        """The row under the cursor."""
        index = self.currentIndex()
        return self.table.row_at(index.row()) if index.isValid() else None

    def _ranges(self) -> list[tuple[int, int]]:
        """Chosen stretches of display rows in order; a list of a million chosen rows is one stretch."""
        return sorted(
            {(r.top(), r.bottom()) for r in cast("Iterable[QItemSelectionRange]", self.selectionModel().selection())}
        )

    def chosen_count(self) -> int:
        """How many records are chosen."""
        headers = self.table.header_rows()
        total = 0
        for first, last in self._ranges():
            total += last - first + 1 - (bisect_right(headers, last) - bisect_left(headers, first))
        return total

    def chosen_rows(self) -> list[int]:
        """Display rows that are chosen."""
        return [row for first, last in self._ranges() for row in range(first, last + 1)]

    def chosen_ids(self) -> list[int]:
        """The records that are chosen, in the list's order."""
        return [key for first, last in self._ranges() for key in self.table.ids_between(first, last)]

    def go_to_id(self, wanted: int) -> bool:
        """Put the cursor on a record; ``False`` if the list does not hold it."""
        row = self.table.row_of_id(wanted)
        if row >= 0:
            self.go_to_row(row)
        return row >= 0

    def go_to_row(self, row: int) -> None:
        """Put the cursor on a display row and choose it alone, whatever keys are held down meanwhile."""
        flags = QItemSelectionModel.SelectionFlag
        index = self.table.index(row, self.ends()[0])
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)

    def selectionCommand(self, index: Index, event: QEvent | None = None) -> QItemSelectionModel.SelectionFlag:
        """A click into the tick column adds the row to those chosen; elsewhere it chooses that row alone."""
        flags = QItemSelectionModel.SelectionFlag
        column = index.data(ColumnRole) if index.isValid() else None
        clicked = isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonPress
        if clicked and column is not None and column.kind is Kind.TICK:
            return flags.Toggle | flags.Rows
        return super().selectionCommand(index, event)

    def _current_changed(self, row: int) -> None:
        self.viewport().update()
        self.moved.emit(self.table.row_at(row) if row >= 0 else None)

    def _open(self, row: int) -> None:
        group = self.table.group_at(row)
        if group is not None:
            self._fold(group, row)
            return
        found = self.table.id_at(row)
        if found is not None:
            self.opened.emit(found)

    def _fold(self, group: Group, row: int) -> None:
        self.table.fold(group)
        self.go_to_row(row)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a group's header folds it."""
        index = self.indexAt(event.position().toPoint())
        group = self.table.group_at(index.row()) if index.isValid() else None
        if group is not None:
            self._fold(group, index.row())
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The row pointed at."""
        self._hover(self.indexAt(event.position().toPoint()).row())
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at."""
        self._hover(-1)
        super().leaveEvent(event)

    def _hover(self, row: int) -> None:
        if row != self.hovered:
            self.hovered = row
            self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Space chooses, single letters go to the page."""
        row = self.currentIndex().row()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row >= 0:
            self._open(row)
        elif event.key() == Qt.Key.Key_Space and row >= 0 and plain:
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().select(self.currentIndex(), flags.Toggle | flags.Rows)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_rows(titles=self.titles_too())
        elif _is_sort(event):
            self._sort_by_place(event.key() - Qt.Key.Key_1)
        elif event.key() == Qt.Key.Key_F2 and row >= 0 and plain:
            self.edit_wanted.emit(self.table.columns[self.currentIndex().column()].key)
        elif plain and event.text().isprintable() and event.text().strip():
            self.key_pressed.emit(event.text())
        else:
            if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
                self.cell_cursor = True
            super().keyPressEvent(event)

    def shown_columns(self) -> list[Column]:
        """The columns on display that say something, in their order."""
        return [c for n, c in enumerate(self.table.columns) if not self.isColumnHidden(n) and c.kind not in NO_TEXT]

    def copy_rows(self, *, titles: bool = False) -> None:
        """The chosen rows, or the one under the cursor, for a spreadsheet or a message; ``titles`` heads them."""
        here = self.current_id()
        ids = self.chosen_ids() or ([here] if here is not None else [])
        copying.copy(self._desk, self.table, ids, self.shown_columns(), titles=titles)
        self.copied.emit(len(ids), titles)

    def _sort_by_place(self, place: int) -> None:
        """Ctrl+Alt+1 to 9: sort by the column at that place, as clicking its title does; again turns it round."""
        header = self.horizontalHeader()
        shown = [n for n in (header.logicalIndex(v) for v in range(header.count())) if not self.isColumnHidden(n)]
        titled = [n for n in shown if self.table.columns[n].label]
        if place < len(titled):
            self._title_clicked(titled[place])

    def _title_clicked(self, section: int) -> None:
        column = self.table.columns[section]
        if not column.sort:
            return
        same = self.table.sorted_by == column.sort
        self.table.ascending = not self.table.ascending if same else True
        self.table.sorted_by = column.sort
        self.horizontalHeader().viewport().update()
        self.sort_wanted.emit(column.sort, self.table.ascending)

    def sort_by(self, number: int) -> bool:
        """Sort by the n-th column on display, counted from 1; again the other way. False where it does not sort."""
        shown = self.shown_columns()
        if not 1 <= number <= len(shown) or not shown[number - 1].sort:
            return False
        self._title_clicked(self.table.columns.index(shown[number - 1]))
        return True
