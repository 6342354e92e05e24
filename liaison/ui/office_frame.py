"""The frame round every page: rail, top line, sheet, status line. It shows places, walks back and forward, and frames.

Built anew when the language changes; the places visited and what was typed in the page go with it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QGridLayout, QPushButton, QWidget

from liaison.i18n import N_, Language
from liaison.ui.actions import Action, Actions
from liaison.ui.desk import Desk, Officer
from liaison.ui.half_typed import HalfTyped, Typed
from liaison.ui.hub import Hub
from liaison.ui.icons import Icons
from liaison.ui.kept import Kept
from liaison.ui.masking import Masking
from liaison.ui.page import Page, PageEntry, WhileHidden
from liaison.ui.places import Place
from liaison.ui.rail import Rail
from liaison.ui.runner import Runner
from liaison.ui.status_line import StatusLine
from liaison.ui.theme import Theme
from liaison.ui.top_line import TopActions, TopLine
from liaison.ui.typing_watch import TypingWatch
from liaison.ui.undoing import Undoing
from liaison.ui.widgets.parts import BACK, ActionBar, Sheet
from liaison.ui.widgets.restored import RestoredLine
from liaison.ui.widgets.suggest import Suggestion
from liaison.ui.widgets.toast import Toast

if TYPE_CHECKING:
    from liaison.settings import Settings

NARROW_BELOW = 1180
TODAY = "today"
NOWHERE = N_("This place is not there any more.")
NO_HELP = N_("No help on this place. F1 lists the keys, the guide explains the rest.")


def _forget(**_changes: object) -> None:
    """Nothing is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """The program's one of each, which outlive every frame."""

    runner: Runner
    hub: Hub
    theme: Theme
    icons: Icons
    masking: Masking
    settings: Callable[[], Settings]
    clock: Callable[[], dt.datetime]
    half_typed: HalfTyped = field(default_factory=HalfTyped)
    remember: Callable[..., object] = _forget
    """Keeps settings of this machine by name; without a program around (tests) nothing is kept."""


