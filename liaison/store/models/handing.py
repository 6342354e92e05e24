"""Cases that go to a colleague's laptop and come back, and who stands in for whom."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from liaison.domain.handing import Way
from liaison.store.base import Record
from liaison.store.types import Choice, Day, Flag, Items, Key, Moment


class DeputyRow(Record):
    """Somebody stands in for a colleague from one day to another, both included."""

    __tablename__ = "deputy"
    table_info: ClassVar[dict[str, Any]] = {"travels": False}

    officer_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"))
    deputy_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"))
    starts_on: Mapped[dt.date] = mapped_column(Day)
    ends_on: Mapped[dt.date] = mapped_column(Day)
    note: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "deputy_id", "ends_on"),)


class HandOverRow(Record):
    """One file of cases that was made here or accepted here."""

    __tablename__ = "hand_over"
    table_info: ClassVar[dict[str, Any]] = {"travels": False}

    way: Mapped[Way] = mapped_column(Choice(Way))
    at: Mapped[dt.datetime] = mapped_column(Moment)
    file_no: Mapped[str]
    """The random number that the file carries: the same file is known again by it."""
    peer: Mapped[str] = mapped_column(server_default="")
    """The store that the file came from; empty for one that goes out, since it opens wherever the code is known."""
    who: Mapped[str]
    """The colleague it goes to, or came from."""
    office: Mapped[str] = mapped_column(server_default="")
    note: Mapped[str] = mapped_column(server_default="")
    cases: Mapped[int] = mapped_column(Key)
    officer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("officer.id"))
    """Who made or accepted it here."""

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "file_no"), sa.Index(None, "at"))


class HandOverCaseRow(Record):
    """A case that travelled in a file."""

    __tablename__ = "hand_over_case"
    table_info: ClassVar[dict[str, Any]] = {"travels": False}

    hand_over_id: Mapped[int] = mapped_column(sa.ForeignKey("hand_over.id"))
    journey_id: Mapped[int] = mapped_column(sa.ForeignKey("journey.id"))

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "hand_over_id"), sa.Index(None, "journey_id"))


class SharedRow(Record):
    """A record as a colleague's laptop had it when it last came from there: what both sides started from."""

    __tablename__ = "shared_record"
    table_info: ClassVar[dict[str, Any]] = {"travels": False}

    peer: Mapped[str]
    table_name: Mapped[str]
    row_id: Mapped[int] = mapped_column(Key)
    """Its key here."""
    values: Mapped[Any] = mapped_column(Items, nullable=False)
    theirs_no: Mapped[int] = mapped_column(Key)
    """The count of their files in which it came."""
    ours_no: Mapped[int] = mapped_column(Key, server_default="0")
    """The count of our files that they had read by then."""

    table_extra: ClassVar[tuple[Any, ...]] = (
        sa.UniqueConstraint("peer", "table_name", "row_id"),
        sa.Index(None, "table_name", "row_id"),
    )


class KnownElsewhereRow(Record):
    """A hospital, insurer or officer that a colleague's laptop has under another key."""

    __tablename__ = "known_elsewhere"
    table_info: ClassVar[dict[str, Any]] = {"travels": False}

    peer: Mapped[str]
    table_name: Mapped[str]
    theirs_id: Mapped[int] = mapped_column(Key)
    row_id: Mapped[int] = mapped_column(Key)

    table_extra: ClassVar[tuple[Any, ...]] = (sa.UniqueConstraint("peer", "table_name", "theirs_id"),)


class DifferenceRow(Record):
    """A field that both sides had changed, with all three values and the choice, so that neither is lost."""

    __tablename__ = "difference"
    table_info: ClassVar[dict[str, Any]] = {"travels": False}

    hand_over_id: Mapped[int] = mapped_column(sa.ForeignKey("hand_over.id"))
    table_name: Mapped[str]
    row_id: Mapped[int] = mapped_column(Key)
    field: Mapped[str]
    """The column, or ``*`` for a whole record that one side took out."""
    before: Mapped[Any] = mapped_column(Items)
    ours: Mapped[Any] = mapped_column(Items)
    theirs: Mapped[Any] = mapped_column(Items)
    took_theirs: Mapped[bool] = mapped_column(Flag)

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "hand_over_id"), sa.Index(None, "table_name", "row_id"))
