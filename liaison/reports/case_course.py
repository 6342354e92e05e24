"""What happened to a case, in one line of time: moves, letters, bills, payments, confirmed facts, notes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.facts import FactKind
from liaison.domain.guarantees import GuaranteeState
from liaison.domain.journeys import JourneyState
from liaison.domain.money import Money
from liaison.domain.payments import BillKind, Payer
from liaison.domain.privacy import Audience
from liaison.i18n import N_
from liaison.reports.case_beside import care_events, way_home_events
from liaison.reports.case_money import Letter
from liaison.reports.case_view import ALL, BOTH, HOSPITAL, INSURER, EventView, Party
from liaison.reports.wording import local
from liaison.services.changes import zone
from liaison.store.models import (
    BillRow,
    ClaimEventRow,
    ClaimRow,
    ConfirmationRow,
    GuaranteeEventRow,
    JourneyEventRow,
    JourneyRow,
    NoteRow,
    OpinionRow,
    PaymentRow,
    TravelLegRow,
)

_J = JourneyState
_G = GuaranteeState
_NOON = dt.time(12, tzinfo=dt.UTC)

_PARTY_OF_STATE = {
    _J.MEDICAL_REVIEW: Party.HOSPITAL,
    _J.ESTIMATE: Party.HOSPITAL,
    _J.DECISION: Party.PATIENT,
    _J.EN_ROUTE: Party.PATIENT,
    _J.WORKUP: Party.HOSPITAL,
    _J.ADMITTED: Party.HOSPITAL,
    _J.DISCHARGE_PENDING: Party.HOSPITAL,
    _J.DISCHARGED: Party.HOSPITAL,
    _J.RETURNED: Party.PATIENT,
}
_INSURER_MOVES = {
    _G.QUERIED,
    _G.ISSUED,
    _G.DECLINED,
    _G.DEFERRED,
    _G.TOPUP_ISSUED,
    _G.FINAL_QUERIED,
    _G.FINAL_ISSUED,
    _G.WITHDRAWN,
}
_ISSUES = {_G.ISSUED, _G.TOPUP_ISSUED, _G.FINAL_ISSUED}

_SHARED_FACTS = {
    FactKind.MEDICAL_DOCUMENT: Party.PATIENT,
    FactKind.OPINION: Party.HOSPITAL,
    FactKind.ESTIMATE: Party.HOSPITAL,
    FactKind.DECISION: Party.PATIENT,
    FactKind.APPOINTMENT: Party.HOSPITAL,
    FactKind.ARRIVAL: Party.PATIENT,
    FactKind.PLAN_CONFIRMED: Party.HOSPITAL,
    FactKind.DISCHARGE_SUMMARY: Party.HOSPITAL,
    FactKind.HOME_ARRIVAL: Party.PATIENT,
    FactKind.ANSWERED: Party.HOSPITAL,
}
"""Facts that the parties of a case may read in its time line; consents and identity stay in the office."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The events of a case and how many records they come from."""

    events: tuple[EventView, ...]
    record_count: int


def course_of(session: Session, journey: JourneyRow, letter: Letter, *, now: dt.datetime) -> Course:
    """Everything that happened until now; what was written down in one moment stays in its order."""
    events = [
        *_moves(session, journey.id),
        *_letters(session, letter),
        *_bills(session, journey.id),
        *_payments(session, journey.id),
        *_facts(session, journey.id),
        *_claims(session, journey.id),
        *_care(session, journey.id),
        *_ways_home(session, journey.id),
        *_notes(session, journey.id),
    ]
    # What has only a day is of today all day long: a bill of this morning stands here as it does among the money.
    today = local(now, zone(session)).date()
    past = [event for event in events if (event.at <= now if event.has_time else event.at.date() <= today)]
    return Course(events=tuple(sorted(past, key=lambda e: e.at)), record_count=len(past))


def _at_noon(day: dt.date) -> dt.datetime:
    """A date as a moment, to sort by; the time is not shown."""
    return dt.datetime.combine(day, _NOON)


def _moves(session: Session, journey_id: int) -> Iterator[EventView]:
    for at, to_state in session.execute(
        sa.select(JourneyEventRow.at, JourneyEventRow.to_state)
        .where(JourneyEventRow.journey_id == journey_id)
        .order_by(JourneyEventRow.id)
    ):
        yield EventView(at=at, party=_PARTY_OF_STATE.get(to_state, Party.OFFICE), words=to_state.label, audiences=ALL)


