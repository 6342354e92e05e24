"""Answers that take long to work out, kept with the moment they are of and the journal's last change they knew of.

A kept answer is fresh while nothing was written since and the day is the same. An older one may be shown at once, told
as such, while the new one is worked out. Keeping an answer changes no record, so that it leaves no line in the history.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.services.answer_text import as_text, from_text, shape_of
from liaison.services.changes import clock, day_of, today
from liaison.services.insight_cells import LIVE
from liaison.store.journal_tables import Op
from liaison.store.summaries import ANSWERS
from liaison.store.types import from_microseconds, to_microseconds

T = TypeVar("T")
LARGEST = 16_000_000
"""An answer of more characters is not kept."""

OLDER = "older_answers"
"""In a session's info: an :class:`Older`, where what is made of an older answer is shown at once and then made anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind(Generic[T]):
    """One sort of answer: what may stand in it, and what does not make it old."""

    name: str
    classes: tuple[type, ...]
    most: int = 24
    """So many are kept, for different cities and days; the oldest go first."""
    read_live: frozenset[str] = frozenset()
    """Tables that no part of the kept answer comes from: a change of theirs does not make it old."""
    lasts: dt.timedelta | None = None
    """How long it stays true while nothing is written; none for all day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToKeep:
    """An answer as it is to be kept: of which moment it is, and the last change it knew of."""

    kind: str
    asked: str
    most: int
    head: int
    at: dt.datetime
    body: str
    """Empty where it is too large: then nothing is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered(Generic[T]):
    """An answer with its moment. ``to_keep`` is given where it was worked out just now and is worth keeping."""

    value: T
    at: dt.datetime
    is_stale: bool = False
    to_keep: ToKeep | None = None


@dataclass(slots=True, kw_only=True)
class Older:
    """What a paper was made of, for the page that shows it: whether it was older, and what was worked out for it."""

    is_stale: bool = False
    to_keep: ToKeep | None = None


def answered(
    session: Session, kind: Kind[T], asked: Sequence[str], work_out: Callable[[], T], *, stale_will_do: bool = False,
    will_keep: bool = True,
) -> Answered[T]:  # fmt: skip
    """The answer kept for what was asked, if it is fresh or an older one will do; else worked out now."""
    kept = recall(session, kind, asked)
    if kept is not None and (stale_will_do or not kept.is_stale):
        return kept
    at = clock(session)
    value = work_out()
    if session.info.get(LIVE) or not will_keep:
        return Answered(value=value, at=at)
    body = as_text(value, kind.classes)
    to_keep = ToKeep(
        kind=kind.name, asked=_key(kind, asked), most=kind.most, head=head(session, kind.read_live), at=at,
        body=body if len(body) <= LARGEST else "",
    )  # fmt: skip
    return Answered(value=value, at=at, to_keep=to_keep)


def recall(session: Session, kind: Kind[T], asked: Sequence[str]) -> Answered[T] | None:
    """The answer kept for what was asked, if any."""
    if session.info.get(LIVE):
        return None
    sql = sa.text(f"SELECT body, at_us, head FROM {ANSWERS} WHERE question = :kind AND asked = :asked")
    row = session.connection().execute(sql, {"kind": kind.name, "asked": _key(kind, asked)}).one_or_none()
    if row is None:
        return None
    at, now = from_microseconds(row[1]), clock(session)
    is_fresh = row[2] == head(session, kind.read_live) and day_of(session, at) == today(session)
    if kind.lasts is not None:
        is_fresh = is_fresh and now - at <= kind.lasts
    return Answered(value=cast("T", from_text(row[0], kind.classes)), at=at, is_stale=not is_fresh)


def keep(session: Session, answer: ToKeep) -> None:
    """Keep an answer, as of the moment it was worked out: what was written since makes it old. No page need read.

    One that was worked out before somebody was taken out for good is not kept: it might speak of them.
    """
    connection = session.connection()
    erased = sa.text("SELECT 1 FROM change WHERE seq > :head AND op = :erasure LIMIT 1")
    values = {"head": answer.head, "erasure": Op.ERASURE.value}
    if not answer.body or connection.execute(erased, values).first() is not None:
        gone = sa.text(f"DELETE FROM {ANSWERS} WHERE question = :kind AND asked = :asked")
        connection.execute(gone, {"kind": answer.kind, "asked": answer.asked})
        return
    connection.execute(
        sa.text(f"INSERT OR REPLACE INTO {ANSWERS} VALUES (:kind, :asked, :head, :at, :body)"),
        {"kind": answer.kind, "asked": answer.asked, "head": answer.head, "at": to_microseconds(answer.at),
         "body": answer.body},
    )  # fmt: skip
    oldest = f"SELECT at_us FROM {ANSWERS} WHERE question = :kind ORDER BY at_us DESC LIMIT 1 OFFSET :most"
    connection.execute(
        sa.text(f"DELETE FROM {ANSWERS} WHERE question = :kind AND at_us <= ({oldest})"),
        {"kind": answer.kind, "most": answer.most},
    )


def forget_all(session: Session) -> None:
    """Keep nothing any more: somebody is taken out for good, and no answer may speak of them."""
    session.connection().execute(sa.text(f"DELETE FROM {ANSWERS}"))


def head(session: Session, besides: frozenset[str] = frozenset()) -> int:
    """The number of the journal's last change, those of some tables left out."""
    names = json.dumps(sorted(besides))
    sql = sa.text(
        "SELECT seq FROM change WHERE table_name NOT IN (SELECT value FROM json_each(:names)) ORDER BY seq DESC LIMIT 1"
    )
    return int(session.connection().execute(sql, {"names": names}).scalar() or 0)


def _key(kind: Kind[T], asked: Sequence[str]) -> str:
    return json.dumps([shape_of(kind.classes), *asked])
