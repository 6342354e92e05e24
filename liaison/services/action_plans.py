"""Activities of an agreement with their milestones: writing them down, closing them, and how they stand today."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.action_plans import (
    ActivityDraft,
    Horizon,
    MilestoneDraft,
    Progress,
    check_activity,
    days_late,
    progress,
)
from liaison.domain.agreements import Area, KeptDraft
from liaison.domain.errors import refuse_if
from liaison.domain.fields import check_required
from liaison.domain.money import Money
from liaison.services.agreement_views import course_of
from liaison.services.agreements import close
from liaison.services.changes import Changes, add, changes, draft_of, fill, get, get_for, money, need, today
from liaison.store.models import ActivityRow, AgreementRow, MilestoneRow


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneView:
    """A point on the way of an activity."""

    id: int
    version: int
    title: str
    due_on: dt.date
    finished_on: dt.date | None
    evidence: str
    dropped_because: str
    progress: Progress
    days_late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityLine:
    """One activity as a list, a card or a paper shows it."""

    id: int
    version: int
    agreement_id: int
    agreement: str
    area: Area
    title: str
    horizon: Horizon
    owner: str
    origin: str
    budget: Money | None
    starts_on: dt.date | None
    due_on: dt.date | None
    comment: str
    finished_on: dt.date | None
    evidence: str
    dropped_because: str
    progress: Progress
    days_late: int
    milestones: tuple[MilestoneView, ...]

    @property
    def reached(self) -> int:
        """How many of its milestones are done."""
        return sum(one.progress is Progress.DONE for one in self.milestones)


def add_activity(session: Session, draft: ActivityDraft) -> Changes:
    """Write an activity down."""
    refuse_if([*check_activity(draft), *need(session, AgreementRow, draft.agreement_id, field="agreement_id")])
    row = add(session, fill(ActivityRow(), draft))
    return changes(("plan_activity", row.id), ("agreement", row.agreement_id), made=row.id)


def edit_activity(session: Session, key: int, draft: ActivityDraft, *, version: int | None = None) -> Changes:
    """Change an activity; refused if somebody else changed it meanwhile."""
    row = get_for(session, ActivityRow, key, draft, version=version)
    refuse_if([*check_activity(draft), *need(session, AgreementRow, draft.agreement_id, field="agreement_id")])
    fill(row, draft)
    session.flush()
    return changes(("plan_activity", key), ("agreement", row.agreement_id))


def activity_draft(session: Session, key: int) -> ActivityDraft:
    """What the form of an activity opens with."""
    return draft_of(get(session, ActivityRow, key), ActivityDraft)


def close_activity(session: Session, key: int, draft: KeptDraft, *, version: int | None = None) -> Changes:
    """An activity is done, with what shows it, or dropped, with why."""
    row = get(session, ActivityRow, key, version=version)
    close(session, row, draft)
    return changes(("plan_activity", key), ("agreement", row.agreement_id))


def add_milestone(session: Session, draft: MilestoneDraft) -> Changes:
    """Put a milestone on the way of an activity."""
    refuse_if([*check_required(draft), *need(session, ActivityRow, draft.activity_id)])
    row = add(session, fill(MilestoneRow(), draft))
    return _touched(session, row, made=row.id)


def edit_milestone(session: Session, key: int, draft: MilestoneDraft, *, version: int | None = None) -> Changes:
    """Change a milestone."""
    row = get_for(session, MilestoneRow, key, draft, version=version)
    refuse_if(check_required(draft))
    fill(row, draft, leave=("activity_id",))
    session.flush()
    return _touched(session, row)


def milestone_draft(session: Session, key: int) -> MilestoneDraft:
    """What the form of a milestone opens with."""
    return draft_of(get(session, MilestoneRow, key), MilestoneDraft)


def close_milestone(session: Session, key: int, draft: KeptDraft, *, version: int | None = None) -> Changes:
    """A milestone is reached, with what shows it, or dropped, with why."""
    row = get(session, MilestoneRow, key, version=version)
    close(session, row, draft)
    return _touched(session, row)


def _touched(session: Session, row: MilestoneRow, *, made: int | None = None) -> Changes:
    activity = get(session, ActivityRow, row.activity_id)
    return changes(
        ("plan_milestone", row.id), ("plan_activity", activity.id), ("agreement", activity.agreement_id), made=made
    )


# reading


def activity_lines(session: Session, *, agreement_id: int | None = None) -> list[ActivityLine]:
    """Activities of one agreement or of all: what is most over its date first, what is over last."""
    asked = sa.select(ActivityRow, AgreementRow.title).join(AgreementRow, AgreementRow.id == ActivityRow.agreement_id)
    if agreement_id is not None:
        asked = asked.where(ActivityRow.agreement_id == agreement_id)
    day = today(session)
    milestones = _milestones(session, day)
    lines = [_line(row, title, day, milestones.get(row.id, ())) for row, title in session.execute(asked)]
    return sorted(lines, key=lambda a: (a.finished_on is not None, -a.days_late, a.due_on or dt.date.max, a.id))


def activity(session: Session, key: int) -> ActivityLine:
    """One activity. Raises :class:`Refused` where it is gone."""
    row = get(session, ActivityRow, key)
    return next(line for line in activity_lines(session, agreement_id=row.agreement_id) if line.id == key)


def _line(row: ActivityRow, agreement: str, day: dt.date, milestones: tuple[MilestoneView, ...]) -> ActivityLine:
    course = course_of(row)
    return ActivityLine(
        id=row.id, version=row.version, agreement_id=row.agreement_id, agreement=agreement, area=row.area,
        title=row.title, horizon=row.horizon, owner=row.owner, origin=row.origin,
        budget=money(row.budget_minor, row.currency), starts_on=row.starts_on, due_on=row.due_on, comment=row.comment,
        finished_on=row.finished_on, evidence=row.evidence, dropped_because=row.dropped_because,
        progress=progress(course, day), days_late=days_late(course, day), milestones=milestones,
    )  # fmt: skip


def _milestones(session: Session, day: dt.date) -> dict[int, tuple[MilestoneView, ...]]:
    found: dict[int, list[MilestoneView]] = defaultdict(list)
    for row in session.scalars(sa.select(MilestoneRow).order_by(MilestoneRow.due_on, MilestoneRow.id)):
        course = course_of(row)
        found[row.activity_id].append(
            MilestoneView(
                id=row.id, version=row.version, title=row.title, due_on=row.due_on, finished_on=row.finished_on,
                evidence=row.evidence, dropped_because=row.dropped_because, progress=progress(course, day),
                days_late=days_late(course, day),
            )
        )  # fmt: skip
    return {key: tuple(each) for key, each in found.items()}
