"""An officer's reading of a plan, as typed: its rules, its limits, and what is used up already.

Nothing here is guessed: every rule says where it stands. Source: ``domain`` 2.1 (plan, benefit limit, usage), 3.2.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from liaison.domain.benefits import (
    DEFAULT_ORDER,
    BenefitCategory,
    DeductiblePer,
    Limit,
    LimitKind,
    PlanRules,
    RateRule,
    RoomRule,
    Step,
    TerritoryShare,
)
from liaison.domain.coded import Coded
from liaison.domain.fields import check_required, draft, field, problem, warning
from liaison.domain.money import Money
from liaison.domain.policies import check_positive
from liaison.domain.privacy import Audience
from liaison.domain.problems import Problem
from liaison.i18n import N_


class UsageKind(Coded):
    """What is used up: a limit, or the deductible."""

    ANNUAL = "ANNUAL", N_("limit of the policy year")
    LIFETIME = "LIFETIME", N_("limit for life")
    PER_DISABILITY = "PER_DISABILITY", N_("limit for this illness or accident")
    DEDUCTIBLE = "DEDUCTIBLE", N_("deductible paid so far")


class UsageSource(Coded):
    """Who says what is used up."""

    INSURER = "INSURER", N_("told by the insurer")
    COMPUTED = "COMPUTED", N_("added up from the claims here")


_PAYER = frozenset({Audience.FAMILY, Audience.INSURER})


@draft
class PlanRulesDraft:
    """How a plan pays. What nobody knows stays empty; its step is then left out of an estimate, and said so."""

    product_id: int = field(N_("Product"), required=True)
    source: str = field(
        N_("Where this stands"),
        help=N_("The page of the policy, the insurer's mail, with its date. A rule without a source is hearsay."),
        required=True,
        audience=_PAYER,
    )
    stated_on: dt.date | None = field(N_("Stated on"), audience=_PAYER, default=None)
    territories: tuple[str, ...] = field(
        N_("Paid by country"),
        help=N_("Countries and percent, parted by commas. For all others write “other”, for instance: "
                "ID 100, MY TH 60, other 20. Left empty, the territory makes no difference."),
        audience=_PAYER,
        default=(),
    )  # fmt: skip
    room_per_day: Money | None = field(
        N_("Room, at most a day"), help=N_("Empty where the plan names only a room class."), audience=_PAYER,
        default=None,
    )  # fmt: skip
    room_rule: RoomRule = field(N_("In a better room"), audience=_PAYER, default=RoomRule.DIFFERENCE_ONLY)
    deductible: Money | None = field(
        N_("Deductible"), help=N_("The first amount, which the patient pays."), audience=_PAYER, default=None
    )
    deductible_per: DeductiblePer = field(
        N_("The deductible is due"), audience=_PAYER, default=DeductiblePer.POLICY_YEAR
    )
    copay_percent: str = field(
        N_("Co-payment in percent"), help=N_("The patient's share of what is left after the deductible."),
        audience=_PAYER, default="",
    )  # fmt: skip
    copay_least: Money | None = field(N_("Co-payment at least"), audience=_PAYER, default=None)
    copay_most: Money | None = field(N_("Co-payment at most"), audience=_PAYER, default=None)
    follows_regulation: bool = field(
        N_("Co-payment as the regulation prescribes"),
        help=N_("POJK 36/2025 from 22 March 2026: 5%, at most Rp3,000,000 for a stay and Rp300,000 for outpatients."),
        audience=_PAYER,
        default=False,
    )
    waiting_days: int | None = field(N_("Waiting period"), unit=N_("days"), audience=_PAYER, default=None)
    days_before: int | None = field(N_("Paid before the stay"), unit=N_("days"), audience=_PAYER, default=None)
    days_after: int | None = field(N_("Paid after the stay"), unit=N_("days"), audience=_PAYER, default=None)
    rate_rule: RateRule | None = field(
        N_("Exchange rate of"), help=N_("Which day's rate the insurer counts by, where it pays in another currency."),
        audience=_PAYER, default=None,
    )  # fmt: skip
    rate_source: str = field(
        N_("Source of the rate"), help=N_("As it stands in the list of rates; empty for any source."),
        audience=_PAYER, default="",
    )  # fmt: skip
    submit_within_days: int | None = field(
        N_("Claim within"), help=N_("Days after discharge in which a claim must be sent."), unit=N_("days"),
        audience=_PAYER, default=None,
    )  # fmt: skip
    step_order: tuple[Step, ...] = field(
        N_("Order of the steps"), help=N_("In which order the insurer works them out."), audience=_PAYER,
        default=DEFAULT_ORDER,
    )  # fmt: skip
    note: str = field(N_("Note"), default="")


@draft
class BenefitLimitDraft:
    """One line of a plan's table of benefits; without an amount it is paid as charged."""

    product_id: int = field(N_("Product"), required=True)
    category: BenefitCategory | None = field(
        N_("For which benefit"), help=N_("Leave open for a limit over everything."), audience=_PAYER, default=None
    )
    kind: LimitKind = field(N_("Limit over"), required=True, audience=_PAYER)
    amount: Money | None = field(
        N_("At most"), help=N_("Leave empty where it is paid as charged."), audience=_PAYER, default=None
    )
    max_days: int | None = field(N_("At most so many days"), audience=_PAYER, default=None)
    max_visits: int | None = field(N_("At most so many visits"), audience=_PAYER, default=None)
    note: str = field(N_("Note"), default="")


