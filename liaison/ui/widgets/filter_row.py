"""The quick filter row under a list's titles: a line for each column that can be asked, as in a spreadsheet.

What is typed there becomes a term of the list's own filter line, so both always say the same; ``>30`` and ``a,b`` work
as they do there.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from liaison.domain.grammar import Comparison, Question, Term, TermField, read_question, write_question
from liaison.i18n import N_
from liaison.ui.desk import Desk
from liaison.ui.models.columns import Column

HEIGHT = 34
WAIT_MS = 250
FILTER_BY = N_("Filter by {column}")


class FilterRow(QObject):
    """The lines under the titles. ``changed`` carries the whole filter, rewritten by what was typed in one of them."""

    changed = Signal(str)
    left = Signal()
    """Escape or Down: back to the rows."""

    def __init__(self, desk: Desk, header: QWidget) -> None:
        super().__init__(header)
        self._desk = desk
        self._header = header
        self._filter = ""
        self._columns: dict[str, Column] = {}
        self.lines: dict[str, QLineEdit] = {}
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT_MS)
        self._wait.timeout.connect(self._tell)
        self._typed = ""

    def show_columns(self, columns: Mapping[str, tuple[Column, int, int]], *, top: int) -> None:
        """Put a line under every column given with its left edge and width; others are taken away."""
        for key in set(self.lines) - set(columns):
            self.lines.pop(key).deleteLater()
        for key, (column, left, width) in columns.items():
            self._columns[key] = column
            line = self.lines.get(key) or self._line(column)
            line.setGeometry(left + 4, top, max(20, width - 8), self._desk.theme.row_height(HEIGHT) - 8)
            line.show()
        self._fill()

    def _line(self, column: Column) -> QLineEdit:
        line = QLineEdit(self._header)
        name = self._desk.words(FILTER_BY, column=self._desk.words(column.label))
        line.setAccessibleName(name)
        line.setToolTip(name)
        line.installEventFilter(self)
        line.textEdited.connect(lambda _text, key=column.key: self._edited(key))
        self.lines[column.key] = line
        return line

    def show_filter(self, text: str) -> None:
        """Say what the filter line says."""
        self._filter = text
        self._fill()

    def _fill(self) -> None:
        question = read_question(self._filter)
        for key, line in self.lines.items():
            if not line.hasFocus():
                line.setText(said_of(question, self._columns[key]))

    def _edited(self, key: str) -> None:
        self._typed = key
        self._wait.start()

    def _tell(self) -> None:
        self._wait.stop()
        if self._typed in self.lines:
            asked = with_column(self._filter, self._columns[self._typed], self.lines[self._typed].text())
            self._typed = ""
            self._filter = asked
            self.changed.emit(asked)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter filters at once, Escape empties the line and then leaves, Down leaves."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(watched, QLineEdit):
            match event.key():
                case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                    self._tell()
                    return True
                case Qt.Key.Key_Escape if watched.text():
                    watched.clear()
                    self._typed = next(key for key, line in self.lines.items() if line is watched)
                    self._tell()
                    return True
                case Qt.Key.Key_Escape | Qt.Key.Key_Down:
                    self._tell()
                    self.left.emit()
                    return True
        return super().eventFilter(watched, event)


def said_of(question: Question, column: Column) -> str:
    """What a filter says about one column, as it would be typed under its title."""
    if column.asks is None:
        return " ".join(question.words) if column.by_words else ""
    for term in question.terms_on(column.asks):
        if not term.is_negated:
            sign = "" if term.comparison is Comparison.IS else term.comparison.value
            return sign + ",".join(term.values)
    return ""


def with_column(text: str, column: Column, typed: str) -> str:
    """The filter with one column asked otherwise; everything else in it stays."""
    question = read_question(text)
    if column.asks is None:
        return write_question(Question(words=read_question(typed).words, terms=question.terms))
    kept = tuple(t for t in question.terms if t.field is not column.asks or t.is_negated)
    asked = _term(column.asks, typed.strip())
    return write_question(Question(words=question.words, terms=(*kept, *([asked] if asked else []))))


def _term(field: TermField, typed: str) -> Term | None:
    """What was typed under a title as a term, read by the grammar itself."""
    if not typed:
        return None
    sign = next((c.value for c in (Comparison.AT_LEAST, Comparison.AT_MOST, Comparison.MORE, Comparison.LESS)
                 if typed.startswith(c.value)), "")  # fmt: skip
    value = typed.removeprefix(sign).strip()
    if not sign and " " in value and not value.startswith('"'):
        value = f'"{value}"'
    example = write_question(Question(terms=(Term(field=field, comparison=Comparison.IS, values=("x",)),)))
    name = example.partition(":")[0]
    found = read_question(f"{name}{sign or ':'}{value}").terms
    return found[0] if found else None
