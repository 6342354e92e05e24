"""A case of the sample office while it is told: who, where, and what it made so far."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from liaison.domain.money import Money
from liaison.services.sample_world import Complaint

Step = Mapping[str, Any]


@dataclass(slots=True, kw_only=True)
class Tale:
    """One case as it is told, and the keys of what it made so far."""

    case: Mapping[str, Any]
    complaint: Complaint
    hospital_id: int
    insurer_id: int | None
    currency: str
    zone: ZoneInfo
    now: dt.datetime
    journey: int = 0
    patient: int = 0
    cover: int | None = None
    letter: int = 0
    claim: int = 0
    others: dict[str, Tale] = field(default_factory=dict)

    def at(self, days: int, hour: float) -> dt.datetime:
        """A moment so many days ago; on the last day so many hours ago."""
        if days == 0:
            return self.now - dt.timedelta(minutes=round(hour * 60))
        day = self.now.astimezone(self.zone).date() - dt.timedelta(days=days)
        return dt.datetime.combine(day, dt.time(), self.zone) + dt.timedelta(minutes=round(hour * 60))

    def due(self, days: int, hour: float) -> dt.datetime:
        """A moment so many days ahead; on this day so many hours ahead, less than none where it has passed."""
        return self.at(-days, hour) if days else self.at(0, -hour)

    def money(self, units: float | str, currency: str = "") -> Money:
        """Units of the case's currency."""
        return Money.of(str(units), currency or self.currency)


def made(done: Any) -> int:
    """The key of what a step made."""
    key = done.made
    assert isinstance(key, int)
    return key
