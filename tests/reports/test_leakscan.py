"""People who may not stand on a paper are found, however they are written; the report's own words are not."""

import pytest

from liaison.reports.blocks import Text
from liaison.reports.leakscan import LeakTerms, PageText, find_leaks, texts_of_pdf
from tests.reports.reading import TITLE, drawn

TERMS = LeakTerms(
    names=frozenset({"Rina Wulandari Siregar", "Suryanto", "Nur Haliza", "Đặng Văn Hùng", "Halim"}),
    phones=frozenset({"6281100022233"}),
    numbers=frozenset({"1271054107800917", "X1234567", "0871-2264-19", "GL/NS/26/118204", "12345"}),
    allowed=frozenset({"Lam Wah Ee Hospital", "Medan", "Halim"}),
    houses=frozenset({"PT Asuransi Nusantara Sentosa", "Allianz"}),
)


def codes(*strings, terms=TERMS):
    return [problem.code for problem in find_leaks([PageText(1, text) for text in strings], terms)]


@pytest.mark.parametrize(
    "text",
    [
        "Rina Wulandari Siregar",
        "pasien RINA  WULANDARI\u00a0SIREGAR, Medan",
        "rina wulandari-siregar",
        "RinaWulandariSiregar",
        "Dang Van Hung",
        "Nurhaliza menelepon",
    ],
)
def test_a_full_name_refuses_however_it_is_spelt(text):
    assert "LEAK_NAME" in codes(text)


def test_a_name_that_breaks_over_two_lines_is_found():
    assert codes("pasien Rina Wulandari", "Siregar dirawat") == ["LEAK_NAME"]


@pytest.mark.parametrize(
    "text",
    [
        "NIK 1271054107800917",
        "1271 0541 0780 0917",
        "paspor X1234567.",
        "0871226419",
        "no. 0871-2264-19",
        "gl/ns/26/118204",
    ],
)
def test_a_number_of_a_person_refuses_with_or_without_its_separators(text):
    assert codes(text) == ["LEAK_NUMBER"]


def test_any_sixteen_digits_refuse_whether_known_or_not():
    assert codes("3175091203850004") == ["LEAK_NUMBER"]


@pytest.mark.parametrize("text", ["+62 811 0002 2233", "0811-0002-2233"])
def test_a_phone_of_a_person_refuses_in_either_form(text):
    assert "LEAK_PHONE" in codes(text, terms=LeakTerms(phones=frozenset({"6281100022233"})))


def test_an_address_for_mail_refuses():
    assert codes("tulis ke rina@example.org") == ["LEAK_MAIL"]


def test_an_insurer_refuses_on_joint_paper():
    assert codes("PT Asuransi Nusantara Sentosa") == ["LEAK_INSURER"]


def test_a_province_hides_the_insurer_of_its_first_word_only_where_the_whole_province_stands():
    terms = LeakTerms(houses=frozenset({"Nusa"}), places=frozenset({"Nusa Tenggara Barat"}))

    assert codes("Bali, Nusa Tenggara Barat, Maluku", terms=terms) == []
    assert codes("Nusa Tenggara Barat dan Nusa", terms=terms) == ["LEAK_INSURER"]
    assert codes("menurut Allianz") == ["LEAK_INSURER"]


def test_a_one_word_name_only_warns_and_not_where_the_report_uses_the_word():
    problems = find_leaks([PageText(3, "Suryanto dan Halim")], TERMS)

    assert [(p.code, p.severity, p.values) for p in problems] == [("ONE_WORD_NAME", "warning", {"page": 3})]


@pytest.mark.parametrize(
    "text",
    [
        "Lam Wah Ee Hospital",
        "12345 orang",
        "RM18.000,50",
        "1,234,567",
        "4.478,18",
        "2025/26",
        "20 Nov 2026 14.05 WIB",
        "n = 180, 290 dan 100",
    ],
)
def test_hospitals_amounts_and_dates_are_no_leaks(text):
    terms = LeakTerms(
        names=frozenset({"Lam Wah Ee"}),
        numbers=frozenset({"1234567", "202526", "447818", "20261405", "180290"}),
        allowed=TERMS.allowed,
    )

    assert codes(text, terms=terms) == []


def test_a_hospital_named_after_a_person_does_not_hide_the_person():
    terms = LeakTerms(names=frozenset({"Lam Wah Ee"}), allowed=TERMS.allowed)

    assert codes("Lam Wah Ee dirawat di Lam Wah Ee Hospital", terms=terms) == ["LEAK_NAME"]


def test_a_leak_names_its_page_and_never_the_person():
    (problem,) = find_leaks([PageText(2, "Rina Wulandari Siregar")], TERMS)

    assert problem.values == {"page": 2}
    assert "Rina" not in problem.message


def test_the_text_of_a_finished_pdf_is_scanned_page_by_page():
    data, _ = drawn([TITLE, *(Text(words=f"isi {n}") for n in range(60)), Text(words="Rina Wulandari Siregar")])

    problems = find_leaks(texts_of_pdf(data), TERMS)

    assert [(p.code, p.values["page"]) for p in problems] == [("LEAK_NAME", 2)]


def test_fifty_thousand_people_are_scanned_in_good_time():
    names = frozenset(f"Nama{n} Keluarga{n}" for n in range(50_000))
    numbers = frozenset(f"X{1_000_000 + n}" for n in range(50_000))

    assert codes("Nama49999 Keluarga49999", terms=LeakTerms(names=names, numbers=numbers)) == ["LEAK_NAME"]
