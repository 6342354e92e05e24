"""Charts in ink: each description of :mod:`liaison.reports.charts` drawn with rules, areas and numbers.

Bars are drawn from the same rounded numbers that are printed, so nothing hidden can be measured off the paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatch

from liaison.reports import style
from liaison.reports.blocks import Shape
from liaison.reports.charts import (
    HIDDEN_SIGNS,
    Ageing,
    AgeLine,
    Bar,
    Bars,
    CeilingBar,
    Chart,
    Cities,
    Curve,
    Curves,
    Dot,
    Dots,
    FigureColumns,
    Funnel,
    FunnelStep,
    Month,
    Months,
    Panel,
    Panels,
    StageBar,
    Step,
    Terms,
    Waterfall,
)
from liaison.reports.course_ink import terms_strips, waterfall_strips
from liaison.reports.flow import Spot, Strip
from liaison.reports.pen import Pen
from liaison.reports.style import Colour, Type, Weight, columns_wide
from liaison.reports.text import settled, wrap
from liaison.reports.text import width as text_width

NUMBER = style.CHART_NUMBER
LABEL = style.CELL
QUARTERS = 4
STUB = 1.0
"""The fixed length of a hidden number's outlined bar, in millimetres."""


@singledispatch
def chart_strips(chart: Chart, width: float) -> list[Strip]:
    """The strips of a chart; most are one, which is never torn."""
    raise TypeError(f"no ink for {type(chart).__name__}")


@chart_strips.register
def _(chart: Waterfall, width: float) -> list[Strip]:
    return waterfall_strips(chart, width)


@chart_strips.register
def _(chart: Terms, width: float) -> list[Strip]:
    return terms_strips(chart, width)


# horizontal bars


@chart_strips.register
def _(chart: Bars, width: float) -> list[Strip]:
    top = 5.4 if chart.change_word else 0.8
    height = top + len(chart.bars) * chart.pitch

    def draw(pen: Pen, at: Spot) -> None:
        axis = at.x + chart.label_width
        if chart.change_word:
            pen.text(at.x + width, at.y + 3.2, chart.change_word, style.AXIS, right=True)
        for number, bar in enumerate(chart.bars):
            _draw_bar(pen, bar, chart, at.x, at.y + top + number * chart.pitch, width)
        pen.upright(axis, at.y + top, at.y + height, 0.75)

    return [Strip(height=height + 0.4, draw=draw)]


def _draw_bar(pen: Pen, bar: Bar, chart: Bars, x: float, y: float, width: float) -> None:
    axis = x + chart.label_width
    middle = y + chart.pitch / 2
    upper = middle - 1.4
    kind = LABEL.strong() if bar.focus else LABEL
    label = wrap(bar.label, kind, chart.label_width - 9.5)
    pen.lines(x, middle + 1.6 - (len(label[:2]) - 1) * 1.7, label[:2], Type(size=8.5, leading=9.6, weight=kind.weight))
    pen.text(axis - 1.8, middle + 1.6, bar.shown, LABEL.strong(), right=True)
    if bar.previous_known:
        if bar.previous is None:
            pen.frame(axis, upper - 1.3, STUB, 4.3, 0.6, colour=Colour.LIGHT)
        else:
            pen.area(axis, upper - 1.3, bar.previous * chart.mm_per_unit, 4.3, Colour.LIGHT)
    if bar.value is None:
        pen.frame(axis, upper, STUB, 4.3, 0.7)
    else:
        pen.area(axis, upper, bar.value * chart.mm_per_unit, 4.3, Colour.ACCENT if bar.focus else Colour.INK)
    pen.text(x + width, middle + 1.6, bar.change, LABEL, right=True)


# columns


