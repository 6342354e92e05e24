"""Money that moved or will: estimates, bills, deposits, excess, an insurer's payment of a claim."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.errors import refuse_if
from liaison.domain.money import Money
from liaison.domain.payments import (
    BillDraft,
    BillKind,
    EstimateDraft,
    PaymentDraft,
    PaymentPurpose,
    check_bill,
    check_estimate,
    check_payment,
)
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services.changes import Changes, add, changes, draft_of, fill, get, get_for, need, today
from liaison.services.debts import Standing, owe_anew, settle_debts, standing
from liaison.services.letter_steps import watch_ceiling
from liaison.services.promises import keep_by_payment, reopen_without_payment
from liaison.store.models import BillRow, ClaimRow, EstimateRow, JourneyRow, OrganizationRow, PaymentRow

OTHER_CURRENCY = N_("The claim is in {claim}. Enter the payment in that currency, as the insurer's advice has it.")
KNOWN_BILL = N_("This hospital's bill number is on this case already.")
REFUND_ABOVE = N_(
    "Only {left} of what was paid in has not come back yet. Enter the payment that this refund belongs to first, or "
    "correct the amount."
)
CREDIT_ABOVE = N_("The credit notes of this case would be more than its bill of {bill}. Correct the amount.")
KNOWN_RECEIPT = N_("This receipt number is on this case already with the same amount.")


# payments


def record_payment(session: Session, draft: PaymentDraft) -> Changes:
    """Write down a deposit, an excess, a refund or an insurer's payment; a claim's own sum follows."""
    refuse_if([*check_payment(draft, today=today(session)), *_payment_problems(session, draft)])
    row = add(session, fill(PaymentRow(), draft))
    count_paid(session, row.claim_id)
    _settle(session, row.journey_id)
    keep_by_payment(session, row)
    return _payment_touched(row, made=row.id)


def edit_payment(session: Session, key: int, draft: PaymentDraft, *, version: int | None = None) -> Changes:
    """Correct a payment; the sums of the claims concerned follow."""
    row = get_for(session, PaymentRow, key, draft, version=version)
    refuse_if([*check_payment(draft, today=today(session)), *_payment_problems(session, draft, but=key)])
    before, stood, was = row.claim_id, _standing(session, row.journey_id), _money_of(row)
    is_other = was != (draft.purpose, draft.amount, draft.paid_on)
    if is_other:
        reopen_without_payment(session, row)
    fill(row, draft)
    session.flush()
    for claim_id in {before, row.claim_id}:
        count_paid(session, claim_id)
    if is_other:
        keep_by_payment(session, row)
    return _payment_touched(row) | changes(("claim", before)) | _owed_again(session, stood)


def void_payment(session: Session, key: int) -> Changes:
    """Take a payment entered in error off; the journal keeps it, and one undo brings it back."""
    row = get(session, PaymentRow, key)
    stood = _standing(session, row.journey_id)
    reopen_without_payment(session, row)
    session.delete(row)
    session.flush()
    count_paid(session, row.claim_id)
    return _payment_touched(row) | _owed_again(session, stood)


def _money_of(row: PaymentRow) -> tuple[PaymentPurpose, Money, dt.date]:
    return row.purpose, Money(row.amount_minor, row.currency), row.paid_on


def payment_draft(session: Session, key: int) -> PaymentDraft:
    """What the form of a payment opens with."""
    return draft_of(get(session, PaymentRow, key), PaymentDraft)


def _payment_problems(session: Session, draft: PaymentDraft, *, but: int | None = None) -> list[Problem]:
    problems = need(session, JourneyRow, draft.journey_id, field="journey_id")
    problems += need(session, ClaimRow, draft.claim_id, field="claim_id")
    claim = session.get(ClaimRow, draft.claim_id) if draft.claim_id is not None else None
    if claim is not None and claim.currency != draft.amount.currency:
        values = {"claim": claim.currency}
        problems.append(Problem(code="OTHER_CURRENCY", message=OTHER_CURRENCY, field="amount", values=values))
    if draft.receipt_no and draft.journey_id is not None:
        same = sa.select(PaymentRow.id).where(
            PaymentRow.journey_id == draft.journey_id, PaymentRow.receipt_no == draft.receipt_no,
            PaymentRow.amount_minor == draft.amount.minor, PaymentRow.purpose == draft.purpose,
        )  # fmt: skip
        if session.scalar(same) not in (None, but):
            problems.append(Problem(code="KNOWN_RECEIPT", message=KNOWN_RECEIPT, field="receipt_no"))
    if not problems and draft.purpose is PaymentPurpose.REFUND:
        problems += _refund_problems(session, draft, but=but)
    return problems


def _refund_problems(session: Session, draft: PaymentDraft, *, but: int | None) -> list[Problem]:
    """No more comes back than was paid in, of the same claim or the same case, in the same currency.

    Where nothing paid in is on record, the deposit was never told to the office and nobody can compare.
    """
    of_claim = PaymentRow.claim_id == draft.claim_id
    of_case = sa.and_(PaymentRow.journey_id == draft.journey_id, PaymentRow.claim_id.is_(None))
    others = session.scalars(
        sa.select(PaymentRow).where(of_claim if draft.claim_id is not None else of_case, PaymentRow.id != (but or 0))
    ).all()
    if all(other.purpose is PaymentPurpose.REFUND for other in others):
        return []
    signed = ((-1 if other.purpose is PaymentPurpose.REFUND else 1, other) for other in others)
    left = sum(sign * o.amount_minor for sign, o in signed if o.currency == draft.amount.currency)
    if draft.amount.minor <= left:
        return []
    values = {"left": Money(max(left, 0), draft.amount.currency)}
    return [Problem(code="REFUND_ABOVE", message=REFUND_ABOVE, field="amount", values=values)]


def count_paid(session: Session, claim_id: int | None) -> None:
    """Bring a claim's paid sum into step with its payments."""
    if claim_id is None:
        return
    claim = get(session, ClaimRow, claim_id)
    paid = session.scalar(sa.select(paid_sum()).where(PaymentRow.claim_id == claim_id)) or 0
    if claim.paid_minor != paid:
        claim.paid_minor = paid
        session.flush()


