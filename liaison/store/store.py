"""The store: one encrypted file, opened with a passphrase, written one action at a time.

::

    store = open_store(folder, passphrase, clock=utc_now)
    with store.write(N_("File claim")) as session:   # one action, one transaction, one line of the journal
        …
    with store.read() as session:                    # an unchanging view; cannot write
        …

Leaving ``write`` by an exception leaves nothing behind. Rows never leave their session.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from liaison.domain.errors import Conflict, Unavailable
from liaison.i18n import N_
from liaison.store import journal, undo, vault
from liaison.store.attachments import Attachments
from liaison.store.engine import FileKey, ReadInterrupted, database_trouble, reader_engine, writer_engine
from liaison.store.ids import Clock, IdGen
from liaison.store.journal import Fault, NewAction
from liaison.store.journal_tables import SYSTEM, ActionKind, Op
from liaison.store.kdf import Kdf
from liaison.store.lock import StoreLock
from liaison.store.outgoing import Outgoing
from liaison.store.schema import Schema
from liaison.store.search_bulk import index_rows
from liaison.store.summaries import count_blocks
from liaison.store.types import to_microseconds
from liaison.store.vault import Envelope, Head, Officer, Opened

STORE_FILE = "store.db"
ATTACHMENTS = "attachments"
BACKUPS = "backups"
HEAD_EVERY = 50
"""The journal's head is copied to ``keys.json`` at close, lock and backup, and after this many actions between."""

CHANGED_MEANWHILE = N_("Somebody changed this record meanwhile. Open it again, then repeat your change.")
UNDO = N_("Undo")
REDO = N_("Redo")


class Reading:
    """Lets another thread stop a read whose answer nobody waits for any more."""

    def __init__(self) -> None:
        self._connection: Any = None
        self._lock = threading.Lock()
        self.is_stopped = False

    def stop(self) -> None:
        """Interrupt the read; it ends with :class:`~liaison.store.engine.ReadInterrupted`."""
        with self._lock:
            self.is_stopped = True
            if self._connection is not None:
                self._connection.interrupt()

    def _begin(self, connection: sa.Connection) -> None:
        with self._lock:
            if self.is_stopped:
                raise ReadInterrupted
            self._connection = connection.connection.driver_connection

    def _end(self) -> None:
        with self._lock:
            self._connection = None


