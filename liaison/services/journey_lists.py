"""Tracking sheets that come in: what each running case would do to the store, and doing it as one action.

A row makes or finds patient, cover, hospital, insurer, officer and agent, and opens a case at the stage it is in; what
is missing there becomes debts. A case that is known already is shown and not made twice. Rules: ``decisions``, Bringing
claim lists in and life cycles.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy.orm import Session

from liaison.domain.coded import Coded
from liaison.domain.errors import Refused
from liaison.domain.journey_kinds import path_of
from liaison.domain.journeys import JourneyKind, JourneyState, is_open
from liaison.domain.listing import SheetProblem, StagedJourney, StagedSheet, StatusTrust
from liaison.domain.names import fold, without_titles
from liaison.domain.network import OrganizationKind
from liaison.domain.people import check_patient
from liaison.domain.problems import Problem
from liaison.domain.regions import city_of, country_of
from liaison.i18n import N_
from liaison.services.changes import Changes, Touched, today
from liaison.services.guarantees import USED_NUMBER
from liaison.services.journey_list_cases import Case, Cases, Letters, Standing
from liaison.services.journey_list_people import Found, People
from liaison.services.journey_list_writer import NewCase, Writer, is_self_pay, patient_draft
from liaison.services.journeys import NOT_IN_KIND
from liaison.services.list_houses import Houses
from liaison.services.list_memory import ListKind, remember_columns, remember_statuses
from liaison.services.list_staff import Staff
from liaison.services.patients import ANOTHERS_NUMBER

BROUGHT_IN = N_("Bring in a tracking sheet")
"""Title of the action."""

NOTHING_TO_BRING = N_("No row of this sheet can come in. The reasons stand beside the rows.")
UNKNOWN_CITY = N_("The city {city} is not known. Write it as on a map, for instance Medan, Jakarta or Surabaya.")
STATUS_UNKNOWN = N_("The status “{status}” is not understood. Choose once which stage it means; it is remembered.")
STATUS_MISSING = N_("This row has no status. Choose once at which stage such rows are.")
STATUS_GUESSED = N_("The status “{status}” was taken to mean “{state}”. Check it.")
OTHER_KIND = N_("A case of the kind “{kind}” has no stage “{state}”, so it comes in as treatment.")
LEFT_BEFORE = N_("The discharge date lies before the admission date and was left out.")
STARTED_AHEAD = N_("The day of the enquiry lies in the future.")


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
    """States by status word (the empty word: rows without one); they win over what the reading guessed. Remembered."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Headings that the officer mapped by hand and the fields they mean; remembered."""
    insurer: str = ""
    city: str = ""
    kind: JourneyKind = JourneyKind.TREATMENT
    """The kind of cases whose row does not say one."""
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
    state_on_record: JourneyState | None = None
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
    makes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Names of the hospitals, insurers, officers and agents that would be new, by kind."""
    like_houses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Houses on record that a new house's name may mean; a suggestion."""

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
    """How many journeys, patients, hospitals, insurers, officers, agents, letters and debts were made."""


def plan_list(session: Session, staged: StagedSheet, asked: AskedCases | None = None) -> SheetPlan:
    """What bringing a tracking sheet in would do. Nothing is written."""
    wanted = asked or AskedCases()
    _check(wanted)
    return _Planner(session, staged, wanted).plan()[0]


def bring_in(
    session: Session, staged: StagedSheet, asked: AskedCases | None = None, *, content: bytes = b""
) -> BroughtCases:
    """Open a sheet's cases in the open action (kind ``import``). ``content`` is the file, kept encrypted.

    Raises ``Refused`` if no row can come in or the city is unknown; then nothing is written.
    """
    wanted = asked or AskedCases()
    _check(wanted)
    planner = _Planner(session, staged, wanted)
    plan, cases = planner.plan()
    if len(plan.of(CaseFate.REFUSED)) == len(plan.fates):
        raise Refused([Problem(code="NOTHING_TO_BRING", message=NOTHING_TO_BRING)])
    made = Writer(session, staged, houses=planner.houses, staff=planner.staff, content=content).write(cases)
    remember_columns(session, ListKind.JOURNEYS, wanted.columns, name=staged.file)
    remember_statuses(session, ListKind.JOURNEYS, wanted.statuses)
    return BroughtCases(
        plan=plan,
        changes=Changes(touched=(Touched(kind="journey", id=0), Touched(kind="patient", id=0))),
        action_id=int(session.info["action_id"]),
        made=made,
    )


