"""Lists of hospitals, contacts and exchange rates: what each row would do to the store, and doing it as one action.

What a list leaves blank changes nothing; what it states otherwise is shown old and new before it is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from liaison.domain.listing import StagedContact, StagedHospital, StagedRate, StagedRecords
from liaison.i18n import N_
from liaison.services.changes import Changes
from liaison.services.claim_lists import Difference

BROUGHT_IN = N_("Bring in a list")
"""Title of the action."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFate:
    """What bringing one row in would do: ``record_id`` is set if it is on record already."""

    record: StagedHospital | StagedContact | StagedRate
    record_id: int | None = None
    differences: tuple[Difference, ...] = ()
    like: tuple[str, ...] = ()
    """Houses on record that may be the one meant; a suggestion, nothing is merged."""

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

    def counts(self) -> dict[str, int]:
        """``imported`` = new + updated + unchanged, as the command line prints them."""
        new, same = sum(f.is_new for f in self.fates), sum(f.is_unchanged for f in self.fates)
        return {"imported": len(self.fates), "new": new, "updated": len(self.fates) - new - same, "unchanged": same}


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtRecords:
    """A list that came in."""

    plan: RecordsPlan
    changes: Changes
    action_id: int
    made: Mapping[str, int] = field(default_factory=dict)


def plan_list(session: Session, staged: StagedRecords) -> RecordsPlan:
    """What bringing a list in would do. Nothing is written."""
    raise NotImplementedError


def bring_in(session: Session, staged: StagedRecords, *, content: bytes = b"") -> BroughtRecords:
    """Write a list's hospitals, contacts or rates in the open action (kind ``import``).

    Raises ``Refused`` if no row can come in; then nothing is written.
    """
    raise NotImplementedError
