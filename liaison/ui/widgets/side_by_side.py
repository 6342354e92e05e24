"""Two values side by side, one of which stays: for records that are put together. Arrow keys choose, Tab goes on."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from liaison.domain.handing import Side
from liaison.i18n import N_
from liaison.ui.theme import Role
from liaison.ui.widgets.label import Label

EMPTY = N_("nothing")


class SideBySide(QWidget):
    """Rows of a field with both its values. ``changed`` whenever a choice was made."""

    changed = Signal()

    def __init__(self, ours: str, theirs: str) -> None:
        super().__init__()
        self._heads = {Side.OURS: ours, Side.THEIRS: theirs}
        self._rows: dict[Hashable, tuple[QButtonGroup, dict[Side, QRadioButton]]] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        self._grid.setColumnMinimumWidth(0, 130)
        for column, side in ((1, Side.OURS), (2, Side.THEIRS)):
            self._grid.addWidget(Label(self._heads[side], Role.STRONG, wrap=True), 0, column)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def add(
        self, key: Hashable, label: str, *, ours: str, theirs: str, chosen: Side | None = Side.OURS, note: str = ""
    ) -> None:
        """One field. ``chosen`` is what stays unless somebody says otherwise; None asks for a choice."""
        at = self._grid.rowCount()
        group = QButtonGroup(self)
        buttons = {
            side: self._option(group, at, column, side, label, text)
            for column, side, text in ((1, Side.OURS, ours), (2, Side.THEIRS, theirs))
        }
        named = Label(label, Role.SECOND, wrap=True)
        named.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(named, at, 0)
        if note:
            self._grid.addWidget(Label(note, Role.SECOND, wrap=True), at + 1, 1, 1, 2)
        self._rows[key] = (group, buttons)
        if chosen is not None:
            buttons[chosen].setChecked(True)
        group.buttonClicked.connect(lambda _button: self.changed.emit())

    def _option(self, group: QButtonGroup, row: int, column: int, side: Side, label: str, text: str) -> QRadioButton:
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        button = QRadioButton()
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        button.setAccessibleName(f"{label}, {self._heads[side]}: {text}")
        group.addButton(button)
        line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        words = Label(text, Role.TEXT, wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        words.setCursor(Qt.CursorShape.PointingHandCursor)
        words.installEventFilter(_Press(words, button))
        line.addWidget(words, 1)
        self._grid.addWidget(holder, row, column)
        return button

    def choices(self) -> dict[Hashable, Side]:
        """What stays, by field; fields without a choice are left out."""
        return {
            key: side
            for key, (_, buttons) in self._rows.items()
            for side, button in buttons.items()
            if button.isChecked()
        }

    def missing(self) -> list[Hashable]:
        """Fields that still wait for a choice."""
        chosen = self.choices()
        return [key for key in self._rows if key not in chosen]

    def choose(self, key: Hashable, side: Side) -> None:
        """Make a choice, as a click would."""
        self._rows[key][1][side].click()

    def choose_all(self, side: Side) -> None:
        """The same side for every field."""
        for _, buttons in self._rows.values():
            buttons[side].setChecked(True)
        self.changed.emit()

    def focus_missing(self) -> None:
        """Put the focus on the first field without a choice."""
        key = next(iter(self.missing()), None)
        if key is not None:
            self._rows[key][1][Side.OURS].setFocus()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to choose."""
        return not self._rows


class _Press(QObject):
    """A press on the words is a press on their button."""

    def __init__(self, words: QWidget, button: QRadioButton) -> None:
        super().__init__(words)
        self._button = button

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear the mouse."""
        if event.type() == QEvent.Type.MouseButtonRelease:
            self._button.click()
        return super().eventFilter(watched, event)
