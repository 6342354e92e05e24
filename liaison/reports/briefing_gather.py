"""Turns rows into the exact figures of a city briefing: persons by time, group and place, waiting times, bills."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from liaison.domain.calendars import Calendar
from liaison.domain.codes import ReasonCode
from liaison.domain.errors import Refused
from liaison.domain.figures import Counted
from liaison.domain.guarantees import GuaranteeState, VersionKind
from liaison.domain.problems import Problem
from liaison.domain.regions import CITIES, OFFICE_CITIES, City, city_of
from liaison.i18n import N_
from liaison.reports import briefing_rows as rows
from liaison.reports.briefing_tally import Persons, Values, by_group, working_hours
from liaison.reports.briefing_view import (
    REASON_AFTER_NOON,
    REASON_DOCUMENT,
    REASON_NOT_STATED,
    REASON_OTHER,
    REASON_QUESTION,
    STATE_GROUPS,
    STATE_OPEN,
    STATE_PENDING,
    STATE_REJECTED,
    TARGET_HOURS,
    Basis,
    BriefingView,
    CityFigures,
    Clock,
    Pair,
    Promise,
    Request,
    Samples,
    Year,
    closed_year,
)
from liaison.reports.case_money import pair_requests
from liaison.reports.gathering import office_of, rate_on
from liaison.reports.one_look import once
from liaison.reports.roadshow_blocks import side_of
from liaison.reports.wording import local
from liaison.services.briefing_plans import briefing_plan
from liaison.services.changes import clock
from liaison.services.roadshow_views import last_held, promises_of

UNKNOWN_CITY = N_("There is no briefing for this city. Cities: {cities}.")

_G = GuaranteeState
_MOVES = (
    _G.TOPUP_REQUESTED,
    _G.TOPUP_ISSUED,
    _G.FINAL_REQUESTED,
    _G.FINAL_ISSUED,
    _G.WITHDRAWN,
    _G.CANCELLED,
    _G.CLOSED,
)
T = TypeVar("T", rows.FirstLetter, rows.LetterFact, rows.QueryFact)

NOON = 12
BACK_WITHIN = dt.timedelta(days=30)


def briefing_cities() -> tuple[City, ...]:
    """The cities of the round table, in the order of the office list."""
    by_code = {city.code: city for city in CITIES}
    return tuple(by_code[code] for code in OFFICE_CITIES)


def gather(session: Session, city: str) -> BriefingView:
    """Read the figures of a city and its two neighbours. An unknown city is refused with the list of known ones."""
    cities = briefing_cities()
    wanted = city_of(city)
    if wanted is None or wanted not in cities:
        names = ", ".join(sorted(one.name for one in cities))
        raise Refused([Problem(code="UNKNOWN_CITY", field="city", message=UNKNOWN_CITY, values={"cities": names})])
    office = office_of(session)
    now = clock(session)
    year = closed_year(local(now, office.zone).date())
    found = once(session, ("cities", year, office.zone), lambda: _all_cities(session, year, office.zone))
    figures, currency = found.figures, found.currency
    only_claims = found.only_claims.get(wanted.code, set())
    requests, promises, promised_on = _plans(session, wanted)
    return BriefingView(
        as_of=now,
        office=office,
        basis=found.basis,
        year=year,
        city=next(f for f in figures if f.city == wanted),
        cities=figures,
        currency=currency,
        rate=rate_on(session, currency, local(now, office.zone).date()) if currency and currency != "IDR" else None,
        left_out=Counted.of(found.left_out, "origin not stated", start=year.start, end=year.end),
        only_claims=Counted.of(only_claims, f"{wanted.code} known from lists", start=year.start, end=year.end),
        requests=requests,
        promises=promises,
        promised_on=promised_on,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """The figures of all cities; persons of no stated origin, and by city those whom only claim lists know."""

    basis: Basis
    currency: str
    figures: tuple[CityFigures, ...]
    left_out: set[int]
    only_claims: Mapping[str, set[int]]


def _all_cities(session: Session, year: Year, zone: str) -> _Found:
    cities = briefing_cities()
    who, places = rows.persons(session), rows.Places(session)
    all_journeys = rows.journeys(session, year, who, places)
    claimants = rows.claimants(session, year, who, places)
    codes = {one.code for one in cities}
    own_claims = [c for c in claimants if c.city in codes]
    if any(j.city in codes for j in all_journeys) or not own_claims:
        currency, figures = _from_journeys(session, year, cities, all_journeys, zone)
        known = {j.person for j in all_journeys}
        return _Found(
            basis=Basis.JOURNEYS,
            currency=currency,
            figures=figures,
            left_out={j.person for j in all_journeys if not j.city and year.month_of(j.opened_on) is not None},
            only_claims={
                code: {c.person for c in own_claims if c.city == code and _in(year, c.on)} - known for code in codes
            },
        )
    currency, figures = _from_claims(
        year, cities, [c for c in rows.claims(session, year, who, places) if c.city in codes]
    )
    persons = {c.person for c in claimants if not c.city and _in(year, c.on)}
    return _Found(basis=Basis.CLAIMS, currency=currency, figures=figures, left_out=persons, only_claims={})


def _in(year: Year, day: dt.date) -> bool:
    return year.start <= day <= year.end


def _plans(session: Session, city: City) -> tuple[tuple[Request, ...], tuple[Promise, ...], dt.date | None]:
    """Requests and promises that the office wrote down for this city, in its settings."""
    plan = briefing_plan(session, city.name)
    requests = tuple(Request(who=r.who, what=r.what, by=r.by) for r in plan.requests if r.by)
    promises = tuple(
        Promise(what=p.what, who=p.who, due=p.due, kept_on=p.kept_on, note=p.note) for p in plan.promises if p.due
    )
    if promises:
        return requests, promises, plan.promised_on
    return requests, *_of_roadshow(session, city)


def _of_roadshow(session: Session, city: City) -> tuple[tuple[Promise, ...], dt.date | None]:
    """What was promised at the city's last roadshow, for want of promises written for the briefing. Names no one."""
    last = last_held(session, city.name)
    if last is None:
        return (), None
    promises = tuple(
        Promise(what=p.what, who=side_of(p.house_kind, is_ours=p.officer_id is not None), due=p.due_on,
                kept_on=p.done_on, note="")
        for p in promises_of(session, [last.id])
        if p.due_on is not None
    )  # fmt: skip
    return promises, last.starts_on


