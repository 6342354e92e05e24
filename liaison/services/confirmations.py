"""Dated facts that an officer states: a consent given, an appointment booked, a decision. Withdrawn, not deleted."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.errors import Refused, refuse_if
from liaison.domain.facts import (
    CONSENTS,
    ConfirmationDraft,
    ConsentGiver,
    ConsentMethod,
    FactKind,
    check_confirmation,
)
from liaison.domain.journeys import PayerPath
from liaison.domain.money import Money
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services.changes import Changes, actor, add, changes, clock, fill, get, money, need, today
from liaison.services.claims import count_documents_of_case
from liaison.services.debts import settle_debts
from liaison.services.work import raise_alarm
from liaison.store.models import ConfirmationRow, JourneyRow, OrganizationRow, PatientRow, TaskRow

WITHDRAWN_ALREADY = N_("This was withdrawn already.")
WITHDRAWN_BEFORE = N_("It cannot be withdrawn before the day it was given.")
CONSENT_WITHDRAWN = N_("A consent was withdrawn: stop sending papers, tell whoever works on open claims")

ALARM_AFTER = dt.timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmationView:
    """A dated fact as the case page shows it."""

    id: int
    version: int
    kind: FactKind
    stated_on: dt.date
    valid_to: dt.date | None
    at: dt.datetime | None
    zone: str
    result: str
    amount: Money | None
    organization_id: int | None
    given_by: str
    giver: ConsentGiver | None
    method: ConsentMethod | None
    country: str
    officer: str
    source: str
    note: str
    withdrawn_on: dt.date | None


def confirm(session: Session, draft: ConfirmationDraft) -> Changes:
    """State a fact of a case; what it was owed for is ticked off, and the case's own columns follow."""
    problems = [*check_confirmation(draft, today=today(session)), *need(session, JourneyRow, draft.journey_id)]
    problems += need(session, OrganizationRow, draft.organization_id, field="organization_id")
    refuse_if(problems)
    row = add(session, fill(ConfirmationRow(officer=actor(session)), draft))
    journey = get(session, JourneyRow, draft.journey_id)
    patient_id = _keep_columns(session, journey, row)
    session.flush()
    if draft.kind is FactKind.CHECKLIST_COMPLETE:
        count_documents_of_case(session, journey.id)
    paid = settle_debts(session, journey.id) + _tick_off(session, row)
    return changes(
        ("confirmation", row.id), ("journey", journey.id), ("patient", patient_id), *(("task", t) for t in paid),
        made=row.id,
    )  # fmt: skip


def confirm_all(session: Session, drafts: list[ConfirmationDraft]) -> Changes:
    """State several facts in one action: the consents of one signed form."""
    done = Changes(touched=())
    for draft in drafts:
        done |= confirm(session, draft)
    return done


def withdraw_confirmation(
    session: Session, key: int, *, on: dt.date | None = None, note: str = "", version: int | None = None
) -> Changes:
    """Say that a fact no longer holds from a day on. A withdrawn consent raises an alarm: disclosures must stop."""
    row = get(session, ConfirmationRow, key, version=version)
    day = on or today(session)
    if row.withdrawn_on is not None:
        raise Refused([Problem(code="WITHDRAWN_ALREADY", message=WITHDRAWN_ALREADY)])
    if day < row.stated_on:
        raise Refused([Problem(code="WITHDRAWN_BEFORE", message=WITHDRAWN_BEFORE, field="on")])
    row.withdrawn_on = day
    if note.strip():
        row.note = f"{row.note}\n{note.strip()}".strip()
    session.flush()
    done = changes(("confirmation", key), ("journey", row.journey_id))
    if row.kind in CONSENTS:
        done |= raise_alarm(session, row.journey_id, CONSENT_WITHDRAWN, due_at=clock(session) + ALARM_AFTER)
    return Changes(touched=done.touched)


def confirmations(session: Session, journey_id: int) -> list[ConfirmationView]:
    """Everything stated about a case, newest first."""
    rows = session.scalars(
        sa.select(ConfirmationRow)
        .where(ConfirmationRow.journey_id == journey_id)
        .order_by(ConfirmationRow.stated_on.desc(), ConfirmationRow.id.desc())
    )
    return [
        ConfirmationView(
            id=r.id, version=r.version, kind=r.kind, stated_on=r.stated_on, valid_to=r.valid_to, at=r.at, zone=r.zone,
            result=r.result, amount=money(r.amount_minor, r.currency or "IDR"), organization_id=r.organization_id,
            given_by=r.given_by,
            giver=r.giver, method=r.method, country=r.country, officer=r.officer, source=r.source, note=r.note,
            withdrawn_on=r.withdrawn_on,
        )
        for r in rows
    ]  # fmt: skip


def _tick_off(session: Session, row: ConfirmationRow) -> list[int]:
    """Facts that no guard asks for pay their debt by being stated."""
    debts = sa.select(TaskRow).where(
        TaskRow.journey_id == row.journey_id, TaskRow.fact == row.kind, TaskRow.done_at.is_(None)
    )
    if row.kind in _NEEDS_MORE:
        return []
    if row.kind is FactKind.FOLLOW_UP:
        debts = debts.order_by(TaskRow.due_at, TaskRow.id).limit(1)  # one call answers one of the three
    done = []
    for task in session.scalars(debts):
        task.done_at, task.done_note = clock(session), row.source or row.note
        done.append(task.id)
    session.flush()
    return done


_NEEDS_MORE = frozenset(
    {FactKind.ELIGIBILITY, FactKind.MEDIF, FactKind.PAYER_PATH, FactKind.PASSPORT, FactKind.ADMISSION}
)
"""Facts whose answer decides: an unclear answer leaves the debt where it is."""


def _keep_columns(session: Session, journey: JourneyRow, row: ConfirmationRow) -> int | None:
    """The case's own columns that say the same; returns the patient where the patient changed too."""
    match row.kind:
        case FactKind.PAYER_PATH:
            journey.payer_path = next(p for p in PayerPath if p.value == row.result)
        case FactKind.DECISION:
            journey.decision, journey.decision_reason = row.result or journey.decision, row.note
        case FactKind.DEPARTURE:
            journey.departed_on = row.stated_on
        case FactKind.ADMISSION if row.at is not None:
            journey.admitted_at = row.at
        case FactKind.DEATH:
            get(session, PatientRow, journey.patient_id).died_on = row.stated_on
            return journey.patient_id
    return None
