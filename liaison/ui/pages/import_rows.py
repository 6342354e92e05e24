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
    columns: dict[str, str] = field(default_factory=dict)
    """Fields by folded heading; an empty field ignores the column."""
    statuses: dict[str, str] = field(default_factory=dict)
    """Codes of states by folded status word."""


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
class Word:
    """A status word of a list and what it is taken to mean; ``code`` is empty where nobody knows."""

    raw: str
    code: str
    count: int
    trust: str = ""


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
    words: tuple[Word, ...] = ()
    takes: int | None = None
    """How many would be written, where that is not new + updated + unchanged."""

    def count(self, verdict: Verdict) -> int:
        """How many rows have this fate."""
        return sum(r.verdict is verdict for r in self.rows)

    @property
    def taken(self) -> int:
        """How many records would come in."""
        return self.new + self.updated + self.unchanged if self.takes is None else self.takes


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
    known: Callable[[Any], tuple[dict[str, str], dict[str, str]]] | None = None
    """Headings and status words mapped before, from the store."""
    states: tuple[tuple[str, str], ...] = ()
    """Codes a status word may mean, with their marked labels."""
    keep: Callable[[Any, Any], Any] | None = None
    """Remember what was said about headings and words: ``keep(session, answers)``."""
