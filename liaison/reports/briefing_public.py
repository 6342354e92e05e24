"""Makes the figures of a briefing safe to leave the office. Nothing of the exact view goes past this module.

Rules (``security`` 6.2): persons, 1 to 7 hidden, others rounded to 5, totals from true figures; percentages from
rounded figures; medians of times only from 10 persons; amounts only from 10 persons in 3 hospitals, to two significant
digits; categories merge until at most 15 % of a chart is stars. Without a year before there is no comparison.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median, quantiles

from liaison.domain.drawn import note_median
from liaison.domain.figures import MOST_P, Counted, open_gate
from liaison.domain.privacy import (
    HELD_BACK,
    STAR,
    STARS_AT_MOST,
    PublicCount,
    PublicRow,
    public_count,
    public_percent,
    public_row,
    stars_share,
)
from liaison.reports.briefing_tally import Tally
from liaison.reports.briefing_view import CityFigures, Pair, Sample, Samples, TimeCounts

LEAST_PEOPLE = 10
LEAST_HOUSES = 3
LEAST_FOR_TENTH = 30
"""What nine of ten did not pass is told from so many persons on, so that three at least lie beyond it."""

GROUP_OF = 50
GROUP_SHARE = 0.9
"""In a line of fewer than fifty, a sensitive category of nine tenths tells of everybody in it: the line is hidden."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPair:
    """A count of persons and the one of the year before; ``before`` is None where there is no year before."""

    now: PublicCount
    before: PublicCount | None

    @property
    def change(self) -> int | None:
        """The difference of the printed figures; None where one is hidden."""
        if self.before is None or self.now.value is None or self.before.value is None:
            return None
        return self.now.value - self.before.value


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicCategory:
    """A category of a chart."""

    key: str
    count: PublicPair


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicSpread:
    """Median and middle half, and the number of persons; nothing where there are too few.

    ``tenth`` is what nine of ten did not pass, where it was asked for and enough persons stand behind it.
    """

    median: float
    low: float
    high: float
    people: PublicCount
    tenth: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicTimes:
    """Persons over the year in the finest parts that hide little: twelve months, four quarters, two halves, or none."""

    parts: int
    now: tuple[PublicCount, ...] = ()
    before: tuple[PublicCount, ...] = ()


def has_year_before(cities: Sequence[CityFigures]) -> bool:
    """Whether the office has any record of the year before; without one there is nothing to compare with."""
    return any(city.people[1] for city in cities)


def pair(counts: Pair, *, compare: bool) -> PublicPair:
    """One count of both years."""
    return PublicPair(now=public_count(counts[0]), before=public_count(counts[1]) if compare else None)


def part_of(part: Pair, whole: Pair) -> tuple[PublicCount, PublicCount]:
    """This year's part and whole; a part of nobody prints as nobody only where the whole is large."""
    safe = public_row([part[0], max(whole[0] - part[0], 0)])
    return safe.counts[0], public_count(whole[0])


def percent(part: PublicCount, whole: PublicCount) -> int | None:
    """Whole per cent of printed figures."""
    return public_percent(part, whole)


def categories(
    counts: Mapping[str, Pair], *, other: str, compare: bool, most: int = 8, is_sensitive: bool = False
) -> tuple[PublicCategory, ...]:
    """Categories, the largest printed first and the merged ones last, merged until at most 15 % of them are stars.

    A person in several merged categories counts once there; where nearly everybody of a small line is in one sensitive
    category, the line is hidden. Source: ``security`` 6.2, rules 1 and 6.
    """
    kept = {key: value for key, value in counts.items() if any(value if compare else value[:1]) and key != other}
    rest = [other] if other in counts and any(counts[other]) else []
    while True:
        table = [*kept.values(), *([_together(counts, rest)] if rest else [])]
        if not table or (len(kept) <= most and _is_safe(_columns(table, compare=compare))):
            break
        if not kept or (len(kept) == 1 and not rest):
            break
        smallest = min(kept, key=lambda key: (kept[key][0], kept[key][1], key))
        del kept[smallest]
        rest.append(smallest)
    keys = [*kept, *([other] if rest else [])]
    values = [*kept.values(), *([_together(counts, rest)] if rest else [])]
    return _printed(keys, values, compare=compare, is_sensitive=is_sensitive, has_rest=bool(rest))