def paid_sum() -> sa.ColumnElement[int]:
    """What payments of a claim come to, in minor units: its claim payments, refunds taken off."""
    sign = sa.case((PaymentRow.purpose == PaymentPurpose.CLAIM, 1), (PaymentRow.purpose == PaymentPurpose.REFUND, -1))
    return sa.func.coalesce(sa.func.sum(PaymentRow.amount_minor * sign), 0)


def _settle(session: Session, journey_id: int | None) -> None:
    if journey_id is not None:
        settle_debts(session, journey_id)


def _standing(session: Session, journey_id: int | None) -> dict[int, Standing]:
    """How the case stands before a correction; nothing of one that is closed."""
    journey = session.get(JourneyRow, journey_id) if journey_id is not None else None
    return standing(session, [journey.id]) if journey is not None and journey.is_open else {}


def _owed_again(session: Session, stood: dict[int, Standing]) -> Changes:
    """What a correction supplied is ticked off; what rested on the wrong figure is owed again."""
    return changes(*(("task", key) for key in owe_anew(session, stood)))


def _payment_touched(row: PaymentRow, *, made: int | None = None) -> Changes:
    return changes(("payment", row.id), ("journey", row.journey_id), ("claim", row.claim_id), made=made)


# bills


def record_bill(session: Session, draft: BillDraft) -> Changes:
    """Write down a hospital's bill: an interim bill carries the running total, the final bill the whole."""
    refuse_if([*check_bill(draft, today=today(session)), *_bill_problems(session, draft)])
    row = add(session, fill(BillRow(), draft))
    _settle(session, row.journey_id)
    watched = watch_ceiling(session, row.journey_id)
    return changes(("bill", row.id), ("journey", row.journey_id), made=row.id) | watched


def edit_bill(session: Session, key: int, draft: BillDraft, *, version: int | None = None) -> Changes:
    """Correct a bill."""
    row = get_for(session, BillRow, key, draft, version=version)
    refuse_if([*check_bill(draft, today=today(session)), *_bill_problems(session, draft, but=key)])
    stood = _standing(session, row.journey_id)
    fill(row, draft)
    session.flush()
    return _bill_corrected(session, row, stood)


