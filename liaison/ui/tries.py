"""Wrong passphrases are counted over restarts too: after five, a minute's wait. No secret is kept, only numbers."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from pathlib import Path

TRIES = 5
WAIT_SECONDS = 60
FILE = "tries.json"


class Tries:
    """The wrong tries at one store on this machine. ``now`` is the wall clock, since a restart ends every other."""

    def __init__(self, config: Path | None, store: Path, *, now: Callable[[], float] = time.time) -> None:
        self._file = config / FILE if config is not None else None
        self._name = hashlib.sha256(str(store.absolute()).encode()).hexdigest()[:16]
        self.now = now
        self.wrong, self._until = 0, 0.0
        self._read()

    def _read(self) -> None:
        try:
            found = json.loads(self._file.read_text(encoding="utf-8")) if self._file is not None else {}
            mine = found.get(self._name, {})
            self.wrong, self._until = int(mine.get("wrong", 0)), float(mine.get("until", 0))
        except (OSError, ValueError, TypeError, AttributeError):
            self.wrong, self._until = 0, 0.0

    def seconds_left(self) -> int:
        """How long to wait still; never more than a whole wait, even if the clock was set back."""
        return max(0, min(WAIT_SECONDS, round(self._until - self.now())))

    def failed(self) -> None:
        """One more wrong try; the fifth begins a wait."""
        self.wrong += 1
        if self.wrong >= TRIES:
            self.wrong, self._until = 0, self.now() + WAIT_SECONDS
        self._write()

    def opened(self) -> None:
        """The right passphrase: nothing is held against anybody."""
        if self.wrong or self._until:
            self.wrong, self._until = 0, 0.0
            self._write()

    def _write(self) -> None:
        if self._file is None:
            return
        try:
            found = json.loads(self._file.read_text(encoding="utf-8"))
            known = dict(found)
        except (OSError, ValueError, TypeError):
            known = {}
        known.pop(self._name, None)
        if self.wrong or self._until > self.now():
            known[self._name] = {"wrong": self.wrong, "until": self._until}
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._file.write_text(json.dumps(known), encoding="utf-8")
