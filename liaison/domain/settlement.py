"""What is still to move between patient and hospital: a deposit to give back, a bill to pay, and what was promised.

A case does not close while the hospital holds money that belongs to the patient or to an employer. Source: ``domain``
1.4, 2.1 (payment).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
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
class Refund:
    """A deposit that the hospital gives back, and to whom."""

    to: Payer
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """Where patient and hospital stand, in one currency; and what of a deposit goes back to somebody else."""

    owed: Money | None
    """What falls to the patient; ``None`` while neither a final letter nor a final bill says so."""
    paid: Money
    """What the patient paid, refunds taken off."""
    deposit: Money
    """The patient's deposit that the hospital still holds, refunds taken off."""
    others: tuple[Refund, ...] = ()
    """What goes back to an employer or another who left a deposit; before anybody knows what is owed, all of it."""
    elsewhere: Refund | None = None
    """A deposit in another currency that the hospital still holds; it is not counted against what is owed."""

    @property
    def refunds(self) -> tuple[Refund, ...]:
        """What the hospital still has to give back, to each who left a deposit; none where nobody knows yet."""
        if self.owed is None:
            return ()
        over = min((self.paid - self.owed).minor, self.deposit.minor)
        own = (Refund(to=Payer.PATIENT, amount=Money(over, self.paid.currency)),) if over > 0 else ()
        return (*own, *self.others) or self._elsewhere

    @property
    def refund_due(self) -> Money | None:
        """What the hospital still has to give back of the deposit; ``None`` where nothing, or nobody knows yet."""
        return _together(self.refunds)

    @property
    def left_if_nothing_comes(self) -> Money | None:
        """What the hospital has to give back of the deposit where no bill will come any more."""
        if self.owed is not None:
            return self.refund_due
        own = (Refund(to=Payer.PATIENT, amount=self.deposit),) if self.deposit.minor > 0 else ()
        return _together((*own, *self.others) or self._elsewhere)

    @property
    def unpaid(self) -> Money | None:
        """What the patient still has to pay; ``None`` where nothing is, or nobody knows yet."""
        if self.owed is None:
            return None
        short = self.owed - self.paid
        return short if short.minor > 0 else None

    @property
    def _elsewhere(self) -> tuple[Refund, ...]:
        return () if self.elsewhere is None else (self.elsewhere,)


def _together(refunds: Sequence[Refund]) -> Money | None:
    if not refunds:
        return None
    return Money(sum(r.amount.minor for r in refunds), refunds[0].amount.currency)


def settle(
    owed: Money | None, payments: Iterable[Paid], *, currency: str, of_others: frozenset[PaymentPurpose] = PAID_IN
) -> Settlement:
    """Hold what patient and employer owe together against what each paid, in one currency; others stay apart.

    ``of_others`` are the purposes for which a payment of somebody else than the patient lowers what is owed. A deposit
    of an employer is used before the patient's own; what the payments leave of it goes back to the employer.
    """
    payments = tuple(payments)
    same = [p for p in payments if p.amount.currency == currency]
    own = [p for p in same if p.payer is Payer.PATIENT and p.purpose in PAID_IN]
    helped = [p for p in same if p.payer not in (Payer.PATIENT, Payer.HOSPITAL) and p.purpose in of_others]
    paid, deposit = _sum(own), _sum(own, only=_P.DEPOSIT)
    back = _sum(p for p in same if p.purpose is _P.REFUND)
    own_back = min(back, deposit)
    held = _less({p.payer: 0 for p in helped if p.purpose is _P.DEPOSIT}, helped, back - own_back)
    known = owed if owed is not None and owed.currency == currency else None
    direct = _sum(helped) - _sum(helped, only=_P.DEPOSIT)
    net = None if known is None else Money(max(known.minor - direct - sum(held.values()), 0), currency)
    needed = 0 if known is None else max(known.minor - direct - (paid - deposit), 0)
    return Settlement(
        owed=net, paid=Money(paid - own_back, currency), deposit=Money(deposit - own_back, currency),
        others=_left_of(held, needed, currency), elsewhere=_held_elsewhere(payments, but=currency),
    )  # fmt: skip


def _sum(payments: Iterable[Paid], *, only: PaymentPurpose | None = None) -> int:
    return sum(p.amount.minor for p in payments if only is None or p.purpose is only)


def _less(held: dict[Payer, int], payments: Iterable[Paid], back: int) -> dict[Payer, int]:
    """What the hospital holds of each one's deposit after so much came back."""
    for each in payments:
        if each.purpose is _P.DEPOSIT:
            held[each.payer] += each.amount.minor
    for payer, amount in held.items():
        gone = min(back, amount)
        held[payer], back = amount - gone, back - gone
    return held


def _left_of(held: dict[Payer, int], needed: int, currency: str) -> tuple[Refund, ...]:
    """What of these deposits goes back where so much of them is needed."""
    found = []
    for payer, amount in held.items():
        used = min(needed, amount)
        needed -= used
        if amount > used:
            found.append(Refund(to=payer, amount=Money(amount - used, currency)))
    return tuple(found)


def _held_elsewhere(payments: Iterable[Paid], *, but: str) -> Refund | None:
    """The first deposit in another currency that did not come back whole, the patient's before anybody else's."""
    held: dict[str, int] = {}
    of: dict[str, Payer] = {}
    for each in payments:
        currency = each.amount.currency
        if currency == but:
            continue
        if each.purpose is _P.REFUND:
            held[currency] = held.get(currency, 0) - each.amount.minor
        elif each.purpose is _P.DEPOSIT and each.payer is not Payer.HOSPITAL:
            held[currency] = held.get(currency, 0) + each.amount.minor
            if each.payer is Payer.PATIENT or currency not in of:
                of[currency] = each.payer
    found = ((currency, minor) for currency, minor in held.items() if minor > 0)
    return next((Refund(to=of[c], amount=Money(minor, c)) for c, minor in found), None)


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
