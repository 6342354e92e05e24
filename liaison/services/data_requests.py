"""The register of requests for data: written down, then granted or refused; without a clause only refused."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.agreements import RUNS, standing
from liaison.domain.data_requests import (
    DataRequestDraft,
    DataSort,
    Decision,
    DecisionDraft,
    against_granting,
    check_decision,
    check_request,
)
from liaison.domain.errors import Refused, refuse_if
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services.agreement_views import clause_of
from liaison.services.agreements import dates_of
from liaison.services.changes import Changes, actor, add, changes, draft_of, fill, get, get_for, need, today
from liaison.store.models import AgreementRow, DataRequestRow

DECIDED_ALREADY = N_("This request was answered already. Undo the answer first.")
NEWEST = N_("A request that was answered stays as it was asked. Write a new one.")


@dataclass(frozen=True, slots=True, kw_only=True)
class DataRequestLine:
    """One request as a list, a card or a paper shows it. ``against`` says why it cannot be granted."""

    id: int
    version: int
    agreement_id: int | None
    agreement: str
    asked_on: dt.date
    asked_by: str
    country: str
    sort: DataSort
    what: str
    purpose: str
    clause: str
    note: str
    decision: Decision
    decided_on: dt.date | None
    decided_by: str
    reason: str
    against: tuple[Problem, ...]


def add_request(session: Session, draft: DataRequestDraft) -> Changes:
    """Write down that somebody asks for data; nothing is given by that."""
    _check(session, draft)
    row = add(session, fill(DataRequestRow(), draft))
    return changes(("data_request", row.id), ("agreement", row.agreement_id), made=row.id)


def edit_request(session: Session, key: int, draft: DataRequestDraft, *, version: int | None = None) -> Changes:
    """Correct a request that was not answered yet."""
    row = get_for(session, DataRequestRow, key, draft, version=version)
    if row.decision is not Decision.OPEN:
        raise Refused([Problem(code="ANSWERED", message=NEWEST)])
    _check(session, draft)
    fill(row, draft)
    session.flush()
    return changes(("data_request", key), ("agreement", row.agreement_id))


def request_draft(session: Session, key: int) -> DataRequestDraft:
    """What the form of a request opens with."""
    return draft_of(get(session, DataRequestRow, key), DataRequestDraft)


def _check(session: Session, draft: DataRequestDraft) -> None:
    found = check_request(draft, today=today(session))
    refuse_if([*found, *need(session, AgreementRow, draft.agreement_id, field="agreement_id")])


def decide(session: Session, key: int, draft: DecisionDraft, *, version: int | None = None) -> Changes:
    """Answer a request. Granting without a clause is refused, with everything that stands against it."""
    row = get(session, DataRequestRow, key, version=version)
    if row.decision is not Decision.OPEN:
        raise Refused([Problem(code="DECIDED_ALREADY", message=DECIDED_ALREADY)])
    refuse_if(check_decision(draft, asked_on=row.asked_on, today=today(session)))
    if draft.decision is Decision.GRANTED:
        refuse_if(against(session, row))
    fill(row, draft)
    row.decided_by = actor(session)
    session.flush()
    return changes(("data_request", key), ("agreement", row.agreement_id))


def against(session: Session, row: DataRequestRow) -> list[Problem]:
    """Everything that stands against granting a request today."""
    agreement = session.get(AgreementRow, row.agreement_id) if row.agreement_id is not None else None
    if agreement is None:
        return against_granting(row.sort, row.clause, None, binds=False)
    binds = standing(dates_of(session, agreement), today(session)) in RUNS
    return against_granting(row.sort, row.clause, clause_of(agreement), binds=binds)


def request_lines(session: Session, *, agreement_id: int | None = None) -> list[DataRequestLine]:
    """Requests of one agreement or of all: open ones first, then the newest."""
    asked = sa.select(DataRequestRow, AgreementRow.title).outerjoin(
        AgreementRow, AgreementRow.id == DataRequestRow.agreement_id
    )
    if agreement_id is not None:
        asked = asked.where(DataRequestRow.agreement_id == agreement_id)
    lines = [
        DataRequestLine(
            id=r.id, version=r.version, agreement_id=r.agreement_id, agreement=title or "", asked_on=r.asked_on,
            asked_by=r.asked_by, country=r.country, sort=r.sort, what=r.what, purpose=r.purpose, clause=r.clause,
            note=r.note, decision=r.decision, decided_on=r.decided_on, decided_by=r.decided_by, reason=r.reason,
            against=tuple(against(session, r)) if r.decision is Decision.OPEN else (),
        )
        for r, title in session.execute(asked)
    ]  # fmt: skip
    return sorted(lines, key=lambda one: (one.decision is not Decision.OPEN, -one.asked_on.toordinal(), -one.id))


def request(session: Session, key: int) -> DataRequestLine:
    """One request. Raises :class:`Refused` where it is gone."""
    get(session, DataRequestRow, key)
    return next(line for line in request_lines(session) if line.id == key)