@chart_strips.register
def _(chart: Months, width: float) -> list[Strip]:
    plot = 36.0
    top = 4.6
    wide, shift = _month_column(chart)
    years = any(month.year for month in chart.months)
    height = top + plot + (9.0 if years else 5.0)

    def draw(pen: Pen, at: Spot) -> None:
        starts = _month_starts(chart, width)
        base = at.y + top + plot
        scale = plot / chart.maximum if chart.maximum else 0.0
        for month, start in zip(chart.months, starts, strict=True):
            x = at.x + start
            _draw_month_columns(pen, x, base, scale, month, wide, shift)
            up = (month.value or 0.0) * scale
            pen.text(x + shift + wide / 2, base - up - 1.2, month.shown, NUMBER.strong(), centre=True)
            for number, words in enumerate(reversed(month.event)):
                pen.text(x + shift + wide / 2, base - up - 5.0 - number * 3.5, words, style.AXIS, centre=True)
            pen.text(x + shift + wide / 2, base + 4.0, month.label, style.AXIS_NOW, centre=True)
            if month.year:
                pen.text(x, base + 8.2, month.year, style.AXIS.strong())
        for left, right in _spans(chart, starts):
            pen.rule(at.x + left, at.x + right, base, 0.75)

    return [Strip(height=height, draw=draw)]


def _month_column(chart: Months) -> tuple[float, float]:
    """How wide a column is, and how far it stands before that of the year before; quarters have room for wider ones."""
    return (6.4, 2.4) if len(chart.months) > QUARTERS else (14.4, 5.4)


def _draw_month_columns(pen: Pen, x: float, base: float, scale: float, month: Month, wide: float, shift: float) -> None:
    if month.previous is not None:
        pen.area(x, base - month.previous * scale, wide, month.previous * scale, Colour.LIGHT)
    if month.value is not None:
        pen.area(x + shift, base - month.value * scale, wide, month.value * scale)
    else:
        pen.frame(x + shift, base - STUB, wide, STUB, 0.6)


def _month_starts(chart: Months, width: float) -> list[float]:
    breaks = sum(1 for month in chart.months[1:] if month.year)
    most = 14.1 if len(chart.months) > QUARTERS else 44.0
    room = width - sum(_month_column(chart)) - breaks * 4.9
    pitch = min(most, room / max(len(chart.months) - 1, 1))
    starts: list[float] = []
    at = 0.0
    for number, month in enumerate(chart.months):
        if number:
            at += pitch + (4.9 if month.year else 0.0)
        starts.append(at)
    return starts


def _spans(chart: Months, starts: Sequence[float]) -> list[tuple[float, float]]:
    reach = sum(_month_column(chart))
    spans: list[tuple[float, float]] = []
    begin = 0.0
    for number, month in enumerate(chart.months):
        if number and month.year:
            spans.append((begin, starts[number - 1] + reach + (2.8 if len(chart.months) > QUARTERS else 0.0)))
            begin = starts[number]
    return [*spans, (begin, starts[-1] + reach)]


def draw_figure_columns(pen: Pen, chart: FigureColumns, x: float, y: float, room: float) -> None:
    """The columns under a key figure: 20 high, the year before in light, the last year dark."""
    per_group = max(len(chart.previous), len(chart.values))
    if per_group == 0:
        return
    pitch = room / (2 * per_group + 0.6 * per_group / 4)
    bar = pitch * (0.7 if per_group > 2 else 0.84)
    base = y + 20.0
    scale = 20.0 / chart.maximum
    for group, (values, shown) in enumerate(((chart.previous, chart.previous_shown), (chart.values, chart.shown))):
        alone = not chart.previous
        start = x + (0 if alone else group * (per_group + 0.6 * per_group / 4) * pitch)
        colour = Colour.INK if group else Colour.LIGHT
        for number, value in enumerate(values):
            left = start + number * pitch
            if value is None:
                pen.frame(left, base - STUB, bar, STUB, 0.5, colour=colour)
            else:
                pen.area(left, base - value * scale, bar, value * scale, colour)
        kind = NUMBER.strong() if group else NUMBER.muted()
        top = max((value or 0.0 for value in values[-2:]), default=0.0) * scale
        centre = min(start + (len(values) - 1) * pitch + bar / 2, x + room - wrap(shown, kind, 100)[0].width / 2)
        pen.text(centre, base - max(top, STUB) - 1.1, shown, kind, centre=True)
        words, axis_kind = (chart.word, style.AXIS_NOW) if group else (chart.previous_word, style.AXIS)
        pen.text(min(start, x + room - text_width(words, axis_kind)), base + 3.9, words, axis_kind)
    end = room if chart.previous else per_group * pitch
    pen.rule(x, x + end, base, 0.5)


