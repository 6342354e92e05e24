"""Panels, what to verify, and the scorecards of all houses as tables for a file; plain words narrow each of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy.orm import Session

from liaison.domain.coded import Coded
from liaison.domain.grids import Cell, Column, ColumnKind, Grid
from liaison.domain.scorecards import MEASURED, UNITS, Few, Score, ScoreFigure
from liaison.i18n import N_, Language
from liaison.services.list_queries import ListQuery
from liaison.services.network_views import organizations
from liaison.services.panel_matrix import grids_of, panel_matrix
from liaison.services.scorecards import SCORED, scorecard
from liaison.services.verifying import to_verify


def panels_grid(session: Session, query: ListQuery, language: Language) -> Grid:
    """Every word on a panel or a credit arrangement that holds today, with source and age."""
    words = grids_of(panel_matrix(session))[1]
    rows = tuple(row for row in words.rows if _has(query.text, *(str(row[n]) for n in (0, 1, 2))))
    return Grid(title=words.title, columns=words.columns, rows=rows)


def verify_grid(session: Session, query: ListQuery, language: Language) -> Grid:
    """What nobody verified within half a year."""
    columns = (
        Column(label=N_("Organisation"), width=2.4), Column(label=N_("City")), Column(label=N_("Kind")),
        Column(label=N_("Which one"), width=2.0), Column(label=N_("Last verified on"), kind=ColumnKind.DATE),
    )  # fmt: skip
    rows = tuple(
        (line.house, line.city or None, line.what, line.of if isinstance(line.of, Coded) else line.of or None,
         line.last_verified_on)
        for line in to_verify(session)
        if _has(query.text, line.house, line.city)
    )  # fmt: skip
    return Grid(title=N_("To verify"), columns=columns, rows=rows)


def scorecards_grid(session: Session, query: ListQuery, language: Language) -> Grid:
    """One row for each score of each hospital and insurer that has a case; over the query's period or all time."""
    columns = (
        Column(label=N_("Organisation"), width=2.4), Column(label=N_("Kind")), Column(label=N_("Measured"), width=2.0),
        Column(label=N_("Counted in")), Column(label=N_("How many"), kind=ColumnKind.COUNT),
        Column(label=N_("Such"), kind=ColumnKind.COUNT), Column(label=N_("Middle"), kind=ColumnKind.NUMBER),
        Column(label=N_("Nine of ten"), kind=ColumnKind.NUMBER), Column(label=N_("Per cent"), kind=ColumnKind.NUMBER),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for house in organizations(session, kinds=SCORED, closed_too=True):
        if _has(query.text, house.name, house.city):
            card = scorecard(session, house.id, query.period)
            rows += [(house.name, house.kind, *_cells(card.of(score))) for score in Score if card.of(score).n]
    return Grid(title=N_("Scorecards"), columns=columns, rows=tuple(rows))


def _cells(each: ScoreFigure) -> tuple[Cell, ...]:
    few = Few.TOO_FEW if each.has_too_few else None
    if each.score in MEASURED:
        middle, ninth = (few, few) if each.middle is None else (each.middle, each.ninth)
        return (each.score, UNITS[each.score], each.n, None, middle, ninth, None)
    return (each.score, UNITS[each.score], each.n, each.hits, None, None, few if each.percent is None else each.percent)


def _has(text: str, *parts: str) -> bool:
    return all(any(word in part.casefold() for part in parts) for word in text.casefold().split())


GRIDS: Mapping[str, Callable[[Session, ListQuery, Language], Grid]] = {
    "panels": panels_grid, "to_verify": verify_grid, "scorecards": scorecards_grid,
}  # fmt: skip
"""Lists by the name a command gives them."""
