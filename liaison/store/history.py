"""Looking back: actions newest first, what each changed, a record's life, and what undo and redo would do."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.store.journal import CHANGE_COLUMNS, Change, changes_of
from liaison.store.journal_tables import UNDOABLE, ActionKind, Op
from liaison.store.rows import Reference, references, renamed, tables_with_old_names
from liaison.store.triggers import quoted
from liaison.store.types import from_microseconds
from liaison.store.undo_links import UndoLinks, undo_links

_LINES = (
    "SELECT a.id, a.chain_no, a.kind, a.title, a.actor, a.officer_id, a.at_us, a.reason, a.undoes_action_id, "
    "a.last_seq - a.first_seq FROM action a WHERE a.chain_no IS NOT NULL"
)
_ASKED_BY_A_PERSON = "kind IN ('do', 'import') AND officer_id IS NOT NULL"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionLine:
    """One action as the history shows it. ``title`` is that of the step itself, also for its undo and redo."""

    id: int
    number: int
    kind: ActionKind
    title: str
    actor: str
    officer_id: int | None
    at: dt.datetime
    reason: str | None
    changes: int
    undoes: int | None
    undone_by: int | None
    is_redo: bool

    @property
    def is_undoable(self) -> bool:
        """Whether it may be tried; somebody's later change can still be in the way."""
        return self.kind in UNDOABLE and self.undone_by is None


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """A field before and after, as the store holds it: text, whole number or nothing."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordChange:
    """What one action did to one record. ``fields`` is empty for a row of a large import, and where it was erased."""

    action: ActionLine
    table: str
    row_id: int
    op: Op
    fields: tuple[FieldChange, ...] = ()
    is_erased: bool = False


def actions(session: Session, *, before: int | None = None, limit: int = 100) -> list[ActionLine]:
    """Actions newest first; ``before`` is the number of the last one already shown."""
    sql = f"{_LINES} AND a.chain_no < :before ORDER BY a.chain_no DESC LIMIT :limit"
    return _lines(session, sql, before=(1 << 62) if before is None else before, limit=limit)


def action(session: Session, action_id: int) -> ActionLine | None:
    """One action."""
    return next(iter(_lines(session, f"{_LINES} AND a.id = :id", id=action_id)), None)


def actions_called(session: Session, ids: Iterable[int]) -> list[ActionLine]:
    """The actions of these keys, in no order."""
    return _lines(session, f"{_LINES} AND a.id IN (SELECT value FROM json_each(:ids))", ids=json.dumps(list(ids)))


def actions_on(
    session: Session, records: Mapping[str, Iterable[int]], *, before: int | None = None, limit: int = 100
) -> list[ActionLine]:
    """Actions that touched any of these records (table name → keys), newest first."""
    ids: set[int] = set()
    for table, keys in records.items():
        wanted = list(keys)
        ids.update(_touching(session, table, wanted))
        ids.update(_reserving(session, table, wanted))
    chosen = "a.id IN (SELECT value FROM json_each(:ids)) AND a.chain_no < :before"
    sql = f"{_LINES} AND {chosen} ORDER BY a.chain_no DESC LIMIT :limit"
    return _lines(session, sql, ids=json.dumps(list(ids)), before=(1 << 62) if before is None else before, limit=limit)


def records_under(session: Session, table: str, row_id: int) -> dict[str, set[int]]:
    """A record and all that belongs to it, gone rows too: a journey with its letters, claims, tasks and notes."""
    metadata: sa.MetaData = session.info["store"].schema.metadata
    found: dict[str, set[int]] = {table: {row_id}}
    for child in metadata.sorted_tables:
        for reference in references(child):
            if reference.parent in found and reference.parent != child.name and child.name != table:
                ids = _children(session, reference, found[reference.parent])
                if ids:
                    found.setdefault(child.name, set()).update(ids)
    return found


def changes(session: Session, action_id: int) -> list[RecordChange]:
    """What an action did, record by record in the order it happened."""
    line = action(session, action_id)
    if line is None:
        return []
    return [_record_change(session, line, change) for change in changes_of(session.connection(), action_id)]


def record_history(session: Session, table: str, row_id: int) -> list[RecordChange]:
    """A record's life, newest first: which field went from what to what, who did it, when."""
    connection = session.connection()
    ids = [*_touching(session, table, [row_id]), *_reserving(session, table, [row_id])]
    told: list[RecordChange] = []
    for line in actions_on(session, {table: [row_id]}, limit=max(len(ids), 1)):
        mine = changes_of_row(connection, line.id, table, row_id)
        told += [_record_change(session, line, c) for c in reversed(mine)]
        if not mine:
            told.append(RecordChange(action=line, table=table, row_id=row_id, op=Op.RANGE))
    return told


def changes_of_row(connection: sa.Connection, action_id: int, table: str, row_id: int) -> list[Change]:
    """What an action did to one record, in order."""
    rows = connection.execute(
        sa.text(
            f"SELECT {CHANGE_COLUMNS} FROM change "
            "WHERE table_name = :t AND row_id = :r AND action_id = :a AND op <> 'R' ORDER BY seq"
        ),
        {"t": table, "r": row_id, "a": action_id},
    )
    return [Change.from_row(r) for r in rows]


