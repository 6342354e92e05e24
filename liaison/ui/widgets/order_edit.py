"""An order to choose: every step with a tick, moved up and down by its buttons."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from functools import partial
from typing import Any

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from liaison.i18n import N_, upper_first
from liaison.ui.desk import Desk
from liaison.ui.widgets.buttons import icon_button
from liaison.ui.widgets.editors import Editor
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import clear

UP = N_("Move up: {step}")
DOWN = N_("Move down: {step}")


class OrderEdit(Editor):
    """Some of the members of a code, in an order. Steps without a tick are left out and stand at the end."""

    def __init__(self, desk: Desk, codes: Sequence[Any]) -> None:
        super().__init__()
        self._desk = desk
        self._all = tuple(codes)
        self._rows: list[tuple[Any, bool]] = [(code, True) for code in codes]
        self._holder = QWidget()
        self._box = QVBoxLayout(self._holder)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(2)
        self._hold(self._holder)
        self._show()

    def _show(self) -> None:
        clear(self._box)
        words = self._desk.words
        for at, (code, on) in enumerate(self._rows):
            name = upper_first(words(code.label))
            row = QWidget()
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(4)
            tick = QCheckBox()
            tick.setChecked(on)
            tick.setAccessibleName(name)
            tick.toggled.connect(partial(self._ticked, at))
            line.addWidget(tick)
            line.addWidget(Label(f"{at + 1}. {name}", elide=True), 1)
            for icon, hint, step in (("chevron-up", UP, -1), ("chevron-down", DOWN, 1)):
                button = icon_button(
                    self._desk.icons, icon, words(hint, step=name), partial(self._move, at, step), size=14
                )
                button.setEnabled(0 <= at + step < len(self._rows))
                line.addWidget(button)
            self._box.addWidget(row)

    def _ticked(self, at: int, on: bool) -> None:
        self._rows[at] = (self._rows[at][0], on)
        self._taken()

    def _move(self, at: int, step: int) -> None:
        self._rows.insert(at + step, self._rows.pop(at))
        self._show()
        self._taken()

    def inner(self) -> QWidget:
        """The list."""
        return self._holder

    def value(self) -> Any:
        """The ticked steps in their order."""
        return tuple(code for code, on in self._rows if on)

    def set_value(self, value: Any) -> None:
        """Show an order; steps that it leaves out follow without a tick."""
        chosen = tuple(value or ())
        self._rows = [(code, True) for code in chosen] + [(code, False) for code in self._all if code not in chosen]
        self._show()

    def typed(self) -> str:
        """The codes of the ticked steps."""
        return ",".join(code.value if isinstance(code, Enum) else str(code) for code in self.value())

    def retype(self, text: str) -> None:
        """Put the order back."""
        by_value = {code.value: code for code in self._all}
        self.set_value(tuple(by_value[t] for t in text.split(",") if t in by_value))
