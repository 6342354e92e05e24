"""What runs beside a case: cycles of treatment, a pregnancy, a way home after a death, complaints, an infection."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from liaison.domain.benefits import BenefitCategory, LimitKind
from liaison.domain.complaints import ComplaintCause, ComplaintOutcome
from liaison.domain.cycles import VisitState
from liaison.domain.repatriation import RepatriationState
from liaison.domain.work import NoteChannel
from liaison.store.base import Record
from liaison.store.types import Choice, Day, Flag, Key, Moment


class CyclePlanRow(Record):
    """A treatment of several visits, each some days after the one before, against the limit it is paid from."""

    __tablename__ = "cycle_plan"

    journey_id: Mapped[int] = mapped_column(sa.ForeignKey("journey.id"))
    treatment: Mapped[str] = mapped_column(server_default="")
    visits: Mapped[int]
    every_days: Mapped[int]
    first_on: Mapped[dt.date] = mapped_column(Day)
    currency: Mapped[str]
    price_minor: Mapped[int] = mapped_column(Key)
    limit_minor: Mapped[int | None] = mapped_column(Key)
    used_minor: Mapped[int | None] = mapped_column(Key)
    limit_name: Mapped[str] = mapped_column(server_default="")
    benefit_kind: Mapped[LimitKind | None] = mapped_column(Choice(LimitKind))
    """Set where the limit is one of the case's policy; its category stands beside it."""
    benefit_category: Mapped[BenefitCategory | None] = mapped_column(Choice(BenefitCategory))
    is_yearly: Mapped[bool] = mapped_column(Flag, server_default="0")
    """Whether a limit written down by hand begins anew with each policy year."""
    note: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "journey_id"),)


class CycleVisitRow(Record):
    """One visit of such a plan."""

    __tablename__ = "cycle_visit"

    plan_id: Mapped[int] = mapped_column(sa.ForeignKey("cycle_plan.id"))
    number: Mapped[int]
    planned_on: Mapped[dt.date] = mapped_column(Day)
    state: Mapped[VisitState] = mapped_column(Choice(VisitState), server_default="PLANNED")
    currency: Mapped[str] = mapped_column(server_default="")
    cost_minor: Mapped[int | None] = mapped_column(Key)
    put_off: Mapped[int] = mapped_column(server_default="0")
    """Rounds that were skipped before it."""
    note: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.UniqueConstraint("plan_id", "number"),)


class PregnancyRow(Record):
    """A pregnancy that travels."""

    __tablename__ = "pregnancy"

    journey_id: Mapped[int] = mapped_column(sa.ForeignKey("journey.id"))
    due_on: Mapped[dt.date | None] = mapped_column(Day)
    weeks: Mapped[int | None]
    days: Mapped[int | None]
    counted_on: Mapped[dt.date | None] = mapped_column(Day)
    is_multiple: Mapped[bool] = mapped_column(Flag, server_default="0")
    has_complications: Mapped[bool] = mapped_column(Flag, server_default="0")
    letter_on: Mapped[dt.date | None] = mapped_column(Day)
    note: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.UniqueConstraint("journey_id"),)


class AirlineRuleRow(Record):
    """What an airline asks of a pregnant passenger, with its source and the day somebody looked."""

    __tablename__ = "airline_rule"

    carrier: Mapped[str]
    carrier_key: Mapped[str]
    letter_from_week: Mapped[int]
    last_week: Mapped[int]
    last_week_multiple: Mapped[int]
    letter_days: Mapped[int]
    source: Mapped[str]
    checked_on: Mapped[dt.date] = mapped_column(Day)

    table_extra: ClassVar[tuple[Any, ...]] = (sa.UniqueConstraint("carrier_key"),)


class NewbornRow(Record):
    """A child born on a journey, tied to its mother until it has a NIK of its own."""

    __tablename__ = "newborn"

    patient_id: Mapped[int] = mapped_column(sa.ForeignKey("patient.id"))
    mother_id: Mapped[int] = mapped_column(sa.ForeignKey("patient.id"))
    journey_id: Mapped[int] = mapped_column(sa.ForeignKey("journey.id"))
    born_on: Mapped[dt.date] = mapped_column(Day)
    birth_order: Mapped[int]
    of_several: Mapped[bool] = mapped_column(Flag, server_default="0")
    mother_nik: Mapped[str] = mapped_column(server_default="")
    note: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (
        sa.UniqueConstraint("patient_id"),
        sa.Index(None, "mother_id"),
        sa.Index(None, "journey_id"),
    )