def _check(asked: AskedCases) -> None:
    if asked.city and city_of(asked.city) is None:
        raise Refused([Problem(code="UNKNOWN_CITY", message=UNKNOWN_CITY, field="city", values={"city": asked.city})])


class _Planner:
    """Decides row by row, in the order of the sheet."""

    def __init__(self, session: Session, staged: StagedSheet, asked: AskedCases) -> None:
        self._asked = asked
        self._today = today(session)
        self._statuses = {fold(word): state for word, state in asked.statuses.items()}
        self.houses, self.staff = Houses(session), Staff(session)
        self._rows = tuple(map(_tidied, staged.journeys))
        self._people = People(session, self._rows, today=self._today)
        self._cases = Cases(session)
        self._letters = Letters(session, self._rows)
        self._new: list[NewCase] = []

    def plan(self) -> tuple[SheetPlan, list[NewCase]]:
        """The fate of every row, and what there is to write."""
        fates = tuple(map(self._fate, self._rows))
        makes, like = self._new_names()
        return SheetPlan(fates=fates, makes=makes, like_houses=like), self._new

    def _fate(self, row: StagedJourney) -> Fate:
        state = self._statuses.get(fold(row.raw_status), row.state)
        country = self._country(row)
        kind = self._kind(row, state, country)
        problem = self._problem(row, state, kind, country)
        if state is None or problem is not None:
            return Fate(journey=row, fate=CaseFate.REFUSED, state=state, kind=kind, problem=problem)
        insurer = "" if is_self_pay(row.insurer) else row.insurer or self._asked.insurer
        standing = Standing(hospital=self._hospital(row, country), is_open=is_open(state))
        found = self._people.find(row, insurer)
        if (row.sheet, row.row) not in self._asked.twice:
            known = self._cases.of_row(row) or self._known(found, row, standing)
            if known is not None:
                return _known_fate(row, known, state=state, kind=kind)
        person = found.person or self._people.add(row)
        self._people.keep(person, row, insurer)
        self._cases.open(person, row, standing)
        is_used = self._letters.takes(row, self.houses.find(OrganizationKind.INSURER, insurer), insurer)
        self._new.append(
            NewCase(
                row=row, person=person, state=state, kind=kind, insurer=insurer, country=country,
                city=row.city or self._asked.city, gl_no="" if is_used else row.gl_no,
            )
        )  # fmt: skip
        notes = [*self._notes(row, state, kind, found), *([_noted(row, "USED_NUMBER", USED_NUMBER)] if is_used else [])]
        return Fate(
            journey=row, fate=CaseFate.NEW, state=state, kind=kind, patient_id=person.key, like=found.like,
            notes=tuple(notes),
        )  # fmt: skip

    def _known(self, found: Found, row: StagedJourney, standing: Standing) -> Case | None:
        if found.person is not None:
            return self._cases.same(found.person, row, standing)
        return self._cases.possibly_same(found.maybe, row, standing)

    def _kind(self, row: StagedJourney, state: JourneyState | None, country: str) -> JourneyKind:
        """The kind the row says, unless that kind never gets to the row's stage."""
        said = row.kind or self._asked.kind
        return said if state is None or _leads_to(said, state, country) else JourneyKind.TREATMENT

    def _problem(
        self, row: StagedJourney, state: JourneyState | None, kind: JourneyKind, country: str
    ) -> SheetProblem | None:
        """Why a row does not come in."""
        if state is None:
            message = STATUS_UNKNOWN if row.raw_status else STATUS_MISSING
            return _said(row, "STATUS_UNKNOWN", message, status=row.raw_status)
        if not _leads_to(kind, state, country):
            return _said(row, "NOT_IN_KIND", NOT_IN_KIND, kind=kind, state=state)
        if row.started_on is not None and row.started_on > self._today:
            return _said(row, "IN_FUTURE", STARTED_AHEAD)
        wrong = [p for p in check_patient(patient_draft(row), today=self._today) if p.severity == "error"]
        return _said(row, wrong[0].code, wrong[0].message, **wrong[0].values) if wrong else None

    def _notes(
        self, row: StagedJourney, state: JourneyState, kind: JourneyKind, found: Found
    ) -> Iterable[SheetProblem]:
        """What needs a look although the row comes in."""
        answered = fold(row.raw_status) in self._statuses
        if row.trust is StatusTrust.GUESSED and not answered:
            yield _noted(row, "STATUS_GUESSED", STATUS_GUESSED, status=row.raw_status, state=state)
        if kind is not (row.kind or self._asked.kind):
            yield _noted(row, "OTHER_KIND", OTHER_KIND, kind=row.kind or self._asked.kind, state=state)
        if found.is_number_of_another:
            yield _noted(row, "ANOTHERS_NUMBER", ANOTHERS_NUMBER)
        if row.admit_on and row.discharge_on and row.discharge_on < row.admit_on:
            yield _noted(row, "DISCHARGE_BEFORE_ADMISSION", LEFT_BEFORE)
        for odd in check_patient(patient_draft(row), today=self._today):
            yield _noted(row, odd.code, odd.message, **odd.values)

    def _country(self, row: StagedJourney) -> str:
        """Where the case goes, from the row or from the hospital on record."""
        stated = country_of(row.country) if row.country else ""
        house = self.houses.find(OrganizationKind.HOSPITAL, row.hospital, country=stated) if row.hospital else None
        return stated or (house.country if house is not None else "")

    def _hospital(self, row: StagedJourney, country: str) -> int | str | None:
        if not row.hospital:
            return None
        house = self.houses.find(OrganizationKind.HOSPITAL, row.hospital, country=country)
        return fold(row.hospital) if house is None else house.key

    def _new_names(self) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
        """Names that nobody and no house on record has, and the houses on record that they may mean."""
        hospitals = (c.row.hospital for c in self._new if isinstance(self._hospital(c.row, c.country), str))
        insurers = (c.insurer for c in self._new if not self.houses.find(OrganizationKind.INSURER, c.insurer))
        houses = {
            OrganizationKind.HOSPITAL: _once(hospitals),
            OrganizationKind.INSURER: _once(insurers),
        }
        like = {name: self.houses.like(kind, name) for kind, names in houses.items() for name in names}
        makes = {
            **{kind.value.lower(): names for kind, names in houses.items()},
            "officer": _once(c.row.officer for c in self._new if not self.staff.knows_officer(c.row.officer)),
            "agent": _once(c.row.agent for c in self._new if not self.staff.knows_agent(c.row.agent)),
        }
        return makes, {name: names for name, names in like.items() if names}


