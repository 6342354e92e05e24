from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison.domain.privacy import (
    HIDDEN,
    Audience,
    PublicCount,
    gives_away,
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
def test_no_star_of_a_row_is_ever_worked_out_within_one_from_the_rest(row):
    shown = public_row(row)
    stars = [i for i, c in enumerate(shown.counts) if c.is_star]
    if not stars or shown.total.is_star:
        return

    others = [range(max(c.value - 2, 8), c.value + 3) if c.value else range(1) for c in shown.counts if not c.is_star]
    more = len(stars) - 1
    low = max(1, shown.total.value - 2 - sum(max(o) for o in others) - 7 * more)
    high = min(7, shown.total.value + 2 - sum(min(o) for o in others) - more)

    assert high - low >= 3
    if all(row[i] for i in stars):
        assert all(low <= row[i] <= high for i in stars)


@pytest.mark.parametrize("row", [[1, 178, 178], [1, 8, 8, 178], [2, 173, 178, 178]])
def test_three_figures_rounded_up_keep_their_total_in_the_office(row):
    shown = public_row(row)

    assert shown.total == HIDDEN
    assert [c.value for c in shown.counts[1:]] == [rounded(c) for c in row[1:]]


def test_figures_that_leave_room_keep_their_total():
    assert public_row([4, 31, 55]).total == PublicCount(90)
    assert not gives_away([HIDDEN, PublicCount(30), PublicCount(55)], PublicCount(90))
    assert gives_away([HIDDEN, PublicCount(180), PublicCount(180)], PublicCount(355))
    assert not gives_away([PublicCount(180), PublicCount(180)], PublicCount(355))


def test_an_empty_table_has_no_stars():
    assert stars_share([]) == 0


def test_a_masked_number_shows_its_tail_only():
    assert mask("0011223340917") == "•••• 0917"
    assert mask("C1234771", 3) == "•••• 771"
    assert mask("123") == "••••"
