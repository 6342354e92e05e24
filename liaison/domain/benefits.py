"""What a plan pays and what it leaves to the patient, as data: rooms, territory, deductible, co-payment, limits.

The rules are an officer's reading of the policy; a rule that nobody wrote down is not guessed, its step is skipped and
said so. The calculation itself stands in ``adjudication``. Source: ``domain`` 3.2 to 3.4.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from liaison.domain.claims import LineCategory
from liaison.domain.coded import Coded
from liaison.domain.money import Money
from liaison.i18n import N_


class BenefitCategory(Coded):
    """What a plan's table of benefits names. Source: ``domain`` 2.4."""

    RNB = "RNB", N_("room and board")
    ICU = "ICU", N_("intensive care unit")
    SURGERY = "SURGERY", N_("surgery, theatre and anaesthesia")
    HOSPITAL_MISC = "HOSPITAL_MISC", N_("hospital services and supplies")
    DOCTOR_VISIT = "DOCTOR_VISIT", N_("doctor's visits")
    PRE_HOSP = "PRE_HOSP", N_("care before the stay")
    POST_HOSP = "POST_HOSP", N_("care after the stay")
    DAY_SURGERY = "DAY_SURGERY", N_("day surgery")
    CANCER = "CANCER", N_("cancer treatment")
    DIALYSIS = "DIALYSIS", N_("kidney dialysis")
    ORGAN_TRANSPLANT = "ORGAN_TRANSPLANT", N_("organ transplant")
    EMERGENCY_OP_ACCIDENT = "EMERGENCY_OP_ACCIDENT", N_("emergency outpatient care after an accident")
    PHYSIO = "PHYSIO", N_("physiotherapy")
    HOME_NURSING = "HOME_NURSING", N_("nursing at home")
    AMBULANCE = "AMBULANCE", N_("ambulance service")
    COMPANION = "COMPANION", N_("companion's bed")
    EVACUATION = "EVACUATION", N_("medical evacuation")
    REPATRIATION = "REPATRIATION", N_("repatriation")
    MATERNITY_COMPLICATION = "MATERNITY_COMPLICATION", N_("complications of pregnancy")
    DEATH = "DEATH", N_("death benefit")


class LimitKind(Coded):
    """Over what a limit runs. ``NOT_COVERED`` takes a benefit out of the plan altogether."""

    ANNUAL = "ANNUAL", N_("a policy year")
    LIFETIME = "LIFETIME", N_("the whole life")
    PER_DISABILITY = "PER_DISABILITY", N_("one illness or accident")
    PER_ADMISSION = "PER_ADMISSION", N_("one admission")
    PER_DAY = "PER_DAY", N_("a day")
    PER_VISIT = "PER_VISIT", N_("a visit")
    NOT_COVERED = "NOT_COVERED", N_("not covered at all")


class RoomRule(Coded):
    """What happens where the room is above the one the plan pays."""

    DIFFERENCE_ONLY = "DIFFERENCE_ONLY", N_("the patient pays the difference of the room")
    PRORATE_ALL = "PRORATE_ALL", N_("the whole bill is cut in the same proportion")


class DeductiblePer(Coded):
    """How often the first amount falls to the patient."""

    POLICY_YEAR = "POLICY_YEAR", N_("once a policy year")
    DISABILITY = "DISABILITY", N_("once for each illness or accident")
    CLAIM = "CLAIM", N_("at every claim")


class RateRule(Coded):
    """Which day's exchange rate a plan counts by. Source: ``domain`` 3.4; published practice differs by insurer."""

    ADMISSION = "ADMISSION", N_("the day of admission")
    SERVICE = "SERVICE", N_("the first day of service")
    DISCHARGE = "DISCHARGE", N_("the day of discharge")
    INVOICE = "INVOICE", N_("the day of the final bill")
    RECEIPT = "RECEIPT", N_("the day the hospital was paid")
    SUBMISSION = "SUBMISSION", N_("the day the claim is sent")
    DECISION = "DECISION", N_("the day of the decision")
    PAYMENT = "PAYMENT", N_("the day the insurer pays")
    POLICY_FIXED = "POLICY_FIXED", N_("a rate fixed in the policy")
    CARD_ACTUAL = "CARD_ACTUAL", N_("the rate on the card statement")


class Step(Coded):
    """The steps of the calculation; a plan may order them otherwise."""

    DATES = "DATES", N_("dates of cover and waiting period")
    EXCLUDED = "EXCLUDED", N_("non-medical and excluded items")
    ROOM = "ROOM", N_("room above entitlement")
    INNER_LIMITS = "INNER_LIMITS", N_("limits per kind of cost")
    TERRITORY = "TERRITORY", N_("territory of the treatment")
    DEDUCTIBLE = "DEDUCTIBLE", N_("deductible")
    COPAY = "COPAY", N_("co-payment share of the patient")
    OVERALL_LIMITS = "OVERALL_LIMITS", N_("annual and lifetime limit")
    OTHER_PAYER = "OTHER_PAYER", N_("what another payer paid")


DEFAULT_ORDER = tuple(Step)
"""The order where a plan states none. Mapping lines to benefits comes with the first limit. Source: ``domain`` 3.3."""


BENEFIT_OF: Mapping[LineCategory, BenefitCategory] = {
    LineCategory.RNB: BenefitCategory.RNB,
    LineCategory.ICU: BenefitCategory.ICU,
    LineCategory.OTH_OT: BenefitCategory.SURGERY,
    LineCategory.SUR: BenefitCategory.SURGERY,
    LineCategory.ANA: BenefitCategory.SURGERY,
    LineCategory.DRC: BenefitCategory.DOCTOR_VISIT,
    LineCategory.REH: BenefitCategory.PHYSIO,
    LineCategory.AMB: BenefitCategory.AMBULANCE,
}
"""Which benefit a line of the bill counts to; every other line is a hospital service."""

