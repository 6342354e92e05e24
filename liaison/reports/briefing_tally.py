"""Counting for a city briefing: persons, each once, and measured values; both for two years and their parts."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from zoneinfo import ZoneInfo

from liaison.domain.calendars import Calendar
from liaison.reports.briefing_view import Pair, Sample, Samples, TimeCounts, Year


class Persons:
    """Sets of persons by key, for this year and the one before."""

    def __init__(self, year: Year) -> None:
        self._years = (year, year.before())
        self._sets: tuple[dict[str, set[int]], dict[str, set[int]]] = (defaultdict(set), defaultdict(set))
        self._times: tuple[dict[tuple[int, int], set[int]], ...] = (defaultdict(set), defaultdict(set))

    def add(self, key: str, person: int, day: dt.date) -> None:
        """Count a person under a key on a day."""
        for number, year in enumerate(self._years):
            month = year.month_of(day)
            if month is not None:
                self._sets[number][key].add(person)
                times = self._times[number]
                for size in (1, 3, 6):
                    times[size, month // size].add(person)
                return  # a day lies in one of the two years

    def pair(self, key: str) -> Pair:
        """How many persons under a key."""
        return len(self._sets[0].get(key, ())), len(self._sets[1].get(key, ()))

    def pairs(self) -> Tally:
        """Every key with its persons, largest first; keys counted together still count each person once."""
        keys = sorted({*self._sets[0], *self._sets[1]}, key=lambda k: (-self.pair(k)[0], -self.pair(k)[1], k))
        return Tally({key: self.pair(key) for key in keys}, self._sets)

    def total(self) -> Pair:
        """How many persons under any key."""
        first, second = (set().union(*sets.values()) if sets else set() for sets in self._sets)
        return len(first), len(second)

    def times(self) -> tuple[TimeCounts, TimeCounts]:
        """Persons by month, quarter and half-year."""
        first, second = (
            TimeCounts(
                months=tuple(len(times.get((1, n), ())) for n in range(12)),
                quarters=tuple(len(times.get((3, n), ())) for n in range(4)),
                halves=tuple(len(times.get((6, n), ())) for n in range(2)),
            )
            for times in self._times
        )
        return first, second


class Tally(dict[str, Pair]):
    """Persons by key; it knows who they are, so that merged keys count nobody twice."""

    def __init__(self, counts: Mapping[str, Pair], sets: tuple[Mapping[str, set[int]], Mapping[str, set[int]]]) -> None:
        super().__init__(counts)
        self._sets = sets

    def together(self, keys: Iterable[str]) -> Pair:
        """How many persons under any of these keys."""
        wanted = tuple(keys)
        first, second = (len(set().union(*(sets.get(key, set()) for key in wanted))) for sets in self._sets)
        return first, second


class Values:
    """Measured values with their persons and hospitals, for both years and their quarters."""

    def __init__(self, year: Year) -> None:
        self._years = (year, year.before())
        self._all: tuple[list[tuple[int, float, int, int | None]], ...] = ([], [])

    def add(self, value: float, person: int, day: dt.date, house: int | None = None) -> None:
        """Take a value measured on a day."""
        for number, year in enumerate(self._years):
            month = year.month_of(day)
            if month is not None:
                self._all[number].append((month // 3, value, person, house))

    def samples(self) -> Samples:
        """Both years."""
        return _sample(self._all[0]), _sample(self._all[1])

    def quarters(self) -> tuple[tuple[Sample, ...], tuple[Sample, ...]]:
        """Four quarters of both years."""
        first, second = (tuple(_sample([v for v in values if v[0] == n]) for n in range(4)) for values in self._all)
        return first, second


def _sample(values: Sequence[tuple[int, float, int, int | None]]) -> Sample:
    return Sample(
        values=tuple(sorted(value for _, value, _, _ in values)),
        people=len({person for _, _, person, _ in values}),
        houses=len({house for _, _, _, house in values if house is not None}),
    )


def by_group(year: Year) -> defaultdict[str, Values]:
    """Values kept apart by a group's name."""
    return defaultdict(lambda: Values(year))


def working_hours(calendar: Calendar) -> Callable[[dt.datetime, dt.datetime], float]:
    """Measures working hours between two moments in a place; days are looked up once."""
    zone = ZoneInfo(calendar.zone)
    is_working = cache(calendar.is_working)

    def measure(start: dt.datetime, end: dt.datetime) -> float:
        first, last = start.astimezone(zone), end.astimezone(zone)
        total = dt.timedelta()
        day = first.date()
        while day <= last.date():
            if is_working(day):
                opens = dt.datetime.combine(day, calendar.opens, tzinfo=zone)
                closes = dt.datetime.combine(day, calendar.closes, tzinfo=zone)
                total += max(min(closes, last) - max(opens, first), dt.timedelta())
            day += dt.timedelta(days=1)
        return total.total_seconds() / 3600

    return measure
