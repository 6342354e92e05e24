"""The note line of a case: type while the telephone is at the ear, and see before Enter what it becomes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from liaison.ui.desk import Desk
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.badge import ShapeView
from liaison.ui.widgets.label import Label, key_cap
from liaison.ui.widgets.shapes import Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Echo:
    """What a typed line will become: ``Becomes a step: call the insurer · Sat 21 Nov 10:00 · Ayu``."""

    lead: str
    text: str
    shape: Shape = Shape.OPEN
    tone: Tone = Tone.ACCENT


class NoteLine(QWidget):
    """One line. ``echo`` says what it will become; ``entered`` carries the text on Enter or Ctrl+Enter."""

    entered = Signal(str)

    def __init__(self, desk: Desk, *, name: str, placeholder: str, echo: Callable[[str], Echo | None]) -> None:
        super().__init__()
        self._echo = echo
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(5)
        self.line = QLineEdit()
        self.line.setProperty("kind", "note")
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText(placeholder)
        self.line.textChanged.connect(self._show)
        self.line.returnPressed.connect(self._enter)
        self.line.installEventFilter(self)
        box.addWidget(self.line)
        row = QHBoxLayout()
        row.setContentsMargins(11, 0, 0, 0)
        row.setSpacing(6)
        self._shape = ShapeView(desk.theme, Shape.OPEN, Tone.ACCENT)
        self._lead = Label("", Role.SECOND)
        self._text = Label("", Role.ACCENT, elide=True)
        row.addWidget(self._shape)
        row.addWidget(self._lead)
        row.addWidget(self._text, 1)
        row.addWidget(key_cap("Ctrl+Enter"))
        box.addLayout(row)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            # Only while the line has the focus: else no form beside it could be saved with these keys.
            shortcut = QShortcut(QKeySequence(keys), self.line)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(self._enter)
        self.setFocusProxy(self.line)
        self._show("")

    def _show(self, text: str) -> None:
        echo = self._echo(text.strip()) if text.strip() else None
        self._shape.setVisible(echo is not None)
        self._lead.setText(echo.lead if echo is not None else "")
        self._text.setText(echo.text if echo is not None else "")
        if echo is not None:
            self._shape.show_shape(echo.shape, echo.tone)
            self.line.setAccessibleDescription(f"{echo.lead} {echo.text}")

    def _enter(self) -> None:
        text = self.line.text().strip()
        if text:
            self.entered.emit(text)

    def clear(self, noted: str | None = None) -> None:
        """The note is on record; what was typed behind ``noted`` since then stays."""
        typed = self.line.text().lstrip()
        # Setting a text forgets what was typed before: Ctrl+Z then takes back the note itself.
        if noted is None:
            self.line.setText("")
        elif typed.startswith(noted):
            self.line.setText(typed[len(noted) :].lstrip())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+Z belongs to the typing while there is any to take back, else to the program."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Undo)
            and not self.line.isUndoAvailable()
        ):
            event.ignore()
            return True
        return super().eventFilter(watched, event)
