"""The lists of the network: houses of a kind, or every desk, filtered by the one grammar, in any order, in groups.

A network has hundreds of rows, not millions: they are read whole, with their desks and open cases, and sifted here.
"""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy.orm import Session

from liaison.domain.errors import Refused, refuse_if
from liaison.domain.grammar import Term, TermField, doubts, read_question
from liaison.domain.network import OrganizationKind
from liaison.domain.problems import Problem
from liaison.i18n import LANGUAGES, N_, Language
from liaison.services import filters
from liaison.services.list_queries import Counts, Footing, Group, ListQuery
from liaison.services.network_views import ContactLine, OrganizationSummary, contact_lines, organizations
from liaison.services.sentences import Sentence, said, typed

Line = OrganizationSummary | ContactLine

_NOT_STATED = N_("Not stated")
_STALE = ("usang", "lama", "stale", "old")
"""How one asks for what nobody checked lately."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a list can be narrowed to: what stands in it."""

    cities: tuple[str, ...]
    services: tuple[str, ...]
    languages: tuple[str, ...]
    kinds: tuple[OrganizationKind, ...] = ()
    """The kinds of house in the list, where it holds more than one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One of the network's lists: houses of some kinds, or every desk of every house."""

    name: str
    kinds: tuple[OrganizationKind, ...] = tuple(OrganizationKind)
    desks: bool = False

    def lines(self, session: Session) -> Sequence[Line]:
        """All its rows, in no order that counts."""
        return contact_lines(session) if self.desks else organizations(session, kinds=self.kinds)

    def asked(self, session: Session, query: ListQuery) -> list[Line]:
        """The rows asked for, in their order. Raises :class:`Refused` with everything that is not understood."""
        tests = _tests(query.text, desks=self.desks)
        found = [line for line in self.lines(session) if all(test(line) for test in tests)]
        found.sort(key=name_of)
        by = SORTS.get(query.sort, name_of)
        found.sort(key=lambda line: _value(by(line)), reverse=query.descending)
        found.sort(key=lambda line: by(line) in ("", None))  # rows without the value come last either way
        if query.group:
            under = GROUPS[query.group]
            found.sort(key=lambda line: (not under(line), under(line).casefold()))
        return found

    def ids(self, session: Session, query: ListQuery) -> array[int]:
        """The keys of the rows asked for."""
        return array("q", (line.id for line in self.asked(session, query)))

    def page(self, session: Session, ids: Sequence[int]) -> list[Line]:
        """Rows by their keys; one that is gone is left out."""
        wanted = set(ids)
        return [line for line in self.lines(session) if line.id in wanted]

    def groups(self, session: Session, query: ListQuery) -> tuple[Group, ...]:
        """The groups of the list in its order."""
        made: list[Group] = []
        first = 0
        under = GROUPS[query.group]
        for key, lines in groupby(self.asked(session, query), key=lambda line: under(line).casefold()):
            here = list(lines)
            made.append(Group(key=key, label=_label(query.group, under(here[0])), count=len(here), first=first))
            first += len(here)
        return tuple(made)

    def count(self, session: Session) -> Counts:
        """How many there are."""
        all_of_them = len(self.lines(session))
        return Counts(open=all_of_them, all=all_of_them)

    def footing(self, session: Session, query: ListQuery) -> Footing:
        """How many were asked for; a network has nothing to sum."""
        return Footing(rows=len(self.asked(session, query)), persons=0, sums=(), label="")

    def choices(self, session: Session, query: ListQuery) -> Choices:
        """What the list holds to be narrowed to, whatever it is narrowed to now."""
        lines = self.lines(session)
        return Choices(
            cities=_different(line.city for line in lines),
            services=_different(each for line in lines for each in line.specialties),
            languages=_different(each for line in lines for each in spoken(line)),
            kinds=self._kinds_of(lines),
        )

    def _kinds_of(self, lines: Sequence[Line]) -> tuple[OrganizationKind, ...]:
        held = {line.kind for line in lines}
        return tuple(kind for kind in self.kinds if kind in held) if len(held) > 1 and not self.desks else ()


def spoken(line: Line) -> tuple[str, ...]:
    """The languages of a desk, or of all desks of a house."""
    return line.contact.languages if isinstance(line, ContactLine) else line.languages


def name_of(line: Line) -> str:
    """The house's name, by which rows stand where nothing else is said."""
    return (line.house if isinstance(line, ContactLine) else line.name).casefold()


def verified_on(line: Line) -> dt.date | None:
    """When somebody last checked it."""
    return line.contact.last_verified_on if isinstance(line, ContactLine) else line.last_verified_on


def is_stale(line: Line) -> bool:
    """Whether nobody checked it lately."""
    return line.contact.is_stale if isinstance(line, ContactLine) else line.is_stale


