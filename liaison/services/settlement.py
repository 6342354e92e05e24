"""Where patient and hospital stand with each other: what falls to the patient, what was paid, what comes back."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.guarantees import GuaranteeState
from liaison.domain.journey_facts import LETTERS_FINAL
from liaison.domain.money import Money
from liaison.domain.payments import BillKind, Payer, PaymentPurpose
from liaison.domain.settlement import Paid, Settlement, settle
from liaison.store.models import BillRow, GuaranteeRow, PaymentRow

_FELL_AWAY = frozenset(
    {
        GuaranteeState.CANCELLED, GuaranteeState.DECLINED, GuaranteeState.WITHDRAWN, GuaranteeState.EXPIRED,
        GuaranteeState.CONVERTED, GuaranteeState.DEFERRED,
    }
)  # fmt: skip
"""Letters that pay nothing: the bill is the patient's."""


def settlement_of(session: Session, journey_id: int) -> Settlement | None:
    """What falls to the patient of a case against what the patient paid; none where nothing was paid or billed."""
    rows = _payments(session, journey_id)
    owed = _owed(session, journey_id, rows)
    currency = owed.currency if owed is not None else rows[-1].currency if rows else ""
    if not currency:
        return None
    paid = [Paid(purpose=r.purpose, payer=r.payer, amount=Money(r.amount_minor, r.currency)) for r in rows]
    return settle(owed, paid, currency=currency)


def refund_due(session: Session, journey_id: int) -> Money | None:
    """What the hospital still has to give back of the deposit."""
    found = settlement_of(session, journey_id)
    return None if found is None else found.refund_due


def _payments(session: Session, journey_id: int) -> list[PaymentRow]:
    """Payments of the case itself, those of its claims apart."""
    rows = sa.select(PaymentRow).where(PaymentRow.journey_id == journey_id, PaymentRow.claim_id.is_(None))
    return list(session.scalars(rows.order_by(PaymentRow.paid_on, PaymentRow.id)))


def _owed(session: Session, journey_id: int, payments: list[PaymentRow]) -> Money | None:
    """The excess of the final letters; without a letter the final bill, less what an insurer paid of it."""
    letters = session.scalars(sa.select(GuaranteeRow).where(GuaranteeRow.journey_id == journey_id)).all()
    final = [r for r in letters if r.state in LETTERS_FINAL and r.excess_minor is not None and r.accepted_currency]
    if final:
        currency = final[-1].accepted_currency
        return Money(sum(r.excess_minor or 0 for r in final if r.accepted_currency == currency), currency)
    if any(r.state not in _FELL_AWAY for r in letters):
        return None
    return _billed(session, journey_id, payments)


def _billed(session: Session, journey_id: int, payments: list[PaymentRow]) -> Money | None:
    bills = session.scalars(sa.select(BillRow).where(BillRow.journey_id == journey_id)).all()
    final = [b for b in bills if b.kind is BillKind.FINAL]
    if not final:
        return None
    currency = max(final, key=lambda b: (b.billed_on, b.id)).currency
    billed = sum(b.amount_minor for b in final if b.currency == currency)
    credit = sum(b.amount_minor for b in bills if b.kind is BillKind.CREDIT_NOTE and b.currency == currency)
    others = sum(
        p.amount_minor
        for p in payments
        if p.payer is not Payer.PATIENT and p.purpose is not PaymentPurpose.REFUND and p.currency == currency
    )
    return Money(max(billed - credit - others, 0), currency)
