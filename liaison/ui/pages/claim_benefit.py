"""What the insurer will probably pay for a claim: line by line, every cut with its reason, every step left out said."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from liaison.domain.benefit_lines import THE_INSURER_DECIDES, Adjudication, LineBenefit, StepResult
from liaison.domain.benefits import RateRule
from liaison.i18n import N_, upper_first
from liaison.i18n.formats import SYMBOLS
from liaison.services import benefits, plans
from liaison.services.benefits import BenefitEstimate, RateUsed
from liaison.ui.desk import Desk
from liaison.ui.pages.plan_forms import usage_form
from liaison.ui.pages.short_forms import Bench
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import icon_button, link, secondary
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import LEFT, Facts, Marked, clear, hairline
from liaison.ui.widgets.shapes import Shape

INSET = LEFT
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class BenefitSection(QWidget):
    """Worked out anew each time the claim is shown; nothing of it is stored but a rate that is kept."""

    def __init__(self, desk: Desk, bench: Bench, claim_id: int) -> None:
        super().__init__()
        self.desk, self.bench, self._claim_id = desk, bench, claim_id
        self.estimate: BenefitEstimate | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        self._above, self._lines, self._below = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        for layout in (self._above, self._lines, self._below):
            layout.setSpacing(3)
            layout.setContentsMargins(INSET, 0, INSET, 0)
            box.addLayout(layout)
        self._above.setContentsMargins(INSET, 12, INSET, 0)

    def read(self) -> None:
        """Work it out anew."""
        self.desk.runner.read(
            benefits.estimate_claim, self._claim_id, owner=self, done=self.show_estimate, key="benefit"
        )

    def show_estimate(self, estimate: BenefitEstimate) -> None:
        """Show what came out, or why nothing did."""
        self.estimate = estimate
        _ = self.desk.words
        for layout in (self._above, self._lines, self._below):
            clear(layout)
        self._above.addWidget(Label(_(N_("What the insurer will probably pay")), Role.SECTION, wrap=True))
        result = estimate.result
        if result is None:
            self._say_why_not(estimate)
            return
        self._above.addLayout(self._sum(estimate))
        self._lines.addWidget(self._table(result))
        for reason, amount in result.by_reason().items():
            facts = Facts()
            facts.add(upper_first(_(reason.label)), self.desk.formats.money(amount))
            self._below.addWidget(facts)
        self._below.addSpacing(4)
        self._steps(result.steps)
        if estimate.rate is not None:
            self._rate(estimate.rate)
        self._usage(estimate)
        self._where(estimate)
        decides = Label(_(THE_INSURER_DECIDES), Role.STRONG, wrap=True)
        self._below.addWidget(decides)
        self._print_row()

    def _table(self, result: Adjudication) -> QWidget:
        """Each line with what was claimed and what is probably paid, under it every cut with its reason."""
        _, formats = self.desk.words, self.desk.formats
        holder = QWidget()
        holder.setAccessibleName(_(N_("What the insurer will probably pay")))
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 4, 0, 8)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(0, 1)
        for column, word in enumerate((N_("For what"), N_("Claimed"), N_("Probably paid"))):
            head = Label(_(word), Role.LABEL)
            head.setAlignment(_RIGHT if column else _LEFT)
            grid.addWidget(head, 0, column)
        row = 1
        for line in result.lines:
            name, cuts = self._name(line), self._cuts(line)
            texts = (name, formats.money(line.line.claimed), formats.money(line.benefit))
            for column, text in enumerate(texts):
                label = Label(text, Role.STRONG if column == 0 else Role.TEXT, elide=column == 0)
                label.setAlignment(_RIGHT if column else _LEFT)
                grid.addWidget(label, row, column)
            if cuts:
                grid.addWidget(Label(cuts, Role.SECOND, wrap=True), row + 1, 0, 1, 3)
            grid.addWidget(hairline(), row + 2, 0, 1, 3)
            row += 3
        for column, amount in enumerate((result.claimed, result.benefit), start=1):
            added = Label(formats.money(amount), Role.BOLD)
            added.setAlignment(_RIGHT)
            grid.addWidget(added, row, column)
        grid.addWidget(Label(_(N_("Together")), Role.BOLD), row, 0)
        return holder

    def _name(self, line: LineBenefit) -> str:
        _, bill = self.desk.words, line.line
        if bill.description:
            return bill.description
        return upper_first(_(bill.category.label)) if bill.category is not None else _(N_("The whole bill"))

    def _cuts(self, line: LineBenefit) -> str:
        _, formats = self.desk.words, self.desk.formats
        said = (_(N_("{reason} {amount}"), reason=_(c.reason.label), amount=formats.money(c.amount))
                for c in line.reductions)  # fmt: skip
        words = " · ".join(said)
        return _(N_("Less {cuts}"), cuts=words) if words else ""

    def _sum(self, estimate: BenefitEstimate) -> QHBoxLayout:
        _ = self.desk.words
        assert estimate.result is not None
        row = QHBoxLayout()
        found = estimate.result
        words = _(N_("Of {claimed} probably {benefit}; {rest} is left to the patient."),
                  claimed=found.claimed, benefit=found.benefit, rest=found.reduced)  # fmt: skip
        row.addWidget(Label(words, Role.TEXT, wrap=True), 1)
        return row

    def _steps(self, steps: tuple[StepResult, ...]) -> None:
        """What a step has to say, and the steps that were left out, with why."""
        _ = self.desk.words
        for step in steps:
            for note in step.notes:
                self._below.addWidget(Label(note.text(_), Role.SECOND, wrap=True))
        skipped: dict[str, list[str]] = {}
        for step in steps:
            if step.skipped is not None:
                skipped.setdefault(step.skipped.text(_), []).append(_(step.step.label))
        for why, names in skipped.items():
            words = _(N_("Left out: {steps}. {why}"), steps=", ".join(names), why=why)
            self._below.addWidget(Label(words, Role.SECOND, wrap=True))

    def _rate(self, used: RateUsed) -> None:
        _, formats, rate = self.desk.words, self.desk.formats, used.rate
        parts = [f"{SYMBOLS[rate.base]}1 = {SYMBOLS[rate.quote]}{formats.rate(rate.shown)}", rate.source]
        parts.append(formats.date(rate.on))
        if used.rule is not None:
            parts.append(_(N_("by the rule: {rule}"), rule=_(used.rule.label)))
        if rate.is_cross:
            parts.append(_(N_("cross rate via {currency}"), currency=rate.via))
        tone = Tone.AMBER if used.is_provisional or rate.is_previous_day else Tone.GREY
        shape = Shape.WARNING if tone is Tone.AMBER else Shape.DOT
        self._below.addWidget(
            Marked(self.desk, " · ".join(p for p in parts if p), shape, tone, role=Role.SECOND, wrap=True)
        )
        for note in used.notes:
            self._below.addWidget(Label(note.text(_), Role.SECOND, wrap=True))
        if not used.is_frozen and not used.is_provisional and used.rule is not RateRule.POLICY_FIXED:
            row = QHBoxLayout()
            keep = secondary(self.desk.icons, _(N_("Keep this rate")), self._keep, icon="lock", small=True)
            keep.setToolTip(_(N_("The claim keeps it, whatever the list of rates says later.")))
            row.addWidget(keep)
            row.addStretch(1)
            self._below.addLayout(row)

    def _usage(self, estimate: BenefitEstimate) -> None:
        """What was used of each limit before, and where the insurer's own word is written down."""
        _, desk = self.desk.words, self.desk
        for line in estimate.usage:
            told = _(N_("told by the insurer on {day}"), day=line.as_of) if line.as_of else _(line.source.label)
            what = upper_first(_(line.category.label) if line.category is not None else _(line.kind.label))
            if line.limit is not None:
                words = _(N_("{what}: {used} of {limit} used before, {told}"), what=what, used=line.used,
                          limit=line.limit, told=told)  # fmt: skip
            else:
                words = _(N_("{what}: {used} used before, {told}"), what=what, used=line.used, told=told)
            self._below.addWidget(self._used(words, line.told_id))
        row = QHBoxLayout()
        result = estimate.result
        assert result is not None
        record = partial(usage_form, self.bench, estimate.cover_id, result.currency)
        row.addWidget(link(desk.icons, _(N_("Record what is used up…")), record, icon="pencil", small=True))
        row.addStretch(1)
        self._below.addLayout(row)

    def _used(self, words: str, told_id: int | None) -> QWidget:
        """One limit; what the insurer told can be taken off again."""
        if told_id is None:
            return Label(words, Role.SECOND, wrap=True)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Label(words, Role.SECOND, wrap=True), 1)
        hint = self.desk.words(N_("Take off what the insurer told"))
        row.addWidget(icon_button(self.desk.icons, "x", hint, partial(self._forget, told_id), size=12))
        return holder

    def _forget(self, told_id: int) -> None:
        said = self.desk.words(N_("Usage taken off"))
        self.desk.runner.write(
            N_("Take off what is used up"), plans.remove_usage, told_id, owner=self,
            done=lambda _: self.desk.toast(said),
        )  # fmt: skip

    def _where(self, estimate: BenefitEstimate) -> None:
        _ = self.desk.words
        if estimate.stated_on is not None:
            words = _(N_("{plan}; source: {source}, {day}"), plan=estimate.plan, source=estimate.source,
                      day=estimate.stated_on)  # fmt: skip
        else:
            words = _(N_("{plan}; source: {source}"), plan=estimate.plan, source=estimate.source)
        self._below.addWidget(Label(words, Role.SECOND, wrap=True))

    def _print_row(self) -> None:
        """The way to the same estimate on paper."""
        desk = self.desk
        row = QHBoxLayout()
        words = desk.words(N_("Print the estimate…"))
        show = partial(desk.go, "reports", name="benefit_estimate", claim=f"#{self._claim_id}")
        row.addWidget(link(desk.icons, words, show, icon="printer", small=True))
        row.addStretch(1)
        self._below.addLayout(row)

    def _say_why_not(self, estimate: BenefitEstimate) -> None:
        _, desk = self.desk.words, self.desk
        if estimate.why_not is not None:
            self._above.addWidget(Label(estimate.why_not.text(_), Role.SECOND, wrap=True))
        if estimate.insurer_id is not None:
            row = QHBoxLayout()
            open_it = link(desk.icons, _(N_("Open the insurer's card")), self._open_insurer, small=True)
            row.addWidget(open_it)
            row.addStretch(1)
            self._above.addLayout(row)

    def _open_insurer(self) -> None:
        if self.estimate is not None and self.estimate.insurer_id is not None:
            self.desk.go("network", self.estimate.insurer_id, part="insurers")

    def _keep(self) -> None:
        self.desk.runner.write(
            N_("Keep the exchange rate of a claim"),
            benefits.keep_rate,
            self._claim_id,
            owner=self,
            done=lambda _: self.desk.toast(self.desk.words(N_("Rate kept on the claim"))),
        )
