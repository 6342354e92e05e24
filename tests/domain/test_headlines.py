"""What an officer's own headline may say."""

import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liaison.domain.headlines import PaperWords, check_headlines, figures_in, number_of, option_of, small_groups_in
from liaison.domain.lookalikes import LOOKS, as_read

PAPER = PaperWords(
    texts=("210 people came, 12% more", "3 months, n = 210", "RM14,200.00", "the first three cities"), hides_small=True
)


def codes(text, paper=PAPER):
    return [problem.code for problem in check_headlines([(1, text)], paper)]


def test_each_headline_has_an_option_of_its_own_and_other_options_have_none():
    assert [option_of(n) for n in (1, 2, 11)] == ["headline", "headline2", "headline11"]
    assert [number_of(o) for o in ("headline", "headline2", "headline11")] == [1, 2, 11]
    assert [number_of(o) for o in ("headlines", "headline1", "headline0", "city", "headline02")] == [None] * 5


def test_a_sentence_of_figures_that_the_paper_prints_is_fine():
    assert codes("In 3 months 210 people came, for RM14,200.00") == []


def test_a_headline_without_a_figure_is_refused():
    assert codes("Many people came") == ["HEADLINE_WITHOUT_FIGURE"]


def test_a_hidden_number_is_a_figure_only_where_the_paper_hides_one():
    starred = PaperWords(texts=("* people",), hides_small=True)

    assert codes("Medan: * people", starred) == []
    assert codes("Medan: * people") == ["HEADLINE_WITHOUT_FIGURE"]


def test_every_figure_that_no_page_prints_is_named_at_once():
    (problem,) = check_headlines([(2, "211 people paid RM14,200 in 3 months")], PAPER)

    assert (problem.code, problem.field) == ("HEADLINE_NOT_PRINTED", "headline2")
    assert problem.values == {"number": 2, "figures": "211; 14,200"}


@pytest.mark.parametrize(
    "text", ["210 came, 3 died", "210 came, three patients went home", "210 came: 3", "Of 210, seorang kembali"]
)
def test_a_small_group_that_the_paper_does_not_print_stays_out_of_it_in_figures_and_in_words(text):
    assert codes(text) == ["HEADLINE_SMALL_GROUP"]


@pytest.mark.parametrize(
    "text",
    ["210 came, a pair from afar", "210 came, a single one", "210 came, both", "Dari 210, ketiganya",
     "Dari 210, sepasang",
     "210 came, \u00b3 died", "210 came, \u2462 died", "210 came, th\u200bree died", "210 came, th\u00adree died"],
)  # fmt: skip
def test_a_small_group_in_another_word_or_another_sign_is_one_too(text):
    assert codes(text) == ["HEADLINE_SMALL_GROUP"]


def test_small_counts_that_are_printed_so_and_parts_of_larger_figures_are_no_groups():
    assert codes("210 people in three cities and 3 months") == []
    assert small_groups_in("3.5 days, 7%, 12, 2026, R3-1 and 8 %") == ()
    assert small_groups_in("dua belas hari, tiga ratus orang") == ()


def test_on_paper_about_one_patient_small_numbers_may_stand():
    about_one = PaperWords(texts=("3 documents are missing",), hides_small=False)

    assert codes("Still missing: 3", about_one) == []


def test_all_headlines_are_checked_and_each_is_told_with_its_number():
    found = check_headlines([(1, "none"), (2, "999 came")], PAPER)

    assert [(p.code, p.values["number"]) for p in found] == [
        ("HEADLINE_WITHOUT_FIGURE", 1), ("HEADLINE_NOT_PRINTED", 2),
    ]  # fmt: skip


def test_figures_are_read_as_they_are_written():
    assert figures_in("RM14.200,50 pukul 14.05, 2025–2026, 81") == ("14.200,50", "14.05", "2025", "2026", "81")


# signs that look like others

DIGITS = [chr(code) for code in range(sys.maxunicode) if unicodedata.decimal(chr(code), None) is not None]
WORDS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    "delapan",
    "sembilan",
]
STRANGERS = {}
for strange, latin in LOOKS.items():
    STRANGERS.setdefault(latin, []).append(chr(strange))


def looking_like(word):
    """The word with any of its letters in another script, with an accent, wide, or with something unseen behind it."""
    letters = [
        st.sampled_from(
            [one, one.upper(), one + "\u0301", one + "\u200b", chr(ord(one) + 0xFEE0), *STRANGERS.get(one, [])]
        )
        for one in word
    ]
    return st.tuples(*letters).map("".join)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(WORDS).flatmap(looking_like))
def test_a_number_word_is_read_whatever_letters_it_is_made_of(word):
    assert small_groups_in(f"Of 210, {word} went home")


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(DIGITS), st.sampled_from(["", " "]), st.sampled_from(["patients", "orang", "名患者", "នាក់", "مريض"])
)
def test_a_digit_is_read_in_every_script_beside_its_word_or_apart(digit, blank, word):
    is_small = unicodedata.decimal(digit) > 0

    assert bool(small_groups_in(f"Of many: {digit}{blank}{word}")) is is_small


@settings(max_examples=100, deadline=None)
@given(
    st.integers(min_value=10, max_value=99_999),
    st.sampled_from([one for one in DIGITS if not unicodedata.decimal(one)]),
)
def test_a_larger_number_is_no_small_group_in_any_script(number, nought):
    written = "".join(chr(ord(nought) + int(digit)) for digit in str(number))

    assert small_groups_in(f"{written} patients came") == ()


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from("一二三四五六七八九两兩俩仨壹贰叁肆伍陆柒捌玖參"),
    st.sampled_from(["名患者", "人", " patients", ""]),
    st.sampled_from(["", "有", "210人，"]),
)
def test_a_chinese_numeral_is_a_small_group(numeral, behind, before):
    assert small_groups_in(before + numeral + behind)


@pytest.mark.parametrize("text", ["十三名患者", "三十名", "一百二十人", "二〇二六年", "百", "210人"])
def test_a_larger_chinese_number_is_none(text):
    assert small_groups_in(text) == ()


@pytest.mark.parametrize(
    "numeral", ["i", "II", "iii", "IV", "v", "Vi", "vii", "viii", "ix", "Ⅲ", "ⅳ", "ІІІ", "l", "❸", "③", "3️⃣", "З"]
)
def test_a_roman_or_drawn_numeral_standing_alone_is_a_small_group(numeral):
    assert codes(f"210 came, {numeral} went home") == ["HEADLINE_SMALL_GROUP"]


@pytest.mark.parametrize(
    "text", ["Civil visits in Medan", "12 in vivo", "COVID19, the 3rd and the 5th", "R3-1", "BPJS, 5G, 2D"]
)
def test_letters_inside_words_are_no_numerals(text):
    assert small_groups_in(text) == ()


def test_a_numeral_that_a_page_prints_so_may_stand():
    paper = PaperWords(texts=("210 in class III rooms",), hides_small=True)

    assert codes("210 in class III rooms", paper) == []
    assert codes("210 in class II rooms", paper) == ["HEADLINE_SMALL_GROUP"]


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_plain_text_is_read_as_it_is_written_but_for_blanks_beside_counts(text):
    assert as_read(text).replace(" ", "") == text.replace(" ", "")
