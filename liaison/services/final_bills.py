"""What a hospital's final bills come to, and what they leave to the patient. One place, so that no two pages differ."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.money import Money
from liaison.domain.payments import BillKind, Payer, PaymentPurpose
from liaison.domain.settlement import PAID_IN
from liaison.store.models import BillRow, PaymentRow


@dataclass(frozen=True, slots=True, kw_only=True)
class FinalBill:
    """The final bills of a stay taken together, credit notes taken off, in the newest one's currency."""

    on: dt.date
    """The day of the newest."""
    amount: Money


def final_bill(session: Session, journey_id: int, *, since: dt.date | None = None) -> FinalBill | None:
    """What the final bills come to; none before there is one. ``since``: only those of the trip that began that day."""
    question = sa.select(BillRow).where(
        BillRow.journey_id == journey_id, BillRow.kind.in_((BillKind.FINAL, BillKind.CREDIT_NOTE))
    )
    if since is not None:
        question = question.where(BillRow.billed_on >= since)
    rows = session.scalars(question).all()
    final = [r for r in rows if r.kind is BillKind.FINAL]
    if not final:
        return None
    newest = max(final, key=lambda r: (r.billed_on, r.id))
    same = [r for r in rows if r.currency == newest.currency]
    minor = sum(r.amount_minor if r.kind is BillKind.FINAL else -r.amount_minor for r in same)
    return FinalBill(on=newest.billed_on, amount=Money(minor, newest.currency))


def left_to_patient(session: Session, journey_id: int, *, since: dt.date | None = None) -> Money | None:
    """The final bill less what an employer or insurer paid of it, never below nothing; none before there is a bill."""
    bill = final_bill(session, journey_id, since=since)
    if bill is None:
        return None
    paid = sum(r.amount_minor for r in paid_by_others(session, journey_id, since) if r.currency == bill.amount.currency)
    return Money(max(bill.amount.minor - paid, 0), bill.amount.currency)


def paid_by_others(
    session: Session,
    journey_id: int,
    since: dt.date | None = None,
    purposes: frozenset[PaymentPurpose] = PAID_IN,
) -> list[PaymentRow]:
    """What somebody other than the patient paid to the hospital for a case, apart from its claims."""
    question = sa.select(PaymentRow).where(
        PaymentRow.journey_id == journey_id, PaymentRow.claim_id.is_(None),
        PaymentRow.payer != Payer.PATIENT, PaymentRow.purpose.in_(purposes),
    )  # fmt: skip
    if since is not None:
        question = question.where(PaymentRow.paid_on >= since)
    return list(session.scalars(question.order_by(PaymentRow.paid_on, PaymentRow.id)))
