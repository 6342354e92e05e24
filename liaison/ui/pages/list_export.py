"""Ctrl+E: all rows of a list's filter into a workbook, after one question, since the file names people.

The workbook is made in memory and stands in the record of what was made: no name lies in a temporary file.
"""

from __future__ import annotations

import hashlib
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QPushButton

from liaison.domain.grids import Grid
from liaison.domain.privacy import Audience
from liaison.i18n import N_, Language
from liaison.services import exports, list_copies
from liaison.services.list_queries import ListQuery
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import primary, quiet
from liaison.ui.widgets.parts import LEFT, RIGHT, Marked
from liaison.ui.widgets.shapes import Shape

if TYPE_CHECKING:
    from liaison.ui.pages.list_page import ListPage

TITLE = N_("Write a list into a workbook")
ASKS = N_("This file will name people. Keep it inside the office, and delete it when it is no longer needed.")


class ListExport(QObject):
    """Asks once, then where to, then writes."""

    def __init__(self, page: ListPage) -> None:
        super().__init__(page)
        self._page = page
        self._desk = page.desk
        words = self._desk.words
        self.write_button = primary(self._desk.icons, words(N_("Write the file…")), self._pick, icon="sheet")
        self.line = _Question(self)
        row = QHBoxLayout(self.line)
        row.setContentsMargins(LEFT, 8, RIGHT, 8)
        row.setSpacing(8)
        said = Marked(self._desk, words(ASKS), Shape.WARNING, Tone.AMBER, role=Role.WARNING, ground="sunken", wrap=True)
        row.addWidget(said, 1)
        row.addWidget(self.write_button)
        self.leave: QPushButton = quiet(self._desk.icons, words(N_("Leave it")), self.close_it)
        row.addWidget(self.leave)
        self.line.hide()

    def ask(self) -> None:
        """Say what the file will hold, and ask."""
        self.line.show()
        self.write_button.setFocus()

    def close_it(self) -> None:
        """Nothing is written."""
        self.line.hide()
        self._page.view.setFocus()

    def _pick(self) -> None:
        words = self._desk.words
        stem = f"{words(self._page.spec.title)} {self._desk.today().isoformat()}.xlsx"
        name, _kind = QFileDialog.getSaveFileName(self._page, words(TITLE), stem, "Excel (*.xlsx)")
        if name:
            self.write_to(Path(name))

    def write_to(self, target: Path) -> None:
        """Write all rows of the filter, in the list's order."""
        self.line.hide()
        spec = self._page.spec
        grid = spec.grid if spec.grid is not None else partial(_exported, spec.name)
        self._desk.runner.read(
            grid, self._page.query, self._desk.words, owner=self._page,
            done=lambda grid: self._write(grid, target), key="export",
        )  # fmt: skip

    def about(self, grid: Grid) -> dict[str, str]:
        """What the sheet "About" says."""
        words, formats = self._desk.words, self._desk.formats
        looks = self._page.looks()
        period = {words(N_("Period")): self._page.period_words()} if self._page.spec.dates else {}
        return {
            words(N_("List")): words(self._page.spec.title),
            words(N_("Filter")): looks.filter or words(N_("none: all rows")),
            **period,
            words(N_("Rows")): formats.number(len(grid.rows)),
            words(N_("Made at")): formats.moment(self._desk.clock()),
            words(N_("Source")): f"Liaison · {self._desk.officer.office}",
            words(N_("Made by")): self._desk.officer.name,
            words(N_("Reader")): words(Audience.INTERNAL.label),
        }

    def _write(self, grid: Grid, target: Path) -> None:
        about = self.about(grid)
        self._desk.runner.work(
            written, grid, target, self._desk.words, about, owner=self._page,
            done=lambda sha: self._written(grid, about, sha),
        )  # fmt: skip

    def _written(self, grid: Grid, about: dict[str, str], sha256: str) -> None:
        words = self._desk.words
        self._desk.runner.write(
            TITLE, _record, self._page.spec.name, self._page.query, {"filter": self._page.looks().filter},
            len(grid.rows), sha256, words.code, self._page.spec.named, owner=self._page, kind="release",
            done=lambda _changes: self._desk.toast(
                words.plural("{count} row written", "{count} rows written", len(grid.rows)), undo=False
            ),
        )  # fmt: skip
        self._page.view.setFocus()


def _exported(name: str, session: Any, query: ListQuery, words: Language) -> Grid:
    return exports.export(session, name, query, words)


class _Question(QFrame):
    """The question; Escape leaves it."""

    def __init__(self, export: ListExport) -> None:
        super().__init__()
        self.setObjectName("cardSunken")
        self._export = export

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves, Enter writes."""
        match event.key():
            case Qt.Key.Key_Escape:
                self._export.close_it()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._export.write_button.click()
            case _:
                super().keyPressEvent(event)


def written(grid: Grid, target: Path, words: Language, about: dict[str, str]) -> str:
    """Write the workbook; returns its SHA-256."""
    from liaison.exchange import workbook

    workbook.write([grid], target, language=words, about=about)
    return hashlib.sha256(target.read_bytes()).hexdigest()


def _record(
    session: Any, name: str, query: ListQuery, asked: dict[str, str], rows: int, sha256: str, language: str, named: Any
) -> Any:
    return list_copies.record_copy(
        session, name, query, asked=asked, rows=rows, sha256=sha256, language=language, named=named
    )
