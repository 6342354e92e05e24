"""The stays that others are compared with: of each only its bill, its shares and the receipts it has in common.

A year of a large office has tens of thousands of them. Read whole they would cost a minute; what a comparison needs
comes from four narrow questions for each five hundred cases.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.claims import ClaimState
from liaison.domain.money import Money
from liaison.domain.payments import BillKind
from liaison.domain.variance import BillLine, Stay, StayClaim
from liaison.services.hospital_days import day_there
from liaison.store.models import BillRow, ClaimLineRow, ClaimRow, JourneyRow, PaymentRow

_AT_ONCE = 500
_J, _B, _C, _L, _P = (row.__table__.c for row in (JourneyRow, BillRow, ClaimRow, ClaimLineRow, PaymentRow))
_SIGNS = {BillKind.FINAL: 1, BillKind.CREDIT_NOTE: -1}


def peers_of(session: Session, keys: Sequence[int], mine: Sequence[Stay]) -> list[Stay]:
    """``mine`` with the stays of the other cases, these with what a comparison needs and nothing else."""
    known = {stay.journey_id for stay in mine}
    others = [key for key in keys if key not in known]
    shared = _receipts_in_common(session, mine, set(others))
    found = list(mine)
    for start in range(0, len(others), _AT_ONCE):
        found += _lot(session, others[start : start + _AT_ONCE], shared)
    return found


def _lot(session: Session, keys: Sequence[int], shared: dict[int, list[StayClaim]]) -> list[Stay]:
    bills: dict[int, list[Any]] = defaultdict(list)
    asked = sa.select(_B.id, _B.journey_id, _B.kind, _B.billed_on, _B.currency, _B.amount_minor, _B.hospital_id).where(
        _B.journey_id.in_(keys), _B.kind.in_(tuple(_SIGNS))
    )
    for bill in session.execute(asked):
        bills[bill.journey_id].append(bill)
    lines = _lines(session, keys)
    wanted = sa.select(
        _J.id, _J.hospital_id, _J.diagnosis_code, _J.diagnosis, _J.discharged_at, _J.destination_city,
        _J.destination_country,
    ).where(_J.id.in_(keys)).order_by(_J.id)  # fmt: skip
    return [
        stay
        for case in session.execute(wanted).all()
        if (stay := _stay(session, case, bills.get(case.id, ()), lines, shared)) is not None
    ]


def _stay(
    session: Session, case: Any, bills: Sequence[Any], lines: dict[tuple[int, str], list[BillLine]],
    shared: dict[int, list[StayClaim]],
) -> Stay | None:  # fmt: skip
    newest = max(
        (b for b in bills if b.kind is BillKind.FINAL), key=lambda b: (b.billed_on, b.id), default=None
    )  # fmt: skip
    if newest is None:
        return None
    return Stay(
        journey_id=case.id, currency=newest.currency, hospital_id=newest.hospital_id or case.hospital_id,
        diagnosis=case.diagnosis_code or case.diagnosis.strip().casefold(),
        final_bill=sum(_SIGNS[b.kind] * b.amount_minor for b in bills if b.currency == newest.currency),
        discharged_on=None if case.discharged_at is None else day_there(session, case, case.discharged_at),
        lines=tuple(lines.get((case.id, newest.currency), ())), claims=tuple(shared.get(case.id, ())),
    )  # fmt: skip


def _lines(session: Session, keys: Sequence[int]) -> dict[tuple[int, str], list[BillLine]]:
    """One line for each category of a case, in the currency of its claims."""
    asked = (
        sa.select(_C.journey_id, _C.currency, _L.category, sa.func.sum(_L.claimed_minor))
        .join(ClaimRow.__table__, _C.id == _L.claim_id)
        .where(_C.journey_id.in_(keys), _C.state != ClaimState.VOID)
        .group_by(_C.journey_id, _C.currency, _L.category)
    )
    found: dict[tuple[int, str], list[BillLine]] = defaultdict(list)
    for key, currency, category, minor in session.execute(asked):
        found[key, currency].append(
            BillLine(claim_id=0, category=category, description="", service_on=None, minor=int(minor))
        )
    return found


def _receipts_in_common(session: Session, mine: Sequence[Stay], others: Collection[int]) -> dict[int, list[StayClaim]]:
    """Claims of other cases that bear a receipt of one of mine, by case."""
    numbers = sorted({receipt[0] for stay in mine for claim in stay.claims for receipt in claim.receipts})
    rows: dict[int, list[Any]] = defaultdict(list)
    for start in range(0, len(numbers), _AT_ONCE):
        asked = (
            sa.select(
                _C.id, _C.journey_id, _C.claim_no, _C.billed_minor, _C.currency, _P.receipt_no, _P.amount_minor,
                _P.paid_on,
            )
            .join(ClaimRow.__table__, _C.id == _P.claim_id)
            .where(_P.receipt_no.in_(numbers[start : start + _AT_ONCE]), _C.state != ClaimState.VOID)
            .order_by(_C.id)
        )  # fmt: skip
        for row in session.execute(asked):
            if row.journey_id in others:
                rows[row.id].append(row)
    found: dict[int, list[StayClaim]] = defaultdict(list)
    for key, uses in rows.items():
        first = uses[0]
        found[first.journey_id].append(
            StayClaim(
                id=key, number=first.claim_no, billed=Money(first.billed_minor, first.currency), lines_minor=None,
                receipts=tuple((r.receipt_no, r.amount_minor, str(r.paid_on)) for r in uses),
            )
        )  # fmt: skip
    return found
