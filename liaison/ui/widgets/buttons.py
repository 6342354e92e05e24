"""Buttons. Exactly one primary button stands on a screen.

Fusion glues icon and text together, so one en space goes before the text here and never into a translated string.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
)

from liaison.ui.icons import Icons

GAP = "\u2002"


def primary(icons: Icons, text: str, run: Callable[[], object], *, icon: str = "", tall: bool = False) -> QPushButton:
    """The one filled button of a screen."""
    return _button(icons, text, run, kind="primary", icon=icon, token="onaccent", tall=tall)


def secondary(
    icons: Icons, text: str, run: Callable[[], object], *, icon: str = "", small: bool = False
) -> QPushButton:
    """A button with a border."""
    return _button(icons, text, run, kind="secondary", icon=icon, small=small)


def quiet(icons: Icons, text: str, run: Callable[[], object], *, icon: str = "", small: bool = False) -> QPushButton:
    """A button that shows only its words until pointed at."""
    return _button(icons, text, run, kind="quiet", icon=icon, small=small)


def link(icons: Icons, text: str, run: Callable[[], object], *, icon: str = "", small: bool = False) -> QPushButton:
    """A choice in words of the accent."""
    return _button(icons, text, run, kind="link", icon=icon, token="accent", small=small)


def menu_row(icons: Icons, text: str, run: Callable[[], object], *, icon: str = "") -> QPushButton:
    """A row of a card's list of actions."""
    return _button(icons, text, run, kind="menu", icon=icon)


def _button(
    icons: Icons,
    text: str,
    run: Callable[[], object],
    *,
    kind: str,
    icon: str,
    token: str = "ink2",
    small: bool = False,
    tall: bool = False,
) -> QPushButton:
    button = QPushButton((GAP if icon else "") + text)
    button.setProperty("kind", kind)
    button.setProperty("scale", "small" if small else "tall" if tall else "usual")
    if icon:
        icons.set_icon(button, icon, token=token)
    button.setAccessibleName(text)
    button.setAutoDefault(False)
    button.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
    button.clicked.connect(lambda _checked=False: run())
    return button


def set_button_text(button: QPushButton, text: str) -> None:
    """Give a button other words, keeping its gap."""
    button.setText((GAP if button.property("iconName") else "") + text)
    button.setAccessibleName(text)


def icon_button(icons: Icons, name: str, hint: str, run: Callable[[], object], *, size: int = 17) -> QToolButton:
    """A button that is only an icon; ``hint`` is its tooltip and its name for screen readers."""
    button = QToolButton()
    icons.set_icon(button, name, size=size)
    button.setToolTip(hint)
    button.setAccessibleName(hint)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(lambda _checked=False: run())
    return button


def menu_button(icons: Icons, hint: str, menu: QMenu, *, name: str = "ellipsis") -> QToolButton:
    """Three dots that open a menu."""
    button = icon_button(icons, name, hint, lambda: None)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setMenu(menu)
    return button


class Segments(QFrame):
    """A few choices side by side, one of them taken. One Tab stop, arrow keys inside."""

    chosen = Signal(object)

    def __init__(self, choices: Sequence[tuple[Any, str]], *, name: str, chosen: Any = None) -> None:
        super().__init__()
        self.setObjectName("segments")
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        self._group = QButtonGroup(self)
        self._values = [value for value, _ in choices]
        for number, (_value, text) in enumerate(choices):
            row.addWidget(self._segment(text, number))
        self.choose(chosen if chosen is not None else self._values[0])
        self._group.idClicked.connect(lambda number: self.chosen.emit(self._values[number]))

    def _segment(self, text: str, number: int) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setAccessibleName(text)
        button.setProperty("kind", "segment")
        button.setCheckable(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._group.addButton(button, number)
        return button

    def choose(self, value: object) -> None:
        """Take one choice without telling anybody."""
        button = self._group.button(self._values.index(value))
        button.setChecked(True)
        self.setFocusProxy(button)

    def value(self) -> Any:
        """The choice taken."""
        return self._values[self._group.checkedId()]

    def buttons(self) -> list[QAbstractButton]:
        """The segments, in their order."""
        return self._group.buttons()
