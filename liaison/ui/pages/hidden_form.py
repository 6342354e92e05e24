"""A form about a person stays closed while people are hidden on the screen; what was half typed in it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison.i18n import N_
from liaison.ui.desk import Desk
from liaison.ui.masking import SHOW
from liaison.ui.pages.short_forms import Bench
from liaison.ui.theme import Role
from liaison.ui.widgets.buttons import secondary
from liaison.ui.widgets.drawer import FormPane
from liaison.ui.widgets.label import Label

CLOSED = N_("People are hidden on the screen. This form names them, so it stays closed until they are shown again.")


class HiddenForm(FormPane):
    """Stands in the drawer instead of the form, under the form's own title. Showing people opens the form itself."""

    def __init__(self, desk: Desk, *, title: str) -> None:
        content = QWidget()
        box = QVBoxLayout(content)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addWidget(Label(desk.words(CLOSED), wrap=True, role=Role.TEXT))
        box.addWidget(secondary(desk.icons, desk.words(SHOW), desk.masking.switch, icon="eye"))
        super().__init__(desk, title=title, content=content, save=None)
        self._kept: dict[str, Any] = {}

    def keep(self) -> dict[str, Any]:
        """What was typed before people were hidden."""
        return self._kept

    def resume(self, kept: Mapping[str, Any]) -> None:
        """Hold what was typed, unseen."""
        self._kept = dict(kept.get("fields", {}))

    def give_up(self) -> None:
        """Cancel closes this notice; what was typed before is not given up unseen."""
        self.closed.emit()


def stays_hidden(bench: Bench, title: str) -> bool:
    """Whether people are hidden now, so that the form of this marked title was not opened."""
    if not bench.desk.masking.on:
        return False
    bench.drawer.open(HiddenForm(bench.desk, title=bench.desk.words(title)))
    return True
