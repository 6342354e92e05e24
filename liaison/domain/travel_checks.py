"""What stands between a patient and the way there: passport, visit pass, arrival card, the airline's medical form.

Each finding is a sentence with its rule's source and day. Nothing here refuses; the guards of the journey do.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from liaison.domain.calendars import Calendar, plus_months
from liaison.domain.problems import Problem
from liaison.domain.travel import EscortDraft, MedifState, Oxygen, StayDraft, TravelLegDraft, TravelMode, wants_medif
from liaison.domain.travel_rules import FALLBACK_PASSPORT_MONTHS, AirlineRule, CountryRule, MedifNeed, TravelRules
from liaison.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Trip:
    """What is known of a journey's way, on one day."""

    today: dt.date
    country: str
    """Where the patient is treated; two letters."""
    passport_expires_on: dt.date | None = None
    leaves_on: dt.date | None = None
    returns_on: dt.date | None = None
    legs: tuple[TravelLegDraft, ...] = ()
    stays: tuple[StayDraft, ...] = ()
    escorts: tuple[EscortDraft, ...] = ()
    calendar: Calendar = field(default_factory=Calendar)


@dataclass(frozen=True, slots=True, kw_only=True)
class TravelFinding:
    """One thing that is in order, or is not. ``source`` and ``checked_on`` are those of the rule behind it."""

    problem: Problem
    is_good: bool = False
    source: str = ""
    checked_on: dt.date | None = None


def findings(trip: Trip, rules: TravelRules) -> list[TravelFinding]:
    """Everything a traveller should be told before leaving, worst first. At home nothing is asked."""
    if not trip.country or trip.country == "ID":
        return [*_legs(trip, rules)]
    rule = rules.country(trip.country)
    found = [*_passports(trip, rule), *_visit(trip, rule), *_legs(trip, rules), *_nights(trip)]
    order = {"error": 0, "warning": 1}
    return sorted(found, key=lambda one: (one.is_good, order[one.problem.severity]))


def _found(code: str, message: str, rule: CountryRule | AirlineRule | None = None, **values: object) -> TravelFinding:
    return _finding(Problem(code=code, message=message, values=values), rule)


def _look(code: str, message: str, rule: CountryRule | AirlineRule | None = None, **values: object) -> TravelFinding:
    return _finding(Problem(code=code, message=message, values=values, severity="warning"), rule)


def _good(code: str, message: str, rule: CountryRule | AirlineRule | None = None, **values: object) -> TravelFinding:
    problem = Problem(code=code, message=message, values=values, severity="warning")
    return TravelFinding(
        problem=problem, is_good=True, source=rule.source if rule else "", checked_on=rule.checked_on if rule else None
    )


def _finding(problem: Problem, rule: CountryRule | AirlineRule | None) -> TravelFinding:
    return TravelFinding(
        problem=problem, source=rule.source if rule else "", checked_on=rule.checked_on if rule else None
    )


# passports


def _passports(trip: Trip, rule: CountryRule | None) -> Iterable[TravelFinding]:
    months = rule.passport_months if rule else FALLBACK_PASSPORT_MONTHS
    back = trip.returns_on or trip.leaves_on or trip.today
    needed = plus_months(back, months)
    ends = trip.passport_expires_on
    if ends is None:
        yield _look("NO_PASSPORT", N_("Until when the passport is valid is not known yet."), rule)
    elif ends < needed:
        yield _found(
            "PASSPORT_SHORT",
            N_("The passport ends on {ends}; it must last to {needed}, {months} months after the return."),
            rule, ends=ends, needed=needed, months=months,
        )  # fmt: skip
    else:
        yield _good("PASSPORT_LASTS", N_("Passport valid until {ends}"), rule, ends=ends)
    for escort in trip.escorts:
        if escort.passport_expires_on is None:
            yield _look("ESCORT_PASSPORT", N_("The passport of a companion is not known yet."), rule)
        elif escort.passport_expires_on < needed:
            yield _found(
                "ESCORT_PASSPORT_SHORT", N_("A companion's passport ends on {ends}; it must last to {needed}."), rule,
                ends=escort.passport_expires_on, needed=needed,
            )  # fmt: skip


# the visit


