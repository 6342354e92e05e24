"""Clocks of the office: what is waited for, by whom, since when, how long it may take, and how long such things took.

Read from the moves of letters, claims and cases, never kept beside them, so that an undo needs no second undo.
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
from liaison.domain.claims import ClaimState
from liaison.domain.clock_runs import CLAIMS, JOURNEYS, LETTERS, Ticking, ticking
from liaison.domain.clocks import Pause
from liaison.domain.coded import Coded
from liaison.domain.guarantees import GuaranteeState, VersionKind
from liaison.domain.journeys import JourneyState
from liaison.domain.targets import ACTS, ClockKind, Party, Run, Spread, Target, spread_of
from liaison.services.changes import clock
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

RUNNING_LETTERS = (
    GuaranteeState.REQUESTED, GuaranteeState.QUERIED, GuaranteeState.TOPUP_REQUESTED, GuaranteeState.FINAL_REQUESTED,
    GuaranteeState.FINAL_QUERIED,
)  # fmt: skip
RUNNING_CLAIMS = tuple(
    s for s in ClaimState if s in CLAIMS.starts or s in CLAIMS.pauses or s is ClaimState.PAYMENT_PENDING
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
class HouseSpread:
    """How long one house took for one kind of step, and its target."""

    organization_id: int | None
    name: str
    kind: ClockKind
    target: Target
    spread: Spread


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
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


class _Book:
    """Targets, calendars and names of houses, each asked for once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._targets: dict[tuple[ClockKind, tuple[int | None, ...]], Target] = {}
        self._calendars: dict[tuple[ClockKind, int | None], Calendar] = {}
        self._names: dict[int, str] = {}

    def target(self, kind: ClockKind, houses: tuple[int | None, ...]) -> Target:
        key = (kind, houses)
        if key not in self._targets:
            self._targets[key] = target_of(self._session, kind, *houses)
        return self._targets[key]

    def calendar(self, kind: ClockKind, house: int | None) -> Calendar:
        key = (kind, house)
        if key not in self._calendars:
            self._calendars[key] = calendar_of(self._session, house, kind)
        return self._calendars[key]

    def name(self, house: int | None) -> str:
        if house is None:
            return ""
        if house not in self._names:
            row = self._session.get(OrganizationRow, house)
            self._names[house] = row.name if row is not None else ""
        return self._names[house]

    def line(
        self,
        clock: Ticking,
        case: _Case,
        *,
        claim_id: int | None = None,
        claim_no: str = "",
        guarantee_id: int | None = None,
    ) -> ClockLine:
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


# what pages and papers ask for


def open_clocks(session: Session, *, officer_id: int | None = None) -> list[ClockLine]:
    """Every clock that runs or stands still, of one officer's cases or of all; longest over its target first."""
    now = clock(session)
    lines = [line for line in _all(session, open_only=True) if officer_id is None or line.officer_id == officer_id]
    return sorted(lines, key=lambda line: (-line.run.overdue(now), line.run.due(now) or now, line.case_no))


def breached_clocks(session: Session, *, officer_id: int | None = None) -> list[ClockLine]:
    """Clocks over their target now; the longest over it first."""
    now = clock(session)
    return [line for line in open_clocks(session, officer_id=officer_id) if line.run.overdue(now)]


def stopped_clocks(session: Session, *, since: dt.datetime, organization_id: int | None = None) -> list[ClockLine]:
    """Clocks that stopped since a moment, of one house or of all."""
    return [
        line
        for line in _all(session, open_only=False, since=since, organization_id=organization_id)
        if line.run.stopped is not None
        and line.run.stopped >= since
        and (organization_id is None or line.acts_id == organization_id)
    ]


def spreads(session: Session, *, since: dt.datetime, organization_id: int | None = None) -> list[HouseSpread]:
    """How long houses took, per house and kind of step: p50 and p90 of what stopped since a moment."""
    now = clock(session)
    groups: dict[tuple[ClockKind, int | None], list[ClockLine]] = defaultdict(list)
    for line in stopped_clocks(session, since=since, organization_id=organization_id):
        groups[line.kind, line.acts_id].append(line)
    found = []
    for (kind, house), lines in groups.items():
        spread = spread_of([line.run for line in lines], now)
        if spread is not None:
            found.append(
                HouseSpread(
                    organization_id=house, name=lines[0].acts, kind=kind, target=lines[0].run.target, spread=spread
                )
            )
    order = list(ClockKind)
    return sorted(found, key=lambda one: (order.index(one.kind), -one.spread.n, one.name))


