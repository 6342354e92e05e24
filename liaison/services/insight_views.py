"""What a question of Insight answers: tables of plain values, each figure with the rows behind it, and a headline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from liaison.domain.coded import Coded
from liaison.domain.grids import Cell, Column, Grid
from liaison.domain.insight import Behind, Question, Scope
from liaison.domain.periods import Span
from liaison.i18n import N_
from liaison.services.kept_answers import ToKeep
from liaison.services.sentences import Sentence


class Word(Coded):
    """Words of ours that stand as a row's name."""

    NOT_STATED = "not_stated", N_("not stated")
    OPENED = "opened", N_("cases opened")
    ENDED = "ended", N_("cases ended")
    AWAY = "away", N_("of them away for treatment")
    HOME = "home", N_("of them answered or treated at home")
    SUBMITTED = "submitted", N_("claims submitted")
    DECIDED = "decided", N_("claims decided")
    BILLED = "billed", N_("billed in claims submitted")
    APPROVED = "approved", N_("approved in claims decided")
    FINAL_BILLS = "final_bills", N_("final bills of these cases")
    THIS_OFFICE = "this_office", N_("this office")


class Age(Coded):
    """How old an unpaid claim is, as in the list of claims."""

    YOUNG = "0-30", N_("0–30 days")
    MIDDLE = "31-60", N_("31–60 days")
    OLD = "61-90", N_("61–90 days")
    OLDEST = "91", N_("Over 90 days")


AGE_STARTS = {Age.YOUNG: 0, Age.MIDDLE: 31, Age.OLD: 61, Age.OLDEST: 91}


class Shape(Coded):
    """How a table is drawn beside its figures."""

    BARS = "bars", N_("bars")
    MONTHS = "months", N_("columns by month")
    AGES = "ages", N_("bar of ages")
    DOTS = "dots", N_("middle and ninth of ten")
    NONE = "none", N_("table only")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row. ``behind`` are the rows of the list that it counts; ``cells_behind`` those of single cells."""

    cells: tuple[Cell, ...]
    behind: Behind | None = None
    cells_behind: Mapping[int, Behind] = field(default_factory=dict)
    value: float = 0.0
    """What the chart draws of it."""
    more: tuple[float, ...] = ()
    """Further values that the chart draws: the year before, or the ninth of ten and the target."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with its chart. ``drawn`` is the column whose figures the chart writes; ``unit`` a currency."""

    title: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    shape: Shape = Shape.BARS
    drawn: int = 1
    unit: str = ""
    note: str = ""

    def grid(self) -> Grid:
        """The same figures for a workbook."""
        return Grid(title=self.title, columns=self.columns, rows=tuple(line.cells for line in self.lines))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a question came to. ``span`` are the days it is about; none where it is about now."""

    question: Question
    scope: Scope
    as_of: dt.datetime
    span: Span | None
    headline: Sentence
    tables: tuple[Table, ...]
    is_stale: bool = False
    """Kept from before the last change; being worked out anew takes a moment."""
    to_keep: ToKeep | None = field(default=None, compare=False)
    """What was worked out just now and is worth keeping; none where it is kept already."""

    def grids(self) -> list[Grid]:
        """Every table, for a workbook."""
        return [table.grid() for table in self.tables]
