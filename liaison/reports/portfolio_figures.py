"""The exact figures of one insurer in a month or quarter, the one before, and the same a year earlier.

Counts are persons, each once in a line. Nothing of it leaves the office before :mod:`liaison.reports.portfolio` made it
safe. Source: ``ux`` 3.5 (c).
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.claims import ClaimState
from liaison.domain.codes import ReasonCode
from liaison.domain.errors import Refused
from liaison.domain.fields import problem
from liaison.domain.figures import Counted
from liaison.domain.guarantees import GuaranteeState
from liaison.domain.payments import BillKind
from liaison.domain.periods import Span
from liaison.domain.targets import ClockKind, Target, percentile
from liaison.i18n import N_
from liaison.reports import briefing_rows
from liaison.reports.briefing_tally import Tally
from liaison.reports.briefing_view import REASON_NOT_STATED, Sample, Year
from liaison.services.changes import clock, day_of
from liaison.services.clock_readings import ClockBook, claim_clocks, letter_clocks
from liaison.services.variance_stays import stays_of
from liaison.store.models import (
    BillRow,
    ClaimEventRow,
    ClaimRow,
    ComplaintRow,
    CoverRow,
    GuaranteeEventRow,
    GuaranteeQueryRow,
    GuaranteeRow,
    JourneyRow,
    PolicyRow,
)

NO_PERIOD = N_("Write a month as 2026-10 or a quarter as 2026-Q3; it must have ended.")
MONTH, QUARTER = 1, 3
CLOCKS = (
    ClockKind.GL_INITIAL, ClockKind.GL_TOPUP, ClockKind.GL_FINAL, ClockKind.CLAIM_REGISTER, ClockKind.CLAIM_DECISION,
    ClockKind.PAYMENT,
)  # fmt: skip
"""What the insurer has to act on, in the order of a case."""

ANYBODY = "anybody"
WHATS = (
    ANYBODY, "asked", "issued", "declined", "topup", "letter_query", "sent", "paid", "approved", "cut", "rejected",
    "claim_query", "complained", "settled",
)  # fmt: skip
"""What can happen to a person in a period; each is a figure that the ledger of releases knows by its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Took:
    """How long one kind of step took: the middle one, nine of ten, and how many kept the target."""

    kind: ClockKind
    n: int
    people: int
    half: dt.timedelta
    most: dt.timedelta
    kept: int
    target: Target
    sample: Sample
    """The same times in hours, with the persons behind them, for a copy that leaves the office."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One month or quarter. ``people`` counts persons by what happened."""

    span: Span
    people: Mapping[str, int]
    took: tuple[Took, ...]
    billed: Mapping[str, Sample]
    estimate: Sample
    """Final bill against the middle of the estimate, as a share over it."""

    def of(self, what: str) -> int:
        """How many persons; the number knows them."""
        return self.people[what]

    def clock(self, kind: ClockKind) -> Took | None:
        """How long a step took; none where no such clock stopped."""
        return next((one for one in self.took if one.kind is kind), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """This period, the one before, the same a year earlier; why claims were rejected or asked about in this one."""

    now: Part
    before: Part
    year_ago: Part
    reasons: Tally
    """Marked reasons of rejection with persons."""

    @property
    def parts(self) -> tuple[Part, Part, Part]:
        """The three columns of the table."""
        return self.now, self.before, self.year_ago


# periods


def span_called(text: str, today: dt.date) -> Span:
    """The days of ``2026-10``, ``2026-Q3``, ``month`` or ``quarter`` (the last that ended). Refuses anything else."""
    words = text.strip().upper()
    if words in ("", "QUARTER", "MONTH"):
        length = MONTH if words == "MONTH" else QUARTER
        first = today.year * 12 + today.month - 1
        return _months(first - first % length - length, length)
    quarter = re.fullmatch(r"(\d{4})-?Q([1-4])", words)
    month = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", words)
    if quarter is not None:
        found = _months(int(quarter[1]) * 12 + (int(quarter[2]) - 1) * QUARTER, QUARTER)
    elif month is not None:
        found = _months(int(month[1]) * 12 + int(month[2]) - 1, MONTH)
    else:
        raise Refused([problem("NO_PERIOD", NO_PERIOD, "period")])
    if found.last >= today or found.first.year < 1990:
        raise Refused([problem("NO_PERIOD", NO_PERIOD, "period")])
    return found


def length_of(span: Span) -> int:
    """How many months."""
    return (span.last.year - span.first.year) * 12 + span.last.month - span.first.month + 1


def earlier(span: Span, months: int) -> Span:
    """The same length of time so many months before."""
    return _months(span.first.year * 12 + span.first.month - 1 - months, length_of(span))


def _months(first: int, length: int) -> Span:
    last = first + length - 1
    days = calendar.monthrange(last // 12, last % 12 + 1)[1]
    return Span(first=dt.date(first // 12, first % 12 + 1, 1), last=dt.date(last // 12, last % 12 + 1, days))


# figures


def figures_of(session: Session, insurer_id: int, span: Span) -> Figures:
    """Read the letters, claims, clocks, bills and complaints of one insurer."""
    spans = (span, earlier(span, length_of(span)), earlier(span, 12))
    counted = _Counted(spans, insurer_id)
    who = briefing_rows.persons(session)
    _letters(session, insurer_id, who, counted)
    _claims(session, insurer_id, who, counted)
    _clocks(session, insurer_id, who, counted)
    _estimates(session, insurer_id, who, counted)
    _complaints(session, insurer_id, who, counted)
    now, before, year_ago = (counted.part(number) for number in range(len(spans)))
    return Figures(now=now, before=before, year_ago=year_ago, reasons=counted.tally())


_Value = tuple[float, int, int | None]


class _Counted:
    """Persons and values by period, while rows are read."""

    def __init__(self, spans: Sequence[Span], insurer_id: int) -> None:
        self.spans, self._name = spans, f"insurer {insurer_id}"
        self.people: list[dict[str, set[int]]] = [defaultdict(set) for _span in spans]
        self.billed: list[dict[str, list[_Value]]] = [defaultdict(list) for _span in spans]
        self.errors: list[list[_Value]] = [[] for _span in spans]
        self.clocks: list[dict[ClockKind, list[tuple[dt.timedelta, bool, int, Target]]]] = [
            defaultdict(list) for _span in spans
        ]
        self.reasons: dict[str, set[int]] = defaultdict(set)

    def places(self, day: dt.date) -> list[int]:
        """In which of the periods a day lies."""
        return [number for number, span in enumerate(self.spans) if span.first <= day <= span.last]

    def add(self, what: str, person: int, day: dt.date) -> None:
        """Count a person."""
        for number in self.places(day):
            self.people[number][what].add(person)
            self.people[number][ANYBODY].add(person)

    def part(self, number: int) -> Part:
        """One period, counted."""
        clocks, people = self.clocks[number], self.people[number]
        return Part(
            span=self.spans[number],
            people={what: self._count(people.get(what, ()), what, number) for what in WHATS},
            took=tuple(self._took(kind, clocks[kind], number) for kind in CLOCKS if clocks.get(kind)),
            billed={
                currency: self._sample(values, f"billed {currency}", number)
                for currency, values in sorted(self.billed[number].items())
            },
            estimate=self._sample(self.errors[number], "over estimate", number),
        )

    def tally(self) -> Tally:
        """Why claims were rejected in the newest period, the most frequent reason first."""
        name, span = f"{self._name} reasons", self.spans[0]
        counts = {word: (self._count(who, f"reasons: {word}", 0), 0) for word, who in self.reasons.items()}
        ordered = dict(sorted(counts.items(), key=lambda pair: (-pair[1][0], pair[0])))
        year = Year(start=span.first, end=span.last)
        return Tally(ordered, (self.reasons, {}), name=name, years=(year, year))

    def _count(self, who: Iterable[int], what: str, number: int) -> Counted:
        span = self.spans[number]
        return Counted.of(who, f"{self._name} {what}", start=span.first, end=span.last)

    def _sample(self, values: Sequence[_Value], what: str, number: int) -> Sample:
        by_house: dict[int, float] = defaultdict(float)
        for value, _person, house in values:
            if house is not None:
                by_house[house] += value
        return Sample(
            values=tuple(sorted(value for value, _person, _house in values)),
            people=self._count({person for _value, person, _house in values}, what, number),
            houses=len(by_house),
            house_sums=tuple(sorted(by_house.values(), reverse=True)),
        )

    def _took(self, kind: ClockKind, runs: Sequence[tuple[dt.timedelta, bool, int, Target]], number: int) -> Took:
        times = [ran for ran, _kept, _person, _target in runs]
        hours: list[_Value] = [(ran.total_seconds() / 3600, person, None) for ran, _kept, person, _target in runs]
        return Took(
            kind=kind, n=len(runs), people=len({person for _ran, _kept, person, _target in runs}),
            half=percentile(times, 0.5), most=percentile(times, 0.9), kept=sum(kept for _ran, kept, _p, _t in runs),
            target=runs[-1][3], sample=self._sample(hours, f"clock {kind.value}", number),
        )  # fmt: skip


_NO = frozenset({GuaranteeState.DECLINED, GuaranteeState.WITHDRAWN})


def _letters(session: Session, insurer_id: int, who: Mapping[int, int], counted: _Counted) -> None:
    asked = (
        sa.select(
            GuaranteeRow.id, JourneyRow.patient_id, GuaranteeRow.requested_at, GuaranteeRow.first_issued_at,
            GuaranteeRow.state,
        )
        .join(JourneyRow, JourneyRow.id == GuaranteeRow.journey_id)
        .join(CoverRow, CoverRow.id == GuaranteeRow.cover_id)
        .join(PolicyRow, PolicyRow.id == CoverRow.policy_id)
        .where(PolicyRow.insurer_id == insurer_id, GuaranteeRow.requested_at.is_not(None))
    )  # fmt: skip
    known: dict[int, int] = {}
    for key, patient, asked_at, issued_at, state in session.execute(asked):
        if asked_at is None:
            continue
        person, day = who.get(patient, patient), day_of(session, asked_at)
        known[key] = person
        counted.add("asked", person, day)
        if issued_at is not None and issued_at >= asked_at:
            counted.add("issued", person, day)
        if state in _NO:
            counted.add("declined", person, day)
    questions = sa.select(GuaranteeQueryRow.guarantee_id, GuaranteeQueryRow.asked_at)
    for key, at in session.execute(questions):
        if key in known:
            counted.add("letter_query", known[key], day_of(session, at))
    extended = sa.select(GuaranteeEventRow.guarantee_id, GuaranteeEventRow.at).where(
        GuaranteeEventRow.to_state == GuaranteeState.TOPUP_REQUESTED
    )
    for key, at in session.execute(extended):
        if key in known:
            counted.add("topup", known[key], day_of(session, at))


def _claims(session: Session, insurer_id: int, who: Mapping[int, int], counted: _Counted) -> None:
    rows = session.execute(
        sa.select(
            ClaimRow.id, ClaimRow.patient_id, ClaimRow.submitted_on, ClaimRow.hospital_id, ClaimRow.currency,
            ClaimRow.billed_minor, ClaimRow.reason,
        ).where(ClaimRow.insurer_id == insurer_id, ClaimRow.voided_reason == "")
    ).all()  # fmt: skip
    known: dict[int, tuple[int, ReasonCode | None]] = {}
    for key, patient, sent_on, hospital, currency, billed, reason in rows:
        person = who.get(patient, patient)
        known[key] = (person, reason)
        if sent_on is None:
            continue
        counted.add("sent", person, sent_on)
        for number in counted.places(sent_on):
            counted.billed[number][currency].append((billed / 100, person, hospital))
    words = {
        ClaimState.PAID: "paid", ClaimState.REJECTED: "rejected", ClaimState.QUERIED: "claim_query",
        ClaimState.APPROVED: "approved", ClaimState.PARTIALLY_APPROVED: "cut",
    }  # fmt: skip
    moved = (
        sa.select(ClaimEventRow.claim_id, ClaimEventRow.at, ClaimEventRow.to_state)
        .join(ClaimRow, ClaimRow.id == ClaimEventRow.claim_id)
        .where(ClaimRow.insurer_id == insurer_id, ClaimEventRow.to_state.in_(list(words)))
    )
    for key, at, state in session.execute(moved):
        if key not in known:
            continue
        person, reason = known[key]
        day = day_of(session, at)
        counted.add(words[state], person, day)
        if state is ClaimState.REJECTED and 0 in counted.places(day):
            label = reason.label if reason not in (None, ReasonCode.R99) and reason is not None else REASON_NOT_STATED
            counted.reasons[label].add(person)


def _clocks(session: Session, insurer_id: int, who: Mapping[int, int], counted: _Counted) -> None:
    book, now = ClockBook(session), clock(session)
    lines = [
        *letter_clocks(session, book, PolicyRow.insurer_id == insurer_id),
        *claim_clocks(session, book, ClaimRow.insurer_id == insurer_id),
    ]
    for line in lines:
        if line.run.stopped is None or line.patient_id is None or line.kind not in CLOCKS:
            continue
        person = who.get(line.patient_id, line.patient_id)
        took = (line.run.ran(now), not line.run.overdue(now), person, line.run.target)
        for number in counted.places(day_of(session, line.run.stopped)):
            counted.clocks[number][line.kind].append(took)


def _of_insurer(insurer_id: int) -> sa.Select[int]:
    """The cases that have a letter of this insurer."""
    return (
        sa.select(GuaranteeRow.journey_id)
        .join(CoverRow, CoverRow.id == GuaranteeRow.cover_id)
        .join(PolicyRow, PolicyRow.id == CoverRow.policy_id)
        .where(PolicyRow.insurer_id == insurer_id)
    )


def _estimates(session: Session, insurer_id: int, who: Mapping[int, int], counted: _Counted) -> None:
    first = min(span.first for span in counted.spans)
    asked = sa.select(BillRow.journey_id, BillRow.billed_on, JourneyRow.patient_id).join(
        JourneyRow, JourneyRow.id == BillRow.journey_id
    )
    bills = {
        journey: (on, who.get(patient, patient))
        for journey, on, patient in session.execute(
            asked.where(
                BillRow.kind == BillKind.FINAL, BillRow.billed_on >= first,
                BillRow.journey_id.in_(_of_insurer(insurer_id)),
            )
        )
    }  # fmt: skip
    for stay in stays_of(session, sorted(bills)):
        if stay.estimate_error is not None:
            on, person = bills[stay.journey_id]
            for number in counted.places(on):
                counted.errors[number].append((stay.estimate_error, person, stay.hospital_id))


def _complaints(session: Session, insurer_id: int, who: Mapping[int, int], counted: _Counted) -> None:
    asked = (
        sa.select(JourneyRow.patient_id, ComplaintRow.received_on, ComplaintRow.closed_on)
        .join(JourneyRow, JourneyRow.id == ComplaintRow.journey_id)
        .where(ComplaintRow.journey_id.in_(_of_insurer(insurer_id)))
    )
    for patient, opened, closed in session.execute(asked):
        person = who.get(patient, patient)
        counted.add("complained", person, opened)
        if closed is not None:
            counted.add("settled", person, closed)
