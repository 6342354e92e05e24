"""Products, policies, and the cover that ties a person to a policy."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from liaison.domain.policies import PolicyStatus
from liaison.store.base import Record
from liaison.store.types import Choice, Day, Flag, Items, Key


class ProductRow(Record):
    """A product and plan of an insurer, as far as an officer needs it."""

    __tablename__ = "product"

    insurer_id: Mapped[int] = mapped_column(sa.ForeignKey("organization.id"))
    name: Mapped[str]
    plan: Mapped[str] = mapped_column(server_default="")
    currency: Mapped[str] = mapped_column(server_default="IDR")
    territories: Mapped[Any] = mapped_column(Items, nullable=False, server_default="[]")
    room_class: Mapped[str] = mapped_column(server_default="")
    is_cashless_abroad: Mapped[bool | None] = mapped_column(Flag)
    annual_limit_minor: Mapped[int | None] = mapped_column(Key)
    note: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.UniqueConstraint("insurer_id", "name", "plan"),)


class PolicyRow(Record):
    """A policy. Claim lists may not state the insurer: then it is empty, not guessed."""

    __tablename__ = "policy"

    insurer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organization.id"))
    administrator_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organization.id"))
    product_id: Mapped[int | None] = mapped_column(sa.ForeignKey("product.id"))
    policy_no: Mapped[str] = mapped_column(server_default="")
    policy_no_key: Mapped[str] = mapped_column(server_default="")
    holder_name: Mapped[str] = mapped_column(server_default="")
    inception_on: Mapped[dt.date | None] = mapped_column(Day)
    expires_on: Mapped[dt.date | None] = mapped_column(Day)
    status: Mapped[PolicyStatus] = mapped_column(Choice(PolicyStatus), server_default="NOT_STATED")
    exclusions: Mapped[str] = mapped_column(server_default="")
    note: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "insurer_id", "policy_no_key"),)


class CoverRow(Record):
    """One person under one policy, with the name as that policy has it. None is ever preselected."""

    __tablename__ = "cover"

    patient_id: Mapped[int] = mapped_column(sa.ForeignKey("patient.id"))
    policy_id: Mapped[int] = mapped_column(sa.ForeignKey("policy.id"))
    member_no: Mapped[str] = mapped_column(server_default="")
    member_no_key: Mapped[str] = mapped_column(server_default="")
    card_no: Mapped[str] = mapped_column(server_default="")
    name_on_policy: Mapped[str] = mapped_column(server_default="")
    relation_to_holder: Mapped[str] = mapped_column(server_default="")
    room_class: Mapped[str] = mapped_column(server_default="")
    annual_limit_left_minor: Mapped[int | None] = mapped_column(Key)
    annual_limit_currency: Mapped[str] = mapped_column(server_default="IDR")
    annual_limit_as_of: Mapped[dt.date | None] = mapped_column(Day)
    valid_from: Mapped[dt.date | None] = mapped_column(Day)
    valid_to: Mapped[dt.date | None] = mapped_column(Day)
    note: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (
        sa.Index(None, "patient_id"),
        sa.Index(None, "policy_id"),
        sa.Index(None, "member_no_key"),
    )
