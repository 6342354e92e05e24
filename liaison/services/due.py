"""When steps fall due, as moments and nothing else: what a locked window may know."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.store.models import TaskRow


def due_moments(session: Session, *, before: dt.datetime, officer_id: int | None = None) -> tuple[dt.datetime, ...]:
    """When open steps of an officer, and those of nobody, are due before a moment; the late ones too, soonest first."""
    task = TaskRow.__table__.c
    mine = [] if officer_id is None else [sa.or_(task.officer_id == officer_id, task.officer_id.is_(None))]
    query = sa.select(task.due_at).where(task.done_at.is_(None), task.due_at < before, *mine).order_by(task.due_at)
    return tuple(session.scalars(query))
