"""When it goes wrong, and when a person asks: holds, erasures, a laptop lost."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from liaison.domain.trouble import Answer3
from liaison.store.base import Record
from liaison.store.types import Choice, Day, Flag, Items, Moment


class LegalHoldRow(Record):
    """A person's records must be kept for now: a dispute, an inspection. Lifted, not deleted."""

    __tablename__ = "legal_hold"

    patient_id: Mapped[int] = mapped_column(sa.ForeignKey("patient.id"))
    reason: Mapped[str]
    placed_on: Mapped[dt.date] = mapped_column(Day)
    placed_by: Mapped[str]
    lifted_on: Mapped[dt.date | None] = mapped_column(Day)
    lifted_because: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "patient_id"),)


class ErasureRow(Record):
    """A person was erased. Says when, by whom and how much, never who it was."""

    __tablename__ = "erasure"
    table_info: ClassVar[dict[str, Any]] = {"travels": False}

    number: Mapped[str]
    """Stands on the certificate."""
    at: Mapped[dt.datetime] = mapped_column(Moment)
    asked_on: Mapped[dt.date] = mapped_column(Day)
    ground: Mapped[str]
    actor: Mapped[str]
    counts: Mapped[Any] = mapped_column(Items, nullable=False)
    """Records by table, journal lines and files."""
    keys: Mapped[Any] = mapped_column(Items, nullable=False)
    """Keys of the people and cases that are gone, so that no file from a colleague brings them back."""
    recipients: Mapped[Any] = mapped_column(Items, nullable=False)
    """Houses and offices that were sent something and must be told."""
    mentions: Mapped[Any] = mapped_column(Items, nullable=False, server_default="[]")
    """Places elsewhere where the same name stands, each as its table and day; they may speak of somebody else."""
    backups_until: Mapped[dt.date] = mapped_column(Day)
    """By this day the last backup that still holds the person has been thinned away."""

    table_extra: ClassVar[tuple[Any, ...]] = (sa.UniqueConstraint("number"),)


class LostLaptopRow(Record):
    """A laptop is lost: since when it is known, how it was guarded, whom we told."""

    __tablename__ = "lost_laptop"
    table_info: ClassVar[dict[str, Any]] = {"travels": False}

    aware_at: Mapped[dt.datetime] = mapped_column(Moment)
    """From here the three days count."""
    lost_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    where_lost: Mapped[str] = mapped_column(server_default="")
    what_happened: Mapped[str] = mapped_column(server_default="")
    whose: Mapped[str] = mapped_column(server_default="")
    """Whose laptop: empty means the one whose store, or whose backup, this is; else a colleague's, as on hand-overs."""
    was_locked: Mapped[Answer3] = mapped_column(Choice(Answer3), server_default="UNKNOWN")
    disk_encrypted: Mapped[Answer3] = mapped_column(Choice(Answer3), server_default="UNKNOWN")
    passphrase_with_it: Mapped[Answer3] = mapped_column(Choice(Answer3), server_default="UNKNOWN")
    measures: Mapped[str] = mapped_column(server_default="")
    authority_told_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    persons_told_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    is_found: Mapped[bool] = mapped_column(Flag, server_default="0")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "aware_at"),)
