"""What a store is made of: its tables, what search finds in them, and the migrations that lead there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import sqlalchemy as sa

from liaison.store.search_tables import Subject, search_triggers
from liaison.store.summaries import Summary, summary_triggers
from liaison.store.triggers import journal_triggers

MIGRATIONS = Path(__file__).resolve().parent / "migrations"


@dataclass(frozen=True, kw_only=True)
class Schema:
    """The tables of a kind of store. There is one (:func:`liaison_schema`); tests make small ones of their own."""

    metadata: sa.MetaData
    subjects: tuple[Subject, ...] = ()
    summaries: tuple[Summary, ...] = ()
    migrations: Path | None = None
    """Folder with Alembic's ``env.py`` and ``versions``; without one the tables are made as they stand."""

    @cached_property
    def triggers(self) -> dict[str, str]:
        """Every trigger that belongs in a store file."""
        own = journal_triggers(self.metadata)
        return {**own, **search_triggers(self.subjects), **summary_triggers(self.summaries)}

    @cached_property
    def revisions(self) -> tuple[str, ...]:
        """Names of the migrations, oldest first; a version file begins with the name of its revision."""
        if self.migrations is None:
            return ()
        return tuple(sorted(p.name.split("_")[0] for p in (self.migrations / "versions").glob("[0-9]*.py")))


@cache
def liaison_schema() -> Schema:
    """The schema of Liaison, from its models."""
    from liaison.store import models
    from liaison.store.base import Base
    from liaison.store.kept_figures import SUMMARIES
    from liaison.store.searched import SUBJECTS

    assert models.__all__
    return Schema(metadata=Base.metadata, subjects=SUBJECTS, summaries=SUMMARIES, migrations=MIGRATIONS)
