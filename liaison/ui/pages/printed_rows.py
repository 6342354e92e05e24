""" "Explain this number": the cases and claims behind a figure of a printed report, as they stand today."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from liaison.domain.grammar import TermField
from liaison.i18n import N_, Language
from liaison.services import explaining
from liaison.services.explaining import BehindLine, Explained, RowKind
from liaison.services.list_queries import Counts, Group, ListQuery
from liaison.services.tracing import WHOLE
from liaison.ui.actions import Action, Menu, Scope
from liaison.ui.desk import Desk
from liaison.ui.models.columns import Column, Kind
from liaison.ui.pages.list_page import ListPage
from liaison.ui.pages.list_source import ListSpec, Source, Totals
from liaison.ui.pages.list_views import SavedView
from liaison.ui.places import Place
from liaison.ui.theme import Tone
from liaison.ui.widgets.badge import Badge
from liaison.ui.widgets.buttons import secondary
from liaison.ui.widgets.parts import LEFT, EmptyState, Marked
from liaison.ui.widgets.shapes import Shape

TOUCHES = frozenset({"journey", "claim", "guarantee", "bill", "estimate", "patient", "organization", "agreement"})
OPENS: dict[RowKind, str] = {
    RowKind.JOURNEY: "journey", RowKind.CLAIM: "claim", RowKind.ORGANIZATION: "network",
    RowKind.AGREEMENT: "agreements", RowKind.ROADSHOW: "roadshow",
}  # fmt: skip
"""Pages of rows that have one of their own; letters and bills open their case."""


def _columns(desk: Desk) -> tuple[Column, ...]:
    words = desk.words

    def person(row: BehindLine) -> str:
        return desk.masking.name(row.name, row.number or row.key) if row.name else row.title

    def changed(row: BehindLine) -> Badge | str:
        said = words(N_("changed since"))
        return Badge(text=said, shape=Shape.WARNING, tone=Tone.AMBER) if row.has_changed else ""

    return (
        Column(key="number", label=N_("Number"), value=lambda r: r.number, width=150, sort="number"),
        Column(key="name", label=N_("Name"), value=person, strong=True, stretch=2, width=160, sort="name"),
        Column(key="kind", label=N_("Kind"), value=lambda r: words(r.kind.label), width=110, gives_way=2,
               asks=TermField.KIND),
        Column(key="house", label=N_("Hospital"), value=lambda r: r.house, stretch=2, width=150, sort="house",
               gives_way=3, asks=TermField.HOSPITAL),
        Column(key="city", label=N_("City"), value=lambda r: r.city, width=96, sort="city", gives_way=4,
               asks=TermField.CITY),
        Column(key="state", label=N_("Status"), value=lambda r: words(r.state.label) if r.state else "", width=150,
               sort="state", gives_way=1),
        Column(key="day", label=N_("Day"), value=lambda r: r.day, kind=Kind.DATE, width=104, sort="day"),
        Column(key="changed", label=N_("Since the print"), value=changed, kind=Kind.BADGE, width=128),
    )  # fmt: skip


def _counted(words: Language, count: int) -> str:
    return words.plural("{count} row", "{count} rows", count)


def _group_words(words: Language, group: Group) -> str:
    return _counted(words, group.count)


def _explained(release_id: int, place: int, session: Any, _query: ListQuery) -> Explained:
    return explaining.explain(session, release_id, place)


def _count(release_id: int, place: int, session: Any) -> Counts:
    told = explaining.explain(session, release_id, place)
    here = told.rows - told.erased - told.gone
    return Counts(open=here, all=here)


def _named(release_id: int, place: int, session: Any, query: ListQuery) -> list[tuple[int, int | None]]:
    return explaining.people_of(explaining.behind(release_id, place).asked(session, query))


def _page(release_id: int, place: int, session: Any, ids: Any) -> list[BehindLine]:
    return explaining.behind_page(session, release_id, place, ids)


def _spec(release_id: int, place: int) -> ListSpec:
    lines = explaining.behind(release_id, place)
    return ListSpec(
        name="printed_rows", title=N_("Behind the figure"),
        source=Source(
            ids=lines.ids, page=partial(_page, release_id, place), groups=lines.in_groups,
            count=partial(_count, release_id, place), footing=lines.footing,
            more=partial(_explained, release_id, place), group_words=_group_words,
        ),
        columns=_columns, views=(SavedView(key="all", name=N_("All rows"), id="", en=""),),
        groups=(("kind", N_("Kind")), ("house", N_("Hospital")), ("city", N_("City")), ("state", N_("Status"))),
        sort="", opens="journey", kinds=TOUCHES, worded_buttons=False,
        grid=partial(explaining.behind_grid, release_id=release_id, place=place),
        named=partial(_named, release_id, place),
    )  # fmt: skip


class PrintedRowsPage(ListPage):
    """The rows of one figure; Enter opens the case or the claim."""

    def __init__(self, desk: Desk, place: Place) -> None:
        self.release_id = int(str(place.values.get("release", 0)))
        self.figure = int(str(place.values.get("figure", WHOLE)))
        super().__init__(desk, place, _spec(self.release_id, self.figure))

    def head_buttons(self) -> list[QWidget]:
        """The other figures, and the report itself."""
        words, icons = self.desk.words, self.desk.icons
        return [
            secondary(icons, words(N_("All figures of the report")), self.open_figures, icon="rows-3"),
            secondary(icons, words(N_("Open the report")), self.open_report, icon="file-text"),
        ]

    def above(self) -> QWidget:
        """What became of the rows since the print."""
        self.said = Marked(self.desk, "", Shape.OPEN, Tone.INK, wrap=True)
        self.said.setContentsMargins(LEFT, 10, LEFT, 4)
        return self.said

    def empty_state(self) -> EmptyState:
        """Nothing is left, or nothing was found."""
        return EmptyState(
            self.desk, icon="layers", sentence=self.desk.words(N_("No row behind this figure is in the office now.")),
        )  # fmt: skip

    def show_totals(self, totals: Totals) -> None:
        """Which figure, and what became of its rows."""
        words = self.desk.words
        self.footing.show_count(_counted(words, totals.footing.rows))
        told = totals.more
        if not isinstance(told, Explained):
            return
        figure, view = told.figure, told.release
        title = words(view.title) if view.title else words(N_("Printed report"))
        if told.is_whole:
            self.head.title.setText(words(N_("Behind the report: {report}"), report=title))
        else:
            self.head.title.setText(f"{figure.label}: {figure.printed}")
        parts = (view.report_id, figure.period, "" if told.is_whole else title)
        self.head.note.setText(" · ".join(part for part in parts if part))
        self.head.row.setStretch(self.head.row.indexOf(self.head.note), 8)
        self.head.note.show()
        self.said.label.setText(" ".join(explaining.sentences_of(told, words)))

    def load(self) -> None:
        """Ask for the list again; without a report there is nothing to ask for."""
        if self.release_id:
            super().load()

    def place_values(self) -> dict[str, object]:
        """Of which figure."""
        return {"release": self.release_id, "figure": self.figure}

    def _open(self, key: int) -> None:
        row = self.view.current_row()
        if row is None or row.id != key:
            return
        self.tell_place(at=key, folded=sorted(self.table.folded))
        if row.kind in OPENS:
            self.desk.go(OPENS[row.kind], row.key)
        elif row.journey_id is not None:
            self.desk.go("journey", row.journey_id)
        else:
            self.desk.go("history", row.key, kind=row.kind.value)

    def _show_history(self, letter: str) -> None:
        """H tells who changed what in the row under the cursor."""
        row = self.view.current_row()
        if letter.lower() == "h" and row is not None:
            self.desk.go("history", row.key, kind=row.kind.value)

    def open_figures(self) -> None:
        """The figures of the same report."""
        self.desk.go("printed_figures", release=self.release_id)

    def open_report(self) -> None:
        """Its pages as they were printed."""
        self.desk.go("printed_report", self.release_id)

    def actions_here(self) -> tuple[Action, ...]:
        """What every list can do, the other figures and the report."""
        return (
            Action(key="printed_rows.figures", text=N_("All figures of the report"), icon="rows-3",
                   run=self.open_figures, keys="Ctrl+M", scope=Scope.PAGE, menu=Menu.EDIT),
            Action(key="printed_rows.report", text=N_("Open the report"), icon="file-text", run=self.open_report,
                   keys="Ctrl+Shift+R", scope=Scope.PAGE, menu=Menu.FILE),
            *self.list_actions(),
        )  # fmt: skip
