"""Printed reports: which paper went out when, its pages as they were, and who holds which copy."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from liaison.domain.grammar import TermField
from liaison.i18n import N_, Language
from liaison.services.list_of_releases import RELEASES, ReleaseLine, releases_grid
from liaison.services.list_queries import Group
from liaison.ui.actions import Action, Menu, Scope
from liaison.ui.desk import Desk
from liaison.ui.models.columns import Column, Kind
from liaison.ui.pages.agreements_parts import Card
from liaison.ui.pages.carded_list import CardedList
from liaison.ui.pages.list_source import ListSpec, Source, Totals
from liaison.ui.pages.list_views import SavedView
from liaison.ui.pages.printed_card import PrintedCard
from liaison.ui.places import Place
from liaison.ui.widgets.badge import Badge, late, under_way
from liaison.ui.widgets.buttons import primary
from liaison.ui.widgets.parts import EmptyState

TOUCHES = frozenset({"release", "printed_copy", "disclosure"})

VIEWS = (
    SavedView(key="all", name=N_("All printed reports"), id="", en=""),
    SavedView(key="public", name=N_("For everybody"), id="kind:public", en="kind:public"),
    SavedView(key="reader", name=N_("By reader"), id="", en="", group="audience"),
)


def _columns(desk: Desk) -> tuple[Column, ...]:
    words = desk.words
    return (
        Column(key="at", label=N_("Printed"), value=lambda r: r.at, kind=Kind.MOMENT, width=172, sort="at"),
        Column(key="title", label=N_("Report"), value=lambda r: words(r.title), strong=True, stretch=3, width=180,
               sort="title", by_words=True),
        Column(key="about", label=N_("Asked for"), value=lambda r: r.about, stretch=1, width=110, gives_way=3,
               asks=TermField.CITY),
        Column(key="audience", label=N_("Reader"), value=lambda r: words(r.audience.label), width=104,
               sort="audience", asks=TermField.KIND, gives_way=2),
        Column(key="id", label=N_("Report id"), value=lambda r: r.report_id, width=152, sort="id"),
        Column(key="out", label=N_("Copies out"), value=partial(_out, words), kind=Kind.BADGE, width=110, sort="out",
               gives_way=1),
        Column(key="actor", label=N_("Done by"), value=lambda r: r.actor, width=110, sort="actor", gives_way=4),
    )  # fmt: skip


def _out(words: Language, line: ReleaseLine) -> Badge | str:
    if not line.copies:
        return ""
    said = words(N_("{out} of {all}"), out=line.out, all=line.copies)
    return late(said) if line.is_lost else under_way(said)


def _counted(words: Language, count: int) -> str:
    return words.plural("{count} printed report", "{count} printed reports", count)


def _group_words(words: Language, group: Group) -> str:
    return _counted(words, group.count)


SPEC = ListSpec(
    name="releases", title=N_("Printed reports"),
    source=Source(
        ids=RELEASES.ids, page=RELEASES.page, groups=RELEASES.in_groups, count=RELEASES.count,
        footing=RELEASES.footing, group_words=_group_words,
    ),
    columns=_columns, views=VIEWS, groups=(("audience", N_("Reader")), ("actor", N_("Done by")),
                                           ("report", N_("Report"))),
    sort="", opens="printed_report", kinds=TOUCHES, worded_buttons=False, grid=releases_grid,
)  # fmt: skip


class PrintedReportsPage(CardedList):
    """Every paper that was printed, saved or copied out, the newest first."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place, SPEC)

    def make_card(self) -> Card:
        """Who had it printed, and who holds a copy."""
        return PrintedCard(self.desk)

    def head_buttons(self) -> list[QWidget]:
        """A new report."""
        self.new_button = primary(self.desk.icons, self.desk.words(N_("New report")), self.new, icon="plus")
        return [self.new_button]

    def empty_state(self) -> EmptyState:
        """Nothing printed yet, or nothing found."""
        return EmptyState(
            self.desk, icon="file-text",
            sentence=self.desk.words(N_("No printed report here. The id at the foot of a page finds its report.")),
        )  # fmt: skip

    def show_totals(self, totals: Totals) -> None:
        """How many there are."""
        rows = totals.footing.rows
        self.footing.show_count(_counted(self.desk.words, rows))
        if rows == 0:
            self.card.show_key(None)

    def place_values(self) -> dict[str, object]:
        """Which row."""
        return {"at": self._wanted if self._wanted is not None else self.view.current_id()}

    def new(self) -> None:
        """Choose a report to print."""
        self.desk.go("reports")

    def actions_here(self) -> tuple[Action, ...]:
        """New, open, hand a copy out, and what every list can do."""
        own: tuple[tuple[str, str, str, Any, str, Scope, Menu], ...] = (
            ("printed.new", N_("New report"), "plus", self.new, "Ctrl+N", Scope.PAGE, Menu.FILE),
            ("printed.c", N_("Hand a copy out…"), "chevron-right", self.card.letters()["c"], "C", Scope.ROW, Menu.EDIT),
            ("printed.h", N_("History of this entry"), "chevron-right", self.card.letters()["h"], "H", Scope.ROW,
             Menu.EDIT),
        )  # fmt: skip
        return (
            *(
                Action(key=key, text=text, icon=icon, run=run, keys=keys, scope=scope, menu=menu)
                for key, text, icon, run, keys, scope, menu in own
            ),
            *self.list_actions(),
        )
