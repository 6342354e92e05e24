from __future__ import annotations

import csv
import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison.domain.fx import Rate, RateDraft, RateKind, check_rate, find_rate
from liaison.domain.money import Money

FRIDAY = dt.date(2026, 10, 30)
SUNDAY = dt.date(2026, 11, 1)


def ecb(quote, rate, on=FRIDAY):
    return Rate(base="EUR", quote=quote, rate=Decimal(rate), on=on, source="ECB")


RATES = [ecb("IDR", "20275.17"), ecb("MYR", "4.5325"), ecb("IDR", "20193.16", dt.date(2026, 10, 29)),
         ecb("MYR", "4.5182", dt.date(2026, 10, 29))]  # fmt: skip


def test_a_bill_at_the_cross_of_30_october_2026_is_rounded_once():
    used = find_rate(RATES, "MYR", "IDR", FRIDAY)

    assert used.convert(Money.of("8500.00", "MYR")) == Money.of(38_022_933, "IDR")
    assert (used.is_cross, used.via, used.source) == (True, "EUR", "ECB")
    assert used.exact == Fraction("20275.17") / Fraction("4.5325")
    assert used.shown == Decimal("4473.29")


def test_a_sunday_takes_fridays_rate_marked():
    used = find_rate(RATES, "MYR", "IDR", SUNDAY)

    assert (used.on, used.asked_for, used.is_previous_day) == (FRIDAY, SUNDAY, True)


def test_a_later_rate_is_never_taken():
    assert find_rate(RATES, "MYR", "IDR", dt.date(2026, 10, 28)) is None
    assert find_rate(RATES, "EUR", "SGD", FRIDAY) is None


def test_a_direct_rate_goes_before_a_cross_and_may_be_turned_round():
    direct = Rate(base="MYR", quote="IDR", rate=Decimal(3850), on=dt.date(2026, 10, 1), source="hospital")

    there = find_rate([*RATES, direct], "MYR", "IDR", FRIDAY)
    back = find_rate([*RATES, direct], "IDR", "MYR", FRIDAY)

    assert there.convert(Money.of("18837.57", "MYR")) == Money.of(72_524_645, "IDR")
    assert (there.is_cross, there.source) == (False, "hospital")
    assert back.convert(Money.of(3850, "IDR")) == Money.of(1, "MYR")
    assert find_rate([*RATES, direct], "MYR", "IDR", FRIDAY, source="ECB").is_cross


def test_buying_and_selling_rates_are_other_rates():
    buying = Rate(base="MYR", quote="IDR", rate=Decimal(3800), on=FRIDAY, source="BI", kind=RateKind.BUY)

    assert find_rate([buying], "MYR", "IDR", FRIDAY) is None
    assert find_rate([buying], "MYR", "IDR", FRIDAY, kind=RateKind.BUY).exact == 3800


def test_one_currency_needs_no_rate():
    used = find_rate([], "IDR", "IDR", FRIDAY)

    assert used.convert(Money.of(5, "IDR")) == Money.of(5, "IDR")
    assert not used.is_cross


def test_a_rate_converts_its_own_currency_only():
    with pytest.raises(ValueError, match="converts MYR"):
        find_rate(RATES, "MYR", "IDR", FRIDAY).convert(Money(1, "SGD"))


def test_both_ends_of_a_cross_are_of_one_day_and_one_source():
    rates = [ecb("IDR", "20275.17"), ecb("MYR", "4.5182", dt.date(2026, 10, 29))]

    assert find_rate(rates, "MYR", "IDR", FRIDAY) is None


@given(st.integers(-(10**9), 10**9), st.decimals("0.0001", 30000, places=4))
def test_converting_is_within_half_a_step_of_the_exact_fraction(minor, rate):
    used = find_rate([Rate(base="MYR", quote="SGD", rate=rate, on=FRIDAY, source="x")], "MYR", "SGD", FRIDAY)

    converted = used.convert(Money(minor, "MYR"))

    assert abs(Fraction(converted.minor) - Fraction(minor) * Fraction(rate)) <= Fraction(1, 2)


def draft(**changes):
    return RateDraft(
        **{"base": "EUR", "quote": "MYR", "rate": Decimal("4.5"), "on_date": FRIDAY, "source": "ECB", **changes}
    )


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"base": "XXX"}, "UNKNOWN_CURRENCY"), ({"quote": "EUR"}, "SAME_CURRENCY"), ({"rate": Decimal(0)}, "NOT_POSITIVE"),
     ({"on_date": SUNDAY}, "IN_FUTURE"), ({"source": " "}, "MISSING")],
)  # fmt: skip
def test_what_is_wrong_with_a_rate_is_told(changes, code):
    assert [p.code for p in check_rate(draft(**changes), today=FRIDAY)] == [code]


def test_a_good_rate_passes():
    assert check_rate(draft(), today=FRIDAY) == []


@pytest.mark.shared_data
def test_rates_of_the_european_central_bank_cross_like_decimals(shared_data):
    path = shared_data / "reference" / "fx_ecb_eur_USD_IDR_MYR_SGD_CNY_THB.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))[:50]
    rates = [
        Rate(base="EUR", quote=q, rate=Decimal(row[q]), on=dt.date.fromisoformat(row["Date"]), source="ECB")
        for row in rows
        for q in ("IDR", "MYR")
    ]

    for row in rows:
        used = find_rate(rates, "MYR", "IDR", dt.date.fromisoformat(row["Date"]))
        exact = Decimal(row["IDR"]) / Decimal(row["MYR"]) * 1000
        assert abs(used.convert(Money.of(1000, "MYR")).amount - exact) <= Decimal("0.5")
