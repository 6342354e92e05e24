"""The three panes of a case, a claim or a letter: the facts on the left, what happened in the middle, what is next on
the right.

In large text or a narrow window there is no room for three. Then the two side panes share the right side, and a switch
over them shows one or the other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from liaison.i18n import N_
from liaison.ui.desk import Desk
from liaison.ui.pages.journey_case import NARROW as PERSON_NARROW
from liaison.ui.pages.journey_case import WIDTH as PERSON_WIDTH
from liaison.ui.pages.journey_side import NARROW as SIDE_NARROW
from liaison.ui.pages.journey_side import WIDTH as SIDE_WIDTH
from liaison.ui.widgets.buttons import Segments
from liaison.ui.widgets.drawer import Drawer
from liaison.ui.widgets.editors import restyle
from liaison.ui.widgets.parts import PANE_PADDING, Pane

NARROW_BELOW = 1100
"""Logical pixels below which the side panes give some room to the middle."""
SHARED_BELOW = 960
"""Pixels at 100 % text below which the side panes share one side."""
SHARED_WIDTH = 330
PERSON, NEXT = "person", "next"


@dataclass(frozen=True, slots=True, kw_only=True)
class SidesOf:
    """What differs between the pages that have two sides; widths in pixels at 100 % text, wide and narrow."""

    facts: str
    name: str
    left: tuple[int, int]
    right: tuple[int, int]
    shared_below: int
    first: str = NEXT
    """Which of the two is shown where only one has room."""


OF_CASE = SidesOf(
    facts=N_("Person, policy"),
    name=N_("Which side of the case to show"),
    left=(PERSON_WIDTH, PERSON_NARROW),
    right=(SIDE_WIDTH, SIDE_NARROW),
    shared_below=SHARED_BELOW,
)
OF_MONEY = SidesOf(
    facts=N_("Amounts, dates"),
    name=N_("Which side of the page to show"),
    left=(300, 300),
    right=(312, 300),
    shared_below=1016,
)
"""A claim has a table in its middle, whose amounts and words take 440 pixels; so has a letter."""
OF_LETTER = replace(OF_MONEY, first=PERSON)
"""Its ceiling is what one opens it for; questions are few."""


class CasePanes(QFrame):
    """The panes, and the switch between the two that share a side."""

    def __init__(self, desk: Desk, person: Pane, log: QWidget, drawer: Drawer, *, sides: SidesOf = OF_CASE) -> None:
        super().__init__()
        self.setObjectName("head")
        self._desk = desk
        self._sides = sides
        self._person, self._drawer = person, drawer
        self._shared = False
        words = desk.words
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(person)
        self._row.addWidget(log, 1)
        self.switch = Segments(
            [(NEXT, words(N_("What is next"))), (PERSON, words(sides.facts))],
            name=words(sides.name),
        )
        self.switch.choose(sides.first)
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
        shared = width < self._desk.theme.px(self._sides.shared_below)
        if shared != self._shared:
            self._shared = shared
            self._arrange()
        if shared:
            self._person.narrow(SHARED_WIDTH)
            self._drawer.narrow(SHARED_WIDTH)
            return
        narrow = width < NARROW_BELOW
        self._person.narrow(self._sides.left[narrow])
        self._drawer.narrow(self._sides.right[narrow])

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
