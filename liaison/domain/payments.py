"""Bills and payments: deposits, excess, what hospitals invoice and who paid."""

from __future__ import annotations

import datetime as dt

from liaison.domain.coded import Coded
from liaison.domain.fields import check_order, check_required, draft, field, problem, warning
from liaison.domain.money import Money
from liaison.domain.policies import check_positive
from liaison.domain.privacy import OUTSIDE_BUT_PUBLIC
from liaison.domain.problems import Problem
from liaison.i18n import N_


class PaymentPurpose(Coded):
    """What a payment is for."""

    DEPOSIT = "DEPOSIT", N_("deposit")
    EXCESS = "EXCESS", N_("excess")
    COPAY = "COPAY", N_("co-payment")
    BILL = "BILL", N_("bill")
    REFUND = "REFUND", N_("refund")
    CLAIM = "CLAIM", N_("claim payment")


OF_CLAIM = frozenset({PaymentPurpose.CLAIM, PaymentPurpose.REFUND})
"""What moves the paid sum of a claim; everything else is between patient and hospital."""

NOT_OF_CLAIM = N_(
    "This is a payment of a claim: it is a claim payment or a refund. Enter anything else at the case itself."
)


class Payer(Coded):
    """Who paid."""

    PATIENT = "PATIENT", N_("patient or family")
    INSURER = "INSURER", N_("insurer")
    ADMINISTRATOR = "ADMINISTRATOR", N_("administrator")
    EMPLOYER = "EMPLOYER", N_("employer")
    HOSPITAL = "HOSPITAL", N_("hospital")


class BillKind(Coded):
    """Which bill of an admission this is."""

    INTERIM = "INTERIM", N_("interim bill")
    FINAL = "FINAL", N_("final bill")
    CREDIT_NOTE = "CREDIT_NOTE", N_("credit note")


_CASE = OUTSIDE_BUT_PUBLIC


@draft
class EstimateDraft:
    """A hospital's cost estimate, low to high; a fixed price has both alike."""

    journey_id: int = field(N_("Case"), required=True)
    hospital_id: int | None = field(N_("Hospital"), audience=_CASE, default=None)
    low: Money = field(N_("Estimate, low"), required=True, audience=_CASE)
    high: Money = field(N_("Estimate, high"), required=True, audience=_CASE)
    stated_on: dt.date = field(N_("Stated on"), required=True, audience=_CASE)
    valid_until: dt.date | None = field(N_("Valid until"), audience=_CASE, default=None)
    is_domestic: bool = field(N_("Alternative in Indonesia"), audience=_CASE, default=False)
    excess: Money | None = field(
        N_("Patient's share after benefit"),
        help=N_("What the policy leaves to the patient of this estimate; empty where nobody knows it yet."),
        audience=_CASE,
        default=None,
    )
    travel: Money | None = field(
        N_("Travel, all persons"), help=N_("There and back, with whoever goes along."), audience=_CASE, default=None
    )
    hotel: Money | None = field(N_("Hotel, all nights"), audience=_CASE, default=None)
    note: str = field(N_("Note"), default="")


@draft
class BillDraft:
    """A hospital bill. Interim bills carry the running total, the final bill the whole."""

    journey_id: int = field(N_("Case"), required=True)
    hospital_id: int | None = field(N_("Hospital"), audience=_CASE, default=None)
    kind: BillKind = field(N_("Kind of bill"), required=True, audience=_CASE)
    bill_no: str = field(N_("Bill number"), audience=_CASE, default="")
    billed_on: dt.date = field(N_("Billed on"), required=True, audience=_CASE)
    amount: Money = field(N_("Amount"), required=True, audience=_CASE)
    note: str = field(N_("Note"), default="")


@draft
class PaymentDraft:
    """Money paid: a deposit, an excess, a refund, an insurer's payment of a claim."""

    journey_id: int | None = field(N_("Case"), default=None)
    claim_id: int | None = field(N_("Claim"), default=None)
    purpose: PaymentPurpose = field(N_("Paid for"), required=True, audience=_CASE)
    payer: Payer = field(N_("Paid by"), required=True, audience=_CASE)
    amount: Money = field(N_("Amount"), required=True, audience=_CASE)
    paid_on: dt.date = field(N_("Paid on"), required=True, audience=_CASE)
    receipt_no: str = field(N_("Receipt number"), audience=_CASE, default="")
    note: str = field(N_("Note"), default="")


def check_estimate(estimate: EstimateDraft, *, today: dt.date) -> list[Problem]:
    """Everything wrong or odd about an estimate."""
    found = check_required(estimate) + check_order(estimate, "stated_on", "valid_until")
    found += _not_ahead(estimate.stated_on, "stated_on", today=today)
    found += check_positive(estimate.low, "low") + check_positive(estimate.high, "high")
    for name in ("excess", "travel", "hotel"):
        beside: Money | None = getattr(estimate, name)
        if beside is not None and beside.minor < 0:
            found.append(problem("NOT_POSITIVE", N_("This amount cannot be below zero."), name))
    if estimate.excess is not None and estimate.excess.currency != estimate.high.currency:
        found.append(problem("TWO_CURRENCIES", N_("The patient's share stands in the estimate's currency."), "excess"))
    elif estimate.excess is not None and estimate.excess.minor > estimate.high.minor:
        found.append(problem("SHARE_ABOVE", N_("The patient's share is more than the whole estimate."), "excess"))
    if estimate.low.currency != estimate.high.currency:
        found.append(problem("TWO_CURRENCIES", N_("Both ends of an estimate need the same currency."), "high"))
    elif estimate.high < estimate.low:
        found.append(problem("HIGH_BELOW_LOW", N_("The high end of the estimate is below the low end."), "high"))
    return found


def check_bill(bill: BillDraft, *, today: dt.date) -> list[Problem]:
    """Everything wrong or odd about a bill; a credit note is entered without a minus."""
    found = check_required(bill) + check_positive(bill.amount, "amount")
    found += _not_ahead(bill.billed_on, "billed_on", today=today)
    if bill.kind is BillKind.FINAL and not bill.bill_no.strip():
        found.append(warning("NO_BILL_NO", N_("A final bill usually has a number."), "bill_no"))
    return found


def check_payment(payment: PaymentDraft, *, today: dt.date) -> list[Problem]:
    """Everything wrong with a payment: it belongs to a case or a claim, and never lies ahead."""
    found = check_required(payment) + check_positive(payment.amount, "amount")
    found += _not_ahead(payment.paid_on, "paid_on", today=today)
    if payment.purpose is PaymentPurpose.CLAIM and payment.claim_id is None:
        found.append(problem("NO_CLAIM", N_("Choose the claim that was paid."), "claim_id"))
    elif payment.claim_id is not None and payment.purpose not in OF_CLAIM:
        found.append(problem("NOT_OF_CLAIM", NOT_OF_CLAIM, "purpose"))
    elif payment.journey_id is None and payment.claim_id is None:
        found.append(problem("NO_CASE", N_("Choose the case that this payment belongs to."), "journey_id"))
    return found


def _not_ahead(day: dt.date, name: str, *, today: dt.date) -> list[Problem]:
    return [problem("IN_FUTURE", N_("This date lies in the future."), name)] if day > today else []
