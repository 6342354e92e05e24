"""The exact figures of one insurer over the last closed year; nothing of them is printed before it is made safe."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.calendars import Calendar
from liaison.domain.claims import ClaimState
from liaison.domain.codes import ReasonCode
from liaison.domain.guarantees import GuaranteeState
from liaison.reports import briefing_rows as rows
from liaison.reports.briefing_tally import Persons, Tally, Values, by_group, working_hours
from liaison.reports.briefing_view import REASON_NOT_STATED, Sample, Year, closed_year
from liaison.services.changes import today, zone
from liaison.store.models import (
    ClaimEventRow,
    ClaimRow,
    CoverRow,
    GuaranteeQueryRow,
    GuaranteeRow,
    JourneyRow,
    PolicyRow,
)

_NO = frozenset({GuaranteeState.DECLINED, GuaranteeState.WITHDRAWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class InsurerFigures:
    """Counts of distinct persons, samples of times and amounts, all of one insurer."""

    year: Year
    people: int
    asked: int
    issued: int
    declined: int
    queried: int
    claimed: int
    paid: int
    rejected: int
    open: int
    letter_hours: Sample
    answer_hours: Sample
    decision_days: Sample
    payment_days: Sample
    billed: Mapping[str, Sample]
    owed: Mapping[str, Sample]
    reasons: Tally
    places: Tally


def figures_of(session: Session, insurer_id: int) -> InsurerFigures:
    """Read the letters and claims of one insurer."""
    year = closed_year(today(session))
    who, places = rows.persons(session), rows.Places(session)
    counted = _Counted(year, insurer_id)
    _letters(session, insurer_id, year, who, counted)
    _claims(session, insurer_id, year, who, places, counted)
    c = counted
    return InsurerFigures(
        year=year, people=c.people.total()[0], asked=c.asked.total()[0], issued=c.issued.total()[0],
        declined=c.declined.total()[0], queried=c.queried.total()[0], claimed=c.claimed.total()[0],
        paid=c.paid.total()[0], rejected=c.rejected.total()[0], open=c.open.total()[0],
        letter_hours=c.letter.samples()[0], answer_hours=c.answer.samples()[0], decision_days=c.decision.samples()[0],
        payment_days=c.payment.samples()[0],
        billed={key: value.samples()[0] for key, value in sorted(c.billed.items())},
        owed={key: value.samples()[0] for key, value in sorted(c.owed.items())},
        reasons=c.reasons.pairs(), places=c.places.pairs(),
    )  # fmt: skip


class _Counted:
    """Sets of persons and samples while rows are read."""

    def __init__(self, year: Year, insurer: int) -> None:
        def persons(*names: str) -> Iterator[Persons]:
            return (Persons(year, f"insurer {insurer} {name}") for name in names)

        self.people, self.asked, self.issued, self.declined, self.queried = persons(
            "people", "letters asked", "letters issued", "letters declined", "letters queried"
        )
        self.claimed, self.paid, self.rejected, self.open, self.reasons, self.places = persons(
            "claims", "claims paid", "claims rejected", "claims open", "reasons", "places"
        )
        self.letter, self.answer, self.decision, self.payment = (
            Values(year, f"insurer {insurer} {name}") for name in ("first letter", "answer", "decision", "payment")
        )
        self.billed, self.owed = (by_group(year, f"insurer {insurer} {name}") for name in ("billed", "owed"))


def _letters(session: Session, insurer_id: int, year: Year, who: Mapping[int, int], c: _Counted) -> None:
    """Letters asked for within the year, under covers of this insurer."""
    office_zone = zone(session)
    hours = working_hours(Calendar(country="ID", zone=office_zone, with_holidays=True))
    here = ZoneInfo(office_zone)
    found = session.execute(
        sa.select(
            GuaranteeRow.id, JourneyRow.patient_id, GuaranteeRow.requested_at, GuaranteeRow.first_issued_at,
            GuaranteeRow.state, JourneyRow.hospital_id,
        )
        .join(JourneyRow, JourneyRow.id == GuaranteeRow.journey_id)
        .join(CoverRow, CoverRow.id == GuaranteeRow.cover_id)
        .join(PolicyRow, PolicyRow.id == CoverRow.policy_id)
        .where(PolicyRow.insurer_id == insurer_id, GuaranteeRow.requested_at.is_not(None))
    ).all()  # fmt: skip
    known: dict[int, tuple[int, dt.date, int | None]] = {}
    for key, patient, asked_at, issued_at, state, hospital in found:
        if asked_at is None:
            continue
        day, person = asked_at.astimezone(here).date(), who.get(patient, patient)
        known[key] = (person, day, hospital)
        c.people.add("", person, day)
        c.asked.add("", person, day)
        if issued_at is not None and issued_at >= asked_at:
            c.issued.add("", person, day)
            c.letter.add(hours(asked_at, issued_at), person, day, hospital)
        if state in _NO:
            c.declined.add("", person, day)
    asked = sa.select(GuaranteeQueryRow.guarantee_id, GuaranteeQueryRow.asked_at, GuaranteeQueryRow.answered_at)
    for key, asked_at, answered_at in session.execute(asked.where(GuaranteeQueryRow.guarantee_id.in_(known))):
        person, day, hospital = known[key]
        c.queried.add("", person, day)
        if answered_at is not None and answered_at >= asked_at:
            c.answer.add(hours(asked_at, answered_at), person, asked_at.astimezone(here).date(), hospital)


def _claims(
    session: Session, insurer_id: int, year: Year, who: Mapping[int, int], places: rows.Places, c: _Counted
) -> None:
    """Claims of treatments within the year that went to this insurer."""
    day = sa.func.coalesce(ClaimRow.admitted_on, ClaimRow.discharged_on, ClaimRow.submitted_on, ClaimRow.aged_from)
    found = session.execute(
        sa.select(
            ClaimRow.id, ClaimRow.patient_id, day, ClaimRow.hospital_id, ClaimRow.currency, ClaimRow.billed_minor,
            ClaimRow.paid_minor, ClaimRow.state, ClaimRow.reason, ClaimRow.is_open,
        ).where(ClaimRow.insurer_id == insurer_id, ClaimRow.voided_reason == "", day.between(year.start, year.end))
    ).all()  # fmt: skip
    moved = _moments(session, [row[0] for row in found])
    labels = {code: code.label for code in ReasonCode} | {ReasonCode.R99: REASON_NOT_STATED}
    for key, patient, on, hospital, currency, billed, paid, state, reason, is_open in found:
        person = who.get(patient, patient)
        on = on if isinstance(on, dt.date) else dt.date.fromisoformat(on)
        c.people.add("", person, on)
        c.claimed.add("", person, on)
        c.billed[currency].add(billed / 100, person, on, hospital)
        if is_open and billed > (paid or 0):
            c.open.add("", person, on)
            c.owed[currency].add((billed - (paid or 0)) / 100, person, on, hospital)
        if paid:
            c.paid.add("", person, on)
        if state is ClaimState.REJECTED:
            c.rejected.add("", person, on)
            c.reasons.add(labels.get(reason or ReasonCode.R99, REASON_NOT_STATED), person, on)
        place = places.destination(hospital, "", "")
        if place:
            c.places.add(place, person, on)
        sent, decided, money = moved.get(key, (None, None, None))
        if sent is not None and decided is not None and decided >= sent:
            c.decision.add((decided - sent).days, person, on, hospital)
        if decided is not None and money is not None and money >= decided:
            c.payment.add((money - decided).days, person, on, hospital)


_DECIDED = frozenset({ClaimState.APPROVED, ClaimState.PARTIALLY_APPROVED, ClaimState.REJECTED})
Moments = tuple[dt.datetime | None, dt.datetime | None, dt.datetime | None]


def _moments(session: Session, keys: list[int]) -> dict[int, Moments]:
    """When each claim was sent, decided and paid first."""
    states = [ClaimState.SUBMITTED, *sorted(_DECIDED), ClaimState.PAID]
    asked = (
        sa.select(ClaimEventRow.claim_id, ClaimEventRow.to_state, ClaimEventRow.at)
        .where(ClaimEventRow.claim_id.in_(keys), ClaimEventRow.to_state.in_(states))
        .order_by(ClaimEventRow.at)
    )
    found: dict[int, dict[str, dt.datetime]] = defaultdict(dict)
    for claim, state, at in session.execute(asked):
        name = "sent" if state is ClaimState.SUBMITTED else "paid" if state is ClaimState.PAID else "decided"
        found[claim].setdefault(name, at)
    return {key: (m.get("sent"), m.get("decided"), m.get("paid")) for key, m in found.items()}
