"""What the two long lists share: views, filter, order, groups, columns, footing, and finding the place again."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QMenu, QStackedLayout, QWidget

from liaison.domain.periods import Period, span_of
from liaison.i18n import N_
from liaison.services.changes import Changes
from liaison.services.list_queries import Footing, ListQuery
from liaison.services.list_views import KeptView
from liaison.ui.actions import Action
from liaison.ui.desk import Desk
from liaison.ui.icons import Icons
from liaison.ui.models.paged_table import PagedTable, Snapshot
from liaison.ui.page import Page
from liaison.ui.pages.cell_line import CellLine
from liaison.ui.pages.list_actions import list_actions
from liaison.ui.pages.list_bulk import BulkLine
from liaison.ui.pages.list_columns import ListColumns
from liaison.ui.pages.list_copying import ListCopying
from liaison.ui.pages.list_export import ListExport
from liaison.ui.pages.list_source import ListSpec, NotUnderstood, Source, Totals, fetch, take
from liaison.ui.pages.list_views import (
    ListViews,
    NameLine,
    SavedView,
    arranged,
    columns_from,
    columns_of,
    plain_columns,
)
from liaison.ui.places import Place
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import icon_button, quiet, set_button_text
from liaison.ui.widgets.filter_line import ViewBar
from liaison.ui.widgets.parts import LEFT, EmptyState, Head, Marked
from liaison.ui.widgets.parts import Footing as FootLine
from liaison.ui.widgets.shapes import Shape
from liaison.ui.widgets.table_view import TableView

NO_GROUP = N_("No groups")
ALL_TIME = N_("All time")
LONG = 20_000
"""Over so many rows a change shows in the rows on the screen at once; order and sums follow when it is quiet."""
RELOAD_MS = 400


class ListPage(Page):
    """A list with everything round it. Subclasses give the head's buttons, the counts' words and what stands above."""

    def __init__(self, desk: Desk, place: Place, spec: ListSpec) -> None:
        super().__init__(desk, place)
        self.spec = spec
        self._view = str(place.values.get("view", spec.views[0].key))
        group = str(place.values.get("group", self._now().group))
        self._group = group if group in dict(spec.groups) else ""
        at = place.values.get("at")
        self._wanted: int | None = at if isinstance(at, int) else None
        self._sort, self._descending = spec.sort, spec.descending
        self._period, self._basis = str(place.values.get("period", "")), str(place.values.get("basis", ""))
        self._totals: Totals | None = None
        self._half_typed: dict[str, Any] = {}
        _ = desk.words
        self.views, self.columns, self.copying = ListViews(self), ListColumns(self), ListCopying(self)
        self.head = Head(desk, _(spec.title), buttons=self.head_buttons())
        self.body.addWidget(self.head)
        above = self.above()
        if above is not None:
            self.body.addWidget(above)
        self.bar = ViewBar(
            desk,
            view=_(self._now().name),
            menu=self.views.menu,
            filter_hint=_(N_("Filter: city:medan, a name, a number…")),
            buttons=self._list_buttons(),
        )
        self.bar.filter.changed.connect(self._filtered)
        self.bar.restored.connect(self._restore)
        self.body.addWidget(self.bar)
        self.problem = Marked(desk, "", Shape.WARNING, Tone.AMBER, role=Role.WARNING, wrap=True)
        self.problem.setContentsMargins(LEFT, 0, LEFT, 8)
        self.problem.hide()
        self.body.addWidget(self.problem)
        self.naming = NameLine(desk)
        self.naming.named.connect(self.views.named)
        self.body.addWidget(self.naming)
        self.usual = spec.columns(desk)
        self.table = PagedTable(desk, self.usual, fetch=partial(fetch, spec.source))
        self.table.sorted_by, self.table.ascending = self._sort, not self._descending
        self.table.loaded.connect(self._loaded)
        self.view = TableView(desk, self.table, name=_(spec.title))
        self.naming.closed.connect(self.view.setFocus)
        self.view.opened.connect(self._open)
        self.view.titles_too = lambda: desk.frame.settings().copy_titles
        self.view.copied.connect(self.copying.say)
        self.view.key_pressed.connect(self._show_history)
        self.view.sort_wanted.connect(self._sorted)
        self.view.chosen_changed.connect(self._chosen)
        self.view.columns_changed.connect(self.columns.are_otherwise)
        self.view.columns_menu.connect(self.columns.menu_at)
        self.view.edit_wanted.connect(self._edit)
        self.view.key_pressed.connect(self._bulk_letter)
        self.empty = self.empty_state()
        self.body.addWidget(self._stacked(), 1)
        self._sums_are_chosen = False
        self._sum_later = QTimer(self)
        self._sum_later.setSingleShot(True)
        self._sum_later.setInterval(120)
        self._sum_later.timeout.connect(self._read_chosen)
        self._reload_later = QTimer(self)
        self._reload_later.setSingleShot(True)
        self._reload_later.setInterval(RELOAD_MS)
        self._reload_later.timeout.connect(self.table.reload)
        self.bulk = BulkLine(desk, of_claims=spec.of_claims)
        self.bulk.closed.connect(lambda: self.view.setFocus())
        self.bulk.done.connect(lambda _count: self.view.setFocus())
        self.body.addWidget(self.bulk)
        self.cell_line = CellLine(desk)
        self.cell_line.closed.connect(lambda: self.view.setFocus())
        self.body.addWidget(self.cell_line)
        self.export = ListExport(self)
        self.body.addWidget(self.export.line)
        self.footing = FootLine(desk)
        self.body.addWidget(self.footing)
        self._set_filter(str(place.values.get("filter", self._now().filter(_.code))))
        columns = place.values.get("columns", self.columns.unsaved().get(self._view))
        if isinstance(columns, list):
            self.table.columns = arranged(self.usual, columns_from(columns))
        folded = place.values.get("folded")
        if isinstance(folded, list):
            self.table.fold_next([str(key) for key in folded])
        else:
            self._fold_as_the_view()
        desk.hub.changed.connect(self._changed)

    def _stacked(self) -> QWidget:
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        return holder

    # what the lists differ in

    @abstractmethod
    def head_buttons(self) -> list[QWidget]:
        """The buttons at the right of the head."""

    def above(self) -> QWidget | None:
        """What stands between head and filter."""
        return None

    @abstractmethod
    def show_totals(self, totals: Totals) -> None:
        """Counts in the head and sums in the footing."""

    @abstractmethod
    def empty_state(self) -> EmptyState:
        """What stands where nothing was found."""

    # views

    def _now(self) -> SavedView:
        return next((v for v in self.spec.views if v.key == self._view), self.spec.views[0])

    def built_in(self, view: SavedView) -> KeptView:
        """One of the program's own views, as a list would have to look to be it."""
        return KeptView(
            key=view.key, name=self.desk.words(view.name), filter=view.filter(self.desk.words.code),
            sort=self.spec.sort, descending=self.spec.descending, group=view.group, columns=columns_of(self.usual),
        )  # fmt: skip

    def looks(self) -> KeptView:
        """The list as it looks now."""
        return KeptView(
            filter=self.bar.filter.text(), sort=self._sort, descending=self._descending, group=self._group,
            period=self._period, basis=self._basis if self._period else "", columns=columns_of(self.table.columns),
        )  # fmt: skip

    @property
    def view_key(self) -> str:
        """The view now chosen."""
        return self._view

    def look_like(self, view: KeptView) -> None:
        """Show a view."""
        self._view = view.key
        self._sort, self._descending = view.sort or self.spec.sort, view.descending
        self._group, self._period, self._basis = view.group, view.period, view.basis
        self.table.sorted_by, self.table.ascending = self._sort, not self._descending
        self.view.show_columns(arranged(self.usual, view.columns))
        set_button_text(self.bar.view_button, view.name)
        self._set_filter(view.filter)
        self._fold_as_the_view()
        self.load()

    def _fold_as_the_view(self) -> None:
        """A view of headings begins with them alone."""
        if self._now().key == self._view and self._now().folded and self._group:
            self.table.fold_next()

    def _restore(self) -> None:
        self.look_like(self.views.now())

    def _set_filter(self, text: str) -> None:
        self.bar.filter.set_text(text)
        if hasattr(self, "view") and self.view.header.filter_row is not None:
            self.view.header.filter_row.show_filter(text)
        self.show_changed()

    def show_changed(self) -> None:
        """Say whether the list still looks like its view."""
        if hasattr(self, "table"):
            self.bar.show_changed(changed=not self.looks().same_as(self.views.now()))

    def show_views(self) -> None:
        """The views were read: whether the list still looks like its own."""
        now = self.views.now()
        set_button_text(self.bar.view_button, now.name)
        self.show_changed()

    def _filtered(self, text: str) -> None:
        if self.view.header.filter_row is not None:
            self.view.header.filter_row.show_filter(text)
        self.show_changed()
        self.load()

    # the list's own buttons

    def _list_buttons(self) -> list[QWidget]:
        _, icons = self.desk.words, self.desk.icons
        made = quiet if self.spec.worded_buttons else _only_icon
        self.bulk_button = made(icons, _(N_("With the chosen")), self._open_steps, icon="layers")
        self.bulk_button.hide()
        self.period_button = icon_button(icons, "calendar", _(N_("Period")), self.open_periods)
        self.group_button = made(icons, _(N_("Group")), self.open_groups, icon="rows-3")
        self.columns_button = made(icons, _(N_("Columns")), self.columns.open, icon="columns-3")
        self.copy_button = made(icons, _(N_("Excel")), self.to_excel, icon="sheet")
        if not self.spec.dates:
            self.period_button.hide()
        return [self.bulk_button, self.period_button, self.group_button, self.columns_button, self.copy_button]

    def _menu(self, choices: Sequence[tuple[str, str]], now: str, take: Callable[[str], None], under: QWidget) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for key, label in choices:
            action = menu.addAction(self.desk.words(label))
            action.setCheckable(True)
            action.setChecked(key == now)
            action.triggered.connect(lambda _on=False, key=key: take(key))
        menu.popup(under.mapToGlobal(under.rect().bottomLeft()))

    def open_groups(self) -> None:
        """Choose what the rows are put under."""
        self._menu((("", NO_GROUP), *self.spec.groups), self._group, self.group_by, self.group_button)

    def group_by(self, key: str, _checked: object = None) -> None:
        """Put the rows under headings, or under none."""
        self._group = key
        self.show_changed()
        self.load()

    def open_periods(self) -> None:
        """Which days, and which of the dates counts."""
        words = self.desk.words
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for key, label in (("", ALL_TIME), *((p.value, p.label) for p in Period)):
            action = menu.addAction(words(label))
            action.setCheckable(True)
            action.setChecked(key == self._period)
            action.triggered.connect(lambda _on=False, key=key: self.ask_period(key))
        menu.addSection(words(N_("By")))
        for key, label in self.spec.dates:
            action = menu.addAction(words(label))
            action.setCheckable(True)
            action.setChecked(key == self.basis)
            action.triggered.connect(lambda _on=False, key=key: self.ask_period(self._period, key))
        menu.popup(self.period_button.mapToGlobal(self.period_button.rect().bottomLeft()))

    @property
    def basis(self) -> str:
        """The date that a period goes by."""
        return self._basis or (self.spec.dates[0][0] if self.spec.dates else "")

    def ask_period(self, period: str, basis: str = "") -> None:
        """Show only rows of these days; none shows all."""
        self._period, self._basis = period, basis or self._basis
        self.show_changed()
        self.load()

    def period_words(self) -> str:
        """On what dates the list goes, said whole."""
        words, formats = self.desk.words, self.desk.formats
        by = words(dict(self.spec.dates).get(self.basis, ""))
        period = next((p for p in Period if p.value == self._period), None)
        if period is None:
            return words(N_("By {date}, all time"), date=by)
        span = span_of(period, self.desk.today())
        return words(
            N_("By {date}, {period} ({first} – {last})"), date=by, period=words(period.label).lower(),
            first=formats.short_date(span.first), last=formats.date(span.last),
        )  # fmt: skip

    # the filter row and the order

    def switch_filter_row(self) -> None:
        """Show the lines under the titles, or take them away."""
        shown = self.view.header.filter_row is None
        row = self.view.header.show_filter_row(shown=shown)
        self.view.updateGeometries()
        if row is None:
            self.view.setFocus()
            return
        row.changed.connect(self._asked_in_row)
        row.left.connect(self.view.setFocus)
        row.show_filter(self.bar.filter.text())
        here = self.table.columns[max(0, self.view.currentIndex().column())].key
        first = row.lines.get(here) or next(iter(row.lines.values()), None)
        if first is not None:
            first.setFocus()

    def _asked_in_row(self, text: str) -> None:
        self.bar.filter.set_text(text)
        self.show_changed()
        self.load()

    def sort_by(self, number: int) -> None:
        """Sort by the n-th column on display."""
        if not self.view.sort_by(number):
            self.desk.toast(self.desk.words(N_("This column cannot be sorted")), refused=True)

    # writing into a file

    def to_excel(self) -> None:
        """Write all rows of the filter into a workbook."""
        self.export.ask()

    # the same step for many

    def _targets(self) -> list[int]:
        here = self.view.current_id()
        return self.view.chosen_ids() or ([here] if here is not None else [])

    def _open_steps(self) -> None:
        choices = [(o.key, o.text) for o in self.spec.steps]
        self._menu(choices, "", self.change_chosen, self.bulk_button)

    def change_chosen(self, step: str) -> None:
        """Ask what a step needs, then take it with all chosen rows."""
        ids = self._targets()
        if ids:
            self.bulk.open(step, ids)

    def _bulk_letter(self, letter: str) -> None:
        offer = next((o for o in self.spec.steps if o.letter and o.letter == letter.lower()), None)
        if offer is not None:
            self.change_chosen(offer.key)

    # one cell

    def _edit(self, column: str) -> None:
        """F2: edit the cell under the cursor where that may be done in a list, else say why not."""
        row, words = self.view.current_row(), self.desk.words
        shown = self.view.currentIndex().column() if self.view.cell_cursor else -1
        wanted = column if shown >= 0 else next(iter(self.spec.editable), "")
        if row is None:
            return
        if wanted not in self.spec.editable:
            names = ", ".join(words(c.label).lower() for c in self.usual if c.key in self.spec.editable)
            if names:
                said = words(N_("Press Enter to change this in the record. Here F2 edits: {columns}"), columns=names)
            else:
                said = words(N_("Press Enter to change this in the record."))
            self.desk.toast(said, refused=True)
            return
        self._edit_cell(wanted, row)

    def _edit_cell(self, column: str, row: Any) -> None:
        self.edit_cell(column, row)
        self.cell_line.ask_about(column, row.id)

    def edit_cell(self, column: str, row: Any) -> None:
        """Open the line that edits one cell; lists with editable cells say how."""

    # reading

    def _show_history(self, letter: str) -> None:
        """H shows who changed what in the record under the cursor."""
        key = self.view.current_id()
        if letter.lower() == "h" and key is not None:
            self.desk.go("history", key, kind=self.spec.opens)

    def start(self) -> None:
        """Read the list; the cursor waits on its first row."""
        self.load()
        self.views.read()
        self.view.setFocus()
        self._put_back_typed()

    @property
    def query(self) -> ListQuery:
        """What is asked for now."""
        return ListQuery(
            text=self.bar.filter.text(), sort=self._sort, descending=self._descending, group=self._group,
            period=next((p for p in Period if p.value == self._period), None), basis=self.basis,
        )  # fmt: skip

    def load(self) -> None:
        """Ask for the list again."""
        self.table.load(take, self.spec.source, self.query, self.desk.words)
        self.tell_place()

    def _open(self, key: int) -> None:
        """Open a record; back finds its row again, with the same groups folded."""
        self.tell_place(at=key, folded=sorted(self.table.folded))
        self.desk.go(self.spec.opens, key)

    def tell_place(self, **more: object) -> None:
        """Keep the list as it is now for back and forward."""
        values: dict[str, object] = {
            "view": self._view, "filter": self.bar.filter.text(), "group": self._group, "period": self._period,
            "basis": self._basis, **self.place_values(), **more,
        }  # fmt: skip
        if columns_of(self.table.columns) != columns_of(self.usual):
            values["columns"] = plain_columns(self.table.columns)
        self.desk.frame.moved(Place(page=self.place.page, values=values))

    def place_values(self) -> dict[str, object]:
        """What else a list needs to be found again as it is."""
        return {}

    def _sorted(self, key: str, ascending: bool) -> None:
        self._sort, self._descending = key, not ascending
        self.show_changed()
        self.load()

    def _loaded(self, snapshot: Snapshot) -> None:
        totals = snapshot.totals
        if not isinstance(totals, Totals):
            return
        trouble = totals.more if isinstance(totals.more, NotUnderstood) else None
        self.problem.setVisible(trouble is not None)
        if trouble is not None:
            self.problem.label.setText(" ".join(p.text(self.desk.words) for p in trouble.problems))
        self._stack.setCurrentWidget(self.view if self.table.count or trouble is not None else self.empty)
        self._totals = totals
        self.show_totals(totals)
        self._find_place()

    def _find_place(self) -> None:
        if self.table.count == 0:
            return
        if self._wanted is not None:
            found = self.view.go_to_id(self._wanted)
            self._wanted = None
            if found:
                return
        if not self.view.currentIndex().isValid():
            row = next((r for r in range(self.table.rowCount()) if self.table.group_at(r) is None), 0)
            self.view.setCurrentIndex(self.table.index(row, self.view.ends()[0]))
            self.view.clearSelection()

    def _changed(self, changes: Changes) -> None:
        if any(t.kind == "setting" for t in changes.touched):
            self.views.read()
        if not changes.touched or any(t.kind in self.spec.kinds for t in changes.touched):
            if self.table.count > LONG:
                self.table.look_again(*self.view.rows_on_screen())
                self._reload_later.start()
            else:
                self._wanted = self.view.current_id()
                self.table.reload()

    def _chosen(self, count: int) -> None:
        self.footing.show_chosen(count)
        self.bulk_button.setVisible(count > 0 and bool(self.spec.steps))
        if count > 1 and self.spec.source.chosen is not None:
            self._sum_later.start()
        elif self._sums_are_chosen:
            self._show_all_sums()

    def _read_chosen(self) -> None:
        chosen = self.spec.source.chosen
        if chosen is not None and self.view.chosen_count() > 1:
            self.desk.runner.read(chosen, self.view.chosen_ids(), owner=self, done=self._show_chosen, key="chosen")

    def _show_chosen(self, footing: Footing) -> None:
        """What the chosen rows come to, in the place of what all come to."""
        if footing.rows != self.view.chosen_count():
            return
        words, formats = self.desk.words, self.desk.formats
        self._sums_are_chosen = True
        self.footing.show_sums(words(N_("{what} of the chosen"), what=words(footing.label)),
                               [formats.money(m) for m in footing.sums])  # fmt: skip

    def _show_all_sums(self) -> None:
        self._sums_are_chosen = False
        if self._totals is not None:
            self.show_totals(self._totals)

    # keeping

    def keep_typed(self) -> dict[str, object]:
        """What stands half-typed in the lines for many rows, for one cell and for the name of a view."""
        lines = {"bulk": self.bulk.keep(), "cell": self.cell_line.keep(), "naming": self.views.keep()}
        typed = {name: kept for name, kept in lines.items() if kept}
        return {"lines": typed} if typed else {}

    def _put_back_typed(self) -> None:
        """What was half-typed stands there again, about the same rows."""
        typed, self._half_typed = self._half_typed, {}
        if typed.get("naming"):
            self.views.resume(typed["naming"])
        if typed.get("bulk"):
            self.bulk.resume(typed["bulk"])
        cell = typed.get("cell")
        if cell and isinstance(cell.get("id"), int):
            done = partial(self._put_back_cell, cell)
            self.desk.runner.read(_row, self.spec.source, cell["id"], owner=self, done=done, key="half-typed cell")

    def _put_back_cell(self, cell: dict[str, Any], row: Any) -> None:
        if row is not None and cell.get("column") in self.spec.editable:
            self._edit_cell(str(cell["column"]), row)
        self.cell_line.resume(cell, is_gone=row is None)

    def keep(self) -> dict[str, object]:
        """Filter, order, group, period, columns and the row under the cursor."""
        return {
            "view": self._view,
            "filter": self.bar.filter.text(),
            "sort": self._sort,
            "descending": self._descending,
            "group": self._group,
            "period": self._period,
            "basis": self._basis,
            "columns": plain_columns(self.table.columns),
            "at": self.view.current_id(),
            "folded": sorted(self.table.folded),
            **self.keep_typed(),
        }

    def resume(self, kept: dict[str, object]) -> None:
        """Put all that back; a view's own filter is written in the language now shown."""
        lines = kept.get("lines")
        self._half_typed = dict(lines) if isinstance(lines, dict) else {}
        if "view" not in kept:
            return
        was = self._now()
        self._view = str(kept.get("view", self._view))
        text = str(kept.get("filter", ""))
        if text.split() in (self._now().id.split(), self._now().en.split(), was.filter(self.desk.words.code).split()):
            text = self._now().filter(self.desk.words.code)
        self._sort = str(kept.get("sort", self._sort))
        self._descending = bool(kept.get("descending", self._descending))
        self._group = str(kept.get("group", ""))
        self._period, self._basis = str(kept.get("period", "")), str(kept.get("basis", ""))
        at = kept.get("at")
        self._wanted = at if isinstance(at, int) else None
        folded = kept.get("folded")
        if isinstance(folded, list):
            self.table.fold_next([str(key) for key in folded])
        self.table.sorted_by, self.table.ascending = self._sort, not self._descending
        columns = kept.get("columns")
        if isinstance(columns, list):
            self.view.show_columns(arranged(self.usual, columns_from(columns)))
        set_button_text(self.bar.view_button, self.views.now().name)
        self._set_filter(text)

    def list_actions(self) -> tuple[Action, ...]:
        """What every list can do from the keyboard."""
        return list_actions(self)


def _row(session: Any, source: Source, key: int) -> Any:
    """One row of a list, or ``None`` where its record is gone."""
    return fetch(source, session, [key])[0]


def _only_icon(icons: Icons, text: str, run: Callable[[], object], *, icon: str) -> QAbstractButton:
    return icon_button(icons, icon, text, run)
