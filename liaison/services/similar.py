"""People whose name is spelt otherwise than it was typed, also where a city or a number stands beside the name.

Every typed word is either alike a word of the name or stands in what is known of the person exactly: ``sity medan``
finds Siti of Medan, not Siti of Surabaya. Source: ``ux`` 2.4 and 4.3.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.names import fold, spelt
from liaison.domain.regions import CITIES
from liaison.store import search as index
from liaison.store.models import PatientRow

SIMILAR = 75
"""From this likeness on (of 100) a name counts as similar, where nothing matches as typed."""
_JOINED_ALIKE = 86
"""The same for several words taken together: blanks may stand elsewhere ("nur haliza"), but no word is another."""
_WORD_ALIKE = 78
"""From this likeness on a typed word is a word of the name: "rahmawti", "lubiss"."""
_LEAST_ALIKE = 4
_LEAST_WORD = 3
"""Shorter words are the beginning of a name's word or stand elsewhere, never misspelt."""
_COMPARED = 800
"""Names that one question compares at most."""
_LOOKED_UP = 300
_MOST_WORDS = 6
_CITY_ALIKE = 80
_P = PatientRow.__table__.c
_LIVE = (_P.merged_into_id.is_(None), _P.voided_reason == "")


@dataclass(frozen=True, slots=True)
class _Candidate:
    id: int
    name_key: str
    similar_key: str


def similar_people(session: Session, text: str, *, but: Collection[int] = (), limit: int) -> list[int]:
    """Keys of people whose name is alike, the likeliest first; ``but`` those that were found as typed."""
    words = fold(text).split()[:_MOST_WORDS]
    if sum(len(word) for word in words if not _has_digit(word)) < _LEAST_ALIKE:
        return []
    whole, key = spelt(text), spelt(text).replace(" ", "")
    letters = [word for word in words if not _has_digit(word)]
    digits = tuple(word for word in words if _has_digit(word))
    scored: list[tuple[float, int]] = []
    elsewhere: dict[tuple[str, ...], list[tuple[float, int]]] = {}
    for one in _candidates(session, words, key):
        if one.id in but:
            continue
        score = 0.0 if digits else _alike(whole, key, one)
        if score >= (SIMILAR if len(words) == 1 else _JOINED_ALIKE):
            scored.append((score, one.id))
            continue
        score, rest = _by_word(letters, one.name_key.split(), elsewhere=digits)
        if score and not rest:
            scored.append((score, one.id))
        elif score:
            elsewhere.setdefault(rest, []).append((score, one.id))
    for rest, those in elsewhere.items():
        there = _matching(session, rest, [key for _score, key in those])
        scored += [(score, key) for score, key in those if key in there]
    return [key for _score, key in sorted(scored, key=lambda s: (-s[0], -s[1]))[:limit]]


# who is compared


def _candidates(session: Session, words: Sequence[str], key: str) -> list[_Candidate]:
    """People whose spelling begins alike, or of whom most words hold; never more than are compared."""
    columns = sa.select(_P.id, _P.name_key, _P.similar_key).where(*_LIVE)
    found: dict[int, _Candidate] = {}
    for text in _shortened(session, words):
        hits = index.search(session, text, limit=_LOOKED_UP, kinds=("patient",))
        found.update(_read(session, columns.where(_P.id.in_(_listed(hit.id for hit in hits)))))
    for length in (3, 1) if len(words) == 1 else (3,):
        start = key[:length]
        alike = _P.similar_key.between(start, start + chr(0x10FFFF))
        found.update(_read(session, columns.where(alike).order_by(_P.similar_key).limit(_COMPARED)))
        if len(found) >= _COMPARED:
            break
    return list(found.values())


