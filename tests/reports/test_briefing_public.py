"""Figures made safe: stars, rounding, merging, medians, amounts. Source of the rules: small numbers and audiences."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison.domain.privacy import public_row, stars_share
from liaison.domain.regions import city_of
from liaison.reports.briefing_public import (
    amounts,
    categories,
    has_year_before,
    pair,
    part_of,
    percent,
    quarter_or_half,
    spread,
    times,
    two_digits,
)
from liaison.reports.briefing_tally import Persons
from liaison.reports.briefing_view import CityFigures, Sample, TimeCounts, Year

MEDAN = city_of("Medan")
COUNTS = st.dictionaries(
    st.sampled_from("abcdefghijkl"), st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=12
)


def shown(count):
    return "*" if count.value is None else count.value


@pytest.mark.parametrize(("true", "printed"), [(1, "*"), (7, "*"), (8, 10), (12, 10), (13, 15), (212, 210)])
def test_one_to_seven_hide_and_others_are_rounded_to_five(true, printed):
    assert shown(pair((true, 0), compare=True).now) == printed


def test_a_change_is_that_of_the_printed_figures():
    assert pair((212, 187), compare=True).change == 25
    assert pair((212, 3), compare=True).change is None
    assert pair((212, 187), compare=False).change is None


@given(COUNTS, st.booleans())
def test_at_most_fifteen_per_cent_of_a_chart_is_stars(counts, compare):
    found = categories(counts, other="lain", compare=compare)

    columns = [public_row([0])] if not found else []
    now = [one.count.now for one in found]
    before = [one.count.before for one in found if one.count.before is not None]
    stars = sum(count.is_star for count in (*now, *before))
    if len(found) > 1:
        assert Decimal(stars) / (len(now) + len(before)) <= Decimal("0.15")
    assert columns is not None


@given(COUNTS)
def test_merging_loses_nobody(counts):
    found = categories(counts, other="lain", compare=True)

    printed = sum(one.count.now.value or 0 for one in found)
    assert abs(printed - sum(now for now, _ in counts.values())) <= 7 * max(len(found), 1)


@given(COUNTS)
def test_every_printed_count_is_a_star_nothing_or_a_multiple_of_five(counts):
    for one in categories(counts, other="lain", compare=True):
        for count in (one.count.now, one.count.before):
            assert count.value is None or (count.value % 5 == 0 and count.value != 5)


def test_the_merged_ones_stand_last_under_their_own_name():
    found = categories({"a": (70, 55), "b": (55, 40), "c": (3, 2), "d": (6, 7)}, other="lain", compare=True)

    assert [one.key for one in found] == ["a", "b", "lain"]
    assert shown(found[-1].count.now) == 10


def test_no_more_categories_than_a_chart_has_room_for():
    assert len(categories({str(n): (50 + n, 50) for n in range(20)}, other="lain", compare=True, most=6)) == 7


def test_months_become_quarters_then_halves_where_they_would_hide_too_much():
    full = TimeCounts(months=(20,) * 12, quarters=(60,) * 4, halves=(120,) * 2)
    thin = TimeCounts(months=(4,) * 12, quarters=(12,) * 4, halves=(24,) * 2)
    thinner = TimeCounts(months=(1,) * 12, quarters=(4,) * 4, halves=(9,) * 2)
    nothing = TimeCounts(months=(1,) * 12, quarters=(3,) * 4, halves=(5,) * 2)

    assert [times((one, one), compare=True).parts for one in (full, thin, thinner, nothing)] == [12, 4, 2, 0]
    assert [quarter_or_half((one, one), compare=True).parts for one in (full, thin, thinner, nothing)] == [4, 4, 2, 0]


def test_a_year_before_without_records_is_not_compared():
    now = TimeCounts(months=(20,) * 12, quarters=(60,) * 4, halves=(120,) * 2)

    assert times((now, TimeCounts()), compare=False).before == ()
    assert not has_year_before([CityFigures(city=MEDAN, people=(200, 0))])
    assert has_year_before([CityFigures(city=MEDAN, people=(0, 1))])


def test_a_part_of_nobody_is_printed_as_nobody_only_in_a_large_whole():
    assert shown(part_of((0, 0), (12, 0))[0]) == "*"
    part, whole = part_of((3, 0), (150, 0))
    assert (shown(part), shown(whole)) == ("*", 150)


def test_percentages_come_from_the_printed_figures():
    part, whole = part_of((143, 0), (212, 0))

    assert percent(part, whole) == 69
    assert percent(*part_of((9, 0), (14, 0))) is None


# medians and amounts


def sample(values, people=None, houses=3):
    return Sample(values=tuple(sorted(values)), people=people if people is not None else len(values), houses=houses)


def test_a_median_needs_ten_people():
    assert spread(sample(range(9))) is None
    assert spread(sample(range(20), people=9)) is None
    assert spread(sample(range(1, 12))).median == 6


def test_the_number_of_people_behind_a_median_is_rounded_too():
    assert shown(spread(sample(range(183))).people) == 185


def test_an_amount_needs_ten_people_in_three_hospitals():
    assert amounts(sample(range(18_000, 18_050), houses=2)) is None
    assert amounts(sample(range(18_000, 18_050), people=9)) is None
    assert amounts(sample(range(18_000, 18_050))).median == 18_000


@pytest.mark.parametrize(
    ("amount", "printed"), [(18_449, 18_000), (18_500, 19_000), (7, 7), (95.4, 95), (1_234_567, 1_200_000), (0, 0)]
)
def test_amounts_have_two_significant_digits(amount, printed):
    assert two_digits(amount) == printed


def test_no_cell_of_the_tables_is_a_share_of_stars_by_accident():
    assert stars_share([public_row([0, 0])]) == 1


def test_a_person_in_two_merged_places_counts_once_there():
    year = Year(start=dt.date(2025, 10, 1), end=dt.date(2026, 9, 30))
    persons = Persons(year)
    for person in range(40):
        persons.add("Penang", person, dt.date(2026, 1, 5))
    for own, place in enumerate(("Melaka", "Subang Jaya", "Ipoh")):
        for person in (*range(50, 56), 60 + own):
            persons.add(place, person, dt.date(2026, 2, 5))

    shown = categories(persons.pairs(), other="Other", compare=False)

    assert [one.key for one in shown] == ["Penang", "Other"]
    assert persons.pairs().together(("Melaka", "Subang Jaya", "Ipoh")) == (9, 0)
    assert shown[-1].count.now.value == 10, "nine people: three times seven would have printed as 20"


def test_a_merged_year_before_counts_each_person_once_too():
    year = Year(start=dt.date(2025, 10, 1), end=dt.date(2026, 9, 30))
    persons = Persons(year)
    for place in ("Melaka", "Ipoh"):
        for person in range(12):
            persons.add(place, person, dt.date(2025, 2, 5))

    assert persons.pairs().together(("Melaka", "Ipoh")) == (0, 12)
    assert persons.total() == (0, 12)