class OfficeFrame(QWidget):
    """The window's content while the store is open. Pages know it as their ``Frame``."""

    language_wanted = Signal(str)
    lock_wanted = Signal()
    palette_wanted = Signal()
    menu_wanted = Signal(QPoint)
    """The mark was pressed: show all menus at this point of the screen."""
    shown = Signal()
    """Another page is on the sheet; menus and keys follow."""

    def __init__(
        self, shared: Shared, words: Language, officer: Officer, pages: Sequence[PageEntry], *, kept: Kept | None = None
    ) -> None:
        super().__init__()
        self.setObjectName("ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.shared = shared
        self.pages = {entry.key: entry for entry in pages}
        self.kept = kept or Kept()
        self.desk = Desk(
            runner=shared.runner, hub=shared.hub, words=words, theme=shared.theme, icons=shared.icons,
            masking=shared.masking, settings=shared.settings(),
            actions=Actions(own=shared.settings().keys, changed=self.shown.emit), clock=shared.clock, frame=self,
            officer=officer, half_typed=shared.half_typed,
        )  # fmt: skip
        self.undoing = Undoing(shared.runner, words, lambda text: self.toast(text, undo=False))
        self.page: Page | None = None
        self.typing = TypingWatch(self, shared.half_typed, self.kept, show_restored=self._show_restored)
        self._restored: RestoredLine | None = None
        self._is_done = False
        self._lay_out(pages)
        undo_keys = partial(self.desk.actions.keys_of, "program.undo", "Ctrl+Z")
        self._toast = Toast(self, shared.theme, words, self.undo, keys=undo_keys, beside=self._at_the_foot)
        self.undoing.changed.connect(self._show_undo)
        shared.runner.saved.connect(self._saved)
        shared.masking.changed.connect(self._masked)
        shared.theme.changed.connect(self._look_changed)
        shared.hub.changed.connect(self._look_at_late)
        self.undoing.look()
        self._look_at_late()

    def _lay_out(self, pages: Sequence[PageEntry]) -> None:
        self.rail = Rail(self.desk, pages)
        self.rail.menu_wanted.connect(self.menu_wanted.emit)
        self.rail.chosen.connect(lambda key: self.go(Place(page=key)))
        top = TopActions(
            back=self.back, forward=self.forward, language=self.language_wanted.emit,
            mask=self.shared.masking.switch, palette=self.palette_wanted.emit, lock=self.lock_wanted.emit,
        )  # fmt: skip
        self.top = TopLine(self.desk, top, self._search)
        self.top.search.taken.connect(self._take)
        self.shown.connect(self.top.search.show_key)
        self.sheet = Sheet()
        self.status = StatusLine(self.desk, self.undo)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setSpacing(0)
        grid.addWidget(self.rail, 0, 0, 3, 1)
        grid.addWidget(self.top, 0, 1)
        grid.addWidget(self.sheet, 1, 1)
        grid.addWidget(self.status, 2, 1)
        grid.setRowStretch(1, 1)
        grid.setColumnStretch(1, 1)

    # the Frame that pages know

    def go(self, place: Place) -> None:
        """Show a place."""
        self.kept.trail.go(place)
        self._show(place)

    def remember(self, **changes: object) -> None:
        """Keep settings of this machine."""
        self.shared.remember(**changes)

    def settings(self) -> Settings:
        """What this machine remembers now."""
        return self.shared.settings()

    def moved(self, place: Place) -> None:
        """The present page shows this place now; a page that leads elsewhere has saved what was typed in it."""
        self._is_done = self.page is not None and place.page != self.page.place.page
        self.kept.trail.replace(place)

    def back(self) -> None:
        """The place before."""
        self._show(self.kept.trail.back())

    def forward(self) -> None:
        """The place after."""
        self._show(self.kept.trail.forward())

    def toast(self, text: str, *, undo: bool = True, refused: bool = False) -> None:
        """Say that something is done, or with ``refused`` that it was not."""
        self._toast.say(text, undo=undo and not refused, refused=refused)

    def undo(self) -> None:
        """Take the last action back."""
        self.undoing.undo()

    def redo(self) -> None:
        """Do the action last taken back again."""
        self.undoing.redo()

    def lock(self) -> None:
        """Lock the window."""
        self.lock_wanted.emit()

    # pages

    def start(self) -> None:
        """Show where the window was, or the first place."""
        here = self.kept.trail.here
        if here is None or here.page not in self.pages:
            first = next((key for key, entry in self.pages.items() if entry.on_rail), None)
            if first is None:
                return
            here = Place(page=first)
            self.kept.trail.go(here)
        typed, self.kept.typed = self.kept.typed, {}
        self._show(here, typed, is_old=bool(typed.get("typing")))

    def rebuild_page(self) -> None:
        """Build the present page anew, with what was typed in it."""
        here = self.kept.trail.here
        if here is not None:
            self._show(here, self.typing.snapshot())

    def put_away(self) -> Kept:
        """Close the frame and hand over what must survive it."""
        self.kept.typed = self._clear()
        return self.kept

    def _show(self, place: Place | None, typed: Typed | None = None, *, is_old: bool = False) -> None:
        if place is None:
            return
        entry = self.pages.get(place.page)
        if entry is None:
            self.toast(self.desk.words(NOWHERE), refused=True)
            return
        self._clear()
        if typed is None:
            typed = self.typing.recalled(place)
            is_old = bool(typed)
        self._to_the_wall(on_wall=entry.on_wall)
        page = self._built(entry, place, typed)
        self.page = page
        self.sheet.box.addWidget(page)
        self.desk.actions.show_page(page.actions_here())
        self.rail.light(entry.belongs_to or entry.key)
        self.top.show_trail(back=self.kept.trail.can_go_back, forward=self.kept.trail.can_go_forward)
        self.shown.emit()
        if typed.get("page"):
            page.resume(typed["page"])
        page.start()
        self.typing.watch(page, typed, is_old=is_old)
        QTimer.singleShot(0, page, self._focus_page)
        QTimer.singleShot(0, page, self._toast.place_again)

    def _built(self, entry: PageEntry, place: Place, typed: Typed) -> Page:
        """The page, or while people are hidden a notice instead of one that would name them."""
        closed = {WhileHidden.OPEN: False, WhileHidden.CLOSED: True}
        if self.shared.masking.on and closed.get(entry.while_hidden, bool(typed.get("page"))):
            from liaison.ui.pages.hidden_page import HiddenPage

            return HiddenPage(self.desk, place, title=entry.title)
        return entry.build(self.desk, place)

    def _to_the_wall(self, *, on_wall: bool) -> None:
        """A page for a whole room stands alone on the screen with people hidden; leaving it brings all back."""
        kept, masking = self.kept, self.shared.masking
        for part in (self.rail, self.top, self.status):
            part.setHidden(on_wall)
        if on_wall == kept.on_wall:
            return
        kept.on_wall = on_wall
        if on_wall:
            kept.hid, masking.on = not masking.on, True
        elif kept.hid:
            kept.hid, masking.on = False, False
        self.top.show_masked(masked=masking.on)
        window = self.window()
        full = Qt.WindowState.WindowFullScreen
        window.setWindowState(window.windowState() | full if on_wall else window.windowState() & ~full)

    def _at_the_foot(self) -> list[QWidget]:
        """What a toast must leave in sight: the status line with its undo, and every button of the page."""
        bars: list[QWidget] = [self.status]
        if self.page is not None:
            bars += [*self.page.findChildren(ActionBar), *self.page.findChildren(QPushButton)]
        return bars

    def _focus_page(self) -> None:
        """A page that does not say where typing goes gets the focus at its first place."""
        page, focused = self.page, self.focusWidget()
        if page is None or (focused is not None and page.isAncestorOf(focused)):
            return
        if focused is not self.top.search.line:
            _first_focus(page, but=BACK).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_restored(self) -> None:
        """Say over the page that half-typed text is back."""
        self._restored = RestoredLine(self.desk, discard=self._discard)
        self.sheet.box.insertWidget(0, self._restored)

    def _discard(self) -> None:
        """Give up what was typed on this page: it is built anew without it."""
        here = self.kept.trail.here
        self.typing.discard()
        if here is not None:
            self._show(here, {})

    def _clear(self) -> Typed:
        """Take the page off the sheet; what was typed in it is kept, and told."""
        page, self.page = self.page, None
        typed = self.typing.leave(is_saved=self._is_done)
        self._is_done = False
        if self._restored is not None:
            self._restored.hide()
            self._restored.deleteLater()
            self._restored = None
        if page is not None:
            self.shared.runner.forget(page)
            page.hide()
            self.sheet.box.removeWidget(page)
            page.setParent(None)
            page.deleteLater()
        return typed

    def _masked(self, masked: bool) -> None:
        self.top.show_masked(masked=masked)
        self.top.search.line.clear()
        self.rebuild_page()

    # search

    def _search(self, text: str, answer: Callable[[Sequence[Suggestion]], object]) -> None:
        from liaison.ui.palette import box_rows

        if text.startswith((">", "?")):
            answer(box_rows(self.desk, text, ()))
            return
        self.shared.runner.read(
            _find, text, owner=self, done=lambda found: answer(box_rows(self.desk, text, found)), key="search"
        )

    def _take(self, taken: Suggestion) -> None:
        from liaison.services import recents
        from liaison.ui.palette import Forget, opened_key

        key = opened_key(taken)
        if key:
            self.shared.runner.work(recents.remember, self.shared.runner.store, key, owner=self)
        if isinstance(taken.value, Forget):
            self.shared.runner.work(recents.forget, self.shared.runner.store, owner=self)
        elif isinstance(taken.value, Place):
            self.go(taken.value)
        elif isinstance(taken.value, Action):
            taken.value.run()
        elif callable(taken.value):
            taken.value()

    def focus_search(self) -> None:
        """Open the search box."""
        self.top.search.open()

    # edges

    def _saved(self) -> None:
        self.status.show_saved(self.shared.clock())

    def _look_at_late(self, _changes: object = None) -> None:
        """How much is late, for the rail."""
        if TODAY in self.pages and self.shared.runner.store is not None:
            show = partial(self.rail.show_late, TODAY)
            self.shared.runner.read(_late_count, owner=self, done=show, key="late")

    def _show_undo(self) -> None:
        step = self.undoing.undo_step
        self.status.show_undo(step.title.text(self.desk.words) if step is not None else "")
        self.shown.emit()

    def _look_changed(self) -> None:
        self.top.setFixedHeight(self.shared.theme.row_height(50))
        self.status.setFixedHeight(self.shared.theme.row_height(28))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The rail gives up its words in a narrow window."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.rail.set_narrow(narrow=self.width() < self.shared.theme.px(NARROW_BELOW))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape, where nothing on the page has a use for it, goes one step up; what is typed there is kept."""
        here = self.kept.trail.here
        if event.key() != Qt.Key.Key_Escape or here is None or event.modifiers():
            super().keyPressEvent(event)
        elif self.top.search.line.hasFocus() and self.page is not None:
            _first_focus(self.page).setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.pages[here.page].on_rail and self.kept.trail.can_go_back:
            self.back()

    def explain(self) -> None:
        """Shift+F1: show the help of the field that has the focus, or say where help is."""
        from liaison.ui.widgets.form import FieldBox

        widget: QWidget | None = self.focusWidget()
        while widget is not None and not isinstance(widget, FieldBox):
            widget = widget.parentWidget()
        if not (isinstance(widget, FieldBox) and widget.switch_help()):
            self.toast(self.desk.words(NO_HELP), refused=True)

    # panes

    def next_pane(self, steps: int = 1) -> None:
        """Move the focus to the next pane: rail, search, then the page's own from left to right."""
        stops = [stop for stop in (self.rail.focusProxy(), self.top.search.line, *self._panes()) if stop is not None]
        focused = self.focusWidget()
        here = next((n for n, stop in enumerate(stops) if stop is focused or stop.isAncestorOf(focused)), -1)
        target = stops[(here + steps) % len(stops)]
        _first_focus(target).setFocus(Qt.FocusReason.OtherFocusReason)

    def _panes(self) -> list[QWidget]:
        """What scrolls by itself on the page, from left to right, outermost only."""
        if self.page is None:
            return []
        found = [a for a in self.page.findChildren(QAbstractScrollArea) if a.isVisible() and _can_focus(a)]
        outer = [a for a in found if not any(o is not a and o.isAncestorOf(a) for o in found)]
        return sorted(
            outer, key=lambda a: (a.mapTo(self, a.rect().topLeft()).x(), a.mapTo(self, a.rect().topLeft()).y())
        )


def _find(session: Any, text: str) -> object:
    from liaison.services import recents, search

    if not text:
        return recents.last_opened(session)
    return search.find(session, text, used=recents.weights(session))


def _late_count(session: Any) -> int:
    from liaison.services import today

    return today.late_count(session, officer_id=session.info.get("officer_id"))


def _takes_focus(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled() and widget.isVisible()


def _can_focus(area: QWidget) -> bool:
    return _takes_focus(area) or any(_takes_focus(child) for child in area.findChildren(QWidget))


def _first_focus(widget: QWidget, *, but: str = "") -> QWidget:
    """The widget itself if it takes the focus, else the first inside that does, preferably not the one called so."""
    if _takes_focus(widget):
        return widget
    found = [child for child in widget.findChildren(QWidget) if _takes_focus(child)]
    return next((child for child in found if child.objectName() != but), next(iter(found), widget))


def later(owner: QWidget, run: Callable[[], object]) -> None:
    """Do something once the present event is over, unless the owner is gone by then."""
    QTimer.singleShot(0, owner, run)
