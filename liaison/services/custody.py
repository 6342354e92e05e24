"""Numbered copies of printed reports: handed out, given back, destroyed or lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.custody import CopyDraft, CopyEndDraft, CopyState, check_copy, check_end
from liaison.domain.errors import Refused, refuse_if
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services.changes import Changes, actor, add, changes, day_of, fill, get, today
from liaison.store.models import PrintedCopyRow, ReleaseRow

ENDED_ALREADY = N_("What became of this copy is written down already. Undo that first.")


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyLine:
    """One numbered copy."""

    id: int
    version: int
    release_id: int
    number: int
    handed_to: str
    house: str
    handed_on: dt.date
    handed_by: str
    note: str
    state: CopyState
    ended_on: dt.date | None
    ended_note: str


def hand_out(session: Session, release_id: int, draft: CopyDraft) -> Changes:
    """Write down that the next numbered copy of a report was handed to somebody."""
    release = get(session, ReleaseRow, release_id)
    refuse_if(check_copy(draft, printed_on=day_of(session, release.at), today=today(session)))
    row = PrintedCopyRow(release_id=release_id, number=next_number(session, release_id), handed_by=actor(session))
    add(session, fill(row, draft))
    return changes(("printed_copy", row.id), ("release", release_id), made=row.id)


def end_copy(session: Session, key: int, draft: CopyEndDraft, *, version: int | None = None) -> Changes:
    """Write down that a copy came back, was destroyed or is lost."""
    row = get(session, PrintedCopyRow, key, version=version)
    if row.state is not CopyState.OUT:
        raise Refused([Problem(code="ENDED_ALREADY", message=ENDED_ALREADY)])
    refuse_if(check_end(draft, handed_on=row.handed_on, today=today(session)))
    fill(row, draft)
    session.flush()
    return changes(("printed_copy", key), ("release", row.release_id))


def next_number(session: Session, release_id: int) -> int:
    """The number of the next copy, from 1."""
    highest = session.scalar(
        sa.select(sa.func.max(PrintedCopyRow.number)).where(PrintedCopyRow.release_id == release_id)
    )
    return int(highest or 0) + 1


def copies_of(session: Session, release_id: int) -> tuple[CopyLine, ...]:
    """Every copy of a report, in the order of their numbers."""
    return copies_of_each(session, [release_id]).get(release_id, ())


def copies_of_each(session: Session, releases: Iterable[int]) -> dict[int, tuple[CopyLine, ...]]:
    """The copies of several reports, by report."""
    asked = sa.select(PrintedCopyRow).where(PrintedCopyRow.release_id.in_(list(releases)))
    found: dict[int, list[CopyLine]] = {}
    for row in session.scalars(asked.order_by(PrintedCopyRow.release_id, PrintedCopyRow.number)):
        found.setdefault(row.release_id, []).append(_line(row))
    return {key: tuple(lines) for key, lines in found.items()}


def _line(row: PrintedCopyRow) -> CopyLine:
    return CopyLine(
        id=row.id, version=row.version, release_id=row.release_id, number=row.number, handed_to=row.handed_to,
        house=row.house, handed_on=row.handed_on, handed_by=row.handed_by, note=row.note, state=row.state,
        ended_on=row.ended_on, ended_note=row.ended_note,
    )  # fmt: skip
