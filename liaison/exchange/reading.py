"""Reading a file without trusting it: a child process with limits does the reading, what it says is checked here.

    with opened_list(path, password=None) as reading:
        for sheet in reading.sheets():
            for number, row in sheet.rows(): ...

Rows stream through a pipe in packets, so that a list of 200,000 rows never stands in memory twice. Cells are ``""``,
text, numbers, ``bool`` or ``datetime.date``. Raises :class:`Refused` with a cure, or :class:`Unavailable`.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from liaison.exchange import limits
from liaison.exchange.refusals import FileRefusal, refuse, unreadable
from liaison.exchange.sheet_notes import SheetNotes

Cell = str | int | float | bool | dt.date
Row = list[Cell]

_MAX_LINE = 64 << 20
UNAVAILABLE = "UNAVAILABLE"
"""Said by the child where the file is in the way, not what is in it."""

_GRACE_SECONDS = 30
"""Added to the processor seconds of the child before it is ended from outside: a busy machine is no offence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFacts:
    """What is known about a sheet beside its rows. ``last_row`` is the last its format can hold; 0 for text."""

    name: str = ""
    last_row: int = 0
    is_1904: bool = False
    notes: SheetNotes = field(default_factory=SheetNotes)


class Sheet:
    """One visible sheet: what is known about its cells, and its rows, readable once and in order."""

    def __init__(self, reading: Reading, body: dict[str, Any]) -> None:
        self.facts = _checked_facts(body)
        self.name, self.notes, self.is_1904 = self.facts.name, self.facts.notes, self.facts.is_1904
        self._reading = reading

    def rows(self) -> Iterator[tuple[int, Row]]:
        """Row numbers from 1 and their cells; an empty row has none."""
        number = 0
        for kind, body in self._reading.messages_of_sheet():
            if kind == "blank":
                for _ in range(_checked_count(body)):
                    number += 1
                    yield number, []
                continue
            if type(body) is not list:
                raise _Untrue
            for row in body:
                number += 1
                yield number, _checked_row(row)


class Reading:
    """A file being read by a child process."""

    def __init__(self, path: Path, process: subprocess.Popen[bytes], watch: _Watch) -> None:
        assert process.stdout is not None
        self.file = path.name
        self.format = self.sha256 = ""
        self.size = 0
        self.hidden: list[str] = []
        """Names of hidden sheets, which are left alone."""
        self._process, self._watch = process, watch
        self._lines: IO[bytes] = process.stdout
        self._ahead: tuple[str, Any] | None = None
        self._is_done = False

    def sheets(self) -> Iterator[Sheet]:
        """The visible sheets in their order. Rows of one that were not asked for are read over."""
        while (message := self._next()) is not None:
            kind, body = message
            if kind == "sheet":
                yield Sheet(self, body)

    def messages_of_sheet(self) -> Iterator[tuple[str, Any]]:
        """What follows until the next sheet."""
        while (message := self._next()) is not None:
            if message[0] not in ("rows", "blank"):
                self._ahead = message
                return
            yield message

    def _next(self) -> tuple[str, Any] | None:
        if self._ahead is not None:
            message, self._ahead = self._ahead, None
            return message
        while not self._is_done:
            kind, body = self._message()
            match kind:
                case "done":
                    self._is_done = True
                case "refused":
                    raise self._refusal(body)
                case "file":
                    self._take_facts(body)
                case "hidden":
                    self.hidden.append(str(body))
                case "sheet" | "rows" | "blank":
                    return kind, body
                case _:
                    raise refuse(FileRefusal.CHILD_LOST, self.file)
        return None

    def _message(self) -> tuple[str, Any]:
        with self._watch:
            line = self._lines.readline(_MAX_LINE)
        if not line.endswith(b"\n"):
            raise refuse(self._why_lost(), self.file)
        try:
            message = json.loads(line)
            ((kind, body),) = message.items()
        except (ValueError, AttributeError) as error:
            raise refuse(FileRefusal.CHILD_LOST, self.file) from error
        return kind, body

    def _take_facts(self, body: Any) -> None:
        try:
            self.format, self.sha256, self.size = str(body["format"]), str(body["sha256"]), int(body["size"])
        except (ValueError, TypeError, KeyError) as error:
            raise _Untrue from error

    def _refusal(self, body: Any) -> Exception:
        try:
            if body["code"] == UNAVAILABLE:
                return unreadable(self.file)
            values = {str(k): v for k, v in body["values"].items()}
            if "sheet" in values:
                values["sheet"] = values["sheet"] or self.file
            return refuse(FileRefusal(body["code"]), self.file, **values)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise _Untrue from error

    def _why_lost(self) -> FileRefusal:
        """What the child's end says: over its processor time, out of memory, or broken by the file."""
        status = self._process.wait(timeout=_GRACE_SECONDS)
        if sys.platform != "win32":
            import signal

            if status in (-signal.SIGXCPU, -signal.SIGKILL):
                return FileRefusal.TOO_SLOW
            if status == -signal.SIGABRT:
                return FileRefusal.TOO_BIG
        return FileRefusal.CHILD_LOST


