"""The form of a pasted message: fields with their guesses marked until the eye has passed over them.

A guess has an amber ground and border, and a dot beside its name; they go when the field is left or
changed. While a field with a guess has the focus, the words it comes from are lit in the message.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextEdit, QWidget

from liaison.domain.enquiries import EnquiryDraft
from liaison.domain.message_words import PhoneOwner
from liaison.domain.messages import Guess
from liaison.i18n import N_
from liaison.ui.desk import Desk
from liaison.ui.pages.lookups import hospital_edit, insurer_choice
from liaison.ui.theme import Tone
from liaison.ui.widgets.badge import ShapeView
from liaison.ui.widgets.editors import Choice, Editor, LongText, TextEdit, code_choices
from liaison.ui.widgets.form import FieldBox, Form, Row
from liaison.ui.widgets.shapes import Shape

ROWS: tuple[Row, ...] = (
    "message",
    ("full_name", "age_said", "sex", "birth_date"),
    ("phone", "phone_owner", "caller_name"),
    ("city", "destination_city", "hospital_id"),
    ("need", "planned_on", "insurer_id"),
    ("first_step", "step_at"),
    ("email", "channel"),
)
SPANS = {"full_name": 2, "need": 1}
PERSON = ("full_name", "age_said", "sex", "birth_date", "city")
"""Fields of the person, which stay as they are on record where the case is somebody's who is known."""
FROM_MESSAGE = N_("Guessed from the message: “{words}”")


class GuessMark(ShapeView):
    """The dot beside the name of a field whose value was guessed."""

    def __init__(self, desk: Desk, box: FieldBox) -> None:
        super().__init__(desk.theme, Shape.DOT, Tone.AMBER)
        box.add_mark(self)
        self.hide()


class MessageForm(Form[EnquiryDraft]):
    """An enquiry with guesses. ``looked`` fires when the number of guesses not yet seen changes."""

    looked = Signal(int)

    def __init__(self, desk: Desk) -> None:
        self.text = LongText(desk, lines=5)
        none = desk.words(N_("not said"))
        editors: dict[str, Editor] = {
            "message": self.text,
            "phone_owner": Choice(desk, code_choices(desk, PhoneOwner), none=none, search=False),
            "hospital_id": hospital_edit(desk),
            "insurer_id": insurer_choice(desk),
            "need": TextEdit(desk),
        }
        super().__init__(desk, EnquiryDraft, ROWS, editors=editors, kept=("patient_id",), spans=SPANS)
        self.touched: set[str] = set()
        """Fields the officer changed: a message read again leaves them alone."""
        self._guesses: dict[str, Guess] = {}
        self._marks: dict[str, GuessMark] = {}
        self._fields: dict[QObject, str] = {}
        for name, box in self.boxes.items():
            if name in ("message", "channel", "first_step", "step_at"):
                continue
            self._marks[name] = GuessMark(desk, box)
            inner = box.editor.inner()
            inner.installEventFilter(self)
            self._fields[inner] = name
            box.editor.changed.connect(lambda name=name: self._changed_by_hand(name))

    # guesses

    @property
    def unseen(self) -> tuple[str, ...]:
        """Fields whose guess nobody has looked at yet, in the order of the form."""
        return tuple(name for name in self._marks if name in self._guesses)

    def show_guesses(self, guesses: Mapping[str, Guess]) -> None:
        """Fill the fields that nobody has touched, and mark what was guessed; what is guessed no more goes."""
        for name in self._marks:
            if name in self.touched:
                continue
            guess = guesses.get(name)
            if guess is not None or name in self._guesses:
                self.boxes[name].editor.set_value(guess.value if guess is not None else _empty(name))
            self._mark(name, guess)
        self.fit_rows()
        self._light(None)
        self.looked.emit(len(self.unseen))

    def _mark(self, name: str, guess: Guess | None) -> None:
        if guess is None:
            self._guesses.pop(name, None)
        else:
            self._guesses[name] = guess
        editor = self.boxes[name].editor
        editor.mark_guessed(guessed=guess is not None)
        self._marks[name].setVisible(guess is not None)
        words = self.desk.words
        source = self.text.typed()[guess.start : guess.end] if guess is not None else ""
        said = words(FROM_MESSAGE, words=" ".join(source.split())) if guess is not None else ""
        editor.setToolTip(said)
        editor.inner().setAccessibleDescription(said)

    def _seen(self, name: str) -> None:
        if name in self._guesses:
            self._mark(name, None)
            self.looked.emit(len(self.unseen))

    def _changed_by_hand(self, name: str) -> None:
        self.touched.add(name)
        self._seen(name)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A field with a guess lights its words while it has the focus, and counts as seen once it is left."""
        name = self._fields.get(watched)
        if name is not None and event.type() == QEvent.Type.FocusIn:
            self._light(self._guesses.get(name))
        elif name is not None and event.type() == QEvent.Type.FocusOut and _is_leaving(event):
            self._seen(name)
            self._light(None)
        return super().eventFilter(watched, event)

    def _light(self, focused: Guess | None) -> None:
        """Show where guesses come from; the words of the focused field are underlined.

        High contrast has no amber ground: there the words themselves are amber.
        """
        theme, document = self.desk.theme, self.text.box.document()
        ink = theme.colour("amber") if theme.outlined else None
        shown = [
            _selection(document, g, theme.colour("amberbg"), ink) for g in self._guesses.values() if g is not focused
        ]
        if focused is not None:
            lit = _selection(document, focused, theme.colour("selected"), theme.colour("ink"))
            lit.format.setFontUnderline(True)
            shown.append(lit)
        self.text.box.setExtraSelections(shown)

    # somebody on record

    def lock_person(self, *, locked: bool) -> None:
        """The person's own fields rest while somebody on record is meant."""
        for name in PERSON:
            self.boxes[name].setEnabled(not locked)


def _empty(name: str) -> Any:
    return None if name in ("sex", "birth_date", "phone_owner", "hospital_id", "planned_on", "insurer_id") else ""


def _is_leaving(event: QEvent) -> bool:
    """A popup or another window takes the focus for a while only."""
    reason = event.reason() if hasattr(event, "reason") else None
    return reason not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


def _selection(document: QTextDocument, guess: Guess, ground: QColor, ink: QColor | None) -> QTextEdit.ExtraSelection:
    made = QTextEdit.ExtraSelection()
    cursor = QTextCursor(document)
    longest = max(0, document.characterCount() - 1)
    text = document.toPlainText()
    cursor.setPosition(min(_units(text[: guess.start]), longest))
    cursor.setPosition(min(_units(text[: guess.end]), longest), QTextCursor.MoveMode.KeepAnchor)
    made.cursor = cursor
    made.format.setBackground(ground)
    if ink is not None:
        made.format.setForeground(ink)
    return made


def _units(text: str) -> int:
    """How many places Qt counts for a text: an emoji takes two."""
    return len(text.encode("utf-16-le")) // 2


def reach(widget: QWidget) -> None:
    """Put the focus on a field as Tab does."""
    widget.setFocus(Qt.FocusReason.TabFocusReason)
