"""A message cut into words that know where they stand; what is no message (headers, links, quotes) is blanked out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from liaison.domain.message_words import AGE_WORDS, BALINESE, DOUBTFUL_PLACES, KIN, NOT_A_NAME, TITLES
from liaison.domain.names import fold
from liaison.domain.regions import CITIES, City, city_of

READ_AT_MOST = 10_000
MOST_WORDS = 2_000
"""So many signs and words are looked at; a longer text is kept whole but its end is not read."""

_WORD = re.compile(r"[^\W_]+(?:['’`-][^\W_]+)*")
_BREAK = re.compile(r"[,;:.!?\n()/\[\]<>|\"“”•*–—-]")
_CHAT_HEAD = re.compile(
    r"(?m)^\W{0,3}\d{1,2}[/.]\d{1,2}[/.]\d{2,4},?[ \u202f]\d{1,2}[.:]\d{2}(?:[.:]\d{2})?(?:[ \u202f][AaPp][Mm])?\]?"
    r"(?: -)? (?P<who>[^:\n]{1,40}): "
)
_LINK = re.compile(r"https?://\S{1,300}|www\.\S{1,300}")
_CONNECTORS = frozenset({"bin", "binti", "bt", "bte", "al", "van", "de", "a/l", "a/p"})
_BORU = frozenset({"br", "boru"})
"""Daughter of a clan, among the Batak: "Rosmawati br Ginting". Elsewhere "br" is short for just now."""
LONGEST_NAME = 5


@dataclass(frozen=True, slots=True)
class Word:
    """One word: as written, folded, where it stands, and what stands between it and the word before."""

    text: str
    key: str
    start: int
    end: int
    gap: str

    @property
    def breaks(self) -> bool:
        """Whether a new clause begins here."""
        return _BREAK.search(self.gap) is not None

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[:1].isupper()

    @property
    def is_letters(self) -> bool:
        """Whether no digit stands in it."""
        return not any(c.isdigit() for c in self.text)


@dataclass(slots=True)
class MessageText:
    """A message ready to be read. ``text`` has blanks where headers of a chat and links stood."""

    text: str
    words: list[Word] = field(default_factory=list)
    places: dict[int, tuple[City, int]] = field(default_factory=dict)
    """Cities by the number of their first word, with the number of words."""
    writers: list[tuple[str, int, int]] = field(default_factory=list)
    """Names from the headers of a chat, with where they stand."""

    @classmethod
    def of(cls, raw: str) -> MessageText:
        """Cut a text as it was copied."""
        text = raw[:READ_AT_MOST]
        found: list[tuple[str, int, int]] = [(m["who"].strip(), *m.span("who")) for m in _CHAT_HEAD.finditer(text)]
        for pattern in (_CHAT_HEAD, _LINK):
            text = pattern.sub(lambda m: "\n" + " " * (len(m[0]) - 1), text)
        made = cls(text=text, writers=found)
        before = 0
        for match in islice(_WORD.finditer(text), MOST_WORDS):
            made.words.append(Word(match[0], _key(match[0]), match.start(), match.end(), text[before : match.start()]))
            before = match.end()
        made._find_places()
        return made

    def _find_places(self) -> None:
        at = 0
        while at < len(self.words):
            taken = 1
            for count in (3, 2, 1) if self.words[at].key in _FIRST_OF_PLACE else ():
                city = self._place(at, count)
                if city is not None:
                    self.places[at] = (city, count)
                    taken = count
                    break
            at += taken

    def _place(self, at: int, count: int) -> City | None:
        words = self.words[at : at + count]
        if len(words) < count or any(w.gap not in (" ", "  ") for w in words[1:]):
            return None
        key = " ".join(w.key for w in words)
        if count == 1 and not _may_be_place(words[0]):
            return None
        return _city(key)

    def span(self, first: int, last: int) -> str:
        """The text from one word to another, as written."""
        return self.text[self.words[first].start : self.words[last].end]

    def key(self, at: int) -> str:
        """The folded word at a place, empty outside the text."""
        return self.words[at].key if 0 <= at < len(self.words) else ""

    def name_at(self, at: int, *, lower: bool = True) -> tuple[int, int] | None:
        """The name that begins at a word, titles skipped: numbers of its first and last word. ``lower``: a name may be
        written small.
        """
        while at + 1 < len(self.words) and self.key(at) in TITLES and not (self.words[at + 1].gap.strip(" .")):
            at += 1
        if at >= len(self.words):
            return None
        last = at
        if self.key(at) == "i" and self.key(at + 1) in BALINESE and self.words[at].is_capital:
            last = at + 1
        elif not self._may_begin(at, lower=lower):
            return None
        while last + 1 < len(self.words) and last - at + 1 < LONGEST_NAME and self._may_follow(at, last + 1):
            last += 1
        return (at, last)

    def _may_begin(self, at: int, *, lower: bool) -> bool:
        word = self.words[at]
        return (
            word.is_letters
            and (2 <= len(word.text) <= 30 or self._is_initial(at))
            and word.key not in NOT_A_NAME
            and word.key not in TITLES
            and at not in self.places
            and (lower or word.is_capital)
        )

    def _is_initial(self, at: int) -> bool:
        """Whether a single capital begins a name: "M. Yusuf Lubis"."""
        if not self.words[at].is_capital or at + 1 >= len(self.words):
            return False
        after = self.words[at + 1]
        return after.gap in (". ", ".") and after.is_capital and after.is_letters and len(after.text) > 1

    def _may_follow(self, first: int, at: int) -> bool:
        word, before = self.words[at], self.words[at - 1]
        if not word.is_letters or len(word.text) > 30 or at in self.places:
            return False
        initial = len(before.text) <= 2 and word.gap == ". "
        if word.gap not in (" ", "  ") and not initial:
            return False
        if word.key in _BORU:
            return at + 1 < len(self.words) and self.words[at + 1].gap == " " and self.words[at + 1].is_capital
        if word.key in _CONNECTORS:
            return at + 1 < len(self.words) and self.words[at + 1].gap == " "
        if len(word.text) == 1 and word.is_capital and self._goes_on(at):
            return True
        if word.key in NOT_A_NAME and not (word.key in _NAMES_TOO and word.is_capital):
            return False
        if word.key.endswith("nya") and word.key.removesuffix("nya") in KIN:
            return False
        return word.is_capital or not self.words[first].is_capital or self._says_age(at + 1)

    def _goes_on(self, at: int) -> bool:
        """Whether a name goes on behind a single letter: "Tjong A Fie"."""
        if at + 1 >= len(self.words) or at + 1 in self.places:
            return False
        after = self.words[at + 1]
        return after.gap in (" ", ". ") and after.is_capital and after.is_letters and after.key not in NOT_A_NAME

    def _says_age(self, at: int) -> bool:
        """Whether an age follows: "Rahmat hidayat 23 thn" is one name although its second word is written small."""
        return at < len(self.words) and (self.words[at].text[:1].isdigit() or self.key(at) in AGE_WORDS)


def _may_be_place(word: Word) -> bool:
    """A code of three letters is another word more often than not ("TIM", "SIN", "CAN"), except a few in daily use."""
    if len(word.key) == 3:
        return word.key in _SAID_CODES
    if len(word.key) < 3:
        return word.text.isupper()
    return word.key not in DOUBTFUL_PLACES or word.is_capital


_NAMES_TOO = frozenset({"putra", "putri", "br"})
"""Words that are parts of names where they are written with a capital: a child, and "boru" of the Batak."""
_FIRST_OF_PLACE = frozenset(
    {fold(name).split()[0] for city in CITIES for name in (city.name, city.code, *city.also)}
    | {"kota", "kabupaten", "kab", "kodya"}
)
_SAID_CODES = frozenset({"jkt", "sby", "mdn", "bdg", "smg", "dps", "dki", "pku", "btm", "plm"})


@lru_cache(maxsize=8192)
def _key(text: str) -> str:
    return fold(text)


@lru_cache(maxsize=8192)
def _city(key: str) -> City | None:
    return city_of(key)


def as_name(text: str) -> str:
    """A name as it is written down: words all small or all capital get capitals, others stay as they are."""
    words = " ".join(text.split())
    return words.title() if words.islower() or (words.isupper() and len(words) > 3) else words
