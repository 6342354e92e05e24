"""What every list shares: the question asked of it, its columns, its order, its footing, its groups.

A list is painted from an id snapshot (``array('q')`` in list order) and pages of plain tuples read by key, so that the
scroll bar tells the truth at any length. Every order ends in the key, so that it is the same each time.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.errors import refuse_if
from liaison.domain.grammar import Term, TermField, doubts, read_question
from liaison.domain.money import Money
from liaison.domain.periods import Period, Span, span_of
from liaison.services import filters
from liaison.services.changes import clock, officer_id, today, zone
from liaison.services.own_regions import own_regions
from liaison.services.sentences import Sentence
from liaison.store.models import OrganizationRow
from liaison.store.paging import snapshot


class ColumnKind(StrEnum):
    """How a column is drawn."""

    TEXT = "text"
    NAME = "name"
    STAGE = "stage"
    DUE = "due"
    DATE = "date"
    MONEY = "money"
    AGE = "age"
    STATE = "state"
    NUMBER = "number"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a list: its name is also the key to sort by."""

    name: str
    label: str
    kind: ColumnKind = ColumnKind.TEXT
    sortable: bool = True
    is_default_shown: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ListQuery:
    """What is asked of a list: the filter line as typed, a column to sort by (empty: the list's own order), a group."""

    text: str = ""
    sort: str = ""
    descending: bool = False
    group: str = ""
    period: Period | None = None
    """Only rows of this span of days; ``basis`` names which of their dates counts."""
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Open ones and all of them."""

    open: int
    all: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Footing:
    """The line under a list: rows, persons, one sum per currency (never across), and what the sums are."""

    rows: int
    persons: int
    sums: tuple[Money, ...]
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rows that belong together; ``first`` is the index of the first of them in the list."""

    key: str
    label: Sentence
    count: int
    first: int
    sums: tuple[Money, ...] = ()
    """One sum per currency, never across."""
    persons: int = 0
    """Different persons among them; 0 where the list does not count them apart from its rows."""
    cases: int = 0
    """Different cases among them; rows without a case count for none."""


Dated = Callable[[filters.Asked, Span], filters.Clause]
"""Rows whose date of one kind lies in a span of days."""


def by_day(column: sa.ColumnElement[Any]) -> Dated:
    """A date that is kept as a day."""
    return lambda asked, span: column.between(span.first, span.last)


def by_moment(column: sa.ColumnElement[Any]) -> Dated:
    """A date that is kept as a moment: the office's own days count."""

    def within(asked: filters.Asked, span: Span) -> filters.Clause:
        first, after = (span.first - asked.today).days, (span.last - asked.today).days + 1
        return sa.and_(column >= asked.midnight(first), column < asked.midnight(after))

    return within


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """How one list is asked: its table, what it can be filtered, sorted and grouped by.

    Sorts and groups are expressions over the table's own row (scalar subqueries where the value stands elsewhere).
    ``search`` gives the condition for free words.
    """

    table: sa.FromClause
    meanings: Mapping[TermField, filters.Meaning]
    sorts: Mapping[str, sa.ColumnElement[Any]]
    default_sort: str
    groups: Mapping[str, sa.ColumnElement[Any]]
    group_label: Callable[[str, str], Sentence]
    search: Callable[[Session, str], filters.Clause]
    standing: Callable[[frozenset[TermField]], Iterable[filters.Clause]] = lambda spoken: ()
    """Conditions that hold unless the line itself speaks of them (void claims are left out, for instance)."""
    dates: Mapping[str, Dated] = field(default_factory=dict)
    """The dates a period may go by, the usual one first."""
    person: sa.ColumnElement[Any] | None = None
    """Whose row it is, where groups say how many persons they hold."""
    case: sa.ColumnElement[Any] | None = None
    """To which case it belongs, where groups say how many cases they hold."""

    @property
    def key(self) -> sa.ColumnElement[int]:
        """The table's key."""
        return self.table.c.id


