"""Slips of the pen in claim lists: dates nobody can have, names nobody can see, headings that stand there twice."""

import pytest

from liaison.domain.listing import RowCode
from liaison.exchange.bordereau import Answers, stage_claims
from tests.exchange.lists import D, claims_of, codes_of, text, xls, xlsx

HEAD = ["No Klaim", "Nama", "Tgl Lahir", "Tgl Masuk", "Tgl Keluar", "Mata Uang", "Tagihan"]
TODAY = Answers(today=D(2026, 11, 22))


BORN, CAME, WENT = D(1980, 3, 14), D(2026, 4, 1), D(2026, 4, 3)


def row(number, *, name="Ani", born=BORN, came=CAME, went=WENT):
    return [f"C{number}", name, born, came, went, "MYR", 5]


def staged(path, *rows, head=HEAD, make=xlsx):
    return stage_claims(make(path, {"Klaim": [head, *rows]}), answers=TODAY)


@pytest.mark.parametrize("make", [xlsx, xls])
def test_a_date_no_treatment_can_have_rejects_its_row(tmp_path, make):
    dates = [0.0, 1.0, D(1900, 1, 1), D(1904, 1, 1), D(2032, 1, 1), D(9999, 12, 31), "31/12/2099"]
    wrong = [row(n, came=day, went="") for n, day in enumerate(dates, 1)]
    left = row(90, went=D(2062, 4, 3))
    right = [row(91, came=D(1980, 1, 1), born="", went=D(1980, 1, 2)), row(92, came=D(2031, 12, 31), went="")]

    found = staged(tmp_path / f"list.{make.__name__}", *wrong, left, *right, make=make)

    assert codes_of(found) == [(n, ["BAD_DATE"]) for n in range(2, len(wrong) + 3)]
    assert [c.claim_no for c in found.claims] == ["C91", "C92"]


def test_a_birth_nobody_can_have_rejects_its_row_and_two_digits_mean_the_past(tmp_path):
    births = [0.0, 1.0, D(1899, 12, 30), D(9999, 1, 1), D(2032, 1, 1)]

    found = staged(
        tmp_path / "list.xlsx",
        *[row(n, born=day) for n, day in enumerate(births, 1)],
        row(90, born="14/03/55"), row(91, born=D(1905, 1, 1)), row(92, born=""),
    )  # fmt: skip

    assert codes_of(found) == [(n, ["BAD_DATE"]) for n in range(2, 7)]
    assert [c.birth_date for c in found.claims] == [D(1955, 3, 14), D(1905, 1, 1), None]


def test_the_reason_names_what_a_plausible_date_is(english):
    said = english(RowCode.BAD_DATE.label)

    assert "between 1910 and five years from now" in said and "after 1900" in said


@pytest.mark.parametrize(
    "name", ["\u200b", "\u00ad\u2060", "\u00a0\u200b ", "\ufeff\u200e\u200f", "\u3164", "\u2800 \u115f", "\x07\x08"]
)
def test_a_name_nobody_can_see_is_no_name(tmp_path, name):
    rows = [["C1", name, "", "1/4/2026", "", "MYR", "5"], ["C2", "Ani", "", "1/4/2026", "", "MYR", "5"]]

    found = stage_claims(text(tmp_path / "list.csv", [HEAD, *rows]), answers=TODAY)

    assert codes_of(found) == [(2, ["MISSING_MEMBER"])]


def test_what_nobody_can_see_is_left_out_of_names_and_numbers(tmp_path):
    cells = ["C\u200b1", "\u200eSiti\u00a0Nur\u00ad aini\u2060", "", "1/4/2026\u200b", "", "MYR\ufeff", "5\u200b"]

    found = stage_claims(text(tmp_path / "list.csv", [HEAD, cells]), answers=TODAY)

    assert claims_of(found) == [(2, "C1", "Siti Nur aini", "MYR", "5.00")]


def test_a_heading_that_stands_there_twice_is_told_with_the_column_that_was_read(tmp_path):
    head = ["No Klaim", "Nama", "Tgl Masuk", "Tgl Masuk", "Mata Uang", "Tagihan"]
    rows = [
        ["C1", "Ani", D(2026, 4, 1), D(2026, 5, 1), "MYR", 5],
        ["C2", "Budi", D(2026, 4, 2), D(2026, 5, 2), "MYR", 6],
    ]

    found = staged(tmp_path / "list.xlsx", *rows, head=head)

    (warning,) = found.warnings
    assert (warning.code.value, warning.sheet, warning.row) == ("SAME_HEADING_TWICE", "Klaim", 1)
    assert warning.detail == "Tgl Masuk: C ≠ D"
    assert [c.admit_date for c in found.claims] == [CAME, D(2026, 4, 2)]


def test_names_for_people_and_for_policies_under_one_heading_each_warn_of_nothing(tmp_path):
    assert staged(tmp_path / "list.xlsx", row(1)).warnings == ()
