"""What no printed page may have: letters too small or too pale, text outside the frame or over other text, a headline
without a figure, a chart without its n, a page without source and moment, currencies without a rate, two scales in
one row of charts. Source: ``ux`` 3.6, ``paper``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise

from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.reports import style
from liaison.reports.blocks import Block, Drawing, Heading, Headline, Title
from liaison.reports.charts import Ageing, Bars, Curves, Dots, Funnel, Months, Panels
from liaison.reports.lint_figures import check_money, check_scales, flat
from liaison.reports.pdf import Printed
from liaison.reports.pen import Drawn, DrawnTexts
from liaison.reports.style import A4, LOWEST_CONTRAST, SMALLEST_POINTS, PageStyle, contrast
from liaison.reports.text import wrap

_SLACK = 0.15
"""Millimetres by which rounding may carry a letter over an edge."""

_NEEDS_N = (Ageing, Bars, Curves, Dots, Funnel, Months, Panels)


def check_pages(blocks: Sequence[Block], printed: Printed, *, page: PageStyle = A4) -> list[Problem]:
    """Every fault of a finished report, each with its page; an empty list is a clean print."""
    problems = [*_check_blocks(blocks, page), *_check_titles(blocks)]
    touching: list[Problem] = []
    drawn = DrawnTexts.of(printed.drawn)
    for number in drawn.pages:
        texts = drawn.on(number)
        problems += [problem for one in texts for problem in _check_text(one, page)]
        touching += _check_overlaps(texts)
    touching.sort(key=lambda problem: int(str(problem.values["page"])))
    return problems + touching + check_money(blocks) + check_scales(blocks)


def _problem(code: str, message: str, **values: object) -> Problem:
    return Problem(code=code, message=message, values=values)


def _warning(code: str, message: str, **values: object) -> Problem:
    """Odd data may do this to a page that somebody needs now: it is shown, not refused."""
    return Problem(code=code, message=message, values=values, severity="warning")


def _check_titles(blocks: Iterable[Block]) -> list[Problem]:
    problems = []
    for title in (block for block in blocks if isinstance(block, Title)):
        if not title.banner:
            problems.append(_problem("NO_BANNER", N_("A page has no classification.")))
        if not re.match(r"(?:Source|Sumber)\b[^:]*:\s*\S", title.source):
            problems.append(_problem("NO_SOURCE", N_("The footer does not say where its figures come from.")))
        if not re.search(r"\bn = \d|\bn\u00a0=\u00a0[\d*]|\bn = \*", title.source):
            problems.append(_problem("NO_N", N_("The footer does not say how many records it counts.")))
        if not re.search(r"\d{4}.\d\d[.:]\d\d", title.source):
            problems.append(_problem("NO_MOMENT", N_("The footer does not say as of when.")))
    return problems


def _check_blocks(blocks: Iterable[Block], page: PageStyle) -> list[Problem]:
    problems: list[Problem] = []
    for before, block in pairwise([None, *flat(blocks)]):
        if isinstance(block, Headline):
            if not re.search(r"\d|\*", block.text):
                problems.append(_problem("HEADLINE_WITHOUT_FIGURE", N_("A headline has no figure.")))
            if len(wrap(block.text, style.HEADLINE, page.inner)) > 2:
                problems.append(_warning("HEADLINE_TOO_LONG", N_("A headline is longer than two lines.")))
        if isinstance(block, Drawing) and isinstance(block.chart, _NEEDS_N):
            subtitle = before.subtitle if isinstance(before, Heading) else ""
            if not re.search(r"\bn\W?=", subtitle):
                problems.append(_problem("CHART_WITHOUT_N", N_("A chart does not say its n.")))
    return problems


def _check_text(drawn: Drawn, page: PageStyle) -> list[Problem]:
    problems = []
    if drawn.size < SMALLEST_POINTS:
        problems.append(_problem("TOO_SMALL", N_("Page {page}: type under 7.5 points."), page=drawn.page))
    outside = drawn.left < page.left - _SLACK or drawn.right > page.width - page.right + _SLACK
    if outside or not page.first_y <= drawn.y <= page.footer_end + 1.5:
        problems.append(_problem("OUTSIDE_MARGIN", N_("Page {page}: text outside the margins."), page=drawn.page))
    if drawn.size > page.footer_points and drawn.y > page.footer_rule_y - 1:
        problems.append(_problem("INTO_FOOTER", N_("Page {page}: text runs into the footer."), page=drawn.page))
    if contrast(drawn.colour, drawn.ground) < LOWEST_CONTRAST:
        problems.append(_problem("TOO_PALE", N_("Page {page}: text with too little contrast."), page=drawn.page))
    return problems


def _check_overlaps(drawn: Sequence[Drawn]) -> list[Problem]:
    """Texts of one line that touch each other."""
    problems = []
    ordered = sorted(drawn, key=lambda one: (one.page, round(one.y, 1), one.left))
    for (page, _), line in groupby(ordered, key=lambda one: (one.page, round(one.y, 1))):
        for one, other in pairwise(line):
            if other.left < one.right - _SLACK:
                problems.append(_warning("OVERLAP", N_("Page {page}: two texts touch each other."), page=page))
    return problems
