"""Looking for secrets in files, however written: plain, in capitals, UTF-16, base64, hex, inside zips and PDFs."""

from __future__ import annotations

import base64
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

_WORD = 8
"""Every spelling is at least so long: its first bytes are looked for as one number."""

_ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08")
_DEEP = 4


class Searcher:
    """Finds secrets of eight letters or more in bytes of any kind."""

    def __init__(self, secrets: Iterable[str]) -> None:
        folded: dict[bytes, str] = {}
        exact: dict[bytes, str] = {}
        for secret in secrets:
            for plain in (secret.encode(), secret.encode("utf-16-le")):
                folded[plain.lower()] = folded[plain.hex().encode()] = secret
            for form in {secret, secret.lower(), secret.upper()}:
                for plain in (form.encode(), form.encode("utf-16-le")):
                    exact |= dict.fromkeys(_in_base64(plain), secret)
        self._folded, self._exact = _Patterns(folded), _Patterns(exact)

    def found_in(self, data: bytes, depth: int = _DEEP) -> set[str]:
        """The secrets that these bytes hold, members of archives and packed streams included."""
        found = self._folded.found_in(data.lower()) | self._exact.found_in(data)
        if depth:
            for inner in unpacked(data):
                found |= self.found_in(inner, depth - 1)
        return found

    def found_under(self, *folders: Path) -> dict[str, set[str]]:
        """The secrets by the file that holds them; names of files and folders count as contents."""
        found: dict[str, set[str]] = {}
        for folder in folders:
            for path in sorted(folder.rglob("*")):
                inside = self.found_in(str(path.relative_to(folder)).encode())
                if path.is_file():
                    inside |= self.found_in(path.read_bytes())
                if inside:
                    found[str(path)] = inside
        return found


class _Patterns:
    """Many byte patterns at once: their first eight bytes as numbers, at every offset; then each hit in full."""

    def __init__(self, patterns: dict[bytes, str]) -> None:
        assert all(len(p) >= _WORD for p in patterns), "too short to be looked for"
        self._by_start: dict[int, list[tuple[bytes, str]]] = {}
        for pattern, secret in patterns.items():
            self._by_start.setdefault(int.from_bytes(pattern[:_WORD], "little"), []).append((pattern, secret))
        self._starts = np.array(sorted(self._by_start), dtype="<u8")
        self._may_start = np.zeros(1 << 16, dtype=bool)
        self._may_start[(self._starts & np.uint64(0xFFFF)).astype(int)] = True

    def found_in(self, data: bytes) -> set[str]:
        found: set[str] = set()
        for offset in range(min(_WORD, max(len(data) - _WORD + 1, 0))):
            words = np.frombuffer(data, "<u8", count=(len(data) - offset) // _WORD, offset=offset)
            likely = np.flatnonzero(self._may_start[(words & np.uint64(0xFFFF)).astype(np.uint16)])
            for index in likely[np.isin(words[likely], self._starts)]:
                place = offset + int(index) * _WORD
                found |= {s for p, s in self._by_start[int(words[index])] if data.startswith(p, place)}
        return found


def _in_base64(plain: bytes) -> Iterator[bytes]:
    """The letters of base64 that stand for these bytes alone, wherever they begin in a group of three."""
    for before in range(3):
        whole = base64.b64encode(b"\0" * before + plain)
        first, bits = -(-8 * before // 6), 8 * (before + len(plain))
        core = whole[first : bits // 6]
        yield core
        yield core.translate(bytes.maketrans(b"+/", b"-_"))


def unpacked(data: bytes) -> Iterator[bytes]:
    """Members of a zip, and every stream that zlib or gzip can inflate (PDFs keep their pages so)."""
    if b"PK\x03\x04" in data[:4]:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                for name in archive.namelist():
                    yield name.encode()
                    yield archive.read(name)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError):
            pass
    for start in _ZLIB.finditer(data):
        inflated = _inflated(data, start.start())
        if len(inflated) >= _WORD:
            yield inflated


def _inflated(data: bytes, start: int) -> bytes:
    """What a stream gives until it ends or breaks; noise that looks like one gives next to nothing."""
    stream = zlib.decompressobj(wbits=47)  # zlib or gzip, as its first bytes say
    try:
        first = stream.decompress(data[start : start + 4096], 1 << 16)
    except zlib.error:
        return b""
    if not first:
        return b""
    stream, parts = zlib.decompressobj(wbits=47), []
    try:
        for place in range(start, len(data), 4096):
            parts.append(stream.decompress(data[place : place + 4096]))
            if stream.eof:
                break
    except zlib.error:
        pass
    return b"".join(parts)
