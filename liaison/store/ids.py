"""Keys of records: time-sorted 63-bit numbers that two laptops cannot both hand out.

41 bits of milliseconds since 2020-01-01 UTC, 12 bits of counter, 10 bits of device. A block of n keys is
``lo, lo + STEP, lo + 2 * STEP, …``, so the span between its ends also holds keys of other devices: whoever uses a span
must check ``(key - lo) % STEP == 0``.
"""

from __future__ import annotations

import datetime as dt
import secrets
import threading
from collections.abc import Callable

from liaison.domain.errors import Unavailable
from liaison.i18n import N_

CLOCK_WRONG = N_("The computer's clock says {moment}. Set it right, then try again; nothing was written.")

Clock = Callable[[], dt.datetime]
"""Tells the moment, always with a time zone."""

STEP = 1 << 10
"""The distance between two keys of one device."""

_COUNTER_BITS = 12
LAST_YEAR = 2079
"""Keys of 41 bits end in 2089; ten years are left for a store that was once written under a clock set ahead."""
_START = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
_MS = dt.timedelta(milliseconds=1)


def utc_now() -> dt.datetime:
    """The machine's clock."""
    return dt.datetime.now(dt.UTC)


def new_device() -> int:
    """A device number drawn by lot when a store is made."""
    return secrets.randbelow(STEP)


class IdGen:
    """Hands out keys, increasing within a store even where the clock stands still or is set back.

    ``after`` is the highest key handed out before (a store opened with ``--as-of`` starts behind it). Thread-safe.
    """

    def __init__(self, device: int, clock: Clock, *, after: int = 0) -> None:
        if not 0 <= device < STEP:
            raise ValueError("a device number has ten bits")
        self.device = device
        self._clock = clock
        self._last = after // STEP
        self._lock = threading.Lock()

    @property
    def last(self) -> int:
        """The highest key handed out so far."""
        return self._last * STEP + self.device

    def one(self) -> int:
        """The next key."""
        return self.block(1).start

    def block(self, count: int) -> range:
        """``count`` keys in a row: ``lo, lo + STEP, …``."""
        if count < 1:
            raise ValueError("a block holds at least one key")
        with self._lock:
            first = max(self._ticks(), self._last + 1)
            self._last = first + count - 1
        low = first * STEP + self.device
        return range(low, low + count * STEP, STEP)

    def skip_to(self, key: int) -> None:
        """Never hand out this key or an earlier one again."""
        with self._lock:
            self._last = max(self._last, key // STEP)

    def _ticks(self) -> int:
        now = self._clock()
        if now.year > LAST_YEAR:
            # Keys only ever grow: one written under such a clock would use up those of all years before it.
            raise Unavailable(CLOCK_WRONG, moment=now)
        return max((now - _START) // _MS, 0) << _COUNTER_BITS


def moment_of(key: int) -> dt.datetime:
    """About when a key was handed out."""
    return _START + (key // STEP >> _COUNTER_BITS) * _MS
