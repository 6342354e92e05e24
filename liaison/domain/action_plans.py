"""What an agreement sets out to do: activities with owner, horizon, budget and milestones.

Nothing overdue can be hidden: an activity is closed with evidence or dropped with a reason. Source: ``domain`` 2.1
(horizons of less than one, up to three, and more years are a choice of the design), ``ux`` 3.5 (g).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from liaison.domain.agreements import PUBLIC, Area
from liaison.domain.coded import Coded
from liaison.domain.fields import check_order, check_required, draft, field, problem, warning
from liaison.domain.money import Money
from liaison.domain.problems import Problem
from liaison.i18n import N_

YEAR_DAYS, THREE_YEARS_DAYS = 366, 3 * 366


class Horizon(Coded):
    """How far an activity reaches."""

    SHORT = "SHORT", N_("short (under a year)")
    MEDIUM = "MEDIUM", N_("medium (one to three years)")
    LONG = "LONG", N_("long (over three years)")


HORIZON_WORDS: Mapping[Horizon, str] = {
    Horizon.SHORT: N_("Short"), Horizon.MEDIUM: N_("Medium"), Horizon.LONG: N_("Long"),
}  # fmt: skip
"""The horizons in a column's width."""


class Progress(Coded):
    """How an activity or a milestone stands on a day."""

    LATE = "LATE", N_("late")
    UNDER_WAY = "UNDER_WAY", N_("under way")
    TO_COME = "TO_COME", N_("not begun")
    DONE = "DONE", N_("done")
    DROPPED = "DROPPED", N_("dropped")


OVER = frozenset({Progress.DONE, Progress.DROPPED})


@draft
class ActivityDraft:
    """One activity of a plan."""

    agreement_id: int = field(N_("Agreement"), required=True)
    area: Area = field(N_("Area"), required=True, audience=PUBLIC)
    title: str = field(N_("What is to be done"), required=True, audience=PUBLIC)
    horizon: Horizon = field(N_("Horizon"), required=True, audience=PUBLIC)
    owner: str = field(N_("Who sees to it"), required=True, audience=PUBLIC)
    origin: str = field(N_("From which meeting or city"), audience=PUBLIC, default="")
    budget: Money | None = field(N_("Budget"), default=None)
    starts_on: dt.date | None = field(N_("Begins on"), audience=PUBLIC, default=None)
    due_on: dt.date | None = field(N_("Due on"), audience=PUBLIC, default=None)
    comment: str = field(
        N_("Comment"), help=N_("At most fifteen words: it stands on the paper."), audience=PUBLIC, default=""
    )


@draft
class MilestoneDraft:
    """A point on the way of an activity."""

    activity_id: int = field(N_("Activity"), required=True)
    title: str = field(N_("Milestone"), required=True, audience=PUBLIC)
    due_on: dt.date = field(N_("Due on"), required=True, audience=PUBLIC)


LONGEST_COMMENT = 15
"""Words of a comment. Source: ``ux`` 3.5 (g)."""


def check_activity(activity: ActivityDraft) -> list[Problem]:
    """Everything wrong or odd about an activity."""
    found = check_required(activity)
    if found:
        return found
    found += check_order(activity, "starts_on", "due_on")
    if activity.budget is not None and activity.budget.minor < 0:
        found.append(problem("NEGATIVE", N_("A budget is not less than nothing."), "budget"))
    if len(activity.comment.split()) > LONGEST_COMMENT:
        found.append(
            problem("TOO_LONG", N_("At most {count} words: it stands on the paper."), "comment", count=LONGEST_COMMENT)
        )
    if not found and activity.due_on is None:
        found.append(warning("NO_DATE", N_("Without a date nobody will see that it is late."), "due_on"))
    fits = horizon_of(activity.starts_on, activity.due_on)
    if not found and fits is not None and fits is not activity.horizon:
        found.append(warning("OTHER_HORIZON", N_("By its dates the horizon is: {horizon}."), "horizon", horizon=fits))
    return found


def horizon_of(starts_on: dt.date | None, due_on: dt.date | None) -> Horizon | None:
    """The horizon that two dates span; ``None`` where one is missing."""
    if starts_on is None or due_on is None:
        return None
    days = (due_on - starts_on).days
    if days < YEAR_DAYS:
        return Horizon.SHORT
    return Horizon.MEDIUM if days <= THREE_YEARS_DAYS else Horizon.LONG


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What the progress of something promised is read from."""

    starts_on: dt.date | None = None
    due_on: dt.date | None = None
    finished_on: dt.date | None = None
    is_dropped: bool = False


def progress(course: Course, today: dt.date) -> Progress:
    """How something promised stands on a day; what has begun, or has no beginning written, is under way."""
    if course.finished_on is not None:
        return Progress.DROPPED if course.is_dropped else Progress.DONE
    if course.due_on is not None and course.due_on < today:
        return Progress.LATE
    return Progress.TO_COME if course.starts_on is not None and course.starts_on > today else Progress.UNDER_WAY


def days_late(course: Course, today: dt.date) -> int:
    """By how many days it is late now; 0 where it is not."""
    if course.finished_on is not None or course.due_on is None:
        return 0
    return max(0, (today - course.due_on).days)
