"""The filter line of a list: ``kota:medan,surabaya tahap<5 umur>=60 siti``, in Indonesian or English words.

A word with a known name before ``:``, ``=``, ``<`` or ``>`` asks one thing of a column; commas give choices; a leading
``-`` turns it round; quotes keep blanks together. Every other word is searched for. What a list can be asked is its
tuple of :class:`FilterField`; a name or value that nobody knows refuses the line and says what is known.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from liaison.domain.coded import Coded
from liaison.domain.errors import Refused
from liaison.domain.problems import Problem
from liaison.i18n import LANGUAGES, N_, Language

UNKNOWN_FIELD = N_("The filter does not know “{word}”. It knows: {known}.")
UNKNOWN_VALUE = N_("The filter does not know “{value}” for “{word}”. It knows: {known}.")
NOT_A_NUMBER = N_("After “{word}” the filter needs a number, for instance {word}>60.")
NOT_A_DATE = N_("After “{word}” the filter needs a date, for instance {word}>=2026-01-31 or {word}:2026-01.")

Clause = sa.ColumnElement[bool]

_TERM = re.compile(
    r"""(?P<minus>-)?(?P<name>[^\W\d]\w*)(?P<sign><=|>=|[:=<>])(?P<values>(?:"[^"]*"|[^\s",]+)(?:,(?:"[^"]*"|[^\s",]+))*)"""
)
_TOKEN = re.compile(r'(?:[^\s"]|"[^"]*"?)+')
_VALUE = re.compile(r'"([^"]*)"|([^,]+)')


class Sign(StrEnum):
    """How a value is compared."""

    IS = ":"
    LESS = "<"
    MORE = ">"
    AT_MOST = "<="
    AT_LEAST = ">="


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One thing asked: the word before the sign as typed, the sign, the choices."""

    word: str
    sign: Sign
    values: tuple[str, ...]
    is_not: bool
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What values are compared against: now and today at the office, and who asks."""

    today: dt.date
    now: dt.datetime
    zone: str
    officer_id: int | None

    def midnight(self, days: int = 0) -> dt.datetime:
        """The moment when a day begins at the office, so many days from today."""
        return dt.datetime.combine(self.today + dt.timedelta(days=days), dt.time(), ZoneInfo(self.zone))


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterField:
    """Something a list can be asked: its names (the first is shown) and how a term becomes a condition."""

    names: tuple[str, ...]
    clause: Callable[[Term, Asked], Clause]


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterTerm:
    """One token of the filter field, for the window."""

    text: str
    is_known: bool


def split(line: str) -> tuple[tuple[Term, ...], str]:
    """The terms of a filter line, and its free words."""
    terms: list[Term] = []
    words: list[str] = []
    for token in _TOKEN.findall(line):
        match = _TERM.fullmatch(token)
        if match is None:
            words.append(token.replace('"', " ").strip())
            continue
        values = tuple((quoted or plain).strip() for quoted, plain in _VALUE.findall(match["values"]))
        sign = Sign.IS if match["sign"] == "=" else Sign(match["sign"])
        terms.append(
            Term(word=match["name"].casefold(), sign=sign, values=values, is_not=bool(match["minus"]), text=token)
        )
    return tuple(terms), " ".join(w for w in words if w)


def clauses(terms: Iterable[Term], fields: Sequence[FilterField], asked: Asked) -> list[Clause]:
    """The conditions of all terms. Raises :class:`Refused` with every term that is not understood."""
    found: list[Clause] = []
    problems: list[Problem] = []
    for term in terms:
        field = field_named(term.word, fields)
        if field is None:
            known = ", ".join(f.names[0] for f in fields)
            problems.append(_problem(UNKNOWN_FIELD, word=term.word, known=known))
            continue
        try:
            clause = field.clause(term, asked)
        except Refused as refused:
            problems += refused.problems
            continue
        found.append(sa.not_(clause) if term.is_not else clause)
    if problems:
        raise Refused(problems)
    return found


def field_named(word: str, fields: Sequence[FilterField]) -> FilterField | None:
    """The field that goes by a name, in either language."""
    return next((f for f in fields if word in f.names), None)


def tokens(line: str, fields: Sequence[FilterField]) -> tuple[FilterTerm, ...]:
    """The tokens of a line as the filter field shows them."""
    terms, words = split(line)
    shown = [FilterTerm(text=t.text, is_known=field_named(t.word, fields) is not None) for t in terms]
    return (*shown, *(FilterTerm(text=w, is_known=True) for w in words.split()))


# kinds of fields


def text_field(*names: str, column: sa.ColumnElement[Any]) -> FilterField:
    """Part of a text, whatever its case."""

    def clause(term: Term, asked: Asked) -> Clause:
        return sa.or_(*(contains(column, value) for value in term.values))

    return FilterField(names=names, clause=clause)


def contains(column: sa.ColumnElement[Any], words: str) -> Clause:
    """Whether a text holds these words; wildcards in them are plain characters."""
    escaped = re.sub(r"([%_\\])", r"\\\1", words.casefold())
    return sa.func.lower(column).like(f"%{escaped}%", escape="\\")


def number_field(*names: str, column: sa.ColumnElement[Any], factor: int = 1) -> FilterField:
    """A number; ``factor`` turns what is typed into what is stored (100 for money in minor units)."""

    def clause(term: Term, asked: Asked) -> Clause:
        return sa.or_(*(compare(column, term.sign, int(_number(term, v) * factor)) for v in term.values))

    return FilterField(names=names, clause=clause)


def days_ago_field(*names: str, column: sa.ColumnElement[Any]) -> FilterField:
    """Days since a date that lies in the past: ``umur>60``."""
    turned = {Sign.LESS: Sign.MORE, Sign.MORE: Sign.LESS, Sign.AT_MOST: Sign.AT_LEAST, Sign.AT_LEAST: Sign.AT_MOST}

    def clause(term: Term, asked: Asked) -> Clause:
        days = [asked.today - dt.timedelta(days=int(_number(term, v))) for v in term.values]
        return sa.or_(*(compare(column, turned.get(term.sign, term.sign), day) for day in days))

    return FilterField(names=names, clause=clause)


def years_field(*names: str, column: sa.ColumnElement[Any]) -> FilterField:
    """A person's age in whole years, from the birth date: ``umur>7``."""

    def clause(term: Term, asked: Asked) -> Clause:
        return sa.or_(*(_age_is(column, term.sign, int(_number(term, v)), asked.today) for v in term.values))

    return FilterField(names=names, clause=clause)


