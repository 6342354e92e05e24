"""A day, or a day and an hour, typed in any usual form or picked from a calendar."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from liaison.i18n import N_
from liaison.i18n.formats import ZONES
from liaison.ui.desk import Desk
from liaison.ui.typed import Unreadable, read_day, read_time_in_zone
from liaison.ui.widgets.buttons import icon_button
from liaison.ui.widgets.editors import Editor

PICK = N_("Pick a day from the calendar")
TIME_OF = N_("{field}: time")


class DateEdit(Editor):
    """A day. ``3/4/2026``, ``3 apr``, ``besok``, ``+2`` are understood and echoed as ``3 Apr 2026``.

    ``ahead`` where the day is one to come (a deadline): ``1/1`` typed in November is then the coming January.
    """

    def __init__(self, desk: Desk, *, ahead: bool = False) -> None:
        super().__init__()
        self._desk, self._ahead = desk, ahead
        self.line = QLineEdit()
        self.line.textEdited.connect(lambda _text: self.changed.emit())
        self.line.editingFinished.connect(self._finished)
        self.button = icon_button(desk.icons, "calendar", desk.words(PICK), self.open_calendar, size=16)
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.line.setTextMargins(0, 0, 24, 0)
        self._hold(_Inside(self.line, self.button))
        self.setFocusProxy(self.line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F4 and Alt+Down open the calendar, as they open any list of choices."""
        alt_down = event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.key() == Qt.Key.Key_F4 or alt_down:
            self.open_calendar()
        else:
            super().keyPressEvent(event)

    def inner(self) -> QWidget:
        """The line."""
        return self.line

    def value(self) -> Any:
        """The day, or nothing."""
        text = self.line.text().strip()
        return read_day(text, today=self._desk.today(), ahead=self._ahead) if text else None

    def set_value(self, value: Any) -> None:
        """Show a day."""
        self.line.setText(self._desk.formats.date(value) if isinstance(value, dt.date) else "")

    def typed(self) -> str:
        """The text."""
        return self.line.text()

    def retype(self, text: str) -> None:
        """Put the text back."""
        self.line.setText(text)

    def _finished(self) -> None:
        self.echo()
        self.committed.emit()

    def echo(self) -> None:
        """Write the day in the usual form."""
        try:
            value = self.value()
        except Unreadable:
            return
        if value is not None:
            self.set_value(value)

    def open_calendar(self) -> None:
        """Pick a day."""
        try:
            start = self.value() or self._desk.today()
        except Unreadable:
            start = self._desk.today()
        calendar = CalendarPopup(self._desk, start, self)
        calendar.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        calendar.show()
        calendar.calendar.setFocus()

    def pick(self, day: dt.date) -> None:
        """A day was picked."""
        self.set_value(day)
        self.changed.emit()
        self.committed.emit()
        self.line.setFocus()


class _Inside(QWidget):
    """A line edit with a button standing in its right end."""

    def __init__(self, line: QLineEdit, button: QToolButton) -> None:
        super().__init__()
        self._button = button
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(line)
        button.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        size = self._button.sizeHint()
        self._button.setGeometry(
            self.width() - size.width() - 2, (self.height() - size.height()) // 2, size.width(), size.height()
        )
        self._button.raise_()


class CalendarPopup(QFrame):
    """A month to pick from; closes when a day is taken or Escape is pressed."""

    def __init__(self, desk: Desk, day: dt.date, editor: DateEdit) -> None:
        super().__init__(editor, Qt.WindowType.Popup)
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._editor = editor
        self.calendar = QCalendarWidget()
        self.calendar.setAccessibleName(desk.words(PICK))
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setGridVisible(False)
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        weekend = QTextCharFormat()
        weekend.setForeground(desk.theme.colour("ink3"))
        for name in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(name, weekend)
        self.calendar.activated.connect(self._take)
        self.calendar.clicked.connect(self._take)
        box = QVBoxLayout(self)
        box.setContentsMargins(6, 6, 6, 6)
        box.addWidget(self.calendar)
        self.setFixedSize(self.sizeHint().expandedTo(self.minimumSizeHint()))

    def _take(self, day: QDate) -> None:
        self.close()
        self._editor.pick(dt.date(day.year(), day.month(), day.day()))


class MomentEdit(Editor):
    """A day and an hour in one zone, the office's unless another is given.

    An hour left empty is midnight; nothing typed is no moment. An hour typed with another zone is turned into this one.
    """

    def __init__(self, desk: Desk, *, zone: str = "", ahead: bool = False) -> None:
        super().__init__()
        self._desk = desk
        zone = zone or desk.formats.zone
        self._zone = ZoneInfo(zone)
        self.day = DateEdit(desk, ahead=ahead)
        self.hour = QLineEdit()
        self.hour.setMaximumWidth(desk.theme.px(76))
        self.hour.setPlaceholderText(ZONES.get(zone, ""))
        self.hour.textEdited.connect(lambda _text: self.changed.emit())
        self.hour.editingFinished.connect(self._finished)
        self.day.changed.connect(self.changed.emit)
        self.day.committed.connect(self.committed.emit)
        self._hold(self.day, self.hour)
        self.setFocusProxy(self.day.line)

    def inner(self) -> QWidget:
        """The line with the day."""
        return self.day.line

    def set_name(self, name: str, description: str = "") -> None:
        """Name both parts for screen readers."""
        super().set_name(name, description)
        self.hour.setAccessibleName(self._desk.words(TIME_OF, field=name))

    def value(self) -> Any:
        """The moment in UTC, or nothing."""
        day = self.day.value()
        if day is None:
            return None
        text = self.hour.text().strip()
        hour, zone = read_time_in_zone(text) if text else (dt.time(0), None)
        return dt.datetime.combine(day, hour, tzinfo=zone or self._zone).astimezone(dt.UTC)

    def set_value(self, value: Any) -> None:
        """Show a moment."""
        if not isinstance(value, dt.datetime):
            self.day.set_value(None)
            self.hour.clear()
            return
        local = value.astimezone(self._zone)
        self.day.set_value(local.date())
        self.hour.setText(self._desk.formats.clock_time(local))

    def typed(self) -> str:
        """Day and hour."""
        return f"{self.day.typed()}|{self.hour.text()}"

    def retype(self, text: str) -> None:
        """Put both back."""
        day, _, hour = text.partition("|")
        self.day.retype(day)
        self.hour.setText(hour)

    def _finished(self) -> None:
        try:
            text = self.hour.text().strip()
            hour, zone = read_time_in_zone(text) if text else (None, None)
            if zone is not None and (moment := self.value()) is not None:
                self.set_value(moment)  # "08.30 MYT" is half past seven on a clock in Medan
            elif hour is not None and zone is None:
                self.hour.setText(self._desk.formats.clock_time(hour))
        except Unreadable:
            return
        self.committed.emit()
