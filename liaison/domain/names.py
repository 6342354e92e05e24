"""Names of people and houses: folding, spelling variants, likeness, and how a masked name reads.

One-word names are whole names. Nothing here merges anybody: a likeness is a hint for an officer's eye.
Source of the spelling rules: ``ux`` 2.4.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from functools import lru_cache

SAME = 92
"""From this likeness on, two names are shown as "may be the same"."""

_TITLE_WORDS = """
    bpk bapak pak ibu bu tn tuan ny nyonya nn nona sdr sdri an anak bayi by h hj haji hajah dr drg drs dra ir prof kh
    alm almh almarhum almarhumah mr mrs ms miss dato datuk datin
"""
_DEGREE_WORDS = """
    se sh st sp spd spdi ssi skom sked mm mkes mba msi msc phd amd alm almh mh mpd spog
"""
_MUHAMMAD_WORDS = """
    m moh mohd muh mhd md mohammad mohamad muhamad muhammad mochammad mochamad moch mohamed
"""
_TITLES, _DEGREES, _MUHAMMAD = (frozenset(w.split()) for w in (_TITLE_WORDS, _DEGREE_WORDS, _MUHAMMAD_WORDS))
_CONNECTORS = frozenset({"bin", "binti", "bt", "bte", "al"})
_DEGREE_AT_END = re.compile(r"(?<=\w)(?:\s+[A-Z]\.\s?[A-Za-z]{1,4}\.?)+\s*$")
_WITHIN_WORDS = re.compile(r"(?<=\w)[’'`](?=\w)")
_BETWEEN_WORDS = re.compile(r"[^\w]+|_")
_KH_AT_START = re.compile(r"(?i)^\s*k\.\s?h\.")
_SPELLINGS = (
    ("oe", "u"), ("dj", "j"), ("tj", "c"), ("sj", "sy"), ("nj", "ny"), ("kh", "h"), ("dh", "d"),
    ("th", "t"), ("ph", "f"), ("v", "f"), ("z", "j"), ("x", "ks"), ("q", "k"),
)  # fmt: skip


FILLERS = "\u034f\u115f\u1160\u2800\u3164\uffa0"
"""Characters that show nothing although they count as letters or signs."""


def is_shown(text: str) -> bool:
    """Whether anything of a text can be seen: zero-width signs, fillers and blanks alone are nothing."""
    return any(c.isprintable() and not c.isspace() and c not in FILLERS for c in text)


def fold(text: str) -> str:
    """For comparing and sorting: no case, no accents, no punctuation, single blanks; ``#`` and ``№`` read as "no".

    One fold for people, houses, headings and words of lists: what was remembered by one is found by the other.
    """
    return _fold(text)


@lru_cache(maxsize=16384)
def _fold(text: str) -> str:
    folded = _folded_once(text.replace("#", " no ").replace("№", " no "))
    # Decomposing may bring capitals and signs back (mathematical letters), so that one pass is not always enough.
    is_settled = folded.isascii() and folded == folded.lower()
    return folded if is_settled or (again := _folded_once(folded)) == folded else _fold(again)


def _folded_once(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(_BETWEEN_WORDS.sub(" ", _WITHIN_WORDS.sub("", letters)).split())


def without_titles(name: str) -> str:
    """A name folded, without titles and degrees; a name made of titles only stays as it is."""
    head = _DEGREE_AT_END.sub("", name.split(",")[0]) or name
    words = fold(_KH_AT_START.sub("", head)).split() or fold(name).split()
    kept = list(words)
    while kept and kept[0] in _TITLES:
        kept.pop(0)
    while kept and kept[-1] in _DEGREES:
        kept.pop()
    return " ".join(kept or words)


def similar_key(name: str) -> str:
    """The name in one spelling, without blanks between its parts: equal for variants of one name.

    ``Sitti Nur Haliza`` and ``Siti Nurhaliza`` meet, so do ``Soekarno`` and ``Sukarno``, ``M. Rizky`` and
    ``Muhammad Rizki``.
    """
    return "".join(spelt(name).split())


def spelt(name: str) -> str:
    """The name with titles gone and each word in one spelling."""
    words = [w for w in without_titles(name).split() if w not in _CONNECTORS] or without_titles(name).split()
    return " ".join("muhamad" if w in _MUHAMMAD and len(words) > 1 else _spell(w) for w in words)


@lru_cache(maxsize=8192)
def _spell(word: str) -> str:
    for old, new in _SPELLINGS:
        word = word.replace(old, new)
    word = re.sub(r"^ch", "c", word).replace("ch", "h")
    word = re.sub(r"(.)\1+", r"\1", word)
    word = re.sub(r"y$", "i", word)
    return re.sub(r"^y(?=u)", "j", word)


def likeness(one: str, other: str) -> int:
    """How alike two names are, 0 to 100, whatever their spelling and the order of their words.

    One word alone is compared with a whole name as a whole: ``Sari`` is not ``Ratna Dewi Sari``.
    """
    from rapidfuzz import fuzz

    a, b = spelt(one), spelt(other)
    if not a or not b:
        return 0
    if a.replace(" ", "") == b.replace(" ", ""):
        return 100
    if len(a.split()) == 1 or len(b.split()) == 1:
        return round(fuzz.ratio(a.replace(" ", ""), b.replace(" ", "")))
    return round(max(fuzz.token_sort_ratio(a, b), fuzz.WRatio(a, b) * 0.95))


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same once case, accents, punctuation and titles are gone."""
    return bool(one.strip()) and without_titles(one) == without_titles(other)


def may_be_same(one: str, other: str) -> bool:
    """Whether two names are alike enough to be shown as "may be the same"."""
    return likeness(one, other) >= SAME


def initials(name: str, most: int = 3) -> str:
    """``DL`` for Dewi Lestari; titles do not count."""
    return "".join(word[0].upper() for word in without_titles(name).split()[:most])


def age_on(birth_date: dt.date, day: dt.date) -> int:
    """Full years on a day."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def masked(number: str, sex_letter: str = "", age: int | None = None) -> str:
    """``P-0412, P, 46``: what stands where a name would, from the digits of a case or record number.

    ``sex_letter`` is the letter in the reader's language (L or P, M or F); what is not known is left out.
    """
    counter = re.search(r"[A-Z](\d{4,})", number.upper())
    digits = (counter[1] if counter else re.sub(r"\D", "", number))[-4:].rjust(4, "0")
    parts = [f"P-{digits}", sex_letter, "" if age is None else str(age)]
    return ", ".join(p for p in parts if p)
