"""A day and an hour on the clock of a place: the place's zone stands beside it, and the same hour at home below."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from liaison.i18n import N_
from liaison.i18n.formats import ZONES
from liaison.ui.desk import Desk
from liaison.ui.theme import Role
from liaison.ui.typed import Unreadable
from liaison.ui.widgets.date_edit import MomentEdit
from liaison.ui.widgets.editors import Choice
from liaison.ui.widgets.label import Label

ALSO = N_("= {time} at home")
CLOCKS = tuple(zone for zone in ZONES if zone != "UTC")
"""The clocks of the places that cases go to."""


def zone_choice(desk: Desk, zone: str = "") -> Choice:
    """On which clock an hour stands, by the word that people use there; another place's own zone is offered too."""
    zones = [*CLOCKS, *([zone] if zone and zone not in CLOCKS else [])]
    return Choice(desk, [(one, ZONES.get(one, one)) for one in zones], none=desk.words(N_("which clock?")))


class ZonedMoment(MomentEdit):
    """What is typed is the place's own hour; another clock keeps the hands and moves the moment."""

    def __init__(self, desk: Desk, clock: Choice) -> None:
        super().__init__(desk)
        self._clock = clock
        self.also = Label("", Role.SECOND)
        self.also.hide()
        clock.changed.connect(self._other_clock)
        self.changed.connect(self._say)

    def _take_clock(self) -> None:
        try:
            zone = self._clock.value()
        except Unreadable:
            zone = None
        self._zone = ZoneInfo(zone or self._desk.formats.zone)
        self.hour.setPlaceholderText(ZONES.get(str(self._zone.key), ""))

    def _other_clock(self) -> None:
        self._take_clock()
        self._say()

    def value(self) -> Any:
        """The moment in UTC, by the clock chosen."""
        self._take_clock()
        return super().value()

    def set_value(self, value: Any) -> None:
        """Show a moment by the clock chosen."""
        self._take_clock()
        super().set_value(value)
        self._say()

    def retype(self, text: str) -> None:
        """Put both back."""
        super().retype(text)
        self._say()

    def _say(self) -> None:
        """The same hour on the clock at home, where it is another one."""
        try:
            moment = self.value()
        except Unreadable:
            moment = None
        home = self._desk.formats.home
        differs = (
            isinstance(moment, dt.datetime)
            and moment.astimezone(home).utcoffset() != moment.astimezone(self._zone).utcoffset()
        )
        self.also.setVisible(differs)
        if differs:
            self.also.setText(self._desk.words(ALSO, time=self._desk.formats.time(moment)))