def _together(counts: Mapping[str, Pair], keys: Sequence[str]) -> Pair:
    if isinstance(counts, Tally):
        return counts.together(keys)
    return sum(counts[key][0] for key in keys), sum(counts[key][1] for key in keys)


def _columns(table: Sequence[Pair], *, compare: bool) -> list[PublicRow]:
    years = range(2 if compare else 1)
    return [public_row([value[year] for value in table]) for year in years]


def _is_safe(columns: Sequence[PublicRow]) -> bool:
    """Few stars, and none that the others and the total, which the paper prints elsewhere, give away."""
    few = stars_share(columns) <= STARS_AT_MOST
    return few and not any(c.total.is_star and sum(n.value or 0 for n in c.counts) for c in columns)


def _printed(
    keys: Sequence[str], values: Sequence[Pair], *, compare: bool, is_sensitive: bool, has_rest: bool
) -> tuple[PublicCategory, ...]:
    now, before = (public_row([value[year] for value in values]).counts for year in (0, 1))
    if is_sensitive:
        now, before = (_blocked(shown, [v[year] for v in values]) for year, shown in ((0, now), (1, before)))
    told = [
        PublicCategory(key=key, count=PublicPair(now=now[n], before=before[n] if compare else None))
        for n, key in enumerate(keys)
    ]
    last = [told.pop()] if has_rest else []
    return (*sorted(told, key=_place), *last)


def _place(one: PublicCategory) -> tuple[bool, int, int, str]:
    """The order of categories follows from what is printed alone: a hidden number is not placed by its size."""
    now, before = one.count.now.value, one.count.before
    return now is None, -(now or 0), -((before.value or 0) if before is not None else 0), one.key


def _blocked(shown: tuple[PublicCount, ...], counts: Sequence[int]) -> tuple[PublicCount, ...]:
    whole = sum(counts)
    if len(counts) > 1 and 0 < whole < GROUP_OF and max(counts) >= GROUP_SHARE * whole:
        return tuple(replace(one, value=None, held_back=True) for one in shown)
    return shown


def times(counts: tuple[TimeCounts, TimeCounts], *, compare: bool) -> PublicTimes:
    """The finest parts of the year of which at most 15 % are stars."""
    for parts in ("months", "quarters", "halves"):
        now = public_row(getattr(counts[0], parts))
        before = public_row(getattr(counts[1], parts))
        if _is_safe([now, before] if compare else [now]):
            return PublicTimes(parts=len(now.counts), now=now.counts, before=before.counts if compare else ())
    return PublicTimes(parts=0)


def quarter_or_half(counts: tuple[TimeCounts, TimeCounts], *, compare: bool) -> PublicTimes:
    """Quarters, or half-years where quarters hide too much."""
    for parts in ("quarters", "halves"):
        now = public_row(getattr(counts[0], parts))
        before = public_row(getattr(counts[1], parts))
        if _is_safe([now, before] if compare else [now]):
            return PublicTimes(parts=len(now.counts), now=now.counts, before=before.counts if compare else ())
    return PublicTimes(parts=0)


# medians


def spread(sample: Sample, *, with_tenth: bool = False) -> PublicSpread | None:
    """Median and middle half of waiting times or days, from ten persons on; to one decimal.

    What was printed before is printed the same again; what the audit held back is missing. The number of persons behind
    it counts as a figure. ``with_tenth`` adds what nine of ten did not pass, from thirty persons on.
    """
    if sample.people < LEAST_PEOPLE or len(sample.values) < LEAST_PEOPLE:
        note_missing(sample.people)
        return None
    found = printed_median(sample.people, _middle(sample, with_tenth=with_tenth), with_tenth=with_tenth)
    if found is None:
        return None
    tenth = found[_MIDDLE] if with_tenth and len(found) > _MIDDLE else None
    people = public_count(sample.people)
    return PublicSpread(median=found[0], low=found[1], high=found[2], people=people, tenth=tenth)


