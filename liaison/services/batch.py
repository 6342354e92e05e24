"""Rows written by the thousand with plain statements: large lists, the sample office, measuring at a million.

A batch is filled with rows that refer to each other by their place in it; keys are reserved in blocks when it is
written, so that a large import stays one compact action of the journal.
"""

from __future__ import annotations

import datetime as dt
import enum
import json
from collections.abc import Iterable, Mapping, Sequence
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

    __slots__ = ()


class Known(Place):
    """The key of a row that was put into a :class:`Stream`."""

    __slots__ = ()


_AT_ONCE = 5_000
"""Rows turned into what the file holds at once, so that a large list stands in memory only once."""

_PENDING = 25_000
"""Rows of one table that wait in a stream before they are written."""

_AS_THEY_ARE = {str, int, type(None), Place, Known}
_NONE = range(0)


_Names = tuple[str, ...]
_Row = tuple[_Names, tuple[Any, ...]]
"""The columns a row speaks of, shared by all rows that speak of the same, and its values."""


class Batch:
    """Rows waiting to be written together. ``as_blocks`` journals blocks of keys instead of rows, however few."""

    def __init__(self, *, as_blocks: bool = False) -> None:
        self._as_blocks = as_blocks
        self._rows: dict[str, list[_Row]] = {name: [] for name in ORDER}
        self._shapes: dict[_Names, _Names] = {}

    def add(self, table: str, **values: Any) -> Place:
        """Put a row in; a value that is a :class:`Place` refers to a row put in before."""
        rows, names = self._rows[table], tuple(values)
        rows.append((self._shapes.setdefault(names, names), tuple(values.values())))
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
                self._insert(session, name, keys[name], own=keys[name], keys=keys)
        return keys

    def _insert(self, session: Session, name: str, block: range, *, own: range, keys: Mapping[str, range]) -> None:
        _insert(session, Base.metadata.tables[name], self._rows[name], block, own=own, keys=keys)
        self._rows[name] = []


class Stream(Batch):
    """A batch for a large import: keys are known at once, and rows go to the store as they come.

    So neither rows nor keys of a long list stand in memory. No table may get more than ``room`` rows.
    """

    def __init__(self, session: Session, *, room: int) -> None:
        super().__init__(as_blocks=True)
        self._session = session
        self._room = max(room, COMPACT_FROM + 1)
        self._blocks: dict[str, range] = {}
        self._written = dict.fromkeys(ORDER, 0)

    def add(self, table: str, **values: Any) -> Known:
        """Put a row in; its key is known although it may be written later."""
        if table not in self._blocks:
            self._blocks[table] = reserve(self._session, Base.metadata.tables[table], self._room)
        place = super().add(table, **values)
        key = Known(self._blocks[table][self._written[table] + place])
        if place + 1 >= _PENDING:
            self.write(self._session)
        return key

    def write(self, session: Session) -> Mapping[str, range]:
        """Write what waits, parents first. Every key was told before, so none is returned."""
        for name in ORDER:
            count = len(self._rows[name])
            if count:
                start, block = self._written[name], self._blocks[name]
                self._insert(session, name, block, own=block[start : start + count], keys={})
                self._written[name] += count
        return {}


def _insert(
    session: Session, table: sa.Table, rows: Sequence[_Row], block: range, *, own: range, keys: Mapping[str, range]
) -> None:
    names = tuple(dict.fromkeys(name for shape in {id(r[0]): r[0] for r in rows}.values() for name in shape))
    defaults = {name: _default(table.c[name]) for name in names}
    parents = {c.name: next(iter(c.foreign_keys)).column.table.name for c in table.c if c.foreign_keys}
    columns, marks = ", ".join(("id", *names)), ", ".join("?" * (len(names) + 1))
    sql = f"INSERT INTO {table.name} ({columns}) VALUES ({marks})"
    with streaming(session, table, block):
        for start in range(0, len(rows), _AT_ONCE):
            part = rows[start : start + _AT_ONCE]
            # Column by column: what a column holds is decided once and not for each of a million values.
            held = (
                _stored(values, keys.get(parents.get(name, ""), _NONE))
                for name, values in zip(names, _columns(part, names, defaults), strict=True)
            )
            lines = list(zip(own[start : start + len(part)], *held, strict=True))
            session.connection().exec_driver_sql(sql, lines)


def _columns(rows: Sequence[_Row], names: _Names, defaults: Mapping[str, Any]) -> Iterable[Sequence[Any]]:
    """The values of rows by column; a row that does not speak of a column gets its default."""
    if all(shape == names for shape in {id(r[0]): r[0] for r in rows}.values()):
        return zip(*(values for _, values in rows), strict=True)
    told = [dict(zip(shape, values, strict=True)) for shape, values in rows]
    return ([row.get(name, defaults[name]) for row in told] for name in names)


def _stored(values: Sequence[Any], parents: Sequence[int]) -> Sequence[Any]:
    """A column as the file holds it, with places turned into the keys of their rows."""
    kinds = set(map(type, values))
    if Place in kinds:
        values = [parents[value] if type(value) is Place else value for value in values]
    return values if kinds <= _AS_THEY_ARE else list(map(_plain, values))


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
