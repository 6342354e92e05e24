"""Which columns a list shows, in which order and how wide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu
from shiboken6 import isValid

from liaison.i18n import N_
from liaison.ui.models.columns import Column
from liaison.ui.pages.list_views import columns_of, plain_columns
from liaison.ui.widgets.column_chooser import ColumnChooser

if TYPE_CHECKING:
    from liaison.ui.pages.list_page import ListPage


class ListColumns(QObject):
    """Offers the columns of one list, and remembers those that no view keeps yet."""

    def __init__(self, page: ListPage) -> None:
        super().__init__(page)
        self._page = page
        self._desk = page.desk
        self.chooser: ColumnChooser | None = None

    def open(self) -> None:
        """Choose, order and size the columns."""
        page = self._page
        self.chooser = ColumnChooser(self._desk, page.table.columns, page)
        self.chooser.changed.connect(self._take)
        self.chooser.restored.connect(self.restore)
        self.chooser.closed.connect(lambda: page.view.setFocus())
        button = page.columns_button
        self.chooser.open_at(button.mapTo(page, button.rect().bottomRight()))

    def menu_at(self, at: QPoint) -> None:
        """The columns to show and to hide, where a title was clicked."""
        menu = QMenu(self._page)
        menu.aboutToHide.connect(menu.deleteLater)
        for column in self._page.table.columns:
            if column.label:
                action = menu.addAction(self._desk.words(column.label))
                action.setCheckable(True)
                action.setChecked(not column.hidden)
                action.triggered.connect(partial(self.switch, column.key))
        menu.addSeparator()
        menu.addAction(self._desk.words(N_("Restore order"))).triggered.connect(lambda _on=False: self.restore())
        menu.addAction(self._desk.words(N_("Columns…"))).triggered.connect(lambda _on=False: self.open())
        menu.popup(at)

    def switch(self, key: str, _checked: object = None) -> None:
        """Show a column, or hide it."""
        columns = tuple(
            replace(c, hidden=not c.hidden, own=c.own or c.hidden) if c.key == key else c
            for c in self._page.table.columns
        )
        if not all(c.hidden for c in columns if c.label):
            self._take(columns)

    def restore(self) -> None:
        """The columns as the program has them."""
        self._take(self._page.usual)
        if self.chooser is not None and isValid(self.chooser):
            self.chooser.show_columns(self._page.usual)

    def _take(self, columns: Sequence[Column]) -> None:
        self._page.view.show_columns(columns)
        self.are_otherwise()

    def are_otherwise(self) -> None:
        """Columns that no view keeps yet are found again whenever this view of the list is next opened."""
        unsaved = self.unsaved()
        if columns_of(self._page.table.columns) == self._page.views.now().columns:
            unsaved.pop(self._page.view_key, None)
        else:
            unsaved[self._page.view_key] = plain_columns(self._page.table.columns)
        self._desk.half_typed.keep(self._kept_as, unsaved)
        self._page.show_changed()
        self._page.tell_place()

    @property
    def _kept_as(self) -> str:
        return f"columns/{self._page.spec.name}"

    def unsaved(self) -> dict[str, Any]:
        """Columns that no view keeps yet, by view."""
        return self._desk.half_typed.recall(self._kept_as)
