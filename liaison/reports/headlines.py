"""The headline of a page in an officer's own words: checked against the whole paper, and part of what it was made from.

The words are options of the report (``headline``, ``headline2``), so that its id, its record, and a later copy have
them. Everything against them is told at once.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace

from sqlalchemy.orm import Session

from liaison.domain.errors import Refused
from liaison.domain.headlines import (
    LONGEST,
    MOST,
    NO_SUCH_HEADLINE,
    PaperWords,
    check_headlines,
    number_of,
    option_of,
)
from liaison.domain.privacy import Audience
from liaison.domain.problems import Problem
from liaison.i18n import N_, Language
from liaison.reports import style
from liaison.reports.blocks import Block, Columns, Headline, Span
from liaison.reports.gathering import insurer_names, leak_terms
from liaison.reports.leakscan import PageText, find_leaks
from liaison.reports.report import Prepared
from liaison.reports.text import plain, wrap

TOO_LONG = N_("Headline {number}: it takes {lines} lines. There is room for two.")
HOLDS_A_NAME = N_(
    "Headline {number}: it holds a name that this paper does not carry: a person's, or an insurer's. Say it without."
)
_NAMES = frozenset({"LEAK_NAME", "ONE_WORD_NAME", "LEAK_INSURER", "LEAK_MAIL"})
_NOT_PRINTED = frozenset({"anchor", "qr", "content"})


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadlineLine:
    """A headline of a paper: the sentence that was made, and the officer's own, if there is one."""

    number: int
    generated: str
    own: str = ""

    @property
    def option(self) -> str:
        """Under which option of the report the own words are kept."""
        return option_of(self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reworded:
    """Pages with the officer's headlines, and the options without words that change nothing."""

    blocks: list[Block]
    options: dict[str, str]
    headlines: tuple[HeadlineLine, ...]


def without_headlines(options: Mapping[str, str]) -> dict[str, str]:
    """What a report itself is asked for."""
    return {name: value for name, value in options.items() if number_of(name) is None}


def reworded(
    session: Session, prepared: Prepared, blocks: list[Block], options: Mapping[str, str], reader: Audience,
    own_words: Callable[[], frozenset[str]],
) -> Reworded:  # fmt: skip
    """Put the officer's headlines over the pages. Refuses them with everything that stands against them."""
    made = [_squeezed(one.text) for one in headlines_of(blocks)]
    made = made if len(made) <= MOST else []
    wanted = {number: _squeezed(value)[:LONGEST] for name, value in options.items() if (number := number_of(name))}
    own = {n: text for n, text in sorted(wanted.items()) if text and not (n <= len(made) and made[n - 1] == text)}
    if own:
        problems = _against(session, prepared, blocks, own, reader, own_words, count=len(made))
        if problems:
            raise Refused(problems)
    lines = (HeadlineLine(number=n, generated=text, own=own.get(n, "")) for n, text in enumerate(made, 1))
    kept = without_headlines(options) | {option_of(n): text for n, text in own.items()}
    return Reworded(blocks=_worded(blocks, own) if own else blocks, options=kept, headlines=tuple(lines))


def _against(
    session: Session, prepared: Prepared, blocks: list[Block], own: Mapping[int, str], reader: Audience,
    own_words: Callable[[], frozenset[str]], *, count: int,
) -> list[Problem]:  # fmt: skip
    problems = [
        Problem(code="NO_SUCH_HEADLINE", message=NO_SUCH_HEADLINE, field=option_of(n),
                values={"number": n, "count": count})
        for n in own if n > count
    ]  # fmt: skip
    known = {n: text for n, text in own.items() if n <= count}
    names_nobody = prepared.keys is None and not prepared.people
    texts = tuple(texts_on(blocks))
    hides = names_nobody and reader is not Audience.INTERNAL
    problems += check_headlines(known.items(), PaperWords(texts=texts, hides_small=hides))
    for n, text in known.items():
        lines = len(wrap(text, style.HEADLINE, prepared.page.inner))
        if lines > 2:
            values = {"number": n, "lines": lines}
            problems.append(Problem(code="HEADLINE_TOO_LONG", message=TOO_LONG, field=option_of(n), values=values))
    return problems + _names_in(session, prepared, known, frozenset(texts) | own_words())


def _names_in(session: Session, prepared: Prepared, known: Mapping[int, str], allowed: frozenset[str]) -> list[Problem]:
    """Names of the store that do not stand on the paper anyway; a name of one word is one too."""
    terms = leak_terms(session)
    houses = insurer_names(session) if prepared.names_no_insurer else terms.houses
    terms = replace(terms, allowed=terms.allowed | allowed | frozenset(prepared.named), houses=houses)
    found = {n for n, text in known.items() if any(p.code in _NAMES for p in find_leaks([PageText(n, text)], terms))}
    return [
        Problem(code="HEADLINE_NAMES", message=HOLDS_A_NAME, field=option_of(n), values={"number": n})
        for n in sorted(found)
    ]


def headlines_of(blocks: Iterable[Block]) -> Iterator[Headline]:
    """Every headline of a paper, in the order of its pages."""
    for block in blocks:
        if isinstance(block, Headline):
            yield block
        elif isinstance(block, Columns):
            yield from headlines_of((*block.left, *block.right))


def _worded(blocks: Iterable[Block], own: Mapping[int, str]) -> list[Block]:
    count = 0

    def worded(several: Iterable[Block]) -> Iterator[Block]:
        nonlocal count
        for block in several:
            if isinstance(block, Headline):
                count += 1
                yield replace(block, text=own.get(count, block.text))
            elif isinstance(block, Columns):
                yield replace(block, left=tuple(worded(block.left)), right=tuple(worded(block.right)))
            else:
                yield block

    return list(worded(blocks))


def texts_on(value: object) -> Iterator[str]:
    """Every text of blocks, as it is printed."""
    if isinstance(value, str):
        if not isinstance(value, enum.Enum):
            yield value
    elif isinstance(value, tuple | list):
        if value and all(isinstance(one, Span) for one in value):
            yield plain(tuple(value))
        else:
            for one in value:
                yield from texts_on(one)
    elif is_dataclass(value):
        for one in fields(value):
            if one.name not in _NOT_PRINTED:
                yield from texts_on(getattr(value, one.name))


def _squeezed(text: str) -> str:
    """On one line, with plain blanks: what an officer types and what was made are compared so."""
    return " ".join(text.split())


def told_in_twin(headlines: Iterable[HeadlineLine], words: Language) -> dict[str, str]:
    """For the workbook beside the pages: which headlines are the officer's own, and what was made instead."""
    told: dict[str, str] = {}
    for one in headlines:
        if one.own:
            told[words(N_("Headline {number} in own words"), number=one.number)] = one.own
            told[words(N_("Headline {number} as it was made"), number=one.number)] = one.generated
    return told
