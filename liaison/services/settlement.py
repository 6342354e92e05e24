"""Where patient and hospital stand with each other: what falls to the patient, what was paid, what comes back."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.guarantees import GuaranteeState
from liaison.domain.journey_facts import LETTERS_FINAL
from liaison.domain.money import Money
from liaison.domain.payments import PaymentPurpose
from liaison.domain.settlement import PAID_IN, Paid, Settlement, settle
from liaison.services.final_bills import final_bill
from liaison.store.models import GuaranteeEventRow, GuaranteeRow, PaymentRow

FELL_AWAY = frozenset(
    {
        GuaranteeState.CANCELLED, GuaranteeState.DECLINED, GuaranteeState.WITHDRAWN, GuaranteeState.EXPIRED,
        GuaranteeState.CONVERTED, GuaranteeState.DEFERRED,
    }
)  # fmt: skip
"""Letters that pay nothing: the bill is the patient's."""

SHARE = frozenset({PaymentPurpose.EXCESS, PaymentPurpose.COPAY})
"""Payments of the patient's share, whoever makes them."""

SHARE_PAID = SHARE | {PaymentPurpose.DEPOSIT}
"""What an employer or another may have paid of the patient's share: a deposit is kept for it too."""


def settlement_of(session: Session, journey_id: int) -> Settlement | None:
    """What falls to the patient of a case against what the patient paid; none where nothing was paid or billed."""
    rows = _payments(session, journey_id)
    owed, of_others = _owed(session, journey_id)
    currency = owed.currency if owed is not None else rows[-1].currency if rows else ""
    if not currency:
        return None
    paid = [Paid(purpose=r.purpose, payer=r.payer, amount=Money(r.amount_minor, r.currency)) for r in rows]
    return settle(owed, paid, currency=currency, of_others=of_others)


def refund_due(session: Session, journey_id: int) -> Money | None:
    """What the hospital still has to give back of the deposits, to whomever."""
    found = settlement_of(session, journey_id)
    return None if found is None else found.refund_due


def deposit_left(session: Session, journey_id: int) -> Money | None:
    """What the hospital has to give back where the case ends before any treatment."""
    found = settlement_of(session, journey_id)
    return None if found is None else found.left_if_nothing_comes


def fell_away(session: Session, letter: GuaranteeRow) -> bool:
    """Whether a letter pays nothing; one that was closed after it fell away pays no more than before."""
    if letter.state is not GuaranteeState.CLOSED:
        return letter.state in FELL_AWAY
    closed = sa.select(GuaranteeEventRow.from_state).where(
        GuaranteeEventRow.guarantee_id == letter.id, GuaranteeEventRow.to_state == GuaranteeState.CLOSED
    )
    return session.scalar(closed.order_by(GuaranteeEventRow.id.desc()).limit(1)) in FELL_AWAY


def _payments(session: Session, journey_id: int) -> list[PaymentRow]:
    """Payments of the case itself, those of its claims apart."""
    rows = sa.select(PaymentRow).where(PaymentRow.journey_id == journey_id, PaymentRow.claim_id.is_(None))
    return list(session.scalars(rows.order_by(PaymentRow.paid_on, PaymentRow.id)))


def _owed(session: Session, journey_id: int) -> tuple[Money | None, frozenset[PaymentPurpose]]:
    """The excess of the final letters, else the final bill; and payments of others that lower it."""
    letters = session.scalars(sa.select(GuaranteeRow).where(GuaranteeRow.journey_id == journey_id)).all()
    final = [r for r in letters if r.state in LETTERS_FINAL and r.excess_minor is not None and r.accepted_currency]
    if final:
        currency = final[-1].accepted_currency
        excess = sum(r.excess_minor or 0 for r in final if r.accepted_currency == currency)
        return Money(excess, currency), SHARE_PAID
    bill = final_bill(session, journey_id) if all(fell_away(session, r) for r in letters) else None
    return (bill.amount if bill is not None else None), PAID_IN
