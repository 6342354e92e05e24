"""What an open office needs without being asked: a backup every few minutes, and an hourly look at the calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from liaison.ui import doors
from liaison.ui.runner import Runner

BACKUP_EVERY_MS = 5 * 60 * 1000
ROUNDS_EVERY_MS = 60 * 60 * 1000


class Upkeep(QObject):
    """Runs while an office stands in the window; ``backed_up`` tells when, or ``None`` where nothing had changed."""

    backed_up = Signal(object)

    def __init__(self, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._timers = (
            self._every(BACKUP_EVERY_MS, self._back_up_if_due),
            self._every(ROUNDS_EVERY_MS, self.let_time_pass),
        )

    def _every(self, milliseconds: int, work: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(milliseconds)
        timer.timeout.connect(work)
        return timer

    def start(self) -> None:
        """Begin, with a look at what became of yesterday's letters and leads."""
        for timer in self._timers:
            timer.start()
        self.let_time_pass()

    def stop(self) -> None:
        """The office is put away."""
        for timer in self._timers:
            timer.stop()

    def is_going(self) -> bool:
        """Whether an office is being looked after."""
        return any(timer.isActive() for timer in self._timers)

    def let_time_pass(self) -> None:
        """A letter runs out, a lead is lost: at unlock and every hour."""
        if self._runner.store is not None:
            self._runner.work(doors.time_passes, self._runner.store, owner=self, exclusive=True)

    def back_up(self, done: Callable[[dt.datetime], object]) -> None:
        """Back up now; ``done`` hears of the moment."""
        if self._runner.store is not None:
            self._runner.work(doors.back_up_now, self._runner.store, owner=self, done=done)

    def _back_up_if_due(self) -> None:
        if self._runner.store is not None:
            self._runner.work(doors.back_up_if_due, self._runner.store, owner=self, done=self.backed_up.emit)
