"""A QR code on the screen, for a telephone's camera: always dark on white, whatever the palette."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

QUIET_ZONE = 4
"""Empty modules round the code; cameras need them. Source: ISO/IEC 18004."""


class QrCode(QWidget):
    """Shows one text."""

    def __init__(self, text: str, *, name: str) -> None:
        super().__init__()
        import segno

        self._rows = tuple(
            tuple(bool(module) for module in row) for row in segno.make(text, error="m", micro=False).matrix
        )
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def modules(self) -> int:
        """How many modules one side has, without the quiet zone."""
        return len(self._rows)

    def sizeHint(self) -> QSize:
        """Large enough for a camera at arm's length: whole pixels per module."""
        whole = self.modules + 2 * QUIET_ZONE
        side = whole * max(3, 264 // whole)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the modules."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("#FFFFFF"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#000000"))
        size = self.width() // (self.modules + 2 * QUIET_ZONE)
        for y, row in enumerate(self._rows):
            for x, dark in enumerate(row):
                if dark:
                    painter.drawRect(QRectF((x + QUIET_ZONE) * size, (y + QUIET_ZONE) * size, size, size))
        painter.end()
