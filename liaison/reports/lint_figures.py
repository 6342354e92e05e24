"""What figures side by side need on paper: one currency or a rate, and one scale for charts that are compared.

Amounts of two currencies may stand in one table, each with its sign, as long as nobody adds or converts them. Where a
table adds them up, has a column for each, or a sentence or chart sets them beside each other, the paper states its
rate, or says that there is none. Source: ``paper`` (units, charts), issue 6.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.i18n.formats import SYMBOLS
from liaison.reports.blocks import Block, Columns, Drawing, Grid, Spark
from liaison.reports.charts import Ageing, Bars, Dots, Months, Panels
from liaison.reports.headlines import texts_on

NO_RATE = N_("Amounts in {currencies} stand side by side, and the paper states no rate between them.")
TWO_SCALES = N_("Charts that are read side by side have different scales.")
OFF_SCALE = N_("A small multiple goes beyond the scale that it shares with the others.")

_NAMES = {"MYR": "MYR|Ringgit", "IDR": "IDR|Rupiah"}
_AMOUNT = {
    code: re.compile(rf"(?<!\w)(?:{re.escape(sign.strip(chr(0xA0)))}|{code})[ \u00a0]?[\u2212-]?\d")
    for code, sign in SYMBOLS.items()
}
_NAMED = {
    code: re.compile(rf"(?<!\w)(?:{_NAMES.get(code, code)}|{re.escape(sign.strip(chr(0xA0)))})(?!\w)", re.IGNORECASE)
    for code, sign in SYMBOLS.items()
}
_ANY_AMOUNT = "|".join(pattern.pattern for pattern in _AMOUNT.values())
_CONVERTED = re.compile(rf"(?:{_ANY_AMOUNT})[\d.,]*[ \u00a0]?[(≈=][^\d]{{0,12}}?(?:{_ANY_AMOUNT})")
_CODE = "|".join((*SYMBOLS, "RM", "Rp"))
_RATE = re.compile(
    rf"\b(?:exchange rate|kurs)\b|\brate:|(?:{_CODE})[ \u00a0]?1[ \u00a0]?=[ \u00a0]?(?:{_CODE})|"
    rf"\b1[ \u00a0]?(?:{_CODE})[ \u00a0]?=",
    re.IGNORECASE,
)


def check_money(blocks: Sequence[Block]) -> list[Problem]:
    """Amounts of several currencies that are added or compared on a paper without a rate."""
    if any(_RATE.search(text) for text in texts_on(list(blocks))):
        return []
    mixed: set[frozenset[str]] = set()
    for block in flat(blocks):
        if isinstance(block, Grid):
            mixed |= {frozenset(found) for found in _mixed_in(block)}
        elif isinstance(block, Drawing):
            apart = isinstance(block.chart, Ageing) and block.chart.is_apart
            mixed |= set() if apart else {_currencies(texts_on(block.chart))}
        else:
            mixed |= {_currencies([text]) for text in texts_on(block) if _CONVERTED.search(text)}
    named = sorted(", ".join(sorted(one)) for one in mixed if len(one) > 1)
    return [Problem(code="NO_RATE", message=NO_RATE, values={"currencies": one}) for one in named]


def _mixed_in(grid: Grid) -> Iterator[frozenset[str]]:
    """Currencies of a table that are converted (a column for each) or added (a column with a total of both)."""
    heads = [f"{column.head} {column.subhead}" for column in grid.columns]
    yield frozenset(code for code, named in _NAMED.items() if any(named.search(head) for head in heads))
    if any(row.rule_above for row in grid.rows):
        for number in range(len(grid.columns)):
            cells = [row.cells[number] for row in grid.rows if number < len(row.cells)]
            yield _currencies(texts_on(tuple(cells)))
    for row in grid.rows:
        for text in texts_on(row.cells):
            if _CONVERTED.search(text):
                yield _currencies([text])


def _currencies(texts: Iterable[str]) -> frozenset[str]:
    several = list(texts)
    return frozenset(code for code, amount in _AMOUNT.items() if any(amount.search(text) for text in several))


def check_scales(blocks: Sequence[Block]) -> list[Problem]:
    """Charts beside each other, small multiples and sparks of one table that do not share their scale."""
    problems = [
        Problem(code="TWO_SCALES", message=TWO_SCALES)
        for group in _compared(blocks)
        if len({_scale(chart) for chart in group}) > 1
    ]
    for block in flat(blocks):
        if isinstance(block, Drawing) and isinstance(block.chart, Panels) and _is_off(block.chart):
            problems.append(Problem(code="OFF_SCALE", message=OFF_SCALE))
        if isinstance(block, Grid):
            sparks = [cell for row in block.rows for cell in row.cells if isinstance(cell, Spark)]
            if len({spark.maximum for spark in sparks}) > 1:
                problems.append(Problem(code="TWO_SCALES", message=TWO_SCALES))
    return problems


_Scaled = Bars | Months | Panels | Dots


def _compared(blocks: Sequence[Block]) -> Iterator[list[_Scaled]]:
    """Charts of one kind that an eye compares: in two columns, or straight after each other."""
    for block in blocks:
        if isinstance(block, Columns):
            sides = [
                [one.chart for one in flat(side) if isinstance(one, Drawing)] for side in (block.left, block.right)
            ]
            for kind in (Bars, Months, Panels, Dots):
                group = [chart for side in sides for chart in side if isinstance(chart, kind)]
                if all(any(isinstance(chart, kind) for chart in side) for side in sides):
                    yield group
    for one, other in pairwise(flat(blocks)):
        if isinstance(one, Drawing) and isinstance(other, Drawing):
            first, second = one.chart, other.chart
            if isinstance(first, Panels) and isinstance(second, Panels):
                yield [first, second]


def _scale(chart: _Scaled) -> object:
    match chart:
        case Bars():
            return chart.mm_per_unit
        case Months() | Panels():
            return chart.maximum
        case Dots():
            return chart.ticks


def _is_off(chart: Panels) -> bool:
    values = [value for panel in chart.panels for value in (*panel.previous, *panel.values) if value is not None]
    return any(value > chart.maximum for value in (*values, chart.target or 0.0))


def flat(blocks: Iterable[Block]) -> Iterator[Block]:
    """Every block, those in columns one after the other."""
    for block in blocks:
        if isinstance(block, Columns):
            yield from flat(block.left)
            yield from flat(block.right)
        else:
            yield block
