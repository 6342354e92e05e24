"""What bringing lists in remembers: the files themselves, headings mapped once, status words mapped once."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from liaison.store.base import Record
from liaison.store.types import Items, Key, Moment


class SourceFileRow(Record):
    """A list as it came, kept encrypted like an attachment; its SHA-256 stands in the action's reason."""

    __tablename__ = "source_file"

    kind: Mapped[str]
    """claims, journeys, hospitals, contacts or rates."""
    name: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int] = mapped_column(Key)
    file_id: Mapped[str]
    file_key: Mapped[bytes]
    brought_at: Mapped[dt.datetime] = mapped_column(Moment)
    origin_city: Mapped[str] = mapped_column(server_default="")
    insurer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organization.id"))

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "sha256"), sa.UniqueConstraint("file_id"))


class MappingRow(Record):
    """Headings of a kind of file and the fields they mean, found again by the folded headings."""

    __tablename__ = "mapping"

    kind: Mapped[str]
    name: Mapped[str]
    headings_key: Mapped[str]
    columns: Mapped[Any] = mapped_column(Items, nullable=False)

    table_extra: ClassVar[tuple[Any, ...]] = (sa.UniqueConstraint("kind", "headings_key"),)


class StatusWordRow(Record):
    """A free-text status and the state it means, mapped once and remembered."""

    __tablename__ = "status_word"

    kind: Mapped[str]
    word_key: Mapped[str]
    state: Mapped[str]

    table_extra: ClassVar[tuple[Any, ...]] = (sa.UniqueConstraint("kind", "word_key"),)
