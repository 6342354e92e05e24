"""What is still to do on a case: tasks, documents there and missing, overrides, and what we ask of whom."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.documents import DocumentKind, Process
from liaison.domain.guarantees import GuaranteeState, VersionKind
from liaison.domain.journeys import JourneyState
from liaison.domain.money import Money
from liaison.domain.paper_owners import owed_by
from liaison.domain.payments import BillKind
from liaison.domain.privacy import Audience
from liaison.domain.work import TaskKind, WaitingOn
from liaison.reports.case_money import TARGET_MINUTES, CaseMoney, Letter, latest_estimate
from liaison.reports.case_view import BOTH, Ask, AskKind, DocumentView, OverrideView, TaskView
from liaison.services.checklists import packs_of
from liaison.services.claim_papers import process_of
from liaison.services.repatriation import repatriation_of
from liaison.store.models import (
    ClaimEventRow,
    ClaimRow,
    DocumentRow,
    GuaranteeEventRow,
    GuaranteeRow,
    JourneyEventRow,
    JourneyRow,
    TaskRow,
)

_OUTSIDE = {WaitingOn.INSURER, WaitingOn.ADMINISTRATOR, WaitingOn.HOSPITAL, WaitingOn.DOCTOR}
"""A task that waits on one of these may stand on their copies; what waits on ourselves or the family may not."""


def tasks_of(session: Session, journey_id: int) -> tuple[TaskView, ...]:
    """Open tasks and debts of a case."""
    rows = session.scalars(
        sa.select(TaskRow).where(TaskRow.journey_id == journey_id, TaskRow.done_at.is_(None)).order_by(TaskRow.id)
    ).all()
    return tuple(
        TaskView(
            title=row.title,
            is_ours=row.waiting_on in (None, WaitingOn.US),
            waiting_on=row.waiting_on,
            due_at=row.due_at,
            since=row.waiting_since,
            is_debt=row.kind is TaskKind.DEBT,
            audiences=BOTH if row.waiting_on in _OUTSIDE or row.kind is TaskKind.DEBT else (),
        )
        for row in rows
    )


def documents_of(session: Session, journey: JourneyRow) -> tuple[DocumentView, ...]:
    """Documents at hand, and what the packs of the case still miss at this stage, as its page shows them."""
    rows = session.scalars(
        sa.select(DocumentRow)
        .where(DocumentRow.journey_id == journey.id, DocumentRow.voided_reason == "")
        .order_by(DocumentRow.received_on, DocumentRow.id)
    ).all()
    there = [DocumentView(kind=row.kind, title=row.title, received_on=row.received_on) for row in rows]
    lacking: dict[DocumentKind, DocumentView] = {}
    asked, elsewhere = _asked_for(session, journey), _asked_for_the_way_home(session, journey.id)
    if journey.is_open or asked:
        for pack in packs_of(session, journey.id):
            for item in pack.missing if pack.is_due and (journey.is_open or pack.process in asked) else ():
                kind = item.kinds[0]
                if kind not in elsewhere:
                    lacking[kind] = DocumentView(kind=kind, title="", received_on=None, owed_by=owed_by(kind))
    return (*lacking.values(), *there)


def _asked_for(session: Session, journey: JourneyRow) -> frozenset[Process]:
    """After a death: the papers of the claims that are still open."""
    if journey.state is not JourneyState.DECEASED:
        return frozenset()
    claims = sa.select(ClaimRow).where(
        ClaimRow.journey_id == journey.id, ClaimRow.is_open, ClaimRow.voided_reason == ""
    )
    return frozenset(process_of(session, claim) for claim in session.scalars(claims))


def _asked_for_the_way_home(session: Session, journey_id: int) -> frozenset[DocumentKind]:
    """What the way home still waits for: its own section lists and counts these papers, so they stand only there."""
    way = repatriation_of(session, journey_id)
    return frozenset(kind for paper in way.papers if not paper.have for kind in paper.kinds) if way else frozenset()


def overrides_of(session: Session, journey_id: int) -> tuple[OverrideView, ...]:
    """Every guard passed over on the journey, its letters and its claims, oldest first."""
    sources = (
        sa.select(JourneyEventRow).where(JourneyEventRow.journey_id == journey_id),
        sa.select(GuaranteeEventRow)
        .join(GuaranteeRow, GuaranteeRow.id == GuaranteeEventRow.guarantee_id)
        .where(GuaranteeRow.journey_id == journey_id),
        sa.select(ClaimEventRow)
        .join(ClaimRow, ClaimRow.id == ClaimEventRow.claim_id)
        .where(ClaimRow.journey_id == journey_id),
    )
    found = [
        OverrideView(at=row.at, what=row.to_state.label, reason=row.override_reason, actor=row.actor)
        for question in sources
        for row in session.scalars(question)
        if row.override_reason
    ]
    return tuple(sorted(found, key=lambda one: one.at))


# what we ask


def asks_of(
    session: Session, journey: JourneyRow, letter: Letter, money: CaseMoney, *, now: dt.datetime
) -> tuple[tuple[Audience, Ask], ...]:
    """What the insurer and the hospital are asked for now: the open request first, else the earliest task."""
    asks: list[tuple[Audience, Ask]] = []
    insurer_task = _task_for(session, journey.id, (WaitingOn.INSURER, WaitingOn.ADMINISTRATOR))
    wanted = _letter_ask(session, journey, letter, money)
    if wanted is not None:
        by = insurer_task.by if insurer_task else _due(letter, now)
        asks.append((Audience.INSURER, Ask(kind=wanted.kind, amount=wanted.amount, by=by)))
    elif insurer_task is not None:
        asks.append((Audience.INSURER, insurer_task))
    elif money.open_claim is not None:
        claim = money.open_claim
        asks.append((Audience.INSURER, Ask(kind=AskKind.CLAIM, amount=claim.billed, words=claim.claim_no)))
    hospital_task = _task_for(session, journey.id, (WaitingOn.HOSPITAL, WaitingOn.DOCTOR))
    if hospital_task is not None:
        asks.append((Audience.HOSPITAL, hospital_task))
    return tuple(asks)


def _letter_ask(session: Session, journey: JourneyRow, letter: Letter, money: CaseMoney) -> Ask | None:
    if letter.state is GuaranteeState.TOPUP_REQUESTED:
        return Ask(kind=AskKind.TOP_UP, amount=letter.asked.ceiling if letter.asked else None)
    if letter.state is GuaranteeState.REQUESTED:
        estimate = latest_estimate(session, journey.id)
        return Ask(
            kind=AskKind.FIRST_LETTER, amount=Money(estimate.high_minor, estimate.currency) if estimate else None
        )
    if letter.state is GuaranteeState.FINAL_REQUESTED:
        return Ask(kind=AskKind.FINAL_LETTER, amount=money.bill if money.bill_kind is BillKind.FINAL else None)
    return None


def _due(letter: Letter, now: dt.datetime) -> dt.datetime | None:
    """When the office expects the answer to an open request; none once that is past."""
    request = next((r for r in reversed(letter.requests) if r.answered_at is None), None)
    if request is None:
        return None
    due = request.asked_at + dt.timedelta(minutes=TARGET_MINUTES.get(request.kind, TARGET_MINUTES[VersionKind.INITIAL]))
    return due if due > now else None


def _task_for(session: Session, journey_id: int, waiting_on: tuple[WaitingOn, ...]) -> Ask | None:
    row = session.scalar(
        sa.select(TaskRow)
        .where(
            TaskRow.journey_id == journey_id,
            TaskRow.done_at.is_(None),
            TaskRow.kind != TaskKind.DEBT.value,
            TaskRow.waiting_on.in_([w.value for w in waiting_on]),
        )
        .order_by(TaskRow.due_at.is_(None), TaskRow.due_at, TaskRow.id)
        .limit(1)
    )
    return Ask(kind=AskKind.TASK, words=row.title, by=row.due_at) if row else None
