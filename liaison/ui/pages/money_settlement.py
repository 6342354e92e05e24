"""Where patient and hospital stand: what comes back, what is unpaid, and what was promised by when."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from liaison.domain.benefit_lines import THE_INSURER_DECIDES
from liaison.domain.errors import Refused
from liaison.domain.money import Money
from liaison.domain.payments import Payer, PaymentPurpose
from liaison.domain.settlement import PromiseKind, Refund, Settlement
from liaison.i18n import N_
from liaison.services import benefits, promises, settlement
from liaison.services.benefits import BenefitEstimate
from liaison.services.promises import PromiseView
from liaison.ui.desk import Desk
from liaison.ui.pages.money_forms import payment_form
from liaison.ui.pages.promise_forms import instalments_form, promise_form
from liaison.ui.pages.promise_lines import promise_line
from liaison.ui.pages.short_forms import Bench
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import link
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import Facts, Marked, clear
from liaison.ui.widgets.shapes import Shape

TO_COME_BACK_TO = N_("To come back from the hospital to the {payer}: {amount}")
TO_WHOM = N_("To: {payer}")


class SettlementLines(QWidget):
    """Reads by itself; shows nothing while nothing is owed either way and nothing was promised."""

    def __init__(self, desk: Desk, bench: Bench, journey_id: int) -> None:
        super().__init__()
        self.desk, self.bench, self._journey_id = desk, bench, journey_id
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(2)
        desk.runner.read(_both, journey_id, owner=self, done=self.show_both, key="settlement")

    def show_both(self, found: tuple[Settlement | None, tuple[PromiseView, ...]]) -> None:
        """What is open, then what was promised."""
        clear(self._box)
        stands, promised = found
        for back in stands.refunds if stands is not None else ():
            note = "" if back.to is Payer.PATIENT else self.desk.words(TO_WHOM, payer=back.to)
            self._open(
                N_("To come back from the hospital: {amount}") if not note else TO_COME_BACK_TO, back,
                (N_("Refunded…"), partial(self._refunded, back, note)),
                (N_("Promised…"), partial(self._promise, PromiseKind.REFUND, Payer.HOSPITAL, back.amount, note)),
            )  # fmt: skip
        if stands is not None and not stands.refunds and stands.unpaid is not None:
            due = stands.unpaid
            self._open(
                N_("Still to be paid by the family: {amount}"), Refund(to=Payer.PATIENT, amount=due),
                (N_("Promised…"), partial(self._promise, PromiseKind.BILL, Payer.PATIENT, due)),
                (N_("In instalments…"), partial(instalments_form, self.bench, self._journey_id, amount=due)),
            )  # fmt: skip
        for each in promised:
            self._box.addWidget(promise_line(self.desk, each, owner=self))

    def _open(self, message: str, due: Refund, *doings: tuple[str, Any]) -> None:
        desk = self.desk
        words = desk.words(message, amount=due.amount, payer=due.to)
        self._box.addWidget(
            Marked(desk, words, Shape.WARNING, Tone.AMBER, role=Role.WARNING, ground="sunken", wrap=True)
        )
        row = QHBoxLayout()
        row.setSpacing(8)
        for word, run in doings:
            row.addWidget(link(desk.icons, desk.words(word), run, small=True))
        row.addStretch(1)
        self._box.addLayout(row)

    def _refunded(self, back: Refund, note: str) -> None:
        payment_form(
            self.bench,
            journey_id=self._journey_id,
            purpose=PaymentPurpose.REFUND,
            payer=Payer.HOSPITAL,
            amount=back.amount,
            note=note,
        )

    def _promise(self, kind: PromiseKind, by: Payer, amount: Money, note: str = "") -> None:
        promise_form(self.bench, self._journey_id, kind, by, amount=amount, note=note)


class CaseBenefit(QWidget):
    """What each insurer will probably pay of the bill so far, else of the estimate; nothing where nothing is billed."""

    def __init__(self, desk: Desk, journey_id: int, *, case_no: str = "") -> None:
        super().__init__()
        self.desk, self._case_no = desk, case_no
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 4, 0, 0)
        self._box.setSpacing(2)
        desk.runner.read(_estimates, journey_id, owner=self, done=self.show_estimates, key="case benefit")

    def show_estimates(self, found: tuple[BenefitEstimate, ...]) -> None:
        """One line for each insurer with a figure; why there is none, where no insurer has one."""
        clear(self._box)
        _, desk = self.desk.words, self.desk
        if not found:
            return
        self._box.addWidget(Label(_(N_("What the insurers will probably pay")), Role.LABEL, wrap=True))
        for each in found:
            if each.result is not None:
                facts = Facts()
                facts.add(each.insurer or _(N_("insurer not stated")), desk.formats.money(each.result.benefit))
                self._box.addWidget(facts)
            elif each.why_not is not None:
                words = _(N_("{insurer}: {why}"), insurer=each.insurer or _(N_("insurer not stated")),
                          why=each.why_not.text(_))  # fmt: skip
                self._box.addWidget(Label(words, Role.SECOND, wrap=True))
        if any(each.result is not None for each in found):
            self._box.addWidget(Label(_(THE_INSURER_DECIDES), Role.SECOND, wrap=True))
            if self._case_no:
                show = partial(desk.go, "reports", name="benefit_estimate", case=self._case_no)
                self._box.addWidget(link(desk.icons, _(N_("Print the estimate…")), show, icon="printer", small=True),
                                    0, Qt.AlignmentFlag.AlignLeft)  # fmt: skip


def _estimates(session: Any, journey_id: int) -> tuple[BenefitEstimate, ...]:
    try:
        return tuple(benefits.estimate_case(session, journey_id))
    except Refused:
        return ()


def _both(session: Any, journey_id: int) -> tuple[Settlement | None, tuple[PromiseView, ...]]:
    return settlement.settlement_of(session, journey_id), promises.promises_of(session, journey_id)
