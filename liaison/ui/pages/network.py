"""The network: hospitals, insurers and administrators, and whom to call there. List left, card right."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from liaison.domain.network import OrganizationKind
from liaison.i18n import N_
from liaison.services import network
from liaison.services.network import OrganizationSummary
from liaison.ui.actions import Action, Menu, Scope
from liaison.ui.desk import Desk
from liaison.ui.models.columns import Column, Kind
from liaison.ui.models.paged_table import PagedTable
from liaison.ui.page import Page
from liaison.ui.pages.network_forms import new_organization
from liaison.ui.pages.organization_card import OrganizationCard
from liaison.ui.pages.short_forms import Bench
from liaison.ui.places import Place
from liaison.ui.widgets.badge import Badge, done, warning
from liaison.ui.widgets.buttons import Segments, primary, set_button_text
from liaison.ui.widgets.drawer import Drawer
from liaison.ui.widgets.editors import TextEdit
from liaison.ui.widgets.parts import LEFT, RIGHT, EmptyState, Folding, Footing, Head
from liaison.ui.widgets.table_view import TableView

GROUPS: tuple[tuple[str, str, tuple[OrganizationKind, ...], str], ...] = (
    ("hospitals", N_("Hospitals"), (OrganizationKind.HOSPITAL,), N_("New hospital")),
    ("insurers", N_("Insurers"), (OrganizationKind.INSURER,), N_("New insurer")),
    ("administrators", N_("Administrators"), (OrganizationKind.ADMINISTRATOR,), N_("New administrator")),
    (
        "others",
        N_("Others"),
        (OrganizationKind.ASSISTANCE, OrganizationKind.REP_OFFICE, OrganizationKind.OTHER),
        N_("New organisation"),
    ),
)
CARD_WIDTH = 312


class NetworkPage(Page):
    """Whom to call: houses by kind, their desks with hours and night numbers, and when somebody last checked."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self._group = str(place.values.get("group", "hospitals"))
        self._wanted = place.record
        self._all: list[OrganizationSummary] = []
        self._sort, self._ascending = "name", True
        words = desk.words
        self.new_button = primary(desk.icons, words(self._now()[3]), self._new, icon="plus")
        self.head = Head(desk, words(N_("Network")), buttons=[self.new_button])
        self.body.addWidget(self.head)
        self.body.addWidget(self._filter_row())
        self.table = PagedTable(desk, self._columns())
        self.view = TableView(desk, self.table, name=words(self._now()[1]))
        self.view.moved.connect(self._chosen)
        self.view.opened.connect(self._opened)
        self.view.sort_wanted.connect(self._sorted)
        self.empty = EmptyState(
            desk,
            icon="contact",
            sentence=words(N_("Nobody here yet. Add the first one, or import a list.")),
            button=words(N_("Import a list")),
            run=lambda: desk.go("import"),
        )
        self.empty.hide()
        self.card = OrganizationCard(desk)
        self.drawer = Drawer(desk, self.card, width=CARD_WIDTH)
        self.bench = Bench(desk=desk, drawer=self.drawer)
        self.card.work_on(self.bench)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addWidget(self.empty, 1)
        self.footing = Footing(desk)
        column.addWidget(self.footing)
        self.body.addWidget(Folding([(left, 1), (self.drawer, 0)], folds=[], below=0), 1)
        desk.hub.changed.connect(self._changed)

    # what is shown

    def start(self) -> None:
        """Read the houses; typing filters."""
        self._read()
        self.view.setFocus()

    def _filter_row(self) -> QWidget:
        words = self.desk.words
        row = QWidget()
        box = QHBoxLayout(row)
        box.setContentsMargins(LEFT, 0, RIGHT, 10)
        box.setSpacing(10)
        self.segments = Segments([(key, words(text)) for key, text, _kinds, _new in GROUPS], name=words(N_("Kind")))
        self.segments.choose(self._group)
        self.segments.chosen.connect(self._switch)
        self.search = TextEdit(self.desk, placeholder=words(N_("Name, city, telephone or group")))
        self.search.set_name(words(N_("Filter this list")))
        self.search.changed.connect(self._show)
        box.addWidget(self.segments)
        box.addWidget(self.search, 1)
        return row

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(
                key="name", label=N_("Name"), value=lambda r: r.name, strong=True, stretch=3, width=210, sort="name"
            ),
            Column(key="city", label=N_("City"), value=lambda r: r.city, stretch=1, width=90, sort="city", gives_way=3),
            Column(key="group", label=N_("Group"), value=lambda r: r.group, width=110, sort="group", gives_way=1),
            Column(key="phone", label=N_("Telephone"), value=_phone, width=136, gives_way=2),
            Column(
                key="open",
                label=N_("Open cases"),
                value=lambda r: r.open_journeys,
                kind=Kind.NUMBER,
                width=112,
                sort="open",
                gives_way=4,
            ),
            Column(
                key="verified", label=N_("Verified"), value=self._verified, kind=Kind.BADGE, width=124, sort="verified"
            ),
        )

    def _verified(self, line: OrganizationSummary) -> Badge:
        words = self.desk.words
        if line.last_verified_on is None:
            return warning(words(N_("never")))
        text = self.desk.formats.date(line.last_verified_on)
        return warning(text) if line.is_stale else done(text)

    def _now(self) -> tuple[str, str, tuple[OrganizationKind, ...], str]:
        return next(g for g in GROUPS if g[0] == self._group)

    def _read(self) -> None:
        self.desk.runner.read(_houses, self._now()[2], owner=self, done=self._arrived)

    def _arrived(self, houses: list[OrganizationSummary]) -> None:
        self._all = houses
        self._show()

    def _show(self) -> None:
        typed = self.search.value().casefold().split()
        shown = [h for h in self._all if all(word in _haystack(h) for word in typed)]
        shown.sort(key=lambda h: (_sort_key(h, self._sort), h.name.casefold()), reverse=not self._ascending)
        keep = self._wanted or self.view.current_id()
        self.table.show_rows(shown, key=lambda h: h.id)
        self.empty.setVisible(not self._all)
        self.view.setVisible(bool(self._all))
        words = self.desk.words
        self.footing.show_count(words.plural("{count} entry", "{count} entries", len(shown)))
        if keep is None or not self.view.go_to_id(keep):
            self.view.go_to_row(0)
        self._wanted = None
        if not shown:
            self.card.show_house(None)

    # what is done

    def _switch(self, group: object) -> None:
        self._group = str(group)
        words = self.desk.words
        set_button_text(self.new_button, words(self._now()[3]))
        self.view.setAccessibleName(words(self._now()[1]))
        self.desk.frame.moved(Place(page="network", values={"group": self._group}))
        self._read()

    def _sorted(self, key: str, ascending: bool) -> None:
        self._sort, self._ascending = key, ascending
        self._show()

    def _chosen(self, line: object) -> None:
        if isinstance(line, OrganizationSummary):
            self.card.show_house(line.id)

    def _opened(self, _key: object) -> None:
        self.card.edit()

    def _new(self) -> None:
        new_organization(self.bench, self._now()[2][0], done=self._made)

    def _made(self, changes: object) -> None:
        self._wanted = getattr(changes, "made", None)
        self._read()

    def _changed(self, _changes: object) -> None:
        self._read()

    def actions_here(self) -> tuple[Action, ...]:
        """New, edit, verify, filter."""
        return (
            Action(
                key="network.new",
                text=N_("New entry"),
                keys="Ctrl+N",
                icon="plus",
                run=self._new,
                scope=Scope.PAGE,
                menu=Menu.FILE,
            ),
            Action(
                key="network.edit",
                text=N_("Edit this entry"),
                keys="F2",
                icon="pencil",
                run=self.card.edit,
                scope=Scope.PAGE,
                menu=Menu.EDIT,
            ),
            Action(
                key="network.filter",
                text=N_("Filter this list"),
                keys="Ctrl+F",
                icon="search",
                run=self.search.inner().setFocus,
                scope=Scope.PAGE,
                menu=Menu.VIEW,
            ),
        )

    def keep(self) -> dict[str, object]:
        """The kind, the filter, the row."""
        return {"group": self._group, "typed": self.search.typed(), "at": self.view.current_id()}

    def resume(self, kept: dict[str, object]) -> None:
        """As it was."""
        self._group = str(kept.get("group", self._group))
        self.segments.choose(self._group)
        self.search.retype(str(kept.get("typed", "")))
        at = kept.get("at")
        self._wanted = at if isinstance(at, int) else None


def _houses(session: Any, kinds: tuple[OrganizationKind, ...]) -> list[OrganizationSummary]:
    return network.organizations(session, kinds=kinds)


def _phone(line: OrganizationSummary) -> str:
    return line.desk_phone or line.phone


def _haystack(line: OrganizationSummary) -> str:
    digits = "".join(c for c in line.phone + line.desk_phone + line.night_phone if c.isdigit())
    return " ".join((line.name, line.short_name, line.city, line.group, digits)).casefold()


def _sort_key(line: OrganizationSummary, key: str) -> object:
    match key:
        case "city":
            return line.city.casefold()
        case "group":
            return line.group.casefold()
        case "open":
            return line.open_journeys
        case "verified":
            return line.last_verified_on.toordinal() if line.last_verified_on else 0
        case _:
            return line.name.casefold()
