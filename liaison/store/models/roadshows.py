"""Roadshows and round tables: events, their permits, programme, themes, guests, wishes and promises."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from liaison.domain.patients import Region
from liaison.domain.roadshows import GuestState, PermitKind, PermitState, RoadshowKind, Topic
from liaison.store.base import Record
from liaison.store.types import Choice, Day, Flag, Key, Moment


class RoadshowRow(Record):
    """An event in one city; the cities of one series are compared."""

    __tablename__ = "roadshow"
    table_info: ClassVar[dict[str, Any]] = {"travels": False}

    kind: Mapped[RoadshowKind] = mapped_column(Choice(RoadshowKind), server_default="ROADSHOW")
    series: Mapped[str]
    series_key: Mapped[str]
    city: Mapped[str]
    """As the list of cities writes it."""
    starts_on: Mapped[dt.date] = mapped_column(Day)
    ends_on: Mapped[dt.date | None] = mapped_column(Day)
    venue: Mapped[str] = mapped_column(server_default="")
    venue_address: Mapped[str] = mapped_column(server_default="")
    covers_west: Mapped[bool] = mapped_column(Flag, server_default="0")
    covers_central: Mapped[bool] = mapped_column(Flag, server_default="0")
    covers_east: Mapped[bool] = mapped_column(Flag, server_default="0")
    answer_by: Mapped[dt.date | None] = mapped_column(Day)
    note: Mapped[str] = mapped_column(server_default="")
    wound_up_on: Mapped[dt.date | None] = mapped_column(Day)
    cancelled_because: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "starts_on"), sa.Index(None, "city", "starts_on"))


class RoadshowPermitRow(Record):
    """One line of the checklist before an event."""

    __tablename__ = "roadshow_permit"
    table_info: ClassVar[dict[str, Any]] = {"travels": False}

    roadshow_id: Mapped[int] = mapped_column(sa.ForeignKey("roadshow.id"))
    kind: Mapped[PermitKind] = mapped_column(Choice(PermitKind))
    state: Mapped[PermitState] = mapped_column(Choice(PermitState), server_default="OPEN")
    authority: Mapped[str] = mapped_column(server_default="")
    reference: Mapped[str] = mapped_column(server_default="")
    due_on: Mapped[dt.date | None] = mapped_column(Day)
    officer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("officer.id"))
    note: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "roadshow_id"),)


class RoadshowSessionRow(Record):
    """One item of the programme."""

    __tablename__ = "roadshow_session"
    table_info: ClassVar[dict[str, Any]] = {"travels": False}

    roadshow_id: Mapped[int] = mapped_column(sa.ForeignKey("roadshow.id"))
    starts_at: Mapped[dt.datetime] = mapped_column(Moment)
    minutes: Mapped[int | None] = mapped_column(Key)
    title: Mapped[str]
    room: Mapped[str] = mapped_column(server_default="")
    speaker: Mapped[str] = mapped_column(server_default="")
    speaker_role: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "roadshow_id", "starts_at"),)


class RoadshowThemeRow(Record):
    """What moves a region, and what we say about it."""

    __tablename__ = "roadshow_theme"
    table_info: ClassVar[dict[str, Any]] = {"travels": False}

    roadshow_id: Mapped[int] = mapped_column(sa.ForeignKey("roadshow.id"))
    region: Mapped[Region] = mapped_column(Choice(Region), server_default="NOT_STATED")
    theme: Mapped[str]
    talking_point: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "roadshow_id"),)


class RoadshowGuestRow(Record):
    """A house or a person invited to an event, or a visitor; ``journey_id`` is the enquiry a visitor became."""

    __tablename__ = "roadshow_guest"
    table_info: ClassVar[dict[str, Any]] = {"travels": False}

    roadshow_id: Mapped[int] = mapped_column(sa.ForeignKey("roadshow.id"))
    organization_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organization.id"))
    house: Mapped[str] = mapped_column(server_default="")
    name: Mapped[str] = mapped_column(server_default="")
    position: Mapped[str] = mapped_column(server_default="")
    phone: Mapped[str] = mapped_column(server_default="")
    email: Mapped[str] = mapped_column(server_default="")
    is_visitor: Mapped[bool] = mapped_column(Flag, server_default="0")
    state: Mapped[GuestState] = mapped_column(Choice(GuestState), server_default="INVITED")
    came_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    need: Mapped[str] = mapped_column(server_default="")
    consent_on: Mapped[dt.date | None] = mapped_column(Day)
    consent_how: Mapped[str] = mapped_column(server_default="")
    journey_id: Mapped[int | None] = mapped_column(sa.ForeignKey("journey.id"))
    note: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "roadshow_id"), sa.Index(None, "journey_id"))


class RoadshowNeedRow(Record):
    """What a house wishes, and what we answer."""

    __tablename__ = "roadshow_need"
    table_info: ClassVar[dict[str, Any]] = {"travels": False}

    roadshow_id: Mapped[int] = mapped_column(sa.ForeignKey("roadshow.id"))
    organization_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organization.id"))
    house: Mapped[str] = mapped_column(server_default="")
    region: Mapped[Region] = mapped_column(Choice(Region), server_default="NOT_STATED")
    topic: Mapped[Topic] = mapped_column(Choice(Topic), server_default="OTHER")
    wish: Mapped[str]
    answer: Mapped[str] = mapped_column(server_default="")
    for_all: Mapped[str] = mapped_column(server_default="")
    officer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("officer.id"))

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "roadshow_id"), sa.Index(None, "organization_id"))


class RoadshowPromiseRow(Record):
    """Something promised at an event; ``task_id`` is the step that stands in Today for it."""

    __tablename__ = "roadshow_promise"
    table_info: ClassVar[dict[str, Any]] = {"travels": False}

    roadshow_id: Mapped[int] = mapped_column(sa.ForeignKey("roadshow.id"))
    what: Mapped[str]
    officer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("officer.id"))
    owner: Mapped[str] = mapped_column(server_default="")
    organization_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organization.id"))
    due_on: Mapped[dt.date | None] = mapped_column(Day)
    is_urgent: Mapped[bool] = mapped_column(Flag, server_default="0")
    need_id: Mapped[int | None] = mapped_column(sa.ForeignKey("roadshow_need.id"))
    done_on: Mapped[dt.date | None] = mapped_column(Day)
    evidence: Mapped[str] = mapped_column(server_default="")
    task_id: Mapped[int | None] = mapped_column(sa.ForeignKey("task.id"))

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "roadshow_id"), sa.Index(None, "task_id"))