@draft
class BenefitUsageDraft:
    """What of a person's limit or deductible is used up, who said so and when."""

    cover_id: int = field(N_("Cover"), required=True)
    kind: UsageKind = field(N_("What is used up"), required=True, audience=_PAYER)
    category: BenefitCategory | None = field(
        N_("For which benefit"), help=N_("Leave open for a limit over everything."), audience=_PAYER, default=None
    )
    used: Money = field(N_("Used so far"), required=True, audience=_PAYER)
    as_of: dt.date = field(N_("As of"), required=True, audience=_PAYER)
    note: str = field(N_("Note"), default="")


# what was typed, read

_PART = re.compile(r"^(?P<where>.*?)\s*(?P<percent>\d{1,3}(?:[.,]\d+)?)\s*%?$")
OTHERS = frozenset({"other", "others", "lain", "lainnya", "sisanya", "*"})
"""Words that stand for every country not named."""


def read_percent(text: str) -> Decimal | None:
    """A percentage as typed, ``10``, ``7,5`` or ``7.5 %``; ``None`` where it is none between 0 and 100."""
    try:
        value = Decimal(text.strip().rstrip("%").strip().replace(",", "."))
    except InvalidOperation:
        return None
    return value if value.is_finite() and 0 <= value <= 100 else None


def read_territory(text: str) -> TerritoryShare | None:
    """One part such as ``MY TH 60`` or ``other 20``; ``None`` where it cannot be read."""
    found = _PART.match(text.strip())
    percent = read_percent(found["percent"]) if found else None
    if found is None or percent is None:
        return None
    words = found["where"].replace("/", " ").split()
    if len(words) == 1 and words[0].casefold() in OTHERS:
        return TerritoryShare(countries=(), percent=percent)
    countries = tuple(w.upper() for w in words)
    known = countries and all(len(c) == 2 and c.isalpha() and c.isascii() for c in countries)
    return TerritoryShare(countries=countries, percent=percent) if known else None


def rules_of(
    rules: PlanRulesDraft, limits: Iterable[BenefitLimitDraft], *, currency: str, annual_limit: Money | None = None
) -> PlanRules:
    """The typed rules as the calculation reads them. Call it with rules that :func:`check_rules` let pass."""
    territories = [read_territory(part) for part in rules.territories]
    found = [
        Limit(category=x.category, kind=x.kind, amount=x.amount, max_days=x.max_days, max_visits=x.max_visits)
        for x in limits
    ]
    has_annual = any(x.kind is LimitKind.ANNUAL and x.category is None for x in found)
    if annual_limit is not None and annual_limit.currency == currency and not has_annual:
        found.append(Limit(kind=LimitKind.ANNUAL, amount=annual_limit))
    return PlanRules(
        currency=currency,
        order=tuple(Step(s) for s in rules.step_order),
        territories=tuple(t for t in territories if t is not None),
        room_per_day=rules.room_per_day,
        room_rule=rules.room_rule,
        deductible=rules.deductible,
        deductible_per=rules.deductible_per,
        copay_percent=read_percent(rules.copay_percent) if rules.copay_percent.strip() else None,
        copay_least=rules.copay_least,
        copay_most=rules.copay_most,
        follows_regulation=rules.follows_regulation,
        waiting_days=rules.waiting_days,
        days_before=rules.days_before,
        days_after=rules.days_after,
        limits=tuple(found),
    )


# checks

_AMOUNTS = ("room_per_day", "deductible", "copay_least", "copay_most")
_DAYS = ("waiting_days", "days_before", "days_after", "submit_within_days")


