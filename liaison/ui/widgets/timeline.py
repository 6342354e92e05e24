"""What happened in a case, newest first, day by day: a list view, so that a screen reader can read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from liaison.ui.desk import Desk
from liaison.ui.theme import Role, Tone

HEAD, LINE, TWO_LINES = 32, 28, 47
TIME_WIDTH, CIRCLE, TEXT_AT = 42, 22, 80
BESIDE_BAR = 6
"""Air between who did it and the scroll bar."""
Index = QModelIndex | QPersistentModelIndex
EntryRole = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that happened, in the shown language. A ``head`` is a day; ``value`` is what opening it gives."""

    text: str
    note: str = ""
    time: str = ""
    who: str = ""
    icon: str = "circle-dot"
    tone: Tone = Tone.GREY
    head: bool = False
    value: object = None


class _Model(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.entries: Sequence[Entry] = ()

    def show(self, entries: Sequence[Entry]) -> None:
        self.beginResetModel()
        self.entries = tuple(entries)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == EntryRole:
            return entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(part for part in (entry.time, entry.text, entry.note, entry.who) if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(part for part in (entry.text, entry.note) if part)
        return None


class _Delegate(QStyledItemDelegate):
    def __init__(self, desk: Desk, view: Timeline) -> None:
        super().__init__(view)
        self._desk = desk
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        entry: Entry = index.data(EntryRole)
        base = HEAD if entry.head else TWO_LINES if entry.note else LINE
        return QSize(200, base + round((self._desk.theme.px(19) - 19) * (2 if entry.note else 1)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: Entry = index.data(EntryRole)
        rect = QRectF(option.rect).adjusted(0, 0, -BESIDE_BAR if self._view.verticalScrollBar().maximum() else 0, 0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if entry.head:
            self._text(painter, entry.text, rect.adjusted(0, 6, 0, 0), Role.SECTION)
        else:
            self._entry(painter, entry, rect, index)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus) and self._view.hasFocus()
        if focused and not entry.head:
            painter.setPen(QPen(self._desk.theme.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 5, 5)
        painter.restore()

    def _entry(self, painter: QPainter, entry: Entry, rect: QRectF, index: Index) -> None:
        theme = self._desk.theme
        line = theme.px(19)
        first = QRectF(rect.left(), rect.top() + 4, rect.width(), line)
        self._text(
            painter, entry.time, QRectF(first.left(), first.top(), theme.px(TIME_WIDTH), line), Role.QUIET, "ink3"
        )
        self._thread(painter, rect, index)
        self._circle(painter, entry, rect, first)
        left = rect.left() + theme.px(TEXT_AT)
        who = QFontMetricsF(theme.font(Role.SECOND)).horizontalAdvance(entry.who)
        room = rect.right() - left - (who + 14 if entry.who else 0)
        self._text(painter, entry.text, QRectF(left, first.top(), room, line), Role.STRONG)
        if entry.who:
            self._text(painter, entry.who, QRectF(rect.right() - who, first.top(), who + 2, line), Role.SECOND)
        if entry.note:
            self._text(painter, entry.note, QRectF(left, first.top() + line, rect.right() - left, line), Role.QUIET)

    def _thread(self, painter: QPainter, rect: QRectF, index: Index) -> None:
        """The line that joins what happened on one day."""
        entries = self._view.entries
        following = index.row() + 1
        if following < len(entries) and not entries[following].head:
            x = self._circle_x(rect)
            painter.setPen(QPen(self._desk.theme.colour("line"), 2))
            painter.drawLine(round(x), round(rect.top() + self._desk.theme.px(28)), round(x), round(rect.bottom() + 2))

    def _circle_x(self, rect: QRectF) -> float:
        return rect.left() + self._desk.theme.px(TIME_WIDTH + 4 + CIRCLE / 2)

    def _circle(self, painter: QPainter, entry: Entry, rect: QRectF, first: QRectF) -> None:
        theme = self._desk.theme
        edge = theme.px(CIRCLE)
        x = self._circle_x(rect) - edge / 2
        spot = QRectF(x, first.center().y() - edge / 2, edge, edge)
        painter.setBrush(theme.colour(_GROUNDS[entry.tone]))
        painter.setPen(QPen(theme.colour("line2"), 1) if theme.outlined else Qt.PenStyle.NoPen)
        painter.drawEllipse(spot)
        self._desk.icons.paint(painter, spot, entry.icon, token=entry.tone.value, size=12)

    def _text(self, painter: QPainter, text: str, box: QRectF, role: Role, token: str = "") -> None:
        theme = self._desk.theme
        painter.setFont(theme.font(role))
        painter.setPen(theme.colour(token) if token else theme.ink(role))
        shown = QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


_GROUNDS = {
    Tone.INK: "greybg", Tone.QUIET: "greybg", Tone.ACCENT: "soft", Tone.RED: "redbg", Tone.AMBER: "amberbg",
    Tone.BLUE: "bluebg", Tone.GREEN: "greenbg", Tone.GREY: "greybg",
}  # fmt: skip


class Timeline(QListView):
    """The list. ``opened`` carries an entry's ``value``."""

    opened = Signal(object)

    def __init__(self, desk: Desk, *, name: str) -> None:
        super().__init__()
        self._model = _Model(self)
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(desk, self))
        self.setAccessibleName(name)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setMinimumHeight(80)
        self.activated.connect(self._open)
        desk.theme.changed.connect(self.scheduleDelayedItemsLayout)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show what happened; days are entries with ``head``."""
        self._model.show(entries)

    @property
    def entries(self) -> Sequence[Entry]:
        """What is shown."""
        return self._model.entries

    def _open(self, index: QModelIndex) -> None:
        entry = self._model.entries[index.row()]
        if entry.value is not None:
            self.opened.emit(entry.value)
