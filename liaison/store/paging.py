"""Long lists: keys first, rows when they come into sight. Never OFFSET, never ORM entities.

A list paints its first rows at once, then takes a snapshot of all keys in order, so that the scroll bar tells the
truth, and fetches pages of rows by key. Rows are plain tuples.
"""

from __future__ import annotations

import json
from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

PAGE = 200
_KEPT_PAGES = 25
_KEYS = "page_keys"

Row = tuple[Any, ...]


def first_page(session: Session, rows: sa.Select[Any], *, size: int = PAGE) -> list[Row]:
    """The first rows of an ordered select."""
    return [tuple(r) for r in session.connection().execute(rows.limit(size))]


def snapshot(session: Session, keys: sa.Select[Any]) -> array[int]:
    """Every key of an ordered select of keys, eight bytes each."""
    return array("q", map(itemgetter(0), _fetched(session.connection().execute(keys))))


def rows_of(
    session: Session, columns: sa.Select[Any], *, key: sa.ColumnElement[int], keys: Sequence[int]
) -> list[Row | None]:
    """The rows of these keys in their order; ``columns`` selects the key first. None where a row is gone meanwhile.

    Keep ``columns`` as a constant: what is made of it is made once.
    """
    connection = session.connection()
    query = _query(columns, key, connection.dialect)
    found = _fetched(connection.execute(query.statement, {_KEYS: json.dumps(list(keys))}))
    by_key = {row[0]: row for row in query.converted(found)}
    return [by_key.get(k) for k in keys]


@dataclass(frozen=True, slots=True)
class _Query:
    statement: sa.Select[Any]
    processors: tuple[Callable[[Any], Any] | None, ...]

    def converted(self, rows: Sequence[Row]) -> Iterable[Row]:
        """Column by column, so that the loop over rows runs in C."""
        if not rows:
            return ()
        columns = zip(self.processors, zip(*rows, strict=True), strict=True)
        parts = (map(convert, part) if convert else part for convert, part in columns)
        return zip(*parts, strict=True)


@lru_cache(maxsize=64)
def _query(columns: sa.Select[Any], key: sa.ColumnElement[int], dialect: sa.Dialect) -> _Query:
    page = sa.func.json_each(sa.bindparam(_KEYS)).table_valued("value")
    types = [c.type.dialect_impl(dialect) for c in columns.selected_columns]
    chosen = columns.where(key.in_(sa.select(page.c.value)))
    return _Query(chosen, tuple(t.result_processor(dialect, None) for t in types))


def _fetched(result: sa.CursorResult[Any]) -> list[Row]:
    """Rows as the driver has them: the machinery of results would take longer than the database does."""
    return [] if result.cursor is None else list(result.cursor.fetchall())


class Pages:
    """Rows in sight of one list, and the pages around them; the least recently seen page is forgotten first."""

    def __init__(self, keys: Sequence[int], *, size: int = PAGE, kept: int = _KEPT_PAGES) -> None:
        self.keys = keys
        self.size = size
        self._kept = kept
        self._pages: OrderedDict[int, Sequence[Row | None]] = OrderedDict()

    def __len__(self) -> int:
        return len(self.keys)

    def row(self, index: int) -> Row | None:
        """A row, or None where its page has not been fetched (or the row is gone)."""
        number, place = divmod(index, self.size)
        page = self._pages.get(number)
        if page is None:
            return None
        self._pages.move_to_end(number)
        return page[place]

    def has(self, index: int) -> bool:
        """Whether the page of this row is here."""
        return index // self.size in self._pages

    def wanted(self, first: int, last: int) -> list[int]:
        """Numbers of the pages between two rows that are still to be fetched."""
        end = min(last, len(self.keys) - 1)
        return (
            [n for n in range(max(first, 0) // self.size, end // self.size + 1) if n not in self._pages]
            if end >= 0
            else []
        )

    def page_keys(self, number: int) -> list[int]:
        """The keys of one page."""
        return list(self.keys[number * self.size : (number + 1) * self.size])

    def put(self, number: int, rows: Sequence[Row | None]) -> None:
        """Keep a fetched page."""
        self._pages[number] = rows
        self._pages.move_to_end(number)
        while len(self._pages) > self._kept:
            self._pages.popitem(last=False)

    def forget(self) -> None:
        """Fetch everything anew (something changed); the keys stay."""
        self._pages.clear()
