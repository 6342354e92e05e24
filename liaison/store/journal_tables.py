"""Tables of the journal and the few others that the store keeps for itself. None of them is journaled.

An open action is the one row of ``action`` with ``open = 1``. That value refers to ``journal_never``, which has no
row and cannot have one, and the reference is checked at COMMIT: a transaction that leaves its action unsealed
cannot commit.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from liaison.store.base import NAMING
from liaison.store.types import Key

MACHINERY = sa.MetaData(naming_convention=NAMING)
_STRICT: dict[str, Any] = {"sqlite_strict": True}


class ActionKind(StrEnum):
    """What sort of step an action is."""

    DO = "do"
    UNDO = "undo"
    IMPORT = "import"
    MIGRATE = "migrate"
    INIT = "init"
    BACKUP = "backup"
    RESTORE = "restore"
    DISCLOSURE = "disclosure"
    RELEASE = "release"
    ERASE = "erase"


UNDOABLE = frozenset({ActionKind.DO, ActionKind.UNDO, ActionKind.IMPORT})
"""Kinds that may be taken back; the others happened in the world and stay."""

SYSTEM = "system"
"""The actor of changes that time alone makes."""


class Op(StrEnum):
    """What a change did to a row; R reserves a block of keys for an import, E lists what an erasure blanked."""

    INSERT = "I"
    UPDATE = "U"
    DELETE = "D"
    RANGE = "R"
    ERASURE = "E"


_never = sa.Table(
    "journal_never",
    MACHINERY,
    sa.Column("id", Key, sa.CheckConstraint("id IS NULL", name="never"), primary_key=True),
    **_STRICT,
)

ACTION = sa.Table(
    "action", MACHINERY,
    sa.Column("id", Key, primary_key=True, autoincrement=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("officer_id", Key),
    sa.Column("device", Key, nullable=False),
    sa.Column("at_us", Key, nullable=False),
    sa.Column("reason", sa.Text),
    sa.Column("undoes_action_id", Key, sa.ForeignKey("action.id")),
    sa.Column("compact", Key, nullable=False, server_default=sa.text("0")),
    sa.Column(
        "open", Key, sa.CheckConstraint("open = 1", name="open_is_one"),
        sa.ForeignKey("journal_never.id", deferrable=True, initially="DEFERRED"), server_default=sa.text("1"),
    ),
    sa.Column("chain_no", Key),
    sa.Column("first_seq", Key, nullable=False),
    sa.Column("last_seq", Key),
    sa.Column("last_id", Key),
    sa.Column("mac", sa.LargeBinary),
    sa.UniqueConstraint("chain_no"),
    sa.CheckConstraint(
        "(open IS NULL) = (mac IS NOT NULL AND chain_no IS NOT NULL AND last_seq IS NOT NULL)", name="sealed"
    ),
    sa.Index("ix_action_open", "open", unique=True, sqlite_where=sa.text("open IS NOT NULL")),
    sa.Index("ix_action_undoes", "undoes_action_id", sqlite_where=sa.text("undoes_action_id IS NOT NULL")),
    **_STRICT,
)  # fmt: skip

CHANGE = sa.Table(
    "change", MACHINERY,
    sa.Column("seq", Key, primary_key=True),
    sa.Column("action_id", Key, sa.ForeignKey("action.id"), nullable=False),
    sa.Column("table_name", sa.Text, nullable=False),
    sa.Column("row_id", Key, nullable=False),
    sa.Column("op", sa.Text, sa.CheckConstraint("op IN ('I','U','D','R','E')", name="op"), nullable=False),
    sa.Column("row_version", Key),
    sa.Column("before_json", sa.Text),
    sa.Column("after_json", sa.Text),
    sa.Column("salt", sa.LargeBinary),
    sa.Column("digest", sa.LargeBinary),
    sa.Index("ix_change_row", "table_name", "row_id"),
    sa.Index("ix_change_block", "table_name", "row_id", sqlite_where=sa.text("op = 'R'")),
    sa.Index("ix_change_gone", "table_name", "row_id", sqlite_where=sa.text("op = 'D'")),
    **_STRICT,
)  # fmt: skip

DRAFT = sa.Table(
    "draft", MACHINERY,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("at_us", Key, nullable=False),
    **_STRICT,
)  # fmt: skip
"""Half-typed text. Unjournaled: it is nobody's statement yet."""

KIOSK_ENTRY = sa.Table(
    "kiosk_entry", MACHINERY,
    sa.Column("id", Key, primary_key=True, autoincrement=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("receipts", sa.Text, nullable=False, server_default=""),
    sa.Column("at_us", Key, nullable=False),
    **_STRICT,
)  # fmt: skip
"""What a visitor wrote at a kiosk, until the office has it. Unjournaled, so that wiping it leaves nothing behind."""
