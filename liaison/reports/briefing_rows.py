"""Reads the rows behind a city briefing: journeys, letters, bills and claims of two years, one question each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.guarantees import GuaranteeState
from liaison.domain.journeys import JourneyState
from liaison.domain.payments import BillKind
from liaison.domain.regions import city_of
from liaison.reports.briefing_view import Year
from liaison.reports.disease_groups import group_of
from liaison.reports.one_look import once
from liaison.store.models import (
    BillRow,
    ClaimRow,
    EstimateRow,
    GuaranteeEventRow,
    GuaranteeQueryRow,
    GuaranteeRow,
    JourneyRow,
    OrganizationRow,
    PatientRow,
)

AT_A_TIME = 5_000
"""Rows held beside the facts made of them, so that memory grows with the facts alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyFact:
    """One journey, as far as figures need it. ``person`` is one for everybody who is the same person."""

    id: int
    person: int
    city: str
    opened_on: dt.date
    is_answered_at_home: bool
    group: str
    place: str
    hospital: int | None
    admitted_at: dt.datetime | None
    discharged_at: dt.datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFact:
    """A request to an insurer with its answer."""

    guarantee: int
    journey: int
    state: GuaranteeState
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstLetter:
    """The first letter of a case: asked and issued."""

    guarantee: int
    journey: int
    asked_at: dt.datetime
    issued_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryFact:
    """A question of an insurer about a letter."""

    guarantee: int
    journey: int
    asked_at: dt.datetime
    answered_at: dt.datetime | None
    is_about_document: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BillFact:
    """A final bill, with the estimate's upper end where one is in the same currency."""

    journey: int
    hospital: int | None
    on: dt.date
    currency: str
    minor: int
    estimate_minor: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFact:
    """One claim of a list or of a case, as far as figures need it."""

    person: int
    city: str
    on: dt.date
    stay_days: int | None
    group: str
    place: str
    hospital: int | None
    currency: str
    billed_minor: int
    state: str
    reason: str
    has_journey: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimant:
    """Whose claim it is, from where, and on which day."""

    person: int
    city: str
    on: dt.date


# people and places


def persons(session: Session) -> dict[int, int]:
    """From each patient to the one person it is: merged ones follow their merge, provisional ones meet by spelling.

    A provisional patient was made by a list from a name alone; across lists the same name is a suggestion only, but
    counts as one person wherever persons are counted. Source: ``decisions``, Bringing claim lists in.
    """
    return once(session, "persons", lambda: _persons(session))


def _persons(session: Session) -> dict[int, int]:
    merged: dict[int, int] = {}
    by_name: dict[str, int] = {}
    provisional: list[tuple[int, str]] = []
    rows = session.execute(
        sa.select(PatientRow.id, PatientRow.merged_into_id, PatientRow.similar_key, PatientRow.is_provisional).order_by(
            PatientRow.is_provisional, PatientRow.id
        )
    )
    for key, into, name, is_provisional in rows:
        if into is not None:
            merged[key] = into
        elif is_provisional and name:
            provisional.append((key, name))
        elif name:
            by_name.setdefault(name, key)
    for key, name in provisional:
        first = by_name.setdefault(name, key)
        if first != key:
            merged[key] = first
    return {key: _root(key, merged) for key in merged}


def _root(key: int, merged: Mapping[int, int]) -> int:
    seen = {key}
    while key in merged and merged[key] not in seen:
        key = merged[key]
        seen.add(key)
    return key


class Places:
    """City codes of typed names, and the city of each hospital; each text is looked up once."""

    def __init__(self, session: Session) -> None:
        self._codes: dict[str, str] = {"": ""}
        self._names: dict[str, str] = {"": ""}
        rows = session.execute(sa.select(OrganizationRow.id, OrganizationRow.city, OrganizationRow.country))
        self._houses = {key: (city, country) for key, city, country in rows}

    def code(self, text: str) -> str:
        """The code of a city, or the text itself where the list does not know it."""
        if text not in self._codes:
            known = city_of(text)
            self._codes[text] = known.code if known else text
        return self._codes[text]

    def destination(self, hospital: int | None, city: str, country: str) -> str:
        """Where somebody was treated: the hospital's city, else the journey's, else the country; empty if unknown."""
        house_city, house_country = self._houses.get(hospital, ("", "")) if hospital else ("", "")
        name = house_city or city
        if name not in self._names:
            known = city_of(name)
            self._names[name] = known.name if known else name
        return self._names[name] or house_country or country