def _different(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({v for v in values if v}, key=str.casefold))


# order and groups


def _desk(line: Line) -> str:
    return (line.contact.name or line.contact.desk.value).casefold() if isinstance(line, ContactLine) else ""


def _owner(line: Line) -> str:
    return line.group if isinstance(line, OrganizationSummary) else ""


def _open_cases(line: Line) -> int:
    return line.open_journeys if isinstance(line, OrganizationSummary) else 0


def _country(line: Line) -> str:
    return line.country if isinstance(line, OrganizationSummary) else ""


SORTS: Mapping[str, Callable[[Line], object]] = {
    "name": name_of,
    "city": lambda line: line.city.casefold(),
    "country": _country,
    "group": lambda line: _owner(line).casefold(),
    "open": _open_cases,
    "verified": verified_on,
    "kind": lambda line: list(OrganizationKind).index(line.kind),
    "desk": _desk,
}
"""What the rows can be put in order by."""

GROUPS: Mapping[str, Callable[[Line], str]] = {
    "city": lambda line: line.city,
    "country": _country,
    "owner": _owner,
    "sort": lambda line: line.kind.value,
    "house": lambda line: line.house if isinstance(line, ContactLine) else line.name,
}
"""What the rows can be put under."""


def _value(value: object) -> tuple[int, str]:
    """One kind of key for numbers, days and words; nothing first, put last afterwards."""
    match value:
        case None:
            return (0, "")
        case dt.date():
            return (value.toordinal(), "")
        case int():
            return (value, "")
        case _:
            return (0, str(value))


def _label(group: str, value: str) -> Sentence:
    if not value:
        return said(_NOT_STATED)
    return said(OrganizationKind(value).label) if group == "sort" else typed(value)


# filter


def _tests(text: str, *, desks: bool) -> list[Callable[[Line], bool]]:
    question = read_question(text)
    refuse_if(doubts(text))
    found: list[Callable[[Line], bool]] = [_says(word) for word in question.words]
    problems: list[Problem] = []
    for term in question.terms:
        try:
            found.append(_meets(term, desks=desks))
        except Refused as refused:
            problems += refused.problems
    refuse_if(problems)
    return found


def _says(word: str) -> Callable[[Line], bool]:
    plain = word.casefold()
    return lambda line: plain in haystack(line)


def _meets(term: Term, *, desks: bool) -> Callable[[Line], bool]:
    match term.field:
        case TermField.CITY:
            test = _part_of(term, lambda line: line.city)
        case TermField.COUNTRY if not desks:
            test = _part_of(term, _country)
        case TermField.HOSPITAL | TermField.INSURER:
            test = _part_of(term, name_of)
        case TermField.KIND:
            test = _kind(term)
        case TermField.STATUS:
            if not set(term.values) <= set(_STALE):
                raise Refused([filters.unknown_value(term, known=(_STALE[0], _STALE[2]))])
            test = is_stale
        case _:
            raise Refused([filters.not_here(term)])
    return (lambda line: not test(line)) if term.is_negated else test


def _part_of(term: Term, what: Callable[[Line], str]) -> Callable[[Line], bool]:
    return lambda line: any(value.casefold() in what(line).casefold() for value in term.values)


def _kind(term: Term) -> Callable[[Line], bool]:
    known = filters.spellings_of(OrganizationKind)
    wanted = {
        name for value in term.values for spelling, name in known if spelling.casefold().startswith(value.casefold())
    }
    if not wanted:
        raise Refused([filters.unknown_value(term, known=[k.name.casefold() for k in OrganizationKind])])
    return lambda line: line.kind.name.casefold() in wanted


def haystack(line: Line) -> str:
    """What plain words look through: names, city, group, services, languages, and the digits of every number."""
    if isinstance(line, ContactLine):
        desk = line.contact
        numbers, texts = desk.phone + desk.whatsapp + desk.night_phone, (desk.name, line.house, line.city, desk.email)
    else:
        numbers, texts = line.phone + line.desk_phone + line.night_phone, (
            line.name, line.short_name, line.city, line.group,
        )  # fmt: skip
    digits = "".join(c for c in numbers if c.isdigit())
    return " · ".join((*texts, *line.specialties, *_tongues(line), digits)).casefold()


def _tongues(line: Line) -> list[str]:
    """A language by its code after the word, and by its name in every language of the window."""
    return [
        text
        for code in spoken(line)
        for text in (f"bahasa {code}", f"language {code}", *(_called(words, code) for words in _WINDOW))
    ]


def _called(words: Language, code: str) -> str:
    return words.formats.language_name(code) if len(code) in (2, 3) else code


_WINDOW = tuple(Language(language) for language in LANGUAGES)
