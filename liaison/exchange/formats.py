"""The lists this program can bring in. Adding one = one module that stages it and one line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from liaison.exchange.bordereau import stage_claims
from liaison.exchange.rates import stage_rates
from liaison.exchange.record_lists import stage_contacts, stage_hospitals
from liaison.exchange.tracking import stage_journeys
from liaison.i18n import N_

ENDINGS = (".xlsx", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".txt")
"""Endings a file dialog offers. What a file really is, is seen by its contents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFormat:
    """A kind of list: ``kind`` is the word of the command line, ``stage`` reads a file of it.

    Every ``stage`` takes the path,
        and ``password`` by name; what else it takes is its own business. It returns a staged
    value with ``to_json(language)`` and raises :class:`Refused` or :class:`Unavailable`.
    """

    kind: str
    label: str
    stage: Callable[..., Any]
    endings: tuple[str, ...] = ENDINGS

    def read(self, path: Path, *, password: str | None = None) -> Any:
        """Read a file with nothing answered."""
        return self.stage(path, password=password)


FORMATS: tuple[ListFormat, ...] = (
    ListFormat(kind="claims", label=N_("Claim list"), stage=stage_claims),
    ListFormat(kind="journeys", label=N_("Tracking sheet of running cases"), stage=stage_journeys),
    ListFormat(kind="hospitals", label=N_("Hospitals and companies"), stage=stage_hospitals),
    ListFormat(kind="contacts", label=N_("Contacts"), stage=stage_contacts),
    ListFormat(kind="rates", label=N_("Exchange rates"), stage=stage_rates),
)


def format_of_kind(kind: str) -> ListFormat | None:
    """The format of a command-line word."""
    return next((each for each in FORMATS if each.kind == kind), None)
