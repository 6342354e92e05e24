"""Somebody stands in: the deputy sees the cases of the one who is away, on those days only."""

import datetime as dt

import pytest

from liaison.domain.errors import Refused
from liaison.domain.handing import DeputyDraft
from liaison.domain.offices import OfficerDraft
from liaison.services import journeys, office, standing_in, today, work
from tests import make

DAY = dt.date(2026, 11, 2)


@pytest.fixture
def sari(store):
    return make.made(store, office.add_officer, OfficerDraft(name="Sari Ginting"))


def me(store):
    return make.see(store, lambda s: s.info["officer_id"])


def seen(store, officer):
    view = make.see(store, today.today_view, officer_id=officer)
    return {line.journey_id for group in view.groups for line in group.lines}


def deputy(store, away, stands_in, **values):
    days = {"starts_on": DAY, "ends_on": DAY + dt.timedelta(days=4), **values}
    return DeputyDraft(officer_id=away, deputy_id=stands_in, **days)


def test_a_deputy_sees_the_covered_cases_from_the_first_day_to_the_last(store, clock, sari):
    journey = make.journey(store)
    make.made(store, work.add_task, make.task_draft(journey_id=journey))
    stepless = make.journey(store)
    make.do(store, journeys.assign, stepless, me(store))
    assert journey not in seen(store, sari)

    make.made(store, standing_in.add_deputy, deputy(store, me(store), sari))

    assert {journey, stepless} <= seen(store, sari)
    clock.forward(days=5)
    assert not {journey, stepless} & seen(store, sari)
    assert journey in seen(store, me(store))


def test_standing_in_is_listed_changed_and_taken_back(store, sari):
    key = make.made(store, standing_in.add_deputy, deputy(store, me(store), sari, note="GL dulu"))
    draft = make.see(store, standing_in.deputy_draft, key)

    make.do(store, standing_in.edit_deputy, key, make.changed(draft, ends_on=DAY))
    (line,) = make.see(store, standing_in.deputies)

    assert (line.officer, line.deputy, line.ends_on, line.is_now) == (make.OFFICER, "Sari Ginting", DAY, True)
    make.do(store, standing_in.remove_deputy, key)
    assert make.see(store, standing_in.deputies) == ()


def test_nobody_stands_in_for_themselves_backwards_for_years_or_twice(store, sari):
    wrong = [
        (deputy(store, sari, sari), "OWN_DEPUTY"),
        (deputy(store, me(store), sari, ends_on=DAY - dt.timedelta(days=1)), "ENDS_BEFORE_START"),
        (deputy(store, me(store), sari, ends_on=dt.date(2029, 1, 1)), "TOO_LONG"),
        (deputy(store, 12345, sari), "GONE"),
    ]
    for draft, code in wrong:
        with pytest.raises(Refused) as refusal:
            make.do(store, standing_in.add_deputy, draft)
        assert [p.code for p in refusal.value.problems] == [code]

    make.made(store, standing_in.add_deputy, deputy(store, me(store), sari))
    with pytest.raises(Refused) as refusal:
        make.do(store, standing_in.add_deputy, deputy(store, me(store), sari))
    assert [p.code for p in refusal.value.problems] == ["KNOWN_DEPUTY"]