class Store:
    """An open store. Made by :func:`~liaison.store.opening.open_store` and ``create_store``; close it when done."""

    def __init__(
        self, folder: Path, opened: Opened, *, schema: Schema, clock: Clock, lock: StoreLock,
        writer: sa.Engine | None = None,
    ) -> None:  # fmt: skip
        self.folder = folder
        self.schema = schema
        self.clock = clock
        self._opened = opened
        self._lock = lock
        key = file_key(opened)
        self._writer = writer or writer_engine(folder / STORE_FILE, key)
        self._reader = reader_engine(folder / STORE_FILE, key)
        self._journal_key = opened.keys.derived("journal")
        self._this_thread = threading.local()
        self._readings: set[Reading] = set()
        self._envelope_lock = threading.RLock()
        self._since_head = 0
        self._is_closed = False
        with self._writer.connect() as connection:
            after = journal.last_key(connection)
        self.ids = IdGen(opened.envelope.device, clock, after=after)

    # who and what

    @property
    def envelope(self) -> Envelope:
        """What ``keys.json`` says now."""
        return self._opened.envelope

    @property
    def officer(self) -> Officer | None:
        """Whose slot opened the store; with the recovery code, the first officer's."""
        return self._opened.slot.officer or next(iter(self.envelope.officers), None)

    @property
    def opened(self) -> Opened:
        """The envelope with the data key, for backups."""
        return self._opened

    @property
    def keys(self) -> vault.Keys:
        """Keys derived from the data key, for attachments and backups."""
        return self._opened.keys

    @cached_property
    def attachments(self) -> Attachments:
        """The encrypted files of the cases."""
        key = self.keys.derived("attachments")
        return Attachments(self.folder / ATTACHMENTS, store_id=self.envelope.store_id, key=key)

    # writing and reading

    @contextmanager
    def write(
        self, title: str, *, kind: ActionKind | str = ActionKind.DO, reason: str | None = None, by_system: bool = False,
        undoes: int | None = None,
    ) -> Iterator[Session]:  # fmt: skip
        """One action: all of it is saved and journaled, or nothing.

        ``title`` is a marked sentence without any person's data. ``by_system`` names no officer: time alone did it.
        Raises ``Conflict`` where a record was changed meanwhile, ``Unavailable`` where the disk is full or fails.
        """
        if getattr(self._this_thread, "writes", False):
            raise RuntimeError("journal: an action is open on this thread")
        self._this_thread.writes = True
        outgoing: Outgoing | None = None
        try:
            with database_trouble(), self._writer.connect() as connection, connection.begin():
                action = self._new_action(
                    title, kind=ActionKind(kind), reason=reason, by_system=by_system, undoes=undoes
                )
                first = journal.begin(connection, action)
                with self._session(connection, action) as session:
                    outgoing = session.info["outgoing"] = Outgoing(self.folder, action.id)
                    yield session
                    session.flush()
                    self._index_blocks(connection, action, first)
                    sealed = journal.seal(connection, action.id, key=self._journal_key, last_id=self.ids.last)
        except BaseException as error:
            if outgoing is not None:
                outgoing.drop()
            if isinstance(error, StaleDataError):
                raise Conflict(CHANGED_MEANWHILE) from error
            raise
        finally:
            self._this_thread.writes = False
        outgoing.hand_over()
        if sealed is not None:
            self._sealed_one_more()

    @contextmanager
    def read(self, reading: Reading | None = None) -> Iterator[Session]:
        """A view of the store that does not change while it is looked at, and that cannot write."""
        mine = reading or Reading()
        with database_trouble(), self._reader.connect() as connection, connection.begin():
            mine._begin(connection)
            self._readings.add(mine)
            try:
                with self._session(connection, None) as session:
                    yield session
            finally:
                self._readings.discard(mine)
                mine._end()

    def interrupt_reads(self) -> None:
        """Stop every read that is under way (lock, close)."""
        for reading in tuple(self._readings):
            reading.stop()

    def _new_action(
        self, title: str, *, kind: ActionKind, reason: str | None, by_system: bool, undoes: int | None
    ) -> NewAction:
        officer = None if by_system else self.officer
        return NewAction(
            id=self.ids.one(), kind=kind, title=title, actor=officer.name if officer else SYSTEM,
            officer_id=officer.id if officer else None, device=self.envelope.device,
            at_us=to_microseconds(self.clock()), reason=reason, undoes=undoes,
        )  # fmt: skip

    @contextmanager
    def _session(self, connection: sa.Connection, action: NewAction | None) -> Iterator[Session]:
        # rollback_only: a commit() inside an action commits nothing by itself.
        with Session(bind=connection, join_transaction_mode="rollback_only", autoflush=True) as session:
            officer = self.officer
            session.info.update(
                ids=self.ids, clock=self.clock, store=self, officer_id=officer.id if officer else None,
                actor=officer.name if officer else SYSTEM,
            )  # fmt: skip
            if action is not None:
                session.info.update(action_id=action.id, officer_id=action.officer_id, actor=action.actor)
            yield session

    def _index_blocks(self, connection: sa.Connection, action: NewAction, first: int) -> None:
        if action.kind is not ActionKind.IMPORT:
            return
        changes = journal.changes_between(connection, action.id, first, journal.END)
        blocks = [(c.table, range(c.row_id, c.after["hi"] + 1, c.after["step"])) for c in changes if c.op is Op.RANGE]
        if blocks:
            index_rows(connection, self.schema.subjects, blocks)
            count_blocks(connection, self.schema.summaries, blocks)

    # undo

    def undo(self, action_id: int, *, reason: str | None = None) -> int:
        """Take an action back as a new action, whose key is returned; the undo of an undo is a redo.

        Raises :class:`~liaison.domain.errors.Conflict` with one sentence naming the fields; then nothing was written.
        """
        with self.read() as session:
            undo.check_undoable(session.connection(), action_id)
            is_redo = undo.is_undo(session.connection(), action_id)
        title = REDO if is_redo else UNDO
        with self.write(title, kind=ActionKind.UNDO, reason=reason, undoes=action_id) as session:
            undo.take_back(session, action_id, self.schema)
            return int(session.info["action_id"])

    def verify(self) -> list[Fault]:
        """Walk the journal's chain, up to the head that ``keys.json`` knows; empty when nothing was tampered with."""
        with self.read() as session:
            return journal.verify(session.connection(), key=self._journal_key, known_head=self.envelope.head)

    # keys

    def change_passphrase(self, passphrase: str, *, officer: Officer | None = None, kdf: Kdf) -> None:
        """Wrap the data key under another passphrase of this officer; the store itself is not rewritten."""
        who = officer or self.officer
        if who is None:
            raise ValueError("a passphrase belongs to an officer")
        self._change_envelope(lambda e: vault.with_password(e, self.keys, passphrase, officer=who, kdf=kdf))

    def add_officer(self, name: str, passphrase: str, *, kdf: Kdf) -> Officer:
        """A slot for one more officer; the record of the officer takes the returned key."""
        officer = Officer(id=self.ids.one(), name=name)
        self.change_passphrase(passphrase, officer=officer, kdf=kdf)
        return officer

    def remove_officer(self, officer_id: int) -> None:
        """Take an officer's slot away; the last one stays (``ValueError``)."""
        self._change_envelope(lambda e: vault.without_officer(e, officer_id))

    def new_recovery_code(self, *, kdf: Kdf) -> str:
        """A fresh recovery code, shown once; the old paper opens nothing any more."""
        with self._envelope_lock:
            envelope, code = vault.with_new_recovery_code(self.envelope, self.keys, kdf=kdf)
            self._change_envelope(lambda _: envelope)
        return code

    def _change_envelope(self, change: Callable[[Envelope], Envelope]) -> None:
        # A backup in one thread notes the head while another thread changes a passphrase: neither may lose the other.
        with self._envelope_lock:
            written = vault.write_envelope(self.folder, change(self.envelope), self.keys)
            self._opened = Opened(envelope=written, keys=self.keys, slot=self._opened.slot)

    # the head outside the file

    def note_head(self) -> Head:
        """Copy the journal's head to ``keys.json``, so that a cut-off end shows."""
        with self.read() as session:
            newest = journal.head(session.connection())
        if newest != self.envelope.head:
            self._change_envelope(lambda e: vault.with_head(e, newest) if newest.number > e.head.number else e)
        self._since_head = 0
        return newest

    def _sealed_one_more(self) -> None:
        self._since_head += 1
        if self._since_head >= HEAD_EVERY:
            # The action is saved by now. A disk too full for the head is told by the next save or backup.
            with suppress(Unavailable):
                self.note_head()

    # the end

    def close(self) -> None:
        """Note the head, fold the write-ahead log into the file, let the lock go. Closing twice does no harm."""
        if self._is_closed:
            return
        self._is_closed = True
        try:
            self.interrupt_reads()
            self.note_head()
            self._checkpoint()
        finally:
            self._reader.dispose()
            self._writer.dispose()
            self._lock.release()

    def fold_log(self) -> None:
        """Fold the write-ahead log into the file, so that nothing erased stays in it either."""
        self._checkpoint()

    def _checkpoint(self) -> None:
        with database_trouble():
            raw = self._writer.raw_connection()
            try:
                raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                raw.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def file_key(opened: Opened) -> FileKey:
    """The raw key and salt of the store file."""
    return FileKey(key=opened.keys.derived("store"), salt=opened.envelope.db_salt)
