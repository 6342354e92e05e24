"""What the lock screen and the first run share: the empty ground, the mark, and the line at the foot."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from liaison.i18n import LANGUAGES, N_
from liaison.settings import Settings
from liaison.ui.desk import Desk
from liaison.ui.places import Place
from liaison.ui.rail import Mark
from liaison.ui.theme import Role
from liaison.ui.widgets.buttons import Segments, icon_button
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import upright

DAY_AFTER_MS = 120
"""The names of days and months load after the first paint."""

LANGUAGE = N_("Language")
PALETTE = N_("Light, dark or high contrast")
STEP_OF = N_("Step {number} of {steps}: {name}")


class Gate(QWidget):
    """One card in the middle; at the foot the day at the left, language and palette at the right."""

    def __init__(
        self, desk: Desk, *, language: Callable[[str], object], palette: Callable[[], object], foot: str = ""
    ) -> None:
        super().__init__()
        self.desk = desk
        self.setObjectName("ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        middle = QWidget()
        middle.setObjectName("scrolled")
        self.middle = QVBoxLayout(middle)
        self.middle.setContentsMargins(16, 24, 16, 16)
        self.middle.setSpacing(0)
        self.area.setWidget(middle)
        outer.addWidget(self.area, 1)
        row = QHBoxLayout()
        row.setContentsMargins(22, 6, 22, 12)
        self._foot = foot
        self.day = Label("", Role.SECOND)
        row.addWidget(self.day)
        row.addStretch(1)
        self.languages = Segments(
            [(c, c.upper()) for c in LANGUAGES], name=desk.words(LANGUAGE), chosen=desk.words.code
        )  # fmt: skip
        self.languages.chosen.connect(language)
        row.addWidget(self.languages)
        row.addWidget(icon_button(desk.icons, "sun-moon", desk.words(PALETTE), palette))
        outer.addLayout(row)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.show_day)
        self._timer.start(10_000)
        QTimer.singleShot(DAY_AFTER_MS, self, self.show_day)

    def show_day(self) -> None:
        """The day and the two clocks, or the foot's own words."""
        formats, now, today = self.desk.formats, self.desk.clock(), self.desk.today()
        clocks = f"{formats.time(now)} · {formats.time(now, 'Asia/Kuala_Lumpur')}"
        self.day.setText(self._foot or f"{formats.weekday(today)}, {formats.long_date(today)} · {clocks}")


class Busy(QWidget):
    """An empty ground with one sentence, while something takes a moment."""

    def __init__(self, desk: Desk, text: str) -> None:
        super().__init__()
        self.setObjectName("ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        box = QVBoxLayout(self)
        box.setSpacing(14)
        box.addStretch(2)
        box.addWidget(Mark(desk, size=44), 0, Qt.AlignmentFlag.AlignHCenter)
        label = Label(text, Role.QUIET)
        box.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(3)


def big_card(width: int) -> tuple[QFrame, QVBoxLayout]:
    """The card in the middle."""
    frame = QFrame()
    frame.setObjectName("cardBig")
    frame.setFixedWidth(width)
    box = QVBoxLayout(frame)
    box.setContentsMargins(27, 26, 27, 22)
    box.setSpacing(12)
    return frame, box


class Steps(QWidget):
    """Numbered steps over a card: done with a tick, the present one filled, those to come in outline."""

    def __init__(self, desk: Desk, names: Sequence[str], *, at: int) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addStretch(1)
        for number, name in enumerate(names):
            if number:
                line = upright()
                line.setFixedSize(28, 1)
                row.addWidget(line)
            row.addWidget(_StepMark(desk, number, at=at))
            role = Role.BOLD if number == at else Role.TEXT if number < at else Role.QUIET
            row.addWidget(Label(name, role))
        row.addStretch(1)
        self.setAccessibleName(desk.words(STEP_OF, number=at + 1, steps=len(names), name=names[at]))


class _StepMark(QWidget):
    def __init__(self, desk: Desk, number: int, *, at: int) -> None:
        super().__init__()
        self._desk, self._number, self._at = desk, number, at
        self.setFixedSize(20, 20)

    def paintEvent(self, event: object) -> None:
        from PySide6.QtCore import QPointF, QRectF
        from PySide6.QtGui import QPainter, QPen

        from liaison.ui.widgets.shapes import Shape, paint_shape

        theme = self._desk.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        reached = self._number <= self._at
        painter.setPen(Qt.PenStyle.NoPen if reached else QPen(theme.colour("field"), 1.3))
        painter.setBrush(theme.colour("accent") if reached else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(10, 10), 9.2, 9.2)
        if self._number < self._at:
            paint_shape(painter, Shape.DONE, QRectF(5, 5, 10, 10), theme.colour("onaccent"), theme.colour("accent"))
        else:
            painter.setFont(theme.font(Role.LABEL))
            painter.setPen(theme.colour("onaccent" if reached else "ink3"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self._number + 1))
        painter.end()


def brand_row(desk: Desk, *, size: int = 30) -> QHBoxLayout:
    """The mark and the name side by side."""
    row = QHBoxLayout()
    row.setSpacing(10)
    row.addStretch(1)
    row.addWidget(Mark(desk, size=size))
    row.addWidget(Label("Liaison", Role.CARD))
    row.addStretch(1)
    return row


class NoFrame:
    """The lock screen has no frame: nothing to go to, nothing to undo."""

    def go(self, place: Place) -> None:
        """Nowhere."""

    def back(self) -> None:
        """Nowhere."""

    def moved(self, place: Place) -> None:
        """Nothing."""

    def toast(self, text: str, *, undo: bool = True, refused: bool = False) -> None:
        """Nothing."""

    def undo(self) -> None:
        """Nothing."""

    def remember(self, **changes: object) -> None:
        """Nothing."""

    def settings(self) -> Settings:
        """The defaults."""
        return Settings()

    def lock(self) -> None:
        """Locked already."""
