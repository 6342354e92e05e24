"""Insurers' agents: who they are, which insurer, which code, and how many cases they brought."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.errors import refuse_if
from liaison.domain.identifiers import phone_digits
from liaison.domain.names import fold
from liaison.domain.people import AgentDraft, check_agent
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services.changes import Changes, add, changes, draft_of, fill, get, get_for, need
from liaison.store.models import AgentRow, JourneyRow, OrganizationRow

KNOWN_AGENT = N_("An agent with this code is already on record for this insurer.")


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentSummary:
    """An agent as a list shows it."""

    id: int
    version: int
    name: str
    insurer_id: int | None
    insurer: str
    code: str
    phone: str
    email: str
    city: str
    note: str
    cases: int


def add_agent(session: Session, draft: AgentDraft) -> Changes:
    """Put an agent on record."""
    refuse_if(_problems(session, draft))
    row = fill(AgentRow(), draft)
    keep_keys(row)
    add(session, row)
    return changes(("agent", row.id), made=row.id)


def edit_agent(session: Session, key: int, draft: AgentDraft, *, version: int | None = None) -> Changes:
    """Change an agent's details."""
    row = get_for(session, AgentRow, key, draft, version=version)
    refuse_if(_problems(session, draft, but=key))
    fill(row, draft)
    keep_keys(row)
    session.flush()
    return changes(("agent", key))


def agent_draft(session: Session, key: int) -> AgentDraft:
    """What the form of an agent opens with."""
    return draft_of(get(session, AgentRow, key), AgentDraft)


def agents(session: Session, *, insurer_id: int | None = None) -> list[AgentSummary]:
    """Agents by name, of one insurer or of all, with the number of cases each brought."""
    cases = sa.select(JourneyRow.agent_id, sa.func.count().label("n")).group_by(JourneyRow.agent_id).subquery()
    question = (
        sa.select(AgentRow, OrganizationRow.name, cases.c.n)
        .outerjoin(OrganizationRow, OrganizationRow.id == AgentRow.insurer_id)
        .outerjoin(cases, cases.c.agent_id == AgentRow.id)
        .order_by(AgentRow.name_key, AgentRow.id)
    )
    if insurer_id is not None:
        question = question.where(AgentRow.insurer_id == insurer_id)
    return [
        AgentSummary(
            id=r.id, version=r.version, name=r.name, insurer_id=r.insurer_id, insurer=insurer or "", code=r.code,
            phone=r.phone, email=r.email, city=r.city, note=r.note, cases=count or 0,
        )
        for r, insurer, count in session.execute(question)
    ]  # fmt: skip


def keep_keys(row: AgentRow) -> None:
    """Keep the columns by which an agent is sorted and found in step with what was typed."""
    row.name_key = fold(row.name)
    row.phone_digits = phone_digits(row.phone or "")


def _problems(session: Session, draft: AgentDraft, *, but: int | None = None) -> list[Problem]:
    problems = [*check_agent(draft), *need(session, OrganizationRow, draft.insurer_id, field="insurer_id")]
    if draft.code:
        same = sa.select(AgentRow.id).where(AgentRow.insurer_id == draft.insurer_id, AgentRow.code == draft.code)
        if session.scalar(same) not in (None, but):
            problems.append(Problem(code="KNOWN_AGENT", message=KNOWN_AGENT, field="code"))
    return problems
