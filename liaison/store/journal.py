"""The journal: actions are opened, sealed into a chain, verified, and blanked where a person is erased.

The chain runs over digests of what each action changed, so that erasing values keeps it whole. What it proves and
what not: ``journal`` 5. The newest link (*head*) is kept in ``keys.json`` too, because cutting off the newest
actions cannot be seen from inside the file.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.store.journal_tables import ActionKind, Op
from liaison.store.vault import Head

_NEW_ACTION = sa.text(
    "INSERT INTO action(id, kind, title, actor, officer_id, device, at_us, reason, undoes_action_id, first_seq) "
    "VALUES (:id, :kind, :title, :actor, :officer_id, :device, :at_us, :reason, :undoes, :first_seq)"
)
CHANGE_COLUMNS = "seq, action_id, table_name, row_id, op, row_version, before_json, after_json, salt, digest"
_ACTION_COLUMNS = (
    "id, kind, title, actor, officer_id, device, at_us, reason, undoes_action_id, compact, "
    "chain_no, first_seq, last_seq, last_id"
)
_CHANGES_OF = sa.text(
    f"SELECT {CHANGE_COLUMNS} FROM change WHERE seq > :first AND seq <= :last AND action_id = :action ORDER BY seq"
)
_LATER_CHANGES = f"SELECT {CHANGE_COLUMNS} FROM change WHERE seq > ? AND action_id = ? ORDER BY seq"
_NEWEST = sa.text("SELECT chain_no, mac FROM action WHERE chain_no IS NOT NULL ORDER BY chain_no DESC LIMIT 1")
END = (1 << 63) - 1
"""Behind every change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAction:
    """What is known of an action when it begins."""

    id: int
    kind: ActionKind
    title: str
    actor: str
    officer_id: int | None
    device: int
    at_us: int
    reason: str | None = None
    undoes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One row of the journal: what an action did to one record."""

    seq: int
    action_id: int
    table: str
    row_id: int
    op: Op
    row_version: int | None
    before_json: str | None
    after_json: str | None
    salt: bytes | None
    digest: bytes | None

    @classmethod
    def from_row(cls, row: Any) -> Change:
        """From the columns in the order of :data:`CHANGE_COLUMNS`."""
        seq, action_id, table, row_id, op, version, before, after, salt, digest = row
        return cls(
            seq=seq, action_id=action_id, table=table, row_id=row_id, op=Op(op), row_version=version,
            before_json=before, after_json=after, salt=salt, digest=digest,
        )  # fmt: skip

    @property
    def is_erased(self) -> bool:
        """Whether an erasure blanked the values."""
        return self.digest is not None

    @property
    def before(self) -> dict[str, Any]:
        """Values before, of the columns that changed."""
        return json.loads(self.before_json) if self.before_json else {}

    @property
    def after(self) -> dict[str, Any]:
        """Values after, of the columns that changed."""
        return json.loads(self.after_json) if self.after_json else {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something in the journal that is not as it was written: what, and at which action, change or number."""

    what: str
    where: int


def begin(connection: sa.Connection, action: NewAction) -> int:
    """Open the action; returns the last change before it."""
    first = connection.execute(sa.text("SELECT coalesce(max(seq), 0) FROM change")).scalar_one()
    values = {
        "id": action.id, "kind": action.kind.value, "title": action.title, "actor": action.actor,
        "officer_id": action.officer_id, "device": action.device, "at_us": action.at_us, "reason": action.reason,
        "undoes": action.undoes, "first_seq": first,
    }  # fmt: skip
    connection.execute(_NEW_ACTION, values)
    return int(first)


def seal(connection: sa.Connection, action_id: int, *, key: bytes, last_id: int) -> Head | None:
    """Close the open action and chain it; an action of kind ``do`` that changed nothing leaves no trace (None)."""
    kind, first = connection.execute(
        sa.text("SELECT kind, first_seq FROM action WHERE id = :id AND open = 1"), {"id": action_id}
    ).one()
    body, last = hashlib.sha256(), first
    for row in connection.exec_driver_sql(_LATER_CHANGES, (first, action_id)):
        body.update(_digest(row))
        last = row[0]
    if last == first and kind == ActionKind.DO:
        connection.execute(sa.text("DELETE FROM action WHERE id = :id"), {"id": action_id})
        return None
    before = head(connection)
    number = before.number + 1
    sealed = _action_row(connection, action_id) | {"chain_no": number, "last_seq": last, "last_id": last_id}
    mac = _action_mac(key, before.mac, sealed, body.digest())
    done = connection.execute(
        sa.text("UPDATE action SET open=NULL, chain_no=:n, last_seq=:l, last_id=:i, mac=:m WHERE id=:a AND open=1"),
        {"n": number, "l": last, "i": last_id, "m": mac, "a": action_id},
    )
    if done.rowcount != 1:
        raise RuntimeError("journal: the session was rolled back inside the action")
    return Head(number=number, mac=mac)


def head(connection: sa.Connection) -> Head:
    """The newest link of the chain."""
    row = connection.execute(_NEWEST).first()
    return Head() if row is None else Head(number=row[0], mac=bytes(row[1]))


def last_key(connection: sa.Connection) -> int:
    """The highest key that had been handed out when the newest action was sealed."""
    return int(
        connection.execute(
            sa.text("SELECT coalesce(max(last_id), 0) FROM action WHERE chain_no IS NOT NULL")
        ).scalar_one()
    )


