"""What countries and airlines ask of a traveller: data with source and day of the last check, in ``resources/travel``.

Nothing here is law inside the program: rules make warnings with their source beside them. Source: ``domain`` 1.2
(step 11), 1.3 B, 1.8.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from liaison.domain.coded import Coded
from liaison.domain.names import fold
from liaison.domain.regions import city_of
from liaison.i18n import N_, resources

FALLBACK_PASSPORT_MONTHS = 6


class MedifNeed(Coded):
    """What an airline wants to know of early."""

    STRETCHER = "stretcher", N_("stretcher")
    DEVICE = "device", N_("oxygen or another device")
    ANY = "any", N_("medical form")


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryRule:
    """What a country asks of an Indonesian visitor who comes for treatment."""

    code: str
    passport_months: int
    visit_days: int
    needs_visa: bool
    arrival_card: str
    arrival_card_days: int
    extension_months: int
    """How long an extension for treatment lasts; 0 where nothing is on file."""
    source: str
    checked_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AirlineRule:
    """How long before departure an airline wants its medical form for one kind of need; 0 days: it does not say."""

    name: str
    also: tuple[str, ...]
    need: MedifNeed
    days: int
    working: bool
    source: str
    wants_indemnity: bool = False
    checked_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Consulate:
    """Whom a citizen calls abroad. ``phone`` is empty where nobody has checked a number."""

    name: str
    country: str
    cities: tuple[str, ...]
    phone: str = ""
    source: str = ""
    checked_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TravelRules:
    """Every rule on file."""

    countries: tuple[CountryRule, ...]
    airlines: tuple[AirlineRule, ...]
    consulates: tuple[Consulate, ...]

    def country(self, code: str) -> CountryRule | None:
        """What a country asks; none where nothing is on file."""
        return next((rule for rule in self.countries if rule.code == code), None)

    def airline(self, carrier: str, number: str, need: MedifNeed) -> AirlineRule | None:
        """What an airline asks for a need, found by its name, its code, or the code before a flight number."""
        named = fold(carrier)
        code = "".join(c for c in number.strip().upper()[:2])
        for rule in self.airlines:
            names = {fold(rule.name), *(fold(one) for one in rule.also)}
            if rule.need in (need, MedifNeed.ANY) and (named in names or (not named and code in rule.also)):
                return rule
        return None

    def consulate(self, country: str, city: str) -> Consulate | None:
        """The consulate of a city, else the embassy of the country."""
        known = city_of(city) if city else None
        code = known.code if known is not None else ""
        here = [one for one in self.consulates if one.country == country]
        return next((one for one in here if code and code in one.cities), None) or next(
            (one for one in here if not one.cities), None
        )


def passport_months(country: str) -> int:
    """How many months a passport must last beyond the return, for a country; six where nothing is on file."""
    rule = travel_rules().country(country)
    return rule.passport_months if rule is not None else FALLBACK_PASSPORT_MONTHS


@cache
def travel_rules() -> TravelRules:
    """The rules that come with the program."""
    with (resources() / "travel" / "rules.toml").open("rb") as file:
        return read_rules(tomllib.load(file))


def read_rules(content: dict[str, Any]) -> TravelRules:
    """Rules from a file's content. Raises ``TypeError`` or ``ValueError`` where an entry is not whole."""
    return TravelRules(
        countries=tuple(CountryRule(**entry) for entry in content.get("country", ())),
        airlines=tuple(
            AirlineRule(**{**entry, "also": tuple(entry.get("also", ())), "need": MedifNeed(entry["need"])})
            for entry in content.get("airline", ())
        ),
        consulates=tuple(
            Consulate(**{**entry, "cities": tuple(entry.get("cities", ()))}) for entry in content.get("consulate", ())
        ),
    )
