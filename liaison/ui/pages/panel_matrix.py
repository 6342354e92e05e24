"""Panels on a day: hospitals down, insurers across; the cell under the cursor is told in words at the right.

As many insurers stand side by side as there is room for; Left and Right go on to the next ones past the edge.
"""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from liaison.domain.panel_matrix import PanelState
from liaison.i18n import N_
from liaison.services import panels
from liaison.services.panel_matrix import House, PanelMatrix, PanelRowView, grids_of, panel_matrix
from liaison.ui.actions import Action, Menu, Scope
from liaison.ui.desk import Desk
from liaison.ui.models.columns import Column, Kind
from liaison.ui.models.paged_table import PagedTable
from liaison.ui.page import Page
from liaison.ui.pages.credit_form import credit_form, edit_credit_form
from liaison.ui.pages.panel_card import edit_panel_form, panel_form
from liaison.ui.pages.panel_cell import CellCard, cell_badge, cell_words
from liaison.ui.pages.short_forms import Bench
from liaison.ui.pages.workbook_out import write_out
from liaison.ui.places import Place
from liaison.ui.theme import Role
from liaison.ui.typed import Unreadable
from liaison.ui.widgets.buttons import icon_button, primary, quiet
from liaison.ui.widgets.date_edit import DateEdit
from liaison.ui.widgets.drawer import Drawer
from liaison.ui.widgets.editors import Choice
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import LEFT, RIGHT, EmptyState, Footing, Head, clear, hairline
from liaison.ui.widgets.table_view import TableView

NAME_WIDTH, CITY_WIDTH, CELL_WIDTH = 208, 96, 108
CARD_WIDTH = 300


