"""Steps that a guarantee letter opens and finishes by itself: an alarm, or a wait for the insurer."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from liaison.domain.clocks import after_hours
from liaison.domain.guarantee_moves import alarms
from liaison.domain.guarantees import WAITING_ON_INSURER, GuaranteeState
from liaison.domain.targets import USUAL, ClockKind
from liaison.domain.work import TaskKind, WaitingOn
from liaison.i18n import N_
from liaison.services.belonging import name_of, policy_of
from liaison.services.changes import add, clock, get
from liaison.services.clocks import letter_clock
from liaison.services.work import finish_titled, open_waiting
from liaison.store.models import GuaranteeRow, JourneyRow, TaskRow

_S = GuaranteeState

FOLLOW_UP = N_("Follow up the guarantee letter")
"""Title of the step that waits for the insurer's answer."""

LETTER_DETAILS = N_("Write down the guarantee letter's ceiling, dates and room")
"""Title of the step for a letter of which a list told only the number."""

TARGET_HOURS = {
    _S.REQUESTED: USUAL[ClockKind.GL_INITIAL].amount,
    _S.TOPUP_REQUESTED: USUAL[ClockKind.GL_TOPUP].amount,
    _S.FINAL_REQUESTED: USUAL[ClockKind.GL_FINAL].amount,
}
"""Usual targets for an answer in hours, never a legal limit: for a list, which tells nothing of earlier moves."""

_URGENT = (_S.WITHDRAWN, _S.DECLINED, _S.EXPIRED)
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
            due_at=_due(session, row),
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
    if start in WAITING_ON_INSURER:
        titles.append(FOLLOW_UP)
    for title in titles:
        finish_titled(session, title, journey_id=row.journey_id, note=row.state.label)


def _due(session: Session, row: GuaranteeRow) -> dt.datetime:
    """When the insurer's own clock reaches its target; after a question it goes on where it stood."""
    now = clock(session)
    line = letter_clock(session, row.id)
    due = line.run.due(now) if line is not None else None
    return due if due is not None else after_hours(now, TARGET_HOURS[row.state])


def _decider(session: Session, row: GuaranteeRow) -> tuple[WaitingOn, str]:
    """Who answers: the administrator where the policy has one, else the insurer."""
    policy = policy_of(session, row.cover_id)
    if policy is not None and policy.administrator_id is not None:
        return WaitingOn.ADMINISTRATOR, name_of(session, policy.administrator_id)
    return WaitingOn.INSURER, name_of(session, policy.insurer_id) if policy else ""
