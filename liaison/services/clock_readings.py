"""Clocks as they are read from the moves of letters, claims and cases and from the questions put to us.

What pages and papers ask of them stands in :mod:`liaison.services.clocks`.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.calendars import Calendar
from liaison.domain.clock_runs import CLAIMS, JOURNEYS, LETTERS, Ticking, ticking
from liaison.domain.clocks import Pause
from liaison.domain.coded import Coded
from liaison.domain.guarantees import VersionKind
from liaison.domain.targets import ACTS, ClockKind, Party, Run, Target
from liaison.services.targets import calendar_of, target_of
from liaison.store.models import (
    ClaimEventRow,
    ClaimQueryRow,
    ClaimRow,
    CoverRow,
    GuaranteeEventRow,
    GuaranteeQueryRow,
    GuaranteeRow,
    GuaranteeVersionRow,
    JourneyEventRow,
    JourneyRow,
    OfficerRow,
    OrganizationRow,
    PatientRow,
    PolicyRow,
)

_VERSION_OF = {
    ClockKind.GL_INITIAL: VersionKind.INITIAL, ClockKind.GL_TOPUP: VersionKind.TOPUP,
    ClockKind.GL_FINAL: VersionKind.FINAL,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockLine:
    """One clock with its case. ``acts`` is the house that has to act; empty where it is ours to act."""

    run: Run
    acts_id: int | None
    acts: str
    journey_id: int | None
    claim_id: int | None
    guarantee_id: int | None
    case_no: str
    claim_no: str
    patient_id: int | None
    name: str
    city: str
    hospital: str
    officer_id: int | None
    officer: str

    @property
    def kind(self) -> ClockKind:
        """What is waited for."""
        return self.run.target.kind

    @property
    def party(self) -> Party:
        """Who has to act."""
        return ACTS[self.kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockCase:
    """What a line says about the case that a clock belongs to."""

    journey_id: int | None
    case_no: str
    patient_id: int | None
    name: str
    city: str
    hospital_id: int | None
    officer_id: int | None
    officer: str
    payer_ids: tuple[int | None, ...] = ()


class ClockBook:
    """Targets, calendars and names of houses, each asked for once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._targets: dict[tuple[ClockKind, tuple[int | None, ...]], Target] = {}
        self._calendars: dict[tuple[ClockKind, int | None], Calendar] = {}
        self._names: dict[int, str] = {}

    def target(self, kind: ClockKind, houses: tuple[int | None, ...]) -> Target:
        """The target of the first of these houses that has one."""
        key = (kind, houses)
        if key not in self._targets:
            self._targets[key] = target_of(self._session, kind, *houses)
        return self._targets[key]

    def calendar(self, kind: ClockKind, house: int | None) -> Calendar:
        """The working time of whoever acts."""
        key = (kind, house)
        if key not in self._calendars:
            self._calendars[key] = calendar_of(self._session, house, kind)
        return self._calendars[key]

    def name(self, house: int | None) -> str:
        """The name of a house; empty where it is ours to act."""
        if house is None:
            return ""
        if house not in self._names:
            row = self._session.get(OrganizationRow, house)
            self._names[house] = row.name if row is not None else ""
        return self._names[house]

    def line(
        self,
        clock: Ticking,
        case: ClockCase,
        *,
        claim_id: int | None = None,
        claim_no: str = "",
        guarantee_id: int | None = None,
    ) -> ClockLine:
        """A clock with its case, its target and whoever has to act."""
        houses: tuple[int | None, ...] = ()
        if ACTS[clock.kind] is Party.PAYER:
            houses = case.payer_ids
        elif ACTS[clock.kind] is Party.HOSPITAL:
            houses = (case.hospital_id,)
        acts = next((house for house in houses if house is not None), None)
        run = Run(
            start=clock.start, stopped=clock.stopped, pauses=tuple(clock.pauses),
            calendar=self.calendar(clock.kind, acts), target=self.target(clock.kind, houses),
        )  # fmt: skip
        return ClockLine(
            run=run, acts_id=acts, acts=self.name(acts), journey_id=case.journey_id, claim_id=claim_id,
            guarantee_id=guarantee_id, case_no=case.case_no, claim_no=claim_no, patient_id=case.patient_id,
            name=case.name, city=case.city, hospital=self.name(case.hospital_id), officer_id=case.officer_id,
            officer=case.officer,
        )  # fmt: skip


# letters


def letter_clocks(session: Session, book: ClockBook, wanted: sa.ColumnElement[bool]) -> list[ClockLine]:
    """The clocks of letters, those that stopped too."""
    cases = _letter_cases(session, wanted)
    keys = list(cases)
    moves = _moves(session, GuaranteeEventRow, GuaranteeEventRow.guarantee_id, keys)
    asked = _pauses(session, GuaranteeQueryRow, GuaranteeQueryRow.guarantee_id, keys)
    issued = _issued(session, keys)
    found = []
    for key, (case, requested_at) in cases.items():
        clocks = ticking(moves.get(key, ()), LETTERS)
        _as_stated(clocks, requested_at, issued.get(key, {}))
        for one in clocks:
            one.pauses.extend(_within(asked.get(key, ()), one))
            found.append(book.line(one, case, guarantee_id=key))
    return found


