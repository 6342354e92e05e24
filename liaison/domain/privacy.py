"""Who may see what, and how figures leave the office. Sources: ``decisions`` (Small numbers), ``security`` 6.2."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from liaison.domain.coded import Coded
from liaison.i18n import N_


class Audience(Coded):
    """Who reads a paper or a file. A field that names no audience is internal: fail closed."""

    FAMILY = "family", N_("patient and family")
    HOSPITAL = "hospital", N_("hospital")
    INSURER = "insurer", N_("insurer")
    PUBLIC = "public", N_("public")
    INTERNAL = "internal", N_("internal")


EVERYONE = frozenset(Audience)
OUTSIDE_BUT_PUBLIC = frozenset({Audience.FAMILY, Audience.HOSPITAL, Audience.INSURER})
"""The three that take part in a case."""


def may_see(audience: Audience, allowed: Iterable[Audience]) -> bool:
    """Whether an audience may see a value marked for some audiences; the office itself sees everything."""
    return audience is Audience.INTERNAL or audience in frozenset(allowed)


# Small numbers

STAR = "*"
"""Printed for a count too small to leave the office."""

SMALL = 7
SMALL_SENSITIVE = 9
"""For HIV, mental health, fertility and TB."""

ROUND_TO = 5
_OFF_BY = ROUND_TO // 2

NUMBERS_LEFT = 4
"""How many numbers a star must be able to stand for, beside the other figures of its row and their total."""

PERCENT_FROM = 20
"""No percentage of fewer than this many."""

ZERO_FROM = 20
"""A zero may print as a zero in a row of at least this many, with two further categories not empty."""

STARS_AT_MOST = Decimal("0.15")
"""Whoever prints a table merges its categories until no more than this share of it is stars."""


@dataclass(frozen=True, slots=True)
class PublicCount:
    """A count as it may leave the office: rounded, or ``None`` for a star."""

    value: int | None

    @property
    def is_star(self) -> bool:
        """Whether the figure is hidden."""
        return self.value is None


HIDDEN = PublicCount(None)


def rounded(count: int) -> int:
    """To the nearest five; whole counts never lie half-way."""
    return ROUND_TO * ((count + ROUND_TO // 2) // ROUND_TO)


def public_count(count: int, *, sensitive: bool = False, zero_is_safe: bool = False) -> PublicCount:
    """One count for outside the office: 1 to 7 (1 to 9 if sensitive) is a star, more is rounded to 5.

    A zero is a star too unless ``zero_is_safe``: structurally impossible, or in a large row (see :func:`public_row`).
    Raises ``ValueError`` for a negative count.
    """
    if count < 0:
        raise ValueError("a count is never negative")
    if count == 0:
        return PublicCount(0) if zero_is_safe else HIDDEN
    return HIDDEN if count <= (SMALL_SENSITIVE if sensitive else SMALL) else PublicCount(rounded(count))


def public_percent(part: PublicCount, whole: PublicCount) -> int | None:
    """Whole per cent from the rounded figures; ``None`` where one is hidden or the whole is under 20."""
    if part.value is None or whole.value is None or whole.value < PERCENT_FROM:
        return None
    share = Decimal(part.value * 100) / whole.value
    return int(share.to_integral_value(rounding=ROUND_HALF_UP))


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicRow:
    """One row of a table for outside the office. The total is hidden too where it would give a star away."""

    counts: tuple[PublicCount, ...]
    total: PublicCount

    @property
    def percents(self) -> tuple[int | None, ...]:
        """Each count as a share of the rounded total."""
        return tuple(public_percent(c, self.total) for c in self.counts)


def public_row(counts: Sequence[int], *, sensitive: bool = False) -> PublicRow:
    """Counts of one row; the total is that of the true figures, rounded by itself. Source: ``security`` 6.2, rule 2.

    Three figures rounded in the same direction can close in on the fourth: then the total stays in the office.
    """
    true_total = sum(counts)
    filled = sum(1 for c in counts if c)
    safe = true_total >= ZERO_FROM and filled >= 2
    shown = tuple(public_count(c, sensitive=sensitive, zero_is_safe=safe) for c in counts)
    total = public_count(true_total, sensitive=sensitive)
    tight = gives_away(shown, total, sensitive=sensitive)
    return PublicRow(counts=shown, total=HIDDEN if tight else total)


def gives_away(counts: Sequence[PublicCount], total: PublicCount, *, sensitive: bool = False) -> bool:
    """Whether a reader who knows the rules narrows a star of the row down to fewer than four numbers.

    Fewer than four, because the middle of three is never more than one beside the truth.
    """
    if total.value is None:
        return False
    small = SMALL_SENSITIVE if sensitive else SMALL
    stars = sum(c.is_star for c in counts)
    shown = [c.value for c in counts if c.value]
    least = sum(max(value - _OFF_BY, small + 1) for value in shown)
    most = sum(value + _OFF_BY for value in shown)
    low = max(1, total.value - _OFF_BY - most - small * (stars - 1))
    high = min(small, total.value + _OFF_BY - least - (stars - 1))
    return stars > 0 and high - low + 1 < NUMBERS_LEFT


def stars_share(rows: Iterable[PublicRow]) -> Decimal:
    """Which share of the cells of a table (totals not counted) is stars; nothing for an empty table."""
    cells = [cell for row in rows for cell in row.counts]
    return Decimal(sum(cell.is_star for cell in cells)) / len(cells) if cells else Decimal(0)


# Masks

DOT = "•"


def mask(number: str, shown: int = 4) -> str:
    """``•••• 0917``: always the same width of dots, the last characters shown; too short a number shows none."""
    tail = number[-shown:] if len(number) > shown else ""
    return f"{DOT * 4} {tail}".rstrip()
