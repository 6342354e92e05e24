"""The network: hospitals, insurers and administrators, and whom to call there. List left, card right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from liaison.domain.network import OrganizationKind
from liaison.i18n import N_
from liaison.services import network, network_views
from liaison.services.network_views import ContactLine, OrganizationSummary
from liaison.ui.actions import Action, Menu, Scope
from liaison.ui.desk import Desk
from liaison.ui.models.paged_table import PagedTable
from liaison.ui.page import Page
from liaison.ui.pages import network_columns
from liaison.ui.pages.calling import language_word
from liaison.ui.pages.network_forms import new_organization
from liaison.ui.pages.organization_card import OrganizationCard
from liaison.ui.pages.short_forms import Bench
from liaison.ui.places import Place
from liaison.ui.widgets.buttons import Segments, primary, set_button_text
from liaison.ui.widgets.drawer import Drawer
from liaison.ui.widgets.editors import Choice, TextEdit, restyle
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
    ("contacts", N_("Contacts"), tuple(OrganizationKind), N_("New hospital")),
)
CONTACTS = "contacts"
CARD_WIDTH = 312


ANY = {N_("City"): N_("Every city"), N_("Service"): N_("Every service"), N_("Language"): N_("Every language")}
"""What a filter says while it is not used."""

Line = OrganizationSummary | ContactLine


class NetworkPage(Page):
    """Whom to call: houses by kind, their desks with hours and night numbers, and when somebody last checked."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self._group = str(place.values.get("group", "hospitals"))
        self._wanted = place.record
        self._all: list[Line] = []
        self._sort, self._ascending = "name", True
        words = desk.words
        self.new_button = primary(desk.icons, words(self._now()[3]), self._new, icon="plus")
        self.head = Head(desk, words(N_("Network")), buttons=[self.new_button])
        self.body.addWidget(self.head)
        self.body.addWidget(self._filter_row())
        self._left = QVBoxLayout()
        self._make_list()
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
        self.drawer.switched.connect(self._dress)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._left, 1)
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

    def _make_list(self) -> None:
        """Houses and desks have other columns, so the list is another one."""
        words = self.desk.words
        while self._left.count():
            item = self._left.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.hide()
                old.deleteLater()
        columns = network_columns.of_contacts(self.desk) if self._group == CONTACTS else network_columns.of(self.desk)
        self.table = PagedTable(self.desk, columns)
        self.view = TableView(self.desk, self.table, name=words(self._now()[1]))
        self.view.moved.connect(self._chosen)
        self.view.opened.connect(self._opened)
        self.view.sort_wanted.connect(self._sorted)
        self.view.key_pressed.connect(self._letter)
        self._left.addWidget(self.view, 1)

    def _filter_row(self) -> QWidget:
        words = self.desk.words
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(LEFT, 0, RIGHT, 10)
        column.setSpacing(8)
        self.segments = Segments([(key, words(text)) for key, text, _kinds, _new in GROUPS], name=words(N_("Kind")))
        self.segments.choose(self._group)
        self.segments.chosen.connect(self._switch)
        self.search = TextEdit(self.desk, placeholder=words(N_("Name, city, telephone or group")))
        self.search.set_name(words(N_("Filter this list")))
        self.search.changed.connect(self._show)
        first = QHBoxLayout()
        first.addWidget(self.segments)
        first.addStretch(1)
        column.addLayout(first)
        second = QHBoxLayout()
        second.setSpacing(8)
        second.addWidget(self.search, 2)
        self.city, self.service, self.language = self._narrowers()
        for choice in (self.city, self.service, self.language):
            second.addWidget(choice, 1)
        column.addLayout(second)
        return holder

    def _narrowers(self) -> tuple[Choice, Choice, Choice]:
        made = []
        for name in (N_("City"), N_("Service"), N_("Language")):
            choice = Choice(self.desk, (), none=self.desk.words(ANY[name]), search=False)
            choice.set_name(self.desk.words(name))
            choice.changed.connect(self._show)
            made.append(choice)
        return made[0], made[1], made[2]

    def _fill_narrowers(self) -> None:
        """What can be chosen is what the list holds; a choice that it no longer holds is let go."""
        words = self.desk.words
        offers = (
            (self.city, N_("City"), {(line.city,) for line in self._all}),
            (self.service, N_("Service"), {tuple(line.specialties) for line in self._all}),
            (self.language, N_("Language"), {_languages(line) for line in self._all}),
        )
        for choice, name, found in offers:
            values = sorted({v for some in found for v in some if v}, key=str.casefold)
            before = choice.value()
            named = language_word if choice is self.language else _as_it_is
            choice.set_choices([(v, named(self.desk, v)) for v in values], none=words(ANY[name]))
            choice.set_value(before if before in values else None)
            choice.setVisible(bool(values))

    def _is_shown(self, line: Line) -> bool:
        typed = self.search.value().casefold().split()
        city, service, language = self.city.value(), self.service.value(), self.language.value()
        return (
            all(word in network_columns.haystack(line) for word in typed)
            and (city is None or line.city == city)
            and (service is None or service in line.specialties)
            and (language is None or language in _languages(line))
        )

    def _now(self) -> tuple[str, str, tuple[OrganizationKind, ...], str]:
        return next(g for g in GROUPS if g[0] == self._group)

    def _read(self) -> None:
        if self._group == CONTACTS:
            self.desk.runner.read(network_views.contact_lines, owner=self, done=self._arrived, key="lines")
        else:
            self.desk.runner.read(_houses, self._now()[2], owner=self, done=self._arrived, key="lines")

    def _arrived(self, lines: Sequence[Line]) -> None:
        self._all = list(lines)
        self._fill_narrowers()
        self._show()

    def _show(self) -> None:
        shown = [line for line in self._all if self._is_shown(line)]
        shown.sort(key=partial(network_columns.sort_key, name=self._sort), reverse=not self._ascending)
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

    def _dress(self, form_open: bool) -> None:
        """One filled button: the form's own while one is open."""
        restyle(self.new_button, "kind", "secondary" if form_open else "primary")
        self.desk.icons.set_icon(self.new_button, "plus", token="ink2" if form_open else "onaccent")

    def _switch(self, group: object) -> None:
        self._group = str(group)
        words = self.desk.words
        set_button_text(self.new_button, words(self._now()[3]))
        self._sort, self._ascending = "name", True
        self._make_list()
        self.desk.frame.moved(Place(page="network", values={"group": self._group}))
        self._read()

    def _sorted(self, key: str, ascending: bool) -> None:
        self._sort, self._ascending = key, ascending
        self._show()

    def _chosen(self, line: object) -> None:
        if isinstance(line, OrganizationSummary):
            self.card.show_house(line.id)
        elif isinstance(line, ContactLine):
            self.card.show_house(line.organization_id, line.id)

    def _opened(self, _key: object) -> None:
        self.card.edit()

    def _new(self) -> None:
        new_organization(self.bench, self._now()[2][0], done=self._made)

    def _made(self, changes: object) -> None:
        self._wanted = getattr(changes, "made", None)
        self._read()

    def _changed(self, _changes: object) -> None:
        self._read()

    def _letter(self, letter: str) -> None:
        """T, W, C, Q and V on a row, as its card's buttons."""
        doings = {
            "t": self.card.do_call,
            "w": self.card.do_whatsapp,
            "c": self.card.do_copy,
            "q": self.card.do_card,
            "v": self.card.do_verify,
            "n": self.card.new_desk,
            "h": self.card.history,
        }
        run = doings.get(letter.lower())
        if run is not None:
            run()
        elif letter == "/":
            self.search.setFocus()

    def actions_here(self) -> tuple[Action, ...]:
        """New, edit, call, write, copy, verify, filter."""
        card = self.card
        row, page = Scope.ROW, Scope.PAGE
        doings: tuple[tuple[str, str, str, Callable[[], object], str, Scope, Menu], ...] = (
            ("network.new", N_("New entry"), "plus", self._new, "Ctrl+N", page, Menu.FILE),
            ("network.edit", N_("Edit this entry"), "pencil", card.edit, "F2", page, Menu.EDIT),
            ("network.call", N_("Copy the number to call now"), "phone", card.do_call, "T", row, Menu.EDIT),
            ("network.whatsapp", N_("WhatsApp to this desk"), "message-circle", card.do_whatsapp, "W", row, Menu.EDIT),
            ("network.copy", N_("Copy this contact as text"), "copy", card.do_copy, "C", row, Menu.EDIT),
            ("network.card", N_("This contact as a QR code"), "qr-code", card.do_card, "Q", row, Menu.EDIT),
            ("network.verify", N_("Verified today"), "check", card.do_verify, "V", row, Menu.EDIT),
            ("network.desk", N_("New desk"), "contact", card.new_desk, "N", row, Menu.EDIT),
            ("network.history", N_("History of this entry"), "history", card.history, "H", row, Menu.GO),
            (
                "network.filter",
                N_("Filter this list"),
                "search",
                self.search.inner().setFocus,
                "Ctrl+F",
                page,
                Menu.VIEW,
            ),
        )
        return tuple(
            Action(key=key, text=text, icon=icon, run=run, keys=keys, scope=scope, menu=menu)
            for key, text, icon, run, keys, scope, menu in doings
        )

    def keep(self) -> dict[str, object]:
        """The kind, the filter, the row."""
        narrowed = [choice.value() for choice in (self.city, self.service, self.language)]
        return {
            "group": self._group, "typed": self.search.typed(), "at": self.view.current_id(), "narrowed": narrowed,
        }  # fmt: skip

    def resume(self, kept: dict[str, object]) -> None:
        """As it was."""
        self._group = str(kept.get("group", self._group))
        self.segments.choose(self._group)
        self._make_list()
        narrowed = kept.get("narrowed")
        for choice, value in zip(
            (self.city, self.service, self.language), narrowed if isinstance(narrowed, list) else (), strict=False
        ):
            if value:
                choice.set_choices([(value, value)])
                choice.set_value(value)
        self.search.retype(str(kept.get("typed", "")))
        at = kept.get("at")
        self._wanted = at if isinstance(at, int) else None


def _houses(session: Any, kinds: tuple[OrganizationKind, ...]) -> list[OrganizationSummary]:
    return network.organizations(session, kinds=kinds)


def _as_it_is(_desk: Desk, text: str) -> str:
    return text


def _languages(line: Line) -> tuple[str, ...]:
    return line.contact.languages if isinstance(line, ContactLine) else line.languages
