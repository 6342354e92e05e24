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
        self._is_below = False
        self.setText(text)
        self.setAccessibleName(spoken or ", ".join(part for part in (text, beside) if part))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        desk.theme.changed.connect(self.updateGeometry)

    def _widths(self) -> tuple[float, float]:
        """How wide the words are, and what stands beside them."""
        words = QFontMetricsF(self._desk.theme.font(Role.STRONG if self._strong else Role.TEXT))
        return words.horizontalAdvance(self.text()), QFontMetricsF(self._beside_font()).horizontalAdvance(self._beside)

    def sizeHint(self) -> QSize:
        """Wide enough for its words on one line, or for the wider of its two."""
        theme = self._desk.theme
        words, beside = self._widths()
        wide = max(words, beside) if self._is_below else words + (beside + 11 if self._beside else 0)
        below = theme.px(17) if self._is_below else 0
        return QSize(round(theme.px(SHAPE) + 9 + wide), theme.row_height(HEIGHT) + below)

    def _beside_font(self) -> QFont:
        return self._desk.theme.font(Role.BOLD if self._tone is Tone.RED else Role.SECOND)

    def minimumSizeHint(self) -> QSize:
        """The words give way."""
        return QSize(80, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What has no room beside the words stands below them; what is shortened is whole in the tooltip."""
        super().resizeEvent(event)
        words, beside = self._widths()
        room = self.width() - self._desk.theme.px(SHAPE) - 9
        below = bool(self._beside) and words + beside + 11 > room
        if below != self._is_below:
            self._is_below = below
            self.updateGeometry()
        self.setToolTip("\n".join(t for t, w in ((self.text(), words), (self._beside, beside)) if w > room))

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
        if self._is_below:
            box.setHeight(theme.row_height(HEIGHT))
        edge = float(theme.px(SHAPE))
        tone = theme.colour(self._tone.value)
        paint_shape(
            painter, self._shape, QRectF(0, box.center().y() - edge / 2, edge, edge), tone, theme.colour(ground)
        )
        left = edge + 8
        beside = self._paint_below(painter, left) if self._is_below else self._paint_beside(painter, box)
        painter.setFont(theme.font(Role.STRONG if self._strong else Role.TEXT))
        painter.setPen(theme.colour("ink"))
        room = QRectF(left, 0, box.width() - left - beside, box.height())
        shown = QFontMetricsF(painter.font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        painter.end()

    def _paint_below(self, painter: QPainter, left: float) -> float:
        """The due time or whose turn it is, on a line of its own."""
        theme = self._desk.theme
        painter.setFont(self._beside_font())
        painter.setPen(theme.colour(self._tone.value if self._tone in (Tone.RED, Tone.AMBER) else "ink2"))
        top = theme.row_height(HEIGHT) - 3
        spot = QRectF(left, top, self.width() - left, self.height() - top)
        shown = QFontMetricsF(painter.font()).elidedText(self._beside, Qt.TextElideMode.ElideRight, spot.width())
        painter.drawText(spot, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, shown)
        return 0.0

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
