"""The headlines of a paper, each in a field: the sentence that was made, or the officer's own until it is released."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from liaison.i18n import N_
from liaison.reports.headlines import HeadlineLine
from liaison.ui.desk import Desk
from liaison.ui.theme import Role
from liaison.ui.widgets.buttons import link
from liaison.ui.widgets.editors import LongText
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import Section

HEADLINES = N_("Headlines")
HEADLINE = N_("Headline {number}")
BACK = N_("Back to the generated sentence")
NOTE = N_("In your own words: two lines at most, and only figures that stand on this paper.")
SHORT = 30
"""Letters that fit into one line of the side."""


class HeadlineFields(Section):
    """A field per headline. ``changed`` says that another sentence is wanted on the pages."""

    changed = Signal()

    def __init__(self, desk: Desk, lines: tuple[HeadlineLine, ...], own: Mapping[str, str]) -> None:
        words = desk.words
        super().__init__(words(HEADLINES))
        self._generated = {line.option: line.generated for line in lines}
        self._told = {option: text for option, text in own.items() if option in self._generated}
        self.fields: dict[str, LongText] = {}
        self._back: dict[str, QPushButton] = {}
        for line in lines:
            name = words(HEADLINE, number=line.number)
            if len(lines) > 1:
                self.add(Label(name, Role.SECOND))
            text = own.get(line.option) or line.generated
            field = LongText(desk, lines=2 if len(text) < SHORT else 3)
            field.set_name(name, words(NOTE))
            field.set_value(text)
            field.changed.connect(self._show_ways_back)
            field.committed.connect(self._left)
            self.fields[line.option] = field
            self.add(field)
            back = link(desk.icons, words(BACK), partial(self.take_back, line.option), icon="undo-2", small=True)
            self._back[line.option] = back
            self.add(back)
        self.add(Label(words(NOTE), Role.SECOND, wrap=True))
        self._show_ways_back()

    def own(self) -> dict[str, str]:
        """The officer's own sentences as they stand in the fields, by the option of each."""
        found = {option: " ".join(str(field.value()).split()) for option, field in self.fields.items()}
        return {option: text for option, text in found.items() if text and text != self._generated[option]}

    def take_back(self, option: str) -> None:
        """The sentence that was made, in its field and on the page again."""
        self.fields[option].set_value(self._generated[option])
        self._show_ways_back()
        self._left()

    def mark(self, wrong: frozenset[str]) -> None:
        """Show which sentences are refused."""
        for option, field in self.fields.items():
            field.mark(wrong=option in wrong)

    def at(self) -> tuple[str, int] | None:
        """In which field the officer is, and where in it."""
        for option, field in self.fields.items():
            if field.box.hasFocus():
                return option, field.box.textCursor().position()
        return None

    def go_to(self, option: str, position: int) -> None:
        """Be there again, after the page was made anew."""
        if option in self.fields:
            box = self.fields[option].box
            cursor = box.textCursor()
            cursor.setPosition(min(position, len(box.toPlainText())))
            box.setTextCursor(cursor)
            box.setFocus()

    def _left(self) -> None:
        own = self.own()
        if own != self._told:
            self._told = own
            self.changed.emit()

    def _show_ways_back(self) -> None:
        own = self.own()
        for option, button in self._back.items():
            button.setVisible(option in own or not str(self.fields[option].value()))
