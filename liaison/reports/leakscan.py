"""Looks for people in a paper that may carry none, before it is released.

Scanned are the strings handed to the page engine and the text read back from the finished PDF. Identity numbers,
policy, member, claim and letter numbers of six or more digits, phones of persons and full names refuse; a one-word name
warns, unless the report itself uses that word. Source: ``decisions``, Small numbers and audiences.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from liaison.domain.names import fold
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.reports.kept_pages import KeptPages, packed_lines, unpacked_lines

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
_NOT_DIGIT = re.compile(r"\D+")
_NOT_ALNUM = re.compile(r"[\W_]+")
_NOT_DIGIT_LINE = re.compile(r"[^\d\n]+")
_NOT_ALNUM_LINE = re.compile(r"(?:[^\w\n]|_)+")
_ENOUGH_DIGITS = re.compile(rf"^(?=(?:[^\d\n]*\d){{{LEAST_DIGITS}}}).+$", re.MULTILINE)
_SPACED_DIGITS = re.compile(r"\+?\d+(?:[ \u00a0-]\d+)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Names, numbers and phones in the form in which they are compared, made once for all pages."""

    names: frozenset[str]
    one_word_names: frozenset[str]
    numbers: frozenset[str]
    long_numbers: frozenset[str]
    """Those found inside longer words too."""
    beginnings: frozenset[str]
    """The digits and letters that they begin with."""
    lengths: frozenset[int]
    """How long they are."""
    phones: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeakTerms:
    """What must not appear: names of people, their phones and numbers, and on joint paper ``houses`` (insurers).

    ``allowed`` are phrases that may: hospitals, cities, and the words of the report itself. ``places`` may only as a
    whole: "Nusa Tenggara Barat" does not allow an insurer called Nusa.
    """

    names: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    allowed: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    houses: frozenset[str] = frozenset()
    people: People | None = None
    """The people in the form in which they are compared, where that was made before."""


@dataclass(frozen=True, slots=True)
class PageText:
    """A string, and the page it stands on."""

    page: int
    text: str


class PageTexts(KeptPages[PageText]):
    """The texts of a paper, page by page; no text has a line break of its own."""

    def _pack(self, texts: list[PageText]) -> bytes:
        return packed_lines(one.text for one in texts)

    def _unpack(self, page: int, packed: bytes) -> Iterator[PageText]:
        return (PageText(page, text) for text in unpacked_lines(packed))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    code: str
    page: int
    severity: str = "error"


_STROKES = str.maketrans({"đ": "d", "ø": "o", "ł": "l"})
"""Letters with a stroke, which do not come apart into letter and accent."""

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
    return find_leaks_on(pages.items(), terms)


def find_leaks_on(pages: Iterable[tuple[int, list[str]]], terms: LeakTerms) -> list[Problem]:
    """The same, for the strings of each page."""
    wanted = _prepared(terms)
    found: set[_Found] = set()
    for page, strings in pages:
        found |= _numbers_on(page, strings, wanted)
        found |= _names_on(page, strings, wanted)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """The terms in the form in which they are compared, made once for all pages."""

    people: People
    houses: frozenset[str]
    one_word_houses: frozenset[str]
    allowed_words: frozenset[str]
    allowed_phrases: tuple[str, ...]


def people_of(terms: LeakTerms) -> People:
    """The people of some terms as they are compared."""
    names, one_word_names = _joined(terms.names)
    numbers = frozenset(_ENOUGH_DIGITS.findall("\n".join(_keys(terms.numbers))))
    long_numbers = frozenset(number for number in numbers if len(number) >= LONG_ENOUGH)
    return People(
        names=names,
        one_word_names=one_word_names,
        numbers=numbers,
        long_numbers=long_numbers,
        beginnings=frozenset(number[:LEAST_DIGITS] for number in long_numbers),
        lengths=frozenset(map(len, long_numbers)),
        phones=frozenset(phone[-PHONE_TAIL:] for phone in _all_digits(terms.phones) if len(phone) >= PHONE_TAIL),
    )


def _prepared(terms: LeakTerms) -> _Wanted:
    houses, one_word_houses = _joined(terms.houses)
    folded = {plain_fold(phrase) for phrase in terms.allowed}
    whole = folded | {plain_fold(place) for place in terms.places}
    return _Wanted(
        people=terms.people or people_of(terms),
        houses=houses,
        one_word_houses=one_word_houses,
        allowed_words=frozenset(word for phrase in folded for word in phrase.split()),
        allowed_phrases=tuple(sorted((p for p in whole if " " in p), key=len, reverse=True)),
    )


