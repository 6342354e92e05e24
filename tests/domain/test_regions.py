from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from liaison.domain.calendars import zone_of
from liaison.domain.names import fold
from liaison.domain.patients import Region
from liaison.domain.regions import CITIES, OFFICE_CITIES, PROVINCES, city_of, country_of, province_of, region_of


def test_there_are_38_provinces_each_with_a_region():
    assert len(PROVINCES) == 38
    assert {region_of(code) for code in PROVINCES} == {Region.WEST, Region.CENTRAL, Region.EAST}


def test_an_office_may_keep_a_list_of_its_own():
    assert region_of("35", {"35": Region.EAST}) is Region.EAST
    assert region_of("35") is Region.CENTRAL
    assert region_of("") is Region.NOT_STATED


@pytest.mark.parametrize("text", ["Medan", "MDN", "kota medan", "KOTA MEDAN", "Kab. Medan"])
def test_a_city_is_found_by_any_form_of_its_name(text):
    assert city_of(text).code == "MDN"


def test_unknown_places_are_not_guessed():
    assert city_of("Atlantis") is None
    assert province_of("Atlantis") is None
    assert country_of("Atlantis") == ""


def test_provinces_and_countries_by_their_names():
    assert province_of("12").name == province_of("sumut").name == province_of("Sumatera Utara").name
    assert country_of("my") == country_of("Malaysia") == "MY"
    assert country_of("Singapura") == "SG"


def test_city_codes_and_names_are_never_double():
    spoken = [fold(n) for c in CITIES for n in {c.code, c.name, *c.also}]
    assert len(spoken) == len(set(spoken))
    assert {city_of(code).code for code in OFFICE_CITIES} == {"MDN", "JKT", "SBY"}


def test_every_place_has_a_clock():
    for place in (*CITIES, *PROVINCES.values()):
        assert ZoneInfo(place.zone)


def test_the_zone_follows_the_most_exact_thing_known():
    assert zone_of(city="Penang") == "Asia/Kuala_Lumpur"
    assert zone_of(province="51") == "Asia/Makassar"
    assert zone_of(country="SG") == "Asia/Singapore"
    assert zone_of(city="Atlantis") == zone_of() == "Asia/Jakarta"


@pytest.mark.shared_data
def test_the_list_of_provinces_is_the_ministrys(shared_data):
    path = shared_data / "reference" / "wilayah_id_prov_kabkota_kecamatan.csv"
    rows = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]

    assert {row[0] for row in rows if row[2] == "provinsi"} == set(PROVINCES)