def _as_stated(clocks: Sequence[Ticking], requested_at: dt.datetime | None, issued: Mapping[VersionKind, Any]) -> None:
    """Moments that an officer stated win over those at which the moves were typed."""
    first = next((one for one in clocks if one.kind is ClockKind.GL_INITIAL), None)
    if first is not None and requested_at is not None and requested_at <= first.start:
        first.start = requested_at
    for kind, version in _VERSION_OF.items():
        ended = [one for one in clocks if one.kind is kind and one.stopped is not None]
        for one, at in zip(ended, issued.get(version, ()), strict=False):
            if one.stopped is not None and one.start <= at <= one.stopped:
                one.stopped = at


def _letter_cases(session: Session, wanted: sa.ColumnElement[bool]) -> dict[int, tuple[ClockCase, dt.datetime | None]]:
    rows = session.execute(
        sa.select(
            GuaranteeRow.id, GuaranteeRow.requested_at, GuaranteeRow.hospital_id, PolicyRow.administrator_id,
            PolicyRow.insurer_id, *_CASE,
        )
        .join(JourneyRow, JourneyRow.id == GuaranteeRow.journey_id)
        .join(PatientRow, PatientRow.id == JourneyRow.patient_id)
        .outerjoin(OfficerRow, OfficerRow.id == JourneyRow.officer_id)
        .outerjoin(CoverRow, CoverRow.id == GuaranteeRow.cover_id)
        .outerjoin(PolicyRow, PolicyRow.id == CoverRow.policy_id)
        .where(wanted)
        .order_by(GuaranteeRow.id)
    )  # fmt: skip
    return {
        key: (_case(rest, hospital_id=hospital_id, payer_ids=(administrator_id, insurer_id)), requested_at)
        for key, requested_at, hospital_id, administrator_id, insurer_id, *rest in rows
    }


def _issued(session: Session, keys: Sequence[int]) -> dict[int, dict[VersionKind, list[dt.datetime]]]:
    found: dict[int, dict[VersionKind, list[dt.datetime]]] = defaultdict(lambda: defaultdict(list))
    for some in _pieces(keys):
        rows = session.execute(
            sa.select(GuaranteeVersionRow.guarantee_id, GuaranteeVersionRow.kind, GuaranteeVersionRow.issued_at)
            .where(GuaranteeVersionRow.guarantee_id.in_(some))
            .order_by(GuaranteeVersionRow.number)
        )
        for key, kind, at in rows:
            found[key][kind].append(at)
    return found


# claims


def claim_clocks(session: Session, book: ClockBook, wanted: sa.ColumnElement[bool]) -> list[ClockLine]:
    """The clocks of claims, those that stopped too."""
    rows = session.execute(
        sa.select(
            ClaimRow.id, ClaimRow.claim_no, ClaimRow.hospital_id, PolicyRow.administrator_id, ClaimRow.insurer_id,
            *_CASE,
        )
        .join(PatientRow, PatientRow.id == ClaimRow.patient_id)
        .outerjoin(JourneyRow, JourneyRow.id == ClaimRow.journey_id)
        .outerjoin(OfficerRow, OfficerRow.id == JourneyRow.officer_id)
        .outerjoin(CoverRow, CoverRow.id == ClaimRow.cover_id)
        .outerjoin(PolicyRow, PolicyRow.id == CoverRow.policy_id)
        .where(wanted)
        .order_by(ClaimRow.id)
    ).all()  # fmt: skip
    keys = [row[0] for row in rows]
    # A list states where a claim stands, not when it came there: its moves start no clock.
    moves = _moves(
        session, ClaimEventRow, ClaimEventRow.claim_id, keys, ClaimEventRow.is_imported == sa.false()
    )  # fmt: skip
    asked = _pauses(session, ClaimQueryRow, ClaimQueryRow.claim_id, keys)
    found = []
    for key, claim_no, hospital_id, administrator_id, insurer_id, *rest in rows:
        case = _case(rest, hospital_id=hospital_id, payer_ids=(administrator_id, insurer_id))
        for one in ticking(moves.get(key, ()), CLAIMS):
            if one.kind is ClockKind.CLAIM_DECISION:
                one.pauses.extend(_within(asked.get(key, ()), one))
            found.append(book.line(one, case, claim_id=key, claim_no=claim_no))
    return found


# estimates and our own answers


def estimate_clocks(session: Session, book: ClockBook, wanted: sa.ColumnElement[bool]) -> list[ClockLine]:
    """The clocks of estimates that hospitals were asked for."""
    rows = session.execute(
        sa.select(JourneyRow.hospital_id, *_CASE)
        .join(PatientRow, PatientRow.id == JourneyRow.patient_id)
        .outerjoin(OfficerRow, OfficerRow.id == JourneyRow.officer_id)
        .where(wanted)
        .order_by(JourneyRow.id)
    ).all()
    keys: list[int] = [row[1] for row in rows]
    moves = _moves(session, JourneyEventRow, JourneyEventRow.journey_id, keys)
    found = []
    for key, (hospital_id, *rest) in zip(keys, rows, strict=True):
        found += [book.line(one, _case(rest, hospital_id=hospital_id)) for one in ticking(moves.get(key, ()), JOURNEYS)]
    return found


