"""The figures of a printed report as plain tables, for its Excel twin: what stands on paper, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from liaison.domain import grids
from liaison.domain.grids import ColumnKind
from liaison.domain.privacy import HELD_BACK
from liaison.i18n import N_
from liaison.reports.blocks import (
    Block,
    Cell,
    CellLine,
    Columns,
    DeskCard,
    Drawing,
    Grid,
    Heading,
    KeyFigures,
    PackHead,
    PhonePage,
    Spark,
    Stop,
    TabHead,
)
from liaison.reports.charts import HIDDEN, Ageing, Bars, Curves, Dots, Funnel, Months, Waterfall
from liaison.reports.text import plain


def twin_of(blocks: Sequence[Block]) -> tuple[grids.Grid, ...]:
    """Every table and chart of a report under the heading it stands below."""
    return tuple(_grids(blocks, ""))


def _grids(blocks: Iterable[Block], title: str) -> Iterator[grids.Grid]:
    stops: list[Stop] = []
    cards: list[DeskCard] = []
    for block in (*blocks, None):
        if cards and not isinstance(block, DeskCard):
            yield _cards(cards, title)
            cards = []
        if stops and not isinstance(block, Stop):
            yield _stops(stops, title)
            stops = []
        if isinstance(block, Heading):
            title = block.text
        elif isinstance(block, PackHead):
            title = block.text[0]
        elif isinstance(block, PhonePage):
            title = block.head[0]
        elif isinstance(block, TabHead):
            title = block.text
        elif isinstance(block, DeskCard):
            cards.append(block)
        elif isinstance(block, Stop):
            stops.append(block)
        elif isinstance(block, Columns):
            yield from _grids(block.left, title)
            yield from _grids(block.right, title)
        elif isinstance(block, Grid):
            yield _table(block, title)
        elif isinstance(block, KeyFigures):
            yield _key_figures(block, title)
        elif isinstance(block, Drawing) and isinstance(block.chart, Bars | Months | Dots):
            yield _chart(block.chart, title)
        elif isinstance(block, Drawing) and isinstance(block.chart, Ageing):
            yield _ageing(block.chart, title)
        elif isinstance(block, Drawing) and isinstance(block.chart, Funnel):
            yield _funnel(block.chart, title)
        elif isinstance(block, Drawing) and isinstance(block.chart, Waterfall):
            yield _waterfall(block.chart, title)
        elif isinstance(block, Drawing) and isinstance(block.chart, Curves):
            yield _curves(block.chart, title)


def _stops(stops: Sequence[Stop], title: str) -> grids.Grid:
    """The stops of one day of a pack."""
    columns = tuple(
        grids.Column(label=label) for label in (N_("Time"), N_("At home"), N_("Place"), N_("What"), N_("Details"))
    )
    rows = tuple(
        (one.time, one.at_home, one.place, one.what[0], " · ".join(first for first, _second in one.details))
        for one in stops
    )
    return grids.Grid(title=title, columns=columns, rows=rows)


def _words(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, Spark):
        return cell.words
    lines = (cell,) if isinstance(cell, CellLine) else cell
    return " · ".join(plain(line.words) for line in lines)


def _table(table: Grid, title: str) -> grids.Grid:
    kept = [number for number, column in enumerate(table.columns) if column.head]
    columns = tuple(grids.Column(label=table.columns[n].head, width=table.columns[n].width) for n in kept)
    rows = tuple(tuple(_words(row.cells[n]) for n in kept) for row in table.rows)
    return grids.Grid(title=title or table.name, columns=columns, rows=rows)


def _key_figures(block: KeyFigures, title: str) -> grids.Grid:
    columns = (
        grids.Column(label=N_("Figure")),
        grids.Column(label=N_("Value")),
        grids.Column(label=N_("Unit")),
        grids.Column(label=N_("Change")),
    )
    rows = tuple((figure.label, figure.value, figure.unit, figure.change) for figure in block.figures)
    return grids.Grid(title=title, columns=columns, rows=rows)


def _number(value: float | None, *, known: bool = True, sign: str = HIDDEN) -> grids.Cell:
    """A figure as it is printed; a hidden one stays hidden in the workbook too.

    An earlier year's is two stars: its bar on the page says no more.
    """
    if not known:
        return None
    return sign if value is None else Decimal(str(value))


def _chart(chart: Bars | Months | Dots, title: str) -> grids.Grid:
    if isinstance(chart, Dots):
        heads = tuple(grids.Column(label=head) for head in chart.heads)
        rows: tuple[tuple[grids.Cell, ...], ...] = tuple((dot.label, *dot.cells) for dot in chart.dots)
        return grids.Grid(title=title, columns=(grids.Column(label=N_("Category")), *heads), rows=rows)
    columns = (
        grids.Column(label=N_("Category")),
        grids.Column(label=N_("Last 12 months"), kind=ColumnKind.NUMBER),
        grids.Column(label=N_("A year earlier"), kind=ColumnKind.NUMBER),
    )
    if isinstance(chart, Bars):
        rows = tuple(
            (b.label, _number(b.value, sign=b.shown), _number(b.previous, known=b.previous_known, sign=HELD_BACK))
            for b in chart.bars
        )
    else:
        rows = tuple(
            (f"{m.label} {m.year}".strip(), _number(m.value, sign=m.shown), _number(m.previous, sign=HELD_BACK))
            for m in chart.months
        )
    return grids.Grid(title=title, columns=columns, rows=rows)


def _ageing(chart: Ageing, title: str) -> grids.Grid:
    heads = (grids.Column(label=N_("Category")), grids.Column(label=N_("Sum")))
    columns = heads + tuple(grids.Column(label=age) for age in chart.ages)
    return grids.Grid(
        title=title, columns=columns, rows=tuple((one.label, one.shown, *one.parts_shown) for one in chart.lines)
    )


def _funnel(chart: Funnel, title: str) -> grids.Grid:
    columns = (grids.Column(label=N_("Step")), grids.Column(label=N_("Value")), grids.Column(label=N_("Share")))
    return grids.Grid(title=title, columns=columns, rows=tuple((s.label, s.shown, s.share) for s in chart.steps))


def _waterfall(chart: Waterfall, title: str) -> grids.Grid:
    columns = (grids.Column(label=N_("Step")), grids.Column(label=N_("Amount")), grids.Column(label=N_("Difference")))
    return grids.Grid(title=title, columns=columns, rows=tuple((s.label, s.shown, s.change) for s in chart.levels))


def _curves(chart: Curves, title: str) -> grids.Grid:
    most = max((len(curve.values) for curve in chart.curves), default=0)
    columns = (
        grids.Column(label=N_("Category")),
        *(grids.Column(label=str(number + 1), kind=ColumnKind.NUMBER) for number in range(most)),
    )
    rows = tuple(
        (curve.label, *(_number(value) for value in curve.values), *([None] * (most - len(curve.values))))
        for curve in chart.curves
    )
    return grids.Grid(title=title, columns=columns, rows=rows)


def _cards(cards: Sequence[DeskCard], title: str) -> grids.Grid:
    """The houses of one chapter of a booklet, one a row."""
    heads = tuple(dict.fromkeys(label for card in cards for label, _number, _lines in card.phones))
    keys = tuple(dict.fromkeys(key for card in cards for key, _value in card.facts))
    columns = (
        grids.Column(label=N_("Hospital")), grids.Column(label=N_("About")),
        *(grids.Column(label=head) for head in (*heads, *keys)), grids.Column(label=N_("Last checked")),
    )  # fmt: skip
    rows = []
    for card in cards:
        numbers = {label: " · ".join((number, *lines)) for label, number, lines in card.phones}
        facts = dict(card.facts)
        told = (*(numbers.get(head, "") for head in heads), *(facts.get(key, "") for key in keys))
        rows.append((card.name, card.about, *told, plain(card.checked.words)))
    return grids.Grid(title=title, columns=columns, rows=tuple(rows))
