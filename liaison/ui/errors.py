"""The one boundary for trouble: what the user can mend, what the world does, and our own bugs.

A bug is told in one plain dialog with a report that carries file names and line numbers of our code and nothing of what
was on the screen. ``sys.excepthook`` comes here, and so does everything the runner could not hand to a page.
"""

from __future__ import annotations

import platform
import sys
from types import TracebackType

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from liaison import __version__, log
from liaison.domain.errors import LiaisonError
from liaison.i18n import N_, Language
from liaison.ui.icons import Icons
from liaison.ui.runner import Sort, Trouble, sort_out
from liaison.ui.theme import Role
from liaison.ui.widgets.buttons import primary, secondary
from liaison.ui.widgets.label import Label

TITLES = {
    Sort.REFUSED: N_("This cannot be done yet"),
    Sort.CONFLICT: N_("Somebody changed this meanwhile"),
    Sort.LOCKED: N_("The store is closed"),
    Sort.UNAVAILABLE: N_("Something outside the program is in the way"),
    Sort.BUG: N_("The program made a mistake"),
}
BUG = N_(
    "Nothing you saved is lost, and the step in progress was not written. You can go on working. "
    "Send the report below to whoever looks after the program: it holds no names and no numbers of anybody."
)
CLOSE = N_("Close")
COPY = N_("Copy the report")
REPORT = N_("Report without personal data")


class Boundary(QObject):
    """Shows trouble. One per program; ``words`` follows the language."""

    def __init__(self, words: Language, icons: Icons) -> None:
        super().__init__()
        self.words = words
        self._icons = icons
        self.window: QWidget | None = None
        self._open: TroubleDialog | None = None

    def install(self) -> None:
        """Take over what Python would print."""
        sys.excepthook = self.hook

    def hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """An exception nobody caught."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.show(sort_out(error))

    def show(self, trouble: Trouble) -> None:
        """Tell the user. A second trouble while the first is being read is only logged."""
        code = getattr(trouble.error, "code", type(trouble.error).__name__)
        log.note("trouble." + trouble.sort.value, code=code, where=log.where(trouble.error))
        if QApplication.instance() is None or self._open is not None:
            return
        self._open = TroubleDialog(trouble, self.words, self._icons, self.window)
        self._open.finished.connect(self._closed)
        QTimer.singleShot(0, self._open, self._open.open)

    def _closed(self) -> None:
        if self._open is not None:
            self._open.deleteLater()
        self._open = None

    @property
    def dialog(self) -> TroubleDialog | None:
        """The dialog on display."""
        return self._open


class TroubleDialog(QDialog):
    """What happened, in one or two sentences, and what to do."""

    def __init__(self, trouble: Trouble, words: Language, icons: Icons, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Liaison")
        self.setMinimumWidth(460)
        box = QVBoxLayout(self)
        box.setContentsMargins(22, 20, 22, 16)
        box.setSpacing(10)
        self.title = Label(words(TITLES[trouble.sort]), Role.CARD, wrap=True)
        box.addWidget(self.title)
        error = trouble.error
        bug = not isinstance(error, LiaisonError)
        self.text = Label(words(BUG) if bug else error.text(words), Role.QUIET, wrap=True)  # type: ignore[attr-defined]
        box.addWidget(self.text)
        self.report = report(error) if bug else ""
        buttons = QHBoxLayout()
        if bug:
            shown = QPlainTextEdit(self.report)
            shown.setReadOnly(True)
            shown.setFixedHeight(120)
            shown.setAccessibleName(words(REPORT))
            box.addWidget(shown)
            buttons.addWidget(secondary(icons, words(COPY), self._copy, icon="copy"))
        buttons.addStretch(1)
        close = primary(icons, words(CLOSE), self.accept)
        close.setDefault(True)
        buttons.addWidget(close)
        box.addSpacing(4)
        box.addLayout(buttons)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        close.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report)


def report(error: BaseException) -> str:
    """What whoever mends the program needs, and nothing else: no message, since a message may quote a record."""
    from PySide6 import __version__ as qt

    versions = f"Liaison {__version__} · Python {platform.python_version()} · Qt {qt} · {platform.system()}"
    return f"{versions}\n{log.where(error)}"
