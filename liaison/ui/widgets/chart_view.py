"""Charts of the window, drawn by hand from the same descriptions as on paper: bars, months, middle and ninth of ten.

Zero-based, no legend, no colour that carries meaning alone: every bar bears its figure, the year before is lighter and
named in the line under the title. A chart speaks through its accessible description; the table beside it has it all.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from liaison.reports.charts import Ageing, Bar, Bars, Curves, Dot, Dots, Funnel, Month, Months, Panels
from liaison.ui.desk import Desk
from liaison.ui.theme import Role
from liaison.ui.widgets.chart_more import More, Sketch, height_of, spoken_more

PITCH, BAR, GAP = 26, 13, 8
MONTHS_HEIGHT, FOOT, TOP = 150, 20, 18
LABEL_SHARE = 0.38
Shown = Bars | Months | Dots | More


class ChartView(QWidget):
    """One chart at the width it is given; as high as it needs."""

    def __init__(self, desk: Desk, chart: Shown, *, name: str) -> None:
        super().__init__()
        self._desk = desk
        self.chart = chart
        self.setAccessibleName(name)
        self.setAccessibleDescription(spoken(chart))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        desk.theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        px = self._desk.theme.px
        match self.chart:
            case Bars(bars=bars):
                return QSize(px(320), px(PITCH) * max(len(bars), 1) + 4)
            case Dots(dots=dots):
                return QSize(px(320), px(PITCH) * (len(dots) + 1) + 4)
            case Ageing() | Funnel() | Curves() | Panels():
                return QSize(px(320), px(height_of(self.chart)))
        return QSize(px(320), px(MONTHS_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Narrow, never hidden."""
        return QSize(self._desk.theme.px(200), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        match self.chart:
            case Bars():
                self._paint_bars(painter, self.chart)
            case Months():
                self._paint_months(painter, self.chart)
            case Dots():
                self._paint_dots(painter, self.chart)
            case Ageing() | Funnel() | Curves() | Panels():
                Sketch(painter, self._desk.theme, float(self.width())).draw(self.chart)
        painter.end()

    # pieces

    def _colour(self, token: str) -> QColor:
        return self._desk.theme.colour(token)

    def _text(self, painter: QPainter, box: QRectF, text: str, *, role: Role, right: bool = False) -> None:
        painter.setFont(self._desk.theme.font(role))
        painter.setPen(self._colour("ink" if role in (Role.TEXT, Role.STRONG) else "ink2"))
        metrics = QFontMetricsF(painter.font())
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, shown)

    def _widest(self, texts: list[str], role: Role) -> float:
        metrics = QFontMetricsF(self._desk.theme.font(role))
        return max((metrics.horizontalAdvance(text) for text in texts), default=0.0)

    # bars

    def _paint_bars(self, painter: QPainter, chart: Bars) -> None:
        theme = self._desk.theme
        pitch = float(theme.px(PITCH))
        label = min(self._widest([b.label for b in chart.bars], Role.TEXT) + 2, self.width() * LABEL_SHARE)
        figure = self._widest([b.shown for b in chart.bars], Role.STRONG) + 4
        start = label + theme.px(GAP) + figure + theme.px(GAP)
        room = max(self.width() - start, 1.0)
        most = max([b.value or 0 for b in chart.bars] + [b.previous or 0 for b in chart.bars] + [1e-9])
        for number, bar in enumerate(chart.bars):
            top = number * pitch
            self._text(painter, QRectF(0, top, label, pitch), bar.label, role=Role.TEXT)
            box = QRectF(label + theme.px(GAP), top, figure, pitch)
            self._text(painter, box, bar.shown, role=Role.STRONG, right=True)
            self._paint_bar(painter, bar, QRectF(start, top, room, pitch), room / most)
        painter.setPen(QPen(self._colour("line2"), 1))
        painter.drawLine(QPointF(start, 2), QPointF(start, len(chart.bars) * pitch - 2))

    def _paint_bar(self, painter: QPainter, bar: Bar, box: QRectF, scale: float) -> None:
        height = float(self._desk.theme.px(BAR))
        width = (bar.value or 0) * scale
        if width <= 0:
            return
        inner = QRectF(box.left(), box.top() + (box.height() - height) / 2, max(width, 1.5), height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour("accent"))
        painter.drawRect(inner)

    # months

    def _paint_months(self, painter: QPainter, chart: Months) -> None:
        theme = self._desk.theme
        foot = self.height() - theme.px(FOOT)
        pitch = self.width() / max(len(chart.months), 1)
        scale = (foot - theme.px(TOP)) / max(chart.maximum, 1e-9)
        for number, month in enumerate(chart.months):
            self._paint_month(painter, month, number * pitch, pitch, foot, scale)
        painter.setPen(QPen(self._colour("line2"), 1))
        painter.drawLine(QPointF(0, foot), QPointF(self.width(), foot))

    def _paint_month(
        self, painter: QPainter, month: Month, left: float, pitch: float, foot: float, scale: float
    ) -> None:
        theme = self._desk.theme
        wide = min(pitch * 0.4, float(theme.px(18)))
        middle = left + pitch / 2
        painter.setPen(QPen(self._colour("field"), 1))
        painter.setBrush(self._colour("age1"))
        before = (month.previous or 0) * scale
        if before > 0:
            painter.drawRect(QRectF(middle - wide - 1, foot - before, wide, before))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour("accent"))
        now = (month.value or 0) * scale
        if now > 0:
            painter.drawRect(QRectF(middle, foot - now, wide, now))
        painter.setFont(theme.font(Role.CAPTION))
        painter.setPen(self._colour("ink"))
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
        painter.drawText(QRectF(middle - pitch / 2, foot - now - theme.px(16), pitch + wide, theme.px(15)), flags,
                         month.shown)  # fmt: skip
        painter.setPen(self._colour("ink3"))
        painter.drawText(QRectF(left, foot, pitch, theme.px(FOOT)), Qt.AlignmentFlag.AlignCenter, month.label)

    # middle and ninth of ten

    def _paint_dots(self, painter: QPainter, chart: Dots) -> None:
        theme = self._desk.theme
        pitch = float(theme.px(PITCH))
        label = min(self._widest([d.label for d in chart.dots], Role.TEXT) + 2, self.width() * LABEL_SHARE)
        cell = self._widest([*(c for d in chart.dots for c in d.cells), *chart.heads], Role.CAPTION) + theme.px(GAP)
        start, end = label + theme.px(GAP), self.width() - cell - theme.px(GAP)
        most = max([d.high or 0 for d in chart.dots] + [d.target or 0 for d in chart.dots] + [1e-9])
        scale = max(end - start, 1.0) / most
        for number, dot in enumerate(chart.dots):
            top = number * pitch
            self._text(painter, QRectF(0, top, label, pitch), dot.label, role=Role.TEXT)
            self._paint_dot(painter, dot, start, top + pitch / 2, scale)
            self._text(painter, QRectF(end, top, cell + theme.px(GAP), pitch), " ".join(dot.cells), role=Role.CAPTION,
                       right=True)  # fmt: skip
        painter.setPen(QPen(self._colour("line2"), 1))
        painter.drawLine(QPointF(start, 2), QPointF(start, len(chart.dots) * pitch))

    def _paint_dot(self, painter: QPainter, dot: Dot, start: float, middle: float, scale: float) -> None:
        theme = self._desk.theme
        low, high = start + (dot.median or 0) * scale, start + (dot.high or 0) * scale
        painter.setPen(QPen(self._colour("field"), 2))
        painter.drawLine(QPointF(low, middle), QPointF(high, middle))
        painter.drawLine(QPointF(high, middle - theme.px(4)), QPointF(high, middle + theme.px(4)))
        if dot.target is not None:
            pen = QPen(self._colour("ink3"), 1, Qt.PenStyle.DotLine)
            painter.setPen(pen)
            at = start + dot.target * scale
            painter.drawLine(QPointF(at, middle - theme.px(9)), QPointF(at, middle + theme.px(9)))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour("accent"))
        size = theme.px(5)
        painter.drawEllipse(QPointF(low, middle), size, size)


def spoken(chart: Shown) -> str:
    """What a chart says, for somebody who does not see it."""
    match chart:
        case Bars(bars=bars):
            return "; ".join(f"{b.label}: {b.shown}" for b in bars)
        case Months(months=months):
            return "; ".join(f"{m.label} {m.year}: {m.shown}" for m in months)
        case Dots(dots=dots):
            return "; ".join(f"{d.label}: {' '.join(d.cells)}" for d in dots)
    return spoken_more(chart)
