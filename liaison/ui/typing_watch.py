"""Watches the page on the sheet so that nothing typed is lost: not by a lock, not by another page, not by a kill.

Once a second it looks at what stands in fields; what changed is written to the encrypted store, so that the end of the
program costs at most two seconds of text. What was typed in a place stands there again when the place is next shown.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer
from shiboken6 import isValid

from liaison.ui.half_typed import HalfTyped, Typed, place_key
from liaison.ui.kept import WINDOW, Kept
from liaison.ui.page import Page
from liaison.ui.places import Place
from liaison.ui.reopening import NotYet, open_again
from liaison.ui.widgets.drawer import Drawer, FormPane
from liaison.ui.widgets.form import Form
from liaison.ui.widgets.in_place import InPlace
from liaison.ui.widgets.kept_editors import HalfWritten, kept_of, put_back
from liaison.ui.widgets.note_line import NoteLine

LOOK_EVERY_MS = 1000
TRY_EVERY_MS = 60
TRIES = 80
"""A page that has not read its record after five seconds will not open the form again."""


class TypingWatch(QObject):
    """One per frame. ``show_restored`` puts a line over the page, with a way to discard."""

    def __init__(
        self, frame: QObject, half_typed: HalfTyped, kept: Kept, *, show_restored: Callable[[], object]
    ) -> None:
        super().__init__(frame)
        self._half_typed = half_typed
        self._kept = kept
        self._show_restored = show_restored
        self._page: Page | None = None
        self._holds = 0
        self._pending: Typed = {}
        self._tries = 0
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self._opening = QTimer(self)
        self._opening.setInterval(TRY_EVERY_MS)
        self._opening.timeout.connect(self._try_again)

    # a page comes

    def recalled(self, place: Place) -> Typed:
        """What was left half-typed in a place."""
        return self._half_typed.recall(place_key(place))

    def watch(self, page: Page, brought: Typed, *, is_old: bool) -> None:
        """The page is on the sheet; ``brought`` is what it was given to resume, ``is_old`` if that should be said."""
        self._page = page
        self._holds = 3 if brought else 0
        self._pending = {k: v for k, v in brought.items() if k in ("form", "in_place") and v}
        if is_old and brought:
            self._show_restored()
        self._tries = TRIES
        if self._pending:
            self._opening.start()
            self._try_again()

    def _try_again(self) -> None:
        """Open the form that stood open, once the page has read what it needs."""
        page = self._page
        self._tries -= 1
        if page is None or self._tries < 0 or not self._pending:
            self._opening.stop()
            self._pending = self._pending if page is not None and page.desk.masking.on else {}
            return
        form, facts = self._pending.get("form"), self._pending.get("in_place", {})
        if form and _reopened(page, form):
            del self._pending["form"]
        left = {name: text for name, text in facts.items() if not _retyped(page, name, text)}
        if facts and not left:
            del self._pending["in_place"]
        elif facts:
            self._pending["in_place"] = left

    # looking

    def snapshot(self) -> Typed:
        """What the page wants back, the form that stands open, and facts being edited where they stand."""
        page = self._page
        if page is None or not isValid(page):
            self._page = None
            return {}
        drawer = _drawer(page)
        form = drawer.form if drawer is not None else None
        call = dict(form.opener.call) if form is not None and form.opener is not None else {}
        facts = {f.shown.objectName(): kept_of(f.editor) for f in page.findChildren(InPlace) if f.editor is not None}
        pending = self._pending
        return {
            "page": page.keep(),
            "form": call or pending.get("form", {}),
            "in_place": facts or pending.get("in_place", {}),
            "typing": is_typing(page),
        }

    def look(self) -> None:
        """Keep what is typed now, and hand it to the store."""
        self._note(self.snapshot())
        self._half_typed.write()

    def _note(self, now: Typed) -> None:
        page = self._page
        if page is None:
            return
        drawer = _drawer(page)
        typing = bool(now["typing"])
        in_form = drawer.keep_form() if drawer is not None and drawer.form is not None else False
        if typing:
            self._holds = 0
            kept = {k: v for k, v in (("page", page.keep_typed()), ("in_place", now["in_place"])) if v}
            self._half_typed.keep(place_key(page.place), kept)
        elif self._holds > 0:
            self._holds -= 1
        else:
            self._half_typed.forget(place_key(page.place))
        self._half_typed.keep(WINDOW, self._kept.plain(now) if typing or in_form else {})

    def leave(self, *, is_saved: bool = False) -> Typed:
        """The page goes: keep what is typed there, unless it says that it is done."""
        page, now = self._page, self.snapshot()
        if page is None:
            return {}
        self._note(now)
        if is_saved:
            self._half_typed.forget(place_key(page.place))
        self._half_typed.forget(WINDOW)
        self._half_typed.write()
        self._page = None
        self._pending = {}
        return now

    def discard(self) -> None:
        """Give up what was typed on this page."""
        if self._page is not None:
            self._half_typed.forget(place_key(self._page.place))
            self._half_typed.forget(WINDOW)
            self._half_typed.write()
        self._page = None


def is_typing(page: Page) -> bool:
    """Whether there is text on the page that a save has not taken: not counting the form in its drawer."""
    if any(note.line.text().strip() for note in page.findChildren(NoteLine)):
        return True
    if any(fact.editor is not None for fact in page.findChildren(InPlace)):
        return True
    if any(part.dirty for part in page.findChildren(HalfWritten)):
        return True
    return any(form.dirty for form in page.findChildren(Form) if not _in_drawer(form, page))


def _in_drawer(form: Form[Any], page: Page) -> bool:
    parent = form.parentWidget()
    while parent is not None and parent is not page:
        if isinstance(parent, FormPane):
            return True
        parent = parent.parentWidget()
    return False


def _drawer(page: Page) -> Drawer | None:
    found = page.findChildren(Drawer)
    return next((d for d in found if d.form is not None), next(iter(found), None))


def _reopened(page: Page, call: Typed) -> bool:
    from liaison.ui.pages.short_forms import Bench

    drawer = _drawer(page)
    if drawer is None or drawer.form is not None:
        return drawer is not None
    bench = getattr(page, "bench", None) or Bench(desk=page.desk, drawer=drawer)
    try:
        open_again(call, bench, page)
    except NotYet:
        return False
    return True


def _retyped(page: Page, name: str, text: Any) -> bool:
    fact = next((f for f in page.findChildren(InPlace) if f.shown.objectName() == name), None)
    if fact is None:
        return False
    fact.edit()
    if fact.editor is None:
        return False  # people are hidden: it stays kept until they are shown
    put_back(fact.editor, text)
    return True
