from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison.domain.case_numbers import (
    CaseNumber,
    case_number,
    check_case_number,
    looks_like_case_number,
    read_case_number,
)

numbers = st.builds(
    CaseNumber,
    city=st.text(string.ascii_uppercase, min_size=3, max_size=3),
    year=st.integers(0, 99),
    device=st.sampled_from(string.ascii_uppercase),
    counter=st.integers(1, 99_999_999),
)


def test_the_number_on_the_pictures_gets_its_check_character():
    assert case_number("MDN", 2026, device="A", counter=412) == "MDN-26-A0412-5"


@pytest.mark.parametrize("typed", ["MDN-26-A0412-5", "mdn 26 a0412 5", "MDN26A04125", " mdn.26/a0412-5 "])
def test_any_typed_form_is_read(typed):
    number = read_case_number(typed)

    assert (number.city, number.year, number.device, number.counter) == ("MDN", 26, "A", 412)
    assert check_case_number(typed) == []


@given(numbers)
def test_a_number_is_read_back_as_it_was_made(number):
    assert read_case_number(str(number)) == number


@given(numbers, st.data())
def test_one_wrong_character_is_always_found(number, data):
    text = str(number).replace("-", "")
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from([c for c in string.digits + string.ascii_uppercase if c != text[place]]))

    wrong = text[:place] + other + text[place + 1 :]

    assert read_case_number(wrong) is None
    assert check_case_number(wrong)


def test_a_wrong_character_and_a_wrong_form_are_told_apart():
    assert [p.code for p in check_case_number("MDN-26-A0412-K")] == ["CASE_NO_CHECK"]
    assert [p.code for p in check_case_number("MDN-26-412")] == ["CASE_NO_FORM"]
    assert looks_like_case_number("MDN-26-A0412-K")
    assert not looks_like_case_number("Suyanti")


def test_no_number_is_made_of_impossible_parts():
    with pytest.raises(ValueError, match="no case number"):
        case_number("MEDAN", 2026, device="A", counter=1)
