"""Roadshows and round tables: the next one first, how far each is, and what is still owed from the past ones."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from liaison.i18n import N_
from liaison.services import roadshow_exports, roadshow_views
from liaison.services.roadshow_views import RoadshowLine, RoadshowView
from liaison.ui.actions import Action, Menu, Scope
from liaison.ui.desk import Desk
from liaison.ui.models.columns import Column, Kind
from liaison.ui.models.paged_table import PagedTable
from liaison.ui.page import Page
from liaison.ui.pages.list_views import arranged, columns_from, plain_columns
from liaison.ui.pages.roadshow_copies import pick_copy
from liaison.ui.pages.roadshow_forms import new_roadshow
from liaison.ui.pages.roadshow_words import (
    days_words,
    guests_words,
    owner_words,
    permit_badge,
    promise_badge,
    promise_count_badge,
    region_words,
    state_badge,
)
from liaison.ui.pages.short_forms import Bench
from liaison.ui.places import Place
from liaison.ui.theme import Role
from liaison.ui.widgets.badge import BadgeView
from liaison.ui.widgets.buttons import icon_button, primary, secondary
from liaison.ui.widgets.column_chooser import ColumnChooser
from liaison.ui.widgets.drawer import Drawer
from liaison.ui.widgets.editors import restyle
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import (
    LEFT,
    PANE_PADDING,
    RIGHT,
    EmptyState,
    Facts,
    Folding,
    Footing,
    Head,
    Pane,
    Section,
    clear,
)
from liaison.ui.widgets.step_row import StepRow
from liaison.ui.widgets.table_view import TableView

CARD_WIDTH = 300
SHOWN_PROMISES = 8
KEPT_COLUMNS = "columns/roadshows"


def _columns(desk: Desk) -> tuple[Column, ...]:
    _ = desk.words
    return (
        Column(key="city", label=N_("City"), value=lambda r: r.city, strong=True, width=96),
        Column(key="series", label=N_("Series"), value=lambda r: r.series, width=150,
               stretch=2),
        Column(key="days", label=N_("Days"), value=lambda r: days_words(desk, r), width=128),
        Column(key="state", label=N_("Status"), value=lambda r: state_badge(_, r.state), kind=Kind.BADGE, width=160),
        Column(key="permits", label=N_("Permits"), value=lambda r: permit_badge(_, r), kind=Kind.BADGE, width=92),
        Column(key="guests", label=N_("Guests"), value=lambda r: guests_words(_, r), width=140, gives_way=2),
        Column(key="needs", label=N_("Wishes"), value=lambda r: r.needs, kind=Kind.NUMBER, width=70, gives_way=1),
        Column(key="promises", label=N_("Promises"), value=lambda r: promise_count_badge(_, r), kind=Kind.BADGE,
               width=100),
    )  # fmt: skip


class RoadshowsPage(Page):
    """The list at the left; the chosen event with what was promised last time at the right."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        _ = desk.words
        self._at = place.record
        self.new_button = primary(desk.icons, _(N_("New roadshow")), self.new, icon="plus")
        self.columns_button = icon_button(desk.icons, "columns-3", _(N_("Columns…")), self.choose_columns)
        self.chooser: ColumnChooser | None = None
        buttons = [
            icon_button(desk.icons, "sheet", _(N_("Write this list into a workbook… (Ctrl+E)")), self.copy_out),
            self.columns_button,
            secondary(desk.icons, _(N_("Compare cities")), self.compare, icon="table-2"),
            self.new_button,
        ]
        self.filter = QLineEdit()
        self.filter.setAccessibleName(_(N_("Filter this list")))
        self.filter.setPlaceholderText(_(N_("City, series or venue")))
        self.filter.setText(str(place.values.get("filter", "")))
        self.filter.textChanged.connect(lambda _text: self._read())
        self.usual = _columns(desk)
        kept = desk.half_typed.recall(KEPT_COLUMNS).get("columns")
        self.table = PagedTable(desk, arranged(self.usual, columns_from(kept)) if kept else self.usual)
        self.view = TableView(desk, self.table, name=_(N_("Roadshows")))
        self.view.opened.connect(lambda key: desk.go("roadshow", key))
        self.view.moved.connect(self._moved)
        self.empty = EmptyState(
            desk, icon="landmark",
            sentence=_(N_("No roadshow yet. Write the next one down: its permits, guests and promises stand here.")),
            button=_(N_("New roadshow")), run=self.new, keys=desk.actions.keys_of("roadshows.new", "Ctrl+N"),
        )  # fmt: skip
        self.empty.hide()
        self.footing = Footing(desk)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Head(desk, _(N_("Roadshows")), buttons=buttons))
        line = QVBoxLayout()
        line.setContentsMargins(LEFT, 0, RIGHT, 10)
        line.addWidget(self.filter)
        column.addLayout(line)
        column.addWidget(self.view, 1)
        column.addWidget(self.empty, 1)
        column.addWidget(self.footing)
        self.card = QWidget()
        self._card_box = QVBoxLayout(self.card)
        self._card_box.setContentsMargins(0, 0, 0, 0)
        self.drawer = Drawer(desk, self.card, width=CARD_WIDTH)
        self.drawer.switched.connect(self._dress)
        self.bench = Bench(desk=desk, drawer=self.drawer)
        self.body.addWidget(Folding([(left, 1), (self.drawer, 0)], folds=[self.drawer], below=860), 1)
        desk.hub.changed.connect(self._changed)
        self._show_card(None)

    def start(self) -> None:
        """Read the list."""
        self._read()
        self.view.setFocus()

    def _changed(self, _changes: object) -> None:
        self._read()

    def _read(self) -> None:
        text = self.filter.text().strip()
        self.desk.runner.read(roadshow_views.roadshow_lines, text, owner=self, done=self._arrived, key="roadshows")

    def _arrived(self, lines: Sequence[RoadshowLine]) -> None:
        _ = self.desk.words
        wanted = self.view.current_id() or self._at
        nothing = not lines and not self.filter.text().strip()
        self.view.setHidden(nothing)
        self.empty.setVisible(nothing)
        self.table.show_rows(lines, key=lambda line: line.id)
        self.footing.show_count(_.plural("{count} roadshow", "{count} roadshows", len(lines)))
        if lines and (wanted is None or not self.view.go_to_id(wanted)):
            self.view.go_to_row(0)
        if not lines:
            self._show_card(None)

    # the card

    def _moved(self, row: object) -> None:
        if isinstance(row, RoadshowLine):
            self.desk.frame.moved(Place(page="roadshows", record=row.id, values=self._values()))
            self.desk.runner.read(roadshow_views.roadshow_view, row.id, owner=self, done=self._show_card, key="card")

    def _show_card(self, view: RoadshowView | None) -> None:
        clear(self._card_box)
        desk, _ = self.desk, self.desk.words
        pane = Pane(desk, side="right", padding=PANE_PADDING, name=_(N_("Roadshow")))
        if view is None:
            pane.add(EmptyState(desk, icon="landmark", sentence=_(N_("Choose a roadshow to see how far it is."))))
        else:
            self._fill(pane, view)
        pane.finish()
        self._card_box.addWidget(pane)

    def _fill(self, pane: Pane, view: RoadshowView) -> None:
        desk, _ = self.desk, self.desk.words
        line = view.line
        pane.add(Label(f"{line.city} · {line.series}", Role.CARD, wrap=True))
        pane.add(BadgeView(desk.theme, state_badge(_, line.state).in_head()), space=6)
        facts = Facts()
        facts.add(_(N_("Kind")), _(line.kind.label))
        facts.add(_(N_("Days")), days_words(desk, line))
        facts.add(_(N_("Venue")), line.venue or "-")
        facts.add(_(N_("Covers")), region_words(_, view.regions))
        facts.add(_(N_("Guests")), guests_words(_, line))
        pane.add(facts, space=8)
        pane.body.addSpacing(10)
        pane.add(secondary(desk.icons, _(N_("Open")), partial(desk.go, "roadshow", line.id), icon="arrow-right"))
        pane.add(secondary(desk.icons, _(N_("Meeting mode")), partial(desk.go, "meeting", line.id), icon="monitor"),
                 space=6)  # fmt: skip
        pane.body.addSpacing(10)
        shown = view.promises or view.last_promises
        title = N_("Promised here") if view.promises else N_("Promised last time")
        section = Section(_(title), line=False)
        for promise in shown[:SHOWN_PROMISES]:
            badge = promise_badge(desk, promise)
            section.add(
                StepRow(desk, promise.what, shape=badge.shape, tone=badge.tone, beside=badge.text,
                        spoken=f"{promise.what}, {owner_words(desk, promise)}, {badge.text}")
            )  # fmt: skip
        if not shown:
            section.add(Label(_(N_("Nothing promised yet.")), Role.SECOND))
        if len(shown) > SHOWN_PROMISES:
            section.add(Label(_(N_("and {count} more"), count=len(shown) - SHOWN_PROMISES), Role.SECOND))
        pane.add(section)

    def _dress(self, form_open: bool) -> None:
        """One filled button: the form's own while one is open."""
        restyle(self.new_button, "kind", "secondary" if form_open else "primary")
        self.desk.icons.set_icon(self.new_button, "plus", token="ink2" if form_open else "onaccent")

    # what can be done

    def new(self) -> None:
        """Write a new event down."""
        new_roadshow(self.bench, done=lambda changes: self.desk.go("roadshow", changes.made))

    def compare(self) -> None:
        """The cities of the chosen event's series side by side."""
        row = self.view.current_row()
        series = row.series if isinstance(row, RoadshowLine) else ""
        self.desk.go("roadshow_series", series=series)

    def meet(self) -> None:
        """Meeting mode for the chosen event."""
        key = self.view.current_id()
        if key is not None:
            self.desk.go("meeting", key)

    def choose_columns(self) -> None:
        """Which columns are shown, in which order and how wide."""
        self.chooser = ColumnChooser(self.desk, self.table.columns, self)
        self.chooser.changed.connect(self.show_columns)
        self.chooser.restored.connect(self._usual_columns)
        self.chooser.closed.connect(lambda: self.view.setFocus())
        button = self.columns_button
        self.chooser.open_at(button.mapTo(self, button.rect().bottomRight()))

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Show these columns, now and whenever the list is next opened."""
        self.view.show_columns(columns)
        self.desk.half_typed.keep(KEPT_COLUMNS, {"columns": plain_columns(columns)})

    def _usual_columns(self) -> None:
        self.show_columns(self.usual)
        if self.chooser is not None:
            self.chooser.show_columns(self.usual)

    def copy_out(self) -> None:
        """Write the list into a workbook."""
        pick_copy(self, roadshow_exports.ROADSHOWS, N_("Roadshows"))

    def copy_to(self, target: Path) -> None:
        """The same, to a known place."""
        pick_copy(self, roadshow_exports.ROADSHOWS, N_("Roadshows"), target=target)

    def actions_here(self) -> tuple[Action, ...]:
        """New, compare, meet, write out."""
        doings: tuple[tuple[str, str, str, Any, str, Menu], ...] = (
            ("roadshows.new", N_("New roadshow"), "plus", self.new, "Ctrl+N", Menu.FILE),
            ("roadshows.meet", N_("Meeting mode"), "monitor", self.meet, "F9", Menu.VIEW),
            ("roadshows.excel", N_("Write this list into a workbook…"), "sheet", self.copy_out, "Ctrl+E", Menu.FILE),
            ("roadshows.filter", N_("Filter this list"), "list-filter", self._to_filter, "Ctrl+F", Menu.EDIT),
        )
        return tuple(
            Action(key=key, text=text, icon=icon, run=run, keys=keys, scope=Scope.PAGE, menu=menu)
            for key, text, icon, run, keys, menu in doings
        )

    def _to_filter(self) -> None:
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def _values(self) -> dict[str, object]:
        text = self.filter.text().strip()
        return {"filter": text} if text else {}

    def keep(self) -> dict[str, object]:
        """The row and the filter."""
        return {"at": self.view.current_id(), "filter": self.filter.text()}

    def resume(self, kept: dict[str, object]) -> None:
        """Back to the row."""
        at = kept.get("at")
        self._at = at if isinstance(at, int) else self._at
        self.filter.setText(str(kept.get("filter", "")))
