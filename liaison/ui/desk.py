"""What every page is given: the program's one of each, in one frozen bundle."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from liaison.i18n import Language
from liaison.ui.half_typed import HalfTyped
from liaison.ui.hub import Hub
from liaison.ui.icons import Icons
from liaison.ui.masking import Masking
from liaison.ui.places import Place
from liaison.ui.runner import Runner
from liaison.ui.theme import Theme

if TYPE_CHECKING:
    from liaison.i18n.formats import Formats
    from liaison.settings import Settings
    from liaison.ui.actions import Actions


class Frame(Protocol):
    """What a page may ask of the window around it."""

    def go(self, place: Place) -> None:
        """Show another place."""
        ...

    def back(self) -> None:
        """Show the place before."""
        ...

    def moved(self, place: Place) -> None:
        """The present page now shows this place (a filter, a chosen row), so that back finds it again."""
        ...

    def toast(self, text: str, *, undo: bool = True, refused: bool = False) -> None:
        """Say that something is done, for eight seconds, without a name; with a button to undo it.

        ``refused`` says that it was not done, or cannot be: with another sign, and nothing to undo.
        """
        ...

    def undo(self) -> None:
        """Undo the last action."""
        ...

    def lock(self) -> None:
        """Lock the window."""
        ...

    def remember(self, **changes: object) -> None:
        """Keep settings of this machine."""
        ...

    def settings(self) -> Settings:
        """What this machine remembers now."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """Who opened the store, and for which office."""

    name: str
    office: str
    city: str = ""
    zone: str = ""
    """The office's time zone; empty before there is an office."""
    sample: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Everything a page works with. Frozen: a change of language makes a new desk and new pages."""

    runner: Runner
    hub: Hub
    words: Language
    theme: Theme
    icons: Icons
    masking: Masking
    settings: Settings
    actions: Actions
    clock: Callable[[], dt.datetime]
    frame: Frame
    officer: Officer
    half_typed: HalfTyped = field(default_factory=HalfTyped)
    """What was typed and not saved, on every page of this office."""

    @property
    def formats(self) -> Formats:
        """Money, dates and numbers in the shown language."""
        return self.words.formats

    def today(self) -> dt.date:
        """Today at the office's own clock."""
        return self.formats.home_day(self.clock())

    def go(self, page: str, record: int | None = None, **values: object) -> None:
        """Show a page, for one record if it shows records."""
        self.frame.go(Place(page=page, record=record, values=values))

    def toast(self, text: str, *, undo: bool = True, refused: bool = False) -> None:
        """Say that something is done, or with ``refused`` that it was not."""
        self.frame.toast(text, undo=undo, refused=refused)
