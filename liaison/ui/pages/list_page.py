"""What the two long lists share: views, filter, order, groups, columns, footing, and finding the place again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QAbstractButton, QMenu, QStackedLayout, QWidget

from liaison.domain.errors import Refused
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services import lists
from liaison.services.changes import Changes
from liaison.services.lists import Counts, Footing, ListQuery
from liaison.ui.actions import Action, Menu, Scope
from liaison.ui.desk import Desk
from liaison.ui.icons import Icons
from liaison.ui.models.columns import Column
from liaison.ui.models.paged_table import Group, PagedTable, Snapshot
from liaison.ui.page import Page
from liaison.ui.places import Place
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.badge import Badge
from liaison.ui.widgets.buttons import icon_button, quiet, set_button_text
from liaison.ui.widgets.filter_line import ViewBar
from liaison.ui.widgets.parts import LEFT, EmptyState, Head, Marked
from liaison.ui.widgets.parts import Footing as FootLine
from liaison.ui.widgets.shapes import Shape
from liaison.ui.widgets.table_view import TableView

NO_GROUP = N_("No groups")


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedView:
    """A filter with a name. ``id`` and ``en`` are the filter line in the two languages' own words."""

    key: str
    name: str
    id: str
    en: str

    def filter(self, language: str) -> str:
        """The filter line in one language."""
        return self.id if language == "id" else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What stands round a list: counts, footing, and whatever else was asked in the same look at the store."""

    counts: Counts
    footing: Footing
    more: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotUnderstood:
    """A filter that names something nobody knows."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """How one list is asked for."""

    ids: Callable[[Any, ListQuery], Any]
    page: Callable[[Any, Sequence[int]], Sequence[Any]]
    groups: Callable[[Any, ListQuery], tuple[lists.Group, ...]]
    count: Callable[[Any], Counts]
    footing: Callable[[Any, ListQuery], Footing]
    more: Callable[[Any, ListQuery], Any] | None = None


FIRST = 100
"""Rows read together with the ids, so that the list stands at once."""


def take(session: Any, source: Source, query: ListQuery, words: Any) -> Snapshot:
    """Ids, first rows, groups and sums of a list at one moment."""
    try:
        ids = source.ids(session, query)
    except Refused as refused:
        counts = source.count(session)
        nothing = Footing(rows=0, persons=0, sums=(), label="")
        totals = Totals(counts=counts, footing=nothing, more=NotUnderstood(problems=refused.problems))
        return Snapshot(ids=[], totals=totals)
    groups = source.groups(session, query) if query.group else ()
    more = source.more(session, query) if source.more is not None else None
    totals = Totals(counts=source.count(session), footing=source.footing(session, query), more=more)
    shown = tuple(
        Group(key=g.key, badge=Badge(text=g.label.text(words), shape=Shape.NONE, tone=Tone.INK), count=g.count)
        for g in groups
    )
    return Snapshot(ids=ids, groups=shown, first=aligned(ids[:FIRST], source.page(session, ids[:FIRST])), totals=totals)


def fetch(source: Source, session: Any, ids: Sequence[int]) -> list[Any]:
    """Rows in the order of their ids; one that is gone is ``None``."""
    return aligned(ids, source.page(session, ids))


def aligned(ids: Sequence[int], rows: Sequence[Any]) -> list[Any]:
    """Rows put against their ids."""
    by_id = {row.id: row for row in rows if row is not None}
    return [by_id.get(key) for key in ids]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSpec:
    """What makes one list different from another."""

    name: str
    title: str
    source: Source
    columns: Callable[[Desk], tuple[Column, ...]]
    views: tuple[SavedView, ...]
    groups: tuple[tuple[str, str], ...]
    sort: str
    descending: bool = False
    opens: str = ""
    kinds: frozenset[str] = frozenset()
    """Kinds of record whose change is seen in this list."""
    worded_buttons: bool = True
    """Whether the list's buttons have the room for their words."""


