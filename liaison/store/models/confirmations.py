"""Dated facts that guards ask for: a consent given, a document seen, an appointment booked."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from liaison.domain.facts import ConsentGiver, ConsentMethod, FactKind
from liaison.store.base import Record
from liaison.store.types import Choice, Day, Key, Moment


class ConfirmationRow(Record):
    """Somebody confirmed something about a journey on a day, with the source. Withdrawn, not deleted."""

    __tablename__ = "confirmation"

    journey_id: Mapped[int] = mapped_column(sa.ForeignKey("journey.id"))
    kind: Mapped[FactKind] = mapped_column(Choice(FactKind))
    stated_on: Mapped[dt.date] = mapped_column(Day)
    valid_to: Mapped[dt.date | None] = mapped_column(Day)
    at: Mapped[dt.datetime | None] = mapped_column(Moment)
    """The moment it speaks of: the appointment's, the arrival's."""
    zone: Mapped[str] = mapped_column(server_default="")
    result: Mapped[str] = mapped_column(server_default="")
    """For instance ELIGIBLE, NOT_ELIGIBLE, REIMBURSE_ONLY."""
    amount_minor: Mapped[int | None] = mapped_column(Key)
    currency: Mapped[str] = mapped_column(server_default="")
    organization_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organization.id"))
    given_by: Mapped[str] = mapped_column(server_default="")
    """Who consented, where it was not the patient."""
    giver: Mapped[ConsentGiver | None] = mapped_column(Choice(ConsentGiver))
    """What the one who consented is to the patient."""
    method: Mapped[ConsentMethod | None] = mapped_column(Choice(ConsentMethod))
    country: Mapped[str] = mapped_column(server_default="")
    """The country that a consent lets data go to; empty: any."""
    officer: Mapped[str] = mapped_column(server_default="")
    source: Mapped[str] = mapped_column(server_default="")
    note: Mapped[str] = mapped_column(server_default="")
    withdrawn_on: Mapped[dt.date | None] = mapped_column(Day)

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "journey_id", "kind"),)
