"""From a passphrase to a key: argon2id, slow on purpose, with limits checked before it runs."""

from __future__ import annotations

import os
import time
import unicodedata
from dataclasses import dataclass

from liaison.domain.errors import Locked, Unavailable
from liaison.i18n import N_

KEY_BYTES = 32
SALT_BYTES = 16
_MIB = 1024
_TIME = (1, 20)
_MEMORY_KIB = (8 * _MIB, 2048 * _MIB)
_LANES = (1, 16)
_TOO_SLOW_S = 1.5
_ENOUGH_MEMORY = 4 << 30

NO_MEMORY = N_("There is not enough free memory to open the store. Close other programs, then try again.")
STRANGE_SETTINGS = N_(
    "The key file keys.json is damaged: its settings are outside what this program uses. "
    "Copy keys.json from your newest backup, then try again."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kdf:
    """Settings of argon2id: passes, memory in KiB, lanes."""

    time: int = 3
    memory_kib: int = 256 * _MIB
    lanes: int = 4

    def check(self) -> None:
        """Refuse settings that weaken the key or would exhaust the machine; raises :class:`Locked`."""
        limits = ((self.time, _TIME), (self.memory_kib, _MEMORY_KIB), (self.lanes, _LANES))
        if not all(type(value) is int and low <= value <= high for value, (low, high) in limits):
            raise Locked(STRANGE_SETTINGS)

    def derive(self, secret: str, salt: bytes) -> bytes:
        """The 32-byte key of a passphrase, which is read in one Unicode form (NFC) whatever keyboard wrote it."""
        from argon2.exceptions import HashingError
        from argon2.low_level import Type, hash_secret_raw

        self.check()
        try:
            return hash_secret_raw(
                unicodedata.normalize("NFC", secret).encode("utf-8", "surrogatepass"), salt,
                time_cost=self.time, memory_cost=self.memory_kib, parallelism=self.lanes,
                hash_len=KEY_BYTES, type=Type.ID,
            )  # fmt: skip
        except (HashingError, MemoryError) as error:
            raise Unavailable(NO_MEMORY) from error


STRONG = Kdf()
MODEST = Kdf(memory_kib=64 * _MIB)
"""For machines that are slow or have little memory; never less than this for a real store."""
CHEAP = Kdf(time=1, memory_kib=8 * _MIB, lanes=1)
"""For tests and sample offices only."""


def fitting() -> Kdf:
    """The strongest settings that this machine runs in good time (set-up measures once)."""
    memory = _machine_memory()
    if memory is not None and memory < _ENOUGH_MEMORY:
        return MODEST
    started = time.perf_counter()
    try:
        STRONG.derive("how long does it take", bytes(SALT_BYTES))
    except Unavailable:
        return MODEST
    return STRONG if time.perf_counter() - started <= _TOO_SLOW_S else MODEST


def _machine_memory() -> int | None:
    """Bytes of memory in this machine, or None where it cannot be told."""
    if os.name == "nt":
        return _windows_memory()
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError):
        return None


def _windows_memory() -> int | None:
    import ctypes

    kilobytes = ctypes.c_ulonglong()
    windll = getattr(ctypes, "windll", None)
    if windll is None or not windll.kernel32.GetPhysicallyInstalledSystemMemory(ctypes.byref(kilobytes)):
        return None
    return int(kilobytes.value) * 1024
