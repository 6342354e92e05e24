"""From the persons a figure counts to the cases and claims it stands on, at the moment of the release.

A figure knows its persons, its name and its period; of each person's cases those are taken that its name is about and
whose day lies in the period. Nobody who was counted is left without a row: where nothing fits so closely, the wider
choice stands.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.figures import Figure
from liaison.domain.payments import BillKind
from liaison.domain.regions import CITIES
from liaison.reports.briefing_rows import Places, persons
from liaison.reports.disease_groups import group_of
from liaison.services.changes import day_of
from liaison.services.tracing import Source
from liaison.store.models import (
    BillRow,
    ClaimRow,
    CoverRow,
    GuaranteeRow,
    JourneyRow,
    PatientRow,
    PolicyRow,
)

_INSURER = re.compile(r"insurer (\d+) (.*)")
_CODES = frozenset(city.code for city in CITIES)

_CLAIM_WORDS = (
    "claim", "reasons", "billed", "owed", "decision", "payment", "unpaid", "sent", "paid", "approved", "cut",
    "rejected", "known from lists",
)  # fmt: skip
"""How figures begin that count claims, behind the place or the insurer."""
_BOTH_WORDS = ("people", "anybody", "places")
"""Figures of an insurer that count letters and claims alike."""
_GROUPED = ("groups", "days in hospital", "days", "final bills", "billed")
_LETTER_WORDS = (
    "first letter", "asked", "late", "with letter", "letters", "withdrawn", "topup", "issued", "declined", "answer",
    "letter_query",
)  # fmt: skip
_LEFT_WORDS = ("days in hospital", "left a hospital", "came back")
_BILL_WORDS = ("final bills", "estimated", "above the estimate", "estimate")


@dataclass(slots=True, kw_only=True)
class _Row:
    """One case or claim, as far as the choice needs it."""

    source: Source
    city: str
    group: str
    place: str
    insurers: set[int] = field(default_factory=set)
    days: dict[str, list[dt.date]] = field(default_factory=lambda: defaultdict(list))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Name:
    """What the name of a figure says."""

    city: str
    insurer: int | None
    topic: str
    categories: frozenset[str]

    @classmethod
    def of(cls, name: str) -> _Name:
        """Read ``MDN groups: Cancer + Heart``, ``insurer 7 letters asked``, ``origin not stated``."""
        name = name.removesuffix(" median")
        whole, _colon, category = name.partition(": ")
        insurer = _INSURER.fullmatch(whole)
        first, _blank, rest = whole.partition(" ")
        is_city = insurer is None and first in _CODES
        return cls(
            city=first if is_city else "",
            insurer=int(insurer[1]) if insurer else None,
            topic=insurer[2] if insurer else (rest if is_city else whole),
            categories=frozenset(category.split(" + ")) if category else frozenset(),
        )

    @property
    def is_of_both(self) -> bool:
        """Whether it counts people of letters and claims alike."""
        return self.insurer is not None and self.topic.startswith(_BOTH_WORDS)

    @property
    def is_of_claims(self) -> bool:
        """Whether it counts claims."""
        return self.topic.startswith(_CLAIM_WORDS)

    @property
    def day(self) -> str:
        """Which day of a row its period is about."""
        topic = self.topic.removeprefix("claims ")
        for day, words in (("letter", _LETTER_WORDS), ("left", _LEFT_WORDS), ("bill", _BILL_WORDS)):
            if topic.startswith(words):
                return day
        return "opened"

    def is_about(self, row: _Row) -> bool:
        """Whether a row is of the city or the insurer."""
        if self.insurer is not None:
            return self.insurer in row.insurers
        return not self.city or row.city == self.city

    def is_of_kind(self, row: _Row) -> bool:
        """Whether a row is of the disease or place."""
        topic = self.topic.removeprefix("claims ")
        if not self.categories:
            return True
        if topic.startswith("places"):
            return row.place in self.categories
        return not topic.startswith(_GROUPED) or row.group in self.categories


Known = Mapping[int, Sequence[_Row]]
"""The rows of each person."""


def rows_behind(session: Session, figures: Sequence[Figure]) -> list[tuple[Source, ...]]:
    """For each figure the cases and claims behind it; a person without either stands there in person."""
    if not figures:
        return []
    who = persons(session)
    wanted = frozenset().union(*(one.who for one in figures))
    cases, claims = _cases(session, who, wanted), _claims(session, who, wanted)
    return [_behind(one, cases, claims) for one in figures]


def _behind(figure: Figure, cases: Known, claims: Known) -> tuple[Source, ...]:
    name = _Name.of(figure.key[0])
    start, end = (dt.date.fromisoformat(day) if day else None for day in figure.key[1:])
    first, second = (claims, cases) if name.is_of_claims else (cases, claims)
    found: dict[Source, None] = {}
    for person in sorted(figure.who):
        if name.is_of_both:
            rows = _closest(name, start, end, [*cases.get(person, ()), *claims.get(person, ())])
        else:
            rows = _closest(name, start, end, first.get(person, ())) or _closest(
                name, start, end, second.get(person, ())
            )
        for row in rows:
            found[row.source] = None
        if not rows:
            found["patient", person] = None
    return tuple(found)


def _closest(name: _Name, start: dt.date | None, end: dt.date | None, rows: Sequence[_Row]) -> Sequence[_Row]:
    """Those that fit the figure best; a wider choice only where a closer one is empty."""

    def lies_in(days: Iterable[dt.date]) -> bool:
        return start is None or end is None or start == end or any(start <= day <= end for day in days)

    def on_its_day(row: _Row) -> bool:
        return name.is_about(row) and lies_in(row.days[name.day])

    tests: tuple[Callable[[_Row], bool], ...] = (
        lambda row: on_its_day(row) and name.is_of_kind(row),
        on_its_day,
        lambda row: name.is_about(row) and lies_in(day for days in row.days.values() for day in days),
        name.is_about,
    )
    for test in tests:
        found = [row for row in rows if test(row)]
        if found:
            return found
    return rows


def _cases(session: Session, who: Mapping[int, int], wanted: frozenset[int]) -> Known:
    """The cases of these persons with the days on which something was asked for or billed."""
    places, found, by_key = Places(session), defaultdict(list), {}
    j = JourneyRow
    asked = sa.select(
        j.id, j.patient_id, j.origin_city, PatientRow.city, j.opened_on, j.discharged_at, j.diagnosis_code, j.diagnosis,
        j.is_restricted, j.hospital_id, j.destination_city, j.destination_country,
    ).join(PatientRow, PatientRow.id == j.patient_id)  # fmt: skip
    for key, patient, origin, home, opened, left, code, diagnosis, restricted, house, city, country in session.execute(
        asked.order_by(j.id)
    ):
        person = who.get(patient, patient)
        if person not in wanted:
            continue
        row = _Row(
            source=("journey", key), city=places.code(origin or home),
            group=group_of("F99", "") if restricted else group_of(code, diagnosis),
            place=places.destination(house, city, country),
        )  # fmt: skip
        row.days["opened"].append(opened)
        if left is not None:
            row.days["left"].append(day_of(session, left))
        by_key[key] = row
        found[person].append(row)
    _letters_into(session, by_key)
    bills = sa.select(BillRow.journey_id, BillRow.billed_on).where(BillRow.kind == BillKind.FINAL.value)
    for journey, on in session.execute(bills):
        if journey in by_key:
            by_key[journey].days["bill"].append(on)
    return found


def _letters_into(session: Session, by_key: Mapping[int, _Row]) -> None:
    """When letters were asked for, and under whose cover."""
    asked = (
        sa.select(GuaranteeRow.journey_id, GuaranteeRow.requested_at, PolicyRow.insurer_id)
        .outerjoin(CoverRow, CoverRow.id == GuaranteeRow.cover_id)
        .outerjoin(PolicyRow, PolicyRow.id == CoverRow.policy_id)
    )
    for journey, at, insurer in session.execute(asked):
        row = by_key.get(journey)
        if row is None:
            continue
        if at is not None:
            row.days["letter"].append(day_of(session, at))
        if insurer is not None:
            row.insurers.add(insurer)


def _claims(session: Session, who: Mapping[int, int], wanted: frozenset[int]) -> Known:
    """The claims of these persons; the day is that of admission where it is stated."""
    places, found = Places(session), defaultdict(list)
    c = ClaimRow
    asked = (
        sa.select(
            c.id, c.patient_id, c.origin_city, PatientRow.city, c.admitted_on, c.discharged_on, c.submitted_on,
            c.aged_from, c.diagnosis_code, c.diagnosis, c.hospital_id, c.insurer_id,
        )
        .join(PatientRow, PatientRow.id == c.patient_id)
        .where(c.voided_reason == "")
        .order_by(c.id)
    )  # fmt: skip
    for row in session.execute(asked):
        person = who.get(row[1], row[1])
        if person not in wanted:
            continue
        one = _Row(
            source=("claim", row[0]), city=places.code(row[2] or row[3]), group=group_of(row[8], row[9]),
            place=places.destination(row[10], "", ""),
        )  # fmt: skip
        one.days["opened"].append(row[4] or row[5] or row[6] or row[7])
        one.days["more"] += [day for day in (row[5], row[6], row[7]) if day is not None]
        if row[11] is not None:
            one.insurers.add(row[11])
        found[person].append(one)
    return found
