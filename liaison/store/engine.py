"""Connections to an encrypted store file: key and salt given, every setting read back, writers apart from readers.

Why each setting: ``store`` 1 and 5, ``journal`` 5, ``security`` 4.4. The salt is given together with the key, because
SQLCipher's own salt lies in the file's first sector and a torn write there would make the file unreadable.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.pool import QueuePool
from sqlalchemy.util import LRUCache

from liaison.domain.errors import LiaisonError, Locked, Unavailable
from liaison.i18n import N_
from liaison.store.durable import DISK_FAILS, DISK_FULL, NOT_WRITABLE

OLD_SQLITE = N_(
    "The database part of the program ({version}) has a known fault that can damage a store. Install the program again."
)
NO_CODEC = N_("The database part of the program cannot encrypt. Install the program again; nothing was written.")
DAMAGED = N_(
    "The store is damaged and was not opened, so that nothing gets worse. "
    "Restore the newest backup into a new folder: liaison restore FILE --to FOLDER."
)
BUSY = N_("The store is busy with another change. Try again in a moment.")

FIRST_SAFE_SQLITE = (3, 51, 3)
WITHDRAWN_SQLITE = (3, 52, 0)
READERS = 4
_WRITER_CACHE_KIB = 64 * 1024
_READER_CACHE_KIB = 32 * 1024

_SETTINGS: dict[str, tuple[str, str]] = {
    "journal_mode": ("WAL", "wal"), "synchronous": ("FULL", "2"), "foreign_keys": ("ON", "1"),
    "recursive_triggers": ("ON", "1"), "secure_delete": ("ON", "1"), "busy_timeout": ("5000", "5000"),
    "temp_store": ("MEMORY", "2"), "trusted_schema": ("OFF", "0"), "cell_size_check": ("ON", "1"),
    "mmap_size": ("0", "0"),
}  # fmt: skip
_APPLE_SETTINGS = {"fullfsync": ("ON", "1"), "checkpoint_fullfsync": ("ON", "1")}


class StoreDialect(SQLiteDialect_pysqlite):
    """All engines speak the same SQL, so a statement worded for one need not be worded again for the next.

    SQLAlchemy keeps worded statements by dialect and engine; the reader's engine and the one after an unlock would
    both begin anew, at ten milliseconds a statement.
    """

    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self)

    def __hash__(self) -> int:
        return hash(type(self))


registry.register("sqlite.store", __name__, StoreDialect.__name__)
_WORDED: LRUCache[Any, Any] = LRUCache(2_000)


class ReadInterrupted(Unavailable):
    """A read was stopped because nobody waits for its answer any more."""

    def __init__(self) -> None:
        super().__init__(BUSY)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKey:
    """The raw key of a store file and its salt."""

    key: bytes = field(repr=False)
    salt: bytes = field(repr=False)


def check_sqlite(version: tuple[int, ...]) -> None:
    """Refuse library versions that can damage a store (the WAL-reset fault before 3.51.3; 3.52.0 was withdrawn)."""
    if version < FIRST_SAFE_SQLITE or version == WITHDRAWN_SQLITE:
        raise Locked(OLD_SQLITE, version=".".join(map(str, version)))


def connect(path: Path, key: FileKey, *, read_only: bool = False, wal: bool = True) -> Any:
    """One keyed connection with every setting in place; raises :class:`Locked` where the file is damaged."""
    from sqlcipher3 import dbapi2

    check_sqlite(dbapi2.sqlite_version_info)
    with database_trouble():
        connection = dbapi2.connect(
            str(path), timeout=5.0, isolation_level=None, check_same_thread=False, cached_statements=256
        )
        try:
            _unlock(connection, key)
            _settle(connection, read_only=read_only, wal=wal)
        except BaseException:
            connection.close()
            raise
    return connection


def _unlock(connection: Any, key: FileKey) -> None:
    connection.execute("PRAGMA cipher_log_level = NONE")  # it would print to standard error
    # cipher_memory_security stays off: it makes opening ten and a save four times as slow, and what it wipes stands in
    # Python's memory all the same. A hard lock starts the program anew instead.
    connection.execute(f"PRAGMA key = \"x'{key.key.hex()}{key.salt.hex()}'\"")
    if not connection.execute("PRAGMA cipher_version").fetchone():
        raise Locked(NO_CODEC)
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()


def _settle(connection: Any, *, read_only: bool, wal: bool) -> None:
    cache = -(_READER_CACHE_KIB if read_only else _WRITER_CACHE_KIB)
    settings = {
        **_SETTINGS,
        "cache_size": (str(cache), str(cache)),
        "query_only": (("OFF", "0"), ("ON", "1"))[read_only],
    }
    if not wal:
        settings["journal_mode"] = ("DELETE", "delete")
    if sys.platform == "darwin":
        settings |= _APPLE_SETTINGS
    for name, (value, told) in settings.items():
        connection.execute(f"PRAGMA {name} = {value}").fetchall()
        found = str(connection.execute(f"PRAGMA {name}").fetchone()[0])
        if found != told:
            raise RuntimeError(f"PRAGMA {name} is {found}, not {told}")


def writer_engine(path: Path, key: FileKey) -> sa.Engine:
    """The one connection that writes; its transactions begin IMMEDIATE."""
    return _engine(path, key, read_only=False, size=1)


def reader_engine(path: Path, key: FileKey) -> sa.Engine:
    """Connections that cannot write; a transaction sees one unchanging state."""
    return _engine(path, key, read_only=True, size=READERS)


def _engine(path: Path, key: FileKey, *, read_only: bool, size: int) -> sa.Engine:
    from sqlcipher3 import dbapi2

    engine = sa.create_engine(
        "sqlite+store://", module=dbapi2, creator=lambda: connect(path, key, read_only=read_only),
        poolclass=QueuePool, pool_size=size, max_overflow=0, pool_timeout=60, hide_parameters=True,
        execution_options={"compiled_cache": _WORDED},
    )  # fmt: skip
    begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"

    @event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


@contextmanager
def database_trouble() -> Iterator[None]:
    """Turn what SQLite says about the disk and the file into an error with a cure; bugs pass through unchanged."""
    from sqlcipher3 import dbapi2

    try:
        yield
    except sa.exc.DBAPIError as error:
        known = _explained(error.orig)
        if known is None:
            raise
        raise known from error
    except dbapi2.Error as error:
        known = _explained(error)
        if known is None:
            raise
        raise known from error


def _explained(error: BaseException | None) -> LiaisonError | None:
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case 5 | 6:  # BUSY, LOCKED
            return Unavailable(BUSY)
        case 8:  # READONLY
            return Unavailable(NOT_WRITABLE)
        case 9:  # INTERRUPT
            return ReadInterrupted()
        case 10 | 14:  # IOERR, CANTOPEN
            return Unavailable(DISK_FAILS)
        case 11 | 26:  # CORRUPT, NOTADB
            return Locked(DAMAGED)
        case 13:  # FULL
            return Unavailable(DISK_FULL)
    return None
