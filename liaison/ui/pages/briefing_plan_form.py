"""The requests and promises of a city briefing, written beside its preview."""

from __future__ import annotations

import datetime as dt
from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from liaison.i18n import N_
from liaison.services.briefing_plans import BriefingPlan, PlannedPromise, PlannedRequest
from liaison.ui.desk import Desk
from liaison.ui.theme import Role
from liaison.ui.widgets.buttons import icon_button, link
from liaison.ui.widgets.date_edit import DateEdit
from liaison.ui.widgets.editors import Editor, TextEdit
from liaison.ui.widgets.kept_editors import HalfWritten, kept_of, put_back
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import clear, hairline

SUGGESTED = N_(
    "These requests are suggested by the figures. Saving makes them yours; with none, the suggested ones are printed."
)
WITHOUT = N_("With no request here, the ones the figures suggest are printed.")

Planned = PlannedRequest | PlannedPromise


class PlanForm(HalfWritten):
    """Two short lists that can be written, put in order and shortened."""

    def __init__(self, desk: Desk, plan: BriefingPlan, *, suggested: tuple[PlannedRequest, ...] = ()) -> None:
        super().__init__()
        self._desk = desk
        words = desk.words
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        is_suggested = not plan.requests and bool(suggested)
        column.addWidget(Label(words(N_("Requests")), Role.SECTION))
        column.addWidget(Label(words(SUGGESTED if is_suggested else WITHOUT), Role.SECOND, wrap=True))
        self.requests = _Rows(desk, partial(_RequestRow, desk), words(N_("Add a request")))
        self.requests.show_all(plan.requests or suggested)
        column.addWidget(self.requests)
        column.addWidget(hairline())
        column.addWidget(Label(words(N_("Promises of the last visit")), Role.SECTION))
        self.promised_on = DateEdit(desk)
        self.promised_on.set_name(words(N_("Promised on")))
        self.promised_on.set_value(plan.promised_on)
        column.addWidget(_named(words(N_("Promised on")), self.promised_on))
        self.promises = _Rows(desk, partial(_PromiseRow, desk), words(N_("Add a promise")))
        self.promises.show_all(plan.promises)
        column.addWidget(self.promises)
        column.addStretch(1)
        self._at_first = self.keep()

    @property
    def dirty(self) -> bool:
        """Whether something stands here that was not here when the form opened."""
        return self.keep() != self._at_first

    def keep(self) -> dict[str, Any]:
        """Everything as it stands, also what cannot be read yet."""
        return {
            "requests": self.requests.keep(),
            "promises": self.promises.keep(),
            "promised_on": kept_of(self.promised_on),
        }

    def resume(self, kept: Mapping[str, Any]) -> None:
        """Put back what :meth:`keep` gave."""
        self.requests.resume(kept.get("requests", ()))
        self.promises.resume(kept.get("promises", ()))
        put_back(self.promised_on, kept.get("promised_on", ""))

    def plan(self) -> BriefingPlan:
        """What stands in the form. Raises ``Refused`` for a day that cannot be read."""
        requests = [one for one in self.requests.values() if isinstance(one, PlannedRequest)]
        promises = [one for one in self.promises.values() if isinstance(one, PlannedPromise)]
        return BriefingPlan(requests=tuple(requests), promises=tuple(promises), promised_on=self.promised_on.value())


