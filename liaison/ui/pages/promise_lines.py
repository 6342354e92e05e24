"""A promised payment as one line: what, from whom, by when; kept or taken off with one press."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from liaison.i18n import N_, upper_first
from liaison.services import promises
from liaison.services.promises import PromiseView
from liaison.ui.desk import Desk
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import icon_button
from liaison.ui.widgets.parts import Marked
from liaison.ui.widgets.shapes import Shape


def promise_line(desk: Desk, promise: PromiseView, *, owner: QWidget) -> QWidget:
    """One promise; late ones are red, kept ones quiet."""
    words = desk.words
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 2)
    row.setSpacing(2)
    what = words(
        N_("{what} {amount} from {who} by {day}"),
        what=upper_first(words(promise.kind.label)), amount=promise.amount, who=words(promise.promised_by.label),
        day=promise.kept_on or promise.due_on,
    )  # fmt: skip
    shape, tone = Shape.WAITING, Tone.AMBER
    if promise.kept_on is not None:
        shape, tone = Shape.DONE, Tone.GREEN
    elif promise.is_late:
        shape, tone = Shape.LATE, Tone.RED
    row.addWidget(Marked(desk, what, shape, tone, role=Role.SECOND, ground="sunken", wrap=True), 1)
    if promise.kept_on is None:
        kept, off = words(N_("It was paid")), words(N_("Take this promise off"))
        row.addWidget(icon_button(desk.icons, "check", kept, partial(_keep, desk, promise.id, owner), size=13))
        row.addWidget(icon_button(desk.icons, "x", off, partial(_take_off, desk, promise.id, owner), size=12))
    return holder


def _keep(desk: Desk, key: int, owner: QWidget) -> None:
    said = desk.words(N_("Promise kept"))
    desk.runner.write(
        N_("Keep a promise to pay"), promises.keep_promise, key, owner=owner, done=lambda _: desk.toast(said)
    )


def _take_off(desk: Desk, key: int, owner: QWidget) -> None:
    said = desk.words(N_("Promise taken off"))
    desk.runner.write(
        N_("Take a promise off"), promises.take_off_promise, key, owner=owner, done=lambda _: desk.toast(said)
    )
