"""The pages, in the order of the rail. Adding one is one module in ``ui/pages`` and one line here.

Each is built by a function that imports its module when it is first shown, so that the window opens fast.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, cast

from liaison.i18n import N_
from liaison.ui.page import Page, PageEntry, WhileHidden

if TYPE_CHECKING:
    from liaison.ui.desk import Desk
    from liaison.ui.places import Place


def _lazily(module: str, name: str) -> Callable[[Desk, Place], Page]:
    """A builder that imports the page's module when the page is first shown."""

    def build(desk: Desk, place: Place) -> Page:
        return cast(Page, getattr(import_module(f"liaison.ui.pages.{module}"), name)(desk, place))

    return build


def _guide(desk: Desk, place: Place) -> Page:
    from liaison.ui.guide import GuidePage

    return GuidePage(desk, place)


PAGES: tuple[PageEntry, ...] = (
    PageEntry(key="today", title=N_("Today"), icon="sun", build=_lazily("today", "TodayPage"), shortcut="Ctrl+1"),
    PageEntry(
        key="journeys", title=N_("Journeys"), icon="route", build=_lazily("journeys", "JourneysPage"), shortcut="Ctrl+2"
    ),
    PageEntry(
        key="claims", title=N_("Claims"), icon="receipt-text", build=_lazily("claims", "ClaimsPage"), shortcut="Ctrl+3"
    ),
    PageEntry(
        key="network",
        title=N_("Network"),
        icon="contact",
        build=_lazily("network_offers", "network_page"),
        shortcut="Ctrl+4",
    ),
    PageEntry(
        key="agreements",
        title=N_("Agreements"),
        icon="file-check",
        build=_lazily("agreements", "AgreementsPage"),
        shortcut="Ctrl+Shift+A",
    ),
    PageEntry(
        key="roadshows",
        title=N_("Roadshows"),
        icon="landmark",
        build=_lazily("roadshows", "RoadshowsPage"),
        shortcut="Ctrl+9",
    ),
    PageEntry(
        key="roadshow",
        title=N_("Roadshow"),
        icon="landmark",
        build=_lazily("roadshow", "RoadshowPage"),
        on_rail=False,
        belongs_to="roadshows",
    ),
    PageEntry(
        key="roadshow_series",
        title=N_("Cities compared"),
        icon="landmark",
        build=_lazily("roadshow_series", "RoadshowSeriesPage"),
        on_rail=False,
        belongs_to="roadshows",
    ),
    PageEntry(
        key="meeting",
        title=N_("Meeting mode"),
        icon="landmark",
        build=_lazily("meeting", "MeetingPage"),
        on_rail=False,
        belongs_to="roadshows",
        on_wall=True,
    ),
    PageEntry(
        key="insight",
        title=N_("Insight"),
        icon="chart-column",
        build=_lazily("insight", "InsightPage"),
        shortcut="Ctrl+Shift+I",
    ),
    PageEntry(
        key="variance",
        title=N_("From estimate to payment"),
        icon="chart-column",
        build=_lazily("variance", "VariancePage"),
        on_rail=False,
        belongs_to="insight",
    ),
    PageEntry(
        key="groups",
        title=N_("Hospital groups"),
        icon="building",
        build=_lazily("hospital_groups", "HospitalGroupsPage"),
        on_rail=False,
        belongs_to="network",
    ),
    PageEntry(
        key="panels",
        title=N_("Panels"),
        icon="table-2",
        build=_lazily("panel_matrix", "PanelMatrixPage"),
        on_rail=False,
        belongs_to="network",
    ),
    PageEntry(
        key="to_verify",
        title=N_("To verify"),
        icon="badge-check",
        build=_lazily("to_verify", "ToVerifyPage"),
        on_rail=False,
        belongs_to="network",
    ),
    PageEntry(
        key="scorecard",
        title=N_("Scorecard"),
        icon="chart-column",
        build=_lazily("scorecard", "ScorecardPage"),
        on_rail=False,
        belongs_to="network",
    ),
    PageEntry(
        key="score_rows",
        title=N_("Cases behind a figure"),
        icon="chart-column",
        build=_lazily("score_rows", "ScoreRowsPage"),
        on_rail=False,
        belongs_to="network",
    ),
    PageEntry(
        key="insight_clocks",
        title=N_("The clocks behind the figure"),
        icon="chart-column",
        build=_lazily("insight_clocks", "InsightClocksPage"),
        on_rail=False,
        belongs_to="insight",
    ),
    PageEntry(
        key="import",
        title=N_("Import"),
        icon="file-down",
        build=_lazily("import_review", "ImportPage"),
        shortcut="Ctrl+5",
    ),
    PageEntry(
        key="paste",
        title=N_("Paste rows"),
        icon="clipboard-paste",
        build=_lazily("list_paste", "PastePage"),
        on_rail=False,
        belongs_to="journeys",
    ),
    PageEntry(
        key="reports", title=N_("Reports"), icon="file-text", build=_lazily("reports", "ReportsPage"), shortcut="Ctrl+6"
    ),
    PageEntry(
        key="printed_reports",
        title=N_("Printed reports"),
        icon="file-text",
        build=_lazily("printed_reports", "PrintedReportsPage"),
        on_rail=False,
        belongs_to="reports",
    ),
    PageEntry(
        key="audiences",
        title=N_("Compare audiences"),
        icon="columns-3",
        build=_lazily("audiences", "AudiencesPage"),
        on_rail=False,
        belongs_to="reports",
    ),
    PageEntry(
        key="print_run",
        title=N_("Print run"),
        icon="printer",
        build=_lazily("print_run", "PrintRunPage"),
        on_rail=False,
        belongs_to="reports",
    ),
    PageEntry(
        key="printed_report",
        title=N_("Printed report"),
        icon="file-text",
        build=_lazily("printed_report", "PrintedReportPage"),
        on_rail=False,
        belongs_to="reports",
    ),
    PageEntry(
        key="printed_figures",
        title=N_("Figures of a report"),
        icon="rows-3",
        build=_lazily("printed_figures", "PrintedFiguresPage"),
        on_rail=False,
        belongs_to="reports",
    ),
    PageEntry(
        key="printed_rows",
        title=N_("Behind the figure"),
        icon="layers",
        build=_lazily("printed_rows", "PrintedRowsPage"),
        on_rail=False,
        belongs_to="reports",
    ),
    PageEntry(
        key="history", title=N_("History"), icon="history", build=_lazily("history", "HistoryPage"), shortcut="Ctrl+7"
    ),
    PageEntry(
        key="settings",
        title=N_("Settings"),
        icon="settings",
        build=_lazily("settings", "SettingsPage"),
        shortcut="Ctrl+8",
        foot=True,
    ),
    PageEntry(
        key="recovery",
        title=N_("What came back, by reason"),
        icon="receipt-text",
        build=_lazily("recovery", "RecoveryPage"),
        on_rail=False,
        belongs_to="claims",
    ),
    PageEntry(
        key="journey",
        title=N_("Journey"),
        icon="route",
        build=_lazily("journey", "JourneyPage"),
        on_rail=False,
        belongs_to="journeys",
    ),
    PageEntry(
        key="journey_new",
        title=N_("New journey"),
        icon="route",
        build=_lazily("journey_form", "JourneyFormPage"),
        on_rail=False,
        belongs_to="journeys",
        while_hidden=WhileHidden.CLOSED_ONCE_TYPED,
    ),
    PageEntry(
        key="message",
        title=N_("New case from a message"),
        icon="message-circle",
        build=_lazily("message", "MessagePage"),
        on_rail=False,
        belongs_to="journeys",
        while_hidden=WhileHidden.CLOSED,
    ),
    PageEntry(
        key="kiosk_intake",
        title=N_("Enquiries of a kiosk"),
        icon="inbox",
        build=_lazily("kiosk_intake", "KioskIntakePage"),
        on_rail=False,
        belongs_to="journeys",
    ),
    PageEntry(
        key="urgent",
        title=N_("Urgent call"),
        icon="phone",
        build=_lazily("urgent", "UrgentPage"),
        on_rail=False,
        belongs_to="journeys",
        while_hidden=WhileHidden.CLOSED,
    ),
    PageEntry(
        key="claim",
        title=N_("Claim"),
        icon="receipt-text",
        build=_lazily("claim", "ClaimPage"),
        on_rail=False,
        belongs_to="claims",
    ),
    PageEntry(
        key="claim_new",
        title=N_("New claim"),
        icon="receipt-text",
        build=_lazily("claim_form", "ClaimFormPage"),
        on_rail=False,
        belongs_to="claims",
    ),
    PageEntry(
        key="letter",
        title=N_("Guarantee letter"),
        icon="file-text",
        build=_lazily("letter", "LetterPage"),
        on_rail=False,
        belongs_to="journeys",
    ),
    PageEntry(
        key="papers",
        title=N_("Papers of a case"),
        icon="paperclip",
        build=_lazily("papers", "PapersPage"),
        on_rail=False,
        belongs_to="journeys",
    ),
    PageEntry(
        key="document",
        title=N_("Document"),
        icon="file-text",
        build=_lazily("document", "DocumentPage"),
        on_rail=False,
        belongs_to="journeys",
    ),
    PageEntry(
        key="merge_persons",
        title=N_("The same person twice"),
        icon="users",
        build=_lazily("merge_persons", "MergePersonsPage"),
        on_rail=False,
        belongs_to="journeys",
    ),
    PageEntry(
        key="hand_over",
        title=N_("Cover and hand-over"),
        icon="handshake",
        build=_lazily("hand_over", "HandOverPage"),
        on_rail=False,
        belongs_to="journeys",
    ),
    PageEntry(
        key="take_over",
        title=N_("Take cases over"),
        icon="handshake",
        build=_lazily("take_over", "TakeOverPage"),
        on_rail=False,
        belongs_to="journeys",
    ),
    PageEntry(
        key="lost",
        title=N_("A laptop is lost"),
        icon="shield-alert",
        build=_lazily("lost", "LostPage"),
        on_rail=False,
        belongs_to="settings",
    ),
    PageEntry(
        key="person_rights",
        title=N_("A person's own copy, and erasure"),
        icon="id-card",
        build=_lazily("person_rights", "PersonRightsPage"),
        on_rail=False,
        belongs_to="journeys",
    ),
    PageEntry(key="guide", title=N_("Guide"), icon="circle-help", build=_guide, on_rail=False),
)


def home(pages: tuple[PageEntry, ...] = PAGES) -> str:
    """The place the window opens at: the first on the rail."""
    return next(entry.key for entry in pages if entry.on_rail)
