"""Bringing a store to this program's shape: a verified backup, one transaction, every trigger written anew.

SQLite forgets triggers when a table is copied, and fires ``ON DELETE CASCADE`` when foreign keys are on while a
table is replaced; the order of steps here is the one that was tried (``journal`` 10, ``store`` 5). A store of a
newer program is refused and not touched. A migration that fails leaves the old store as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from liaison.domain.errors import Locked
from liaison.i18n import N_
from liaison.store import search_bulk, search_tables, summaries
from liaison.store.engine import DAMAGED, database_trouble
from liaison.store.ids import Clock
from liaison.store.journal_tables import MACHINERY
from liaison.store.schema import Schema
from liaison.store.triggers import drop_triggers, install_triggers, trigger_drift
from liaison.store.vault import NEWER, Opened

BACKING_UP = N_("Making a backup before the store is brought up to date …")
CHANGING = N_("Bringing the store up to date …")
INDEXING = N_("Setting up search and figures anew; nothing else changes …")

_WHILE_CHANGING = ("PRAGMA foreign_keys=OFF", "PRAGMA legacy_alter_table=ON")
_AFTERWARDS = ("PRAGMA legacy_alter_table=OFF", "PRAGMA foreign_keys=ON")


def make(engine: sa.Engine, schema: Schema) -> None:
    """Make every table, index and trigger in an empty file."""
    with _changing(engine) as connection:
        if schema.migrations is None:
            MACHINERY.create_all(connection)
            schema.metadata.create_all(connection)
        else:
            _upgrade(connection, schema)
        _install(connection, schema)


def bring_up_to_date(
    engine: sa.Engine,
    folder: Path,
    opened: Opened,
    *,
    schema: Schema,
    clock: Clock,
    progress: Callable[[str], None] | None = None,
) -> None:
    """Migrate an older store after a verified backup; leave a current one alone.

    Refuses a newer one, and a file of this key that is no store (``Locked``).
    """
    with database_trouble():
        if not _has_journal(engine):
            raise Locked(DAMAGED)
        found = revision(engine, schema)
        if schema.revisions and found not in schema.revisions:
            raise Locked(NEWER)
        if schema.revisions and found != schema.revisions[-1]:
            _migrate(engine, folder, opened, schema=schema, clock=clock, progress=progress)
        elif _is_stale(engine, schema):
            (progress or (lambda _: None))(INDEXING)
            with _changing(engine) as connection:
                _install(connection, schema)


def _has_journal(engine: sa.Engine) -> bool:
    with engine.connect() as connection:
        return bool(connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'action'").scalar())


def revision(engine: sa.Engine, schema: Schema) -> str:
    """The newest migration that a store has been through; a file without one is damaged (``Locked``)."""
    if schema.migrations is None:
        return ""
    with engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            raise Locked(DAMAGED)
        return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar())


def _migrate(
    engine: sa.Engine,
    folder: Path,
    opened: Opened,
    *,
    schema: Schema,
    clock: Clock,
    progress: Callable[[str], None] | None,
) -> None:
    from liaison.store import backup

    tell = progress or (lambda _: None)
    tell(BACKING_UP)
    backup.back_up_file(folder, opened, now=clock(), schema=schema)
    tell(CHANGING)
    with _changing(engine) as connection:
        _upgrade(connection, schema)
        _install(connection, schema)


@contextmanager
def _changing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One transaction in which tables may be copied: foreign keys off before it begins, checked before it ends."""
    with engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        for sql in _WHILE_CHANGING:
            raw.execute(sql)
        try:
            with connection.begin():
                drop_triggers(connection)
                yield connection
                lost = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
                if lost:
                    raise RuntimeError(f"the migration left {len(lost)} references without their record")
        finally:
            for sql in _AFTERWARDS:
                raw.execute(sql)


def _install(connection: sa.Connection, schema: Schema) -> None:
    search_bulk.fill_search_tables(connection, schema.subjects)
    summaries.fill_summaries(connection, schema.summaries)
    install_triggers(connection, schema.triggers)
    drift = trigger_drift(connection, schema.triggers)
    if drift:
        raise RuntimeError(f"triggers differ from what was written: {drift[:5]}")


def _is_stale(engine: sa.Engine, schema: Schema) -> bool:
    with engine.connect() as connection:
        kept = search_tables.has_search_tables(connection) and summaries.has_summaries(connection, schema.summaries)
        return bool(trigger_drift(connection, schema.triggers)) or not kept


def _upgrade(connection: sa.Connection, schema: Schema) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(schema.migrations).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    config.attributes["metadata"] = [schema.metadata, MACHINERY]
    command.upgrade(config, "head")
