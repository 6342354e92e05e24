"""The page of a claim: its money, its lines with the decisions on them, questions, appeals, payments, and its moves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from liaison.domain.claims import DECISIONS, ClaimState, PlainClaim
from liaison.domain.codes import REASONS
from liaison.domain.fields import fields_of
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services import claim_views, claims, deciding
from liaison.services.changes import Changes
from liaison.services.claim_views import ClaimLineView, ClaimView
from liaison.ui.actions import Action, Menu, Scope
from liaison.ui.desk import Desk
from liaison.ui.incoming import Incoming, files_of, has_files
from liaison.ui.models.columns import Column, Kind
from liaison.ui.models.paged_table import PagedTable
from liaison.ui.page import Page
from liaison.ui.pages.attaching import attach_form
from liaison.ui.pages.claim_benefit import BenefitSection
from liaison.ui.pages.claim_forms import (
    appeal_form,
    claim_payment_form,
    claim_query_form,
    decision_form,
    number_form,
    send_form,
)
from liaison.ui.pages.claim_keys import LETTERS, PAYMENT, QUESTION, REJECTION
from liaison.ui.pages.claim_side import ClaimSide
from liaison.ui.pages.journey_panes import OF_MONEY, CasePanes
from liaison.ui.pages.letter_forms import answer_form, reason_form
from liaison.ui.pages.lookups import record_no
from liaison.ui.pages.moving import AnyMove, Cure, Mover, Moves
from liaison.ui.pages.page_parts import FactPane, FieldFacts, add_inset
from liaison.ui.pages.said import claim_badge
from liaison.ui.pages.short_forms import Bench
from liaison.ui.places import Place
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import icon_button, link, primary, secondary
from liaison.ui.widgets.date_edit import DateEdit
from liaison.ui.widgets.drawer import Drawer
from liaison.ui.widgets.editors import NumberEdit, restyle
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import LEFT, RIGHT, Facts, Head, Marked, Pane, Section, clear, hairline
from liaison.ui.widgets.refused_panel import Reason, RefusedPanel
from liaison.ui.widgets.shapes import Shape
from liaison.ui.widgets.table_view import TableView
from liaison.ui.widgets.timeline import Entry, Timeline

SHOWN_APART = frozenset({"gl_no", "remarks"})
"""Plain fields of a claim with a place of their own on this page; every other one stands below the hospital."""
BY_ITSELF = frozenset({ClaimState.INCOMPLETE, ClaimState.TIME_BARRED})
"""States that documents or time bring about."""


def _line_columns(desk: Desk) -> tuple[Column, ...]:
    _ = desk.words

    def words(line: ClaimLineView) -> str:
        return line.description or (_(line.category.label) if line.category is not None else "")

    def category(line: ClaimLineView) -> str:
        return _(line.category.label) if line.category is not None and line.description else ""

    def reason(line: ClaimLineView) -> str:
        return " · ".join(p for p in (_(line.reason.label) if line.reason is not None else "", line.note) if p)

    return (
        Column(key="position", label=N_("No."), value=lambda r: str(r.position), width=50, quiet=True, gives_way=2),
        Column(key="what", label=N_("For what"), value=words, second=category, strong=True, stretch=2, width=150),
        Column(key="claimed", label=N_("Claimed"), value=lambda r: r.claimed, kind=Kind.MONEY, width=120),
        Column(key="approved", label=N_("Approved"), value=lambda r: r.approved, kind=Kind.MONEY, width=120),
        Column(key="reason", label=N_("Reason"), value=reason, stretch=2, width=120, gives_way=1),
    )


class ClaimPage(Page):
    """One claim."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        assert place.record is not None
        self.record = place.record
        self.setAcceptDrops(True)
        self.claim: ClaimView | None = None
        self._wanted = ""
        _ = desk.words
        self.facts = FactPane(desk, side="left", width=300, name=_(N_("Amounts and dates")))
        self.side = ClaimSide(desk, attach=self._attach)
        self.drawer = Drawer(desk, self.side, width=312)
        self.drawer.switched.connect(lambda _open: self._dress())
        self.bench = Bench(desk=desk, drawer=self.drawer)
        self.side.work_on(self.bench)
        self.panel = RefusedPanel(desk)
        self._panel_holder = QWidget()
        self.mover = Mover(desk, self.panel, self._moves(), record=self.record)
        self.mover.refused.connect(lambda to: self._panel_holder.setVisible(to is not None))
        self.move_button = primary(desk.icons, _(N_("Move the claim")), self._open_moves, icon="arrow-right")
        self.edit_button = secondary(desk.icons, _(N_("Change…")), self._edit, icon="pencil")
        self.history_button = icon_button(desk.icons, "history", _(N_("History")), self._history)
        self.case_button = secondary(desk.icons, _(N_("Open the case")), self._open_case, icon="route")
        self.table = PagedTable(desk, _line_columns(desk))
        self.view = TableView(desk, self.table, name=_(N_("Lines of the claim")))
        self.benefit = BenefitSection(desk, self.bench, self.record)
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
        middle = Pane(self.desk, side="middle", name=_(N_("Lines and what happened")))
        middle.body.setContentsMargins(0, 12, 0, 12)
        middle.setMinimumWidth(300)
        self.no_lines = Label(_(N_("No lines: only the whole amount was sent.")), Role.SECOND)
        self.sum_line = Label("", Role.SECOND, wrap=True)
        add_inset(middle, Label(_(N_("Lines")), Role.SECTION), self.no_lines)
        middle.add(self.view)
        add_inset(middle, self.sum_line, top=4)
        middle.add(self.benefit)
        add_inset(middle, Label(_(N_("What happened")), Role.SECTION), top=10)
        self.timeline.setMinimumHeight(140)
        add_inset(middle, self.timeline, stretch=1)
        self.panes = CasePanes(self.desk, self.facts, middle, self.drawer, sides=OF_MONEY)
        return self.panes

    # reading

    def start(self) -> None:
        """Read the claim."""
        self._wanted = str(self.place.values.get("do", ""))
        self._read()
        self.move_button.setFocus()

    def _read(self) -> None:
        self.desk.runner.read(claim_views.claim, self.record, owner=self, done=self.show_claim, key="claim")

    def _changed(self, _changes: Changes) -> None:
        """Look again whatever changed: an undo names only the keys of the records it put back."""
        self._read()
        self.mover.try_again()

    def show_claim(self, claim: ClaimView) -> None:
        """Show the claim as it stands now."""
        self.claim = claim
        self.mover.version = claim.version
        self._show_head(claim)
        self.facts.fill(lambda: (self._money(claim), self._parties(claim), self._dates(claim), self._medical(claim)))
        self._show_lines(claim)
        self.benefit.read()
        self.timeline.show_entries(tuple(self._events(claim)))
        self._show_side(claim)
        self._dress()
        wanted, self._wanted = self._wanted, ""
        if wanted:
            self.desk.frame.moved(Place(page="claim", record=self.record))
            self.do(wanted)

    def _show_head(self, claim: ClaimView) -> None:
        clear(self._head_box)
        _, desk = self.desk.words, self.desk
        name = desk.masking.name(claim.patient, record_no(claim.patient_id))
        buttons: list[QAbstractButton] = [self.history_button, self.edit_button, self.move_button]
        if claim.journey_id is not None:
            buttons.insert(1, self.case_button)
        for button in (self.history_button, self.case_button, self.edit_button, self.move_button):
            button.setParent(None)
        head = Head(
            desk,
            claim.claim_no or _(N_("Claim")),
            note=" · ".join(p for p in (name, claim.insurer or _(N_("insurer not stated"))) if p),
            facts=[claim.case_no] if claim.case_no else [],
            badge=claim_badge(_, claim.state, paid=claim.paid, balance=claim.open_amount),
            buttons=buttons,
            back=desk.frame.back,
            back_hint=_(N_("Back")),
        )
        self._head_box.addWidget(head)
        for shown in buttons:
            shown.show()

    # the left side

    def _money(self, claim: ClaimView) -> Section:
        _, formats = self.desk.words, self.desk.formats
        made = Section(_(N_("Amounts")))
        facts = Facts()
        facts.add(_(N_("Billed")), formats.money(claim.billed))
        if claim.approved is not None:
            facts.add(_(N_("Approved")), formats.money(claim.approved))
        if claim.not_covered is not None:
            facts.add(_(N_("Not covered")), formats.money(claim.not_covered))
        facts.add(_(N_("Paid")), formats.money(claim.paid))
        facts.add(_(N_("Still to come")), formats.money(claim.open_amount), strong=True)
        made.add(facts)
        if claim.rate is not None and claim.rate_on is not None:
            rate = f"{formats.rate(claim.rate)} {claim.rate_to} · {claim.rate_source} {formats.date(claim.rate_on)}"
            made.add(Label(rate, Role.SECOND, wrap=True))
        return made

    def _parties(self, claim: ClaimView) -> Section:
        _, desk = self.desk.words, self.desk
        made = Section(_(N_("Between whom")))
        facts = FieldFacts(desk, "claim", claim.id, claim.version, owner=self)
        facts.add("claim_no", N_("Claim number"), claim.claim_no, claim.claim_no)
        facts.said(N_("Kind"), _(claim.kind.label))
        facts.said(N_("Insurer"), claim.insurer)
        if claim.administrator:
            facts.said(N_("Administrator"), claim.administrator)
        for label, number in ((N_("Policy number"), claim.policy_no), (N_("Member number"), claim.member_no)):
            if number:
                facts.facts.add(_(label), desk.masking.number(number, always=True))
        facts.said(N_("Hospital"), claim.hospital)
        for spec in (each for each in fields_of(PlainClaim) if each.name not in SHOWN_APART):
            value = getattr(claim, spec.name)
            facts.add(spec.name, spec.label, value, value)
        made.add(facts.facts)
        if claim.guarantee_id is not None:
            words = _(N_("Guarantee letter {number}"), number=claim.gl_no)
            made.add(link(desk.icons, words, partial(desk.go, "letter", claim.guarantee_id), small=True))
        elif claim.gl_no:
            facts.said(N_("Letter number"), claim.gl_no)
        if claim.is_from_list:
            made.add(Marked(desk, _(N_("Brought in from a list")), Shape.CLOSED, Tone.GREY, role=Role.SECOND))
        return made

    def _dates(self, claim: ClaimView) -> Section:
        _, desk = self.desk.words, self.desk
        made = Section(_(N_("Dates")))
        facts = FieldFacts(desk, "claim", claim.id, claim.version, owner=self)
        for field, label in (
            ("admitted_on", N_("Admitted on")),
            ("discharged_on", N_("Discharged on")),
            ("submitted_on", N_("Submitted on")),
            ("submit_by", N_("Submit by")),
            ("decided_on", N_("Decided on")),
        ):
            day = getattr(claim, field)
            shown = "" if day is None else desk.formats.date(day)
            facts.add(field, label, shown, day, make=lambda: DateEdit(desk))
        nights = claim.intensive_nights
        facts.add(
            "intensive_nights", N_("Nights in intensive care"), "" if nights is None else desk.formats.number(nights),
            nights, make=lambda: NumberEdit(desk),
        )  # fmt: skip
        facts.facts.add(_(N_("Age")), _.plural("{count} day", "{count} days", claim.age_days))
        made.add(facts.facts)
        return made

    def _medical(self, claim: ClaimView) -> Section:
        _, desk = self.desk.words, self.desk
        made = Section(_(N_("Diagnosis and remarks")), line=False)
        facts = FieldFacts(desk, "claim", claim.id, claim.version, owner=self)
        facts.add("diagnosis_code", N_("ICD-10"), claim.diagnosis_code, claim.diagnosis_code)
        made.add(facts.facts)
        made.add(
            facts.alone("diagnosis", N_("Diagnosis"), desk.masking.text(claim.diagnosis), claim.diagnosis, lines=3)
        )
        made.add(facts.alone("remarks", N_("Remarks"), desk.masking.text(claim.remarks), claim.remarks, lines=4))
        if claim.reason is not None:
            reason = " · ".join(p for p in (_(claim.reason.label), claim.reason_note) if p)
            made.add(Marked(desk, reason, Shape.WARNING, Tone.AMBER, role=Role.WARNING, wrap=True))
            meaning = REASONS.get(claim.reason)
            for text in (meaning.letter, meaning.cure) if meaning is not None else ():
                if text:
                    made.add(Label(_(text), Role.SECOND, wrap=True))
        if claim.raw_status:
            made.add(Label(_(N_("Status in the list: {word}"), word=claim.raw_status), Role.SECOND, wrap=True))
        return made

    # the middle

    def _show_lines(self, claim: ClaimView) -> None:
        _, formats = self.desk.words, self.desk.formats
        self.table.show_rows(claim.lines, key=lambda line: int(line.id))
        has_lines = bool(claim.lines)
        self.view.setVisible(has_lines)
        self.no_lines.setVisible(not has_lines)
        self.view.setFixedHeight(
            self.desk.theme.row_height(32) + self.view.row_height * max(1, min(len(claim.lines), 7)) + 4
        )
        self.sum_line.setVisible(has_lines)
        if has_lines:
            added = claim.lines[0].claimed
            for line in claim.lines[1:]:
                added += line.claimed
            same = added == claim.billed
            words = (
                N_("The lines add up to {added}, as billed.")
                if same
                else N_("The lines add up to {added}, billed are {billed}.")
            )
            self.sum_line.setText(_(words, added=formats.money(added), billed=formats.money(claim.billed)))
            self.sum_line.set_role(Role.SECOND if same else Role.WARNING)

    def _events(self, claim: ClaimView) -> Iterator[Entry]:
        _, formats = self.desk.words, self.desk.formats
        day: dt.date | None = None
        for event in sorted(claim.events, key=lambda e: (e.at, e.id), reverse=True):
            local = formats.at_home(event.at)
            if local.date() != day:
                day = local.date()
                yield Entry(text=formats.long_date(day), head=True)
            reason = _(event.reason.label) if event.reason is not None else ""
            passed = _(N_("past the guards: {reason}"), reason=event.override_reason) if event.override_reason else ""
            listed = _(N_("as the list said")) if event.is_imported else ""
            yield Entry(
                text=_(event.to.label),
                note=" · ".join(p for p in (reason, event.note, passed, listed) if p),
                time=formats.clock_time(local),
                who=event.actor,
                icon="receipt-text",
                tone=claim_badge(_, event.to).tone,
            )

    # the right side

    def _show_side(self, claim: ClaimView) -> None:
        self.side.show_claim(claim)

    def _attach(self, files: Sequence[Incoming] = ()) -> None:
        """Papers of this claim: dropped anywhere on the page, pasted or chosen."""
        if self.claim is not None:
            attach_form(self.bench, journey_id=self.claim.journey_id, claim_id=self.claim.id, files=files)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped anywhere on the claim."""
        if has_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Files were dropped."""
        event.acceptProposedAction()
        self._attach(files_of(event.mimeData()))

    # moving

    def _moves(self) -> Moves:
        return Moves(
            read=claims.claim_moves,
            write=claims.move_claim,
            action=N_("Move a claim"),
            said=N_("Claim moved"),
            cure=self._cure,
            ask=self._ask,
            offers=lambda move: move.to not in BY_ITSELF,
        )

    def _ask(self, move: AnyMove) -> bool:
        """Moves that need a day, a number, a decision or a reason open their form."""
        claim = self.claim
        if claim is None:
            return False
        guards = {p.guard for p in move.problems}
        forms: dict[ClaimState, Callable[[], Any]] = {
            ClaimState.SUBMITTED: partial(send_form, self.bench, claim),
            ClaimState.REGISTERED: partial(number_form, self.bench, claim),
            ClaimState.QUERIED: partial(claim_query_form, self.bench, claim.id),
            ClaimState.APPEALED: partial(appeal_form, self.bench, claim.id),
        }
        if move.to in DECISIONS and claim.state is not ClaimState.QUERIED:
            decision_form(self.bench, claim, move.to)
        elif move.to is ClaimState.APPEALED and guards & {"appeal_left"}:
            return False
        elif move.to in forms:
            forms[move.to]()
        elif move.to is ClaimState.PAID and "payment" in guards:
            claim_payment_form(self.bench, claim)
        elif guards & {"reason", "reason_in_words", "residual"}:
            reason_form(
                self.bench,
                title=move.to.label,
                action=N_("Move a claim"),
                write=claims.move_claim,
                record=claim.id,
                to=move.to,
                version=claim.version,
                with_code="reason" in guards,
                said=N_("Claim moved"),
            )
        else:
            return False
        return True

    def _cure(self, problem: Problem) -> Cure | None:
        claim = self.claim
        if claim is None:
            return None
        cures: dict[str, tuple[Callable[[], Any], str]] = {
            "adds_up": (self._edit, "pencil"),
            "queries_answered": (self._answer_first, "message-square"),
            "payment": (partial(claim_payment_form, self.bench, claim), "wallet"),
            "evidence": (partial(appeal_form, self.bench, claim.id), "paperclip"),
        }
        if claim.journey_id is not None:
            cures["checklist"] = (self.side.complete, "check")
        found = cures.get(problem.guard)
        return Cure(run=found[0], icon=found[1]) if found is not None else None

    def _answer_first(self) -> None:
        waiting = [q for q in self.claim.queries if q.answered_at is None] if self.claim is not None else []
        if waiting:
            answer_form(self.bench, waiting[0].id, waiting[0].question, write=deciding.answer_claim_query)

    # the three things that are done to claims all day, each with one key

    def do(self, what: str) -> None:
        """Open the short form of a payment, a question or a rejection."""
        claim = self.claim
        if claim is None:
            return
        doings: dict[str, Callable[[], object]] = {
            PAYMENT: partial(claim_payment_form, self.bench, claim),
            QUESTION: partial(claim_query_form, self.bench, claim.id),
            REJECTION: self._reject,
        }
        if what in doings:
            doings[what]()

    def _reject(self) -> None:
        """A rejection with its reason, or why there can be none now."""
        self.desk.runner.read(claims.claim_moves, self.record, owner=self, done=self._reject_if_legal, key="reject")

    def _reject_if_legal(self, found: Sequence[AnyMove]) -> None:
        claim = self.claim
        move = next((m for m in found if m.to is ClaimState.REJECTED), None)
        if claim is None:
            return
        if move is not None:
            self.mover.take(move)
            return
        _ = self.desk.words
        title = _(N_("This claim cannot be rejected now"))
        text = _(N_("A claim is rejected while the insurer is looking at it; this one is “{state}”."),
                 state=_(claim.state.label))  # fmt: skip
        reason = Reason(text=text, cure=_(N_("Move the claim")), cure_icon="arrow-right", run=self._open_moves)
        self.panel.refuse(title, [reason], may_override=False)
        self._panel_holder.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """P, Q and R, wherever nothing is being typed."""
        what = LETTERS.get(event.text().lower()) if not event.modifiers() else None
        if what is not None:
            self.do(what)
        elif event.text().lower() == "h" and not event.modifiers():
            self._history()
        else:
            super().keyPressEvent(event)

    def _open_moves(self) -> None:
        self.mover.open_menu(self.move_button)

    def _history(self) -> None:
        self.desk.go("history", self.record, kind="claim")

    def _open_case(self) -> None:
        if self.claim is not None and self.claim.journey_id is not None:
            self.desk.go("journey", self.claim.journey_id)

    def _edit(self) -> None:
        self.desk.go("claim_new", self.record)

    def _dress(self) -> None:
        busy = self.drawer.form is not None or (self.claim is not None and not self.claim.is_open)
        kind = "secondary" if busy else "primary"
        restyle(self.move_button, "kind", kind)
        self.desk.icons.set_icon(self.move_button, "arrow-right", token="onaccent" if kind == "primary" else "ink2")

    def _print_letter(self) -> None:
        if self.claim is not None:
            self.desk.go("reports", name="claim_letter", claim=f"#{self.claim.id}")

    def actions_here(self) -> tuple[Action, ...]:
        """What can be done on this page."""
        return (
            Action(key="claim.move", text=N_("Move the claim…"), keys="Ctrl+M", icon="arrow-right",
                   run=self._open_moves, scope=Scope.PAGE, menu=Menu.EDIT, part=True),
            Action(key="claim.payment", text=N_("Record a payment…"), keys="P", icon="wallet",
                   run=partial(self.do, PAYMENT), scope=Scope.ROW, menu=Menu.EDIT),
            Action(key="claim.question", text=N_("The insurer asks…"), keys="Q", icon="message-square",
                   run=partial(self.do, QUESTION), scope=Scope.ROW, menu=Menu.EDIT),
            Action(key="claim.rejection", text=N_("Rejected, with the reason…"), keys="R", icon="x",
                   run=partial(self.do, REJECTION), scope=Scope.ROW, menu=Menu.EDIT),
            Action(key="claim.history", text=N_("History of this claim"), keys="H", icon="history",
                   run=self._history, scope=Scope.ROW, menu=Menu.GO, part=True),
            Action(key="claim.print", text=N_("Print the status letter"), keys="Ctrl+P", icon="printer",
                   run=self._print_letter, scope=Scope.PAGE, menu=Menu.FILE),
            Action(key="claim.recovery", text=N_("What came back, by reason"), icon="rotate-ccw",
                   run=partial(self.desk.go, "recovery"), scope=Scope.PAGE, menu=Menu.GO),
            Action(key="claim.case", text=N_("Open the case"), icon="route", run=self._open_case,
                   scope=Scope.PAGE, menu=Menu.GO),
            Action(key="claim.edit", text=N_("Change the claim…"), keys="F2", icon="pencil", run=self._edit,
                   scope=Scope.PAGE, menu=Menu.EDIT),
        )  # fmt: skip
