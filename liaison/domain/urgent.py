"""An urgent call: danger signs in plain words, what is said at once, and which hospital comes first.

A danger sign means: call the ambulance first. The hospital offered first is the nearest in the country where the
patient is; one abroad only where there is no danger sign, or a doctor has called the patient stable. Source:
``domain`` 4, call centre, urgent (the idea of Medan's urgent-case call centre).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from liaison.domain.coded import Coded
from liaison.domain.coordinates import kilometres
from liaison.domain.fields import check_required, draft, field, problem
from liaison.domain.identifiers import check_phone
from liaison.domain.names import fold
from liaison.domain.privacy import Audience
from liaison.domain.problems import Problem
from liaison.domain.regions import city_of, province_of
from liaison.i18n import N_

FOLLOW_UP_MINUTES = 15
"""So soon somebody calls again. Source: ``domain`` 4, call centre, urgent."""

HOME = "ID"
MOST_OFFERED = 6
"""Hospitals offered at once: a longer list is not read in an emergency."""

EMERGENCY_NUMBERS: Mapping[str, tuple[str, ...]] = {
    "ID": ("119", "112"), "MY": ("999",), "SG": ("995",), "CN": ("120",), "KH": ("119",), "TH": ("1669",),
}  # fmt: skip
"""Public ambulance numbers by country. Indonesia: 119 of the Public Safety Centres (Permenkes 19/2016), 112 in cities
that have joined; elsewhere as their health ministries publish them."""


class RedFlag(Coded):
    """A danger sign as a caller would say it."""

    CHEST_PAIN = "CHEST_PAIN", N_("Chest pain or pressure, spreading to arm or jaw, cold sweat")
    STROKE = "STROKE", N_("Face droops, arm or leg weak, speech slurred, all of a sudden")
    BREATHING = "BREATHING", N_("Hard to breathe, blue lips, cannot finish a sentence")
    UNCONSCIOUS = "UNCONSCIOUS", N_("Does not wake, faints, or has a fit")
    BLEEDING = "BLEEDING", N_("Heavy bleeding that does not stop, or vomits blood")
    INJURY = "INJURY", N_("Bad accident, fall or burn")
    PREGNANCY = "PREGNANCY", N_("Pregnant: bleeding, fit, bad headache, or no movement")
    INFANT_FEVER = "INFANT_FEVER", N_("Baby under 3 months with fever of 38 °C, or does not drink")
    ALLERGY = "ALLERGY", N_("Swollen face or throat after food, medicine or a sting")
    POISON = "POISON", N_("Swallowed poison, too much medicine, or a snake bite")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """What is known of a danger sign. ``key`` ticks it; ``advice`` is marked and said to the caller."""

    flag: RedFlag
    key: str
    advice: str
    specialties: tuple[str, ...]
    """Folded beginnings of the specialties that suit it, in the languages that lists are kept in."""
    source: str


_BEC = "WHO/ICRC, Basic Emergency Care (2018)"
_HEART = ("jantung", "kardio", "cardi", "heart")
_BRAIN = ("saraf", "neuro", "stroke", "brain")
_SURGERY = ("bedah", "surg", "trauma", "ortop", "orthop")
_INNER = ("penyakit dalam", "internal", "interna")
_STILL = N_("Let the patient sit and keep still. Nothing to eat or drink.")

SIGNS: tuple[Sign, ...] = (
    Sign(flag=RedFlag.CHEST_PAIN, key="1", advice=_STILL, specialties=_HEART, source=_BEC),
    Sign(flag=RedFlag.STROKE, key="2",
         advice=N_("Note the hour when it began: it decides the treatment. Nothing to eat or drink."),
         specialties=_BRAIN, source="Kemenkes, SeGeRa Ke RS; American Stroke Association, F.A.S.T."),
    Sign(flag=RedFlag.BREATHING, key="3", advice=_STILL,
         specialties=("paru", "pulmo", "respir", "lung", *_INNER), source=_BEC),
    Sign(flag=RedFlag.UNCONSCIOUS, key="4",
         advice=N_("Is the patient breathing? Then lay on the side. If not: press on the chest, do not stop."),
         specialties=(*_BRAIN, *_INNER), source=_BEC),
    Sign(flag=RedFlag.BLEEDING, key="5", advice=N_("Press hard on the wound with a clean cloth and do not let go."),
         specialties=(*_SURGERY, *_INNER), source=_BEC),
    Sign(flag=RedFlag.INJURY, key="6",
         advice=N_("Do not move the head and neck. Cool a burn with running water."),
         specialties=_SURGERY, source=_BEC),
    Sign(flag=RedFlag.PREGNANCY, key="7", advice=N_("Lay the mother on her left side. Keep her warm."),
         specialties=("kandungan", "obstet", "gyn", "bersalin", "matern"),
         source="WHO, Managing complications in pregnancy and childbirth (2017)"),
    Sign(flag=RedFlag.INFANT_FEVER, key="8", advice=N_("Keep the baby at the breast. No medicine for fever by guess."),
         specialties=("anak", "paed", "pediat", "child"), source="NICE NG143; WHO IMCI, young infant"),
    Sign(flag=RedFlag.ALLERGY, key="9",
         advice=N_("If there is an adrenaline pen, use it now. Lay flat, legs up; sit up if breathing is hard."),
         specialties=_INNER, source=_BEC),
    Sign(flag=RedFlag.POISON, key="0",
         advice=N_("Do not make the patient vomit. Bring the package, or a picture of the snake."),
         specialties=_INNER, source=_BEC),
)  # fmt: skip
SIGN_OF: Mapping[RedFlag, Sign] = {sign.flag: sign for sign in SIGNS}


@draft
class UrgentCallDraft:
    """What a call taker writes down while the caller is still speaking."""

    caller_phone: str = field(N_("Number to call back"), required=True)
    caller: str = field(N_("Who is calling"), default="")
    full_name: str = field(
        N_("Patient"), help=N_("As first heard. May stay empty: the call is saved without a name."),
        audience=(Audience.HOSPITAL,), default="",
    )  # fmt: skip
    patient_id: int | None = field(N_("Person on record"), default=None)
    place: str = field(
        N_("Where now (city)"), help=N_("Where the patient is at this moment, not where home is."), required=True,
        audience=(Audience.HOSPITAL,),
    )  # fmt: skip
    what: str = field(N_("What happened"), required=True, audience=(Audience.HOSPITAL,))
    flags: tuple[str, ...] = field(N_("Danger signs"), audience=(Audience.HOSPITAL,), default=())
    is_stable: bool = field(
        N_("A doctor has seen the patient and says: stable"), audience=(Audience.HOSPITAL,), default=False
    )
    called_at: dt.datetime | None = field(N_("Time of the call"), default=None)
    handed_to: str = field(
        N_("Handed over to"), help=N_("The hospital's emergency desk, the ambulance, whoever has the patient now."),
        default="",
    )  # fmt: skip
    handed_to_id: int | None = field(N_("Hospital that has the patient"), default=None)
    handed_at: dt.datetime | None = field(N_("Handed over at"), default=None)


UNKNOWN_FLAG = N_("This danger sign is not on the list.")
IN_FUTURE = N_("This moment lies in the future.")
TO_WHOM = N_("Write down to whom the patient was handed over.")
WHEN = N_("Write down at what time the patient was handed over.")


def check_call(call: UrgentCallDraft, *, now: dt.datetime) -> list[Problem]:
    """Everything wrong with a call. A consent is not asked for: life and health come first."""
    found = [*check_required(call), *check_phone(call.caller_phone, field="caller_phone")]
    if set(call.flags) - set(RedFlag):
        found.append(problem("UNKNOWN_FLAG", UNKNOWN_FLAG, "flags"))
    for name in ("called_at", "handed_at"):
        moment = getattr(call, name)
        if moment is not None and moment > now:
            found.append(problem("IN_FUTURE", IN_FUTURE, name))
    if call.handed_at is not None and not call.handed_to.strip():
        found.append(problem("TO_WHOM", TO_WHOM, "handed_to"))
    if call.handed_at is None and call.handed_to.strip():
        found.append(problem("WHEN", WHEN, "handed_at"))
    return found


def flags_of(codes: Iterable[str]) -> tuple[RedFlag, ...]:
    """The danger signs of stored codes, in the order of the list; a code that is not on it is left out."""
    wanted = set(codes)
    return tuple(flag for flag in RedFlag if flag.value in wanted)


def is_danger(flags: Sequence[str], *, is_stable: bool) -> bool:
    """Whether the ambulance comes first and nobody is sent abroad."""
    return bool(flags) and not is_stable


def country_of_place(place: str) -> str:
    """The country where the patient is; at home where the city is not on our list."""
    city = city_of(place)
    return city.country if city is not None else HOME


def numbers_for(place: str) -> tuple[str, ...]:
    """The ambulance numbers to say to a caller in this city."""
    return EMERGENCY_NUMBERS.get(country_of_place(place), EMERGENCY_NUMBERS[HOME])


class Nearness(Coded):
    """How near a hospital is to where the patient is now."""

    CITY = "CITY", N_("same city")
    PROVINCE = "PROVINCE", N_("same province")
    COUNTRY = "COUNTRY", N_("same country")
    ABROAD = "ABROAD", N_("abroad")


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """A hospital of the network as far as an emergency asks."""

    id: int
    name: str
    city: str
    country: str
    specialties: tuple[str, ...]
    number: str
    """The number that answers day and night, else the number that is known."""
    is_day_and_night: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A hospital to call, with why it stands where it stands. ``suits`` is ``None`` where no sign was ticked."""

    house: House
    nearness: Nearness
    distance_km: int | None
    suits: bool | None


