"""The screen of a kiosk: a form for visitors and nothing else. The counter's own page asks for the passphrase.

What a visitor leaves half typed goes when the screen locks: the next one must not read it, and no consent was given.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from liaison.domain.errors import Refused
from liaison.domain.facts import ConsentGiver
from liaison.domain.kiosk import CONSENT_TEXTS, CONSENT_VERSION, KioskDraft
from liaison.i18n import LANGUAGES, N_
from liaison.services import kiosk
from liaison.ui.desk import Desk
from liaison.ui.gate import LANGUAGE
from liaison.ui.kiosk_counter import CounterGate, CounterPage
from liaison.ui.rail import Mark
from liaison.ui.theme import Role, Tone
from liaison.ui.tries import Tries
from liaison.ui.widgets.buttons import Segments, primary, quiet
from liaison.ui.widgets.editors import Choice, LongText, TickEdit, code_choices
from liaison.ui.widgets.form import Form, Row
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import Marked, card
from liaison.ui.widgets.shapes import Shape
from liaison.ui.widgets.toast import announce

ZOOM, ZOOM_SMALL = 120, 102
"""Text of a kiosk is at least this large, in percent; in a low window as large as the form fits whole."""
LOW_WINDOW = 700
SAID_BEFORE_LOCK = 20
"""Seconds before the lock from which the screen says so."""
THANKS_MS = 15_000
WIDEST = 780

TITLE = N_("How may we help you?")
CALM = N_("Four lines are enough. We read them today and call you back.")
SEND = N_("Send")
FOR_COUNTER = N_("For the counter")
THANKS = N_("Thank you. We will call you back.")
THANKS_NOTE = N_("What you wrote is encrypted. Only our office reads it.")
NEXT = N_("Next visitor")
LOCKS = N_("Is anybody there? In {seconds} s the screen locks and what is typed here goes.")
ROWS: tuple[Row, ...] = (("full_name", "phone"), ("city", "wish"), "agreed", ("given_by", "giver"))
ORDER = ("full_name", "phone", "city")


def usual_zoom(height: int) -> int:
    """The size of text for a window of this height."""
    return ZOOM if height >= LOW_WINDOW else ZOOM_SMALL


class VisitorForm(QWidget):
    """Four fields, the words of consent, who agrees. ``sent`` fires once the entry is kept."""

    sent = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        _ = desk.words
        self._desk = desk
        self.form = Form(desk, KioskDraft, ROWS, editors=self._editors(), kept=("language", "text_version"),
                         spans={"wish": 2})  # fmt: skip
        words = card(name="cardSunken")
        self.consent = Label(_(CONSENT_TEXTS[CONSENT_VERSION]), Role.TEXT, wrap=True)
        words[1].addWidget(self.consent)
        layout = self.form.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(3, words[0])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        self.form.editor("full_name").changed.connect(self._name_typed)
        for here, there in zip(ORDER, (*ORDER[1:], "wish"), strict=True):
            self.form.editor(here).line.returnPressed.connect(partial(self._reach, there))
        self.empty()

    def _editors(self) -> dict[str, Any]:
        desk = self._desk
        return {
            "wish": LongText(desk, lines=2),
            "agreed": TickEdit(desk, desk.words(N_("Yes, I agree"))),
            "giver": Choice(desk, code_choices(desk, ConsentGiver), search=False),
        }

    def empty(self) -> None:
        """A clean form for the next visitor."""
        nobody = KioskDraft(full_name="", phone="", city="", wish="", given_by="", language=self._desk.words.code)
        self.form.set(nobody)

    def take_up(self, typed: Mapping[str, object]) -> None:
        """What stood in the form before the language changed."""
        self.form.resume(typed)
        self._name_typed()

    def _reach(self, name: str) -> None:
        self.form.editor(name).inner().setFocus(Qt.FocusReason.TabFocusReason)

    def _name_typed(self) -> None:
        """Whoever writes agrees for themselves, unless they say otherwise."""
        if "given_by" not in self.form.dirty and self.form.editor("giver").value() is ConsentGiver.PATIENT:
            self.form.editor("given_by").set_value(str(self.form.editor("full_name").typed()))

    def send(self) -> None:
        """Keep what is typed."""
        try:
            draft = self.form.read()
        except Refused as refused:
            self.form.show(refused.problems)
            return
        draft = dataclasses.replace(draft, language=self._desk.words.code, text_version=CONSENT_VERSION)
        self._desk.runner.write(
            kiosk.WRITE_DOWN, kiosk.write_down, draft, owner=self, done=self._kept, refused=self.form.show
        )

    def _kept(self, _changes: object) -> None:
        self.empty()
        self.sent.emit()


class KioskScreen(QWidget):
    """Everything that stands in the window of a kiosk."""

    language_wanted = Signal(str)
    lock_wanted = Signal()
    close_wanted = Signal()
    """The counter wants to leave the program; the passphrase was given."""

    def __init__(self, desk: Desk, *, check: Callable[[str], object], tries: Tries) -> None:
        super().__init__()
        self.desk = desk
        self.setObjectName("ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.visitor = VisitorForm(desk)
        self.visitor.sent.connect(self._thank)
        self.gate = CounterGate(desk, check=check, tries=tries)
        self.gate.opened.connect(self._show_counter)
        self.gate.left.connect(self.show_form)
        self.counter = CounterPage(desk)
        self.counter.left.connect(self.show_form)
        self.counter.lock_wanted.connect(self.lock_wanted.emit)
        self.counter.close_wanted.connect(self.close_wanted.emit)
        self._back_to_form = QTimer(self)
        self._back_to_form.setSingleShot(True)
        self._back_to_form.setInterval(THANKS_MS)
        self._back_to_form.timeout.connect(self.show_form)
        self.stack = QStackedWidget()
        self._form_page = self._scrolled(self._form_card())
        self._thanks_page = self._scrolled(self._thanks_card())
        for page in (self._form_page, self._thanks_page, self._scrolled(self.gate), self._scrolled(self.counter)):
            self.stack.addWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(self._top())
        outer.addWidget(self.stack, 1)
        self.locks = Marked(desk, "", Shape.WARNING, Tone.AMBER, role=Role.WARNING)
        self.locks.hide()
        foot = QHBoxLayout()
        foot.setContentsMargins(22, 4, 22, 10)
        foot.addStretch(1)
        foot.addWidget(self.locks)
        foot.addStretch(1)
        outer.addLayout(foot)

    def _top(self) -> QHBoxLayout:
        desk, _ = self.desk, self.desk.words
        row = QHBoxLayout()
        row.setContentsMargins(22, 12, 22, 6)
        row.setSpacing(10)
        row.addWidget(Mark(desk, size=30))
        row.addWidget(Label(desk.officer.office, Role.CARD, elide=True), 1)
        self.languages = Segments([(c, c.upper()) for c in LANGUAGES], name=_(LANGUAGE), chosen=_.code)
        self.languages.chosen.connect(self.language_wanted.emit)
        row.addWidget(self.languages)
        self.counter_button = quiet(desk.icons, _(FOR_COUNTER), self.ask_counter, icon="key-round", small=True)
        row.addWidget(self.counter_button)
        return row

    def _scrolled(self, content: QWidget) -> QScrollArea:
        """A page that scrolls where the window is small or the text large."""
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        holder = QWidget()
        holder.setObjectName("scrolled")
        row = QHBoxLayout(holder)
        row.setContentsMargins(16, 6, 16, 6)
        content.setMaximumWidth(self.desk.theme.px(WIDEST))
        content.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        row.addStretch(1)
        row.addWidget(content, 12, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        area.setWidget(holder)
        return area

    def _form_card(self) -> QWidget:
        desk, _ = self.desk, self.desk.words
        frame, box = card(name="cardBig")
        box.setContentsMargins(27, 20, 27, 18)
        box.addWidget(Label(_(TITLE), Role.TITLE))
        box.addWidget(Label(_(CALM), Role.QUIET, wrap=True))
        box.addSpacing(6)
        box.addWidget(self.visitor)
        box.addSpacing(4)
        self.send_button = primary(desk.icons, _(SEND), self.visitor.send, icon="check", tall=True)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.send_button)
        box.addLayout(row)
        return frame

    def _thanks_card(self) -> QWidget:
        desk, _ = self.desk, self.desk.words
        frame, box = card(name="cardBig")
        box.setContentsMargins(27, 30, 27, 26)
        box.addWidget(Marked(desk, _(THANKS), Shape.DONE, Tone.GREEN, role=Role.TITLE, wrap=True))
        box.addWidget(Label(_(THANKS_NOTE), Role.QUIET, wrap=True))
        box.addSpacing(14)
        self.next_button = primary(desk.icons, _(NEXT), self.show_form, tall=True)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.next_button)
        box.addLayout(row)
        return frame

    # what is shown

    def start(self, typed: Mapping[str, object] | None = None) -> None:
        """Put the focus where typing goes; ``typed`` is what stood in the form before the language changed."""
        if typed:
            self.visitor.take_up(typed)
        self.show_form()

    def keep(self) -> dict[str, object]:
        """What stands in the form, for another language; it is never written to the store."""
        return self.visitor.form.keep()

    def show_form(self) -> None:
        """The form, for whoever comes to the counter."""
        self._back_to_form.stop()
        self.counter.forget()
        self.stack.setCurrentIndex(0)
        self.counter_button.show()
        self.visitor.form.focus("full_name")

    def _thank(self) -> None:
        self.stack.setCurrentIndex(1)
        announce(self, self.desk.words(THANKS))
        self.next_button.setFocus()
        self._back_to_form.start()

    def ask_counter(self) -> None:
        """Ask for the passphrase before anything of the counter is shown."""
        self._back_to_form.stop()
        self.stack.setCurrentIndex(2)
        self.counter_button.hide()
        self.gate.start()

    def _show_counter(self) -> None:
        self.stack.setCurrentIndex(3)
        self.counter.start()

    def show_left(self, seconds: int | None) -> None:
        """Say that the screen is about to lock."""
        is_near = seconds is not None and seconds <= SAID_BEFORE_LOCK
        self.locks.setVisible(is_near)
        if is_near:
            self.locks.label.setText(self.desk.words(LOCKS, seconds=seconds))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter sends, F2 asks for the counter, Escape goes back to the form."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier and self.stack.currentIndex() == 0:
            self.visitor.send()
        elif event.key() == Qt.Key.Key_F2 and self.stack.currentIndex() == 0:
            self.ask_counter()
        elif event.key() == Qt.Key.Key_Escape and self.stack.currentIndex() != 0:
            self.show_form()
        else:
            super().keyPressEvent(event)
