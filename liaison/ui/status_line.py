"""The line under the sheet: saved when, what undo would undo, age of the backup, the clocks of both sides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout

from liaison.i18n import N_
from liaison.ui.desk import Desk
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.badge import ShapeView
from liaison.ui.widgets.buttons import quiet
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.shapes import Shape

SAVED = N_("Saved {time}")
NOTHING_YET = N_("Everything is saved")
UNDO_NAMED = N_("Undo: “{action}”")
NO_BACKUP = N_("No backup yet")
BACKUP_MINUTES = N_("Backup less than an hour ago")
LOCKS_IN = N_("Locks in {seconds} s")
CLOCK_MS = 10_000


class StatusLine(QFrame):
    """The status line."""

    def __init__(self, desk: Desk, undo: Callable[[], object]) -> None:
        super().__init__()
        self._desk = desk
        self.setFixedHeight(desk.theme.row_height(28))
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 13, 0)
        row.setSpacing(6)
        self._shape = ShapeView(desk.theme, Shape.DONE, Tone.GREEN, ground="bg")
        self.saved = Label(desk.words(NOTHING_YET), Role.SECOND)
        self.undo = quiet(desk.icons, "", undo, icon="undo-2", small=True)
        self.undo.setProperty("kind", "status")
        desk.icons.set_icon(self.undo, "undo-2", token="ink3", size=14)
        self.undo.hide()
        self.lock_soon = Label("", Role.WARNING)
        self.lock_soon.hide()
        self.backup = Label("", Role.SECOND)
        self.clocks = Label("", Role.SECOND)
        row.addWidget(self._shape)
        row.addWidget(self.saved)
        row.addSpacing(10)
        row.addWidget(self.undo)
        row.addStretch(1)
        row.addWidget(self.lock_soon)
        row.addSpacing(10)
        row.addWidget(self.backup)
        row.addSpacing(10)
        row.addWidget(self.clocks)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.show_clocks)
        self._timer.start(CLOCK_MS)
        self.show_clocks()

    def show_saved(self, moment: dt.datetime) -> None:
        """When the last change reached the disk."""
        local = self._desk.formats.at_home(moment)
        self.saved.setText(self._desk.words(SAVED, time=self._desk.formats.clock_time(local)))

    def show_undo(self, action: str) -> None:
        """What undo would undo, in the shown language; nothing hides it."""
        text = self._desk.words(UNDO_NAMED, action=action) if action else ""
        self.undo.setText("\u2002" + text)
        self.undo.setAccessibleName(text)
        self.undo.setVisible(bool(action))

    def show_backup(self, moment: dt.datetime | None) -> None:
        """How old the newest backup is."""
        words = self._desk.words
        if moment is None:
            self.backup.setText(words(NO_BACKUP))
            return
        hours = int((self._desk.clock() - moment).total_seconds() // 3600)
        if hours < 1:
            self.backup.setText(words(BACKUP_MINUTES))
        elif hours < 48:
            self.backup.setText(words.plural("Backup {count} hour ago", "Backup {count} hours ago", hours))
        else:
            days = hours // 24
            self.backup.setText(words.plural("Backup {count} day ago", "Backup {count} days ago", days))

    def show_lock_soon(self, seconds: int | None) -> None:
        """Count down the last minute before the window locks by itself."""
        self.lock_soon.setVisible(seconds is not None)
        if seconds is not None:
            self.lock_soon.setText(self._desk.words(LOCKS_IN, seconds=seconds))

    def show_clocks(self) -> None:
        """The time here and in Malaysia."""
        now = self._desk.clock()
        formats = self._desk.formats
        self.clocks.setText(f"{formats.time(now)} · {formats.time(now, 'Asia/Kuala_Lumpur')}")
