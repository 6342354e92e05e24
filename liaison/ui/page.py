"""What a page is to the frame. Pages live in ``ui/pages`` and are listed in ``ui/pages_list``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison.ui.places import Place

if TYPE_CHECKING:
    from liaison.ui.actions import Action
    from liaison.ui.desk import Desk


class Page(QWidget):
    """A place on the sheet.

    Built anew with a :class:`Desk` whenever it is shown, the language changes or people are masked; what the officer
    has typed or chosen travels through :meth:`keep` and :meth:`resume`. ``body`` is the vertical layout to fill.
    """

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__()
        self.desk = desk
        self.place = place
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, on=False)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)

    def keep(self) -> dict[str, object]:
        """What must not be lost when the page is rebuilt or the window locks: plain values by name."""
        return {}

    def keep_typed(self) -> dict[str, object]:
        """The part of :meth:`keep` that was typed: it stands there again whenever the place is next opened."""
        return self.keep()

    def resume(self, kept: dict[str, object]) -> None:
        """Put back what :meth:`keep` or :meth:`keep_typed` gave."""

    def actions_here(self) -> tuple[Action, ...]:
        """What can be done on this page, for the menu, the keys and the key sheet."""
        return ()

    def start(self) -> None:
        """The page is on the sheet: put the focus where typing should go and start reading."""


class WhileHidden(Enum):
    """What becomes of a page while people are hidden on the screen."""

    OPEN = auto()
    """It writes people as they are written then."""
    CLOSED_ONCE_TYPED = auto()
    """What was typed in it names somebody."""
    CLOSED = auto()
    """It shows a text that names somebody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageEntry:
    """One page: its key in places, its title (marked), its icon, how to build it, and its key if it is on the rail."""

    key: str
    title: str
    icon: str
    build: Callable[[Desk, Place], Page]
    on_rail: bool = True
    shortcut: str = ""
    foot: bool = False
    """On the rail's foot (settings)."""
    belongs_to: str = ""
    """The rail place lit while this page shows: a journey belongs to the journeys."""
    on_wall: bool = False
    """Shown to a room: alone on the whole screen, with people hidden, until it is left."""
    while_hidden: WhileHidden = WhileHidden.OPEN
