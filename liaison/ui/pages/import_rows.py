"""What every kind of list looks like to the import page: answers given, rows with their fate, counts and sums."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from liaison.domain.money import Money
from liaison.i18n import Language


class Verdict(StrEnum):
    """What becomes of a row."""

    REFUSED = "refused"
    WARNED = "warned"
    READY = "ready"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What the officer answered for a list."""

    currency: str = ""
    insurer: str = ""
    city: str = ""
    password: str = ""
    statuses: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRow:
    """One row of a list. ``says`` is already in the shown language; ``original`` are its cells by their headings."""

    row: int
    sheet: str
    number: str
    name: str
    place: str
    verdict: Verdict
    says: str
    amount: Money | None = None
    amount_text: str = ""
    original: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A whole list before anything is written."""

    rows: tuple[ReviewRow, ...]
    new: int
    updated: int
    unchanged: int
    skipped: int
    sums: tuple[Money, ...] = ()
    notes: tuple[str, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    where: str = ""

    def count(self, verdict: Verdict) -> int:
        """How many rows have this fate."""
        return sum(r.verdict is verdict for r in self.rows)

    @property
    def taken(self) -> int:
        """How many records would come in."""
        return self.new + self.updated + self.unchanged


@dataclass(frozen=True, slots=True, kw_only=True)
class ListKind:
    """One kind of list. ``read(path, answers)`` runs without a session, ``plan`` and ``write`` with one."""

    key: str
    label: str
    icon: str
    title: str
    """Marked title of the action."""
    read: Callable[[Path, Answers], Any]
    plan: Callable[[Any, Any], Any]
    write: Callable[[Any, Any], Any]
    review: Callable[[Any, Any, Language], Review]
    asks: frozenset[str] = frozenset()
    """Which answers make sense: currency, insurer, city."""
