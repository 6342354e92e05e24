"""Backups: one zip of store, key file and list of contents, each opened again and counted before it counts.

The database is copied online into a keyed file, so that nobody waits and nothing lies in clear. Attached files
never change, so each is copied once into ``attachments`` beside the zips. A backup is restored into a new folder,
never over a store. Schedule and thinning: ``security`` 4.7.
"""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from liaison.domain.errors import Locked, Refused, Unavailable
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.store import backup_manifest as manifests
from liaison.store import vault
from liaison.store.backup_manifest import BAD_BACKUP, Manifest
from liaison.store.durable import DISK_FULL, disk_trouble, put_in_place, sync_file
from liaison.store.engine import connect, database_trouble
from liaison.store.ids import Clock, utc_now
from liaison.store.journal_tables import ActionKind
from liaison.store.schema import Schema, liaison_schema
from liaison.store.vault import Head, Opened

if TYPE_CHECKING:
    from liaison.store.store import Store

EVERY = dt.timedelta(minutes=30)
PREFIX = "liaison-"
_STAMP = "%Y%m%d-%H%M%S"
_STORE, _KEYS, _LIST = "store.db", vault.FILE_NAME, "manifest.json"
_LARGEST_LIST = 64 * 1024 * 1024
_ROOM_FACTOR = 3

FOLDER_TAKEN = N_(
    "There is something in this folder already. Choose a new or empty folder; a restore never overwrites."
)
RESTORED = N_("Restore a backup")


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A backup file that was opened again and found whole."""

    path: Path
    made_at: dt.datetime
    head: Head
    rows: int
    attachments: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What came back. ``missing`` are attached files that no longer lie beside the backup."""

    folder: Path
    made_at: dt.datetime
    rows: int
    missing: tuple[str, ...]


def back_up(store: Store, *, to: Path | None = None) -> Backup:
    """Make and verify a backup now, in the store's own folder or in another (a stick, a network drive)."""
    store.note_head()
    return back_up_file(store.folder, store.opened, now=store.clock(), schema=store.schema, to=to)


def back_up_if_due(store: Store, *, is_closing: bool = False) -> Backup | None:
    """Make a backup where something changed since the newest one, every 30 minutes of use and when closing."""
    last = newest(store.folder / "backups", store.opened)
    if last is not None:
        with store.read() as session:
            from liaison.store.journal import head

            unchanged = head(session.connection()) == last.head
        # A backup "from the future" was made while the clock was wrong: it says nothing about today.
        is_recent = dt.timedelta(0) <= store.clock() - last.made_at < EVERY
        if unchanged or (is_recent and not is_closing):
            return None
    return back_up(store)


def back_up_file(folder: Path, opened: Opened, *, now: dt.datetime, schema: Schema, to: Path | None = None) -> Backup:
    """Back up a store that is not open (before a migration), or that is; old backups are thinned only afterwards."""
    target = to or folder / "backups"
    with disk_trouble():
        target.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(target).free < _ROOM_FACTOR * (folder / _STORE).stat().st_size:
            raise Unavailable(DISK_FULL)
        with _workplace(target) as work:
            manifest = _copy_store(folder, opened, work, now=now, schema=schema)
            zipped = _zip(work, target)
            _check(zipped, opened, work / "again", manifest)
            _copy_attachments(folder / "attachments", target / "attachments", manifest)
            final = _free_name(target, now)
            put_in_place(zipped, final)
        thin(target, now=now)
    return _described(final, manifest)


def newest(folder: Path, opened: Opened) -> Backup | None:
    """The newest backup whose list of contents is this store's and whole; None where there is none."""
    for path in sorted(folder.glob(f"{PREFIX}*.zip"), reverse=True):
        try:
            return _described(path, manifests.read(_member(path, _LIST), opened.keys))
        except (Locked, Unavailable):
            continue
    return None


def listed(folder: Path) -> list[tuple[Path, dt.datetime, int]]:
    """Backups in a folder by their names, newest first, with when each was made and its bytes; none is opened."""
    made = [(path, moment, path.stat().st_size) for path in folder.glob(f"{PREFIX}*.zip") if (moment := _made_at(path))]
    return sorted(made, key=lambda found: (found[1], found[0].name), reverse=True)


