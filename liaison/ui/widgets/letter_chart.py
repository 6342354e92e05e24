"""The guarantee letter against the interim bill: one bar a day, a stepped line for the ceilings in force.

"Ceiling now" is the last step, never a sum. From 80 % of the ceiling a bar turns amber, and the badge beside the word
says so too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from liaison.domain.money import Money
from liaison.i18n import N_
from liaison.ui.desk import Desk
from liaison.ui.theme import Role

HEIGHT, FOOT, WIDEST = 78, 16, 20
TIGHT = 0.8
SPOKEN = N_("Ceiling now {ceiling}, billed so far {billed}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class DayBill:
    """What was billed up to a day; ``forecast`` for a day to come."""

    day: dt.date
    billed: Money
    forecast: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceiling:
    """A ceiling and the day from which it holds."""

    since: dt.date
    amount: Money


class LetterChart(QWidget):
    """Bars and steps of one currency. Speaks through its accessible name and description, since it is painted."""

    def __init__(self, desk: Desk, *, name: str) -> None:
        super().__init__()
        self._desk = desk
        self._bills: Sequence[DayBill] = ()
        self._ceilings: Sequence[Ceiling] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        desk.theme.changed.connect(self.update)

    def show_letter(self, bills: Sequence[DayBill], ceilings: Sequence[Ceiling]) -> None:
        """Show the days of a stay in their order, and the versions of its letter in theirs."""
        currency = ceilings[-1].amount.currency if ceilings else bills[-1].billed.currency if bills else ""
        self._bills = [b for b in bills if b.billed.currency == currency]
        self._ceilings = [c for c in ceilings if c.amount.currency == currency]
        known = [b.billed for b in self._bills if not b.forecast]
        if self._ceilings:
            billed = known[-1] if known else Money(0, currency)
            spoken = self._desk.words(SPOKEN, ceiling=self._ceilings[-1].amount, billed=billed)
            self.setAccessibleDescription(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the pane."""
        return QSize(200, self._desk.theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Bars become narrow, never hidden."""
        return QSize(120, self._desk.theme.px(HEIGHT))

    def ceiling_on(self, day: dt.date) -> Money | None:
        """The ceiling in force on a day."""
        known = [c.amount for c in self._ceilings if c.since <= day]
        return known[-1] if known else None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        if not self._bills:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._desk.theme
        top, foot = theme.px(9), self.height() - theme.px(FOOT)
        most = max([b.billed.minor for b in self._bills] + [c.amount.minor for c in self._ceilings] + [1])
        pitch = self.width() / len(self._bills)
        scale = (foot - top) / most
        painter.setPen(QPen(theme.colour("line2"), 1))
        painter.drawLine(QPointF(0, foot), QPointF(self.width(), foot))
        for number, bill in enumerate(self._bills):
            self._paint_bar(painter, bill, number * pitch, pitch, foot, scale)
        self._paint_steps(painter, pitch, foot, scale)
        self._paint_days(painter, pitch, foot)
        painter.end()

    def _paint_bar(
        self, painter: QPainter, bill: DayBill, left: float, pitch: float, foot: float, scale: float
    ) -> None:
        theme = self._desk.theme
        width = min(float(theme.px(WIDEST)), pitch * 0.6)
        height = max(2.0, bill.billed.minor * scale)
        box = QRectF(left + (pitch - width) / 2, foot - height, width, height)
        if bill.forecast:
            pen = QPen(theme.colour("field" if theme.outlined else "line2"), 1)
            pen.setStyle(Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
        else:
            ceiling = self.ceiling_on(bill.day)
            tight = ceiling is not None and bill.billed.minor >= TIGHT * ceiling.minor
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("amberfill" if tight else "accent"))
        painter.drawRoundedRect(box, 2, 2)

    def _paint_steps(self, painter: QPainter, pitch: float, foot: float, scale: float) -> None:
        """The ceilings as one stepped line, the first step with its amount."""
        theme = self._desk.theme
        pen = QPen(theme.colour("ink2"), 1.4)
        x, y, first = 0.0, None, True
        seen = self._seen_ceilings()
        for ceiling in seen:
            height = foot - ceiling.amount.minor * scale
            days = [n for n, b in enumerate(self._bills) if b.day >= ceiling.since]
            start = days[0] * pitch if days else self.width()
            painter.setPen(pen)
            if y is not None:
                painter.drawLine(QPointF(x, y), QPointF(start, y))
                painter.drawLine(QPointF(start, y), QPointF(start, height))
            elif first and len(seen) > 1:
                self._paint_amount(painter, ceiling.amount, start, height)
            x, y, first = (start if y is not None else 0.0), height, False
        if y is not None:
            painter.setPen(pen)
            painter.drawLine(QPointF(x, y), QPointF(self.width(), y))

    def _seen_ceilings(self) -> list[Ceiling]:
        """The ceiling of the first day on display and those after it; what was replaced before is no step here."""
        start = self._bills[0].day
        before = [c for c in self._ceilings if c.since <= start]
        return before[-1:] + [c for c in self._ceilings if c.since > start]

    def _paint_amount(self, painter: QPainter, amount: Money, x: float, y: float) -> None:
        painter.setFont(self._desk.theme.font(Role.CAPTION))
        painter.setPen(self._desk.theme.colour("ink3"))
        painter.drawText(QPointF(x + 2, y - 3), self._desk.formats.money(amount))

    def _paint_days(self, painter: QPainter, pitch: float, foot: float) -> None:
        """Every third day, and the last with its month."""
        theme, formats = self._desk.theme, self._desk.formats
        painter.setFont(theme.font(Role.CAPTION))
        painter.setPen(theme.colour("ink3"))
        metrics = QFontMetricsF(painter.font())
        last = len(self._bills) - 1
        for number, bill in enumerate(self._bills):
            text = formats.short_date(bill.day) if number == last else str(bill.day.day)
            wanted = number in (last, last - 1) or (number % 3 == 0 and number < last - 1)
            if not wanted:
                continue
            width = metrics.horizontalAdvance(text)
            left = min(max(0.0, number * pitch + pitch / 2 - width / 2), self.width() - width)
            painter.drawText(QRectF(left, foot, width + 2, theme.px(FOOT)), Qt.AlignmentFlag.AlignVCenter, text)
