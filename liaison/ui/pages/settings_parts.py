"""What the pages of the settings share: sentences with a choice inside them, a title, and a way back to the usual."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import ClassVar

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from liaison.i18n import N_
from liaison.ui.desk import Desk
from liaison.ui.theme import Role
from liaison.ui.widgets.buttons import secondary
from liaison.ui.widgets.editors import Choice, Editor
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import Pane

WIDEST = 640
NOTHING_USUAL = N_("Nothing here has a usual value to restore: these are your office's own records.")


class Part(QWidget):
    """One page of the settings. What is changed holds at once."""

    sentences: ClassVar[tuple[str, ...]] = ()
    """What can be set here, in the words that the search looks through; marked."""

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__()
        self.desk = desk
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        self.pane = Pane(desk, side="middle", padding=18, name=desk.words(title))
        self.pane.body.setSpacing(6)
        box.addWidget(self.pane)

    def put(self, widget: QWidget, *, space: int = 0) -> None:
        """Add something under what is there, no wider than a line is read."""
        widget.setMaximumWidth(round(WIDEST * max(1.0, self.desk.theme.zoom / 100)))
        self.pane.add(widget, space=space)

    def say(self, text: str) -> None:
        """Add a quiet sentence; ``text`` is marked."""
        self.put(Label(self.desk.words(text), Role.SECOND, wrap=True))

    def heading(self, text: str) -> None:
        """Begin a part; ``text`` is marked."""
        self.pane.body.addSpacing(10)
        self.put(Label(self.desk.words(text), Role.SECTION))

    def ask(self, sentence: str, **editors: Editor) -> QWidget:
        """Add a sentence with its choices where they are named in it; ``sentence`` is marked."""
        made = sentence_row(self.desk, sentence, **editors)
        self.put(made)
        return made

    def buttons(self, *buttons: QWidget, is_tight: bool = False) -> None:
        """Add buttons side by side; ``is_tight`` where another line of them follows."""
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 4, 0, 2 if is_tight else 6)
        row.setSpacing(8)
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        self.put(holder)

    def restore_button(self, run: Callable[[], object]) -> None:
        """Add the way back to what is usual."""
        self.pane.body.addSpacing(8)
        words = self.desk.words
        self.buttons(secondary(self.desk.icons, words(N_("Restore the usual")), run, icon="undo-2", small=True))

    def restored(self) -> None:
        """Say that settings of this machine are as usual again; the journal knows nothing of them to undo."""
        self.desk.toast(self.desk.words(N_("This page is as usual again")), undo=False)

    def nothing_to_restore(self) -> None:
        """Say why this page has no such button."""
        self.say(NOTHING_USUAL)

    def finish(self) -> None:
        """Nothing comes after this."""
        self.pane.finish()


def sentence_row(desk: Desk, sentence: str, **editors: Editor) -> QWidget:
    """A sentence on one line, an editor in place of each ``{name}`` in it; each editor is called by the sentence."""
    text = desk.words(sentence)
    spoken = re.sub(r"\s*\{\w+\}\s*", " … ", text).strip()
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 3, 0, 3)
    row.setSpacing(8)
    pieces = re.split(r"\{(\w+)\}", text)
    for number, piece in enumerate(pieces):
        last = number == len(pieces) - 1
        if number % 2:
            editor = editors[piece]
            editor.set_name(spoken)
            _fit(editor)
            row.addWidget(editor)
        elif piece.strip(" ."):
            # A comma belongs to what stands before it; after a field it would stand alone.
            row.addWidget(Label(piece.strip().lstrip(",").strip(), wrap=last and number > 0), int(last))
    if not pieces[-1].strip(" ."):
        row.addStretch(1)
    return holder


def _fit(editor: Editor) -> None:
    """A choice inside a sentence is as wide as its longest words."""
    if isinstance(editor, Choice):
        editor.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        editor.combo.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        editor.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
