"""The six fixed questions of Insight and the view of one city, answered from kept figures.

Inside the office every figure is exact. A figure names the list, the filter and the days behind it, so that opening it
shows just the rows it counts. Source: ``ux`` 4.1, Wawasan.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.grids import Column, ColumnKind
from liaison.domain.insight import Behind, ClaimGap, Gap, LinkedGap, Outcome, Question, Scope, exactly, mask_of
from liaison.domain.journeys import STAGE_OF
from liaison.domain.money import Money
from liaison.domain.periods import Period, Span, span_of
from liaison.i18n import N_
from liaison.services import insight_city, insight_slow, kept_answers
from liaison.services.changes import clock, day_of, today
from liaison.services.insight_cells import STATES, like, read, span
from liaison.services.insight_terms import linked_gap
from liaison.services.insight_views import AGE_STARTS, Age, Answer, Line, Shape, Table, Word
from liaison.services.insight_words import by_currency, city_filter, house_filter, house_names, officer_names
from liaison.services.kept_answers import Answered, ToKeep
from liaison.services.sentences import Sentence, said, said_of
from liaison.store.kept_figures import (
    CLAIM_GAPS_KEPT,
    CLAIMS_DECIDED,
    CLAIMS_SUBMITTED,
    CLAIMS_UNPAID,
    JOURNEY_GAPS,
    JOURNEYS_ENDED,
    JOURNEYS_OPEN,
    JOURNEYS_OPENED,
)
from liaison.store.models import JourneyRow


def ask(session: Session, question: Question, scope: Scope | None = None, *, stale_will_do: bool = False) -> Answer:
    """The answer to one of the questions, about all of the office or one city, now or in a span of days.

    Who is slow and the view of a city take long to work out, so that their answers are kept; ``stale_will_do`` takes
    an older one too.
    """
    scope = scope or Scope()
    if question is Question.CITY and not scope.city:
        scope = Scope(city=next(iter(cities(session)), insight_city.USUAL_CITY), period=scope.period)
    kept = _kept(session, question, scope, stale_will_do=stale_will_do)
    headline, tables = kept.value if kept is not None else _ANSWERS[question](session, scope)
    return Answer(
        question=question, scope=scope, as_of=kept.at if kept else clock(session),
        span=span(session, scope) if question in DATED else None, headline=headline, tables=tuple(tables),
        is_stale=kept is not None and kept.is_stale, to_keep=kept.to_keep if kept else None,
    )  # fmt: skip


def _kept(session: Session, question: Question, scope: Scope, *, stale_will_do: bool = False) -> Answered[Found] | None:
    """The answer of a question that takes long; none for the others."""
    asked = _asked(session, scope)
    if question is Question.SLOW:
        times = kept_answers.answered(
            session, insight_slow.KEPT, asked, lambda: insight_slow.work_out(session, scope),
            stale_will_do=stale_will_do,
        )  # fmt: skip
        return replace(cast("Answered[Any]", times), value=insight_slow.slow(scope, times.value))
    if question is Question.CITY:
        return kept_answers.answered(
            session, insight_city.KEPT, asked, lambda: insight_city.city(session, scope), stale_will_do=stale_will_do
        )
    return None


def work_out_anew(session: Session, question: Question, scope: Scope) -> ToKeep | None:
    """A question that takes long, worked out now, as it is to be kept; none where what is kept is fresh."""
    kept = _kept(session, question, scope)
    return kept.to_keep if kept is not None else None


def _asked(session: Session, scope: Scope) -> list[str]:
    within = span(session, scope)
    days = [within.first.isoformat(), within.last.isoformat()] if within else []
    return [scope.city, scope.period.value if scope.period else "", *days]


DATED = frozenset({Question.SLOW, Question.ROUTES, Question.CITY})
"""Questions about a span of days; the others are about now."""


def cities(session: Session) -> list[str]:
    """Home cities of cases, the busiest first."""
    rows = read(session, JOURNEYS_OPENED, ["city"])
    return [name for name, _n in sorted(rows, key=lambda row: (-row[1], row[0])) if name]


Found = tuple[Sentence, list[Table]]


# 1 what piles up


def _piles(session: Session, scope: Scope) -> Found:
    now = today(session)
    waits: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for state, hour, n in read(session, JOURNEYS_OPEN, ["state", "since_hour"], scope=scope):
        since = day_of(session, dt.datetime.fromtimestamp(hour * 3600, tz=dt.UTC))
        waits[state].append(((now - since).days, n))
    lines = []
    for state, days in waits.items():
        code = STATES[state]
        asked = Behind(page="journeys", filter=f"status:{code.name.casefold()}{city_filter(scope)} {OPEN}")
        count, middle = sum(n for _, n in days), rank(days, 0.5)
        cells = (code, STAGE_OF.get(code), count, middle, max(d for d, _ in days))
        lines.append(Line(cells=cells, behind=asked, value=count))
    lines.sort(key=lambda line: -line.value)
    total = sum(int(line.value) for line in lines)
    columns = (
        Column(label=N_("Status"), width=2.4), Column(label=N_("Stage"), width=1.6),
        Column(label=N_("Cases"), kind=ColumnKind.COUNT),
        Column(label=N_("Days, middle"), kind=ColumnKind.COUNT),
        Column(label=N_("Days, longest"), kind=ColumnKind.COUNT),
    )  # fmt: skip
    by_state = Table(title=N_("Open cases by status"), columns=columns, lines=tuple(lines), drawn=2)
    if not lines:
        return said(N_("No case is open")), [by_state]
    most = lines[0]
    half = said_of("{count} day", "{count} days", cast("int", most.cells[3]))
    headline = said_of(
        "{count} of {all} open cases stands at “{state}”, for {days}",
        "{count} of {all} open cases stand at “{state}”, half of them for {days} or longer",
        cast("int", most.cells[2]), all=total, state=most.cells[0], days=half,
    )  # fmt: skip
    return headline, [by_state, _by_officer(session, scope)]


OPEN = "status:terbuka"


def _by_officer(session: Session, scope: Scope) -> Table:
    names = officer_names(session)
    lines = []
    for key, n in read(session, JOURNEYS_OPEN, ["officer_id"], scope=scope):
        name = names.get(key, "")
        who = f"petugas:{exactly(name)} {OPEN}" if name else "kurang:officer"
        cells = (name or Word.NOT_STATED, n)
        lines.append(Line(cells=cells, behind=Behind(page="journeys", filter=who + city_filter(scope)), value=n))
    columns = (Column(label=N_("Officer"), width=2.4), Column(label=N_("Cases"), kind=ColumnKind.COUNT))
    lines.sort(key=lambda line: -line.value)
    return Table(title=N_("Open cases by officer"), columns=columns, lines=tuple(lines))


def rank(values: Iterable[tuple[int, int]], share: float) -> int:
    """The value that so many do not pass, of (value, how often) pairs: nearest rank, as for the clocks."""
    ordered = sorted(values)
    wanted = max(math.ceil(round(share * sum(n for _, n in ordered), 9)), 1)
    for value, n in ordered:
        wanted -= n
        if wanted <= 0:
            return value
    return 0


# 3 what is unpaid


def _unpaid(session: Session, scope: Scope) -> Found:
    now = today(session)
    ages: dict[tuple[str, Age], list[int]] = defaultdict(lambda: [0, 0])
    houses: dict[tuple[int, str], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    asked = ["aged_from", "insurer_id", "currency"]
    for day, house, currency, n, minor in read(session, CLAIMS_UNPAID, asked, scope=scope, sums=["unpaid"]):
        days = (now - dt.date.fromisoformat(day)).days
        band = max((a for a in Age if days >= AGE_STARTS[a]), key=lambda a: AGE_STARTS[a], default=Age.YOUNG)
        of_age, of_house = ages[currency, band], houses[house, currency]
        of_age[0] += n
        of_age[1] += minor
        of_house[0] += n
        of_house[1] += minor
        of_house[2] = max(of_house[2], days)
        of_house[3] += minor if band is Age.OLDEST else 0
    currencies = by_currency({c for c, _ in ages}, lambda c: sum(ages[c, a][0] for a in Age if (c, a) in ages))
    tables = [_ages(ages, currencies, scope), _houses(session, houses, currencies, scope)]
    if not currencies:
        return said(N_("Nothing is unpaid")), tables
    first = currencies[0]
    late = ages[first, Age.OLDEST]
    headline = said_of(
        "{count} claim in {currency} has been unpaid for over 90 days: {amount} of {all}",
        "{count} claims in {currency} have been unpaid for over 90 days: {amount} of {all}",
        late[0], currency=first, amount=Money(late[1], first),
        all=Money(sum(v[1] for (c, _), v in ages.items() if c == first), first),
    )  # fmt: skip
    return headline, tables


_AGE_FILTER = {
    Age.YOUNG: "umur<=30", Age.MIDDLE: "umur>=31 umur<=60", Age.OLD: "umur>=61 umur<=90", Age.OLDEST: "umur>90",
}  # fmt: skip


def _ages(ages: dict[tuple[str, Age], list[int]], currencies: Sequence[str], scope: Scope) -> Table:
    lines = []
    for currency in currencies:
        for band in Age:
            n, minor = ages.get((currency, band), (0, 0))
            text = f"sisa>0 matauang:{currency.casefold()} {_AGE_FILTER[band]}{city_filter(scope)}"
            cells = (band, currency, n, Money(minor, currency))
            lines.append(Line(cells=cells, behind=Behind(page="claims", filter=text), value=minor))
    columns = (
        Column(label=N_("Age"), width=1.6), Column(label=N_("Currency")),
        Column(label=N_("Claims"), kind=ColumnKind.COUNT),
        Column(label=N_("Unpaid"), kind=ColumnKind.MONEY, width=1.6),
    )  # fmt: skip
    return Table(title=N_("Unpaid claims by age"), columns=columns, lines=tuple(lines), shape=Shape.AGES, drawn=3)


def _houses(
    session: Session, houses: dict[tuple[int, str], list[int]], currencies: Sequence[str], scope: Scope
) -> Table:
    names = house_names(session)
    lines = []
    for (house, currency), (n, minor, days, late) in houses.items():
        who = house_filter("penanggung", names.get(house, ""), "kurang:insurer")
        text = f"sisa>0 matauang:{currency.casefold()} {who}{city_filter(scope)}"
        cells = (names.get(house) or Word.NOT_STATED, currency, n, Money(minor, currency), Money(late, currency), days)
        late_rows = Behind(page="claims", filter=f"{text} umur>90")
        lines.append(
            Line(cells=cells, behind=Behind(page="claims", filter=text), cells_behind={4: late_rows}, value=minor)
        )
    lines.sort(key=lambda line: (currencies.index(str(line.cells[1])), -line.value))
    columns = (
        Column(label=N_("Insurer"), width=2.4), Column(label=N_("Currency")),
        Column(label=N_("Claims"), kind=ColumnKind.COUNT),
        Column(label=N_("Unpaid"), kind=ColumnKind.MONEY, width=1.6),
        Column(label=N_("Over 90 days"), kind=ColumnKind.MONEY, width=1.6),
        Column(label=N_("Oldest, days"), kind=ColumnKind.COUNT),
    )  # fmt: skip
    unit = currencies[0] if currencies else ""
    return Table(title=N_("Unpaid by insurer"), columns=columns, lines=tuple(lines), drawn=3, unit=unit)


# 5 what changed since last month

_MONTHS = (Period.MONTH_BEFORE, Period.LAST_MONTH, Period.THIS_MONTH)


def _changed(session: Session, scope: Scope) -> Found:
    counts, money = _counts_by_month(session, scope), _money_by_month(session, scope)
    what = (Column(label=N_("Measure"), width=2.4), Column(label=N_("Currency")))
    tables = [
        Table(
            title=N_("Last month against the month before"), columns=(*what, *_month_columns(ColumnKind.COUNT)),
            lines=tuple(counts), shape=Shape.NONE, drawn=3,
        ),
        Table(
            title=N_("Money, last month against the month before"),
            columns=(*what, *_month_columns(ColumnKind.MONEY)), lines=tuple(money), shape=Shape.NONE, drawn=3,
        ),
        _trend(session, scope),
    ]  # fmt: skip
    before, last = counts[0].cells[2], counts[0].cells[3]
    headline = said_of(
        "{count} case was opened last month, {before} in the month before",
        "{count} cases were opened last month, {before} in the month before",
        cast("int", last), before=before,
    )  # fmt: skip
    return headline, tables


def _month_columns(kind: ColumnKind) -> tuple[Column, ...]:
    names = (N_("The month before last"), N_("Last month"), N_("Change"), N_("This month so far"))
    return tuple(Column(label=name, kind=kind, width=1.4) for name in names)


def _counts_by_month(session: Session, scope: Scope) -> list[Line]:
    wanted = (
        (Word.OPENED, JOURNEYS_OPENED, "1", "journeys", "opened", ""),
        (Word.AWAY, JOURNEYS_OPENED, f"outcome = '{Outcome.AWAY.value}'", "journeys", "opened", " hasil:away"),
        (Word.HOME, JOURNEYS_OPENED, f"outcome = '{Outcome.HOME.value}'", "journeys", "opened", " hasil:home"),
        (Word.ENDED, JOURNEYS_ENDED, "1", "journeys", "ended", ""),
        (Word.SUBMITTED, CLAIMS_SUBMITTED, "1", "claims", "submitted", ""),
        (Word.DECIDED, CLAIMS_DECIDED, "1", "claims", "decided", ""),
    )
    lines = []
    for word, summary, only, page, basis, more in wanted:
        before, last, now = (
            sum(row[-1] or 0 for row in read(session, summary, [], scope=scope, within=_span(session, p), only=only))
            for p in _MONTHS
        )
        text = f"{city_filter(scope)}{more}".strip()
        lines.append(_month_line(word, None, (before, last, last - before, now), page, text, basis))
    return lines


def _money_by_month(session: Session, scope: Scope) -> list[Line]:
    lines = []
    wanted = (
        (Word.BILLED, CLAIMS_SUBMITTED, "billed", "submitted"),
        (Word.APPROVED, CLAIMS_DECIDED, "approved", "decided"),
    )
    for word, summary, name, basis in wanted:
        found: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        for number, period in enumerate(_MONTHS):
            rows = read(session, summary, ["currency"], scope=scope, within=_span(session, period), sums=[name])
            for currency, _n, minor in rows:
                found[currency][number] += minor
        for currency in by_currency(found, lambda c: 0):
            before, last, now = (Money(minor, currency) for minor in found[currency])
            change = Money(last.minor - before.minor, currency)
            text = f"matauang:{currency.casefold()}{city_filter(scope)}"
            lines.append(_month_line(word, currency, (before, last, change, now), "claims", text, basis))
    return lines


def _month_line(
    word: Word, currency: str | None, values: tuple[int, ...] | tuple[Money, ...], page: str, text: str, basis: str
) -> Line:
    behind = {
        column: Behind(page=page, filter=text, period=period, basis=basis)
        for column, period in zip((2, 3, 5), _MONTHS, strict=True)
    }
    return Line(cells=(word, currency, *values), behind=behind[3], cells_behind=behind)


def _trend(session: Session, scope: Scope) -> Table:
    months: dict[str, int] = {row[0]: row[1] for row in read(session, JOURNEYS_OPENED, ["month"], scope=scope)}
    first = today(session).replace(day=1)
    lines = []
    for ago in range(12, 0, -1):
        number = first.year * 12 + first.month - 1 - ago
        month = f"{number // 12:04d}-{number % 12 + 1:02d}"
        before = f"{number // 12 - 1:04d}-{number % 12 + 1:02d}"
        n, earlier = months.get(month, 0), months.get(before, 0)
        rows = {1: _of_month(month, scope), 2: _of_month(before, scope)}
        lines.append(Line(cells=(month, n, earlier), behind=rows[1], cells_behind=rows, value=n, more=(earlier,)))
    columns = (
        Column(label=N_("Month")), Column(label=N_("Cases opened"), kind=ColumnKind.COUNT),
        Column(label=N_("A year earlier"), kind=ColumnKind.COUNT),
    )  # fmt: skip
    return Table(
        title=N_("Cases opened, month by month"), columns=columns, lines=tuple(lines), shape=Shape.MONTHS,
        note=N_("The running month is left out."),
    )  # fmt: skip


def _of_month(month: str, scope: Scope) -> Behind:
    return Behind(page="journeys", filter=f"bulan:{month}{city_filter(scope)}")


def _span(session: Session, period: Period) -> Span:
    return span_of(period, today(session))


# 6 what data is missing


def _missing(session: Session, scope: Scope) -> Found:
    rows = read(session, JOURNEY_GAPS, ["mask"], scope=scope)
    open_cases = sum(n for _, n in rows)
    lines = [_gap_line(gap, rows, open_cases, "journeys", scope) for gap in Gap]
    for linked in LinkedGap:
        n = _linked(session, linked, scope)
        text = f"kurang:{linked.value}{city_filter(scope)}"
        cells = (linked, n, open_cases)
        lines.append(Line(cells=cells, behind=Behind(page="journeys", filter=text), value=n))
    claims = read(session, CLAIM_GAPS_KEPT, ["mask"], scope=scope)
    all_claims = sum(n for _, n in claims)
    of_claims = [_gap_line(gap, claims, all_claims, "claims", scope) for gap in ClaimGap]
    lines.sort(key=lambda line: -line.value)
    of_claims.sort(key=lambda line: -line.value)
    tables = [
        Table(title=N_("Missing on open cases"), columns=_gap_columns(N_("Open cases")), lines=tuple(lines)),
        Table(title=N_("Missing on claims"), columns=_gap_columns(N_("Claims")), lines=tuple(of_claims)),
    ]
    if not lines[0].value:
        return said(N_("No open case lacks anything of this list")), tables
    worst = lines[0].cells
    headline = said(N_("{count} of {all} open cases do not say: {what}"), count=worst[1], all=open_cases, what=worst[0])
    return headline, tables


def _gap_columns(whole: str) -> tuple[Column, ...]:
    return (
        Column(label=N_("Missing"), width=2.4), Column(label=N_("How many"), kind=ColumnKind.COUNT),
        Column(label=whole, kind=ColumnKind.COUNT),
    )  # fmt: skip


def _gap_line(gap: Gap | ClaimGap, rows: Sequence[tuple[int, int]], whole: int, page: str, scope: Scope) -> Line:
    n = sum(count for mask, count in rows if mask & mask_of(gap))
    text = f"kurang:{gap.value}{city_filter(scope)}"
    return Line(cells=(gap, n, whole), behind=Behind(page=page, filter=text), value=n)


def _linked(session: Session, gap: LinkedGap, scope: Scope) -> int:
    """Gaps beside a case; open cases are few, whatever the size of the store."""
    asked = sa.select(sa.func.count()).select_from(JourneyRow).where(linked_gap(gap))
    if scope.city:
        asked = asked.where(sa.func.lower(JourneyRow.origin_city).like(like(scope.city), escape="\\"))
    return session.scalar(asked) or 0


_ANSWERS: dict[Question, Callable[[Session, Scope], Found]] = {
    Question.PILES: _piles,
    Question.UNPAID: _unpaid,
    Question.ROUTES: insight_city.routes,
    Question.CHANGED: _changed,
    Question.MISSING: _missing,
}
