"""Who is slow: how long each house took for each step, the middle one and the ninth of ten, and how often in time.

Measured by the same clocks as everywhere: in the time of whoever has to act, without the time of open questions.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from liaison.domain.grids import Column, ColumnKind
from liaison.domain.insight import Behind, Scope
from liaison.domain.targets import ACTS, ClockKind, Party, Unit, spread_of
from liaison.i18n import N_
from liaison.services.changes import clock, zone
from liaison.services.clock_readings import ClockLine
from liaison.services.clocks import stopped_clocks
from liaison.services.insight_cells import span
from liaison.services.insight_views import Line, Shape, Table, Word
from liaison.services.kept_answers import Kind
from liaison.services.sentences import Sentence, said

Found = tuple[Sentence, list[Table]]
ALL_TIME = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
ROWS = "insight_clocks"
"""The page that shows the clocks behind a figure."""


def clock_rows(session: Session, scope: Scope) -> list[ClockLine]:
    """The clocks that stopped within the span asked about, of a city or of all."""
    within = span(session, scope)
    first, after = _moments(session, scope)
    wanted = scope.city.casefold()
    lines = stopped_clocks(session, since=first)
    return [
        line
        for line in lines
        if (within is None or (line.run.stopped or first) < after) and (not wanted or wanted in line.city.casefold())
    ]


def _moments(session: Session, scope: Scope) -> tuple[dt.datetime, dt.datetime]:
    within = span(session, scope)
    if within is None:
        return ALL_TIME, clock(session)
    here = ZoneInfo(zone(session))
    after = within.last + dt.timedelta(days=1)
    return (
        dt.datetime.combine(within.first, dt.time(), tzinfo=here),
        dt.datetime.combine(after, dt.time(), tzinfo=here),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseTimes:
    """How long one house took for one step in the days asked about. Seconds are those of its target's unit."""

    kind: ClockKind
    house: int | None
    who: str
    """The house's name; empty where it is not known, or this office."""
    unit: Unit
    target: int
    n: int
    p50_s: int
    p90_s: int
    kept: int


KEPT: Kind[list[HouseTimes]] = Kind(name="slow", classes=(HouseTimes, ClockKind, Unit))
"""The times of houses as they are kept; words, order and rows behind are made of them where they are shown."""


def work_out(session: Session, scope: Scope) -> list[HouseTimes]:
    """How long each house took, from the clocks themselves; the slowest ninth of ten first within its kind."""
    now = clock(session)
    groups: dict[tuple[ClockKind, int | None], list[ClockLine]] = defaultdict(list)
    for one in clock_rows(session, scope):
        groups[one.kind, one.acts_id].append(one)
    found = []
    for (kind, house), members in groups.items():
        spread = spread_of([one.run for one in members], now)
        if spread is not None:
            target = members[0].run.target
            found.append(
                HouseTimes(
                    kind=kind, house=house, who=members[0].acts, unit=target.unit, target=target.amount, n=spread.n,
                    p50_s=int(spread.p50.total_seconds()), p90_s=int(spread.p90.total_seconds()), kept=spread.kept,
                )
            )  # fmt: skip
    order = list(ClockKind)
    return sorted(found, key=lambda each: (order.index(each.kind), -each.p90_s, each.who))


def slow(scope: Scope, found: Sequence[HouseTimes]) -> Found:
    """Each house by what it was waited for."""
    lines = [_line(scope, each) for each in found]
    table = Table(
        title=N_("How long it took, by house and step"), columns=_COLUMNS, lines=tuple(lines), shape=Shape.DOTS,
        drawn=4,
        note=N_("Half took no longer than the middle one, nine of ten no longer than the last column of times."),
    )  # fmt: skip
    if not found:
        return said(N_("No clock stopped in these days")), [table]
    late = max(found, key=lambda each: (each.n - each.kept, each.n))
    headline = said(
        N_("{who}: {kept} of {all} in time for “{what}”, the middle one took {time}"),
        who=_who(late), kept=late.kept, all=late.n, what=late.kind,
        time=said(UNITS[late.unit], count=_in_unit(late.p50_s, late.unit)),
    )  # fmt: skip
    return headline, [table]


_COLUMNS = (
    Column(label=N_("Step"), width=2.0), Column(label=N_("House"), width=2.2),
    Column(label=N_("Counted in"), width=1.5), Column(label=N_("How many"), kind=ColumnKind.COUNT),
    Column(label=N_("Middle"), kind=ColumnKind.NUMBER), Column(label=N_("Nine of ten"), kind=ColumnKind.NUMBER),
    Column(label=N_("Target"), kind=ColumnKind.COUNT), Column(label=N_("In time"), kind=ColumnKind.COUNT),
)  # fmt: skip

UNITS = {
    Unit.WORKING_HOURS: N_("{count} working hours"), Unit.HOURS: N_("{count} hours"),
    Unit.WORKING_DAYS: N_("{count} working days"), Unit.DAYS: N_("{count} days"),
}  # fmt: skip


def _line(scope: Scope, each: HouseTimes) -> Line:
    middle, ninth = _in_unit(each.p50_s, each.unit), _in_unit(each.p90_s, each.unit)
    rows = Behind(page=ROWS, filter=scope.city, period=scope.period, house=each.house, kind=each.kind.value)
    return Line(
        cells=(each.kind, _who(each), each.unit, each.n, middle, ninth, each.target, each.kept), behind=rows,
        value=float(middle), more=(float(ninth), float(each.target)),
    )  # fmt: skip


def _who(each: HouseTimes) -> Word | str:
    return Word.THIS_OFFICE if ACTS[each.kind] is Party.US else each.who or Word.NOT_STATED


def _in_unit(seconds: int, unit: Unit) -> Decimal:
    """A time in the unit of its target, with one decimal; working days are told as whole days."""
    per = 86400 if unit in (Unit.WORKING_DAYS, Unit.DAYS) else 3600
    return (Decimal(seconds) / per).quantize(Decimal("0.1"))
