"""Plans of several visits, counted against the limit they are paid from."""

import dataclasses
import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from liaison.domain.cycles import (
    CyclePlanDraft,
    LimitYear,
    Rhythm,
    Shortfall,
    Visit,
    VisitDraft,
    VisitState,
    check_cycle_plan,
    check_visit,
    count,
    days_of,
    dropped,
    in_new_rhythm,
    last_day,
    next_visit,
    postponed,
    shortfall,
    shortfalls,
    skipped_days,
)
from liaison.domain.money import Money

FIRST = dt.date(2026, 12, 1)


def rm(amount):
    return Money.of(amount, "MYR")


def six():
    return tuple(Visit(number=n, planned_on=day) for n, day in enumerate(days_of(FIRST, 6, 21), start=1))


def plan(**values):
    usual = {"journey_id": 1, "visits": 6, "every_days": 21, "first_on": FIRST, "price": rm(10_500),
             "limit": rm(60_000)}  # fmt: skip
    return CyclePlanDraft(**{**usual, **values})


def codes(found):
    return {p.code for p in found}


def test_six_visits_every_21_days_from_the_first_of_december():
    assert days_of(FIRST, 6, 21) == (
        dt.date(2026, 12, 1), dt.date(2026, 12, 22), dt.date(2027, 1, 12), dt.date(2027, 2, 2), dt.date(2027, 2, 23),
        dt.date(2027, 3, 16),
    )  # fmt: skip


def test_six_cycles_at_10500_against_60000_fall_short_by_3000_in_the_sixth():
    counted = count(six(), price=rm(10_500), limit=rm(60_000))

    assert [c.short for c in counted] == [None] * 5 + [rm(3_000)]
    assert [c.left for c in counted][-2:] == [rm(7_500), rm(0)]
    assert shortfall(counted) == Shortfall(amount=rm(3_000), number=6, planned_on=dt.date(2027, 3, 16))


def test_each_visit_takes_from_the_policy_year_its_day_lies_in():
    years = (
        LimitYear(first_on=dt.date(2026, 4, 1), last_on=dt.date(2027, 1, 31), limit=rm(30_000)),
        LimitYear(first_on=dt.date(2027, 2, 1), last_on=dt.date(2028, 1, 31), limit=rm(30_000), used=rm(5_000)),
    )

    counted = count(six(), price=rm(10_500), limit=rm(30_000), years=years)

    assert [c.year for c in counted] == [years[0]] * 3 + [years[1]] * 3
    assert [c.short for c in counted] == [None, None, rm(1_500), None, None, rm(6_500)]
    first, second = shortfalls(counted)
    assert (first.number, first.amount, first.year) == (3, rm(1_500), years[0])
    assert (second.number, second.amount, second.year) == (6, rm(6_500), years[1])
    assert shortfall(counted) == first


def test_the_shortfall_that_comes_next_is_the_first_one_that_still_lies_ahead():
    years = tuple(
        LimitYear(first_on=dt.date(y, 1, 1), last_on=dt.date(y, 12, 31), limit=rm(10_000)) for y in (2026, 2027)
    )
    visits = [dataclasses.replace(v, state=VisitState.DONE) if v.number < 3 else v for v in six()]

    assert shortfall(count(visits, price=rm(10_500), limit=rm(10_000), years=years)).number == 3


def test_another_rhythm_keeps_a_skipped_round_and_what_was_moved_by_hand():
    moved = postponed(six(), 3, 21)
    moved = [
        dataclasses.replace(v, planned_on=v.planned_on + dt.timedelta(days=2)) if v.number == 5 else v for v in moved
    ]

    now = in_new_rhythm(moved, old=Rhythm(first_on=FIRST, every_days=21), new=Rhythm(first_on=FIRST, every_days=28))

    assert [(v.planned_on - FIRST).days for v in now] == [0, 28, 84, 112, 142, 168]
    assert skipped_days(now[2], 28) == (FIRST + dt.timedelta(days=56),)
    assert [v.put_off for v in now] == [0, 0, 1, 0, 0, 0]


