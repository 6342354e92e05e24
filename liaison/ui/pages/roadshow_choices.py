"""What papers of a roadshow ask for: which event, which house, for whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from liaison.domain.network import OrganizationKind
from liaison.domain.privacy import Audience
from liaison.i18n import N_
from liaison.reports.catalogue import report_called
from liaison.services import network, roadshow_views
from liaison.services.roadshow_views import RoadshowLine
from liaison.ui.desk import Desk
from liaison.ui.reader_words import AT_EVENTS
from liaison.ui.widgets.editors import Choice


class EventBar(QWidget):
    """The event, the house where the paper is for one, and the reader. ``changed`` says: make it again."""

    changed = Signal()

    def __init__(self, desk: Desk, name: str, *, given: Mapping[str, str], audience: str) -> None:
        super().__init__()
        self._desk, self._given = desk, dict(given)
        words, report = desk.words, report_called(name)
        asked = {option.name: option.is_required for option in report.options}
        self._event_needed, self._house_needed = asked.get("event", False), asked.get("house", False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.event_choice = Choice(desk, (), none=self._none_of_events(), search=False)
        self.event_choice.set_name(words(N_("Roadshow")))
        self.event_choice.changed.connect(self.changed.emit)
        row.addWidget(self.event_choice, 2)
        self.house: Choice | None = None
        if "house" in asked:
            self.house = Choice(desk, (), none=self._none_of_houses(), search=False)
            self.house.set_name(words(N_("Insurer") if self._house_needed else N_("House")))
            self.house.changed.connect(self.changed.emit)
            row.addWidget(self.house, 2)
        self.reader: Choice | None = None
        if len(report.audiences) > 1:
            self.reader = Choice(desk, [(one, words(AT_EVENTS[one])) for one in report.audiences], search=False)
            self.reader.set_name(words(N_("Reader")))
            self.reader.set_value(Audience(audience) if audience else report.audiences[0])
            self.reader.changed.connect(self.changed.emit)
            row.addWidget(self.reader, 1)
        row.addStretch(0)
        desk.runner.read(_choices, owner=self, done=self._came, key="choices")

    def _none_of_events(self) -> str | None:
        return None if self._event_needed else self._desk.words(N_("All roadshows"))

    def _none_of_houses(self) -> str:
        return self._desk.words(N_("Choose an insurer") if self._house_needed else N_("Every house, each on its sheet"))

    def _came(self, found: tuple[Sequence[RoadshowLine], Sequence[tuple[int, str]]]) -> None:
        """The events and insurers are there; what was chosen before stays, else the next event."""
        lines, insurers = found
        formats = self._desk.formats
        events = [(str(n.id), f"{n.city} · {formats.date(n.starts_on)}") for n in lines]
        self.event_choice.set_choices(events, none=self._none_of_events())
        known = {key for key, _text in events}
        given = self._given.get("event", "")
        first = events[0][0] if events and self._event_needed else None
        self.event_choice.set_value(given if given in known else first)
        if self.house is not None:
            self.house.set_choices([(str(key), name) for key, name in insurers], none=self._none_of_houses())
            house = self._given.get("house", "")
            self.house.set_value(house if house in {str(key) for key, _name in insurers} else None)
        self.changed.emit()

    def options(self) -> dict[str, str]:
        """The chosen event and house."""
        found = {}
        event = self.event_choice.value() or self._given.get("event", "")
        if event:
            found["event"] = str(event)
        if self.house is not None and self.house.value():
            found["house"] = str(self.house.value())
        return found

    def audience(self) -> str:
        """Who reads it; empty where there is one reader only."""
        return "" if self.reader is None else str(self.reader.value().value)

    def missing(self) -> str:
        """What must be chosen before anything can be shown."""
        words, options = self._desk.words, self.options()
        if self._event_needed and "event" not in options:
            return words(N_("No roadshow yet. Write the next one down on the page of roadshows."))
        if self._house_needed and "house" not in options:
            return words(N_("Choose an insurer above: its sheet holds its own figures alone."))
        return ""


class PairBar(QWidget):
    """One hospital and one insurer, and which of both reads. ``changed`` says: make it again."""

    changed = Signal()

    def __init__(self, desk: Desk, *, given: Mapping[str, str], audience: str) -> None:
        super().__init__()
        self._desk, self._given = desk, dict(given)
        words = desk.words
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._none = {"hospital": words(N_("Choose a hospital")), "house": words(N_("Choose an insurer"))}
        self.houses: dict[str, Choice] = {}
        for name, label in (("hospital", N_("Hospital")), ("house", N_("Insurer"))):
            choice = Choice(desk, (), none=self._none[name], search=False)
            choice.set_name(words(label))
            choice.changed.connect(self.changed.emit)
            self.houses[name] = choice
            row.addWidget(choice, 2)
        readers = [(one, words(one.label)) for one in (Audience.HOSPITAL, Audience.INSURER)]
        self.reader = Choice(desk, readers, search=False)
        self.reader.set_name(words(N_("Reader")))
        self.reader.set_value(Audience(audience) if audience else Audience.HOSPITAL)
        self.reader.changed.connect(self.changed.emit)
        row.addWidget(self.reader, 1)
        desk.runner.read(_pairs, owner=self, done=self._came, key="pairs")

    def _came(self, found: Mapping[str, Sequence[tuple[str, str]]]) -> None:
        for name, choices in found.items():
            self.houses[name].set_choices(choices, none=self._none[name])
            given = self._given.get(name, "")
            self.houses[name].set_value(given if given in {key for key, _name in choices} else None)
        self.changed.emit()

    def options(self) -> dict[str, str]:
        """The two houses chosen."""
        return {name: str(choice.value()) for name, choice in self.houses.items() if choice.value()}

    def audience(self) -> str:
        """Who reads it."""
        return str(self.reader.value().value)

    def missing(self) -> str:
        """What must be chosen before anything can be shown."""
        if len(self.options()) == len(self.houses):
            return ""
        return self._desk.words(N_("Choose a hospital and an insurer above: both read the same sums."))


def _pairs(session: Any) -> Mapping[str, Sequence[tuple[str, str]]]:
    insurers = network.organizations(session, kinds=(OrganizationKind.INSURER, OrganizationKind.ADMINISTRATOR))
    return {
        "hospital": [(str(h.id), h.name) for h in network.hospitals(session)],
        "house": [(str(i.id), i.name) for i in insurers],
    }


def _choices(session: Any) -> tuple[Sequence[RoadshowLine], Sequence[tuple[int, str]]]:
    kinds = (OrganizationKind.INSURER, OrganizationKind.ADMINISTRATOR)
    houses = network.organizations(session, kinds=kinds)
    return roadshow_views.roadshow_lines(session), [(house.id, house.name) for house in houses]
