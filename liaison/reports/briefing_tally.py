"""Counting for a city briefing: persons, each once, and measured values; both for two years and their parts."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from zoneinfo import ZoneInfo

from liaison.domain.calendars import Calendar
from liaison.domain.figures import Counted
from liaison.reports.briefing_view import Pair, Sample, Samples, TimeCounts, Year


class Persons:
    """Sets of persons by key, for this year and the one before. ``name`` says which figure it is in every report."""

    def __init__(self, year: Year, name: str = "") -> None:
        self._name = name
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
        first, second = (
            _counted(sets.get(key, ()), f"{self._name}: {key}", year)
            for sets, year in zip(self._sets, self._years, strict=True)
        )
        return first, second

    def pairs(self) -> Tally:
        """Every key with its persons, largest first; keys counted together still count each person once."""
        keys = sorted({*self._sets[0], *self._sets[1]}, key=lambda k: (-self.pair(k)[0], -self.pair(k)[1], k))
        return Tally({key: self.pair(key) for key in keys}, self._sets, name=self._name, years=self._years)

    def total(self) -> Pair:
        """How many persons under any key."""
        first, second = (
            _counted(set().union(*sets.values()) if sets else (), self._name, year)
            for sets, year in zip(self._sets, self._years, strict=True)
        )
        return first, second

    def times(self) -> tuple[TimeCounts, TimeCounts]:
        """Persons by month, quarter and half-year."""
        first, second = (
            TimeCounts(
                months=tuple(self._part(times, year, 1, n) for n in range(12)),
                quarters=tuple(self._part(times, year, 3, n) for n in range(4)),
                halves=tuple(self._part(times, year, 6, n) for n in range(2)),
            )
            for times, year in zip(self._times, self._years, strict=True)
        )
        return first, second

    def _part(self, times: Mapping[tuple[int, int], set[int]], year: Year, size: int, number: int) -> Counted:
        return _counted(times.get((size, number), ()), self._name, year.part(size, number))


def _counted(who: Iterable[int], name: str, year: Year) -> Counted:
    return Counted.of(who, name, start=year.start, end=year.end)


class Tally(dict[str, Pair]):
    """Persons by key; it knows who they are, so that merged keys count nobody twice."""

    def __init__(
        self, counts: Mapping[str, Pair], sets: tuple[Mapping[str, set[int]], Mapping[str, set[int]]], *, name: str,
        years: tuple[Year, Year],
    ) -> None:  # fmt: skip
        super().__init__(counts)
        self._sets, self._name, self._years = sets, name, years

    def together(self, keys: Iterable[str]) -> Pair:
        """How many persons under any of these keys."""
        wanted = tuple(keys)
        name = f"{self._name}: {' + '.join(sorted(wanted))}"
        first, second = (
            _counted(set().union(*(sets.get(key, set()) for key in wanted)), name, year)
            for sets, year in zip(self._sets, self._years, strict=True)
        )
        return first, second


class Values:
    """Measured values with their persons and hospitals, for both years and their quarters."""

    def __init__(self, year: Year, name: str = "") -> None:
        self._name = name
        self._years = (year, year.before())
        self._all: tuple[list[tuple[int, float, int, int | None]], ...] = ([], [])

    def add(self, value: float, person: int, day: dt.date, house: int | None = None) -> None:
        """Take a value measured on a day."""
        for number, year in enumerate(self._years):
            month = year.month_of(day)
            if month is not None:
                self._all[number].append((month // 3, value, person, house))
                return

    def samples(self) -> Samples:
        """Both years."""
        first, second = (_sample(values, self._name, year) for values, year in zip(self._all, self._years, strict=True))
        return first, second

    def quarters(self) -> tuple[tuple[Sample, ...], tuple[Sample, ...]]:
        """Four quarters of both years."""
        first, second = (
            tuple(_sample([v for v in values if v[0] == n], self._name, year.part(3, n)) for n in range(4))
            for values, year in zip(self._all, self._years, strict=True)
        )
        return first, second


def _sample(values: Sequence[tuple[int, float, int, int | None]], name: str, year: Year) -> Sample:
    by_house: dict[int, float] = defaultdict(float)
    for _part, value, _person, house in values:
        if house is not None:
            by_house[house] += value
    return Sample(
        values=tuple(sorted(value for _, value, _, _ in values)),
        people=_counted({person for _, _, person, _ in values}, name, year),
        houses=len(by_house),
        house_sums=tuple(sorted(by_house.values(), reverse=True)),
    )


class ByGroup(dict[str, Values]):
    """Values kept apart by a group's name."""

    def __init__(self, year: Year, name: str = "") -> None:
        super().__init__()
        self._year, self._name = year, name

    def __missing__(self, group: str) -> Values:
        self[group] = values = Values(self._year, f"{self._name}: {group}")
        return values


def by_group(year: Year, name: str = "") -> ByGroup:
    """Values kept apart by a group's name."""
    return ByGroup(year, name)


def working_hours(calendar: Calendar) -> Callable[[dt.datetime, dt.datetime], float]:
    """Measures working hours between two moments in a place; days are looked up once."""
    zone = ZoneInfo(calendar.zone)
    nothing, one_day = dt.timedelta(), dt.timedelta(days=1)

    @cache
    def hours_on(day: dt.date) -> tuple[dt.datetime, dt.datetime] | None:
        if not calendar.is_working(day):
            return None
        return (
            dt.datetime.combine(day, calendar.opens, tzinfo=zone),
            dt.datetime.combine(day, calendar.closes, tzinfo=zone),
        )

    def measure(start: dt.datetime, end: dt.datetime) -> float:
        first, last = start.astimezone(zone), end.astimezone(zone)
        total = dt.timedelta()
        day = first.date()
        while day <= last.date():
            open_hours = hours_on(day)
            if open_hours is not None:
                opens, closes = open_hours
                total += max(min(closes, last) - max(opens, first), nothing)
            day += one_day
        return total.total_seconds() / 3600

    return measure
