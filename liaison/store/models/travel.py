"""The way there and back: legs, nights, who goes along, and what a country asks of a visitor."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from liaison.domain.travel import EscortKind, MedifState, Oxygen, TravelMode, Wheelchair
from liaison.domain.travel_rules import MedifNeed
from liaison.store.base import Record
from liaison.store.types import Choice, Day, Flag, Items, Key, Moment


class TravelLegRow(Record):
    """One leg of the way. Both moments are exact; the zones say on which clock they are shown."""

    __tablename__ = "travel_leg"

    journey_id: Mapped[int] = mapped_column(sa.ForeignKey("journey.id"))
    mode: Mapped[TravelMode] = mapped_column(Choice(TravelMode), server_default="FLIGHT")
    carrier: Mapped[str] = mapped_column(server_default="")
    number: Mapped[str] = mapped_column(server_default="")
    from_place: Mapped[str]
    departs_at: Mapped[dt.datetime] = mapped_column(Moment)
    departs_zone: Mapped[str] = mapped_column(server_default="")
    to_place: Mapped[str]
    arrives_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    arrives_zone: Mapped[str] = mapped_column(server_default="")
    booking_ref: Mapped[str] = mapped_column(server_default="")
    seat: Mapped[str] = mapped_column(server_default="")
    pick_up: Mapped[str] = mapped_column(server_default="")
    wheelchair: Mapped[Wheelchair] = mapped_column(Choice(Wheelchair), server_default="NONE")
    oxygen: Mapped[Oxygen] = mapped_column(Choice(Oxygen), server_default="NONE")
    has_stretcher: Mapped[bool] = mapped_column(Flag, server_default="0")
    medif: Mapped[MedifState] = mapped_column(Choice(MedifState), server_default="NOT_DECIDED")
    medif_on: Mapped[dt.date | None] = mapped_column(Day)
    note: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "journey_id", "departs_at"),)


class StayRow(Record):
    """Nights outside hospital."""

    __tablename__ = "stay"

    journey_id: Mapped[int] = mapped_column(sa.ForeignKey("journey.id"))
    hotel: Mapped[str]
    address: Mapped[str] = mapped_column(server_default="")
    phone: Mapped[str] = mapped_column(server_default="")
    check_in: Mapped[dt.date] = mapped_column(Day)
    check_out: Mapped[dt.date] = mapped_column(Day)
    rate_minor: Mapped[int | None] = mapped_column(Key)
    currency: Mapped[str] = mapped_column(server_default="")
    distance_m: Mapped[int | None] = mapped_column(Key)
    booking_ref: Mapped[str] = mapped_column(server_default="")
    note: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "journey_id", "check_in"),)


class EscortRow(Record):
    """Somebody who travels with the patient."""

    __tablename__ = "escort"

    journey_id: Mapped[int] = mapped_column(sa.ForeignKey("journey.id"))
    kind: Mapped[EscortKind] = mapped_column(Choice(EscortKind), server_default="COMPANION")
    name: Mapped[str]
    phone: Mapped[str] = mapped_column(server_default="")
    passport: Mapped[str] = mapped_column(server_default="")
    passport_expires_on: Mapped[dt.date | None] = mapped_column(Day)
    cost_minor: Mapped[int | None] = mapped_column(Key)
    currency: Mapped[str] = mapped_column(server_default="")
    note: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "journey_id"),)


class MedifRuleRow(Record):
    """When an airline wants its medical form, as the office read it; it goes before what comes with the program."""

    __tablename__ = "medif_rule"

    carrier: Mapped[str]
    carrier_key: Mapped[str]
    codes: Mapped[Any] = mapped_column(Items, nullable=False, server_default="[]")
    need: Mapped[MedifNeed] = mapped_column(Choice(MedifNeed))
    days: Mapped[int]
    is_working: Mapped[bool] = mapped_column(Flag, server_default="0")
    wants_indemnity: Mapped[bool] = mapped_column(Flag, server_default="0")
    source: Mapped[str]
    checked_on: Mapped[dt.date] = mapped_column(Day)

    table_extra: ClassVar[tuple[Any, ...]] = (sa.UniqueConstraint("carrier_key", "need"),)


class CountryRuleRow(Record):
    """What a country asks of a visitor, as the office read it; it takes the place of what comes with the program."""

    __tablename__ = "country_rule"

    country: Mapped[str]
    passport_months: Mapped[int]
    visit_days: Mapped[int]
    needs_visa: Mapped[bool] = mapped_column(Flag, server_default="0")
    arrival_card: Mapped[str] = mapped_column(server_default="")
    arrival_card_days: Mapped[int] = mapped_column(server_default="0")
    extension_months: Mapped[int] = mapped_column(server_default="0")
    source: Mapped[str]
    checked_on: Mapped[dt.date] = mapped_column(Day)

    table_extra: ClassVar[tuple[Any, ...]] = (sa.UniqueConstraint("country"),)
