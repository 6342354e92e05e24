"""Agreements, what they promise, how far it has come, and what is counted of it. No person stands here."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from liaison.domain.action_plans import Horizon
from liaison.domain.agreements import AgreementKind, Area, Renewal, TransferBasis
from liaison.domain.indicators import Direction, Level, Measure
from liaison.domain.periods import Period
from liaison.store.base import Record
from liaison.store.types import Choice, Day, Flag, Items, Key


class AgreementRow(Record):
    """An agreement, signed or under negotiation; how it stands is read from its dates and its chain."""

    __tablename__ = "agreement"

    kind: Mapped[AgreementKind] = mapped_column(Choice(AgreementKind))
    title: Mapped[str]
    number: Mapped[str] = mapped_column(server_default="")
    country: Mapped[str] = mapped_column(server_default="")
    place: Mapped[str] = mapped_column(server_default="")
    signed_on: Mapped[dt.date | None] = mapped_column(Day)
    effective_on: Mapped[dt.date | None] = mapped_column(Day)
    expires_on: Mapped[dt.date | None] = mapped_column(Day)
    renewal: Mapped[Renewal] = mapped_column(Choice(Renewal), server_default="NOT_STATED")
    renews_months: Mapped[int | None]
    areas: Mapped[Any] = mapped_column(Items, nullable=False, server_default="[]")
    implements_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agreement.id"))
    supersedes_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agreement.id"))
    protection_clause: Mapped[str] = mapped_column(server_default="")
    sovereignty_clause: Mapped[str] = mapped_column(server_default="")
    transfer_basis: Mapped[TransferBasis] = mapped_column(Choice(TransferBasis), server_default="NOT_STATED")
    transfer_clause: Mapped[str] = mapped_column(server_default="")
    contact: Mapped[str] = mapped_column(server_default="")
    source: Mapped[str] = mapped_column(server_default="")
    note: Mapped[str] = mapped_column(server_default="")
    terminated_on: Mapped[dt.date | None] = mapped_column(Day)
    terminated_because: Mapped[str] = mapped_column(server_default="")
    warned_of: Mapped[dt.date | None] = mapped_column(Day)
    """The last day that the newest alarm was about; another last day begins the alarms anew."""
    warned_days: Mapped[int | None]
    """Which alarm it was: 180, 90 or 30 days before that day."""

    table_extra: ClassVar[tuple[Any, ...]] = (
        sa.Index(None, "expires_on"), sa.Index(None, "implements_id"), sa.Index(None, "supersedes_id"),
    )  # fmt: skip


class AgreementPartyRow(Record):
    """One side of an agreement, and who signed for it."""

    __tablename__ = "agreement_party"

    agreement_id: Mapped[int] = mapped_column(sa.ForeignKey("agreement.id"))
    position: Mapped[int]
    name: Mapped[str]
    organization_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organization.id"))
    """Which house of the network this side is, where it stands there."""
    country: Mapped[str] = mapped_column(server_default="")
    signatory: Mapped[str] = mapped_column(server_default="")
    signatory_title: Mapped[str] = mapped_column(server_default="")
    contact: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "agreement_id"), sa.Index(None, "organization_id"))


class ObligationRow(Record):
    """What a side promised; closed with evidence, or dropped with a reason."""

    __tablename__ = "obligation"

    agreement_id: Mapped[int] = mapped_column(sa.ForeignKey("agreement.id"))
    who: Mapped[str]
    what: Mapped[str]
    clause: Mapped[str] = mapped_column(server_default="")
    due_on: Mapped[dt.date | None] = mapped_column(Day)
    finished_on: Mapped[dt.date | None] = mapped_column(Day)
    evidence: Mapped[str] = mapped_column(server_default="")
    dropped_because: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "agreement_id"),)


class ActivityRow(Record):
    """One activity of a plan."""

    __tablename__ = "plan_activity"

    agreement_id: Mapped[int] = mapped_column(sa.ForeignKey("agreement.id"))
    area: Mapped[Area] = mapped_column(Choice(Area))
    title: Mapped[str]
    horizon: Mapped[Horizon] = mapped_column(Choice(Horizon))
    owner: Mapped[str]
    origin: Mapped[str] = mapped_column(server_default="")
    currency: Mapped[str] = mapped_column(server_default="")
    budget_minor: Mapped[int | None] = mapped_column(Key)
    starts_on: Mapped[dt.date | None] = mapped_column(Day)
    due_on: Mapped[dt.date | None] = mapped_column(Day)
    comment: Mapped[str] = mapped_column(server_default="")
    finished_on: Mapped[dt.date | None] = mapped_column(Day)
    evidence: Mapped[str] = mapped_column(server_default="")
    dropped_because: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "agreement_id"), sa.Index(None, "finished_on", "due_on"))


class MilestoneRow(Record):
    """A point on the way of an activity."""

    __tablename__ = "plan_milestone"

    activity_id: Mapped[int] = mapped_column(sa.ForeignKey("plan_activity.id"))
    title: Mapped[str]
    due_on: Mapped[dt.date] = mapped_column(Day)
    finished_on: Mapped[dt.date | None] = mapped_column(Day)
    evidence: Mapped[str] = mapped_column(server_default="")
    dropped_because: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "activity_id"),)


class IndicatorRow(Record):
    """An indicator; decimals stand as text, a figure is never a float."""

    __tablename__ = "indicator"

    agreement_id: Mapped[int] = mapped_column(sa.ForeignKey("agreement.id"))
    area: Mapped[Area] = mapped_column(Choice(Area))
    name: Mapped[str]
    level: Mapped[Level] = mapped_column(Choice(Level))
    unit: Mapped[str] = mapped_column(server_default="")
    direction: Mapped[Direction] = mapped_column(Choice(Direction), server_default="UP")
    baseline: Mapped[str | None]
    baseline_on: Mapped[dt.date | None] = mapped_column(Day)
    target: Mapped[str | None]
    target_on: Mapped[dt.date | None] = mapped_column(Day)
    measure: Mapped[Measure] = mapped_column(Choice(Measure), server_default="BY_HAND")
    question: Mapped[str] = mapped_column(server_default="")
    """A filter line of the list of cases or of claims."""
    period: Mapped[Period | None] = mapped_column(Choice(Period))
    note: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "agreement_id"),)


class IndicatorValueRow(Record):
    """A figure of an indicator as of a day, with what shows it."""

    __tablename__ = "indicator_value"

    indicator_id: Mapped[int] = mapped_column(sa.ForeignKey("indicator.id"))
    on_date: Mapped[dt.date] = mapped_column(Day)
    value: Mapped[str]
    cases: Mapped[int | None]
    """Of how many cases it was told; none where it was written down by hand."""
    is_measured: Mapped[bool] = mapped_column(Flag, server_default="0")
    evidence: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "indicator_id", "on_date"),)
