"""What countries and airlines ask of a traveller: data with source and day of the last check.

What comes with the program stands in ``resources/travel``; what an officer wrote down for a country or an airline takes
its place.
Nothing here is law inside the program: rules make warnings with their source beside them. Source: ``domain`` 1.2
(step 11), 1.3 B, 1.8.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from liaison.domain.coded import Coded
from liaison.domain.fields import check_required, draft, field, problem
from liaison.domain.names import fold
from liaison.domain.problems import Problem
from liaison.domain.regions import city_of
from liaison.i18n import N_, Language, resources

PRACTICE = N_("practice of liaison offices")
"""The source of rules that nobody read anywhere; the file of rules says it in these words."""

FALLBACK_PASSPORT_MONTHS = 6
MOST_PASSPORT_MONTHS = 24
LONGEST_VISIT_DAYS = 366
EARLIEST_CARD_DAYS = 60
MOST_EXTENSION_MONTHS = 12
RULE_OLD_DAYS = 365


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

    def is_stale(self, today: dt.date) -> bool:
        """Whether nobody has looked for a year, or nobody knows when."""
        return self.checked_on is None or (today - self.checked_on).days > RULE_OLD_DAYS


@draft
class CountryRuleDraft:
    """What a country asks of an Indonesian visitor, as an officer read it, with its source."""

    country: str = field(N_("Country"), required=True)
    passport_months: int = field(
        N_("Passport valid beyond the return"), required=True, unit=N_("months"), default=FALLBACK_PASSPORT_MONTHS
    )
    visit_days: int = field(N_("Length of the visit pass"), required=True, unit=N_("days"), default=30)
    needs_visa: bool = field(N_("A visa is needed before leaving"), default=False)
    arrival_card: str = field(N_("Arrival card"), help=N_("Its name. Empty where there is none."), default="")
    arrival_card_days: int = field(N_("Filled in at most so long before"), unit=N_("days"), default=0)
    extension_months: int = field(
        N_("Extension for treatment"), help=N_("How long one lasts; 0 where there is none."), unit=N_("months"),
        default=0,
    )  # fmt: skip
    source: str = field(N_("Source"), required=True)
    checked_on: dt.date | None = field(N_("Checked on"), required=True, default=None)


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

    def is_stale(self, today: dt.date) -> bool:
        """Whether nobody has looked for a year, or nobody knows when."""
        return self.checked_on is None or (today - self.checked_on).days > RULE_OLD_DAYS


@draft
class MedifRuleDraft:
    """How long before departure an airline wants its medical form, as an officer read it, with its source."""

    carrier: str = field(N_("Airline"), required=True)
    codes: tuple[str, ...] = field(
        N_("Its codes"), help=N_("As they stand before a flight number, for instance MH."), default=()
    )
    need: MedifNeed = field(N_("For"), required=True, default=MedifNeed.ANY)
    days: int = field(
        N_("Form before departure"), help=N_("0 where the airline names no time."), required=True,
        unit=N_("days"), default=0,
    )  # fmt: skip
    is_working: bool = field(N_("Working days"), default=False)
    wants_indemnity: bool = field(N_("Wants a form of indemnity too"), default=False)
    source: str = field(N_("Source"), required=True)
    checked_on: dt.date | None = field(N_("Checked on"), required=True, default=None)


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

    def with_countries(self, own: Iterable[CountryRule]) -> TravelRules:
        """These rules with the office's own in place of those for the same country."""
        known = {rule.code: rule for rule in self.countries}
        return replace(self, countries=tuple((known | {rule.code: rule for rule in own}).values()))

    def with_airlines(self, own: Iterable[AirlineRule]) -> TravelRules:
        """These rules with the office's own in place of those of the same airline for the same need, and before others.

        A rule for any need comes last within its airline: it answers where nothing more exact does.
        """
        mine = tuple(sorted(own, key=lambda rule: (fold(rule.name), rule.need is MedifNeed.ANY)))
        gone = {(fold(rule.name), rule.need) for rule in mine}
        rest = tuple(rule for rule in self.airlines if (fold(rule.name), rule.need) not in gone)
        exact = tuple(rule for rule in (*mine, *rest) if rule.need is not MedifNeed.ANY)
        return replace(self, airlines=(*exact, *(rule for rule in (*mine, *rest) if rule.need is MedifNeed.ANY)))

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


def source_words(source: str, language: Language) -> str:
    """Where a rule stands, in a language: what an officer typed stays as typed."""
    return language(PRACTICE) if source == PRACTICE else source


def check_country_rule(rule: CountryRuleDraft, *, today: dt.date) -> list[Problem]:
    """Everything wrong with a country's rule as written down."""
    found = check_required(rule)
    if found:
        return found
    found += _between("passport_months", rule.passport_months, 0, MOST_PASSPORT_MONTHS)
    found += _between("visit_days", rule.visit_days, 1, LONGEST_VISIT_DAYS)
    found += _between("arrival_card_days", rule.arrival_card_days, 0, EARLIEST_CARD_DAYS)
    found += _between("extension_months", rule.extension_months, 0, MOST_EXTENSION_MONTHS)
    if rule.checked_on is not None and rule.checked_on > today:
        found.append(problem("IN_FUTURE", N_("This date lies in the future."), "checked_on"))
    return found


MOST_MEDIF_DAYS = 60


def check_medif_rule(rule: MedifRuleDraft, *, today: dt.date) -> list[Problem]:
    """Everything wrong with an airline's rule for its medical form as written down."""
    found = check_required(rule)
    if found:
        return found
    found += _between("days", rule.days, 0, MOST_MEDIF_DAYS)
    for code in rule.codes:
        if not (2 <= len(code.strip()) <= 3 and code.strip().isalnum()):
            found.append(problem("CODE", N_("An airline's code has two or three signs, for instance MH."), "codes"))
            break
    if rule.checked_on is not None and rule.checked_on > today:
        found.append(problem("IN_FUTURE", N_("This date lies in the future."), "checked_on"))
    return found


def _between(name: str, value: int, least: int, most: int) -> list[Problem]:
    if least <= value <= most:
        return []
    return [problem("OUT_OF_RANGE", N_("A number from {least} to {most}."), name, least=least, most=most)]
