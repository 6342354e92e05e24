"""The history of the whole office: which steps, narrowed to what somebody looks for, and what stands behind each.

An import or a bulk action is one line. What it holds is read when it is unfolded, a piece at a time, so that a list of
seventy thousand rows opens as fast as a telephone note.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.coded import Coded
from liaison.i18n import N_
from liaison.services.history import HistoryLine, lines_of_action, step_itself, what_happened
from liaison.services.sentences import Sentence, said
from liaison.services.told_values import noun_of
from liaison.store import history as journal_history
from liaison.store.base import Base
from liaison.store.history import ActionLine
from liaison.store.journal_tables import SYSTEM, ActionKind
from liaison.store.types import to_microseconds

PIECE = 60
"""Changes shown at first, and at each "show more"."""
MAIN_TABLES = ("journey", "claim", "organization", "contact", "fx_rate", "patient", "document")
"""What an import is counted by: the first of these that it holds."""
FROM_FILE = N_("{what}: {file}, {count} rows")
ONE_FROM_FILE = N_("{what}: {file}, one row")


class StepKind(Coded):
    """What sort of steps somebody looks for."""

    CHANGED = "CHANGED", N_("changes")
    IMPORTED = "IMPORTED", N_("imports")
    UNDONE = "UNDONE", N_("taken back")
    SHARED = "SHARED", N_("printed, exported, released")
    BY_ITSELF = "BY_ITSELF", N_("by itself")


_KINDS: Mapping[StepKind, tuple[ActionKind, ...]] = {
    StepKind.CHANGED: (ActionKind.DO,),
    StepKind.IMPORTED: (ActionKind.IMPORT,),
    StepKind.UNDONE: (ActionKind.UNDO,),
    StepKind.SHARED: (ActionKind.DISCLOSURE, ActionKind.RELEASE),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryQuery:
    """What somebody looks for; what is empty narrows nothing.

    ``titles`` are the titles whose words in the officer's language hold what was typed, ``text`` is looked for in the
    names of officers and files. ``field`` is a table and a column; ``since`` and ``until`` bound the moment.
    """

    titles: tuple[str, ...] = ()
    text: str = ""
    who: str = ""
    kind: StepKind | None = None
    field: tuple[str, str] | None = None
    since: dt.datetime | None = None
    until: dt.datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeStep:
    """One step as the list shows it. ``rows`` counts what an import brought, else the changes."""

    id: int
    at: dt.datetime
    who: str
    what: Sentence
    rows: int
    can_undo: bool
    is_undone: bool
    is_import: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece of what one step did. ``after`` is where the next piece begins, none at the end."""

    lines: tuple[HistoryLine, ...]
    blocks: tuple[tuple[str, int], ...] = ()
    """Kinds of record (marked) that came in by the thousand, and how many of each."""
    after: int | None = None


# narrowing


def step_ids(session: Session, query: HistoryQuery) -> list[int]:
    """The steps that match, newest first."""
    where, values = _conditions(query)
    sql = f"SELECT a.id FROM action a WHERE {' AND '.join(where)} ORDER BY a.chain_no DESC"
    return list(session.execute(sa.text(sql), values).scalars())


def _conditions(query: HistoryQuery) -> tuple[list[str], dict[str, object]]:
    where, values = ["a.chain_no IS NOT NULL"], dict[str, object]()
    if query.titles or query.text:
        where.append(
            "(a.title IN (SELECT value FROM json_each(:titles)) OR a.actor LIKE :like ESCAPE '\\' "
            "OR a.undoes_action_id IN (SELECT id FROM action WHERE title IN (SELECT value FROM json_each(:titles))) "
            "OR a.id IN (SELECT c.action_id FROM change c WHERE c.table_name = 'source_file' "
            "AND c.after_json LIKE :like ESCAPE '\\'))"
        )
        values |= {"titles": json.dumps(query.titles), "like": _like(query.text)}
    if query.who:
        where.append("a.actor = :who")
        values["who"] = query.who
    if query.kind is StepKind.BY_ITSELF:
        where.append("a.actor = :system")
        values["system"] = SYSTEM
    elif query.kind is not None:
        where.append("a.kind IN (SELECT value FROM json_each(:kinds))")
        values["kinds"] = json.dumps(_KINDS[query.kind])
    if query.field is not None:
        table, column = query.field
        where.append(
            "a.id IN (SELECT c.action_id FROM change c WHERE c.table_name = :table AND c.op = 'U' "
            "AND instr(c.after_json, :column) > 0)"
        )
        values |= {"table": table, "column": f'"{column}":'}
    for name, moment, sign in (("since", query.since, ">="), ("until", query.until, "<")):
        if moment is not None:
            where.append(f"a.at_us {sign} :{name}")
            values[name] = to_microseconds(moment)
    return where, values


