"""Finding anything by what somebody types."""

import pytest

from liaison.i18n import Language
from liaison.services import search
from liaison.services.search import FoundKind


def titles(store, text, kind=None, **more):
    with store.read() as session:
        return [f.title for f in search.find(session, text, **more) if kind in (None, f.kind)]


def test_a_person_is_found_with_the_case_and_the_claim_beside(sampled):
    with sampled.read() as session:
        found = search.find(session, "dewi angg")

    assert {f.kind for f in found} == {FoundKind.PERSON, FoundKind.CASE, FoundKind.CLAIM}
    assert {f.title for f in found} == {"Dewi Anggraini"}
    assert all(f.is_person for f in found)
    assert next(f for f in found if f.kind is FoundKind.CLAIM).journey_id is not None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("5553-7890", "Suyanti"),
        ("08125553", "Suyanti"),
        ("NP-2021-440917", "Suyanti"),
        ("np2021440917", "Suyanti"),
        ("GL-NP-2611412", "Suyanti"),
        ("IH-0552817", "Suyanti"),
        ("C4405771", "Suyanti"),
        ("SL/2609/36601", "Dewi Anggraini"),
        ("teuku isk", "Teuku Iskandar"),
        ("isk teuku", "Teuku Iskandar"),
    ],
)
def test_any_number_or_part_of_a_name_finds_its_owner(sampled, text, title):
    assert title in titles(sampled, text)


def test_a_case_number_is_found_however_it_is_typed(sampled):
    with sampled.read() as session:
        case = next(f for f in search.find(session, "suyanti") if f.kind is FoundKind.CASE).case_no

    assert "Suyanti" in titles(sampled, case.replace("-", "").lower(), FoundKind.CASE)


def test_a_name_spelt_otherwise_is_offered_as_similar(sampled):
    with sampled.read() as session:
        found = search.find(session, "parlindoengan siregar")

    assert found[0].title == "Parlindungan Siregar"
    assert found[0].is_similar


def test_hospitals_and_their_desks_are_found_and_no_kind_crowds_out_another(sampled):
    with sampled.read() as session:
        found = search.find(session, "gleneagles", limit=8)

    assert {FoundKind.ORGANIZATION, FoundKind.CONTACT, FoundKind.CASE} <= {f.kind for f in found}
    assert len(found) <= 8


@pytest.mark.parametrize("text", ["", "x", "'", '"Ani', "100%", "AND OR NOT", "\u0000", "((", "ü" * 500, "a\nb", "*"])
def test_every_text_is_safe(sampled, text):
    assert isinstance(titles(sampled, text), list)


def test_every_result_says_something_in_both_languages(sampled):
    with sampled.read() as session:
        found = [f for text in ("penang", "siregar", "medan", "hesti") for f in search.find(session, text)]

    assert found
    for code in ("id", "en"):
        assert all(f.subtitle.text(Language(code)) for f in found)


def test_the_cases_touched_last_come_back_first(sampled):
    with sampled.read() as session:
        found = search.recent(session, limit=3)

    assert found[0].title == "Suyanti"
    assert len(found) == 3