def changes_between(connection: sa.Connection, action_id: int, first: int, last: int) -> Iterator[Change]:
    """Changes of one action in order."""
    rows = connection.execute(_CHANGES_OF, {"first": first, "last": last, "action": action_id})
    return (Change.from_row(r) for r in rows)


def changes_of(connection: sa.Connection, action_id: int) -> list[Change]:
    """Every change of a sealed action, in order; unknown ids raise ``KeyError``."""
    row = connection.execute(
        sa.text("SELECT first_seq, last_seq FROM action WHERE id = :id"), {"id": action_id}
    ).first()
    if row is None:
        raise KeyError(action_id)
    return list(changes_between(connection, action_id, row[0], END if row[1] is None else row[1]))


def erase(session: Session, rows: Mapping[str, Iterable[int]]) -> int:
    """Blank every journal entry of these records (table name → keys); returns how many were blanked.

    Belongs in an action of kind ``erase``. The chain keeps verifying; undoing a blanked action is refused for ever.
    """
    connection, blanked = session.connection(), []
    for table, ids in rows.items():
        found = connection.execute(
            sa.text(
                f"SELECT {CHANGE_COLUMNS} FROM change WHERE table_name = :t AND digest IS NULL "
                "AND op IN ('I','U','D') AND row_id IN (SELECT value FROM json_each(:i))"
            ),
            {"t": table, "i": json.dumps(list(ids))},
        ).all()
        for row in found:
            connection.execute(
                sa.text("UPDATE change SET digest=:d, before_json=NULL, after_json=NULL, salt=NULL WHERE seq=:s"),
                {"d": _digest(row), "s": row[0]},
            )
            blanked.append(row[0])
    write_change(connection, session.info["action_id"], "change", 0, Op.ERASURE, {"seqs": blanked})
    return len(blanked)


def verify(connection: sa.Connection, *, key: bytes, known_head: Head | None = None) -> list[Fault]:
    """Walk the whole chain; empty when nothing was changed, moved, added or cut off.

    ``known_head`` is one kept outside the file; it may be older than the newest link, never absent from the chain.
    """
    faults: list[Fault] = []
    erased: set[int] = set()
    said_erased: set[int] = set()
    changes = iter(connection.exec_driver_sql(f"SELECT {CHANGE_COLUMNS} FROM change ORDER BY seq"))
    change, before, number = next(changes, None), b"", 0
    actions = connection.execute(sa.text(f"SELECT {_ACTION_COLUMNS}, mac, open FROM action ORDER BY chain_no"))
    for row in actions.mappings():
        number += 1
        if row["open"] is not None or row["chain_no"] != number:
            faults.append(Fault(what="chain", where=row["id"]))
            number = row["chain_no"] or number
        body = hashlib.sha256()
        while change is not None and change[1] == row["id"]:
            if change[9] is not None:
                erased.add(change[0])
            if change[4] == Op.ERASURE:
                said_erased.update(_listed(change[7]))
            body.update(_digest(change))
            change = next(changes, None)
        mac = _action_mac(key, before, dict(row), body.digest())
        if row["mac"] is None or not hmac.compare_digest(mac, bytes(row["mac"])):
            faults.append(Fault(what="mac", where=row["id"]))
        before = bytes(row["mac"] or b"")
    if change is not None:
        faults.append(Fault(what="stray change", where=change[0]))
    faults += [Fault(what="erased without an erasure", where=seq) for seq in sorted(erased - said_erased)]
    return faults + _check_head(connection, known_head)


def _check_head(connection: sa.Connection, known: Head | None) -> list[Fault]:
    if known is None or known.number == 0:
        return []
    mac = connection.execute(sa.text("SELECT mac FROM action WHERE chain_no = :n"), {"n": known.number}).scalar()
    if mac is not None and hmac.compare_digest(bytes(mac), known.mac):
        return []
    return [Fault(what="cut off", where=known.number)]


def _listed(after_json: str | None) -> set[int]:
    """The changes that an erasure says it blanked; nothing where that very list was tampered with."""
    try:
        return {int(seq) for seq in json.loads(after_json or "")["seqs"]}
    except (ValueError, KeyError, TypeError):
        return set()


def write_change(connection: sa.Connection, action_id: int, table: str, row_id: int, op: Op, after: object) -> None:
    """A line that no trigger writes: a reserved block, or the list of an erasure."""
    connection.execute(
        sa.text("INSERT INTO change(action_id, table_name, row_id, op, after_json) VALUES (:a, :t, :r, :o, :j)"),
        {"a": action_id, "t": table, "r": row_id, "o": op.value, "j": json.dumps(after)},
    )


def _digest(row: Any) -> bytes:
    """Over the very text that the trigger wrote, with its salt, so that a blanked value cannot be guessed back."""
    _, _, table, row_id, op, version, before, after, salt, digest = row
    if digest is not None:
        return bytes(digest)
    said = f"{table}\x1f{row_id}\x1f{op}\x1f{version}\x1f{before}\x1f{after}\x1f"
    return hashlib.sha256(said.encode() + bytes(salt or b"")).digest()


def _action_row(connection: sa.Connection, action_id: int) -> dict[str, Any]:
    row = (
        connection.execute(sa.text(f"SELECT {_ACTION_COLUMNS} FROM action WHERE id = :id"), {"id": action_id})
        .mappings()
        .one()
    )
    return dict(row)


def _action_mac(key: bytes, before: bytes, row: Mapping[str, Any], body: bytes) -> bytes:
    said = [row[name] for name in _ACTION_COLUMNS.split(", ")]
    return hmac.digest(key, before + json.dumps(said, separators=(",", ":")).encode() + body, "sha256")
