"""Repeat cycles: so many visits every so many days, counted against the limit they are paid from.

A visit that is put off moves itself and every later one; one that is dropped leaves the others where they are. What
the limit no longer covers is named with the visit in which it runs out, before that visit begins. Source: ``domain``
1.4, return to J07 and J08; the third task of the acceptance walks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from liaison.domain.coded import Coded
from liaison.domain.fields import check_required, draft, field, problem, warning
from liaison.domain.money import Money
from liaison.domain.policies import check_positive
from liaison.domain.problems import Problem
from liaison.i18n import N_

MOST_VISITS = 60
LONGEST_GAP_DAYS = 366


class VisitState(Coded):
    """How far one visit of a plan has come."""

    PLANNED = "PLANNED", N_("planned")
    UNDER_WAY = "UNDER_WAY", N_("under way")
    DONE = "DONE", N_("done")
    DROPPED = "DROPPED", N_("dropped")


OPEN = (VisitState.PLANNED, VisitState.UNDER_WAY)


@draft
class CyclePlanDraft:
    """A treatment of several visits, each some days after the one before."""

    journey_id: int = field(N_("Case"), required=True)
    treatment: str = field(N_("Treatment"), help=N_("For instance chemotherapy."), default="")
    visits: int = field(N_("Number of visits"), required=True)
    every_days: int = field(N_("Days from one visit to the next"), required=True)
    first_on: dt.date = field(N_("First visit on"), required=True)
    price: Money = field(N_("Price of one visit"), required=True)
    limit: Money | None = field(
        N_("Limit it is paid from"), help=N_("The whole limit, for instance the cancer limit of the policy year."),
        default=None,
    )  # fmt: skip
    used: Money | None = field(
        N_("Used before this plan"), help=N_("What of that limit was taken by earlier treatment."), default=None
    )
    limit_name: str = field(N_("Name of the limit"), default="")
    note: str = field(N_("Note"), default="")


@draft
class VisitDraft:
    """One visit of a plan, as far as an officer writes it down."""

    planned_on: dt.date = field(N_("Planned on"), required=True)
    cost: Money | None = field(N_("Cost"), help=N_("Empty: the price of the plan counts."), default=None)
    note: str = field(N_("Note"), default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One visit as the counting needs it. ``cost`` is what it cost; before that the plan's price counts."""

    number: int
    planned_on: dt.date
    state: VisitState = VisitState.PLANNED
    cost: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedVisit:
    """A visit against the limit: what it costs, what is left of the limit after it, what of it nobody covers."""

    visit: Visit
    cost: Money
    left: Money | None
    short: Money | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall:
    """What the limit does not cover of a plan, and the first visit that it does not cover whole."""

    amount: Money
    number: int
    planned_on: dt.date


def days_of(first_on: dt.date, visits: int, every_days: int) -> tuple[dt.date, ...]:
    """The days of a plan's visits."""
    return tuple(first_on + dt.timedelta(days=every_days * n) for n in range(visits))


def count(
    visits: Iterable[Visit], *, price: Money, limit: Money | None, used: Money | None = None
) -> tuple[CountedVisit, ...]:
    """Every visit in its order against the limit. A dropped visit costs nothing and takes nothing."""
    spent = used if used is not None else Money(0, price.currency)
    found = []
    for visit in sorted(visits, key=lambda v: v.number):
        cost = Money(0, price.currency) if visit.state is VisitState.DROPPED else visit.cost or price
        before = spent
        spent = spent + cost
        left = short = None
        if limit is not None:
            left = Money(max(limit.minor - spent.minor, 0), limit.currency)
            over = max(spent.minor - limit.minor, 0) - max(before.minor - limit.minor, 0)
            short = Money(over, limit.currency) if over else None
        found.append(CountedVisit(visit=visit, cost=cost, left=left, short=short))
    return tuple(found)


def shortfall(counted: Sequence[CountedVisit]) -> Shortfall | None:
    """What the limit does not cover, named with the first visit concerned; none where it does for all."""
    short = [c for c in counted if c.short is not None]
    if not short:
        return None
    amount = Money(sum(c.short.minor for c in short if c.short is not None), short[0].cost.currency)
    first = short[0].visit
    return Shortfall(amount=amount, number=first.number, planned_on=first.planned_on)


def postponed(visits: Iterable[Visit], number: int, days: int) -> tuple[Visit, ...]:
    """The plan after a visit was skipped and the rest shifted: it and every open visit after it move by some days."""
    gap = dt.timedelta(days=days)
    return tuple(
        replace(v, planned_on=v.planned_on + gap) if v.number >= number and v.state in OPEN else v for v in visits
    )


def dropped(visits: Iterable[Visit], number: int) -> tuple[Visit, ...]:
    """The plan after a visit was left out: the others keep their days."""
    return tuple(replace(v, state=VisitState.DROPPED) if v.number == number else v for v in visits)


def next_visit(visits: Iterable[Visit]) -> Visit | None:
    """The first visit that is still planned."""
    planned = [v for v in visits if v.state is VisitState.PLANNED]
    return min(planned, key=lambda v: v.number, default=None)


def last_day(visits: Iterable[Visit]) -> dt.date | None:
    """The day of the last visit that takes place."""
    return max((v.planned_on for v in visits if v.state is not VisitState.DROPPED), default=None)


def check_cycle_plan(plan: CyclePlanDraft) -> list[Problem]:
    """Everything wrong or odd about a plan of several visits."""
    found = check_required(plan)
    if found:
        return found
    if not 2 <= plan.visits <= MOST_VISITS:
        found.append(problem("VISITS", N_("A plan has 2 to {most} visits."), "visits", most=MOST_VISITS))
    if not 1 <= plan.every_days <= LONGEST_GAP_DAYS:
        found.append(
            problem("EVERY_DAYS", N_("From one visit to the next are 1 to {most} days."), "every_days",
                    most=LONGEST_GAP_DAYS)
        )  # fmt: skip
    found += check_positive(plan.price, "price")
    for name in ("limit", "used"):
        amount: Money | None = getattr(plan, name)
        if amount is not None and amount.currency != plan.price.currency:
            found.append(
                problem("OTHER_CURRENCY", N_("Write this amount in the currency of the price, at the insurer's rate."),
                        name)
            )  # fmt: skip
        if amount is not None and amount.minor < 0:
            found.append(problem("NEGATIVE", N_("This amount cannot be negative."), name))
    if plan.limit is None:
        found.append(warning("NO_LIMIT", N_("Without the limit nobody can tell when it runs out."), "limit"))
    return found


def check_visit(visit: VisitDraft, *, price: Money) -> list[Problem]:
    """Everything wrong with one visit of a plan."""
    found = check_required(visit)
    if found:
        return found
    if visit.cost is not None:
        found += check_positive(visit.cost, "cost")
        if visit.cost.currency != price.currency:
            found.append(problem("OTHER_CURRENCY", N_("The cost is in another currency than the plan."), "cost"))
    return found