def _letters(session: Session, letter: Letter) -> Iterator[EventView]:
    if letter.id is None:
        return
    issued = [version for version in letter.versions if version.issued_at]
    for version in issued:
        assert version.issued_at is not None
        yield EventView(
            at=version.issued_at,
            party=Party.INSURER,
            words=N_("Letter version {number} issued: {amount}")
            if version.ceiling
            else N_("Letter version {number} issued"),
            values=(("number", version.number), ("amount", version.ceiling)),
            audiences=ALL,
        )
    for at, to_state in session.execute(
        sa.select(GuaranteeEventRow.at, GuaranteeEventRow.to_state)
        .where(GuaranteeEventRow.guarantee_id == letter.id)
        .order_by(GuaranteeEventRow.id)
    ):
        if to_state in _ISSUES and issued:
            continue
        party = Party.INSURER if to_state in _INSURER_MOVES else Party.OFFICE
        if to_state is _G.ACCEPTED:
            party = Party.HOSPITAL
        yield EventView(at=at, party=party, words=N_("Letter: {state}"), values=(("state", to_state),), audiences=BOTH)


def _bills(session: Session, journey_id: int) -> Iterator[EventView]:
    words = {
        BillKind.INTERIM: N_("Interim bill: {amount}"),
        BillKind.FINAL: N_("Final bill: {amount}"),
        BillKind.CREDIT_NOTE: N_("Credit note: {amount}"),
    }
    for row in session.scalars(sa.select(BillRow).where(BillRow.journey_id == journey_id).order_by(BillRow.id)):
        yield EventView(
            at=_at_noon(row.billed_on),
            party=Party.HOSPITAL,
            words=words[row.kind],
            values=(("amount", Money(row.amount_minor, row.currency)),),
            audiences=ALL,
            has_time=False,
        )


def _payments(session: Session, journey_id: int) -> Iterator[EventView]:
    """The patient's payments for both parties; those of other payers for the office only."""
    parties = {Payer.PATIENT: Party.PATIENT, Payer.HOSPITAL: Party.HOSPITAL}
    for row in session.scalars(
        sa.select(PaymentRow).where(PaymentRow.journey_id == journey_id).order_by(PaymentRow.id)
    ):
        yield EventView(
            at=_at_noon(row.paid_on),
            party=parties.get(row.payer, Party.INSURER),
            words=N_("Paid ({purpose}): {amount}"),
            values=(("purpose", row.purpose), ("amount", Money(row.amount_minor, row.currency))),
            audiences=BOTH if row.payer is Payer.PATIENT else (),
            has_time=False,
        )


def _facts(session: Session, journey_id: int) -> Iterator[EventView]:
    rows = sa.select(ConfirmationRow).where(ConfirmationRow.journey_id == journey_id).order_by(ConfirmationRow.id)
    for row in session.scalars(rows):
        shared = row.kind in _SHARED_FACTS
        yield EventView(
            at=row.at or _at_noon(row.stated_on),
            party=_SHARED_FACTS.get(row.kind, Party.OFFICE),
            words=row.kind.label,
            audiences=BOTH if shared else (),
            has_time=row.at is not None,
        )


def _claims(session: Session, journey_id: int) -> Iterator[EventView]:
    audiences: tuple[Audience, ...] = INSURER
    for at, to_state in session.execute(
        sa.select(ClaimEventRow.at, ClaimEventRow.to_state)
        .join(ClaimRow, ClaimRow.id == ClaimEventRow.claim_id)
        .where(ClaimRow.journey_id == journey_id)
        .order_by(ClaimEventRow.id)
    ):
        decided = to_state.value in ("K06", "K07", "K08", "K09", "K10", "K11", "K14")
        yield EventView(
            at=at,
            party=Party.INSURER if decided else Party.OFFICE,
            words=N_("Claim: {state}"),
            values=(("state", to_state),),
            audiences=audiences,
        )


_PARTY_OF_CARE = {OpinionRow: Party.HOSPITAL, TravelLegRow: Party.PATIENT}


def _care(session: Session, journey_id: int) -> Iterator[EventView]:
    """Opinions, referrals and appointments for the hospital; the way itself for both. Doctors stay out of it."""
    for one, is_for_both in care_events(session, journey_id):
        yield EventView(
            at=one.at,
            party=_PARTY_OF_CARE.get(type(one.row), Party.OFFICE),
            words=one.title.message,
            values=tuple(one.title.values.items()),
            audiences=BOTH if is_for_both else HOSPITAL,
        )


def _ways_home(session: Session, journey_id: int) -> Iterator[EventView]:
    for step in way_home_events(session, journey_id):
        yield EventView(
            at=step.at, party=Party.OFFICE, words=N_("Way home: {state}"), values=(("state", step.to_state),),
            audiences=BOTH,
        )  # fmt: skip


def _notes(session: Session, journey_id: int) -> Iterator[EventView]:
    """What somebody wrote down stays in the office."""
    for row in session.scalars(sa.select(NoteRow).where(NoteRow.journey_id == journey_id).order_by(NoteRow.id)):
        yield EventView(at=row.at, party=Party.OFFICE, words=N_("Note: {text}"), values=(("text", row.text),))