def void_bill(session: Session, key: int) -> Changes:
    """Take a bill entered in error off; one undo brings it back."""
    row = get(session, BillRow, key)
    stood = _standing(session, row.journey_id)
    session.delete(row)
    session.flush()
    return _bill_corrected(session, row, stood)


def _bill_corrected(session: Session, row: BillRow, stood: dict[int, Standing]) -> Changes:
    touched = changes(("bill", row.id), ("journey", row.journey_id)) | watch_ceiling(session, row.journey_id)
    return touched | _owed_again(session, stood)


def bill_draft(session: Session, key: int) -> BillDraft:
    """What the form of a bill opens with."""
    return draft_of(get(session, BillRow, key), BillDraft)


def latest_bill(session: Session, journey_id: int) -> BillRow | None:
    """The bill that says how much has come together so far: the newest interim or final one."""
    bills = sa.select(BillRow).where(BillRow.journey_id == journey_id, BillRow.kind != BillKind.CREDIT_NOTE)
    return session.scalar(bills.order_by(BillRow.billed_on.desc(), BillRow.id.desc()).limit(1))


def _bill_problems(session: Session, draft: BillDraft, *, but: int | None = None) -> list[Problem]:
    problems = need(session, JourneyRow, draft.journey_id, field="journey_id")
    problems += need(session, OrganizationRow, draft.hospital_id, field="hospital_id")
    if draft.bill_no:
        same = sa.select(BillRow.id).where(BillRow.journey_id == draft.journey_id, BillRow.bill_no == draft.bill_no)
        if session.scalar(same) not in (None, but):
            problems.append(Problem(code="KNOWN_BILL", message=KNOWN_BILL, field="bill_no"))
    if not problems and draft.kind is BillKind.CREDIT_NOTE:
        problems += _credit_problems(session, draft, but=but)
    return problems


def _credit_problems(session: Session, draft: BillDraft, *, but: int | None) -> list[Problem]:
    """Credit notes never come to more than the bill they take from."""
    bill = latest_bill(session, draft.journey_id)
    if bill is None or bill.currency != draft.amount.currency:
        return []
    credited = session.scalar(
        sa.select(sa.func.coalesce(sa.func.sum(BillRow.amount_minor), 0)).where(
            BillRow.journey_id == draft.journey_id, BillRow.kind == BillKind.CREDIT_NOTE,
            BillRow.currency == bill.currency, BillRow.id != (but or 0),
        )
    )  # fmt: skip
    whole = Money(bill.amount_minor, bill.currency)
    if (credited or 0) + draft.amount.minor <= whole.minor:
        return []
    return [Problem(code="CREDIT_ABOVE", message=CREDIT_ABOVE, field="amount", values={"bill": whole})]


# estimates


def record_estimate(session: Session, draft: EstimateDraft) -> Changes:
    """Write down a hospital's cost estimate, low to high; the domestic alternative is marked."""
    refuse_if([*check_estimate(draft, today=today(session)), *_estimate_problems(session, draft)])
    row = add(session, fill(EstimateRow(), draft))
    _settle(session, row.journey_id)
    return changes(("estimate", row.id), ("journey", row.journey_id), made=row.id)


def edit_estimate(session: Session, key: int, draft: EstimateDraft, *, version: int | None = None) -> Changes:
    """Correct an estimate."""
    row = get_for(session, EstimateRow, key, draft, version=version)
    refuse_if([*check_estimate(draft, today=today(session)), *_estimate_problems(session, draft)])
    fill(row, draft)
    session.flush()
    return changes(("estimate", key), ("journey", row.journey_id))


def void_estimate(session: Session, key: int) -> Changes:
    """Take an estimate entered in error off; one undo brings it back."""
    row = get(session, EstimateRow, key)
    session.delete(row)
    session.flush()
    return changes(("estimate", key), ("journey", row.journey_id))


def estimate_draft(session: Session, key: int) -> EstimateDraft:
    """What the form of an estimate opens with."""
    return draft_of(get(session, EstimateRow, key), EstimateDraft)


def _estimate_problems(session: Session, draft: EstimateDraft) -> list[Problem]:
    return [
        *need(session, JourneyRow, draft.journey_id, field="journey_id"),
        *need(session, OrganizationRow, draft.hospital_id, field="hospital_id"),
    ]
