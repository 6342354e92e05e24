"""Whether a row of a tracking sheet is a case that is known already: on record, or in an earlier row."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.identifiers import number_key, phone_digits
from liaison.domain.journeys import JourneyState
from liaison.domain.listing import StagedJourney
from liaison.domain.names import fold
from liaison.services.hospital_days import day_there
from liaison.services.journey_list_people import Person, among
from liaison.services.list_houses import House, Key
from liaison.store.models import CoverRow, GuaranteeRow, JourneyRow, PolicyRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a row's case is: the hospital (its key, or the folded name of a new house), and whether it is over."""

    hospital: Key | str | None = None
    is_open: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A case, as far as it takes to know it again. ``hospital`` is as in :class:`Standing`."""

    person: Person
    hospital: Key | str | None = None
    diagnosis: str = ""
    letters: frozenset[str] = frozenset()
    travel_on: dt.date | None = None
    admit_on: dt.date | None = None
    opened_on: dt.date | None = None
    is_open: bool = True
    journey_id: int | None = None
    case_no: str = ""
    state: JourneyState | None = None
    row: int | None = None
    sheet: str = ""

    def is_same(self, row: StagedJourney, at: Standing) -> bool:
        """Whether a row about the same person is about this case: one letter, or one hospital and no other dates."""
        letter = number_key(row.gl_no)
        if letter and self.letters:
            return letter in self.letters
        if not self.is_open and at.is_open and (row.started_on is None or row.started_on != self.opened_on):
            return False
        if self.hospital is not None and at.hospital is not None and self.hospital != at.hospital:
            return False
        return not (
            _differ(self.travel_on, row.travel_on)
            or _differ(self.admit_on, row.admit_on)
            or (_differ(self.diagnosis, fold(row.diagnosis)) and not self._is_dated_like(row))
        )

    def _is_dated_like(self, row: StagedJourney) -> bool:
        """One day of travel, admission or enquiry makes two words for an illness one case."""
        pairs = ((self.travel_on, row.travel_on), (self.admit_on, row.admit_on), (self.opened_on, row.started_on))
        return any(one is not None and one == other for one, other in pairs)

    def may_be(self, row: StagedJourney, at: Standing) -> bool:
        """Whether a row whose person is known by name only is about this case: something beside the name agrees."""
        agrees = (
            (self.hospital is not None and self.hospital == at.hospital)
            or number_key(row.gl_no) in self.letters
            or (row.started_on is not None and row.started_on == self.opened_on)
            or bool(row.phone and phone_digits(row.phone) == phone_digits(self.person.phone))
        )
        return agrees and self.is_same(row, at)


def _differ(one: object, other: object) -> bool:
    return bool(one) and bool(other) and one != other


class Cases:
    """Cases on record of the people a sheet may mean, and those that the sheet has opened so far."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[int, list[Case]] = {}
        self._opened: dict[int, list[Case]] = defaultdict(list)
        self._by_row: dict[int, list[Case]] = defaultdict(list)

    def open(self, person: Person, row: StagedJourney, at: Standing) -> None:
        """Remember a case that the sheet opens."""
        letter = number_key(row.gl_no)
        case = Case(
            person=person, hospital=at.hospital, diagnosis=fold(row.diagnosis), travel_on=row.travel_on,
            letters=frozenset({letter} - {""}), admit_on=row.admit_on, opened_on=row.started_on, row=row.row,
            sheet=row.sheet, is_open=at.is_open,
        )  # fmt: skip
        self._opened[id(person)].append(case)
        self._by_row[row.row].append(case)

    def same(self, person: Person, row: StagedJourney, at: Standing) -> Case | None:
        """The case of a person that a row is about."""
        cases = [*self._on_record(person), *self._opened[id(person)]]
        return next((c for c in cases if c.is_same(row, at)), None)

    def possibly_same(self, people: Iterable[Person], row: StagedJourney, at: Standing) -> Case | None:
        """The case on record that a row seems to be about, whose person is not certain."""
        return next((c for p in people for c in self._on_record(p) if c.may_be(row, at)), None)

    def of_row(self, row: StagedJourney) -> Case | None:
        """The case of the earlier row that the reading of the file took a row to repeat."""
        found = self._by_row.get(row.same_as_row, []) if row.same_as_row is not None else []
        told = [c for c in found if c.person.told == Person(name=row.patient_name).told]
        return next((c for c in told if c.sheet == row.sheet), told[0] if told else None)

    def _on_record(self, person: Person) -> list[Case]:
        if person.key is None:
            return []
        if person.key not in self._known:
            self._known[person.key] = self._read(person, person.key)
        return self._known[person.key]

    def _read(self, person: Person, key: int) -> list[Case]:
        letters: dict[int, set[str]] = defaultdict(set)
        theirs = sa.select(JourneyRow.id).where(JourneyRow.patient_id == key)
        for journey, number in self._session.execute(
            sa.select(GuaranteeRow.journey_id, GuaranteeRow.gl_no_key).where(GuaranteeRow.journey_id.in_(theirs))
        ):
            letters[journey].add(number)
        rows = self._session.scalars(
            sa.select(JourneyRow)
            .where(JourneyRow.patient_id == key)
            .order_by(JourneyRow.is_open.desc(), JourneyRow.id.desc())
        )
        return [self._case(person, row, letters[row.id] - {""}) for row in rows]

    def _case(self, person: Person, row: JourneyRow, letters: set[str]) -> Case:
        admitted = None if row.admitted_at is None else day_there(self._session, row, row.admitted_at)
        return Case(
            person=person, hospital=row.hospital_id, diagnosis=fold(row.diagnosis), letters=frozenset(letters),
            travel_on=row.departed_on, admit_on=admitted or row.planned_admission_on, opened_on=row.opened_on,
            is_open=row.is_open, journey_id=row.id, case_no=row.case_no, state=row.state,
        )  # fmt: skip


class Letters:
    """Letter numbers that are taken: one insurer's number stands on one letter only."""

    def __init__(self, session: Session, rows: Iterable[StagedJourney]) -> None:
        wanted = {number_key(row.gl_no) for row in rows} - {""}
        known = (
            sa.select(PolicyRow.insurer_id, GuaranteeRow.gl_no_key)
            .join(CoverRow, CoverRow.id == GuaranteeRow.cover_id)
            .join(PolicyRow, PolicyRow.id == CoverRow.policy_id)
            .where(among(GuaranteeRow.gl_no_key, wanted))
        )
        self._taken: set[tuple[object, str]] = {(insurer, number) for insurer, number in session.execute(known)}

    def takes(self, row: StagedJourney, insurer: House | None, name: str) -> bool:
        """Whether a row's number stands on another letter already; if not, it is this row's from now on."""
        number = number_key(row.gl_no)
        whose = fold(name) if insurer is None else insurer.key
        if not number or not whose:
            return False
        is_taken = (whose, number) in self._taken
        self._taken.add((whose, number))
        return is_taken