class RepatriationRow(Record):
    """The way home after a death abroad."""

    __tablename__ = "repatriation"

    journey_id: Mapped[int] = mapped_column(sa.ForeignKey("journey.id"))
    state: Mapped[RepatriationState] = mapped_column(Choice(RepatriationState), server_default="R01")
    state_since: Mapped[dt.datetime] = mapped_column(Moment)
    died_on: Mapped[dt.date | None] = mapped_column(Day)
    place: Mapped[str] = mapped_column(server_default="")
    mccd_no: Mapped[str] = mapped_column(server_default="")
    consulate: Mapped[str] = mapped_column(server_default="")
    consulate_phone: Mapped[str] = mapped_column(server_default="")
    consulate_told_on: Mapped[dt.date | None] = mapped_column(Day)
    agent: Mapped[str] = mapped_column(server_default="")
    agent_phone: Mapped[str] = mapped_column(server_default="")
    route: Mapped[str] = mapped_column(server_default="")
    flight: Mapped[str] = mapped_column(server_default="")
    leaves_on: Mapped[dt.date | None] = mapped_column(Day)
    arrives_on: Mapped[dt.date | None] = mapped_column(Day)
    escort: Mapped[str] = mapped_column(server_default="")
    received_by: Mapped[str] = mapped_column(server_default="")
    is_unable_to_pay: Mapped[bool] = mapped_column(Flag, server_default="0")
    note: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.UniqueConstraint("journey_id"),)


class RepatriationEventRow(Record):
    """A step of the way home, with who, when, and what was passed over."""

    __tablename__ = "repatriation_event"

    repatriation_id: Mapped[int] = mapped_column(sa.ForeignKey("repatriation.id"))
    at: Mapped[dt.datetime] = mapped_column(Moment)
    from_state: Mapped[RepatriationState | None] = mapped_column(Choice(RepatriationState))
    to_state: Mapped[RepatriationState] = mapped_column(Choice(RepatriationState))
    actor: Mapped[str]
    override_reason: Mapped[str] = mapped_column(server_default="")
    overridden: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "repatriation_id", "at"),)


class ComplaintRow(Record):
    """A complaint, when it has to be answered, and how it ended."""

    __tablename__ = "complaint"

    journey_id: Mapped[int] = mapped_column(sa.ForeignKey("journey.id"))
    received_on: Mapped[dt.date] = mapped_column(Day)
    channel: Mapped[NoteChannel] = mapped_column(Choice(NoteChannel), server_default="CALL")
    complainant: Mapped[str] = mapped_column(server_default="")
    cause: Mapped[ComplaintCause] = mapped_column(Choice(ComplaintCause))
    text: Mapped[str]
    due_on: Mapped[dt.date] = mapped_column(Day)
    closed_on: Mapped[dt.date | None] = mapped_column(Day)
    outcome: Mapped[ComplaintOutcome | None] = mapped_column(Choice(ComplaintOutcome))
    outcome_note: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "journey_id"), sa.Index(None, "closed_on", "due_on"))


class SurveyRow(Record):
    """Three answers of a patient, each from 1 to 5."""

    __tablename__ = "survey"

    journey_id: Mapped[int] = mapped_column(sa.ForeignKey("journey.id"))
    answered_on: Mapped[dt.date] = mapped_column(Day)
    given_by: Mapped[str] = mapped_column(server_default="")
    clear: Mapped[int | None]
    quick: Mapped[int | None]
    again: Mapped[int | None]
    note: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.Index(None, "journey_id"), sa.Index(None, "answered_on"))


class HealthNoticeRow(Record):
    """A communicable disease. Read by one service only, which shows it to two named roles; never printed."""

    __tablename__ = "health_notice"

    journey_id: Mapped[int] = mapped_column(sa.ForeignKey("journey.id"))
    disease: Mapped[str]
    screened_on: Mapped[dt.date | None] = mapped_column(Day)
    is_offered: Mapped[bool] = mapped_column(Flag, server_default="0")
    notified_on: Mapped[dt.date | None] = mapped_column(Day)
    authority: Mapped[str] = mapped_column(server_default="")
    reference: Mapped[str] = mapped_column(server_default="")
    tracing_note: Mapped[str] = mapped_column(server_default="")

    table_extra: ClassVar[tuple[Any, ...]] = (sa.UniqueConstraint("journey_id"),)
