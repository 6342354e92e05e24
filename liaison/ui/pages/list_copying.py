"""Rows of a list onto the clipboard, with their titles or without, and rows of a spreadsheet from there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from liaison.i18n import N_

if TYPE_CHECKING:
    from liaison.ui.pages.list_page import ListPage


class ListCopying(QObject):
    """Copies from one list and pastes into it."""

    def __init__(self, page: ListPage) -> None:
        super().__init__(page)
        self._page = page
        self._desk = page.desk

    def with_titles(self) -> None:
        """Copy the chosen rows under their titles."""
        self._page.view.copy_rows(titles=True)

    def say(self, count: int, with_titles: bool) -> None:
        """Say how much was copied."""
        words = self._desk.words
        if with_titles:
            said = words.plural("{count} row copied with the titles", "{count} rows copied with the titles", count)
        else:
            said = words.plural("{count} row copied", "{count} rows copied", count)
        self._desk.toast(said, undo=False)

    def switch_titles(self) -> None:
        """Ctrl+C copies the titles too from now on, or no longer; this machine remembers it."""
        self._desk.frame.remember(copy_titles=not self._desk.frame.settings().copy_titles)
        self._desk.toast(self.titles_words(is_done=True), undo=False)

    def titles_words(self, *, is_done: bool = False) -> str:
        """What the switch would do, or what holds now."""
        words, is_on = self._desk.words, self._desk.frame.settings().copy_titles
        if is_done:
            return words(N_("Ctrl+C copies the titles too") if is_on else N_("Ctrl+C copies the rows alone"))
        return words(N_("Let Ctrl+C copy the rows alone") if is_on else N_("Let Ctrl+C copy the titles too"))

    def paste(self) -> None:
        """Show what pasting the clipboard would do."""
        text = QGuiApplication.clipboard().text()
        if not text.strip():
            self._desk.toast(self._desk.words(N_("Nothing to paste: copy rows in a spreadsheet first")), refused=True)
            return
        headings = [self._desk.words(c.label) for c in self._page.view.shown_columns()]
        self._desk.go("paste", kind=self._page.spec.pastes, text=text, headings=headings)