class ListPage(Page):
    """A list with everything round it. Subclasses give the head's buttons, the counts' words and what stands above."""

    def __init__(self, desk: Desk, place: Place, spec: ListSpec) -> None:
        super().__init__(desk, place)
        self.spec = spec
        self._view = str(place.values.get("view", spec.views[0].key))
        self._group = str(place.values.get("group", ""))
        self._hidden: set[str] | None = None
        self._wanted: int | None = None
        self._sort, self._descending = spec.sort, spec.descending
        _ = desk.words
        self.head = Head(desk, _(spec.title), buttons=self.head_buttons())
        self.body.addWidget(self.head)
        above = self.above()
        if above is not None:
            self.body.addWidget(above)
        self.bar = ViewBar(
            desk,
            view=_(self._now().name),
            menu=self._views_menu(),
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
        self.table = PagedTable(desk, spec.columns(desk), fetch=partial(fetch, spec.source))
        self.table.sorted_by, self.table.ascending = self._sort, not self._descending
        self.table.loaded.connect(self._loaded)
        self.view = TableView(desk, self.table, name=_(spec.title))
        self.view.opened.connect(lambda key: desk.go(spec.opens, key))
        self.view.key_pressed.connect(self._show_history)
        self.view.sort_wanted.connect(self._sorted)
        self.view.chosen_changed.connect(self._chosen)
        self.empty = self.empty_state()
        self.body.addWidget(self._stacked(), 1)
        self.footing = FootLine(desk)
        self.body.addWidget(self.footing)
        self._set_filter(str(place.values.get("filter", self._now().filter(_.code))))
        desk.hub.changed.connect(self._changed)

    def _stacked(self) -> QWidget:
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        return holder

    # what the lists differ in

    def head_buttons(self) -> list[QWidget]:
        """The buttons at the right of the head."""
        raise NotImplementedError

    def above(self) -> QWidget | None:
        """What stands between head and filter."""
        return None

    def show_totals(self, totals: Totals) -> None:
        """Counts in the head and sums in the footing."""
        raise NotImplementedError

    def empty_state(self) -> EmptyState:
        """What stands where nothing was found."""
        raise NotImplementedError

    # views

    def _now(self) -> SavedView:
        return next((v for v in self.spec.views if v.key == self._view), self.spec.views[0])

    def _views_menu(self) -> QMenu:
        menu = QMenu(self)
        for each in self.spec.views:
            menu.addAction(self.desk.words(each.name)).triggered.connect(partial(self._choose_view, each.key))
        return menu

    def _choose_view(self, key: str, _checked: object = None) -> None:
        self._view = key
        self._restore()

    def _restore(self) -> None:
        now = self._now()
        set_button_text(self.bar.view_button, self.desk.words(now.name))
        self._set_filter(now.filter(self.desk.words.code))
        self.load()

    def _set_filter(self, text: str) -> None:
        self.bar.filter.set_text(text)
        self._show_changed()

    def _show_changed(self) -> None:
        own = self._now().filter(self.desk.words.code)
        self.bar.show_changed(changed=self.bar.filter.text().split() != own.split())

    def _filtered(self, _text: str) -> None:
        self._show_changed()
        self.load()

    # the list's own buttons

    def _list_buttons(self) -> list[QWidget]:
        _, icons = self.desk.words, self.desk.icons
        made = quiet if self.spec.worded_buttons else _only_icon
        self.group_button = made(icons, _(N_("Group")), self._open_groups, icon="rows-3")
        self.columns_button = made(icons, _(N_("Columns")), self._open_columns, icon="columns-3")
        self.copy_button = made(icons, _(N_("Copy for Excel")), self._copy, icon="sheet")
        return [self.group_button, self.columns_button, self.copy_button]

    def _open_groups(self) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for key, label in (("", NO_GROUP), *self.spec.groups):
            action = menu.addAction(self.desk.words(label))
            action.setCheckable(True)
            action.setChecked(key == self._group)
            action.triggered.connect(partial(self.group_by, key))
        menu.popup(self.group_button.mapToGlobal(self.group_button.rect().bottomLeft()))

    def group_by(self, key: str, _checked: object = None) -> None:
        """Put the rows under headings, or under none."""
        self._group = key
        self.load()

    def _open_columns(self) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for column in self.table.columns:
            if not column.label:
                continue
            action = menu.addAction(self.desk.words(column.label))
            action.setCheckable(True)
            action.setChecked(not column.hidden)
            action.triggered.connect(partial(self.switch_column, column.key))
        menu.popup(self.columns_button.mapToGlobal(self.columns_button.rect().bottomLeft()))

    def switch_column(self, key: str, _checked: object = None) -> None:
        """Show a column, or hide it."""
        columns = tuple(replace(c, hidden=not c.hidden) if c.key == key else c for c in self.table.columns)
        if all(c.hidden for c in columns if c.label):
            return
        self._hidden = {c.key for c in columns if c.hidden}
        self.view.show_columns(columns)

    def _copy(self) -> None:
        if not self.view.chosen_rows():
            self.view.selectAll()
        self.view.copy_rows(titles=True)
        self.desk.toast(self.desk.words(N_("Rows copied; paste them into Excel")), undo=False)

    # reading

    def _show_history(self, letter: str) -> None:
        """H shows who changed what in the record under the cursor."""
        key = self.view.current_id()
        if letter.lower() == "h" and key is not None:
            self.desk.go("history", key, kind=self.spec.opens)

    def start(self) -> None:
        """Read the list; the cursor waits on its first row."""
        self.load()
        self.view.setFocus()

    @property
    def query(self) -> ListQuery:
        """What is asked for now."""
        return ListQuery(text=self.bar.filter.text(), sort=self._sort, descending=self._descending, group=self._group)

    def load(self) -> None:
        """Ask for the list again."""
        self.table.load(take, self.spec.source, self.query, self.desk.words)
        values = {"view": self._view, "filter": self.bar.filter.text(), "group": self._group}
        self.desk.frame.moved(Place(page=self.place.page, values=values))

    def _sorted(self, key: str, ascending: bool) -> None:
        self._sort, self._descending = key, not ascending
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
        if not changes.touched or any(t.kind in self.spec.kinds for t in changes.touched):
            self._wanted = self.view.current_id()
            self.table.reload()

    def _chosen(self, count: int) -> None:
        self.footing.show_chosen(count)

    # keeping

    def keep(self) -> dict[str, object]:
        """Filter, order, group, columns and the row under the cursor."""
        return {
            "view": self._view,
            "filter": self.bar.filter.text(),
            "sort": self._sort,
            "descending": self._descending,
            "group": self._group,
            "hidden": sorted(self._hidden) if self._hidden is not None else None,
            "at": self.view.current_id(),
        }

    def resume(self, kept: dict[str, object]) -> None:
        """Put all that back; a view's own filter is written in the language now shown."""
        was = self._now()
        self._view = str(kept.get("view", self._view))
        text = str(kept.get("filter", ""))
        if text.split() in (self._now().id.split(), self._now().en.split(), was.filter(self.desk.words.code).split()):
            text = self._now().filter(self.desk.words.code)
        self._sort = str(kept.get("sort", self._sort))
        self._descending = bool(kept.get("descending", self._descending))
        self._group = str(kept.get("group", ""))
        at = kept.get("at")
        self._wanted = at if isinstance(at, int) else None
        self.table.sorted_by, self.table.ascending = self._sort, not self._descending
        hidden = kept.get("hidden")
        if isinstance(hidden, list):
            self._hidden = set(hidden)
            self.view.show_columns(replace(c, hidden=c.key in self._hidden) for c in self.table.columns)
        set_button_text(self.bar.view_button, self.desk.words(self._now().name))
        self._set_filter(text)

    def list_actions(self) -> tuple[Action, ...]:
        """What every list can do from the keyboard."""
        return (
            Action(key="list.filter", text=N_("Filter this list"), keys="Ctrl+F", icon="list-filter",
                   run=self.bar.filter.setFocus, scope=Scope.PAGE, menu=Menu.VIEW, part=True),
            Action(key="list.group", text=N_("Group…"), keys="Ctrl+G", icon="rows-3", run=self._open_groups,
                   scope=Scope.PAGE, menu=Menu.VIEW),
            Action(key="list.columns", text=N_("Columns…"), keys="Ctrl+Shift+K", icon="columns-3",
                   run=self._open_columns, scope=Scope.PAGE, menu=Menu.VIEW),
            Action(key="list.copy", text=N_("Copy rows with their titles"), keys="Ctrl+Shift+C", icon="sheet",
                   run=self._copy, scope=Scope.PAGE, menu=Menu.EDIT),
        )  # fmt: skip


def _only_icon(icons: Icons, text: str, run: Callable[[], object], *, icon: str) -> QAbstractButton:
    return icon_button(icons, icon, text, run)
