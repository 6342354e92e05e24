"""Who is slow: how long each house took for each step, the middle one and the ninth of ten, and how often in time.

Measured by the same clocks as everywhere: in the time of whoever has to act, without the time of open questions.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from liaison.domain.grids import Column, ColumnKind
from liaison.domain.insight import Behind, Scope
from liaison.domain.targets import ClockKind, Party, Spread, Unit, spread_of
from liaison.i18n import N_
from liaison.services.changes import clock, zone
from liaison.services.clock_readings import ClockLine
from liaison.services.clocks import stopped_clocks
from liaison.services.insight_cells import span
from liaison.services.insight_views import Line, Shape, Table, Word
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


def slow(session: Session, scope: Scope) -> Found:
    """Each house by what it was waited for, the slowest ninth of ten first within its kind."""
    now = clock(session)
    groups: dict[tuple[ClockKind, int | None], list[ClockLine]] = defaultdict(list)
    for one in clock_rows(session, scope):
        groups[one.kind, one.acts_id].append(one)
    found = []
    for (kind, house), members in groups.items():
        spread = spread_of([one.run for one in members], now)
        if spread is not None:
            found.append((kind, house, members[0], spread))
    order = list(ClockKind)
    found.sort(key=lambda each: (order.index(each[0]), -each[3].p90, each[2].acts))
    lines = [_line(scope, kind, house, first, spread) for kind, house, first, spread in found]
    table = Table(
        title=N_("How long it took, by house and step"), columns=_COLUMNS, lines=tuple(lines), shape=Shape.DOTS,
        drawn=4,
        note=N_("Half took no longer than the middle one, nine of ten no longer than the last column of times."),
    )  # fmt: skip
    if not found:
        return said(N_("No clock stopped in these days")), [table]
    late = max(found, key=lambda each: (each[3].n - each[3].kept, each[3].n))
    headline = said(
        N_("{who}: {kept} of {all} in time for “{what}”, the middle one took {time}"),
        who=_who(late[2]), kept=late[3].kept, all=late[3].n, what=late[0],
        time=said(UNITS[late[2].run.target.unit], count=_in_unit(late[3].p50, late[2].run.target.unit)),
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


def _line(scope: Scope, kind: ClockKind, house: int | None, first: ClockLine, spread: Spread) -> Line:
    target = first.run.target
    middle, ninth = _in_unit(spread.p50, target.unit), _in_unit(spread.p90, target.unit)
    rows = Behind(page=ROWS, filter=scope.city, period=scope.period, house=house, kind=kind.value)
    return Line(
        cells=(kind, _who(first), target.unit, spread.n, middle, ninth, target.amount, spread.kept), behind=rows,
        value=float(middle), more=(float(ninth), float(target.amount)),
    )  # fmt: skip


def _who(line: ClockLine) -> Word | str:
    if line.party is Party.US:
        return Word.THIS_OFFICE
    return line.acts or Word.NOT_STATED


def _in_unit(time: dt.timedelta, unit: Unit) -> Decimal:
    """A time in the unit of its target, with one decimal; working days are told as whole days."""
    seconds = Decimal(int(time.total_seconds()))
    per = 86400 if unit in (Unit.WORKING_DAYS, Unit.DAYS) else 3600
    return (seconds / per).quantize(Decimal("0.1"))
