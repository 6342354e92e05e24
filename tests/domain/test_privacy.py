from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison.domain.privacy import (
    HIDDEN,
    Audience,
    PublicCount,
    mask,
    may_see,
    public_count,
    public_percent,
    public_row,
    rounded,
    stars_share,
)

counts = st.lists(st.integers(0, 400), min_size=1, max_size=8)


def test_a_value_without_an_audience_is_shown_to_nobody_outside():
    assert [a for a in Audience if may_see(a, ())] == [Audience.INTERNAL]
    assert may_see(Audience.FAMILY, {Audience.FAMILY})


@pytest.mark.parametrize(
    ("count", "shown"), [(1, None), (7, None), (8, 10), (12, 10), (13, 15), (210, 210), (212, 210)]
)
def test_one_to_seven_is_a_star_and_more_is_rounded_to_five(count, shown):
    assert public_count(count).value == shown


@pytest.mark.parametrize(("count", "shown"), [(9, None), (10, 10)])
def test_one_to_nine_is_a_star_for_sensitive_diagnoses(count, shown):
    assert public_count(count, sensitive=True).value == shown


def test_four_oncology_cases_print_a_star_and_cannot_be_worked_out():
    row = public_row([4, 31, 55])

    assert row.counts[0].is_star
    shown = [c.value for c in row.counts[1:]]
    possible = {
        guess
        for guess in range(8)
        for a in range(shown[0] - 2, shown[0] + 3)
        for b in range(shown[1] - 2, shown[1] + 3)
        if rounded(guess + a + b) == row.total.value
    }
    assert len(possible - {0}) > 3


def test_a_zero_is_a_star_unless_the_row_is_large_and_filled():
    assert public_row([0, 3]).counts[0] == HIDDEN
    assert public_row([0, 25]).counts[0] == HIDDEN
    assert public_row([0, 12, 25]).counts[0] == PublicCount(0)
    assert public_count(0) == HIDDEN


def test_totals_come_from_true_figures():
    assert public_row([6, 6, 6]).total == PublicCount(20)


def test_percentages_come_from_rounded_figures_and_not_from_few():
    assert public_percent(PublicCount(10), PublicCount(20)) == 50
    assert public_percent(PublicCount(10), PublicCount(15)) is None
    assert public_percent(HIDDEN, PublicCount(200)) is None
    assert public_percent(PublicCount(10), HIDDEN) is None
    assert public_row([11, 33]).percents == (22, 78)


def test_counts_are_never_negative():
    with pytest.raises(ValueError, match="never negative"):
        public_count(-1)


@given(st.integers(0, 10_000), st.booleans())
def test_a_public_count_is_a_multiple_of_five_within_two_of_the_truth_or_hidden(count, sensitive):
    shown = public_count(count, sensitive=sensitive)

    assert shown.is_star or (shown.value % 5 == 0 and abs(shown.value - count) <= 2)
    assert shown.is_star == (count <= (9 if sensitive else 7))


@given(counts)
def test_one_star_in_a_row_is_never_worked_out_exactly_from_the_rest(row):
    shown = public_row(row)
    stars = [i for i, c in enumerate(shown.counts) if c.is_star]
    if len(stars) != 1 or shown.total.is_star or len(row) < 2 or row[stars[0]] == 0:
        return

    others = [c.value for c in shown.counts if not c.is_star]
    low = max(1, shown.total.value - 2 - sum(min(o + 2, o + 2 * (o > 0)) for o in others))
    high = min(7, shown.total.value + 2 - sum(max(o - 2, 0) for o in others))

    assert low < high
    assert low <= row[stars[0]] <= high


def test_an_empty_table_has_no_stars():
    assert stars_share([]) == 0


def test_a_masked_number_shows_its_tail_only():
    assert mask("0011223340917") == "•••• 0917"
    assert mask("C1234771", 3) == "•••• 771"
    assert mask("123") == "••••"