# dot and range


@chart_strips.register
def _(chart: Dots, width: float) -> list[Strip]:
    top = 7.4 if any(dot.label_above for dot in chart.dots) else 6.2
    height = top + len(chart.dots) * chart.pitch + 0.8
    rights = _cell_rights(chart, width)
    left = chart.label_width
    right = (rights[0] - 22.0) if rights else width - 6.0
    scale = (right - left) / (chart.ticks[-1] or 1)

    def draw(pen: Pen, at: Spot) -> None:
        for number, tick in enumerate(chart.ticks):
            x = at.x + left + tick * scale
            pen.upright(x, at.y + top, at.y + height - 0.8, 0.5, Colour.GUIDE)
            pen.text(x, at.y + 4.2, chart.tick_words[number], NUMBER.muted(), centre=True)
        for number, (head, x) in enumerate(zip(chart.heads, rights, strict=True)):
            kind = NUMBER.strong() if number == chart.strong_cell else NUMBER.muted()
            pen.text(at.x + x, at.y + 4.2, head, kind, right=True)
        for number, dot in enumerate(chart.dots):
            y = at.y + top + (number + 0.5) * chart.pitch
            _draw_dot(pen, dot, at.x, y, left, scale)
            for cell, (words, x) in enumerate(zip(dot.cells, rights, strict=True)):
                quiet = LABEL if cell < chart.strong_cell else LABEL.muted()
                kind = LABEL.strong() if cell == chart.strong_cell else quiet
                pen.text(at.x + x, y + 1.1, words, kind, right=True)

    return [Strip(height=height, draw=draw)]


def _cell_rights(chart: Dots, width: float) -> list[float]:
    steps = {4: (42.0, 28.0, 11.1, 0.0), 3: (28.0, 11.1, 0.0), 2: (14.0, 0.0), 1: (0.0,)}
    return [width - step for step in steps[len(chart.heads)]] if chart.heads else []


def _draw_dot(pen: Pen, dot: Dot, x: float, y: float, left: float, scale: float) -> None:
    colour = Colour.ACCENT if dot.focus else Colour.INK
    kind = LABEL.strong() if dot.focus else LABEL
    label = wrap(dot.label, kind, left - 2.0)[:2]
    pen.lines(x, y + 1.1 - (len(label) - 1) * 1.7, label, Type(size=8.5, leading=9.6, weight=kind.weight))
    origin = x + left
    if dot.low is not None and dot.high is not None:
        pen.rule(origin + dot.low * scale, origin + dot.high * scale, y, 1.8, colour)
    if dot.previous is not None:
        pen.disc(origin + dot.previous * scale, y, 1.35, colour=Colour.LIGHT)
    if dot.median is None:
        pen.text(origin + 2.0, y + 1.1, dot.hidden, LABEL.strong())
        return
    if dot.target is not None:
        pen.upright(origin + dot.target * scale, y - 3.1, y + 3.1, 1.0)
    pen.disc(origin + dot.median * scale, y, 1.7, colour=colour, edge=Colour.WHITE, points=0.8)
    if dot.label_above:
        pen.text(origin + dot.median * scale, y - 2.2, dot.label_above, NUMBER.strong(), centre=True)


# small multiples