# journeys


def journeys(session: Session, year: Year, who: Mapping[int, int], places: Places) -> list[JourneyFact]:
    """Journeys opened within the year or the one before."""
    columns = (
        JourneyRow.id, JourneyRow.patient_id, JourneyRow.origin_city, JourneyRow.opened_on, JourneyRow.state,
        JourneyRow.was_answered, JourneyRow.is_retained_domestic, JourneyRow.diagnosis_code, JourneyRow.diagnosis,
        JourneyRow.is_restricted, JourneyRow.hospital_id, JourneyRow.destination_city, JourneyRow.destination_country,
        JourneyRow.admitted_at, JourneyRow.discharged_at, PatientRow.city,
    )  # fmt: skip
    rows = session.execute(
        sa.select(*columns)
        .join(PatientRow, PatientRow.id == JourneyRow.patient_id)
        .where(JourneyRow.opened_on.between(year.before().start, year.end))
        .execution_options(yield_per=AT_A_TIME)
    )
    return [
        JourneyFact(
            id=row[0],
            person=who.get(row[1], row[1]),
            city=places.code(row[2] or row[15]),
            opened_on=row[3],
            is_answered_at_home=bool(row[5] or row[6] or row[4] is JourneyState.REDIRECTED_DOMESTIC),
            group=group_of("F99", "") if row[9] else group_of(row[7], row[8]),
            place=places.destination(row[10], row[11], row[12]),
            hospital=row[10],
            admitted_at=row[13],
            discharged_at=row[14],
        )
        for row in rows
    ]


def first_letters(session: Session, since: dt.datetime) -> list[FirstLetter]:
    """First letters asked for since a moment and issued."""
    rows = session.execute(
        sa.select(
            GuaranteeRow.id, GuaranteeRow.journey_id, GuaranteeRow.requested_at, GuaranteeRow.first_issued_at
        ).where(GuaranteeRow.requested_at >= since, GuaranteeRow.first_issued_at.is_not(None))
    )
    return [
        FirstLetter(guarantee=key, journey=journey, asked_at=asked, issued_at=issued)
        for key, journey, asked, issued in rows
        if asked is not None and issued is not None and issued >= asked
    ]


def letter_moves(session: Session, since: dt.datetime, states: Sequence[GuaranteeState]) -> list[LetterFact]:
    """Moves of letters into some states since a moment, oldest first."""
    rows = session.execute(
        sa.select(
            GuaranteeEventRow.guarantee_id, GuaranteeRow.journey_id, GuaranteeEventRow.to_state, GuaranteeEventRow.at
        )
        .join(GuaranteeRow, GuaranteeRow.id == GuaranteeEventRow.guarantee_id)
        .where(GuaranteeEventRow.at >= since, GuaranteeEventRow.to_state.in_([s.value for s in states]))
        .order_by(GuaranteeEventRow.at, GuaranteeEventRow.id)
    )
    return [LetterFact(guarantee=key, journey=journey, state=state, at=at) for key, journey, state, at in rows]


_DOCUMENT_WORDS = (
    "dokumen",
    "document",
    "laporan",
    "report",
    "hasil",
    "result",
    "surat",
    "letter",
    "resume",
    "kuitansi",
)


