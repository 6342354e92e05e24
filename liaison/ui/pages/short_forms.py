"""Short forms of a case: one record each, in the drawer at the right of a page.

Every one is a draft, the rows to show, and the service that takes it. What needs a look (a warning) is shown once and
saved with the second press; what is wrong stays at its field until it is mended.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from PySide6.QtWidgets import QWidget

from liaison.domain.errors import Refused
from liaison.domain.fields import fields_of
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services.changes import ChangedMeanwhile
from liaison.ui.desk import Desk
from liaison.ui.widgets.buttons import link, set_button_text
from liaison.ui.widgets.drawer import SAVE, Drawer, FormPane
from liaison.ui.widgets.form import Form

Draft = TypeVar("Draft")
Look = Callable[[Any], Iterable[Problem]]

SAVE_ANYWAY = N_("Save anyway")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """Where short forms are worked on: the desk, and the drawer they stand in."""

    desk: Desk
    drawer: Drawer

    def done(self, said: str) -> None:
        """Close the form and say what was done; ``said`` is marked and names nobody."""
        self.drawer.close_form()
        self.desk.toast(self.desk.words(said))


def begin(form: Form[Draft], draft: Draft, *, empty: Iterable[str] = ()) -> Form[Draft]:
    """Open a form on a new record: fields in ``empty`` stand blank until they are filled, whatever the draft holds."""
    form.set(draft)
    for name in empty:
        form.editor(name).set_value(None)
    return form


def offer(
    bench: Bench,
    form: Form[Draft],
    *,
    title: str,
    action: str,
    write: Callable[..., Any],
    before: tuple[object, ...] = (),
    said: str,
    save_word: str = SAVE,
    note: str = "",
    look: Look | None = None,
    draft: Callable[[Draft], Any] | None = None,
    done: Callable[[Any], object] | None = None,
    beside: QWidget | None = None,
) -> FormPane:
    """Stand a form in the drawer; Save hands its draft to ``write(session, *before, draft)`` as one action.

    ``title``, ``action`` and ``said`` are marked. ``look`` gives warnings that are shown once before the save;
    ``beside`` stands under the form.
    """
    words = bench.desk.words
    seen: set[tuple[str, str]] = set()

    def saved(answer: Any) -> None:
        bench.done(said)
        if done is not None:
            done(answer)

    def save() -> None:
        if look is not None and _has_news(form, look, seen):
            set_button_text(pane.save_button, words(SAVE_ANYWAY))
            return
        form.submit(action, write, *before, done=saved, draft=draft)

    content: QWidget = form if beside is None else _under(form, beside)
    pane = FormPane(bench.desk, title=words(title), content=content, save=save, save_word=save_word, note=note)
    return bench.drawer.open(pane)


def offer_again(
    bench: Bench,
    key: int,
    *,
    read: Callable[..., Any],
    form: Callable[[Any], Form[Any]],
    title: str,
    action: str,
    write: Callable[..., Any],
    look: Look | None = None,
    remove: Callable[..., Any] | None = None,
    removing: str = "",
) -> None:
    """Read what a record holds now, then offer it to be changed: ``write(session, key, draft)`` takes it.

    ``form`` builds the form for the draft that was read; ``remove`` takes the record off, as the action ``removing``.
    """

    def opened(draft: Any) -> None:
        same = _Unchanged(read, draft)
        beside = take_off(bench, same.before(remove), key, action=removing) if remove is not None else None
        offer(
            bench, begin(form(draft), draft), title=title, action=action, write=same.before(write), before=(key,),
            said=N_("Saved"), look=look, beside=beside,
        )  # fmt: skip

    name = f"{read.__module__}.{read.__name__}"
    bench.desk.runner.read(read, key, owner=bench.drawer, done=opened, key=name)


class _Unchanged:
    """Holds a save against what the form opened with: what changed meanwhile is told once, never written over."""

    def __init__(self, read: Callable[..., Any], draft: Any) -> None:
        self._read, self._seen = read, draft

    def before(self, write: Callable[..., Any]) -> Callable[..., Any]:
        """The same service function, which raises ``ChangedMeanwhile`` first where the record reads otherwise now."""

        @wraps(write)
        def held(session: Any, key: int, *more: Any) -> Any:
            now, seen = self._read(session, key), self._seen
            if now != seen:
                self._seen = now
                labels = {
                    spec.name: spec.label
                    for spec in fields_of(type(seen))
                    if getattr(seen, spec.name) != getattr(now, spec.name)
                }
                raise ChangedMeanwhile([*labels], labels)
            return write(session, key, *more)

        return held


def take_off(bench: Bench, remove: Callable[..., Any], key: int, *, action: str) -> QWidget:
    """The link under a form that takes its record off; one undo brings it back."""
    desk = bench.desk

    def run() -> None:
        desk.runner.write(action, remove, key, owner=bench.drawer, done=lambda _c: bench.done(N_("Removed")))

    button = link(desk.icons, desk.words(N_("Remove it")), run, icon="trash-2", small=True)
    button.setAccessibleName(desk.words(action))
    button.setObjectName("take_off")
    return button


def _has_news(form: Form[Any], look: Look, seen: set[tuple[str, str]]) -> bool:
    """Whether there are warnings that have not been shown yet; shows them."""
    try:
        draft = form.read()
    except Refused:
        return False
    found = tuple(look(draft))
    if any(p.severity == "error" for p in found):
        return False
    news = {(p.code, p.field) for p in found} - seen
    seen |= news
    if news:
        form.show(found)
    return bool(news)


def _under(form: QWidget, beside: QWidget) -> QWidget:
    from PySide6.QtWidgets import QVBoxLayout

    both = QWidget()
    box = QVBoxLayout(both)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(12)
    box.addWidget(form)
    box.addWidget(beside)
    return both
