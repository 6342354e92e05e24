"""F1: the keys of what is on the screen, made from the same list as the menus; and the few words about the program."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from liaison import __version__
from liaison.i18n import N_
from liaison.ui.actions import Scope
from liaison.ui.desk import Desk
from liaison.ui.theme import Role
from liaison.ui.widgets.buttons import primary
from liaison.ui.widgets.label import Label, key_cap

KEYS = N_("Keys of this page")
HERE = N_("On this page")
LETTERS = N_("With one letter, where nothing is being typed")
LISTS = N_("In a list")
FORMS = N_("In a form")
EVERYWHERE = N_("Everywhere")
CLOSE = N_("Close")
ABOUT = N_("About Liaison")
WHAT = N_(
    "Liaison {version}: the desk of an insurance liaison officer. Everything is encrypted and stays on this computer."
)
LICENCES = N_("Free software under the Apache License 2.0. Icons: Lucide (ISC). Type: IBM Plex Sans (OFL).")
ROWS = (
    ("Return", N_("Open the row")),
    ("Space", N_("Choose the row")),
    ("Ctrl+A", N_("Choose all rows")),
    ("Ctrl+C", N_("Copy the rows")),
    ("Shift+Down", N_("Choose the next row too")),
    ("Ctrl+Alt+1", N_("Sort by the first column; 2 to 9 by the others")),
)
FORM = (
    ("Tab", N_("Next field")),
    ("Ctrl+Return", N_("Save the form")),
    ("F2", N_("Change a fact where it stands")),
    ("Alt+Down", N_("Open the choices of a field")),
    ("Esc", N_("One step back; nothing typed is lost")),
)
MENUS = ("F10", N_("The menus, with the mouse by the mark at the top left"))
Row = tuple[str, str]
CAPS = 92
"""Logical pixels that all keys stand in, so that their words stand under one another."""


class KeySheet(QDialog):
    """What can be done here and with which keys: this page first, then lists, forms, and everywhere."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        words = desk.words
        self.setWindowTitle(words(KEYS))
        self.resize(max(760, desk.theme.px(700)), max(520, desk.theme.px(480)))
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 14)
        box.addWidget(Label(words(KEYS), Role.TITLE))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        area.setAccessibleName(words(KEYS))
        content = QWidget()
        content.setObjectName("scrolled")
        columns = QHBoxLayout(content)
        columns.setContentsMargins(0, 6, 8, 6)
        columns.setSpacing(28)
        for groups in self._columns(desk):
            column = QVBoxLayout()
            column.setSpacing(0)
            for title, rows in groups:
                self._add_group(column, words(title), rows, caps=desk.theme.px(CAPS))
            column.addStretch(1)
            columns.addLayout(column, 1)
        area.setWidget(content)
        box.addWidget(area, 1)
        box.addLayout(_close_row(self, desk))

    def _columns(self, desk: Desk) -> list[list[tuple[str, list[Row]]]]:
        """The groups, page and lists at the left, the program at the right."""
        words = desk.words
        page = desk.actions.of_page()
        here = [(a.keys, a.words(words)) for a in page if a.scope is not Scope.ROW]
        on_rows = [(a.keys, a.words(words)) for a in page if a.scope is Scope.ROW]
        everywhere = [(a.keys, a.words(words)) for a in desk.actions.of_program() if a.menu is not None]
        left = [
            (HERE, here),
            (LETTERS, on_rows),
            (LISTS, [(keys, words(text)) for keys, text in ROWS]),
            (FORMS, [(keys, words(text)) for keys, text in FORM]),
        ]
        return [[group for group in left if group[1]], [(EVERYWHERE, [*everywhere, (MENUS[0], words(MENUS[1]))])]]

    @staticmethod
    def _add_group(column: QVBoxLayout, title: str, rows: list[Row], *, caps: int) -> None:
        column.addWidget(Label(title, Role.SECTION))
        column.addSpacing(6)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, caps)
        for at, (keys, text) in enumerate(rows):
            if keys:
                grid.addWidget(key_cap(native(keys)), at, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Label(text, Role.QUIET, wrap=True), at, 1)
        column.addLayout(grid)
        column.addSpacing(16)


class About(QDialog):
    """What the program is."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(desk.words(ABOUT))
        width = max(420, desk.theme.px(420))
        self.setMinimumWidth(width)
        box = QVBoxLayout(self)
        box.setContentsMargins(22, 20, 22, 14)
        box.setSpacing(8)
        box.addWidget(Label("Liaison", Role.TITLE))
        box.addWidget(Label(desk.words(WHAT, version=__version__), Role.QUIET, wrap=True))
        box.addWidget(Label(desk.words(LICENCES), Role.SECOND, wrap=True))
        box.addSpacing(6)
        box.addLayout(_close_row(self, desk))
        self.resize(width, box.totalHeightForWidth(width))


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
