"""Claims as pages and papers read them: lines with decisions, questions, appeals, payments, moves.

:func:`claim` makes one view of the rows; the page of a claim and the letter (``reports.claim_letter``) show it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.claims import PLAIN, ClaimKind, ClaimState, LineCategory, PlainClaim
from liaison.domain.codes import ReasonCode
from liaison.domain.documents import ChecklistItem, Process
from liaison.domain.fx import shown_rate
from liaison.domain.money import Money
from liaison.domain.payments import Payer, PaymentPurpose
from liaison.services.belonging import name_of, policy_of
from liaison.services.changes import get, money, today
from liaison.services.claim_papers import missing_papers, process_of
from liaison.store.models import (
    AppealRow,
    ClaimEventRow,
    ClaimLineRow,
    ClaimQueryRow,
    ClaimRow,
    CoverRow,
    JourneyRow,
    PatientRow,
    PaymentRow,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimLineView:
    """One line of a claim with the insurer's decision on it."""

    id: int
    position: int
    category: LineCategory | None
    description: str
    service_on: dt.date | None
    claimed: Money
    approved: Money | None
    reason: ReasonCode | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimQueryView:
    """A question of the insurer about a claim, with our answer."""

    id: int
    asked_at: dt.datetime
    question: str
    due_on: dt.date | None
    answered_at: dt.datetime | None
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealView:
    """An appeal and what came of it."""

    id: int
    level: int
    filed_on: dt.date
    evidence: str
    outcome: str
    answered_on: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimEventView:
    """A move of a claim."""

    id: int
    at: dt.datetime
    start: ClaimState | None
    to: ClaimState
    actor: str
    note: str
    reason: ReasonCode | None
    override_reason: str
    overridden: tuple[str, ...]
    is_imported: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimPaymentView:
    """Money paid for a claim."""

    id: int
    purpose: PaymentPurpose
    payer: Payer
    amount: Money
    paid_on: dt.date
    receipt_no: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimView(PlainClaim):
    """A claim with everything on record about it."""

    id: int
    version: int
    claim_no: str
    patient_id: int
    patient: str
    cover_id: int
    insurer_id: int | None
    insurer: str
    administrator: str
    policy_no: str
    member_no: str
    journey_id: int | None
    case_no: str
    guarantee_id: int | None
    hospital_id: int | None
    hospital: str
    kind: ClaimKind
    state: ClaimState
    state_since: dt.datetime
    is_open: bool
    billed: Money
    approved: Money | None
    not_covered: Money | None
    paid: Money
    open_amount: Money
    """What is still to come: approved (billed, before the decision) less what was paid; never below zero."""
    admitted_on: dt.date | None
    discharged_on: dt.date | None
    intensive_nights: int | None
    submitted_on: dt.date | None
    submit_by: dt.date | None
    decided_on: dt.date | None
    age_days: int
    diagnosis_code: str
    diagnosis: str
    reason: ReasonCode | None
    reason_note: str
    appeal_level: int
    rate: Decimal | None
    rate_to: str
    rate_on: dt.date | None
    rate_source: str
    origin_city: str
    raw_status: str
    voided_reason: str
    is_from_list: bool
    lines: tuple[ClaimLineView, ...]
    queries: tuple[ClaimQueryView, ...]
    appeals: tuple[AppealView, ...]
    payments: tuple[ClaimPaymentView, ...]
    events: tuple[ClaimEventView, ...]
    missing: tuple[ChecklistItem, ...]
    pack: Process
    """The pack that ``missing`` is of, which is ticked as complete."""
    """Documents that the claim's pack still lacks."""


