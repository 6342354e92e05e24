"""Answers that take long to work out, kept with the journal's last change they knew of.

A kept answer is fresh while nothing was written since. An older one may be shown at once, told as such, while the new
one is worked out. Keeping an answer changes no record, so that it leaves no line in the history.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.insight import Question, Scope
from liaison.services.changes import NOTHING, Changes, clock
from liaison.services.insight_cells import LIVE, span
from liaison.store.summaries import ANSWERS
from liaison.store.types import from_microseconds, to_microseconds

MOST = 200
"""So many answers are kept; the oldest go first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An answer as it was kept."""

    body: str
    at: dt.datetime
    is_fresh: bool


def recall(session: Session, question: Question, scope: Scope) -> Kept | None:
    """The answer kept for this city and these days, if any."""
    if session.info.get(LIVE):
        return None
    sql = sa.text(f"SELECT body, at_us, head FROM {ANSWERS} WHERE question = :question AND asked = :asked")
    values = {"question": question.value, "asked": _asked(session, scope)}
    row = session.connection().execute(sql, values).one_or_none()
    if row is None:
        return None
    return Kept(body=row[0], at=from_microseconds(row[1]), is_fresh=row[2] == head(session))


def keep(session: Session, question: Question, scope: Scope, body: str) -> Changes:
    """Keep an answer as of now. Touches no record."""
    connection = session.connection()
    connection.execute(
        sa.text(f"INSERT OR REPLACE INTO {ANSWERS} VALUES (:question, :asked, :head, :at, :body)"),
        {"question": question.value, "asked": _asked(session, scope), "head": head(session),
         "at": to_microseconds(clock(session)), "body": body},
    )  # fmt: skip
    oldest = f"SELECT at_us FROM {ANSWERS} ORDER BY at_us DESC LIMIT 1 OFFSET {MOST}"
    connection.execute(sa.text(f"DELETE FROM {ANSWERS} WHERE at_us <= ({oldest})"))
    return NOTHING


def head(session: Session) -> int:
    """The number of the journal's last change."""
    return int(session.connection().execute(sa.text("SELECT coalesce(max(seq), 0) FROM change")).scalar_one())


def _asked(session: Session, scope: Scope) -> str:
    within = span(session, scope)
    days = [within.first.isoformat(), within.last.isoformat()] if within else []
    return json.dumps([scope.city.casefold(), *days])
