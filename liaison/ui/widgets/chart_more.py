"""The forms of charts beside bars, months and dots, drawn by hand: ages, funnels, lines over time, small multiples.

Descriptions are those of paper; ages keep the colours of the strip over the list of claims, and every part bears its
words where they fit.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from liaison.reports.charts import HIDDEN, Ageing, AgeLine, Curve, Curves, Funnel, FunnelStep, Panel, Panels
from liaison.ui.theme import Role, Theme

More = Ageing | Funnel | Curves | Panels
_LINE, _AGE_LINE, _PANEL = 26, 44, 120
_BAR, _GAP = 13, 8
_AGES = (("age1", "ink"), ("age2", "ink"), ("age3", "onaccent"), ("red", "onaccent"))
"""Ground and letters of each age, the youngest first, as over the list of claims."""

_LABEL_SHARE = 0.38


def height_of(chart: More) -> int:
    """How high a chart is, before the theme scales it."""
    match chart:
        case Ageing(lines=lines):
            return _AGE_LINE * max(len(lines), 1) + 4
        case Funnel(steps=steps):
            return _LINE * max(len(steps), 1) + 4
        case Curves(curves=curves):
            return _LINE * max(len(curves), 1) + 24
    return _PANEL


def spoken_more(chart: More) -> str:
    """What it says, for somebody who does not see it."""
    match chart:
        case Ageing(lines=lines, ages=ages):
            return "; ".join(
                f"{line.label} {line.shown}: "
                + ", ".join(f"{age} {shown}" for age, shown in zip(ages, line.parts_shown, strict=True))
                for line in lines
            )
        case Funnel(steps=steps):
            return "; ".join(f"{s.label}: {s.shown} {s.share}".strip() for s in steps)
        case Curves(curves=curves):
            return "; ".join(f"{c.label}: {c.shown}" for c in curves)
    return "; ".join(f"{p.title}: {p.labels[2]}" for p in chart.panels)


class Sketch:
    """One chart on a painter of a width."""

    def __init__(self, painter: QPainter, theme: Theme, width: float) -> None:
        self._painter, self._theme, self._width = painter, theme, width

    def draw(self, chart: More) -> None:
        """Draw whichever it is."""
        match chart:
            case Ageing():
                self._ageing(chart)
            case Funnel():
                self._funnel(chart)
            case Curves():
                self._curves(chart)
            case Panels():
                self._panels(chart)

    # pieces

    def _px(self, pixels: float) -> float:
        return float(self._theme.px(int(pixels)))

    def _colour(self, token: str) -> QColor:
        return self._theme.colour(token)

    def _wide(self, text: str, role: Role) -> float:
        return QFontMetricsF(self._theme.font(role)).horizontalAdvance(text)

    def _text(self, box: QRectF, text: str, role: Role, token: str, side: Qt.AlignmentFlag) -> None:
        self._painter.setFont(self._theme.font(role))
        self._painter.setPen(self._colour(token))
        shown = QFontMetricsF(self._painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        self._painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, shown)

    def _area(self, box: QRectF, token: str) -> None:
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._colour(token))
        self._painter.drawRect(box)

    def _start(self, labels: Sequence[str], figures: Sequence[str], top: float, line: float) -> tuple[float, float]:
        """Where the plot begins, after the widest label and figure; and how wide a label is."""
        label = min(max((self._wide(one, Role.TEXT) for one in labels), default=0) + 2, self._width * _LABEL_SHARE)
        figure = max((self._wide(one, Role.STRONG) for one in figures), default=0) + 4
        gap = self._px(_GAP)
        for number, (one, shown) in enumerate(zip(labels, figures, strict=True)):
            y = top + number * line
            self._text(QRectF(0, y, label, line), one, Role.TEXT, "ink", Qt.AlignmentFlag.AlignLeft)
            box = QRectF(label + gap, y, figure, line)
            self._text(box, shown, Role.STRONG, "ink", Qt.AlignmentFlag.AlignRight)
        return label + figure + 2 * gap, label

    def _axis(self, x: float, height: float) -> None:
        self._painter.setPen(QPen(self._colour("line2"), 1))
        self._painter.drawLine(QPointF(x, 2), QPointF(x, height - 2))

    # ages

    def _ageing(self, chart: Ageing) -> None:
        line = self._px(_AGE_LINE)
        labels, figures = [one.label for one in chart.lines], [one.shown for one in chart.lines]
        start, _label = self._start(labels, figures, 0, line)
        room = max(self._width - start, 1.0)
        most = max((sum(one.parts) for one in chart.lines), default=0.0)
        for number, one in enumerate(chart.lines):
            scale = room / ((sum(one.parts) if chart.is_apart else most) or 1.0)
            self._ages(one, chart, start, number * line, scale)
        self._axis(start, line * len(chart.lines))

    def _ages(self, line: AgeLine, chart: Ageing, left: float, top: float, scale: float) -> None:
        high = self._px(22)
        y = top + (self._px(_AGE_LINE) - high) / 2
        for age, part, (ground, ink) in zip(chart.ages, line.parts, _AGES, strict=True):
            wide = part * scale
            if wide <= 0:
                continue
            box = QRectF(left, y, max(wide - 1.5, 1.0), high)
            self._area(box, ground)
            if ground in ("age1", "age2"):
                self._painter.setBrush(Qt.BrushStyle.NoBrush)
                self._painter.setPen(QPen(self._colour("age3"), 1))
                self._painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
            if self._wide(age, Role.CAPTION) + 6 < wide:
                self._text(box, age, Role.CAPTION, ink, Qt.AlignmentFlag.AlignHCenter)
            left += wide

    # a funnel

    def _funnel(self, chart: Funnel) -> None:
        line = self._px(_LINE)
        start, _label = self._start([s.label for s in chart.steps], [s.shown for s in chart.steps], 0, line)
        share = max((self._wide(step.share, Role.CAPTION) for step in chart.steps), default=0.0) + self._px(_GAP)
        most = max((step.value or 0.0 for step in chart.steps), default=0.0) or 1.0
        scale = max(self._width - start - share, 1.0) / most
        for number, step in enumerate(chart.steps):
            self._step(step, start, number * line, scale)
        self._axis(start, line * len(chart.steps))

    def _step(self, step: FunnelStep, start: float, top: float, scale: float) -> None:
        line, high = self._px(_LINE), self._px(_BAR)
        if step.value:
            self._area(QRectF(start, top + (line - high) / 2, max(step.value * scale, 1.5), high), "accent")
        elif step.value is None:
            self._painter.setBrush(Qt.BrushStyle.NoBrush)
            self._painter.setPen(QPen(self._colour("field"), 1))
            self._painter.drawRect(QRectF(start, top + (line - high) / 2, 4, high))
        box = QRectF(start, top, self._width - start, line)
        self._text(box, step.share, Role.CAPTION, "ink2", Qt.AlignmentFlag.AlignRight)

    # lines over time

    def _curves(self, chart: Curves) -> None:
        line = self._px(_LINE)
        start, _label = self._start([c.label for c in chart.curves], [c.shown for c in chart.curves], 0, line)
        room = max(self._width - start - self._px(_GAP), 1.0)
        most = max((value for curve in chart.curves for value in curve.values if value), default=1.0)
        for number, curve in enumerate(chart.curves):
            self._curve(curve, start, (number + 1) * line - self._px(5), room, (line - self._px(10)) / most)
        foot = QRectF(start, line * len(chart.curves), room, self._px(18))
        self._text(foot, chart.times[0], Role.CAPTION, "ink3", Qt.AlignmentFlag.AlignLeft)
        self._text(foot, chart.times[1], Role.CAPTION, "ink3", Qt.AlignmentFlag.AlignRight)

    def _curve(self, curve: Curve, start: float, foot: float, room: float, scale: float) -> None:
        step = room / max(len(curve.values) - 1, 1)
        known = [QPointF(start + n * step, foot - v * scale) for n, v in enumerate(curve.values) if v is not None]
        self._painter.setPen(QPen(self._colour("line2"), 1))
        self._painter.drawLine(QPointF(start, foot), QPointF(start + room, foot))
        self._painter.setPen(QPen(self._colour("accent" if curve.focus else "ink"), 1.6))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        if len(known) > 1:
            self._painter.drawPolyline(QPolygonF(known))
        if known:
            self._painter.setBrush(self._colour("accent" if curve.focus else "ink"))
            self._painter.drawEllipse(known[-1], 3, 3)

    # small multiples

    def _panels(self, chart: Panels) -> None:
        pitch = self._width / max(len(chart.panels), 1)
        for number, panel in enumerate(chart.panels):
            self._panel(panel, chart, number * pitch, pitch - self._px(16))

    def _panel(self, panel: Panel, chart: Panels, left: float, room: float) -> None:
        title = QRectF(left, 0, room, self._px(20))
        self._text(title, panel.title, Role.STRONG, "accent" if panel.focus else "ink", Qt.AlignmentFlag.AlignLeft)
        foot, high = self._px(_PANEL - 20), self._px(_PANEL - 56)
        values = (*panel.previous, *panel.values)
        step = room / max(len(values), 1)
        scale = high / (chart.maximum or 1.0)
        for number, value in enumerate(values):
            is_now = number >= len(panel.previous)
            x = left + number * step
            if value is None:
                box = QRectF(x, foot - self._px(16), step, self._px(16))
                self._text(box, HIDDEN, Role.CAPTION, "ink2", Qt.AlignmentFlag.AlignLeft)
                continue
            self._area(QRectF(x, foot - value * scale, step * 0.7, value * scale), "accent" if is_now else "age1")
        self._painter.setPen(QPen(self._colour("line2"), 1))
        self._painter.drawLine(QPointF(left, foot), QPointF(left + room, foot))
        if chart.target is not None:
            self._painter.setPen(QPen(self._colour("ink3"), 1, Qt.PenStyle.DotLine))
            self._painter.drawLine(
                QPointF(left, foot - chart.target * scale), QPointF(left + room, foot - chart.target * scale)
            )
        words = QRectF(left, foot, room, self._px(18))
        self._text(words, panel.words[0], Role.CAPTION, "ink3", Qt.AlignmentFlag.AlignLeft)
        self._text(words, panel.labels[2], Role.CAPTION, "ink", Qt.AlignmentFlag.AlignRight)