def offers(houses: Iterable[House], *, place: str, flags: Sequence[str], is_stable: bool) -> list[Offer]:
    """Hospitals to call, the nearest suitable first; none abroad while there is a danger sign.

    Same city before same province before the rest of the country by distance; within each, one that has the specialty
    of a sign before one of which that is not known.
    """
    found = [_offer(house, place, flags_of(flags)) for house in houses]
    if is_danger(flags, is_stable=is_stable):
        found = [offer for offer in found if offer.nearness is not Nearness.ABROAD]
    return sorted(found, key=_order)[:MOST_OFFERED]


def suits(house: House, flags: Iterable[RedFlag]) -> bool:
    """Whether a hospital has a specialty on record that suits one of the signs."""
    known = [fold(each) for each in house.specialties]
    wanted = [word for flag in flags for word in SIGN_OF[flag].specialties]
    return any(each.startswith(word) or f" {word}" in each for each in known for word in wanted)


def _offer(house: House, place: str, flags: tuple[RedFlag, ...]) -> Offer:
    return Offer(
        house=house, nearness=_nearness(house, place), distance_km=kilometres(place, house.city),
        suits=suits(house, flags) if flags else None,
    )  # fmt: skip


def _nearness(house: House, place: str) -> Nearness:
    here, there = city_of(place), city_of(house.city)
    if fold(place) == fold(house.city) or (here is not None and here == there):
        return Nearness.CITY
    country = there.country if there is not None else house.country
    if country != country_of_place(place):
        return Nearness.ABROAD
    province = here.province if here is not None else _province(place)
    if province and there is not None and there.province == province:
        return Nearness.PROVINCE
    return Nearness.COUNTRY


def _province(place: str) -> str:
    """The province of a place that names one and no city."""
    found = province_of(place)
    return found.code if found is not None else ""


_FARTHEST = 40_000


def _order(offer: Offer) -> tuple[int, bool, int, bool, str]:
    ring = tuple(Nearness).index(offer.nearness)
    distance = offer.distance_km if offer.distance_km is not None else _FARTHEST
    is_near = offer.nearness in (Nearness.CITY, Nearness.PROVINCE)
    # Near by, the specialty decides; farther away a long drive costs more than a specialty gains.
    return (ring, offer.suits is not True and is_near, distance, offer.suits is not True, offer.house.name)
