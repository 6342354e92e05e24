"""Papers asked for: each time somebody asked, what was asked in vain, and the step that chases what is missing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.clocks import after_working_days
from liaison.domain.documents import DocumentKind
from liaison.domain.errors import Refused, refuse_if
from liaison.domain.fields import problem
from liaison.domain.paper_requests import PaperRequestDraft, check_request
from liaison.domain.work import WaitingOn
from liaison.i18n import N_
from liaison.services.belonging import name_of
from liaison.services.changes import Changes, add, changes, clock, fill, get, need, today
from liaison.services.office_hours import office_calendar
from liaison.services.work import finish_titled, open_waiting
from liaison.store.models import ClaimRow, DocumentRequestRow, DocumentRow, JourneyRow, OrganizationRow

CHASE = N_("Papers were asked for: chase them")
"""Title of the step that waits for the papers of a chaser letter."""

ANSWERED_BEFORE = N_("This request was answered already.")
CHASE_DAYS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestView:
    """One time that a paper was asked for. ``had_on`` is the day on which we had it already: asked in vain."""

    id: int
    kind: DocumentKind
    asked_by_id: int | None
    asked_by: str
    asked_on: dt.date
    had_on: dt.date | None
    answered_on: dt.date | None
    note: str


def ask_for_paper(session: Session, draft: PaperRequestDraft) -> Changes:
    """Write down that somebody asked for a paper; one that we had handed in before is counted as asked in vain."""
    problems = [*check_request(draft, today=today(session)), *need(session, JourneyRow, draft.journey_id)]
    problems += need(session, OrganizationRow, draft.asked_by_id, field="asked_by_id")
    problems += need(session, ClaimRow, draft.claim_id, field="claim_id")
    refuse_if(problems)
    row = fill(DocumentRequestRow(), draft)
    row.asked_on = draft.asked_on or today(session)
    had = session.scalar(
        sa.select(DocumentRow.id)
        .where(
            DocumentRow.journey_id == draft.journey_id, DocumentRow.kind == draft.kind,
            DocumentRow.voided_reason == "", DocumentRow.received_on <= row.asked_on,
        )
        .order_by(DocumentRow.received_on.desc())
        .limit(1)
    )  # fmt: skip
    row.had_document_id = had
    add(session, row)
    return changes(
        ("document_request", row.id), ("journey", row.journey_id), ("organization", row.asked_by_id), made=row.id
    )


def answer_request(session: Session, key: int, *, on: dt.date | None = None) -> Changes:
    """Say that the paper was sent."""
    row = get(session, DocumentRequestRow, key)
    if row.answered_on is not None:
        raise Refused([problem("ANSWERED_BEFORE", ANSWERED_BEFORE)])
    row.answered_on = on or today(session)
    session.flush()
    return changes(("document_request", key), ("journey", row.journey_id))


def requests_of(session: Session, journey_id: int) -> tuple[RequestView, ...]:
    """Every paper that was asked for in a case, the newest first."""
    rows = session.scalars(
        sa.select(DocumentRequestRow)
        .where(DocumentRequestRow.journey_id == journey_id)
        .order_by(DocumentRequestRow.asked_on.desc(), DocumentRequestRow.id.desc())
    )
    return tuple(_view(session, row) for row in rows)


def asked_in_vain(session: Session, organization_id: int) -> int:
    """How often a house asked for a paper that it could have had."""
    return session.scalar(
        sa.select(sa.func.count()).where(
            DocumentRequestRow.asked_by_id == organization_id, DocumentRequestRow.had_document_id.is_not(None)
        )
    ) or 0  # fmt: skip


def asked_at_all(session: Session, organization_id: int) -> int:
    """How often a house asked for a paper."""
    mine = sa.select(sa.func.count()).where(DocumentRequestRow.asked_by_id == organization_id)
    return session.scalar(mine) or 0


def _view(session: Session, row: DocumentRequestRow) -> RequestView:
    had = session.get(DocumentRow, row.had_document_id) if row.had_document_id is not None else None
    return RequestView(
        id=row.id, kind=row.kind, asked_by_id=row.asked_by_id, asked_by=name_of(session, row.asked_by_id),
        asked_on=row.asked_on, had_on=had.received_on if had is not None else None, answered_on=row.answered_on,
        note=row.note,
    )  # fmt: skip


# chasing


def chase(session: Session, journey_id: int, *, who: WaitingOn, what: str = "") -> Changes:
    """The chaser was sent: the case waits for those papers, and comes back when the patience runs out."""
    get(session, JourneyRow, journey_id)
    finish_titled(session, CHASE, journey_id=journey_id)
    due = after_working_days(clock(session), CHASE_DAYS, office_calendar(session))
    row = open_waiting(session, CHASE, who=who, what=what, due_at=due, journey_id=journey_id)
    return changes(("task", row.id), ("journey", journey_id), made=row.id)
