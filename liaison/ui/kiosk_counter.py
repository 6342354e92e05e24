"""The counter's side of a kiosk: the passphrase, today's entries, the sealed file, the receipt, and leaving."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from liaison.domain.errors import LiaisonError
from liaison.domain.kiosk import KioskEntry
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services import kiosk
from liaison.services.kiosk import KioskDay, KioskFile
from liaison.store.case_file import ENDING
from liaison.store.spoken_code import new_code
from liaison.ui.desk import Desk
from liaison.ui.runner import Trouble
from liaison.ui.theme import Role, Tone
from liaison.ui.tries import TRIES, Tries
from liaison.ui.widgets.buttons import icon_button, primary, secondary
from liaison.ui.widgets.editors import SecretEdit, TextEdit
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import Marked, Section, card, clear
from liaison.ui.widgets.shapes import Shape

if TYPE_CHECKING:
    from liaison.store.store import Store

TITLE = N_("For the counter")
ASK = N_("Type the passphrase of the kiosk.")
PASSPHRASE = N_("Passphrase")
WRONG = N_("The passphrase is wrong. Try {count} of {tries}, then wait a minute.")
WAIT = N_("Five wrong tries. Wait {seconds} s.")
CONTINUE = N_("Continue")
BACK = N_("Back to the form")
TODAY = N_("Today")
WRITE_FILE = N_("Write the file…")
FILE_NAME = N_("kiosk {day}")
STAY = N_("The enquiries stay here, and go into the next file again, until the office has said its receipt.")
RECEIPT = N_("Receipt of the office")
WIPE = N_("Wipe what the office has")
CLOSE = N_("Close the kiosk")
LOCK = N_("Lock")


class CounterGate(QWidget):
    """Asks for the passphrase. ``opened`` fires when it was right, ``left`` when somebody went back."""

    opened = Signal()
    left = Signal()

    def __init__(self, desk: Desk, *, check: Callable[[str], object], tries: Tries) -> None:
        super().__init__()
        self._desk, self._check, self.tries = desk, check, tries
        _ = desk.words
        _frame, box = _in_card(self)
        box.addWidget(Label(_(TITLE), Role.TITLE))
        box.addWidget(Label(_(ASK), Role.QUIET, wrap=True))
        self.secret = SecretEdit(desk)
        self.secret.set_name(_(PASSPHRASE))
        box.addWidget(Label(_(PASSPHRASE), Role.LABEL, buddy=self.secret.line))
        box.addWidget(self.secret)
        self.problem = Marked(desk, "", Shape.BLOCKED, Tone.RED, role=Role.ERROR, wrap=True)
        self.problem.hide()
        box.addWidget(self.problem)
        self.button = primary(desk.icons, _(CONTINUE), self.open)
        box.addLayout(_row(secondary(desk.icons, _(BACK), self._leave), None, self.button))
        self.secret.line.returnPressed.connect(self.open)

    def start(self) -> None:
        """An empty field."""
        self.secret.line.clear()
        self._say("")
        self.secret.setFocus()

    def _leave(self) -> None:
        self.secret.line.clear()
        self.left.emit()

    def open(self) -> None:
        """Look whether it is the right one; not on the window's thread, which would stand still."""
        _ = self._desk.words
        if self.tries.seconds_left():
            self._say(_(WAIT, seconds=self.tries.seconds_left()))
            return
        self.button.setEnabled(False)
        secret = str(self.secret.value())
        self._desk.runner.work(self._check, secret, owner=self, done=self._right, failed=self._wrong)

    def _right(self, _answer: object) -> None:
        self.button.setEnabled(True)
        self.secret.line.clear()
        self.tries.opened()
        self._say("")
        self.opened.emit()

    def _wrong(self, trouble: Trouble) -> None:
        self.button.setEnabled(True)
        self.secret.line.clear()
        self.tries.failed()
        left = self.tries.seconds_left()
        _ = self._desk.words
        self._say(_(WAIT, seconds=left) if left else _(WRONG, count=self.tries.wrong, tries=TRIES))
        self.secret.setFocus()

    def _say(self, text: str) -> None:
        self.problem.label.setText(text)
        self.problem.setVisible(bool(text))


