"""F1: the keys of what is on the screen, made from the same list as the menus; and the few words about the program."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from liaison import __version__
from liaison.i18n import N_
from liaison.ui.desk import Desk
from liaison.ui.theme import Role
from liaison.ui.widgets.buttons import primary
from liaison.ui.widgets.label import Label, key_cap

KEYS = N_("Keys of this page")
LISTS = N_("In a list")
CLOSE = N_("Close")
ABOUT = N_("About Liaison")
WHAT = N_(
    "Liaison {version}: the desk of an insurance liaison officer. Everything is encrypted and stays on this computer."
)
LICENCES = N_("Free software under the Apache License 2.0. Icons: Lucide (ISC). Type: IBM Plex Sans (OFL).")
ROWS = (
    ("Enter", N_("Open the row")),
    ("Space", N_("Choose the row")),
    ("Ctrl+A", N_("Choose all rows")),
    ("Ctrl+C", N_("Copy the rows")),
)


class KeySheet(QDialog):
    """Two columns of keys."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        words = desk.words
        self.setWindowTitle(words(KEYS))
        self.resize(620, 460)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 14)
        box.addWidget(Label(words(KEYS), Role.TITLE))
        area = QScrollArea()
        area.setWidgetResizable(True)
        content = QWidget()
        content.setObjectName("scrolled")
        self.grid = QGridLayout(content)
        self.grid.setHorizontalSpacing(12)
        self.grid.setVerticalSpacing(7)
        self.grid.setColumnStretch(1, 1)
        self.grid.setColumnStretch(3, 1)
        rows = [(native(keys), text) for keys, text in desk.actions.key_sheet(words)]
        rows += [(keys, words(text)) for keys, text in ROWS]
        half = (len(rows) + 1) // 2
        for number, (keys, text) in enumerate(rows):
            row, side = number % half, 2 * (number // half)
            self.grid.addWidget(key_cap(keys), row, side)
            self.grid.addWidget(Label(text, Role.QUIET, elide=True), row, side + 1)
        self.grid.setRowStretch(half, 1)
        area.setWidget(content)
        area.setAccessibleName(words(KEYS))
        box.addWidget(area, 1)
        box.addLayout(_close_row(self, desk))


class About(QDialog):
    """What the program is."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(desk.words(ABOUT))
        self.setMinimumWidth(420)
        box = QVBoxLayout(self)
        box.setContentsMargins(22, 20, 22, 14)
        box.setSpacing(8)
        box.addWidget(Label("Liaison", Role.TITLE))
        box.addWidget(Label(desk.words(WHAT, version=__version__), Role.QUIET, wrap=True))
        box.addWidget(Label(desk.words(LICENCES), Role.SECOND, wrap=True))
        box.addSpacing(6)
        box.addLayout(_close_row(self, desk))


def _close_row(dialog: QDialog, desk: Desk) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addStretch(1)
    close = primary(desk.icons, desk.words(CLOSE), dialog.accept)
    close.setDefault(True)
    row.addWidget(close)
    return row


def native(keys: str) -> str:
    """Keys as this computer's keyboard names them."""
    return QKeySequence.fromString(keys).toString(QKeySequence.SequenceFormat.NativeText)
