"""The first hour: seven things to try, each a way to the place where it is done; they tick themselves.

It closes itself when all are done, the officer can close it before, and the help menu brings it back.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from liaison.i18n import N_
from liaison.services import first_hour
from liaison.services.first_hour import FirstHourView, Step
from liaison.ui.desk import Desk
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.badge import ShapeView
from liaison.ui.widgets.buttons import icon_button, link
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import hairline
from liaison.ui.widgets.shapes import Shape

TITLE = N_("Your first hour")
CLOSE = N_("Close this list; the help menu brings it back")
CLOSE_TITLE = N_("Put the first hour away")
IS_DONE = N_("{step}: done")
LINE = 26
LOW = 560
"""In a window this low (pixels at 100 % text) only the next step shows."""
WORDS = {
    Step.CASE: N_("Open a first case"),
    Step.CALL: N_("Note a telephone call"),
    Step.PRINT: N_("Print a case summary"),
    Step.BACKUP: N_("Make a backup"),
    Step.PAPER: N_("Put the recovery code on paper"),
    Step.IMPORT: N_("Bring in a list from Excel"),
    Step.CONTACT: N_("Write down a contact of a hospital"),
}


class FirstHour(QFrame):
    """One card. It is not there in the sample office, once everything is done, and when it was closed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.view: FirstHourView | None = None
        self.links: dict[Step, QWidget] = {}
        self._rows: list[QWidget] = []
        self._laid_out = (0, 0)
        words = desk.words
        self.setAccessibleName(words(TITLE))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(hairline())
        box = QVBoxLayout()
        box.setContentsMargins(18, 4, 10, 8)
        box.setSpacing(2)
        outer.addLayout(box)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label(words(TITLE), Role.SECTION))
        self.count = Label("", Role.SECOND)
        head.addWidget(self.count)
        head.addStretch(1)
        self.close_button = icon_button(desk.icons, "x", words(CLOSE), self.put_away, size=13)
        head.addWidget(self.close_button)
        box.addLayout(head)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(0)
        box.addLayout(self._grid)
        self.hide()
        if not desk.officer.sample:
            desk.hub.changed.connect(self._look)
            desk.runner.saved.connect(self._look)
            QTimer.singleShot(0, self, self._look)  # once it stands in its page: shown before, it would be a window

    def _look(self, _changes: object = None) -> None:
        if self._desk.runner.store is not None:
            self._desk.runner.read(first_hour.first_hour, owner=self, done=self._show, key="first hour")

    def _show(self, view: FirstHourView) -> None:
        self.setVisible(not view.is_closed and not view.is_over)
        if view == self.view:
            return
        self.view = view
        words = self._desk.words
        self.count.setText(words(N_("{done} of {steps}"), done=len(view.done), steps=len(Step)))
        for row in self._rows:
            self._grid.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.links.clear()
        self._rows = [self._row(step, is_done=step in view.done) for step in Step]
        self._laid_out = (0, 0)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many columns as fit, so that the list of what is to do keeps its room."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """In a low window only the next step shows: the day's work comes first."""
        if not self._rows or self.view is None:
            return
        is_low = self.window().height() < self._desk.theme.px(LOW)
        following = next((n for n, step in enumerate(Step) if step not in self.view.done), 0)
        shown = [following] if is_low else list(range(len(self._rows)))
        widest = max(row.sizeHint().width() for row in self._rows) + self._grid.horizontalSpacing()
        columns = max(1, min(len(shown), (self.width() - 28) // widest))
        if (columns, len(shown)) == self._laid_out:
            return
        self._laid_out = (columns, len(shown))
        for number, row in enumerate(self._rows):
            self._grid.removeWidget(row)
            row.setVisible(number in shown)
        lines = -(-len(shown) // columns)
        for place, number in enumerate(shown):
            self._grid.addWidget(self._rows[number], place % lines, place // lines)
        for column in range(len(self._rows) + 1):
            self._grid.setColumnStretch(column, 1 if column == columns else 0)
        self.updateGeometry()

    def _row(self, step: Step, *, is_done: bool) -> QWidget:
        words = self._desk.words
        holder = QWidget(self)  # of this card from the start: shown without a parent it would be a window
        holder.setFixedHeight(self._desk.theme.row_height(LINE))
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        shape, tone = (Shape.DONE, Tone.GREEN) if is_done else (Shape.OPEN, Tone.GREY)
        row.addWidget(ShapeView(self._desk.theme, shape, tone, ground="surface"))
        if is_done:
            told = Label(words(WORDS[step]), Role.QUIET)
            told.setAccessibleName(words(IS_DONE, step=words(WORDS[step])))
            row.addSpacing(3)  # as far in as the words of a link
            row.addWidget(told)
        else:
            self.links[step] = link(self._desk.icons, words(WORDS[step]), partial(self._go, step), small=True)
            row.addWidget(self.links[step], 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        return holder

    def _go(self, step: Step) -> None:
        """To the place where it is done."""
        ways: dict[Step, Callable[[], object]] = {
            Step.CASE: partial(self._desk.go, "journey_new"),
            Step.CALL: partial(self._desk.go, "journeys"),
            Step.PRINT: partial(self._desk.go, "journeys"),
            Step.BACKUP: lambda: self._desk.actions["program.backup"].run(),
            Step.PAPER: partial(self._desk.go, "settings", part="safety"),
            Step.IMPORT: partial(self._desk.go, "import"),
            Step.CONTACT: partial(self._desk.go, "network"),
        }
        ways[step]()

    def put_away(self) -> None:
        """Close the list."""
        self._desk.runner.write(CLOSE_TITLE, first_hour.close, owner=self)
