"""Complaints with their step and outcome, and the three answers of the survey."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.clocks import after_working_days
from liaison.domain.complaints import (
    ANSWER_DAYS,
    QUESTIONS,
    ComplaintAnswerDraft,
    ComplaintCause,
    ComplaintDraft,
    ComplaintOutcome,
    Mean,
    SurveyDraft,
    check_answer,
    check_complaint,
    check_survey,
    mean,
)
from liaison.domain.errors import Refused, refuse_if
from liaison.domain.problems import Problem
from liaison.domain.work import NoteChannel, TaskKind
from liaison.i18n import N_
from liaison.services.changes import (
    Changes,
    add,
    changes,
    day_of,
    draft_of,
    fill,
    get,
    get_for,
    need,
    today,
)
from liaison.services.course_steps import at_nine
from liaison.services.facts import open_complaints
from liaison.services.office_hours import office_calendar
from liaison.services.work import finish_titled
from liaison.store.models import ComplaintRow, JourneyRow, SurveyRow, TaskRow

ANSWER = N_("Answer the complaint")
"""Title of the step that a complaint opens."""

ANSWERED_ALREADY = N_("This complaint was answered already.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintView:
    """A complaint as the case shows it."""

    id: int
    version: int
    received_on: dt.date
    channel: NoteChannel
    complainant: str
    cause: ComplaintCause
    text: str
    due_on: dt.date
    closed_on: dt.date | None
    outcome: ComplaintOutcome | None
    outcome_note: str
    is_late: bool

    @property
    def is_open(self) -> bool:
        """Whether it still waits for its answer."""
        return self.closed_on is None


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyView:
    """Three answers as the case shows them."""

    id: int
    version: int
    answered_on: dt.date
    given_by: str
    clear: int | None
    quick: int | None
    again: int | None
    note: str


def record_complaint(session: Session, draft: ComplaintDraft) -> Changes:
    """Write a complaint down; its step is due with it, and the case does not close before its answer."""
    problems = [*check_complaint(draft, today=today(session)), *need(session, JourneyRow, draft.journey_id)]
    refuse_if(problems)
    row = fill(ComplaintRow(), draft)
    row.due_on = draft.due_on or _usual_day(session, draft.received_on)
    add(session, row)
    journey = get(session, JourneyRow, draft.journey_id)
    task = TaskRow(
        journey_id=row.journey_id, kind=TaskKind.STEP, title=ANSWER, due_at=at_nine(session, row.due_on),
        officer_id=journey.officer_id,
    )  # fmt: skip
    add(session, task)
    return changes(("complaint", row.id), ("journey", row.journey_id), ("task", task.id), made=row.id)


def _usual_day(session: Session, received_on: dt.date) -> dt.date:
    due = after_working_days(at_nine(session, received_on), ANSWER_DAYS, office_calendar(session))
    return day_of(session, due)


def edit_complaint(session: Session, key: int, draft: ComplaintDraft, *, version: int | None = None) -> Changes:
    """Correct a complaint."""
    row = get_for(session, ComplaintRow, key, draft, version=version)
    refuse_if(check_complaint(draft, today=today(session)))
    due = draft.due_on or row.due_on
    fill(row, draft, leave=("journey_id", "due_on"))
    if row.due_on != due:
        row.due_on = due
        steps = sa.select(TaskRow).where(
            TaskRow.journey_id == row.journey_id, TaskRow.title == ANSWER, TaskRow.done_at.is_(None)
        )
        for task in session.scalars(steps.limit(1)):
            task.due_at = at_nine(session, due)
    session.flush()
    return changes(("complaint", key), ("journey", row.journey_id))


def complaint_draft(session: Session, key: int) -> ComplaintDraft:
    """What the form of a complaint opens with."""
    return draft_of(get(session, ComplaintRow, key), ComplaintDraft)


def answer_complaint(session: Session, key: int, draft: ComplaintAnswerDraft, *, version: int | None = None) -> Changes:
    """Write down how a complaint ended; with the last one its step is done."""
    row = get(session, ComplaintRow, key, version=version)
    if row.closed_on is not None:
        raise Refused([Problem(code="ANSWERED_ALREADY", message=ANSWERED_ALREADY)])
    refuse_if(check_answer(draft, received_on=row.received_on, today=today(session)))
    fill(row, draft)
    session.flush()
    if not open_complaints(session, row.journey_id):
        finish_titled(session, ANSWER, journey_id=row.journey_id)
    return changes(("complaint", key), ("journey", row.journey_id))


def complaints_of(session: Session, journey_id: int) -> tuple[ComplaintView, ...]:
    """The complaints of a case, open ones first, then the newest."""
    day = today(session)
    rows = session.scalars(
        sa.select(ComplaintRow)
        .where(ComplaintRow.journey_id == journey_id)
        .order_by(ComplaintRow.closed_on.is_not(None), ComplaintRow.received_on.desc(), ComplaintRow.id.desc())
    )
    return tuple(
        ComplaintView(
            id=r.id, version=r.version, received_on=r.received_on, channel=r.channel, complainant=r.complainant,
            cause=r.cause, text=r.text, due_on=r.due_on, closed_on=r.closed_on, outcome=r.outcome,
            outcome_note=r.outcome_note, is_late=r.closed_on is None and r.due_on < day,
        )
        for r in rows
    )  # fmt: skip


# the survey


def record_survey(session: Session, draft: SurveyDraft) -> Changes:
    """Write down the three answers of a patient."""
    refuse_if([*check_survey(draft, today=today(session)), *need(session, JourneyRow, draft.journey_id)])
    row = add(session, fill(SurveyRow(), draft))
    return changes(("survey", row.id), ("journey", row.journey_id), made=row.id)


def surveys_of(session: Session, journey_id: int) -> tuple[SurveyView, ...]:
    """The surveys of a case, the newest first."""
    rows = session.scalars(
        sa.select(SurveyRow)
        .where(SurveyRow.journey_id == journey_id)
        .order_by(SurveyRow.answered_on.desc(), SurveyRow.id.desc())
    )
    return tuple(
        SurveyView(
            id=r.id, version=r.version, answered_on=r.answered_on, given_by=r.given_by, clear=r.clear, quick=r.quick,
            again=r.again, note=r.note,
        )
        for r in rows
    )  # fmt: skip


def survey_means(session: Session, *, since: dt.date, until: dt.date) -> Mapping[str, Mean | None]:
    """The mean of each question over a time, with how many answered; for the office's own eyes."""
    rows = session.execute(
        sa.select(SurveyRow.clear, SurveyRow.quick, SurveyRow.again).where(
            SurveyRow.answered_on >= since, SurveyRow.answered_on <= until
        )
    ).all()
    return {name: mean(row[n] for row in rows) for n, name in enumerate(QUESTIONS)}
