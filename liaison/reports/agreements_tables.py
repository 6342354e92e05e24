"""The tables of the report on agreements: promises, activities with their milestones, indicators."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from liaison.domain.action_plans import OVER, Horizon, Progress
from liaison.domain.data_requests import Decision
from liaison.domain.indicators import LEVEL_WORDS, Mark
from liaison.domain.privacy import HELD_BACK, Audience, public_count
from liaison.i18n import Language, upper_first
from liaison.i18n.formats import MISSING
from liaison.reports.agreements_view import AgreementsView, Promised, Shown, shown
from liaison.reports.blocks import (
    Align,
    Block,
    Cell,
    CellLine,
    Column,
    Grid,
    Heading,
    Row,
    Shape,
    Voice,
)
from liaison.reports.briefing_words import count_words
from liaison.reports.wording import bound
from liaison.services.action_plans import ActivityLine, MilestoneView
from liaison.services.agreement_views import AgreementLine
from liaison.services.data_requests import DataRequestLine
from liaison.services.indicators import IndicatorLine
from liaison.services.outreach import OutreachLine

_SHAPES = {
    Progress.LATE: Shape.LATE,
    Progress.UNDER_WAY: Shape.NOW,
    Progress.TO_COME: Shape.COMING,
    Progress.DONE: Shape.DONE,
    Progress.DROPPED: Shape.MISSING,
}


def shape_of(progress: Progress) -> Shape:
    """The shape of how something promised stands."""
    return _SHAPES[progress]


def _state(progress: Progress, days_late: int, finished_on: dt.date | None, _: Language) -> tuple[CellLine, ...]:
    """Shape and word; how late, or when it was closed."""
    is_late = progress is Progress.LATE
    words = bound(_.plural("late by {count} day", "late by {count} days", days_late)) if is_late else _(progress.label)
    lines = [CellLine(words=words, voice=Voice.STRONG if is_late else Voice.PLAIN, shape=_SHAPES[progress])]
    if finished_on is not None:
        lines.append(CellLine(words=bound(_.formats.date(finished_on)), voice=Voice.QUIET))
    return tuple(lines)


def _date(day: dt.date | None, _: Language) -> str:
    return bound(_.formats.date(day)) if day is not None else MISSING


def late_of(view: AgreementsView, line: AgreementLine) -> tuple[int, int]:
    """How many promises of an agreement are late, and how many activities: by themselves or by a milestone."""
    promised = sum(one.line.progress is Progress.LATE for one in view.promises if one.agreement_id == line.id)
    planned = sum(
        one.progress is Progress.LATE or any(step.progress is Progress.LATE for step in one.milestones)
        for one in view.activities
        if one.agreement_id == line.id and one.finished_on is None
    )
    return promised, planned


# what was promised


def promises(view: AgreementsView, _: Language) -> list[Block]:
    """Promises of the agreements, what is late first; closed ones last, never left out."""
    if not view.promises:
        return []
    kept = sum(one.line.progress is Progress.DONE for one in view.promises)
    note = _("{kept} of {all} kept", kept=kept, all=len(view.promises))
    titles = {one.agreement for one in view.promises}
    is_one = len(titles) == 1
    columns = (
        Column(head=_("What was promised"), subhead=_("clause") if is_one else _("agreement, clause"), width=80),
        Column(head=_("Who has to do it"), width=36),
        Column(head=_("Due"), width=24),
        Column(head=_("Status"), width=34),
    )
    rows = tuple(_promise_row(one, _, with_agreement=not is_one) for one in view.promises)
    return [
        Heading(text=_("What was promised"), note=" · ".join((note, *titles)) if is_one else note),
        Grid(columns=columns, rows=rows, pitch=5.5, hairlines=True, name="promises"),
    ]


def _promise_row(one: Promised, _: Language, *, with_agreement: bool) -> Row:
    """A promise; the agreement is named in each row only where the table holds promises of several."""
    line = one.line
    about = ", ".join(part for part in (one.agreement if with_agreement else "", line.clause) if part)
    quiet = (about, line.evidence or line.dropped_because)
    what = [CellLine(words=line.what), *(CellLine(words=text, voice=Voice.QUIET) for text in quiet if text)]
    return Row(
        cells=(
            tuple(what), line.who, _date(line.due_on, _),
            _state(line.progress, line.days_late, line.finished_on, _),
        )
    )  # fmt: skip


# the plan


def activities(view: AgreementsView, _: Language) -> list[Block]:
    """The plan by horizon, what is most late first."""
    if not view.activities:
        return []
    blocks: list[Block] = []
    for horizon in Horizon:
        here = [line for line in view.activities if line.horizon is horizon]
        if here:
            over = sum(line.progress in OVER for line in here)
            blocks += [
                Heading(
                    text=_("Action plan: {horizon}", horizon=_(horizon.label)),
                    note=_("{done} of {all} closed", done=over, all=len(here)),
                ),
                Grid(
                    columns=_plan_columns(view, _), rows=tuple(_activity_row(line, view, _) for line in here),
                    pitch=5.5, hairlines=True, name=horizon.value,
                ),
            ]  # fmt: skip
    return blocks


def _plan_columns(view: AgreementsView, _: Language) -> tuple[Column, ...]:
    if view.audience is not Audience.INTERNAL:
        return (
            Column(head=_("Activity"), subhead=_("milestones"), width=82),
            Column(head=_("Who sees to it"), subhead=_("from"), width=36),
            Column(head=_("Due"), width=23),
            Column(head=_("Status"), width=33),
        )
    return (
        Column(head=_("Activity"), subhead=_("milestones"), width=66),
        Column(head=_("Who sees to it"), subhead=_("from"), width=30),
        Column(head=_("Budget"), width=25, align=Align.RIGHT),
        Column(head="", width=3),
        Column(head=_("Due"), width=21),
        Column(head=_("Status"), width=29),
    )


def _activity_row(line: ActivityLine, view: AgreementsView, _: Language) -> Row:
    what = [CellLine(words=line.title, voice=Voice.STRONG)]
    what.append(CellLine(words=f"{upper_first(_(line.area.label))}. {line.agreement}", voice=Voice.QUIET))
    what += [_milestone(one, _) for one in line.milestones]
    what += [CellLine(words=text, voice=Voice.QUIET)
             for text in (line.comment, line.evidence, line.dropped_because) if text]  # fmt: skip
    owner: Cell = tuple(
        CellLine(words=words, voice=voice)
        for words, voice in ((line.owner, Voice.PLAIN), (line.origin, Voice.QUIET))
        if words
    )
    state = _state(line.progress, line.days_late, line.finished_on, _)
    if view.audience is not Audience.INTERNAL:
        return Row(cells=(tuple(what), owner, _date(line.due_on, _), state))
    budget = bound(_.formats.money(line.budget)) if line.budget is not None else MISSING
    return Row(cells=(tuple(what), owner, budget, "", _date(line.due_on, _), state))


def _milestone(one: MilestoneView, _: Language) -> CellLine:
    words = _("{title}, {date}", title=one.title, date=_date(one.finished_on or one.due_on, _))
    return CellLine(words=words, shape=_SHAPES[one.progress], voice=Voice.DETAIL)


# requests for data, and outreach


def requests(view: AgreementsView, _: Language) -> list[Block]:
    """Who asked for which data, by which clause, and what we answered. For the office alone."""
    if not view.requests:
        return []
    columns = (
        Column(head=_("Who asks"), subhead=_("when"), width=38),
        Column(head=_("Which data"), subhead=_("what for"), width=52),
        Column(head=_("Clause that allows it"), width=52),
        Column(head=_("Answer"), width=32),
    )
    waiting = sum(one.decision is Decision.OPEN for one in view.requests)
    rows = tuple(_request_row(one, _) for one in view.requests)
    return [
        Heading(text=_("Requests for data"), note=_("{count} not answered yet", count=waiting), close=True),
        Grid(columns=columns, rows=rows, pitch=5.5, hairlines=True, name="requests"),
    ]


_ANSWERS = {Decision.OPEN: Shape.COMING, Decision.GRANTED: Shape.DONE, Decision.REFUSED: Shape.MISSING}


def _request_row(one: DataRequestLine, _: Language) -> Row:
    data = f"{one.what} ({_(one.sort.label)})"
    clause = [CellLine(words=problem.text(_), voice=Voice.QUIET) for problem in one.against]
    if one.clause or not clause:
        clause.insert(0, CellLine(words=one.clause or _("none named")))
    answer = [CellLine(words=_(one.decision.label), shape=_ANSWERS[one.decision])]
    answer += [CellLine(words=text, voice=Voice.QUIET)
               for text in (_date(one.decided_on, _) if one.decided_on else "", one.reason) if text]  # fmt: skip
    return Row(
        cells=(
            (CellLine(words=one.asked_by), CellLine(words=_date(one.asked_on, _), voice=Voice.QUIET)),
            (CellLine(words=data), CellLine(words=one.purpose, voice=Voice.QUIET)), tuple(clause), tuple(answer),
        )
    )  # fmt: skip


def outreach(view: AgreementsView, _: Language) -> list[Block]:
    """Events for Indonesians abroad: from people to referrals, inside the office to cases."""
    if not view.outreach:
        return []
    is_internal = view.audience is Audience.INTERNAL
    columns = (
        Column(head=_("Event"), subhead=_("what was offered"), width=78),
        Column(head=_("Where"), subhead=_("when"), width=42),
        Column(head=_("Came"), width=18, align=Align.RIGHT),
        Column(head=_("Referred"), width=18, align=Align.RIGHT),
        *((Column(head=_("Cases"), width=18, align=Align.RIGHT),) if is_internal else ()),
    )
    rows = tuple(_event_row(one, _, referred=_referred(view, one, _), is_internal=is_internal) for one in view.outreach)
    return [
        Heading(text=_("Indonesians abroad"), note=_("n = {count}", count=len(rows)), close=True),
        Grid(columns=columns, rows=rows, pitch=5.5, hairlines=True, name="outreach"),
    ]


def _referred(view: AgreementsView, one: OutreachLine, _: Language) -> str:
    count = view.referred.get(one.id)
    if count is None:
        return MISSING
    return _.formats.number(count) if view.audience is Audience.INTERNAL else count_words(public_count(count), _)


def _event_row(one: OutreachLine, _: Language, *, referred: str, is_internal: bool) -> Row:
    month = f"{_.formats.month(one.held_on.month)} {one.held_on.year}"
    when = bound(month) if one.is_month_only else _date(one.held_on, _)
    where = ", ".join(part for part in (one.city, _.formats.country_name(one.country)) if part)
    count = _.formats.number
    return Row(
        cells=(
            tuple(CellLine(words=words, voice=voice)
                  for words, voice in ((one.title, Voice.STRONG), (one.services, Voice.QUIET)) if words),
            (CellLine(words=where), CellLine(words=when, voice=Voice.QUIET)),
            count(one.headcount) if one.headcount is not None else MISSING,
            referred,
            *((count(len(one.cases)),) if is_internal else ()),
        )
    )  # fmt: skip


# the indicators


def indicators(view: AgreementsView, _: Language) -> list[Block]:
    """From input to outcome: baseline, target, where it stands, how far that is, and of how many cases."""
    if not view.indicators:
        return []
    told = [shown(one, view.today) for one in view.indicators]
    met = sum(one.line.mark is Mark.MET for one in told)
    aimed = sum(one.line.target is not None for one in told)
    columns = (
        Column(head=_("Indicator"), subhead=_("level, agreement"), width=64),
        Column(head=_("Baseline"), width=25, align=Align.RIGHT),
        Column(head=_("Target"), subhead=_("until"), width=21, align=Align.RIGHT),
        Column(head=_("Actual"), subhead=_("as of"), width=21, align=Align.RIGHT),
        Column(head="n", width=10, align=Align.RIGHT),
        Column(head="", width=4),
        Column(head=_("How far"), width=29),
    )
    lines = sorted(told, key=lambda one: list(LEVEL_WORDS).index(one.line.level))
    n = _("n = cases behind the figure") if view.audience is Audience.INTERNAL else _("n = people behind the figure")
    way = _("per cent of the way from baseline to target") if any(_has_way(one.line) for one in told) else ""
    head = Heading(
        text=_("Indicators"),
        note=_.plural("{met} of {count} target met", "{met} of {count} targets met", aimed, met=met)
        if aimed
        else _("no target set yet"),
        subtitle="; ".join(part for part in (way, n, _without_baseline(lines, _)) if part),
        close=True,
    )
    rows = tuple(_indicator_row(one, _) for one in lines)
    return [head, Grid(columns=columns, rows=rows, pitch=5.5, hairlines=True, name="indicators")]


def _without_baseline(lines: Iterable[Shown], _: Language) -> str:
    count = sum(one.line.baseline is None for one in lines)
    if not count:
        return ""
    return _.plural(
        "{count} indicator has no baseline: how far it has come cannot be said",
        "{count} indicators have no baseline: how far they have come cannot be said", count,
    )  # fmt: skip


def _indicator_row(one: Shown, _: Language) -> Row:
    line = one.line
    name = [CellLine(words=line.name, voice=Voice.STRONG)]
    name.append(CellLine(words=f"{_(LEVEL_WORDS[line.level])}. {line.agreement}", voice=Voice.QUIET))
    if line.evidence:
        name.append(CellLine(words=_("Evidence: {evidence}", evidence=line.evidence), voice=Voice.QUIET))
    earlier = [bound(figure(value.value, _)) for value in line.values[-3:] if value.on_date != line.actual_on]
    if earlier:
        name.append(CellLine(words=_("before: {figures}", figures=" → ".join(earlier)), voice=Voice.QUIET))
    baseline: tuple[CellLine, ...] = (CellLine(words=_("no baseline"), voice=Voice.QUIET),)
    if line.baseline is not None:
        baseline = (CellLine(words=_with_unit(line.baseline, line, _)),)
    return Row(
        cells=(
            tuple(name),
            baseline,
            _dated(line.target, line.target_on, line, _),
            (CellLine(words=one.hidden, voice=Voice.STRONG),) if one.hidden
            else _dated(line.actual, line.actual_on, line, _, strong=True),
            _.formats.number(line.cases) if line.cases is not None else one.people or MISSING,
            "",
            _mark(one, _),
        )
    )  # fmt: skip


def _dated(
    value: Decimal | None, day: dt.date | None, line: IndicatorLine, _: Language, *, strong: bool = False
) -> Cell:
    if value is None:
        return MISSING
    lines = [CellLine(words=_with_unit(value, line, _), voice=Voice.STRONG if strong else Voice.PLAIN)]
    if day is not None:
        lines.append(CellLine(words=bound(_.formats.date(day)), voice=Voice.QUIET))
    return tuple(lines)


def _with_unit(value: Decimal, line: IndicatorLine, _: Language) -> str:
    return bound(" ".join(part for part in (figure(value, _), line.unit) if part))


def figure(value: Decimal, _: Language) -> str:
    """A figure without idle noughts: ``1.7``, ``30``."""
    if value == value.to_integral_value():
        return _.formats.number(int(value))
    return _.formats.number(value, max(1, -int(value.normalize().as_tuple().exponent)))


_MARKS = {
    Mark.MET: Shape.DONE,
    Mark.ON_WAY: Shape.NOW,
    Mark.BEHIND: Shape.LATE,
    Mark.NO_BASELINE: Shape.COMING,
    Mark.NO_TARGET: Shape.COMING,
    Mark.NO_FIGURE: Shape.COMING,
}


def _mark(one: Shown, _: Language) -> Cell:
    if one.hidden:
        words = _("held back") if one.hidden == HELD_BACK else _("too few to print")
        return (CellLine(words=words, shape=Shape.COMING),)
    line = one.line
    lines = [CellLine(words=_(line.mark.label), shape=_MARKS[line.mark],
                      voice=Voice.STRONG if line.mark is Mark.BEHIND else Voice.PLAIN)]  # fmt: skip
    if _has_way(line):
        lines.append(CellLine(words=bound(_("{percent} % of the way", percent=line.achieved)), voice=Voice.QUIET))
    return tuple(lines)


def _has_way(line: IndicatorLine) -> bool:
    """Whether a share of the way is told: beyond the target no share of it means anything."""
    return line.achieved is not None and line.mark is not Mark.MET
