"""Doctors, where they see patients, when they are away, and the next free time as somebody told it."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from liaison.store.base import Record
from liaison.store.types import Day, Items


class DoctorRow(Record):
    """A doctor whom the office may propose to a patient."""

    __tablename__ = "doctor"

    title: Mapped[str] = mapped_column(server_default="")
    name: Mapped[str]
    name_key: Mapped[str]
    """The name's words without titles, folded."""
    specialties: Mapped[Any] = mapped_column(Items, nullable=False, server_default="[]")
    languages: Mapped[Any] = mapped_column(Items, nullable=False, server_default="[]")
    last_verified_on: Mapped[dt.date | None] = mapped_column(Day)
    retired_on: Mapped[dt.date | None] = mapped_column(Day)
    note: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "name_key"),)


class DoctorPlaceRow(Record):
    """A doctor sees patients at a hospital, at hours of the week in the hospital's own time."""

    __tablename__ = "doctor_place"

    doctor_id: Mapped[int] = mapped_column(sa.ForeignKey("doctor.id"))
    hospital_id: Mapped[int] = mapped_column(sa.ForeignKey("organization.id"))
    sessions: Mapped[str] = mapped_column(server_default="")
    clinic: Mapped[str] = mapped_column(server_default="")
    phone: Mapped[str] = mapped_column(server_default="")
    since: Mapped[dt.date | None] = mapped_column(Day)
    until: Mapped[dt.date | None] = mapped_column(Day)

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "doctor_id"), sa.Index(None, "hospital_id"))


class DoctorAbsenceRow(Record):
    """Days on which a doctor sees nobody."""

    __tablename__ = "doctor_absence"

    doctor_id: Mapped[int] = mapped_column(sa.ForeignKey("doctor.id"))
    first_on: Mapped[dt.date] = mapped_column(Day)
    last_on: Mapped[dt.date | None] = mapped_column(Day)
    cause: Mapped[str] = mapped_column(server_default="")
    told_by: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "doctor_id", "first_on"),)


class DoctorSlotRow(Record):
    """The next free time of a doctor at a hospital, as somebody told it on a day; the newest word counts."""

    __tablename__ = "doctor_slot"

    doctor_id: Mapped[int] = mapped_column(sa.ForeignKey("doctor.id"))
    hospital_id: Mapped[int] = mapped_column(sa.ForeignKey("organization.id"))
    slot_on: Mapped[dt.date] = mapped_column(Day)
    slot_time: Mapped[str] = mapped_column(server_default="")
    told_by: Mapped[str]
    told_on: Mapped[dt.date] = mapped_column(Day)

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "doctor_id", "hospital_id", "told_on"),)
