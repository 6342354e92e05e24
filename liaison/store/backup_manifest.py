"""The list of contents inside a backup: what it must hold, under a keyed code, and the check of a file against it."""

from __future__ import annotations

import datetime as dt
import hmac
import json
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from liaison.domain.errors import Locked
from liaison.i18n import N_
from liaison.store.engine import database_trouble
from liaison.store.triggers import quoted
from liaison.store.vault import Head, Keys, Opened

BAD_BACKUP = N_(
    "This file is not a whole backup of this store. Choose an older backup; the store itself was not touched."
)
NO_BACKUP = N_("There is no backup file of this name. Choose another.")
_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup holds: rows by table, the journal's head, the files that its records name."""

    store_id: bytes
    made_at: dt.datetime
    head: Head
    counts: dict[str, int]
    attachments: tuple[str, ...]


def of_file(connection: Any, opened: Opened, *, now: dt.datetime, metadata: sa.MetaData) -> Manifest:
    """The list of a store file just copied (a bare connection)."""
    files: set[str] = set()
    for table in metadata.sorted_tables:
        if "file_id" in table.columns:
            files.update(
                row[0]
                for row in connection.execute(f"SELECT file_id FROM {quoted(table.name)} WHERE file_id IS NOT NULL")
            )
    return Manifest(
        store_id=opened.envelope.store_id,
        made_at=now.astimezone(dt.UTC),
        head=_head(connection),
        counts=_counts(connection),
        attachments=tuple(sorted(files)),
    )


def check_file(connection: Any, manifest: Manifest) -> None:
    """Every page, every reference, every count, and the head; raises ``Locked`` at the first that is not right."""
    try:
        with database_trouble():
            pages = connection.execute("PRAGMA cipher_integrity_check").fetchall()
            whole = connection.execute("PRAGMA integrity_check").fetchall()
            lost = connection.execute("PRAGMA foreign_key_check").fetchall()
            same = _counts(connection) == manifest.counts and _head(connection) == manifest.head
    except Locked as error:
        raise Locked(BAD_BACKUP) from error
    if pages or lost or not same or whole != [("ok",)]:
        raise Locked(BAD_BACKUP)


def to_bytes(manifest: Manifest, keys: Keys) -> bytes:
    """As it stands in the zip."""
    body = _plain(manifest)
    return json.dumps({**body, "mac": _mac(body, keys)}, sort_keys=True).encode("ascii")


def read(content: bytes, keys: Keys) -> Manifest:
    """From the zip; raises ``Locked`` where it was changed or belongs to another store."""
    try:
        body = json.loads(content.decode("ascii"))
        mac = str(body.pop("mac"))
        if not hmac.compare_digest(mac.encode(), _mac(body, keys).encode()):
            raise Locked(BAD_BACKUP)
        head = body["head"]
        return Manifest(
            store_id=bytes.fromhex(body["store"]),
            made_at=dt.datetime.fromisoformat(body["made_at"]),
            head=Head(number=head["number"], mac=bytes.fromhex(head["mac"])),
            counts=body["counts"],
            attachments=tuple(body["attachments"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Locked(BAD_BACKUP) from error


def _plain(manifest: Manifest) -> dict[str, Any]:
    return {
        "version": _VERSION,
        "store": manifest.store_id.hex(),
        "made_at": manifest.made_at.isoformat(),
        "head": {"number": manifest.head.number, "mac": manifest.head.mac.hex()},
        "counts": manifest.counts,
        "attachments": list(manifest.attachments),
    }


def _mac(body: dict[str, Any], keys: Keys) -> str:
    return hmac.digest(keys.derived("backup"), json.dumps(body, sort_keys=True).encode("ascii"), "sha256").hex()


def _counts(connection: Any) -> dict[str, int]:
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'search_%' AND name NOT LIKE 'sqlite_%' "
        "AND name NOT LIKE 'kept_%'"
    ).fetchall()
    return {n: connection.execute(f"SELECT count(*) FROM {quoted(n)}").fetchone()[0] for (n,) in sorted(names)}


def _head(connection: Any) -> Head:
    sql = "SELECT chain_no, mac FROM action WHERE chain_no IS NOT NULL ORDER BY chain_no DESC LIMIT 1"
    row = connection.execute(sql).fetchone()
    return Head() if row is None else Head(number=row[0], mac=bytes(row[1]))
