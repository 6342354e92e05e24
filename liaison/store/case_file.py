"""The one encrypted file in which cases travel: what it says, then the attached files, in sealed pieces of 64 KB.

::

    magic · version · argon2id settings · salt · proof of the key      the head, authenticated with every piece
    AES-256-GCM pieces, nonce = counter and a last-piece sign          the same form as attached files

Inside: the length of the JSON, the JSON packed with zlib, then each attached file one after another. Nothing of a
file is used before all of it has been read once and found whole.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import json
import os
import secrets
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from liaison.domain.errors import Locked, Unavailable
from liaison.i18n import N_
from liaison.store.attachments import CHUNK
from liaison.store.durable import disk_trouble, outside_store, put_in_place
from liaison.store.kdf import SALT_BYTES, Kdf, fitting
from liaison.store.spoken_code import read_code

ENDING = ".liaison"
VERSION = 1
_MAGIC = b"LIAISONC"
_HEAD = struct.Struct(">8sBBBI16s32s")
_LENGTH = struct.Struct(">Q")
_TAG_BYTES = 16
_PIECE = CHUNK + _TAG_BYTES
LARGEST_JSON = 256 * 1024 * 1024
"""Bytes of what a file may say, unpacked; attached files are not counted."""

NOT_OURS = N_("This is not a file of cases, whatever its name says. Ask the colleague to send the file again.")
NEWER = N_("This file was made by a newer version of the program. Update the program; nothing was taken over.")
WRONG_CODE = N_("The code does not open this file. Ask the colleague to say it once more.")
DAMAGED = N_("This file was changed or cut off on its way. Nothing was taken over; ask for it again.")
NO_FILE = N_("There is no file of this name. Choose another.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A file that travels along: the record it belongs to, bytes and SHA-256 of the plain content."""

    table: str
    row_id: int
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a file says, and which attached files follow. ``digest`` is that of the whole sealed file."""

    content: dict[str, Any]
    attached: tuple[Attached, ...]
    digest: str


def write_case_file(
    path: Path, code: str, content: dict[str, Any], attached: tuple[tuple[Attached, Iterator[bytes]], ...]
) -> None:
    """Seal a file under a code. It gets its name only when all of it is on the disk; nothing lies in clear before."""
    outside_store(path)
    kdf = fitting()
    salt = secrets.token_bytes(SALT_BYTES)
    key = kdf.derive(read_code(code), salt)
    head = _HEAD.pack(_MAGIC, VERSION, kdf.time, kdf.lanes, kdf.memory_kib, salt, _proof(key))
    said = {**content, "files": [[a.table, a.row_id, a.size, a.sha256] for a, _ in attached]}
    packed = zlib.compress(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode())
    ready = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with disk_trouble():
        try:
            with ready.open("xb") as file:
                file.write(head)
                sealing = _Sealing(file, key, head)
                sealing.write(_LENGTH.pack(len(packed)))
                for start in range(0, len(packed), CHUNK):
                    sealing.write(packed[start : start + CHUNK])
                for _, pieces in attached:
                    for piece in pieces:
                        sealing.write(piece)
                sealing.finish()
                file.flush()
                os.fsync(file.fileno())
            put_in_place(ready, path)
        except BaseException:
            ready.unlink(missing_ok=True)
            raise


def read_case_file(path: Path, code: str) -> Told:
    """Open a file and read all of it once: every piece, the JSON, each attached file against its SHA-256.

    Raises :class:`Locked` for a file that is not one, is newer, was changed, or has another code.
    """
    digest = hashlib.sha256()
    with opened_case_file(path, code) as (told, source):
        for each in told.attached:
            content = hashlib.sha256()
            left = each.size
            while left:
                piece = source.read(min(CHUNK, left))
                if not piece:
                    raise Locked(DAMAGED)
                content.update(piece)
                left -= len(piece)
            if content.hexdigest() != each.sha256:
                raise Locked(DAMAGED)
        if source.read(1):
            raise Locked(DAMAGED)
    with disk_trouble(), path.open("rb") as file:
        while piece := file.read(CHUNK):
            digest.update(piece)
    return Told(content=told.content, attached=told.attached, digest=digest.hexdigest())


@contextmanager
def opened_case_file(path: Path, code: str) -> Iterator[tuple[Told, BinaryIO]]:
    """What a file says, and a stream that stands at the first attached file."""
    if not path.is_file():
        raise Unavailable(NO_FILE)
    with disk_trouble(), path.open("rb") as file:
        key, head = _key(file, code)
        source: BinaryIO = io.BufferedReader(_Opening(file, key, head), CHUNK)
        content = _json(source)
        yield _told(content), source


def _key(file: BinaryIO, code: str) -> tuple[bytes, bytes]:
    head = file.read(_HEAD.size)
    if not head.startswith(_MAGIC):
        raise Locked(NOT_OURS)
    if len(head) < _HEAD.size:
        raise Locked(DAMAGED)
    _, version, time, lanes, memory, salt, proof = _HEAD.unpack(head)
    if version > VERSION:
        raise Locked(NEWER)
    secret = read_code(code)
    kdf = Kdf(time=time, memory_kib=memory, lanes=lanes)
    try:
        kdf.check()
    except Locked as error:
        raise Locked(DAMAGED) from error
    key = kdf.derive(secret, salt)
    if not hmac.compare_digest(proof, _proof(key)):
        raise Locked(WRONG_CODE)
    return key, head


def _proof(key: bytes) -> bytes:
    """Tells a wrong code from a changed file, and binds the file to one key."""
    return hmac.digest(key, b"liaison case file 1", "sha256")


def _json(source: BinaryIO) -> dict[str, Any]:
    length = source.read(_LENGTH.size)
    if len(length) < _LENGTH.size:
        raise Locked(DAMAGED)
    count = _LENGTH.unpack(length)[0]
    if count > LARGEST_JSON:
        raise Locked(DAMAGED)
    unpacking = zlib.decompressobj()
    try:
        text = unpacking.decompress(source.read(count), LARGEST_JSON)
        content = json.loads(text.decode()) if unpacking.eof else None
    except (zlib.error, ValueError, RecursionError) as error:
        raise Locked(DAMAGED) from error
    if not isinstance(content, dict):
        raise Locked(DAMAGED)
    return content


def _told(content: dict[str, Any]) -> Told:
    try:
        files = tuple(
            Attached(table=str(t), row_id=int(r), size=int(s), sha256=str(h)) for t, r, s, h in content.pop("files")
        )
    except (KeyError, TypeError, ValueError) as error:
        raise Locked(DAMAGED) from error
    return Told(content=content, attached=files, digest="")


class _Sealing:
    """Takes plain bytes in any portions and writes sealed pieces; the last piece says that it is the last."""

    def __init__(self, file: BinaryIO, key: bytes, head: bytes) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        self._file, self._head, self._cipher = file, head, AESGCM(key)
        self._waiting = bytearray()
        self._count = 0

    def write(self, plain: bytes) -> None:
        """Put plain bytes in. One full piece is always held back, since it may be the last."""
        self._waiting += plain
        while len(self._waiting) > CHUNK:
            self._seal(bytes(self._waiting[:CHUNK]), is_last=False)
            del self._waiting[:CHUNK]

    def finish(self) -> None:
        """Seal what is held back as the last piece."""
        self._seal(bytes(self._waiting), is_last=True)

    def _seal(self, plain: bytes, *, is_last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._count, is_last=is_last), plain, self._head))
        self._count += 1


class _Opening(io.RawIOBase):
    """Reads sealed pieces back as plain bytes; each was checked before it is given out."""

    def __init__(self, file: BinaryIO, key: bytes, head: bytes) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        self._file, self._head, self._cipher = file, head, AESGCM(key)
        self._next = file.read(_PIECE)
        self._plain = b""
        self._count = 0
        self._is_over = False

    def readable(self) -> bool:
        """It is read only."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer as far as one piece goes; 0 at the end. Raises ``Locked`` at a changed or missing piece."""
        while not self._plain and not self._is_over:
            self._open_next()
        part = self._plain[: len(buffer)]
        buffer[: len(part)] = part
        self._plain = self._plain[len(part) :]
        return len(part)

    def _open_next(self) -> None:
        from cryptography.exceptions import InvalidTag

        piece, self._next = self._next, self._file.read(_PIECE)
        self._is_over = not self._next
        try:
            self._plain = self._cipher.decrypt(_nonce(self._count, is_last=self._is_over), piece, self._head)
        except (InvalidTag, ValueError) as error:
            raise Locked(DAMAGED) from error
        self._count += 1


def _nonce(count: int, *, is_last: bool) -> bytes:
    return count.to_bytes(11, "big") + bytes([is_last])