def verify_backup(path: Path, opened: Opened) -> Backup:
    """Open a backup again and count; raises ``Locked`` for anything but a whole backup of this store."""
    with tempfile.TemporaryDirectory(prefix="liaison-") as work:
        manifest = manifests.read(_member(path, _LIST), opened.keys)
        _check(path, opened, Path(work), manifest)
    return _described(path, manifest)


def restore(
    path: Path,
    to: Path,
    *,
    passphrase: str | None = None,
    recovery_code: str | None = None,
    clock: Clock = utc_now,
    schema: Schema | None = None,
) -> Restored:
    """Bring a backup back as a store in a new folder, after checking all of it. The journal keeps the restore.

    Raises ``Refused`` where the folder is taken, ``Locked`` for a wrong passphrase or a backup that is not whole.
    """
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise Refused([Problem(code="folder_taken", message=FOLDER_TAKEN, field="to")])
    opened = vault.unlock(vault.from_bytes(_member(path, _KEYS)), passphrase=passphrase, recovery_code=recovery_code)
    manifest = manifests.read(_member(path, _LIST), opened.keys)
    with disk_trouble():
        to.parent.mkdir(parents=True, exist_ok=True)
        with _workplace(to.parent) as work:
            _check(path, opened, work, manifest)
            (work / _KEYS).write_bytes(_member(path, _KEYS))
            missing = _bring_attachments(path.parent / "attachments", work / "attachments", manifest)
            (work / "backups").mkdir()
            for name in (_STORE, _KEYS):
                sync_file(work / name)
            if to.exists():
                to.rmdir()
            put_in_place(work, to)
    _note_restore(to, opened, clock=clock, schema=schema or liaison_schema())
    return Restored(folder=to, made_at=manifest.made_at, rows=sum(manifest.counts.values()), missing=missing)


def _note_restore(folder: Path, opened: Opened, *, clock: Clock, schema: Schema) -> None:
    from liaison.store.lock import StoreLock
    from liaison.store.opening import open_unlocked

    lock = StoreLock(folder)
    try:
        store = open_unlocked(folder, opened, lock=lock, clock=clock, schema=schema)
    except BaseException:
        lock.release()
        raise
    with store, store.write(RESTORED, kind=ActionKind.RESTORE):
        pass


def thin(folder: Path, *, now: dt.datetime) -> list[Path]:
    """Remove backups that are no longer needed; returns them. Only ever called after a new one was verified."""
    made = {path: moment for path in folder.glob(f"{PREFIX}*.zip") if (moment := _made_at(path)) is not None}
    removed = sorted(made.keys() - kept_backups(made, now=now))
    for path in removed:
        path.unlink()
    return removed


def kept_backups(made: dict[Path, dt.datetime], *, now: dt.datetime) -> set[Path]:
    """All of two days, then the newest of each of 14 days, 8 weeks and 12 months."""
    newest_first = sorted(made, key=lambda p: (made[p], p.name), reverse=True)
    kept = {p for p in newest_first if now - made[p] <= dt.timedelta(days=2)}
    for form, most in (("%Y-%j", 14), ("%G-%V", 8), ("%Y-%m", 12)):
        first_of: dict[str, Path] = {}
        for path in newest_first:
            first_of.setdefault(made[path].strftime(form), path)
        kept.update(list(first_of.values())[:most])
    return kept


@contextmanager
def _workplace(folder: Path) -> Iterator[Path]:
    """A folder on the same disk that goes away whatever happens, unless it was renamed into place."""
    work = Path(tempfile.mkdtemp(prefix=".making-", dir=folder))
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _copy_store(folder: Path, opened: Opened, work: Path, *, now: dt.datetime, schema: Schema) -> Manifest:
    from liaison.store.store import file_key

    key = file_key(opened)
    with database_trouble():
        source = connect(folder / _STORE, key, read_only=True)
        copy = connect(work / _STORE, key, wal=False)
        try:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE").fetchall()
            manifest = manifests.of_file(copy, opened, now=now, metadata=schema.metadata)
        finally:
            copy.close()
            source.close()
    envelope = vault.sealed_envelope(vault.with_head(opened.envelope, manifest.head), opened.keys)
    (work / _KEYS).write_bytes(vault.to_bytes(envelope))
    (work / _LIST).write_bytes(manifests.to_bytes(manifest, opened.keys))
    return manifest


