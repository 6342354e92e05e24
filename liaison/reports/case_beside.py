"""What runs beside a case, read for its summary: cycles against their limit, the way home, times and the way itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.care import AppointmentKind, AppointmentState
from liaison.domain.cycles import VisitState
from liaison.domain.documents import DocumentKind
from liaison.domain.money import Money, total
from liaison.domain.repatriation import RepatriationState
from liaison.domain.travel import Oxygen, Wheelchair
from liaison.i18n import N_
from liaison.services.care_timeline import CareMoment, care_moments
from liaison.services.cycles import cycles_of
from liaison.services.plan_views import AppointmentLine, LegLine, plan_of
from liaison.services.repatriation import repatriation_of
from liaison.services.sentences import Sentence, typed
from liaison.store.models import RepatriationEventRow, RepatriationRow, TravelLegRow


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleLine:
    """One visit of a plan: its day, how far it has come, what it costs."""

    number: int
    planned_on: dt.date
    state: VisitState
    cost: Money
    is_estimate: bool
    skipped: tuple[dt.date, ...] = ()
    """Days of the rounds that were skipped before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleLimit:
    """What the visits are paid from: the limit, what else used it, and what is left or short after each visit."""

    name: Sentence | None
    limit: Money
    used: Money | None
    left: tuple[Money | None, ...]
    short: tuple[Money | None, ...]
    total_short: Money | None
    anew_on: tuple[dt.date, ...] = ()
    """Days on which the limit begins anew while the plan runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WayHome:
    """The way home after a death, as far as the parties of the case take part in it."""

    state: RepatriationState
    since: dt.datetime
    died_on: dt.date | None
    place: str
    consulate: str
    consulate_told_on: dt.date | None
    agent: str
    flight: str
    leaves_on: dt.date | None
    arrives_on: dt.date | None
    papers: tuple[tuple[tuple[DocumentKind, ...], bool], ...]
    """Each paper of the list by its kinds, and whether it is here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WayHomePeople:
    """Who is called and who receives: for the office only."""

    consulate_phone: str
    agent_phone: str
    escort: str
    received_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedTime:
    """A time with a doctor, or a leg of the way; ``at`` is none where no time was given yet."""

    at: dt.datetime | None
    zone: str
    kind: AppointmentKind | None
    where: str
    state: AppointmentState | None = None
    needs: tuple[Wheelchair | Oxygen | str, ...] = ()
    """Help that the patient needs on a leg; a text is a marked one."""


STRETCHER = N_("lying on a stretcher")


def beside(session: Session, journey_id: int) -> dict[str, Any]:
    """What runs beside a case, as the fields of its view."""
    return {**_cycles(session, journey_id), **_way_home(session, journey_id), "times": times_of(session, journey_id)}


def _cycles(session: Session, journey_id: int) -> dict[str, Any]:
    plan = cycles_of(session, journey_id)
    if plan is None:
        return {}
    limit = None
    if plan.limit is not None:
        name = typed(plan.limit_name) if plan.limit_name else None
        limit = CycleLimit(
            name=plan.benefit.name if plan.benefit is not None else name, limit=plan.limit, used=plan.used,
            left=tuple(v.left for v in plan.visits), short=tuple(v.short for v in plan.visits),
            total_short=total((s.amount for s in plan.shortfalls), plan.price.currency) if plan.shortfalls else None,
            anew_on=tuple(year.first_on for year in plan.years[1:]),
        )  # fmt: skip
    lines = tuple(
        CycleLine(number=v.number, planned_on=v.planned_on, state=v.state, cost=v.cost, is_estimate=v.is_estimate,
                  skipped=v.skipped)
        for v in plan.visits
    )  # fmt: skip
    return {"cycles": lines, "cycle_treatment": plan.treatment, "cycle_limit": limit}


def _way_home(session: Session, journey_id: int) -> dict[str, Any]:
    way = repatriation_of(session, journey_id)
    if way is None:
        return {}
    return {
        "way_home": WayHome(
            state=way.state, since=way.state_since, died_on=way.died_on, place=way.place, consulate=way.consulate,
            consulate_told_on=way.consulate_told_on, agent=way.agent, leaves_on=way.leaves_on,
            flight=", ".join(part for part in (way.route, way.flight) if part), arrives_on=way.arrives_on,
            papers=tuple((paper.kinds, paper.have) for paper in way.papers),
        ),
        "way_home_claim_until": way.claim_until,
        "way_home_people": WayHomePeople(
            consulate_phone=way.consulate_phone, agent_phone=way.agent_phone, escort=way.escort,
            received_by=way.received_by,
        ),
    }  # fmt: skip


def times_of(session: Session, journey_id: int) -> tuple[PlannedTime, ...]:
    """Times with doctors and legs of the way, in their order; those without a time last."""
    plan = plan_of(session, journey_id)
    found = [_appointment(line, plan.there_zone) for line in plan.appointments]
    found += [_leg(line, plan.home_zone) for line in plan.legs]
    late = dt.datetime.max.replace(tzinfo=dt.UTC)
    return tuple(sorted(found, key=lambda one: (one.at or late, one.where)))


def _appointment(line: AppointmentLine, there: str) -> PlannedTime:
    draft = line.draft
    where = ", ".join(part for part in (line.hospital, draft.doctor, draft.place) if part)
    return PlannedTime(at=draft.starts_at, zone=draft.zone or there, kind=draft.kind, where=where, state=line.state)


def _leg(line: LegLine, home: str) -> PlannedTime:
    draft = line.draft
    trip = " ".join(part for part in (draft.carrier, draft.number) if part)
    way = f"{draft.from_place} – {draft.to_place}"
    needs: list[Wheelchair | Oxygen | str] = []
    if draft.wheelchair is not Wheelchair.NONE:
        needs.append(draft.wheelchair)
    if draft.oxygen is not Oxygen.NONE:
        needs.append(draft.oxygen)
    if draft.has_stretcher:
        needs.append(STRETCHER)
    return PlannedTime(
        at=draft.departs_at, zone=draft.departs_zone or home, kind=None, needs=tuple(needs),
        where=", ".join(part for part in (way, trip) if part),
    )  # fmt: skip


# what happened


def care_events(session: Session, journey_id: int) -> Iterator[tuple[CareMoment, bool]]:
    """What care and travel tell, without doctors and proposals; whether an insurer may read it too."""
    for one in care_moments(session, journey_id):
        yield one, isinstance(one.row, TravelLegRow)


def way_home_events(session: Session, journey_id: int) -> Iterator[RepatriationEventRow]:
    """The steps of a way home."""
    ways = sa.select(RepatriationRow.id).where(RepatriationRow.journey_id == journey_id)
    yield from session.scalars(sa.select(RepatriationEventRow).where(RepatriationEventRow.repatriation_id.in_(ways)))
