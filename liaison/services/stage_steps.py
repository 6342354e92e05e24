"""The six stages of a case as the page draws them: when each began, where it stands, when the next is expected."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.guarantees import GuaranteeState
from liaison.domain.journey_kinds import stages_of
from liaison.domain.journeys import STAGE_OF, EntryMode, JourneyState, Stage
from liaison.domain.repatriation import is_open
from liaison.i18n import N_
from liaison.services.changes import day_of
from liaison.services.sentences import Sentence, said
from liaison.store.models import (
    ClaimRow,
    GuaranteeRow,
    GuaranteeVersionRow,
    JourneyEventRow,
    JourneyRow,
    RepatriationRow,
)


class StepStatus(StrEnum):
    """How one of the six stages is drawn."""

    DONE = "done"
    CURRENT = "current"
    TO_COME = "to_come"
    SKIPPED = "skipped"


_ON_ITS_WAY = frozenset({GuaranteeState.REQUESTED, GuaranteeState.QUERIED, GuaranteeState.REOPENED})
"""A first letter that was asked for and has not come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StageStep:
    """One of the six stages: when it began, and for the current one the exact state."""

    stage: Stage
    status: StepStatus
    on: dt.date | None = None
    state: JourneyState | None = None
    since: dt.date | None = None
    note: Sentence | None = None
    expected: dt.date | None = None


def stage_steps(session: Session, row: JourneyRow) -> tuple[StageStep, ...]:
    """The six stages of a case. A letter's stage bears the day of the first letter."""
    events = session.scalars(
        sa.select(JourneyEventRow)
        .where(JourneyEventRow.journey_id == row.id)
        .order_by(JourneyEventRow.at, JourneyEventRow.id)
    ).all()
    entered: dict[Stage, dt.date] = {}
    last_stage: Stage | None = None
    for event in events:
        stage = STAGE_OF.get(event.to_state)
        if stage is not None:
            last_stage = stage
            entered.setdefault(stage, day_of(session, event.at))
        elif event.from_state is not None:
            # An end has no stage of its own: the case stands in the one that it ended in.
            last_stage = STAGE_OF.get(event.from_state, last_stage)
    current = STAGE_OF.get(row.state) or last_stage or Stage.ENQUIRY_INTAKE
    way_home = _ended_way_home(session, row)
    if way_home is not None:
        # The patient is home; what is left are the claims.
        current = Stage.HOME_CLAIMS
        entered.setdefault(current, day_of(session, way_home.state_since))
    # Every case began with an enquiry, whatever its first record says.
    begun = {Stage.ENQUIRY_INTAKE, *entered}
    path = set(stages_of(row.kind, is_domestic=row.destination_country == "ID"))
    order = list(Stage)
    letter_on = session.scalar(
        sa.select(sa.func.min(GuaranteeVersionRow.issued_at))
        .join(GuaranteeRow, GuaranteeRow.id == GuaranteeVersionRow.guarantee_id)
        .where(GuaranteeRow.journey_id == row.id)
    )
    steps = []
    for stage in order:
        on = entered.get(stage)
        note = None
        if stage is Stage.LETTER_TRAVEL and letter_on is not None:
            on, note = day_of(session, letter_on), said(N_("letter issued"))
            begun.add(stage)
        status = _status(
            order.index(stage) - order.index(current), row, was_entered=stage in begun, is_on_path=stage in path
        )
        if stage is Stage.LETTER_TRAVEL and status is StepStatus.SKIPPED and row.is_open:
            asked_on = _letter_asked_for(session, row.id)
            if asked_on is not None:
                # An emergency is admitted first; its letter comes afterwards.
                status, on, note = StepStatus.TO_COME, day_of(session, asked_on), said(N_("letter asked for"))
        if way_home is not None and stage is current and not _has_open_claim(session, row.id):
            status = StepStatus.DONE
        expected = {Stage.ABROAD: row.planned_admission_on, Stage.HOME_CLAIMS: row.planned_return_on}.get(stage)
        steps.append(
            StageStep(
                stage=stage,
                status=status,
                on=on,
                state=row.state if stage is current else None,
                since=day_of(session, (way_home or row).state_since) if stage is current else None,
                note=note,
                expected=expected if status is StepStatus.TO_COME else None,
            )
        )
    return tuple(steps)


def _letter_asked_for(session: Session, journey_id: int) -> dt.datetime | None:
    """When the letter was asked for that has not come yet."""
    asked = sa.select(sa.func.max(GuaranteeRow.requested_at)).where(
        GuaranteeRow.journey_id == journey_id, GuaranteeRow.state.in_(_ON_ITS_WAY)
    )
    return session.scalar(asked)


def _ended_way_home(session: Session, row: JourneyRow) -> RepatriationRow | None:
    """The way home after a death, once it has ended."""
    if row.state is not JourneyState.DECEASED:
        return None
    way = session.scalar(sa.select(RepatriationRow).where(RepatriationRow.journey_id == row.id))
    return way if way is not None and not is_open(way.state) else None


def _has_open_claim(session: Session, journey_id: int) -> bool:
    claims = sa.select(ClaimRow.id).where(
        ClaimRow.journey_id == journey_id, ClaimRow.is_open, ClaimRow.voided_reason == ""
    )
    return session.scalar(claims.limit(1)) is not None


def _status(distance: int, row: JourneyRow, *, was_entered: bool, is_on_path: bool) -> StepStatus:
    """``distance`` is how many stages this one lies behind (negative) or ahead of the current one."""
    if distance == 0:
        return StepStatus.DONE if row.state is JourneyState.CLOSED else StepStatus.CURRENT
    if distance < 0:
        went_past = row.was_answered or row.entry_mode is EntryMode.EMERGENCY
        return StepStatus.DONE if was_entered or not went_past else StepStatus.SKIPPED
    return StepStatus.TO_COME if row.is_open and is_on_path else StepStatus.SKIPPED
