"""Half-typed text, kept so that a crash costs at most the last two seconds. Encrypted, not journaled."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.store.journal_tables import DRAFT
from liaison.store.types import from_microseconds, to_microseconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Text that somebody began; ``key`` names the form and the record."""

    key: str
    text: str
    at: dt.datetime


def keep(session: Session, key: str, text: str) -> None:
    """Remember what stands in a form now; an empty text forgets it."""
    forget(session, key)
    if text:
        session.execute(sa.insert(DRAFT).values(key=key, text=text, at_us=to_microseconds(session.info["clock"]())))


def forget(session: Session, key: str) -> None:
    """The form was saved or given up."""
    session.execute(sa.delete(DRAFT).where(DRAFT.c.key == key))


def recall(session: Session, key: str) -> Draft | None:
    """What was typed last, or None."""
    return next(iter(_drafts(session, sa.select(DRAFT).where(DRAFT.c.key == key))), None)


def unfinished(session: Session) -> list[Draft]:
    """Every draft, newest first (offered after a crash)."""
    return _drafts(session, sa.select(DRAFT).order_by(DRAFT.c.at_us.desc()))


def _drafts(session: Session, query: sa.Select[tuple[str, str, int]]) -> list[Draft]:
    return [Draft(key=row.key, text=row.text, at=from_microseconds(row.at_us)) for row in session.execute(query)]