class CounterPage(QWidget):
    """Today's entries and what becomes of them."""

    left = Signal()
    lock_wanted = Signal()
    close_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        _ = desk.words
        _frame, box = _in_card(self)
        box.addWidget(Label(_(TITLE), Role.TITLE))
        self.entries = Section(_(TODAY))
        box.addWidget(self.entries)
        self.file_button = secondary(desk.icons, _(WRITE_FILE), self.write_file, icon="file-lock")
        self.sealed = Section(_(N_("To the office")))
        box.addWidget(self.sealed)
        self.code = QWidget()
        self._code_box = _column(self.code)
        for widget in (Label(_(STAY), Role.SECOND, wrap=True), _holder(_row(self.file_button, None)), self.code):
            self.sealed.add(widget)
        self.receipt = TextEdit(desk, placeholder="XXXXX-X")
        self.receipt.set_name(_(RECEIPT))
        self.receipt.line.returnPressed.connect(self.wipe)
        self.wipe_button = secondary(desk.icons, _(WIPE), self.wipe, icon="trash-2")
        self.sealed.add(Label(_(RECEIPT), Role.LABEL, buddy=self.receipt.line))
        self.sealed.add(_holder(_row(self.receipt, self.wipe_button, None)))
        self.said = Marked(desk, "", Shape.DONE, Tone.GREEN, wrap=True)
        self.said.hide()
        box.addWidget(self.said)
        self.close_button = secondary(desk.icons, _(CLOSE), self.close_wanted.emit, icon="log-out")
        lock = secondary(desk.icons, _(LOCK), self.lock_wanted.emit, icon="lock")
        self.back_button = primary(desk.icons, _(BACK), self.left.emit)
        box.addLayout(_row(self.close_button, lock, None, self.back_button))

    def start(self) -> None:
        """Read what there is."""
        self.forget()
        self._read()
        self.back_button.setFocus()

    def forget(self) -> None:
        """Nothing of the entries, the code or the receipt stays on the screen."""
        clear(self.entries.body)
        clear(self._code_box)
        self.receipt.line.clear()
        self.said.hide()

    def _read(self) -> None:
        self._desk.runner.read(kiosk.kiosk_day, owner=self, done=self._show, key="day")

    def _show(self, day: KioskDay) -> None:
        _, desk = self._desk.words, self._desk
        clear(self.entries.body)
        for entry in day.entries:
            self.entries.add(self._entry_row(entry))
        if not day.entries:
            self.entries.add(Label(_(N_("Nobody has written anything today.")), Role.QUIET, wrap=True))
        told = []
        if day.earlier:
            told.append(_.plural("{count} enquiry of an earlier day waits for the office; it is not shown.",
                                 "{count} enquiries of earlier days wait for the office; they are not shown.",
                                 day.earlier))  # fmt: skip
        if day.without_receipt:
            told.append(_.plural("{count} enquiry has left in a file; its receipt has not come.",
                                 "{count} enquiries have left in a file; the receipt has not come.",
                                 day.without_receipt))  # fmt: skip
        if day.last_file_at is not None:
            told.append(_(N_("Last file: {moment}."), moment=desk.formats.moment(day.last_file_at)))
        for text in told:
            self.entries.add(Label(text, Role.SECOND, wrap=True))
        self.file_button.setEnabled(bool(day.entries or day.earlier))

    def _entry_row(self, entry: KioskEntry) -> QWidget:
        _, desk, draft = self._desk.words, self._desk, entry.draft
        words = QVBoxLayout()
        words.setSpacing(0)
        time = desk.formats.clock_time(desk.formats.at_home(entry.at))
        words.addWidget(Label(f"{time} · {draft.full_name} · {draft.city}", Role.STRONG, elide=True))
        words.addWidget(Label(" · ".join((draft.phone, " ".join(draft.wish.split()))), Role.SECOND, elide=True))
        hint = _(N_("Take this enquiry out: {name}"), name=draft.full_name)
        remove = icon_button(desk.icons, "trash-2", hint, partial(self._remove, entry.id), size=15)
        row = QHBoxLayout()
        row.addLayout(words, 1)
        row.addWidget(remove)
        return _holder(row)

    def _remove(self, key: int) -> None:
        self._desk.runner.write(kiosk.REMOVE, kiosk.remove, key, owner=self, done=self._removed, refused=self._refused)

    def _removed(self, _changes: object) -> None:
        self._say(self._desk.words(N_("Taken out. Nothing of it is left here.")))
        self._read()

    # to the office

    def write_file(self) -> None:
        """Ask where to, and seal everything that the office does not have."""
        _ = self._desk.words
        name = _(FILE_NAME, day=self._desk.today().isoformat()) + ENDING
        chosen, _kind = QFileDialog.getSaveFileName(self, _(N_("Where should the file go?")), name, f"*{ENDING}")
        if chosen:
            self.seal(Path(chosen))

    def seal(self, path: Path) -> None:
        """Write the file there."""
        path = path if path.suffix.lower() == ENDING else path.with_name(path.name + ENDING)
        self._desk.runner.work(
            partial(kiosk.hand_over, cast("Store", self._desk.runner.store), path, code=new_code()), owner=self,
            done=self._sealed, refused=self._refused, failed=self._failed, exclusive=True,
        )  # fmt: skip

    def _sealed(self, made: KioskFile) -> None:
        _, desk = self._desk.words, self._desk
        clear(self._code_box)
        said = _.plural("{count} enquiry is in “{file}”.", "{count} enquiries are in “{file}”.", made.entries,
                        file=made.path.name)  # fmt: skip
        self._code_box.addWidget(Marked(desk, said, Shape.DONE, Tone.GREEN, wrap=True))
        self._code_box.addWidget(Label(_(N_("Say this code to the office; it is shown only now:")), Role.LABEL))
        code = Label(made.code, Role.CODE)
        code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        copy = icon_button(desk.icons, "copy", _(N_("Copy")), partial(_copy, made.code), size=15)
        self._code_box.addLayout(_row(code, copy, None))
        self._read()

    def wipe(self) -> None:
        """Wipe what came to the office, against its receipt."""
        typed = str(self.receipt.typed()).strip()
        if not typed:
            self.receipt.setFocus()
            return
        self._desk.runner.work(
            kiosk.receive, self._desk.runner.store, typed, owner=self, done=self._wiped, refused=self._refused,
            failed=self._failed, exclusive=True,
        )  # fmt: skip

    def _wiped(self, count: int) -> None:
        self.receipt.line.clear()
        clear(self._code_box)
        said = self._desk.words.plural("{count} enquiry is at the office. Nothing of it is left here.",
                                       "{count} enquiries are at the office. Nothing of them is left here.",
                                       count)  # fmt: skip
        self._say(said)
        self._read()

    def _refused(self, problems: Sequence[Problem]) -> None:
        self._say(" ".join(p.text(self._desk.words) for p in problems), refused=True)

    def _failed(self, trouble: Trouble) -> bool:
        if isinstance(trouble.error, LiaisonError):
            self._say(trouble.error.text(self._desk.words), refused=True)
            return True
        return False

    def _say(self, text: str, *, refused: bool = False) -> None:
        self.said.label.setText(text)
        self.said.shape.show_shape(Shape.BLOCKED if refused else Shape.DONE, Tone.RED if refused else Tone.GREEN)
        self.said.show()


CLEAR_AFTER_MS = 30_000


def _copy(code: str) -> None:
    """Copy the code; it leaves the clipboard after half a minute."""
    QGuiApplication.clipboard().setText(code)
    QTimer.singleShot(CLEAR_AFTER_MS, partial(_clear_clipboard, code))


def _clear_clipboard(code: str) -> None:
    if QGuiApplication.clipboard().text() == code:
        QGuiApplication.clipboard().clear()


def _in_card(holder: QWidget) -> tuple[QWidget, QVBoxLayout]:
    frame, box = card(name="cardBig")
    box.setContentsMargins(27, 22, 27, 20)
    outer = QVBoxLayout(holder)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(frame)
    return frame, box


def _row(*widgets: QWidget | None) -> QHBoxLayout:
    """Side by side; ``None`` is air."""
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for widget in widgets:
        if widget is None:
            row.addStretch(1)
        else:
            row.addWidget(widget)
    return row


def _holder(layout: QLayout) -> QWidget:
    holder = QWidget()
    layout.setContentsMargins(0, 0, 0, 0)
    holder.setLayout(layout)
    return holder


def _column(holder: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    return column
