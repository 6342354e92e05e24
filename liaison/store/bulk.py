"""Bringing in many rows at once: a block of keys is journaled instead of each row, and triggers stand aside.

The file that the rows came from is kept, so the journal needs only to know which keys it brought (``journal`` 7). A
block is indexed for search once, when the action is sealed. Up to five thousand rows nothing differs from any write.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.store.journal import write_change
from liaison.store.journal_tables import ActionKind, Op
from liaison.store.triggers import quoted

COMPACT_FROM = 5_000
"""An import that reserves more rows than this at once is journaled as a block of keys, not row by row."""

_BLOCKS = "blocks"


def reserve(session: Session, table: sa.Table, count: int) -> range:
    """Keys for ``count`` new rows of a table; in an import of more than :data:`COMPACT_FROM` the block is journaled."""
    keys: range = session.info["ids"].block(count)
    connection = session.connection()
    kind = connection.execute(sa.text("SELECT kind FROM action WHERE open = 1")).scalar_one()
    if kind != ActionKind.IMPORT or count <= COMPACT_FROM:
        return keys
    connection.execute(sa.text("UPDATE action SET compact = 1 WHERE open = 1"))
    block = {"hi": keys[-1], "n": count, "step": keys.step}
    write_change(connection, session.info["action_id"], table.name, keys[0], Op.RANGE, block)
    session.info.setdefault(_BLOCKS, {}).setdefault(table.name, []).append(keys)
    return keys


def insert_rows(session: Session, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that carry their keys; those of a reserved block go in without triggers, several times as fast."""
    if not rows:
        return
    blocks: list[range] = session.info.get(_BLOCKS, {}).get(table.name, [])
    if not all(any(row["id"] in block for block in blocks) for row in rows):
        session.execute(sa.insert(table), list(rows))
        return
    with triggers_aside(session.connection(), table):
        session.connection().execute(sa.insert(table), list(rows))


@contextmanager
def triggers_aside(connection: sa.Connection, table: sa.Table) -> Iterator[None]:
    """A row with a trigger costs SQLite a savepoint of its own; without, rows stream. The caller journals."""
    sql = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?"
    found = connection.exec_driver_sql(sql, (table.name,)).all()
    for name, _ in found:
        connection.exec_driver_sql(f"DROP TRIGGER {quoted(name)}")
    try:
        yield
    finally:
        for _, text in found:
            connection.exec_driver_sql(text)
