"""Lays a paper for outside out again and again until the audit of its figures passes.

What the audit holds back makes the next laying out hide it, which may merge categories or choose longer periods; the
figures of that coarser paper are audited anew. Source: ``security`` 6.3.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from liaison.domain.disclosure_audit import MOST_ROUNDS, Cell, Outcome, audit
from liaison.domain.errors import Refused
from liaison.domain.figures import MOST_P, Figure, Gate, Hideable, Key, Shown, hideable, passing
from liaison.domain.problems import Problem
from liaison.i18n import N_

T = TypeVar("T")

GIVES_AWAY = N_(
    "The figures of this report give small groups away however much of it is hidden. Choose a longer period, or leave "
    "this report out until more people are on record."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What former papers told: their figures, and which houses know which persons."""

    figures: Sequence[Figure] = ()
    houses: Mapping[str, frozenset[int]]
    percent: int = MOST_P

    @property
    def printed(self) -> dict[Key, Figure]:
        """By name and period, what was printed first."""
        found: dict[Key, Figure] = {}
        for figure in self.figures:
            if figure.shown in (Shown.NUMBER, Shown.STAR, Shown.ENOUGH, Shown.HELD_BACK):
                found.setdefault(figure.key, figure)
        return found


NOTHING = Earlier(houses={})


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarded(Generic[T]):
    """A paper that passed, with the figures it prints."""

    result: T
    gate: Gate


def cells_of(figures: Sequence[Figure], earlier: Sequence[Figure]) -> list[Cell]:
    """Draft and former figures as the audit reads them. What only its owners were told does not count."""
    old = [
        Cell(name=None, who=one.who, low=one.low, high=one.high, limit=one.limit)
        for one in earlier
        if one.shown is not Shown.EXACT
    ]
    new = [
        Cell(
            name=hideable(one.shown, one.who), who=one.who, low=one.low, high=one.high, limit=one.limit, is_draft=True,
            can_be_hidden=one.can_be_hidden,
        )
        for one in figures
        if one.shown is not Shown.EXACT
    ]  # fmt: skip
    return [*old, *new]


def lay_out_guarded(lay_out: Callable[[], T], earlier: Earlier) -> Guarded[T]:
    """Lay out, audit, hide, lay out again. Raises ``Refused`` where nothing that is left passes."""
    printed = earlier.printed
    held: frozenset[Hideable] = frozenset()
    passed: set[Figure] = set()
    for _turn in range(MOST_ROUNDS):
        gate = Gate(printed=printed, held_back=held, percent=earlier.percent)
        with passing(gate):
            result = lay_out()
        figures = gate.all_figures
        if passed.issuperset(one for one in figures if one.shown is not Shown.HELD_BACK):
            return Guarded(result=result, gate=gate)
        outcome = audit(cells_of(figures, earlier.figures), earlier.houses)
        new = _to_hide(outcome, figures) - held
        if not new:
            return Guarded(result=result, gate=gate)
        held |= new
        passed = {one for one in figures if hideable(one.shown, one.who) not in held} if outcome.is_safe else set()
    raise Refused([Problem(code="GIVES_AWAY", message=GIVES_AWAY)])


def _to_hide(outcome: Outcome, figures: Sequence[Figure]) -> frozenset[Hideable]:
    """What the audit found; where it found no end, everything of the paper's smaller half."""
    if outcome.is_safe:
        return frozenset(name for name in outcome.held_back if isinstance(name, tuple))
    sizes = sorted(len(one.who) for one in figures)
    middle = sizes[len(sizes) // 2]
    return frozenset(hideable(one.shown, one.who) for one in figures if len(one.who) <= middle and one.can_be_hidden)
