"""Numbers of persons that know whom they count, and the gate every figure passes on its way to a paper for outside.

Without an open gate (inside the office, in a test of a layout) figures print by the rule of small numbers alone. Within
:func:`passing`, a figure printed before is printed the same again, a figure held back stays hidden, and what is printed
is written down with the set of persons it counts, for the audit and the ledger. Source: ``security`` 6.2, rules 9, 10.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

Key = tuple[str, str, str]
"""Name of a figure, first and last day of its period (ISO text, empty where it has none)."""

LEAST_P, MOST_P = 10, 15
"""Per cent of the p%-rule for amounts; which one holds in an office stays there."""


class Counted(int):
    """A number of persons with their keys. ``name`` and period say which figure it is, in every report alike."""

    who: frozenset[int]
    name: str
    start: dt.date | None
    end: dt.date | None

    @classmethod
    def of(cls, who: Iterable[int], name: str, *, start: dt.date | None = None, end: dt.date | None = None) -> Counted:
        """How many persons these are."""
        people = frozenset(who)
        count = cls(len(people))
        count.who, count.name, count.start, count.end = people, name, start, end
        return count

    @property
    def key(self) -> Key:
        """What is the same in every report that prints this figure."""
        start, end = (day.isoformat() if day else "" for day in (self.start, self.end))
        return self.name, start, end


class Shown(enum.Enum):
    """How a figure stands on paper, or what else it tells."""

    NUMBER = "number"
    STAR = "star"
    ENOUGH = "enough"
    """A median is printed, so there are at least ten."""
    TOO_FEW = "too few"
    """A median is missing for want of ten."""
    EXACT = "exact"
    """Told to those alone whose own rows they are."""
    HELD_BACK = "held back"
    """Not printed; kept so that later papers do not give it away either."""
    CORRECTION = "correction"
    """The same figure as it would be today, beside the one printed before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A printed figure and what it reveals: between ``low`` and ``high`` of these persons; no ``high`` is no limit."""

    key: Key
    who: frozenset[int]
    low: int
    high: int | None
    shown: Shown
    value: int | None = None
    limit: int = 7
    quantiles: tuple[float, ...] = ()

    @property
    def can_be_hidden(self) -> bool:
        """Whether leaving it out takes back what it tells."""
        return self.shown not in (Shown.TOO_FEW, Shown.HELD_BACK, Shown.EXACT)


Hideable = tuple[Shown, frozenset[int]]
"""What is held back: a set of persons as a number or star, or its median. Another name does not bring it back."""


def hideable(shown: Shown, who: frozenset[int]) -> Hideable:
    """Numbers and stars of one set are held back together."""
    return (Shown.NUMBER if shown is Shown.STAR else shown), who


@dataclass(slots=True, kw_only=True)
class Gate:
    """What is known of earlier papers while one is laid out, and what this one prints."""

    printed: Mapping[Key, Figure] = field(default_factory=dict)
    held_back: frozenset[Hideable] = frozenset()
    percent: int = MOST_P
    figures: dict[tuple[Key, Shown], Figure] = field(default_factory=dict)
    stars: set[Key] = field(default_factory=set)
    gaps: set[Key] = field(default_factory=set)
    corrections: dict[Key, Figure] = field(default_factory=dict)

    @property
    def all_figures(self) -> list[Figure]:
        """Everything this paper tells, its corrections too.

        A missing median tells something only beside a printed number: of eight to twelve persons, eight or nine.
        """
        numbers = {one.who for one in self.figures.values() if one.shown is Shown.NUMBER}
        told = [one for one in self.figures.values() if one.shown is not Shown.TOO_FEW or one.who in numbers]
        return [*told, *self.corrections.values()]

    def earlier(self, count: Counted) -> Figure | None:
        """The figure as it was printed before."""
        return self.printed.get(count.key)

    def earlier_median(self, count: Counted) -> Figure | None:
        """Median and middle half as they were printed before, of the same persons or fewer."""
        return self.printed.get(_median_key(count.key))

    def holds_back(self, shown: Shown, who: frozenset[int]) -> bool:
        """Whether the audit held this figure back."""
        return hideable(shown, who) in self.held_back

    def holds_back_median(self, count: Counted) -> bool:
        """Whether the audit held a median back, now or when it was to be printed first."""
        before = self.earlier_median(count)
        return self.holds_back(Shown.ENOUGH, count.who) if before is None else before.shown is Shown.HELD_BACK

    def print(self, figure: Figure) -> None:
        """Write down that a figure stands on this paper."""
        if figure.shown is Shown.STAR:
            self.stars.add(figure.key)
        elif figure.shown is Shown.HELD_BACK:
            self.gaps.add(figure.key)
        if figure.who and figure.key not in self.printed:
            self.figures[figure.key, figure.shown] = figure

    def print_median(
        self, count: Counted, quantiles: tuple[float, ...], *, least: int, most: int | None = None
    ) -> None:
        """Write down that a median stands on this paper, and so many persons at least are behind it.

        ``most`` is the greatest number of persons that it tells of, where a further figure is missing for want of more.
        """
        key = _median_key(count.key)
        self.print(Figure(key=key, who=count.who, low=least, high=most, shown=Shown.ENOUGH, quantiles=quantiles))

    def hide_median(self, count: Counted) -> None:
        """Write down that a median was held back."""
        key = _median_key(count.key)
        self.print(Figure(key=key, who=count.who, low=0, high=None, shown=Shown.HELD_BACK))

    def miss_median(self, count: Counted, *, least: int) -> None:
        """Write down that a median is missing for want of persons."""
        if 0 < count < least:
            key = _median_key(count.key)
            self.print(Figure(key=key, who=count.who, low=1, high=least - 1, shown=Shown.TOO_FEW))

    def correct(self, count: Counted, figure: Figure) -> None:
        """Remember that a figure printed before would be another one today."""
        if not self.holds_back(Shown.CORRECTION, count.who):
            self.corrections[count.key] = figure


def _median_key(key: Key) -> Key:
    return f"{key[0]} median", key[1], key[2]


_GATE: ContextVar[Gate | None] = ContextVar("gate", default=None)


def open_gate() -> Gate | None:
    """The gate of the report that is being laid out, if it is one for outside the office."""
    return _GATE.get()


@contextmanager
def passing(gate: Gate) -> Iterator[Gate]:
    """Lay out a report through a gate."""
    token = _GATE.set(gate)
    try:
        yield gate
    finally:
        _GATE.reset(token)
