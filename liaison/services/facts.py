"""Puts together what the guards read: one frozen record of a journey from everything on record about it.

A fact may come from a dated confirmation or from the thing itself: a stored discharge summary, a paid excess, a
passport with its expiry. Whichever came first, the guard is content (``decisions``, life cycles and guards).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.documents import DocumentKind
from liaison.domain.facts import FactKind
from liaison.domain.guarantees import GuaranteeState
from liaison.domain.journey_facts import LETTERS_FINAL, Case, Confirmation, JourneyFacts, Letter, read_facts
from liaison.domain.journeys import JourneyState
from liaison.domain.money import Money
from liaison.domain.patients import IdentifierKind
from liaison.domain.payments import Payer, PaymentPurpose
from liaison.domain.work import TaskKind
from liaison.services.care_facts import said_by_care
from liaison.services.changes import clock, day_of, get, money, today
from liaison.services.final_bills import final_bill, left_to_patient, paid_by_others
from liaison.services.hospital_days import day_there
from liaison.services.settlement import SHARE_PAID, deposit_left, refund_due
from liaison.services.travel_rules import passport_months
from liaison.store.ids import moment_of
from liaison.store.models import (
    ClaimQueryRow,
    ClaimRow,
    ComplaintRow,
    ConfirmationRow,
    DocumentRow,
    EstimateRow,
    GuaranteeQueryRow,
    GuaranteeRow,
    GuaranteeVersionRow,
    JourneyEventRow,
    JourneyRow,
    PatientIdentifierRow,
    PatientRow,
    PaymentRow,
    RelatedPersonRow,
    TaskRow,
)

_S = JourneyState

DOCUMENTS_THAT_SAY = {
    DocumentKind.DISCHARGE_SUMMARY: FactKind.DISCHARGE_SUMMARY,
    DocumentKind.FIT_TO_FLY: FactKind.FIT_TO_FLY,
    **dict.fromkeys(
        (
            DocumentKind.REFERRAL_LETTER, DocumentKind.MED_REPORT, DocumentKind.MED_REPORT_INITIAL,
            DocumentKind.MED_RESUME_FINAL, DocumentKind.LAB, DocumentKind.IMAGING, DocumentKind.PATHOLOGY,
            DocumentKind.OPERATION_NOTE, DocumentKind.DOCTOR_STATEMENT,
        ),
        FactKind.MEDICAL_DOCUMENT,
    ),
}  # fmt: skip
"""Which attached document states a fact by being here."""

_SHOWS_WHO = (IdentifierKind.NIK, IdentifierKind.PASSPORT, IdentifierKind.KK)
_NEXT_CYCLE_FROM = (_S.RETURNED, _S.FOLLOW_UP)
_NEXT_CYCLE_TO = (_S.PREAUTH, _S.TRAVEL_PREP)


def facts_of(session: Session, journey_id: int) -> JourneyFacts:
    """Everything the guards ask about a journey, as it stands now."""
    journey = get(session, JourneyRow, journey_id)
    session.flush()
    patient = get(session, PatientRow, journey.patient_id)
    since = trip_since(session, journey_id)
    letters = _letters(session, journey_id, since)
    case = Case(
        kind=journey.kind, entry_mode=journey.entry_mode, phone=_reachable(session, patient), email=patient.email,
        need=journey.need, destination_country=journey.destination_country, hospital_id=journey.hospital_id,
        cover_id=journey.cover_id, payer_path=journey.payer_path,
        planned_admission_on=journey.planned_admission_on, planned_return_on=journey.planned_return_on,
        passport_expires_on=passport_until(session, patient.id),
        passport_months=passport_months(session, journey.destination_country),
        identity_seen_on=_identity_seen(session, patient.id),
        decision=journey.decision, decision_reason=journey.decision_reason, admitted_at=journey.admitted_at,
        mrn=journey.mrn, is_infectious=patient.is_infectious, died_on=patient.died_on,
        cancel_reason=journey.closed_reason, last_contact_on=day_of(session, journey.last_contact_at),
        is_held=journey.held_since is not None, came_from=came_from(session, journey), ended_on=journey.ended_on,
        trip_since=since, letters=letters, has_estimate_until=_estimate_until(session, journey_id),
        open_claims=_open_claims(session, journey_id), open_queries=_open_queries(session, journey_id),
        open_debts=_open_debts(session, journey_id), open_complaints=open_complaints(session, journey_id),
        refund_due=refund_due(session, journey_id),
        deposit_left=deposit_left(session, journey_id),
    )  # fmt: skip
    stated = [
        *_confirmations(session, journey_id),
        *_said_by_documents(session, journey_id),
        *said_by_care(session, journey_id),
        *_said_by_money(session, journey_id, since, letters),
    ]
    return read_facts(case, stated, now=clock(session), today=today(session))


def trip_since(session: Session, journey_id: int) -> dt.date | None:
    """The day on which the present cycle of a repeat cycle began; none in the first."""
    began = _trip_began(session, journey_id)
    return None if began is None else day_of(session, began)


def _trip_began(session: Session, journey_id: int) -> dt.datetime | None:
    return session.scalar(
        sa.select(sa.func.max(JourneyEventRow.at)).where(
            JourneyEventRow.journey_id == journey_id,
            JourneyEventRow.from_state.in_(_NEXT_CYCLE_FROM), JourneyEventRow.to_state.in_(_NEXT_CYCLE_TO),
        )
    )  # fmt: skip


def admitted_on(session: Session, journey: JourneyRow) -> dt.date | None:
    """The day of admission of the present trip: as noted, else the day the case was moved into hospital.

    It is the hospital's day. Nobody need note the moment before discharge, and a letter's days run from the first.
    """
    if journey.admitted_at is not None:
        return day_there(session, journey, journey.admitted_at)
    began = _trip_began(session, journey.id)
    moved = session.scalars(
        sa.select(JourneyEventRow.at).where(
            JourneyEventRow.journey_id == journey.id, JourneyEventRow.to_state == JourneyState.ADMITTED
        )
    ).all()
    first = min((moment for moment in moved if began is None or moment > began), default=None)
    return None if first is None else day_there(session, journey, first)


def starts_next_cycle(start: JourneyState, to: JourneyState) -> bool:
    """Whether a move begins another round of a repeat cycle."""
    return start in _NEXT_CYCLE_FROM and to in _NEXT_CYCLE_TO


def came_from(session: Session, journey: JourneyRow) -> JourneyState | None:
    """The state in which a journey was before it ended."""
    last = sa.select(JourneyEventRow.from_state).where(
        JourneyEventRow.journey_id == journey.id, JourneyEventRow.to_state == journey.state
    )
    return session.scalar(last.order_by(JourneyEventRow.at.desc(), JourneyEventRow.id.desc()).limit(1))


# from the patient


def _reachable(session: Session, patient: PatientRow) -> str:
    """The patient's number, or that of somebody beside the patient: a family may answer."""
    if patient.phone.strip():
        return patient.phone
    beside = sa.select(RelatedPersonRow.phone).where(
        RelatedPersonRow.patient_id == patient.id, RelatedPersonRow.phone != ""
    )
    return session.scalar(beside.limit(1)) or ""


