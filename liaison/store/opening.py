"""Making a store and opening one; every way in which that fails is a sentence with its cure."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from liaison.domain.errors import Locked, Refused
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.store import migrate, vault
from liaison.store.durable import disk_trouble, put_in_place, sync_file
from liaison.store.engine import DAMAGED, database_trouble, writer_engine
from liaison.store.ids import Clock, IdGen, new_device, utc_now
from liaison.store.journal_tables import ActionKind
from liaison.store.kdf import Kdf, fitting
from liaison.store.lock import StoreLock
from liaison.store.outgoing import settle
from liaison.store.schema import Schema, liaison_schema
from liaison.store.store import ATTACHMENTS, BACKUPS, STORE_FILE, Store, file_key
from liaison.store.vault import Officer, Opened

_UNFINISHED = ".new-store.db"

STORE_EXISTS = N_("There is a store in this folder already. Open it, or choose an empty folder for a new one.")
KEYS_MISSING = N_(
    "The key file keys.json is missing beside the store. Copy it from your newest backup into the store's folder; "
    "without it nobody can open the store."
)
FILE_MISSING = N_("The store file is missing from this folder. Restore the newest backup into a new folder.")
NAME_MISSING = N_("Type the officer's name.")
MADE = N_("Make the store")


def create_store(
    folder: Path, *, passphrase: str, officer: str, language: str = "id", clock: Clock = utc_now,
    kdf: Kdf | None = None, schema: Schema | None = None, device: int | None = None,
) -> tuple[Store, str]:  # fmt: skip
    """Make a store in an empty folder; returns it with its recovery code, which is shown once and never again.

    ``kdf`` is measured unless given (tests and samples give ``kdf.CHEAP``). Raises ``Refused`` where the folder holds a
    store or no name was given, ``Unavailable`` where it cannot be written.
    """
    if not officer.strip():
        raise Refused([Problem(code="officer_missing", message=NAME_MISSING, field="officer")])
    with disk_trouble():
        folder.mkdir(parents=True, exist_ok=True)
    if (folder / vault.FILE_NAME).exists() or (folder / STORE_FILE).exists():
        raise Refused([Problem(code="store_exists", message=STORE_EXISTS, field="folder")])
    lock = StoreLock(folder)
    try:
        return _create(
            folder, passphrase, officer.strip(), language=language, clock=clock, kdf=kdf or fitting(),
            schema=schema or liaison_schema(), device=new_device() if device is None else device, lock=lock,
        )  # fmt: skip
    except BaseException:
        lock.release()
        raise


def _create(
    folder: Path,
    passphrase: str,
    officer: str,
    *,
    language: str,
    clock: Clock,
    kdf: Kdf,
    schema: Schema,
    device: int,
    lock: StoreLock,
) -> tuple[Store, str]:
    envelope, keys = vault.new_envelope(device=device, language=language)
    who = Officer(id=IdGen(device, clock).one(), name=officer)
    envelope = vault.with_password(envelope, keys, passphrase, officer=who, kdf=kdf)
    envelope, code = vault.with_new_recovery_code(envelope, keys, kdf=kdf)
    opened = Opened(envelope=envelope, keys=keys, slot=envelope.slots[0])
    _make_file(folder / _UNFINISHED, opened, schema)
    written = vault.write_envelope(folder, envelope, keys)
    with disk_trouble():
        put_in_place(folder / _UNFINISHED, folder / STORE_FILE)
        for name in (ATTACHMENTS, BACKUPS):
            (folder / name).mkdir(exist_ok=True)
    store = Store(folder, Opened(envelope=written, keys=keys, slot=opened.slot), schema=schema, clock=clock, lock=lock)
    # The officer's key is older than the journal's first: keys made from now on must not repeat it.
    store.ids.skip_to(who.id)
    try:
        with store.write(MADE, kind=ActionKind.INIT):
            pass
    except BaseException:
        store.close()
        raise
    return store, code


def _make_file(path: Path, opened: Opened, schema: Schema) -> None:
    """The empty store, complete before it gets its name: a kill in between leaves nothing that looks like a store."""
    with disk_trouble():
        for leftover in path.parent.glob(f"{path.name}*"):
            leftover.unlink()
    engine = writer_engine(path, file_key(opened))
    try:
        with database_trouble():
            migrate.make(engine, schema)
            raw = engine.raw_connection()
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            raw.close()
    finally:
        engine.dispose()
    with disk_trouble():
        sync_file(path)


def open_store(
    folder: Path, passphrase: str | None = None, *, recovery_code: str | None = None, officer: str | None = None,
    clock: Clock = utc_now, schema: Schema | None = None, progress: Callable[[str], None] | None = None,
) -> Store:  # fmt: skip
    """Open a store with a passphrase (of ``officer``, or whoever's it is) or with the recovery code.

    An older store is brought up to date after a verified backup; ``progress`` hears of it. Raises ``Locked`` for a
    wrong passphrase, a store in use, newer, or damaged, ``Refused`` for a mistyped recovery code, ``Unavailable`` for
    the disk.
    """
    envelope = _look(folder)
    lock = StoreLock(folder)
    try:
        opened = vault.unlock(envelope, passphrase=passphrase, recovery_code=recovery_code, officer=officer)
        return open_unlocked(
            folder, opened, lock=lock, clock=clock, schema=schema or liaison_schema(), progress=progress
        )
    except BaseException:
        lock.release()
        raise


def open_unlocked(
    folder: Path,
    opened: Opened,
    *,
    lock: StoreLock,
    clock: Clock,
    schema: Schema,
    progress: Callable[[str], None] | None = None,
) -> Store:
    """Open a store whose data key is known, under a lock that is held."""
    path = folder / STORE_FILE
    if not path.exists() and (folder / _UNFINISHED).exists():
        with disk_trouble():
            put_in_place(folder / _UNFINISHED, path)
    if not path.exists():
        raise Locked(FILE_MISSING)
    if path.stat().st_size == 0:  # SQLite would take it for a store without tables
        raise Locked(DAMAGED)
    writer = writer_engine(path, file_key(opened))  # one for all of it: each connection reads every trigger anew
    try:
        migrate.bring_up_to_date(writer, folder, opened, schema=schema, clock=clock, progress=progress)
        settle(folder, writer)
        return Store(folder, opened, schema=schema, clock=clock, lock=lock, writer=writer)
    except BaseException:
        writer.dispose()
        raise


def _look(folder: Path) -> vault.Envelope:
    if (folder / STORE_FILE).exists() and not (folder / vault.FILE_NAME).exists():
        raise Locked(KEYS_MISSING)
    return vault.read_envelope(folder)