_NUMBERS = ("policy_no", "member_no", "gl_no", "identity_no", "passport_no", "phone")
_WORDS = ("hospital", "country", "insurer", "city", "officer", "agent", "companion", "doctor", "diagnosis", "notes")


def _tidied(row: StagedJourney) -> StagedJourney:
    """The row without what only fills a cell: a dash, and "not yet" where a number should be."""
    blank: dict[str, Any] = {name: "" for name in _NUMBERS if not any(c.isdigit() for c in getattr(row, name))}
    blank |= {name: "" for name in _WORDS if not fold(getattr(row, name))}
    return replace(row, **blank)


def _leads_to(kind: JourneyKind, state: JourneyState, country: str) -> bool:
    return state in path_of(kind, is_domestic=country == "ID")


def _known_fate(row: StagedJourney, known: Case, *, state: JourneyState, kind: JourneyKind) -> Fate:
    return Fate(
        journey=row, fate=CaseFate.SAME_IN_FILE if known.journey_id is None else CaseFate.ON_RECORD, state=state,
        kind=kind, patient_id=known.person.key, journey_id=known.journey_id, case_no=known.case_no,
        state_on_record=known.state, same_as_row=known.row,
    )  # fmt: skip


def _once(names: Iterable[str]) -> tuple[str, ...]:
    """Each name once, as first written."""
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(without_titles(name), name)
    first.pop("", None)
    return tuple(first.values())


def _said(row: StagedJourney, code: str, message: str, /, **values: object) -> SheetProblem:
    return SheetProblem(sheet=row.sheet, row=row.row, code=code, message=message, values=values)


def _noted(row: StagedJourney, code: str, message: str, /, **values: object) -> SheetProblem:
    return SheetProblem(sheet=row.sheet, row=row.row, code=code, message=message, values=values, is_error=False)
