"""What a list of hospitals, contacts or rates would do: the shapes that its three kinds share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from liaison.domain.fields import field_of
from liaison.domain.listing import SheetProblem, StagedContact, StagedHospital, StagedRate
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services.claim_lists import Difference

ALREADY_ABOVE = N_("The same stands in row {row} of this list.")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFate:
    """What bringing one row in would do: ``record_id`` is set if it is on record already."""

    record: StagedHospital | StagedContact | StagedRate
    record_id: int | None = None
    differences: tuple[Difference, ...] = ()
    like: tuple[str, ...] = ()
    """Houses on record that may be the one meant; a suggestion, nothing is merged."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """What is to be written, by the names of the draft's fields."""

    @property
    def is_new(self) -> bool:
        """Not on record yet."""
        return self.record_id is None

    @property
    def is_unchanged(self) -> bool:
        """On record, and the list says nothing new."""
        return self.record_id is not None and not self.differences


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsPlan:
    """The fate of every row of a list, before anything is written."""

    fates: tuple[RecordFate, ...]
    problems: tuple[SheetProblem, ...] = ()
    """Rows that do not come in although they could be read, and what needs a look."""
    makes: tuple[str, ...] = ()
    """Names of houses that a list of contacts would put into the network."""

    def counts(self) -> dict[str, int]:
        """``imported`` = new + updated + unchanged, as the command line prints them."""
        new, same = sum(f.is_new for f in self.fates), sum(f.is_unchanged for f in self.fates)
        return {"imported": len(self.fates), "new": new, "updated": len(self.fates) - new - same, "unchanged": same}


def differences_of(draft_type: type[Any], before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterable[Difference]:
    """What changes between two sets of a draft's values, under the labels of its form."""
    for name, value in after.items():
        if value != before.get(name):
            yield Difference(label=field_of(draft_type, name).label, before=before.get(name), after=value)


Row = StagedHospital | StagedContact | StagedRate


def refused(row: Row, problems: Iterable[Problem]) -> SheetProblem | None:
    """The first error of a row's values as a problem of the list; none where it may come in."""
    wrong = next((p for p in problems if p.severity == "error"), None)
    if wrong is None:
        return None
    return SheetProblem(sheet=sheet_of(row), row=row.row, code=wrong.code, message=wrong.message, values=wrong.values)


def noticed(row: Row, code: str, message: str, /, **values: object) -> SheetProblem:
    """Something about a row of a list that needs a look."""
    return SheetProblem(sheet=sheet_of(row), row=row.row, code=code, message=message, values=values, is_error=False)


def sheet_of(row: Row) -> str:
    """The sheet of a row; a list of rates is read as one."""
    return "" if isinstance(row, StagedRate) else row.sheet


def note_with(note: str, *lines: str) -> str:
    """A note with those lines added that do not stand in it yet."""
    missing = [line.strip() for line in lines if line.strip() and line.strip() not in note]
    return "\n".join([*filter(None, [note]), *missing])
