"""The recovery code on the screen, once: to copy, to save and to print; and the meter that grades a passphrase."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QTextDocument
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from liaison.i18n import N_
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
CODE_FILE = N_("liaison recovery code.txt")
PAPER = N_("Recovery code of the office “{office}”, {day}")
POINTS_ON_PAPER = 14
CLEAR_AFTER_MS = 30_000


def _clear_clipboard(code: str) -> None:
    if QGuiApplication.clipboard().text() == code:
        QGuiApplication.clipboard().clear()


class CodeCard(QFrame):
    """The code and what can be done with it."""

    def __init__(self, desk: Desk, code: str, office: str) -> None:
        super().__init__()
        self.setObjectName("cardSunken")
        self._desk = desk
        self._code = code
        self._office = office
        words, icons = desk.words, desk.icons
        box = QVBoxLayout(self)
        box.setContentsMargins(15, 12, 15, 12)
        head = QHBoxLayout()
        head.addWidget(IconView(desk, "key-round", size=17))
        head.addWidget(Label(words(CODE), Role.BOLD))
        head.addStretch(1)
        head.addWidget(secondary(icons, words(COPY), self.copy, icon="copy", small=True))
        head.addWidget(secondary(icons, words(SAVE_FILE), self._ask_and_save, icon="save", small=True))
        head.addWidget(secondary(icons, words(PRINT), self._ask_and_print, icon="printer", small=True))
        box.addLayout(head)
        self.label = Label(code, Role.CODE)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box.addWidget(self.label)
        box.addWidget(Label(words(CODE_ONCE), Role.SECOND))

    def paper(self) -> str:
        """What stands on the paper with the code."""
        words = self._desk.words
        head = words(PAPER, office=self._office, day=self._desk.today())
        return f"Liaison\n\n{head}\n\n{self._code}\n\n{words(CODE_SAID)}\n"

    def forget(self) -> None:
        """The code is on paper; the screen lets it go."""
        self._code = ""
        self.label.setText("")

    def copy(self) -> None:
        """Copy the code; the clipboard forgets it after half a minute, unless something else was copied since."""
        QGuiApplication.clipboard().setText(self._code)
        QTimer.singleShot(CLEAR_AFTER_MS, QGuiApplication.clipboard(), partial(_clear_clipboard, self._code))

    def save(self, path: Path) -> None:
        """Write the paper into a file."""
        path.write_text(self.paper(), encoding="utf-8")

    def print_on(self, printer: object) -> None:
        """Put the paper on a printer."""
        document = QTextDocument()
        document.setPlainText(self.paper())
        font = self._desk.theme.font(Role.TEXT)
        font.setPointSize(POINTS_ON_PAPER)
        document.setDefaultFont(font)
        document.print_(printer)  # type: ignore[arg-type]  # a QPrinter; its module loads late

    def _ask_and_save(self) -> None:
        name, _filter = QFileDialog.getSaveFileName(self, "Liaison", self._desk.words(CODE_FILE), "*.txt")
        if name:
            self.save(Path(name))

    def _ask_and_print(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec():
            self.print_on(printer)


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
