"""The recovery code on the screen, once: to print as a sheet, to save and to copy; and the meter of a passphrase."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from liaison.i18n import LANGUAGES, N_, Language
from liaison.ui.desk import Desk
from liaison.ui.strength import Strength
from liaison.ui.theme import Role, Theme
from liaison.ui.widgets.buttons import secondary
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import IconView

CODE = N_("Recovery code")
CODE_SAID = N_("The only way back in if the passphrase is forgotten. Keep it on paper, away from this computer.")
CODE_ONCE = N_("It is shown only this once.")
COPY = N_("Copy")
PRINT = N_("Print")
SAVE_FILE = N_("Save as a file…")
CODE_FILE = N_("liaison recovery sheet.pdf")
SHEET = N_("Recovery sheet")
CLEAR_AFTER_MS = 30_000


def _clear_clipboard(code: str) -> None:
    if QGuiApplication.clipboard().text() == code:
        QGuiApplication.clipboard().clear()


class CodeCard(QFrame):
    """The code and what can be done with it."""

    def __init__(self, desk: Desk, code: str, office: str, officer: str = "") -> None:
        super().__init__()
        self.setObjectName("cardSunken")
        self._desk = desk
        self._code = code
        self._office = office
        self._officer = officer
        words, icons = desk.words, desk.icons
        box = QVBoxLayout(self)
        box.setContentsMargins(15, 12, 15, 12)
        head = QHBoxLayout()
        head.addWidget(IconView(desk, "key-round", size=17))
        head.addWidget(Label(words(CODE), Role.BOLD))
        head.addStretch(1)
        box.addLayout(head)
        self.label = Label(code, Role.CODE)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box.addWidget(self.label)
        box.addWidget(Label(words(CODE_ONCE), Role.SECOND, wrap=True))
        doings = QHBoxLayout()
        doings.setSpacing(8)
        doings.addWidget(secondary(icons, words(COPY), self.copy, icon="copy", small=True))
        self.save_button = secondary(icons, words(SAVE_FILE), self._ask_and_save, icon="save", small=True)
        doings.addWidget(self.save_button)
        self.print_button = secondary(icons, words(PRINT), self._ask_and_print, icon="printer", small=True)
        doings.addWidget(self.print_button)
        doings.addStretch(1)
        box.addLayout(doings)

    def paper(self) -> bytes:
        """The recovery sheet as a PDF, in both languages; empty once the code is forgotten. Lies on no disk."""
        from liaison.reports.recovery_sheet import RecoverySheet, make_recovery_sheet

        if not self._code:
            return b""
        words = self._desk.words
        other = next(Language(code) for code in LANGUAGES if code != words.code)
        sheet = RecoverySheet(code=self._code, office=self._office, officer=self._officer, day=self._desk.today())
        return make_recovery_sheet(sheet, first=words, second=other)

    def forget(self) -> None:
        """The code is on paper; the screen lets it go."""
        self._code = ""
        self.label.setText("")

    def copy(self) -> None:
        """Copy the code; the clipboard forgets it after half a minute, unless something else was copied since."""
        QGuiApplication.clipboard().setText(self._code)
        QTimer.singleShot(CLEAR_AFTER_MS, QGuiApplication.clipboard(), partial(_clear_clipboard, self._code))

    def save(self, path: Path) -> None:
        """Write the sheet into a file, because the officer wants it there."""
        path.write_bytes(self.paper())

    def _ask_and_save(self) -> None:
        name, _filter = QFileDialog.getSaveFileName(self, "Liaison", self._desk.words(CODE_FILE), "*.pdf")
        if name:
            self.save(Path(name))

    def _ask_and_print(self) -> None:
        from liaison.ui.printing import print_pages

        print_pages(self, self.paper(), self._desk.words(SHEET))


class StrengthBar(QWidget):
    """Four bars, filled as far as the passphrase goes."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._score = 0
        self._enough = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_strength(self, strength: Strength | None) -> None:
        """Fill the bars."""
        self._score = strength.score if strength is not None else 0
        self._enough = strength is not None and strength.is_enough
        self.update()

    def sizeHint(self) -> QSize:
        """A line."""
        return QSize(200, 5)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bars."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        width = (self.width() - 9) / 4
        token = "green" if self._enough else "amberfill" if self._score >= 2 else "red"
        for number in range(4):
            painter.setBrush(self._theme.colour(token if number < self._score else "line"))
            painter.drawRoundedRect(QRectF(number * (width + 3), 0, width, 5), 2, 2)
        painter.end()
