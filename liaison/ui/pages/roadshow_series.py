"""The cities of a series side by side: asked in all three, or only in one."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from liaison.i18n import N_, upper_first
from liaison.services import roadshow_exports
from liaison.services.roadshow_series import SeriesLine, SeriesView, series_names, series_view
from liaison.ui.actions import Action, Menu, Scope
from liaison.ui.desk import Desk
from liaison.ui.models.columns import Column, Kind
from liaison.ui.models.paged_table import PagedTable
from liaison.ui.page import Page
from liaison.ui.pages.roadshow_copies import pick_copy
from liaison.ui.places import Place
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.badge import Badge
from liaison.ui.widgets.buttons import icon_button
from liaison.ui.widgets.editors import Choice
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import LEFT, RIGHT, EmptyState, Head, clear
from liaison.ui.widgets.shapes import Shape
from liaison.ui.widgets.table_view import TableView


class RoadshowSeriesPage(Page):
    """One row a subject, one column a city; the chosen row tells each wish with its answer below the table."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        _ = desk.words
        self._series = str(place.values.get("series", ""))
        self._view: SeriesView | None = None
        self.choice = Choice(desk, (), search=False)
        self.choice.set_name(_(N_("Series")))
        self.choice.setFixedWidth(desk.theme.px(280))
        self.choice.changed.connect(lambda: self._choose(str(self.choice.value() or "")))
        out = icon_button(desk.icons, "sheet", _(N_("Write this list into a workbook… (Ctrl+E)")), self.copy_out)
        self.body.addWidget(
            Head(desk, _(N_("Cities compared")), buttons=[self.choice, out], back=lambda: desk.go("roadshows"),
                 back_hint=_(N_("All roadshows")))
        )  # fmt: skip
        self._table_row = QHBoxLayout()
        self.body.addLayout(self._table_row, 1)
        self.view: TableView | None = None
        self.told = QWidget()
        self._told_box = QHBoxLayout(self.told)
        self._told_box.setContentsMargins(LEFT, 10, RIGHT, 14)
        self._told_box.setSpacing(18)
        self.body.addWidget(self.told)
        desk.hub.changed.connect(self._changed)

    def start(self) -> None:
        """Read the series."""
        self._read()

    def _changed(self, _changes: object) -> None:
        self._read()

    def _read(self) -> None:
        self.desk.runner.read(_gather, self._series, owner=self, done=self._show, key="series")

    def _choose(self, series: str) -> None:
        self._series = series
        self.place = Place(page="roadshow_series", values={"series": series})
        self.desk.frame.moved(self.place)
        self._read()

    def _show(self, found: tuple[list[str], SeriesView]) -> None:
        names, view = found
        desk, _ = self.desk, self.desk.words
        self._view, self._series = view, view.series
        self.choice.set_choices([(name, name) for name in names])
        self.choice.set_value(view.series if view.series in names else None)
        clear(self._table_row)
        clear(self._told_box)
        if not view.lines:
            sentence = _(N_("Nobody wished for anything in this series yet."))
            self._table_row.addWidget(EmptyState(desk, icon="columns-3", sentence=sentence), 1)
            self.view = None
            return
        table = PagedTable(desk, self._columns(view))
        self.view = TableView(desk, table, name=_(N_("Cities compared")))
        self.view.moved.connect(self._tell)
        self._table_row.addWidget(self.view, 1)
        places = {(line.topic, line.words): n for n, line in enumerate(view.lines)}
        table.show_rows(view.lines, key=lambda line: places[(line.topic, line.words)])
        self.view.go_to_row(0)
        self.view.setFocus()

    def _columns(self, view: SeriesView) -> tuple[Column, ...]:
        _ = self.desk.words
        fixed = (
            Column(key="topic", label=N_("About"), value=lambda r: upper_first(r.words or _(r.topic.label)),
                   strong=True, width=210, stretch=2),
            Column(key="where", label=N_("Asked where"), value=lambda r: r.where.text(_), width=170, stretch=1),
        )  # fmt: skip
        cities = tuple(
            Column(key=f"city{n}", label=city, value=partial(self._count, place=n), kind=Kind.BADGE, width=132)
            for n, city in enumerate(view.cities)
        )
        return (*fixed, *cities)

    def _count(self, line: SeriesLine, place: int) -> Badge:
        found = line.wishes[place]
        if not found:
            return Badge(text="–", shape=Shape.NONE, tone=Tone.GREY)
        answered = all(need.answer for need in found)
        text = self.desk.words.plural("{count} wish", "{count} wishes", len(found))
        return Badge(text=text, shape=Shape.DONE if answered else Shape.OPEN, tone=Tone.GREEN if answered else Tone.INK)

    def _tell(self, line: object) -> None:
        """The wishes of a subject, city by city, with our answers."""
        clear(self._told_box)
        view, _ = self._view, self.desk.words
        if view is None or not isinstance(line, SeriesLine):
            return
        for city, found in zip(view.cities, line.wishes, strict=True):
            said = "\n".join(f"{need.house or _(N_('nobody named'))}: {need.wish}" + (f" → {need.answer}" if need.answer
                             else "") for need in found)  # fmt: skip
            label = Label(f"{city}\n{said or '–'}", Role.QUIET, wrap=True)
            self._told_box.addWidget(label, 1)

    def copy_out(self, target: Path | None = None) -> None:
        """Write the comparison into a workbook."""
        title = N_("Cities of a series compared")
        pick_copy(self, roadshow_exports.COMPARED, title, words=self._series, target=target)

    def actions_here(self) -> tuple[Action, ...]:
        """Write out."""
        return (
            Action(key="series.excel", text=N_("Write this list into a workbook…"), keys="Ctrl+E", icon="sheet",
                   run=self.copy_out, scope=Scope.PAGE, menu=Menu.FILE),
        )  # fmt: skip

    def keep(self) -> dict[str, object]:
        """Which series."""
        return {"series": self._series}

    def resume(self, kept: dict[str, object]) -> None:
        """Back to it."""
        self._series = str(kept.get("series", self._series))


def _gather(session: Any, series: str) -> tuple[list[str], SeriesView]:
    """The named series, else the newest one in which somebody wished for something."""
    names = series_names(session)
    for name in [series] if series else names:
        view = series_view(session, name)
        if view.lines or series:
            return names, view
    return names, series_view(session, names[0] if names else "")
