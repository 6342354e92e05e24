"""Whether printed figures, taken together, give a small group away, and what to hold back so that they do not.

A printed figure is an interval for the size of a set of persons. Persons who are in the same sets form a group; what a
reader can find out is bounded by all numbers of persons in the groups that fit every interval. For every small set (1
to 7, 1 to 9 for sensitive ones) and every small rest of one printed set within another, at least four sizes must stay
possible, for an outsider, for each person in it, and for each house that knows its own people. Sizes that are possible
are found by moving persons between groups, and where that finds too few, by integer programmes; a linear one says which
figures take part in giving a set away. Source: ``security`` 6.3 and 6.4.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import TYPE_CHECKING, Any

from liaison.domain.privacy import NUMBERS_LEFT, SMALL

if TYPE_CHECKING:
    from numpy.typing import NDArray

WIDTH = NUMBERS_LEFT - 1
"""Between the least and the greatest size that must stay possible."""

MOST_ROUNDS = 50
MOST_GROUPS = 4_000
"""Further groups of persons count as known to the reader, which errs on the side of hiding more."""
MOST_TRIES = 24
"""Small sets that are put to a programme in a round; one beyond them counts as given away."""
AGAIN = 2
"""How often many small sets are looked at together before each is looked at alone."""

MOST_COLUMNS = 1_200
"""With more groups a programme finds nothing in minutes where moving persons found nothing: its set is given away."""
MOST_NODES = 400
"""How far an integer programme is followed. No clock decides, so that a slow machine prints the same paper."""
MOST_BESIDE = 150
"""So many sets are looked at together for those that give a small one away, unless fewer show nothing."""
EVERYBODY = ""
"""The reader who knows nobody's rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A printed figure: which persons it counts and between what their number lies. ``name`` is empty for old ones."""

    name: object
    who: frozenset[int]
    low: int
    high: int | None
    limit: int = SMALL
    is_draft: bool = False
    can_be_hidden: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the audit held back, and how many small sets only older papers give away, which nothing here can mend."""

    held_back: frozenset[object]
    given_away: int
    rounds: int
    is_safe: bool


def audit(cells: Sequence[Cell], houses: Mapping[str, frozenset[int]] | None = None) -> Outcome:
    """Hold draft figures back until no small set is given away.

    ``houses`` are the persons whose rows each reader knows. ``is_safe`` is false where fifty rounds were not enough.
    """
    problem = _Problem(cells, houses or {})
    outsiders, insiders = problem.everything()
    held: set[object] = set()
    rounds = lost = 0
    for goals in (outsiders, insiders):
        failed = problem.failures(goals)
        while True:
            rounds += 1
            chosen, left = problem.repair(failed)
            if not chosen:
                lost += left
                break
            held |= chosen
            if rounds >= MOST_ROUNDS:
                return Outcome(held_back=frozenset(held), given_away=lost, rounds=rounds, is_safe=False)
            failed = problem.failures(failed)  # hiding more never gives away what was safe before
    return Outcome(held_back=frozenset(held), given_away=lost, rounds=rounds, is_safe=True)


def gives_away_any(cells: Sequence[Cell], houses: Mapping[str, frozenset[int]] | None = None) -> bool:
    """Whether draft figures, as they are, give a small set away that could be saved by holding one back."""
    problem = _Problem(cells, houses or {})
    outsiders, insiders = problem.everything()
    return any(problem.repair(problem.failures(goals))[0] for goals in (outsiders, insiders))


Goal = tuple[int, str]
"""A small set by its number, and the reader it is protected from."""


@dataclass(slots=True)
class _Set:
    """All figures of the same persons together."""

    who: int
    size: int
    low: int = 0
    high: float = float("inf")
    limit: int = SMALL
    names: list[object] = field(default_factory=list)
    is_draft: bool = False
    fixed: tuple[int, float] = (0, float("inf"))
    """What figures tell that cannot be hidden."""

    def hide(self) -> None:
        """Leave the draft's figures out."""
        self.low, self.high = self.fixed
        self.names = []

    def narrow(self, low: int, high: float) -> None:
        """A further figure of the same persons."""
        self.low, self.high = max(self.low, min(low, self.size)), min(self.high, max(high, self.size))


