"""The lists of activities and of indicators: filtered, in any order, under any heading; and as files."""

from __future__ import annotations

from sqlalchemy.orm import Session

from liaison.domain.action_plans import Horizon, Progress
from liaison.domain.agreements import Area
from liaison.domain.grammar import TermField
from liaison.domain.grids import Column, ColumnKind, Grid
from liaison.domain.indicators import Level, Mark
from liaison.i18n import N_, Language
from liaison.services.action_plans import ActivityLine, activity_lines
from liaison.services.indicators import IndicatorLine, indicator_lines
from liaison.services.list_queries import ListQuery
from liaison.services.sifting import Heading, Sifted, both_languages, number, one_of

ACTIVITIES: Sifted[ActivityLine] = Sifted(
    name="plan",
    lines=activity_lines,
    words=lambda line: [
        line.title, line.owner, line.origin, line.agreement, line.comment,
        *both_languages(line.area.label, line.horizon.label, line.progress.label),
    ],
    sorts={
        "title": lambda line: line.title.casefold(),
        "area": lambda line: list(Area).index(line.area),
        "horizon": lambda line: list(Horizon).index(line.horizon),
        "owner": lambda line: line.owner.casefold(),
        "due": lambda line: line.due_on,
        "progress": lambda line: (list(Progress).index(line.progress)) * 100_000 - line.days_late,
        "agreement": lambda line: line.agreement.casefold(),
        "budget": lambda line: line.budget.minor if line.budget is not None else None,
    },
    groups={
        "horizon": Heading(of=lambda line: line.horizon),
        "area": Heading(of=lambda line: line.area),
        "owner": Heading(of=lambda line: line.owner),
        "agreement": Heading(of=lambda line: line.agreement),
        "progress": Heading(of=lambda line: line.progress),
    },
    terms={
        TermField.STATUS: one_of(Progress, lambda line: [line.progress]),
        TermField.KIND: one_of(Area, lambda line: [line.area]),
        TermField.DUE: number(lambda line: -line.days_late if line.progress is Progress.LATE else None),
    },
)  # fmt: skip

INDICATORS: Sifted[IndicatorLine] = Sifted(
    name="indicators",
    lines=indicator_lines,
    words=lambda line: [
        line.name, line.agreement, line.unit, line.evidence,
        *both_languages(line.area.label, line.level.label, line.mark.label),
    ],
    sorts={
        "name": lambda line: line.name.casefold(),
        "area": lambda line: list(Area).index(line.area),
        "level": lambda line: list(Level).index(line.level),
        "achieved": lambda line: line.achieved,
        "mark": lambda line: list(Mark).index(line.mark),
        "agreement": lambda line: line.agreement.casefold(),
        "as_of": lambda line: line.actual_on,
    },
    groups={
        "level": Heading(of=lambda line: line.level),
        "area": Heading(of=lambda line: line.area),
        "agreement": Heading(of=lambda line: line.agreement),
        "mark": Heading(of=lambda line: line.mark),
    },
    terms={
        TermField.STATUS: one_of(Mark, lambda line: [line.mark]),
        TermField.KIND: one_of(Area, lambda line: [line.area]),
    },
)  # fmt: skip


def activities_grid(session: Session, query: ListQuery, language: Language) -> Grid:
    """The activities that a filter line asks for, with their milestones counted."""
    rows = tuple(
        (
            line.title, line.area, line.agreement, line.horizon, line.owner, line.origin or None, line.budget,
            line.starts_on, line.due_on, line.progress, line.days_late or None, line.finished_on,
            line.evidence or line.dropped_because or None, line.reached, len(line.milestones), line.comment or None,
        )
        for line in ACTIVITIES.asked(session, query)
    )  # fmt: skip
    columns = (
        Column(label=N_("What is to be done")),
        Column(label=N_("Area")),
        Column(label=N_("Agreement")),
        Column(label=N_("Horizon")),
        Column(label=N_("Who sees to it")),
        Column(label=N_("From which meeting or city")),
        Column(label=N_("Budget"), kind=ColumnKind.MONEY),
        Column(label=N_("Begins on"), kind=ColumnKind.DATE),
        Column(label=N_("Due on"), kind=ColumnKind.DATE),
        Column(label=N_("Status")),
        Column(label=N_("Days late"), kind=ColumnKind.COUNT),
        Column(label=N_("Closed on"), kind=ColumnKind.DATE),
        Column(label=N_("Evidence or reason")),
        Column(label=N_("Milestones reached"), kind=ColumnKind.COUNT),
        Column(label=N_("Milestones"), kind=ColumnKind.COUNT),
        Column(label=N_("Comment")),
    )
    return Grid(title=N_("Action plan"), columns=columns, rows=rows)


def indicators_grid(session: Session, query: ListQuery, language: Language) -> Grid:
    """The indicators that a filter line asks for; without a baseline the per cent stays empty."""
    rows = tuple(
        (
            line.name, line.agreement, line.area, line.level, line.unit or None, line.baseline, line.baseline_on,
            line.target, line.target_on, line.actual, line.actual_on, line.achieved, line.mark, line.cases,
            line.measure, line.question or None, line.evidence or None,
        )
        for line in INDICATORS.asked(session, query)
    )  # fmt: skip
    columns = (
        Column(label=N_("Indicator")),
        Column(label=N_("Agreement")),
        Column(label=N_("Area")),
        Column(label=N_("Level")),
        Column(label=N_("Unit")),
        Column(label=N_("Baseline"), kind=ColumnKind.NUMBER),
        Column(label=N_("Baseline of"), kind=ColumnKind.DATE),
        Column(label=N_("Target"), kind=ColumnKind.NUMBER),
        Column(label=N_("Target until"), kind=ColumnKind.DATE),
        Column(label=N_("Actual"), kind=ColumnKind.NUMBER),
        Column(label=N_("As of"), kind=ColumnKind.DATE),
        Column(label=N_("Per cent of the way"), kind=ColumnKind.NUMBER),
        Column(label=N_("Status")),
        Column(label=N_("Cases behind it"), kind=ColumnKind.COUNT),
        Column(label=N_("Where the figure comes from")),
        Column(label=N_("Question to the cases")),
        Column(label=N_("Evidence")),
    )
    return Grid(title=N_("Indicators"), columns=columns, rows=rows)
