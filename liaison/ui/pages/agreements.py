"""Agreements: the register, and what hangs on it. List left, card right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from liaison.domain.grids import Grid
from liaison.i18n import N_, Language
from liaison.services.list_of_agreements import AGREEMENTS, agreements_grid
from liaison.services.list_of_outreach import (
    CHANNELS,
    OUTREACH,
    REQUESTS,
    channels_grid,
    outreach_grid,
    requests_grid,
)
from liaison.services.list_of_plans import ACTIVITIES, INDICATORS, activities_grid, indicators_grid
from liaison.services.list_queries import Group, ListQuery
from liaison.services.sifting import Sifted
from liaison.ui.actions import Action, Menu, Scope
from liaison.ui.desk import Desk
from liaison.ui.models.columns import Column
from liaison.ui.pages import agreements_beside_forms as beside_forms
from liaison.ui.pages import agreements_columns as columns
from liaison.ui.pages import agreements_forms as forms
from liaison.ui.pages import agreements_plan_forms as plan_forms
from liaison.ui.pages.agreements_beside_cards import ChannelCard, OutreachCard, RequestCard
from liaison.ui.pages.agreements_card import AgreementCard
from liaison.ui.pages.agreements_parts import Card
from liaison.ui.pages.agreements_plan_card import ActivityCard, IndicatorCard
from liaison.ui.pages.carded_list import CardedList
from liaison.ui.pages.list_source import ListSpec, Source, Totals
from liaison.ui.pages.list_views import SavedView
from liaison.ui.places import Place
from liaison.ui.widgets.buttons import Segments, primary
from liaison.ui.widgets.parts import LEFT, RIGHT, EmptyState

TOUCHES = frozenset(
    {"agreement", "agreement_party", "obligation", "plan_activity", "plan_milestone", "indicator",
                     "indicator_value",
     "data_request", "report_channel", "outreach_event", "outreach_case"}
)  # fmt: skip


LETTERS = {
    ("agreements", "p"): N_("Write a promise down"),
    ("agreements", "n"): N_("Add a party"),
    ("agreements", "h"): N_("History of this entry"),
    ("plan", "x"): N_("Done, or dropped…"),
    ("plan", "m"): N_("Add a milestone"),
    ("plan", "h"): N_("History of this entry"),
    ("indicators", "f"): N_("Keep or write a figure"),
    ("indicators", "r"): N_("Show the rows behind it"),
    ("indicators", "h"): N_("History of this entry"),
    ("requests", "g"): N_("Grant…"),
    ("requests", "r"): N_("Refuse…"),
    ("requests", "h"): N_("History of this entry"),
    ("channels", "t"): N_("It was tried…"),
    ("channels", "h"): N_("History of this entry"),
    ("outreach", "c"): N_("A case that came of it…"),
    ("outreach", "h"): N_("History of this entry"),
}
"""What single letters do on a row of each list, for the menu and the sheet of keys."""


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
    card: Callable[[Desk], Card] = AgreementCard
    new_entry: Callable[..., object] = forms.new_agreement


def _agreements(words: Language, count: int) -> str:
    return words.plural("{count} agreement", "{count} agreements", count)


def _activities(words: Language, count: int) -> str:
    return words.plural("{count} activity", "{count} activities", count)


def _indicators(words: Language, count: int) -> str:
    return words.plural("{count} indicator", "{count} indicators", count)


def _requests(words: Language, count: int) -> str:
    return words.plural("{count} request", "{count} requests", count)


def _channels(words: Language, count: int) -> str:
    return words.plural("{count} channel", "{count} channels", count)


def _events(words: Language, count: int) -> str:
    return words.plural("{count} event", "{count} events", count)


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
    Part(
        name="plan", title=N_("Action plan"), new=N_("New activity"), counted=_activities, sifted=ACTIVITIES,
        columns=columns.of_activities,
        views=(
            SavedView(key="all", name=N_("Whole plan"), id="", en=""),
            SavedView(key="late", name=N_("Late"), id="status:late", en="status:late"),
            SavedView(key="open", name=N_("Still open"), id="-status:done,dropped", en="-status:done,dropped"),
            SavedView(key="horizon", name=N_("By horizon"), id="", en="", group="horizon"),
        ),
        groups=(("horizon", N_("Horizon")), ("area", N_("Area")), ("owner", N_("Who sees to it")),
                ("agreement", N_("Agreement")), ("progress", N_("Status"))),
        sort="", grid=activities_grid, card=ActivityCard, new_entry=plan_forms.activity_form,
    ),
    Part(
        name="indicators", title=N_("Indicators"), new=N_("New indicator"), counted=_indicators, sifted=INDICATORS,
        columns=columns.of_indicators,
        views=(
            SavedView(key="all", name=N_("All indicators"), id="", en=""),
            SavedView(key="behind", name=N_("Behind"), id="status:behind", en="status:behind"),
            SavedView(key="baseline", name=N_("Without a baseline"), id="status:no_baseline", en="status:no_baseline"),
            SavedView(key="level", name=N_("From input to outcome"), id="", en="", group="level"),
        ),
        groups=(("level", N_("Level")), ("area", N_("Area")), ("agreement", N_("Agreement")), ("mark", N_("Status"))),
        sort="", grid=indicators_grid, card=IndicatorCard, new_entry=plan_forms.indicator_form,
    ),
    Part(
        name="requests", title=N_("Data requests"), new=N_("New request for data"), counted=_requests, sifted=REQUESTS,
        columns=columns.of_requests,
        views=(
            SavedView(key="all", name=N_("All requests"), id="", en=""),
            SavedView(key="open", name=N_("Not answered yet"), id="status:open", en="status:open"),
            SavedView(key="refused", name=N_("Refused"), id="status:refused", en="status:refused"),
        ),
        groups=(("decision", N_("Answer")), ("agreement", N_("Agreement")), ("sort", N_("Kind of data"))),
        sort="", grid=requests_grid, card=RequestCard, new_entry=beside_forms.request_form,
    ),
    Part(
        name="channels", title=N_("Reports of disease"), new=N_("New channel"), counted=_channels, sifted=CHANNELS,
        columns=columns.of_channels,
        views=(
            SavedView(key="all", name=N_("All channels"), id="", en=""),
            SavedView(key="untried", name=N_("Not to lean on"), id="-status:answers", en="-status:answers"),
        ),
        groups=(("country", N_("Country")), ("state", N_("Status"))), sort="", grid=channels_grid, card=ChannelCard,
        new_entry=beside_forms.channel_form,
    ),
    Part(
        name="outreach", title=N_("Outreach"), new=N_("New outreach event"), counted=_events, sifted=OUTREACH,
        columns=columns.of_outreach, views=(SavedView(key="all", name=N_("All events"), id="", en=""),),
        groups=(("country", N_("Country")),), sort="", grid=outreach_grid, card=OutreachCard,
        new_entry=beside_forms.outreach_form,
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


class AgreementsPage(CardedList):
    """What was agreed with whom, until when, what was promised by it and how far it has come."""

    def __init__(self, desk: Desk, place: Place) -> None:
        self.part = next((p for p in PARTS if p.name == place.values.get("part")), PARTS[0])
        super().__init__(desk, place, spec_of(self.part))
        self.head.title.setText(desk.words(N_("Agreements")))

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

    def make_card(self) -> Card:
        """The card of a row of the list that is shown."""
        return self.part.card(self.desk)

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
            self.card.show_key(None)

    def place_values(self) -> dict[str, object]:
        """Which list, and which row."""
        return {
            "part": self.part.name,
            "at": self._wanted if self._wanted is not None else self.view.current_id(),
        }

    # what is done

    def new(self) -> None:
        """A new entry of the list that is shown."""
        self.part.new_entry(self.bench, done=self._made)

    def print(self) -> None:
        """Agreements, plans and indicators on paper."""
        self.desk.go("reports", name="agreements")

    def actions_here(self) -> tuple[Action, ...]:
        """New, edit, promise, party, print, and what every list can do."""
        own: tuple[tuple[str, str, str, Callable[[], object], str, Scope, Menu], ...] = (
            ("agreements.new", N_("New entry"), "plus", self.new, "Ctrl+N", Scope.PAGE, Menu.FILE),
            ("agreements.print", N_("Print the agreements"), "printer", self.print, "Ctrl+P", Scope.PAGE, Menu.FILE),
            ("agreements.edit", N_("Edit this entry"), "pencil", self.card.edit, "F2", Scope.PAGE, Menu.EDIT),
            *(
                (f"agreements.{self.part.name}.{letter}", LETTERS[self.part.name, letter], "chevron-right", run,
                 letter.upper(), Scope.ROW, Menu.EDIT)
                for letter, run in self.card.letters().items()
            ),
        )  # fmt: skip
        return (
            *(
                Action(key=key, text=text, icon=icon, run=run, keys=keys, scope=scope, menu=menu)
                for key, text, icon, run, keys, scope, menu in own
            ),
            *self.list_actions(),
        )
