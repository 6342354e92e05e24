"""What is odd about a final letter beside the bill and the ceiling it should lie within."""

from __future__ import annotations

from sqlalchemy.orm import Session

from liaison.domain.guarantees import ceiling_now, check_final_amount
from liaison.domain.money import Money
from liaison.domain.problems import Problem
from liaison.services.changes import get, money
from liaison.services.facts import trip_since
from liaison.services.final_bills import FinalBill, final_bill
from liaison.services.guarantee_views import versions_of
from liaison.services.letter_burn import burn_of
from liaison.services.rates import rate_on
from liaison.store.models import GuaranteeRow


def final_findings(session: Session, guarantee_id: int, accepted: Money | None = None) -> tuple[Problem, ...]:
    """Warnings about what a final letter accepts, with both figures; of the amount on record where none is given.

    A bill in another currency is compared at the letter's own rate, else at that of the day of the bill.
    """
    row = get(session, GuaranteeRow, guarantee_id)
    accepted = accepted or money(row.accepted_minor, row.accepted_currency or "IDR")
    if accepted is None:
        return ()
    bill = final_bill(session, row.journey_id, since=trip_since(session, row.journey_id))
    return tuple(
        check_final_amount(
            accepted, billed=None if bill is None else bill.amount,
            billed_here=None if bill is None else _converted(session, row, bill, accepted.currency),
            ceiling=ceiling_now(versions_of(session, row.id)),
        )
    )  # fmt: skip


def _converted(session: Session, row: GuaranteeRow, bill: FinalBill, currency: str) -> Money | None:
    base = bill.amount.currency
    if base == currency:
        return bill.amount
    burn = burn_of(session, row.id)
    known = burn.rate if burn is not None and burn.is_letters_rate else None
    if known is not None and (known.base, known.quote) == (base, currency):
        return known.convert(bill.amount)
    rate = rate_on(session, base, currency, bill.on)
    return None if rate is None else rate.convert(bill.amount)