def check_rules(rules: PlanRulesDraft, *, currency: str, today: dt.date) -> list[Problem]:
    """Everything wrong or odd about a plan's rules."""
    found = check_required(rules)
    for name in _AMOUNTS:
        amount = getattr(rules, name)
        if amount is not None:
            found += check_positive(amount, name) + _same_currency(amount, currency, name)
    for name in _DAYS:
        days = getattr(rules, name)
        if days is not None and days < 0:
            found.append(problem("NEGATIVE_DAYS", N_("Days cannot be negative."), name))
    if rules.stated_on is not None and rules.stated_on > today:
        found.append(problem("IN_FUTURE", N_("This date lies in the future."), "stated_on"))
    if rules.copay_percent.strip() and read_percent(rules.copay_percent) is None:
        found.append(problem("PERCENT", N_("Write a percentage between 0 and 100."), "copay_percent"))
    if rules.follows_regulation and rules.copay_percent.strip():
        found.append(
            warning(
                "TWO_COPAYS", N_("The plan's own co-payment counts; the regulation's is then left out."),
                "copay_percent",
            )
        )  # fmt: skip
    least, most = rules.copay_least, rules.copay_most
    if least is not None and most is not None and least.currency == most.currency and most < least:
        found.append(problem("LEAST_OVER_MOST", N_("The least is above the most."), "copay_most"))
    return found + _check_territories(rules.territories) + _check_steps(rules.step_order)


def _same_currency(amount: Money, currency: str, name: str) -> list[Problem]:
    if amount.currency == currency:
        return []
    message = N_("The product counts in {currency}; write its amounts in that currency.")
    return [problem("OTHER_CURRENCY", message, name, currency=currency)]


def _check_territories(parts: Iterable[str]) -> list[Problem]:
    seen: set[str] = set()
    for part in parts:
        share = read_territory(part)
        if share is None:
            message = N_("“{part}” cannot be read. Write countries and percent, for instance: MY TH 60.")
            return [problem("TERRITORY", message, "territories", part=part)]
        for country in share.countries or ("*",):
            if country in seen:
                message = N_("One country stands here twice: {country}.")
                return [problem("TERRITORY_TWICE", message, "territories", country=country)]
            seen.add(country)
    return []


def _check_steps(order: tuple[Step, ...]) -> list[Problem]:
    if not order:
        return [problem("NO_STEPS", N_("Choose at least one step."), "step_order")]
    if len(set(order)) != len(order):
        return [problem("STEP_TWICE", N_("One step stands here twice."), "step_order")]
    return []


def check_limit(limit: BenefitLimitDraft, *, currency: str) -> list[Problem]:
    """Everything wrong with a line of the table of benefits."""
    found = check_required(limit)
    if limit.kind is LimitKind.NOT_COVERED:
        if limit.category is None:
            found.append(problem("WHICH_BENEFIT", N_("Choose the benefit that is not covered."), "category"))
        return found
    if limit.amount is not None:
        found += check_positive(limit.amount, "amount") + _same_currency(limit.amount, currency, "amount")
    for name in ("max_days", "max_visits"):
        count = getattr(limit, name)
        if count is not None and count < 1:
            found.append(problem("NOT_POSITIVE", N_("This number must be more than zero."), name))
    if limit.amount is None and limit.max_days is None and limit.max_visits is None:
        found.append(warning("AS_CHARGED", N_("Without an amount this benefit is paid as charged."), "amount"))
    return found


def check_usage(usage: BenefitUsageDraft, *, today: dt.date) -> list[Problem]:
    """Everything wrong with what is said to be used up."""
    found = check_required(usage)
    if usage.used.minor < 0:
        found.append(problem("NEGATIVE", N_("This amount cannot be negative."), "used"))
    if usage.as_of > today:
        found.append(problem("IN_FUTURE", N_("This date lies in the future."), "as_of"))
    return found


def policy_year(inception_on: dt.date | None, day: dt.date) -> tuple[dt.date, dt.date]:
    """First and last day of the policy year that a day lies in; the calendar year where the beginning is not known."""
    if inception_on is None:
        return dt.date(day.year, 1, 1), dt.date(day.year, 12, 31)
    start = _anniversary(inception_on, day.year)
    if start > day:
        start = _anniversary(inception_on, day.year - 1)
    return start, _anniversary(inception_on, start.year + 1) - dt.timedelta(days=1)


def _anniversary(of: dt.date, year: int) -> dt.date:
    try:
        return of.replace(year=year)
    except ValueError:  # 29 February
        return dt.date(year, 3, 1)
