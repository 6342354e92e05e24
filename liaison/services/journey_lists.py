"""Tracking sheets that come in: what each running case would do to the store, and doing it as one action.

A row makes or finds patient, cover, hospital, insurer, officer and agent, and opens a case at the stage it is in; what
is missing there becomes debts. People are matched by a number they were given, then by name and birth date; a phone may
serve a family and never makes two people one. Rules: ``decisions``, Bringing claim lists in and life cycles.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from liaison.domain.coded import Coded
from liaison.domain.journeys import JourneyKind, JourneyState
from liaison.domain.listing import SheetProblem, StagedJourney, StagedSheet
from liaison.i18n import N_
from liaison.services.changes import Changes

BROUGHT_IN = N_("Bring in a tracking sheet")
"""Title of the action."""


class CaseFate(Coded):
    """What becomes of one row of a tracking sheet."""

    NEW = "NEW", N_("new case")
    ON_RECORD = "ON_RECORD", N_("on record already")
    SAME_IN_FILE = "SAME_IN_FILE", N_("the same case as an earlier row")
    REFUSED = "REFUSED", N_("does not come in")


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedCases:
    """What the officer answers for the whole sheet."""

    statuses: Mapping[str, JourneyState] = field(default_factory=dict)
    """States by folded status word; they win over what the file's reading guessed."""
    insurer: str = ""
    city: str = ""
    kind: JourneyKind = JourneyKind.TREATMENT
    twice: frozenset[tuple[str, int]] = frozenset()
    """Rows (sheet, row) that are cases of their own although they look like another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What bringing one row in would do. ``journey_id`` is the case on record, ``same_as_row`` the row before it."""

    journey: StagedJourney
    fate: CaseFate
    state: JourneyState | None = None
    kind: JourneyKind = JourneyKind.TREATMENT
    patient_id: int | None = None
    """The patient on record, for certain."""
    journey_id: int | None = None
    case_no: str = ""
    same_as_row: int | None = None
    problem: SheetProblem | None = None
    notes: tuple[SheetProblem, ...] = ()
    """What needs a look although the row comes in."""
    like: tuple[str, ...] = ()
    """Names on record that may be this person; a suggestion, nobody is merged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPlan:
    """The fate of every case of a tracking sheet, before anything is written."""

    fates: tuple[Fate, ...]

    def of(self, fate: CaseFate) -> tuple[Fate, ...]:
        """The rows with one fate."""
        return tuple(f for f in self.fates if f.fate is fate)

    def counts(self) -> dict[str, int]:
        """As the command line prints them: ``imported`` = new."""
        new = len(self.of(CaseFate.NEW))
        return {
            "imported": new, "new": new, "on_record": len(self.of(CaseFate.ON_RECORD)),
            "same_in_file": len(self.of(CaseFate.SAME_IN_FILE)), "refused": len(self.of(CaseFate.REFUSED)),
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtCases:
    """A tracking sheet that came in."""

    plan: SheetPlan
    changes: Changes
    action_id: int
    made: Mapping[str, int] = field(default_factory=dict)
    """How many journeys, patients, hospitals, insurers, agents, letters and debts were made."""


def plan_list(session: Session, staged: StagedSheet, asked: AskedCases | None = None) -> SheetPlan:
    """What bringing a tracking sheet in would do. Nothing is written."""
    raise NotImplementedError


def bring_in(
    session: Session, staged: StagedSheet, asked: AskedCases | None = None, *, content: bytes = b""
) -> BroughtCases:
    """Open a sheet's cases in the open action (kind ``import``). ``content`` is the file, kept encrypted.

    Raises ``Refused`` if no row can come in or the city is unknown; then nothing is written.
    """
    raise NotImplementedError