def letter_clock(session: Session, guarantee_id: int) -> ClockLine | None:
    """The clock of a letter that runs or stands still now."""
    lines = _letters(session, _Book(session), GuaranteeRow.id == guarantee_id)
    return next((line for line in lines if line.run.stopped is None), None)


def claim_clock(session: Session, claim_id: int) -> ClockLine | None:
    """The clock of a claim that runs or stands still now."""
    lines = _claims(session, _Book(session), ClaimRow.id == claim_id)
    return next((line for line in lines if line.run.stopped is None), None)


def clocks_of(session: Session, journey_id: int) -> list[ClockLine]:
    """Every clock of a case that runs or stands still, the one due first first."""
    book = _Book(session)
    lines = [
        *_letters(session, book, GuaranteeRow.journey_id == journey_id),
        *_claims(session, book, ClaimRow.journey_id == journey_id),
        *_estimates(session, book, JourneyRow.id == journey_id),
        *_questions(session, book, open_only=True, journey_id=journey_id),
    ]
    now = clock(session)
    return sorted((x for x in lines if x.run.stopped is None), key=lambda x: (x.run.due(now) or now, x.kind))


def _all(
    session: Session, *, open_only: bool, since: dt.datetime | None = None, organization_id: int | None = None
) -> list[ClockLine]:
    """Clocks of letters, claims, estimates and questions; of one house only those it has to act on."""
    book = _Book(session)
    if open_only:
        letters: sa.ColumnElement[bool] = sa.and_(GuaranteeRow.state.in_(RUNNING_LETTERS), JourneyRow.is_open)
        claims: sa.ColumnElement[bool] = sa.and_(ClaimRow.state.in_(RUNNING_CLAIMS), ClaimRow.is_open)
        cases: sa.ColumnElement[bool] = sa.and_(JourneyRow.state == JourneyState.ESTIMATE, JourneyRow.is_open)
    else:
        moment = since or clock(session)
        moved = sa.select(GuaranteeEventRow.guarantee_id).where(GuaranteeEventRow.at >= moment)
        letters = GuaranteeRow.id.in_(moved)
        claims = ClaimRow.id.in_(sa.select(ClaimEventRow.claim_id).where(ClaimEventRow.at >= moment))
        went = sa.select(JourneyEventRow.journey_id).where(
            JourneyEventRow.at >= moment, JourneyEventRow.from_state == JourneyState.ESTIMATE
        )
        cases = JourneyRow.id.in_(went)
    if organization_id is not None:
        by = sa.func.coalesce(PolicyRow.administrator_id, PolicyRow.insurer_id) == organization_id
        letters = sa.and_(letters, by)
        claims = sa.and_(claims, sa.func.coalesce(PolicyRow.administrator_id, ClaimRow.insurer_id) == organization_id)
        cases = sa.and_(cases, JourneyRow.hospital_id == organization_id)
    lines = [
        *_letters(session, book, letters),
        *_claims(session, book, claims),
        *_estimates(session, book, cases),
    ]
    if organization_id is None:
        lines += _questions(session, book, open_only=open_only, since=since)
    return [line for line in lines if line.run.stopped is None] if open_only else lines


# letters


def _letters(session: Session, book: _Book, wanted: sa.ColumnElement[bool]) -> list[ClockLine]:
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


def _letter_cases(session: Session, wanted: sa.ColumnElement[bool]) -> dict[int, tuple[_Case, dt.datetime | None]]:
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


def _claims(session: Session, book: _Book, wanted: sa.ColumnElement[bool]) -> list[ClockLine]:
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


def _estimates(session: Session, book: _Book, wanted: sa.ColumnElement[bool]) -> list[ClockLine]:
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


def _questions(
    session: Session,
    book: _Book,
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


def _case(rest: Sequence[Any], *, hospital_id: int | None, payer_ids: tuple[int | None, ...] = ()) -> _Case:
    journey_id, case_no, patient_id, name, city, officer_id, officer = rest
    return _Case(
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