def _joined(names: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Names of two or more words, written together, and names of one word."""
    several, single = set(), set()
    for name in names:
        parts = _folded(name).split()[:MOST_WORDS]
        if len(parts) >= 2:
            several.add("".join(parts))
        elif parts:
            single.add(parts[0])
    return frozenset(several), frozenset(single)


# names


def _names_on(page: int, strings: list[str], wanted: _Wanted) -> set[_Found]:
    words = _without_allowed(plain_fold(" ".join(strings)), wanted.allowed_phrases).split()
    single, several = set(words), _neighbours(words)
    seen = several | {word for word in single if len(word) >= LONG_ENOUGH}
    found: set[_Found] = set()
    if wanted.people.names & seen:
        found.add(_Found(code="LEAK_NAME", page=page))
    if (wanted.people.one_word_names & single) - wanted.allowed_words:
        found.add(_Found(code="ONE_WORD_NAME", page=page, severity="warning"))
    if wanted.houses & several or (wanted.one_word_houses & single) - wanted.allowed_words:
        found.add(_Found(code="LEAK_INSURER", page=page))
    return found


def _without_allowed(text: str, phrases: tuple[str, ...]) -> str:
    """The text without the houses and cities of the report, so that a hospital named after a person is none."""
    for phrase in phrases:
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


def _numbers_on(page: int, strings: list[str], wanted: _Wanted) -> set[_Found]:
    found: set[_Found] = set()
    tokens, phones, squeezed = _number_tokens(strings)
    if wanted.people.numbers & tokens or any(_NIK.search(text) for text in strings):
        found.add(_Found(code="LEAK_NUMBER", page=page))
    if any(_holds_long_number(text, wanted.people) for text in squeezed):
        found.add(_Found(code="LEAK_NUMBER", page=page))
    if any(phone[-PHONE_TAIL:] in wanted.people.phones for phone in phones if len(phone) >= PHONE_TAIL):
        found.add(_Found(code="LEAK_PHONE", page=page))
    if any(_MAIL.search(text) for text in strings):
        found.add(_Found(code="LEAK_MAIL", page=page))
    return found


def _holds_long_number(text: str, people: People) -> bool:
    return any(
        text[n : n + length] in people.long_numbers
        for n in range(len(text) - LONG_ENOUGH + 1)
        if text[n : n + LEAST_DIGITS] in people.beginnings
        for length in people.lengths
    )


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


def plain_fold(text: str) -> str:
    """Folded for comparing, with letters that carry a stroke as plain ones: ``Đặng`` is ``dang``."""
    return fold(text).translate(_STROKES)


def _folded(name: str) -> str:
    """The same as :func:`plain_fold`, at once for a name of plain letters."""
    is_plain = name.isascii() and name.replace(" ", "").isalpha()
    return name.lower() if is_plain else plain_fold(name)


def _each(texts: Iterable[str], change: Callable[[str], str]) -> list[str]:
    """Every text changed, all in one go: a large office has hundreds of thousands of numbers."""
    own = list(texts)
    together = "\n".join(own)
    if together.count("\n") >= max(len(own), 1):  # a text of several lines among them
        together = "\n".join(text.replace("\n", " ") for text in own)
    return change(together).split("\n")


def _keys(numbers: Iterable[str]) -> list[str]:
    return _each(numbers, lambda all_of_them: _NOT_ALNUM_LINE.sub("", all_of_them.casefold()))


def _all_digits(phones: Iterable[str]) -> list[str]:
    return _each(phones, lambda all_of_them: _NOT_DIGIT_LINE.sub("", all_of_them))


def _digits(text: str) -> str:
    return _NOT_DIGIT.sub("", text)


def _key(text: str) -> str:
    return _NOT_ALNUM.sub("", text.casefold())


def texts_of_pdf(data: bytes) -> PageTexts:
    """The text of a finished PDF, line by line."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        result = PageTexts()
        for number, page in enumerate(document, 1):
            letters = page.get_textpage()
            for line in letters.get_text_bounded().splitlines():
                result.append(PageText(number, line))
            letters.close()
            page.close()
        return result
    finally:
        document.close()