def next_undo(session: Session) -> ActionLine | None:
    """The newest step of a person that still stands: what the menu's Undo takes back. One erased is passed over."""
    undos = undo_links(session.connection())
    rows = session.execute(
        sa.text(
            f"SELECT id FROM action a WHERE chain_no IS NOT NULL AND {_ASKED_BY_A_PERSON} AND NOT EXISTS (SELECT 1 "
            "FROM change c WHERE c.seq > a.first_seq AND c.seq <= a.last_seq AND c.digest IS NOT NULL) "
            "ORDER BY chain_no DESC"
        )
    )
    with rows:
        newest = next((row[0] for row in rows if row[0] not in undos.undone_by), None)
    return None if newest is None else action(session, newest)


def next_redo(session: Session) -> ActionLine | None:
    """The newest undo that nothing followed: what the menu's Redo brings back. None once a person did something new."""
    undos = undo_links(session.connection())
    last_step = session.execute(sa.text(f"SELECT max(chain_no) FROM action WHERE {_ASKED_BY_A_PERSON}")).scalar() or 0
    rows = session.execute(
        sa.text("SELECT id FROM action WHERE kind = 'undo' AND chain_no > :n ORDER BY chain_no DESC"), {"n": last_step}
    ).scalars()
    newest = next((i for i in rows.all() if i not in undos.undone_by and undos.root(i)[1] % 2 == 1), None)
    return None if newest is None else action(session, newest)


def _lines(session: Session, sql: str, **values: object) -> list[ActionLine]:
    rows = session.execute(sa.text(sql), values).all()
    undos = undo_links(session.connection())
    roots = {row[0]: undos.root(row[0]) for row in rows if row[8] is not None}
    titles = _titles(session, {root for root, _ in roots.values()})
    return [_line(row, undos, *roots.get(row[0], (row[0], 0)), titles) for row in rows]


def _line(row: Any, undos: UndoLinks, root: int, depth: int, titles: Mapping[int, str]) -> ActionLine:
    key, number, kind, title, actor, officer_id, at_us, reason, undoes, count = row
    return ActionLine(
        id=key, number=number, kind=ActionKind(kind), title=titles.get(root, title), actor=actor, officer_id=officer_id,
        at=from_microseconds(at_us), reason=reason, changes=count, undoes=undoes, undone_by=undos.undone_by.get(key),
        is_redo=depth > 0 and depth % 2 == 0,
    )  # fmt: skip


def _titles(session: Session, ids: set[int]) -> dict[int, str]:
    if not ids:
        return {}
    rows = session.execute(
        sa.text("SELECT id, title FROM action WHERE id IN (SELECT value FROM json_each(:i))"),
        {"i": json.dumps(list(ids))},
    )
    return {row[0]: row[1] for row in rows}


def _touching(session: Session, table: str, ids: list[int]) -> list[int]:
    sql = (
        "SELECT DISTINCT action_id FROM change WHERE table_name = :t AND op <> 'R' "
        "AND row_id IN (SELECT value FROM json_each(:i))"
    )
    return list(session.execute(sa.text(sql), {"t": table, "i": json.dumps(ids)}).scalars())


def _reserving(session: Session, table: str, ids: list[int]) -> list[int]:
    """Imports whose reserved block holds one of these rows."""
    sql = (
        "SELECT DISTINCT c.action_id FROM change c, json_each(:i) k WHERE c.op = 'R' AND c.table_name = :t "
        "AND k.value BETWEEN c.row_id AND json_extract(c.after_json, '$.hi') "
        "AND (k.value - c.row_id) % json_extract(c.after_json, '$.step') = 0"
    )
    return list(session.execute(sa.text(sql), {"t": table, "i": json.dumps(ids)}).scalars())


def _children(session: Session, reference: Reference, parents: set[int]) -> set[int]:
    wanted = json.dumps(list(parents))
    table, column = quoted(reference.table), quoted(reference.column)
    living = f"SELECT id FROM {table} WHERE {column} IN (SELECT value FROM json_each(:i))"
    gone = (
        "SELECT row_id FROM change WHERE op = 'D' AND table_name = :t "
        f"AND json_extract(before_json, '$.{reference.column}') IN (SELECT value FROM json_each(:i))"
    )
    return set(session.execute(sa.text(f"{living} UNION {gone}"), {"i": wanted, "t": reference.table}).scalars())


def _record_change(session: Session, line: ActionLine, change: Change) -> RecordChange:
    table = tables_with_old_names(session.info["store"].schema.metadata).get(change.table)
    before, after = change.before, change.after
    if table is not None:
        before, after = renamed(table, before), renamed(table, after)
    names = () if change.op in (Op.RANGE, Op.ERASURE) else dict.fromkeys((*before, *after))
    fields = tuple(FieldChange(field=n, before=before.get(n), after=after.get(n)) for n in names)
    return RecordChange(
        action=line, table=change.table, row_id=change.row_id, op=change.op, fields=fields, is_erased=change.is_erased
    )
