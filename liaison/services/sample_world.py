"""The world of the sample office: real hospitals with invented desks, invented insurers, invented people.

The tables stand in ``resources/sample``. No telephone number there belongs to anybody (555 ranges), nobody exists.
Names follow the ways in which Batak, Javanese, Malay, Chinese, Balinese, Acehnese and one-word names are built, because
lists, sorting and matching must get along with all of them.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate

from liaison.domain.patients import Sex
from liaison.i18n import resources

ADMINISTRATOR = "Mitra Asistensi Medika"

Weights = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleHospital:
    """A real hospital; ``weight`` is its share of the city's patients, ``desk`` an invented person."""

    name: str
    city: str
    country: str
    group: str
    area: str
    specialties: tuple[str, ...]
    desk: str
    hours: str
    deposit: str
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleInsurer:
    """An invented insurer: how fast its letters come (hours, middle), how often it asks and declines (shares)."""

    name: str
    short: str
    code: str
    product: str
    plans: tuple[str, ...]
    letter_hours: float
    asks: float
    declines: float
    has_administrator: bool
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """An illness with its usual cost in ringgit, nights and ages; ``only`` one sex where that is so."""

    kind: str
    code: str
    name: str
    specialty: str
    procedure: str
    low: int
    high: int
    nights: tuple[int, int]
    weight: int
    ages: tuple[int, int]
    only: Sex | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A city that patients come from, where its people like to go, and whose names they bear."""

    city: str
    province: str
    weight: int
    goes: Weights
    people: Weights


class World:
    """The tables of the sample office."""

    @cached_property
    def hospitals(self) -> tuple[SampleHospital, ...]:
        """Real hospitals."""
        return tuple(
            SampleHospital(
                name=r["name"],
                city=r["city"],
                country=r["country"],
                group=r["group"],
                area=r["area"],
                specialties=tuple(r["specialties"].split("|")),
                desk=r["desk"],
                hours=r["hours"],
                deposit=r["deposit"],
                weight=int(r["weight"]),
            )
            for r in _table("hospitals")
        )

    @cached_property
    def insurers(self) -> tuple[SampleInsurer, ...]:
        """Invented insurers."""
        return tuple(
            SampleInsurer(
                name=r["name"],
                short=r["short"],
                code=r["code"],
                product=r["product"],
                plans=tuple(r["plans"].split("|")),
                letter_hours=float(r["letter_hours"]),
                asks=float(r["asks"]),
                declines=float(r["declines"]),
                has_administrator=r["has_administrator"] == "1",
                weight=int(r["weight"]),
            )
            for r in _table("insurers")
        )

    @cached_property
    def complaints(self) -> tuple[Complaint, ...]:
        """Illnesses, and what check-ups, births and teeth cost."""
        return tuple(
            Complaint(
                kind=r["kind"],
                code=r["code"],
                name=r["name"],
                specialty=r["specialty"],
                procedure=r["procedure"],
                low=int(r["low"]),
                high=int(r["high"]),
                nights=(int(r["nights_min"]), int(r["nights_max"])),
                weight=int(r["weight"]),
                ages=(int(r["age_min"]), int(r["age_max"])),
                only=Sex(r["only"]) if r["only"] else None,
            )
            for r in _table("complaints")
        )

    @cache  # noqa: B019  one world lives as long as its office is being made
    def complaints_of(self, kind: str) -> tuple[tuple[Complaint, ...], tuple[int, ...]]:
        """What people with a kind of case suffer from, with running weights; repeat cycles are of cancer."""
        found = tuple(c for c in self.complaints if c.kind == kind)
        if kind == "REPEAT_CYCLE":
            found = tuple(c for c in self.complaints if c.specialty == "Onkologi")
        found = found or tuple(c for c in self.complaints if c.kind == "TREATMENT")
        return found, tuple(accumulate(c.weight for c in found))

    @cached_property
    def origin_weights(self) -> tuple[int, ...]:
        """Running weights of the origins."""
        return tuple(accumulate(o.weight for o in self.origins))

    @cached_property
    def origins(self) -> tuple[Origin, ...]:
        """Where patients come from."""
        return tuple(
            Origin(
                city=r["city"],
                province=r["province"],
                weight=int(r["weight"]),
                goes=_weights(r["goes"]),
                people=_weights(r["people"]),
            )
            for r in _table("origins")
        )

    @cached_property
    def names(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """Parts of names: (people, part) to the choices."""
        return {(r["people"], r["part"]): tuple(r["names"].split("|")) for r in _table("names")}

    def person_name(self, rng: random.Random, people: str, sex: Sex, family: str = "") -> str:
        """A name as these people build one; with ``family``, of the same household."""
        if people in ("JAVANESE", "MALAY") and not family and rng.random() < 0.14:
            return rng.choice(self.names["ONE_WORD", sex.value])
        first = rng.choice(self.names[people, sex.value])
        if people == "BALINESE":
            return f"{'Ni' if sex is Sex.F else 'I'} {rng.choice(self.names[people, 'order'])} {first}"
        last = family or rng.choice(self.names[people, "family"])
        if people == "CHINESE":
            return first if last == first else f"{last} {first}"
        return first if people == "ACEHNESE" and rng.random() < 0.6 else f"{first} {last}"


def family_of(name: str, people: str) -> str:
    """The part of a name that a household shares; empty where names are not shared."""
    words = name.split()
    if people in ("BALINESE", "ACEHNESE") or len(words) == 1:
        return ""
    return words[0] if people == "CHINESE" else words[-1]


def mobile(rng: random.Random) -> str:
    """A mobile number that nobody has (555 in the middle), in the form the program keeps."""
    prefix = rng.choice(("811", "812", "813", "821", "852", "878", "896"))
    return f"+62 {prefix}-555{rng.randrange(10)}-{rng.randrange(10_000):04d}"


def drawn(rng: random.Random, weights: Weights) -> str:
    """One name of several, by weight."""
    return rng.choices([name for name, _ in weights], [weight for _, weight in weights])[0]


def _table(name: str) -> list[dict[str, str]]:
    with (resources() / "sample" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _weights(text: str) -> Weights:
    return tuple((name, int(weight)) for name, _, weight in (part.partition(":") for part in text.split("|")))
