"""Small things every list shares while its rows are walked: looking ahead, and skipped rows as runs."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from itertools import islice
from typing import Generic, TypeVar

from liaison.domain.listing import Skip, SkipKind

T = TypeVar("T")


class Ahead(Generic[T]):
    """A stream whose next items can be looked at before they are taken."""

    def __init__(self, items: Iterator[T]) -> None:
        self._items = items
        self._held: deque[T] = deque()

    def __bool__(self) -> bool:
        return bool(self._held) or bool(self.peek(1))

    def first(self) -> T:
        """The next item, not taken."""
        return self._held[0] if self._held else self.peek(1)[0]

    def peek(self, count: int) -> list[T]:
        """Up to ``count`` next items, not taken."""
        if len(self._held) < count:
            self._held.extend(islice(self._items, count - len(self._held)))
        return list(islice(self._held, count))

    def drop(self) -> None:
        """Take the next item away."""
        if self:
            self._held.popleft()


class Skips:
    """Skipped rows, kept as runs: a million empty rows are one entry. Rows may come out of order."""

    def __init__(self) -> None:
        self._runs: list[Skip] = []

    def add(self, sheet: str, row: int, kind: SkipKind) -> None:
        """Skip one row."""
        last = self._runs[-1] if self._runs else None
        if last is not None and last.kind is kind and last.last == row - 1 and last.sheet == sheet:
            self._runs[-1] = Skip(sheet=sheet, first=last.first, last=row, kind=kind)
        else:
            self._runs.append(Skip(sheet=sheet, first=row, last=row, kind=kind))

    def add_all(self, other: Skips) -> None:
        """Take over what another sheet skipped, in the order of its rows."""
        self._runs += sorted(other._runs, key=lambda skip: skip.first)

    def sorted(self) -> tuple[Skip, ...]:
        """The runs, sheet by sheet, in the order of their rows."""
        return tuple(self._runs)
