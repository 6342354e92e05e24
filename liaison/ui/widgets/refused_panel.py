"""A move that is refused: what is missing, one cure each, and at the right the way round with what it costs.

Never a dialog: it stands under the stage bar, the page stays usable, and the focus goes to the first cure.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from liaison.i18n import N_
from liaison.ui.desk import Desk
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.badge import ShapeView
from liaison.ui.widgets.buttons import icon_button, secondary
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import upright
from liaison.ui.widgets.shapes import Shape

STILL = N_("Must it move anyway?")
COSTS = N_("Allowed with a reason; the reason is printed in the case summary.")
MOVE_ANYWAY = N_("Move with a reason…")
REASON = N_("Reason for moving anyway")
REASON_HINT = N_("Type the reason")
MOVE = N_("Move")
CLOSE = N_("Close")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One thing that is missing, with its cure; texts in the shown language."""

    text: str
    note: str = ""
    cure: str = ""
    cure_icon: str = ""
    run: Callable[[], object] | None = None


class RefusedPanel(QFrame):
    """The panel. ``override`` carries the reason typed; ``closed`` when it is put away."""

    override = Signal(str)
    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("refused")
        self._desk = desk
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(1, 1, 1, 1)
        self._row.setSpacing(0)
        self.cures: list[QPushButton] = []
        self.reason = QLineEdit()
        self._body: QWidget | None = None
        self.hide()

    def refuse(self, title: str, reasons: Sequence[Reason], *, may_override: bool = True) -> None:
        """Show why; the focus goes to the first cure."""
        if self._body is not None:
            self._body.hide()
            self._body.deleteLater()
        self._body = QWidget()
        row = QHBoxLayout(self._body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left(title, reasons), 1)
        row.addWidget(upright())
        row.addWidget(self._right(may_override=may_override))
        self._row.addWidget(self._body)
        self.setAccessibleName(title)
        self.setAccessibleDescription("; ".join(r.text for r in reasons))
        self.show()
        if self.cures:
            first = self.cures[0]
            QTimer.singleShot(0, first, first.setFocus)

    def put_away(self) -> None:
        """Close the panel."""
        self.hide()
        self.closed.emit()

    def _left(self, title: str, reasons: Sequence[Reason]) -> QWidget:
        side = QWidget()
        box = QVBoxLayout(side)
        box.setContentsMargins(16, 12, 16, 12)
        box.setSpacing(9)
        box.addWidget(Label(title, Role.CARD, wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(2, 1)
        self.cures = []
        for number, reason in enumerate(reasons):
            grid.addWidget(ShapeView(self._desk.theme, Shape.BLOCKED, Tone.RED, ground="redsoft"), number, 0)
            grid.addWidget(Label(reason.text, Role.BOLD), number, 1)
            grid.addWidget(Label(reason.note, Role.QUIET, elide=True), number, 2)
            if reason.cure and reason.run is not None:
                button = secondary(self._desk.icons, reason.cure, reason.run, icon=reason.cure_icon, small=True)
                button.setAccessibleDescription(reason.text)
                self.cures.append(button)
                grid.addWidget(button, number, 3)
        box.addLayout(grid)
        box.addStretch(1)
        width = max((b.sizeHint().width() for b in self.cures), default=0)
        for button in self.cures:
            button.setMinimumWidth(max(width, 150))
        return side

    def _right(self, *, may_override: bool) -> QWidget:
        words = self._desk.words
        side = QWidget()
        side.setFixedWidth(self._desk.theme.px(300) + 90)
        box = QVBoxLayout(side)
        box.setContentsMargins(16, 10, 12, 12)
        box.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(Label(words(STILL) if may_override else "", Role.BOLD))
        head.addStretch(1)
        head.addWidget(icon_button(self._desk.icons, "x", words(CLOSE), self.put_away, size=15))
        box.addLayout(head)
        if may_override:
            box.addWidget(Label(words(COSTS), Role.SECOND, wrap=True))
            box.addStretch(1)
            box.addLayout(self._override_row())
        else:
            box.addStretch(1)
        return side

    def _override_row(self) -> QHBoxLayout:
        words = self._desk.words
        row = QHBoxLayout()
        self.reason = QLineEdit()
        self.reason.setAccessibleName(words(REASON))
        self.reason.setPlaceholderText(words(REASON_HINT))
        self.reason.hide()
        move = secondary(self._desk.icons, words(MOVE), self._move, small=True)
        move.hide()
        ask = secondary(self._desk.icons, words(MOVE_ANYWAY), lambda: self._ask(ask, move), small=True)
        self.reason.returnPressed.connect(self._move)
        row.addWidget(ask)
        row.addWidget(self.reason, 1)
        row.addWidget(move)
        row.addStretch(0)
        return row

    def _ask(self, ask: QPushButton, move: QPushButton) -> None:
        ask.hide()
        self.reason.show()
        move.show()
        self.reason.setFocus()

    def _move(self) -> None:
        text = self.reason.text().strip()
        if text:
            self.override.emit(text)
        else:
            self.reason.setFocus()
