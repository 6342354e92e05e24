"""Settings of this machine: language, colours, size of the text; when the window locks; the program."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QGridLayout

from liaison import __version__
from liaison.domain.errors import Refused
from liaison.domain.problems import Problem
from liaison.i18n import LANGUAGE_NAMES, N_
from liaison.settings import IDLE_MINUTES, Settings
from liaison.ui.code_card import CODE_SAID, CodeCard, StrengthBar
from liaison.ui.desk import Desk
from liaison.ui.key_sheet import LICENCES, WHAT
from liaison.ui.pages.settings_parts import Part
from liaison.ui.strength import HINT, LEAST_CHARACTERS, TOO_SHORT, TOO_WEAK, measure, said
from liaison.ui.theme import ZOOM_STEPS, Palette, Role, Tone
from liaison.ui.widgets.buttons import secondary
from liaison.ui.widgets.editors import Choice, SecretEdit
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import Marked
from liaison.ui.widgets.shapes import Shape

SPEAKS = N_("The program speaks {language}.")
SHOWN_IN = N_("It is shown in {colours}.")
SIZE = N_("Text is shown at {size} of its usual size.")
LOCKS = N_("Lock after {minutes} without a touch in this program.")
COLOURS = (
    (Palette.SYSTEM, N_("the computer's colours")),
    (Palette.LIGHT, N_("light colours")),
    (Palette.DARK, N_("dark colours")),
    (Palette.CONTRAST, N_("high contrast")),
)
NOT_THE_SAME = N_("The two do not agree. Type the new passphrase again.")
WRONG = N_("This is not your present passphrase.")


class LookPart(Part):
    """Language, colours, text size."""

    sentences = (SPEAKS, SHOWN_IN, SIZE)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, N_("Language and look"))
        words = desk.words
        self.language = Choice(desk, list(LANGUAGE_NAMES.items()), search=False)
        self.language.set_value(words.code)
        self.language.changed.connect(self._speak)
        self.colours = Choice(desk, [(p, words(text)) for p, text in COLOURS], search=False)
        self.colours.set_value(Palette(desk.frame.settings().palette))
        self.colours.changed.connect(self._colour)
        self.text_size = Choice(desk, [(z, desk.formats.percent(z / 100)) for z in ZOOM_STEPS], search=False)
        self.text_size.set_value(desk.theme.zoom)
        self.text_size.changed.connect(self._zoom)
        self.ask(SPEAKS, language=self.language)
        self.ask(SHOWN_IN, colours=self.colours)
        self.ask(SIZE, size=self.text_size)
        self.say(N_("Printed papers are always light, and each has its own language."))
        self.restore_button(self.restore)
        self.finish()

    def _speak(self) -> None:
        code = str(self.language.value())
        run = program_action(self.desk, f"program.language.{code}")
        if run is not None and code != self.desk.words.code:
            QTimer.singleShot(0, run)

    def _colour(self) -> None:
        palette: Palette = self.colours.value()
        self.desk.theme.choose(palette)
        self.desk.frame.remember(palette=palette.value)

    def _zoom(self) -> None:
        zoom = int(self.text_size.value())
        self.desk.theme.set_zoom(zoom)
        self.desk.frame.remember(zoom=zoom)

    def restore(self) -> None:
        """The computer's colours, text as usual; the language stays."""
        usual = Settings()
        self.colours.set_value(Palette(usual.palette))
        self.text_size.set_value(usual.zoom)
        self._colour()
        self._zoom()
        self.restored()