class _Rows(QWidget):
    """Rows in an order, with a button for one more."""

    def __init__(self, desk: Desk, build: Callable[[Planned | None, int], _Row], add_word: str) -> None:
        super().__init__()
        self._desk, self._build = desk, build
        self.rows: list[_Row] = []
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        self._box = QVBoxLayout()
        self._box.setSpacing(12)
        outer.addLayout(self._box)
        self.add_button = link(desk.icons, add_word, self.add, icon="plus")
        outer.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_all(self, planned: tuple[Planned, ...], *, focus: int | None = None) -> None:
        """Show these, and go to the first field of one of them."""
        clear(self._box)
        self.rows = []
        for number, one in enumerate(planned):
            row = self._build(one, number + 1)
            row.add_buttons(
                self._desk, up=partial(self.up, number) if number else None, away=partial(self.away, number)
            )
            self.rows.append(row)
            self._box.addWidget(row)
        if focus is not None and self.rows:
            self.rows[min(focus, len(self.rows) - 1)].first.setFocus()

    def values(self) -> tuple[Planned, ...]:
        """Every row as it stands."""
        return tuple(row.value() for row in self.rows)

    def keep(self) -> list[list[Any]]:
        """What stands in every field, row by row."""
        return [[kept_of(editor) for editor in row.editors] for row in self.rows]

    def resume(self, kept: Sequence[Sequence[Any]]) -> None:
        """As many rows as were kept, with what stood in them."""
        self.show_all(tuple(self._build(None, 0).value() for _each in kept))
        for row, values in zip(self.rows, kept, strict=True):
            for editor, value in zip(row.editors, values, strict=False):
                put_back(editor, value)

    def add(self) -> None:
        """One more, empty."""
        empty: Planned = self._build(None, 0).value()
        self.show_all((*self.values(), empty), focus=len(self.rows))

    def up(self, number: int) -> None:
        """This one before the one above it."""
        found = list(self.values())
        found[number - 1], found[number] = found[number], found[number - 1]
        self.show_all(tuple(found), focus=number - 1)

    def away(self, number: int) -> None:
        """This one is not asked or promised."""
        found = list(self.values())
        del found[number]
        self.show_all(tuple(found), focus=number)


class _Row(QWidget):
    """One request or promise: its fields one below the other."""

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__()
        self._desk, self._title = desk, title
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._head = QHBoxLayout()
        self._head.addWidget(Label(title, Role.SECOND), 1)
        self._column.addLayout(self._head)
        self.first: QWidget = self
        self.editors: list[Editor] = []

    def add_buttons(self, desk: Desk, *, up: Callable[[], None] | None, away: Callable[[], None]) -> None:
        """Up and away, each named with the row it belongs to."""
        higher, remove = desk.words(N_("Move up")), desk.words(N_("Remove"))
        if up is not None:
            self._head.addWidget(icon_button(desk.icons, "arrow-up", f"{self._title}: {higher}", up))
        self._head.addWidget(icon_button(desk.icons, "trash-2", f"{self._title}: {remove}", away))

    def text(self, name: str, value: str) -> TextEdit:
        """A line to write in."""
        editor = TextEdit(self._desk, placeholder=name)
        editor.set_name(f"{self._title}: {name}")
        editor.set_value(value)
        self.editors.append(editor)
        self._column.addWidget(editor)
        return editor

    def day(self, name: str, value: dt.date | None) -> DateEdit:
        """A day with its name beside it."""
        editor = DateEdit(self._desk)
        editor.set_name(f"{self._title}: {name}")
        editor.set_value(value)
        self.editors.append(editor)
        self._column.addWidget(_named(name, editor))
        return editor

    @abstractmethod
    def value(self) -> Planned:
        """The row as it stands."""


class _RequestRow(_Row):
    def __init__(self, desk: Desk, planned: Planned | None, number: int) -> None:
        words = desk.words
        super().__init__(desk, words(N_("Request {number}"), number=number))
        one = planned if isinstance(planned, PlannedRequest) else PlannedRequest()
        self.who = self.text(words(N_("Who")), one.who)
        self.what = self.text(words(N_("What")), one.what)
        self.by = self.day(words(N_("By when")), one.by)
        self.first = self.who

    def value(self) -> PlannedRequest:
        """The request as it stands."""
        return PlannedRequest(who=self.who.value() or "", what=self.what.value() or "", by=self.by.value())


class _PromiseRow(_Row):
    def __init__(self, desk: Desk, planned: Planned | None, number: int) -> None:
        words = desk.words
        super().__init__(desk, words(N_("Promise {number}"), number=number))
        one = planned if isinstance(planned, PlannedPromise) else PlannedPromise()
        self.what = self.text(words(N_("What")), one.what)
        self.who = self.text(words(N_("Who")), one.who)
        self.due = self.day(words(N_("Due")), one.due)
        self.kept_on = self.day(words(N_("Kept on")), one.kept_on)
        self.note = self.text(words(N_("What became of it")), one.note)
        self.first = self.what

    def value(self) -> PlannedPromise:
        """The promise as it stands."""
        return PlannedPromise(
            what=self.what.value() or "",
            who=self.who.value() or "",
            due=self.due.value(),
            kept_on=self.kept_on.value(),
            note=self.note.value() or "",
        )


def _named(name: str, editor: QWidget) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    label = Label(name, Role.SECOND)
    label.setMinimumWidth(96)
    row.addWidget(label)
    row.addWidget(editor, 1)
    return box
