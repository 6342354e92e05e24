"""Scorecards as tables, for the window and a workbook: every line opens the rows that it counts."""

from __future__ import annotations

from decimal import Decimal

from liaison.domain.codes import ReasonCode
from liaison.domain.grids import Cell, Column, ColumnKind
from liaison.domain.insight import Behind
from liaison.domain.scorecards import MEASURED, UNITS, Few, Score, ScoreFigure
from liaison.i18n import N_
from liaison.services.insight_views import Line, Shape, Table
from liaison.services.scorecards import Scorecard

ROWS = "score_rows"
"""The page that shows the rows behind a figure."""


def tables_of(card: Scorecard) -> list[Table]:
    """The scorecard as tables of which every line opens its rows."""
    made = [_times(card), _shares(card)]
    return [*made, _why(card)] if card.reasons else made


def _behind(card: Scorecard, score: Score, reason: ReasonCode | None = None) -> Behind:
    kind = score.value if reason is None else f"{score.value}:{reason.value}"
    return Behind(page=ROWS, house=card.house_id, kind=kind, period=card.period)


def _or_few(each: ScoreFigure, value: Decimal | None) -> Cell:
    return Few.TOO_FEW if value is None and each.n else value


def _times(card: Scorecard) -> Table:
    def line(score: Score) -> Line:
        each = card.of(score)
        return Line(
            cells=(score, UNITS[score], each.n, _or_few(each, each.middle), _or_few(each, each.ninth)),
            behind=_behind(card, score) if each.n else None,
        )

    return Table(
        title=N_("How long it took, and how far off the estimate was"), shape=Shape.NONE,
        columns=(
            Column(label=N_("Measured"), width=3.0), Column(label=N_("Counted in"), width=1.2),
            Column(label=N_("How many"), kind=ColumnKind.COUNT), Column(label=N_("Middle"), kind=ColumnKind.NUMBER),
            Column(label=N_("Nine of ten"), kind=ColumnKind.NUMBER),
        ),
        lines=tuple(line(score) for score in Score if score in MEASURED),
        note=N_("By the calendar clock. Of estimates: over is plus, under is minus; nine of ten are off no further."),
    )  # fmt: skip


def _shares(card: Scorecard) -> Table:
    def line(score: Score) -> Line:
        each = card.of(score)
        return Line(
            cells=(score, each.hits, each.n, _or_few(each, each.percent)),
            behind=_behind(card, score) if each.n else None,
        )

    return Table(
        title=N_("How often"), shape=Shape.NONE,
        columns=(
            Column(label=N_("Measured"), width=3.0), Column(label=N_("Such"), kind=ColumnKind.COUNT),
            Column(label=N_("Of how many"), kind=ColumnKind.COUNT),
            Column(label=N_("Per cent"), kind=ColumnKind.NUMBER),
        ),
        lines=tuple(line(score) for score in Score if score not in MEASURED),
    )  # fmt: skip


def _why(card: Scorecard) -> Table:
    def line(code: ReasonCode, letters: int, claims: int) -> Line:
        behind = {
            1: _behind(card, Score.DECLINED, code), 2: _behind(card, Score.REJECTED, code),
        }  # fmt: skip
        return Line(
            cells=(code, letters, claims), value=float(letters + claims), cells_behind=behind,
            behind=behind[1 if letters else 2],
        )  # fmt: skip

    return Table(
        title=N_("Reasons for declined letters and rejected claims"), shape=Shape.NONE,
        columns=(
            Column(label=N_("Reason"), width=3.0), Column(label=N_("Letters"), kind=ColumnKind.COUNT),
            Column(label=N_("Claims"), kind=ColumnKind.COUNT),
        ),
        lines=tuple(line(*each) for each in card.reasons),
    )  # fmt: skip