def passport_until(session: Session, patient_id: int) -> dt.date | None:
    """The latest expiry of the patient's passports."""
    return session.scalar(
        sa.select(sa.func.max(PatientIdentifierRow.expires_on)).where(
            PatientIdentifierRow.patient_id == patient_id, PatientIdentifierRow.kind == IdentifierKind.PASSPORT
        )
    )


def _identity_seen(session: Session, patient_id: int) -> dt.date | None:
    return session.scalar(
        sa.select(sa.func.min(PatientIdentifierRow.seen_on)).where(
            PatientIdentifierRow.patient_id == patient_id, PatientIdentifierRow.kind.in_(_SHOWS_WHO)
        )
    )


# from letters, claims, tasks


def _letters(session: Session, journey_id: int, since: dt.date | None) -> tuple[Letter, ...]:
    """The letters that count for the present trip: a finished letter of an earlier cycle proves nothing now."""
    rows = session.scalars(
        sa.select(GuaranteeRow).where(GuaranteeRow.journey_id == journey_id).order_by(GuaranteeRow.id)
    )
    return tuple(
        Letter(
            state=row.state, valid_to=valid_to(session, row.id),
            excess=money(row.excess_minor, row.accepted_currency or "IDR"),
        )
        for row in rows
        if not _is_of_earlier_trip(session, row, since)
    )  # fmt: skip


def _is_of_earlier_trip(session: Session, row: GuaranteeRow, since: dt.date | None) -> bool:
    ended = row.state in LETTERS_FINAL or row.state in (GuaranteeState.CONVERTED, GuaranteeState.CANCELLED)
    return since is not None and ended and day_of(session, row.requested_at or moment_of(row.id)) < since


def valid_to(session: Session, guarantee_id: int) -> dt.date | None:
    """Until when the newest version of a letter that says so is valid."""
    versions = sa.select(GuaranteeVersionRow.valid_to).where(
        GuaranteeVersionRow.guarantee_id == guarantee_id, GuaranteeVersionRow.valid_to.is_not(None)
    )
    return session.scalar(versions.order_by(GuaranteeVersionRow.number.desc()).limit(1))


def _open_claims(session: Session, journey_id: int) -> int:
    theirs = sa.select(sa.func.count()).where(ClaimRow.journey_id == journey_id, ClaimRow.is_open)
    return session.scalar(theirs) or 0


def _open_queries(session: Session, journey_id: int) -> int:
    of_letters = (
        sa.select(sa.func.count())
        .select_from(GuaranteeQueryRow)
        .join(GuaranteeRow, GuaranteeRow.id == GuaranteeQueryRow.guarantee_id)
        .where(GuaranteeRow.journey_id == journey_id, GuaranteeQueryRow.answered_at.is_(None))
    )
    of_claims = (
        sa.select(sa.func.count())
        .select_from(ClaimQueryRow)
        .join(ClaimRow, ClaimRow.id == ClaimQueryRow.claim_id)
        .where(ClaimRow.journey_id == journey_id, ClaimQueryRow.answered_at.is_(None))
    )
    return (session.scalar(of_letters) or 0) + (session.scalar(of_claims) or 0)


