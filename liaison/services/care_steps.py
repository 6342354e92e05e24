"""Steps that care opens and closes by itself: a referral nobody answered, a doctor at home without an answer, a patient
who does not know the hour yet.

Every step is told from the records; what the records no longer ask for is ticked off. Sources: ``domain`` 1.9 (referral
unanswered for 24 hours), 1.2 step 22, issue "Casework in depth" (answer home within 7 days).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.care import (
    AppointmentDraft,
    AppointmentState,
    ReferralDraft,
    answer_is_due,
    appointment_state,
    home_answer_due,
)
from liaison.domain.facts import FactKind
from liaison.domain.journeys import JourneyState
from liaison.domain.work import WaitingOn
from liaison.i18n import N_
from liaison.services.changes import NOTHING, Changes, changes, clock, day_of, draft_of, get, zone
from liaison.services.work import open_waiting
from liaison.store.models import (
    AppointmentRow,
    ConfirmationRow,
    JourneyEventRow,
    JourneyRow,
    OpinionRow,
    OrganizationRow,
    ReferralRow,
    TaskRow,
)

ASK_OPINION = N_("Ask for the doctor's opinion")
ASK_REFERRAL = N_("Ask whether the hospital accepts the referral")
TELL_APPOINTMENT = N_("Tell the patient the new hour")
ANSWER_HOME = N_("Send the hospital's answer to the referring doctor")

TITLES = (ASK_OPINION, ASK_REFERRAL, TELL_APPOINTMENT, ANSWER_HOME)
"""Titles of steps that belong to this module alone."""

NOT_ASKED_FOR = N_("no longer asked for")
NOON = dt.time(12)

_LEFT = (
    JourneyState.DISCHARGED, JourneyState.RETURNED, JourneyState.FOLLOW_UP, JourneyState.CLOSED,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """A step that the records ask for now. ``what`` tells two of one title apart.

    ``since`` is when the need arose: a step that somebody ticked off after it is not opened again.
    """

    title: str
    who: WaitingOn
    what: str
    due_at: dt.datetime | None
    since: dt.datetime


def keep_care_steps(session: Session, journey_id: int) -> Changes:
    """Open what the records ask for and tick off what they no longer do. Nothing happens to a case that ended."""
    journey = get(session, JourneyRow, journey_id)
    wanted = {(step.title, step.what): step for step in _wanted(session, journey)} if journey.is_open else {}
    tasks = _own_tasks(session, journey_id)
    standing = {(task.title, task.waiting_for): task for task in tasks if task.done_at is None}
    done = NOTHING
    for key, task in standing.items():
        if key not in wanted:
            task.done_at, task.done_note = clock(session), NOT_ASKED_FOR
            done |= changes(("task", task.id), ("journey", journey_id))
    for key, step in wanted.items():
        if key not in standing and not _was_done(tasks, step):
            row = open_waiting(
                session, step.title, who=step.who, what=step.what, due_at=step.due_at, journey_id=journey_id
            )
            done |= changes(("task", row.id), ("journey", journey_id))
    session.flush()
    return done


def answers_home_missing(session: Session) -> list[int]:
    """Open cases whose patient has left hospital and whose referring doctor has no answer and no step for it yet."""
    waiting = sa.select(TaskRow.journey_id).where(TaskRow.title == ANSWER_HOME, TaskRow.done_at.is_(None))
    cases = (
        sa.select(JourneyRow)
        .where(
            JourneyRow.is_open == sa.true(), JourneyRow.state.in_(_LEFT), JourneyRow.id.not_in(waiting),
            JourneyRow.id.in_(sa.select(ReferralRow.journey_id).where(ReferralRow.answered_home_at.is_(None))),
        )
        .order_by(JourneyRow.id)
    )  # fmt: skip
    return [row.id for row in session.scalars(cases).all() if _owes_answer(session, row)]


def _owes_answer(session: Session, journey: JourneyRow) -> bool:
    tasks = _own_tasks(session, journey.id)
    return any(not _was_done(tasks, step) for step in _home_steps(session, journey))


def left_hospital_on(session: Session, journey: JourneyRow) -> dt.date | None:
    """The day on which the patient left hospital, or came home; none while the care goes on."""
    if journey.state not in _LEFT:
        return None
    if journey.discharged_at is not None:
        return day_of(session, journey.discharged_at)
    moved = session.scalar(
        sa.select(sa.func.max(JourneyEventRow.at)).where(
            JourneyEventRow.journey_id == journey.id, JourneyEventRow.to_state == JourneyState.DISCHARGED
        )
    )
    if moved is not None:
        return day_of(session, moved)
    return session.scalar(
        sa.select(sa.func.max(ConfirmationRow.stated_on)).where(
            ConfirmationRow.journey_id == journey.id,
            ConfirmationRow.kind == FactKind.HOME_ARRIVAL, ConfirmationRow.withdrawn_on.is_(None),
        )
    )  # fmt: skip


def _own_tasks(session: Session, journey_id: int) -> list[TaskRow]:
    tasks = sa.select(TaskRow).where(TaskRow.journey_id == journey_id, TaskRow.title.in_(TITLES))
    return list(session.scalars(tasks.order_by(TaskRow.id)))


def _was_done(tasks: list[TaskRow], step: _Step) -> bool:
    """Whether somebody ticked this very step off since it was needed."""
    return any(
        (task.title, task.waiting_for) == (step.title, step.what)
        and task.done_at is not None
        and task.done_at >= step.since
        and task.done_note != NOT_ASKED_FOR
        for task in tasks
    )


def _wanted(session: Session, journey: JourneyRow) -> list[_Step]:
    return [
        *_opinion_steps(session, journey),
        *_referral_steps(session, journey),
        *_appointment_steps(session, journey),
        *_home_steps(session, journey),
    ]


def _opinion_steps(session: Session, journey: JourneyRow) -> list[_Step]:
    asked = sa.select(OpinionRow).where(OpinionRow.journey_id == journey.id, OpinionRow.answered_at.is_(None))
    return [
        _Step(
            title=ASK_OPINION, who=WaitingOn.HOSPITAL if row.hospital_id else WaitingOn.DOCTOR,
            what=_whom(session, row.hospital_id, row.doctor), due_at=None, since=row.asked_at,
        )
        for row in session.scalars(asked)
    ]  # fmt: skip


def _referral_steps(session: Session, journey: JourneyRow) -> list[_Step]:
    found = []
    for row in session.scalars(sa.select(ReferralRow).where(ReferralRow.journey_id == journey.id)):
        due = answer_is_due(draft_of(row, ReferralDraft))
        if due is not None and row.sent_at is not None:
            whom = _whom(session, row.hospital_id, row.to_doctor)
            found.append(_Step(title=ASK_REFERRAL, who=WaitingOn.HOSPITAL, what=whom, due_at=due, since=row.sent_at))
    return found


def _appointment_steps(session: Session, journey: JourneyRow) -> list[_Step]:
    now = clock(session)
    found = []
    for row in session.scalars(sa.select(AppointmentRow).where(AppointmentRow.journey_id == journey.id)):
        draft = draft_of(row, AppointmentDraft)
        if appointment_state(draft) is not AppointmentState.CONFIRMED or row.starts_at is None or row.starts_at < now:
            continue
        due = min(row.starts_at, now + dt.timedelta(days=1))
        whom = _whom(session, row.hospital_id, row.doctor)
        since = row.confirmed_at or now
        found.append(_Step(title=TELL_APPOINTMENT, who=WaitingOn.US, what=whom, due_at=due, since=since))
    return found


def _home_steps(session: Session, journey: JourneyRow) -> list[_Step]:
    left_on = left_hospital_on(session, journey)
    found = []
    for row in session.scalars(sa.select(ReferralRow).where(ReferralRow.journey_id == journey.id)):
        day = home_answer_due(draft_of(row, ReferralDraft), left_on=left_on)
        if day is not None and left_on is not None:
            here = ZoneInfo(zone(session))
            due = dt.datetime.combine(day, NOON, here)
            since = dt.datetime.combine(left_on, dt.time(), here)
            whom = _whom(session, row.hospital_id, row.to_doctor)
            found.append(_Step(title=ANSWER_HOME, who=WaitingOn.HOSPITAL, what=whom, due_at=due, since=since))
    return found


def _whom(session: Session, hospital_id: int | None, doctor: str) -> str:
    house = session.get(OrganizationRow, hospital_id) if hospital_id is not None else None
    return house.short_name or house.name if house is not None else doctor.strip()