def date_field(*names: str, column: sa.ColumnElement[Any]) -> FilterField:
    """A date, a month or a year: ``dibuka:2026-01``, ``dibuka>=2026-01-31``."""

    def clause(term: Term, asked: Asked) -> Clause:
        return sa.or_(*(_in_period(column, term.sign, *_period(term, v, asked.today)) for v in term.values))

    return FilterField(names=names, clause=clause)


def choice_field(*names: str, column: sa.ColumnElement[Any], choices: type[Coded]) -> FilterField:
    """One of a closed list, by its code or the beginning of its label in either language."""
    return words_field(*names, choices={c.name.casefold(): (column == c) for c in choices}, labels=labels_of(choices))


def words_field(*names: str, choices: dict[str, Clause], labels: Iterable[tuple[str, str]] = ()) -> FilterField:
    """One of several words, each with its own condition; ``labels`` are (other spelling, word) pairs."""
    spellings = [(key.casefold(), key) for key in choices] + [(spelling.casefold(), key) for spelling, key in labels]

    def clause(term: Term, asked: Asked) -> Clause:
        return sa.or_(*(_chosen(term, value) for value in term.values))

    def _chosen(term: Term, value: str) -> Clause:
        typed = value.casefold()
        exact = {key for spelling, key in spellings if spelling == typed}
        found = exact or {key for spelling, key in spellings if spelling.startswith(typed)}
        if not found:
            raise Refused([_problem(UNKNOWN_VALUE, word=term.word, value=value, known=", ".join(choices))])
        return sa.or_(*(choices[key] for key in sorted(found)))

    return FilterField(names=names, clause=clause)


def labels_of(choices: type[Coded]) -> list[tuple[str, str]]:
    """(spelling, word) pairs: the member's code and its label in every language; its word is its name."""
    languages = [Language(code) for code in LANGUAGES]
    return [
        (spelling, c.name.casefold())
        for c in choices
        for spelling in (c.value, *(words(c.label) for words in languages))
    ]


def compare(column: sa.ColumnElement[Any], sign: Sign, value: object) -> Clause:
    """A column against a value."""
    match sign:
        case Sign.LESS:
            return column < value
        case Sign.MORE:
            return column > value
        case Sign.AT_MOST:
            return column <= value
        case Sign.AT_LEAST:
            return column >= value
        case Sign.IS:
            return column == value


def _number(term: Term, value: str) -> Decimal:
    from liaison.i18n.formats import AmountUnreadable, read_amount

    try:
        return read_amount(value)
    except AmountUnreadable as error:
        raise Refused([_problem(NOT_A_NUMBER, word=term.word)]) from error


def _age_is(column: sa.ColumnElement[Any], sign: Sign, years: int, today: dt.date) -> Clause:
    turned_this_age_by = _years_before(today, years)
    older_than_this_age = _years_before(today, years + 1)
    match sign:
        case Sign.AT_LEAST:
            return column <= turned_this_age_by
        case Sign.MORE:
            return column <= older_than_this_age
        case Sign.AT_MOST:
            return column > older_than_this_age
        case Sign.LESS:
            return column > turned_this_age_by
        case Sign.IS:
            return sa.and_(column <= turned_this_age_by, column > older_than_this_age)


def _years_before(day: dt.date, years: int) -> dt.date:
    year = max(day.year - years, 1)
    return dt.date(year, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)


def _period(term: Term, value: str, today: dt.date) -> tuple[dt.date, dt.date]:
    """First day of the period named, and the first day after it."""
    near = {"hariini": 0, "today": 0, "besok": 1, "tomorrow": 1, "kemarin": -1, "yesterday": -1}
    if value.casefold() in near:
        day = today + dt.timedelta(days=near[value.casefold()])
        return day, day + dt.timedelta(days=1)
    try:
        parts = [int(p) for p in value.split("-")]
        if len(parts) == 1 and len(value) == 4:
            return dt.date(parts[0], 1, 1), dt.date(parts[0] + 1, 1, 1)
        if len(parts) == 2:
            first = dt.date(parts[0], parts[1], 1)
            return first, (first + dt.timedelta(days=32)).replace(day=1)
        day = dt.date(*parts)
    except (ValueError, TypeError, OverflowError) as error:
        raise Refused([_problem(NOT_A_DATE, word=term.word)]) from error
    return day, day + dt.timedelta(days=1)


def _in_period(column: sa.ColumnElement[Any], sign: Sign, first: dt.date, after: dt.date) -> Clause:
    match sign:
        case Sign.LESS:
            return column < first
        case Sign.MORE:
            return column >= after
        case Sign.AT_MOST:
            return column < after
        case Sign.AT_LEAST:
            return column >= first
        case Sign.IS:
            return sa.and_(column >= first, column < after)


def _problem(message: str, /, **values: object) -> Problem:
    return Problem(code="BAD_FILTER", message=message, field="filter", values=values)
