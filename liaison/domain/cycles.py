"""Repeat cycles: so many visits every so many days, counted against the limit they are paid from.

A visit that is put off moves itself and every later one; one that is dropped leaves the others where they are. What
the limit no longer covers is named with the visit in which it runs out, before that visit begins. A limit of a policy
year begins anew with the next one; each visit takes from the year its day lies in. Source: ``domain`` 1.4, return to
J07 and J08, and 3.2; the third task of the acceptance walks.
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
    is_yearly: bool = field(N_("Begins anew each policy year"), default=False)
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
    put_off: int = 0
    """Rounds that were skipped before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitYear:
    """A policy year of a limit that begins anew: its days, its amount, and what is used of it before the visits."""

    first_on: dt.date
    last_on: dt.date
    limit: Money
    used: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedVisit:
    """A visit against the limit: what it costs, what is left of the limit after it, what of it nobody covers."""

    visit: Visit
    cost: Money
    left: Money | None
    short: Money | None
    year: LimitYear | None = None
    """The policy year it takes from; none for a limit that does not begin anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall:
    """What the limit does not cover of a plan, and the first visit that it does not cover whole."""

    amount: Money
    number: int
    planned_on: dt.date
    year: LimitYear | None = None
    is_open: bool = True
    """Whether a visit it concerns still lies ahead or is under way."""


def days_of(first_on: dt.date, visits: int, every_days: int) -> tuple[dt.date, ...]:
    """The days of a plan's visits."""
    return tuple(first_on + dt.timedelta(days=every_days * n) for n in range(visits))


def count(
    visits: Iterable[Visit], *, price: Money, limit: Money | None, used: Money | None = None,
    years: Sequence[LimitYear] = (),
) -> tuple[CountedVisit, ...]:  # fmt: skip
    """Every visit in its order against the limit. A dropped visit costs nothing and takes nothing.

    With ``years`` each visit takes from the policy year its day lies in; those cover every visit's day.
    """
    nothing = Money(0, price.currency)
    spent: dict[dt.date | None, Money] = {None: used or nothing, **{y.first_on: y.used or nothing for y in years}}
    found = []
    for visit in sorted(visits, key=lambda v: v.number):
        year = next((y for y in years if y.first_on <= visit.planned_on <= y.last_on), None)
        key, most = (year.first_on, year.limit) if year is not None else (None, limit)
        cost = nothing if visit.state is VisitState.DROPPED else visit.cost or price
        before = spent[key]
        spent[key] = after = before + cost
        left = short = None
        if most is not None:
            left = Money(max(most.minor - after.minor, 0), most.currency)
            over = max(after.minor - most.minor, 0) - max(before.minor - most.minor, 0)
            short = Money(over, most.currency) if over else None
        found.append(CountedVisit(visit=visit, cost=cost, left=left, short=short, year=year))
    return tuple(found)


def shortfalls(counted: Sequence[CountedVisit]) -> tuple[Shortfall, ...]:
    """What the limit does not cover, once for each policy year, each named with the first visit concerned."""
    short: dict[dt.date | None, list[CountedVisit]] = {}
    for one in counted:
        if one.short is not None:
            short.setdefault(one.year.first_on if one.year is not None else None, []).append(one)
    return tuple(
        Shortfall(
            amount=Money(sum(c.short.minor for c in some if c.short is not None), some[0].cost.currency),
            number=some[0].visit.number, planned_on=some[0].visit.planned_on, year=some[0].year,
            is_open=any(c.visit.state in OPEN for c in some),
        )
        for some in short.values()
    )  # fmt: skip


def shortfall(counted: Sequence[CountedVisit]) -> Shortfall | None:
    """What the limit does not cover next: the first shortfall that still lies ahead, else the first; none at all."""
    found = shortfalls(counted)
    return next((s for s in found if s.is_open), found[0] if found else None)


def postponed(visits: Iterable[Visit], number: int, days: int) -> tuple[Visit, ...]:
    """The plan after a visit was skipped and the rest shifted: it and every open visit after it move by some days."""
    gap = dt.timedelta(days=days)
    return tuple(
        replace(v, planned_on=v.planned_on + gap, put_off=v.put_off + (v.number == number))
        if v.number >= number and v.state in OPEN else v
        for v in visits
    )  # fmt: skip


def skipped_days(visit: Visit, every_days: int) -> tuple[dt.date, ...]:
    """The days of the rounds that were skipped before a visit, in the rhythm of the plan now."""
    gap = dt.timedelta(days=every_days)
    return tuple(visit.planned_on - gap * n for n in range(visit.put_off, 0, -1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """When the first visit of a plan is, and how many days lie between two."""

    first_on: dt.date
    every_days: int


def in_new_rhythm(visits: Iterable[Visit], *, old: Rhythm, new: Rhythm) -> tuple[Visit, ...]:
    """The visits ahead in another rhythm, counted from the last one that is under way or over.

    Rounds that were skipped stay skipped, and a visit that somebody moved by some days stays as many days beside its
    round. A dropped visit keeps its place among the others.
    """
    found: list[Visit] = []
    was, now = old.first_on, new.first_on
    for visit in sorted(visits, key=lambda v: v.number):
        rounds = visit.put_off + (visit.number > 1)
        aside = visit.planned_on - was - dt.timedelta(days=old.every_days * rounds)
        day = now + dt.timedelta(days=new.every_days * rounds) + aside
        is_fixed = visit.state in (VisitState.UNDER_WAY, VisitState.DONE)
        was, now = visit.planned_on, visit.planned_on if is_fixed else day
        found.append(replace(visit, planned_on=now))
    return tuple(found)


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
