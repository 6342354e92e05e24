"""What a place would cost the patient, in rupiah, by dated rates."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from liaison.domain.fx import UsedRate
from liaison.domain.money import Money
from liaison.domain.places import PlaceCost, patient_total

DAY = dt.date(2026, 11, 20)
RATES = {"MYR": UsedRate(base="MYR", quote="IDR", exact=Fraction(3850), on=DAY, asked_for=DAY, source="test")}


def rm(amount):
    return Money.of(amount, "MYR")


def rp(amount):
    return Money.of(amount, "IDR")


def test_a_known_share_counts_instead_of_the_estimate():
    cost = PlaceCost(low=rm(15_000), high=rm(18_500), excess=rm(1_200), travel=rp(4_200_000), hotel=rm(600))

    total = patient_total(cost, RATES)

    assert total.low == total.high == rp(1_200 * 3_850 + 4_200_000 + 600 * 3_850)


def test_without_a_known_share_the_whole_estimate_is_the_patients():
    total = patient_total(PlaceCost(low=rm(15_000), high=rm(18_500)), RATES)

    assert (total.low, total.high) == (rp(57_750_000), rp(71_225_000))


def test_a_place_at_home_needs_no_rate():
    total = patient_total(PlaceCost(low=rp(40_000_000), high=rp(45_000_000)), {})

    assert total.high == rp(45_000_000)


def test_a_missing_rate_leaves_no_total_and_names_the_currency():
    total = patient_total(PlaceCost(low=rm(1), high=rm(2), hotel=Money.of(90, "SGD")), RATES)

    assert not total.is_known
    assert total.missing == ("SGD",)


@given(
    low=st.integers(1, 10**9), more=st.integers(0, 10**9), travel=st.integers(0, 10**9), rate=st.decimals("0.01", 9999)
)
def test_the_high_end_is_never_below_the_low_end(low, more, travel, rate):
    rates = {"MYR": UsedRate(base="MYR", quote="IDR", exact=Fraction(Decimal(rate)), on=DAY, asked_for=DAY, source="x")}
    cost = PlaceCost(low=Money(low, "MYR"), high=Money(low + more, "MYR"), travel=Money(travel * 100, "IDR"))

    total = patient_total(cost, rates)

    assert total.low <= total.high
