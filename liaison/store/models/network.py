"""Hospitals, insurers, administrators, their groups and their desks."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from liaison.domain.network import Desk, OrganizationKind, RequestChannel
from liaison.store.base import Record
from liaison.store.types import Choice, Day, Flag, Items


class OrganizationRow(Record):
    """A hospital, insurer, administrator or other house that cases go through."""

    __tablename__ = "organization"

    kind: Mapped[OrganizationKind] = mapped_column(Choice(OrganizationKind))
    name: Mapped[str]
    name_key: Mapped[str]
    short_name: Mapped[str] = mapped_column(server_default="")
    also_known_as: Mapped[Any] = mapped_column(Items, nullable=False, server_default="[]")
    """Other spellings met in lists, folded; matched before a new house is made."""
    country: Mapped[str] = mapped_column(server_default="")
    city: Mapped[str] = mapped_column(server_default="")
    zone: Mapped[str] = mapped_column(server_default="")
    address: Mapped[str] = mapped_column(server_default="")
    phone: Mapped[str] = mapped_column(server_default="")
    phone_digits: Mapped[str] = mapped_column(server_default="")
    night_phone: Mapped[str] = mapped_column(server_default="")
    email: Mapped[str] = mapped_column(server_default="")
    specialties: Mapped[Any] = mapped_column(Items, nullable=False, server_default="[]")
    accreditation: Mapped[str] = mapped_column(server_default="")
    takes_deposit_note: Mapped[str] = mapped_column(server_default="")
    """The deposit rule as the desk states it."""
    has_credit_arrangement: Mapped[bool | None] = mapped_column(Flag)
    """Whether the hospital accepts letters at all, as last heard; unknown is a value."""
    note: Mapped[str] = mapped_column(server_default="")
    last_verified_on: Mapped[dt.date | None] = mapped_column(Day)
    closed_on: Mapped[dt.date | None] = mapped_column(Day)
    merged_into_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organization.id"))

    table_extra: ClassVar[tuple[Any, ...]] = (
        sa.Index(None, "kind", "name_key", "id"),
        sa.Index(None, "city"),
    )


class GroupRow(Record):
    """A hospital group. Ownership is dated: Columbia Asia is not IHH."""

    __tablename__ = "organization_group"

    name: Mapped[str]
    name_key: Mapped[str]

    table_extra: ClassVar[tuple[Any, ...]] = (sa.UniqueConstraint("name_key"),)


class GroupMembershipRow(Record):
    """A hospital belonged to a group from one day to another."""

    __tablename__ = "group_membership"

    organization_id: Mapped[int] = mapped_column(sa.ForeignKey("organization.id"))
    group_id: Mapped[int] = mapped_column(sa.ForeignKey("organization_group.id"))
    valid_from: Mapped[dt.date | None] = mapped_column(Day)
    valid_to: Mapped[dt.date | None] = mapped_column(Day)
    source: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "organization_id"),)


class AdministratorLinkRow(Record):
    """An administrator decides for an insurer; one desk may serve many insurers."""

    __tablename__ = "administrator_link"

    administrator_id: Mapped[int] = mapped_column(sa.ForeignKey("organization.id"))
    insurer_id: Mapped[int] = mapped_column(sa.ForeignKey("organization.id"))
    valid_from: Mapped[dt.date | None] = mapped_column(Day)
    valid_to: Mapped[dt.date | None] = mapped_column(Day)

    table_extra: ClassVar[tuple[Any, ...]] = (sa.UniqueConstraint("administrator_id", "insurer_id", "valid_from"),)


class ContactRow(Record):
    """A desk or a person at a house: whom to call, when, in which language, and when somebody last checked."""

    __tablename__ = "contact"

    organization_id: Mapped[int] = mapped_column(sa.ForeignKey("organization.id"))
    desk: Mapped[Desk] = mapped_column(Choice(Desk))
    name: Mapped[str] = mapped_column(server_default="")
    phone: Mapped[str] = mapped_column(server_default="")
    phone_digits: Mapped[str] = mapped_column(server_default="")
    whatsapp: Mapped[str] = mapped_column(server_default="")
    night_phone: Mapped[str] = mapped_column(server_default="")
    night_digits: Mapped[str] = mapped_column(server_default="")
    email: Mapped[str] = mapped_column(server_default="")
    hours: Mapped[str] = mapped_column(server_default="")
    """In the desk's own zone: ``Mon-Fri 08:00-17:00`` or ``24h``."""
    languages: Mapped[Any] = mapped_column(Items, nullable=False, server_default="[]")
    cut_off: Mapped[str] = mapped_column(server_default="")
    """A time of the day in the desk's own zone."""
    channel: Mapped[RequestChannel | None] = mapped_column(Choice(RequestChannel))
    channel_note: Mapped[str] = mapped_column(server_default="")
    deposit_rule: Mapped[str] = mapped_column(server_default="")
    """Where the desk has another rule than its house."""
    is_preferred: Mapped[bool] = mapped_column(Flag, server_default="0")
    last_verified_on: Mapped[dt.date | None] = mapped_column(Day)
    verified_by: Mapped[str] = mapped_column(server_default="")
    note: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (
        sa.Index(None, "organization_id"),
        sa.Index(None, "phone_digits"),
    )
