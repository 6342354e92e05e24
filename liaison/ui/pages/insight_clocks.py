"""The clocks behind a figure of "Who is slow?": one row for each step that a house took, the longest first."""

from __future__ import annotations

import datetime as dt
from typing import Any

from liaison.domain.insight import Scope
from liaison.domain.periods import Period
from liaison.domain.targets import Party
from liaison.i18n import N_, upper_first
from liaison.reports.clock_list import span_words, target_words
from liaison.services.clock_readings import ClockLine
from liaison.services.insight_slow import clock_rows
from liaison.ui.desk import Desk
from liaison.ui.models.columns import Column, Kind
from liaison.ui.models.paged_table import PagedTable
from liaison.ui.page import Page
from liaison.ui.places import Place
from liaison.ui.widgets.parts import EmptyState, Footing, Head, hairline
from liaison.ui.widgets.table_view import TableView


def _columns(desk: Desk) -> tuple[Column, ...]:
    words = desk.words
    now = desk.clock()
    return (
        Column(key="case", label=N_("Case number"), value=lambda r: r.case_no or r.claim_no, strong=True, width=150),
        Column(key="hospital", label=N_("Hospital"), value=lambda r: r.hospital, width=190, stretch=2),
        Column(key="city", label=N_("City"), value=lambda r: r.city, width=110, gives_way=1),
        Column(key="start", label=N_("Asked"), value=lambda r: r.run.start, kind=Kind.MOMENT, width=150),
        Column(key="stopped", label=N_("Answered"), value=lambda r: r.run.stopped, kind=Kind.MOMENT, width=150),
        Column(key="took", label=N_("Took"), value=lambda r: span_words(r.run.ran(now), r.run.target, words),
               kind=Kind.NUMBER, width=90),
        Column(key="target", label=N_("Target"), value=lambda r: target_words(r.run.target, words), kind=Kind.NUMBER,
               width=80),
        Column(key="officer", label=N_("Officer"), value=lambda r: r.officer, width=120, gives_way=2),
    )  # fmt: skip


class InsightClocksPage(Page):
    """What one house took for one step in the days asked about. Enter opens the case or the claim."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        words = desk.words
        self.rows: list[ClockLine] = []
        self.head = Head(desk, words(N_("The clocks behind the figure")), note="", back=desk.frame.back,
                         back_hint=words(N_("Back")))  # fmt: skip
        self.body.addWidget(self.head)
        self.body.addWidget(hairline())
        self.table = PagedTable(desk, _columns(desk))
        self.view = TableView(desk, self.table, name=words(N_("Clocks")))
        self.view.opened.connect(self._open)
        self.body.addWidget(self.view, 1)
        self.empty = EmptyState(desk, icon="clock", sentence=words(N_("No clock stopped in these days.")))
        self.body.addWidget(self.empty, 1)
        self.footing = Footing(desk)
        self.body.addWidget(self.footing)

    def start(self) -> None:
        """Read the clocks."""
        values = self.place.values
        period = next((p for p in Period if p.value == values.get("period")), None)
        scope = Scope(city=str(values.get("city", "")), period=period)
        kind = str(values.get("kind", ""))
        self.desk.runner.read(_take, scope, self.place.record, kind, owner=self, done=self.show_rows, key="clocks")

    def show_rows(self, rows: list[ClockLine]) -> None:
        """Show them."""
        words = self.desk.words
        self.rows = rows
        self.view.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.table.show_rows(rows)
        if rows:
            first = rows[0]
            who = words(N_("this office")) if first.party is Party.US else first.acts or words(N_("not stated"))
            self.head.set_note(f"{upper_first(words(first.kind.label))} · {who}")
            self.view.go_to_row(0)
            self.view.setFocus()
        self.footing.show_count(words.plural("{count} clock", "{count} clocks", len(rows)))

    def _open(self, number: int) -> None:
        row = self.rows[number]
        if row.claim_id is not None:
            self.desk.go("claim", row.claim_id)
        elif row.journey_id is not None:
            self.desk.go("journey", row.journey_id)


def _take(session: Any, scope: Scope, house: int | None, kind: str) -> list[ClockLine]:
    now: dt.datetime = session.info["clock"]()
    rows = [r for r in clock_rows(session, scope) if r.acts_id == house and r.kind.value == kind]
    return sorted(rows, key=lambda r: -r.run.ran(now))
