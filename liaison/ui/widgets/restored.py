"""One quiet line: what was typed before is here again, and can be given up."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from liaison.i18n import N_
from liaison.ui.desk import Desk
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.badge import ShapeView
from liaison.ui.widgets.buttons import icon_button, link
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.shapes import Shape

RESTORED = N_("Restored what you were typing")
DISCARD = N_("Discard")
FINE = N_("Keep it and close this line")


class RestoredLine(QFrame):
    """``Restored what you were typing · Discard``. Closing the line keeps the text."""

    def __init__(self, desk: Desk, *, discard: Callable[[], object], margin: int = 18, is_narrow: bool = False) -> None:
        super().__init__()
        words = desk.words
        self.setObjectName("restored")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(margin, 2, 8, 0)
        row.setSpacing(7)
        row.addWidget(ShapeView(desk.theme, Shape.DOT, Tone.ACCENT))
        self.label = Label(words(RESTORED), Role.SECOND, elide=is_narrow)
        row.addWidget(self.label)
        self.button = link(desk.icons, words(DISCARD), lambda: self._give_up(discard), small=True)
        row.addWidget(self.button)
        if not is_narrow:
            row.addStretch(1)
        row.addWidget(icon_button(desk.icons, "x", words(FINE), self.hide, size=13))
        self.setAccessibleName(self.label.whole_text())

    def _give_up(self, discard: Callable[[], object]) -> None:
        self.hide()
        discard()