def _like(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%" if text else ""


def titles_used(session: Session) -> list[str]:
    """Every title that a step of this office has, for a page that looks for words in its own language."""
    return list(session.execute(sa.text("SELECT DISTINCT title FROM action")).scalars())


def people(session: Session) -> list[str]:
    """Everybody who did something, by name; the program itself is not among them."""
    found = session.execute(sa.text("SELECT DISTINCT actor FROM action WHERE chain_no IS NOT NULL")).scalars()
    return sorted(name for name in found if name != SYSTEM)


# the lines


def steps(session: Session, ids: Sequence[int]) -> list[OfficeStep | None]:
    """The steps of these keys in their order."""
    found = {line.id: line for line in journal_history.actions_called(session, ids)}
    files = _files(session, [*found, *(line.undoes for line in found.values() if line.undoes is not None)])
    return [_step(session, found[i], files) if i in found else None for i in ids]


def _step(session: Session, line: ActionLine, files: Mapping[int, str]) -> OfficeStep:
    is_import = line.kind is ActionKind.IMPORT
    return OfficeStep(
        id=line.id,
        at=line.at,
        who=line.actor,
        what=_told(line, files, what_happened(line), session),
        rows=_brought(session, line.id) if is_import else line.changes,
        can_undo=line.is_undoable,
        is_undone=line.undone_by is not None,
        is_import=is_import,
    )


def told(session: Session, line: ActionLine) -> Sentence:
    """A step in words that no other step has: an import says its file and how many rows it brought.

    Of an undo or redo it names the step itself: the sentence round it ("Done again: …") says the rest.
    """
    ids = [i for i in (line.id, line.undoes) if i is not None]
    return _told(line, _files(session, ids), step_itself(line), session)


def _told(line: ActionLine, files: Mapping[int, str], what: Sentence, session: Session) -> Sentence:
    of_import = line.id if line.id in files else line.undoes
    if of_import is None or of_import not in files:
        return what
    count = _brought(session, of_import)
    return said(ONE_FROM_FILE if count == 1 else FROM_FILE, what=what, file=files[of_import], count=count)


def _files(session: Session, ids: Iterable[int]) -> dict[int, str]:
    """The name of the list that each of these imports read, also of one that was taken back."""
    rows = session.execute(
        sa.text(
            "SELECT c.action_id, coalesce(json_extract(c.after_json, '$.name'), s.name) FROM change c "
            "LEFT JOIN source_file s ON s.id = c.row_id WHERE c.table_name = 'source_file' AND c.op IN ('I', 'R') "
            "AND c.action_id IN (SELECT value FROM json_each(:ids))"
        ),
        {"ids": json.dumps(list(ids))},
    )
    return {action_id: name for action_id, name in rows if name}


def _brought(session: Session, action_id: int) -> int:
    """How many records of its main kind an import made."""
    counts = dict(_made(session, action_id))
    return next((counts[table] for table in MAIN_TABLES if table in counts), sum(counts.values()))


def _made(session: Session, action_id: int) -> list[tuple[str, int]]:
    rows = session.execute(
        sa.text(
            "SELECT c.table_name, sum(CASE WHEN c.op = 'R' THEN json_extract(c.after_json, '$.n') ELSE 1 END) "
            "FROM change c JOIN action a ON a.id = :id WHERE c.seq > a.first_seq AND c.seq <= a.last_seq "
            "AND c.op IN ('I', 'R') GROUP BY c.table_name"
        ),
        {"id": action_id},
    )
    return [(table, int(count)) for table, count in rows]


# unfolding


def piece_of(session: Session, action_id: int, after: int = 0, limit: int = PIECE) -> Piece:
    """What a step did, field by field, from the change ``after`` on; blocks of an import first, as numbers."""
    lines, last = lines_of_action(session, action_id, after=after, limit=limit)
    return Piece(lines=tuple(lines), blocks=() if after else _blocks(session, action_id), after=last)


def _blocks(session: Session, action_id: int) -> tuple[tuple[str, int], ...]:
    rows = session.execute(
        sa.text(
            "SELECT c.table_name, sum(json_extract(c.after_json, '$.n')) FROM change c JOIN action a ON a.id = :id "
            "WHERE c.seq > a.first_seq AND c.seq <= a.last_seq AND c.op = 'R' GROUP BY c.table_name"
        ),
        {"id": action_id},
    )
    return tuple((noun_of(table), int(count)) for table, count in rows if table in Base.metadata.tables)


# fields


def fields_to_look_for() -> list[tuple[tuple[str, str], str, str]]:
    """Fields by which the history can be narrowed: table and column, the marked noun, the marked label."""
    from liaison.services.labels import label_of

    found: list[tuple[tuple[str, str], str, str]] = []
    for table, columns in _ASKED_FOR.items():
        found += [((table, column), noun_of(table), label_of(table, column)) for column in columns]
    return found


_ASKED_FOR: Mapping[str, tuple[str, ...]] = {
    "claim": ("state", "billed_minor", "approved_minor", "submitted_on", "claim_no", "reason"),
    "journey": ("state", "hospital_id", "officer_id", "need", "case_no"),
    "guarantee": ("state", "gl_no"),
    "patient": ("full_name", "phone", "birth_date", "city"),
    "task": ("due_at", "officer_id", "done_at", "title"),
    "payment": ("amount_minor", "paid_on"),
    "bill": ("amount_minor",),
    "organization": ("name", "phone"),
    "contact": ("phone", "hours"),
    "fx_rate": ("rate",),
}


def check_fields() -> list[tuple[str, str]]:
    """Fields named here that the store does not have: empty, or the list above is out of date."""
    known: Mapping[str, Any] = Base.metadata.tables
    return [
        (table, column)
        for table, columns in _ASKED_FOR.items()
        for column in columns
        if table not in known or column not in known[table].c
    ]
