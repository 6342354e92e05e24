"""What search finds, as a declaration, and the tables and triggers made from it. None of this is journaled.

Two indexes share the record's key as their row: ``search_words`` (words and their beginnings, accents folded) and
``search_numbers`` (any three characters in a row of numbers and phone digits). ``search_doc`` says which kind a key
is of. Triggers write only these tables, from OLD and NEW, and depend on no other trigger (``journal`` 11). Rows of
a block that a large import reserved are indexed once, when the action is sealed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from liaison.store.triggers import in_reserved_block, quoted

_DDL = (
    "CREATE TABLE search_doc (id INTEGER PRIMARY KEY, kind TEXT NOT NULL) STRICT",
    "CREATE INDEX ix_search_doc_kind ON search_doc (kind, id)",
    "CREATE VIRTUAL TABLE search_words USING fts5(kind, words, content='', contentless_delete=1, "
    "tokenize='unicode61 remove_diacritics 2', prefix='2 3')",
    "CREATE VIRTUAL TABLE search_numbers USING fts5(numbers, content='', contentless_delete=1, tokenize='trigram')",
)
INDEXES = ("search_words", "search_numbers")
_TABLES = ("search_doc", *INDEXES)
TRIGGER_PREFIX = "s_"
"""Names of the triggers of search begin so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A table whose rows are part of a subject's text, and the columns that matter.

    ``subject_column`` holds the subject's key, or ``through`` selects the keys of subjects for the rows ``{rows}``.
    """

    table: str
    columns: tuple[str, ...]
    subject_column: str = "id"
    through: str = ""

    def subjects_of(self, row: str) -> str:
        """SQL: the subjects that one row of a trigger belongs to."""
        return self.through.format(rows=f"{row}.id") if self.through else f"SELECT {row}.{quoted(self.subject_column)}"

    def subjects_of_rows(self, rows: str) -> str:
        """SQL: the subjects that the chosen rows (SQL selecting their keys) belong to."""
        if self.through:
            return self.through.format(rows=rows)
        return f"SELECT DISTINCT {quoted(self.subject_column)} FROM {quoted(self.table)} WHERE id IN ({rows})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A kind of record that search finds. ``words`` and ``numbers`` are SQL expressions over its row ``t``."""

    kind: str
    table: str
    words: tuple[str, ...]
    numbers: tuple[str, ...]
    sources: tuple[Source, ...]


def create_search_tables(connection: sa.Connection) -> None:
    """Make the index tables anew, empty."""
    for name in _TABLES:
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {name}")
    for sql in _DDL:
        connection.exec_driver_sql(sql)


def has_search_tables(connection: sa.Connection) -> bool:
    """Whether the file has the index tables, as they are defined here."""
    rows = connection.exec_driver_sql(
        "SELECT sql FROM sqlite_master WHERE name LIKE 'search_%' OR name LIKE 'ix_search_%'"
    )
    return set(_DDL) <= set(rows.scalars())


def search_triggers(subjects: Iterable[Subject]) -> dict[str, str]:
    """Every trigger of search by name, as its CREATE statement."""
    made: dict[str, str] = {}
    for subject in subjects:
        made[f"s_{subject.kind}_gone"] = (
            f"AFTER DELETE ON {quoted(subject.table)}\nBEGIN {_delete('SELECT OLD.id')} END"
        )
        for number, source in enumerate(subject.sources):
            made |= _source_triggers(subject, source, f"s_{subject.kind}_{number}")
    return {name: f"CREATE TRIGGER {quoted(name)} {body}" for name, body in made.items()}


def _source_triggers(subject: Subject, source: Source, name: str) -> dict[str, str]:
    on, watched = quoted(source.table), ", ".join(map(quoted, source.columns))
    changed = " OR ".join(f"OLD.{quoted(c)} IS NOT NEW.{quoted(c)}" for c in source.columns)
    new, old = source.subjects_of("NEW"), source.subjects_of("OLD")
    made = {
        f"{name}_i": f"AFTER INSERT ON {on} WHEN NOT {in_reserved_block(source.table)}\n"
        f"BEGIN {_reindex(subject, new)} END",
        f"{name}_u": f"AFTER UPDATE OF {watched} ON {on} WHEN {changed}\n"
        f"BEGIN {_reindex(subject, f'{old} UNION {new}')} END",
    }
    if source.table != subject.table:
        made[f"{name}_d"] = f"AFTER DELETE ON {on}\nBEGIN {_reindex(subject, old)} END"
    return made


def _reindex(subject: Subject, ids: str) -> str:
    return "; ".join(reindex_sql(subject, ids)) + ";"


def reindex_sql(subject: Subject, ids: str) -> list[str]:
    """SQL statements that index these subjects (SQL selecting their keys) anew; those that are gone leave the index."""
    # DELETE and INSERT rather than REPLACE: an outer INSERT OR IGNORE would change what REPLACE does.
    return [*_delete_sql(ids), *insert_sql(subject, f"t.id IN ({ids})")]


def _delete(ids: str) -> str:
    return "; ".join(_delete_sql(ids)) + ";"


def _delete_sql(ids: str) -> list[str]:
    known = f"SELECT id FROM search_doc WHERE id IN ({ids})"
    return [
        f"DELETE FROM search_words WHERE rowid IN ({known})",
        f"DELETE FROM search_numbers WHERE rowid IN ({known})",
        f"DELETE FROM search_doc WHERE id IN ({ids})",
    ]


def insert_sql(subject: Subject, where: str) -> list[str]:
    """SQL statements that index the subjects chosen by a condition on their row ``t``."""
    chosen = f"FROM {quoted(subject.table)} t WHERE {where}"
    words, numbers = (
        f"concat_ws(' ', {', '.join(parts or (chr(39) * 2,))})" for parts in (subject.words, subject.numbers)
    )
    return [
        f"INSERT INTO search_doc(id, kind) SELECT t.id, '{subject.kind}' {chosen}",
        f"INSERT INTO search_words(rowid, kind, words) SELECT t.id, '{subject.kind}', {words} {chosen}",
        f"INSERT INTO search_numbers(rowid, numbers) SELECT t.id, {numbers} {chosen}",
    ]
