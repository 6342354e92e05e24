"""The way there and back: legs, nights, who goes along, and what the airline must have cleared.

Sources: ``domain`` 1.2 (steps 11, 18), 1.3 B (stretcher, devices), 2.1 (TravelLeg, Stay, Escort).
"""

from __future__ import annotations

import datetime as dt

from liaison.domain.calendars import known_zones
from liaison.domain.coded import Coded
from liaison.domain.fields import check_order, check_required, draft, field, problem, warning
from liaison.domain.identifiers import check_phone
from liaison.domain.money import Money
from liaison.domain.policies import check_positive
from liaison.domain.privacy import OUTSIDE_BUT_PUBLIC, Audience
from liaison.domain.problems import Problem
from liaison.i18n import N_

_CASE = OUTSIDE_BUT_PUBLIC
_FAMILY_HOSPITAL = frozenset({Audience.FAMILY, Audience.HOSPITAL})
_FAMILY = frozenset({Audience.FAMILY})


class TravelMode(Coded):
    """By what."""

    FLIGHT = "FLIGHT", N_("flight")
    FERRY = "FERRY", N_("ferry")
    ROAD = "ROAD", N_("by road")
    AIR_AMBULANCE = "AIR_AMBULANCE", N_("air ambulance")


class Wheelchair(Coded):
    """How much help the airline gives. Source: ``domain`` 2.1 (the airlines' own codes)."""

    NONE = "NONE", N_("no wheelchair")
    WCHR = "WCHR", N_("wheelchair to the gate (WCHR)")
    WCHS = "WCHS", N_("wheelchair, cannot climb stairs (WCHS)")
    WCHC = "WCHC", N_("wheelchair to the seat (WCHC)")


class Oxygen(Coded):
    """Oxygen on the way."""

    NONE = "NONE", N_("no oxygen")
    AIRLINE = "AIRLINE", N_("oxygen from the airline")
    OWN = "OWN", N_("own oxygen device")


class MedifState(Coded):
    """How far the airline's medical form (MEDIF) is."""

    NOT_DECIDED = "NOT_DECIDED", N_("not decided yet")
    NOT_NEEDED = "NOT_NEEDED", N_("not needed")
    NEEDED = "NEEDED", N_("needed, not sent")
    SENT = "SENT", N_("sent to the airline")
    CLEARED = "CLEARED", N_("cleared by the airline")
    REFUSED = "REFUSED", N_("refused by the airline")


class EscortKind(Coded):
    """Who goes along."""

    COMPANION = "COMPANION", N_("companion")
    NURSE = "NURSE", N_("nurse")
    DOCTOR = "DOCTOR", N_("doctor as escort")


@draft
class TravelLegDraft:
    """One leg of the way; each end stands on its own clock."""

    journey_id: int = field(N_("Case"), required=True)
    mode: TravelMode = field(N_("By"), audience=_CASE, default=TravelMode.FLIGHT)
    carrier: str = field(N_("Airline or company"), audience=_CASE, default="")
    number: str = field(N_("Flight or trip number"), audience=_CASE, default="")
    from_place: str = field(N_("From"), required=True, audience=_CASE)
    departs_zone: str = field(N_("Time zone there"), audience=_CASE, default="")
    departs_at: dt.datetime = field(N_("Departs"), required=True, audience=_CASE)
    to_place: str = field(N_("To"), required=True, audience=_CASE)
    arrives_zone: str = field(N_("Time zone on arrival"), audience=_CASE, default="")
    arrives_at: dt.datetime | None = field(N_("Arrives"), audience=_CASE, default=None)
    booking_ref: str = field(N_("Booking code"), audience=_FAMILY, default="")
    seat: str = field(N_("Seat"), audience=_FAMILY, default="")
    pick_up: str = field(
        N_("Pick-up"), help=N_("Who waits where: gate, name board, telephone."), audience=_FAMILY_HOSPITAL, default=""
    )
    wheelchair: Wheelchair = field(
        N_("Wheelchair"), help=N_("The airline's own codes, as they stand on the booking."), audience=_CASE,
        default=Wheelchair.NONE,
    )  # fmt: skip
    oxygen: Oxygen = field(
        N_("Oxygen"), help=N_("The airline wants to know days ahead, also of an own device."), audience=_CASE,
        default=Oxygen.NONE,
    )  # fmt: skip
    has_stretcher: bool = field(N_("Lying on a stretcher"), audience=_CASE, default=False)
    medif: MedifState = field(
        N_("Airline's medical form (MEDIF)"),
        help=N_("The form a doctor fills in so that the airline takes somebody who is ill."),
        audience=_CASE,
        default=MedifState.NOT_DECIDED,
    )
    medif_on: dt.date | None = field(N_("MEDIF as of"), audience=_CASE, default=None)
    note: str = field(N_("Note"), default="")


