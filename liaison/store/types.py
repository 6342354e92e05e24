"""How values stand in a column: the same text and integers in SQLite STRICT tables and in PostgreSQL."""

from __future__ import annotations

import datetime as dt
import enum
import json
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator

Key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""A 63-bit key or any whole number."""

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)


def to_microseconds(moment: dt.datetime) -> int:
    """Microseconds since 1970 UTC; a moment without a zone raises ``ValueError``."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return (moment - _EPOCH) // _MICROSECOND


def from_microseconds(value: int) -> dt.datetime:
    """The moment, in UTC."""
    return _EPOCH + value * _MICROSECOND


class Moment(TypeDecorator[dt.datetime]):
    """A moment, stored as UTC microseconds; naive values are refused."""

    impl = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Any) -> int | None:
        """To microseconds."""
        return None if value is None else to_microseconds(value)

    def result_processor(self, dialect: Any, coltype: object) -> Any:
        """From microseconds."""
        return lambda value: None if value is None else _EPOCH + dt.timedelta(microseconds=value)


class Day(TypeDecorator[dt.date]):
    """A date without a time, stored as ISO text so that it sorts and reads alike everywhere."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: dt.date | None, dialect: Any) -> str | None:
        """To ISO text."""
        return None if value is None else value.isoformat()

    def result_processor(self, dialect: Any, coltype: object) -> Any:
        """From ISO text."""
        return lambda value: None if value is None else dt.date.fromisoformat(value)


class Flag(TypeDecorator[bool]):
    """Yes or no, stored as 1 or 0 in both databases (the journal writes it as a number)."""

    impl = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Any) -> int | None:
        """To 1 or 0."""
        return None if value is None else int(value)

    def result_processor(self, dialect: Any, coltype: object) -> Any:
        """From 1 or 0."""
        known: dict[int | None, bool | None] = {None: None, 0: False, 1: True}
        return known.__getitem__


class Choice(TypeDecorator[Any]):
    """One member of an enum, stored as the member's value."""

    impl = sa.Text
    cache_ok = True

    def __init__(self, choices: type[enum.Enum]) -> None:
        super().__init__()
        self.choices = choices

    def process_bind_param(self, value: Any, dialect: Any) -> str | None:
        """To the member's value; a bare value is accepted if it is one."""
        return None if value is None else str(self.choices(value).value)

    def result_processor(self, dialect: Any, coltype: object) -> Any:
        """To the member. A look-up without a Python call: lists of thousands of rows pass through here."""
        known: dict[str | None, enum.Enum | None] = {None: None}
        known.update((str(member.value), member) for member in self.choices)
        return known.__getitem__


class Items(TypeDecorator[Any]):
    """A short list or mapping of plain values, stored as JSON text with sorted keys."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> str | None:
        """To JSON text."""
        return None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Any) -> Any:
        """From JSON text."""
        return None if value is None else json.loads(value)
