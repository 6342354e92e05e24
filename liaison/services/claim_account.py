"""The account of claims with an insurer: what stood open on a day, what came in, what was paid, what was cut.

One claim after another is followed by its moves, decisions and payments; what is open on a day follows the same rule as
the list of claims (:data:`liaison.services.list_of_claims.BALANCE`). Over a span of days

    opening + new - paid - rejected = closing

holds wherever nothing was paid beyond what was due, and nothing was closed with a rest. Where it does not hold, the
claims that break it are named. Currencies are never added up. Source: ``ux`` 3.5 (c).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.claims import NOT_SUBMITTED, ClaimState, is_open
from liaison.domain.payments import PaymentPurpose
from liaison.domain.periods import Span
from liaison.services.changes import day_of
from liaison.store.models import ClaimEventRow, ClaimRow, PaymentRow

_S = ClaimState
_AGREED = frozenset({_S.APPROVED, _S.PARTIALLY_APPROVED})
_NOTHING_DUE = frozenset({_S.REJECTED, _S.WITHDRAWN, _S.TIME_BARRED, _S.VOID})
_KEEPS = frozenset({_S.PAYMENT_PENDING, _S.DISPUTED_PAYMENT, _S.PAID, _S.CLOSED})
"""States that leave what is due as the decision before them left it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """One claim with its dated moves and payments, amounts in minor units of its currency."""

    id: int
    claim_no: str
    patient_id: int
    journey_id: int | None
    insurer_id: int | None
    hospital_id: int | None
    currency: str
    billed: int
    approved: int | None
    came_on: dt.date
    """The day it came to the insurer."""
    state: ClaimState
    moves: tuple[tuple[dt.date, ClaimState], ...]
    payments: tuple[tuple[dt.date, int], ...]

    def state_on(self, day: dt.date) -> ClaimState:
        """Where it stood at the end of a day; before its first move it was simply sent."""
        known = [state for on, state in self.moves if on <= day]
        return known[-1] if known else _S.SUBMITTED

    def due_on(self, day: dt.date) -> int:
        """What was to be paid at the end of a day, whatever was paid of it: billed, then what was decided."""
        if self.came_on > day:
            return 0
        due = self.billed
        for on, state in self.moves:
            if on > day:
                break
            if state in _AGREED:
                due = self.billed if self.approved is None else self.approved
            elif state in _NOTHING_DUE:
                due = 0
            elif state in _KEEPS:
                if self.approved is not None and due:
                    due = self.approved
            else:
                due = self.billed
        return due

    def paid_until(self, day: dt.date) -> int:
        """What had been paid at the end of a day. A list's paid claim has no payments here and counts as paid."""
        paid = sum(minor for on, minor in self.payments if on <= day)
        if not self.payments and self.state_on(day) in (_S.PAID, _S.CLOSED):
            return self.due_on(day)
        return paid

    def balance_on(self, day: dt.date) -> int:
        """What stood open at the end of a day, as the list of claims counts it."""
        if self.came_on > day:
            return 0
        state, paid = self.state_on(day), self.paid_until(day)
        if state is _S.PAID:
            short = self.approved is not None and 0 < paid < self.approved
            return (self.approved or 0) - paid if short else 0
        if not is_open(state) or state is _S.REJECTED:
            return 0
        return max(self.due_on(day) - paid, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A claim in an account, and by how much it keeps the account from closing."""

    claim: Followed
    opening: int
    new: int
    paid: int
    rejected: int
    closing: int

    @property
    def difference(self) -> int:
        """What is left over: more was paid than was due, or it was closed with a rest."""
        return self.opening + self.new - self.paid - self.rejected - self.closing

    @property
    def is_touched(self) -> bool:
        """Whether it stands in the account at all."""
        return any((self.opening, self.new, self.paid, self.rejected, self.closing))


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One currency of an account over a span of days, in minor units."""

    currency: str
    entries: tuple[Entry, ...]

    def _sum(self, name: str) -> int:
        return sum(getattr(entry, name) for entry in self.entries)

    @property
    def opening(self) -> int:
        """Open when the span began."""
        return self._sum("opening")

    @property
    def new(self) -> int:
        """Billed on claims that came in within the span."""
        return self._sum("new")

    @property
    def paid(self) -> int:
        """Paid within the span."""
        return self._sum("paid")

    @property
    def rejected(self) -> int:
        """Rejected, cut or withdrawn within the span; less than nothing where an appeal brought more back."""
        return self._sum("rejected")

    @property
    def closing(self) -> int:
        """Open when the span ended."""
        return self._sum("closing")

    @property
    def difference(self) -> int:
        """What the account lacks to close; zero for one that balances."""
        return self.opening + self.new - self.paid - self.rejected - self.closing

    @property
    def broken(self) -> tuple[Entry, ...]:
        """The claims that keep it from closing; two of them may hide each other in the sum."""
        return tuple(entry for entry in self.entries if entry.difference)


def accounts(claims: Iterable[Followed], span: Span) -> tuple[Account, ...]:
    """The account of each currency over a span of days."""
    found: dict[str, list[Entry]] = defaultdict(list)
    before = span.first - dt.timedelta(days=1)
    for claim in claims:
        entry = _entry(claim, span, before)
        if entry.is_touched:
            found[claim.currency].append(entry)
    return tuple(
        Account(currency=currency, entries=tuple(entries))
        for currency, entries in sorted(found.items(), key=lambda pair: by_currency(pair[0]))
    )


def by_currency(currency: str) -> tuple[int, str]:
    """The three currencies of the work first, others by their letters."""
    return {"MYR": 0, "SGD": 1, "IDR": 2}.get(currency, 9), currency


def _entry(claim: Followed, span: Span, before: dt.date) -> Entry:
    new = claim.billed if span.first <= claim.came_on <= span.last else 0
    return Entry(
        claim=claim, opening=claim.balance_on(before), new=new,
        paid=claim.paid_until(span.last) - claim.paid_until(before),
        rejected=claim.due_on(before) + new - claim.due_on(span.last), closing=claim.balance_on(span.last),
    )  # fmt: skip


# reading


def claims_followed(
    session: Session, *, insurer_id: int | None = None, open_since: dt.date | None = None
) -> tuple[Followed, ...]:
    """Claims that were sent, with their moves and payments, of one insurer or of all.

    ``open_since`` leaves out claims that were closed before that day.
    """
    c = ClaimRow
    wanted: list[sa.ColumnElement[bool]] = [c.voided_reason == "", c.state.not_in([*NOT_SUBMITTED, _S.VOID])]
    if insurer_id is not None:
        wanted.append(c.insurer_id == insurer_id)
    if open_since is not None:
        since = dt.datetime.combine(open_since, dt.time(), tzinfo=dt.UTC)
        wanted.append(sa.or_(c.is_open.is_(True), c.state_since >= since))
    rows = session.execute(
        sa.select(
            c.id, c.claim_no, c.patient_id, c.journey_id, c.insurer_id, c.hospital_id, c.currency, c.billed_minor,
            c.approved_minor, c.submitted_on, c.aged_from, c.decided_on, c.state,
        ).where(*wanted).order_by(c.id)
    ).all()  # fmt: skip
    moves, payments = _moves(session, wanted), _payments(session, wanted)
    return tuple(
        Followed(
            id=r.id, claim_no=r.claim_no, patient_id=r.patient_id, journey_id=r.journey_id, insurer_id=r.insurer_id,
            hospital_id=r.hospital_id, currency=r.currency, billed=r.billed_minor, approved=r.approved_minor,
            came_on=r.submitted_on or r.aged_from, state=r.state,
            moves=_dated(moves.get(r.id, ()), decided_on=r.decided_on, came_on=r.submitted_on or r.aged_from),
            payments=tuple(payments.get(r.id, ())),
        )
        for r in rows
    )  # fmt: skip


_Move = tuple[dt.date, ClaimState, bool]


def _moves(session: Session, wanted: Sequence[sa.ColumnElement[bool]]) -> Mapping[int, list[_Move]]:
    found: dict[int, list[_Move]] = defaultdict(list)
    asked = (
        sa.select(ClaimEventRow.claim_id, ClaimEventRow.at, ClaimEventRow.to_state, ClaimEventRow.is_imported)
        .join(ClaimRow, ClaimRow.id == ClaimEventRow.claim_id)
        .where(*wanted)
        .order_by(ClaimEventRow.claim_id, ClaimEventRow.at, ClaimEventRow.id)
    )
    for claim, at, state, is_imported in session.execute(asked):
        found[claim].append((day_of(session, at), state, is_imported))
    return found


def _dated(
    moves: Iterable[_Move], *, decided_on: dt.date | None, came_on: dt.date
) -> tuple[tuple[dt.date, ClaimState], ...]:
    """The moves by their days. What a list told is as old as its decision, not as its import.

    Nothing is decided before it came in, and a claim that was being put together is not there for the insurer.
    """
    told = [
        (max(decided_on or day, came_on) if is_imported else max(day, came_on), state)
        for day, state, is_imported in moves
        if state not in NOT_SUBMITTED
    ]
    latest, kept = came_on, []
    for day, state in told:
        latest = max(latest, day)
        kept.append((latest, state))
    return tuple(kept)


def _payments(session: Session, wanted: Sequence[sa.ColumnElement[bool]]) -> Mapping[int, list[tuple[dt.date, int]]]:
    found: dict[int, list[tuple[dt.date, int]]] = defaultdict(list)
    signs = {PaymentPurpose.CLAIM: 1, PaymentPurpose.REFUND: -1}
    asked = (
        sa.select(PaymentRow.claim_id, PaymentRow.paid_on, PaymentRow.amount_minor, PaymentRow.purpose)
        .join(ClaimRow, ClaimRow.id == PaymentRow.claim_id)
        .where(*wanted, PaymentRow.purpose.in_(list(signs)))
        .order_by(PaymentRow.paid_on, PaymentRow.id)
    )
    for claim, on, minor, purpose in session.execute(asked):
        if claim is not None:
            found[claim].append((on, signs[purpose] * minor))
    return found
