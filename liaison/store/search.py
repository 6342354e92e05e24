"""Finding a record by what somebody types: words and their beginnings, accents aside; any three characters of a number.

Every input is safe: what is typed is only ever data inside quotes, never query language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.store.search_tables import Subject
from liaison.store.triggers import quoted

LEAST_LETTERS = 2
LEAST_DIGITS = 3
_MOST_WORDS = 12
_LONGEST = 200
_ENOUGH = 1_000
"""Counting stops here: nobody reads further, and "1000+" is shown."""

_IDEOGRAPHS = 0x2E80
"""From this sign on a single one may be a whole name."""

_HOME_CODE = "62"
_SURELY_A_PHONE = 6

_PHONE = re.compile(r"[\d\s+()./-]+")
_SPOKEN = re.compile(r"[^\W_]", re.UNICODE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A record that was found: its kind (``patient``, ``journey``, ``claim``, …) and its key."""

    kind: str
    id: int


@dataclass(frozen=True, slots=True)
class _Word:
    """One typed word: what to look for among words, and among numbers if it may be part of one."""

    match: str
    numbers: str = ""


def search(session: Session, text: str, *, limit: int = 50, kinds: Iterable[str] = ()) -> list[Hit]:
    """What matches every word typed, newest first; nothing for fewer than two letters."""
    wanted = tuple(kinds)
    condition, values = _condition(text, wanted)
    if not condition:
        return []
    # CROSS JOIN keeps SQLite from asking the index again for every record of a kind.
    of_kind = f"WHERE d.kind IN ({', '.join('?' * len(wanted))})" if wanted else ""
    rows = session.connection().exec_driver_sql(
        f"SELECT d.kind, d.id FROM ({condition}) f CROSS JOIN search_doc d ON d.id = f.rowid {of_kind} "
        "ORDER BY f.rowid DESC LIMIT ?",
        (*values, *wanted, limit),
    )
    return [Hit(kind=kind, id=key) for kind, key in rows]


def matching_ids(text: str, kind: str) -> sa.Select[tuple[int]] | None:
    """The keys of one kind that match, as a query for a list's filter; None where nothing to look for was typed.

    Keys of other kinds may be among them: a list of claims has no use for them and finds no row.
    """
    condition, values = _condition(text, (kind,))
    if not condition:
        return None
    names = {f"search_{number}": value for number, value in enumerate(values)}
    for name in names:
        condition = condition.replace("?", f":{name}", 1)
    found = sa.text(condition).bindparams(**names).columns(sa.column("rowid", sa.BigInteger)).subquery()
    return sa.select(found.c.rowid)


def is_unspoken(text: str) -> bool:
    """Whether a text holds a sign such as ``😀`` but no letter and no digit, so that no index knows it."""
    return not text.isascii() and text.isprintable() and not _SPOKEN.search(text)


def count(session: Session, text: str, *, kinds: Iterable[str] = ()) -> int:
    """How many match, counted up to 1,000."""
    return len(search(session, text, kinds=kinds, limit=_ENOUGH))


def check_index(session: Session, subjects: Iterable[Subject]) -> list[str]:
    """Kinds whose index does not hold exactly their records; empty when all is well."""
    wrong = []
    for subject in subjects:
        table = quoted(subject.table)
        sql = (
            f"SELECT EXISTS (SELECT id FROM {table} EXCEPT SELECT id FROM search_doc WHERE kind = ?) "
            f"OR EXISTS (SELECT id FROM search_doc WHERE kind = ? EXCEPT SELECT id FROM {table}) "
            "OR EXISTS (SELECT id FROM search_doc WHERE kind = ? EXCEPT SELECT rowid FROM search_words)"
        )
        if session.connection().exec_driver_sql(sql, (subject.kind,) * 3).scalar_one():
            wrong.append(subject.kind)
    return wrong


def _condition(text: str, kinds: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    words = _words(text)
    if not words:
        return "", ()
    plain = [w for w in words if not w.numbers]
    either = [w for w in words if w.numbers]
    scope = f"kind : ({' OR '.join(_phrase(k) for k in kinds)}) AND " if kinds else ""
    parts: list[str] = []
    values: list[str] = []
    if plain:
        parts.append("SELECT rowid FROM search_words WHERE search_words MATCH ?")
        values.append(scope + "words : (" + " AND ".join(w.match for w in plain) + ")")
    for word in either:
        both = (
            "SELECT rowid FROM search_words WHERE search_words MATCH ? "
            "UNION SELECT rowid FROM search_numbers WHERE search_numbers MATCH ?"
        )
        parts.append(f"AND rowid IN ({both})" if parts else f"SELECT rowid FROM ({both}) WHERE 1")
        values += [f"{scope}words : {word.match}", word.numbers]
    return " ".join(parts), tuple(values)


def _words(text: str) -> list[_Word]:
    clean = text.replace("\0", " ").encode("utf-8", "ignore").decode("utf-8")[:_LONGEST]
    if _PHONE.fullmatch(clean):
        clean = "".join(_SPOKEN.findall(clean))
    typed = [w for w in clean.split() if _SPOKEN.search(w)][:_MOST_WORDS]
    if not _is_enough("".join(typed)):
        return []
    return [_word(w) for w in (w for w in typed if _is_enough(w))] or [_word(w) for w in typed]


def _is_enough(text: str) -> bool:
    """Two letters or digits; one where a sign is a whole word, as in Chinese names."""
    spoken = _SPOKEN.findall(text)
    return len(spoken) >= LEAST_LETTERS or any(ord(c) >= _IDEOGRAPHS for c in spoken)


def _word(typed: str) -> _Word:
    match = _phrase(typed) + "*"
    joined = "".join(_SPOKEN.findall(typed))
    if joined != typed:
        match = f"({match} OR {_phrase(joined)}*)"
    if len(joined) < LEAST_DIGITS or not any(c.isdigit() for c in joined):
        return _Word(match)
    return _Word(match, _number(joined))


def _number(joined: str) -> str:
    """A phone is kept with its country's code: 0812 is looked for as 62812 too, a longer one without its zero."""
    if not (joined.startswith("0") and joined.isdigit()):
        return _phrase(joined)
    tail = joined[1:]
    forms = [joined, _HOME_CODE + tail, *([tail] if len(tail) >= _SURELY_A_PHONE else [])]
    return "(" + " OR ".join(map(_phrase, forms)) + ")"


def _phrase(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
