"""The status shapes, drawn as vectors: our font has no ▲ ● ◐, and a foreign font's would look foreign.

Shape comes first, then the word, then the colour: who sees no colour, or prints in black, still reads the state.
"""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF


class Shape(StrEnum):
    """Ten pixels that say how a thing stands."""

    LATE = "late"
    """Filled triangle."""
    BLOCKED = "blocked"
    """Filled square with a bar."""
    WARNING = "warning"
    """Outlined triangle."""
    WAITING = "waiting"
    """Half-filled circle: waiting on someone else."""
    OPEN = "open"
    """Outlined circle."""
    DONE = "done"
    """Tick."""
    CLOSED = "closed"
    """Dash."""
    DOT = "dot"
    """Filled circle: changed, or guessed."""
    NONE = "none"


def paint_shape(painter: QPainter, shape: Shape, box: QRectF, colour: QColor, ground: QColor) -> None:
    """Draw a shape into a square box. ``ground`` shows through the bar of the blocked square."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    unit = box.width() / 10
    painter.translate(box.topLeft())
    painter.scale(unit, unit)
    _PAINT[shape](painter, colour, ground)
    painter.restore()


def _pen(colour: QColor, width: float) -> QPen:
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


_TRIANGLE = QPolygonF([QPointF(5, 1.1), QPointF(9.4, 8.9), QPointF(0.6, 8.9)])


def _late(painter: QPainter, colour: QColor, _ground: QColor) -> None:
    painter.setPen(_pen(colour, 1))
    painter.setBrush(colour)
    painter.drawPolygon(_TRIANGLE)


def _warning(painter: QPainter, colour: QColor, _ground: QColor) -> None:
    painter.setPen(_pen(colour, 1.6))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolygon(QPolygonF([QPointF(5, 1.4), QPointF(9.1, 8.6), QPointF(0.9, 8.6)]))


def _blocked(painter: QPainter, colour: QColor, ground: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(QRectF(0.2, 0.2, 9.6, 9.6), 2.4, 2.4)
    painter.setBrush(ground)
    painter.drawRect(QRectF(2.4, 4.2, 5.2, 1.6))


def _waiting(painter: QPainter, colour: QColor, _ground: QColor) -> None:
    painter.setPen(_pen(colour, 1.6))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QPointF(5, 5), 3.9, 3.9)
    half = QPainterPath()
    half.moveTo(5, 1.1)
    half.arcTo(QRectF(1.1, 1.1, 7.8, 7.8), 90, 180)
    half.closeSubpath()
    painter.fillPath(half, colour)


def _open(painter: QPainter, colour: QColor, _ground: QColor) -> None:
    painter.setPen(_pen(colour, 1.8))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QPointF(5, 5), 3.9, 3.9)


def _done(painter: QPainter, colour: QColor, _ground: QColor) -> None:
    painter.setPen(_pen(colour, 1.9))
    painter.drawPolyline(QPolygonF([QPointF(1, 5.4), QPointF(3.9, 8.2), QPointF(9.2, 2)]))


def _closed(painter: QPainter, colour: QColor, _ground: QColor) -> None:
    painter.setPen(_pen(colour, 1.8))
    painter.drawLine(QPointF(1.4, 5), QPointF(8.6, 5))


def _dot(painter: QPainter, colour: QColor, _ground: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(QPointF(5, 5), 2.8, 2.8)


def _none(_painter: QPainter, _colour: QColor, _ground: QColor) -> None:
    """No shape."""


_PAINT = {
    Shape.LATE: _late, Shape.BLOCKED: _blocked, Shape.WARNING: _warning, Shape.WAITING: _waiting, Shape.OPEN: _open,
    Shape.DONE: _done, Shape.CLOSED: _closed, Shape.DOT: _dot, Shape.NONE: _none,
}  # fmt: skip
