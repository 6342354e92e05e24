"""Taking back an action, next week and after a restart too: all of it, or nothing and one sentence.

An undo is a new action that writes the old values back; redo is the undo of the undo. It compares column by column
with what the action left behind, so that somebody else's later change is never overwritten. An inserted row is
deleted again (its values stay in the journal), never voided: voiding is a business step of its own. Why:
``journal`` 6.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.errors import Conflict
from liaison.i18n import N_
from liaison.store import rows as raw
from liaison.store.engine import database_trouble
from liaison.store.journal import Change, changes_of
from liaison.store.journal_tables import UNDOABLE, ActionKind, Op
from liaison.store.rows import Row
from liaison.store.schema import Schema
from liaison.store.search_bulk import indexed_afterwards
from liaison.store.triggers import journaled_columns
from liaison.store.undo_links import undo_links

CHANGED_SINCE = N_(
    "Not undone: {fields} changed since. Nothing was touched; look at the history and change it by hand."
)
UNDONE_ALREADY = N_("This step has been undone already. Redo it first, or undo a later step.")
FINAL = N_("This step cannot be undone: it happened outside the program, or it erased a person.")

_WHOLE = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """One thing in the way of an undo. ``field`` is a column, or ``*`` for the whole record."""

    table: str
    row_id: int
    field: str
    why: str


class UndoConflict(Conflict):
    """Nothing was undone. ``clashes`` says what is in the way, record by record; services name the fields in words."""

    def __init__(self, clashes: Iterable[Clash]) -> None:
        self.clashes = tuple(clashes)
        super().__init__(CHANGED_SINCE, fields=", ".join(dict.fromkeys(map(_plain_name, self.clashes))))


def _plain_name(clash: Clash) -> str:
    return (clash.table if clash.field == _WHOLE else clash.field).replace("_", " ")


@dataclass(slots=True)
class _Net:
    """What an action did to one record, from first to last."""

    existed: bool
    exists: bool
    before: Row = field(default_factory=dict)
    after: Row = field(default_factory=dict)
    version: int = 0


@dataclass(slots=True)
class _Work:
    """What an undo is going to write, table by table."""

    delete: dict[str, list[int]] = field(default_factory=dict)
    delete_blocks: dict[str, list[range]] = field(default_factory=dict)
    update: dict[str, dict[int, Row]] = field(default_factory=dict)
    insert: dict[str, list[Row]] = field(default_factory=dict)
    clashes: list[Clash] = field(default_factory=list)

    def clash(self, table: str, row_id: int, name: str, why: str) -> None:
        self.clashes.append(Clash(table=table, row_id=row_id, field=name, why=why))

    def touched(self) -> list[tuple[str, Sequence[int]]]:
        """Every row that will be written, by table."""
        found: list[tuple[str, Sequence[int]]] = [(t, list(ids)) for t, ids in self.delete.items()]
        found += [(t, list(rows)) for t, rows in self.update.items()]
        found += [(t, [r["id"] for r in rows]) for t, rows in self.insert.items()]
        found += [(t, block) for t, blocks in self.delete_blocks.items() for block in blocks]
        return found


def check_undoable(connection: sa.Connection, action_id: int) -> None:
    """Raise :class:`Conflict` where an action is of a kind that stays, or was undone already."""
    kind = connection.execute(sa.text("SELECT kind FROM action WHERE id = :id"), {"id": action_id}).scalar()
    if kind is None:
        raise KeyError(action_id)
    if ActionKind(kind) not in UNDOABLE:
        raise Conflict(FINAL)
    if action_id in undo_links(connection).undone_by:
        raise Conflict(UNDONE_ALREADY)


def is_undo(connection: sa.Connection, action_id: int) -> bool:
    """Whether taking this action back would be a redo: it undid something, an odd number of steps deep."""
    return undo_links(connection).root(action_id)[1] % 2 == 1


def take_back(session: Session, action_id: int, schema: Schema) -> None:
    """Undo an action within the open action of kind ``undo``; after an :class:`UndoConflict` nothing was written."""
    connection = session.connection()
    check_undoable(connection, action_id)
    changes = changes_of(connection, action_id)
    if any(c.is_erased or c.op is Op.ERASURE for c in changes):
        raise Conflict(FINAL)
    connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    metadata = schema.metadata
    tables = raw.tables_with_old_names(metadata)
    blocks = _blocks(changes)
    work = _Work()
    for name, nets in _nets(changes, blocks, tables).items():
        _plan(connection, tables[name], nets, work)
    for name, found in blocks.items():
        _plan_blocks(connection, tables[name], found, changes[-1].seq, work)
    _refuse_clashes(work)
    touched = work.touched()
    if sum(len(keys) for _, keys in touched) > raw.MANY:
        with indexed_afterwards(connection, schema.subjects, touched):
            _write(connection, metadata, work)
    else:
        _write(connection, metadata, work)
    work.clashes += _dangling(connection, metadata, work)
    _refuse_clashes(work)


def _refuse_clashes(work: _Work) -> None:
    if work.clashes:
        raise UndoConflict(work.clashes)


def _blocks(changes: Iterable[Change]) -> dict[str, list[range]]:
    found: dict[str, list[range]] = {}
    for change in changes:
        if change.op is Op.RANGE:
            said = change.after
            found.setdefault(change.table, []).append(range(change.row_id, said["hi"] + 1, said["step"]))
    return found


def _nets(changes: Iterable[Change], blocks: dict[str, list[range]], tables: raw.Tables) -> dict[str, dict[int, _Net]]:
    """Fold the changes of an action into one per record; rows of reserved blocks are left to the blocks."""
    folded: dict[str, dict[int, _Net]] = {}
    for change in changes:
        if change.op is Op.RANGE or any(change.row_id in b for b in blocks.get(change.table, ())):
            continue
        if change.table in tables:
            _fold(folded.setdefault(change.table, {}), change, tables[change.table])
    return folded


def _fold(nets: dict[int, _Net], change: Change, table: sa.Table) -> None:
    before, after = raw.renamed(table, change.before), raw.renamed(table, change.after)
    version, known = change.row_version or 0, nets.get(change.row_id)
    if known is None:
        nets[change.row_id] = _Net(change.op is not Op.INSERT, change.op is not Op.DELETE, before, after, version)
        return
    known.version = version
    if change.op is Op.INSERT:
        known.exists, known.after = True, after
    elif change.op is Op.UPDATE:
        known.before = {**before, **known.before} if known.existed else {}
        known.after = {**known.after, **after}
    elif not known.existed:
        del nets[change.row_id]
    else:
        known.before, known.exists, known.after = {**before, **known.before}, False, {}


def _plan(connection: sa.Connection, table: sa.Table, nets: dict[int, _Net], work: _Work) -> None:
    now = raw.read(connection, table, nets)
    living = {c.name for c in journaled_columns(table)}
    for row_id, net in nets.items():
        row = now.get(row_id)
        if net.existed and net.exists:
            _plan_edit(table.name, row_id, row, net, living, work)
        elif net.exists and row is not None:
            _plan_delete(table.name, row_id, row, net, living, work)
        elif net.existed and row is None:
            values = {k: v for k, v in net.before.items() if k in living}
            work.insert.setdefault(table.name, []).append({**values, "id": row_id, "version": net.version + 1})
        elif net.existed:
            work.clash(table.name, row_id, _WHOLE, "exists again")


def _plan_edit(table: str, row_id: int, row: Row | None, net: _Net, living: set[str], work: _Work) -> None:
    if row is None:
        work.clash(table, row_id, _WHOLE, "is gone")
        return
    values: Row = {}
    for name, old in net.before.items():
        if name not in living or row[name] == old:
            continue
        if row[name] != net.after.get(name):
            work.clash(table, row_id, name, "changed since")
        else:
            values[name] = old
    if values:
        work.update.setdefault(table, {})[row_id] = values


def _plan_delete(table: str, row_id: int, row: Row, net: _Net, living: set[str], work: _Work) -> None:
    edited = [name for name, value in net.after.items() if name in living and row[name] != value]
    for name in edited:
        work.clash(table, row_id, name, "changed since")
    if not edited:
        work.delete.setdefault(table, []).append(row_id)


def _plan_blocks(connection: sa.Connection, table: sa.Table, blocks: list[range], last_seq: int, work: _Work) -> None:
    """Rows of a large import go as a block; one that somebody changed since and did not change back is in the way."""
    for block in blocks:
        earliest: dict[int, Row] = {}
        for row_id, before in _later_changes(connection, table.name, block, last_seq):
            earliest[row_id] = {**before, **earliest.get(row_id, {})}
        for row_id, row in raw.read(connection, table, earliest).items():
            for name, value in raw.renamed(table, earliest[row_id]).items():
                if name in row and row[name] != value:
                    work.clash(table.name, row_id, name, "changed since")
    work.delete_blocks[table.name] = blocks


def _later_changes(connection: sa.Connection, table: str, block: range, last_seq: int) -> Iterator[tuple[int, Row]]:
    found = connection.execute(
        sa.text(
            "SELECT row_id, before_json FROM change WHERE table_name = :t AND row_id BETWEEN :lo AND :hi AND seq > :s "
            "AND op IN ('U','D') ORDER BY seq"
        ),
        {"t": table, "lo": block[0], "hi": block[-1], "s": last_seq},
    ).all()
    return ((row_id, json.loads(before or "{}")) for row_id, before in found if row_id in block)


def _write(connection: sa.Connection, metadata: sa.MetaData, work: _Work) -> None:
    """Children go first, then edits, then parents come back first; references are checked at the end."""
    try:
        with database_trouble():
            for table in reversed(metadata.sorted_tables):
                raw.delete(connection, table, work.delete.get(table.name, []))
                for block in work.delete_blocks.get(table.name, ()):
                    raw.delete_block(connection, table, block=block)
            for table in metadata.sorted_tables:
                raw.update(connection, table, work.update.get(table.name, {}))
            for table in metadata.sorted_tables:
                raw.insert(connection, table, work.insert.get(table.name, []))
    except sa.exc.IntegrityError as error:
        raise UndoConflict(_taken(str(error.orig), work)) from error


def _taken(message: str, work: _Work) -> list[Clash]:
    """SQLite says ``UNIQUE constraint failed: claim.claim_no``: a value that another record took meanwhile."""
    named = message.rpartition(": ")[2].split(", ")
    places = [n.split(".") for n in named if n.count(".") == 1]
    clashes = [Clash(table=t, row_id=0, field=c, why="taken by another record") for t, c in places]
    return clashes or [Clash(table=t, row_id=0, field=_WHOLE, why="refused") for t in (*work.insert, *work.update)]


def _dangling(connection: sa.Connection, metadata: sa.MetaData, work: _Work) -> list[Clash]:
    """References that the undo would leave without their record; the database itself would not name them."""
    clashes: list[Clash] = []
    for table in metadata.sorted_tables:
        touched = [*work.update.get(table.name, ()), *(r["id"] for r in work.insert.get(table.name, ()))]
        for reference in raw.references(table):
            gone = work.delete.get(reference.parent, [])
            blocks = [(b[0], b[-1]) for b in work.delete_blocks.get(reference.parent, ())]
            for row_id in raw.lost_references(connection, reference, gone=gone, spans=blocks, touched=touched):
                clashes.append(
                    Clash(table=table.name, row_id=row_id, field=reference.column, why="refers to what would go")
                )
    return clashes
