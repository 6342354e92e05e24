"""Headlines in an officer's own words: what a sentence over a page may say, whatever the paper.

A headline made by the program tells a figure of its page. One that an officer wrote instead holds a figure too, none
that the pages do not print, and on paper that leaves the office without names no small group. Source: ``ux`` 3.6,
``security`` 6.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from liaison.domain.lookalikes import as_read
from liaison.domain.problems import Problem
from liaison.i18n import N_

OPTION = "headline"
"""The option of a report that holds its first headline in own words; ``headline2`` is that of the second."""

MOST = 6
"""Papers of more headlines (a letter to every guest) keep those that were made."""

LABELS = (
    N_("First headline"),
    N_("Second headline"),
    N_("Third headline"),
    N_("Fourth headline"),
    N_("Fifth headline"),
    N_("Sixth headline"),
)
"""What the own words of each are called, where somebody asks what a report was asked for."""

LONGEST = 400
"""Letters of a headline before it is measured: far more than two lines hold."""

NO_FIGURE = N_("Headline {number}: it holds no figure. Say how many, how much or how long.")
NOT_PRINTED = N_("Headline {number}: not printed on this paper: {figures}. A headline tells only what its pages show.")
SMALL_GROUP = N_(
    "Headline {number}: “{words}” could be a small group of people. This paper leaves the office without small numbers."
)
NO_SUCH_HEADLINE = N_("This paper has no headline {number} that can be worded anew; it has {count} of them.")

_OPTION = re.compile(OPTION + r"([2-9]|[1-9]\d+)?")
_FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")
_NUMBER_WORDS = (
    "one two three four five six seven eight nine "
    "satu dua tiga empat lima enam tujuh delapan sembilan seorang berdua bertiga berempat "
    "single lone both pair couple duo trio quartet quintet sextet "
    "i l ii iii iv v vi vii viii ix "  # Roman numerals standing alone, and the letter that looks like one
    "sepasang keduanya ketiganya keempatnya berlima berenam bertujuh berdelapan bersembilan"
)
_SMALL = re.compile(
    r"(?<!\w)(?<!\w-)(?<!\d[.,:])(?P<count>[1-9]|" + "|".join(_NUMBER_WORDS.split()) + r")(?![\w%])(?![.,:]\d)(?! %)"
    r"(?! (?:belas|puluh|ratus|ribu|juta)\b)(?P<follows>[ \u00a0]+[^\W\d_]+)?",
    re.IGNORECASE,
)


def option_of(number: int) -> str:
    """Under which option of a report its n-th headline is kept, from 1."""
    return OPTION if number == 1 else f"{OPTION}{number}"


def number_of(option: str) -> int | None:
    """Which headline an option words, from 1; none for an option of the report itself."""
    found = _OPTION.fullmatch(option)
    return None if found is None else int(found[1] or 1)


def figures_in(text: str) -> tuple[str, ...]:
    """The figures of a text as they are written, each once: ``14.200`` and ``81``."""
    return tuple(dict.fromkeys(_FIGURE.findall(text)))


def small_groups_in(text: str) -> tuple[str, ...]:
    """Counts of one digit, in figures or words, each with the word behind it: ``3 patients``, ``tiga pasien``."""
    return tuple(dict.fromkeys(_joined(found) for found in _SMALL.finditer(as_read(text))))


def _joined(found: re.Match[str]) -> str:
    return " ".join((found["count"], *(found["follows"] or "").split()))


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperWords:
    """What stands on a paper: every text of it, and whether small groups stay hidden in it."""

    texts: tuple[str, ...]
    hides_small: bool


def check_headlines(headlines: Iterable[tuple[int, str]], paper: PaperWords) -> list[Problem]:
    """Everything against the headlines that an officer worded, each by its number."""
    printed = {figure for text in paper.texts for figure in _FIGURE.findall(text)}
    has_star = any("*" in text for text in paper.texts)
    problems: list[Problem] = []
    for number, text in headlines:
        figures = figures_in(text)
        if not figures and not (has_star and "*" in text):
            problems.append(_problem("HEADLINE_WITHOUT_FIGURE", NO_FIGURE, number))
        strange = [figure for figure in figures if figure not in printed]
        if strange:
            problems.append(_problem("HEADLINE_NOT_PRINTED", NOT_PRINTED, number, figures="; ".join(strange)))
        small = _strange_groups(text, paper) if paper.hides_small else []
        if small:
            problems.append(_problem("HEADLINE_SMALL_GROUP", SMALL_GROUP, number, words="; ".join(small)))
    return problems


def _strange_groups(text: str, paper: PaperWords) -> list[str]:
    """Small counts with a word behind them that no page prints so; one without a word could count anything."""
    printed = {group.casefold() for one in paper.texts for group in small_groups_in(one)}
    return [group for group in small_groups_in(text) if " " not in group or group.casefold() not in printed]


def _problem(code: str, message: str, number: int, **values: object) -> Problem:
    return Problem(code=code, message=message, field=option_of(number), values={"number": number, **values})
