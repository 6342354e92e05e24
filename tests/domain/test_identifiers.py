from __future__ import annotations

import csv
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison.domain.identifiers import (
    check_bpjs,
    check_diagnosis_code,
    check_kk,
    check_mrz,
    check_nik,
    check_number,
    check_passport,
    check_phone,
    diagnosis_chapter,
    diagnosis_name,
    mrz_check_digit,
    number_key,
    phone_digits,
    read_nik,
    read_phone,
    whatsapp_link,
)
from liaison.domain.patients import IdentifierKind, Sex
from liaison.domain.regions import PROVINCES

TODAY = dt.date(2026, 11, 21)


def codes(problems):
    return [p.code for p in problems]


def reference(shared_data, name):
    with (shared_data / "reference" / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


# NIK


@pytest.mark.parametrize(("number", "sex"), [("3171011708450001", Sex.M), ("3171015708450001", Sex.F)])
def test_a_man_and_a_woman_born_on_the_same_day(number, sex):
    nik = read_nik(number, today=TODAY)

    assert (nik.sex, nik.birth_date, nik.province) == (sex, dt.date(1945, 8, 17), "31")
    assert check_nik(number, today=TODAY) == []


def test_day_81_is_refused():
    problems = check_nik("3171018108450001", today=TODAY)

    assert codes(problems) == ["NIK_DAY"]
    assert problems[0].severity == "error"


def test_serial_0000_is_refused():
    assert codes(check_nik("3171011708450000", today=TODAY)) == ["NIK_SERIAL"]


def test_an_unknown_province_only_warns():
    problems = check_nik("9971011708450001", today=TODAY)

    assert codes(problems) == ["NIK_REGION"]
    assert problems[0].severity == "warning"


@pytest.mark.parametrize("number", ["3100011708450001", "3171001708450001"])
def test_a_regency_or_district_00_only_warns(number):
    assert codes(check_nik(number, today=TODAY)) == ["NIK_REGION"]


def test_every_wrong_part_is_told_at_once():
    assert codes(check_nik("3171013313450000", today=TODAY)) == ["NIK_DAY", "NIK_MONTH", "NIK_SERIAL"]


def test_a_date_that_does_not_exist_is_refused():
    assert codes(check_nik("3171013102450001", today=TODAY)) == ["NIK_DATE"]


def test_a_child_born_in_2015_is_not_a_hundred_years_old():
    assert read_nik("3171010105150001", today=TODAY).birth_date == dt.date(2015, 5, 1)


def test_a_known_birth_date_settles_the_century():
    assert read_nik("3171010105150001", today=TODAY, born=dt.date(1915, 5, 1)).birth_date == dt.date(1915, 5, 1)


def test_blanks_dots_and_dashes_are_read_over():
    assert read_nik("3171.0117-0845 0001", today=TODAY) is not None


def test_another_birth_date_or_sex_than_the_patients_needs_a_look():
    problems = check_nik("3171011708450001", today=TODAY, born=dt.date(1945, 8, 18), sex=Sex.F)

    assert codes(problems) == ["NIK_BIRTH_DATE", "NIK_SEX"]
    assert {p.severity for p in problems} == {"warning"}


def test_no_message_carries_the_number():
    for number in ("317101170845000", "3171018108450001", "9971011708450001"):
        for problem in check_nik(number, today=TODAY):
            assert number not in problem.message
            assert number not in map(str, problem.values.values())


@given(
    st.sampled_from(sorted(PROVINCES)),
    st.dates(dt.date(1927, 1, 1), TODAY),
    st.sampled_from(Sex),
    st.integers(1, 9999),
)
def test_every_nik_is_read_as_it_was_given_out(province, born, sex, serial):
    day = born.day + 40 * (sex is Sex.F)
    number = f"{province}0101{day:02d}{born:%m%y}{serial:04d}"

    nik = read_nik(number, today=TODAY)

    assert (nik.sex, nik.birth_date) == (sex, born)
    assert check_nik(number, today=TODAY, born=born, sex=sex) == []


@given(st.text())
def test_any_text_is_a_nik_or_not_but_never_trouble(text):
    assert read_nik(text, today=TODAY) is None or not any(p.severity == "error" for p in check_nik(text, today=TODAY))


@pytest.mark.shared_data
def test_the_reference_cases_of_nik_give_their_verdicts(shared_data):
    for case in reference(shared_data, "nik_cases.csv"):
        problems = check_nik(case["nik"], today=TODAY)
        nik = read_nik(case["nik"], today=TODAY)

        if case["verdict"] == "valid":
            assert problems == []
            assert (nik.sex, nik.birth_date.isoformat()) == (Sex(case["sex"]), case["birth_date"])
        elif case["reason"] == "unknown province":
            assert codes(problems) == ["NIK_REGION"]
        else:
            assert {"15 digits": "NIK_FORMAT", "day out of range": "NIK_DAY", "month 13": "NIK_MONTH"}[
                case["reason"]
            ] in codes(problems)
            assert nik is None


# Other numbers


def test_family_card_and_bpjs_numbers_only_warn():
    assert check_kk("3171011708450001") == []
    assert codes(check_kk("317101")) == ["KK_FORMAT"]
    assert check_bpjs("0011336526592") == []
    assert [(p.code, p.severity) for p in check_bpjs("1")] == [("BPJS_FORMAT", "warning")]


@pytest.mark.parametrize("number", ["X1234567", "AB123456", "c 1234567"])
def test_indonesian_passports_in_use(number):
    assert check_passport(number, today=TODAY) == []


def test_odd_passport_numbers_only_warn():
    assert codes(check_passport("123", today=TODAY)) == ["PASSPORT_FORMAT"]
    assert codes(check_passport("123456789", today=TODAY)) == ["PASSPORT_FORMAT"]
    assert check_passport("123456789", country="MY", today=TODAY) == []


def test_an_expired_passport_is_named():
    problems = check_passport("X1234567", expires_on=dt.date(2026, 11, 20), today=TODAY)

    assert codes(problems) == ["PASSPORT_EXPIRED"]


@pytest.mark.parametrize(("text", "digit"), [("L898902C3", 6), ("740812", 2), ("120415", 9), ("X1234567<", 7)])
def test_check_digits_of_machine_readable_lines(text, digit):
    assert mrz_check_digit(text) == digit
    assert check_mrz(text, str(digit)) == []


def test_a_mistyped_machine_readable_line_is_refused():
    assert codes(check_mrz("L898902C4", "6")) == ["MRZ_CHECK"]
    assert codes(check_mrz("Ä", "6")) == ["MRZ_CHECK"]
    with pytest.raises(ValueError, match="machine-readable"):
        mrz_check_digit("Ä")


def test_each_kind_of_number_has_its_own_check():
    assert codes(check_number(IdentifierKind.NIK, "1", today=TODAY)) == ["NIK_FORMAT"]
    assert codes(check_number(IdentifierKind.KK, "1", today=TODAY)) == ["KK_FORMAT"]
    assert codes(check_number(IdentifierKind.BPJS, "1", today=TODAY)) == ["BPJS_FORMAT"]
    assert codes(check_number(IdentifierKind.PASSPORT, "1", today=TODAY)) == ["PASSPORT_FORMAT"]
    assert check_number(IdentifierKind.MRN, "00 12/a", today=TODAY) == []


def test_keys_keep_leading_zeros():
    assert number_key(" 00-12 a/b ") == "0012AB"


# Telephone


def test_an_indonesian_mobile_number_as_people_type_it():
    phone = read_phone("0812-3456-7890")

    assert (phone.e164, phone.country, phone.shown) == ("+6281234567890", "ID", "+62 812-3456-7890")
    assert phone_digits("0812 3456 7890") == "6281234567890"
    assert whatsapp_link("0812-3456-7890") == "https://wa.me/6281234567890"


def test_what_cannot_be_dialled_only_warns():
    assert codes(check_phone("12")) == ["PHONE"]
    assert codes(check_phone("ask the husband")) == ["PHONE"]
    assert check_phone("") == []
    assert check_phone("+60 4-222 9111") == []
    assert whatsapp_link("ask") == ""
    assert phone_digits("ext 12") == "12"


@pytest.mark.shared_data
def test_the_reference_examples_of_telephone_numbers_are_read(shared_data):
    for example in reference(shared_data, "phone_examples.csv"):
        phone = read_phone(example["national"], example["region"])
        assert (phone.e164, phone.shown) == (example["e164"], example["international"])


# Diagnosis


def test_diagnosis_codes():
    assert diagnosis_name("i25.1") == "Atherosclerotic heart disease"
    assert diagnosis_chapter("I25.1") == "IX"
    assert diagnosis_chapter("IX") == "IX"
    assert diagnosis_chapter("") == diagnosis_chapter("X99.99.9") == ""
    assert check_diagnosis_code("I25.1") == check_diagnosis_code(" ") == []
    assert [(p.code, p.severity) for p in check_diagnosis_code("Q99999")] == [("ICD10", "warning")]
