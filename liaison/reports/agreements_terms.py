"""Terms drawn over time (R7): how long each agreement still runs, and when each activity of the plan is due.

What has no day is left to the tables. Nothing overdue can be hidden: a late activity bears its triangle and its days.
Source: ``domain`` section 4 (R7, Gantt-like bars); ``ux`` 3.5 (g).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from liaison.domain.action_plans import Horizon, Progress
from liaison.domain.agreements import Standing
from liaison.i18n import Language
from liaison.reports.agreements_view import AgreementsView
from liaison.reports.blocks import Block, Drawing, Heading, Shape
from liaison.reports.charts import Term, Terms
from liaison.reports.wording import bound
from liaison.services.action_plans import ActivityLine
from liaison.services.agreement_views import AgreementLine

MOST_YEARS = 12
"""So far back a bar is drawn; what began earlier begins at the edge."""


_OVER = frozenset({Standing.SUPERSEDED, Standing.EXPIRED, Standing.TERMINATED})


def _years(day: dt.date) -> float:
    """A day on the axis of years."""
    return day.year + (day.timetuple().tm_yday - 1) / 366


def agreement_terms(view: AgreementsView, _: Language) -> list[Block]:
    """From the day each agreement began to its last day."""
    rows = [(line, _begun(line)) for line in view.agreements]
    known = [(line, start) for line, start in rows if start is not None and start <= view.today]
    if not known:
        return []
    followed = _followed_on(view)
    terms = [_agreement_term(line, start, view.today, _, followed_on=followed.get(line.id)) for line, start in known]
    subtitle = _("dark = still to run, light = past, outlined = over, open end = no last day agreed; n = {count}",
                 count=len(terms))  # fmt: skip
    return [Heading(text=_("How long they run"), subtitle=subtitle), Drawing(chart=_chart(terms, view.today, _))]


def _begun(line: AgreementLine) -> dt.date | None:
    return line.effective_on or line.signed_on


def _followed_on(view: AgreementsView) -> dict[int, dt.date]:
    """By agreement, the day on which another one took its place: there its own bar ends."""
    found: dict[int, dt.date] = {}
    for line in view.agreements:
        if line.supersedes_id is not None and line.signed_on is not None:
            found[line.supersedes_id] = min(line.signed_on, found.get(line.supersedes_id, line.signed_on))
    return found


def _agreement_term(
    line: AgreementLine, start: dt.date, today: dt.date, _: Language, *, followed_on: dt.date | None
) -> Term:
    over = line.standing in _OVER or (line.ends_on is not None and line.ends_on < today)
    if line.standing in _OVER:
        shown = _(line.standing.label)
    elif line.ends_on is None:
        shown = _("no last day")
    elif over:
        shown = _("over")
    else:
        shown = _.plural("{count} day left", "{count} days left", (line.ends_on - today).days)
    end: float | None
    if over:
        days = [day for day in (line.ends_on, followed_on, today) if day is not None]
        end = _years(max(min(days), start))
    else:
        end = _years(line.ends_on) if line.ends_on is not None else None
    return Term(label=line.title, start=_years(start), end=end, shown=bound(shown), is_done=over)


def plan_terms(view: AgreementsView, _: Language) -> list[Block]:
    """Activities from their beginning to the day they are due, by horizon; those without a day stay in the table."""
    drawn = [
        line for horizon in Horizon for line in view.activities if line.horizon is horizon and line.due_on is not None
    ]
    if not drawn:
        return []
    terms = [_activity_term(line, view.today, _) for line in drawn]
    left = len(view.activities) - len(drawn)
    subtitle = _("dark = still to run, light = past, outlined = closed; n = {count}", count=len(terms))
    note = _.plural("{count} without a day", "{count} without a day", left) if left else ""
    return [
        Heading(text=_("The plan over time"), subtitle=subtitle, note=note),
        Drawing(chart=_chart(terms, view.today, _)),
    ]  # fmt: skip


def _activity_term(line: ActivityLine, today: dt.date, _: Language) -> Term:
    due = line.due_on or today
    start = min(line.starts_on or due, due)
    is_late = line.progress is Progress.LATE
    if is_late:
        shown = _.plural("{count} day late", "{count} days late", line.days_late)
    elif line.finished_on is not None:
        shown = _(line.progress.label)
    else:
        shown = _.plural("{count} day left", "{count} days left", (due - today).days)
    return Term(
        label=line.title, start=_years(start), end=_years(due), shown=bound(shown),
        shape=Shape.LATE if is_late else None, is_done=line.finished_on is not None,
    )  # fmt: skip


def _chart(terms: Sequence[Term], today: dt.date, _: Language) -> Terms:
    now = _years(today)
    first = max(int(min(min(term.start for term in terms), now)), int(now) - MOST_YEARS)
    last = int(max(max(_ends(terms), default=now), now + 0.5)) + 1
    step = max(1, -(-(last - first) // 8))
    ticks = tuple((float(year), str(year)) for year in range(first, last + 1, step))
    return Terms(
        terms=tuple(terms), first=float(first), last=float(last), today=now, today_word=_("today"), ticks=ticks
    )


def _ends(terms: Iterable[Term]) -> Iterable[float]:
    return (term.end for term in terms if term.end is not None)
