"""Cells pasted over cases on record: what would change, and changing it.

A row is found by its case number, which is never overwritten. Only what the case's own form lets an officer change is
taken; other columns are passed over. A value that stands there already is no change, an empty cell takes nothing away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.names import fold
from liaison.domain.network import OrganizationKind
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services import journeys
from liaison.services.changes import NOTHING, Changes
from liaison.services.editing import set_field
from liaison.services.list_houses import Houses
from liaison.services.office import officers
from liaison.store.models import JourneyRow, OfficerRow, OrganizationRow

UNKNOWN_CASE = N_("There is no case {case} here. Leave its number empty to open a new one.")
UNKNOWN_HOSPITAL = N_("No hospital called “{name}” is on record.")
UNKNOWN_OFFICER = N_("No officer called “{name}” works here.")

_TEXTS = {
    "kota": "origin_city", "city": "origin_city", "dokter": "doctor", "doctor": "doctor", "keperluan": "need",
    "need": "need", "diagnosa": "diagnosis", "diagnosis": "diagnosis",
}  # fmt: skip
_HOSPITALS = frozenset({"rs", "rs tujuan", "rumah sakit", "hospital"})
_OFFICERS = frozenset({"petugas", "officer"})
LABELS = {
    "origin_city": N_("City"), "doctor": N_("Doctor"), "need": N_("What is needed"), "diagnosis": N_("Diagnosis"),
    "hospital_id": N_("Hospital"), "officer_id": N_("Officer"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class CellChange:
    """One field of a case that would change; ``before`` and ``after`` are as people read them."""

    field: str
    before: str
    after: str
    value: object


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFate:
    """What pasting one row over a case would do."""

    number: int
    case_no: str
    journey_id: int | None = None
    changes: tuple[CellChange, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PastedCells:
    """One pasted row: its number, the case number in it, and its cells by folded heading."""

    number: int
    case_no: str
    cells: Mapping[str, str]


def is_taken(heading: str) -> bool:
    """Whether a column pasted over cases changes anything."""
    return fold(heading) in {*_TEXTS, *_HOSPITALS, *_OFFICERS}


def plan_cells(session: Session, rows: Sequence[PastedCells]) -> tuple[CaseFate, ...]:
    """What pasting would do, row by row. Nothing is written."""
    looking = _Looking(session)
    return tuple(looking.fate(row) for row in rows)


def write_cells(session: Session, fates: Sequence[CaseFate]) -> Changes:
    """Change the cells, in the open action."""
    done = NOTHING
    for fate in fates:
        for change in fate.changes if fate.journey_id is not None and not fate.problems else ():
            assert fate.journey_id is not None
            if change.field == "officer_id":
                done |= journeys.assign(session, fate.journey_id, int(str(change.value)))
            else:
                done |= set_field(session, "journey", fate.journey_id, change.field, change.value)
    return done


class _Looking:
    def __init__(self, session: Session) -> None:
        self._session = session
        self._houses = Houses(session)
        self._officers = {fold(o.name): o.id for o in officers(session, active_only=True)}

    def fate(self, row: PastedCells) -> CaseFate:
        case = self._session.scalar(sa.select(JourneyRow).where(JourneyRow.case_no == row.case_no.strip().upper()))
        if case is None:
            missing = Problem(code="UNKNOWN_CASE", message=UNKNOWN_CASE, values={"case": row.case_no})
            return CaseFate(number=row.number, case_no=row.case_no, problems=(missing,))
        changes: list[CellChange] = []
        problems: list[Problem] = []
        for heading, text in row.cells.items():
            if not text:
                continue
            found = self._cell(case, heading, text)
            if isinstance(found, Problem):
                problems.append(found)
            elif found is not None:
                changes.append(found)
        return CaseFate(
            number=row.number, case_no=case.case_no, journey_id=case.id, changes=tuple(changes),
            problems=tuple(problems),
        )  # fmt: skip

    def _cell(self, case: JourneyRow, heading: str, text: str) -> CellChange | Problem | None:
        if heading in _TEXTS:
            field = _TEXTS[heading]
            before = str(getattr(case, field))
            same = fold(before) == fold(text)
            return None if same else CellChange(field=field, before=before, after=text, value=text)
        if heading in _HOSPITALS:
            house = self._houses.find(OrganizationKind.HOSPITAL, text)
            if house is None:
                return Problem(code="UNKNOWN_HOSPITAL", message=UNKNOWN_HOSPITAL, values={"name": text})
            return self._other(case, "hospital_id", house.key, text, OrganizationRow)
        if heading in _OFFICERS:
            key = self._officers.get(fold(text))
            if key is None:
                return Problem(code="UNKNOWN_OFFICER", message=UNKNOWN_OFFICER, values={"name": text})
            return self._other(case, "officer_id", key, text, OfficerRow)
        return None

    def _other(
        self, case: JourneyRow, field: str, key: int, text: str, row_type: type[OrganizationRow | OfficerRow]
    ) -> CellChange | None:
        now = getattr(case, field)
        if now == key:
            return None
        named = self._session.scalar(sa.select(row_type.name).where(row_type.id == now)) if now is not None else None
        return CellChange(field=field, before=named or "", after=text, value=key)
