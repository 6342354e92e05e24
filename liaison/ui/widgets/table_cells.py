"""How a row of a list is painted: its cells by kind, the ring of the current row, ticks, and rows still to come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QFontMetricsF,
    QHelpEvent,
    QPainter,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from liaison.ui.desk import Desk
from liaison.ui.models.columns import Column, Kind, StageCell, cell_text
from liaison.ui.models.paged_table import ColumnRole, GroupRole, RowRole
from liaison.ui.theme import Role, Theme
from liaison.ui.widgets.badge import Badge, paint_badge
from liaison.ui.widgets.stage_bar import paint_stage_cell

if TYPE_CHECKING:
    from liaison.ui.widgets.table_view import TableView

PAD = 10
FIRST = 18
LAST = 14
BOX = 15
Index = QModelIndex | QPersistentModelIndex
NO_TEXT = frozenset({Kind.TICK, Kind.ICON})
"""Kinds of columns that say nothing in words."""


class RowDelegate(QStyledItemDelegate):
    """Draws one cell: ground, hairline, content, selection bar, cursor ring."""

    def __init__(self, desk: Desk, view: TableView) -> None:
        super().__init__(view)
        self._desk = desk
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a cell."""
        painter.save()
        group = index.data(GroupRole)
        if group is not None:
            self._view.paint_group(painter, option.rect, group, index)
        else:
            self._paint_cell(painter, option, index)
        painter.restore()

    def _paint_cell(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, view = self._desk.theme, self._view
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        token = "selected" if chosen else "hover" if index.row() == view.hovered else "surface"
        rect = QRectF(option.rect)
        if token != "surface":
            painter.fillRect(rect, theme.colour(token))
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), theme.colour("line"))
        column = cast("Column", index.data(ColumnRole))
        row = index.data(RowRole)
        first, last = view.ends()
        box = cell_box(rect, column, first=index.column() == first, last=index.column() == last)
        if row is None:
            self._paint_waiting(painter, box)
        else:
            paint_value(painter, column, row, box, self._desk, ground=token, chosen=chosen)
        if chosen and index.column() == first:
            painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height() - 1), theme.colour("accent"))
        if view.ring_at(index.row()):
            paint_ring(painter, rect, theme, first=index.column() == first, last=index.column() == last)
            if view.cell_cursor and index.column() == view.currentIndex().column():
                painter.fillRect(QRectF(rect.left() + 2, rect.bottom() - 5, rect.width() - 4, 2), theme.colour("focus"))

    def _paint_waiting(self, painter: QPainter, box: QRectF) -> None:
        """A grey bar in the shape of a word; only after the wait has become noticeable."""
        if self._view.waiting():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._desk.theme.colour("greybg"))
            painter.drawRoundedRect(QRectF(box.left(), box.center().y() - 5, min(110.0, box.width() * 0.7), 10), 4, 4)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Rows have the view's height."""
        return QSize(40, self._view.row_height)

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """The whole text of a cell that had to be shortened."""
        row, column = index.data(RowRole), index.data(ColumnRole)
        if event.type() == QEvent.Type.ToolTip and row is not None and column is not None:
            text = cell_text(column, row, self._desk.words)
            width = QFontMetricsF(self._desk.theme.font(column.role)).horizontalAdvance(text)
            QToolTip.showText(event.globalPos(), text if width > option.rect.width() - 2 * PAD else "")
            return True
        return super().helpEvent(event, view, option, index)


def cell_box(rect: QRectF, column: Column, *, first: bool, last: bool) -> QRectF:
    """Where a cell's content stands: 10 on each side, 18 at the sheet's left edge, 14 at its right."""
    return rect.adjusted(FIRST if first else PAD, 0, -(LAST if last else PAD), 0)


def paint_value(
    painter: QPainter, column: Column, row: Any, box: QRectF, desk: Desk, *, ground: str, chosen: bool
) -> None:
    """Draw what a column says about a row."""
    value = column.value(row)
    theme = desk.theme
    match value:
        case Badge():
            paint_badge(painter, value, box, theme, ground=ground)
        case StageCell():
            paint_stage_cell(painter, value, box, theme)
        case _ if column.kind is Kind.TICK:
            paint_tick(painter, box, theme, on=chosen)
        case _ if column.kind is Kind.ICON:
            desk.icons.paint(painter, QRectF(box.left(), box.top(), theme.px(16), box.height()), str(value))
        case _:
            _paint_text(painter, column, row, box, desk)


def _paint_text(painter: QPainter, column: Column, row: Any, box: QRectF, desk: Desk) -> None:
    """Words are shortened; an amount, a date or a case number never is."""
    theme = desk.theme
    text = cell_text(column, row, desk.words)
    tone = column.tone(row) if column.tone is not None else None
    font = theme.font(column.role)
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.setPen(theme.colour(tone.value) if tone is not None else theme.ink(column.role))
    side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
    if column.kind is Kind.TEXT and not column.quiet:
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, text)
    more = column.second(row) if column.second is not None else ""
    if more:
        left = metrics.horizontalAdvance(text) + 9
        painter.setFont(theme.font(Role.SECOND))
        painter.setPen(theme.ink(Role.SECOND))
        rest = box.adjusted(left, 0, 0, 0)
        more = QFontMetricsF(painter.font()).elidedText(more, Qt.TextElideMode.ElideRight, max(0.0, rest.width()))
        painter.drawText(rest, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, more)


def paint_tick(painter: QPainter, box: QRectF, theme: Theme, *, on: bool) -> None:
    """A checkbox."""
    edge = float(theme.px(BOX))
    square = QRectF(box.left() + 2, box.center().y() - edge / 2, edge, edge)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if not on:
        painter.setPen(QPen(theme.colour("field"), 1.2))
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(square.adjusted(0.6, 0.6, -0.6, -0.6), 4, 4)
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("accent"))
    painter.drawRoundedRect(square, 4, 4)
    pen = QPen(theme.colour("onaccent"), edge / 8)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    unit = edge / 15
    points = [QPointF(3.8, 7.6), QPointF(6.5, 10.2), QPointF(11.3, 4.9)]
    painter.drawPolyline(QPolygonF([square.topLeft() + p * unit for p in points]))


def paint_ring(painter: QPainter, rect: QRectF, theme: Theme, *, first: bool, last: bool) -> None:
    """The cursor round the whole row: top and bottom in each cell, the sides in the outer ones."""
    colour = theme.colour("focus")
    painter.fillRect(QRectF(rect.left(), rect.top() - 1, rect.width(), 2), colour)
    painter.fillRect(QRectF(rect.left(), rect.bottom() - 2, rect.width(), 2), colour)
    if first:
        painter.fillRect(QRectF(rect.left(), rect.top(), 2, rect.height()), colour)
    if last:
        painter.fillRect(QRectF(rect.right() - 2, rect.top(), 2, rect.height()), colour)