@chart_strips.register
def _(chart: Panels, width: float) -> list[Strip]:
    def draw(pen: Pen, at: Spot) -> None:
        for number, panel in enumerate(chart.panels):
            x = at.x + number * 4 * style.COLUMN
            _draw_panel(pen, panel, chart, x, at.y, columns_wide(4))

    return [Strip(height=44.5, draw=draw)]


def _draw_panel(pen: Pen, panel: Panel, chart: Panels, x: float, y: float, room: float) -> None:
    base = y + 5.0 + 4.8 + 29.0
    scale = 29.0 / chart.maximum if chart.maximum else 0.0
    title = Type(size=9.5, leading=12, weight=Weight.SEMIBOLD, colour=Colour.ACCENT if panel.focus else Colour.INK)
    pen.text(x, y + 3.4, panel.title, title)
    pitch, bar = room / 9.1, 4.3
    for group, values in enumerate((panel.previous, panel.values)):
        start = x + group * 4.67 * pitch
        colour = (Colour.ACCENT if panel.focus else Colour.INK) if group else Colour.LIGHT
        for number, value in enumerate(values):
            left = start + number * pitch
            if value is None:
                pen.frame(left, base - STUB, bar, STUB, 0.5, colour=colour)
                continue
            pen.area(left, base - value * scale, bar, value * scale, colour)
            if chart.target is not None and value > chart.target:
                pen.rule(left, left + bar, base - chart.target * scale, 0.6, Colour.WHITE)
            kind = NUMBER.strong() if group else NUMBER
            pen.text(left + bar / 2, base - value * scale - 1.1, _panel_label(panel, group, number), kind, centre=True)
        pen.text(start, base + 3.8, panel.words[group], Type(size=8, leading=10) if group else style.SUBTITLE)
    pen.rule(x, x + room - 2.0, base, 0.75)
    if chart.target is not None:
        pen.rule(x + room - 2.0, x + room, base - chart.target * scale, 0.75)


def _panel_label(panel: Panel, group: int, number: int) -> str:
    """The first and the fourth value of the year before, and the last one of this year, are labelled."""
    places = {(0, 0): 0, (0, len(panel.previous) - 1): 1, (1, len(panel.values) - 1): 2}
    return panel.labels[places[group, number]] if (group, number) in places else ""


# the cities

CITY_GAP = 9.0
"""Room between a city's name and its first axis, where the value stands."""


@chart_strips.register
def _(chart: Cities, width: float) -> list[Strip]:
    axes, rooms, pitch, top = (28.9, 90.0, 144.1), (46.0, 38.5, 30.0), 6.2, 4.9
    cities = [settled(row.city, LABEL.strong() if row.focus else LABEL, axes[0] - CITY_GAP) for row in chart.rows]
    deep = [pitch + (len(lines) - 1) * kind.pitch for kind, lines in cities]
    height = top + sum(deep) + 0.6
    maxima = [_most(chart, cell) for cell in range(len(chart.heads))]

    def draw(pen: Pen, at: Spot) -> None:
        for number, head in enumerate(chart.heads):
            pen.text(at.x + axes[number] - 7.4, at.y + 2.9, head, style.CELL_HEAD)
        pen.rule(at.x, at.x + width, at.y + top - 0.4, 0.5, Colour.MUTE)
        for number, (row, (kind, lines)) in enumerate(zip(chart.rows, cities, strict=True)):
            y = at.y + top + sum(deep[:number])
            pen.lines(at.x, y + 3.9, lines, kind)
            for cell, (value, shown, previous) in enumerate(row.cells):
                axis = at.x + axes[cell]
                scale = min(rooms[cell], width - axes[cell]) / maxima[cell]
                pen.text(axis - 1.8, y + 3.9, shown, LABEL.strong(), right=True)
                if previous:
                    pen.area(axis, y + 0.6, previous * scale, 3.0, Colour.LIGHT)
                if value is None:
                    if shown in HIDDEN_SIGNS:
                        pen.frame(axis, y + 1.5, STUB, 3.0, 0.6)
                else:
                    pen.area(axis, y + 1.5, value * scale, 3.0, Colour.ACCENT if row.focus else Colour.INK)
                pen.upright(axis, y + 0.1, y + 5.6, 0.75)

    return [Strip(height=height, draw=draw)]