# figures from journeys


def _from_journeys(
    session: Session, year: Year, cities: Sequence[City], facts: Sequence[rows.JourneyFact], zone: str
) -> tuple[str, tuple[CityFigures, ...]]:
    by_id = {fact.id: fact for fact in facts}
    since = dt.datetime.combine(year.before().start, dt.time(), tzinfo=ZoneInfo(zone))
    letters = _Letters(session, year, since, by_id, zone)
    bills = [bill for bill in rows.bills(session, year) if bill.journey in by_id]
    currency = _usual(bill.currency for bill in bills)
    figures = tuple(
        letters.into(
            _bills_into(
                _journeys_of(city, year, [f for f in facts if f.city == city.code], zone),
                year,
                [b for b in bills if by_id[b.journey].city == city.code],
                by_id,
                currency,
            )
        )
        for city in cities
    )
    return currency, figures


def _usual(currencies: Iterable[str]) -> str:
    """The currency that most bills are in; never two in one figure."""
    counts: dict[str, int] = defaultdict(int)
    for currency in currencies:
        counts[currency] += 1
    return max(sorted(counts), key=lambda c: counts[c], default="")


def _journeys_of(city: City, year: Year, facts: Sequence[rows.JourneyFact], zone: str) -> CityFigures:
    code = city.code
    opened, at_home, groups, places, out, back = (
        Persons(year, f"{code} {what}")
        for what in ("journeys", "answered at home", "groups", "places", "left a hospital", "came back")
    )
    stay, stays = Values(year, f"{code} days in hospital"), by_group(year, f"{code} days in hospital")
    for fact in facts:
        opened.add("", fact.person, fact.opened_on)
        groups.add(fact.group, fact.person, fact.opened_on)
        if fact.is_answered_at_home:
            at_home.add("", fact.person, fact.opened_on)
        elif fact.place:
            places.add(fact.place, fact.person, fact.opened_on)
        if fact.admitted_at and fact.discharged_at and fact.discharged_at >= fact.admitted_at:
            left = local(fact.discharged_at, zone).date()
            days = float((left - local(fact.admitted_at, zone).date()).days)
            stay.add(days, fact.person, left, fact.hospital)
            stays[fact.group].add(days, fact.person, left, fact.hospital)
            out.add("", fact.person, left)
    for person, day in _came_back(facts, zone):
        back.add("", person, day)
    return CityFigures(
        city=city,
        people=opened.total(),
        opened=opened.times(),
        at_home=at_home.total(),
        at_home_by_half=at_home.times(),
        groups=groups.pairs(),
        places=places.pairs(),
        stay=stay.samples(),
        stays={group: values.samples() for group, values in sorted(stays.items())},
        came_back=back.total(),
        discharged=out.total(),
    )


