"""Agreements: the register, and what hangs on it. List left, card right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from liaison.domain.grids import Grid
from liaison.i18n import N_, Language
from liaison.services.list_of_agreements import AGREEMENTS, agreements_grid
from liaison.services.list_queries import Group, ListQuery
from liaison.services.sifting import Sifted
from liaison.ui.actions import Action, Menu, Scope
from liaison.ui.desk import Desk
from liaison.ui.models.columns import Column
from liaison.ui.pages import agreements_columns as columns
from liaison.ui.pages import agreements_forms as forms
from liaison.ui.pages.agreements_card import AgreementCard
from liaison.ui.pages.list_page import ListPage
from liaison.ui.pages.list_source import ListSpec, Source, Totals
from liaison.ui.pages.list_views import SavedView
from liaison.ui.pages.short_forms import Bench
from liaison.ui.places import Place
from liaison.ui.widgets.buttons import Segments, primary
from liaison.ui.widgets.drawer import Drawer
from liaison.ui.widgets.editors import restyle
from liaison.ui.widgets.parts import LEFT, RIGHT, EmptyState, Folding

CARD_WIDTH, FORM_WIDTH = 344, 420
TOUCHES = frozenset({"agreement", "agreement_party", "obligation", "plan_activity", "plan_milestone", "indicator",
                     "indicator_value"})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One of the lists of the page, with its marked names. ``counted`` says how many rows."""

    name: str
    title: str
    new: str
    counted: Callable[[Language, int], str]
    sifted: Sifted[Any]
    columns: Callable[[Desk], tuple[Column, ...]]
    views: tuple[SavedView, ...]
    groups: tuple[tuple[str, str], ...]
    sort: str
    grid: Callable[[Any, ListQuery, Language], Grid]
    kinds: frozenset[str] = TOUCHES
    agreement_of: Callable[[Any], int | None] = lambda line: int(line.id)
    """The agreement whose card is shown beside a row."""


def _agreements(words: Language, count: int) -> str:
    return words.plural("{count} agreement", "{count} agreements", count)


PARTS: tuple[Part, ...] = (
    Part(
        name="agreements", title=N_("Agreements"), new=N_("New agreement"), counted=_agreements, sifted=AGREEMENTS,
        columns=columns.of_agreements,
        views=(
            SavedView(key="all", name=N_("Whole register"), id="", en=""),
            SavedView(key="runs", name=N_("In force or signed"), id="status:signed,in_force",
                      en="status:signed,in_force"),
            SavedView(key="ends", name=N_("Ends within 180 days"), id="tenggat<=180", en="due<=180"),
            SavedView(key="talks", name=N_("Under negotiation"), id="status:negotiating", en="status:negotiating"),
            SavedView(key="country", name=N_("By country"), id="", en="", group="country"),
        ),
        groups=(("country", N_("Country")), ("kind", N_("Kind")), ("standing", N_("Status"))), sort="signed",
        grid=agreements_grid,
    ),
)  # fmt: skip


def spec_of(part: Part) -> ListSpec:
    """What makes one of the lists different from another."""

    def counted(words: Language, group: Group) -> str:
        return part.counted(words, group.count)

    source = Source(
        ids=part.sifted.ids, page=part.sifted.page, groups=part.sifted.in_groups, count=part.sifted.count,
        footing=part.sifted.footing, group_words=counted,
    )  # fmt: skip
    return ListSpec(
        name=f"agreements.{part.name}", title=part.title, source=source, columns=part.columns, views=part.views,
        groups=part.groups, sort=part.sort, opens="agreements", kinds=part.kinds, worded_buttons=False,
        grid=part.grid,
    )  # fmt: skip