def _most(chart: Cities, cell: int) -> float:
    values = (value for row in chart.rows for value in (row.cells[cell][0], row.cells[cell][2]))
    return max((value for value in values if value), default=1.0)


# the letter's ceiling


@chart_strips.register
def _(chart: CeilingBar, width: float) -> list[Strip]:
    top, high = 8.4, 8.2
    sentence = wrap(chart.sentence, LABEL, width)
    height = top + high + 10.6 + (len(sentence) - 1) * LABEL.pitch + 3.4
    most = max([chart.ceiling, chart.asked or 0.0, sum(v for _, v in chart.days), *(mark.at for mark in chart.marks)])
    scale = width / _round_up(most)

    def draw(pen: Pen, at: Spot) -> None:
        y = at.y + top
        head = pen.text(at.x, y - 1.7, chart.head, NUMBER.strong())
        if chart.asked is not None and chart.asked > chart.ceiling:
            asked_end = at.x + max(chart.asked * scale, text_width(chart.asked_words, NUMBER))
            above = 3.6 if asked_end - text_width(chart.asked_words, NUMBER) < at.x + head + 2 else 0.0
            pen.text(asked_end, y - 1.7 - above, chart.asked_words, NUMBER, right=True)
            pen.frame(at.x + chart.ceiling * scale, y, (chart.asked - chart.ceiling) * scale, high, 0.5)
            pen.hatch(at.x + chart.ceiling * scale, y, (chart.asked - chart.ceiling) * scale, high)
        pen.frame(at.x, y, chart.ceiling * scale, high, style.FRAME_PT)
        _draw_days(pen, chart, at.x, y, high, scale)
        pen.upright(at.x + chart.ceiling * scale, y - 1.0, y + high + 1.6, 1.2)
        _draw_marks(pen, chart, at.x, y + high, scale, width)
        pen.lines(at.x, y + high + 10.6, sentence, LABEL)

    return [Strip(height=height, draw=draw)]


def _round_up(amount: float) -> float:
    """The next full step (1, 1.25, 1.5, 2, 2.5, 4, 5 times a power of ten), so that bars are comparable."""
    power = 1.0
    while power * 10 <= amount:
        power *= 10
    return next((step * power for step in (1, 1.25, 1.5, 2, 2.5, 4, 5, 10) if step * power >= amount), amount)


def _draw_days(pen: Pen, chart: CeilingBar, x: float, y: float, high: float, scale: float) -> None:
    at = x
    for label, amount in chart.days:
        wide = amount * scale
        pen.area(at, y, max(wide - 0.35, 0.15), high)
        kind = Type(size=7.5, leading=9, weight=Weight.SEMIBOLD, colour=Colour.WHITE)
        if wrap(label, kind, 100)[0].width + 1.0 < wide:
            pen.text(at + wide / 2, y + high / 2 + 0.95, label, kind, centre=True, ground=Colour.INK)
        at += wide


def _draw_marks(pen: Pen, chart: CeilingBar, x: float, y: float, scale: float, width: float) -> None:
    """Ticks under the bar; a label that would touch another is left to the table, the one in force comes first."""
    pen.text(x, y + 4.8, "0", NUMBER.muted())
    taken = [(x, x + 3.0)]
    for mark in sorted(chart.marks, key=lambda one: (not one.in_force, -one.at)):
        kind = NUMBER.strong() if mark.in_force else NUMBER
        wide = text_width(mark.label, kind)
        centre = min(max(x + mark.at * scale, x + wide / 2), x + width - wide / 2)
        left, right = centre - wide / 2, centre + wide / 2
        pen.upright(x + mark.at * scale, y, y + 1.6, 0.6)
        if all(right + 1.0 < start or left - 1.0 > end for start, end in taken):
            pen.text(centre, y + 4.8, mark.label, kind, centre=True)
            taken.append((left, right))


