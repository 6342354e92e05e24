"""Reports that were made: their question, their figures and the hash of their bytes, so that each can be explained."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.privacy import Audience
from liaison.services.changes import Changes, actor, add, changes, clock
from liaison.services.disclosure import audience_of
from liaison.store.models import ReleaseRow


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseView:
    """A report that was made."""

    id: int
    report: str
    report_id: str
    parameters: Mapping[str, Any]
    figures: Mapping[str, Any]
    language: str
    audience: Audience
    sha256: str
    pages: int
    actor: str
    at: dt.datetime


def record_release(
    session: Session,
    *,
    report: str,
    report_id: str,
    parameters: Mapping[str, Any],
    figures: Mapping[str, Any],
    language: str,
    audience: Audience,
    sha256: str,
    pages: int,
) -> Changes:
    """Write down a report that was made. Call it in an action of kind ``release``: it stays.

    ``parameters`` and ``figures`` are plain JSON; a figure keeps its query, the rows' keys and the total.
    """
    row = ReleaseRow(
        report=report, report_id=report_id, parameters=dict(parameters), figures=dict(figures), language=language,
        audience=audience.value, sha256=sha256, pages=pages, actor=actor(session), at=clock(session),
    )  # fmt: skip
    add(session, row)
    return changes(("release", row.id), made=row.id)


def release(session: Session, report_id: str) -> ReleaseView | None:
    """The newest report with the id that stands on its pages, if it was made here."""
    question = sa.select(ReleaseRow).where(ReleaseRow.report_id == report_id).order_by(ReleaseRow.id.desc()).limit(1)
    row = session.scalar(question)
    return None if row is None else _view(row)


def releases(session: Session, *, limit: int = 100) -> list[ReleaseView]:
    """Reports made lately, newest first."""
    return [_view(r) for r in session.scalars(sa.select(ReleaseRow).order_by(ReleaseRow.id.desc()).limit(limit))]


def _view(row: ReleaseRow) -> ReleaseView:
    return ReleaseView(
        id=row.id, report=row.report, report_id=row.report_id, parameters=row.parameters, figures=row.figures,
        language=row.language, audience=audience_of(row.audience), sha256=row.sha256, pages=row.pages,
        actor=row.actor, at=row.at,
    )  # fmt: skip