def _shortened(session: Session, words: Sequence[str]) -> list[str]:
    """What to ask the index for: the words it knows as they are, of the others two letters or none."""
    known = [_is_known(session, word) for word in words]
    forms = [word if is_known else _corrected(word)[:2] for word, is_known in zip(words, known, strict=True)]
    asked = [" ".join(forms), " ".join(word for word, is_known in zip(words, known, strict=True) if is_known)]
    for at, word in enumerate(words):
        if len(word) > _LEAST_WORD and not _has_digit(word):
            asked.append(" ".join([*forms[:at], word[:2], *forms[at + 1 :]]))
            asked.append(word[:3])
    return [text for text in dict.fromkeys(asked) if text.strip()]


def _is_known(session: Session, word: str) -> bool:
    return bool(index.search(session, word, limit=1, kinds=("patient",)))


def _matching(session: Session, words: Sequence[str], keys: Sequence[int]) -> set[int]:
    """Those of ``keys`` of whom the words hold; a city may be misspelt too."""
    condition = index.matching_ids(" ".join(_corrected(word) for word in words), "patient")
    if condition is None:
        return set()
    rows = session.connection().execute(sa.select(_P.id).where(_P.id.in_(_listed(keys)), _P.id.in_(condition)))
    return {row[0] for row in rows}


def _read(session: Session, statement: sa.Select[Any]) -> dict[int, _Candidate]:
    return {row[0]: _Candidate(row[0], row[1], row[2]) for row in session.connection().execute(statement)}


def _listed(ids: Iterable[int]) -> sa.Select[Any]:
    wanted = sa.func.json_each(json.dumps(list(ids))).table_valued("value")
    return sa.select(wanted.c.value)


# how alike


def _alike(whole: str, key: str, one: _Candidate) -> float:
    """How alike a typed name and a known one are, 0 to 100; the end of the name may still be missing."""
    from rapidfuzz import fuzz

    score = max(
        fuzz.ratio(key, one.similar_key),
        fuzz.ratio(key, one.similar_key[: len(key) + 1]),
        fuzz.token_sort_ratio(whole, one.name_key),
    )
    if " " not in whole and len(key) > _LEAST_ALIKE:
        score = max(score, max((fuzz.ratio(key, word) for word in one.name_key.split()), default=0.0))
    return float(score)


def _by_word(words: Sequence[str], name: Sequence[str], *, elsewhere: Sequence[str]) -> tuple[float, tuple[str, ...]]:
    """How alike the typed words are that are words of the name, and those that must be found elsewhere.

    Nought where no word is one of the name, or where the same word of the name would be meant twice.
    """
    free, rest, total, letters = list(name), list(elsewhere), 0.0, 0
    for word in words:
        score, at = _best(word, free)
        if score < _WORD_ALIKE:
            rest.append(word)
            continue
        free.pop(at)
        total += score * len(word)
        letters += len(word)
    return (total / letters if letters >= _LEAST_WORD else 0.0), tuple(rest)


def _best(word: str, name: Sequence[str]) -> tuple[float, int]:
    """The likeness of the nearest word of a name, and where it stands."""
    if not name:
        return 0.0, 0
    scores = [_word_alike(word, each) for each in name]
    return max(scores), scores.index(max(scores))


@lru_cache(maxsize=32768)
def _word_alike(word: str, other: str) -> float:
    from rapidfuzz import fuzz

    if other.startswith(word):
        return 100.0
    if len(word) < _LEAST_WORD or len(other) < _LEAST_WORD:
        return 0.0
    one, two = spelt(word), spelt(other)
    return float(max(fuzz.ratio(one, two), fuzz.ratio(one, two[: len(one) + 1]) - 5))


@lru_cache(maxsize=4096)
def _corrected(word: str) -> str:
    """A misspelt city as it is written: "surabya"."""
    from rapidfuzz import fuzz, process

    if len(word) <= _LEAST_ALIKE or _has_digit(word) or any(name.startswith(word) for name in _CITY_WORDS):
        return word
    found = process.extractOne(word, _CITY_WORDS, scorer=fuzz.ratio, score_cutoff=_CITY_ALIKE)
    return str(found[0]) if found else word


_CITY_WORDS = tuple(dict.fromkeys(word for city in CITIES for word in fold(city.name).split() if len(word) > 3))


def _has_digit(text: str) -> bool:
    return any(c.isdigit() for c in text)
