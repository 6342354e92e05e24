"""A field that names another record: typed ahead, found in the store, or made new from the last row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.ui.desk import Desk
from liaison.ui.typed import Unreadable
from liaison.ui.widgets.editors import Editor
from liaison.ui.widgets.suggest import Suggest, Suggestion

WAIT_MS = 120
CREATE = N_("Create “{text}” as new")
TAKE_ONE = N_("Choose one of the suggestions, or create a new one.")
SUGGESTIONS = N_("{field}: suggestions")

Find = Callable[..., Sequence[Suggestion]]
"""``find(session, text) -> suggestions`` whose ``value`` is an id."""
Describe = Callable[..., Suggestion | None]
"""``describe(session, id) -> suggestion``: the words of a record already chosen."""


class LookupEdit(Editor):
    """The id of a record. ``create_wanted`` carries the typed text when the officer takes the "create" row."""

    create_wanted = Signal(str)
    found = Signal(object)
    """The id now named, or ``None``."""

    def __init__(
        self, desk: Desk, find: Find, *, describe: Describe | None = None, create: bool = False, icon: str = ""
    ) -> None:
        super().__init__()
        self._desk = desk
        self._find = find
        self._describe = describe
        self._create = create
        self._icon = icon
        self._id: int | None = None
        self._shown = ""
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT_MS)
        self._wait.timeout.connect(self._look)
        self.line = QLineEdit()
        self.line.textEdited.connect(self._typed)
        self.line.editingFinished.connect(self._left)
        self._hold(self.line)
        self._list: Suggest | None = None

    @property
    def suggest(self) -> Suggest:
        """The list under the field."""
        if self._list is None:
            self._list = Suggest(
                self._desk, self.line, name=self._desk.words(SUGGESTIONS, field=self.line.accessibleName())
            )
            self._list.taken.connect(self._take)
        return self._list

    def inner(self) -> QWidget:
        """The line."""
        return self.line

    def value(self) -> Any:
        """The id. Raises :class:`Unreadable` where words stand that name nothing yet."""
        text = self.line.text().strip()
        if not text:
            return None
        if self._id is None or text != self._shown:
            raise Unreadable(Problem(code="NOT_CHOSEN", message=TAKE_ONE))
        return self._id

    def set_value(self, value: Any) -> None:
        """Name a record by its id; its words are looked up."""
        if value is None:
            self.take(None, "")
        elif self._describe is not None:
            self._id = int(value)
            self._desk.runner.read(self._describe, value, owner=self, done=self._described, key="describe")

    def take(self, record: int | None, text: str) -> None:
        """Name a record whose words are known."""
        self._id, self._shown = record, text
        self.line.setText(text)

    def typed(self) -> str:
        """The id and its words."""
        return f"{self._id or ''}|{self.line.text()}"

    def retype(self, text: str) -> None:
        """Put both back."""
        record, _, words = text.partition("|")
        self.take(int(record) if record else None, words)

    def _described(self, found: Suggestion | None) -> None:
        if found is None:
            self.take(None, "")
        else:
            self.take(self._id, found.text)

    def _typed(self, _text: str) -> None:
        self.changed.emit()
        self._wait.start()

    def _look(self) -> None:
        text = self.line.text().strip()
        if len(text) < 2:
            self.suggest.offer(())
            return
        self._desk.runner.read(self._find, text, owner=self, done=lambda found: self._offer(text, found), key="find")

    def _offer(self, text: str, found: Sequence[Suggestion]) -> None:
        rows = list(found)
        if self._create:
            rows.append(Suggestion(text=self._desk.words(CREATE, text=text), value=_CREATE, icon="plus"))
        if self.line.hasFocus():
            self.suggest.offer(rows)

    def _take(self, found: Suggestion) -> None:
        if found.value is _CREATE:
            self.create_wanted.emit(self.line.text().strip())
            return
        self.take(int(str(found.value)), found.text)
        self.changed.emit()
        self.found.emit(self._id)
        self.committed.emit()

    def _left(self) -> None:
        """Clearing the field names nothing."""
        if not self.line.text().strip() and self._id is not None:
            self.take(None, "")
            self.found.emit(None)
        self.committed.emit()


_CREATE = object()