class _Problem:
    """Sets, groups of persons, and the small sets to protect; one for every round."""

    def __init__(self, cells: Sequence[Cell], houses: Mapping[str, frozenset[int]]) -> None:
        import numpy as np

        place: dict[int, int] = {}
        for cell in cells:
            for person in cell.who:
                place.setdefault(person, len(place))
        self._count = len(place)
        found: dict[int, _Set] = {}
        for cell in cells:
            _take(found, cell, _bits(cell.who, place))
        self.sets = sorted(_reached(list(found.values())), key=lambda one: one.size)
        self.np = np
        table = self._table([one.who for one in self.sets])
        self.matrix, self.truth, groups = self._group(table)
        self._set_limits()
        self.goals, self.goal_limits = self._goals()
        self.known = self._known(houses, place, groups)
        self.free = self._free()
        self.number = {house: number for number, house in enumerate(self.known)}
        self.most = np.full((len(self.known), len(self.goals)), -np.inf)
        self.least = np.full((len(self.known), len(self.goals)), np.inf)
        self._own = np.array([self.goals @ known for known in self.known.values()]).reshape(self.most.shape)
        self._rows = np.array(list(self.known.values()))
        self._seen(self.truth)

    # setting up

    def _set_limits(self) -> None:
        self.low = self.np.array([one.low for one in self.sets], dtype=float)
        self.high = self.np.array([one.high for one in self.sets], dtype=float)

    def _table(self, masks: Sequence[int]) -> Any:
        """A line of zeros and ones over the persons for each set."""
        np = self.np
        size = (self._count + 7) // 8
        if not masks:
            return np.zeros((0, self._count), dtype=np.uint8)
        raw = b"".join(mask.to_bytes(size, "little") for mask in masks)
        packed = np.frombuffer(raw, dtype=np.uint8).reshape(len(masks), size)
        return np.unpackbits(packed, axis=1, bitorder="little", count=self._count)

    def _group(self, table: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
        """Groups of persons who are in the same sets: sets by groups, persons in each, and each person's group."""
        np = self.np
        if not table.size:
            return np.zeros((len(self.sets), 0), dtype=bool), np.zeros(0), np.full(self._count, -1)
        first, group = self._alike(table)
        counts = np.bincount(group)
        outside = table[:, first].sum(axis=0) == 0
        number = np.where(outside, -1, np.cumsum(~outside) - 1)
        return table[:, first[~outside]].astype(bool), counts[~outside].astype(float), number[group]

    def _alike(self, table: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        """Columns of zeros and ones that are the same: the first of each kind, and the kind of each column."""
        np = self.np
        packed = np.packbits(table, axis=0)
        keys = np.ascontiguousarray(packed.T).view([("", packed.dtype)] * packed.shape[0]).ravel()
        _kept, first, kind = np.unique(keys, return_index=True, return_inverse=True)
        return first, kind.ravel()

    def _goals(self) -> tuple[NDArray[Any], list[int]]:
        """What must not be found out: small sets, and small rests of a set within another; each once."""
        np = self.np
        rows: dict[bytes, tuple[NDArray[Any], int, tuple[int, ...]]] = {}

        def take(groups: NDArray[Any], limit: int, *sets: int) -> None:
            if 1 <= self.truth[groups].sum() <= limit:
                rows.setdefault(np.packbits(groups).tobytes(), (groups, limit, sets))

        for number, one in enumerate(self.sets):
            if one.size <= one.limit:
                take(self.matrix[number], one.limit, number)
        sizes = [one.size for one in self.sets]
        for inner, one in enumerate(self.sets):
            for outer in range(bisect_left(sizes, one.size + 1), len(self.sets)):
                other = self.sets[outer]
                if other.size - one.size > other.limit:
                    break
                if one.who & other.who == one.who:
                    take(self.matrix[outer] & ~self.matrix[inner], other.limit, outer, inner)
        self.goal_sets = [sets for _row, _limit, sets in rows.values()]
        limits = [limit for _row, limit, _sets in rows.values()]
        empty = np.zeros((0, len(self.truth)), dtype=bool)
        return (np.array([row for row, _limit, _sets in rows.values()]) if rows else empty), limits

    def _known(
        self, houses: Mapping[str, frozenset[int]], place: Mapping[int, int], groups: NDArray[Any]
    ) -> dict[str, NDArray[Any]]:
        """How many persons of each group a reader knows; nobody for the outsider."""
        np = self.np
        known = {EVERYBODY: np.zeros(len(self.truth))}
        for house, people in houses.items():
            own = [groups[place[person]] for person in people if person in place]
            own = [group for group in own if group >= 0]
            if own:
                known[house] = np.bincount(own, minlength=len(self.truth)).astype(float)
        return known

    def _free(self) -> Any:
        """Which groups a reader does not know; at most so many, those of small sets first."""
        np = self.np
        if len(self.truth) <= MOST_GROUPS:
            return np.ones(len(self.truth), dtype=bool)
        rank = self.goals.any(axis=0) * 1e9 + self.truth
        free = np.zeros(len(self.truth), dtype=bool)
        free[np.argsort(-rank)[:MOST_GROUPS]] = True
        return free

    # finding what is possible

    def everything(self) -> tuple[list[Goal], list[Goal]]:
        """Every small set, for the outsider and for every house for whom it is one."""
        found: list[Goal] = []
        for house, known in self.known.items():
            sizes = self.goals @ (self.truth - known)
            found += [(goal, house) for goal, size in enumerate(sizes) if 1 <= size <= self.goal_limits[goal]]
        return [one for one in found if one[1] == EVERYBODY], [one for one in found if one[1] != EVERYBODY]

    def failures(self, goals: Sequence[Goal]) -> list[Goal]:
        """Small sets whose reader can narrow them down too far."""
        doubtful = self._doubtful(goals)
        for house in dict.fromkeys(house for _goal, house in doubtful):
            for step in (1, -1):
                for goal in [goal for goal, name in self._doubtful(doubtful) if name == house]:
                    if not self._is_wide((goal, house)):  # what was found for another one may do for it
                        self._seen(self._pushed(goal, self.known[house], step=step))
        doubtful = self._doubtful(doubtful)
        for house, step in [(house, step) for house in dict.fromkeys(h for _g, h in doubtful) for step in (1, -1)]:
            for _again in range(AGAIN):
                own = [one[0] for one in self._doubtful(doubtful) if one[1] == house and not self._is_narrow(one)]
                if not own:
                    break
                self._all_at_once(own, house, step)
        for one in [one for one in self._doubtful(doubtful) if not self._is_narrow(one)][:MOST_TRIES]:
            if not self._is_wide(one):
                self._one_alone(one)
        return self._doubtful(doubtful)

    def _doubtful(self, goals: Sequence[Goal]) -> list[Goal]:
        return [one for one in goals if not self._is_wide(one)]

    def _seen(self, world: NDArray[Any]) -> None:
        """Take a possible world into account for every reader who cannot rule it out."""
        np = self.np
        valid = (world >= self._rows).all(axis=1)
        sizes = self.goals @ world - self._own
        self.most[valid] = np.maximum(self.most[valid], sizes[valid])
        self.least[valid] = np.minimum(self.least[valid], sizes[valid])

    def _is_wide(self, one: Goal) -> bool:
        """Whether the possible worlds that are known by now differ enough."""
        goal, number = one[0], self.number[one[1]]
        return bool(self.most[number, goal] - max(self.least[number, goal], self._floor(one[1])) >= WIDTH)

    @staticmethod
    def _floor(house: str) -> float:
        """A person in a small set knows that it is not empty."""
        return 1.0 if house == EVERYBODY else 0.0

    def _is_narrow(self, one: Goal) -> bool:
        """Whether the set's own figures alone leave too little, as where a house knows most of it."""
        goal, house = one
        own = float(self.known[house][self.goals[goal]].sum())
        least, most = self._own_limits(goal)
        return most - own - max(least - own, self._floor(house)) < WIDTH

    def _own_limits(self, goal: int) -> tuple[float, float]:
        parts = self.goal_sets[goal]
        if len(parts) == 1:
            return self.low[parts[0]], self.high[parts[0]]
        outer, inner = parts
        return self.low[outer] - self.high[inner], self.high[outer] - self.low[inner]

    def _one_alone(self, one: Goal) -> None:
        """Look for the most and the fewest persons of a small set."""
        goal, house = one
        row = self.goals[goal].astype(float)
        for sign in (-1.0, 1.0):
            self._whole(sign * row, self.known[house])

    def _all_at_once(self, goals: Sequence[int], house: str, step: int) -> None:
        """Look for one world in which many small sets have some persons more, or fewer."""
        np = self.np
        rows = step * self.goals[list(goals)].astype(float)
        cost = np.concatenate([np.zeros(len(self.truth)), -np.ones(len(goals))])
        self._whole(cost, self.known[house], beside=(rows, rows @ self.truth))

    def _pushed(self, goal: int, known: NDArray[Any], *, step: int) -> NDArray[Any]:
        """Move single persons into a small set (or out of it), each against one somewhere else where that is needed."""
        np = self.np
        world, inside = self.truth.copy(), self.goals[goal] & self.free
        outside = ~self.goals[goal] & self.free
        sums = self.matrix @ world
        for _person in range(2 * WIDTH):
            moved = False
            for group in np.flatnonzero(inside):
                if step < 0 and world[group] - 1 < known[group]:
                    continue
                partner = self._partner(int(group), world, sums, known, outside, step)
                if partner is None:
                    continue
                world[group] += step
                sums = sums + step * self.matrix[:, group]
                if partner >= 0:
                    world[partner] -= step
                    sums = sums - step * self.matrix[:, partner]
                moved = True
                break
            if not moved:
                break
        return world

    def _partner(
        self, group: int, world: NDArray[Any], sums: NDArray[Any], known: NDArray[Any], outside: NDArray[Any], step: int
    ) -> int | None:
        """A group that gives a person up for this one; -1 where none has to, None where none can."""
        np = self.np
        own = self.matrix[:, group]
        one_more = sums + step
        breaks = own & ((one_more > self.high) if step > 0 else (one_more < self.low))
        if not breaks.any():
            return -1
        fits = outside & self.matrix[breaks].all(axis=0)
        if step > 0:
            fits &= world - 1 >= known
        one_less = sums - step
        bad = ~own & ((one_less < self.low) if step > 0 else (one_less > self.high))
        candidates = np.flatnonzero(fits)
        if bad.any() and len(candidates):
            candidates = candidates[~self.matrix[np.ix_(bad, candidates)].any(axis=0)]
        return int(candidates[np.argmax(world[candidates])]) if len(candidates) else None

    def _bounds(self, known: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        np = self.np
        return np.where(self.free, known, self.truth), np.where(self.free, np.inf, self.truth)

    def _whole(
        self, cost: NDArray[Any], known: NDArray[Any], *, beside: tuple[NDArray[Any], NDArray[Any]] | None = None
    ) -> None:
        """Find a possible world of little cost. ``beside`` are sums whose gain over the truth the cost counts."""
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import bmat, csr_matrix, eye

        np = self.np
        lower, upper = self._bounds(known)
        if len(lower) > MOST_COLUMNS:
            return
        upper = np.minimum(upper, self.truth + 2 * SMALL)  # bounded, and room enough for what must stay possible
        matrix, low, high = csr_matrix(self.matrix.astype(float)), self.low, self.high
        whole = np.ones(len(lower))
        if beside is not None:
            rows, truth = beside
            gains = len(rows)
            matrix = bmat([[matrix, None], [csr_matrix(rows), -eye(gains)]], format="csr")
            low, high = np.concatenate([low, truth]), np.concatenate([high, np.full(gains, np.inf)])
            lower, upper = (
                np.concatenate([side, np.full(gains, end)]) for side, end in ((lower, -9), (upper, WIDTH + 1))
            )
            whole = np.concatenate([whole, np.zeros(gains)])
        found = milp(
            cost, integrality=whole, bounds=Bounds(lower, upper), constraints=LinearConstraint(matrix, low, high),
            options={"node_limit": MOST_NODES, "mip_rel_gap": 0.02},
        )  # fmt: skip
        if found.x is not None:
            self._seen(np.round(found.x[: len(self.truth)]))

    def _holding(self, row: NDArray[Any], known: NDArray[Any], sets: NDArray[Any]) -> tuple[set[int], bool]:
        """Those of some sets whose figures keep a sum from growing or shrinking, by the linear programme.

        The second value says whether these sets alone leave too little. Groups that they do not tell apart are one.
        """
        from scipy.optimize import linprog

        np = self.np
        lower, upper = self._bounds(known)
        first, kind = self._alike(np.vstack([self.matrix[sets], row > 0]))
        low, high = np.bincount(kind, weights=lower), np.full(len(first), 0.0)
        np.add.at(high, kind, upper)
        matrix, cost = self.matrix[sets][:, first].astype(float), row[first]
        capped, floored = np.flatnonzero(np.isfinite(self.high[sets])), np.flatnonzero(self.low[sets] > 0)
        limits = np.concatenate([self.high[sets][capped], -self.low[sets][floored]])
        sides = np.vstack([matrix[capped], -matrix[floored]])
        tight: set[int] = set()
        ends = []
        for sign in (-1.0, 1.0):
            result = linprog(sign * cost, A_ub=sides, b_ub=limits, bounds=np.column_stack([low, high]), method="highs")
            if result.status != 0:
                return tight, False
            ends.append(sign * result.fun)
            found = np.flatnonzero(np.abs(result.ineqlin.marginals) > 1e-9)
            tight |= {int(sets[n]) for n in np.concatenate([capped, floored])[found]}
        return tight, ends[0] - ends[1] < WIDTH

    # mending

    def repair(self, failed: Sequence[Goal]) -> tuple[set[object], int]:
        """Hide the cheapest draft figure that takes part in each give-away (1 + the root of its size).

        Returns what was hidden, and how many give-aways no draft figure takes part in.
        """
        chosen: set[object] = set()
        taken: set[int] = set()
        left = 0
        for one in {goal: (goal, house) for goal, house in failed}.values():
            parts = self._parts(one)
            if parts & taken:
                continue
            drafts = [n for n in parts if self.sets[n].names]
            if not drafts:
                left += 1
                continue
            cheapest = min(drafts, key=lambda n: (1 + sqrt(self.sets[n].size), n))
            taken.add(cheapest)
            chosen.update(self.sets[cheapest].names)
        for number in taken:
            self.sets[number].hide()
        self._set_limits()
        return chosen, left

    def _parts(self, one: Goal) -> set[int]:
        """Sets whose figures take part in giving a small set away."""
        goal, house = one
        if self._is_narrow(one):
            return set(self.goal_sets[goal])
        np = self.np
        row = self.goals[goal].astype(float)
        beside = self.matrix[:, self.goals[goal]].any(axis=1)
        around = self.matrix[:, self.matrix[beside].any(axis=0)].any(axis=1)
        parts: set[int] = set()
        for sets in (beside, around, np.ones(len(self.sets), dtype=bool)):
            if sets.sum() > MOST_BESIDE and parts:
                break
            parts, is_narrow = self._holding(row, self.known[house], np.flatnonzero(sets))
            if is_narrow:
                break
        if any(self.sets[n].names for n in parts):
            return parts
        return {int(n) for n in np.flatnonzero(beside)}


def _bits(who: Iterable[int], place: Mapping[int, int]) -> int:
    data = bytearray((len(place) + 7) // 8)
    for person in who:
        number = place[person]
        data[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(data, "little")


def _take(found: dict[int, _Set], cell: Cell, who: int) -> None:
    """Add a figure to those of the same persons. Where persons were put together since, it is widened to hold true."""
    if not who:
        return
    one = found.setdefault(who, _Set(who=who, size=who.bit_count()))
    one.limit = max(one.limit, cell.limit)
    one.is_draft |= cell.is_draft
    high = cell.high if cell.high is not None else float("inf")
    one.narrow(cell.low, high)
    if cell.is_draft and cell.can_be_hidden:
        one.names.append(cell.name)
    else:
        low, most = one.fixed
        one.fixed = max(low, min(cell.low, one.size)), min(most, max(high, one.size))


def _reached(sets: list[_Set]) -> list[_Set]:
    """The sets that share persons with the draft, directly or through others; the rest cannot help a reader."""
    inside = 0
    for one in sets:
        if one.is_draft:
            inside |= one.who
    waiting, kept = [one for one in sets if not one.is_draft], [one for one in sets if one.is_draft]
    while True:
        found = [one for one in waiting if one.who & inside]
        if not found:
            return kept
        waiting = [one for one in waiting if not one.who & inside]
        for one in found:
            inside |= one.who
        kept += found
