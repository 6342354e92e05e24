"""What an officer's own headline may say."""

import pytest

from liaison.domain.headlines import PaperWords, check_headlines, figures_in, number_of, option_of, small_groups_in

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
