"""Rows written by the thousand with plain statements: large lists, the sample office, measuring at a million.

A batch is filled with rows that refer to each other by their place in it; keys are reserved in blocks when it is
written, so that a large import stays one compact action of the journal.
"""

from __future__ import annotations

import datetime as dt
import enum
import json
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.store.base import Base
from liaison.store.bulk import COMPACT_FROM, reserve, streaming
from liaison.store.types import to_microseconds

ORDER = (
    "fx_rate",
    "organization",
    "contact",
    "officer",
    "agent",
    "source_file",
    "patient",
    "patient_identifier",
    "related_person",
    "policy",
    "cover",
    "journey",
    "journey_event",
    "confirmation",
    "estimate",
    "guarantee",
    "guarantee_version",
    "guarantee_query",
    "guarantee_event",
    "bill",
    "claim",
    "claim_line",
    "claim_query",
    "claim_event",
    "payment",
    "task",
    "note",
)
"""Tables that a batch may fill, parents first."""


class Place(int):
    """A row's place in its batch, where its key is not known yet."""


class Batch:
    """Rows waiting to be written together. ``as_blocks`` journals blocks of keys instead of rows, however few."""

    def __init__(self, *, as_blocks: bool = False) -> None:
        self._as_blocks = as_blocks
        self._rows: dict[str, list[dict[str, Any]]] = {name: [] for name in ORDER}

    def add(self, table: str, **values: Any) -> Place:
        """Put a row in; a value that is a :class:`Place` refers to a row put in before."""
        rows = self._rows[table]
        rows.append(values)
        return Place(len(rows) - 1)

    def __len__(self) -> int:
        return sum(map(len, self._rows.values()))

    def write(self, session: Session) -> Mapping[str, range]:
        """Write all rows, then be empty again. Returns the keys of each table: a row's place in it finds its own."""
        # In a compact action every row must lie in a journaled block, also where a table gets a few rows only.
        least = COMPACT_FROM + 1 if self._as_blocks or max(map(len, self._rows.values())) > COMPACT_FROM else 1
        keys = {
            name: reserve(session, Base.metadata.tables[name], max(len(rows), least))
            for name, rows in self._rows.items()
            if rows
        }
        for name in ORDER:
            if self._rows[name]:
                _insert(session, Base.metadata.tables[name], self._rows[name], keys)
                self._rows[name] = []
        return keys


def _insert(session: Session, table: sa.Table, rows: Sequence[dict[str, Any]], keys: dict[str, range]) -> None:
    names = tuple(dict.fromkeys(name for row in rows for name in row))
    defaults = {name: _default(table.c[name]) for name in names}
    parents = {c.name: next(iter(c.foreign_keys)).column.table.name for c in table.c if c.foreign_keys}
    columns, marks = ", ".join(("id", *names)), ", ".join("?" * (len(names) + 1))
    own = keys[table.name]

    def stored(row: dict[str, Any], name: str) -> Any:
        value = row.get(name, defaults[name])
        return keys[parents[name]][value] if type(value) is Place else _plain(value)

    values = [(own[place], *(stored(row, name) for name in names)) for place, row in enumerate(rows)]
    with streaming(session, table, own):
        session.connection().exec_driver_sql(f"INSERT INTO {table.name} ({columns}) VALUES ({marks})", values)


def _default(column: sa.Column[Any]) -> str | None:
    """What a row that does not speak of a column gets; a STRICT table turns the text of a number into the number."""
    default = column.server_default
    return str(default.arg) if isinstance(default, sa.DefaultClause) else None


def _plain(value: Any) -> Any:
    match value:
        case enum.Enum():
            return value.value
        case bool():
            return int(value)
        case dt.datetime():
            return to_microseconds(value)
        case dt.date():
            return value.isoformat()
        case list() | tuple():
            return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return value