def claim(session: Session, key: int) -> ClaimView:
    """One claim as its page shows it."""
    row = get(session, ClaimRow, key)
    policy, cover = policy_of(session, row.cover_id), get(session, CoverRow, row.cover_id)
    journey = session.get(JourneyRow, row.journey_id) if row.journey_id is not None else None
    due = row.approved_minor if row.approved_minor is not None else row.billed_minor
    return ClaimView(
        id=row.id, version=row.version, claim_no=row.claim_no, patient_id=row.patient_id,
        patient=get(session, PatientRow, row.patient_id).full_name, cover_id=row.cover_id, insurer_id=row.insurer_id,
        insurer=name_of(session, row.insurer_id),
        administrator=name_of(session, policy.administrator_id) if policy else "",
        policy_no=policy.policy_no if policy else "", member_no=cover.member_no, journey_id=row.journey_id,
        case_no=journey.case_no if journey else "", guarantee_id=row.guarantee_id,
        hospital_id=row.hospital_id, hospital=name_of(session, row.hospital_id), kind=row.kind, state=row.state,
        state_since=row.state_since, is_open=row.is_open, billed=Money(row.billed_minor, row.currency),
        approved=money(row.approved_minor, row.currency), not_covered=money(row.not_covered_minor, row.currency),
        paid=Money(row.paid_minor, row.currency), open_amount=Money(max(due - row.paid_minor, 0), row.currency),
        admitted_on=row.admitted_on, discharged_on=row.discharged_on, intensive_nights=row.intensive_nights,
        submitted_on=row.submitted_on, submit_by=row.submit_by, decided_on=row.decided_on,
        age_days=(today(session) - row.aged_from).days, diagnosis_code=row.diagnosis_code,
        diagnosis=row.diagnosis, reason=row.reason, reason_note=row.reason_note,
        appeal_level=row.appeal_level, rate=shown_rate(Decimal(row.rate)) if row.rate else None, rate_to=row.rate_to,
        rate_on=row.rate_on, rate_source=row.rate_source, origin_city=row.origin_city, raw_status=row.raw_status,
        voided_reason=row.voided_reason, is_from_list=row.source_file_id is not None,
        lines=_lines(session, row), queries=_queries(session, key), appeals=_appeals(session, key),
        payments=_payments(session, key), events=_events(session, key), missing=missing_papers(session, row),
        pack=process_of(session, row), **{name: getattr(row, name) for name in PLAIN},
    )  # fmt: skip


def _lines(session: Session, row: ClaimRow) -> tuple[ClaimLineView, ...]:
    lines = sa.select(ClaimLineRow).where(ClaimLineRow.claim_id == row.id).order_by(ClaimLineRow.position)
    return tuple(
        ClaimLineView(
            id=r.id, position=r.position, category=r.category, description=r.description, service_on=r.service_on,
            claimed=Money(r.claimed_minor, row.currency), approved=money(r.approved_minor, row.currency),
            reason=r.reason, note=r.note,
        )
        for r in session.scalars(lines)
    )  # fmt: skip


def _queries(session: Session, key: int) -> tuple[ClaimQueryView, ...]:
    asked = sa.select(ClaimQueryRow).where(ClaimQueryRow.claim_id == key)
    return tuple(
        ClaimQueryView(
            id=q.id, asked_at=q.asked_at, question=q.question, due_on=q.due_on, answered_at=q.answered_at,
            answer=q.answer,
        )
        for q in session.scalars(asked.order_by(ClaimQueryRow.asked_at, ClaimQueryRow.id))
    )  # fmt: skip


def _appeals(session: Session, key: int) -> tuple[AppealView, ...]:
    filed = sa.select(AppealRow).where(AppealRow.claim_id == key).order_by(AppealRow.level)
    return tuple(
        AppealView(
            id=a.id, level=a.level, filed_on=a.filed_on, evidence=a.evidence, outcome=a.outcome,
            answered_on=a.answered_on,
        )
        for a in session.scalars(filed)
    )  # fmt: skip


def _payments(session: Session, key: int) -> tuple[ClaimPaymentView, ...]:
    paid = sa.select(PaymentRow).where(PaymentRow.claim_id == key).order_by(PaymentRow.paid_on, PaymentRow.id)
    return tuple(
        ClaimPaymentView(
            id=p.id, purpose=p.purpose, payer=p.payer, amount=Money(p.amount_minor, p.currency), paid_on=p.paid_on,
            receipt_no=p.receipt_no, note=p.note,
        )
        for p in session.scalars(paid)
    )  # fmt: skip


def _events(session: Session, key: int) -> tuple[ClaimEventView, ...]:
    moved = sa.select(ClaimEventRow).where(ClaimEventRow.claim_id == key)
    return tuple(
        ClaimEventView(
            id=e.id, at=e.at, start=e.from_state, to=e.to_state, actor=e.actor, note=e.note, reason=e.reason,
            override_reason=e.override_reason, overridden=tuple(e.overridden.split()), is_imported=e.is_imported,
        )
        for e in session.scalars(moved.order_by(ClaimEventRow.at, ClaimEventRow.id))
    )  # fmt: skip