@draft
class StayDraft:
    """Nights outside hospital."""

    journey_id: int = field(N_("Case"), required=True)
    hotel: str = field(N_("Hotel"), required=True, audience=_CASE)
    address: str = field(N_("Address"), audience=_FAMILY_HOSPITAL, default="")
    phone: str = field(N_("Telephone"), audience=_FAMILY_HOSPITAL, default="")
    check_in: dt.date = field(N_("From"), required=True, audience=_CASE)
    check_out: dt.date = field(N_("Until"), required=True, audience=_CASE)
    rate: Money | None = field(N_("Price per night"), audience=_FAMILY, default=None)
    distance_m: int | None = field(N_("Way to the hospital"), unit=N_("metres"), audience=_FAMILY, default=None)
    booking_ref: str = field(N_("Booking code"), audience=_FAMILY, default="")
    note: str = field(N_("Note"), default="")

    @property
    def nights(self) -> int:
        """How many nights."""
        return (self.check_out - self.check_in).days


@draft
class EscortDraft:
    """Somebody who travels with the patient."""

    journey_id: int = field(N_("Case"), required=True)
    kind: EscortKind = field(N_("Who goes along"), audience=_CASE, default=EscortKind.COMPANION)
    name: str = field(N_("Name as on the passport"), required=True, audience=_FAMILY_HOSPITAL)
    phone: str = field(N_("Telephone"), audience=_FAMILY_HOSPITAL, default="")
    passport: str = field(N_("Passport number"), audience=_FAMILY, default="")
    passport_expires_on: dt.date | None = field(N_("Passport valid until"), audience=_FAMILY, default=None)
    cost: Money | None = field(N_("Cost"), audience=_FAMILY, default=None)
    note: str = field(N_("Note"), default="")


# checks

LONGEST_LEG = dt.timedelta(hours=48)
"""A leg that takes longer has a date mistyped."""


def check_leg(leg: TravelLegDraft) -> list[Problem]:
    """Everything wrong or odd about one leg."""
    found = check_required(leg)
    for name in ("departs", "arrives"):
        if getattr(leg, f"{name}_at") is not None and getattr(leg, f"{name}_zone") not in known_zones():
            found.append(problem("ZONE", N_("Choose on which clock this hour stands."), f"{name}_zone"))
    if leg.arrives_at is not None and leg.arrives_at <= leg.departs_at:
        found.append(
            problem(
                "ARRIVES_BEFORE", N_("It arrives before it departs. Check the dates and both clocks."), "arrives_at"
            )
        )
    elif leg.arrives_at is not None and leg.arrives_at - leg.departs_at > LONGEST_LEG:
        found.append(warning("LONG_LEG", N_("This leg takes more than two days. Check the dates."), "arrives_at"))
    if leg.mode is TravelMode.FLIGHT and leg.medif is MedifState.NOT_NEEDED and wants_medif(leg):
        found.append(
            problem(
                "MEDIF_WANTED", N_("A stretcher or oxygen on board always needs the airline's medical form."), "medif"
            )
        )
    return found


def wants_medif(leg: TravelLegDraft) -> bool:
    """Whether an airline asks for its medical form, whatever the doctor says. Source: ``domain`` 1.3 B."""
    return leg.mode is TravelMode.FLIGHT and (leg.has_stretcher or leg.oxygen is not Oxygen.NONE)


def check_stay(stay: StayDraft) -> list[Problem]:
    """Everything wrong with a stay."""
    found = check_required(stay) + check_order(stay, "check_in", "check_out") + check_phone(stay.phone, "MY")
    if stay.check_in == stay.check_out:
        found.append(problem("NO_NIGHT", N_("A stay has at least one night."), "check_out"))
    if stay.rate is not None:
        found += check_positive(stay.rate, "rate")
    if stay.distance_m is not None and stay.distance_m < 0:
        found.append(problem("NOT_POSITIVE", N_("This number must be more than zero."), "distance_m"))
    return found


def check_escort(escort: EscortDraft) -> list[Problem]:
    """Everything wrong or odd about somebody who goes along."""
    found = check_required(escort) + check_phone(escort.phone, "ID")
    if escort.cost is not None:
        found += check_positive(escort.cost, "cost")
    return found
