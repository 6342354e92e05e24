"""Steps that a guarantee letter opens and finishes by itself: an alarm, or a wait for the insurer."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.clocks import after_hours
from liaison.domain.guarantee_moves import alarms
from liaison.domain.guarantees import WAITING_ON_INSURER, GuaranteeState
from liaison.domain.journeys import JourneyState
from liaison.domain.targets import USUAL, ClockKind
from liaison.domain.work import TaskKind, WaitingOn
from liaison.i18n import N_
from liaison.services.belonging import name_of, policy_of
from liaison.services.changes import NOTHING, Changes, add, changes, clock, get, zone
from liaison.services.clocks import letter_clock
from liaison.services.letter_burn import LetterBurn, letter_burn
from liaison.services.work import finish_titled, open_waiting
from liaison.store.models import GuaranteeRow, JourneyRow, TaskRow

_S = GuaranteeState

FOLLOW_UP = N_("Follow up the guarantee letter")
"""Title of the step that waits for the insurer's answer."""

LETTER_DETAILS = N_("Write down the guarantee letter's ceiling, dates and room")
"""Title of the step for a letter of which a list told only the number."""

ASK_TOPUP = N_("Ask the insurer for a top-up of the guarantee letter")
"""Title of the step that is due before a letter's ceiling or covered days run out; its page has the drafted request."""

TOPUP_AT = dt.time(9)

TARGET_HOURS = {
    _S.REQUESTED: USUAL[ClockKind.GL_INITIAL].amount,
    _S.TOPUP_REQUESTED: USUAL[ClockKind.GL_TOPUP].amount,
    _S.FINAL_REQUESTED: USUAL[ClockKind.GL_FINAL].amount,
}
"""Usual targets for an answer in hours, never a legal limit: for a list, which tells nothing of earlier moves."""

_URGENT = (_S.WITHDRAWN, _S.DECLINED, _S.EXPIRED)
_IN_FORCE = (_S.ISSUED, _S.ACCEPTED, _S.TOPUP_ISSUED)
_OURS = (_S.QUERIED, _S.FINAL_QUERIED)


def open_steps(session: Session, row: GuaranteeRow) -> None:
    """What a letter's new state makes an officer do: an alarm, or a step that waits for the insurer."""
    now = clock(session)
    journey = get(session, JourneyRow, row.journey_id)
    if not journey.is_open and row.state is not _S.WITHDRAWN:
        return
    if row.state in WAITING_ON_INSURER:
        who, name = _decider(session, row)
        open_waiting(
            session, FOLLOW_UP, who=who, what=name, journey_id=row.journey_id,
            due_at=_answer_due(session, row),
        )  # fmt: skip
    for alarm in alarms(row.state, now):
        is_alarm = row.state in _URGENT
        task = TaskRow(
            journey_id=row.journey_id, kind=TaskKind.ALARM if is_alarm else TaskKind.STEP, title=alarm.label,
            due_at=alarm.due, is_urgent=is_alarm, officer_id=journey.officer_id,
            waiting_on=WaitingOn.US if row.state in _OURS else None, waiting_since=now if row.state in _OURS else None,
        )  # fmt: skip
        add(session, task)


def finish_steps(session: Session, row: GuaranteeRow, start: GuaranteeState) -> None:
    """What the state before asked for is done once the letter has left it."""
    titles = [alarm.label for alarm in alarms(start, clock(session)) if start not in _URGENT]
    if row.state not in _IN_FORCE:
        titles.append(ASK_TOPUP)
    if start in WAITING_ON_INSURER:
        titles.append(FOLLOW_UP)
    for title in titles:
        finish_titled(session, title, journey_id=row.journey_id, note=row.state.label)


def _answer_due(session: Session, row: GuaranteeRow) -> dt.datetime:
    """When the insurer's own clock reaches its target; after a question it goes on where it stood."""
    now = clock(session)
    line = letter_clock(session, row.id)
    due = line.run.due(now) if line is not None else None
    return due if due is not None else after_hours(now, TARGET_HOURS[row.state])


def watch_ceiling(session: Session, journey_id: int) -> Changes:
    """Open the step to ask for more where a letter is running out, and take it off where it no longer is."""
    burn = letter_burn(session, journey_id)
    standing = _asking(session, journey_id)
    if burn is None or not burn.needs_topup:
        if standing is not None and burn is not None and burn.state in _IN_FORCE:
            finish_titled(session, ASK_TOPUP, journey_id=journey_id)
            return changes(("task", standing.id), ("journey", journey_id))
        return NOTHING
    due = _ask_at(session, burn)
    if standing is not None:
        if standing.due_at is not None and due < standing.due_at:
            standing.due_at = due
            session.flush()
        return changes(("task", standing.id), ("journey", journey_id))
    journey = get(session, JourneyRow, journey_id)
    task = TaskRow(
        journey_id=journey_id, kind=TaskKind.STEP, title=ASK_TOPUP, due_at=due, officer_id=journey.officer_id,
        waiting_on=WaitingOn.US, waiting_since=clock(session), is_urgent=burn.left is not None and burn.left.minor < 0,
    )  # fmt: skip
    return changes(("task", add(session, task).id), ("journey", journey_id))


def ceilings_run_out(session: Session) -> list[int]:
    """Cases in hospital whose letter runs out and that have no step for it: the covered days end by time alone."""
    inside = (
        sa.select(JourneyRow.id)
        .where(
            JourneyRow.is_open == sa.true(),
            JourneyRow.state.in_((JourneyState.ADMITTED, JourneyState.DISCHARGE_PENDING)),
            JourneyRow.id.in_(sa.select(GuaranteeRow.journey_id).where(GuaranteeRow.state.in_(_IN_FORCE))),
        )
        .order_by(JourneyRow.id)
    )  # fmt: skip
    found = []
    for key in session.scalars(inside).all():
        burn = letter_burn(session, key)
        if burn is not None and burn.needs_topup and not _was_asked(session, key, burn):
            found.append(key)
    return found


def _was_asked(session: Session, journey_id: int, burn: LetterBurn) -> bool:
    """Whether the step stands, or somebody ticked it off since the letter is as it is."""
    since = get(session, GuaranteeRow, burn.guarantee_id).state_since
    steps = sa.select(TaskRow.id).where(
        TaskRow.journey_id == journey_id, TaskRow.title == ASK_TOPUP,
        sa.or_(TaskRow.done_at.is_(None), TaskRow.done_at >= since),
    )  # fmt: skip
    return session.scalar(steps.limit(1)) is not None


def _asking(session: Session, journey_id: int) -> TaskRow | None:
    steps = sa.select(TaskRow).where(
        TaskRow.journey_id == journey_id, TaskRow.title == ASK_TOPUP, TaskRow.done_at.is_(None)
    )
    return session.scalar(steps.limit(1))


def _ask_at(session: Session, burn: LetterBurn) -> dt.datetime:
    """Nine o'clock of the day by which to ask, and within an hour where that has passed."""
    soon = clock(session) + dt.timedelta(hours=1)
    if burn.ask_by is None:
        return soon
    return max(dt.datetime.combine(burn.ask_by, TOPUP_AT, ZoneInfo(zone(session))).astimezone(dt.UTC), soon)


def _decider(session: Session, row: GuaranteeRow) -> tuple[WaitingOn, str]:
    """Who answers: the administrator where the policy has one, else the insurer."""
    policy = policy_of(session, row.cover_id)
    if policy is not None and policy.administrator_id is not None:
        return WaitingOn.ADMINISTRATOR, name_of(session, policy.administrator_id)
    return WaitingOn.INSURER, name_of(session, policy.insurer_id) if policy else ""
