from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison.domain.money import CURRENCIES, Money, cash_rounded, computed, share_out, total, totals

REAL_BILL = {
    "CON": "3189.00", "EQP": "3850.30", "GAS": "61.19", "IMG": "77.00", "LAB": "120.70", "SUP": "2105.60",
    "MED": "2606.68", "ADM": "158.50", "NUR": "139.50", "NUR2": "27.70", "OTH_OT": "1372.40", "RNB": "2508.00",
    "DRC": "2621.00",
}  # fmt: skip

amounts = st.integers(-(10**12), 10**12)


def test_a_real_bill_of_thirteen_categories_adds_up_and_is_rounded_to_five_sen_at_the_till():
    lines = [Money.of(amount, "MYR") for amount in REAL_BILL.values()]

    bill = total(lines, "MYR")
    asked, rounding = cash_rounded(bill)

    assert bill == Money.of("18837.57", "MYR")
    assert asked == Money.of("18837.55", "MYR")
    assert rounding == Money.of("-0.02", "MYR")


def test_three_quarters_of_that_bill_are_neither_room_nor_doctors():
    bill = total((Money.of(a, "MYR") for a in REAL_BILL.values()), "MYR")
    room_and_doctors = Money.of(REAL_BILL["RNB"], "MYR") + Money.of(REAL_BILL["DRC"], "MYR")

    share = (bill - room_and_doctors).amount / bill.amount

    assert round(share, 4) == Decimal("0.7277")


def test_a_computed_rupiah_amount_is_rounded_half_up_to_the_whole():
    assert Money.of("18837.57", "MYR").times(Decimal(3850), "IDR") == Money.of(72_524_645, "IDR")


def test_received_sen_of_rupiah_are_kept():
    assert Money.of("0.50", "IDR").minor == 50


def test_five_per_cent_of_that_bill_in_rupiah():
    in_rupiah = Money.of(72_524_645, "IDR")

    share = in_rupiah.times(Decimal("0.05"))

    assert share == Money.of(3_626_232, "IDR")
    assert min(share, Money.of(3_000_000, "IDR")) == Money.of(3_000_000, "IDR")
    assert in_rupiah - Money.of(3_000_000, "IDR") == Money.of(69_524_645, "IDR")


def test_sixty_per_cent_for_another_territory():
    assert Money.of(72_524_645, "IDR").times(Decimal("0.6")) == Money.of(43_514_787, "IDR")


def test_deductible_then_co_insurance():
    bill = Money.of("18837.57", "MYR")
    after = bill - Money.of(1000, "MYR")

    share = after.times(Decimal("0.10"))

    assert share == Money.of("1783.76", "MYR")
    assert after - share == Money.of("16053.81", "MYR")


@pytest.mark.parametrize(
    ("amount", "currency", "asked"),
    [("0.03", "MYR", "0.05"), ("0.02", "MYR", "0.00"), ("1.13", "SGD", "1.15"), ("12345", "KHR", "12300"),
     ("12350", "KHR", "12400"), ("10.40", "IDR", "10"), ("1.01", "CNY", "1.01"), ("-18837.57", "MYR", "-18837.55")],
)  # fmt: skip
def test_a_cashier_asks_for_coins_that_exist(amount, currency, asked):
    whole, rounding = cash_rounded(Money.of(amount, currency))

    assert whole == Money.of(asked, currency)
    assert Money.of(amount, currency) + rounding == whole


def test_two_currencies_are_never_added():
    with pytest.raises(ValueError, match="cannot mix MYR and IDR"):
        Money(1, "MYR") + Money(1, "IDR")
    with pytest.raises(ValueError, match="cannot mix"):
        _ = Money(1, "MYR") < Money(1, "SGD")


def test_money_is_whole_minor_units_of_a_known_currency():
    with pytest.raises(TypeError):
        Money(1.5, "MYR")
    with pytest.raises(TypeError):
        Money(True, "MYR")
    with pytest.raises(ValueError, match="unknown currency"):
        Money(1, "XXX")


def test_sums_of_several_currencies_stand_side_by_side():
    assert totals([Money(1, "MYR"), Money(5, "SGD"), Money(2, "MYR")]) == {
        "MYR": Money(3, "MYR"),
        "SGD": Money(5, "SGD"),
    }


def test_an_empty_sum_is_zero_and_zero_is_false():
    assert not total([], "IDR")
    assert Money(1, "IDR")


def test_the_plain_form_always_has_two_decimals():
    assert Money(-123450, "MYR").plain() == "-1234.50"
    assert Money.of(7, "IDR").plain() == "7.00"


@given(amounts, amounts, st.sampled_from(CURRENCIES))
def test_adding_and_taking_away_come_back(one, other, currency):
    a, b = Money(one, currency), Money(other, currency)

    assert a + b - b == a
    assert (a <= b) == (a.minor <= b.minor)
    assert -Money(-one, currency) == a


@given(st.integers(0, 10**12), st.lists(st.integers(0, 1000), min_size=1).filter(any), st.sampled_from(CURRENCIES))
def test_shares_sum_to_the_whole_and_differ_from_exact_by_less_than_one(whole, weights, currency):
    money = Money(whole, currency)

    parts = share_out(money, weights)

    assert total(parts, currency) == money
    for part, weight in zip(parts, weights, strict=True):
        assert abs(Decimal(part.minor) - Decimal(whole) * weight / sum(weights)) < 1


def test_shares_need_weights():
    with pytest.raises(ValueError, match="more than nothing"):
        share_out(Money(1, "IDR"), [0, 0])


@given(st.decimals(-(10**9), 10**9, places=4), st.sampled_from(CURRENCIES))
def test_computed_amounts_are_within_half_a_step(amount, currency):
    money = computed(amount, currency)

    step = Decimal(1) if currency in ("IDR", "KHR") else Decimal("0.01")
    assert abs(money.amount - amount) <= step / 2
