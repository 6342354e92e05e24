"""The page of a guarantee letter: what it says now, its versions, the insurer's questions, and how it is moved."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from liaison.domain.documents import Process
from liaison.domain.facts import FactKind
from liaison.domain.guarantee_moves import GuaranteeFacts
from liaison.domain.guarantees import GuaranteeState, VersionKind
from liaison.domain.payments import BillKind
from liaison.domain.problems import Problem
from liaison.i18n import N_, upper_first
from liaison.services import guarantee_views, guarantees, views
from liaison.services.changes import Changes
from liaison.services.final_letters import final_findings
from liaison.services.guarantee_views import GuaranteeView, LetterQueryView, VersionView
from liaison.services.letter_burn import LetterBurn, burn_of
from liaison.services.panels import Acceptance, acceptance
from liaison.services.views import JourneyView
from liaison.ui.actions import Action, Menu, Scope
from liaison.ui.desk import Desk
from liaison.ui.models.columns import Column, Kind
from liaison.ui.models.paged_table import PagedTable
from liaison.ui.page import Page
from liaison.ui.pages.confirmations import confirm_form
from liaison.ui.pages.desk_facts import LetterDeskNote
from liaison.ui.pages.journey_panes import OF_LETTER, CasePanes
from liaison.ui.pages.letter_forms import answer_form, arrived_form, issued_form, query_form, reason_form
from liaison.ui.pages.letter_parts import acceptance_section, burn_notes, lasting_words
from liaison.ui.pages.letter_topup import topup_form
from liaison.ui.pages.money_forms import bill_form
from liaison.ui.pages.moving import AnyMove, Cure, Mover, Moves
from liaison.ui.pages.page_parts import FactPane, FieldFacts, add_inset
from liaison.ui.pages.said import letter_badge
from liaison.ui.pages.short_forms import Bench
from liaison.ui.places import Place
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import icon_button, link, primary, secondary
from liaison.ui.widgets.drawer import Drawer
from liaison.ui.widgets.editors import restyle
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.letter_chart import Ceiling, DayBill, LetterChart
from liaison.ui.widgets.parts import LEFT, RIGHT, Facts, Head, Marked, Pane, Section, clear, hairline
from liaison.ui.widgets.refused_panel import RefusedPanel
from liaison.ui.widgets.shapes import Shape
from liaison.ui.widgets.table_view import TableView
from liaison.ui.widgets.timeline import Entry, Timeline

VERSIONS = (
    Column(key="number", label=N_("No."), value=lambda v: str(v.number), width=50, quiet=True, gives_way=3),
    Column(key="kind", label=N_("Letter"), value=lambda v: v.kind_words, strong=True, stretch=1, width=140),
    Column(key="issued", label=N_("Issued on"), value=lambda v: v.issued, width=102),
    Column(key="ceiling", label=N_("Ceiling"), value=lambda v: v.ceiling, kind=Kind.MONEY, width=124),
    Column(key="valid", label=N_("Valid"), value=lambda v: v.valid, width=126, gives_way=2),
    Column(key="days", label=N_("Days"), value=lambda v: v.days, kind=Kind.NUMBER, width=58, gives_way=1),
)

_ISSUES = {
    GuaranteeState.ISSUED: VersionKind.INITIAL,
    GuaranteeState.TOPUP_ISSUED: VersionKind.TOPUP,
    GuaranteeState.FINAL_ISSUED: VersionKind.FINAL,
}
_ASKS = frozenset({GuaranteeState.QUERIED, GuaranteeState.FINAL_QUERIED})
ENDED = frozenset({GuaranteeState.CLOSED, GuaranteeState.CANCELLED, GuaranteeState.CONVERTED,
                   GuaranteeState.FINAL_ISSUED, GuaranteeState.DECLINED})  # fmt: skip
"""States in which nobody asks any more whether the hospital takes the letter."""

_BY_TIME = frozenset({GuaranteeState.EXPIRED})


class _VersionRow:
    """A version in the words of the shown language."""

    def __init__(self, desk: Desk, version: VersionView) -> None:
        _, formats = desk.words, desk.formats
        self.id = version.id
        self.number = version.number
        kind = _(version.kind.label)
        self.kind_words = upper_first(kind)
        self.issued = formats.date(formats.home_day(version.issued_at))
        self.ceiling: object = _(N_("as charged")) if version.is_as_charged else version.ceiling
        self.days = version.covered_days
        ends = (version.valid_from, version.valid_to)
        self.valid = "–".join("" if day is None else formats.short_date(day) for day in ends) if any(ends) else ""


class LetterPage(Page):
    """One guarantee case: one admission, one payer."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        assert place.record is not None
        self.record = place.record
        self.letter: GuaranteeView | None = None
        self.case: JourneyView | None = None
        self._known: GuaranteeFacts | None = None
        self._burn: LetterBurn | None = None
        self._accepted: Acceptance | None = None
        self._final: tuple[Problem, ...] = ()
        _ = desk.words
        self.facts = FactPane(desk, side="left", width=300, name=_(N_("What the letter says")))
        self.side = Pane(desk, side="right", name=_(N_("Questions")))
        self.drawer = Drawer(desk, self.side, width=312)
        self.drawer.switched.connect(lambda _open: self._dress())
        self.bench = Bench(desk=desk, drawer=self.drawer)
        self.panel = RefusedPanel(desk)
        self.mover = Mover(desk, self.panel, self._moves(), record=self.record)
        self._panel_holder = QWidget()
        self.mover.refused.connect(lambda to: self._panel_holder.setVisible(to is not None))
        self.move_button = primary(desk.icons, _(N_("Move the letter")), self._open_moves, icon="arrow-right")
        self.history_button = icon_button(desk.icons, "history", _(N_("History")), self._history)
        self.case_button = secondary(desk.icons, _(N_("Open the case")), self._open_case, icon="route")
        self.chart = LetterChart(desk, name=_(N_("Guarantee letter against the bills")))
        self.table = PagedTable(desk, VERSIONS)
        self.view = TableView(desk, self.table, name=_(N_("Letters as issued")))
        self.timeline = Timeline(desk, name=_(N_("What happened")))
        self._head_box = QVBoxLayout()
        self.body.addLayout(self._head_box)
        box = QVBoxLayout(self._panel_holder)
        box.setContentsMargins(LEFT, 2, RIGHT, 12)
        box.addWidget(self.panel)
        self._panel_holder.hide()
        self.body.addWidget(self._panel_holder)
        self.body.addWidget(hairline())
        self.body.addWidget(self._panes(), 1)
        desk.hub.changed.connect(self._changed)

    def _panes(self) -> QWidget:
        _ = self.desk.words
        middle = Pane(self.desk, side="middle", name=_(N_("Letters and what happened")))
        middle.body.setContentsMargins(0, 12, 0, 12)
        middle.setMinimumWidth(300)
        self.no_bills = Label(_(N_("No bill recorded yet")), Role.SECOND)
        added = _(N_("Each ceiling is the whole amount from then on; they are never added."))
        add_inset(middle, Label(_(N_("Ceilings and bills")), Role.SECTION), self.chart, self.no_bills)
        add_inset(middle, Label(_(N_("Letters as issued")), Role.SECTION), top=14)
        middle.add(self.view)
        add_inset(middle, Label(added, Role.SECOND, wrap=True), top=4)
        add_inset(middle, Label(_(N_("What happened")), Role.SECTION), top=10)
        self.timeline.setMinimumHeight(140)
        add_inset(middle, self.timeline, stretch=1)
        self.panes = CasePanes(self.desk, self.facts, middle, self.drawer, sides=OF_LETTER)
        return self.panes

    # reading

    def start(self) -> None:
        """Read the letter."""
        self._read()
        self.move_button.setFocus()

    def _read(self) -> None:
        self.desk.runner.read(_look, self.record, owner=self, done=self.show_letter, key="letter")

    def _changed(self, _changes: Changes) -> None:
        """Look again whatever changed: an undo names only the keys of the records it put back."""
        self._read()
        self.mover.try_again()

    def show_letter(self, found: Looked) -> None:
        """Show the letter as it stands now."""
        letter, case, self._known, self._burn, self._accepted, self._final = found
        self.letter, self.case = letter, case
        self.mover.version = letter.version
        self._show_head(letter, case)
        self.facts.fill(lambda: (self._ceiling(letter), self._parties(letter), self._words(letter)))
        self._show_chart()
        rows = [_VersionRow(self.desk, v) for v in reversed(letter.versions)]
        self.table.show_rows(rows, key=lambda r: int(r.id))
        self.view.setFixedHeight(self.desk.theme.row_height(32) + self.view.row_height * max(1, min(len(rows), 4)) + 4)
        self.timeline.show_entries(tuple(self._events(letter)))
        self._show_side(letter)
        self._dress()

    def _show_head(self, letter: GuaranteeView, case: JourneyView) -> None:
        clear(self._head_box)
        _, desk = self.desk.words, self.desk
        title = letter.gl_no or _(N_("Guarantee letter"))
        name = desk.masking.name(case.patient.full_name, case.case_no)
        buttons = (self.history_button, self.case_button, self.move_button)
        for button in buttons:
            button.setParent(None)
        head = Head(
            desk,
            title,
            note=" · ".join(p for p in (name, letter.insurer) if p),
            facts=[case.case_no],
            badge=letter_badge(_, letter.state),
            buttons=buttons,
            back=desk.frame.back,
            back_hint=_(N_("Back")),
        )
        self._head_box.addWidget(head)
        for button in buttons:
            button.show()

    def _ceiling(self, letter: GuaranteeView) -> Section:
        _, desk = self.desk.words, self.desk
        now = Section(_(N_("Ceiling now")))
        ceiling = desk.formats.money(letter.ceiling_now) if letter.ceiling_now else ""
        words = _(N_("as charged")) if letter.is_as_charged else ceiling or _(N_("no letter yet"))
        now.add(Label(words, Role.TITLE if letter.ceiling_now or letter.is_as_charged else Role.SECOND))
        figures = Facts()
        for label, value in self._figures(letter):
            figures.add(_(label), value)
        now.add(figures)
        for odd in self._final:
            now.add(Marked(desk, odd.text(_), Shape.WARNING, Tone.AMBER, role=Role.WARNING, ground="sunken", wrap=True))
        if self._burn is not None:
            lasting = " · ".join(lasting_words(self._burn, _))
            if lasting:
                now.add(Label(upper_first(lasting), Role.SECOND, wrap=True))
            for note in burn_notes(desk, self._burn, draft_topup=self._draft_topup):
                now.add(note)
        return now

    def _draft_topup(self) -> None:
        topup_form(self.bench, self.record)

    def _figures(self, letter: GuaranteeView) -> Iterator[tuple[str, str]]:
        formats = self.desk.formats
        if letter.billed is not None:
            yield N_("Billed so far"), formats.money(letter.billed)
        if self._burn is not None and self._burn.rate is not None and self._burn.used is not None:
            yield N_("In the letter's currency"), formats.money(self._burn.used)
        if letter.used_share is not None:
            yield N_("Used"), formats.percent(letter.used_share, 1)
        if letter.accepted is not None:
            yield N_("Accepted"), formats.money(letter.accepted)
        if letter.excess is not None:
            yield N_("Excess"), formats.money(letter.excess)
        if letter.valid_to is not None:
            yield N_("Valid to"), formats.date(letter.valid_to)
        if letter.covered_days is not None:
            yield N_("Covered days"), formats.number(letter.covered_days)
        if letter.room_class:
            yield N_("Room"), letter.room_class

    def _parties(self, letter: GuaranteeView) -> Section:
        _, desk = self.desk.words, self.desk
        made = Section(_(N_("Between whom")))
        facts = FieldFacts(desk, "guarantee", letter.id, letter.version, owner=self)
        facts.add("gl_no", N_("Letter number"), letter.gl_no, letter.gl_no)
        facts.said(N_("Insurer"), letter.insurer)
        if letter.administrator:
            facts.said(N_("Administrator"), letter.administrator)
        if letter.policy_no:
            facts.facts.add(_(N_("Policy number")), desk.masking.number(letter.policy_no, always=True))
        facts.said(N_("Hospital"), letter.hospital)
        facts.add("insurer_contact", N_("Insurer's contact"), letter.insurer_contact, letter.insurer_contact)
        name, passport = letter.name_on_letter, letter.passport_on_letter
        facts.add("name_on_letter", N_("Name on the letter"), "" if desk.masking.on else name, name)
        facts.add("passport_on_letter", N_("Passport on it"), desk.masking.number(passport), passport)
        if letter.requested_at is not None:
            facts.facts.add(_(N_("Requested")), desk.formats.moment(letter.requested_at))
        made.add(facts.facts)
        return made

    def _words(self, letter: GuaranteeView) -> Section:
        desk = self.desk
        made = Section(desk.words(N_("In words")), line=False)
        facts = FieldFacts(desk, "guarantee", letter.id, letter.version, owner=self)
        for field, label in (
            ("diagnosis", N_("Diagnosis")),
            ("procedure", N_("Procedure")),
            ("entitlement", N_("Entitlement")),
            ("exclusions", N_("Not covered")),
            ("copay_note", N_("Co-payment")),
            ("note", N_("Note")),
        ):
            value = str(getattr(letter, field))
            made.add(Label(desk.words(label), Role.SECOND))
            made.add(facts.alone(field, label, desk.masking.text(value), value, lines=4))
        if letter.reason is not None:
            made.add(Label(desk.words(N_("Insurer's reason")), Role.SECOND))
            made.add(
                Label(" · ".join(p for p in (desk.words(letter.reason.label), letter.reason_note) if p), wrap=True)
            )
        return made

    def _show_chart(self) -> None:
        burn = self._burn
        has_bars = burn is not None and bool(burn.bars)
        self.chart.setVisible(has_bars)
        self.no_bills.setVisible(not has_bars)
        if burn is not None:
            self.chart.show_letter(
                [DayBill(day=b.on, billed=b.amount, forecast=b.is_forecast) for b in burn.bars],
                [Ceiling(since=s.from_on, amount=s.ceiling) for s in burn.steps],
            )

    def _events(self, letter: GuaranteeView) -> Iterator[Entry]:
        _, formats = self.desk.words, self.desk.formats
        day: dt.date | None = None
        for event in sorted(letter.events, key=lambda e: (e.at, e.id), reverse=True):
            local = formats.at_home(event.at)
            if local.date() != day:
                day = local.date()
                yield Entry(text=formats.long_date(day), head=True)
            reason = _(event.reason.label) if event.reason is not None else ""
            passed = _(N_("past the guards: {reason}"), reason=event.override_reason) if event.override_reason else ""
            yield Entry(
                text=_(event.to.label),
                note=" · ".join(p for p in (reason, event.note, passed) if p),
                time=formats.clock_time(local),
                who=event.actor,
                icon="file-text",
                tone=letter_badge(_, event.to).tone,
            )

    def _show_side(self, letter: GuaranteeView) -> None:
        clear(self.side.body)
        _, desk = self.desk.words, self.desk
        ask = link(desk.icons, _(N_("Add")), self._ask_query, icon="plus", small=True)
        ask.setAccessibleName(_(N_("Record a question of the insurer")))
        made = Section(_(N_("The insurer asks")), beside=ask, line=False)
        if not letter.queries:
            made.add(Label(_(N_("No question so far")), Role.SECOND))
        for query in reversed(letter.queries):
            made.add(self._query(query))
        if self._accepted is not None and letter.state not in ENDED:
            self.side.add(acceptance_section(desk, self.bench, letter, self._accepted))
            if letter.hospital_id is not None:
                self.side.add(LetterDeskNote(desk, letter.hospital_id))
        self.side.add(made)
        self.side.finish()

    def _query(self, query: LetterQueryView) -> QWidget:
        return query_view(
            self.desk, question=query.question, asked_at=query.asked_at, answered_at=query.answered_at,
            answer=query.answer, reply=partial(answer_form, self.bench, query.id, query.question,
                                               write=guarantees.answer_query),
        )  # fmt: skip

    # moving

    def _moves(self) -> Moves:
        return Moves(
            read=guarantees.guarantee_moves,
            write=guarantees.move_guarantee,
            action=N_("Move a letter"),
            said=N_("Letter moved"),
            cure=self._cure,
            ask=self._ask,
            offers=lambda move: move.to not in _BY_TIME,
        )

    def _ask(self, move: AnyMove) -> bool:
        """An issued letter, a question and a reason are written down; the state follows them."""
        letter = self.letter
        if letter is None:
            return False
        if move.to in _ISSUES:
            self._issue(letter, _ISSUES[move.to])
        elif move.to is GuaranteeState.TOPUP_REQUESTED and move.is_free:
            self._draft_topup()
        elif move.to in _ASKS:
            query_form(self.bench, letter.id, on_topup=letter.state is GuaranteeState.TOPUP_REQUESTED)
        elif any(p.guard == "reason" for p in move.problems):
            reason_form(
                self.bench, title=move.to.label, action=N_("Move a letter"), write=guarantees.move_guarantee,
                record=letter.id, to=move.to, version=letter.version, with_code=True, said=N_("Letter moved"),
            )  # fmt: skip
        else:
            return False
        return True

    def _cure(self, problem: Problem) -> Cure | None:
        letter = self.letter
        if letter is None:
            return None
        journey, hospital = letter.journey_id, letter.hospital_id
        cures: dict[str, tuple[Callable[[], Any], str]] = {
            "checklist": (
                partial(confirm_form, self.bench, journey, FactKind.CHECKLIST_COMPLETE, result=Process.PREAUTH.value),
                "check",
            ),
            "letter_complete": (
                partial(issued_form, self.bench, letter, VersionKind.INITIAL, case=self.case),
                "file-text",
            ),
            "not_lower": (partial(issued_form, self.bench, letter, VersionKind.TOPUP), "file-text"),
            "queries_answered": (self._answer_first, "message-square"),
            "hospital_accepts": (partial(confirm_form, self.bench, journey, FactKind.PAYER_PATH), "wallet"),
            "interim_bill": (partial(bill_form, self.bench, journey, hospital_id=hospital), "wallet"),
            "final_papers": (self._final_papers, "paperclip"),
        }
        found = cures.get(problem.guard)
        return Cure(run=found[0], icon=found[1]) if found is not None else None

    def _final_papers(self) -> None:
        """The final bill first; once it is here, the discharge summary."""
        letter, known = self.letter, self._known
        if letter is None or known is None:
            return
        if not known.has_final_bill:
            currency = letter.ceiling_now.currency if letter.ceiling_now else "MYR"
            bill_form(
                self.bench, letter.journey_id, hospital_id=letter.hospital_id, kind=BillKind.FINAL, currency=currency
            )
        elif not known.has_discharge_summary:
            confirm_form(self.bench, letter.journey_id, FactKind.DISCHARGE_SUMMARY)

    def _issue(self, letter: GuaranteeView, kind: VersionKind) -> None:
        issued_form(self.bench, letter, kind, case=self.case)

    def _arrived(self) -> None:
        """The insurer's answer is here: the letter that this one waits for."""
        if self.case is not None and self.letter is not None:
            arrived_form(self.bench, dataclasses.replace(self.case, guarantees=(self.letter,)))

    def _answer_first(self) -> None:
        letter = self.letter
        waiting = [q for q in letter.queries if q.answered_at is None] if letter is not None else []
        if waiting:
            answer_form(self.bench, waiting[0].id, waiting[0].question, write=guarantees.answer_query)

    def _ask_query(self) -> None:
        query_form(self.bench, self.record)

    def _open_moves(self) -> None:
        self.mover.open_menu(self.move_button)

    def _history(self) -> None:
        self.desk.go("history", self.record, kind="guarantee")

    def _open_case(self) -> None:
        if self.letter is not None:
            self.desk.go("journey", self.letter.journey_id)

    def _dress(self) -> None:
        kind = "secondary" if self.drawer.form is not None else "primary"
        restyle(self.move_button, "kind", kind)
        self.desk.icons.set_icon(self.move_button, "arrow-right", token="onaccent" if kind == "primary" else "ink2")

    def actions_here(self) -> tuple[Action, ...]:
        """What can be done on this page."""
        return (
            Action(key="letter.arrived", text=N_("A guarantee letter arrived…"), keys="Ctrl+G", icon="file-text",
                   run=self._arrived, scope=Scope.PAGE, menu=Menu.EDIT, part=True),
            Action(key="letter.move", text=N_("Move the letter…"), keys="Ctrl+M", icon="arrow-right",
                   run=self._open_moves, scope=Scope.PAGE, menu=Menu.EDIT, part=True),
            Action(key="letter.history", text=N_("History of this letter"), keys="H", icon="history",
                   run=self._history, scope=Scope.ROW, menu=Menu.GO),
        )  # fmt: skip


