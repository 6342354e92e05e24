"""A page about a person stays closed while people are hidden on the screen; what was typed in it is kept, unseen."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from liaison.i18n import N_
from liaison.ui.desk import Desk
from liaison.ui.masking import SHOW
from liaison.ui.page import Page
from liaison.ui.pages.hidden_form import CLOSED
from liaison.ui.places import Place
from liaison.ui.theme import Role
from liaison.ui.widgets.buttons import secondary
from liaison.ui.widgets.kept_editors import HalfWritten
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import Head, hairline


class HiddenPage(Page):
    """Stands on the sheet instead of the page, under the page's own title. Showing people opens the page itself."""

    def __init__(self, desk: Desk, place: Place, *, title: str) -> None:
        super().__init__(desk, place)
        _ = desk.words
        self.body.addWidget(Head(desk, _(title), back=desk.frame.back, back_hint=_(N_("Back"))))
        self.body.addWidget(hairline())
        self.held = _Held()
        box = QVBoxLayout(self.held)
        box.setContentsMargins(24, 18, 24, 18)
        box.setSpacing(10)
        box.addWidget(Label(_(CLOSED), wrap=True, role=Role.TEXT))
        self.show_button = secondary(desk.icons, _(SHOW), desk.masking.switch, icon="eye")
        row = QHBoxLayout()
        row.addWidget(self.show_button)
        row.addStretch(1)
        box.addLayout(row)
        box.addStretch(1)
        self.body.addWidget(self.held, 1)

    def start(self) -> None:
        """Enter shows people again."""
        self.show_button.setFocus()

    def keep(self) -> dict[str, object]:
        """What was typed before people were hidden."""
        return self.held.typed

    def resume(self, kept: dict[str, object]) -> None:
        """Hold what was typed, unseen."""
        self.held.typed = dict(kept)


class _Held(HalfWritten):
    """Text that stands nowhere on the screen and yet is not lost."""

    def __init__(self) -> None:
        super().__init__()
        self.typed: dict[str, object] = {}

    @property
    def dirty(self) -> bool:
        """Whether there is anything to hold."""
        return bool(self.typed)
