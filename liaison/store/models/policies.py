"""Products, policies, and the cover that ties a person to a policy."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from liaison.domain.benefits import BenefitCategory, DeductiblePer, LimitKind, RateRule, RoomRule
from liaison.domain.plans import UsageKind
from liaison.domain.policies import PayerContext, PolicyStatus
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
    payer_context: Mapped[PayerContext] = mapped_column(Choice(PayerContext), server_default="PRIVATE")
    cob_order: Mapped[int | None] = mapped_column(Key)
    """Which of several policies pays first: 1 before 2; empty where it is not settled."""
    note: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (
        sa.Index(None, "patient_id"),
        sa.Index(None, "policy_id"),
        sa.Index(None, "member_no_key"),
    )


class PlanRulesRow(Record):
    """How one plan pays, as an officer read it. Amounts are in the product's currency."""

    __tablename__ = "plan_rules"

    product_id: Mapped[int] = mapped_column(sa.ForeignKey("product.id"))
    source: Mapped[str]
    stated_on: Mapped[dt.date | None] = mapped_column(Day)
    currency: Mapped[str]
    territories: Mapped[Any] = mapped_column(Items, nullable=False, server_default="[]")
    """Parts such as ``MY TH 60`` and ``other 20``."""
    room_per_day_minor: Mapped[int | None] = mapped_column(Key)
    room_rule: Mapped[RoomRule] = mapped_column(Choice(RoomRule), server_default="DIFFERENCE_ONLY")
    deductible_minor: Mapped[int | None] = mapped_column(Key)
    deductible_per: Mapped[DeductiblePer] = mapped_column(Choice(DeductiblePer), server_default="POLICY_YEAR")
    copay_percent: Mapped[str] = mapped_column(server_default="")
    """A decimal as text."""
    copay_least_minor: Mapped[int | None] = mapped_column(Key)
    copay_most_minor: Mapped[int | None] = mapped_column(Key)
    follows_regulation: Mapped[bool] = mapped_column(Flag, server_default="0")
    waiting_days: Mapped[int | None] = mapped_column(Key)
    days_before: Mapped[int | None] = mapped_column(Key)
    days_after: Mapped[int | None] = mapped_column(Key)
    rate_rule: Mapped[RateRule | None] = mapped_column(Choice(RateRule))
    rate_source: Mapped[str] = mapped_column(server_default="")
    submit_within_days: Mapped[int | None] = mapped_column(Key)
    step_order: Mapped[Any] = mapped_column(Items, nullable=False, server_default="[]")
    """Codes of the steps, in the plan's order."""
    note: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.UniqueConstraint("product_id"),)


class BenefitLimitRow(Record):
    """One line of a plan's table of benefits; without an amount it is paid as charged."""

    __tablename__ = "benefit_limit"

    product_id: Mapped[int] = mapped_column(sa.ForeignKey("product.id"))
    category: Mapped[BenefitCategory | None] = mapped_column(Choice(BenefitCategory))
    kind: Mapped[LimitKind] = mapped_column(Choice(LimitKind))
    currency: Mapped[str]
    amount_minor: Mapped[int | None] = mapped_column(Key)
    max_days: Mapped[int | None] = mapped_column(Key)
    max_visits: Mapped[int | None] = mapped_column(Key)
    note: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "product_id"),)


class BenefitUsageRow(Record):
    """What of a person's limit or deductible is used up, as the insurer told it on a day."""

    __tablename__ = "benefit_usage"

    cover_id: Mapped[int] = mapped_column(sa.ForeignKey("cover.id"))
    kind: Mapped[UsageKind] = mapped_column(Choice(UsageKind))
    category: Mapped[BenefitCategory | None] = mapped_column(Choice(BenefitCategory))
    currency: Mapped[str]
    used_minor: Mapped[int] = mapped_column(Key)
    as_of: Mapped[dt.date] = mapped_column(Day)
    note: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "cover_id"),)
