"""Rows as the file holds them: texts and whole numbers, no types in between. What undo compares and writes back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from liaison.store.bulk import triggers_aside
from liaison.store.triggers import as_hex, journaled_columns, quoted, written_by_hand

Row = dict[str, Any]
Tables = dict[str, sa.Table]
_SHOWN = 20

MANY = 1_000
"""From so many rows on, the journal is written and search indexed once for all instead of row by row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A column of a table that holds the key of another table's row."""

    table: str
    column: str
    parent: str


def tables_with_old_names(metadata: sa.MetaData) -> Tables:
    """Tables by name, and by the names they had before (``info={"was_named": […]}``)."""
    found = {t.name: t for t in metadata.sorted_tables}
    for table in metadata.sorted_tables:
        for name in table.info.get("was_named", ()):
            found.setdefault(name, table)
    return found


def renamed(table: sa.Table, values: Mapping[str, Any]) -> Row:
    """Journal values under today's column names (``info={"was": {"old": "new"}}``)."""
    was = table.info.get("was")
    return {was.get(name, name): value for name, value in values.items()} if was else dict(values)


def read(connection: sa.Connection, table: sa.Table, ids: Iterable[int]) -> dict[int, Row]:
    """The journaled columns of these rows, by key; bytes as hex, as the journal has them."""
    columns = journaled_columns(table)
    shown = ", ".join(as_hex(quoted(c.name)) if _is_bytes(c) else quoted(c.name) for c in columns)
    sql = f"SELECT id, {shown} FROM {quoted(table.name)} WHERE id IN (SELECT value FROM json_each(?))"
    names = [c.name for c in columns]
    found = connection.exec_driver_sql(sql, (json.dumps(list(ids)),))
    return {row[0]: dict(zip(names, row[1:], strict=True)) for row in found}


def delete(connection: sa.Connection, table: sa.Table, ids: list[int]) -> None:
    """Take rows out."""
    _delete(connection, table, "id IN (SELECT value FROM json_each(?))", (json.dumps(ids),), count=len(ids))


def delete_block(connection: sa.Connection, table: sa.Table, *, block: range) -> None:
    """Take out the rows of one device's block of keys; keys of other devices between them stay."""
    where = "id BETWEEN ? AND ? AND (id - ?) % ? = 0"
    _delete(connection, table, where, (block[0], block[-1], block[0], block.step), count=len(block))


def _delete(connection: sa.Connection, table: sa.Table, where: str, values: tuple[Any, ...], *, count: int) -> None:
    sql = f"DELETE FROM {quoted(table.name)} WHERE {where}"
    if count > MANY:
        connection.exec_driver_sql(written_by_hand(table, "D", where), values)
        with triggers_aside(connection, table):
            connection.exec_driver_sql(sql, values)
    elif count:
        connection.exec_driver_sql(sql, values)


def update(connection: sa.Connection, table: sa.Table, wanted: Mapping[int, Row]) -> None:
    """Set columns of rows and raise their version. Values that rows exchange between them step aside first."""
    _step_aside(connection, table, wanted)
    for row_id, values in wanted.items():
        sets = ", ".join(f"{quoted(name)} = ?" for name in values)
        sql = f"UPDATE {quoted(table.name)} SET {sets}, version = version + 1 WHERE id = ?"
        connection.exec_driver_sql(sql, (*_stored(table, values), row_id))


def insert(connection: sa.Connection, table: sa.Table, wanted: Sequence[Row]) -> None:
    """Put rows back whole; columns added since take their default."""
    if len(wanted) <= MANY:
        _insert(connection, table, wanted)
        return
    with triggers_aside(connection, table):
        _insert(connection, table, wanted)
    where = "id IN (SELECT value FROM json_each(?))"
    connection.exec_driver_sql(written_by_hand(table, "I", where), (json.dumps([r["id"] for r in wanted]),))


def _insert(connection: sa.Connection, table: sa.Table, wanted: Iterable[Row]) -> None:
    groups: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
    for values in wanted:
        groups.setdefault(tuple(values), []).append(_stored(table, values))
    for names, found in groups.items():
        columns, marks = ", ".join(map(quoted, names)), ", ".join("?" * len(names))
        connection.exec_driver_sql(f"INSERT INTO {quoted(table.name)} ({columns}) VALUES ({marks})", found)


def references(table: sa.Table) -> list[Reference]:
    """Every column of a table that refers to a row."""
    return [
        Reference(table=table.name, column=column.name, parent=key.column.table.name)
        for column in table.columns
        for key in column.foreign_keys
    ]


def lost_references(
    connection: sa.Connection,
    reference: Reference,
    *,
    gone: list[int],
    spans: list[tuple[int, int]],
    touched: list[int],
) -> list[int]:
    """Rows whose reference leads nowhere: to rows that went, or written just now."""
    column, found = quoted(reference.column), []
    nowhere = f"{column} NOT IN (SELECT id FROM {quoted(reference.parent)})"
    start = f"SELECT id FROM {quoted(reference.table)} WHERE {column} IS NOT NULL AND {nowhere}"
    if gone:
        found += _keys(
            connection, f"{start} AND {column} IN (SELECT value FROM json_each(?)) LIMIT {_SHOWN}", json.dumps(gone)
        )
    for low, high in spans:
        found += _keys(connection, f"{start} AND {column} BETWEEN ? AND ? LIMIT {_SHOWN}", low, high)
    if touched:
        found += _keys(
            connection, f"{start} AND id IN (SELECT value FROM json_each(?)) LIMIT {_SHOWN}", json.dumps(touched)
        )
    return list(dict.fromkeys(found))


def _keys(connection: sa.Connection, sql: str, *values: object) -> list[int]:
    return list(connection.exec_driver_sql(sql, values).scalars())


def _step_aside(connection: sa.Connection, table: sa.Table, wanted: Mapping[int, Row]) -> None:
    """SQLite cannot defer UNIQUE, so rows that swap a value give theirs up first."""
    for column in _unique_columns(table):
        swapping = [row_id for row_id, values in wanted.items() if column.name in values]
        if len(swapping) > 1:
            chosen = "WHERE id IN (SELECT value FROM json_each(?))"
            sql = f"UPDATE {quoted(table.name)} SET {quoted(column.name)} = -id {chosen}"
            connection.exec_driver_sql(sql, (json.dumps(swapping),))


def _unique_columns(table: sa.Table) -> list[sa.Column[Any]]:
    """One free column of each unique rule: not a reference, since those must lead somewhere."""
    rules = [list(c.columns) for c in table.constraints if isinstance(c, sa.UniqueConstraint)]
    rules += [list(i.columns) for i in table.indexes if i.unique]
    rules += [[c] for c in table.columns if c.unique]
    free = [next((c for c in rule if not c.foreign_keys), None) for rule in rules]
    return list({c.name: c for c in free if c is not None}.values())


def _stored(table: sa.Table, values: Mapping[str, Any]) -> tuple[Any, ...]:
    as_bytes = _byte_columns(table)
    if not as_bytes:
        return tuple(values.values())
    return tuple(bytes.fromhex(v) if v is not None and name in as_bytes else v for name, v in values.items())


@lru_cache
def _byte_columns(table: sa.Table) -> frozenset[str]:
    return frozenset(c.name for c in table.columns if _is_bytes(c))


def _is_bytes(column: sa.Column[Any]) -> bool:
    return isinstance(column.type, sa.LargeBinary)
