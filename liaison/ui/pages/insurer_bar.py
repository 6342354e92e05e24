"""What an insurer's papers ask for: which insurer, over which month or quarter, and who reads it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from liaison.domain.network import OrganizationKind
from liaison.domain.privacy import Audience
from liaison.i18n import N_
from liaison.i18n.formats import Formats
from liaison.reports.catalogue import report_called
from liaison.services import network
from liaison.ui.desk import Desk
from liaison.ui.reader_words import READERS
from liaison.ui.widgets.editors import Choice

QUARTERS, MONTHS = 5, 6


class InsurerBar(QWidget):
    """An insurer, a period where the paper has one, and the reader. ``changed`` says: make it again."""

    changed = Signal()

    def __init__(self, desk: Desk, name: str, *, given: Mapping[str, str], audience: str) -> None:
        super().__init__()
        self._desk, self._given = desk, dict(given)
        words, report = desk.words, report_called(name)
        asked = {option.name: option.is_required for option in report.options}
        self._needed = asked["house"]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._none = words(N_("Choose an insurer") if self._needed else N_("Every insurer"))
        self.house = Choice(desk, (), none=self._none, search=False)
        self.house.set_name(words(N_("Insurer")))
        self.house.changed.connect(self.changed.emit)
        row.addWidget(self.house, 1)
        self.period: Choice | None = None
        if "period" in asked:
            choices = periods(desk.today(), desk.formats)
            self.period = Choice(desk, choices, search=False)
            self.period.set_name(words(N_("Month or quarter")))
            known = {key for key, _text in choices}
            wanted = self._given.get("period", "")
            self.period.set_value(wanted if wanted in known else choices[0][0])
            self.period.changed.connect(self.changed.emit)
            row.addWidget(self.period, 1)
        self.reader: Choice | None = None
        if len(report.audiences) > 1:
            self.reader = Choice(desk, [(one, words(READERS[one])) for one in report.audiences], search=False)
            self.reader.set_name(words(N_("Reader")))
            self.reader.set_value(Audience(audience) if audience else report.audiences[0])
            self.reader.changed.connect(self.changed.emit)
            row.addWidget(self.reader, 1)
        row.addStretch(0)
        desk.runner.read(_insurers, owner=self, done=self._came, key="insurers")

    def _came(self, insurers: Sequence[tuple[str, str]]) -> None:
        self.house.set_choices(insurers, none=self._none)
        wanted = self._given.get("house", "")
        self.house.set_value(wanted if wanted in {key for key, _name in insurers} else None)
        self.changed.emit()

    def options(self) -> dict[str, str]:
        """The insurer and the period."""
        found = {"house": str(self.house.value())} if self.house.value() else {}
        if self.period is not None and self.period.value():
            found["period"] = str(self.period.value())
        return found

    def audience(self) -> str:
        """Who reads it; empty where there is one reader only."""
        return "" if self.reader is None else str(self.reader.value().value)

    def missing(self) -> str:
        """What must be chosen before anything can be shown."""
        if not self._needed or self.house.value():
            return ""
        return self._desk.words(N_("Choose an insurer above: the paper holds its figures alone."))


def periods(today: dt.date, formats: Formats) -> list[tuple[str, str]]:
    """The last quarters and months that ended, as the report is told them and as people say them."""
    this = today.year * 12 + today.month - 1
    found = []
    for number in range(1, QUARTERS + 1):
        first = this - this % 3 - 3 * number
        ends = (formats.month(month % 12 + 1, short=True) for month in (first, first + 2))
        found.append((f"{first // 12}-Q{first % 12 // 3 + 1}", f"{'–'.join(ends)} {first // 12}"))
    for number in range(1, MONTHS + 1):
        month = this - number
        name = f"{formats.month(month % 12 + 1)} {month // 12}"
        found.append((f"{month // 12}-{month % 12 + 1:02}", name))
    return found


def _insurers(session: Any) -> list[tuple[str, str]]:
    kinds = (OrganizationKind.INSURER, OrganizationKind.ADMINISTRATOR)
    return [(str(house.id), house.name) for house in network.organizations(session, kinds=kinds)]
