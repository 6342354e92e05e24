"""The figures of a printed report, as it calls and prints them; one opens with the rows behind it."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from liaison.i18n import N_, Language
from liaison.services import explaining, releases
from liaison.services.list_queries import Group, ListQuery
from liaison.services.releases import ReleaseView
from liaison.services.tracing import WHOLE
from liaison.ui.actions import Action, Menu, Scope
from liaison.ui.desk import Desk
from liaison.ui.models.columns import Column, Kind
from liaison.ui.pages.list_page import ListPage
from liaison.ui.pages.list_source import ListSpec, Source, Totals
from liaison.ui.pages.list_views import SavedView
from liaison.ui.places import Place
from liaison.ui.widgets.buttons import secondary
from liaison.ui.widgets.parts import EmptyState

TOUCHES = frozenset({"release"})


def _columns(desk: Desk) -> tuple[Column, ...]:
    return (
        Column(key="place", label=N_("No."), value=lambda r: r.place, kind=Kind.NUMBER, width=52, sort="place"),
        Column(key="label", label=N_("Figure"), value=lambda r: r.label, strong=True, stretch=3, width=300,
               sort="label"),
        Column(key="period", label=N_("Period"), value=lambda r: r.period, width=200, stretch=1, gives_way=1),
        Column(key="printed", label=N_("Printed"), value=lambda r: r.printed, width=130),
        Column(key="counted", label=N_("People"), value=lambda r: r.counted, kind=Kind.NUMBER, width=84,
               sort="counted", gives_way=2),
    )  # fmt: skip


def _counted(words: Language, count: int) -> str:
    return words.plural("{count} figure", "{count} figures", count)


def _group_words(words: Language, group: Group) -> str:
    return _counted(words, group.count)


def _release(release_id: int, session: Any, _query: ListQuery) -> ReleaseView:
    return releases.release_of(session, release_id)


def _spec(release_id: int) -> ListSpec:
    lines = explaining.printed_figures(release_id)
    return ListSpec(
        name="printed_figures", title=N_("Figures of a report"),
        source=Source(
            ids=lines.ids, page=lines.page, groups=lines.in_groups, count=lines.count, footing=lines.footing,
            more=partial(_release, release_id), group_words=_group_words,
        ),
        columns=_columns, views=(SavedView(key="all", name=N_("All figures"), id="", en=""),), groups=(), sort="",
        opens="release", kinds=TOUCHES, worded_buttons=False,
        grid=partial(explaining.figures_grid, release_id=release_id),
    )  # fmt: skip


class PrintedFiguresPage(ListPage):
    """One line a figure; Enter shows what it counts."""

    def __init__(self, desk: Desk, place: Place) -> None:
        self.release_id = int(str(place.values.get("release", 0)))
        super().__init__(desk, place, _spec(self.release_id))

    def head_buttons(self) -> list[QWidget]:
        """Everything the report stands on, and the report itself."""
        words, icons = self.desk.words, self.desk.icons
        return [
            secondary(icons, words(N_("Everything behind the report")), self.open_whole, icon="layers"),
            secondary(icons, words(N_("Open the report")), self.open_report, icon="file-text"),
        ]

    def empty_state(self) -> EmptyState:
        """A report without figures still stands on rows."""
        words = self.desk.words
        return EmptyState(
            self.desk, icon="file-text", sentence=words(N_("This report tells no figure that counts people or rows.")),
            button=words(N_("Everything behind the report")), run=self.open_whole, button_icon="layers",
        )  # fmt: skip

    def show_totals(self, totals: Totals) -> None:
        """Which report, and how many figures."""
        self.footing.show_count(_counted(self.desk.words, totals.footing.rows))
        view = totals.more
        if isinstance(view, ReleaseView):
            words = self.desk.words
            title = words(view.title) if view.title else words(N_("Printed report"))
            self.head.title.setText(words(N_("Figures: {report}"), report=title))
            self.head.note.setText(f"{view.report_id} · {self.desk.formats.moment(view.at)}")
            self.head.row.setStretch(self.head.row.indexOf(self.head.note), 8)
            self.head.note.show()

    def load(self) -> None:
        """Ask for the list again; without a report there is nothing to ask for."""
        if self.release_id:
            super().load()

    def place_values(self) -> dict[str, object]:
        """Of which report."""
        return {"release": self.release_id}

    def _open(self, key: int) -> None:
        row = self.view.current_row()
        if row is not None and row.id == key:
            self.tell_place(at=key)
            self.desk.go("printed_rows", release=self.release_id, figure=row.place)

    def open_whole(self) -> None:
        """All rows that the report stands on."""
        self.desk.go("printed_rows", release=self.release_id, figure=WHOLE)

    def open_report(self) -> None:
        """Its pages as they were printed."""
        self.desk.go("printed_report", self.release_id)

    def _show_history(self, _letter: str) -> None:
        """A figure has no history of its own: it stays as it was printed."""

    def actions_here(self) -> tuple[Action, ...]:
        """What every list can do, and the rows of the whole report."""
        return (
            Action(key="printed_figures.whole", text=N_("Everything behind the report"), icon="layers",
                   run=self.open_whole, keys="Ctrl+M", scope=Scope.PAGE, menu=Menu.EDIT),
            Action(key="printed_figures.report", text=N_("Open the report"), icon="file-text", run=self.open_report,
                   keys="Ctrl+Shift+R", scope=Scope.PAGE, menu=Menu.FILE),
            *self.list_actions(),
        )  # fmt: skip
