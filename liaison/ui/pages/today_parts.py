"""Parts of Today: the counts in its head, the line that puts steps off, and the list whose rows Space picks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from liaison.i18n import N_
from liaison.ui.desk import Desk
from liaison.ui.models.paged_table import PagedTable
from liaison.ui.pages.put_off import PutOff, read_put_off
from liaison.ui.pages.said import when
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.badge import ShapeView
from liaison.ui.widgets.buttons import icon_button, primary, quiet
from liaison.ui.widgets.kept_editors import HalfWritten
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import LEFT, RIGHT
from liaison.ui.widgets.shapes import Shape
from liaison.ui.widgets.table_cells import Index
from liaison.ui.widgets.table_view import TableView

QUICK = (("b", N_("Tomorrow 9.00")), ("l", N_("Day after")), ("s", N_("Monday")), ("7", N_("In a week")))
"""What a press puts off to, with what would be typed for it."""


class WorkList(TableView):
    """A list in which Space picks rows one by one while the cursor moves on; Escape lets them go again."""

    def __init__(self, desk: Desk, table: PagedTable, *, name: str, row: int = 34) -> None:
        self._picking = False
        super().__init__(desk, table, name=name, row=row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space keeps the row and every other that was picked; Escape keeps only the one under the cursor."""
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if event.key() == Qt.Key.Key_Space and plain and not self._picking:
            self._picking = True
            if self.currentIndex().row() in self.chosen_rows():
                return  # the row under the cursor is chosen already: it is the first one picked
        elif event.key() == Qt.Key.Key_Escape and (self._picking or len(self.chosen_rows()) > 1):
            self.let_go()
            return
        super().keyPressEvent(event)

    def let_go(self) -> None:
        """Choose the row under the cursor alone."""
        self._picking = False
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(self.currentIndex(), flags.ClearAndSelect | flags.Rows)

    def pick(self, rows: Sequence[int]) -> None:
        """Choose these rows."""
        if not rows:
            return
        self.go_to_row(rows[0])
        flags = QItemSelectionModel.SelectionFlag
        for row in rows:
            self.selectionModel().select(self.table.index(row, 0), flags.Select | flags.Rows)
        self._picking = True

    def selectionCommand(self, index: Index, event: QEvent | None = None) -> QItemSelectionModel.SelectionFlag:
        """While rows are being picked, the cursor moves without choosing."""
        flags = QItemSelectionModel.SelectionFlag
        if isinstance(event, QKeyEvent) and self._picking and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            return flags.NoUpdate
        if event is not None and event.type() == QEvent.Type.MouseButtonPress:
            self._picking = False
        return super().selectionCommand(index, event)


LEAST_AHEAD = 100
"""Pixels that a word of what lies ahead needs."""


