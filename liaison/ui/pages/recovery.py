"""What insurers cut by reason, and what came back after an appeal."""

from __future__ import annotations

from collections.abc import Sequence

from liaison.domain.codes import REASONS
from liaison.domain.recovery import Recovery
from liaison.i18n import N_, upper_first
from liaison.services import recovery
from liaison.ui.desk import Desk
from liaison.ui.models.columns import Column, Kind
from liaison.ui.models.paged_table import PagedTable
from liaison.ui.page import Page
from liaison.ui.places import Place
from liaison.ui.theme import Role
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import LEFT, RIGHT, EmptyState, Head, hairline
from liaison.ui.widgets.table_view import TableView


def _columns(desk: Desk) -> tuple[Column, ...]:
    _ = desk.words
    return (
        Column(key="reason", label=N_("Reason"), value=lambda r: upper_first(_(r.reason.label)), strong=True,
               stretch=2, width=200),
        Column(key="who", label=N_("Can be mended by"), value=lambda r: _(REASONS[r.reason].cured_by.label), width=130,
               gives_way=1),
        Column(key="count", label=N_("Decisions"), value=lambda r: r.count, kind=Kind.NUMBER, width=90),
        Column(key="appealed", label=N_("Appealed"), value=lambda r: r.appealed, kind=Kind.NUMBER, width=90),
        Column(key="cut", label=N_("Cut"), value=lambda r: r.cut, kind=Kind.MONEY, width=140),
        Column(key="back", label=N_("Came back"), value=lambda r: r.recovered, kind=Kind.MONEY, width=140),
        Column(key="share", label=N_("Share"), value=lambda r: desk.formats.percent(r.share), width=70),
    )  # fmt: skip


class RecoveryPage(Page):
    """One row for each reason and currency, the largest cut first; each figure with its n."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        _ = desk.words
        self.body.addWidget(
            Head(
                desk, _(N_("What came back, by reason")),
                note=_(N_("From the first decision to the last, line by line; voided claims left out")),
                back=desk.frame.back, back_hint=_(N_("Back")),
            )
        )  # fmt: skip
        self.body.addWidget(hairline())
        self.table = PagedTable(desk, _columns(desk))
        self.view = TableView(desk, self.table, name=_(N_("Recovery by reason")))
        self.body.addWidget(self.view, 1)
        self.empty = EmptyState(
            desk, icon="receipt-text", sentence=_(N_("No insurer has cut anything yet, or no decision is on record."))
        )
        self.body.addWidget(self.empty, 1)
        note = Label(_(N_("Few decisions say little: read a share together with its number of decisions.")),
                     Role.SECOND, wrap=True)  # fmt: skip
        note.setContentsMargins(LEFT, 6, RIGHT, 10)
        self.body.addWidget(note)
        desk.hub.changed.connect(self._changed)

    def start(self) -> None:
        """Read the table."""
        self._read()

    def _changed(self, _changes: object) -> None:
        self._read()

    def _read(self) -> None:
        self.desk.runner.read(recovery.recovery, owner=self, done=self.show_rows, key="recovery")

    def show_rows(self, found: Sequence[Recovery]) -> None:
        """Show what came back."""
        self.view.setVisible(bool(found))
        self.empty.setVisible(not found)
        places = {(row.reason, row.currency): at for at, row in enumerate(found)}
        self.table.show_rows(found, key=lambda row: places[(row.reason, row.currency)])
