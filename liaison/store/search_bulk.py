"""Indexing many records at once: after a large import, around the undo of one, and from scratch."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import sqlalchemy as sa

from liaison.store.search_tables import (
    INDEXES,
    TRIGGER_PREFIX,
    Source,
    Subject,
    create_search_tables,
    insert_sql,
    reindex_sql,
)
from liaison.store.triggers import quoted

Rows = Sequence[tuple[str, Sequence[int]]]
"""Rows by table name: their keys, as a list or as a block (``range``)."""

_LISTED = "SELECT value FROM json_each(?)"


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
        _index(connection, subject, _subjects_of(connection, subject, rows))


@contextmanager
def indexed_afterwards(connection: sa.Connection, subjects: Sequence[Subject], rows: Rows) -> Iterator[None]:
    """While these rows are written or removed, the triggers of search stand aside; what they touch is indexed once."""
    before = [_subjects_of(connection, s, rows) for s in subjects]
    sql = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND substr(name, 1, ?) = ?"
    triggers = connection.exec_driver_sql(sql, (len(TRIGGER_PREFIX), TRIGGER_PREFIX)).all()
    for name, _ in triggers:
        connection.exec_driver_sql(f"DROP TRIGGER {quoted(name)}")
    yield
    for subject, known in zip(subjects, before, strict=True):
        _index(connection, subject, known | _subjects_of(connection, subject, rows))
    for _, text in triggers:
        connection.exec_driver_sql(text)


def _index(connection: sa.Connection, subject: Subject, ids: set[int]) -> None:
    if ids:
        wanted = json.dumps(sorted(ids))
        for sql in reindex_sql(subject, _LISTED):
            connection.exec_driver_sql(sql, (wanted,))


def _subjects_of(connection: sa.Connection, subject: Subject, rows: Rows) -> set[int]:
    found: set[int] = set()
    for table, keys in rows:
        for source in (s for s in subject.sources if s.table == table):
            found.update(_subjects_of_source(connection, source, keys))
    return found


def _subjects_of_source(connection: sa.Connection, source: Source, keys: Sequence[int]) -> list[int]:
    if not keys:
        return []
    if isinstance(keys, range):
        block = f"SELECT id FROM {quoted(source.table)} WHERE id BETWEEN ? AND ? AND (id - ?) % ? = 0"
        sql, values = source.subjects_of_rows(block), (keys[0], keys[-1], keys[0], keys.step)
        result = connection.exec_driver_sql(sql, values)
    else:
        result = connection.exec_driver_sql(source.subjects_of_rows(_LISTED), (json.dumps(list(keys)),))
    return [i for i in result.scalars().all() if i is not None]
