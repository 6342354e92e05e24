"""The letters, claims or admissions behind a figure of a scorecard. Enter opens the case or the claim."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from liaison.domain.codes import ReasonCode
from liaison.domain.grids import Column as GridColumn
from liaison.domain.grids import ColumnKind, Grid
from liaison.domain.scorecards import MEASURED, Score, ScoreRow
from liaison.i18n import N_, upper_first
from liaison.services.network import organization
from liaison.services.scorecards import rows_behind
from liaison.ui.actions import Action, Menu, Scope
from liaison.ui.desk import Desk
from liaison.ui.models.columns import Column, Kind
from liaison.ui.models.paged_table import PagedTable
from liaison.ui.page import Page
from liaison.ui.pages.scorecard import period_of
from liaison.ui.pages.workbook_out import write_out
from liaison.ui.places import Place
from liaison.ui.widgets.buttons import quiet
from liaison.ui.widgets.parts import EmptyState, Footing, Head, hairline
from liaison.ui.widgets.table_view import TableView

VALUES = {
    Score.LETTER: N_("Hours taken"), Score.CLAIM: N_("Days taken"), Score.ESTIMATE: N_("Off by, per cent"),
}  # fmt: skip


class ScoreRowsPage(Page):
    """One row for each letter, claim or admission that a figure counts, the newest first."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        words = desk.words
        name, _, code = str(place.values.get("kind", "")).partition(":")
        self.score = next((s for s in Score if s.value == name), Score.LETTER)
        self.reason = next((r for r in ReasonCode if r.value == code), None)
        self.period = period_of(place.values.get("period"))
        self.rows: list[ScoreRow] = []
        excel = quiet(desk.icons, words(N_("Excel")), self.to_excel, icon="sheet")
        self.head = Head(desk, upper_first(words(self.score.label)), note="", buttons=[excel], back=desk.frame.back,
                         back_hint=words(N_("Back")))  # fmt: skip
        self.body.addWidget(self.head)
        self.body.addWidget(hairline())
        self.table = PagedTable(desk, self._columns())
        self.view = TableView(desk, self.table, name=upper_first(words(self.score.label)))
        self.view.opened.connect(self._open)
        self.body.addWidget(self.view, 1)
        self.empty = EmptyState(desk, icon="clock", sentence=words(N_("No case stands behind this figure.")))
        self.body.addWidget(self.empty, 1)
        self.footing = Footing(desk)
        self.body.addWidget(self.footing)
        desk.hub.changed.connect(self._changed)

    def _columns(self) -> tuple[Column, ...]:
        formats = self.desk.formats
        made = [
            Column(key="number", label=N_("Number"), value=lambda r: r.number, strong=True, width=170, identifier=True),
            Column(key="other", label=N_("Other side"), value=lambda r: r.other, width=200, stretch=2),
            Column(key="on", label=N_("Date"), value=lambda r: r.on, kind=Kind.DATE, width=120),
        ]
        if self.score in MEASURED:
            made.append(Column(key="value", label=VALUES[self.score], kind=Kind.NUMBER, width=130,
                               value=lambda r: formats.number(r.value, 1)))  # fmt: skip
        else:
            made.append(Column(key="hit", label=N_("Such"), value=lambda r: r.is_hit, width=70))
        if self.score in (Score.DECLINED, Score.REJECTED):
            made.append(Column(key="reason", label=N_("Reason"), value=self._why, width=240, stretch=3))
        return tuple(made)

    def _why(self, row: ScoreRow) -> str:
        return upper_first(self.desk.words((row.reason or ReasonCode.R99).label)) if row.is_hit else ""

    def start(self) -> None:
        """Read the rows, and the house's name."""
        self._read()
        self.view.setFocus()

    def _changed(self, _changes: object) -> None:
        self._read()

    def _read(self) -> None:
        if self.place.record is None:
            self.show_rows(("", []))
            return
        self.desk.runner.read(
            _take, self.place.record, self.score, self.period, self.reason, owner=self, done=self.show_rows, key="rows"
        )

    def show_rows(self, found: tuple[str, list[ScoreRow]]) -> None:
        """Show them."""
        words = self.desk.words
        house, self.rows = found
        about = [house, words(self.period.label) if self.period else words(N_("All time"))]
        if self.reason is not None:
            about.append(upper_first(words(self.reason.label)))
        self.head.set_note(" · ".join(about))
        self.view.setVisible(bool(self.rows))
        self.empty.setVisible(not self.rows)
        self.table.show_rows(self.rows)
        if self.rows:
            self.view.go_to_row(0)
        self.footing.show_count(words.plural("{count} row", "{count} rows", len(self.rows)))

    def _open(self, number: int) -> None:
        row = self.rows[number]
        if row.claim_id is not None:
            self.desk.go("claim", row.claim_id)
        elif row.journey_id is not None:
            self.desk.go("journey", row.journey_id)

    def to_excel(self, target: Path | None = None) -> None:
        """The rows as a workbook: numbers of cases, no names."""
        words = self.desk.words
        columns = (
            GridColumn(label=N_("Number"), kind=ColumnKind.IDENTIFIER), GridColumn(label=N_("Other side"), width=2.0),
            GridColumn(label=N_("Date"), kind=ColumnKind.DATE),
            GridColumn(label=VALUES.get(self.score, N_("Such")),
                       kind=ColumnKind.NUMBER if self.score in MEASURED else ColumnKind.TEXT),
            GridColumn(label=N_("Reason"), width=2.0),
        )  # fmt: skip
        rows = tuple(
            (r.number, r.other, r.on, r.value if self.score in MEASURED else r.is_hit,
             (r.reason or ReasonCode.R99) if r.is_hit and self.score is not Score.TOPUP else None)
            for r in self.rows
        )  # fmt: skip
        asked = {words(N_("About")): self.head.note.whole_text()}
        grid = Grid(title=self.score.label, columns=columns, rows=rows)
        write_out(self, [grid], name="scorecard", title=self.score.label, asked=asked, target=target)

    def actions_here(self) -> tuple[Action, ...]:
        """Write out."""
        return (
            Action(key="score_rows.excel", text=N_("Write this list into a workbook…"), keys="Ctrl+E", icon="sheet",
                   run=self.to_excel, scope=Scope.PAGE, menu=Menu.FILE),
        )  # fmt: skip


def _take(
    session: Any, house_id: int, score: Score, period: Any, reason: ReasonCode | None
) -> tuple[str, list[ScoreRow]]:
    return organization(session, house_id).name, rows_behind(session, house_id, score, period, reason)
