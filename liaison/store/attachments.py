"""Files of a case: one encrypted file each under its own random key, which stands (wrapped) in the record.

Format, after age's STREAM: ``magic ‖ version ‖ store ‖ file``, then chunks of 64 KiB under AES-256-GCM with the
nonce ``counter (11 bytes) ‖ last flag`` and the header as associated data, so that no chunk can be dropped,
doubled, moved or taken from another file. Order of writing: file, fsync, folder, then the record's COMMIT; a file
without a record is swept after a day. Forgetting the record's key makes the file unreadable for ever. Source:
``security`` 4.6.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.errors import Locked
from liaison.i18n import N_
from liaison.store.durable import disk_trouble, sync_folder
from liaison.store.triggers import quoted

CHUNK = 64 * 1024
_MAGIC = b"LIAISONA\x01"
_ID_BYTES = 16
_KEY_BYTES = 32
_NONCE_BYTES = 12
_TAG_BYTES = 16
_ORPHAN_AGE = dt.timedelta(hours=24)

DAMAGED = N_(
    "This attached file is damaged or was exchanged. Take it from a backup: it is in the folder backups/attachments."
)
MISSING = N_("This attached file is missing. Take it from a backup: copy it from backups/attachments into attachments.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedFile:
    """What a record keeps of its file: random name, wrapped key, size in bytes and SHA-256 of the plain content."""

    file_id: str
    file_key: bytes
    size: int
    sha256: str


class Attachments:
    """The folder of encrypted files of one store."""

    def __init__(self, folder: Path, *, store_id: bytes, key: bytes) -> None:
        self.folder = folder
        self._store_id = store_id
        self._key = key

    def put(self, content: bytes | BinaryIO) -> SealedFile:
        """Encrypt a content into a new file, on the disk before this returns; then save its record."""
        import io

        source = io.BytesIO(content) if isinstance(content, bytes) else content
        file_id, key = secrets.token_hex(_ID_BYTES), secrets.token_bytes(_KEY_BYTES)
        path = self.path(file_id)
        with disk_trouble():
            self.folder.mkdir(parents=True, exist_ok=True)
            try:
                size, digest = _encrypt(source, path, key=key, header=self._header(file_id))
                sync_folder(self.folder)
            except BaseException:
                path.unlink(missing_ok=True)
                raise
        return SealedFile(file_id=file_id, file_key=self._wrap(file_id, key), size=size, sha256=digest)

    def read(self, file_id: str, file_key: bytes) -> bytes:
        """The plain content, in memory only. Raises ``Locked`` where the file is missing, damaged or another's."""
        return b"".join(self.stream(file_id, file_key))

    def stream(self, file_id: str, file_key: bytes) -> Iterator[bytes]:
        """The plain content chunk by chunk; each chunk was checked, the whole only at the end."""
        key, path = self._unwrap(file_id, file_key), self.path(file_id)
        if not path.is_file():
            raise Locked(MISSING)
        with disk_trouble(), path.open("rb") as file:
            header = self._header(file_id)
            if file.read(len(header)) != header:
                raise Locked(DAMAGED)
            yield from _decrypt(file, key=key, header=header)

    def path(self, file_id: str) -> Path:
        """Where a file lies. The name says nothing of its content."""
        if len(file_id) != 2 * _ID_BYTES or set(file_id) - set("0123456789abcdef"):
            raise Locked(DAMAGED)
        return self.folder / file_id

    def names(self) -> list[str]:
        """Every file here."""
        return sorted(p.name for p in self.folder.iterdir() if p.is_file()) if self.folder.is_dir() else []

    def sweep(self, wanted: Iterable[str], *, now: dt.datetime) -> list[str]:
        """Remove files that no record ever named and that are older than a day; returns their names."""
        known, swept = set(wanted), []
        with disk_trouble():
            for name in self.names():
                path = self.folder / name
                written = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
                if name not in known and now - written > _ORPHAN_AGE:
                    path.unlink()
                    swept.append(name)
        return swept

    def shred(self, file_id: str) -> None:
        """Remove a file whose person is erased; its key goes with the record."""
        with disk_trouble():
            self.path(file_id).unlink(missing_ok=True)
            sync_folder(self.folder)

    def _header(self, file_id: str) -> bytes:
        return _MAGIC + self._store_id + bytes.fromhex(file_id)

    def _wrap(self, file_id: str, key: bytes) -> bytes:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + AESGCM(self._key).encrypt(nonce, key, self._header(file_id))

    def _unwrap(self, file_id: str, wrapped: bytes) -> bytes:
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        self.path(file_id)
        try:
            return AESGCM(self._key).decrypt(wrapped[:_NONCE_BYTES], wrapped[_NONCE_BYTES:], self._header(file_id))
        except (InvalidTag, ValueError) as error:
            raise Locked(DAMAGED) from error


def named_files(session: Session, metadata: sa.MetaData, *, living_only: bool = False) -> set[str]:
    """Files that a record names, or named before it was undone (a redo would need the file again)."""
    found: set[str | None] = set()
    for table in metadata.sorted_tables:
        if "file_id" in table.columns:
            sql = f"SELECT file_id FROM {quoted(table.name)}"
            if not living_only:
                sql += (
                    " UNION SELECT json_extract(before_json, '$.file_id') FROM change WHERE op='D' AND table_name = :t"
                )
            values = {} if living_only else {"t": table.name}
            found.update(session.execute(sa.text(sql), values).scalars())
    return {name for name in found if name is not None}


def _encrypt(source: BinaryIO, path: Path, *, key: bytes, header: bytes) -> tuple[int, str]:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    cipher, digest, size, counter = AESGCM(key), hashlib.sha256(), 0, 0
    with path.open("xb") as file:
        file.write(header)
        chunk = source.read(CHUNK)
        while True:
            following = source.read(CHUNK)
            digest.update(chunk)
            size += len(chunk)
            file.write(cipher.encrypt(_nonce(counter, is_last=not following), chunk, header))
            if not following:
                break
            chunk, counter = following, counter + 1
        file.flush()
        os.fsync(file.fileno())
    return size, digest.hexdigest()


def _decrypt(file: BinaryIO, *, key: bytes, header: bytes) -> Iterator[bytes]:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    cipher, counter = AESGCM(key), 0
    chunk = file.read(CHUNK + _TAG_BYTES)
    while True:
        following = file.read(CHUNK + _TAG_BYTES)
        try:
            plain = cipher.decrypt(_nonce(counter, is_last=not following), chunk, header)
        except (InvalidTag, ValueError) as error:
            raise Locked(DAMAGED) from error
        yield plain
        if not following:
            return
        chunk, counter = following, counter + 1


def _nonce(counter: int, *, is_last: bool) -> bytes:
    return counter.to_bytes(_NONCE_BYTES - 1, "big") + bytes([is_last])
