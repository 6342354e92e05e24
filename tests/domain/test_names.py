from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison.domain.names import (
    age_on,
    fold,
    initials,
    likeness,
    masked,
    may_be_same,
    same_name,
    similar_key,
    spelt,
    without_titles,
)


def test_folding_takes_case_accents_and_punctuation_away():
    assert fold("  José   O'Brien-Müller, S.H. ") == "jose obrien muller s h"
    assert fold("Nur’aini") == "nuraini"


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Ny. Tan Mei Ling", "tan mei ling"),
        ("Dr. H. Ahmad Yani, S.H., M.M.", "ahmad yani"),
        ("Ahmad Yani S.E.", "ahmad yani"),
        ("Agus ST", "agus"),
        ("K.H. Zainuddin", "zainuddin"),
        ("Bayi Ny. Sari", "sari"),
        ("Lim An", "lim an"),
        ("Ibu", "ibu"),
        ("", ""),
    ],
)
def test_titles_and_degrees_are_no_part_of_a_name(name, bare):
    assert without_titles(name) == bare


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Siti Nurhaliza", "Sitti Nur Haliza"),
        ("Muhammad Rizki", "M. Rizky"),
        ("Ny. Tan Mei Ling", "TAN MEI LING"),
        ("Sukarno", "Soekarno"),
        ("Dewi Lestari", "Lestari Dewi"),
        ("Achmad Yusuf", "Ahmad Jusuf"),
        ("Chandra", "Candra"),
        ("Djoko Tjahjono", "Joko Cahjono"),
        ("Ahmad bin Yusuf", "Achmad Yusuf"),
    ],
)
def test_spellings_of_one_name_may_be_the_same_person(one, other):
    assert may_be_same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Sari", "Ratna Dewi Sari"), ("Budi Santoso", "Budi Hartono"), ("Ani", "Ana"), ("", "Ani"), ("...", "Ani")],
)
def test_other_names_are_other_people(one, other):
    assert not may_be_same(one, other)


def test_variants_meet_under_one_key():
    assert similar_key("Sitti Nur Haliza") == similar_key("Siti Nurhaliza")
    assert spelt("M") == "m"
    assert spelt("bin") == "bin"


def test_the_same_name_is_stricter_than_a_likeness():
    assert same_name("Ibu SUYANTI", "Suyanti")
    assert not same_name("Soekarno", "Sukarno")
    assert not same_name(" ", " ")


@given(st.text(), st.text())
def test_likeness_is_symmetric_and_between_0_and_100(one, other):
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 100


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


def test_initials_and_age():
    assert initials("dr. Dewi Lestari") == "DL"
    assert age_on(dt.date(1980, 2, 29), dt.date(2026, 2, 28)) == 45
    assert age_on(dt.date(1980, 2, 29), dt.date(2026, 3, 1)) == 46


def test_a_masked_name_says_number_sex_and_age_and_leaves_out_what_is_not_known():
    assert masked("MDN-26-A0412-5", "P", 46) == "P-0412, P, 46"
    assert masked("12") == "P-0012"
