"""The only way from the window to the store: work runs on threads, one signal brings the answer back.

One thread writes, two read, one does long work that needs no session (reading a workbook, drawing a PDF). Each has its
own connection, which the store gives it through ``store.write`` and ``store.read``. No widget is ever touched off the
window's thread: ``done``, ``refused`` and ``failed`` are called on it. Stale reads are interrupted and their answers
dropped, and so are answers to an owner that has been closed. Exceptions are sorted here, once, and nowhere else.
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from typing import Any, Protocol, cast

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from liaison.domain.errors import Conflict, Locked, Refused, Unavailable
from liaison.domain.problems import Problem
from liaison.ui.hub import Hub

Done = Callable[[Any], object]
RefusedBy = Callable[[tuple[Problem, ...]], object]
Failed = Callable[["Trouble"], object]


class Store(Protocol):
    """What the runner needs of a store; sessions are opened and closed on the thread that uses them."""

    def write(self, title: str, *, kind: str = ..., reason: str | None = ...) -> AbstractContextManager[Any]:
        """One action in one transaction."""
        ...

    def read(self) -> AbstractContextManager[Any]:
        """A read-only look at one moment."""
        ...


class Sort(StrEnum):
    """Whose turn it is after something went wrong."""

    REFUSED = "refused"
    CONFLICT = "conflict"
    LOCKED = "locked"
    UNAVAILABLE = "unavailable"
    BUG = "bug"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """An exception, sorted. ``error`` has a ``text(language)`` unless it is a bug."""

    sort: Sort
    error: BaseException


def sort_out(error: BaseException) -> Trouble:
    """Which family an exception belongs to."""
    for family, sort in (
        (Refused, Sort.REFUSED),
        (Conflict, Sort.CONFLICT),
        (Locked, Sort.LOCKED),
        (Unavailable, Sort.UNAVAILABLE),
    ):
        if isinstance(error, family):
            return Trouble(sort=sort, error=error)
    return Trouble(sort=Sort.BUG, error=error)


@dataclass(slots=True, kw_only=True, eq=False)
class _Job:
    """One piece of work on its way out and back."""

    work: Callable[[_Job], object]
    owner: weakref.ref[QObject]
    done: Done | None
    refused: RefusedBy | None
    failed: Failed | None
    key: object = None
    generation: int = 0
    writes: bool = False
    saves: bool = False
    """Whether a change reached the disk although the answer names none."""
    answer: object = None
    trouble: Trouble | None = None
    asks: object = None
    """What a write does and with what, to know the same press a second time."""
    dropped: bool = False
    interrupt: Callable[[], None] | None = None
    guard: threading.Lock = field(default_factory=threading.Lock)

    def drop(self) -> None:
        """Nobody wants the answer any more: stop the query if it is running."""
        with self.guard:
            self.dropped = True
            if self.interrupt is not None:
                self.interrupt()


class _Here:
    """Stands in for a thread pool and runs the work at once, for tests."""

    def submit(self, work: Callable[[], None]) -> None:
        work()

    def shutdown(self, *, wait: bool = True, cancel_futures: bool = False) -> None:
        """Nothing to stop."""


class Runner(QObject):
    """Runs service functions off the window's thread. One per program."""

    _answered = Signal(object)
    trouble = Signal(object)
    """A :class:`Trouble` that nobody took; the error boundary shows it."""
    saved = Signal()

    def __init__(self, hub: Hub, store: Store | None = None) -> None:
        super().__init__()
        self.hub = hub
        self.store = store
        self._writer: Any = None
        self._readers: Any = None
        self._workers: Any = None
        self._at_once = False
        self._is_let_go = False
        self._generations: dict[tuple[int, object], int] = {}
        self._running: set[_Job] = set()
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @classmethod
    def at_once(cls, store: Store | None = None, hub: Hub | None = None) -> Runner:
        """A runner that does everything before it returns, for tests."""
        runner = cls(hub or Hub(), store)
        runner._at_once = True
        runner._writer = runner._readers = runner._workers = _Here()
        return runner

    # what pages call

    def write(
        self,
        title: str,
        function: Callable[..., Any],
        *args: object,
        owner: QObject,
        done: Done | None = None,
        refused: RefusedBy | None = None,
        failed: Failed | None = None,
        kind: str = "do",
        reason: str | None = None,
    ) -> None:
        """Do one action: ``function(session, *args)`` inside ``store.write(title)``.

        ``title`` is a marked English text without personal data. ``done`` gets the answer (a ``Changes``), after which
        every page hears ``hub.changed``; ``refused`` gets the problems; ``failed`` anything else. What nobody takes
        is shown by the error boundary. The very same action of the same owner, asked for again while it is under way
        (a double click, Enter held down), is done once.
        """
        asks = (_what(function), args)
        if any(job.writes and job.owner() is owner and job.asks == asks for job in self._running):
            return
        store = self._open()

        def work(_job: _Job) -> object:
            with store.write(title, kind=kind, reason=reason) as session:
                return function(session, *args)

        self._start(self._write_pool(), _Job(
            work=work, owner=weakref.ref(owner), done=done, refused=refused, failed=failed, writes=True,
            saves=True, asks=asks,
        ))  # fmt: skip

    def read(
        self,
        function: Callable[..., Any],
        *args: object,
        owner: QObject,
        done: Done,
        failed: Failed | None = None,
        key: object = None,
    ) -> None:
        """Look something up: ``function(session, *args)`` inside ``store.read``.

        A later read of the same owner and ``key`` makes this one stale: it is interrupted and its answer dropped. With
        no key the function itself is the key; reads that must all arrive take keys of their own. A page that still
        asks while the window locks gets no answer.
        """
        if self.store is None and self._is_let_go:
            return
        store = self._open()

        def work(job: _Job) -> object:
            with store.read() as session:
                _arm(job, session)
                try:
                    return function(session, *args)
                finally:
                    _disarm(job)

        job = _Job(work=work, owner=weakref.ref(owner), done=done, refused=None, failed=failed)
        self._supersede(job, owner, key if key is not None else _name_of(function))
        self._start(self._read_pool(), job)

    def work(
        self,
        function: Callable[..., Any],
        *args: object,
        owner: QObject,
        done: Done | None = None,
        refused: RefusedBy | None = None,
        failed: Failed | None = None,
        exclusive: bool = False,
    ) -> None:
        """Do something long without a session: ``function(*args)``. ``exclusive`` keeps all writes waiting meanwhile.

        An answer that is a ``Changes`` (undo, redo) is announced like that of a write.
        """
        job = _Job(
            work=lambda _job: function(*args), owner=weakref.ref(owner), done=done, refused=refused, failed=failed,
            writes=exclusive,
        )  # fmt: skip
        self._start(self._write_pool() if exclusive else self._work_pool(), job)

    def forget(self, owner: QObject) -> None:
        """Drop every read that this owner still waits for."""
        for job in tuple(self._running):
            if job.owner() is owner and not job.writes:
                job.drop()

    def let_go(self) -> Store | None:
        """Take the store away before it is closed: reads are dropped, writes already asked for still come first."""
        store, self.store = self.store, None
        self._is_let_go = True
        for job in tuple(self._running):
            if not job.writes:
                job.drop()
        return store

    def drain(self) -> None:
        """Let writes finish, drop everything else, stop the threads. Before the program ends."""
        self.let_go()
        for pool in (self._writer, self._readers, self._workers):
            if pool is not None:
                pool.shutdown(wait=True, cancel_futures=pool is not self._writer)
        if not self._at_once:
            self._writer = self._readers = self._workers = None

    @property
    def waiting(self) -> int:
        """How many pieces of work are under way."""
        return len(self._running)

    @property
    def is_saving(self) -> bool:
        """Whether an action is on its way to the disk."""
        return any(job.saves for job in self._running)

    # threads

    def _open(self) -> Store:
        if self.store is None:
            raise RuntimeError("the runner has no open store")
        return self.store

    def _write_pool(self) -> Any:
        if self._writer is None:
            self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="liaison-write")
        return self._writer

    def _read_pool(self) -> Any:
        if self._readers is None:
            self._readers = ThreadPoolExecutor(max_workers=2, thread_name_prefix="liaison-read")
        return self._readers

    def _work_pool(self) -> Any:
        if self._workers is None:
            self._workers = ThreadPoolExecutor(max_workers=1, thread_name_prefix="liaison-work")
        return self._workers

    def _supersede(self, job: _Job, owner: QObject, key: object) -> None:
        """Give a read its place in the order of its owner and key, and stop the one it replaces."""
        job.key = key
        place = (id(owner), key)
        job.generation = self._generations.get(place, 0) + 1
        self._generations[place] = job.generation
        for other in tuple(self._running):
            if other.key == key and other.owner() is owner:
                other.drop()

    def _start(self, pool: Any, job: _Job) -> None:
        self._running.add(job)

        def run() -> None:
            if not job.dropped:
                try:
                    job.answer = job.work(job)
                except Exception as error:  # noqa: BLE001 - sorted and delivered, never swallowed
                    job.trouble = sort_out(error)
            if self._at_once:
                self._deliver(job)
            else:
                self._answered.emit(job)

        future = pool.submit(run)
        if isinstance(future, Future):
            future.add_done_callback(lambda done: self._cancelled(job) if done.cancelled() else None)

    def _cancelled(self, job: _Job) -> None:
        job.dropped = True
        self._answered.emit(job)

    @Slot(object)
    def _deliver(self, job: object) -> None:
        """On the window's thread: hand the answer over, unless nobody is there to take it."""
        job = cast("_Job", job)
        self._running.discard(job)
        owner = job.owner()
        alive = owner is not None and isValid(owner)
        if job.trouble is None and job.writes:
            self._announce(job)
        if job.dropped or (not alive and not (job.writes and job.trouble)):
            return
        if job.key is not None and self._generations.get((id(owner), job.key)) != job.generation:
            return
        if job.trouble is not None:
            self._report(job, job.trouble, alive=alive)
        elif job.done is not None:
            job.done(job.answer)

    def _announce(self, job: _Job) -> None:
        changed = hasattr(job.answer, "touched")
        if changed:
            self.hub.changed.emit(job.answer)
        if changed or job.saves:
            self.saved.emit()

    def _report(self, job: _Job, trouble: Trouble, *, alive: bool) -> None:
        if self._at_once and trouble.sort is Sort.BUG:
            raise trouble.error
        if alive and isinstance(trouble.error, Refused) and job.refused is not None:
            job.refused(trouble.error.problems)
        elif alive and trouble.sort is not Sort.BUG and job.failed is not None:
            job.failed(trouble)
        else:
            self.trouble.emit(trouble)


def _what(function: Callable[..., object]) -> object:
    """What a write does, to be compared: a partial is made anew with every press and counts by what it holds."""
    return (_what(function.func), function.args, function.keywords) if isinstance(function, partial) else function


def _name_of(function: Callable[..., object]) -> object:
    return getattr(function, "__qualname__", function)


def _arm(job: _Job, session: Any) -> None:
    """Let a stale read be interrupted in the middle of its query, where the session's driver can do that."""
    connection = getattr(session, "connection", None)
    if connection is None:
        return
    driver = connection().connection.driver_connection
    stop = getattr(driver, "interrupt", None)
    with job.guard:
        job.interrupt = stop


def _disarm(job: _Job) -> None:
    with job.guard:
        job.interrupt = None
