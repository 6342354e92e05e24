"""The titles of a list: sorting marks, room for the words, and the filter row beneath them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QFontMetricsF,
    QHelpEvent,
    QPainter,
)
from PySide6.QtWidgets import (
    QHeaderView,
    QToolTip,
)

from liaison.ui.desk import Desk
from liaison.ui.models.columns import Column
from liaison.ui.theme import Role
from liaison.ui.widgets.filter_row import HEIGHT as FILTER_HEIGHT
from liaison.ui.widgets.filter_row import FilterRow
from liaison.ui.widgets.table_cells import cell_box

if TYPE_CHECKING:
    from liaison.ui.widgets.table_view import TableView

HEADER = 32
ARROW = 14


class Header(QHeaderView):
    """Column titles with the cells' own padding, right-aligned over figures, with room for the sort arrow."""

    def __init__(self, desk: Desk, view: TableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._desk = desk
        self._view = view
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setMinimumSectionSize(24)
        self.setSectionsMovable(True)
        self.filter_row: FilterRow | None = None

    def title_height(self) -> int:
        """32 at 100 %."""
        return self._desk.theme.row_height(HEADER)

    def sizeHint(self) -> QSize:
        """The titles, and the quick filter row where it is shown."""
        more = self._desk.theme.row_height(FILTER_HEIGHT) if self.filter_row is not None else 0
        return QSize(200, self.title_height() + more)

    def show_filter_row(self, *, shown: bool) -> FilterRow | None:
        """Show the quick filter row under the titles, or take it away."""
        if shown and self.filter_row is None:
            self.filter_row = FilterRow(self._desk, self)
        elif not shown and self.filter_row is not None:
            for line in self.filter_row.lines.values():
                line.deleteLater()
            self.filter_row.deleteLater()
            self.filter_row = None
        self.updateGeometry()
        self.place_filter_row()
        return self.filter_row

    def place_filter_row(self) -> None:
        """Put the lines of the filter row under their titles."""
        if self.filter_row is None:
            return
        places = {
            column.key: (column, self.sectionViewportPosition(n), self.sectionSize(n))
            for n, column in enumerate(self._view.table.columns)
            if not self.isSectionHidden(n) and (column.asks is not None or column.by_words)
        }
        self.filter_row.show_columns(places, top=self.title_height() + 2)

    def title_room(self, number: int) -> float:
        """Logical pixels there are for a column's title, the sort arrow taken off."""
        first, last = self._view.ends()
        column = self._view.table.columns[number]
        area = QRectF(0, 0, self.sectionSize(number), self.title_height())
        box = cell_box(area, column, first=number == first, last=number == last)
        return box.width() - (ARROW if self._sorted_by(column) else 0)

    def tip(self, number: int) -> str:
        """The whole title of a column that has no room for it."""
        title = self._desk.words(self._view.table.columns[number].label)
        width = QFontMetricsF(self._desk.theme.font(Role.LABEL)).horizontalAdvance(title)
        return title if width > self.title_room(number) else ""

    def _sorted_by(self, column: Column) -> bool:
        return bool(column.sort) and column.sort == self._view.table.sorted_by

    def viewportEvent(self, event: QEvent) -> bool:
        """A shortened title tells the rest of itself."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            number = self.logicalIndexAt(event.pos())
            QToolTip.showText(event.globalPos(), self.tip(number) if number >= 0 else "")
            return True
        return super().viewportEvent(event)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803 - Qt's name
        """Draw one title."""
        theme = self._desk.theme
        column = self._view.table.columns[logicalIndex]
        first, last = self._view.ends()
        whole = QRectF(rect)
        area = QRectF(rect.left(), rect.top(), rect.width(), min(rect.height(), self.title_height()))
        painter.save()
        painter.fillRect(QRectF(whole.left(), whole.bottom() - 1, whole.width(), 1), theme.colour("line"))
        box = cell_box(area, column, first=logicalIndex == first, last=logicalIndex == last)
        sorted_here = self._sorted_by(column)
        font = theme.font(Role.LABEL)
        painter.setFont(font)
        painter.setPen(theme.colour("ink3"))
        arrow = ARROW if sorted_here else 0
        metrics = QFontMetricsF(font)
        text = metrics.elidedText(self._desk.words(column.label), Qt.TextElideMode.ElideRight, box.width() - arrow)
        if column.right:
            words = box.adjusted(0, 0, -arrow, 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
            spot = box.right() - 12
        else:
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
            spot = box.left() + metrics.horizontalAdvance(text) + 5
        if sorted_here:
            name = "arrow-up" if self._view.table.ascending else "arrow-down"
            self._desk.icons.paint(painter, QRectF(spot, box.top(), 12, box.height()), name, token="ink3", size=12)
        painter.restore()
