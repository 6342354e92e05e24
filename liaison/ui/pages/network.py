"""The network: hospitals, insurers and administrators, and whom to call there. List left, card right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from liaison.domain.network import MAIN_KINDS, OrganizationKind
from liaison.i18n import N_, Language, upper_first
from liaison.services import exports, verifying
from liaison.services.list_of_network import Choices, Part
from liaison.services.list_queries import Group
from liaison.services.network_views import ContactLine, OrganizationSummary
from liaison.ui.actions import Action, Menu, Scope
from liaison.ui.desk import Desk
from liaison.ui.models.columns import Column
from liaison.ui.pages import network_columns
from liaison.ui.pages.calling import language_word
from liaison.ui.pages.doctor_card import show_doctor
from liaison.ui.pages.list_page import ListPage
from liaison.ui.pages.list_paste import RECORDS
from liaison.ui.pages.list_source import ListSpec, Source, Totals
from liaison.ui.pages.list_views import SavedView
from liaison.ui.pages.network_forms import new_organization
from liaison.ui.pages.organization_card import OrganizationCard
from liaison.ui.pages.short_forms import Bench
from liaison.ui.pages.vcards_out import save_vcards
from liaison.ui.places import Place
from liaison.ui.widgets.buttons import Segments, primary, quiet, set_button_text
from liaison.ui.widgets.drawer import Drawer
from liaison.ui.widgets.editors import Choice, restyle
from liaison.ui.widgets.parts import LEFT, RIGHT, EmptyState, Folding
from liaison.ui.widgets.turning import TurningRow

PARTS: tuple[tuple[Part, str, str], ...] = (
    (Part(name="hospitals", kinds=(OrganizationKind.HOSPITAL,)), N_("Hospitals"), N_("New hospital")),
    (Part(name="insurers", kinds=(OrganizationKind.INSURER,)), N_("Insurers"), N_("New insurer")),
    (Part(name="administrators", kinds=(OrganizationKind.ADMINISTRATOR,)), N_("Administrators"),
     N_("New administrator")),
    (Part(name="others", kinds=tuple(k for k in OrganizationKind if k not in MAIN_KINDS)), N_("Others"),
     N_("New organisation")),
    (Part(name="contacts", desks=True), N_("Contacts"), N_("New hospital")),
)  # fmt: skip
"""The lists of the network, with their marked names and what a new entry is called."""

CARD_WIDTH = 312
LEAST_CHOICE = 130
"""What a choice takes at least beside the kinds, at 100 % text."""
CITY, SERVICE, LANGUAGE, KIND = N_("City"), N_("Service"), N_("Language"), N_("Kind")
ANY = {
    KIND: N_("Every kind"), CITY: N_("Every city"), SERVICE: N_("Every service"), LANGUAGE: N_("Every language"),
}  # fmt: skip
"""What a filter says while it is not used."""

VIEWS = (
    SavedView(key="all", name=N_("Whole list"), id="", en=""),
    SavedView(key="stale", name=N_("Not verified lately"), id="status:usang", en="status:stale"),
)
HOUSE_GROUPS = (
    ("city", CITY), ("country", N_("Country")), ("owner", N_("Hospital group")), ("sort", N_("Kind")),
)  # fmt: skip
DESK_GROUPS = (("house", N_("House")), ("city", CITY), ("sort", N_("Kind")))
TOUCHES = frozenset({"organization", "contact", "journey", "organization_group", "group_membership", "policy", "cover"})


def spec_of(part: Part, title: str) -> ListSpec:
    """What makes one of the network's lists different from another."""
    source = Source(
        ids=part.ids, page=part.page, groups=part.groups, count=part.count, footing=part.footing, more=part.choices,
        group_words=_entries,
    )  # fmt: skip
    return ListSpec(
        name=f"network.{part.name}", title=title, source=source, views=VIEWS,
        columns=_columns_of(part),
        groups=DESK_GROUPS if part.desks else HOUSE_GROUPS, sort="name",
        opens="contact" if part.desks else "organization", kinds=TOUCHES, worded_buttons=False,
        pastes=part.name if part.name in RECORDS else "",
        grid=lambda session, query, _words: exports.network_grid(session, part, query),
    )  # fmt: skip


def _columns_of(part: Part) -> Callable[[Desk], tuple[Column, ...]]:
    if part.desks:
        return network_columns.of_contacts
    return network_columns.of_others if len(part.kinds) > 1 else network_columns.of


def _entries(words: Language, group: Group) -> str:
    return words.plural("{count} entry", "{count} entries", group.count)


