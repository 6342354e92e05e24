"""The three panes of a case: who on the left, what happened in the middle, what is next on the right.

In large text or a narrow window there is no room for three. Then the two side panes share the right side, and a switch
over them shows one or the other.
"""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from liaison.i18n import N_
from liaison.ui.desk import Desk
from liaison.ui.pages.journey_case import NARROW as PERSON_NARROW
from liaison.ui.pages.journey_case import WIDTH as PERSON_WIDTH
from liaison.ui.pages.journey_case import CasePane
from liaison.ui.pages.journey_side import NARROW as SIDE_NARROW
from liaison.ui.pages.journey_side import WIDTH as SIDE_WIDTH
from liaison.ui.widgets.buttons import Segments
from liaison.ui.widgets.drawer import Drawer
from liaison.ui.widgets.editors import restyle
from liaison.ui.widgets.parts import PANE_PADDING

NARROW_BELOW = 1100
"""Logical pixels below which the side panes give some room to the middle."""
SHARED_BELOW = 960
"""Pixels at 100 % text below which the side panes share one side."""
SHARED_WIDTH = 330
PERSON, NEXT = "person", "next"


class CasePanes(QFrame):
    """The panes, and the switch between the two that share a side."""

    def __init__(self, desk: Desk, person: CasePane, log: QWidget, drawer: Drawer) -> None:
        super().__init__()
        self.setObjectName("head")
        self._desk = desk
        self._person, self._drawer = person, drawer
        self._shared = False
        words = desk.words
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(person)
        self._row.addWidget(log, 1)
        self.switch = Segments(
            [(NEXT, words(N_("What is next"))), (PERSON, words(N_("Person, policy")))],
            name=words(N_("Which side of the case to show")),
        )
        self.switch.chosen.connect(self.show_side)
        self._switch_line = QFrame()
        self._switch_line.setObjectName("sunkenTop")
        line = QHBoxLayout(self._switch_line)
        line.setContentsMargins(PANE_PADDING, 8, PANE_PADDING, 6)
        line.addWidget(self.switch)
        line.addStretch(1)
        self._switch_line.hide()
        self._side = QVBoxLayout()
        self._side.setContentsMargins(0, 0, 0, 0)
        self._side.setSpacing(0)
        self._side.addWidget(self._switch_line)
        self._side.addWidget(drawer, 1)
        self._row.addLayout(self._side)
        drawer.switched.connect(lambda is_open: self.show_side(NEXT) if is_open else None)
        desk.theme.changed.connect(self._fit)

    @property
    def shared(self) -> bool:
        """Whether the two side panes share one side now."""
        return self._shared

    def show_side(self, which: object) -> None:
        """Show the person or what is next, where only one of them has room."""
        self.switch.choose(which)
        if self._shared:
            self._person.setVisible(which == PERSON)
            self._drawer.setVisible(which != PERSON)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Three panes, or two."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width = self.width()
        shared = width < self._desk.theme.px(SHARED_BELOW)
        if shared != self._shared:
            self._shared = shared
            self._arrange()
        if shared:
            self._person.narrow(SHARED_WIDTH)
            self._drawer.narrow(SHARED_WIDTH)
            return
        narrow = width < NARROW_BELOW
        self._person.narrow(PERSON_NARROW if narrow else PERSON_WIDTH)
        self._drawer.narrow(SIDE_NARROW if narrow else SIDE_WIDTH)

    def _arrange(self) -> None:
        """Put the person on the left, or under the switch on the right."""
        restyle(self._person, "shared", "true" if self._shared else "false")
        self._switch_line.setVisible(self._shared)
        if self._shared:
            self._side.addWidget(self._person, 1)
            self.show_side(self.switch.value())
        else:
            self._row.insertWidget(0, self._person)
            self._person.show()
            self._drawer.show()
