"""Locks the window when nobody touches the program. Only input to this program counts, and the last minute is shown.

A clock on the wall that jumps further than the limit means that the machine slept: the window locks at once when it
wakes, on every platform.

What people do is seen where it enters, at the windows of the screen: a filter on the whole program would be asked
about every event of every widget, ten thousand for one page, and each question goes through Python.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

WARN_SECONDS = 60
_INPUT = frozenset({
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
    QEvent.Type.TouchBegin, QEvent.Type.TabletPress,
})  # fmt: skip


class IdleWatch(QObject):
    """Watches the whole program. ``soon`` counts the last minute down, ``None`` when somebody came back."""

    soon = Signal(object)
    idle = Signal()

    def __init__(
        self, minutes: int, *, now: Callable[[], float] = time.monotonic, wall: Callable[[], float] = time.time
    ) -> None:
        super().__init__()
        self._now = now
        self._wall = wall
        self._seconds = minutes * 60
        self._last = now()
        self._last_look = wall()
        self._warned = False
        self._watching = False
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.look)

    def start(self, program: QGuiApplication) -> None:
        """Watch from now on: the windows there are, and each that comes to the front later."""
        for window in program.topLevelWindows():
            window.installEventFilter(self)
        if not self._watching:
            program.focusWindowChanged.connect(self._at_front)
        self._watching = True
        self._last = self._now()
        self._last_look = self._wall()
        self._timer.start()

    def stop(self, program: QGuiApplication) -> None:
        """Stop watching."""
        if self._watching:
            program.focusWindowChanged.disconnect(self._at_front)
        self._watching = False
        for window in program.topLevelWindows():
            window.removeEventFilter(self)
        self._timer.stop()
        self._show(None)

    def _at_front(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)  # a window that is watched already is not watched twice

    def set_minutes(self, minutes: int) -> None:
        """Lock after another time."""
        self._seconds = minutes * 60

    def touched(self) -> None:
        """Somebody is there."""
        if self._slept():
            return
        self._last = self._now()
        if self._warned:
            self._show(None)

    def look(self) -> None:
        """How long nobody has been there."""
        if self._slept():
            return
        left = self._seconds - (self._now() - self._last)
        if left <= 0:
            self._lock()
        elif left <= WARN_SECONDS:
            self._show(round(left))

    def _slept(self) -> bool:
        """Whether the wall clock ran on without us for longer than the limit; then the window locks."""
        wall = self._wall()
        passed, self._last_look = wall - self._last_look, wall
        if passed < self._seconds:
            return False
        self._lock()
        return True

    def _lock(self) -> None:
        self._show(None)
        self._last = self._now()
        self.idle.emit()

    def _show(self, seconds: int | None) -> None:
        self._warned = seconds is not None
        self.soon.emit(seconds)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See input pass by."""
        if event.type() in _INPUT:
            self.touched()
        return False
