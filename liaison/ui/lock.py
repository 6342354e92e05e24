"""The lock screen: who, the passphrase, and what is wrong with it. No name of a patient."""

from __future__ import annotations

import ctypes
import datetime as dt
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison.domain.errors import LiaisonError
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.ui import doors
from liaison.ui.desk import Desk
from liaison.ui.gate import Gate, big_card
from liaison.ui.rail import Mark
from liaison.ui.runner import Trouble
from liaison.ui.strength import TOO_WEAK, measure
from liaison.ui.theme import Role, Tone
from liaison.ui.tries import TRIES, Tries
from liaison.ui.widgets.buttons import link, primary, set_button_text
from liaison.ui.widgets.editors import Choice, SecretEdit, TextEdit
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import Marked
from liaison.ui.widgets.shapes import Shape

OFFICER = N_("Officer")
PASSPHRASE = N_("Passphrase")
OPEN = N_("Unlock")
OPENING = N_("Opening…")
FORGOTTEN = N_("Passphrase forgotten? Use the recovery code")
BACK_TO_PASSPHRASE = N_("Back to the passphrase")
RECOVERY_CODE = N_("Recovery code")
NEW_PASSPHRASE = N_("New passphrase")
WRONG = N_("The passphrase is wrong. Try {count} of {tries}, then wait a minute.")
WAIT = N_("Five wrong tries. Wait {seconds} s.")
CAPS = N_("Caps Lock is on.")
LOCKED_AT = N_("locked {time}")
OTHER_FOLDER = N_("Another office on this computer…")
EMPTY = N_("Type the passphrase.")