def where(session: Session, listing: Listing, query: ListQuery) -> list[filters.Clause]:
    """The conditions of a question. Raises :class:`Refused` (BAD_FILTER) with everything it does not understand."""
    question = read_question(query.text)
    refuse_if(doubts(query.text))
    by_region = any(term.field is TermField.REGION for term in question.terms)
    asked = filters.Asked(
        today=today(session), now=clock(session), zone=zone(session), officer_id=officer_id(session),
        own_regions=own_regions(session) if by_region else {},
    )  # fmt: skip
    found = filters.clauses(question.terms, listing.meanings, asked)
    found += listing.standing(frozenset(t.field for t in question.terms))
    if question.words:
        found.append(listing.search(session, " ".join(question.words)))
    if query.period is not None and listing.dates:
        dated = listing.dates.get(query.basis) or next(iter(listing.dates.values()))
        found.append(dated(asked, span_of(query.period, asked.today)))
    return found


def list_ids(session: Session, listing: Listing, query: ListQuery) -> array[int]:
    """The keys of a list in its order; rows without the value sorted by come last, whichever way the order runs."""
    by, down = listing.sorts[query.sort or listing.default_sort], query.descending
    order = [(by.desc() if down else by.asc()).nulls_last(), listing.key.desc() if down else listing.key.asc()]
    if query.group:
        order.insert(0, listing.groups[query.group].asc().nulls_last())
    return snapshot(session, sa.select(listing.key).where(*where(session, listing, query)).order_by(*order))


def list_groups(session: Session, listing: Listing, query: ListQuery) -> tuple[Group, ...]:
    """The groups of a list in its order; empty where the query asks for none."""
    if not query.group:
        return ()
    key = listing.groups[query.group]
    apart = [_apart(listing.person), _apart(listing.case)]
    statement = (
        sa.select(key, sa.func.count(), *apart)
        .select_from(listing.table)
        .where(*where(session, listing, query))
        .group_by(key)
        .order_by(key.asc().nulls_last())
    )
    found: list[Group] = []
    first = 0
    for value, count, persons, cases in session.connection().execute(statement):
        text = "" if value is None else str(value)
        label = listing.group_label(query.group, text)
        found.append(Group(key=text, label=label, count=count, first=first, persons=persons, cases=cases))
        first += count
    return tuple(found)


def _apart(column: sa.ColumnElement[Any] | None) -> sa.ColumnElement[int]:
    """How many different values; nothing is counted where nothing is asked."""
    return sa.literal(0) if column is None else sa.func.count(column.distinct())


def with_sums(groups: Iterable[Group], rows: Iterable[Sequence[Any]]) -> tuple[Group, ...]:
    """Groups with what they come to; ``rows`` are (group, currency, minor units)."""
    by_group: dict[str, list[tuple[str, int]]] = {}
    for value, currency, minor in rows:
        by_group.setdefault("" if value is None else str(value), []).append((currency, minor))
    return tuple(replace(g, sums=sums(by_group.get(g.key, ()))) for g in groups)


def chosen(ids: Sequence[int]) -> sa.Select[tuple[int]]:
    """Keys as a table, however many: one bound text instead of a thousand parameters."""
    return sa.select(sa.func.json_each(json.dumps(list(ids))).table_valued("value").c.value)


def raw(*columns: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """Select values as the file holds them; a page turns them into its line once, in one place."""
    plain: list[sa.ColumnElement[Any]] = [sa.type_coerce(c, sa.types.NullType()) for c in columns]
    return sa.select(*plain)


def page(session: Session, statement: sa.Select[Any], ids: Sequence[int]) -> dict[int, Sequence[Any]]:
    """Rows of a page by key: ``statement`` has a bind ``ids`` for the keys as JSON, and selects the key first."""
    return {row[0]: row for row in session.connection().execute(statement, {"ids": json.dumps(list(ids))})}


def wanted_ids() -> sa.TableValuedAlias:
    """The keys of a page as a table, for the FROM of a page's statement."""
    return sa.func.json_each(sa.bindparam("ids", type_=sa.Text)).table_valued("value", name="wanted")


def sums(rows: Iterable[Sequence[Any]]) -> tuple[Money, ...]:
    """(currency, minor units) rows as money, largest share of work first as the database gave them; zeros left out."""
    return tuple(Money(int(minor), currency) for currency, minor in rows if minor)


def organizations_named(term: Term) -> sa.Select[tuple[int]]:
    """Keys of the houses whose name holds one of a term's values."""
    o = OrganizationRow.__table__.c
    named = (filters.contains(column, value) for value in term.values for column in (o.name, o.name_key, o.short_name))
    return sa.select(o.id).where(sa.or_(*named))
