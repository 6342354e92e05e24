"""From where to where, and one city's own view: out, kept, and in, with what it cost and why people left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.grids import Cell, Column, ColumnKind
from liaison.domain.insight import Behind, Outcome, Scope, exactly, quoted
from liaison.domain.money import Money
from liaison.domain.payments import BillKind
from liaison.domain.periods import Period, Span
from liaison.i18n import N_
from liaison.services import filters
from liaison.services.insight_cells import like, persons, read, span
from liaison.services.insight_views import Line, Shape, Table, Word
from liaison.services.insight_words import amounts, by_currency, city_filter
from liaison.services.kept_answers import Kind
from liaison.services.sentences import Sentence, said, said_of
from liaison.store.kept_figures import (
    CLAIMS_SUBMITTED,
    JOURNEY_PERSONS,
    JOURNEYS_OPENED,
    OUTCOME,
)
from liaison.store.models import BillRow, JourneyRow, OrganizationRow

Found = tuple[Sentence, list[Table]]
NOWHERE = "tidakdisebut"
_IS_AWAY = sa.literal_column(f"({OUTCOME.format(row='journey')}) = '{Outcome.AWAY.value}'", sa.Boolean)
USUAL_CITY = "Medan"


def routes(session: Session, scope: Scope) -> Found:
    """Cases of a span by where they came from and where they went."""
    places = _Places(session)
    pairs: dict[tuple[str, str, str], int] = defaultdict(int)
    left: dict[tuple[str, str, str], int] = defaultdict(int)
    origins: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for city, country, to_city, house, outcome, n in _opened(session, scope):
        place = places.city(house, to_city)
        pairs[city, place, "" if place else country] += n
        left[city, place, "" if place else country] += n if outcome == Outcome.AWAY.value else 0
        origins[city][outcome] += n
    lines = []
    for (city, place, country), n in pairs.items():
        gone = left[city, place, country]
        cells = (city or Word.NOT_STATED, place or country or Word.NOT_STATED, n, gone)
        rows = {3: _rows(scope, _from(city), _to(place, country), f"hasil:{Outcome.AWAY.value}")}
        behind = _rows(scope, _from(city), _to(place, country))
        lines.append(Line(cells=cells, behind=behind, cells_behind=rows, value=n))
    lines.sort(key=lambda line: (-line.value, str(line.cells[0]), str(line.cells[1])))
    columns = (
        Column(label=N_("From"), width=1.8), Column(label=N_("To"), width=1.8),
        Column(label=N_("Cases"), kind=ColumnKind.COUNT), Column(label=N_("Went for treatment"), kind=ColumnKind.COUNT),
    )  # fmt: skip
    tables = [
        Table(title=N_("From where to where"), columns=columns, lines=tuple(lines), drawn=2),
        _outcomes(origins, scope),
    ]
    if not lines:
        return said(N_("No case was opened in these days")), tables
    (city, place, country), most = max(left.items(), key=lambda way: way[1])
    if not most:
        return said(N_("Nobody has gone for treatment of those whose case was opened in these days")), tables
    headline = said(
        N_("The most travelled way is from {city} to {place}: {count} of {all} that went for treatment"), count=most,
        city=city or Word.NOT_STATED, place=place or country or Word.NOT_STATED, all=sum(left.values()),
    )  # fmt: skip
    return headline, tables


def _outcomes(origins: dict[str, dict[str, int]], scope: Scope) -> Table:
    lines = []
    for city, outcomes in origins.items():
        rows = {
            number + 2: _rows(scope, _from(city), f"hasil:{outcome.value}") for number, outcome in enumerate(Outcome)
        }
        total = sum(outcomes.values())
        cells: tuple[Cell, ...] = (city or Word.NOT_STATED, total, *(outcomes.get(o.value, 0) for o in Outcome))
        lines.append(Line(cells=cells, behind=_rows(scope, _from(city)), cells_behind=rows, value=total))
    lines.sort(key=lambda line: (-line.value, str(line.cells[0])))
    columns = (
        Column(label=N_("From"), width=1.8),
        Column(label=N_("Cases"), kind=ColumnKind.COUNT),
        *(Column(label=o.label, kind=ColumnKind.COUNT, width=1.2) for o in Outcome),
    )
    return Table(title=N_("What became of them, by home city"), columns=columns, lines=tuple(lines))


# one city

KEPT: Kind[Found] = Kind(
    name="city",
    classes=(Sentence, Table, Column, ColumnKind, Line, Behind, Period, Shape, Word, Outcome, Money),
)
"""The view of a city as it is kept."""


def city(session: Session, scope: Scope) -> Found:
    """How many came from a city in a span of days and what they cost; who was kept; who came to it, and why."""
    within = span(session, scope)
    outcomes: dict[str, int] = defaultdict(int)
    for *_rest, outcome, n in _opened(session, scope):
        outcomes[outcome] += n
    cases = sum(outcomes.values())
    people = persons(session, JOURNEY_PERSONS, scope=scope, within=within)
    bills = final_bills(session, scope, within)
    headline = said(
        N_("{cases} ({people}) from {city}; final bills: {bills}"),
        cases=said_of("{count} case", "{count} cases", cases),
        people=said_of("{count} person", "{count} persons", people),
        city=scope.city, bills=amounts([bill for bill, _n in bills]),
    )  # fmt: skip
    return headline, [
        _out(scope, outcomes, people, bills),
        _cost(session, scope, within),
        _whither(session, scope),
        _why(session, scope, within, inward=False),
        _in(session, scope),
        _why(session, scope, within, inward=True),
    ]


def _out(scope: Scope, outcomes: dict[str, int], people: int, bills: Sequence[tuple[Money, int]]) -> Table:
    total = sum(outcomes.values())
    lines = [Line(cells=(Word.OPENED, None, total, people, None), behind=_rows(scope, city_filter(scope)), value=total)]
    for outcome in Outcome:
        n = outcomes.get(outcome.value, 0)
        rows = _rows(scope, city_filter(scope), f"hasil:{outcome.value}")
        lines.append(Line(cells=(outcome, None, n, None, None), behind=rows, value=n))
    for bill, n in bills:
        cells = (Word.FINAL_BILLS, bill.currency, n, None, bill)
        lines.append(Line(cells=cells, behind=_rows(scope, city_filter(scope))))
    columns = (
        Column(label=N_("Measure"), width=2.4), Column(label=N_("Currency")),
        Column(label=N_("Cases"), kind=ColumnKind.COUNT), Column(label=N_("Persons"), kind=ColumnKind.COUNT),
        Column(label=N_("Final bills"), kind=ColumnKind.MONEY, width=1.6),
    )  # fmt: skip
    return Table(title=N_("Out and kept"), columns=columns, lines=tuple(lines), drawn=2)


def final_bills(session: Session, scope: Scope, within: Span | None) -> list[tuple[Money, int]]:
    """Final bills less credit notes of the cases opened in a span, by currency, with how many cases they are of."""
    b = BillRow.__table__.c
    signed = sa.case((b.kind == BillKind.CREDIT_NOTE, -b.amount_minor), else_=b.amount_minor)
    asked = (
        sa.select(b.currency, sa.func.sum(signed), sa.func.count(b.journey_id.distinct()))
        .where(b.kind.in_((BillKind.FINAL, BillKind.CREDIT_NOTE)), b.journey_id.in_(_cases(scope, within)))
        .group_by(b.currency)
    )
    rows = {currency: (Money(minor, currency), n) for currency, minor, n in session.connection().execute(asked)}
    return [rows[c] for c in by_currency(rows, lambda c: rows[c][1])]


def _cases(scope: Scope, within: Span | None) -> sa.Select[tuple[int]]:
    asked: sa.Select[tuple[int]] = sa.select(JourneyRow.id)
    if scope.city:
        asked = asked.where(sa.func.lower(JourneyRow.origin_city).like(like(scope.city), escape="\\"))
    if within is not None:
        asked = asked.where(JourneyRow.opened_on.between(within.first, within.last))
    return asked


def _cost(session: Session, scope: Scope, within: Span | None) -> Table:
    found = read(
        session, CLAIMS_SUBMITTED, ["currency"], scope=scope, within=within,
        sums=["billed", "approved", "paid", "unpaid"],
    )  # fmt: skip
    rows = {row[0]: row[1:] for row in found}
    lines = []
    for currency in by_currency(rows, lambda c: int(rows[c][0])):
        n, *minors = rows[currency]
        text = f"matauang:{currency.casefold()}{city_filter(scope)}"
        behind = Behind(page="claims", filter=text, period=scope.period, basis="submitted")
        cells = (currency, n, *(Money(minor, currency) for minor in minors))
        lines.append(Line(cells=cells, behind=behind, value=minors[0]))
    columns = (
        Column(label=N_("Currency")), Column(label=N_("Claims"), kind=ColumnKind.COUNT),
        Column(label=N_("Billed"), kind=ColumnKind.MONEY, width=1.6),
        Column(label=N_("Approved"), kind=ColumnKind.MONEY, width=1.6),
        Column(label=N_("Paid"), kind=ColumnKind.MONEY, width=1.6),
        Column(label=N_("Unpaid"), kind=ColumnKind.MONEY, width=1.6),
    )  # fmt: skip
    return Table(
        title=N_("Claims submitted"), columns=columns, lines=tuple(lines), shape=Shape.NONE,
        note=N_("Claims by the day they were submitted, cases by the day they were opened."),
    )  # fmt: skip


def _whither(session: Session, scope: Scope) -> Table:
    places = _Places(session)
    found: dict[tuple[str, str], int] = defaultdict(int)
    for _city, country, to_city, house, outcome, n in _opened(session, scope):
        if outcome == Outcome.AWAY.value:
            place = places.city(house, to_city)
            found[place, "" if place else country] += n
    lines = [
        Line(
            cells=(place or country or Word.NOT_STATED, n), value=n,
            behind=_rows(scope, city_filter(scope), "hasil:away", _to(place, country)),
        )
        for (place, country), n in found.items()
    ]  # fmt: skip
    lines.sort(key=lambda line: -line.value)
    columns = (Column(label=N_("To"), width=2.4), Column(label=N_("Cases"), kind=ColumnKind.COUNT))
    return Table(title=N_("Where those who left went"), columns=columns, lines=tuple(lines))


def _in(session: Session, scope: Scope) -> Table:
    places = _Places(session)
    found: dict[str, int] = defaultdict(int)
    wanted = scope.city.casefold()
    for home, _country, to_city, house, _outcome, n in _opened(session, Scope(period=scope.period)):
        if wanted in places.city(house, to_city).casefold() and wanted not in home.casefold():
            found[home] += n
    lines = [
        Line(cells=(home or Word.NOT_STATED, n), value=n, behind=_rows(scope, *_inward(scope), _from(home)))
        for home, n in found.items()
    ]
    lines.sort(key=lambda line: -line.value)
    columns = (Column(label=N_("From"), width=2.4), Column(label=N_("Cases"), kind=ColumnKind.COUNT))
    return Table(title=N_("Came to this city from elsewhere"), columns=columns, lines=tuple(lines))


def _why(session: Session, scope: Scope, within: Span | None, *, inward: bool) -> Table:
    """Reasons as they were written down when the patient decided; cases of a span only, read from their rows."""
    j, o = JourneyRow.__table__.c, OrganizationRow.__table__.c
    place = sa.func.coalesce(
        sa.func.nullif(sa.select(o.city).where(o.id == j.hospital_id).scalar_subquery(), ""), j.destination_city
    )
    home, there = filters.contains(j.origin_city, scope.city), filters.contains(place, scope.city)
    asked = sa.select(j.decision_reason, sa.func.count()).group_by(j.decision_reason)
    if inward:
        asked = asked.where(there, sa.not_(home))
    else:
        asked = asked.where(home, _IS_AWAY)
    if within is not None:
        asked = asked.where(j.opened_on.between(within.first, within.last))
    words = _inward(scope) if inward else [city_filter(scope), "hasil:away"]
    lines = [
        Line(cells=(reason or Word.NOT_STATED, n), value=n,
             behind=_rows(scope, *words, f"alasan:{exactly(reason) if reason else NOWHERE}"))
        for reason, n in session.execute(asked)
    ]  # fmt: skip
    lines.sort(key=lambda line: (line.cells[0] is Word.NOT_STATED, -line.value, str(line.cells[0])))
    columns = (Column(label=N_("Reason"), width=2.8), Column(label=N_("Cases"), kind=ColumnKind.COUNT))
    title = N_("Why they came") if inward else N_("Why they left")
    return Table(title=title, columns=columns, lines=tuple(lines))


# parts


class _Places:
    """The city of each hospital."""

    def __init__(self, session: Session) -> None:
        rows = session.execute(sa.select(OrganizationRow.id, OrganizationRow.city))
        self._cities: dict[int, str] = {row[0]: row[1] for row in rows}

    def city(self, house: int, to_city: str) -> str:
        """Where somebody was or will be treated: the hospital's city, else the case's own."""
        return self._cities.get(house, "") or to_city


def _opened(session: Session, scope: Scope) -> list[tuple[str, str, str, int, str, int]]:
    by = ["city", "country", "to_city", "hospital_id", "outcome"]
    return [tuple(row) for row in read(session, JOURNEYS_OPENED, by, scope=scope, within=span(session, scope))]


def _rows(scope: Scope, *words: str) -> Behind:
    text = " ".join(word.strip() for word in words if word.strip())
    return Behind(page="journeys", filter=text, period=scope.period, basis="opened")


def _from(home: str) -> str:
    return f"kota:{exactly(home) if home else NOWHERE}"


def _to(place: str, country: str) -> str:
    if place:
        return f"tujuan:{exactly(place)}"
    return f"tujuan:{NOWHERE} negara:{country or NOWHERE}"


def _inward(scope: Scope) -> list[str]:
    return [f"tujuan:{quoted(scope.city)}", f"-kota:{quoted(scope.city)}"]
