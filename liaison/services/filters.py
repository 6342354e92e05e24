"""What the terms of a filter line ask of a list, as conditions: ``kota:medan tahap<5 umur>=60 siti``.

The grammar is :mod:`liaison.domain.grammar`'s; here each list says which terms it can be asked and what they mean.
A term that a list cannot be asked, or a word that is none of its choices, refuses the line and says what is known.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from liaison.domain.coded import Coded
from liaison.domain.errors import Refused
from liaison.domain.grammar import Comparison, Term, TermField, nearest
from liaison.domain.patients import Region
from liaison.domain.problems import Problem
from liaison.i18n import LANGUAGES, N_, Language

NOT_HERE = N_("This list cannot be asked about “{field}”. Take that word out of the filter.")
UNKNOWN_VALUE = N_("The filter does not know “{value}” for “{field}”. It knows: {known}.")
UNKNOWN_NEAR = N_("The filter does not know “{value}” for “{field}”. Did you mean “{near}”?")
NOT_A_NUMBER = N_("“{field}” is compared with a number, for instance with >60.")

Clause = sa.ColumnElement[bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What values are compared against: now and today at the office, and who asks."""

    today: dt.date
    now: dt.datetime
    zone: str
    officer_id: int | None
    own_regions: Mapping[str, Region] = field(default_factory=dict)
    """The office's own list, province code to region, as far as it differs from the usual one."""

    def midnight(self, days: int = 0) -> dt.datetime:
        """The moment when a day begins at the office, so many days from today."""
        return dt.datetime.combine(self.today + dt.timedelta(days=days), dt.time(), ZoneInfo(self.zone))


Meaning = Callable[[Term, Asked], Clause]
"""What a term asks of one list."""


def clauses(terms: Iterable[Term], meanings: Mapping[TermField, Meaning], asked: Asked) -> list[Clause]:
    """The conditions of all terms. Raises :class:`Refused` (BAD_FILTER) with everything that is not understood."""
    found: list[Clause] = []
    problems: list[Problem] = []
    for term in terms:
        meaning = meanings.get(term.field)
        if meaning is None:
            problems.append(not_here(term))
            continue
        try:
            clause = meaning(term, asked)
        except Refused as refused:
            problems += refused.problems
            continue
        found.append(sa.not_(clause) if term.is_negated else clause)
    if problems:
        raise Refused(problems)
    return found


# kinds of meanings


def part_of(column: sa.ColumnElement[Any]) -> Meaning:
    """Part of a text, whatever its case."""
    return lambda term, asked: sa.or_(*(contains(column, value) for value in term.values))


def contains(column: sa.ColumnElement[Any], words: str) -> Clause:
    """Whether a text holds these words, or is just these after a ``=``; wildcards in them are plain characters."""
    if words.startswith("=") and len(words) > 1:
        return sa.func.lower(column) == words[1:].casefold()
    escaped = re.sub(r"([%_\\])", r"\\\1", words.casefold())
    return sa.func.lower(column).like(f"%{escaped}%", escape="\\")


MOST_DAYS = 40_000


def number(column: sa.ColumnElement[Any], *, factor: int = 1) -> Meaning:
    """A number; ``factor`` turns what is typed into what is stored (100 for money in minor units)."""
    return lambda term, asked: compare(column, term.comparison, int(_number(term) * factor))


def days_since(column: sa.ColumnElement[Any]) -> Meaning:
    """Days since a date: ``umur>60`` asks for dates before that day."""
    return lambda term, asked: compare(column, _TURNED[term.comparison], asked.today - dt.timedelta(days=_days(term)))


def _days(term: Term) -> int:
    """A number of days that a calendar can hold; nobody has waited for longer than a century."""
    return int(max(-MOST_DAYS, min(MOST_DAYS, _number(term))))


_TURNED = {
    Comparison.IS: Comparison.IS,
    Comparison.LESS: Comparison.MORE,
    Comparison.MORE: Comparison.LESS,
    Comparison.AT_MOST: Comparison.AT_LEAST,
    Comparison.AT_LEAST: Comparison.AT_MOST,
}


def code(column: sa.ColumnElement[Any], choices: type[Coded]) -> Meaning:
    """One of a closed list: its name, its code, or the beginning of its label in either language."""
    return one_of({c.name.casefold(): (column == c) for c in choices}, spellings_of(choices))


def one_of(choices: Mapping[str, Clause], spellings: Iterable[tuple[str, str]] = ()) -> Meaning:
    """One of several words, each with its own condition; ``spellings`` are (other spelling, word) pairs."""
    known = [(word, word) for word in choices] + [(spelling.casefold(), word) for spelling, word in spellings]

    def clause(term: Term, asked: Asked) -> Clause:
        return sa.or_(*(chosen(term, value) for value in term.values))

    def chosen(term: Term, value: str) -> Clause:
        exact = {word for spelling, word in known if spelling == value}
        found = exact or {word for spelling, word in known if spelling.startswith(value)}
        if not found:
            near = nearest(value, [spelling for spelling, _ in known])
            if near:
                raise Refused([_problem(UNKNOWN_NEAR, field=term.field, value=value, near=near)])
            raise Refused([_problem(UNKNOWN_VALUE, field=term.field, value=value, known=", ".join(choices))])
        return sa.or_(*(choices[word] for word in sorted(found)))

    return clause


def spellings_of(choices: type[Coded]) -> list[tuple[str, str]]:
    """(spelling, word) pairs: a member's code and its label in every language; its word is its name."""
    languages = [Language(language) for language in LANGUAGES]
    return [
        (spelling, c.name.casefold())
        for c in choices
        for spelling in (c.value, *(words(c.label) for words in languages))
    ]


def compare(column: sa.ColumnElement[Any], comparison: Comparison, value: object) -> Clause:
    """A column against a value."""
    match comparison:
        case Comparison.LESS:
            return column < value
        case Comparison.MORE:
            return column > value
        case Comparison.AT_MOST:
            return column <= value
        case Comparison.AT_LEAST:
            return column >= value
        case Comparison.IS:
            return column == value


def _number(term: Term) -> Any:
    if term.number is None:
        raise Refused([_problem(NOT_A_NUMBER, field=term.field)])
    return term.number


def not_here(term: Term) -> Problem:
    """This list cannot be asked about that."""
    return _problem(NOT_HERE, field=term.field)


def unknown_value(term: Term, *, known: Iterable[str]) -> Problem:
    """The term's words are none of those that the list knows."""
    return _problem(UNKNOWN_VALUE, field=term.field, value=", ".join(term.values), known=", ".join(known))


def _problem(message: str, /, **values: object) -> Problem:
    return Problem(code="BAD_FILTER", message=message, field="filter", values=values)
