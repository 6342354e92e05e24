"""One cell of a list, edited where it stands: a next step, or when it is due. Enter keeps, Escape gives up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from liaison.i18n import N_
from liaison.ui.desk import Desk
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import icon_button, primary
from liaison.ui.widgets.kept_editors import HalfWritten
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import LEFT, RIGHT

Take = Callable[[str], str]
"""Takes what was typed; answers what is wrong with it, or nothing."""


GONE = N_("This record is no longer here.")


class CellLine(HalfWritten):
    """A line over the footing that edits one cell. What stands in it half-typed is kept with the cell it is about."""

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("cardSunken")
        self._take: Take | None = None
        self._cell: dict[str, Any] = {}
        self._at_first = ""
        self._gone = desk.words(GONE)
        words = desk.words
        row = QHBoxLayout(self)
        row.setContentsMargins(LEFT, 8, RIGHT, 8)
        row.setSpacing(8)
        self.title = Label("", Role.STRONG)
        row.addWidget(self.title)
        self.line = QLineEdit()
        self.line.returnPressed.connect(self._enter)
        row.addWidget(self.line, 1)
        self.problem = Label("", Role.SECOND, tone=Tone.RED)
        row.addWidget(self.problem)
        row.addWidget(primary(desk.icons, words(N_("Keep")), self._enter, icon="check"))
        row.addWidget(icon_button(desk.icons, "x", words(N_("Close")), self.close_it, size=15))
        self.hide()

    def ask(self, title: str, text: str, take: Take, *, hint: str = "") -> None:
        """Open it on a cell."""
        self._take = take
        self._at_first = text
        self.title.setText(title)
        self.line.setAccessibleName(title)
        self.line.setPlaceholderText(hint)
        self.line.setText(text)
        self.problem.setText("")
        self.show()
        self.line.setFocus()
        self.line.selectAll()

    def ask_about(self, column: str, key: int) -> None:
        """Of which cell the line is that was just opened."""
        self._cell = {"column": column, "id": key}

    @property
    def dirty(self) -> bool:
        """Whether it stands open with something else than the cell."""
        return not self.isHidden() and self.line.text() != self._at_first

    def keep(self) -> dict[str, Any]:
        """The cell, and what is typed for it; nothing while it is closed."""
        return {**self._cell, "title": self.title.whole_text(), "text": self.line.text()} if self.dirty else {}

    def resume(self, kept: Mapping[str, Any], *, is_gone: bool = False) -> None:
        """What was typed stands there again; where its record is gone it can still be read and copied."""
        if is_gone:
            self.ask(str(kept.get("title", "")), "", lambda _text: self._gone)
            self.problem.setText(self._gone)
        self.line.setText(str(kept.get("text", "")))

    def _enter(self) -> None:
        take, text = self._take, self.line.text().strip()
        self.problem.setText("")
        self.close_it()
        wrong = take(text) if take is not None else ""
        if wrong:
            self.refuse(wrong)

    def refuse(self, text: str) -> None:
        """What was typed was refused after all: the line stands there again with it, and says why."""
        self.problem.setText(text)
        self.show()
        self.line.setFocus()

    def close_it(self) -> None:
        """Back to the list."""
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives up."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_it()
        else:
            super().keyPressEvent(event)
