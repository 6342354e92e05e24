"""The line that narrows a history: words, officer, kind of step, field, and the days between which it happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from liaison.i18n import N_
from liaison.services import office_history
from liaison.services.history import HistoryLine
from liaison.services.office_history import StepKind
from liaison.ui.desk import Desk
from liaison.ui.typed import Unreadable
from liaison.ui.widgets.date_edit import DateEdit
from liaison.ui.widgets.editors import Choice, Editor, TextEdit
from liaison.ui.widgets.kept_editors import kept_of, put_back
from liaison.ui.widgets.parts import LEFT, RIGHT

LEAST = 96
"""Logical pixels a field keeps in a narrow window or at large text."""
WAIT_MS = 150
"""A filter follows the typing after a breath."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody looks for."""

    text: str = ""
    who: str = ""
    kind: StepKind | None = None
    field: tuple[str, str] | None = None
    since: dt.date | None = None
    until: dt.date | None = None


class HistoryFilter(QWidget):
    """``changed`` when it narrows otherwise than before. Escape in the search line clears everything."""

    changed = Signal()

    def __init__(self, desk: Desk, *, of_office: bool) -> None:
        super().__init__()
        self._desk = desk
        self._titles: dict[str, str] = {}
        words = desk.words
        row = QHBoxLayout(self)
        row.setContentsMargins(LEFT, 0, RIGHT, 10)
        row.setSpacing(8)
        self.search = TextEdit(desk, placeholder=words(N_("Who or what")))
        self.search.line.installEventFilter(self)
        self.officer = Choice(desk, [], none=words(N_("Everybody")), search=False)
        self.kind = Choice(desk, [(k, words(k.label)) for k in StepKind], none=words(N_("All kinds")), search=False)
        self.field = Choice(desk, [], none=words(N_("All fields")), search=False)
        self.since, self.until = DateEdit(desk), DateEdit(desk)
        parts: list[tuple[Editor, str, int]] = [
            (self.search, N_("Filter this list"), 0), (self.officer, N_("Who"), 130),
            (self.kind, N_("Kind of step"), 150), (self.field, N_("Field"), 180),
            (self.since, N_("From this day"), 130), (self.until, N_("To this day"), 130),
        ]  # fmt: skip
        for editor, name, width in parts:
            editor.set_name(words(name))
            editor.setMinimumWidth(LEAST)
            if width:
                editor.setMaximumWidth(desk.theme.px(width))
            row.addWidget(editor, width or 240)
        self.since.line.setPlaceholderText(words(N_("from")))
        self.until.line.setPlaceholderText(words(N_("to")))
        self.kind.setVisible(of_office)
        if of_office:
            fields = office_history.fields_to_look_for()
            self.field.set_choices(
                [(key, f"{words(noun)}: {words(label)}") for key, noun, label in fields], none=words(N_("All fields"))
            )
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(WAIT_MS)
        self._soon.timeout.connect(self.changed.emit)
        self.search.changed.connect(self._soon.start)
        for choice in (self.officer, self.kind, self.field):
            choice.changed.connect(self.changed.emit)
        for day in (self.since, self.until):
            day.committed.connect(self.changed.emit)
        self._kept: dict[str, object] = {}

    # what can be chosen

    def know(self, known: tuple[list[str], list[str]]) -> None:
        """The titles that occur, and the officers."""
        titles, people = known
        self._titles = {title: self._desk.words(title).casefold() for title in titles}
        self._offer_people(people)

    def know_lines(self, lines: Sequence[HistoryLine]) -> None:
        """The officers and fields of one record."""
        words = self._desk.words
        self._offer_people(sorted({line.who for line in lines if line.who != "system"}))
        fields = {(x.record_kind, x.field): f"{words(x.noun)}: {words(x.label)}" for x in lines if x.label}
        kept = kept_of(self.field)
        self.field.set_choices(sorted(fields.items(), key=lambda f: f[1]), none=words(N_("All fields")))
        put_back(self.field, kept)
        self._put_back()

    def _offer_people(self, people: Sequence[str]) -> None:
        kept = kept_of(self.officer)
        self.officer.set_choices([(p, p) for p in people], none=self._desk.words(N_("Everybody")))
        put_back(self.officer, kept)
        self._put_back()

    # what is asked

    def asked(self) -> Asked:
        """What is looked for; a day that cannot be read narrows nothing."""
        return Asked(
            text=str(self.search.value()), who=str(self.officer.value() or ""), kind=self.kind.value(),
            field=self.field.value(), since=_day(self.since), until=_day(self.until),
        )  # fmt: skip

    def titles(self) -> tuple[str, ...]:
        """The titles whose words in this language hold what was typed."""
        typed = str(self.search.value()).casefold()
        return tuple(title for title, text in self._titles.items() if typed in text) if typed else ()

    def is_narrowed(self) -> bool:
        """Whether anything is looked for."""
        return self.asked() != Asked()

    def clear(self) -> None:
        """Everything again."""
        for editor in self._editors().values():
            editor.set_value(None)
        self.changed.emit()

    def focus_search(self) -> None:
        """Type what to look for."""
        self.search.inner().setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape shows everything again."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and event.key() == Qt.Key.Key_Escape and self.is_narrowed():  # type: ignore[attr-defined]
            self.clear()
            return True
        return super().eventFilter(watched, event)

    # keeping

    def _editors(self) -> dict[str, Any]:
        return {
            "typed": self.search, "who": self.officer, "kind": self.kind, "field": self.field, "since": self.since,
            "until": self.until,
        }  # fmt: skip

    def keep(self) -> dict[str, object]:
        """How the list is narrowed, as plain values."""
        return {name: kept_of(editor) for name, editor in self._editors().items()}

    def resume(self, kept: dict[str, object]) -> None:
        """As it was; what is not offered yet waits until it is."""
        self._kept = dict(kept)
        self._put_back()

    def _put_back(self) -> None:
        for name, editor in self._editors().items():
            if name in self._kept:
                put_back(editor, self._kept[name])
                if kept_of(editor) == self._kept[name]:
                    del self._kept[name]


def _day(editor: DateEdit) -> dt.date | None:
    try:
        value = editor.value()
    except Unreadable:
        return None
    return value if isinstance(value, dt.date) else None
