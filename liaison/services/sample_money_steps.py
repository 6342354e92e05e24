"""Steps of a told case: letters, bills, payments and claims."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.claims import (
    ClaimDecisionDraft,
    ClaimDraft,
    ClaimKind,
    ClaimLineDraft,
    ClaimQueryDraft,
    ClaimState,
    LineCategory,
)
from liaison.domain.codes import ReasonCode
from liaison.domain.guarantees import (
    GuaranteeDraft,
    GuaranteeQueryDraft,
    GuaranteeState,
    VersionDraft,
    VersionKind,
)
from liaison.domain.money import Money
from liaison.domain.payments import BillDraft, BillKind, EstimateDraft, Payer, PaymentDraft, PaymentPurpose
from liaison.services import (
    claims,
    deciding,
    guarantees,
    payments,
)
from liaison.services.changes import clock, today
from liaison.services.sample_tale import Step, Tale, made
from liaison.store.models import (
    ClaimQueryRow,
    GuaranteeQueryRow,
    JourneyRow,
)


def _letter(session: Session, tale: Tale, step: Step) -> None:
    assert tale.cover is not None
    draft = GuaranteeDraft(
        journey_id=tale.journey,
        cover_id=tale.cover,
        hospital_id=tale.hospital_id,
        requested_at=clock(session),
        channel="surel",
        diagnosis=tale.complaint.name,
        procedure=tale.complaint.procedure,
        is_checklist_complete=True,
        entitlement="Kamar 2 tempat tidur",
        copay_note=step.get("copay", ""),
        insurer_contact=step.get("contact", ""),
    )
    tale.letter = made(guarantees.request_guarantee(session, draft))


def _version(session: Session, tale: Tale, step: Step) -> None:
    kind = VersionKind[step["kind"]]
    day = today(session)
    draft = VersionDraft(
        guarantee_id=tale.letter,
        kind=kind,
        issued_at=clock(session),
        ceiling=tale.money(step["ceiling"]),
        covered_days=step.get("covered"),
        valid_from=day,
        valid_to=tale.due(step.get("until", 14), 12).date(),
        room_class="2 tempat tidur",
    )
    excess = tale.money(step["excess"]) if "excess" in step else None
    guarantees.add_version(
        session,
        draft,
        gl_no=step.get("number", ""),
        excess=excess,
        accepted=tale.money(step["ceiling"]) if kind is VersionKind.FINAL else None,
    )
    if kind is VersionKind.INITIAL and step.get("accepted", True):
        guarantees.move_guarantee(session, tale.letter, GuaranteeState.ACCEPTED)


def _letter_move(session: Session, tale: Tale, step: Step) -> None:
    reason = ReasonCode[step["reason"]] if "reason" in step else None
    guarantees.move_guarantee(
        session, tale.letter, GuaranteeState(step["to"]), reason=reason, note=step.get("note", "")
    )


def _question(session: Session, tale: Tale, step: Step) -> None:
    guarantees.ask_query(
        session, GuaranteeQueryDraft(guarantee_id=tale.letter, asked_at=clock(session), question=step["text"])
    )


def _reply(session: Session, tale: Tale, step: Step) -> None:
    query = session.scalars(
        sa.select(GuaranteeQueryRow.id).where(
            GuaranteeQueryRow.guarantee_id == tale.letter, GuaranteeQueryRow.answered_at.is_(None)
        )
    ).one()
    guarantees.answer_query(session, query, step["text"])


def _estimate(session: Session, tale: Tale, step: Step) -> None:
    draft = EstimateDraft(
        journey_id=tale.journey,
        hospital_id=tale.hospital_id,
        low=tale.money(step["low"]),
        high=tale.money(step["high"]),
        stated_on=today(session),
        valid_until=today(session) + dt.timedelta(days=60),
    )
    payments.record_estimate(session, draft)


def _bill(session: Session, tale: Tale, step: Step) -> None:
    kind = BillKind[step.get("kind", "INTERIM")]
    draft = BillDraft(
        journey_id=tale.journey,
        hospital_id=tale.hospital_id,
        kind=kind,
        billed_on=today(session),
        amount=tale.money(step["amount"]),
        bill_no=step.get("number", ""),
    )
    payments.record_bill(session, draft)


def _pay(session: Session, tale: Tale, step: Step) -> None:
    purpose = PaymentPurpose[step["for"]]
    draft = PaymentDraft(
        journey_id=tale.journey,
        claim_id=tale.claim if purpose is PaymentPurpose.CLAIM else None,
        purpose=purpose,
        payer=Payer[step.get("by", "PATIENT")],
        amount=tale.money(step["amount"]),
        paid_on=today(session),
        receipt_no=step.get("receipt", ""),
    )
    if purpose is PaymentPurpose.CLAIM:
        deciding.record_claim_payment(session, draft)
    else:
        payments.record_payment(session, draft)


def _claim(session: Session, tale: Tale, step: Step) -> None:
    assert tale.cover is not None
    row = session.get_one(JourneyRow, tale.journey)
    lines = tuple(
        ClaimLineDraft(category=LineCategory[code], claimed=tale.money(amount))
        for code, amount in step["lines"].items()
    )
    billed = Money(sum(line.claimed.minor for line in lines), tale.currency)
    admitted = row.admitted_at.astimezone(tale.zone).date() if row.admitted_at else None
    draft = ClaimDraft(
        patient_id=tale.patient,
        cover_id=tale.cover,
        journey_id=tale.journey,
        guarantee_id=tale.letter or None,
        hospital_id=tale.hospital_id,
        claim_no=step.get("number", ""),
        kind=ClaimKind[step.get("kind", "CASHLESS")],
        state=ClaimState(step.get("state", "K01")),
        billed=billed,
        admitted_on=admitted,
        discharged_on=row.discharged_at.astimezone(tale.zone).date() if row.discharged_at else None,
        submitted_on=today(session) if step.get("state", "K01") > "K03" else None,
        diagnosis_code=tale.complaint.code,
        diagnosis=tale.complaint.name,
        lines=lines,
    )
    tale.claim = made(claims.file_claim(session, draft))


def _claim_move(session: Session, tale: Tale, step: Step) -> None:
    claims.move_claim(
        session,
        tale.claim,
        ClaimState(step["to"]),
        note=step.get("note", ""),
        claim_no=step.get("number", ""),
        channel=step.get("channel", ""),
        evidence=step.get("evidence", ""),
        reason=ReasonCode[step["reason"]] if "reason" in step else None,
    )


def _decide(session: Session, tale: Tale, step: Step) -> None:
    draft = ClaimDecisionDraft(
        decided_on=today(session),
        outcome=ClaimState(step["to"]),
        approved=tale.money(step["approved"]) if "approved" in step else None,
        reason=ReasonCode[step["reason"]] if "reason" in step else None,
    )
    deciding.decide_claim(
        session, tale.claim, draft, note=step.get("note", ""), override_reason=step.get("because", "")
    )


def _claim_question(session: Session, tale: Tale, step: Step) -> None:
    deciding.ask_claim_query(
        session, ClaimQueryDraft(claim_id=tale.claim, asked_at=clock(session), question=step["text"])
    )


def _claim_reply(session: Session, tale: Tale, step: Step) -> None:
    query = session.scalars(
        sa.select(ClaimQueryRow.id).where(ClaimQueryRow.claim_id == tale.claim, ClaimQueryRow.answered_at.is_(None))
    ).one()
    deciding.answer_claim_query(session, query, step["text"])


STEPS: Mapping[str, Callable[[Session, Tale, Step], None]] = {
    "letter": _letter,
    "version": _version,
    "letter_move": _letter_move,
    "question": _question,
    "reply": _reply,
    "estimate": _estimate,
    "bill": _bill,
    "pay": _pay,
    "claim": _claim,
    "claim_move": _claim_move,
    "decide": _decide,
    "claim_question": _claim_question,
    "claim_reply": _claim_reply,
}