PRORATED = frozenset(LineCategory) - {
    LineCategory.CON,
    LineCategory.TTO,
    LineCategory.AMB,
    LineCategory.NMD,
    LineCategory.TAX,
    LineCategory.ROUND,
}
"""Kinds of cost that hang on the room class, cut with it under ``PRORATE_ALL``."""

_NOT_HOSPITAL_SERVICE = frozenset(
    {
        LineCategory.RNB, LineCategory.ICU, LineCategory.DRC, LineCategory.SUR, LineCategory.ANA, LineCategory.NMD,
        LineCategory.TAX, LineCategory.ROUND,
    }
)  # fmt: skip


def hospital_services_share(amounts: Mapping[LineCategory, Money]) -> Decimal | None:
    """The share of hospital supplies and services (HSS) in a bill: all but rooms, doctors, tax and rounding.

    Four decimals; ``None`` for an empty bill. Source: ``domain`` 2.4 and 3.5.
    """
    whole = sum(m.minor for c, m in amounts.items() if c is not LineCategory.ROUND)
    if whole <= 0:
        return None
    services = sum(m.minor for c, m in amounts.items() if c not in _NOT_HOSPITAL_SERVICE)
    return (Decimal(services) / Decimal(whole)).quantize(Decimal("0.0001"))


@dataclass(frozen=True, slots=True, kw_only=True)
class CopayRule:
    """A co-payment that a regulation sets, with the day from which it is in force."""

    name: str
    in_force_from: dt.date
    percent: Decimal
    most_inpatient: Money
    most_outpatient: Money


COPAY_REGULATIONS: tuple[CopayRule, ...] = (
    CopayRule(
        name="POJK 36/2025",
        in_force_from=dt.date(2026, 3, 22),
        percent=Decimal(5),
        most_inpatient=Money.of(3_000_000, "IDR"),
        most_outpatient=Money.of(300_000, "IDR"),
    ),
)
"""Newest last. Source: POJK 36/2025, co-payment per claim (``domain`` 3.2)."""


def copay_regulation(on: dt.date) -> CopayRule | None:
    """The regulation in force on a day, or none before the first."""
    return max((r for r in COPAY_REGULATIONS if r.in_force_from <= on), key=lambda r: r.in_force_from, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class TerritoryShare:
    """How many percent of the cost a plan pays in some countries; no country means everywhere else."""

    countries: tuple[str, ...]
    percent: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A ceiling for one benefit, or for all together where it names none. Without an amount it is as charged."""

    category: BenefitCategory | None = None
    kind: LimitKind = LimitKind.ANNUAL
    amount: Money | None = None
    max_days: int | None = None
    max_visits: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRules:
    """How one plan pays, in the currency of the plan. What is ``None`` or empty is not stated."""

    currency: str
    order: tuple[Step, ...] = DEFAULT_ORDER
    territories: tuple[TerritoryShare, ...] = ()
    room_per_day: Money | None = None
    room_rule: RoomRule = RoomRule.DIFFERENCE_ONLY
    deductible: Money | None = None
    deductible_per: DeductiblePer = DeductiblePer.POLICY_YEAR
    copay_percent: Decimal | None = None
    copay_least: Money | None = None
    copay_most: Money | None = None
    follows_regulation: bool = False
    """Whether the co-payment of the regulation in force counts, where the plan states none of its own."""
    waiting_days: int | None = None
    days_before: int | None = None
    """How many days before the admission care is still paid; ``None`` where not stated."""
    days_after: int | None = None
    limits: tuple[Limit, ...] = ()

    def territory_percent(self, country: str) -> Decimal | None:
        """The percent paid in a country; ``None`` where the plan says nothing about any territory."""
        if not self.territories:
            return None
        named = next((t.percent for t in self.territories if country in t.countries), None)
        other = next((t.percent for t in self.territories if not t.countries), Decimal(0))
        return named if named is not None else other


_CANCER = ("C", "D00", "D01", "D02", "D03", "D04", "D05", "D06", "D07", "D09", "Z510", "Z511")
_DIALYSIS = ("Z49",)


def benefit_of_diagnosis(code: str) -> BenefitCategory | None:
    """The benefit that a diagnosis (ICD-10) puts a whole treatment under, where it does: cancer, dialysis."""
    plain = code.strip().upper().replace(".", "")
    if plain.startswith(_CANCER):
        return BenefitCategory.CANCER
    return BenefitCategory.DIALYSIS if plain.startswith(_DIALYSIS) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class RateDays:
    """The days of a claim that a rule may choose between."""

    admitted_on: dt.date | None = None
    served_on: dt.date | None = None
    discharged_on: dt.date | None = None
    billed_on: dt.date | None = None
    settled_on: dt.date | None = None
    """The day the patient paid the hospital."""
    submitted_on: dt.date | None = None
    decided_on: dt.date | None = None
    paid_on: dt.date | None = None


_DAY_OF: Mapping[RateRule, str] = {
    RateRule.ADMISSION: "admitted_on",
    RateRule.SERVICE: "served_on",
    RateRule.DISCHARGE: "discharged_on",
    RateRule.INVOICE: "billed_on",
    RateRule.RECEIPT: "settled_on",
    RateRule.SUBMISSION: "submitted_on",
    RateRule.DECISION: "decided_on",
    RateRule.PAYMENT: "paid_on",
}


def rate_day(rule: RateRule, days: RateDays) -> dt.date | None:
    """The day whose rate counts; ``None`` where it has not come yet, or the rule names no day at all."""
    name = _DAY_OF.get(rule)
    return None if name is None else getattr(days, name)
