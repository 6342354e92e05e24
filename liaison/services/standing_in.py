"""Who stands in for whom, and which cases of others an officer sees among their own."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from liaison.domain.errors import refuse_if
from liaison.domain.handing import DeputyDraft, Way, check_deputy
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services.changes import Changes, add, changes, draft_of, fill, get, get_for, need, today
from liaison.store.models import DeputyRow, HandOverCaseRow, HandOverRow, OfficerRow

KNOWN = N_("This colleague stands in on these days already.")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeputyView:
    """One standing in."""

    id: int
    version: int
    officer: str
    deputy: str
    starts_on: dt.date
    ends_on: dt.date
    note: str
    is_now: bool


def add_deputy(session: Session, draft: DeputyDraft) -> Changes:
    """Say who stands in for whom, from one day to another."""
    refuse_if(_problems(session, draft))
    row = add(session, fill(DeputyRow(), draft))
    return changes(("deputy", row.id), ("officer", row.officer_id), made=row.id)


def edit_deputy(session: Session, key: int, draft: DeputyDraft, *, version: int | None = None) -> Changes:
    """Change who stands in, or until when."""
    row = get_for(session, DeputyRow, key, draft, version=version)
    refuse_if(_problems(session, draft, but=key))
    fill(row, draft)
    session.flush()
    return changes(("deputy", key), ("officer", row.officer_id))


def remove_deputy(session: Session, key: int) -> Changes:
    """Nobody stands in any more; one undo brings it back."""
    row = get(session, DeputyRow, key)
    session.delete(row)
    session.flush()
    return changes(("deputy", key), ("officer", row.officer_id))


def deputy_draft(session: Session, key: int) -> DeputyDraft:
    """What the form opens with."""
    return draft_of(get(session, DeputyRow, key), DeputyDraft)


def deputies(session: Session) -> tuple[DeputyView, ...]:
    """Who stands in for whom today and later, the nearest first."""
    day = today(session)
    away, deputy = aliased(OfficerRow), aliased(OfficerRow)
    rows = session.execute(
        sa.select(DeputyRow, away.name, deputy.name)
        .join(away, away.id == DeputyRow.officer_id)
        .join(deputy, deputy.id == DeputyRow.deputy_id)
        .where(DeputyRow.ends_on >= day)
        .order_by(DeputyRow.starts_on, DeputyRow.id)
    )
    return tuple(
        DeputyView(
            id=r.id, version=r.version, officer=officer, deputy=stands_in, starts_on=r.starts_on, ends_on=r.ends_on,
            note=r.note, is_now=r.starts_on <= day,
        )
        for r, officer, stands_in in rows
    )  # fmt: skip


def covered_by(session: Session, officer_id: int) -> frozenset[int]:
    """The officers for whom this one stands in today; only their own cases, not those that they cover in turn."""
    day = today(session)
    covered = sa.select(DeputyRow.officer_id).where(
        DeputyRow.deputy_id == officer_id, DeputyRow.starts_on <= day, DeputyRow.ends_on >= day
    )
    return frozenset(session.scalars(covered))


def taken_cases(session: Session, officer_id: int) -> frozenset[int]:
    """Cases that this officer accepted from a colleague's laptop and has not sent back since."""
    last = (
        sa.select(HandOverCaseRow.journey_id, sa.func.max(HandOverCaseRow.hand_over_id).label("last"))
        .group_by(HandOverCaseRow.journey_id)
        .subquery()
    )
    taken = (
        sa.select(last.c.journey_id)
        .join(HandOverRow, HandOverRow.id == last.c.last)
        .where(HandOverRow.way == Way.IN, HandOverRow.officer_id == officer_id)
    )
    return frozenset(session.scalars(taken))


def _problems(session: Session, draft: DeputyDraft, *, but: int | None = None) -> list[Problem]:
    problems = check_deputy(draft)
    for name in ("officer_id", "deputy_id"):
        problems += need(session, OfficerRow, getattr(draft, name) or None, field=name)
    if not problems:
        same = sa.select(DeputyRow.id).where(
            DeputyRow.officer_id == draft.officer_id, DeputyRow.deputy_id == draft.deputy_id,
            DeputyRow.starts_on <= draft.ends_on, DeputyRow.ends_on >= draft.starts_on,
        )  # fmt: skip
        if any(key != but for key in session.scalars(same)):
            problems.append(Problem(code="KNOWN_DEPUTY", message=KNOWN, field="deputy_id"))
    return problems
