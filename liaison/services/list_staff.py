"""Officers and agents that a list names: found by name, made where they are new."""

from __future__ import annotations

from collections import defaultdict

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.names import fold, without_titles
from liaison.domain.offices import SYSTEM_ACTOR
from liaison.services.batch import Batch
from liaison.services.list_houses import Key
from liaison.store.models import AgentRow, OfficerRow


class Staff:
    """Everybody who works here, and every agent, by name; a first name is enough where just one bears it."""

    def __init__(self, session: Session) -> None:
        self._officers: dict[str, Key] = {}
        self._first_names: dict[str, set[Key]] = defaultdict(set)
        self._agents: dict[str, list[tuple[Key, Key | None]]] = defaultdict(list)
        self.made: dict[str, int] = defaultdict(int)
        for row in session.execute(sa.select(OfficerRow.id, OfficerRow.name)):
            told = without_titles(row.name)
            self._officers[told] = row.id
            self._first_names[told.partition(" ")[0]].add(row.id)
        for key, name, insurer in session.execute(sa.select(AgentRow.id, AgentRow.name, AgentRow.insurer_id)):
            self._agents[without_titles(name)].append((key, insurer))

    def officer(self, batch: Batch, name: str) -> Key | None:
        """The officer a list names, made where new; none where it names nobody."""
        told = without_titles(name)
        if not _is_name(told):
            return None
        known = self._officer(told)
        if known is None:
            known = batch.add("officer", name=name, name_key=fold(name))
            self._officers[told] = known
            self.made["officer"] += 1
        return known

    def knows_officer(self, name: str) -> bool:
        """Whether nobody has to be made for a name."""
        told = without_titles(name)
        return not _is_name(told) or self._officer(told) is not None

    def _officer(self, told: str) -> Key | None:
        if told in self._officers:
            return self._officers[told]
        bearers = self._first_names.get(told, set())
        return next(iter(bearers)) if len(bearers) == 1 else None

    def agent(self, batch: Batch, name: str, insurer: Key | None) -> Key | None:
        """The agent a list names, of that insurer before any other; made where new."""
        told = without_titles(name)
        if not told:
            return None
        known = self._agents[told]
        if not known:
            key = batch.add("agent", name=name, name_key=fold(name), insurer_id=insurer)
            known.append((key, insurer))
            self.made["agent"] += 1
        return next((key for key, house in known if house == insurer), known[0][0])

    def knows_agent(self, name: str) -> bool:
        """Whether no agent has to be made for a name."""
        told = without_titles(name)
        return not told or told in self._agents


def _is_name(told: str) -> bool:
    return bool(told) and told != SYSTEM_ACTOR
