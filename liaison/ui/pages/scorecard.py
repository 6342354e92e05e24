"""The scorecard of a hospital or an insurer: figures with their n, each opening the rows it counts; and in Excel."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from liaison.domain.insight import Behind
from liaison.domain.periods import Period
from liaison.domain.privacy import Audience
from liaison.domain.scorecards import LEAST_FOR_A_MIDDLE, LEAST_FOR_A_SHARE
from liaison.i18n import N_
from liaison.services.scorecard_tables import tables_of
from liaison.services.scorecards import Scorecard, scorecard
from liaison.ui.actions import Action, Menu, Scope
from liaison.ui.desk import Desk
from liaison.ui.page import Page
from liaison.ui.pages.insight_tables import TableBlock
from liaison.ui.pages.workbook_out import write_out
from liaison.ui.places import Place
from liaison.ui.theme import Role
from liaison.ui.widgets.buttons import quiet
from liaison.ui.widgets.editors import Choice
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import LEFT, RIGHT, Head, Pane, clear, hairline

ALL_TIME = N_("All time")


class ScorecardPage(Page):
    """How one house did by our own cases; never leaves the office."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        words = desk.words
        self.period = period_of(place.values.get("period"))
        self.card: Scorecard | None = None
        self.blocks: list[TableBlock] = []
        excel = quiet(desk.icons, words(N_("Excel")), self.to_excel, icon="sheet")
        self.head = Head(
            desk, words(N_("Scorecard")), note=words(Audience.INTERNAL.label).upper(), buttons=[excel],
            back=desk.frame.back, back_hint=words(N_("Back")),
        )  # fmt: skip
        self.body.addWidget(self.head)
        self.body.addWidget(self._choices())
        self.body.addWidget(hairline())
        self.sheet = Pane(desk, side="middle", name=words(N_("Scorecard")))
        self.about = Label("", Role.SECOND, wrap=True)
        self.sheet.add(self.about)
        self.sheet.body.addSpacing(10)
        holder = QWidget()
        self._tables = QVBoxLayout(holder)
        self._tables.setContentsMargins(0, 0, 0, 0)
        self._tables.setSpacing(16)
        self.sheet.add(holder)
        self.sheet.finish()
        self.body.addWidget(self.sheet, 1)
        desk.hub.changed.connect(self._changed)

    def _choices(self) -> QWidget:
        words = self.desk.words
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(LEFT, 0, RIGHT, 10)
        self.period_choice = Choice(
            self.desk, [(p, words(p.label)) for p in Period], none=words(ALL_TIME), search=False
        )
        self.period_choice.set_name(words(N_("Period")))
        self.period_choice.set_value(self.period)
        self.period_choice.setFixedWidth(self.desk.theme.px(200))
        self.period_choice.changed.connect(self._period_chosen)
        row.addWidget(self.period_choice)
        row.addStretch(1)
        return holder

    def start(self) -> None:
        """Work the card out."""
        self.period_choice.setFocus()
        self._read()

    def _changed(self, _changes: object) -> None:
        self._read()

    def _period_chosen(self) -> None:
        self.period = self.period_choice.value()
        self.place = Place(page="scorecard", record=self.place.record, values=self.keep())
        self.desk.frame.moved(self.place)
        self._read()

    def _read(self) -> None:
        if self.place.record is None:
            return
        self.desk.runner.read(
            scorecard, self.place.record, self.period, owner=self, done=self.show_card, key="scorecard"
        )

    def show_card(self, card: Scorecard) -> None:
        """Show the figures."""
        words = self.desk.words
        self.card = card
        self.head.title.setText(card.house)
        self.about.setText(
            words(
                N_("Scorecard by this office's own cases. Counts are exact; a middle needs {middle} cases and a "
                   "percentage {share}, below that stands “too few”. Enter or double click opens the rows."),
                middle=LEAST_FOR_A_MIDDLE, share=LEAST_FOR_A_SHARE,
            )
        )  # fmt: skip
        clear(self._tables)
        self.blocks = [TableBlock(self.desk, table, self.open_rows) for table in tables_of(card)]
        for block in self.blocks:
            self._tables.addWidget(block)
        self._tables.addStretch(1)

    def open_rows(self, behind: Behind) -> None:
        """Open the rows that a figure counts."""
        period = behind.period.value if behind.period else ""
        self.desk.go(behind.page, behind.house, kind=behind.kind, period=period)

    def to_excel(self, target: Path | None = None) -> None:
        """Every table of the card as a workbook."""
        card, words = self.card, self.desk.words
        if card is None:
            return
        asked = {
            words(N_("Organisation")): card.house,
            words(N_("Period")): words(card.period.label) if card.period else words(ALL_TIME),
        }
        grids = [table.grid() for table in tables_of(card)]
        write_out(self, grids, name="scorecard", title=N_("Scorecard"), asked=asked, target=target)

    def actions_here(self) -> tuple[Action, ...]:
        """Write out."""
        return (
            Action(key="scorecard.excel", text=N_("Write this list into a workbook…"), keys="Ctrl+E", icon="sheet",
                   run=self.to_excel, scope=Scope.PAGE, menu=Menu.FILE),
        )  # fmt: skip

    def keep(self) -> dict[str, object]:
        """Which days."""
        return {"period": self.period.value if self.period else ""}

    def resume(self, kept: dict[str, object]) -> None:
        """Back to them."""
        self.period = period_of(kept.get("period"))
        self.period_choice.set_value(self.period)


def period_of(value: object) -> Period | None:
    """A period by its stored value; none where it is none."""
    return next((p for p in Period if p.value == value), None)