def _came_back(facts: Sequence[rows.JourneyFact], zone: str) -> list[tuple[int, dt.date]]:
    """Persons admitted again within thirty days of leaving a hospital, with the day they had left."""
    by_person: dict[int, list[rows.JourneyFact]] = defaultdict(list)
    for fact in facts:
        if fact.admitted_at:
            by_person[fact.person].append(fact)
    result = []
    for person, stays in by_person.items():
        for first in stays:
            for second in stays:
                if first is second or not first.discharged_at or not second.admitted_at:
                    continue
                if dt.timedelta() <= second.admitted_at - first.discharged_at <= BACK_WITHIN:
                    result.append((person, local(first.discharged_at, zone).date()))
    return result


def _bills_into(
    figures: CityFigures,
    year: Year,
    bills: Sequence[rows.BillFact],
    by_id: Mapping[int, rows.JourneyFact],
    currency: str,
) -> CityFigures:
    code = figures.city.code
    values = Values(year, f"{code} final bills {currency}")
    groups = by_group(year, f"{code} final bills {currency}")
    estimated, above = Persons(year, f"{code} estimated"), Persons(year, f"{code} above the estimate")
    for bill in bills:
        fact = by_id[bill.journey]
        if bill.currency == currency:
            values.add(bill.minor / 100, fact.person, bill.on, bill.hospital)
            groups[fact.group].add(bill.minor / 100, fact.person, bill.on, bill.hospital)
        if bill.estimate_minor is not None:
            estimated.add("", fact.person, bill.on)
            if bill.minor > bill.estimate_minor:
                above.add("", fact.person, bill.on)
    return replace(
        figures,
        bills=values.samples(),
        bills_by_quarter=values.quarters(),
        bills_by_group={group: one.samples() for group, one in sorted(groups.items())},
        estimated=estimated.total(),
        above_estimate=above.total(),
    )


class _Letters:
    """Waiting times of all letters, read once and shared out to the cities."""

    def __init__(
        self, session: Session, year: Year, since: dt.datetime, by_id: Mapping[int, rows.JourneyFact], zone: str
    ) -> None:
        self._year, self._by_id, self._zone = year, by_id, zone
        self._hours = working_hours(Calendar(country="ID", zone=zone, with_holidays=True))
        self._first = self._by_city(rows.first_letters(session, since))
        self._moves = self._by_city(rows.letter_moves(session, since, _MOVES))
        self._queries = self._by_city(rows.queries(session, since))
        self._asked: dict[int, list[rows.QueryFact]] = defaultdict(list)
        for queries in self._queries.values():
            for query in queries:
                self._asked[query.guarantee].append(query)

    def _by_city(self, facts: Iterable[T]) -> dict[str, list[T]]:
        """Shared out by the city that the journey began in, in their order; those of other journeys are left out."""
        found: dict[str, list[T]] = defaultdict(list)
        for fact in facts:
            journey = self._by_id.get(fact.journey)
            if journey is not None:
                found[journey.city].append(fact)
        return found

    def into(self, figures: CityFigures) -> CityFigures:
        """The figures of a city with its waiting times."""
        city = figures.city
        first, before_noon, after_noon = (
            Values(self._year, f"{city.code} {what}")
            for what in ("first letters", "asked before noon", "asked after noon")
        )
        late, reasons, people = (
            Persons(self._year, f"{city.code} {what}") for what in ("late letters", "late reasons", "with letter")
        )
        zone = ZoneInfo(self._zone)
        for letter in self._first[city.code]:
            fact = self._by_id[letter.journey]
            asked = letter.asked_at.astimezone(zone)
            hours = self._waited(letter.guarantee, letter.asked_at, letter.issued_at)
            first.add(hours, fact.person, asked.date())
            people.add("", fact.person, asked.date())
            (before_noon if asked.hour < NOON else after_noon).add(hours, fact.person, asked.date())
            if hours > TARGET_HOURS[Clock.FIRST_LETTER]:
                late.add("", fact.person, asked.date())
                reasons.add(self._reason(letter, after_noon=asked.hour >= NOON), fact.person, asked.date())
        clocks = {Clock.FIRST_LETTER: first.samples(), **self._later_clocks(city)}
        return replace(
            figures,
            clocks=clocks,
            first_letters=first.quarters(),
            late=late.total(),
            late_reasons=reasons.pairs(),
            before_noon=before_noon.samples()[0],
            after_noon=after_noon.samples()[0],
            with_letter=people.total(),
            withdrawn=self._withdrawn(city),
        )

    def _waited(self, guarantee: int, start: dt.datetime, end: dt.datetime) -> float:
        """Working hours, without the time in which the insurer waited for an answer."""
        hours = self._hours(start, end)
        for query in self._asked[guarantee]:
            pause_end = min(query.answered_at or end, end)
            if query.asked_at < end and pause_end > max(query.asked_at, start):
                hours -= self._hours(max(query.asked_at, start), pause_end)
        return max(hours, 0.0)

    def _reason(self, letter: rows.FirstLetter, *, after_noon: bool) -> str:
        asked = [q for q in self._asked[letter.guarantee] if letter.asked_at <= q.asked_at <= letter.issued_at]
        if any(query.is_about_document for query in asked):
            return REASON_DOCUMENT
        if asked:
            return REASON_QUESTION
        return REASON_AFTER_NOON if after_noon else REASON_OTHER

    def _later_clocks(self, city: City) -> dict[Clock, Samples]:
        later = (Clock.TOP_UP, Clock.FINAL_LETTER, Clock.OUR_ANSWER)
        values = {clock: Values(self._year, f"{city.code} {clock.value}") for clock in later}
        kinds = {VersionKind.TOPUP: Clock.TOP_UP, VersionKind.FINAL: Clock.FINAL_LETTER}
        moves: dict[int, list[rows.LetterFact]] = defaultdict(list)
        for move in self._moves[city.code]:
            moves[move.guarantee].append(move)
        for guarantee, own in moves.items():
            fact = self._by_id[own[0].journey]
            for request in pair_requests([(m.at, m.state) for m in own], ()):
                if request.answered_at is not None and request.kind in kinds:
                    hours = self._waited(guarantee, request.asked_at, request.answered_at)
                    values[kinds[request.kind]].add(hours, fact.person, local(request.asked_at, self._zone).date())
        for query in self._queries[city.code]:
            if query.answered_at is not None:
                fact = self._by_id[query.journey]
                hours = self._hours(query.asked_at, query.answered_at)
                values[Clock.OUR_ANSWER].add(hours, fact.person, local(query.asked_at, self._zone).date())
        return {clock: one.samples() for clock, one in values.items()}

    def _withdrawn(self, city: City) -> Pair:
        persons = Persons(self._year, f"{city.code} withdrawn letters")
        for move in self._moves[city.code]:
            if move.state is GuaranteeState.WITHDRAWN:
                fact = self._by_id[move.journey]
                persons.add("", fact.person, local(move.at, self._zone).date())
        return persons.total()


