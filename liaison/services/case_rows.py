"""Which rows belong to a case or a person, read off the tables' own references, so that a new table is never left out.

A case is its journey and all that hangs on it; the people of a case come with their numbers, relations and policies;
hospitals, insurers and officers are only pointed at. Tables that belong to one laptop alone (``travels=False``) and the
lists that rows came from stay behind.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.store import rows as raw
from liaison.store.base import Base
from liaison.store.rows import Reference, Row, references
from liaison.store.triggers import journaled_tables, quoted

Rows = dict[str, dict[int, Row]]
Ids = dict[str, set[int]]

FILE_COLUMNS = frozenset({"file_id", "file_key"})
"""Name and key of an encrypted file: every store has its own."""

LEFT_BEHIND = "source_file"
"""The lists that rows came from hold other people too."""

_STANDS_ALONE = frozenset({"journey", "claim", "guarantee"})
"""Not entered from a person: each belongs to a case that may not be meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRows:
    """``rows`` speak of people and their cases; ``houses`` are the records that these only point at."""

    rows: Rows
    houses: Rows


def case_rows(session: Session, journeys: Iterable[int]) -> CaseRows:
    """Everything of these cases as the file holds it."""
    ids: Ids = {}
    _enter(session, ids, "journey", set(journeys), of_case=True)
    while _with_parents(session, ids):
        pass
    rows = _read(session, ids)
    _cut_loose_ends(rows, ids)
    return CaseRows(rows=rows, houses=_houses(session, rows))


def person_ids(session: Session, patients: Iterable[int]) -> Ids:
    """Keys of everything that belongs to these people: their cases and claims, and all that hangs on them."""
    ids: Ids = {}
    _enter(session, ids, "patient", set(patients), of_case=True)
    return ids


@cache
def personal_tables() -> frozenset[str]:
    """Tables that speak of people: everything that leads to a patient, and policies."""
    found = {"patient"}
    grown = True
    while grown:
        more = {t.name for t in _travelling() for r in references(t) if r.parent in found} - found
        found |= more
        grown = bool(more)
    return frozenset(found | {"policy"})


def has_file(table: sa.Table) -> bool:
    """Whether rows of a table have an encrypted file each."""
    return set(table.columns.keys()) >= FILE_COLUMNS


@cache
def _travelling() -> tuple[sa.Table, ...]:
    return tuple(t for t in journaled_tables(Base.metadata) if t.info.get("travels", True))


@cache
def _children_of(table: str) -> tuple[Reference, ...]:
    return tuple(r for t in _travelling() for r in references(t) if r.parent == table and t.name != table)


def _enter(session: Session, ids: Ids, table: str, keys: set[int], *, of_case: bool) -> None:
    """Put rows in, and everything that hangs on them."""
    new = keys - ids.get(table, set())
    if not new:
        return
    ids.setdefault(table, set()).update(new)
    for reference in _children_of(table):
        if not of_case and reference.table in _STANDS_ALONE:
            continue
        found = _pointing(session, reference, new)
        if not of_case:
            found = _not_anothers(session, reference.table, found, ids)
        _enter(session, ids, reference.table, found, of_case=of_case)


def _pointing(session: Session, reference: Reference, keys: Iterable[int]) -> set[int]:
    sql = (
        f"SELECT id FROM {quoted(reference.table)} "
        f"WHERE {quoted(reference.column)} IN (SELECT value FROM json_each(:keys))"
    )
    return set(session.execute(sa.text(sql), {"keys": json.dumps(list(keys))}).scalars())


def _not_anothers(session: Session, table: str, keys: set[int], ids: Ids) -> set[int]:
    """Rows that do not also belong to a case that is left out."""
    anchors = [r for r in references(Base.metadata.tables[table]) if r.parent in _STANDS_ALONE]
    if not anchors or not keys:
        return keys
    rows = raw.read(session.connection(), Base.metadata.tables[table], keys)
    return {
        key for key, row in rows.items() if all(row[a.column] in (None, *ids.get(a.parent, ())) for a in anchors)
    }  # fmt: skip


def _with_parents(session: Session, ids: Ids) -> bool:
    """Add whom and what the rows cannot be without: the patient, the cover, its policy. True while something came."""
    before = sum(map(len, ids.values()))
    for table, rows in _read(session, ids).items():
        columns = Base.metadata.tables[table].columns
        for reference in references(Base.metadata.tables[table]):
            if reference.parent in personal_tables() and not columns[reference.column].nullable:
                missing = {row[reference.column] for row in rows.values()}
                _enter(session, ids, reference.parent, missing, of_case=False)
    return sum(map(len, ids.values())) > before


def _read(session: Session, ids: Ids) -> Rows:
    tables = Base.metadata.tables
    return {t: raw.read(session.connection(), tables[t], sorted(keys)) for t, keys in ids.items() if keys}


def _cut_loose_ends(rows: Rows, ids: Mapping[str, set[int]]) -> None:
    """Take out what leads to somebody or something that stays behind, and the names of files."""
    for table, found in rows.items():
        leads = references(Base.metadata.tables[table])
        sealed = has_file(Base.metadata.tables[table])
        for row in found.values():
            for lead in leads:
                stays = lead.parent == LEFT_BEHIND or (
                    lead.parent in personal_tables() and row[lead.column] not in (None, *ids.get(lead.parent, ()))
                )
                if stays:
                    del row[lead.column]
            if sealed:
                for name in FILE_COLUMNS:
                    del row[name]


def _houses(session: Session, rows: Rows) -> Rows:
    """The records that the rows point at, and those that these point at."""
    found: Rows = {}
    waiting = dict(rows)
    while waiting:
        wanted: Ids = {}
        for table, each in waiting.items():
            for lead in references(Base.metadata.tables[table]):
                if lead.parent in personal_tables() or lead.parent == LEFT_BEHIND:
                    continue
                keys = {row[lead.column] for row in each.values() if row.get(lead.column) is not None}
                wanted.setdefault(lead.parent, set()).update(keys - found.get(lead.parent, {}).keys())
        waiting = _read(session, wanted)
        for table, each in waiting.items():
            found.setdefault(table, {}).update(each)
    return found
