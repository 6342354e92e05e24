"""The ledger keeps what a released paper tells, in the action of its release, and gives it back whole."""

import datetime as dt

from liaison.domain.figures import Figure, Shown
from liaison.domain.privacy import Audience
from liaison.services import ledger
from liaison.services.releases import record_release
from tests import make

KEY = ("MDN groups: Cancer", "2025-10-01", "2026-09-30")


def figures():
    return [
        Figure(key=KEY, who=frozenset({11, 10**15, 12}), low=1, high=7, shown=Shown.STAR),
        Figure(key=("MDN first letters median", "", ""), who=frozenset(range(20)), low=10, high=None,
               shown=Shown.ENOUGH, quantiles=(4.5, 3.0, 6.0)),
    ]  # fmt: skip


def release(store, told):
    with store.write("Release", kind="release") as session:
        made = record_release(
            session, report="city_briefing", report_id="R6-1", parameters={}, figures={}, language="en",
            audience=Audience.PUBLIC, sha256="0", pages=1,
        )  # fmt: skip
        return made | ledger.record_figures(
            session, told, release_id=made.made, report="city_briefing", audience=Audience.PUBLIC
        )


def test_what_was_told_comes_back_with_its_people_and_bounds(store):
    release(store, figures())

    assert make.see(store, ledger.told_before, {}).figures == figures()


def test_the_same_figures_are_kept_once(store):
    release(store, figures())
    mark = make.see(store, ledger.ledger_mark)

    release(store, figures())

    assert make.see(store, ledger.ledger_mark) == mark


def test_people_who_were_put_together_since_count_as_one(store):
    release(store, figures())

    found = make.see(store, ledger.told_before, {11: 12})

    assert found.figures[0].who == {12, 10**15}


def test_what_was_told_more_than_three_years_ago_is_left_alone(store, clock):
    release(store, figures())

    clock.forward(days=4 * 366)

    assert list(make.see(store, ledger.told_before, {}).figures) == []


def test_the_office_has_a_percentage_of_its_own_that_does_not_change(store):
    percent = make.see(store, ledger.told_before, {}).percent

    assert 10 <= percent <= 15
    assert make.see(store, ledger.told_before, {}).percent == percent


def test_what_only_its_owners_are_told_is_kept_as_it_is():
    found = ledger.exact_of_own([3, 4, 3], "stays", dt.datetime(2026, 11, 2, tzinfo=dt.UTC))

    assert [(one.value, one.shown) for one in found] == [(2, Shown.EXACT)]
    assert ledger.exact_of_own([], "stays", dt.datetime(2026, 11, 2, tzinfo=dt.UTC)) == []
