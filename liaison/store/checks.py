"""The whole examination of a store: pages, references, journal, triggers, search, attached files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from liaison.domain.errors import Locked
from liaison.store import search
from liaison.store.attachments import named_files
from liaison.store.engine import connect, database_trouble
from liaison.store.store import STORE_FILE, Store, file_key
from liaison.store.summaries import check_summaries
from liaison.store.triggers import trigger_drift


@dataclass(frozen=True, slots=True, kw_only=True)
class Faults:
    """What is wrong with each part of a store, in technical words without any person's data."""

    file: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    journal: tuple[str, ...] = ()
    triggers: tuple[str, ...] = ()
    search: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts with a fault."""
        return tuple(name for name in self.__slots__ if getattr(self, name))


def examine(store: Store) -> Faults:
    """Read the whole store and say what is wrong with it. A damaged file is not read any further."""
    try:
        pages, references = _file(store)
    except Locked as damage:
        return Faults(file=(damage.message,))
    if pages:
        return Faults(file=pages)
    with store.read() as session:
        drift = trigger_drift(session.connection(), store.schema.triggers)
        index = search.check_index(session, store.schema.subjects)
        figures = check_summaries(session.connection(), store.schema.summaries)
        wanted = named_files(session, store.schema.metadata, living_only=True)
    return Faults(
        references=references,
        journal=tuple(f"{fault.what} {fault.where}" for fault in store.verify()),
        triggers=tuple(drift),
        search=tuple(index),
        figures=tuple(figures),
        attachments=tuple(sorted(wanted - set(store.attachments.names()))),
    )


def _file(store: Store) -> tuple[tuple[str, ...], tuple[str, ...]]:
    # A connection of its own: an older one's full-text index may remember the state before the last write and call the
    # file corrupt where it is not.
    with database_trouble():
        connection = connect(store.folder / STORE_FILE, file_key(store.opened), read_only=True)
        try:
            pages = _told(connection, "PRAGMA cipher_integrity_check")
            return pages or _told(connection, "PRAGMA integrity_check(20)"), _lost_references(connection)
        finally:
            connection.close()


def _told(connection: Any, sql: str) -> tuple[str, ...]:
    return tuple(str(row[0]) for row in connection.execute(sql).fetchall() if row[0] != "ok")


def _lost_references(connection: Any) -> tuple[str, ...]:
    rows = connection.execute("PRAGMA foreign_key_check").fetchall()
    return tuple(f"{table} {row_id} {parent}" for table, row_id, parent, _ in rows)
