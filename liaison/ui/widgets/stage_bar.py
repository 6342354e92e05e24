"""The stages of a journey: six circles on its page, six segments in a list. The same words, the same order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from liaison.ui.models.columns import StageCell
from liaison.ui.theme import Role, Theme

SEGMENTS = 6
PITCH, SEGMENT_WIDTH, SEGMENT_HEIGHT = 13, 11, 7
WORD_AT = 86
CIRCLE = 18
HEIGHT = 68


class Step(StrEnum):
    """How one stage stands."""

    DONE = "done"
    CURRENT = "current"
    TO_COME = "to come"
    REFUSED = "refused"
    """Someone tried to move here and was refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StageView:
    """One stage on the page: its word, and beneath it a date, the exact state, or a forecast; in the shown language."""

    word: str
    note: str
    step: Step


def paint_stage_cell(painter: QPainter, cell: StageCell, box: QRectF, theme: Theme) -> None:
    """Six segments and the short word, as lists show a stage."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    scale = theme.px(100) / 100
    for number in range(SEGMENTS):
        left = box.left() + number * PITCH * scale
        height = SEGMENT_HEIGHT * scale
        segment = QRectF(left, box.center().y() - height / 2, SEGMENT_WIDTH * scale, height)
        _paint_segment(painter, segment, number, cell, theme)
    painter.setFont(theme.font(Role.SECOND))
    painter.setPen(theme.ink(Role.SECOND))
    word = box.adjusted(WORD_AT * scale, 0, 0, 0)
    text = QFontMetricsF(painter.font()).elidedText(cell.word, Qt.TextElideMode.ElideRight, word.width())
    painter.drawText(word, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
    painter.restore()


def _paint_segment(painter: QPainter, segment: QRectF, number: int, cell: StageCell, theme: Theme) -> None:
    """Solid when done, half solid and outlined when current, a thin outline when still to come."""
    accent = theme.colour("red" if cell.held and number == cell.done else "accent")
    if cell.ended or number < cell.done:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent)
        painter.drawRoundedRect(segment, 2, 2)
        return
    current = number == cell.done
    width = 1.2 if current else 1.0
    painter.setPen(QPen(accent if current else theme.colour("field"), width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inset = width / 2
    painter.drawRoundedRect(segment.adjusted(inset, inset, -inset, -inset), 2, 2)
    if current:
        painter.fillRect(QRectF(segment.left(), segment.top(), segment.width() / 2, segment.height()), accent)


class StageBar(QWidget):
    """The journey's stages across its page. Speaks through its accessible name, since it is painted."""

    def __init__(self, theme: Theme, *, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._name = name
        self._stages: Sequence[StageView] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        theme.changed.connect(self._look_changed)

    def show_stages(self, stages: Sequence[StageView], spoken: str = "") -> None:
        """Show the stages; ``spoken`` is the whole bar as a sentence."""
        self._stages = tuple(stages)
        self.setAccessibleName(self._name)
        self.setAccessibleDescription(spoken or "; ".join(f"{s.word}: {s.note}" if s.note else s.word for s in stages))
        self.update()

    def _look_changed(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as it may be."""
        return QSize(600, self._theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Words are shortened below this."""
        return QSize(420, self._theme.px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw circles, lines and words."""
        if not self._stages:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        circle = self._theme.px(CIRCLE)
        pitch = self.width() / len(self._stages)
        middle = self._theme.px(3) + circle / 2
        for number, stage in enumerate(self._stages):
            centre = QPointF(number * pitch + circle / 2 + 2, middle)
            if number + 1 < len(self._stages):
                self._paint_line(painter, centre, QPointF(centre.x() + pitch, middle), number)
            self._paint_circle(painter, centre, circle, stage.step)
            self._paint_words(painter, stage, number * pitch + 2, self._room(number), middle + circle / 2)
        painter.end()

    def _room(self, number: int) -> float:
        """How wide the words of a stage may be; the last may go to the very end."""
        pitch = self.width() / len(self._stages)
        return pitch - (2 if number + 1 == len(self._stages) else 12)

    def event(self, event: QEvent) -> bool:
        """Words that are shortened are whole in the tooltip of their stage."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self._stages:
            number = min(len(self._stages) - 1, int(event.pos().x() * len(self._stages) / max(1, self.width())))
            QToolTip.showText(event.globalPos(), self.tip(number), self)
            return True
        return super().event(event)

    def tip(self, number: int) -> str:
        """What of a stage is not whole on the screen."""
        stage, room, theme = self._stages[number], self._room(number), self._theme
        word = theme.font(Role.BOLD if stage.step is Step.CURRENT else Role.TEXT)
        wide = ((stage.word, word), (stage.note, theme.font(Role.SECOND)))
        return "\n".join(text for text, font in wide if QFontMetricsF(font).horizontalAdvance(text) > room)

    def _paint_line(self, painter: QPainter, start: QPointF, end: QPointF, number: int) -> None:
        reached = self._stages[number].step is Step.DONE
        painter.setPen(QPen(self._theme.colour("accent" if reached else "line2"), 2))
        gap = self._theme.px(CIRCLE) / 2 + 3
        painter.drawLine(QPointF(start.x() + gap, start.y()), QPointF(end.x() - gap, end.y()))

    def _paint_circle(self, painter: QPainter, centre: QPointF, size: float, step: Step) -> None:
        theme = self._theme
        radius = size / 2
        if step is Step.DONE:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawEllipse(centre, radius, radius)
            pen = QPen(theme.colour("onaccent"), size / 9)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            unit = size / 18
            tick = [QPointF(-3.8, 0.3), QPointF(-1.1, 3), QPointF(4, -2.7)]
            painter.drawPolyline(QPolygonF([centre + p * unit for p in tick]))
            return
        width = {Step.CURRENT: 2.0, Step.TO_COME: 1.6, Step.REFUSED: 2.0}[step]
        token = {Step.CURRENT: "accent", Step.TO_COME: "field", Step.REFUSED: "red"}[step]
        painter.setPen(QPen(theme.colour(token), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(centre, radius - width / 2, radius - width / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(token))
        if step is Step.CURRENT:
            painter.drawEllipse(centre, size * 4 / 18, size * 4 / 18)
        elif step is Step.REFUSED:
            edge = size * 9 / 18
            painter.drawRoundedRect(QRectF(centre.x() - edge / 2, centre.y() - edge / 2, edge, edge), 2, 2)
            painter.setBrush(theme.colour("surface"))
            painter.drawRect(QRectF(centre.x() - edge * 0.28, centre.y() - edge * 0.09, edge * 0.56, edge * 0.18))

    def _paint_words(self, painter: QPainter, stage: StageView, left: float, width: float, top: float) -> None:
        theme = self._theme
        current = stage.step is Step.CURRENT
        reached = stage.step in (Step.DONE, Step.CURRENT)
        painter.setFont(theme.font(Role.BOLD if current else Role.TEXT))
        painter.setPen(theme.colour("ink" if current else "ink2" if reached else "ink3"))
        line = QRectF(left, top + theme.px(4), width, theme.px(18))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, self._short(painter, stage.word, width))
        painter.setFont(theme.font(Role.SECOND))
        painter.setPen(theme.colour("ink2" if current else "ink3"))
        line.translate(0, theme.px(17))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, self._short(painter, stage.note, width, end=False))

    @staticmethod
    def _short(painter: QPainter, text: str, width: float, *, end: bool = True) -> str:
        """A note is shortened in its middle, since a date stands at its end."""
        way = Qt.TextElideMode.ElideRight if end else Qt.TextElideMode.ElideMiddle
        return QFontMetricsF(painter.font()).elidedText(text, way, width)
