"""The right side of a case: what is next, the guarantee letter against the bills, papers, claims, money."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from liaison.domain.facts import FactKind
from liaison.domain.journeys import PayerPath
from liaison.domain.money import Money
from liaison.domain.payments import BillKind, Payer, PaymentPurpose
from liaison.domain.work import TaskKind, WaitingOn
from liaison.i18n import N_, upper_first
from liaison.i18n.formats import MISSING, SYMBOLS
from liaison.services.guarantee_views import GuaranteeView
from liaison.services.letter_burn import LetterBurn
from liaison.services.list_of_claims import ClaimLine
from liaison.services.today import TaskGroup, TaskLine
from liaison.services.views import JourneyView
from liaison.ui.desk import Desk
from liaison.ui.pages.confirmations import confirm_form
from liaison.ui.pages.journey_courses import CourseSections
from liaison.ui.pages.journey_papers import PapersSection
from liaison.ui.pages.letter_forms import request_form
from liaison.ui.pages.letter_parts import burn_notes, lasting_words
from liaison.ui.pages.letter_topup import topup_form
from liaison.ui.pages.money_forms import bill_form, estimate_form, payment_form
from liaison.ui.pages.money_settlement import CaseBenefit, SettlementLines
from liaison.ui.pages.page_parts import MenuRow, section
from liaison.ui.pages.promise_forms import instalments_form
from liaison.ui.pages.said import claim_badge, due_badge, how_late, letter_badge, when
from liaison.ui.pages.short_forms import Bench
from liaison.ui.pages.task_form import edit_task_form, finish, put_off, put_off_choices, task_form, task_menu
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.badge import BadgeView, warning
from liaison.ui.widgets.buttons import link
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.letter_chart import Ceiling, DayBill, LetterChart
from liaison.ui.widgets.parts import Facts, Pane, Section, clear
from liaison.ui.widgets.shapes import Shape
from liaison.ui.widgets.step_row import StepRow

WIDTH, NARROW = 312, 300
STEPS_SHOWN = 7

_SHOWN = (
    "tasks", "guarantees", "letter", "claims", "documents", "checklist", "money", "payer_path", "is_open", "hospital",
    "cover", "covers", "courses", "state",
)  # fmt: skip
"""What of a case the right side shows."""


class SidePane(Pane):
    """Built anew from each view of the case."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, side="right", name=desk.words(N_("Next steps, letter, papers and money")))
        self._desk = desk
        self._bench: Bench | None = None
        self._all_steps = False
        self._parts: dict[str, Section] = {}
        self._shown: tuple[object, ...] = ()

    def reveal(self, part: str) -> None:
        """Bring a section into sight and put the focus into it: steps, letters, papers, claims, money."""
        section = self._parts.get(part)
        if section is None:
            return
        self.bench.drawer.put_aside()
        self.area.ensureWidgetVisible(section)
        button = next((b for b in section.findChildren(QAbstractButton) if b.isEnabled()), None)
        if button is not None:
            button.setFocus()

    def work_on(self, bench: Bench) -> None:
        """Give the pane the drawer that it stands in itself."""
        self._bench = bench

    @property
    def bench(self) -> Bench:
        """Where its forms open."""
        assert self._bench is not None
        return self._bench

    def show_case(self, case: JourneyView) -> None:
        """Show a case; where nothing of the right side changed, it stays as it stands."""
        shown = tuple(getattr(case, name) for name in _SHOWN)
        if shown == self._shown:
            return
        self._shown = shown
        self._build(case)

    def _build(self, case: JourneyView) -> None:
        place = self.area.verticalScrollBar().value()
        clear(self.body)
        courses = CourseSections(self._desk, self.bench, self).made(case)
        self._parts = {"steps": self._steps(case)}
        if "way_home" in courses:
            self._parts["way_home"] = courses.pop("way_home")
        if case.payer_path is not PayerPath.SELF_PAY or case.guarantees:
            self._parts["letters"] = self._letters(case)
        self._parts |= courses
        self._parts["papers"] = PapersSection(self._desk, self.bench, case)
        self._parts["claims"] = self._claims(case)
        self._parts["money"] = self._money(case)
        for part in self._parts.values():
            self.add(part)
        self.finish()
        self.area.verticalScrollBar().setValue(place)

    # what is next

    def _steps(self, case: JourneyView) -> Section:
        _, desk = self._desk.words, self._desk
        add = link(
            desk.icons, _(N_("Add")), partial(task_form, self.bench, journey_id=case.id), icon="plus", small=True
        )
        add.setAccessibleName(_(N_("Add a step")))
        made = Section(_(N_("Next steps")), beside=add)
        steps = case.open_tasks
        if not steps and case.is_open:
            row = StepRow(desk, _(N_("No next step: give it one")), shape=Shape.BLOCKED, tone=Tone.RED, strong=True)
            row.clicked.connect(lambda _on=False: task_form(self.bench, journey_id=case.id))
            made.add(row)
        shown = steps if self._all_steps else steps[:STEPS_SHOWN]
        for number, task in enumerate(shown):
            made.add(self._step(task, case, first=number == 0))
        if len(steps) > len(shown):
            words = _.plural("{count} more", "{count} more", len(steps) - len(shown))
            more = link(desk.icons, words, partial(self._show_all, case), small=True)
            made.body.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        return made

    def _show_all(self, case: JourneyView) -> None:
        self._all_steps = True
        self._build(case)

    def _step(self, task: TaskLine, case: JourneyView, *, first: bool) -> StepRow:
        _, desk = self._desk.words, self._desk
        late = task.group is TaskGroup.LATE
        waits = task.waiting_on not in (None, WaitingOn.US)
        beside = ""
        now = desk.clock()
        if late and task.due_at is not None:
            beside = how_late(_, now - task.due_at)
        elif waits and task.waiting_on is not None:
            beside = task.waiting_for or _(task.waiting_on.label)
        elif task.due_at is not None:
            beside = when(_, task.due_at, now=now, has_time=task.has_time)
        shape, tone = _step_shape(task, late=late, waits=waits)
        text = task.title.text(_)
        badge = due_badge(_, task.due_at, now=now, has_time=task.has_time, is_waiting=waits)
        spoken = ", ".join(p for p in (text, badge.text if badge else "", beside) if p)
        row = StepRow(
            desk,
            upper_first(text),
            shape=shape,
            tone=tone,
            beside=beside,
            strong=first or late,
            spoken=spoken,
        )
        row.setObjectName(f"task.{task.id}")
        row.clicked.connect(lambda _on=False: self._open_step(row, task, case))
        row.letter.connect(lambda letter: self._step_key(letter, task, case))
        return row

    def _open_step(self, row: StepRow, task: TaskLine, case: JourneyView) -> None:
        debt = partial(self._supply, task, case) if task.kind is TaskKind.DEBT and task.fact else None
        menu = task_menu(self.bench, row, task.id, is_done=False, waiting_on=task.waiting_on, debt=debt)
        menu.popup(row.mapToGlobal(row.rect().bottomLeft()))

    def _step_key(self, letter: str, task: TaskLine, case: JourneyView) -> None:
        if letter == "x":
            finish(self._desk, task.id, owner=self)
        elif letter == "s":
            put_off(self._desk, task.id, put_off_choices(self._desk)[1][1], owner=self)
        elif letter == "e":
            edit_task_form(self.bench, task.id)
        elif letter == "n":
            task_form(self.bench, journey_id=case.id)

    def _supply(self, task: TaskLine, case: JourneyView) -> None:
        """Open the form of the fact that a debt owes."""
        if task.fact is FactKind.ESTIMATE:
            estimate_form(self.bench, case.id, hospital_id=case.hospital.id if case.hospital else None)
        elif task.fact is not None:
            confirm_form(self.bench, case.id, task.fact)

    # letters

    def _letters(self, case: JourneyView) -> Section:
        _, desk = self._desk.words, self._desk
        burn = case.letter
        if burn is None and not case.guarantees:
            ask = link(desk.icons, _(N_("Request")), partial(request_form, self.bench, case), icon="plus", small=True)
            ask.setAccessibleName(_(N_("Request a guarantee letter")))
            made = Section(_(N_("Guarantee letter")), beside=ask)
            made.add(Label(_(N_("No letter requested yet")), Role.SECOND))
            return made
        head = self._ceiling(burn)
        made = Section(_(N_("Guarantee letter")), beside=head)
        if burn is not None:
            self._burn(made, burn)
        for letter in case.guarantees:
            made.add(self._letter(letter))
        ask = link(desk.icons, _(N_("Another letter…")), partial(request_form, self.bench, case), small=True)
        made.body.addWidget(ask, 0, Qt.AlignmentFlag.AlignLeft)
        return made

    def _ceiling(self, burn: LetterBurn | None) -> Label | None:
        _ = self._desk.words
        if burn is None:
            return None
        if burn.is_as_charged:
            return Label(_(N_("as charged")), Role.STRONG)
        if burn.ceiling is None:
            return None
        return Label(_(N_("ceiling now {ceiling}"), ceiling=burn.ceiling), Role.STRONG)

    def _burn(self, made: Section, burn: LetterBurn) -> None:
        _, desk = self._desk.words, self._desk
        if burn.bars:
            chart = LetterChart(desk, name=_(N_("Guarantee letter against the bills")))
            chart.show_letter(
                [DayBill(day=b.on, billed=b.amount, forecast=b.is_forecast) for b in burn.bars],
                [Ceiling(since=s.from_on, amount=s.ceiling) for s in burn.steps],
            )
            made.add(chart)
        if burn.used is not None:
            made.add(self._used(burn, burn.used))
        facts = Facts()
        if burn.left is not None:
            facts.add(_(N_("Left")), desk.formats.money(burn.left), strong=True)
        made.add(facts)
        line = self._lasts(burn)
        if line:
            made.add(Label(line, Role.SECOND, wrap=True))
        for note in burn_notes(
            desk, burn, draft_topup=partial(topup_form, self.bench, burn.guarantee_id), ground="sunken"
        ):
            made.body.addWidget(note)

    def _used(self, burn: LetterBurn, used: Money) -> QWidget:
        _, desk = self._desk.words, self._desk
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Label(_(N_("Used")), Role.SECOND))
        if burn.share is not None:
            text = desk.formats.percent(burn.share)
            if burn.is_warned:
                row.addWidget(BadgeView(desk.theme, warning(text)))
            else:
                row.addWidget(Label(text, Role.SECOND))
        row.addStretch(1)
        row.addWidget(Label(desk.formats.money(used)))
        return holder

    def _lasts(self, burn: LetterBurn) -> str:
        return " · ".join(lasting_words(burn, self._desk.words))

    def _letter(self, letter: GuaranteeView) -> StepRow:
        desk = self._desk
        badge = letter_badge(desk.words, letter.state)
        number = letter.gl_no or desk.words(N_("no number yet"))
        row = StepRow(desk, badge.text, shape=badge.shape, tone=badge.tone, beside=number)
        row.setObjectName(f"guarantee.{letter.id}")
        row.clicked.connect(lambda _on=False: desk.go("letter", letter.id))
        return row

    # claims and money

    def _claims(self, case: JourneyView) -> Section:
        _, desk = self._desk.words, self._desk
        new = link(
            desk.icons, _(N_("New")), partial(desk.go, "claim_new", None, journey=case.id), icon="plus", small=True
        )
        new.setAccessibleName(_(N_("New claim")))
        made = Section(_(N_("Claims")), beside=new)
        if not case.claims:
            made.add(Label(_(N_("No claim yet")), Role.SECOND))
        for claim in case.claims:
            made.add(self._claim(claim))
        return made

    def _claim(self, claim: ClaimLine) -> StepRow:
        desk = self._desk
        badge = claim_badge(desk.words, claim.state, paid=claim.paid, balance=claim.balance)
        number = claim.claim_no or desk.words(N_("no number yet"))
        row = StepRow(
            desk,
            f"{number} · {badge.text}",
            shape=badge.shape,
            tone=badge.tone,
            beside=desk.formats.money(claim.billed),
        )
        row.setObjectName(f"claim.{claim.id}")
        row.clicked.connect(lambda _on=False: desk.go("claim", claim.id))
        return row

    def _money(self, case: JourneyView) -> Section:
        _, desk, money = self._desk.words, self._desk, case.money
        house = case.hospital.id if case.hospital else None
        known = money.billed or money.estimate_high or money.deposit_paid
        currency = known.currency if known else "MYR"
        pay = partial(payment_form, self.bench, journey_id=case.id, currency=currency)
        rows: list[MenuRow] = [
            (
                _(N_("Cost estimate…")),
                partial(estimate_form, self.bench, case.id, hospital_id=house, currency=currency),
            ),
            (_(N_("Interim bill…")), partial(bill_form, self.bench, case.id, hospital_id=house, currency=currency)),
            (
                _(N_("Final bill…")),
                partial(bill_form, self.bench, case.id, hospital_id=house, currency=currency, kind=BillKind.FINAL),
            ),
            (_(N_("Deposit paid…")), partial(pay, purpose=PaymentPurpose.DEPOSIT)),
            (_(N_("Excess paid…")), partial(pay, purpose=PaymentPurpose.EXCESS, amount=money.excess_due)),
            (_(N_("Refund of the deposit…")), partial(pay, purpose=PaymentPurpose.REFUND, payer=Payer.HOSPITAL)),
            (_(N_("Other payment…")), partial(pay, purpose=PaymentPurpose.BILL)),
            (_(N_("Bill in instalments…")), partial(instalments_form, self.bench, case.id, currency=currency)),
        ]
        made = section(desk, N_("Money"), rows, line=False)
        facts = Facts()
        for label, amount in (
            (N_("Deposit paid"), money.deposit_paid),
            (N_("Billed so far"), money.billed),
            (N_("Excess"), money.excess_due),
            (N_("Excess paid"), money.excess_paid),
            (N_("Paid by the insurer"), money.insurer_paid),
        ):
            if amount is not None:
                facts.add(_(label), desk.formats.money(amount))
        made.add(self._estimate(money.estimate_low, money.estimate_high))
        made.add(facts)
        made.add(SettlementLines(desk, self.bench, case.id))
        made.add(CaseBenefit(desk, case.id, case_no=case.case_no))
        if money.rate is not None:
            made.add(Label(self._rate(case), Role.SECOND, wrap=True))
        return made

    def _estimate(self, low: Money | None, high: Money | None) -> Facts:
        formats, facts = self._desk.formats, Facts()
        if low is None or high is None:
            text = MISSING
        elif low == high:
            text = formats.money(high)
        else:
            text = f"{formats.money(low)}–{formats.amount(high)}"
        facts.add(self._desk.words(N_("Estimate")), text)
        return facts

    def _rate(self, case: JourneyView) -> str:
        rate, formats, _ = case.money.rate, self._desk.formats, self._desk.words
        assert rate is not None
        parts = [f"{SYMBOLS[rate.base]}1 = {SYMBOLS[rate.quote]}{formats.rate(rate.shown)}"]
        parts.append(f"{rate.source} {formats.date(rate.on)}")
        if rate.is_cross:
            parts.append(_(N_("cross rate via {currency}"), currency=rate.via))
        return " · ".join(parts)


def _step_shape(task: TaskLine, *, late: bool, waits: bool) -> tuple[Shape, Tone]:
    if late:
        return Shape.LATE, Tone.RED
    if task.kind is TaskKind.ALARM:
        return Shape.WARNING, Tone.AMBER
    return (Shape.WAITING, Tone.AMBER) if waits else (Shape.OPEN, Tone.INK)
