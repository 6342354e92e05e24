"""A list with the card of its chosen row at the right, in whose place the row's forms open."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from liaison.ui.desk import Desk
from liaison.ui.pages.agreements_parts import Card
from liaison.ui.pages.list_page import ListPage
from liaison.ui.pages.list_source import ListSpec
from liaison.ui.pages.short_forms import Bench
from liaison.ui.places import Place
from liaison.ui.widgets.drawer import Drawer
from liaison.ui.widgets.editors import restyle
from liaison.ui.widgets.parts import Folding

CARD_WIDTH, FORM_WIDTH = 344, 420


class CardedList(ListPage):
    """List left, card right. A page says which card, and what its new entry is."""

    new_button: QPushButton
    """The filled button of the head; it steps back while a form is open."""

    def __init__(self, desk: Desk, place: Place, spec: ListSpec) -> None:
        super().__init__(desk, place, spec)
        if place.record is not None:
            self._wanted = place.record
        self.view.moved.connect(self._show_card)
        self.view.key_pressed.connect(self._letter)
        self.drawer.switched.connect(self._dress)

    @abstractmethod
    def make_card(self) -> Card:
        """The card of a row."""

    def _stacked(self) -> QWidget:
        self.card = self.make_card()
        self.drawer = Drawer(self.desk, self.card, width=CARD_WIDTH, open_width=FORM_WIDTH)
        self.bench = Bench(desk=self.desk, drawer=self.drawer)
        self.card.bench = self.bench
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(super()._stacked())
        return Folding([(left, 1), (self.drawer, 0)], folds=[], below=0)

    def _dress(self, form_open: bool) -> None:
        """One filled button: the form's own while one is open."""
        restyle(self.new_button, "kind", "secondary" if form_open else "primary")
        self.desk.icons.set_icon(self.new_button, "plus", token="ink2" if form_open else "onaccent")

    def _show_card(self, line: object) -> None:
        key = getattr(line, "id", None)
        if isinstance(key, int):
            self.card.show_key(key)

    def _open(self, _key: int) -> None:
        self.card.edit()

    def _edit(self, _column: str) -> None:
        self.card.edit()

    def _show_history(self, _letter: str) -> None:
        """The card's own letter shows it."""

    def _made(self, changes: object) -> None:
        self._wanted = getattr(changes, "made", None)
        self.load()

    def _changed(self, changes: Any) -> None:
        super()._changed(changes)
        if self.card.key is not None and any(t.kind in self.spec.kinds for t in changes.touched):
            self.card.show_key(self.card.key)

    def _letter(self, letter: str) -> None:
        run = self.card.letters().get(letter.lower())
        if run is not None:
            run()
        elif letter == "/":
            self.bar.filter.setFocus()