def test_another_rhythm_counts_from_the_last_visit_that_took_place():
    visits = [dataclasses.replace(v, state=VisitState.DONE) if v.number < 3 else v for v in six()]
    later = FIRST + dt.timedelta(days=7)

    now = in_new_rhythm(visits, old=Rhythm(first_on=FIRST, every_days=21), new=Rhythm(first_on=later, every_days=14))

    assert [(v.planned_on - FIRST).days for v in now] == [0, 21, 35, 49, 63, 77]


def test_what_was_used_before_counts_and_a_real_cost_goes_before_the_price():
    visits = (Visit(number=1, planned_on=FIRST, state=VisitState.DONE, cost=rm(9_000)), *six()[1:])

    short = shortfall(count(visits, price=rm(10_500), limit=rm(60_000), used=rm(5_000)))

    assert (short.number, short.amount) == (6, rm(6_500))


def test_a_visit_put_off_takes_every_later_one_along_and_none_before_it():
    moved = postponed(six(), 3, 21)

    assert [v.planned_on for v in moved[:2]] == [v.planned_on for v in six()[:2]]
    assert [v.planned_on for v in moved[2:]] == [v.planned_on + dt.timedelta(days=21) for v in six()[2:]]
    assert shortfall(count(moved, price=rm(10_500), limit=rm(60_000))).planned_on == dt.date(2027, 4, 6)


def test_a_dropped_visit_costs_nothing_and_leaves_the_days():
    left = dropped(six(), 3)

    assert shortfall(count(left, price=rm(10_500), limit=rm(60_000))) is None
    assert last_day(left) == dt.date(2027, 3, 16)
    assert next_visit(left).number == 1


def test_a_visit_that_is_over_is_not_moved():
    done = Visit(number=1, planned_on=FIRST, state=VisitState.DONE)

    assert postponed((done,), 1, 21) == (done,)
    assert next_visit((done,)) is None


def test_without_a_limit_nothing_falls_short():
    counted = count(six(), price=rm(10_500), limit=None)

    assert shortfall(counted) is None
    assert {c.left for c in counted} == {None}


def test_a_plan_names_what_is_wrong_with_it():
    assert codes(check_cycle_plan(plan())) == set()
    assert codes(check_cycle_plan(plan(visits=1, every_days=0, price=rm(0)))) == {
        "VISITS",
        "EVERY_DAYS",
        "NOT_POSITIVE",
    }
    assert codes(check_cycle_plan(plan(limit=Money.of(1, "IDR")))) == {"OTHER_CURRENCY"}
    assert codes(check_cycle_plan(plan(used=rm(-1), limit=None))) == {"NEGATIVE", "NO_LIMIT"}
    assert codes(check_visit(VisitDraft(planned_on=FIRST, cost=rm(0)), price=rm(1))) == {"NOT_POSITIVE"}
    assert codes(check_visit(VisitDraft(planned_on=FIRST, cost=Money.of(1, "IDR")), price=rm(1))) == {"OTHER_CURRENCY"}
    assert check_visit(VisitDraft(planned_on=FIRST), price=rm(1)) == []


amounts = st.integers(min_value=1, max_value=10**9)


@given(st.lists(amounts, min_size=1, max_size=12), st.integers(min_value=0, max_value=10**10))
def test_what_is_covered_and_what_falls_short_come_to_what_the_visits_cost(costs, limit):
    visits = [Visit(number=n, planned_on=FIRST, cost=Money(c, "MYR")) for n, c in enumerate(costs, start=1)]

    counted = count(visits, price=rm(1), limit=Money(limit, "MYR"))

    short = sum(c.short.minor for c in counted if c.short)
    assert short == max(sum(costs) - limit, 0)
    assert counted[-1].left.minor - short == limit - sum(costs)
