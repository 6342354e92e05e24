"""Several of a closed list: a button that opens the list with ticks, and says what is ticked."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSizePolicy

from liaison.domain.coded import Coded
from liaison.i18n import N_, upper_first
from liaison.ui.desk import Desk
from liaison.ui.widgets.buttons import secondary
from liaison.ui.widgets.editors import Editor

NOTHING_YET = N_("Choose…")


class CodesEdit(Editor):
    """Codes as a tuple, in the order of their list. The menu stays open while one after the other is ticked."""

    def __init__(self, desk: Desk, codes: type[Coded]) -> None:
        super().__init__()
        self._desk, self._codes = desk, codes
        self._chosen: tuple[Coded, ...] = ()
        self.button = secondary(desk.icons, desk.words(NOTHING_YET), self._open, icon="chevron-down")
        self.button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._name = ""
        self._hold(self.button)

    def inner(self) -> Any:
        """The button."""
        return self.button

    def value(self) -> Any:
        """What is ticked."""
        return self._chosen

    def set_value(self, value: Any) -> None:
        """Tick these."""
        wanted = set(value or ())
        self._chosen = tuple(code for code in self._codes if code in wanted)
        self._say()

    def typed(self) -> str:
        """The codes, parted by blanks."""
        return " ".join(code.value for code in self._chosen)

    def retype(self, text: str) -> None:
        """Tick them again."""
        known = {code.value for code in self._codes}
        self.set_value([self._codes(part) for part in text.split() if part in known])

    def set_name(self, name: str, description: str = "") -> None:
        """Name the field; what is ticked is part of what a screen reader says."""
        self._name = name
        super().set_name(name, description)
        self._say()

    def _said(self) -> str:
        return ", ".join(self._desk.words(code.label) for code in self._chosen)

    def _say(self) -> None:
        said = self._said()
        self.button.setText(upper_first(said) if said else self._desk.words(NOTHING_YET))
        self.button.setToolTip(upper_first(said))
        self.button.setAccessibleName(": ".join(part for part in (self._name, said) if part))

    def menu(self) -> QMenu:
        """The list with its ticks."""
        menu = _Staying(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for code in self._codes:
            action = menu.addAction(upper_first(self._desk.words(code.label)))
            action.setCheckable(True)
            action.setChecked(code in self._chosen)
            action.toggled.connect(lambda on, code=code: self._tick(code, on=on))
        return menu

    def _tick(self, code: Coded, *, on: bool) -> None:
        chosen = {*self._chosen, code} if on else {c for c in self._chosen if c is not code}
        self.set_value(chosen)
        self._taken()

    def _open(self) -> None:
        self.menu().popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))


class _Staying(QMenu):
    """A menu that a tick does not close; Escape or a press beside it does."""

    def mouseReleaseEvent(self, event: Any) -> None:
        """Tick, and stay."""
        self._tick(self.activeAction(), event, super().mouseReleaseEvent)

    def keyPressEvent(self, event: Any) -> None:
        """Space and Enter tick, and stay."""
        if event.text() in (" ", "\r", "\n"):
            self._tick(self.activeAction(), event, super().keyPressEvent)
        else:
            super().keyPressEvent(event)

    def _tick(self, action: QAction | None, event: Any, otherwise: Any) -> None:
        if action is not None and action.isCheckable():
            action.toggle()
        else:
            otherwise(event)
