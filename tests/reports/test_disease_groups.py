"""Diagnoses as plain groups, and which of them may not be printed."""

import pytest

from liaison.reports import disease_groups as groups
from liaison.reports.disease_groups import code_in, group_of, is_restricted


@pytest.mark.parametrize(
    ("code", "words", "group"),
    [
        ("C50.9", "", groups.CANCER),
        ("", "Osteoartritis lutut (M17.1)", groups.BONES),
        ("", "Kanker payudara", groups.CANCER),
        ("", "penyakit jantung koroner", groups.HEART),
        ("", "Batu saluran kemih", groups.KIDNEY),
        ("O82", "", groups.BIRTH),
        ("", "", groups.NOT_STATED),
        ("", "lain-lain", groups.OTHER),
        ("I25.1", "kanker", groups.HEART),
    ],
)
def test_the_code_decides_then_the_words(code, words, group):
    assert group_of(code, words) == group


def test_a_code_is_found_inside_the_words():
    assert code_in("", "Osteoartritis lutut (M17.1)") == "M17.1"
    assert code_in("", "tanpa kode") == ""


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("B24", ""),
        ("A15.0", ""),
        ("F32.1", ""),
        ("N97", ""),
        ("", "TBC paru"),
        ("", "depresi berat"),
        ("", "program bayi tabung (IVF)"),
        ("Z21", ""),
        ("O987", ""),
        ("P37.0", ""),
        ("R75", ""),
        ("", "human immunodeficiency virus disease"),
        ("", "ODHA kontrol rutin"),
        ("", "gangguan mental dan perilaku"),
        ("", "inseminasi buatan"),
    ],
)
def test_hiv_mental_health_fertility_and_tb_are_restricted_and_never_named(code, words):
    assert is_restricted(code, words)
    assert group_of(code, words) == groups.OTHER


def test_other_diagnoses_are_not_restricted():
    assert not is_restricted("C50.9", "kanker payudara")
    assert not is_restricted("", "demam berdarah")
