"""Who may see what, and how figures leave the office. Sources: ``decisions`` (Small numbers), ``security`` 6.2."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal

from liaison.domain.coded import Coded
from liaison.domain.drawn import note
from liaison.domain.figures import Counted, Figure, Gate, Shown, open_gate
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

HELD_BACK = "**"
"""Printed for a count of any size that would give a hidden one away."""

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
    """A count as it may leave the office: rounded, or ``None`` for a star. ``held_back`` says nothing of its size."""

    value: int | None
    held_back: bool = field(default=False, compare=False)
    count: Counted | None = field(default=None, compare=False, repr=False)
    small: int = field(default=SMALL, compare=False, repr=False)

    @property
    def is_star(self) -> bool:
        """Whether the figure is hidden."""
        return self.value is None

    @property
    def sign(self) -> str:
        """What is printed for a hidden figure."""
        return HELD_BACK if self.held_back else STAR


HIDDEN = PublicCount(None, held_back=True)


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
    small = SMALL_SENSITIVE if sensitive else SMALL
    hidden = not zero_is_safe if count == 0 else count <= small
    people = count if isinstance(count, Counted) else None
    shown = PublicCount(None if hidden else rounded(count), count=people, small=small)
    gate = open_gate()
    return shown if gate is None or people is None else _through(gate, people, shown)


def _through(gate: Gate, people: Counted, shown: PublicCount) -> PublicCount:
    """As it was printed before, or hidden where the audit held it back."""
    before = gate.earlier(people)
    if before is not None:
        if before.shown is Shown.HELD_BACK:
            return replace(shown, value=None, held_back=True)
        if shown.value is not None and before.value is not None and shown.value != before.value:
            gate.correct(people, replace(_figure(people, shown), shown=Shown.CORRECTION))
        return replace(shown, value=before.value)
    if gate.holds_back(Shown.NUMBER, people.who):
        return replace(shown, value=None, held_back=True)
    return shown


def on_paper(shown: PublicCount) -> PublicCount:
    """Write down that a figure is printed, and return it. One that nobody can audit is held back: fail closed."""
    gate = open_gate()
    if gate is None:
        if shown.count is not None:
            note(_figure(shown.count, shown))
        return shown
    if shown.count is None:
        return HIDDEN
    figure = _figure(shown.count, shown)
    if shown.held_back:
        figure = replace(figure, shown=Shown.HELD_BACK, low=0, high=None)
    gate.print(figure)
    before = gate.printed.get(figure.key)
    note(figure if before is None else replace(figure, who=before.who))
    return shown


def _figure(people: Counted, shown: PublicCount) -> Figure:
    """What a printed figure reveals to somebody who knows the rules. Source: ``security`` 6.4."""
    if shown.value is None:
        low, high = min(int(people), 1), shown.small
    elif shown.value == 0:
        low, high = 0, 0
    else:
        low, high = max(shown.value - _OFF_BY, shown.small + 1), shown.value + _OFF_BY
    kind = Shown.STAR if shown.value is None else Shown.NUMBER
    return Figure(key=people.key, who=people.who, low=low, high=high, shown=kind, value=shown.value, limit=shown.small)


def public_percent(part: PublicCount, whole: PublicCount) -> int | None:
    """Whole per cent from the rounded figures; ``None`` where one is hidden or the whole is under 20."""
    part, whole = on_paper(part), on_paper(whole)
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
