"""The messages that go out by WhatsApp, in both languages, in the office's own words."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from liaison.i18n import LANGUAGE_NAMES, LANGUAGES, N_
from liaison.services import office_messages
from liaison.services.office_messages import TITLES, USUAL, WORDS, Message, TemplateView
from liaison.ui.desk import Desk
from liaison.ui.pages.settings_parts import Part
from liaison.ui.theme import Role
from liaison.ui.widgets.buttons import secondary
from liaison.ui.widgets.editors import Choice, LongText
from liaison.ui.widgets.label import Label

ASKS = N_("The message {message} reads:")


class MessagesPart(Part):
    """One message at a time; each text is kept as soon as it is left."""

    sentences = (N_("Messages for WhatsApp"), ASKS)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, N_("Messages"))
        words = desk.words
        self._views: dict[Message, TemplateView] = {}
        self.message = Choice(desk, [(m, words(TITLES[m])) for m in Message], search=False)
        self.message.set_value(Message.STATUS)
        self.message.changed.connect(self._show)
        self.ask(ASKS, message=self.message)
        self.texts: dict[str, LongText] = {}
        for code in LANGUAGES:
            name = LANGUAGE_NAMES[code]
            self.texts[code] = LongText(desk, lines=4)
            self.texts[code].set_name(words(N_("Text in {language}"), language=name))
            self.texts[code].committed.connect(partial(self._keep, code))
            self.put(Label(name, Role.LABEL, buddy=self.texts[code].inner()))
            self.put(self.texts[code])
        self.wrong = Label("", Role.ERROR, wrap=True)
        self.wrong.hide()
        self.put(self.wrong)
        self._add_words()
        self.say(N_("What is not known of a case is left out. A diagnosis is never sent."))
        self.restore_button(self.restore)
        self.finish()
        desk.hub.changed.connect(self._changed)
        self._read()

    def _changed(self, _changes: object) -> None:
        self._read()

    def _add_words(self) -> None:
        """What can be filled in, each put into the text at the cursor with one press."""
        words = self.desk.words
        self.say(N_("What can be filled in; pressing one puts it where the cursor stands:"))
        shown: list[QWidget] = []
        for word, meaning in WORDS.items():
            button = secondary(self.desk.icons, f"{{{word}}}", partial(self._put_word, word), small=True)
            button.setToolTip(words(meaning))
            button.setAccessibleName(words(N_("Fill in: {what}"), what=words(meaning)))
            shown.append(button)
        half = (len(shown) + 1) // 2
        self.buttons(*shown[:half], is_tight=True)
        self.buttons(*shown[half:])

    def _put_word(self, word: str) -> None:
        at = self._last or self.texts[self.desk.words.code]
        line = at.inner()
        if isinstance(line, QPlainTextEdit):
            cursor: QTextCursor = line.textCursor()
            cursor.insertText(f"{{{word}}}")
            line.setFocus()

    @property
    def _last(self) -> LongText | None:
        """The text that was typed in last."""
        return next((t for t in self.texts.values() if t.inner() is self._typed_in), None)

    _typed_in: QWidget | None = None

    def _read(self) -> None:
        self.desk.runner.read(office_messages.templates, owner=self, done=self._arrived, key="messages")

    def _arrived(self, found: tuple[TemplateView, ...]) -> None:
        self._views = {view.message: view for view in found}
        self._show()

    def _show(self) -> None:
        self.wrong.hide()
        view = self._views.get(self.message.value())
        for code, editor in self.texts.items():
            if view is not None and not editor.inner().hasFocus():
                editor.set_value(view.texts[code])

    def _keep(self, code: str) -> None:
        message: Message = self.message.value()
        view = self._views.get(message)
        text = str(self.texts[code].value())
        self._typed_in = self.texts[code].inner()
        if view is None or text == view.texts[code]:
            return
        self.wrong.hide()
        self.desk.runner.write(
            N_("Change a message"), office_messages.keep_template, message, code, text, owner=self,
            done=lambda _: self.desk.toast(self.desk.words(N_("Message changed"))), refused=self._refused,
        )  # fmt: skip

    def _refused(self, problems: Any) -> None:
        self.wrong.setText(" ".join(p.text(self.desk.words) for p in problems))
        self.wrong.show()

    def restore(self) -> None:
        """Every message as it is usual."""
        if all(view.texts == USUAL[view.message] for view in self._views.values()):
            return
        self.desk.runner.write(
            N_("Restore the messages"), office_messages.restore_templates, owner=self,
            done=lambda _: self.desk.toast(self.desk.words(N_("Messages restored"))),
        )  # fmt: skip
