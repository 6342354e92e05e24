"""Looks for people in a paper that may carry none, before it is released.

Scanned are the strings handed to the page engine and the text read back from the finished PDF. Identity numbers,
policy, member, claim and letter numbers of six or more digits, phones of persons and full names refuse; a one-word name
warns, unless the report itself uses that word. Source: ``decisions``, Small numbers and audiences.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from liaison.domain.names import fold
from liaison.domain.problems import Problem
from liaison.i18n import N_

LEAST_DIGITS = 6
"""A number of fewer digits says nothing about a person."""

LONG_ENOUGH = 9
"""An identifier of so many letters and digits is found inside a longer word too."""

MOST_WORDS = 8
"""Names of more words are looked for by their first eight."""

PHONE_TAIL = 8
"""Phones compare by their last digits, since 0811 and +62 811 are one."""

_OWN_NUMBER = re.compile(r"\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?|\d+[.,]\d{1,2}|(?:19|20)\d\d/\d\d")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
_NIK = re.compile(r"(?<!\d)\d{16}(?!\d)")
_TOKEN = re.compile(r"[^\W_]+(?:[-/.][^\W_]+)*")
_SPACED_DIGITS = re.compile(r"\+?\d+(?:[ \u00a0-]\d+)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class LeakTerms:
    """What must not appear: names of people, their phones and numbers, and on joint paper ``houses`` (insurers).

    ``allowed`` are phrases that may: hospitals, cities, and the words of the report itself.
    """

    names: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    allowed: frozenset[str] = frozenset()
    houses: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PageText:
    """A string, and the page it stands on."""

    page: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    code: str
    page: int
    severity: str = "error"


MESSAGES = {
    "LEAK_NAME": N_("Page {page}: a person's full name stands in a paper that may carry none."),
    "LEAK_NUMBER": N_("Page {page}: a person's number stands in a paper that may carry none."),
    "LEAK_PHONE": N_("Page {page}: a person's phone number stands in a paper that may carry none."),
    "LEAK_INSURER": N_("Page {page}: an insurer is named in a paper that several insurers will read."),
    "LEAK_MAIL": N_("Page {page}: an e-mail address stands in a paper that may carry none."),
    "ONE_WORD_NAME": N_("Page {page}: a word is also the one-word name of a patient. Please look."),
}


def find_leaks(texts: Iterable[PageText], terms: LeakTerms) -> list[Problem]:
    """Every leak as a problem that names its page, never the person. One-word names are warnings."""
    pages: dict[int, list[str]] = {}
    for one in texts:
        pages.setdefault(one.page, []).append(one.text)
    found: set[_Found] = set()
    for page, strings in pages.items():
        found |= _numbers_on(page, strings, terms)
        found |= _names_on(page, strings, terms)
    ordered = sorted(found, key=lambda one: (one.severity, one.page, one.code))
    return [
        Problem(
            code=one.code,
            message=MESSAGES[one.code],
            values={"page": one.page},
            severity="warning" if one.severity == "warning" else "error",
        )
        for one in ordered
    ]


# names


def _names_on(page: int, strings: list[str], terms: LeakTerms) -> set[_Found]:
    words = _without_allowed(fold(" ".join(strings)), terms.allowed).split()
    single, several = set(words), _neighbours(words)
    found: set[_Found] = set()
    allowed = {word for phrase in terms.allowed for word in fold(phrase).split()}
    for name in terms.names:
        parts = fold(name).split()[:MOST_WORDS]
        if len(parts) >= 2:
            joined = "".join(parts)
            if joined in several or (len(joined) >= LONG_ENOUGH and joined in single):
                found.add(_Found(code="LEAK_NAME", page=page))
        elif parts and parts[0] in single and parts[0] not in allowed:
            found.add(_Found(code="ONE_WORD_NAME", page=page, severity="warning"))
    for house in terms.houses:
        parts = fold(house).split()[:MOST_WORDS]
        if parts and "".join(parts) in (several if len(parts) > 1 else single - allowed):
            found.add(_Found(code="LEAK_INSURER", page=page))
    return found


def _without_allowed(text: str, allowed: frozenset[str]) -> str:
    """The text without the houses and cities of the report, so that a hospital named after a person is none."""
    for phrase in sorted((fold(p) for p in allowed if " " in p.strip()), key=len, reverse=True):
        text = f" {text} ".replace(f" {phrase} ", " \u2022 ").strip()
    return text


def _neighbours(words: list[str]) -> set[str]:
    """Every run of two to eight words, written together: spacing does not hide a name."""
    return {
        "".join(words[start : start + count])
        for count in range(2, MOST_WORDS + 1)
        for start in range(len(words) - count + 1)
    }


# numbers


def _numbers_on(page: int, strings: list[str], terms: LeakTerms) -> set[_Found]:
    found: set[_Found] = set()
    tokens, phones, squeezed = _number_tokens(strings)
    numbers = {key for key in map(_key, terms.numbers) if sum(c.isdigit() for c in key) >= LEAST_DIGITS}
    if numbers & tokens or any(_NIK.search(text) for text in strings):
        found.add(_Found(code="LEAK_NUMBER", page=page))
    shingles = {text[n : n + LEAST_DIGITS] for text in squeezed for n in range(len(text) - LEAST_DIGITS + 1)}
    for number in numbers:
        if (
            len(number) >= LONG_ENOUGH
            and number[:LEAST_DIGITS] in shingles
            and any(number in text for text in squeezed)
        ):
            found.add(_Found(code="LEAK_NUMBER", page=page))
    tails = {digits[-PHONE_TAIL:] for digits in map(_digits, terms.phones) if len(digits) >= PHONE_TAIL}
    if any(phone[-PHONE_TAIL:] in tails for phone in phones if len(phone) >= PHONE_TAIL):
        found.add(_Found(code="LEAK_PHONE", page=page))
    if any(_MAIL.search(text) for text in strings):
        found.add(_Found(code="LEAK_MAIL", page=page))
    return found


def _number_tokens(strings: list[str]) -> tuple[set[str], set[str], list[str]]:
    """Words with six or more digits, phones, and each string without its separators. Our own amounts are no numbers."""
    tokens: set[str] = set()
    phones: set[str] = set()
    squeezed: list[str] = []
    for text in strings:
        rest = _OWN_NUMBER.sub(" ", text)
        tokens |= {_key(match) for match in _TOKEN.findall(rest) if len(_digits(match)) >= LEAST_DIGITS}
        spaced = [_digits(match) for match in _SPACED_DIGITS.findall(rest)]
        tokens |= {digits for digits in spaced if len(digits) >= PHONE_TAIL}
        phones |= {digits for digits in (*spaced, *map(_digits, _TOKEN.findall(rest))) if digits}
        squeezed.append(_key(rest))
    return tokens, phones, squeezed


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def _key(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def texts_of_pdf(data: bytes) -> list[PageText]:
    """The text of a finished PDF, line by line."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        result = []
        for number, page in enumerate(document, 1):
            lines = page.get_textpage().get_text_bounded().splitlines()
            result += [PageText(number, line) for line in lines]
        return result
    finally:
        document.close()
