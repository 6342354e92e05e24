from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison.domain.grammar import Comparison, Question, TermField, doubts, read_question, write_question
from liaison.i18n import Language


def test_words_and_terms_stand_side_by_side():
    question = read_question('kota:medan,surabaya status:terbuka umur>7 "dua kata" Ani')

    assert question.words == ("dua kata", "Ani")
    assert [(t.field, t.comparison, t.values, t.number) for t in question.terms] == [
        (TermField.CITY, Comparison.IS, ("medan", "surabaya"), None),
        (TermField.STATUS, Comparison.IS, ("terbuka",), None),
        (TermField.AGE, Comparison.MORE, ("7",), Decimal(7)),
    ]


def test_english_and_indonesian_names_mean_the_same():
    assert read_question("city:Medan age>7") == read_question("kota:medan umur>7")


@pytest.mark.parametrize(
    ("text", "comparison", "number"),
    [("sisa>0", Comparison.MORE, "0"), ("tahap<5", Comparison.LESS, "5"), ("tenggat<-2", Comparison.LESS, "-2"),
     ("sisa>=0,5", Comparison.AT_LEAST, "0.5"),
     ("tagihan<=1.5", Comparison.AT_MOST, "1.5"), ("tahap:3", Comparison.IS, "3")],
)  # fmt: skip
def test_comparisons_with_numbers(text, comparison, number):
    (term,) = read_question(text).terms

    assert (term.comparison, term.number) == (comparison, Decimal(number))


def test_quoted_values_and_negation():
    (hospital,) = read_question('rs:"Island Hospital"').terms
    (not_jakarta,) = read_question("-kota:jakarta").terms

    assert hospital.values == ("island hospital",)
    assert not_jakarta.is_negated


@pytest.mark.parametrize(
    "text", ["O'Brien", "C50.9", "100%", "AND", "foo:bar", "umur>x", "kota:", "kota>5", "K-1102", "-5", "a=b", "kota:,"]
)
def test_what_is_no_term_is_a_word(text):
    assert read_question(text) == Question(words=(text,))


def test_a_lone_quote_is_nothing_special():
    assert read_question('"Ani').words == ("Ani",)
    assert read_question('"').is_empty
    assert read_question("  ").is_empty


def test_terms_about_one_field():
    question = read_question("kota:medan umur>7 umur<30")

    assert len(question.terms_on(TermField.AGE)) == 2


@given(st.text())
def test_every_input_is_safe(text):
    question = read_question(text)

    assert all(word and word in text for word in question.words)
    assert all(value in text.casefold() for term in question.terms for value in term.values)


@given(st.text(st.characters(exclude_characters='"')))
def test_a_question_written_out_is_read_back_alike(text):
    question = read_question(text)

    assert read_question(write_question(question)) == question


@pytest.mark.parametrize(
    "text",
    [
        "Ani kota:medan,surabaya umur>7 sisa>=0,5",
        '"dua kata" -rs:"island hospital" tahap<5',
        "matauang:myr tagihan<=1000",
    ],
)
def test_terms_written_out_are_read_back_alike(text):
    question = read_question(text)

    assert len(question.terms) >= 2
    assert read_question(write_question(question)) == question


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kotta:medan", "The filter does not know “kotta”. Did you mean “kota:”?"),
        ("hospitl:island", "The filter does not know “hospitl”. Did you mean “hospital:”?"),
        ("umur>lama", "“umur” needs a number, for instance umur>7."),
        ("kota>5", "“kota” needs a word after a colon, for instance kota:medan."),
    ],
)
def test_what_was_probably_meant_is_said_in_one_sentence(text, said):
    (problem,) = doubts(text)

    assert problem.text(Language("en")) == said


def test_a_field_like_no_other_names_all_there_are():
    (problem,) = doubts("zzzqqq:1")

    assert "kota, wilayah, status" in problem.text(Language("id"))


@pytest.mark.parametrize(
    "text", ["siti", "kota:medan", "https://x.id", "10:30", '"kotta:medan"', "umur>7", "O'Brien", "a=b"]
)
def test_nothing_is_said_about_what_is_well(text):
    assert doubts(text) == []
