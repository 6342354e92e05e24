"""Care around the journey: what doctors think, who referred whom, and when somebody is seen."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from liaison.domain.care import AppointmentKind, FitToTravel, Urgency
from liaison.store.base import Record
from liaison.store.types import Choice, Flag, Key, Moment


class OpinionRow(Record):
    """What a doctor at one hospital proposes after reading the records."""

    __tablename__ = "opinion"

    journey_id: Mapped[int] = mapped_column(sa.ForeignKey("journey.id"))
    hospital_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organization.id"))
    doctor: Mapped[str] = mapped_column(server_default="")
    asked_at: Mapped[dt.datetime] = mapped_column(Moment)
    answered_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    proposed_procedure: Mapped[str] = mapped_column(server_default="")
    diagnosis_code: Mapped[str] = mapped_column(server_default="")
    los_days_min: Mapped[int | None] = mapped_column(Key)
    los_days_max: Mapped[int | None] = mapped_column(Key)
    urgency: Mapped[Urgency | None] = mapped_column(Choice(Urgency))
    fit_to_travel: Mapped[FitToTravel] = mapped_column(Choice(FitToTravel), server_default="NOT_SAID")
    note: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "journey_id"),)


class ReferralRow(Record):
    """A doctor at home sent the patient to a doctor elsewhere; each moment is one step of the way and back."""

    __tablename__ = "referral"

    journey_id: Mapped[int] = mapped_column(sa.ForeignKey("journey.id"))
    from_doctor: Mapped[str] = mapped_column(server_default="")
    from_place: Mapped[str] = mapped_column(server_default="")
    from_phone: Mapped[str] = mapped_column(server_default="")
    hospital_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organization.id"))
    to_doctor: Mapped[str] = mapped_column(server_default="")
    reason: Mapped[str] = mapped_column(server_default="")
    urgency: Mapped[Urgency | None] = mapped_column(Choice(Urgency))
    sent_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    read_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    accepted_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    declined_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    decline_note: Mapped[str] = mapped_column(server_default="")
    arrived_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    answered_home_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    note: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (
        sa.Index(None, "journey_id"),
        sa.Index(None, "hospital_id", "sent_at"),
    )


class AppointmentRow(Record):
    """A time with a doctor, on the hospital's own clock."""

    __tablename__ = "appointment"

    journey_id: Mapped[int] = mapped_column(sa.ForeignKey("journey.id"))
    hospital_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organization.id"))
    doctor: Mapped[str] = mapped_column(server_default="")
    kind: Mapped[AppointmentKind] = mapped_column(Choice(AppointmentKind), server_default="CLINIC")
    starts_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    zone: Mapped[str] = mapped_column(server_default="")
    place: Mapped[str] = mapped_column(server_default="")
    preparation: Mapped[str] = mapped_column(server_default="")
    has_interpreter: Mapped[bool] = mapped_column(Flag, server_default="0")
    asked_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    confirmed_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    told_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    cancelled_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    note: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "journey_id", "starts_at"),)
