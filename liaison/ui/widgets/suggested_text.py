"""A line of free text that offers what is on record while it is typed; whatever is typed stays allowed."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal

from liaison.ui.desk import Desk
from liaison.ui.widgets.editors import TextEdit
from liaison.ui.widgets.lookup_edit import SUGGESTIONS, WAIT_MS, Find
from liaison.ui.widgets.suggest import Suggest, Suggestion

LEAST = 2
"""Letters from which on something is offered."""


class SuggestedText(TextEdit):
    """Text with suggestions. ``find(session, text, *more)`` gives them; taking one writes its ``text``."""

    taken = Signal(object)
    """The value of a suggestion that was taken."""

    def __init__(self, desk: Desk, find: Find) -> None:
        super().__init__(desk)
        self._desk, self._find = desk, find
        self._list: Suggest | None = None
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT_MS)
        self._wait.timeout.connect(self.look)
        self.line.textEdited.connect(lambda _text: self._wait.start())

    @property
    def suggest(self) -> Suggest:
        """The list under the line."""
        if self._list is None:
            self._list = Suggest(
                self._desk, self.line, name=self._desk.words(SUGGESTIONS, field=self.line.accessibleName())
            )
            self._list.taken.connect(self._take)
        return self._list

    def look(self) -> None:
        """Ask the store for what fits what is typed now."""
        text = self.line.text().strip()
        if len(text) < LEAST:
            self._offer(())
            return
        self._desk.runner.read(self._find, text, *self.more(), owner=self, done=self._offer, key="suggest")

    def more(self) -> tuple[object, ...]:
        """What the search is told beside the text, as plain values: it runs away from the window."""
        return ()

    def _offer(self, found: object) -> None:
        rows = [each for each in found if isinstance(each, Suggestion)] if isinstance(found, list | tuple) else []
        if self.line.hasFocus() and (rows or self._list is not None):
            self.suggest.offer(rows)

    def _take(self, found: Suggestion) -> None:
        self.line.setText(found.text)
        self.changed.emit()
        self.taken.emit(found.value)
        self.committed.emit()
