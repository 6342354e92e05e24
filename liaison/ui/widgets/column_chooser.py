"""Which columns a list shows, and in which order: by mouse or by keys, seen at once in the list behind.

Space shows or hides, Alt with the arrows moves, plus and minus make wider and narrower, Escape or Enter closes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from liaison.i18n import N_
from liaison.ui.desk import Desk
from liaison.ui.models.columns import Column
from liaison.ui.theme import Role
from liaison.ui.widgets.buttons import quiet
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.table_cells import BOX, paint_tick

COLUMNS = N_("Columns")
HINT = N_("Space shows or hides · Alt+↑↓ moves · + and − size")
RESTORE = N_("Restore order")
STEP = 16
WIDTH = 300


class _Names(QListWidget):
    """The titles; keys that change a column are told."""

    pressed_key = Signal(int, object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt and an arrow move the column, plus and minus size it, Enter and Escape close."""
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        arrows = (Qt.Key.Key_Up, Qt.Key.Key_Down)
        keys = (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus, Qt.Key.Key_Escape, Qt.Key.Key_Return,
                Qt.Key.Key_Enter)  # fmt: skip
        if (alt and event.key() in arrows) or event.key() in keys:
            self.pressed_key.emit(self.currentRow(), event.key())
        else:
            super().keyPressEvent(event)


class _Row(QStyledItemDelegate):
    """A title with its box, as the lists draw theirs."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one title."""
        theme = self._desk.theme
        painter.save()
        box = QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.colour("selected"))
        on = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) is Qt.CheckState.Checked
        paint_tick(painter, box.adjusted(4, 0, 0, 0), theme, on=on)
        painter.setFont(theme.font(Role.TEXT))
        painter.setPen(theme.colour("ink"))
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box.adjusted(theme.px(BOX) + 16, 0, 0, 0), side, str(index.data()))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As high as a row that is easily hit."""
        return QSize(120, self._desk.theme.row_height(28))


class ColumnChooser(QFrame):
    """A small list over the page. ``changed`` carries the columns as they are now; ``restored`` asks for the usual."""

    changed = Signal(object)
    restored = Signal()
    closed = Signal()

    def __init__(self, desk: Desk, columns: Sequence[Column], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("popup")
        self._desk = desk
        self._columns = list(columns)
        self._over = parent
        self._filling = False
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 12, 14, 12)
        box.setSpacing(8)
        box.addWidget(Label(desk.words(COLUMNS), Role.CARD))
        self.list = _Names()
        self.list.setItemDelegate(_Row(desk, self.list))
        self.list.setAccessibleName(desk.words(COLUMNS))
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.list.setMinimumHeight(120)
        self.list.itemChanged.connect(lambda _item: self._ticked())
        self.list.model().rowsMoved.connect(lambda *_: self._dragged())
        self.list.pressed_key.connect(self._key)
        box.addWidget(self.list, 1)
        box.addWidget(Label(desk.words(HINT), Role.SECOND, wrap=True))
        self.restore = quiet(desk.icons, desk.words(RESTORE), self.restored.emit, icon="undo-2")
        box.addWidget(self.restore, 0, Qt.AlignmentFlag.AlignLeft)
        self._fill(0)

    def open_at(self, spot: QPoint) -> None:
        """Show it with its top right corner there, within its parent."""
        parent = self._over
        height = min(parent.height() - 16, self._desk.theme.row_height(30) * (len(self._columns) + 5))
        width = min(self._desk.theme.px(WIDTH), parent.width() - 16)
        top = max(8, min(spot.y(), parent.height() - height - 8))
        self.setGeometry(max(8, min(spot.x() - width, parent.width() - width - 8)), top, width, height)
        self.show()
        self.raise_()
        self.list.setFocus()

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns (restored ones)."""
        self._columns = list(columns)
        self._fill(0)

    def _fill(self, row: int) -> None:
        self._filling = True
        self.list.clear()
        for column in self._columns:
            if column.label:
                item = QListWidgetItem(self._desk.words(column.label))
                item.setData(Qt.ItemDataRole.UserRole, column.key)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Unchecked if column.hidden else Qt.CheckState.Checked)
                self.list.addItem(item)
        self.list.setCurrentRow(row)
        self._filling = False

    def _order(self) -> list[str]:
        return [str(self.list.item(n).data(Qt.ItemDataRole.UserRole)) for n in range(self.list.count())]

    def _ticked(self) -> None:
        if self._filling:
            return
        shown = {
            str(self.list.item(n).data(Qt.ItemDataRole.UserRole)): self.list.item(n).checkState()
            for n in range(self.list.count())
        }
        columns = [
            replace(c, hidden=shown[c.key] != Qt.CheckState.Checked, own=c.own or c.hidden) if c.key in shown else c
            for c in self._columns
        ]
        if all(c.hidden for c in columns if c.label):
            self._fill(self.list.currentRow())
            return
        self._tell(columns)

    def _dragged(self) -> None:
        if not self._filling:
            self._arrange(self._order())

    def _arrange(self, order: list[str]) -> None:
        by_key = {c.key: c for c in self._columns}
        self._tell([*(c for c in self._columns if not c.label), *(by_key[key] for key in order)])

    def _tell(self, columns: list[Column]) -> None:
        self._columns = columns
        self.changed.emit(tuple(columns))

    def _key(self, row: int, key: object) -> None:
        if key in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close_it()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._move(row, -1 if key == Qt.Key.Key_Up else 1)
        elif row >= 0:
            self._size(row, -STEP if key == Qt.Key.Key_Minus else STEP)

    def _move(self, row: int, by: int) -> None:
        order = self._order()
        if 0 <= row < len(order) and 0 <= row + by < len(order):
            order.insert(row + by, order.pop(row))
            self._arrange(order)
            self._fill(row + by)

    def _size(self, row: int, by: int) -> None:
        key = self._order()[row]
        self._tell([replace(c, width=max(40, c.width + by), own=True) if c.key == key else c for c in self._columns])

    def close_it(self) -> None:
        """Done."""
        self.hide()
        self.closed.emit()
        self.deleteLater()