# the six stages


@chart_strips.register
def _(chart: StageBar, width: float) -> list[Strip]:
    step = chart.pitch
    tallest = max((len(wrap(one.label, style.FIGURE_LABEL, step - 2)) for one in chart.steps), default=1)
    date_y = 14.3 if tallest > 1 else 10.9

    def draw(pen: Pen, at: Spot) -> None:
        y = at.y + 2.4
        for number, one in enumerate(chart.steps):
            x = at.x + 2.3 + number * step
            if number + 1 < len(chart.steps):
                done = one.shape is Shape.DONE
                pen.rule(x + 3.2, x + step - 3.2, y, 1.6 if done else 0.75, Colour.INK if done else Colour.LIGHT)
            _draw_step(pen, one, x, y, room=step - 2, date_y=date_y)

    return [Strip(height=date_y + 3.3, draw=draw, gap=4.8)]


def _draw_step(pen: Pen, step: Step, x: float, y: float, *, room: float, date_y: float) -> None:
    shape = step.shape
    coming = shape is Shape.COMING
    pen.shape(x, y, shape, 2.3, colour=Colour.ACCENT if shape is Shape.NOW else Colour.MUTE if coming else Colour.INK)
    kind = style.FIGURE_UNIT.muted() if coming else style.FIGURE_LABEL
    pen.lines(x - 2.3, y + 6.9, wrap(step.label, kind, room)[:2], kind)
    date_kind = style.AXIS.accented() if shape is Shape.NOW else style.AXIS
    pen.text(x - 2.3, y + date_y, step.date, date_kind)


# ages, the older the darker

_TONES = (
    (Colour.WHITE, Colour.INK),
    (Colour.LIGHT, Colour.INK),
    (Colour.MUTE, Colour.WHITE),
    (Colour.INK, Colour.WHITE),
)
"""Ground and letters of each age, the youngest first: lighter by at least twenty steps of L* each."""

_GAP = 0.35


@chart_strips.register
def _(chart: Ageing, width: float) -> list[Strip]:
    pitch, top = 14.2, 1.8
    most = max((sum(line.parts) for line in chart.lines), default=0.0) or 1.0
    room = width - chart.label_width

    def draw(pen: Pen, at: Spot) -> None:
        for number, line in enumerate(chart.lines):
            scale = room / ((sum(line.parts) if chart.is_apart else most) or 1.0)
            _draw_ages(pen, line, chart, at.x, at.y + top + number * pitch, scale)

    return [Strip(height=top + len(chart.lines) * pitch, draw=draw)]


def _draw_ages(pen: Pen, line: AgeLine, chart: Ageing, x: float, y: float, scale: float) -> None:
    high = 8.2
    axis = x + chart.label_width
    room = chart.label_width - 4.0 - text_width(line.shown, LABEL.strong())
    lines = wrap(line.label, LABEL, room)[:2]
    kind = Type(size=8.5, leading=9.6, weight=LABEL.weight)
    pen.lines(x, y + high / 2 + 1.1 - (len(lines) - 1) * 1.7, lines, kind)
    pen.text(axis - 1.8, y + high / 2 + 1.1, line.shown, LABEL.strong(), right=True)
    left, free = axis, axis
    for age, shown, part, tones in zip(chart.ages, line.parts_shown, line.parts, _TONES, strict=True):
        wide = part * scale
        if wide <= 0:
            continue
        ground, ink = tones
        if ground is Colour.WHITE:
            pen.frame(left, y, max(wide - _GAP, 0.3), high, 0.7)
        else:
            pen.area(left, y, max(wide - _GAP, 0.3), high, ground)
        inside = Type(size=7.5, leading=9, weight=Weight.SEMIBOLD, colour=ink)
        if text_width(age, inside) + 1.4 < wide:
            pen.text(left + wide / 2, y + high / 2 + 0.95, age, inside, centre=True, ground=ground)
        middle, half = left + wide / 2, text_width(shown, NUMBER) / 2
        if middle - half >= free and middle + half <= axis + sum(line.parts) * scale + 0.5:
            pen.text(middle, y + high + 3.4, shown, NUMBER, centre=True)
            free = middle + half + 2.0
        left += wide
    pen.upright(axis, y - 0.6, y + high + 0.6, 0.75)


