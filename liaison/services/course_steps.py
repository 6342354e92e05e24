"""What a move of a case sets going or ends by itself: calls after the return, a cycle's visit, a way home."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.clocks import after_hours
from liaison.domain.cycles import VisitState
from liaison.domain.facts import FactKind
from liaison.domain.journeys import STATES, JourneyState
from liaison.domain.repatriation import RepatriationState
from liaison.domain.work import TaskKind
from liaison.i18n import N_
from liaison.services.care_steps import keep_care_steps
from liaison.services.changes import NOTHING, Changes, actor, add, changes, clock, get, today, zone
from liaison.services.facts import starts_next_cycle, trip_since
from liaison.services.final_bills import final_bill
from liaison.store.models import (
    ConfirmationRow,
    CyclePlanRow,
    CycleVisitRow,
    JourneyRow,
    PatientRow,
    RepatriationEventRow,
    RepatriationRow,
    TaskRow,
)

FOLLOW_UPS = (
    (7, N_("Follow-up call, 7 days after the return")),
    (30, N_("Follow-up call, 30 days after the return")),
    (90, N_("Follow-up call, 90 days after the return")),
)
"""Days after the return on which somebody calls. Source: ``domain`` 1.2, step 22."""

TELL_CONSULATE = N_("Tell the consulate of the death")
TELL_INSURER = N_("Tell the insurer of the death and ask what the claim needs")
CALL_AT = dt.time(9)

_S = JourneyState
_NEXT_CYCLE_BEGAN = N_("the next cycle began")
_DIED = N_("the patient died")
_ENDED = N_("the case ended")


def follow_move(session: Session, row: JourneyRow, start: JourneyState, to: JourneyState) -> Changes:
    """Do what follows from a move of a case by itself. Part of the same action, so that one undo takes all back."""
    done = _follow(session, row, start, to) | keep_care_steps(session, row.id)
    return done if row.is_open else done | _end_debts(session, row)


def _follow(session: Session, row: JourneyRow, start: JourneyState, to: JourneyState) -> Changes:
    if STATES[start].is_final:
        return _take_up_debts(session, row)
    if to is _S.RETURNED:
        return _plan_calls(session, row) | _finish_visit(session, row)
    if starts_next_cycle(start, to):
        return end_follow_ups(session, row.id, note=_NEXT_CYCLE_BEGAN)
    if to is _S.DECEASED:
        return end_follow_ups(session, row.id, note=_DIED) | _open_way_home(session, row)
    return NOTHING


def _end_debts(session: Session, row: JourneyRow) -> Changes:
    """What a case still owed is not asked for once it has ended."""
    note = _DIED if row.state is _S.DECEASED else _ENDED
    owed = sa.select(TaskRow).where(
        TaskRow.journey_id == row.id, TaskRow.kind == TaskKind.DEBT, TaskRow.done_at.is_(None)
    )
    done = NOTHING
    for task in session.scalars(owed):
        task.done_at, task.done_note = clock(session), note
        done |= changes(("task", task.id), ("journey", row.id))
    session.flush()
    return done


def _take_up_debts(session: Session, row: JourneyRow) -> Changes:
    """A case that is opened again owes once more what it owed when it ended."""
    ended = sa.select(TaskRow).where(
        TaskRow.journey_id == row.id, TaskRow.kind == TaskKind.DEBT, TaskRow.done_note == _ENDED
    )
    done = NOTHING
    for task in session.scalars(ended):
        task.done_at, task.done_note = None, ""
        done |= changes(("task", task.id), ("journey", row.id))
    session.flush()
    return done


def at_nine(session: Session, day: dt.date) -> dt.datetime:
    """Nine in the morning of a day at the office, in UTC."""
    return dt.datetime.combine(day, CALL_AT, ZoneInfo(zone(session))).astimezone(dt.UTC)


# after the return


def _plan_calls(session: Session, row: JourneyRow) -> Changes:
    back = _home_on(session, row)
    done = NOTHING
    for days, title in FOLLOW_UPS:
        task = TaskRow(
            journey_id=row.id, kind=TaskKind.STEP, title=title, fact=FactKind.FOLLOW_UP,
            due_at=at_nine(session, back + dt.timedelta(days=days)), officer_id=row.officer_id,
        )  # fmt: skip
        done |= changes(("task", add(session, task).id), ("journey", row.id))
    return done


def _home_on(session: Session, row: JourneyRow) -> dt.date:
    """The day of the return as somebody stated it for this trip, else today."""
    since = trip_since(session, row.id)
    stated = sa.select(sa.func.max(ConfirmationRow.stated_on)).where(
        ConfirmationRow.journey_id == row.id, ConfirmationRow.kind == FactKind.HOME_ARRIVAL,
        ConfirmationRow.withdrawn_on.is_(None),
    )  # fmt: skip
    day = session.scalar(stated)
    return day if day is not None and (since is None or day >= since) else today(session)


def end_follow_ups(session: Session, journey_id: int, *, note: str) -> Changes:
    """Take the calls off that no longer make sense, with the reason."""
    titles = [title for _days, title in FOLLOW_UPS]
    rows = session.scalars(
        sa.select(TaskRow).where(TaskRow.journey_id == journey_id, TaskRow.title.in_(titles), TaskRow.done_at.is_(None))
    )
    done = NOTHING
    for task in rows:
        task.done_at, task.done_note = clock(session), note
        done |= changes(("task", task.id), ("journey", journey_id))
    session.flush()
    return done


# a cycle's visit


def _finish_visit(session: Session, row: JourneyRow) -> Changes:
    """The visit that this trip was for is done, at what its final bill came to."""
    visits = (
        sa.select(CycleVisitRow)
        .join(CyclePlanRow, CyclePlanRow.id == CycleVisitRow.plan_id)
        .where(
            CyclePlanRow.journey_id == row.id,
            sa.or_(
                CycleVisitRow.state == VisitState.UNDER_WAY,
                sa.and_(CycleVisitRow.state == VisitState.PLANNED, CycleVisitRow.planned_on <= today(session)),
            ),
        )
        .order_by(CycleVisitRow.number)
        .limit(1)
    )
    visit = session.scalar(visits)
    if visit is None:
        return NOTHING
    visit.state = VisitState.DONE
    bill = final_bill(session, row.id, since=trip_since(session, row.id))
    if bill is not None and visit.cost_minor is None and bill.amount.currency == visit.currency:
        visit.cost_minor = bill.amount.minor
    session.flush()
    return changes(("cycle_visit", visit.id), ("journey", row.id))


# a death abroad


def _open_way_home(session: Session, row: JourneyRow) -> Changes:
    """A death abroad opens the way home with its two calls; at home the family needs none of it."""
    known = session.scalar(sa.select(RepatriationRow.id).where(RepatriationRow.journey_id == row.id))
    if row.destination_country == "ID" or known is not None:
        return NOTHING
    patient = get(session, PatientRow, row.patient_id)
    home = RepatriationRow(
        journey_id=row.id, state=RepatriationState.OPENED, state_since=clock(session), died_on=patient.died_on,
        place=row.destination_city,
    )  # fmt: skip
    add(session, home)
    event = RepatriationEventRow(
        repatriation_id=home.id, at=clock(session), to_state=RepatriationState.OPENED, actor=actor(session)
    )
    add(session, event)
    done = changes(("repatriation", home.id), ("journey", row.id))
    for hours, title in ((4, TELL_CONSULATE), (24, TELL_INSURER)):
        task = TaskRow(
            journey_id=row.id, kind=TaskKind.STEP, title=title, due_at=after_hours(clock(session), hours),
            is_urgent=hours < 24, officer_id=row.officer_id,
        )  # fmt: skip
        done |= changes(("task", add(session, task).id))
    return done
