"""The list of papers at the left of the reports: what each is, and in a word for whom or what about."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton, QSizePolicy

from liaison.i18n import N_
from liaison.ui.desk import Desk
from liaison.ui.theme import Role
from liaison.ui.widgets.buttons import menu_row
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import Pane, hairline

CHOOSER_WIDTH = 224
NOT_CHOSEN_HERE = frozenset(
    {
        "own_copy", "breach_persons", "breach_authority", "erasure_certificate", "roadshow_invitations",
        "roadshow_check_in", "roadshow_follow_up",
    }
)  # fmt: skip
"""Papers of other pages, which open their preview here."""

CHOOSER = (
    ("city_briefing", "map-pin", N_("City briefing"), N_("Jakarta, Surabaya, Medan")),
    ("city_pack", "landmark", N_("City pack"), N_("a whole roadshow in one print")),
    ("insurer_sheet", "building", N_("Sheet of an insurer"), N_("one insurer, its own figures and wishes")),
    ("portfolio", "receipt-text", N_("Portfolio statement"), N_("one insurer, a month or quarter")),
    ("portfolio_cases", "file-lock", N_("Sealed annex"), N_("of a statement: account and cases")),
    ("ageing", "alarm-clock", N_("Ages of unpaid claims"), N_("who owes what since when; for us alone")),
    ("both_sides", "columns-3", N_("One sheet for both sides"), N_("a case as hospital and insurer have it")),
    ("leakage", "arrow-right-left", N_("Estimate to payment"), N_("one hospital, one insurer, the same sums")),
    ("case_summary", "user", N_("Case summary"), N_("one person, four readers")),
    ("itinerary", "luggage", N_("Itinerary pack"), N_("for the patient, paper or telephone")),
    ("claim_letter", "wallet", N_("Claim status letter"), N_("one claim, three readers")),
    ("benefit_estimate", "hand-coins", N_("Estimate of benefits"), N_("one bill, every insurer, step by step")),
    ("paper_letter", "paperclip", N_("Request for papers"), N_("what a case still lacks")),
    ("directory", "hospital", N_("Hospital directory"), N_("one sheet per city")),
    ("booklet", "notebook-pen", N_("Hospital booklet"), N_("A5, or A4 to fold and staple")),
    ("handover", "handshake", N_("Hand-over sheet"), N_("one officer or all; names people")),
    ("agreements", "file-check", N_("Agreements and plans"), N_("for partners, or with budgets for us")),
    ("evaluation", "chart-column", N_("Monthly evaluation"), N_("one page: weaknesses, days, money, owner")),
    ("clock_list", "clock", N_("Clocks over their target"), N_("who must act; names nobody")),
)


class ReportChooser(Pane):
    """Every paper that is made here, and the ways to a print run and to what was printed before."""

    def __init__(
        self, desk: Desk, choose: Callable[[str], None], *, run: Callable[[], None], printed: Callable[[], None],
        compare: Callable[[], None],
    ) -> None:  # fmt: skip
        words = desk.words
        super().__init__(desk, side="left", width=CHOOSER_WIDTH, grows=True, name=words(N_("Reports")))
        self.add(Label(words(N_("Reports")), Role.TITLE))
        self.body.addSpacing(8)
        self.choices: dict[str, QPushButton] = {}
        for name, icon, title, note in CHOOSER:
            button = menu_row(desk.icons, words(title), partial(choose, name), icon=icon)
            button.setCheckable(True)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setToolTip(words(note))
            button.setAccessibleDescription(words(note))
            self.choices[name] = button
            self.add(button)
            note_label = Label(words(note), Role.SECOND, wrap=True)
            note_label.setContentsMargins(34, 0, 0, 0)
            self.add(note_label)
            self.body.addSpacing(6)
        self.add(hairline(), space=4)
        self.add(menu_row(desk.icons, words(N_("Compare audiences")), compare, icon="columns-3"), space=6)
        self.add(menu_row(desk.icons, words(N_("Print run…")), run, icon="printer"), space=2)
        self.add(menu_row(desk.icons, words(N_("Printed reports")), printed, icon="history"), space=2)
        self.finish()

    def mark(self, name: str) -> None:
        """Show which paper is chosen, also where it stands far below; none of another page's."""
        for key, button in self.choices.items():
            button.setChecked(key == name)
        if name in self.choices:
            QTimer.singleShot(0, self, partial(self._bring_into_view, name))  # it has its place once it is laid out

    def _bring_into_view(self, name: str) -> None:
        self.area.ensureWidgetVisible(self.choices[name])