# a funnel, as a table with bars


@chart_strips.register
def _(chart: Funnel, width: float) -> list[Strip]:
    top = 5.4 if chart.share_word else 0.8
    height = top + len(chart.steps) * chart.pitch
    most = max((step.value or 0.0 for step in chart.steps), default=0.0) or 1.0
    scale = (width - chart.label_width - 26.0) / most

    def draw(pen: Pen, at: Spot) -> None:
        if chart.share_word:
            pen.text(at.x + width, at.y + 3.2, chart.share_word, style.AXIS, right=True)
        for number, step in enumerate(chart.steps):
            _draw_funnel_step(pen, step, chart, at.x, at.y + top + number * chart.pitch, width, scale)
        pen.upright(at.x + chart.label_width, at.y + top, at.y + height, 0.75)

    return [Strip(height=height + 0.4, draw=draw)]


def _draw_funnel_step(
    pen: Pen, step: FunnelStep, chart: Funnel, x: float, y: float, width: float, scale: float
) -> None:
    axis, middle = x + chart.label_width, y + chart.pitch / 2
    label = wrap(step.label, LABEL, chart.label_width - 12.0)[:2]
    pen.lines(x, middle + 1.1 - (len(label) - 1) * 1.7, label, Type(size=8.5, leading=9.6))
    pen.text(axis - 1.8, middle + 1.1, step.shown, LABEL.strong(), right=True)
    if step.value is None:
        pen.frame(axis, middle - 2.15, STUB, 4.3, 0.7)
    else:
        pen.area(axis, middle - 2.15, step.value * scale, 4.3)
    pen.text(x + width, middle + 1.1, step.share, LABEL, right=True)


# lines over time


@chart_strips.register
def _(chart: Curves, width: float) -> list[Strip]:
    height = len(chart.curves) * chart.pitch + 5.2
    most = max((value for curve in chart.curves for value in curve.values if value), default=1.0)

    def draw(pen: Pen, at: Spot) -> None:
        for number, curve in enumerate(chart.curves):
            _draw_curve(pen, curve, chart, at.x, at.y + number * chart.pitch, width, most)
        foot = at.y + len(chart.curves) * chart.pitch + 3.6
        pen.text(at.x + chart.label_width, foot, chart.times[0], style.AXIS)
        pen.text(at.x + width - 24.0, foot, chart.times[1], style.AXIS, right=True)

    return [Strip(height=height, draw=draw)]


def _draw_curve(pen: Pen, curve: Curve, chart: Curves, x: float, y: float, width: float, most: float) -> None:
    colour = Colour.ACCENT if curve.focus else Colour.INK
    kind = LABEL.strong() if curve.focus else LABEL
    left, foot, high = x + chart.label_width, y + chart.pitch - 1.0, chart.pitch - 2.4
    room = width - 24.0 - chart.label_width
    step = room / max(len(curve.values) - 1, 1)
    label = wrap(curve.label, kind, chart.label_width - 2.0)
    pen.lines(x, foot - 1.0 - (len(label) - 1) * kind.pitch, label, kind)
    pen.rule(left, left + room, foot, 0.5, Colour.LIGHT)
    known = [(left + n * step, foot - v / most * high) for n, v in enumerate(curve.values) if v is not None]
    pen.path(known, 1.2, colour)
    if known:
        pen.disc(*known[-1], 1.0, colour=colour)
    pen.text(x + width, foot - 1.0, curve.shown, LABEL.strong(), right=True)
