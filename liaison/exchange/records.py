"""Lists of records by kind: hospitals, contacts, exchange rates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from liaison.domain.listing import StagedRecords
from liaison.exchange.rates import stage_rates
from liaison.exchange.record_lists import stage_contacts, stage_hospitals

_STAGES: Mapping[str, Callable[..., StagedRecords]] = {
    "hospitals": stage_hospitals,
    "contacts": stage_contacts,
    "rates": stage_rates,
}


def stage_records(path: Path, *, kind: str, password: str | None = None) -> StagedRecords:
    """Read a list of one kind. Raises :class:`Refused` where it is none, ``KeyError`` for a kind there is not."""
    return _STAGES[kind](path, password=password)