class LockPart(Part):
    """When the window locks, the passphrase, the recovery code."""

    sentences = (LOCKS, N_("Change the passphrase"), N_("Make a new recovery code"))

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, N_("Lock and passphrase"))
        words = desk.words
        times = [(m, words.plural("{count} minute", "{count} minutes", m)) for m in IDLE_MINUTES]
        self.minutes = Choice(desk, times, search=False)
        self.minutes.set_value(desk.frame.settings().idle_minutes)
        self.minutes.changed.connect(self._keep)
        self.ask(LOCKS, minutes=self.minutes)
        told = N_("It also locks when the computer sleeps or its screen is locked. What you were typing is kept.")
        self.put(Marked(desk, words(told), Shape.DONE, Tone.GREEN, role=Role.SECOND, wrap=True))
        self.buttons(secondary(desk.icons, words(N_("Lock now")), desk.frame.lock, icon="lock", small=True))
        self._passphrase()
        self._recovery()
        self.restore_button(self.restore)
        self.finish()

    def _keep(self) -> None:
        self.desk.frame.remember(idle_minutes=int(self.minutes.value()))

    def restore(self) -> None:
        """Five minutes."""
        self.minutes.set_value(Settings().idle_minutes)
        self._keep()
        self.restored()

    # the passphrase

    def _passphrase(self) -> None:
        words = self.desk.words
        self.heading(N_("Passphrase"))
        self.say(HINT)
        self.present, self.first, self.second = (SecretEdit(self.desk) for _ in range(3))
        for text, editor in (
            (N_("Present passphrase"), self.present),
            (N_("New passphrase"), self.first),
            (N_("New passphrase, again"), self.second),
        ):
            editor.set_name(words(text))
            self.put(Label(words(text), Role.LABEL, buddy=editor.inner()))
            self.put(editor)
            if editor is self.first:
                self.bar = StrengthBar(self.desk.theme)
                self.graded = Label("", Role.SECOND, wrap=True)
                self.put(self.bar)
                self.put(self.graded)
        self.first.changed.connect(self._grade)
        self.wrong = Label("", Role.ERROR, wrap=True)
        self.wrong.hide()
        self.put(self.wrong)
        change = secondary(self.desk.icons, words(N_("Change the passphrase")), self._change, icon="key-round")
        self.buttons(change)

    def _grade(self) -> None:
        text = str(self.first.value())
        strength = measure(text, (self.desk.officer.name, self.desk.officer.office)) if text else None
        self.bar.show_strength(strength)
        self.graded.setText(said(strength, self.desk.words) if strength is not None else "")

    def _change(self) -> None:
        first, second = str(self.first.value()), str(self.second.value())
        message = ""
        if len(first) < LEAST_CHARACTERS:
            message = self.desk.words(TOO_SHORT, count=LEAST_CHARACTERS)
        elif not measure(first, (self.desk.officer.name, self.desk.officer.office)).is_enough:
            message = self.desk.words(TOO_WEAK)
        elif first != second:
            message = self.desk.words(NOT_THE_SAME)
        self._say_wrong(message)
        if not message:
            self.desk.runner.work(
                _change_passphrase, self.desk.runner.store, str(self.present.value()), first, owner=self,
                done=self._changed, refused=self._refused, exclusive=True,
            )  # fmt: skip

    def _refused(self, problems: Any) -> None:
        self._say_wrong(" ".join(p.text(self.desk.words) for p in problems))
        self.present.setFocus()

    def _say_wrong(self, message: str) -> None:
        self.wrong.setText(message)
        self.wrong.setVisible(bool(message))

    def _changed(self, _answer: object) -> None:
        for editor in (self.present, self.first, self.second):
            editor.set_value("")
        self._grade()
        self.desk.toast(self.desk.words(N_("Passphrase changed")), undo=False)

    # the recovery code

    def _recovery(self) -> None:
        words = self.desk.words
        self.heading(N_("Recovery code"))
        self.say(CODE_SAID)
        self.say(N_("A new code makes the old paper worthless. Print or write it down; it is shown only once."))
        make = secondary(
            self.desk.icons, words(N_("Make a new recovery code")), self._new_code, icon="refresh-cw"
        )  # fmt: skip
        self.buttons(make)
        self.code_place = QFrame()
        grid = QGridLayout(self.code_place)
        grid.setContentsMargins(0, 0, 0, 0)
        self.code_place.hide()
        self.put(self.code_place)

    def _new_code(self) -> None:
        self.desk.runner.work(_new_code, self.desk.runner.store, owner=self, done=self._show_code, exclusive=True)

    def _show_code(self, code: object) -> None:
        layout = self.code_place.layout()
        assert layout is not None
        while layout.count():
            item = layout.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.deleteLater()
        self.code = CodeCard(self.desk, str(code), self.desk.officer.office)
        layout.addWidget(self.code)
        self.code_place.show()


class AboutPart(Part):
    """What the program is, and whose work it rests on."""

    sentences = (N_("About Liaison"),)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, N_("About"))
        self.put(Label(desk.words(WHAT, version=__version__), wrap=True))
        self.say(LICENCES)
        self.say(N_("Liaison asks nobody on the Internet for anything and sends nothing there."))
        self.finish()


def program_action(desk: Desk, key: str) -> Callable[[], object] | None:
    """What one of the program's own actions does; nothing where there is no program around (tests)."""
    return next((a.run for a in desk.actions if a.key == key), None)


def _change_passphrase(store: Any, present: str, passphrase: str) -> None:
    """Only who knows the present one may change it: the window may have been left open."""
    from liaison.domain.errors import Locked
    from liaison.store import vault
    from liaison.store.kdf import fitting

    officer = store.officer
    try:
        vault.unlock(store.envelope, passphrase=present, officer=officer.name if officer is not None else None)
    except Locked as error:
        raise Refused([Problem(code="WRONG_PASSPHRASE", message=WRONG, field="present")]) from error
    store.change_passphrase(passphrase, kdf=fitting())


def _new_code(store: Any) -> str:
    from liaison.store.kdf import fitting

    return str(store.new_recovery_code(kdf=fitting()))