class AgreementsPage(ListPage):
    """What was agreed with whom, until when, what was promised by it and how far it has come."""

    def __init__(self, desk: Desk, place: Place) -> None:
        self.part = next((p for p in PARTS if p.name == place.values.get("part")), PARTS[0])
        super().__init__(desk, place, spec_of(self.part))
        self.head.title.setText(desk.words(N_("Agreements")))
        if place.record is not None:
            self._wanted = place.record
        self.view.moved.connect(self._show_card)
        self.view.key_pressed.connect(self._letter)
        self.drawer.switched.connect(self._dress)

    # what a list asks of its page

    def head_buttons(self) -> list[QWidget]:
        """A new entry."""
        self.new_button = primary(self.desk.icons, self.desk.words(self.part.new), self.new, icon="plus")
        return [self.new_button]

    def above(self) -> QWidget | None:
        """Which of the lists."""
        if len(PARTS) == 1:
            return None
        words = self.desk.words
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(LEFT, 0, RIGHT, 10)
        self.segments = Segments([(p.name, words(p.title)) for p in PARTS], name=words(N_("Which list")))
        self.segments.choose(self.part.name)
        self.segments.chosen.connect(lambda part: self.desk.go("agreements", part=str(part)))
        row.addWidget(self.segments)
        row.addStretch(1)
        return holder

    def _stacked(self) -> QWidget:
        self.card = AgreementCard(self.desk)
        self.drawer = Drawer(self.desk, self.card, width=CARD_WIDTH, open_width=FORM_WIDTH)
        self.bench = Bench(desk=self.desk, drawer=self.drawer)
        self.card.bench = self.bench
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(super()._stacked())
        return Folding([(left, 1), (self.drawer, 0)], folds=[], below=0)

    def empty_state(self) -> EmptyState:
        """Nothing found."""
        words = self.desk.words
        return EmptyState(
            self.desk, icon="file-check", sentence=words(N_("Nothing here yet. Write the first one down.")),
            button=words(self.part.new), run=self.new, keys="Ctrl+N",
        )  # fmt: skip

    def show_totals(self, totals: Totals) -> None:
        """How many there are."""
        rows = totals.footing.rows
        self.footing.show_count(self.part.counted(self.desk.words, rows))
        if rows == 0:
            self.card.show_agreement(None)

    def place_values(self) -> dict[str, object]:
        """Which list, and which row."""
        return {
            "part": self.part.name,
            "at": self._wanted if self._wanted is not None else self.view.current_id(),
        }

    # what is done

    def _dress(self, form_open: bool) -> None:
        """One filled button: the form's own while one is open."""
        restyle(self.new_button, "kind", "secondary" if form_open else "primary")
        self.desk.icons.set_icon(self.new_button, "plus", token="ink2" if form_open else "onaccent")

    def _show_card(self, line: object) -> None:
        if line is not None:
            self.card.show_agreement(self.part.agreement_of(line))

    def _open(self, _key: int) -> None:
        self.card.edit()

    def _edit(self, _column: str) -> None:
        self.card.edit()

    def _show_history(self, _letter: str) -> None:
        """The card's own letter shows it."""

    def new(self) -> None:
        """A new entry of the list that is shown."""
        forms.new_agreement(self.bench, done=self._made)

    def _made(self, changes: object) -> None:
        self._wanted = getattr(changes, "made", None)
        self.load()

    def _changed(self, changes: Any) -> None:
        super()._changed(changes)
        view = self.card.view
        if view is not None and any(t.kind in TOUCHES for t in changes.touched):
            self.card.show_agreement(view.line.id)

    def _letter(self, letter: str) -> None:
        doings: dict[str, Callable[[], object]] = {
            "p": self.card.new_promise, "n": self.card.new_party, "h": self.card.history,
        }  # fmt: skip
        run = doings.get(letter.lower())
        if run is not None:
            run()
        elif letter == "/":
            self.bar.filter.setFocus()

    def actions_here(self) -> tuple[Action, ...]:
        """New, edit, promise, party, print, and what every list can do."""
        card = self.card
        own: tuple[tuple[str, str, str, Callable[[], object], str, Scope, Menu], ...] = (
            ("agreements.new", N_("New entry"), "plus", self.new, "Ctrl+N", Scope.PAGE, Menu.FILE),
            ("agreements.print", N_("Print the agreements"), "printer", card.print, "Ctrl+P", Scope.PAGE, Menu.FILE),
            ("agreements.edit", N_("Edit this agreement"), "pencil", card.edit, "F2", Scope.PAGE, Menu.EDIT),
            ("agreements.promise", N_("Write a promise down"), "handshake", card.new_promise, "P", Scope.ROW,
             Menu.EDIT),
            ("agreements.party", N_("Add a party"), "users", card.new_party, "N", Scope.ROW, Menu.EDIT),
            ("agreements.history", N_("History of this agreement"), "history", card.history, "H", Scope.ROW, Menu.GO),
        )  # fmt: skip
        return (
            *(
                Action(key=key, text=text, icon=icon, run=run, keys=keys, scope=scope, menu=menu)
                for key, text, icon, run, keys, scope, menu in own
            ),
            *self.list_actions(),
        )
