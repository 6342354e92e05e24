"""What can be done, said once: the menu, the keys, the buttons' hints and the key sheet all read it here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from liaison.i18n import N_, Language
from liaison.ui.icons import Icons
from liaison.ui.own_keys import Keyed, settled
from liaison.ui.page_keys import FORM_KEYS, PAGE_KEYS


class Scope(StrEnum):
    """Where keys hold. Two scopes that can hold at once may not share a key; a ROW's single letters are heard by its
    list alone, never by the window.
    """

    PROGRAM = "program"
    PAGE = "page"
    ROW = "row"
    FORM = "form"


class Menu(StrEnum):
    """The menus, in their order."""

    FILE = N_("File")
    EDIT = N_("Edit")
    VIEW = N_("View")
    GO = N_("Go")
    HELP = N_("Help")


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One thing that can be done. ``text`` is marked; ``keys`` is portable text such as ``Ctrl+K``."""

    key: str
    text: str
    run: Callable[[], object]
    icon: str = ""
    keys: str = ""
    more_keys: tuple[str, ...] = ()
    scope: Scope = Scope.PROGRAM
    menu: Menu | None = None
    part: bool = False
    """Starts a new part of its menu."""
    enabled: Callable[[], bool] | None = None
    say: Callable[[], str] | None = None
    """A text that depends on the moment (Undo "…"), already translated; wins over ``text``."""

    def words(self, language: Language) -> str:
        """What stands in the menu now."""
        return self.say() if self.say is not None else language(self.text)


class DoubleKey(ValueError):
    """Two actions that can hold at once want the same key."""


class Actions:
    """The registry: the program's actions, and those of the page that is shown, with the keys that hold now.

    ``own`` are the keys somebody chose on this machine; ``changed`` is told when others are chosen.
    """

    def __init__(
        self,
        actions: Iterable[Action] = (),
        *,
        own: Mapping[str, str] | None = None,
        changed: Callable[[], object] = lambda: None,
    ) -> None:
        self._program: dict[str, Action] = {}
        self._page: dict[str, Action] = {}
        self._kept = dict(own or {})
        self._own: dict[str, str] | None = None
        self._changed = changed
        for action in actions:
            self.add(action)

    def __iter__(self) -> Iterator[Action]:
        yield from self.of_program()
        yield from self.of_page()

    def __getitem__(self, key: str) -> Action:
        return self._now(self._page.get(key) or self._program[key])

    def add(self, action: Action) -> None:
        """Put one of the program's actions on the list. Raises :class:`DoubleKey`."""
        self._check(action, self._program.values())
        self._program[action.key] = action
        self._own = None

    def show_page(self, actions: Iterable[Action]) -> None:
        """Replace the page's actions by those of the page now shown. Raises :class:`DoubleKey`."""
        self._page = {}
        for action in actions:
            self._check(action, [*self._program.values(), *self._page.values()])
            self._page[action.key] = action

    def _check(self, action: Action, others: Iterable[Action]) -> None:
        wanted = {action.keys, *action.more_keys} - {""}
        for other in others:
            both = wanted & ({other.keys, *other.more_keys} - {""})
            if both and other.key != action.key:
                raise DoubleKey(f"{', '.join(sorted(both))}: {action.key} and {other.key}")

    # keys of one's own

    @property
    def own(self) -> Mapping[str, str]:
        """The keys that differ from the usual ones, by action; those that cannot hold have fallen back."""
        if self._own is None:
            self._own = settled(self.keyed(), self._kept)
        return self._own

    def keyed(self) -> list[Keyed]:
        """Everything that has a key or may have one, on any page."""
        program = [
            Keyed(key=a.key, text=a.text, keys=tuple(k for k in (a.keys, *a.more_keys) if k))
            for a in self._program.values()
            if a.menu is not None
        ]
        return [*program, *PAGE_KEYS, *FORM_KEYS]

    def use(self, own: Mapping[str, str]) -> None:
        """Let other keys hold from now on, in menus, search box and key sheet."""
        self._kept, self._own = dict(own), None
        self._changed()

    def keys_of(self, key: str, usual: str) -> str:
        """The key of an action that need not be on the list now (a page is still being built), empty for none."""
        return self.own.get(key, usual)

    def _now(self, action: Action) -> Action:
        """The action with the keys that hold."""
        if action.key not in self.own:
            return action
        return replace(action, keys=self.own[action.key], more_keys=())

    def of_menu(self, menu: Menu) -> list[Action]:
        """The actions of one menu in their order."""
        return [a for a in self if a.menu is menu]

    def key_sheet(self, language: Language) -> list[tuple[str, str]]:
        """Keys and words of everything that has a key now, for F1."""
        return [(a.keys, a.words(language)) for a in self if a.keys]

    def of_page(self) -> list[Action]:
        """What can be done on the page now shown, its rows and its form."""
        return [self._now(a) for a in self._page.values()]

    def of_program(self) -> list[Action]:
        """What can be done anywhere."""
        return [self._now(a) for a in self._program.values()]


def qt_action(action: Action, parent: QWidget, language: Language, icons: Icons) -> QAction:
    """The action as Qt's menus and keys want it."""
    made = QAction(action.words(language), parent)
    made.setObjectName(action.key)
    keys = [QKeySequence.fromString(k) for k in (action.keys, *action.more_keys) if k]
    if keys and action.scope is Scope.ROW:
        # A single letter belongs to the list row that has the focus, and the list itself hears it: as a key of the
        # whole window it would act under somebody's typing. The menu still shows it.
        made.setText(f"{made.text()}\t{action.keys}")
    elif keys:
        made.setShortcuts(keys)
    if action.icon:
        made.setIcon(icons.icon(action.icon))
    if action.enabled is not None:
        made.setEnabled(action.enabled())
    made.triggered.connect(lambda _checked=False: action.run())
    return made