Looked = tuple[GuaranteeView, JourneyView, GuaranteeFacts, LetterBurn | None, Acceptance, tuple[Problem, ...]]


def _look(session: Any, key: int) -> Looked:
    """The letter, its case, what its guards know, how far it is used and whether it is accepted, at one moment."""
    letter = guarantee_views.guarantee(session, key)
    known = guarantees.guarantee_facts(session, key)
    case = views.journey_view(session, letter.journey_id)
    odd = final_findings(session, key) if letter.accepted is not None else ()
    return letter, case, known, burn_of(session, key), acceptance(session, key), odd


def query_view(
    desk: Desk,
    *,
    question: str,
    asked_at: dt.datetime,
    answered_at: dt.datetime | None,
    answer: str,
    reply: Callable[[], object],
) -> QWidget:
    """A question of the insurer with its answer, or the button to answer it."""
    _ = desk.words
    holder = QWidget()
    box = QVBoxLayout(holder)
    box.setContentsMargins(0, 2, 0, 8)
    box.setSpacing(3)
    open_now = answered_at is None
    shape, tone = (Shape.WARNING, Tone.AMBER) if open_now else (Shape.DONE, Tone.GREEN)
    box.addWidget(Marked(desk, desk.masking.text(question), shape, tone, role=Role.STRONG, ground="sunken", wrap=True))
    day = desk.formats.date(desk.formats.home_day(asked_at))
    box.addWidget(Label(_(N_("asked {day}"), day=day), Role.SECOND))
    if open_now:
        button = secondary(desk.icons, _(N_("Answer")), reply, icon="message-square", small=True)
        row = QHBoxLayout()
        row.addWidget(button)
        row.addStretch(1)
        box.addLayout(row)
    else:
        box.addWidget(Label(desk.masking.text(answer), Role.QUIET, wrap=True))
    return holder
