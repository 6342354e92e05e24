"""Lists of tens or hundreds of rows: read whole, sifted by the one grammar, put in any order, under any heading.

Long lists are asked in SQL (:mod:`liaison.services.list_queries`); here a list says in plain functions what its
rows are called, sorted and grouped by.
"""

from __future__ import annotations

import datetime as dt
import operator
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy.orm import Session

from liaison.domain.coded import Coded
from liaison.domain.errors import Refused, refuse_if
from liaison.domain.grammar import Comparison, Term, TermField, doubts, read_question
from liaison.domain.names import fold
from liaison.domain.problems import Problem
from liaison.i18n import LANGUAGES, N_, Language
from liaison.services import filters
from liaison.services.list_queries import Counts, Footing, Group, ListQuery
from liaison.services.sentences import Sentence, said, typed

_NOT_STATED = N_("Not stated")


class Keyed(Protocol):
    """A row of a list."""

    @property
    def id(self) -> int:
        """Its key."""
        ...


L = TypeVar("L", bound=Keyed)
Test = Callable[[L], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading(Generic[L]):
    """What rows are put under: a value in words of its own kind, a code, or a text."""

    of: Callable[[L], object]

    def key(self, line: L) -> str:
        """The text by which rows come together."""
        value = self.of(line)
        return "" if value is None else str(value.value if isinstance(value, Coded) else value)

    def label(self, line: L) -> Sentence:
        """What stands over them."""
        value = self.of(line)
        if isinstance(value, Coded):
            return said(value.label)
        return typed(str(value)) if value else said(_NOT_STATED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sifted(Generic[L]):
    """One such list. ``lines`` reads its rows in their own order; ``words`` gives what plain words look in."""

    name: str
    lines: Callable[[Session], Sequence[L]]
    words: Callable[[L], Sequence[str]]
    sorts: Mapping[str, Callable[[L], object]]
    groups: Mapping[str, Heading[L]] = field(default_factory=dict)
    terms: Mapping[TermField, Callable[[Term], Test[L]]] = field(default_factory=dict)

    def asked(self, session: Session, query: ListQuery) -> list[L]:
        """The rows asked for, in their order. Raises :class:`Refused` with everything that is not understood."""
        tests = self._tests(query.text)
        found = [line for line in self.lines(session) if all(test(line) for test in tests)]
        by = self.sorts.get(query.sort)
        if by is not None:
            found.sort(key=lambda line: _value(by(line)), reverse=query.descending)
            found.sort(key=lambda line: by(line) in ("", None))  # rows without the value come last either way
        if query.group:
            under = self.groups[query.group]
            found.sort(key=lambda line: (not under.key(line), under.key(line).casefold()))
        return found

    def ids(self, session: Session, query: ListQuery) -> array[int]:
        """The keys of the rows asked for."""
        return array("q", (line.id for line in self.asked(session, query)))

    def page(self, session: Session, ids: Sequence[int]) -> list[L]:
        """Rows by their keys; one that is gone is left out."""
        wanted = set(ids)
        return [line for line in self.lines(session) if line.id in wanted]

    def in_groups(self, session: Session, query: ListQuery) -> tuple[Group, ...]:
        """The groups of the list in its order."""
        made: list[Group] = []
        first = 0
        under = self.groups[query.group]
        for key, lines in groupby(self.asked(session, query), key=lambda line: under.key(line).casefold()):
            here = list(lines)
            made.append(Group(key=key, label=under.label(here[0]), count=len(here), first=first))
            first += len(here)
        return tuple(made)

    def count(self, session: Session) -> Counts:
        """How many there are."""
        all_of_them = len(self.lines(session))
        return Counts(open=all_of_them, all=all_of_them)

    def footing(self, session: Session, query: ListQuery) -> Footing:
        """How many were asked for."""
        return Footing(rows=len(self.asked(session, query)), persons=0, sums=(), label="")

    def _tests(self, text: str) -> list[Test[L]]:
        question = read_question(text)
        refuse_if(doubts(text))
        found: list[Test[L]] = [self._says(word) for word in question.words]
        problems: list[Problem] = []
        for term in question.terms:
            try:
                meaning = self.terms.get(term.field)
                if meaning is None:
                    raise Refused([filters.not_here(term)])
                found.append(_either_way(term, meaning(term)))
            except Refused as refused:
                problems += refused.problems
        refuse_if(problems)
        return found

    def _says(self, word: str) -> Test[L]:
        plain = fold(word) or word.casefold()
        return lambda line: any(plain in fold(text) or plain in text.casefold() for text in self.words(line))


def _either_way(term: Term, test: Test[L]) -> Test[L]:
    return (lambda line: not test(line)) if term.is_negated else test


def _value(value: object) -> tuple[Any, str]:
    """One kind of key for numbers, days and words; nothing first, put last afterwards."""
    match value:
        case None:
            return (0, "")
        case dt.date():
            return (value.toordinal(), "")
        case int() | Decimal():
            return (value, "")
        case _:
            return (0, str(value).casefold())


# kinds of terms

_COMPARED: Mapping[Comparison, Callable[[Any, Any], bool]] = {
    Comparison.IS: operator.eq,
    Comparison.MORE: operator.gt,
    Comparison.LESS: operator.lt,
    Comparison.AT_LEAST: operator.ge,
    Comparison.AT_MOST: operator.le,
}


def part_of(what: Callable[[L], Sequence[str]]) -> Callable[[Term], Test[L]]:
    """Part of one of several texts."""
    return lambda term: (
        lambda line: any(value.casefold() in text.casefold() for value in term.values for text in what(line))
    )


def one_of(codes: type[Coded], what: Callable[[L], Sequence[object]]) -> Callable[[Term], Test[L]]:
    """One of a closed list: its name, its code, or the beginning of its label in either language."""
    known = filters.spellings_of(codes)

    def meets(term: Term) -> Test[L]:
        wanted: set[str] = set()
        for value in term.values:
            plain = value.casefold()
            names = {name for spelling, name in known if spelling.casefold() == plain} or {
                name for spelling, name in known if spelling.casefold().startswith(plain)
            }
            if not names:
                raise Refused([filters.unknown_value(term, known=[code.name.casefold() for code in codes])])
            wanted |= names
        return lambda line: any(isinstance(v, Coded) and v.name.casefold() in wanted for v in what(line))

    return meets


def number(what: Callable[[L], int | None]) -> Callable[[Term], Test[L]]:
    """Compared with a number; a row without one is never met."""

    def meets(term: Term) -> Test[L]:
        if term.number is None:
            raise Refused([Problem(code="BAD_FILTER", message=filters.NOT_A_NUMBER, field="filter",
                                   values={"field": term.field})])  # fmt: skip
        limit, compare = term.number, _COMPARED[term.comparison]

        def test(line: L) -> bool:
            value = what(line)
            return value is not None and compare(value, limit)

        return test

    return meets


def both_languages(*labels: str) -> list[str]:
    """Marked words as every language of the window says them, for plain words to look in."""
    return [words(label) for words in _WINDOW for label in labels]


_WINDOW = tuple(Language(language) for language in LANGUAGES)
