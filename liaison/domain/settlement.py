"""What is still to move between patient and hospital: a deposit to give back, a bill to pay, and what was promised.

A case does not close while the hospital holds money that belongs to the patient. Source: ``domain`` 1.4, 2.1 (payment).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from liaison.domain.coded import Coded
from liaison.domain.fields import check_required, draft, field, problem, warning
from liaison.domain.money import Money
from liaison.domain.payments import Payer, PaymentPurpose
from liaison.domain.policies import check_positive
from liaison.domain.privacy import OUTSIDE_BUT_PUBLIC
from liaison.domain.problems import Problem
from liaison.i18n import N_

_P = PaymentPurpose

PAID_IN = frozenset({_P.DEPOSIT, _P.EXCESS, _P.COPAY, _P.BILL})
"""Payments that a patient makes to the hospital."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """One payment of a case, apart from those of its claims."""

    purpose: PaymentPurpose
    payer: Payer
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """Where patient and hospital stand, in one currency."""

    owed: Money | None
    """What falls to the patient; ``None`` while neither a final letter nor a final bill says so."""
    paid: Money
    """What the patient paid, refunds taken off."""
    deposit: Money
    """The deposit the hospital still holds, refunds taken off."""
    elsewhere: Money | None = None
    """A deposit in another currency that the hospital still holds; it is not counted against what is owed."""

    @property
    def refund_due(self) -> Money | None:
        """What the hospital still has to give back of the deposit; ``None`` where nothing, or nobody knows yet."""
        if self.owed is None:
            return None
        over = min((self.paid - self.owed).minor, self.deposit.minor)
        return Money(over, self.paid.currency) if over > 0 else self.elsewhere

    @property
    def left_if_nothing_comes(self) -> Money | None:
        """What the hospital has to give back of the deposit where no bill will come any more."""
        if self.owed is not None:
            return self.refund_due
        return self.deposit if self.deposit.minor > 0 else self.elsewhere

    @property
    def unpaid(self) -> Money | None:
        """What the patient still has to pay; ``None`` where nothing is, or nobody knows yet."""
        if self.owed is None:
            return None
        short = self.owed - self.paid
        return short if short.minor > 0 else None


def settle(owed: Money | None, payments: Iterable[Paid], *, currency: str) -> Settlement:
    """Hold what falls to the patient against what the patient paid, in one currency; other currencies stay apart."""
    payments = tuple(payments)
    paid, deposit, back = Money(0, currency), Money(0, currency), Money(0, currency)
    for each in payments:
        if each.amount.currency != currency:
            continue
        if each.purpose is _P.REFUND:
            back += each.amount
        elif each.payer is Payer.PATIENT and each.purpose in PAID_IN:
            paid += each.amount
            if each.purpose is _P.DEPOSIT:
                deposit += each.amount
    back = Money(min(back.minor, deposit.minor), currency)  # more than that was somebody else's deposit
    same = owed if owed is not None and owed.currency == currency else None
    return Settlement(
        owed=same, paid=paid - back, deposit=deposit - back, elsewhere=_held_elsewhere(payments, but=currency)
    )


def _held_elsewhere(payments: Iterable[Paid], *, but: str) -> Money | None:
    """The first deposit of the patient in another currency that did not come back whole."""
    held: dict[str, int] = {}
    for each in payments:
        if each.amount.currency == but:
            continue
        if each.purpose is _P.REFUND:
            held[each.amount.currency] = held.get(each.amount.currency, 0) - each.amount.minor
        elif each.payer is Payer.PATIENT and each.purpose is _P.DEPOSIT:
            held[each.amount.currency] = held.get(each.amount.currency, 0) + each.amount.minor
    return next((Money(minor, currency) for currency, minor in held.items() if minor > 0), None)


class PromiseKind(Coded):
    """What was promised to be paid."""

    REFUND = "REFUND", N_("refund of the deposit")
    BILL = "BILL", N_("rest of the bill")
    INSTALMENT = "INSTALMENT", N_("instalment of the bill")
    CLAIM = "CLAIM", N_("rest of a claim payment")


@draft
class PromiseDraft:
    """Somebody promised to pay by a day: a refund, the rest of a bill, an instalment."""

    journey_id: int = field(N_("Case"), required=True)
    claim_id: int | None = field(N_("Claim"), default=None)
    kind: PromiseKind = field(N_("What is promised"), required=True, audience=OUTSIDE_BUT_PUBLIC)
    promised_by: Payer = field(N_("Promised by"), required=True, audience=OUTSIDE_BUT_PUBLIC)
    amount: Money = field(N_("Amount"), required=True, audience=OUTSIDE_BUT_PUBLIC)
    due_on: dt.date = field(N_("To be paid by"), required=True, audience=OUTSIDE_BUT_PUBLIC)
    note: str = field(N_("Note"), default="")


def check_promise(promise: PromiseDraft, *, today: dt.date) -> list[Problem]:
    """Everything wrong or odd about a promise; a day that has passed only warns."""
    found = check_required(promise) + check_positive(promise.amount, "amount")
    if promise.due_on < today:
        found.append(warning("DUE_PAST", N_("This day has passed already."), "due_on"))
    if promise.kind is PromiseKind.CLAIM and promise.claim_id is None:
        found.append(problem("NO_CLAIM", N_("Choose the claim that was paid short."), "claim_id"))
    return found


MOST_INSTALMENTS = 36


def instalments(whole: Money, *, first_on: dt.date, count: int) -> list[tuple[dt.date, Money]]:
    """A bill in monthly parts that add up to it, the larger ones first. Raises ``ValueError`` for fewer than one."""
    if not 1 <= count <= MOST_INSTALMENTS:
        raise ValueError(f"a bill is paid in 1 to {MOST_INSTALMENTS} instalments")
    part, rest = divmod(whole.minor, count)
    days = [_month_later(first_on, n) for n in range(count)]
    return [(day, Money(part + (n < rest), whole.currency)) for n, day in enumerate(days)]


def _month_later(day: dt.date, months: int) -> dt.date:
    from liaison.domain.calendars import plus_months

    return plus_months(day, months)
