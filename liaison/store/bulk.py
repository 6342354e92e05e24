"""Bringing in many rows at once: a block of keys is journaled instead of each row, and triggers stand aside.

The file that the rows came from is kept, so the journal needs only to know which keys it brought (``journal`` 7). A
block is indexed for search once, when the action is sealed. Up to five thousand rows nothing differs from any write.
"""

from __future__ import annotations

from collections.abc import Iterator
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


@contextmanager
def streaming(session: Session, table: sa.Table, keys: range, *, part: range | None = None) -> Iterator[None]:
    """While rows of a reserved block go in, the table's triggers stand aside: several times as fast.

    Nothing but rows under these keys, or under a ``part`` of them, may be written to the table meanwhile; that is
    counted at the end. Where the block is not journaled as one (a small list), nothing is different.
    """
    if keys not in session.info.get(_BLOCKS, {}).get(table.name, []):
        yield
        return
    connection = session.connection()
    driver: Any = connection.connection.driver_connection
    watched = keys if part is None else part
    there, changed = _count(connection, table, watched), driver.total_changes
    with triggers_aside(connection, table):
        yield
        changed = driver.total_changes - changed
    if _count(connection, table, watched) - there != changed:
        raise RuntimeError(f"rows outside the reserved block were written to {table.name}")


def _count(connection: sa.Connection, table: sa.Table, keys: range) -> int:
    sql = f"SELECT count(*) FROM {quoted(table.name)} WHERE id BETWEEN ? AND ? AND (id - ?) % ? = 0"
    return int(connection.exec_driver_sql(sql, (keys[0], keys[-1], keys[0], keys.step)).scalar_one())


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
