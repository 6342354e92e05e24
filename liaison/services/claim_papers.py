"""Which documents a claim needs and has, and whether a rate must be settled before it is sent."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.claims import ClaimKind
from liaison.domain.documents import ChecklistItem, Condition, DocumentKind, Process, missing
from liaison.domain.facts import FactKind
from liaison.domain.journeys import PayerPath
from liaison.services.belonging import policy_of
from liaison.services.checklists import OWN_PACK, conditions_of, items_for, payers_of, seen
from liaison.store.models import ClaimRow, ConfirmationRow, DocumentRow, JourneyRow, ProductRow

_PAID_BACK = (ClaimKind.REIMBURSEMENT, ClaimKind.PRE_POST_HOSP, ClaimKind.TOP_UP_COB, ClaimKind.DEATH)


def process_of(session: Session, row: ClaimRow) -> Process:
    """The pack of documents that a claim's kind asks for; where it is not stated, the case's payer says."""
    if row.kind is ClaimKind.CASHLESS:
        return Process.CASHLESS_CLAIM
    if row.kind in OWN_PACK:
        return OWN_PACK[row.kind]
    if row.kind in _PAID_BACK:
        return Process.REIMBURSEMENT
    journey = session.get(JourneyRow, row.journey_id) if row.journey_id is not None else None
    by_letter = row.guarantee_id is not None or (journey and journey.payer_path is PayerPath.GUARANTEE_LETTER)
    return Process.CASHLESS_CLAIM if by_letter else Process.REIMBURSEMENT


def papers_of(session: Session, row: ClaimRow) -> set[DocumentKind]:
    """Kinds of documents attached to the claim or to its case."""
    here = DocumentRow.claim_id == row.id
    if row.journey_id is not None:
        here = sa.or_(here, DocumentRow.journey_id == row.journey_id)
    kinds = sa.select(DocumentRow.kind).where(here, DocumentRow.voided_reason == "")
    return {kind for kind in session.scalars(kinds) if kind is not None}


def missing_papers(session: Session, row: ClaimRow) -> tuple[ChecklistItem, ...]:
    """What the claim's pack still lacks: neither a file of it lies here nor did somebody see it for the case."""
    houses = payers_of(policy_of(session, row.cover_id))
    if row.hospital_id is not None:
        houses = (row.hospital_id, *houses)
    journey = session.get(JourneyRow, row.journey_id) if row.journey_id is not None else None
    here, met = papers_of(session, row), frozenset[Condition]()
    if journey is not None:
        here, met = here | seen(session, journey.id), conditions_of(session, journey)
    return missing(items_for(session, process_of(session, row), houses), here, met)


def is_complete(session: Session, row: ClaimRow) -> bool:
    """Every document is here, or an officer ticked this pack as complete on the case."""
    if not missing_papers(session, row):
        return True
    if row.journey_id is None:
        return False
    ticked = sa.select(ConfirmationRow.id).where(
        ConfirmationRow.journey_id == row.journey_id, ConfirmationRow.kind == FactKind.CHECKLIST_COMPLETE,
        ConfirmationRow.result == process_of(session, row).value, ConfirmationRow.withdrawn_on.is_(None),
    )  # fmt: skip
    return session.scalar(ticked.limit(1)) is not None


def settles_in_other_currency(session: Session, row: ClaimRow) -> bool:
    """Whether the insurer pays the holder back in another currency than the bill's, so that a day's rate matters."""
    if row.kind not in _PAID_BACK:
        return False
    policy = policy_of(session, row.cover_id)
    product = session.get(ProductRow, policy.product_id) if policy and policy.product_id is not None else None
    return product is not None and product.currency != row.currency
