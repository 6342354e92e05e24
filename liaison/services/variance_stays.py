"""Reads admissions from estimate to payment: one :class:`~liaison.domain.variance.Stay` for each case with a bill."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.claims import ClaimState
from liaison.domain.guarantees import GuaranteeState, VersionKind
from liaison.domain.money import Money
from liaison.domain.payments import BillKind, Payer, PaymentPurpose
from liaison.domain.variance import BillLine, Stay, StayClaim
from liaison.services.hospital_days import day_there
from liaison.store.models import (
    BillRow,
    ClaimLineRow,
    ClaimRow,
    EstimateRow,
    GuaranteeEventRow,
    GuaranteeRow,
    GuaranteeVersionRow,
    JourneyRow,
    PaymentRow,
)

_G = GuaranteeState
NO_LETTER = (_G.DRAFT, _G.REQUESTED, _G.DECLINED, _G.DEFERRED, _G.WITHDRAWN, _G.CANCELLED)
RELEASED = frozenset({_G.CLOSED, _G.EXPIRED, _G.CANCELLED, _G.WITHDRAWN, _G.CONVERTED})
SAME_TRIP = dt.timedelta(days=60)
"""A letter issued so long round an admission belongs to it; one of another cycle does not."""
_AT_ONCE = 500


def stays_of(session: Session, journey_ids: Sequence[int]) -> list[Stay]:
    """The admissions of these cases, those without a final bill left out."""
    found: list[Stay] = []
    for start in range(0, len(journey_ids), _AT_ONCE):
        found += _Lot(session, journey_ids[start : start + _AT_ONCE]).stays()
    return found


class _Lot:
    """The rows of a lot of cases, each table asked once."""

    def __init__(self, session: Session, keys: Sequence[int]) -> None:
        self._session = session
        cases = sa.select(JourneyRow.__table__).where(JourneyRow.id.in_(keys))
        self.cases: dict[int, Any] = {r.id: r for r in session.execute(cases)}
        self.bills = self._by_case(BillRow, keys)
        self.estimates = self._by_case(EstimateRow, keys)
        self.letters = self._by_case(GuaranteeRow, keys)
        self.payments = self._by_case(PaymentRow, keys)
        self.claims = self._by_case(ClaimRow, keys)
        letters = [row.id for rows in self.letters.values() for row in rows]
        claims = [row.id for rows in self.claims.values() for row in rows]
        self.versions = self._by(GuaranteeVersionRow, GuaranteeVersionRow.guarantee_id, letters)
        asked = GuaranteeEventRow.to_state == _G.TOPUP_REQUESTED
        self.topups = self._by(GuaranteeEventRow, GuaranteeEventRow.guarantee_id, letters, asked)
        self.lines = self._by(ClaimLineRow, ClaimLineRow.claim_id, claims)
        self.receipts = self._by(PaymentRow, PaymentRow.claim_id, claims, PaymentRow.receipt_no != "")

    def _by_case(self, row: Any, keys: Sequence[int]) -> dict[int, list[Any]]:
        return self._by(row, row.journey_id, keys)

    def _by(self, row: Any, owner: Any, keys: Sequence[int], *only: Any) -> dict[int, list[Any]]:
        found: dict[int, list[Any]] = defaultdict(list)
        for start in range(0, len(keys), _AT_ONCE):
            some = keys[start : start + _AT_ONCE]
            # Plain rows, not records: a year has tens of thousands of them, and nothing here is changed.
            for each in self._session.execute(sa.select(row.__table__).where(owner.in_(some), *only).order_by(row.id)):
                found[getattr(each, owner.key)].append(each)
        return found

    def stays(self) -> list[Stay]:
        return [stay for key in sorted(self.cases) if (stay := self._stay(self.cases[key])) is not None]

    def _stay(self, case: JourneyRow) -> Stay | None:
        finals = [b for b in self.bills.get(case.id, ()) if b.kind in (BillKind.FINAL, BillKind.CREDIT_NOTE)]
        newest = max((b for b in finals if b.kind is BillKind.FINAL), key=lambda b: (b.billed_on, b.id), default=None)
        if newest is None:
            return None
        currency = newest.currency
        sign = {BillKind.FINAL: 1, BillKind.CREDIT_NOTE: -1}
        estimate = self._estimate(case.id, currency)
        letters = [g for g in self.letters.get(case.id, ()) if g.state not in NO_LETTER]
        ceilings, room = self._ceilings(letters, currency)
        final = [g for g in letters if g.accepted_minor is not None and g.accepted_currency == currency]
        claims = [c for c in self.claims.get(case.id, ()) if c.state is not ClaimState.VOID]
        admitted, discharged = self._day(case, case.admitted_at), self._day(case, case.discharged_at)
        return Stay(
            journey_id=case.id, currency=currency, hospital_id=newest.hospital_id or case.hospital_id,
            diagnosis=case.diagnosis_code or case.diagnosis.strip().casefold(),
            estimate_low=estimate.low_minor if estimate else None,
            estimate_high=estimate.high_minor if estimate else None,
            first_ceiling=ceilings[0] if ceilings else None,
            topups=tuple(after - before for before, after in itertools.pairwise(ceilings)),
            ceiling=ceilings[-1] if ceilings else None,
            letters=sum(self._is_of_stay(g, case) for g in letters),
            final_bill=sum(sign[b.kind] * b.amount_minor for b in finals if b.currency == currency),
            accepted=sum(g.accepted_minor for g in final) if final else None,
            excess_due=sum(g.excess_minor or 0 for g in final) if final else None,
            excess_collected=self._paid(case.id, currency, (PaymentPurpose.EXCESS, PaymentPurpose.COPAY)),
            explained=self._explained(claims, currency),
            insurer_paid=self._paid_by_insurer(case.id, claims, currency),
            admitted_on=admitted, discharged_on=discharged, planned_days=_planned(case), room=case.room_class,
            entitled_room=room, is_letter_closed=all(g.state in RELEASED for g in letters),
            late_topup_on=self._late_topup(letters, case), lines=tuple(self._lines(claims, currency)),
            claims=tuple(self._claim(c) for c in claims),
        )  # fmt: skip

    def _day(self, case: JourneyRow, moment: dt.datetime | None) -> dt.date | None:
        return None if moment is None else day_there(self._session, case, moment)

    def _estimate(self, case: int, currency: str) -> EstimateRow | None:
        """The newest estimate abroad in the bill's currency."""
        known = [e for e in self.estimates.get(case, ()) if not e.is_domestic and e.currency == currency]
        return max(known, key=lambda e: (e.stated_on, e.id), default=None)

    def _ceilings(self, letters: Iterable[GuaranteeRow], currency: str) -> tuple[list[int], str]:
        """The ceilings of the last letter in their order, and the room it names; a final letter is no ceiling."""
        ceilings: list[int] = []
        room = ""
        for letter in letters:
            own = sorted(self.versions.get(letter.id, ()), key=lambda v: v.number)
            known = [v for v in own if v.kind is not VersionKind.FINAL and v.currency == currency and v.ceiling_minor]
            ceilings = [v.ceiling_minor for v in known] or ceilings
            room = next((v.room_class for v in reversed(own) if v.room_class), room)
        return ceilings, room

    def _is_of_stay(self, letter: GuaranteeRow, case: JourneyRow) -> bool:
        if letter.first_issued_at is None or case.admitted_at is None:
            return False
        return abs(letter.first_issued_at - case.admitted_at) <= SAME_TRIP

    def _late_topup(self, letters: Iterable[GuaranteeRow], case: JourneyRow) -> dt.date | None:
        if case.discharged_at is None:
            return None
        late = [
            e.at for g in letters if self._is_of_stay(g, case) for e in self.topups.get(g.id, ())
            if e.at > case.discharged_at
        ]  # fmt: skip
        return self._day(case, min(late)) if late else None

    def _paid(self, case: int, currency: str, purposes: Sequence[PaymentPurpose]) -> int:
        return sum(
            p.amount_minor for p in self.payments.get(case, ())
            if p.currency == currency and p.purpose in purposes and p.claim_id is None
        )  # fmt: skip

    def _paid_by_insurer(self, case: int, claims: Iterable[ClaimRow], currency: str) -> int:
        """What insurer and administrator paid to the hospital, and on the claims of the case."""
        direct: int = sum(
            p.amount_minor for p in self.payments.get(case, ())
            if p.currency == currency and p.claim_id is None and p.payer in (Payer.INSURER, Payer.ADMINISTRATOR)
            and p.purpose in (PaymentPurpose.BILL, PaymentPurpose.CLAIM)
        )  # fmt: skip
        return direct + sum(c.paid_minor for c in claims if c.currency == currency)

    def _explained(self, claims: Iterable[ClaimRow], currency: str) -> int:
        """Cuts of the claims that bear a reason: line by line where the lines say it, else of the whole claim."""
        total = 0
        for claim in claims:
            if claim.currency != currency:
                continue
            cut = [
                line.claimed_minor - line.approved_minor for line in self.lines.get(claim.id, ())
                if line.approved_minor is not None and line.reason is not None
            ]  # fmt: skip
            if cut:
                total += sum(cut)
            elif claim.reason is not None and claim.approved_minor is not None:
                total += max(claim.billed_minor - claim.approved_minor, 0)
        return total

    def _lines(self, claims: Iterable[ClaimRow], currency: str) -> Iterable[BillLine]:
        for claim in claims:
            if claim.currency == currency:
                for line in self.lines.get(claim.id, ()):
                    yield BillLine(
                        claim_id=claim.id, category=line.category, description=line.description,
                        service_on=line.service_on, minor=line.claimed_minor,
                    )  # fmt: skip

    def _claim(self, claim: ClaimRow) -> StayClaim:
        lines = self.lines.get(claim.id)
        return StayClaim(
            id=claim.id, number=claim.claim_no, billed=Money(claim.billed_minor, claim.currency),
            lines_minor=sum(line.claimed_minor for line in lines) if lines else None,
            receipts=tuple((p.receipt_no, p.amount_minor, str(p.paid_on)) for p in self.receipts.get(claim.id, ())),
        )  # fmt: skip


def _planned(case: JourneyRow) -> int | None:
    if case.planned_admission_on is None or case.planned_return_on is None:
        return None
    return (case.planned_return_on - case.planned_admission_on).days
