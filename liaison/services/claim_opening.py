"""What the form of a claim opens with: a claim on record, or one that begins with what its case knows."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from liaison.domain.claims import ClaimDraft, ClaimKind
from liaison.domain.journeys import JourneyState, PayerPath
from liaison.domain.money import Money
from liaison.services.changes import get
from liaison.services.claims import claim_draft
from liaison.services.guarantee_views import GuaranteeView
from liaison.services.hospital_days import day_there
from liaison.services.policies import CoverSummary, covers_of
from liaison.services.settlement import fell_away
from liaison.services.views import JourneyView, journey_view
from liaison.store.models import ClaimRow, GuaranteeRow, JourneyRow

USUAL_CURRENCY = "MYR"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedClaim:
    """A draft to type into, and the covers of its person to choose from. ``version`` is none of a new claim."""

    draft: ClaimDraft
    covers: tuple[CoverSummary, ...]
    version: int | None = None


def fresh_claim() -> ClaimDraft:
    """A claim of which nothing is known: nobody, no cover, an amount of nothing in the usual currency."""
    return ClaimDraft(patient_id=0, cover_id=0, billed=Money(0, USUAL_CURRENCY))


def open_claim(session: Session, key: int) -> OpenedClaim:
    """A claim on record."""
    draft = claim_draft(session, key)
    covers = tuple(covers_of(session, draft.patient_id))
    return OpenedClaim(draft=draft, covers=covers, version=get(session, ClaimRow, key).version)


def open_claim_of_case(session: Session, journey_id: int) -> OpenedClaim:
    """A new claim of a case: its person, stay, diagnosis and latest bill.

    Where the case has a guarantee letter, the claim is cashless and goes by the letter's cover, number and currency.
    Where the letter fell away, or the patient pays first, what was paid is claimed back.
    """
    case, row = journey_view(session, journey_id), get(session, JourneyRow, journey_id)
    asked = case.guarantees[0] if case.guarantees else None
    letter = next((g for g in case.guarantees if not fell_away(session, get(session, GuaranteeRow, g.id))), None)
    known = case.money.billed or (letter.ceiling_now if letter is not None else None)
    named = letter or asked
    cover_id = named.cover_id if named is not None else case.cover.id if case.cover is not None else 0
    draft = ClaimDraft(
        patient_id=case.patient.id,
        cover_id=cover_id,
        journey_id=case.id,
        guarantee_id=letter.id if letter is not None else None,
        hospital_id=case.hospital.id if case.hospital else None,
        kind=_kind(case, letter, asked),
        billed=case.money.billed or Money(0, known.currency if known is not None else USUAL_CURRENCY),
        admitted_on=day_there(session, row, case.admitted_at) if case.admitted_at else None,
        discharged_on=day_there(session, row, case.discharged_at) if case.discharged_at else None,
        diagnosis_code=case.diagnosis_code,
        diagnosis=case.diagnosis,
        gl_no=letter.gl_no if letter is not None else "",
        origin_city=case.origin_city,
    )
    return OpenedClaim(draft=draft, covers=case.covers)


def _kind(case: JourneyView, letter: GuaranteeView | None, asked: GuaranteeView | None) -> ClaimKind:
    if case.state is JourneyState.DECEASED and any(claim.kind is not ClaimKind.DEATH for claim in case.claims):
        return ClaimKind.DEATH
    if letter is not None:
        return ClaimKind.CASHLESS
    paid_first = asked is not None or case.payer_path in (PayerPath.REIMBURSEMENT, PayerPath.SELF_PAY)
    return ClaimKind.REIMBURSEMENT if paid_first else ClaimKind.NOT_STATED
