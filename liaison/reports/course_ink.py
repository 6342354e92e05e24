"""Two charts in ink: sums from step to step (a waterfall), and terms over time (bars as in a plan of works).

Both read in grey: light, dark and outlined differ by more than twenty steps of lightness, and words stand beside.
"""

from __future__ import annotations

from liaison.reports import style
from liaison.reports.charts import Level, Term, Terms, Waterfall
from liaison.reports.flow import Spot, Strip
from liaison.reports.pen import Pen
from liaison.reports.style import Colour, Type
from liaison.reports.text import wrap

LABEL = style.CELL
HIGH = 4.3
TOGETHER = 14
"""So many rows of a plan stand on one page, whatever came before."""
CHANGE_WIDTH = 27.0
"""Room for the difference at the right edge, in millimetres."""


def waterfall_strips(chart: Waterfall, width: float) -> list[Strip]:
    """One strip: the steps below each other on one scale that begins at nothing."""
    top = 5.4 if chart.change_word else 0.8
    height = top + len(chart.levels) * chart.pitch
    most = max((level.value for level in chart.levels), default=0.0) or 1.0
    scale = (width - chart.label_width - CHANGE_WIDTH) / most

    def draw(pen: Pen, at: Spot) -> None:
        if chart.change_word:
            pen.text(at.x + width, at.y + 3.2, chart.change_word, style.AXIS, right=True)
        before = 0.0
        for number, level in enumerate(chart.levels):
            y = at.y + top + number * chart.pitch
            _draw_level(pen, level, chart, at.x, y, before=before if number else None, scale=scale)
            pen.text(at.x + width, y + chart.pitch / 2 + 1.1, level.change, LABEL, right=True)
            before = level.value
        pen.upright(at.x + chart.label_width, at.y + top, at.y + height, 0.75)

    return [Strip(height=height + 0.4, draw=draw)]


def _draw_level(
    pen: Pen, level: Level, chart: Waterfall, x: float, y: float, *, before: float | None, scale: float
) -> None:
    axis, middle = x + chart.label_width, y + chart.pitch / 2
    upper = middle - HIGH / 2
    _label(pen, level.label, x, middle, chart.label_width - 31.0)
    pen.text(axis - 1.8, middle + 1.1, level.shown, LABEL.strong(), right=True)
    if before is None:
        pen.area(axis, upper, level.value * scale, HIGH)
        return
    stays, now, was = min(before, level.value), level.value, before
    pen.area(axis, upper, stays * scale, HIGH, Colour.LIGHT)
    if now > was:
        pen.area(axis + was * scale, upper, (now - was) * scale, HIGH)
    elif now < was:
        pen.frame(axis + now * scale, upper, (was - now) * scale, HIGH, 0.7)
    pen.upright(axis + was * scale, y - (chart.pitch - HIGH) / 2, upper, 0.5, Colour.MUTE)


def terms_strips(chart: Terms, width: float) -> list[Strip]:
    """One strip that is never torn; a plan too long for that has a strip for each row, the axis with the first."""
    left = chart.label_width
    room = width - left - chart.words_width
    scale = room / ((chart.last - chart.first) or 1.0)
    head = 6.4
    if len(chart.terms) <= TOGETHER:

        def whole(pen: Pen, at: Spot) -> None:
            _draw_axis(pen, chart, at.x, at.y, scale)
            for number, term in enumerate(chart.terms):
                _draw_term(pen, term, chart, at.x, at.y + head + number * chart.pitch, width, scale)

        return [Strip(height=head + len(chart.terms) * chart.pitch, draw=whole)]
    strips: list[Strip] = []
    for number, term in enumerate(chart.terms):
        top = head if number == 0 else 0.0

        def draw(pen: Pen, at: Spot, term: Term = term, top: float = top) -> None:
            if top:
                _draw_axis(pen, chart, at.x, at.y, scale)
            _draw_term(pen, term, chart, at.x, at.y + top, width, scale)

        strips.append(Strip(height=top + chart.pitch, draw=draw))
    return strips


def _draw_axis(pen: Pen, chart: Terms, x: float, y: float, scale: float) -> None:
    origin = x + chart.label_width
    today = (chart.today - chart.first) * scale
    for at, word in chart.ticks:
        place = (at - chart.first) * scale
        if abs(place - today) > 11.0:
            pen.text(origin + place, y + 3.6, word, style.AXIS, centre=True)
    pen.text(origin + today, y + 3.6, chart.today_word, style.AXIS.strong(), centre=True)


def _draw_term(pen: Pen, term: Term, chart: Terms, x: float, y: float, width: float, scale: float) -> None:
    origin, middle = x + chart.label_width, y + chart.pitch / 2
    for at, _word in chart.ticks:
        pen.upright(origin + (at - chart.first) * scale, y, y + chart.pitch, 0.5, Colour.GUIDE)
    _label(pen, term.label, x, middle, chart.label_width - 2.0)

    def place(at: float) -> float:
        return origin + (min(max(at, chart.first), chart.last) - chart.first) * scale

    start, now, end = place(term.start), place(chart.today), place(chart.last if term.end is None else term.end)
    upper = middle - 1.7
    if term.is_done:
        pen.frame(start, upper, max(end - start, 0.6), 3.4, 0.6)
    else:
        pen.area(start, upper, min(now, end) - start, 3.4, Colour.LIGHT)
        pen.area(max(start, now), upper, end - max(start, now), 3.4)
        if term.end is None:
            pen.area(end - 3.0, upper - 0.1, 1.0, 3.6, Colour.WHITE)
            pen.area(end - 1.2, upper - 0.1, 0.6, 3.6, Colour.WHITE)
        elif end - start < 0.6:
            pen.upright(end, upper, upper + 3.4, 1.2)
    pen.upright(now, y, y + chart.pitch, 1.0)
    words = x + width - chart.words_width + 3.0
    if term.shape is not None:
        pen.shape(words + 1.0, middle, term.shape, 1.2)
        words += 3.6
    pen.text(words, middle + 1.1, term.shown, LABEL)


def _label(pen: Pen, label: str, x: float, middle: float, room: float) -> None:
    lines = wrap(label, LABEL, room)[:2]
    pen.lines(x, middle + 1.1 - (len(lines) - 1) * 1.7, lines, Type(size=8.5, leading=9.6))
