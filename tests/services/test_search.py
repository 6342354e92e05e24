"""Finding anything by what somebody types."""

import pytest

from liaison.i18n import Language
from liaison.services import claims, exports, history, list_of_journeys, recents, search
from liaison.services.list_queries import ListQuery
from liaison.services.search import FoundKind
from tests import make


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


def test_a_name_with_a_sign_that_is_no_letter_is_found_by_that_sign(store):
    patient = make.patient(store, full_name="Ani 😀 Lestari")
    journey = make.journey(store, patient_id=patient)
    with store.read() as session:
        found = search.find(session, "😀")
        listed = list(list_of_journeys.journey_ids(session, ListQuery(text="😀")))

    assert {(f.kind, f.id) for f in found} == {(FoundKind.PERSON, patient), (FoundKind.CASE, journey)}
    assert listed == [journey]


@pytest.mark.parametrize("text", ["siti med", "med siti", "SITI medan", "sit meda"])
def test_somebody_from_a_city_is_found_by_beginnings_in_any_order(store, text):
    patient = make.patient(store, full_name="Siti Rahmawati", city="Medan")
    make.patient(store, full_name="Siti Aminah", city="Surabaya")
    with store.read() as session:
        found = search.find(session, text)

    assert [f.id for f in found if f.kind is FoundKind.PERSON and not f.is_similar] == [patient]


@pytest.mark.parametrize("typed", ["sity rahmawti", "Sitti Rachmawati", "rahmawatti", "siti rahmwati"])
def test_misspelt_names_are_marked_similar(store, typed):
    patient = make.patient(store, full_name="Siti Rahmawati")
    with store.read() as session:
        found = search.find(session, typed)

    assert [(f.id, f.is_similar) for f in found if f.kind is FoundKind.PERSON] == [(patient, True)]


@pytest.mark.parametrize(
    "typed",
    ["sity medan", "medan sity", "sity rahmawti medan", "rahmawati sitti medan", "sity lubiss", "rahmawti lubis medan",
     "sity medna", "sity rahmawti lubiss", "sity 5553", "medan rahmawti lub"],
)  # fmt: skip
def test_a_misspelt_name_is_found_with_a_city_or_a_number_beside_it_and_only_there(store, typed):
    patient = make.patient(store, full_name="Siti Rahmawati Lubis", city="Medan", phone="0812-5553-7890")
    make.patient(store, full_name="Siti Rahmawati", city="Surabaya")
    make.patient(store, full_name="Budi Harahap", city="Medan")
    with store.read() as session:
        found = search.find(session, typed)

    assert [(f.id, f.is_similar) for f in found if f.kind is FoundKind.PERSON] == [(patient, True)]


def test_a_misspelt_name_is_found_with_the_fields_of_the_lists(store):
    wanted = make.journey(store, make.patient(store, full_name="Siti Rahmawati", city="Medan"), origin_city="Medan")
    other = make.patient(store, full_name="Siti Rahmawati", city="Surabaya")
    make.made(store, claims.file_claim, make.claim_draft(patient_id=other, cover_id=make.cover(store, other)))
    make.journey(store, other, origin_city="Surabaya")
    with store.read() as session:
        found = search.find(session, "sity rahmawti kota:medan")
        nobody = search.find(session, "sity rahmawti kota:jakarta")

        owing = search.find(session, "sity rahmawti sisa>0")

    assert [(f.kind, f.id, f.is_similar) for f in found] == [(FoundKind.CASE, wanted, True)]
    assert [(f.kind, f.is_similar) for f in owing] == [(FoundKind.CLAIM, True)]
    assert nobody == []


@pytest.mark.parametrize(
    "typed", ["rahmawati sitorus", "siti jakarta", "budi rahmawti", "zzqx medan", "medan", "sity q"]
)
def test_a_word_that_holds_nowhere_finds_nobody_similar(store, typed):
    make.patient(store, full_name="Siti Rahmawati", city="Surabaya")
    with store.read() as session:
        assert search.find(session, typed) == []


@pytest.mark.parametrize(
    "line",
    ["kota:medan", "status:gl", "umur>7", "city:Medan age>7", "-kota:medan", 'rs:"island hospital"', "tahap<5",
     "kota:medan,surabaya suyanti", "suyanti"],
)  # fmt: skip
def test_one_line_gives_the_same_rows_in_the_box_the_list_and_what_is_exported(sampled, line):
    with sampled.read() as session:
        listed = set(list_of_journeys.journey_ids(session, ListQuery(text=line)))
        boxed = {f.id for f in search.find(session, line, limit=500) if f.kind is FoundKind.CASE}
        grid = exports.export(session, "journeys", line, Language("id"))
        numbers = {r.case_no for r in list_of_journeys.journey_page(session, sorted(listed)) if r is not None}

    assert boxed == listed
    assert {row[0] for row in grid.rows} == numbers


def test_a_case_number_alone_is_asked_for_by_its_sign(sampled):
    with sampled.read() as session:
        found = search.find(session, "#MDN-26")

    assert found
    assert {f.kind for f in found} == {FoundKind.CASE}


def test_what_an_officer_opens_comes_first_and_stands_in_the_empty_box(store, clock):
    first = make.patient(store, full_name="Siti Aminah")
    second = make.patient(store, full_name="Siti Rahmawati")
    for _ in range(2):
        recents.remember(store, f"PERSON:{first}")
        clock.forward(hours=1)
    with store.read() as session:
        weights = recents.weights(session)
        found = search.find(session, "siti", used=weights)
        last = recents.last_opened(session)

    assert [f.id for f in found] == [first, second]
    assert [f.id for f in last] == [first]

    recents.remember(store, f"PERSON:{second}")
    with store.read() as session:
        assert [f.id for f in recents.last_opened(session)] == [second, first]

    recents.forget(store)
    with store.read() as session:
        assert recents.opened(session) == {}


def test_opening_something_leaves_the_journal_and_undo_alone(store):
    patient = make.patient(store)
    with store.read() as session:
        before = history.recent_actions(session)[0].id

    recents.remember(store, f"PERSON:{patient}")

    with store.read() as session:
        assert history.recent_actions(session)[0].id == before
