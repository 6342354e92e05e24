"""Hospitals and insurers that a list names: found by name or remembered spelling, made where they are new.

A name that differs only in words every house has ("RS", "Hospital", "PT") is the same house if there is just one such.
Anything less certain is a suggestion; no two houses are merged by a list.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.names import fold
from liaison.domain.network import OrganizationKind
from liaison.services.batch import Batch
from liaison.services.matching import LIKE_HOUSE, house_likeness, telling
from liaison.store.models import OrganizationRow

Key = int
"""A key on record, or a :class:`~liaison.services.batch.Place` in the batch."""

_MOST_LIKE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """A house, on record or made by the list."""

    key: Key
    kind: OrganizationKind
    name: str
    country: str = ""
    city: str = ""

    def may_lie_in(self, country: str, city: str) -> bool:
        """Whether nothing known of where it lies contradicts what a list says."""
        return _agree(self.country, country) and _agree(fold(self.city), fold(city))


class Houses:
    """Every house that a list may mean, read once."""

    def __init__(self, session: Session) -> None:
        self._by_spelling: dict[tuple[OrganizationKind, str], list[House]] = defaultdict(list)
        self._by_telling: dict[tuple[OrganizationKind, str], list[House]] = defaultdict(list)
        self._by_key: dict[Key, House] = {}
        self._found: dict[tuple[OrganizationKind, str, str, str], House | None] = {}
        self.made: dict[OrganizationKind, list[str]] = defaultdict(list)
        """Names of houses that the list made, by kind."""
        alive = sa.select(OrganizationRow).where(OrganizationRow.merged_into_id.is_(None)).order_by(OrganizationRow.id)
        for row in session.scalars(alive):
            house = House(key=row.id, kind=row.kind, name=row.name, country=row.country, city=row.city)
            self._keep(house, {row.name_key, fold(row.short_name), *row.also_known_as})

    def _keep(self, house: House, spellings: set[str]) -> None:
        self._by_key[house.key] = house
        for spelling in spellings - {""}:
            self._by_spelling[house.kind, spelling].append(house)
        self._by_telling[house.kind, _told(house.name)].append(house)

    def __len__(self) -> int:
        return len(self._by_key)

    def find(self, kind: OrganizationKind, name: str, *, country: str = "", city: str = "") -> House | None:
        """The house that a name means for certain."""
        asked = (kind, fold(name), country, city)
        if asked not in self._found:
            self._found[asked] = self._look_up(kind, name, country, city)
        return self._found[asked]

    def _look_up(self, kind: OrganizationKind, name: str, country: str, city: str) -> House | None:
        called = self._by_spelling.get((kind, fold(name)), [])
        if called:
            return next((h for h in called if h.may_lie_in(country, city)), None)
        alike = [h for h in self._by_telling.get((kind, _told(name)), []) if h.may_lie_in(country, city)]
        return alike[0] if len(alike) == 1 else None

    def like(self, kind: OrganizationKind, name: str) -> tuple[str, ...]:
        """Names of houses that a new name may mean, the likeliest first."""
        key = fold(name)
        scored = [(house_likeness(key, fold(h.name)), h.name) for h in self._by_key.values() if h.kind is kind]
        likely = sorted((s for s in scored if s[0] >= LIKE_HOUSE), key=lambda s: (-s[0], s[1]))
        return tuple(each for _, each in likely[:_MOST_LIKE])

    def make(self, batch: Batch, kind: OrganizationKind, name: str, *, country: str = "", city: str = "") -> House:
        """The house that a name means, made where it is new."""
        known = self.find(kind, name, country=country, city=city)
        if known is not None:
            return known
        key = batch.add("organization", kind=kind, name=name, name_key=fold(name), country=country, city=city)
        house = House(key=key, kind=kind, name=name, country=country, city=city)
        self._keep(house, {fold(name)})
        self._found.clear()
        self.made[kind].append(name)
        return house


def _agree(one: str, other: str) -> bool:
    return not one or not other or one == other


def _told(name: str) -> str:
    """The words that tell a house from others, in one order."""
    return " ".join(sorted(telling(fold(name)).split())) or fold(name)