class LockScreen(Gate):
    """Opens the store. ``opened`` carries an :class:`~liaison.ui.doors.OpenOffice`."""

    opened = Signal(object)
    other_folder = Signal()

    def __init__(
        self,
        desk: Desk,
        folder: Path,
        plate: doors.DoorPlate,
        *,
        language: Callable[[str], object],
        palette: Callable[[], object],
        office: str = "",
        locked_at: str = "",
        due: Sequence[dt.datetime] = (),
        tries: Tries | None = None,
    ) -> None:
        super().__init__(desk, language=language, palette=palette)
        self._folder = folder
        self._plate = plate
        self._due = tuple(due)
        self.tries = tries or Tries(None, folder)
        self._busy = False
        self._with_code = False
        self._note = " · ".join(p for p in (office, desk.words(LOCKED_AT, time=locked_at) if locked_at else "") if p)
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._count_down)
        self._lay_out()
        if plate.trouble is not None:
            self._show_problem(plate.trouble.text(desk.words))
        if self.tries.seconds_left():
            self._wait()

    def _lay_out(self) -> None:
        words, icons = self.desk.words, self.desk.icons
        self.middle.addStretch(2)
        self.middle.addWidget(Mark(self.desk, size=44), 0, Qt.AlignmentFlag.AlignHCenter)
        self.middle.addSpacing(8)
        self.middle.addWidget(Label("Liaison", Role.TITLE), 0, Qt.AlignmentFlag.AlignHCenter)
        self.middle.addWidget(Label(self._note, Role.QUIET), 0, Qt.AlignmentFlag.AlignHCenter)
        self.middle.addSpacing(20)
        frame, box = big_card(max(384, self.desk.theme.px(384)))
        self.officer = Choice(self.desk, [(name, name) for name in self._plate.officers], search=False)
        self.officer.set_value(next(iter(self._plate.officers), None))
        self.code = TextEdit(self.desk)
        self.secret = SecretEdit(self.desk)
        self.secret.line.installEventFilter(self)
        self._officer_box = self._field(box, words(OFFICER), self.officer)
        self._code_box = self._field(box, words(RECOVERY_CODE), self.code)
        self._secret_label = self._field(box, words(PASSPHRASE), self.secret)
        self._officer_box.setVisible(bool(self._plate.officers))
        self._code_box.hide()
        self.problem = Marked(self.desk, "", Shape.BLOCKED, Tone.RED, role=Role.ERROR, wrap=True)
        self.caps = Marked(self.desk, words(CAPS), Shape.WARNING, Tone.AMBER, role=Role.WARNING)
        box.addWidget(self.problem)
        box.addWidget(self.caps)
        self.problem.hide()
        self.caps.hide()
        self.button = primary(icons, words(OPEN), self.try_open, icon="lock-open", tall=True)
        box.addWidget(self.button)
        self.forgotten = link(icons, words(FORGOTTEN), self._switch_way)
        box.addWidget(self.forgotten, 0, Qt.AlignmentFlag.AlignHCenter)
        self.middle.addWidget(frame, 0, Qt.AlignmentFlag.AlignHCenter)
        self.middle.addSpacing(14)
        self.due = Marked(self.desk, "", Shape.LATE, Tone.RED, role=Role.SECTION)
        self.due.hide()
        self.middle.addWidget(self.due, 0, Qt.AlignmentFlag.AlignHCenter)
        self.middle.addSpacing(8)
        self.elsewhere = link(icons, words(OTHER_FOLDER), self.other_folder.emit, small=True)
        self.middle.addWidget(self.elsewhere, 0, Qt.AlignmentFlag.AlignHCenter)
        self.middle.addStretch(3)
        self.secret.line.returnPressed.connect(self.try_open)
        self.code.line.returnPressed.connect(self.secret.setFocus)

    def _field(self, box: QVBoxLayout, name: str, editor: QWidget) -> QWidget:
        holder = QWidget()
        inner = QVBoxLayout(holder)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(5)
        inner.addWidget(Label(name, Role.LABEL))
        inner.addWidget(editor)
        editor.set_name(name)  # type: ignore[attr-defined]  # every editor has it
        box.addWidget(holder)
        return holder

    def start(self) -> None:
        """Put the focus where typing goes."""
        (self.code if self._with_code else self.secret).setFocus()

    def _switch_way(self) -> None:
        """Passphrase, or recovery code with a new passphrase."""
        words = self.desk.words
        self._with_code = not self._with_code
        self._code_box.setVisible(self._with_code)
        name = words(NEW_PASSPHRASE if self._with_code else PASSPHRASE)
        label = self._secret_label.findChild(Label)
        if label is not None:
            label.setText(name)
        self.secret.set_name(name)
        set_button_text(self.forgotten, words(BACK_TO_PASSPHRASE if self._with_code else FORGOTTEN))
        self.secret.line.clear()
        self._show_problem("")
        self.start()

    def stay_locked(self, text: str) -> None:
        """At a counter: no other store is opened from here, and the program is not left; ``text`` says why."""
        self.elsewhere.hide()
        self._show_problem(text)

    # opening

    def try_open(self) -> None:
        """Open with what is typed."""
        if self._busy or self.tries.seconds_left():
            return
        secret = str(self.secret.value())
        if not secret:
            self._show_problem(self.desk.words(EMPTY))
            return
        self._set_busy(busy=True)
        officer = self.officer.value() if self._plate.officers else None
        if self._with_code:
            self._open_with_code(secret, officer)
        else:
            work = partial(doors.open_office, self._folder, secret, officer=officer, clock=self.desk.clock)
            self.desk.runner.work(work, owner=self, done=self._done, refused=self._refused, failed=self._failed)

    def _open_with_code(self, secret: str, officer: str | None) -> None:
        if not measure(secret, self._plate.officers).is_enough:
            self._set_busy(busy=False)
            self._show_problem(self.desk.words(TOO_WEAK))
            return
        code = str(self.code.value())
        work = partial(doors.open_with_code, self._folder, code, secret, officer=officer, clock=self.desk.clock)
        self.desk.runner.work(work, owner=self, done=self._done, refused=self._refused, failed=self._failed)

    def _done(self, office: doors.OpenOffice) -> None:
        self.secret.line.clear()
        self.code.line.clear()
        self.tries.opened()
        self.opened.emit(office)

    def _refused(self, problems: Sequence[Problem]) -> None:
        self._set_busy(busy=False)
        self._show_problem(" ".join(p.text(self.desk.words) for p in problems))

    def _failed(self, trouble: Trouble) -> None:
        self._set_busy(busy=False)
        error = trouble.error
        if doors.is_wrong_passphrase(error):
            self._wrong()
        elif isinstance(error, LiaisonError):
            self._show_problem(error.text(self.desk.words))
        self.start()

    def _wrong(self) -> None:
        """One more wrong try; after five, a minute's wait. The field is emptied."""
        self.secret.line.clear()
        self.tries.failed()
        if self.tries.seconds_left():
            self._wait()
        else:
            self._show_problem(self.desk.words(WRONG, count=self.tries.wrong, tries=TRIES))

    def _wait(self) -> None:
        self.button.setEnabled(False)
        self._tick.start()
        self._count_down()

    def _count_down(self) -> None:
        left = self.tries.seconds_left()
        if left > 0:
            self._show_problem(self.desk.words(WAIT, seconds=left))
            return
        self._tick.stop()
        self.button.setEnabled(True)
        self._show_problem("")

    def _set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        self.button.setEnabled(not busy)
        set_button_text(self.button, self.desk.words(OPENING if busy else OPEN))

    def _show_problem(self, text: str) -> None:
        self.problem.label.setText(text)
        self.problem.setVisible(bool(text))
        self.secret.mark(wrong=False)
        self.secret.inner().setAccessibleDescription(text)

    # what waits

    def show_day(self) -> None:
        """The clocks, and how many steps fall due within the hour: a number, never a name."""
        super().show_day()
        here = self.desk.formats.at_home(self.desk.clock())
        hour = here.replace(minute=0, second=0, microsecond=0) + dt.timedelta(hours=1)
        count = sum(due < hour for due in self._due)
        time = self.desk.formats.clock_time(hour)
        self.due.label.setText(
            self.desk.words.plural(
                "{count} step due before {time}", "{count} steps due before {time}", count, time=time
            )
        )
        self.due.setVisible(count > 0)

    # caps lock

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask Windows for Caps Lock; elsewhere guess it from letters that come out the wrong way round."""
        known = caps_lock() if event.type() in (QEvent.Type.KeyPress, QEvent.Type.FocusIn) else None
        if known is not None:
            self.caps.setVisible(known)
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            text = event.text()
            if len(text) == 1 and text.isalpha() and text.lower() != text.upper():
                shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self.caps.setVisible(text.isupper() != shift)
            elif event.key() == Qt.Key.Key_CapsLock:
                self.caps.hide()
        return super().eventFilter(watched, event)


def caps_lock() -> bool | None:
    """Whether Caps Lock is on, where the system tells; None where it does not."""
    if sys.platform != "win32":
        return None
    return bool(ctypes.WinDLL("user32").GetKeyState(0x14) & 1)