class MatrixView(TableView):
    """A list whose cursor is one cell; ``past`` when it leaves the insurers on display (-1 left, 1 right)."""

    past = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left on the first insurer and Right on the last one ask for the ones beyond."""
        column = self.currentIndex().column()
        first, last = self.first_cell(), self.ends()[1]
        if event.key() == Qt.Key.Key_Left and column <= first:
            self.past.emit(-1)
        elif event.key() == Qt.Key.Key_Right and column >= last:
            self.past.emit(1)
        else:
            super().keyPressEvent(event)

    def first_cell(self) -> int:
        """The first column that is an insurer."""
        return next((n for n, c in enumerate(self.table.columns) if c.kind is Kind.BADGE), 0)


class PanelMatrixPage(Page):
    """Which hospital takes whose letters on a day. Enter opens the cell's form, V says that it was asked today."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        words = desk.words
        values = place.values
        self.day = _day(values.get("day")) or desk.today()
        self.city = str(values.get("city", ""))
        self.first = int(str(values.get("first") or 0))
        self._wanted: tuple[object, object] = (values.get("at"), values.get("insurer"))
        self.found: PanelMatrix | None = None
        self._laying = False
        self.excel = quiet(desk.icons, words(N_("Excel")), self.to_excel, icon="sheet")
        self.note_button = primary(desk.icons, words(N_("Note a panel")), self.note, icon="plus")
        self.body.addWidget(
            Head(
                desk,
                words(N_("Panels")),
                note=words(N_("who takes whose letters")),
                buttons=[self.excel, self.note_button],
                back=lambda: desk.go("network"),
                back_hint=words(N_("Network")),
            )
        )
        self.body.addWidget(self._choices())
        self.body.addWidget(hairline())
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.body.addLayout(row, 1)
        self.table = PagedTable(desk, self._columns(()))
        self.view = MatrixView(desk, self.table, name=words(N_("Panels")))
        self.view.cell_cursor = True
        self.view.past.connect(self._beyond)
        self.view.opened.connect(lambda _key: self.open_cell())
        self.view.key_pressed.connect(self._letter)
        self.view.selectionModel().currentChanged.connect(lambda *_: self._show_card())
        holder = QWidget()
        self._left = QVBoxLayout(holder)
        self._left.setContentsMargins(0, 0, 0, 0)
        self._left.addWidget(self.view)
        self.nothing = QWidget()
        self._empty = QVBoxLayout(self.nothing)
        self._left.addWidget(self.nothing)
        row.addWidget(holder, 1)
        acts = {"verify": self.verify, "edit": self.open_cell, "note": self.note, "credit": self.note_credit,
                "edit_credit": self.edit_credit}  # fmt: skip
        self.card = CellCard(desk, acts)
        self.drawer = Drawer(desk, self.card, width=CARD_WIDTH)
        self.bench = Bench(desk=desk, drawer=self.drawer)
        row.addWidget(self.drawer)
        self.footing = Footing(desk)
        self.body.addWidget(self.footing)
        desk.hub.changed.connect(self._changed)

    def _choices(self) -> QWidget:
        desk, words = self.desk, self.desk.words
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(LEFT, 0, RIGHT, 10)
        row.setSpacing(8)
        self.day_edit = DateEdit(desk)
        self.day_edit.set_name(words(N_("On which day")))
        self.day_edit.set_value(self.day)
        self.day_edit.setFixedWidth(desk.theme.px(150))
        self.day_edit.committed.connect(self._day_chosen)
        row.addWidget(self.day_edit)
        self.city_choice = Choice(desk, [], none=words(N_("Every city")), search=False)
        self.city_choice.set_name(words(N_("City")))
        self.city_choice.setFixedWidth(desk.theme.px(180))
        self.city_choice.changed.connect(self._city_chosen)
        row.addWidget(self.city_choice)
        row.addStretch(1)
        self.before = icon_button(desk.icons, "chevron-left", words(N_("Insurers before")), partial(self.shift, -1))
        self.shown = Label("", Role.SECOND)
        self.after = icon_button(desk.icons, "chevron-right", words(N_("Next insurers")), partial(self.shift, 1))
        for widget in (self.before, self.shown, self.after):
            row.addWidget(widget)
        return holder

    # reading

    def start(self) -> None:
        """Read the matrix."""
        self._read()
        self.view.setFocus()

    def _changed(self, _changes: object) -> None:
        self._read()

    def _read(self) -> None:
        self.desk.runner.read(panel_matrix, self.day, self.city, owner=self, done=self.show_matrix, key="panels")

    def _day_chosen(self) -> None:
        try:
            day = self.day_edit.value()
        except Unreadable:
            self.day_edit.mark(wrong=True)
            return
        self.day_edit.mark(wrong=False)
        self.day = day or self.desk.today()
        self.day_edit.set_value(self.day)
        self._moved()

    def _city_chosen(self) -> None:
        self.city = str(self.city_choice.value() or "")
        self._moved()

    def _moved(self) -> None:
        self.place = Place(page="panels", values=self.keep())
        self.desk.frame.moved(self.place)
        self._read()

    def show_matrix(self, found: PanelMatrix) -> None:
        """Show what was read; the cursor stays on its cell."""
        words = self.desk.words
        self.found = found
        self.city_choice.set_choices([(city, city) for city in found.cities], none=words(N_("Every city")))
        self.city_choice.set_value(self.city or None)
        self._laying = True
        self.table.show_rows(found.rows, key=lambda row: row.id)
        self._show_insurers()
        self._say_when_empty(found)
        counts = found.counts()
        parts = [
            words.plural("{count} hospital", "{count} hospitals", len(found.rows)),
            words.plural("{count} insurer", "{count} insurers", len(found.insurers)),
            words(N_("{count} on a panel"), count=counts[PanelState.ON]),
            words(N_("{count} not"), count=counts[PanelState.OFF]),
            words(N_("{count} not known"), count=counts[PanelState.UNKNOWN]),
        ]
        if found.ending():
            parts.append(words(N_("{count} end soon"), count=found.ending()))
        self.footing.show_count(" · ".join(parts))
        self._show_card()

    def _say_when_empty(self, found: PanelMatrix) -> None:
        is_empty = not found.rows or not found.insurers
        self.view.setVisible(not is_empty)
        self.nothing.setVisible(is_empty)
        clear(self._empty)
        if is_empty:
            words = self.desk.words
            sentence = N_("A matrix needs hospitals and insurers. Add them to the network first.")
            self._empty.addWidget(
                EmptyState(self.desk, icon="contact", sentence=words(sentence), button=words(N_("Network")),
                           run=lambda: self.desk.go("network"))
            )  # fmt: skip
            self.card.show_nothing()

    # which insurers stand side by side

    def room(self) -> int:
        """How many insurers there is room for."""
        px = self.desk.theme.px
        left = self.view.viewport().width() - px(NAME_WIDTH) - (0 if self.city else px(CITY_WIDTH))
        return max(1, left // px(CELL_WIDTH))

    def on_display(self) -> tuple[House, ...]:
        """The insurers whose columns are shown."""
        insurers = self.found.insurers if self.found is not None else ()
        return insurers[self.first : self.first + self.room()]

    def shift(self, pages: int) -> None:
        """Show the insurers before, or the next ones."""
        if self.found is None:
            return
        most = max(0, len(self.found.insurers) - self.room())
        self.first = max(0, min(most, self.first + pages * self.room()))
        shown = self.on_display()
        self._wanted = (self._wanted[0], shown[0].id if shown else None)
        self._show_insurers()
        self._show_card()

    def _beyond(self, step: int) -> None:
        """The cursor went past the edge: the insurers move by one."""
        if self.found is None:
            return
        first = self.first
        most = max(0, len(self.found.insurers) - self.room())
        self.first = max(0, min(most, first + step))
        shown = self.on_display()
        if self.first != first:
            self._wanted = (self._wanted[0], shown[0 if step < 0 else -1].id)
            self._show_insurers()
            self._show_card()

    def _show_insurers(self) -> None:
        found = self.found
        if found is None:
            return
        room, words = self.room(), self.desk.words
        hospital, insurer = self._wanted
        keys = [house.id for house in found.insurers]
        if insurer in keys and not self.first <= keys.index(insurer) < self.first + room:
            self.first = keys.index(insurer) - (room - 1 if keys.index(insurer) > self.first else 0)
        self.first = max(0, min(self.first, len(found.insurers) - room))
        shown = self.on_display()
        self._laying = True
        self.view.show_columns(self._columns(shown))
        row = max(0, self.table.row_of_id(hospital)) if isinstance(hospital, int) else 0
        at = keys.index(insurer) - self.first if insurer in keys else 0
        if shown and found.rows:
            index = self.table.index(row, self.view.first_cell() + at)
            self.view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self._laying = False
        whole = len(found.insurers)
        last = self.first + len(shown)
        text = words(N_("Insurers {first} to {last} of {all}"), first=self.first + 1, last=last, all=whole)
        self.shown.setText(text if shown else "")
        self.before.setEnabled(self.first > 0)
        self.after.setEnabled(last < whole)
        for widget in (self.before, self.shown, self.after):
            widget.setVisible(whole > room)

    def _columns(self, insurers: tuple[House, ...]) -> tuple[Column, ...]:
        desk = self.desk
        lead: tuple[Column, ...] = (
            Column(key="hospital", label=N_("Hospital"), value=lambda r: r.hospital.name, strong=True, stretch=1,
                   width=NAME_WIDTH),
        )  # fmt: skip
        if not self.city:
            lead = (*lead, Column(key="city", label=N_("City"), value=lambda r: r.hospital.city, width=CITY_WIDTH))

        def of(insurer: House) -> Column:
            return Column(
                key=f"insurer.{insurer.id}", label=insurer.short, kind=Kind.BADGE, width=CELL_WIDTH,
                value=lambda r: cell_badge(desk, r.cell(insurer.id)),
            )  # fmt: skip

        return (*lead, *map(of, insurers))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has room for more or fewer insurers."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        if self.found is not None and len(self.on_display()) != len(self.table.columns) - (1 if self.city else 2):
            self._show_insurers()

    # the cell under the cursor

    def cell_at(self) -> tuple[PanelRowView, House] | None:
        """The hospital and the insurer under the cursor; the first insurer where it stands on the name."""
        row, shown = self.view.current_row(), self.on_display()
        if not isinstance(row, PanelRowView) or not shown:
            return None
        at = self.view.currentIndex().column() - self.view.first_cell()
        return row, shown[max(0, min(at, len(shown) - 1))]

    def _show_card(self) -> None:
        at = None if self._laying else self.cell_at()
        if at is None:
            return
        row, insurer = at
        self._wanted = (row.id, insurer.id)
        cell = row.cell(insurer.id)
        self.card.show_cell(row.hospital, insurer, cell)
        spoken = f"{row.hospital.name}, {insurer.name}: {cell_words(self.desk, cell)}"
        self.view.setAccessibleDescription(spoken)

    # what is done

    def open_cell(self) -> None:
        """Change the word that stands there, or note the first one."""
        at = self.cell_at()
        if at is None:
            return
        word = at[0].cell(at[1].id).word
        if word is None:
            self.note()
        else:
            edit_panel_form(self.bench, word.id, version=word.version)

    def note(self) -> None:
        """Note what the desk says about this hospital and this insurer."""
        at = self.cell_at()
        panel_form(self.bench, at[1].id if at else None, at[0].id if at else None)

    def note_credit(self) -> None:
        """Note a credit arrangement of this hospital with this insurer."""
        at = self.cell_at()
        credit_form(self.bench, at[0].id if at else None, at[1].id if at else None)

    def edit_credit(self) -> None:
        """Change the word on credit that holds here."""
        at = self.cell_at()
        credit = at[0].cell(at[1].id).credit if at else None
        if credit is not None:
            edit_credit_form(self.bench, credit.id)

    def verify(self) -> None:
        """Somebody asked today, and it is still so."""
        at = self.cell_at()
        word = at[0].cell(at[1].id).word if at else None
        if word is not None:
            said = self.desk.words(N_("Marked as verified today"))
            self.desk.runner.write(
                N_("Verify a panel"), panels.verify_panel, word.id, owner=self,
                done=lambda _changes: self.desk.toast(said),
            )  # fmt: skip

    def _letter(self, letter: str) -> None:
        doings = {"v": self.verify, "n": self.note, "c": self.note_credit}
        run = doings.get(letter.lower())
        if run is not None:
            run()

    def to_excel(self, target: Path | None = None) -> None:
        """The matrix, and a row for every word with its source and age."""
        found, words = self.found, self.desk.words
        if found is None:
            return
        asked = {
            words(N_("On which day")): self.desk.formats.date(found.day),
            words(N_("City")): self.city or words(N_("Every city")),
        }
        write_out(self, grids_of(found), name="panels", title=N_("Panels"), asked=asked, target=target)

    def actions_here(self) -> tuple[Action, ...]:
        """Note, verify, credit, the insurers beside, and the workbook."""
        row, page = Scope.ROW, Scope.PAGE
        return (
            Action(key="panels.note", text=N_("Note a panel"), keys="Ctrl+N", icon="plus", run=self.note, scope=page,
                   menu=Menu.FILE),
            Action(key="panels.credit", text=N_("Note a credit arrangement"), keys="C", icon="hand-coins",
                   run=self.note_credit, scope=row, menu=Menu.EDIT),
            Action(key="panels.verify", text=N_("Verified today"), keys="V", icon="check", run=self.verify, scope=row,
                   menu=Menu.EDIT),
            Action(key="panels.next", text=N_("Next insurers"), keys="Ctrl+J", icon="chevron-right",
                   run=lambda: self.shift(1), scope=page, menu=Menu.GO),
            Action(key="panels.previous", text=N_("Insurers before"), keys="Ctrl+Shift+J", icon="chevron-left",
                   run=lambda: self.shift(-1), scope=page, menu=Menu.GO),
            Action(key="panels.excel", text=N_("Write this list into a workbook…"), keys="Ctrl+E", icon="sheet",
                   run=self.to_excel, scope=page, menu=Menu.FILE),
        )  # fmt: skip

    def keep(self) -> dict[str, object]:
        """The day, the city, the cell."""
        hospital, insurer = self._wanted
        kept: dict[str, object] = {"day": self.day.isoformat(), "city": self.city, "first": self.first}
        if isinstance(hospital, int) and isinstance(insurer, int):
            kept.update(at=hospital, insurer=insurer)
        return kept

    def resume(self, kept: dict[str, object]) -> None:
        """Back to them."""
        self.day = _day(kept.get("day")) or self.day
        self.day_edit.set_value(self.day)
        self.city = str(kept.get("city", self.city))
        self.first = int(str(kept.get("first", 0)))
        self._wanted = (kept.get("at"), kept.get("insurer"))


def _day(text: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(text)) if text else None
    except ValueError:
        return None
