"""The right side of a claim's page: papers still missing, the insurer's questions, payments, appeals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from liaison.domain.facts import FactKind
from liaison.i18n import N_, upper_first
from liaison.services import deciding, payments
from liaison.services.claim_views import ClaimPaymentView, ClaimView
from liaison.ui.desk import Desk
from liaison.ui.pages.claim_cures import ClaimCures
from liaison.ui.pages.claim_forms import appeal_answer_form, claim_payment_form, claim_query_form
from liaison.ui.pages.confirmations import confirm_form
from liaison.ui.pages.journey_papers import short_name
from liaison.ui.pages.letter import query_view
from liaison.ui.pages.letter_forms import answer_form
from liaison.ui.pages.short_forms import Bench
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import icon_button, link, secondary
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import Facts, Marked, Pane, Section, clear
from liaison.ui.widgets.shapes import Shape


class ClaimSide(Pane):
    """Built anew from each view of the claim."""

    def __init__(self, desk: Desk, *, attach: Callable[[], object]) -> None:
        super().__init__(desk, side="right", name=desk.words(N_("Questions, appeals, payments")))
        self.desk = desk
        self._attach = attach
        self._bench: Bench | None = None
        self.claim: ClaimView | None = None

    def work_on(self, bench: Bench) -> None:
        """Where its forms open: the drawer that it stands in itself."""
        self._bench = bench

    @property
    def bench(self) -> Bench:
        """Where its forms open."""
        assert self._bench is not None
        return self._bench

    def show_claim(self, claim: ClaimView) -> None:
        """Show the claim as it stands now."""
        self.claim = claim
        clear(self.body)
        if claim.missing:
            self.add(self._missing(claim))
        self.add(ClaimCures(self.desk, self.bench, claim))
        self.add(self._queries(claim))
        self.add(self._payments(claim))
        self.add(self._appeals(claim))
        self.finish()

    def _missing(self, claim: ClaimView) -> Section:
        _, desk = self.desk.words, self.desk
        attach = link(desk.icons, _(N_("Attach")), self._attach, icon="paperclip", small=True)
        attach.setAccessibleName(_(N_("Attach a file")))
        made = Section(_(N_("Documents still missing")), beside=attach)
        for item in claim.missing:
            words = _(N_(" or ")).join(short_name(desk, kind) for kind in item.kinds[:2])
            made.add(Marked(desk, upper_first(words), Shape.OPEN, Tone.QUIET, ground="sunken"))
        if claim.journey_id is not None:
            button = secondary(desk.icons, _(N_("All are complete…")), self.complete, icon="check", small=True)
            row = QHBoxLayout()
            row.addWidget(button)
            row.addStretch(1)
            made.body.addLayout(row)
        return made

    def complete(self) -> None:
        """Say that every paper is here, whatever is attached."""
        claim = self.claim
        if claim is not None and claim.journey_id is not None:
            confirm_form(self.bench, claim.journey_id, FactKind.CHECKLIST_COMPLETE, result=claim.pack.value)

    def _queries(self, claim: ClaimView) -> Section:
        _, desk = self.desk.words, self.desk
        add = link(desk.icons, _(N_("Add")), partial(claim_query_form, self.bench, claim.id), icon="plus", small=True)
        add.setAccessibleName(_(N_("Record a question of the insurer")))
        made = Section(_(N_("The insurer asks")), beside=add)
        if not claim.queries:
            made.add(Label(_(N_("No question so far")), Role.SECOND))
        for query in reversed(claim.queries):
            reply = partial(answer_form, self.bench, query.id, query.question, write=deciding.answer_claim_query)
            made.add(
                query_view(
                    desk,
                    question=query.question,
                    asked_at=query.asked_at,
                    answered_at=query.answered_at,
                    answer=query.answer,
                    reply=reply,
                )
            )
            if query.due_on is not None and query.answered_at is None:
                made.add(self._deadline(query.due_on))
        return made

    def _deadline(self, due_on: dt.date) -> Marked:
        """Until when the insurer waits for an answer; red once the day is over."""
        late = due_on < self.desk.today()
        shape, tone = (Shape.LATE, Tone.RED) if late else (Shape.WAITING, Tone.AMBER)
        words = self.desk.words(N_("Answer by {day}"), day=due_on)
        return Marked(self.desk, words, shape, tone, role=Role.SECOND, ground="sunken")

    def _payments(self, claim: ClaimView) -> Section:
        _, desk = self.desk.words, self.desk
        add = link(desk.icons, _(N_("Add")), partial(claim_payment_form, self.bench, claim), icon="plus", small=True)
        add.setAccessibleName(_(N_("Record a payment")))
        made = Section(_(N_("Payments")), beside=add)
        if not claim.payments:
            made.add(Label(_(N_("Nothing paid yet")), Role.SECOND))
        for payment in claim.payments:
            made.add(self._payment(payment))
        if claim.payments:
            facts = Facts()
            facts.add(_(N_("Paid so far")), desk.formats.money(claim.paid))
            facts.add(_(N_("Still to come")), desk.formats.money(claim.open_amount), strong=True)
            made.add(facts)
        return made

    def _payment(self, payment: ClaimPaymentView) -> QWidget:
        desk = self.desk
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 4)
        box.setSpacing(0)
        row = QHBoxLayout()
        row.addWidget(Label(desk.formats.date(payment.paid_on), Role.TEXT, elide=True), 1)
        row.addWidget(Label(desk.formats.money(payment.amount), Role.STRONG))
        change = desk.words(N_("Change this payment"))
        row.addWidget(icon_button(desk.icons, "pencil", change, partial(self._change_payment, payment.id), size=12))
        hint = desk.words(N_("Take this payment off"))
        row.addWidget(icon_button(desk.icons, "x", hint, partial(self._void_payment, payment.id), size=12))
        box.addLayout(row)
        told = (desk.words(payment.payer.label), payment.receipt_no, desk.masking.text(payment.note))
        box.addWidget(Label(" · ".join(p for p in told if p), Role.SECOND, wrap=True))
        return holder

    def _change_payment(self, payment_id: int) -> None:
        if self.claim is not None:
            open_form = partial(claim_payment_form, self.bench, self.claim, payment_id)
            self.desk.runner.read(payments.payment_draft, payment_id, owner=self, done=open_form, key="payment")

    def _void_payment(self, payment_id: int) -> None:
        said = self.desk.words(N_("Payment taken off"))
        self.desk.runner.write(
            N_("Take a payment off"),
            payments.void_payment,
            payment_id,
            owner=self,
            done=lambda _: self.desk.toast(said),
        )

    def _appeals(self, claim: ClaimView) -> Section:
        _, desk = self.desk.words, self.desk
        made = Section(_(N_("Appeals")), line=False)
        if not claim.appeals:
            made.add(Label(_(N_("No appeal")), Role.SECOND))
        for appeal in reversed(claim.appeals):
            words = _(N_("Level {level}, {day}"), level=appeal.level, day=desk.formats.date(appeal.filed_on))
            made.add(Label(words, Role.STRONG))
            made.add(Label(desk.masking.text(appeal.evidence), Role.QUIET, wrap=True))
            if appeal.outcome:
                made.add(
                    Label(_(N_("Answer: {words}"), words=desk.masking.text(_(appeal.outcome))), Role.SECOND, wrap=True)
                )
            else:
                answer = partial(appeal_answer_form, self.bench, claim.id)
                made.add(link(desk.icons, _(N_("Record the answer")), answer, small=True))
        return made
