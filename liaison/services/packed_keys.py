"""Sets of keys as small as they go: sorted keys by their steps, and parts of them one bit a key, both packed."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence

_KEY_BYTES = 8


def packed(keys: Sequence[int]) -> bytes:
    """Keys in rising order."""
    steps = (now - before for before, now in zip([0, *keys], keys, strict=False))
    return zlib.compress(b"".join(step.to_bytes(_KEY_BYTES, "big") for step in steps), 9)


def unpacked(data: bytes) -> list[int]:
    """The keys again."""
    steps = zlib.decompress(data)
    found, at = [], 0
    for start in range(0, len(steps), _KEY_BYTES):
        at += int.from_bytes(steps[start : start + _KEY_BYTES], "big")
        found.append(at)
    return found


def bitmap(some: Iterable[int], place: Mapping[int, int]) -> bytes:
    """Which of all keys these are; ``place`` says where each stands among them."""
    bits = bytearray((len(place) + 7) // 8)
    for key in some:
        number = place[key]
        bits[number >> 3] |= 1 << (number & 7)
    return zlib.compress(bytes(bits), 9)


def chosen(keys: Sequence[int], members: bytes) -> list[int]:
    """The keys whose bits are set."""
    bits = zlib.decompress(members)
    return [key for number, key in enumerate(keys) if bits[number >> 3] >> (number & 7) & 1]