def _visit(trip: Trip, rule: CountryRule | None) -> Iterable[TravelFinding]:
    if rule is None:
        yield _look("NO_RULE", N_("Nothing is on file about visits to this country. Ask its embassy."))
        return
    if rule.needs_visa:
        yield _look("VISA", N_("A visa is needed. Ask the visa centre."), rule)
    if trip.leaves_on is not None and trip.returns_on is not None:
        days = (trip.returns_on - trip.leaves_on).days + 1
        if days > rule.visit_days:
            yield _found(
                "STAY_LONG", N_("The stay of {days} days is longer than the {allowed} days of the visit pass."), rule,
                days=days, allowed=rule.visit_days,
            )  # fmt: skip
            if rule.extension_months:
                yield _look(
                    "EXTENSION", N_("The hospital can ask to extend the visit pass, {months} months at a time."), rule,
                    months=rule.extension_months,
                )  # fmt: skip
        elif not rule.needs_visa:
            yield _good("STAY_FITS", N_("Visit pass of {allowed} days is enough"), rule, allowed=rule.visit_days)
    if rule.arrival_card and trip.leaves_on is not None and trip.today <= trip.leaves_on:
        first = trip.leaves_on - dt.timedelta(days=rule.arrival_card_days)
        yield _look(
            "ARRIVAL_CARD", N_("Fill in the arrival card ({card}) between {first} and {last}."), rule,
            card=rule.arrival_card, first=first, last=trip.leaves_on,
        )  # fmt: skip


# the airline's medical form


def medif_needs(leg: TravelLegDraft) -> tuple[MedifNeed, ...]:
    """What on this leg an airline wants to know of early."""
    if leg.mode is not TravelMode.FLIGHT:
        return ()
    needs: list[MedifNeed] = []
    if leg.has_stretcher:
        needs.append(MedifNeed.STRETCHER)
    if leg.oxygen is not Oxygen.NONE:
        needs.append(MedifNeed.DEVICE)
    if not needs and leg.medif in (MedifState.NEEDED, MedifState.SENT):
        needs.append(MedifNeed.ANY)
    return tuple(needs)


def latest_day_to_send(departs_on: dt.date, rule: AirlineRule, calendar: Calendar) -> dt.date:
    """The last day on which the form may reach the airline: whole days before departure, worked ones where it says so.

    The day of departure itself does not count.
    """
    if not rule.working:
        return departs_on - dt.timedelta(days=rule.days)
    day, left = departs_on, rule.days
    while left:
        day -= dt.timedelta(days=1)
        left -= calendar.is_working(day)
    return day


def _legs(trip: Trip, rules: TravelRules) -> Iterable[TravelFinding]:
    from zoneinfo import ZoneInfo

    for leg in trip.legs:
        if leg.medif is MedifState.REFUSED:
            yield _found("MEDIF_REFUSED", N_("The airline refused to carry the patient. Ask the doctor and rebook."))
            continue
        if leg.medif is MedifState.CLEARED:
            yield _good("MEDIF_CLEARED", N_("The airline has cleared the medical form (MEDIF)"))
            continue
        departs_on = leg.departs_at.astimezone(ZoneInfo(leg.departs_zone or "Asia/Jakarta")).date()
        if departs_on < trip.today:
            continue
        yield from _medif(trip, leg, departs_on, rules)


def _medif(trip: Trip, leg: TravelLegDraft, departs_on: dt.date, rules: TravelRules) -> Iterable[TravelFinding]:
    needs = medif_needs(leg)
    ruled = [(need, rules.airline(leg.carrier, leg.number, need)) for need in needs]
    dated = [
        (latest_day_to_send(departs_on, rule, trip.calendar), need, rule) for need, rule in ruled if rule and rule.days
    ]
    if leg.medif is MedifState.SENT:
        yield _look("MEDIF_WAITS", N_("The airline has not cleared the MEDIF yet."))
    elif dated:
        latest, need, rule = min(dated, key=lambda one: one[0])
        values = {"latest": latest, "need": need, "days": rule.days}
        if trip.today > latest and rule.working:
            message = N_("Too late for this flight: for {need} the airline wants {days} working days, so by {latest}.")
        elif trip.today > latest:
            message = N_("Too late for this flight: for {need} the airline wants {days} days, so by {latest}.")
        else:
            yield _look("MEDIF_BY", N_("Send the medical form (MEDIF) by {latest}: {need}."), rule, **values)
            return
        yield _found("MEDIF_LATE", message, rule, **values)
    elif needs and (wants_medif(leg) or leg.medif is MedifState.NEEDED):
        yield _look("MEDIF_ASK", N_("Ask the airline by when it wants its medical form (MEDIF)."))
    if any(rule is not None and rule.wants_indemnity for _need, rule in ruled):
        yield _look("INDEMNITY", N_("This airline also wants a signed form of indemnity."))


# nights


def _nights(trip: Trip) -> Iterable[TravelFinding]:
    """Stays that overlap, so that two hotels are paid for one night."""
    ordered = sorted(trip.stays, key=lambda stay: stay.check_in)
    for one, other in pairwise(ordered):
        if other.check_in < one.check_out:
            yield _look("TWO_HOTELS", N_("Two hotels are booked for the night of {day}."), day=other.check_in)