def _open_debts(session: Session, journey_id: int) -> int:
    debts = sa.select(sa.func.count()).where(
        TaskRow.journey_id == journey_id, TaskRow.kind == TaskKind.DEBT, TaskRow.done_at.is_(None)
    )
    return session.scalar(debts) or 0


def open_complaints(session: Session, journey_id: int) -> int:
    """How many complaints of a case wait for their answer."""
    theirs = sa.select(sa.func.count()).where(ComplaintRow.journey_id == journey_id, ComplaintRow.closed_on.is_(None))
    return session.scalar(theirs) or 0


def _estimate_until(session: Session, journey_id: int) -> dt.date | None:
    """The last day of the estimate that is valid longest; ``date.max`` where one has no end."""
    ends = session.scalars(sa.select(EstimateRow.valid_until).where(EstimateRow.journey_id == journey_id)).all()
    return max((end or dt.date.max for end in ends), default=None)


# what was said


def _confirmations(session: Session, journey_id: int) -> Iterator[Confirmation]:
    rows = session.scalars(
        sa.select(ConfirmationRow).where(ConfirmationRow.journey_id == journey_id).order_by(ConfirmationRow.id)
    )
    for row in rows:
        yield Confirmation(
            kind=row.kind, stated_on=row.stated_on, valid_to=row.valid_to, withdrawn_on=row.withdrawn_on, at=row.at,
            result=row.result, amount=money(row.amount_minor, row.currency or "IDR"),
            organization_id=row.organization_id, note=row.note,
        )  # fmt: skip


def _said_by_documents(session: Session, journey_id: int) -> Iterator[Confirmation]:
    rows = session.execute(
        sa.select(DocumentRow.kind, DocumentRow.received_on).where(
            DocumentRow.journey_id == journey_id,
            DocumentRow.kind.in_(DOCUMENTS_THAT_SAY), DocumentRow.voided_reason == "",
        )
    )  # fmt: skip
    for kind, received_on in rows:
        yield Confirmation(kind=DOCUMENTS_THAT_SAY[cast("DocumentKind", kind)], stated_on=received_on)


def _said_by_money(
    session: Session, journey_id: int, since: dt.date | None, letters: Iterable[Letter]
) -> Iterator[Confirmation]:
    """An excess paid, or kept from the deposit, is settled; so is a final bill that was paid, by whomever."""
    paid = _paid_by_patient(session, journey_id, since)
    for letter in letters:
        due = letter.excess
        if letter.state in LETTERS_FINAL and due is not None and due.minor > 0:
            helped = paid_by_others(session, journey_id, since, SHARE_PAID)
            if _covers([*paid, *helped], _EXCESS, due):
                yield Confirmation(kind=FactKind.EXCESS_SETTLED, stated_on=_last_day([*paid, *helped], _EXCESS))
    bill, left = final_bill(session, journey_id, since=since), left_to_patient(session, journey_id, since=since)
    if bill is None or left is None:
        return
    if left.minor == 0:
        others = [p.paid_on for p in paid_by_others(session, journey_id, since)]
        yield Confirmation(kind=FactKind.SELF_SETTLED, stated_on=max(others, default=bill.on))
    elif _covers(paid, _BILL, left):
        yield Confirmation(kind=FactKind.SELF_SETTLED, stated_on=_last_day(paid, _BILL))


_EXCESS = (PaymentPurpose.EXCESS, PaymentPurpose.COPAY, PaymentPurpose.DEPOSIT)
_BILL = (PaymentPurpose.BILL, PaymentPurpose.DEPOSIT)


def _paid_by_patient(session: Session, journey_id: int, since: dt.date | None) -> list[PaymentRow]:
    by_patient = sa.or_(PaymentRow.payer == Payer.PATIENT, PaymentRow.purpose == PaymentPurpose.REFUND)
    question = sa.select(PaymentRow).where(
        PaymentRow.journey_id == journey_id, PaymentRow.claim_id.is_(None), by_patient
    )
    if since is not None:
        question = question.where(PaymentRow.paid_on >= since)
    return list(session.scalars(question))


def _covers(paid: Iterable[PaymentRow], purposes: tuple[PaymentPurpose, ...], due: Money) -> bool:
    """Whether payments for these purposes, refunds taken off the deposit, reach what is due."""
    rows = [p for p in paid if p.currency == due.currency]
    added = sum(p.amount_minor for p in rows if p.purpose in purposes)
    given_back = sum(p.amount_minor for p in rows if p.purpose is PaymentPurpose.REFUND)
    return added - given_back >= due.minor


def _last_day(paid: Iterable[PaymentRow], purposes: tuple[PaymentPurpose, ...]) -> dt.date:
    return max(p.paid_on for p in paid if p.purpose in purposes)
