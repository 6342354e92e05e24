"""Rows written by the thousand with plain statements: large lists, the sample office, measuring at a million.

A batch is filled with rows that refer to each other by their place in it; keys are reserved in blocks when it is
written, so that a large import stays one compact action of the journal.
"""

from __future__ import annotations

import datetime as dt
import enum
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
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

_PENDING = 20_000
"""Rows of one table that wait in a stream before they are written."""

_BLOCK_OF_FEW = 500
"""Keys a short list reserves at once for a table; every row of it is journaled."""

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

    def _insert(
        self, session: Session, name: str, block: range, *, own: Sequence[int], keys: Mapping[str, range]
    ) -> None:
        _insert(session, Base.metadata.tables[name], self._rows[name], block, own=own, keys=keys)
        self._rows[name] = []


class Stream(Batch):
    """A batch for lists: keys are known at once, and rows of a long list go to the store as they come.

    So neither rows nor keys of a long list stand in memory. With room for more than :data:`COMPACT_FROM` rows, blocks
    of keys are journaled, and no table may get more rows than that; else every row is.
    """

    def __init__(self, session: Session, *, room: int) -> None:
        self._is_compact = room > COMPACT_FROM
        super().__init__(as_blocks=self._is_compact)
        self._session = session
        self._room = room if self._is_compact else _BLOCK_OF_FEW
        self._blocks: dict[str, range] = {}
        self._keys: dict[str, Iterator[int]] = {}
        self._inlets: dict[str, Inlet] = {}
        self._own: dict[str, list[int]] = {name: [] for name in ORDER}

    def add(self, table: str, **values: Any) -> Known:
        """Put a row in; its key is known although it may be written later."""
        key = self.next_key(table)
        super().add(table, **values)
        self._own[table].append(key)
        if len(self._own[table]) >= _PENDING:
            self.write(self._session)
        return Known(key)

    def inlet(self, table: str, *columns: str) -> Inlet:
        """A way in for many rows of one table that speak of the same columns."""
        made = self._inlets[table] = Inlet(self, table, columns)
        return made

    def next_key(self, table: str) -> int:
        """The key of the next row of a table."""
        key = next(self._keys[table], None) if table in self._keys else None
        if key is None:
            if self._is_compact and table in self._blocks:
                raise RuntimeError(f"more rows of {table} than there is room for")
            block = self._blocks[table] = reserve(self._session, Base.metadata.tables[table], self._room)
            self._keys[table] = iter(block)
            key = next(self._keys[table])
        return key

    def write(self, session: Session) -> Mapping[str, range]:
        """Write what waits, parents first. Every key was told before, so none is returned."""
        for name in ORDER:
            if name in self._inlets:
                self._inlets[name].write(session)
            own = self._own[name]
            if own:
                self._own[name] = []
                self._insert(session, name, self._block_of(name), own=own, keys={})
        return {}

    def _block_of(self, table: str) -> range:
        return self._blocks[table] if self._is_compact else _NONE


class Inlet:
    """One table of a stream for rows by the hundred thousand: columns named once, values as the file holds them."""

    __slots__ = ("_rows", "_sql", "_stream", "_table")

    def __init__(self, stream: Stream, table: str, columns: Sequence[str]) -> None:
        marks = ", ".join("?" * (len(columns) + 1))
        self._sql = f"INSERT INTO {table} ({', '.join(('id', *columns))}) VALUES ({marks})"
        self._stream, self._table = stream, Base.metadata.tables[table]
        self._rows: list[tuple[Any, ...]] = []

    def put(self, *values: Any) -> int:
        """Put a row in and tell its key."""
        key = self._stream.next_key(self._table.name)
        self._rows.append((key, *values))
        if len(self._rows) >= _PENDING:
            self._stream.write(self._stream._session)
        return key

    def write(self, session: Session) -> None:
        """Write what waits; called by the stream in the order of its tables."""
        rows, self._rows = self._rows, []
        if rows:
            block = self._stream._block_of(self._table.name)
            part = range(rows[0][0], rows[-1][0] + 1, block.step)
            with streaming(session, self._table, block, part=part):
                session.connection().exec_driver_sql(self._sql, rows)


def _insert(
    session: Session,
    table: sa.Table,
    rows: Sequence[_Row],
    block: range,
    *,
    own: Sequence[int],
    keys: Mapping[str, range],
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


@lru_cache(maxsize=65536)
def stored_day(day: dt.date | None) -> str | None:
    """A date as the file holds it."""
    return None if day is None else day.isoformat()


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
