"""A list of suggestions under a line, for the search box and for fields that name another record.

The focus stays in the line: arrow keys move in the list, Enter takes, Escape closes. It is a real list view, so that a
screen reader can read it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from liaison.ui.desk import Desk
from liaison.ui.theme import Role

ROW = 36
HEAD = 28
Index = QModelIndex | QPersistentModelIndex
SuggestionRole = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One line of a list of suggestions. A ``head`` only titles those after it. ``value`` is what taking it gives."""

    text: str
    value: object = None
    note: str = ""
    icon: str = ""
    hint: str = ""
    """At the right edge: a key, or "similar"."""
    head: bool = False
    cap: bool = False
    """Whether the hint is a key, drawn as one."""
    rule: bool = False
    """Whether a line parts it from those before."""
    about: object = None
    """The record it stands for, whose own actions Tab shows."""


class _Model(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.found: Sequence[Suggestion] = ()

    def show(self, found: Sequence[Suggestion]) -> None:
        self.beginResetModel()
        self.found = tuple(found)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.found)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        found = self.found[index.row()]
        if role == SuggestionRole:
            return found
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{found.text}, {found.note}" if found.note else found.text
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self.found[index.row()].head:
            return Qt.ItemFlag.ItemIsEnabled if index.isValid() else Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _Delegate(QStyledItemDelegate):
    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        found = index.data(SuggestionRole)
        return QSize(200, self._desk.theme.row_height(HEAD if found is not None and found.head else ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._desk.theme
        found: Suggestion = index.data(SuggestionRole)
        rect = QRectF(option.rect).adjusted(6, 1, -6, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected) and not found.head
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("selected"))
            painter.drawRoundedRect(rect, 8, 8)
        left = rect.left() + 10
        if found.head:
            self._text(painter, found.text, rect.adjusted(10, 6, 0, 0), Role.SECTION, "ink3")
        else:
            if found.icon:
                spot = QRectF(left, rect.top(), 16, rect.height())
                self._desk.icons.paint(painter, spot, found.icon, token="accent" if chosen else "ink2")
                left += 26
            self._paint_words(painter, found, rect, left)
        painter.restore()

    def _paint_words(self, painter: QPainter, found: Suggestion, rect: QRectF, left: float) -> None:
        right = rect.right() - 10
        if found.rule:
            painter.setPen(self._desk.theme.colour("line"))
            painter.drawLine(rect.topLeft(), rect.topRight())
        if found.hint and found.cap:
            right = self._paint_cap(painter, found.hint, rect, right) - 12
        elif found.hint:
            width = QFontMetricsF(self._desk.theme.font(Role.SECOND)).horizontalAdvance(found.hint)
            self._text(
                painter, found.hint, QRectF(right - width, rect.top(), width + 2, rect.height()), Role.SECOND, "ink3"
            )
            right -= width + 12
        room = QRectF(left, rect.top(), right - left, rect.height())
        used = self._text(painter, found.text, room, Role.STRONG, "ink")
        if found.note and used + 40 < room.width():
            self._text(painter, found.note, room.adjusted(used + 9, 0, 0, 0), Role.SECOND, "ink3")

    def _paint_cap(self, painter: QPainter, keys: str, rect: QRectF, right: float) -> float:
        """A key as it stands on the keyboard; gives back its left edge."""
        theme = self._desk.theme
        metrics = QFontMetricsF(theme.font(Role.CAPTION))
        width, height = metrics.horizontalAdvance(keys) + 14, metrics.height() + 5
        box = QRectF(right - width, rect.center().y() - height / 2, width, height)
        painter.setPen(theme.colour("line2"))
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(box, 4, 4)
        self._text(painter, keys, box.adjusted(7, 0, 0, 0), Role.CAPTION, "ink3")
        return box.left()

    def _text(self, painter: QPainter, text: str, box: QRectF, role: Role, token: str) -> float:
        font = self._desk.theme.font(role)
        metrics = QFontMetricsF(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.setFont(font)
        painter.setPen(self._desk.theme.colour(token))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        return metrics.horizontalAdvance(shown)


class Suggest(QFrame):
    """The list under a line. Lives in the line's window, so it needs no window of its own."""

    taken = Signal(object)
    """A :class:`Suggestion`."""

    def __init__(self, desk: Desk, line: QLineEdit, *, name: str, rows: int = 9, under: QWidget | None = None,
                 foot: QWidget | None = None) -> None:  # fmt: skip
        super().__init__(line.window())
        self.setObjectName("popup")
        self._under = under or line
        self._desk = desk
        self._line = line
        self._rows = rows
        self.on_key: Callable[[QKeyEvent], bool] | None = None
        """Asked first about every key; true where it took the key."""
        self._model = _Model(self)
        self.list = QListView()
        self.list.setAccessibleName(name)
        self.list.setModel(self._model)
        self.list.setItemDelegate(_Delegate(desk, self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        self.list.clicked.connect(lambda index: self._take(index.row()))
        box = QVBoxLayout(self)
        box.setContentsMargins(1, 6, 1, 6)
        box.addWidget(self.list)
        self._foot = foot
        if foot is not None:
            box.addWidget(foot)
        line.installEventFilter(self)
        line.destroyed.connect(self.deleteLater)
        self.hide()

    def offer(self, found: Sequence[Suggestion], *, width: int | None = None) -> None:
        """Show suggestions, the first one taken by Enter; nothing to suggest closes the list."""
        self._model.show(found)
        if not found:
            self.hide()
            return
        if self.parent() is not self._line.window():
            self.setParent(self._line.window())
        heads = sum(f.head for f in found[: self._rows])
        theme = self._desk.theme
        shown = min(len(found), self._rows)
        height = (shown - heads) * theme.row_height(ROW) + heads * theme.row_height(HEAD) + 14
        height += self._foot.sizeHint().height() + 6 if self._foot is not None else 0
        spot = self._under.mapTo(self._line.window(), QPoint(0, self._under.height() + 3))
        wide = width or max(self._under.width(), 240)
        middle = spot.x() - max(0, wide - self._under.width()) // 2 if self._foot is not None else spot.x()
        left = max(4, min(middle, self._line.window().width() - wide - 4))
        below = self._line.window().height() - spot.y() - 8
        self.setGeometry(left, spot.y(), wide, max(60, min(height, below)))
        self.show()
        self.raise_()
        self._step(-1, +1)

    @property
    def found(self) -> Sequence[Suggestion]:
        """What is offered now."""
        return self._model.found

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys typed into the line that mean the list."""
        if event.type() == QEvent.Type.FocusOut:
            self.hide()
        if event.type() == QEvent.Type.KeyPress and self.isVisible() and isinstance(event, QKeyEvent):
            return self._key(event)
        return super().eventFilter(watched, event)

    @property
    def current(self) -> Suggestion | None:
        """The suggestion that Enter would take."""
        row = self.list.currentIndex().row()
        return self._model.found[row] if 0 <= row < len(self._model.found) else None

    def _key(self, event: QKeyEvent) -> bool:
        if self.on_key is not None and self.on_key(event):
            return True
        here = self.list.currentIndex().row()
        match event.key():
            case Qt.Key.Key_Down:
                self._step(here, +1)
            case Qt.Key.Key_Up:
                self._step(here, -1)
            case Qt.Key.Key_PageDown:
                self._step(min(here + self._rows, len(self.found)) - 1, +1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if here >= 0:
                self._take(here)
            case Qt.Key.Key_Escape:
                self.hide()
            case _:
                return False
        return True

    def _step(self, start: int, way: int) -> None:
        row = start + way
        while 0 <= row < len(self.found) and self.found[row].head:
            row += way
        if 0 <= row < len(self.found):
            index = self._model.index(row)
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)

    def _take(self, row: int) -> None:
        found = self.found[row]
        if not found.head:
            self.hide()
            self.taken.emit(found)