class NetworkPage(ListPage):
    """Whom to call: houses by kind, their desks with hours and night numbers, and when somebody last checked."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place, self.choose_list(place))
        self.head.title.setText(desk.words(N_("Network")))
        self._doctor = place.values.get("doctor")
        if place.record is not None:
            self._wanted = place.record
        self.view.moved.connect(self._show_card)
        self.view.key_pressed.connect(self._letter)
        self.drawer.switched.connect(self._dress)

    def choose_list(self, place: Place) -> ListSpec:
        """The list that a place names, the first where it names none."""
        # other pages name the part as the group they want to see
        wanted = place.values.get("part", place.values.get("group"))
        self.part, title, self._new_word = next((p for p in PARTS if p[0].name == wanted), PARTS[0])
        return spec_of(self.part, title)

    # what a list asks of its page

    def head_buttons(self) -> list[QWidget]:
        """What to verify, the matrix of panels, the hospital groups, and a new entry."""
        words = self.desk.words
        self.panels_button = quiet(self.desk.icons, words(N_("Panels")), lambda: self.desk.go("panels"), icon="table-2")
        self.new_button = primary(self.desk.icons, words(self._new_word), self._new, icon="plus")
        self.verify_button = quiet(
            self.desk.icons, words(N_("To verify")), lambda: self.desk.go("to_verify"), icon="badge-check"
        )
        self.groups_button = quiet(
            self.desk.icons, words(N_("Groups")), lambda: self.desk.go("groups"), icon="building"
        )
        self.groups_button.setToolTip(words(N_("Hospital groups")))
        return [self.verify_button, self.panels_button, self.groups_button, self.new_button]

    def _count_old(self) -> None:
        """Say on the button how much there is to verify."""
        self.desk.runner.read(verifying.count_to_verify, owner=self, done=self._say_old, key="to_verify")

    def _say_old(self, count: int) -> None:
        words = self.desk.words
        text = words(N_("To verify: {count}"), count=count) if count else words(N_("To verify"))
        set_button_text(self.verify_button, text)

    def above(self) -> QWidget:
        """Which list, and what it is narrowed to."""
        words = self.desk.words
        holder = TurningRow(margins=(LEFT, 0, RIGHT, 10))
        lists = [(p.name, words(text)) for p, text, _new in PARTS]
        lists += [("doctors", words(N_("Doctors"))), ("packages", words(N_("Packages")))]
        self.segments = Segments(lists, name=words(N_("Kind")))
        self.segments.choose(self.part.name)
        self.segments.chosen.connect(self._switch)
        holder.add(self.segments)
        narrowing = QWidget()
        row = QHBoxLayout(narrowing)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.narrowers: dict[str, Choice] = {}
        for name in ANY:
            choice = Choice(self.desk, (), none=words(ANY[name]), search=False)
            choice.set_name(words(name))
            choice.changed.connect(partial(self._narrow, name))
            choice.hide()
            self.narrowers[name] = choice
            row.addWidget(choice, 1)
        row.addStretch(0)  # only where there is nothing to narrow by
        holder.add(narrowing, 1, at_least=self.desk.theme.px(3 * LEAST_CHOICE))
        return holder

    def _stacked(self) -> QWidget:
        self.card = OrganizationCard(self.desk)
        self.drawer = Drawer(self.desk, self.card, width=CARD_WIDTH)
        self.bench = Bench(desk=self.desk, drawer=self.drawer)
        self.card.work_on(self.bench)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(super()._stacked())
        return Folding([(left, 1), (self.drawer, 0)], folds=[], below=0)

    def empty_state(self) -> EmptyState:
        """Nobody found."""
        sentence = self.desk.words(N_("Nobody here. Add the first one, import a list, or change the filter."))
        button = self.desk.words(N_("Import a list"))
        return EmptyState(
            self.desk, icon="contact", sentence=sentence, button=button, run=lambda: self.desk.go("import")
        )

    def show_totals(self, totals: Totals) -> None:
        """How many there are; what they can be narrowed to."""
        words, footing = self.desk.words, totals.footing
        self.footing.show_count(words.plural("{count} entry", "{count} entries", footing.rows))
        self._count_old()
        if isinstance(totals.more, Choices):
            self._fill(totals.more)
        if footing.rows == 0:
            self.card.show_house(None)

    def place_values(self) -> dict[str, object]:
        """Which list, and which row."""
        return {"part": self.part.name, "at": self._wanted if self._wanted is not None else self.view.current_id()}

    # narrowing

    def _fill(self, choices: Choices) -> None:
        """Offer what the list holds; the choice shown is the one that stands in the filter."""
        words, text = self.desk.words, self.bar.filter.text()
        kinds = tuple(kind.value for kind in choices.kinds)
        offers = (
            (KIND, kinds), (CITY, choices.cities), (SERVICE, choices.services), (LANGUAGE, choices.languages),
        )  # fmt: skip
        for name, values in offers:
            choice = self.narrowers[name]
            shown = [(v, self._word_of(name, v)) for v in values]
            choice.set_choices(shown, none=words(ANY[name]))
            choice.set_value(next((v for v in values if self._term(name, v) in text), None))
            choice.setVisible(bool(values))

    def _word_of(self, name: str, value: str) -> str:
        if name == KIND:
            return upper_first(self.desk.words(OrganizationKind(value).label))
        return language_word(self.desk, value) if name == LANGUAGE else value

    def _term(self, name: str, value: str) -> str:
        """What the filter says for a choice."""
        is_indonesian = self.desk.words.code == "id"
        if name == CITY:
            return f'{"kota" if is_indonesian else "city"}:"{value}"'
        if name == KIND:
            return f'{"jenis" if is_indonesian else "kind"}:"{self.desk.words(OrganizationKind(value).label)}"'
        return f'"{value}"' if name == SERVICE else f'"bahasa {value}"'

    def _narrow(self, name: str) -> None:
        """Put the choice into the filter, in the place of the one before."""
        choice, text = self.narrowers[name], self.bar.filter.text()
        for value in choice.offered:
            if value is not None:
                text = text.replace(self._term(name, value), " ")
        taken = choice.value()
        words = [*text.split(), *([self._term(name, taken)] if taken is not None else [])]
        self.bar.filter.set_text(" ".join(words), tell=True)

    # what is done

    def _dress(self, form_open: bool) -> None:
        """One filled button: the form's own while one is open."""
        restyle(self.new_button, "kind", "secondary" if form_open else "primary")
        self.desk.icons.set_icon(self.new_button, "plus", token="ink2" if form_open else "onaccent")

    def _switch(self, part: object) -> None:
        self.desk.go("network", part=str(part))

    def _show_card(self, line: object) -> None:
        if isinstance(line, OrganizationSummary):
            self.card.show_house(line.id)
            self._show_doctor(line.id)
        elif isinstance(line, ContactLine):
            self.card.show_house(line.organization_id, line.id)

    def _show_doctor(self, hospital_id: int) -> None:
        """The doctor who was searched for, once the cursor stands on the hospital."""
        doctor, wanted = self._doctor, self.place.record
        if isinstance(doctor, int) and hospital_id == wanted:
            self._doctor = None
            show_doctor(self.bench, doctor, hospital_id)

    def _open(self, _key: int) -> None:
        self.card.edit()

    def _edit(self, _column: str) -> None:
        self.card.edit()

    def _show_history(self, _letter: str) -> None:
        """The card's own letter shows it."""

    def _new(self) -> None:
        new_organization(self.bench, self.part.kinds[0], done=self._made)

    def _made(self, changes: object) -> None:
        self._wanted = getattr(changes, "made", None)
        self.load()

    def save_cards(self, target: Path | None = None) -> None:
        """The chosen rows as vCards, else the one under the cursor."""
        here = self.view.current_id()
        ids = list(self.view.chosen_ids()) or ([here] if here is not None else [])
        if self.part.desks:
            save_vcards(self.desk, self, contacts=ids, target=target)
        else:
            save_vcards(self.desk, self, houses=ids, target=target)

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
            self.bar.filter.setFocus()

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
            ("network.vcards", N_("Save as vCards…"), "id-card", self.save_cards, "Ctrl+Shift+E", page, Menu.FILE),
            ("network.verify", N_("Verified today"), "check", card.do_verify, "V", row, Menu.EDIT),
            ("network.desk", N_("New desk"), "contact", card.new_desk, "N", row, Menu.EDIT),
            (
                "network.panels",
                N_("Panels: who takes whose letters"),
                "table-2",
                lambda: self.desk.go("panels"),
                "Ctrl+M",
                page,
                Menu.GO,
            ),
            (
                "network.groups",
                N_("Hospital groups"),
                "building",
                lambda: self.desk.go("groups"),
                "Ctrl+Shift+G",
                page,
                Menu.GO,
            ),
            ("network.history", N_("History of this entry"), "history", card.history, "H", row, Menu.GO),
        )
        own = tuple(
            Action(key=key, text=text, icon=icon, run=run, keys=keys, scope=scope, menu=menu)
            for key, text, icon, run, keys, scope, menu in doings
        )
        return (*own, *self.list_actions())