def printed_median(people: int, found: tuple[float, ...], *, with_tenth: bool = False) -> tuple[float, ...] | None:
    """A median, and what stands beside it, as it may be printed: as it was printed before, or nothing if held back."""
    gate = open_gate()
    if gate is None:
        note_median(people, found, least=LEAST_PEOPLE)
        return found
    if not isinstance(people, Counted):
        return None
    if gate.holds_back_median(people):
        gate.hide_median(people)
        return None
    before = gate.earlier_median(people)
    if before is not None and len(before.quantiles) >= min(len(found), _MIDDLE):
        found = before.quantiles
    has_tenth = len(found) > _MIDDLE
    most = LEAST_FOR_TENTH - 1 if with_tenth and not has_tenth else None
    gate.print_median(people, found, least=LEAST_FOR_TENTH if has_tenth else LEAST_PEOPLE, most=most)
    note_median(people, found, least=LEAST_PEOPLE)
    return found


_MIDDLE = 3
"""Median and both ends of the middle half."""


def _middle(sample: Sample, *, with_tenth: bool) -> tuple[float, ...]:
    low, _, high = quantiles(sample.values, n=4, method="inclusive")
    found = (round(median(sample.values), 1), round(low, 1), round(high, 1))
    if not with_tenth or sample.people < LEAST_FOR_TENTH or len(sample.values) < LEAST_FOR_TENTH:
        return found
    return (*found, round(quantiles(sample.values, n=10, method="inclusive")[-1], 1))


def missing_sign(*samples: Sample) -> str:
    """What stands for a median that is missing: two stars where the audit held it back, one where people are few."""
    gate = open_gate()
    people = (sample.people for sample in samples if len(sample.values) >= LEAST_PEOPLE)
    known = [one for one in people if isinstance(one, Counted) and one >= LEAST_PEOPLE]
    if gate is None or not known:
        return STAR
    return HELD_BACK if any(gate.holds_back_median(one) for one in known) else STAR


def note_missing(people: int) -> None:
    """Write down that a median is missing for want of persons."""
    gate = open_gate()
    if gate is not None and isinstance(people, Counted):
        gate.miss_median(people, least=LEAST_PEOPLE)


def spreads(samples: Samples) -> tuple[PublicSpread | None, PublicSpread | None]:
    """Both years."""
    return spread(samples[0]), spread(samples[1])


def amounts(sample: Sample) -> PublicSpread | None:
    """Median and middle half of amounts, from ten persons in three hospitals on, to two significant digits.

    Nothing where two hospitals are nearly all of the sum: each could work out the other's. Source: ``security`` 6.2.
    """
    if sample.houses < LEAST_HOUSES or _is_dominated(sample.house_sums):
        return None
    raw = spread(sample)
    if raw is None:
        return None
    return PublicSpread(
        median=two_digits(raw.median), low=two_digits(raw.low), high=two_digits(raw.high), people=raw.people
    )


def _is_dominated(house_sums: Sequence[float]) -> bool:
    """The p%-rule: without the two largest, less is left than p per cent of the largest."""
    if not house_sums:
        return False
    gate = open_gate()
    percent = gate.percent if gate is not None else MOST_P
    return sum(house_sums[2:]) < percent / 100 * house_sums[0]


def two_digits(amount: float) -> float:
    """An amount of two significant digits, half up."""
    whole = int(amount + 0.5)
    unit = 10 ** max(len(str(whole)) - 2, 0)
    return float((whole + unit // 2) // unit * unit)
