"""What the headings and status words of a list mean: said once, remembered for the next list like it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison.domain.names import fold
from liaison.exchange.field_labels import FIELD_LABELS
from liaison.i18n import N_
from liaison.ui.desk import Desk
from liaison.ui.pages.import_rows import Review
from liaison.ui.theme import Role
from liaison.ui.widgets.drawer import FormPane
from liaison.ui.widgets.editors import Choice
from liaison.ui.widgets.label import Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What was said: fields by folded heading (empty ignores a column), codes of states by folded word."""

    columns: dict[str, str] = field(default_factory=dict)
    statuses: dict[str, str] = field(default_factory=dict)


class Meanings(QWidget):
    """One chooser for each heading and each status word of the list. ``wanted`` carries what was said."""

    wanted = Signal(object)
    closed = Signal()

    def __init__(self, desk: Desk, review: Review, states: Sequence[tuple[str, str]], said: Said) -> None:
        super().__init__()
        words = desk.words
        self._said = said
        self.columns: dict[str, Choice] = {}
        self.statuses: dict[str, Choice] = {}
        content = QWidget()
        box = QVBoxLayout(content)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        if review.words:
            box.addWidget(Label(words(N_("Status words")), Role.SECTION))
            for word in review.words:
                choice = Choice(desk, [(code, words(label)) for code, label in states], none=words(N_("not said yet")))
                choice.set_value(said.statuses.get(fold(word.raw)) or word.code or None)
                name = words(N_("“{word}”, {count} rows"), word=word.raw, count=word.count)
                choice.set_name(name)
                box.addWidget(Label(name, Role.LABEL, wrap=True, buddy=choice.inner()))
                box.addWidget(choice)
                self.statuses[fold(word.raw)] = choice
        if review.columns:
            box.addWidget(Label(words(N_("Columns")), Role.SECTION))
            for heading, name in dict(review.columns).items():
                fields = [(key, words(label)) for key, label in FIELD_LABELS.items()]
                choice = Choice(desk, fields, none=words(N_("leave this column out")))
                choice.set_value(name or None)
                choice.set_name(heading)
                box.addWidget(Label(heading, Role.LABEL, wrap=True, buddy=choice.inner()))
                box.addWidget(choice)
                self.columns[heading] = choice
        self._before = {heading: choice.value() for heading, choice in self.columns.items()}
        pane = FormPane(
            desk,
            title=words(N_("Columns and words")),
            content=content,
            save=self._save,
            save_word=N_("Remember"),
        )
        pane.closed.connect(self.closed.emit)
        pane.given_up.connect(self.closed.emit)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(pane)

    def _save(self) -> None:
        columns = dict(self._said.columns)
        for heading, choice in self.columns.items():
            if choice.value() != self._before[heading]:
                columns[fold(heading)] = str(choice.value() or "")
        statuses = dict(self._said.statuses)
        for word, choice in self.statuses.items():
            if choice.value():
                statuses[word] = str(choice.value())
        self.wanted.emit(Said(columns=columns, statuses=statuses))
