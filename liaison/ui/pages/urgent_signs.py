"""The danger signs of an urgent call: one key ticks one, arrows go from one to the next, Enter goes on."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from liaison.domain.urgent import SIGNS, RedFlag, Sign, flags_of
from liaison.i18n import N_
from liaison.ui.desk import Desk
from liaison.ui.widgets.editors import Editor, TickBox, restyle
from liaison.ui.widgets.label import Label, key_cap

PRESS = N_("Press the number of a sign to tick it.")


class SignRow(QWidget):
    """A key, a box and the words of one sign; a click anywhere ticks it."""

    def __init__(self, desk: Desk, sign: Sign) -> None:
        super().__init__()
        words = desk.words(sign.flag.label)
        self.box = TickBox(desk, "")
        self.box.setAccessibleName(f"{sign.key}: {words}")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(6)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(key_cap(sign.key), 0, top)
        row.addWidget(self.box, 0, top)
        self._said = Label(words, wrap=True)
        self._said.setAlignment(top)
        row.addWidget(self._said, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As high as the words need in this width; the layouts around it ask for one height only."""
        super().resizeEvent(event)
        needed = self._said.heightForWidth(self._said.width())
        if needed > 0 and needed != self._said.minimumHeight():
            self._said.setMinimumHeight(needed)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The words count as the box."""
        self.box.click()
        self.box.setFocus(Qt.FocusReason.MouseFocusReason)


class SignsEdit(Editor):
    """Which danger signs were said. ``done`` fires on Enter."""

    done = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.rows: dict[RedFlag, SignRow] = {}
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(0)
        half = (len(SIGNS) + 1) // 2
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        for number, sign in enumerate(SIGNS):
            made = SignRow(desk, sign)
            made.box.clicked.connect(lambda _on: self._taken())
            # One stop for Tab; the arrows go on from there.
            made.box.setFocusPolicy(Qt.FocusPolicy.StrongFocus if not number else Qt.FocusPolicy.ClickFocus)
            self.rows[sign.flag] = made
            grid.addWidget(made, number % half, number // half)
        self._hold(holder)
        self.setFocusProxy(self.inner())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def inner(self) -> QWidget:
        """The box of the first sign."""
        return next(iter(self.rows.values())).box

    def value(self) -> Any:
        """The codes of the signs that are ticked, in the order of the list."""
        return tuple(flag.value for flag, row in self.rows.items() if row.box.isChecked())

    def set_value(self, value: Any) -> None:
        """Tick these, and no others."""
        wanted = flags_of(value or ())
        for flag, row in self.rows.items():
            row.box.setChecked(flag in wanted)

    def typed(self) -> str:
        """The codes side by side."""
        return " ".join(self.value())

    def retype(self, text: str) -> None:
        """Tick them again."""
        self.set_value(text.split())

    def mark(self, *, wrong: bool) -> None:
        """Give the boxes a red border, or take it away."""
        for row in self.rows.values():
            restyle(row.box, "wrong", "true" if wrong else "false")

    def set_name(self, name: str, description: str = "") -> None:
        """The group is named; each box keeps the words of its sign."""
        self.setAccessibleName(name)
        self.setAccessibleDescription(description)

    def tick(self, key: str) -> bool:
        """Tick the sign of a key, or take its tick away; ``False`` where no sign has this key."""
        for sign in SIGNS:
            if sign.key == key:
                self.rows[sign.flag].box.click()
                return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Numbers tick, arrows move, Enter goes on."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.done.emit()
        elif steps is not None:
            self._move(steps)
        elif event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or not self.tick(event.text()):
            super().keyPressEvent(event)

    def _move(self, steps: int) -> None:
        boxes = [row.box for row in self.rows.values()]
        here = next((n for n, box in enumerate(boxes) if box.hasFocus()), -1)
        boxes[(here + steps) % len(boxes)].setFocus(Qt.FocusReason.TabFocusReason)