def _zip(work: Path, target: Path) -> Path:
    """Stored, not compressed: what is encrypted does not get smaller."""
    zipped = work / "backup.zip"
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_STORED, allowZip64=True) as file:
        for name in (_STORE, _KEYS, _LIST):
            file.write(work / name, name)
    sync_file(zipped)
    (work / _STORE).unlink()
    return zipped


def _check(path: Path, opened: Opened, work: Path, manifest: Manifest) -> None:
    """Take the store out of the zip into ``work`` and hold everything against the list of contents."""
    from liaison.store.store import file_key

    if manifest.store_id != opened.envelope.store_id:
        raise Locked(BAD_BACKUP)
    work.mkdir(exist_ok=True)
    _take_out(path, work / _STORE)
    envelope = vault.from_bytes(_member(path, _KEYS))
    vault.check_envelope(envelope, opened.keys)
    if envelope.head != manifest.head:
        raise Locked(BAD_BACKUP)
    try:
        copy = connect(work / _STORE, file_key(opened), wal=False)
    except Locked as error:
        raise Locked(BAD_BACKUP) from error
    try:
        manifests.check_file(copy, manifest)
    finally:
        copy.close()


def _take_out(path: Path, to: Path) -> None:
    with _reading(path) as file, file.open(_STORE) as packed, to.open("wb") as plain:
        shutil.copyfileobj(packed, plain, 1024 * 1024)


def _member(path: Path, name: str) -> bytes:
    with _reading(path) as file:
        if file.getinfo(name).file_size > _LARGEST_LIST:
            raise Locked(BAD_BACKUP)
        return file.read(name)


@contextmanager
def _reading(path: Path) -> Iterator[zipfile.ZipFile]:
    """A backup's zip; whatever is wrong with it as a zip is one sentence."""
    import zlib

    try:
        with zipfile.ZipFile(path) as file:
            yield file
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise Locked(BAD_BACKUP) from error
    except FileNotFoundError as error:
        raise Unavailable(manifests.NO_BACKUP) from error


def _copy_attachments(source: Path, target: Path, manifest: Manifest) -> None:
    """Each file once: they never change. One that is missing already is told by ``check``, not here."""
    target.mkdir(exist_ok=True)
    for name in manifest.attachments:
        if (source / name).is_file() and not (target / name).is_file():
            _copy_whole(source / name, target / name)


def _bring_attachments(source: Path, target: Path, manifest: Manifest) -> tuple[str, ...]:
    target.mkdir()
    for name in manifest.attachments:
        if (source / name).is_file():
            _copy_whole(source / name, target / name)
    return tuple(n for n in manifest.attachments if not (target / n).is_file())


def _copy_whole(source: Path, target: Path) -> None:
    ready = target.with_name(f".{target.name}")
    shutil.copyfile(source, ready)
    sync_file(ready)
    put_in_place(ready, target)


def _free_name(folder: Path, now: dt.datetime) -> Path:
    stamp = now.astimezone(dt.UTC).strftime(_STAMP)
    names = (f"{PREFIX}{stamp}{'' if n == 1 else f'-{n}'}.zip" for n in range(1, 10_000))
    return next(folder / name for name in names if not (folder / name).exists())


def _made_at(path: Path) -> dt.datetime | None:
    stamp = path.stem.removeprefix(PREFIX)[:15]
    try:
        return dt.datetime.strptime(stamp, _STAMP).replace(tzinfo=dt.UTC)
    except ValueError:
        return None


def _described(path: Path, manifest: Manifest) -> Backup:
    return Backup(
        path=path,
        made_at=manifest.made_at,
        head=manifest.head,
        rows=sum(manifest.counts.values()),
        attachments=manifest.attachments,
    )