def question_clocks(
    session: Session,
    book: ClockBook,
    *,
    open_only: bool,
    since: dt.datetime | None = None,
    journey_id: int | None = None,
) -> list[ClockLine]:
    """Questions put to us: our own clock, from the question to our answer."""
    found = []
    for of_claim, row in _asked(session, open_only=open_only, since=since, journey_id=journey_id):
        key, number, asked_at, answered_at, hospital_id, *rest = row
        one = Ticking(kind=ClockKind.QUERY_ANSWER, start=asked_at)
        if answered_at is not None:
            one.stop(answered_at)
        case = _case(rest, hospital_id=hospital_id)
        if of_claim:
            found.append(book.line(one, case, claim_id=key, claim_no=number))
        else:
            found.append(book.line(one, case, guarantee_id=key))
    return found


def _asked(
    session: Session, *, open_only: bool, since: dt.datetime | None, journey_id: int | None
) -> Iterable[tuple[bool, Any]]:
    for of_claim, query, owner, owner_id, number in (
        (False, GuaranteeQueryRow, GuaranteeRow, GuaranteeQueryRow.guarantee_id, GuaranteeRow.gl_no),
        (True, ClaimQueryRow, ClaimRow, ClaimQueryRow.claim_id, ClaimRow.claim_no),
    ):
        person = ClaimRow.patient_id if of_claim else JourneyRow.patient_id
        asked = (
            sa.select(owner.id, number, query.asked_at, query.answered_at, owner.hospital_id, *_CASE)
            .select_from(query)
            .join(owner, owner.id == owner_id)
            .outerjoin(JourneyRow, JourneyRow.id == owner.journey_id)
            .join(PatientRow, PatientRow.id == person)
            .outerjoin(OfficerRow, OfficerRow.id == JourneyRow.officer_id)
            .order_by(query.id)
        )
        if open_only:
            asked = asked.where(query.answered_at.is_(None), sa.func.coalesce(JourneyRow.is_open, sa.true()))
        elif since is not None:
            asked = asked.where(query.answered_at >= since)
        if journey_id is not None:
            asked = asked.where(owner.journey_id == journey_id)
        for row in session.execute(asked):
            yield of_claim, row


# reading together

_CASE = (
    JourneyRow.id, JourneyRow.case_no, PatientRow.id, PatientRow.full_name, JourneyRow.origin_city,
    JourneyRow.officer_id, OfficerRow.name,
)  # fmt: skip
_AT_ONCE = 500


def _case(rest: Sequence[Any], *, hospital_id: int | None, payer_ids: tuple[int | None, ...] = ()) -> ClockCase:
    journey_id, case_no, patient_id, name, city, officer_id, officer = rest
    return ClockCase(
        journey_id=journey_id, case_no=case_no or "", patient_id=patient_id, name=name or "", city=city or "",
        hospital_id=hospital_id, officer_id=officer_id, officer=officer or "", payer_ids=payer_ids,
    )  # fmt: skip


def _pieces(keys: Sequence[int]) -> Iterable[Sequence[int]]:
    """Keys in lots that one statement takes."""
    return (keys[start : start + _AT_ONCE] for start in range(0, len(keys), _AT_ONCE))


def _moves(
    session: Session, event: Any, owner: Any, keys: Sequence[int], *only: sa.ColumnElement[bool]
) -> dict[int, list[tuple[dt.datetime, Coded]]]:
    found: dict[int, list[tuple[dt.datetime, Coded]]] = defaultdict(list)
    for some in _pieces(keys):
        asked = sa.select(owner, event.at, event.to_state).where(owner.in_(some), *only)
        for key, at, state in session.execute(asked.order_by(event.at, event.id)):
            found[key].append((at, state))
    return found


def _pauses(session: Session, query: Any, owner: Any, keys: Sequence[int]) -> dict[int, list[Pause]]:
    found: dict[int, list[Pause]] = defaultdict(list)
    for some in _pieces(keys):
        asked = sa.select(owner, query.asked_at, query.answered_at).where(owner.in_(some)).order_by(query.asked_at)
        for key, start, until in session.execute(asked):
            found[key].append(Pause(start, until))
    return found


def _within(pauses: Iterable[Pause], clock: Ticking) -> list[Pause]:
    """The pauses that touch a clock; one of a clock that stopped ends with it at the latest."""
    found = []
    for pause in pauses:
        if clock.stopped is not None and pause.start >= clock.stopped:
            continue
        if pause.until is not None and pause.until <= clock.start:
            continue
        until = pause.until
        if clock.stopped is not None:
            until = min(until or clock.stopped, clock.stopped)
        found.append(Pause(pause.start, until))
    return found
