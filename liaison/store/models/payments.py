"""Money that moved or will: estimates, bills, payments, exchange rates."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from liaison.domain.fx import RateKind
from liaison.domain.payments import BillKind, Payer, PaymentPurpose
from liaison.domain.settlement import PromiseKind
from liaison.store.base import Record
from liaison.store.types import Choice, Day, Flag, Key


class EstimateRow(Record):
    """A hospital's cost estimate, low to high."""

    __tablename__ = "estimate"

    journey_id: Mapped[int] = mapped_column(sa.ForeignKey("journey.id"))
    hospital_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organization.id"))
    currency: Mapped[str]
    low_minor: Mapped[int] = mapped_column(Key)
    high_minor: Mapped[int] = mapped_column(Key)
    stated_on: Mapped[dt.date] = mapped_column(Day)
    valid_until: Mapped[dt.date | None] = mapped_column(Day)
    is_domestic: Mapped[int] = mapped_column(Key, server_default="0")
    excess_minor: Mapped[int | None] = mapped_column(Key)
    """What the policy leaves to the patient, in the estimate's currency; unknown where empty."""
    travel_minor: Mapped[int | None] = mapped_column(Key)
    travel_currency: Mapped[str] = mapped_column(server_default="")
    hotel_minor: Mapped[int | None] = mapped_column(Key)
    hotel_currency: Mapped[str] = mapped_column(server_default="")
    is_chosen: Mapped[bool] = mapped_column(Flag, server_default="0")
    """The place the patient chose; why stands on the case."""
    note: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "journey_id"),)


class BillRow(Record):
    """A hospital bill: interim bills carry the running total, the final bill the whole."""

    __tablename__ = "bill"

    journey_id: Mapped[int] = mapped_column(sa.ForeignKey("journey.id"))
    hospital_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organization.id"))
    kind: Mapped[BillKind] = mapped_column(Choice(BillKind))
    bill_no: Mapped[str] = mapped_column(server_default="")
    billed_on: Mapped[dt.date] = mapped_column(Day)
    currency: Mapped[str]
    amount_minor: Mapped[int] = mapped_column(Key)
    note: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "journey_id", "billed_on"),)


class PaymentRow(Record):
    """Money paid: a deposit, an excess, a refund, an insurer's payment of a claim."""

    __tablename__ = "payment"

    journey_id: Mapped[int | None] = mapped_column(sa.ForeignKey("journey.id"))
    claim_id: Mapped[int | None] = mapped_column(sa.ForeignKey("claim.id"))
    purpose: Mapped[PaymentPurpose] = mapped_column(Choice(PaymentPurpose))
    payer: Mapped[Payer] = mapped_column(Choice(Payer))
    currency: Mapped[str]
    amount_minor: Mapped[int] = mapped_column(Key)
    paid_on: Mapped[dt.date] = mapped_column(Day)
    receipt_no: Mapped[str] = mapped_column(server_default="")
    note: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "journey_id"), sa.Index(None, "claim_id"))


class PromiseRow(Record):
    """A payment that somebody promised by a day: a refund, the rest of a bill, an instalment."""

    __tablename__ = "money_promise"

    journey_id: Mapped[int] = mapped_column(sa.ForeignKey("journey.id"))
    claim_id: Mapped[int | None] = mapped_column(sa.ForeignKey("claim.id"))
    kind: Mapped[PromiseKind] = mapped_column(Choice(PromiseKind))
    promised_by: Mapped[Payer] = mapped_column(Choice(Payer))
    currency: Mapped[str]
    amount_minor: Mapped[int] = mapped_column(Key)
    due_on: Mapped[dt.date] = mapped_column(Day)
    kept_on: Mapped[dt.date | None] = mapped_column(Day)
    """The day it was paid; empty while it is open."""
    note: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "journey_id"), sa.Index(None, "claim_id"))


class FxRateRow(Record):
    """One dated, sourced exchange rate: ``rate`` units of ``quote`` for one unit of ``base``."""

    __tablename__ = "fx_rate"

    base: Mapped[str]
    quote: Mapped[str]
    rate: Mapped[str]
    """A decimal as text; a rate is never a float."""
    on_date: Mapped[dt.date] = mapped_column(Day)
    kind: Mapped[RateKind] = mapped_column(Choice(RateKind), server_default="MID")
    source: Mapped[str]
    note: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.UniqueConstraint("base", "quote", "on_date", "source", "kind"),)
