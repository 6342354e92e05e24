"""Indexing many records at once: after a large import, around the undo of one, and from scratch."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

import sqlalchemy as sa

from liaison.store.search_tables import (
    INDEXES,
    TRIGGER_PREFIX,
    Subject,
    create_search_tables,
    insert_sql,
    reindex_sql,
)
from liaison.store.triggers import quoted

Rows = Sequence[tuple[str, Sequence[int]]]
"""Rows by table name: their keys, as a list or as a block (``range``)."""


def fill_search_tables(connection: sa.Connection, subjects: Iterable[Subject]) -> None:
    """Index every record from scratch."""
    create_search_tables(connection)
    for subject in subjects:
        for sql in insert_sql(subject, "1"):
            connection.exec_driver_sql(sql)
    for name in INDEXES:
        connection.exec_driver_sql(f"INSERT INTO {name}({name}) VALUES('optimize')")


def index_rows(connection: sa.Connection, subjects: Iterable[Subject], rows: Rows) -> None:
    """Index what these rows belong to; called when a large import is sealed."""
    for subject in subjects:
        with _wanted(connection, subject):
            _want(connection, subject, rows)
            _index(connection, subject)


@contextmanager
def indexed_afterwards(connection: sa.Connection, subjects: Sequence[Subject], rows: Rows) -> Iterator[None]:
    """While these rows are written or removed, the triggers of search stand aside; what they touch is indexed once."""
    with ExitStack() as stack:
        for subject in subjects:
            stack.enter_context(_wanted(connection, subject))
            _want(connection, subject, rows)
        sql = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND substr(name, 1, ?) = ?"
        triggers = connection.exec_driver_sql(sql, (len(TRIGGER_PREFIX), TRIGGER_PREFIX)).all()
        for name, _ in triggers:
            connection.exec_driver_sql(f"DROP TRIGGER {quoted(name)}")
        yield
        for subject in subjects:
            _want(connection, subject, rows)
            _index(connection, subject)
        for _, text in triggers:
            connection.exec_driver_sql(text)


@contextmanager
def _wanted(connection: sa.Connection, subject: Subject) -> Iterator[None]:
    """A table of this connection for the keys to index: half a million of them need not pass through Python."""
    # Without a rowid, a row that belongs to no subject (a key that is NULL) is ignored as a known one is.
    sql = f"CREATE TEMP TABLE {_table(subject)} (id INTEGER NOT NULL PRIMARY KEY) WITHOUT ROWID"
    connection.exec_driver_sql(sql)
    yield
    connection.exec_driver_sql(f"DROP TABLE temp.{_table(subject)}")


def _table(subject: Subject) -> str:
    return f"wanted_{subject.kind}"


def _index(connection: sa.Connection, subject: Subject) -> None:
    for sql in reindex_sql(subject, f"SELECT id FROM temp.{_table(subject)}"):
        connection.exec_driver_sql(sql)


def _want(connection: sa.Connection, subject: Subject, rows: Rows) -> None:
    for table, keys in rows:
        for source in (s for s in subject.sources if s.table == table and keys):
            chosen, values = _chosen(table, keys)
            found = source.subjects_of_rows(chosen)
            connection.exec_driver_sql(f"INSERT OR IGNORE INTO temp.{_table(subject)} {found}", values)


def _chosen(table: str, keys: Sequence[int]) -> tuple[str, tuple[Any, ...]]:
    """SQL that selects these keys of a table, and the values it needs."""
    if isinstance(keys, range):
        block = f"SELECT id FROM {quoted(table)} WHERE id BETWEEN ? AND ? AND (id - ?) % ? = 0"
        return block, (keys[0], keys[-1], keys[0], keys.step)
    return "SELECT value FROM json_each(?)", (json.dumps(list(keys)),)
