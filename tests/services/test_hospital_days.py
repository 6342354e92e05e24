"""The day of the hospital, an hour before or after the office's, decides what goes by the day of admission."""

from __future__ import annotations

import datetime as dt

import pytest

from liaison.domain.benefits import RateRule
from liaison.domain.money import Money
from liaison.services import benefits, claim_opening
from liaison.services.facts import admitted_on
from liaison.services.hospital_days import day_there
from liaison.store.models import JourneyRow
from tests import make
from tests.services.test_benefits import a_plan, add_rate, covered

JUST_AFTER_MIDNIGHT = dt.datetime(2026, 10, 20, 16, 30, tzinfo=dt.UTC)
"""00:30 on 21 October in Penang; 23:30 on the 20th in Medan."""


def admitted(store, key, at=JUST_AFTER_MIDNIGHT):
    with store.write("Prepare") as session:
        row = session.get(JourneyRow, key)
        row.admitted_at, row.discharged_at = at, at + dt.timedelta(days=2)


@pytest.mark.parametrize(
    ("place", "day"),
    [
        ({"zone": "Asia/Kuala_Lumpur"}, 21),
        ({"zone": "", "city": "George Town", "country": "MY"}, 21),
        ({"zone": "", "city": "Medan", "country": "ID"}, 20),
    ],
)
def test_a_moment_just_after_midnight_is_the_day_of_the_place(store, place, day):
    key = make.journey(store, hospital_id=make.hospital(store, **place))

    with store.read() as session:
        assert day_there(session, session.get(JourneyRow, key), JUST_AFTER_MIDNIGHT) == dt.date(2026, 10, day)


def test_a_case_without_a_place_goes_by_the_office(store):
    key = make.journey(store, destination_country="", destination_city="")

    with store.read() as session:
        assert day_there(session, session.get(JourneyRow, key), JUST_AFTER_MIDNIGHT) == dt.date(2026, 10, 20)


def test_the_claim_the_letter_and_the_rate_go_by_the_hospitals_day_of_admission(store):
    person = make.patient(store)
    product = a_plan(store, currency="IDR", rate_rule=RateRule.ADMISSION)
    cover = covered(store, person, product)
    key = make.journey(store, person, cover_id=cover, hospital_id=make.hospital(store))
    admitted(store, key)
    for day, rate in ((20, 3800), (21, 3900)):
        add_rate(store, rate, dt.date(2026, 10, day))

    opened = make.see(store, claim_opening.open_claim_of_case, key).draft
    (found,) = make.see(store, lambda s: benefits.estimate_case(s, key, of=Money.of(1000, "MYR")))

    assert (opened.admitted_on, opened.discharged_on) == (dt.date(2026, 10, 21), dt.date(2026, 10, 23))
    with store.read() as session:
        assert admitted_on(session, session.get(JourneyRow, key)) == dt.date(2026, 10, 21)
    assert found.rate.rate.on == dt.date(2026, 10, 21)
    assert found.result.claimed == Money.of(3_900_000, "IDR")