# figures from claims


def _from_claims(
    year: Year, cities: Sequence[City], claims: Sequence[rows.ClaimFact]
) -> tuple[str, tuple[CityFigures, ...]]:
    currency = _usual(claim.currency for claim in claims)
    return currency, tuple(
        _claims_of(city, year, [c for c in claims if c.city == city.code], currency) for city in cities
    )


def _claims_of(city: City, year: Year, claims: Sequence[rows.ClaimFact], currency: str) -> CityFigures:
    code = f"{city.code} claims"
    opened, groups, places, states, reasons = (
        Persons(year, f"{code} {what}") for what in ("people", "groups", "places", "states", "reasons")
    )
    stay, bills = Values(year, f"{code} days"), Values(year, f"{code} billed {currency}")
    stays, billed, by_currency = (
        by_group(year, f"{code} {what}") for what in ("days", f"billed {currency}", "billed by currency")
    )
    labels = {code.value: code.label for code in ReasonCode} | {ReasonCode.R99.value: REASON_NOT_STATED}
    for claim in claims:
        opened.add("", claim.person, claim.on)
        groups.add(claim.group, claim.person, claim.on)
        if claim.place:
            places.add(claim.place, claim.person, claim.on)
        states.add(STATE_GROUPS.get(claim.state, STATE_OPEN), claim.person, claim.on)
        if claim.state == "K11":
            reasons.add(labels.get(claim.reason, REASON_NOT_STATED), claim.person, claim.on)
        if claim.stay_days is not None:
            stay.add(float(claim.stay_days), claim.person, claim.on, claim.hospital)
            stays[claim.group].add(float(claim.stay_days), claim.person, claim.on, claim.hospital)
        by_currency[claim.currency].add(claim.billed_minor / 100, claim.person, claim.on, claim.hospital)
        if claim.currency == currency:
            bills.add(claim.billed_minor / 100, claim.person, claim.on, claim.hospital)
            billed[claim.group].add(claim.billed_minor / 100, claim.person, claim.on, claim.hospital)
    return CityFigures(
        city=city,
        people=opened.total(),
        opened=opened.times(),
        groups=groups.pairs(),
        places=places.pairs(),
        stay=stay.samples(),
        stays={group: values.samples() for group, values in sorted(stays.items())},
        bills=bills.samples(),
        bills_by_quarter=bills.quarters(),
        bills_by_group={group: values.samples() for group, values in sorted(billed.items())},
        bills_by_currency={code: values.samples()[0] for code, values in sorted(by_currency.items())},
        states=states.pairs(),
        rejections=reasons.pairs(),
        rejected=states.pair(STATE_REJECTED),
        pending=states.pair(STATE_PENDING),
    )
