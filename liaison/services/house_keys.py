"""Hospitals, insurers, officers that a colleague's file points at: which of ours is meant, and which are new here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.errors import Locked
from liaison.store import rows as raw
from liaison.store.base import Base
from liaison.store.case_file import DAMAGED
from liaison.store.models import KnownElsewhereRow
from liaison.store.rows import Row, references

_NATURAL: Mapping[str, tuple[str, ...]] = {
    "officer": ("name_key",),
    "organization": ("kind", "name_key", "country"),
    "agent": ("name_key", "insurer_id"),
    "contact": ("organization_id", "desk", "name"),
}
"""What tells that two laptops speak of the same, beside the unique rules of the tables."""

_ELSEWHERE = {"officer": {"is_active": 0, "is_supervisor": 0}}
"""A colleague of another laptop does not work on this one."""


class HouseKeys:
    """Translates keys. ``new`` holds what is not here yet, ready to be written, parents first."""

    def __init__(self, session: Session, peer: str, houses: Mapping[str, Mapping[int, Row]], known: Any) -> None:
        self._keys: dict[tuple[str, int], int] = {}
        self.new: dict[str, dict[int, Row]] = {}
        self.found: list[tuple[str, int, int]] = []
        """Table, their key, our key: found by name and not noted yet."""
        self._told = {(t, int(theirs)): int(ours) for t, pairs in dict(known).items() for theirs, ours in pairs}
        self._noted = {
            (r.table_name, r.theirs_id): r.row_id
            for r in session.scalars(sa.select(KnownElsewhereRow).where(KnownElsewhereRow.peer == peer))
        }
        for table in Base.metadata.sorted_tables:
            here = raw.read(session.connection(), table, houses[table.name]) if table.name in houses else {}
            for key, row in houses.get(table.name, {}).items():
                place = (table.name, key)
                sure = self._told.get(place) or self._noted.get(place) or (key if key in here else None)
                if sure is not None and raw.read(session.connection(), table, [sure]):
                    self._keys[place] = sure
                    continue
                self._match_or_add(session, table, key, row)

    def ours(self, table: str, key: int) -> int:
        """Our key of what they point at; theirs where the file says nothing of it."""
        return self._keys.get((table, key)) or self._told.get((table, key)) or self._noted.get((table, key)) or key

    def _match_or_add(self, session: Session, table: sa.Table, key: int, row: Row) -> None:
        values = dict(row)
        for lead in references(table):
            if values.get(lead.column) is not None:
                found = self._keys.get((lead.parent, values[lead.column]))
                if found is None and not table.c[lead.column].nullable:
                    raise Locked(DAMAGED)
                values[lead.column] = found
        match = self._match(session, table, values)
        self._keys[table.name, key] = key if match is None else match
        if match is None:
            self.new.setdefault(table.name, {})[key] = {**values, **_ELSEWHERE.get(table.name, {})}
        else:
            self.found.append((table.name, key, match))

    def _match(self, session: Session, table: sa.Table, values: Row) -> int | None:
        rules = [tuple(c.name for c in r.columns) for r in table.constraints if isinstance(r, sa.UniqueConstraint)]
        if table.name in _NATURAL:
            rules.append(_NATURAL[table.name])
        for names in rules:
            if set(names) <= values.keys():
                where = " AND ".join(f'"{name}" IS :{name}' for name in names)
                sql = sa.text(f'SELECT id FROM "{table.name}" WHERE {where} ORDER BY id LIMIT 1')
                found: int | None = session.execute(sql, {n: values[n] for n in names}).scalar()
                if found is not None:
                    return found
        return None