def queries(session: Session, since: dt.datetime) -> list[QueryFact]:
    """Questions of insurers about letters since a moment. Of their words only whether a document is meant is kept."""
    rows = session.execute(
        sa.select(
            GuaranteeQueryRow.guarantee_id,
            GuaranteeRow.journey_id,
            GuaranteeQueryRow.asked_at,
            GuaranteeQueryRow.answered_at,
            GuaranteeQueryRow.question,
        )
        .join(GuaranteeRow, GuaranteeRow.id == GuaranteeQueryRow.guarantee_id)
        .where(GuaranteeQueryRow.asked_at >= since)
    )
    return [
        QueryFact(
            guarantee=key,
            journey=journey,
            asked_at=asked,
            answered_at=answered,
            is_about_document=any(word in question.casefold() for word in _DOCUMENT_WORDS),
        )
        for key, journey, asked, answered, question in rows
    ]


def bills(session: Session, year: Year) -> list[BillFact]:
    """Final bills of the year and the one before."""
    estimates: dict[tuple[int, str], int] = {}
    for journey, currency, high in session.execute(
        sa.select(EstimateRow.journey_id, EstimateRow.currency, EstimateRow.high_minor).order_by(
            EstimateRow.stated_on, EstimateRow.id
        )
    ):
        estimates[journey, currency] = high
    rows = session.execute(
        sa.select(
            BillRow.journey_id,
            BillRow.hospital_id,
            BillRow.billed_on,
            BillRow.currency,
            BillRow.amount_minor,
            JourneyRow.hospital_id,
        )
        .join(JourneyRow, JourneyRow.id == BillRow.journey_id)
        .where(BillRow.kind == BillKind.FINAL.value, BillRow.billed_on.between(year.before().start, year.end))
    )
    return [
        BillFact(
            journey=journey,
            hospital=hospital or own,
            on=on,
            currency=currency,
            minor=minor,
            estimate_minor=estimates.get((journey, currency)),
        )
        for journey, hospital, on, currency, minor, own in rows
    ]


# claims


_DAY = sa.func.coalesce(ClaimRow.admitted_on, ClaimRow.discharged_on, ClaimRow.submitted_on, ClaimRow.aged_from)


def _of_years(year: Year) -> tuple[sa.ColumnElement[bool], ...]:
    return ClaimRow.voided_reason == "", _DAY.between(year.before().start, year.end)


def claimants(session: Session, year: Year, who: Mapping[int, int], places: Places) -> list[Claimant]:
    """Of the claims that :func:`claims` reads only whose they are: all that is needed beside figures of journeys."""
    rows = session.execute(
        sa.select(ClaimRow.patient_id, ClaimRow.origin_city, PatientRow.city, _DAY)
        .join(PatientRow, PatientRow.id == ClaimRow.patient_id)
        .where(*_of_years(year))
    )
    return [
        Claimant(person=who.get(patient, patient), city=places.code(city or home), on=on)
        for patient, city, home, on in rows
    ]


def claims(session: Session, year: Year, who: Mapping[int, int], places: Places) -> list[ClaimFact]:
    """Claims of treatments within the year or the one before; the day is that of admission where it is stated."""
    columns = (
        ClaimRow.patient_id, ClaimRow.origin_city, ClaimRow.admitted_on, ClaimRow.discharged_on, ClaimRow.submitted_on,
        ClaimRow.aged_from, ClaimRow.diagnosis_code, ClaimRow.diagnosis, ClaimRow.hospital_id, ClaimRow.currency,
        ClaimRow.billed_minor, ClaimRow.state, ClaimRow.reason, ClaimRow.journey_id, PatientRow.city,
    )  # fmt: skip
    rows = session.execute(
        sa.select(*columns)
        .join(PatientRow, PatientRow.id == ClaimRow.patient_id)
        .where(*_of_years(year))
        .execution_options(yield_per=AT_A_TIME)
    )
    return [
        ClaimFact(
            person=who.get(row[0], row[0]),
            city=places.code(row[1] or row[14]),
            on=row[2] or row[3] or row[4] or row[5],
            stay_days=(row[3] - row[2]).days if row[2] and row[3] and row[3] >= row[2] else None,
            group=group_of(row[6], row[7]),
            place=places.destination(row[8], "", ""),
            hospital=row[8],
            currency=row[9],
            billed_minor=row[10],
            state=row[11].value,
            reason=row[12].value if row[12] else "",
            has_journey=row[13] is not None,
        )
        for row in rows
    ]
