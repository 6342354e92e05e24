"""One next step in a side pane: shape, words, and at the right when it is due or whose turn it is."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from liaison.ui.desk import Desk
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.badge import SHAPE
from liaison.ui.widgets.shapes import Shape, paint_shape

HEIGHT = 23


class StepRow(QAbstractButton):
    """A row to press. ``letter`` carries a single letter typed on it, for what can be done with one key."""

    letter = Signal(str)

    def __init__(
        self,
        desk: Desk,
        text: str,
        *,
        shape: Shape,
        tone: Tone,
        beside: str = "",
        strong: bool = False,
        ground: str = "sunken",
        spoken: str = "",
    ) -> None:
        super().__init__()
        self._desk, self._shape, self._tone = desk, shape, tone
        self._beside, self._strong, self._ground = beside, strong, ground
        self.setText(text)
        self.setAccessibleName(spoken or ", ".join(part for part in (text, beside) if part))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        desk.theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """One line, wide enough for its words."""
        theme = self._desk.theme
        words = QFontMetricsF(theme.font(Role.STRONG if self._strong else Role.TEXT)).horizontalAdvance(self.text())
        beside = QFontMetricsF(self._beside_font()).horizontalAdvance(self._beside) + 11 if self._beside else 0
        return QSize(round(theme.px(SHAPE) + 9 + words + beside), theme.row_height(HEIGHT))

    def _beside_font(self) -> QFont:
        return self._desk.theme.font(Role.BOLD if self._tone is Tone.RED else Role.SECOND)

    def minimumSizeHint(self) -> QSize:
        """The words give way."""
        return QSize(80, self._desk.theme.row_height(HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is shortened tells the rest in its tooltip."""
        super().resizeEvent(event)
        self.setToolTip(self.text() if self.sizeHint().width() > self.width() else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw shape, words and what stands beside them."""
        theme = self._desk.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        ground = self._ground
        if self.underMouse():
            ground = "hover"
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(ground))
            painter.drawRoundedRect(box.adjusted(-3, 0, 3, 0), 4, 4)
        edge = float(theme.px(SHAPE))
        tone = theme.colour(self._tone.value)
        paint_shape(
            painter, self._shape, QRectF(0, box.center().y() - edge / 2, edge, edge), tone, theme.colour(ground)
        )
        beside = self._paint_beside(painter, box)
        left = edge + 8
        painter.setFont(theme.font(Role.STRONG if self._strong else Role.TEXT))
        painter.setPen(theme.colour("ink"))
        room = QRectF(left, 0, box.width() - left - beside, box.height())
        shown = QFontMetricsF(painter.font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
        painter.end()

    def _paint_beside(self, painter: QPainter, box: QRectF) -> float:
        """The due time at the right edge; gives back the room it takes."""
        if not self._beside:
            return 0.0
        theme = self._desk.theme
        painter.setFont(self._beside_font())
        painter.setPen(theme.colour(self._tone.value if self._tone in (Tone.RED, Tone.AMBER) else "ink2"))
        width = min(QFontMetricsF(painter.font()).horizontalAdvance(self._beside), box.width() / 2)
        shown = QFontMetricsF(painter.font()).elidedText(self._beside, Qt.TextElideMode.ElideRight, width + 1)
        spot = QRectF(box.right() - width - 1, box.top(), width + 2, box.height())
        painter.drawText(spot, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, shown)
        return float(width + 10)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; a letter is passed on."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.click()
        elif plain and event.text().strip() and event.text().isprintable():
            self.letter.emit(event.text().lower())
        else:
            super().keyPressEvent(event)
