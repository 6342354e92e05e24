"""What the sections of a house's card share that read by themselves."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison.ui.desk import Desk
from liaison.ui.pages.short_forms import Bench
from liaison.ui.widgets.parts import Section, clear


class HouseSection(QWidget):
    """Reads what is known of a house, and again when anything changed. ``bench`` is none where it only shows."""

    def __init__(self, desk: Desk, bench: Bench | None, house_id: int, *, read: Callable[..., Any]) -> None:
        super().__init__()
        self._desk, self._bench, self._house_id, self._asked = desk, bench, house_id, read
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        desk.hub.changed.connect(self._changed)
        self._read()

    def _changed(self, _changes: object) -> None:
        self._read()

    def _read(self) -> None:
        name = f"{self._asked.__module__}.{self._asked.__name__}"
        self._desk.runner.read(self._asked, self._house_id, owner=self, done=self._show, key=name)

    def _show(self, found: Sequence[Any]) -> None:
        clear(self._box)
        self._box.addWidget(self.section(found))

    @abstractmethod
    def section(self, found: Sequence[Any]) -> Section:
        """What was found, as it is shown."""
