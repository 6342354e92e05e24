"""What the cards beside the lists of agreements share: their frame, facts, and rows with a small menu."""

from __future__ import annotations

import datetime as dt
from abc import abstractmethod
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from liaison.domain.action_plans import Progress
from liaison.domain.indicators import Mark
from liaison.i18n import Language
from liaison.ui.desk import Desk
from liaison.ui.pages.page_parts import MenuRow, menu_of
from liaison.ui.pages.short_forms import Bench
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.badge import Badge, BadgeView, closed, done, late, under_way, warning
from liaison.ui.widgets.buttons import menu_button
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import PANE_PADDING, EmptyState, Pane, clear
from liaison.ui.widgets.shapes import Shape
from liaison.ui.widgets.step_row import StepRow

PROGRESS: dict[Progress, tuple[Shape, Tone]] = {
    Progress.LATE: (Shape.LATE, Tone.RED),
    Progress.UNDER_WAY: (Shape.OPEN, Tone.BLUE),
    Progress.TO_COME: (Shape.CLOSED, Tone.GREY),
    Progress.DONE: (Shape.DONE, Tone.GREEN),
    Progress.DROPPED: (Shape.CLOSED, Tone.GREY),
}
"""Shape and tone of how something promised stands."""

_MARKS = {
    Mark.MET: done,
    Mark.ON_WAY: under_way,
    Mark.BEHIND: warning,
    Mark.NO_BASELINE: closed,
    Mark.NO_TARGET: closed,
    Mark.NO_FIGURE: closed,
}


def progress_badge(desk: Desk, progress: Progress, days_late: int) -> Badge:
    """How something promised stands, as a shape and a word."""
    words = desk.words
    if progress is Progress.LATE:
        return late(words.plural("late by {count} day", "late by {count} days", days_late))
    shape, tone = PROGRESS[progress]
    return Badge(text=words(progress.label), shape=shape, tone=tone)


def mark_badge(desk: Desk, mark: Mark) -> Badge:
    """How far an indicator is, as a shape and a word."""
    return _MARKS[mark](desk.words(mark.label))


Do = Callable[[], object]


class Card(QWidget):
    """The card of the row that is chosen. ``bench`` is where its forms open."""

    icon = "file-check"
    nothing = ""
    """Marked words for when nothing is chosen."""
    more = ""
    """Marked name of its menu."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.bench: Bench | None = None
        self.key: int | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self.show_nothing()

    # what a card differs in

    @abstractmethod
    def read(self, key: int) -> None:
        """Read the record and hand it to :meth:`show_view`."""

    @abstractmethod
    def fill(self, pane: Pane) -> None:
        """Put everything known of it into the pane."""

    @abstractmethod
    def rows(self) -> Sequence[MenuRow]:
        """What its menu offers."""

    @abstractmethod
    def edit(self) -> None:
        """Open its form."""

    def letters(self) -> dict[str, Do]:
        """What single letters do on its row."""
        return {}

    # showing

    def show_key(self, key: int | None) -> None:
        """Read and show one record, or nothing."""
        self.key = key
        if key is None:
            self.show_nothing()
        else:
            self.read(key)

    def show_nothing(self) -> None:
        """Nothing is chosen."""
        self.key = None
        clear(self._box)
        sentence = self.desk.words(self.nothing) if self.nothing else ""
        pane = Pane(self.desk, side="right", name=sentence)
        pane.add(EmptyState(self.desk, icon=self.icon, sentence=sentence))
        pane.finish()
        self._box.addWidget(pane)

    def draw(self, name: str) -> None:
        """Draw the card anew from what was read."""
        clear(self._box)
        pane = Pane(self.desk, side="right", padding=PANE_PADDING, name=name)
        self.fill(pane)
        pane.finish()
        self._box.addWidget(pane)

    def head(self, title: str, about: str, badge: Badge | None) -> QWidget:
        """The record's name, what it is, how it stands, and its menu."""
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 6)
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(Label(title, Role.CARD, wrap=True))
        if about:
            names.addWidget(Label(about, Role.SECOND, wrap=True))
        if badge is not None:
            names.addWidget(BadgeView(self.desk.theme, badge.in_head()))
        row.addLayout(names, 1)
        row.addWidget(menu_button(self.desk.icons, self.desk.words(self.more), menu_of(self, self.rows())))
        return head

    def step(
        self, text: str, state: tuple[Shape, Tone], *, beside: str, spoken: str, name: str, rows: Sequence[MenuRow],
        hint: str = "",
    ) -> StepRow:  # fmt: skip
        """One line with a shape; pressed, it opens its small menu."""
        row = StepRow(self.desk, text, shape=state[0], tone=state[1], beside=beside, spoken=spoken)
        if hint:
            row.setToolTip(hint)
        row.setObjectName(name)
        row.clicked.connect(lambda _on=False: menu_of(row, rows).popup(row.mapToGlobal(row.rect().bottomLeft())))
        return row

    def quiet(self, label: str, value: str) -> Label:
        """``label: value`` on lines of its own; ``label`` is marked."""
        words = self.desk.words
        return Label(words("{label}: {value}", label=words(label), value=value), Role.SECOND, wrap=True)

    def day(self, day: dt.date | None) -> str:
        """A date, or nothing."""
        return self.desk.formats.date(day) if day is not None else ""

    def history_of(self, kind: str, key: int | None) -> None:
        """Who changed what in a record."""
        if key is not None:
            self.desk.go("history", key, kind=kind)


def figure(value: Decimal, words: Language) -> str:
    """A figure without idle noughts: ``1.7``, ``30``."""
    if value == value.to_integral_value():
        return words.formats.number(int(value))
    return words.formats.number(value, max(1, -int(value.normalize().as_tuple().exponent)))


def take(owner: Any, title: str, service: Callable[..., Any], *arguments: object, said: str) -> None:
    """Write one step and say so; ``title`` and ``said`` are marked."""
    desk: Desk = owner.desk
    desk.runner.write(
        title, service, *arguments, owner=owner, done=lambda _changes: desk.toast(desk.words(said))
    )  # fmt: skip
