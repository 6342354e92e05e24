"""A badge: shape, word, tone. Filled in heads and cards; in lists only what is late is filled, so the eye finds it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from liaison.ui.theme import Role, Theme, Tone
from liaison.ui.widgets.shapes import Shape, paint_shape

HEIGHT = 21
INSIDE = 9
GAP = 5
SHAPE = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """How a thing stands. ``text`` is already in the shown language and carries no name."""

    text: str
    shape: Shape = Shape.OPEN
    tone: Tone = Tone.INK
    filled: bool = False

    def in_head(self) -> Badge:
        """The same badge as heads and cards show it."""
        return replace(self, filled=True)


def late(text: str) -> Badge:
    """Past its time: the only badge that is filled in a list."""
    return Badge(text=text, shape=Shape.LATE, tone=Tone.RED, filled=True)


def blocked(text: str) -> Badge:
    """Refused, or without a next step."""
    return Badge(text=text, shape=Shape.BLOCKED, tone=Tone.RED)


def warning(text: str) -> Badge:
    """Look at it."""
    return Badge(text=text, shape=Shape.WARNING, tone=Tone.AMBER)


def waiting(text: str) -> Badge:
    """Someone else's turn."""
    return Badge(text=text, shape=Shape.WAITING, tone=Tone.AMBER)


def under_way(text: str) -> Badge:
    """Open and moving."""
    return Badge(text=text, shape=Shape.OPEN, tone=Tone.BLUE)


def due(text: str) -> Badge:
    """Open, to be done at a time."""
    return Badge(text=text, shape=Shape.OPEN, tone=Tone.INK)


def done(text: str) -> Badge:
    """Finished well."""
    return Badge(text=text, shape=Shape.DONE, tone=Tone.GREEN)


def closed(text: str) -> Badge:
    """Over, or not yet begun."""
    return Badge(text=text, shape=Shape.CLOSED, tone=Tone.GREY)


def badge_width(badge: Badge, theme: Theme) -> float:
    """Logical pixels the badge takes."""
    text = QFontMetricsF(theme.font(Role.LABEL)).horizontalAdvance(badge.text)
    shape = 0 if badge.shape is Shape.NONE else theme.px(SHAPE) + GAP
    return float(text + shape + (2 * INSIDE if badge.filled else 0))


def paint_badge(
    painter: QPainter, badge: Badge, box: QRectF, theme: Theme, *, ground: str = "surface", room: float | None = None
) -> None:
    """Draw at the left edge of ``box``, in its middle. Words are shortened to ``room``, shapes never."""
    tone = theme.colour(badge.tone.value)
    font = theme.font(Role.LABEL)
    metrics = QFontMetricsF(font)
    wanted = badge_width(badge, theme)
    width = min(wanted, room if room is not None else box.width())
    left, under = box.left(), theme.colour(ground)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if badge.filled:
        height = HEIGHT + theme.px(17) - 17
        body = QRectF(left, box.center().y() - height / 2, width, height)
        under = _paint_ground(painter, body, badge, theme, tone)
        left += INSIDE
        width -= 2 * INSIDE
    if badge.shape is not Shape.NONE:
        edge = theme.px(SHAPE)
        paint_shape(painter, badge.shape, QRectF(left, box.center().y() - edge / 2, edge, edge), tone, under)
        left += edge + GAP
        width -= edge + GAP
    painter.setFont(font)
    painter.setPen(tone)
    text = metrics.elidedText(badge.text, Qt.TextElideMode.ElideRight, width + 0.5)
    middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    painter.drawText(QRectF(left, box.top(), width + 2, box.height()), middle, text)
    painter.restore()


def _paint_ground(painter: QPainter, body: QRectF, badge: Badge, theme: Theme, tone: QColor) -> QColor:
    """The badge's own ground; in the contrast palette a line in its tone instead."""
    ground = theme.colour(_GROUNDS[badge.tone])
    painter.setBrush(ground)
    if theme.outlined:
        painter.setPen(QPen(tone, 1))
        painter.drawRoundedRect(body.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(body, 6, 6)
    return ground


_GROUNDS = {
    Tone.INK: "greybg", Tone.QUIET: "greybg", Tone.ACCENT: "soft", Tone.RED: "redbg", Tone.AMBER: "amberbg",
    Tone.BLUE: "bluebg", Tone.GREEN: "greenbg", Tone.GREY: "greybg",
}  # fmt: skip


class BadgeView(QWidget):
    """A badge standing by itself."""

    def __init__(self, theme: Theme, badge: Badge | None = None, *, gives_way: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._badge = badge
        self._gives_way = gives_way
        across = QSizePolicy.Policy.Maximum if gives_way else QSizePolicy.Policy.Fixed
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(badge.text if badge is not None else "")
        if badge is None:
            self.hide()  # and never show() here: without a parent yet, that would flash a window of its own
        theme.changed.connect(self._look_changed)

    def _look_changed(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        height = HEIGHT + self._theme.px(17) - 17
        return QSize(0 if self._badge is None else round(badge_width(self._badge, self._theme) + 1), height)

    def minimumSizeHint(self) -> QSize:
        """Its words are shortened where a head has no room for them."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), 60), hint.height()) if self._gives_way else hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is shortened tells the rest in its tooltip."""
        super().resizeEvent(event)
        short = self._badge is not None and self.width() < self.sizeHint().width()
        self.setToolTip(self._badge.text if short and self._badge is not None else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the badge."""
        if self._badge is not None:
            painter = QPainter(self)
            paint_badge(painter, self._badge, QRectF(self.rect()), self._theme)
            painter.end()


class ShapeView(QWidget):
    """A status shape standing by itself, beside a word."""

    def __init__(self, theme: Theme, shape: Shape, tone: Tone, *, ground: str = "surface") -> None:
        super().__init__()
        self._theme, self._shape, self._tone, self._ground = theme, shape, tone, ground
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._look_changed)

    def show_shape(self, shape: Shape, tone: Tone) -> None:
        """Show another shape."""
        self._shape, self._tone = shape, tone
        self.update()

    def _look_changed(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A square of the shape's size."""
        edge = self._theme.px(SHAPE)
        return QSize(edge, edge)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the shape."""
        painter = QPainter(self)
        edge = self._theme.px(SHAPE)
        box = QRectF((self.width() - edge) / 2, (self.height() - edge) / 2, edge, edge)
        paint_shape(painter, self._shape, box, self._theme.colour(self._tone.value), self._theme.colour(self._ground))
        painter.end()
