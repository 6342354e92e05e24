"""Urgent calls: which hospital comes first, when nobody is sent abroad, and what a call must say."""

from __future__ import annotations

import datetime as dt

import pytest

from liaison.domain.coordinates import COORDINATES, kilometres
from liaison.domain.regions import CITIES, COUNTRIES
from liaison.domain.urgent import (
    EMERGENCY_NUMBERS,
    MOST_OFFERED,
    SIGNS,
    House,
    Nearness,
    RedFlag,
    UrgentCallDraft,
    check_call,
    flags_of,
    is_danger,
    numbers_for,
    offers,
    suits,
)

NOW = dt.datetime(2026, 11, 2, 7, tzinfo=dt.UTC)


def house(key, city, country="ID", *specialties):
    return House(
        id=key, name=f"RS {key}", city=city, country=country, specialties=specialties, number="+62 61 1",
        is_day_and_night=True,
    )  # fmt: skip


HOUSES = [
    house(1, "Penang", "MY", "Jantung"), house(2, "Jakarta", "ID", "Jantung"), house(3, "Banda Aceh", "ID", "Anak"),
    house(4, "Pematangsiantar", "ID"), house(5, "Medan", "ID", "Mata"), house(6, "Medan", "ID", "Kardiologi"),
]  # fmt: skip


def order(**values):
    return [o.house.id for o in offers(HOUSES, **{"place": "Medan", "flags": (), "is_stable": False, **values})]


def test_same_city_comes_before_same_province_before_the_nearest_and_abroad_last():
    assert order() == [5, 6, 4, 3, 2, 1]
    assert [o.nearness for o in offers(HOUSES, place="Medan", flags=(), is_stable=False)] == [
        Nearness.CITY, Nearness.CITY, Nearness.PROVINCE, Nearness.COUNTRY, Nearness.COUNTRY, Nearness.ABROAD,
    ]  # fmt: skip


def test_a_danger_sign_puts_the_specialty_first_near_by_and_nobody_abroad():
    assert order(flags=("CHEST_PAIN",)) == [6, 5, 4, 3, 2]


def test_a_patient_whom_a_doctor_called_stable_may_go_abroad():
    assert order(flags=("CHEST_PAIN",), is_stable=True)[-1] == 1
    assert not is_danger(("CHEST_PAIN",), is_stable=True)


def test_who_is_abroad_now_is_offered_what_is_near_there_and_the_number_of_that_country():
    assert order(place="Pulau Pinang", flags=("STROKE",)) == [1]
    assert numbers_for("Penang") == ("999",)
    assert numbers_for("Medan") == numbers_for("Kampung yang tidak dikenal") == ("119", "112")


def test_a_place_that_names_only_a_province_finds_what_lies_in_it():
    found = offers(HOUSES, place="Sumatera Utara", flags=(), is_stable=False)
    assert [o.nearness for o in found[:3]] == [Nearness.PROVINCE] * 3


def test_a_place_that_is_on_no_map_still_offers_the_hospitals_at_home_first():
    found = offers(HOUSES, place="Kampung Entah", flags=(), is_stable=False)
    assert found[-1].house.country == "MY"
    assert found[0].distance_km is None


def test_no_more_hospitals_are_offered_than_are_read_in_an_emergency():
    many = [house(key, "Medan") for key in range(30)]
    assert len(offers(many, place="Medan", flags=(), is_stable=False)) == MOST_OFFERED


@pytest.mark.parametrize(("specialty", "flag"), [
    ("Jantung", RedFlag.CHEST_PAIN), ("Cardiology", RedFlag.CHEST_PAIN), ("Bedah saraf", RedFlag.STROKE),
    ("Kandungan", RedFlag.PREGNANCY), ("Paediatrics", RedFlag.INFANT_FEVER), ("Penyakit dalam", RedFlag.POISON),
])  # fmt: skip
def test_a_specialty_suits_a_sign_in_either_language(specialty, flag):
    assert suits(house(1, "Medan", "ID", specialty), [flag])
    assert not suits(house(1, "Medan", "ID", "Mata"), [flag])


def test_every_sign_has_its_own_key_words_a_source_and_a_specialty():
    assert [sign.flag for sign in SIGNS] == list(RedFlag)
    assert len({sign.key for sign in SIGNS}) == len(SIGNS)
    assert all(sign.advice and sign.source and sign.specialties for sign in SIGNS)


def test_every_city_of_the_list_lies_somewhere_and_every_country_has_an_ambulance_number():
    assert set(COORDINATES) == {city.code for city in CITIES}
    assert set(EMERGENCY_NUMBERS) == set(COUNTRIES)
    assert kilometres("Medan", "Penang") == pytest.approx(275, abs=12)
    assert kilometres("Medan", "Entah") is None


def test_a_call_needs_a_number_a_place_and_what_happened_but_no_name_and_no_consent():
    codes = {p.field for p in check_call(UrgentCallDraft(caller_phone="", place="", what=""), now=NOW)}
    assert codes == {"caller_phone", "place", "what"}
    assert check_call(UrgentCallDraft(caller_phone="0811223344", place="Medan", what="Pingsan"), now=NOW) == []


def test_a_hand_over_says_to_whom_and_when_and_neither_lies_ahead():
    call = {"caller_phone": "0811223344", "place": "Medan", "what": "Pingsan"}
    later = NOW + dt.timedelta(minutes=5)
    assert [p.code for p in check_call(UrgentCallDraft(**call, handed_to="IGD"), now=NOW)] == ["WHEN"]
    assert [p.code for p in check_call(UrgentCallDraft(**call, handed_at=NOW), now=NOW)] == ["TO_WHOM"]
    found = check_call(UrgentCallDraft(**call, called_at=later, handed_at=later, handed_to="IGD"), now=NOW)
    assert [p.field for p in found] == ["called_at", "handed_at"]


def test_a_sign_that_is_not_on_the_list_is_refused_and_never_shown():
    call = UrgentCallDraft(caller_phone="0811223344", place="Medan", what="x", flags=("TOOTHACHE",))
    assert [p.code for p in check_call(call, now=NOW)] == ["UNKNOWN_FLAG"]
    assert flags_of(("TOOTHACHE", "STROKE")) == (RedFlag.STROKE,)