class DayCounts(QWidget):
    """How much is late, due, waited for: figures without a name. Pressing one chooses its lines."""

    wanted = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(LEFT - 8, 0, RIGHT, 8)
        self._row.setSpacing(4)
        self.buttons: dict[str, QPushButton] = {}
        self._shapes: dict[str, ShapeView] = {}
        self.ahead = Label("", Role.QUIET, elide=True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def add(self, key: str, shape: Shape, tone: Tone, hint: str) -> None:
        """One figure; the last one is followed by what lies ahead."""
        made = ShapeView(self._desk.theme, shape, tone)
        button = quiet(self._desk.icons, "", partial(self.wanted.emit, key), small=True)
        button.setProperty("tone", tone.value)
        button.setToolTip(hint)
        self._row.addSpacing(8)
        self._row.addWidget(made)
        self._row.addWidget(button)
        self.buttons[key], self._shapes[key] = button, made

    def _figures(self) -> int:
        """How wide the figures are without what lies ahead."""
        ahead = 0 if self.ahead.isHidden() else self.ahead.minimumSizeHint().width() + self._row.spacing()
        return self._row.minimumSize().width() - ahead

    def minimumSizeHint(self) -> QSize:
        """What lies ahead gives way, the figures do not."""
        return QSize(self._figures(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where only a letter or two of what lies ahead would be left, it goes."""
        super().resizeEvent(event)
        self.ahead.setVisible(event.size().width() - self._figures() > LEAST_AHEAD)

    def close_row(self) -> None:
        """Put what lies ahead behind the figures."""
        self._row.addSpacing(8)
        self._row.addWidget(self.ahead, 1)

    def say(self, key: str, text: str, *, count: int) -> None:
        """Write a figure; a nought of an error is not shown."""
        button = self.buttons[key]
        button.setText(text)
        button.setAccessibleName(text)
        for widget in (button, self._shapes[key]):
            widget.setVisible(count > 0)


class PutOffLine(HalfWritten):
    """Opened by S: to when, and why. Enter puts off, Escape closes; the quick choices need no typing."""

    closed = Signal()
    done = Signal(object)
    """A :class:`PutOff`."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.keys: list[int] = []
        _ = desk.words
        self.setObjectName("cardSunken")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(LEFT, 8, RIGHT, 8)
        outer.setSpacing(6)
        top = QHBoxLayout()
        top.setSpacing(6)
        self.title = Label("", Role.STRONG)
        top.addWidget(self.title)
        top.addSpacing(6)
        self.quick: dict[str, QPushButton] = {}
        for typed, words in QUICK:
            button = quiet(desk.icons, f"{_(words)} ({typed.upper()})", partial(self._quick, typed), small=True)
            self.quick[typed] = button
            top.addWidget(button)
        top.addStretch(1)
        top.addWidget(icon_button(desk.icons, "x", _(N_("Close")), self.closed.emit, size=15))
        outer.addLayout(top)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.line = QLineEdit()
        self.line.setPlaceholderText(_(N_("b, l, s, 1 to 9, or a date and hour; then the reason")))
        self.line.setAccessibleName(_(N_("Put off to when, and why")))
        self.line.textChanged.connect(self._echo)
        self.line.returnPressed.connect(self._enter)
        row.addWidget(self.line, 1)
        self.save_button = primary(desk.icons, _(N_("Put off")), self._enter, icon="clock")
        row.addWidget(self.save_button)
        outer.addLayout(row)
        self.echo = Label("", Role.SECOND, elide=True)
        outer.addWidget(self.echo)
        self.hide()

    def open_for(self, keys: Sequence[int]) -> None:
        """Ask to when these steps are put off."""
        self.keys = list(keys)
        self.title.setText(self._desk.words.plural("Put off {count} step", "Put off {count} steps", len(self.keys)))
        self.line.clear()
        self._echo("")
        self.show()
        self.line.setFocus()

    @property
    def dirty(self) -> bool:
        """Whether it stands open with something typed."""
        return not self.isHidden() and bool(self.line.text().strip())

    def keep(self) -> dict[str, Any]:
        """The steps, and what is typed for them; nothing while it is closed."""
        return {"keys": list(self.keys), "text": self.line.text()} if self.dirty else {}

    def resume(self, kept: Mapping[str, Any]) -> None:
        """It stands open again for the same steps with what was typed."""
        self.open_for([int(key) for key in kept.get("keys", ())])
        self.line.setText(str(kept.get("text", "")))

    def _read(self) -> PutOff | None:
        return read_put_off(self.line.text(), now=self._desk.clock(), zone=self._desk.formats.zone)

    def _echo(self, text: str) -> None:
        _ = self._desk.words
        found = self._read()
        self.save_button.setEnabled(found is not None)
        if found is not None:
            moment = when(_, found.until, now=self._desk.clock(), whole=True)
            said = _(N_("to {moment}"), moment=moment)
            self.echo.setText(f"{said} · {found.reason}" if found.reason else said)
        elif text.strip():
            self.echo.setText(
                _(N_("No time that lies ahead: b tomorrow, l the day after, s Monday, 3 days, 15/12 10.00"))
            )
        else:
            self.echo.setText(
                _(N_("Steps come back at 9.00 unless an hour is typed. The reason stays in the history."))
            )

    def _enter(self) -> None:
        found = self._read()
        if found is not None:
            self.done.emit(found)

    def _quick(self, typed: str) -> None:
        """A choice pressed keeps a reason that stands in the line."""
        self.line.setText(f"{typed} {self.line.text().strip()}")
        self._enter()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def day_words(desk: Desk, day: dt.date) -> str:
    """``Friday, 20 November``: what stands on top of the day."""
    return f"{desk.formats.weekday(day)}, {day.day} {desk.formats.month(day.month)}"