class _Untrue(ValueError):
    """The child sent something a reader of lists does not send."""


def _checked_facts(body: Any) -> SheetFacts:
    try:
        return SheetFacts(
            name=str(body["name"]),
            last_row=int(body["last_row"]),
            is_1904=bool(body["is_1904"]),
            notes=SheetNotes.from_json(body),
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise _Untrue from error


def _checked_count(body: object) -> int:
    if not isinstance(body, int) or not 0 < body <= limits.MAX_ROWS:
        raise _Untrue
    return body


_PLAIN = frozenset({str, int, float, bool})
_CELLS = _PLAIN | {list}


def _checked_row(row: Any) -> Row:
    """A row as the child sent it, dates made dates. The child is not trusted, so shapes are checked again."""
    if type(row) is not list or len(row) > limits.MAX_COLUMNS:
        raise _Untrue
    kinds = set(map(type, row))
    if not kinds <= _PLAIN:
        if not kinds <= _CELLS:
            raise _Untrue
        return [_date_or_time(cell) if type(cell) is list else cell for cell in row]
    return row


def _date_or_time(cell: list[Any]) -> Cell:
    try:
        kind, text = cell
        return _date(text) if kind == "d" else str(text)
    except (ValueError, TypeError) as error:
        raise _Untrue from error


_DATES: dict[str, dt.date] = {}


def _date(text: str) -> dt.date:
    day = text[:10]
    if day not in _DATES:
        _DATES[day] = dt.date.fromisoformat(day)
    return _DATES[day]


@contextlib.contextmanager
def opened_list(path: Path, *, password: str | None = None) -> Iterator[Reading]:
    """Open a file in a child process, which is gone when the block ends. Refuses what cannot be read as a list."""
    try:
        size = path.stat().st_size
        with path.open("rb"):
            pass
    except OSError as error:
        raise unreadable(path.name) from error
    if size == 0:
        raise refuse(FileRefusal.EMPTY, path.name)
    process = _child()
    # Three times by the clock what it may take of the processor: on a busy laptop it gets only a share.
    watch = _Watch(process, 3 * limits.seconds_for(size) + _GRACE_SECONDS)
    try:
        _ask(process, path, password)
        yield Reading(path, process, watch)
    except _Untrue as error:
        raise refuse(FileRefusal.CHILD_LOST, path.name) from error
    finally:
        watch.stop()
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _child() -> subprocess.Popen[bytes]:
    package = Path(__file__).resolve().parent.parent.parent
    kept = {
        k: v for k, v in os.environ.items() if k.upper() in ("PATH", "SYSTEMROOT", "TEMP", "TMP", "LD_LIBRARY_PATH")
    }
    return subprocess.Popen(
        [sys.executable, "-B", "-X", "utf8", "-m", "liaison.exchange.reader"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**kept, "PYTHONPATH": os.pathsep.join([str(package), *filter(None, sys.path)])},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _ask(process: subprocess.Popen[bytes], path: Path, password: str | None) -> None:
    """Hand over path and password through the pipe: arguments can be seen by other programs."""
    assert process.stdin is not None
    with contextlib.suppress(BrokenPipeError), process.stdin:
        process.stdin.write(json.dumps({"path": str(path.resolve()), "password": password}).encode() + b"\n")


class _Watch:
    """Ends a child that keeps us waiting too long, also where the system has no processor limit."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        self._stopped = threading.Event()
        self._process, self._seconds = process, seconds
        self._waiting_since: float | None = None
        self._thread = threading.Thread(target=self._look, name="list-reader-watch", daemon=True)
        self._thread.start()

    def __enter__(self) -> None:
        self._waiting_since = time.monotonic()

    def __exit__(self, *_: object) -> None:
        self._waiting_since = None

    def _look(self) -> None:
        while not self._stopped.wait(1.0):
            since = self._waiting_since
            if since is not None and time.monotonic() - since > self._seconds:
                self._process.kill()
                return

    def stop(self) -> None:
        """No longer needed."""
        self._stopped.set()
        self._thread.join()
