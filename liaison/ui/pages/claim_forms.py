"""Short forms of a claim: sending it, its number, the insurer's decision line by line, a question, an appeal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison.domain.claims import (
    DECISIONS,
    AppealDraft,
    ClaimDecisionDraft,
    ClaimQueryDraft,
    ClaimState,
    LineDecisionDraft,
    check_appeal,
)
from liaison.domain.codes import REASONS, ReasonCode
from liaison.domain.fields import field_of
from liaison.domain.money import Money
from liaison.domain.payments import Payer, PaymentDraft, PaymentPurpose, check_payment
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services import claims, deciding, payments
from liaison.services.claim_views import ClaimLineView, ClaimView
from liaison.ui.desk import Desk
from liaison.ui.pages.journey_ends import words_form
from liaison.ui.pages.letter_forms import ChannelText
from liaison.ui.pages.short_forms import Bench, begin, offer
from liaison.ui.reopening import reopens
from liaison.ui.theme import Role
from liaison.ui.typed import Unreadable
from liaison.ui.widgets.date_edit import DateEdit
from liaison.ui.widgets.drawer import FormPane
from liaison.ui.widgets.editors import Choice, Editor, LongText, TextEdit, code_choices
from liaison.ui.widgets.form import NOT_STATED, FieldBox, Form, Row
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.money_edit import MoneyEdit
from liaison.ui.widgets.parts import Facts, hairline


@reopens
def send_form(bench: Bench, claim: ClaimView) -> FormPane:
    """The claim was sent: when, how, and why so late if it is."""
    desk = bench.desk
    day = DateEdit(desk)
    day.set_value(desk.today())
    fields: list[tuple[str, str, Editor]] = [
        ("submitted_on", N_("Sent on"), day),
        ("channel", N_("Sent through"), ChannelText(desk)),
    ]
    is_late = claim.submit_by is not None and desk.today() > claim.submit_by
    if is_late:
        fields.append(("override_reason", N_("Why is it sent after the last day?"), LongText(desk)))

    def write(values: dict[str, Any]) -> Callable[..., Any]:
        return partial(
            claims.move_claim,
            on=values["submitted_on"],
            channel=values["channel"],
            override_reason=values.get("override_reason", ""),
            version=claim.version,
        )

    return words_form(
        bench,
        title=N_("The claim was sent"),
        fields=fields,
        action=N_("Send a claim"),
        write=write,
        before=(claim.id, ClaimState.SUBMITTED),
        said=N_("Claim sent"),
        save_word=N_("Save"),
    )


@reopens
def number_form(bench: Bench, claim: ClaimView) -> FormPane:
    """The number that the insurer gave."""
    line = TextEdit(bench.desk)
    line.set_value(claim.claim_no)
    return words_form(
        bench,
        title=N_("Registered by the insurer"),
        fields=[("claim_no", N_("Claim number"), line)],
        action=N_("Register a claim"),
        write=lambda v: partial(claims.move_claim, claim_no=v["claim_no"], version=claim.version),
        before=(claim.id, ClaimState.REGISTERED),
        said=N_("Number recorded"),
        save_word=N_("Save"),
    )


@reopens
def claim_query_form(bench: Bench, claim_id: int) -> FormPane:
    """A question of the insurer about a claim."""
    desk = bench.desk
    rows: tuple[Row, ...] = ("question", "asked_at", "due_on")
    form = Form(desk, ClaimQueryDraft, rows, editors={"question": LongText(desk)}, kept=("claim_id",))
    now = desk.clock().replace(second=0, microsecond=0)
    form.set(ClaimQueryDraft(claim_id=claim_id, asked_at=now, question=""))
    return offer(
        bench,
        form,
        title=N_("The insurer asks"),
        action=N_("Record a question"),
        write=deciding.ask_claim_query,
        said=N_("Question recorded"),
    )


@reopens
def appeal_form(bench: Bench, claim_id: int) -> FormPane:
    """An appeal with new evidence, once per level."""
    desk = bench.desk
    rows: tuple[Row, ...] = ("evidence", "filed_on")
    form = Form(desk, AppealDraft, rows, editors={"evidence": LongText(desk, lines=6)}, kept=("claim_id",))
    form.set(AppealDraft(claim_id=claim_id, filed_on=desk.today(), evidence=""))
    return offer(
        bench,
        form,
        title=N_("Appeal (tinjau ulang)"),
        action=N_("File an appeal"),
        write=deciding.appeal,
        said=N_("Appeal filed"),
        look=lambda d: check_appeal(d, today=desk.today()),
    )


@reopens
def appeal_answer_form(bench: Bench, claim_id: int) -> FormPane:
    """What came of the newest appeal."""
    return words_form(
        bench,
        title=N_("Answer to the appeal"),
        fields=[("outcome", N_("What came of it?"), LongText(bench.desk))],
        action=N_("Record the answer to an appeal"),
        write=lambda v: partial(deciding.answer_appeal, outcome=v["outcome"]),
        before=(claim_id,),
        said=N_("Answer recorded"),
        save_word=N_("Save"),
    )


@reopens
def claim_payment_form(
    bench: Bench, claim: ClaimView, payment_id: int | None = None, known: PaymentDraft | None = None
) -> FormPane:
    """Money that the insurer paid for this claim: a new payment, or one (``known``) that is put right.

    A new one moves the claim to "paid" as far as its table lets it.
    """
    desk = bench.desk
    rows: tuple[Row, ...] = ("amount", "paid_on", "payer", "purpose", "receipt_no", "note")
    currency = claim.billed.currency
    form = Form(
        desk,
        PaymentDraft,
        rows,
        editors={"amount": MoneyEdit(desk, currency=currency, fixed=True)},
        kept=("journey_id", "claim_id"),
    )
    due = claim.open_amount if claim.open_amount else Money(0, currency)
    draft = known or PaymentDraft(
        journey_id=claim.journey_id,
        claim_id=claim.id,
        purpose=PaymentPurpose.CLAIM,
        payer=Payer.INSURER,
        amount=due,
        paid_on=desk.today(),
    )
    rest = desk.words(N_("Still to come: {amount}. Less is a part payment; the rest stays open."), amount=due)
    return offer(
        bench,
        begin(form, draft, empty=() if due or known else ("amount",)),
        title=N_("Payment of the claim") if known is None else N_("Change this payment"),
        action=N_("Record a payment") if known is None else N_("Change a payment"),
        write=deciding.record_claim_payment if payment_id is None else payments.edit_payment,
        before=() if payment_id is None else (payment_id,),
        said=N_("Payment recorded"),
        note=rest if due else "",
        look=lambda d: check_payment(d, today=desk.today()),
    )


# the decision


class ReasonMeaning(Label):
    """What a chosen reason means in plain words, and what can be done about it."""

    def __init__(self, desk: Desk, reason: Choice) -> None:
        super().__init__("", Role.SECOND, wrap=True)
        self._desk = desk
        reason.changed.connect(lambda: self.show_for(reason.value()))
        self.hide()

    def show_for(self, code: object) -> None:
        """Say it for a reason, or nothing for none."""
        found = REASONS.get(code) if isinstance(code, ReasonCode) else None
        words = self._desk.words
        said = [words(text) for text in (found.letter, found.cure) if text] if found is not None else []
        self.setText(" ".join(said))
        self.setVisible(bool(said))


class LineDecision(QWidget):
    """One line: what was claimed, what is approved, why the rest is not."""

    def __init__(self, desk: Desk, line: ClaimLineView) -> None:
        super().__init__()
        self.line = line
        words = desk.words
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(5)
        name = line.description or (words(line.category.label) if line.category is not None else "")
        facts = Facts()
        facts.add(f"{line.position}. {name}", desk.formats.money(line.claimed))
        box.addWidget(facts)
        self.approved = MoneyEdit(desk, currency=line.claimed.currency, fixed=True)
        self.approved.set_value(line.approved if line.approved is not None else line.claimed)
        self.approved.set_name(words(N_("Approved of line {number}"), number=line.position))
        box.addWidget(self.approved)
        self.reason = Choice(desk, code_choices(desk, ReasonCode), none=words(NOT_STATED))
        self.reason.set_value(line.reason)
        self.reason.set_name(words(N_("Reason for the cut in line {number}"), number=line.position))
        box.addWidget(self.reason)
        self.meaning = ReasonMeaning(desk, self.reason)
        box.addWidget(self.meaning)
        self._ask_why(cut=line.approved is not None and line.approved < line.claimed)
        self.approved.committed.connect(self._amount_left)

    def _amount_left(self) -> None:
        """A reason is asked for only where something was cut."""
        try:
            value = self.approved.value()
        except Unreadable:
            return
        self._ask_why(cut=value is not None and value < self.line.claimed)

    def _ask_why(self, *, cut: bool) -> None:
        self.reason.setVisible(cut)
        self.meaning.show_for(self.reason.value() if cut else None)

    def read(self) -> LineDecisionDraft:
        """The decision. Raises :class:`Unreadable`."""
        amount = self.approved.value()
        approved = amount if amount is not None else Money(0, self.line.claimed.currency)
        cut = approved < self.line.claimed
        return LineDecisionDraft(line_id=self.line.id, approved=approved, reason=self.reason.value() if cut else None)


class DecisionForm(QWidget):
    """The insurer's decision on a claim, line by line where there are lines."""

    def __init__(self, bench: Bench, claim: ClaimView, outcome: ClaimState) -> None:
        super().__init__()
        self._bench, self._claim = bench, claim
        desk = bench.desk
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        self.boxes: dict[str, FieldBox] = {}
        outcomes = Choice(desk, [(s, desk.words(s.label)) for s in DECISIONS], search=False)
        outcomes.changed.connect(self._outcome_changed)
        day = DateEdit(desk)
        self._add(box, "outcome", outcomes, outcome)
        self._add(box, "decided_on", day, desk.today())
        self.lines = [LineDecision(desk, line) for line in claim.lines]
        if self.lines:
            box.addWidget(Label(desk.words(N_("Line by line")), Role.SECTION))
        for line in self.lines:
            box.addWidget(line)
            box.addWidget(hairline())
        amount = MoneyEdit(desk, currency=claim.billed.currency, fixed=True)
        self._add(box, "approved", amount, claim.billed if outcome is ClaimState.APPROVED else None)
        self.boxes["approved"].setVisible(not self.lines)
        whole = Choice(desk, code_choices(desk, ReasonCode), none=desk.words(NOT_STATED))
        self._add(box, "reason", whole, None)
        self.meaning = ReasonMeaning(desk, whole)
        box.addWidget(self.meaning)
        self._add(box, "reason_note", LongText(desk, lines=2), "")
        self._outcome_changed()

    def _add(self, box: QVBoxLayout, name: str, editor: Editor, value: Any) -> None:
        made = FieldBox(self._bench.desk, field_of(ClaimDecisionDraft, name), editor)
        editor.set_value(value)
        editor.changed.connect(lambda: made.show_problem(None))
        self.boxes[name] = made
        box.addWidget(made)

    def _outcome_changed(self) -> None:
        outcome = self.boxes["outcome"].editor.value() if "outcome" in self.boxes else None
        rejected = outcome is ClaimState.REJECTED
        for line in self.lines if hasattr(self, "lines") else ():
            line.setVisible(not rejected)
        if "reason" in self.boxes:
            self.boxes["approved"].setVisible(not rejected and not self.lines)
            for name in ("reason", "reason_note"):
                self.boxes[name].setVisible(outcome is not ClaimState.APPROVED)

    def save(self) -> None:
        """Hand the decision to the service as one action."""
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        for name, box in self.boxes.items():
            try:
                values[name] = box.editor.value()
            except Unreadable as error:
                problems.append(_at(error.problem, name))
        lines: tuple[LineDecisionDraft, ...] = ()
        if values.get("outcome") is not ClaimState.REJECTED:
            try:
                lines = tuple(line.read() for line in self.lines)
            except Unreadable as error:
                problems.append(_at(error.problem, "decided_on"))
        if values.get("decided_on") is None:
            what = field_of(ClaimDecisionDraft, "decided_on")
            problems.append(
                Problem(
                    code="MISSING", message=N_("Please fill in: {what}."), field="decided_on", values={"what": what}
                )
            )
        if problems:
            self.show_problems(problems)
            return
        draft = ClaimDecisionDraft(
            decided_on=values["decided_on"],
            outcome=values["outcome"],
            approved=None if self.lines else values["approved"],
            reason=values["reason"],
            reason_note=values["reason_note"],
            lines=lines,
        )
        self._bench.desk.runner.write(
            N_("Record the insurer's decision"),
            partial(deciding.decide_claim, version=self._claim.version),
            self._claim.id,
            draft,
            owner=self,
            done=lambda _: self._bench.done(N_("Decision recorded")),
            refused=self.show_problems,
        )

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Each at its field; what belongs to the lines or to no field stands at the decision."""
        problems = tuple(problems)
        for box in self.boxes.values():
            box.show_problem(None)
        for problem in problems:
            shown = self.boxes.get(problem.field)
            target = shown if shown is not None and not shown.isHidden() else self.boxes["outcome"]
            target.show_problem(problem)


def _at(problem: Problem, field: str) -> Problem:
    from dataclasses import replace

    return replace(problem, field=field)


@reopens
def decision_form(bench: Bench, claim: ClaimView, outcome: ClaimState) -> FormPane:
    """Write down what the insurer decided."""
    form = DecisionForm(bench, claim, outcome)
    title = bench.desk.words(N_("The insurer's decision"))
    return bench.drawer.open(FormPane(bench.desk, title=title, content=form, save=form.save))
