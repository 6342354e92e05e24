"""The hospital directory: a public sheet for one city that stands alone."""

import dataclasses
import datetime as dt

import pytest

from liaison.domain.errors import Refused
from liaison.domain.network import Desk, RequestChannel
from liaison.domain.regions import city_of
from liaison.i18n import Language
from liaison.reports import directory_view as dv
from liaison.reports.blocks import Grid, Headline, Shape
from liaison.reports.directory import lay_out
from liaison.reports.lint import check_pages
from tests.reports import fill, samples
from tests.reports.reading import drawn, text_of

LINE = dv.HospitalLine(
    name="Gleneagles Hospital Penang",
    group="IHH",
    place="George Town",
    specialties=("jantung", "kanker"),
    desk=Desk.INDONESIA_DESK,
    phone="+60 4 000 0140",
    hours="Mon-Fri 08:00-20:00",
    night_phone="+60 4 000 0149",
    night_desk=Desk.INDONESIA_DESK,
    cut_off="12:00",
    channel=RequestChannel.PORTAL,
    deposit="RM300",
    languages=("id", "zh"),
    verified_on=dt.date(2026, 11, 12),
)


def view(*lines, city="Penang", zone="Asia/Kuala_Lumpur"):
    return dv.DirectoryView(
        as_of=samples.at(20, 14, 5), office=samples.OFFICE, city=city_of(city), zone=zone, hospitals=lines or (LINE,)
    )


def printed(one, language="id"):
    blocks = lay_out(one, Language(language))
    data, pages = drawn(blocks)
    assert [p for p in check_pages(blocks, pages) if p.severity == "error"] == []
    return text_of(data), pages


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_row_tells_whom_to_call_when_and_in_which_language(language):
    text, _ = printed(view(), language)

    for words in (
        "Gleneagles Hospital Penang",
        "IHH · George Town",
        "jantung, kanker",
        "+60 4 000 0140",
        "+60 4 000 0149",
        "RM300",
    ):
        assert words in text


def test_hours_stand_in_both_zones_and_in_the_readers_language():
    assert "Sen–Jum 08.00–20.00 MYT 07.00–19.00 WIB" in printed(view(), "id")[0]
    assert "Mon–Fri 08:00–20:00 MYT 07:00–19:00 WIB" in printed(view(), "en")[0]


def test_round_the_clock_is_said_once():
    text, _ = printed(view(dataclasses.replace(LINE, hours="24h")), "en")

    assert "24 hours" in text
    assert "24 hours MYT" not in text


def test_a_place_with_the_same_clock_shows_one_line_of_hours():
    text, _ = printed(view(city="Phnom Penh", zone="Asia/Phnom_Penh"), "en")

    assert "same as WIB" in text
    assert text.count("08:00–20:00") == 1


def test_without_a_night_number_the_office_is_called():
    text, _ = printed(view(dataclasses.replace(LINE, night_phone="", night_desk=None)), "en")

    assert "call this office" in text
    assert "1 hospital in Penang, without a night number" in text


def headline(*lines):
    return next(block.text for block in lay_out(view(*lines), Language("en")) if isinstance(block, Headline))


def test_a_count_that_is_all_of_them_is_said_once():
    other = dataclasses.replace(LINE, night_desk=Desk.EMERGENCY)
    mute = dataclasses.replace(LINE, night_phone="", night_desk=None)

    assert headline(LINE) == "1 hospital in Penang, with an Indonesia desk at night"
    assert headline(LINE, LINE) == "2 hospitals in Penang, each with an Indonesia desk at night"
    assert headline(other, other) == "2 hospitals in Penang, all with a night number"
    assert headline(LINE, other) == "2 hospitals, all with a night number; 1 of them answered by an Indonesia desk"
    assert headline(LINE, mute) == "2 hospitals, 1 with a night number, answered by an Indonesia desk"
    assert headline(LINE, other, mute) == "3 hospitals, 2 with a night number; 1 of them answered by an Indonesia desk"
    assert headline(other, mute) == "2 hospitals in Penang, 1 with a night number"
    assert headline(mute, mute) == "2 hospitals in Penang, none with a night number"


def test_a_check_older_than_90_days_is_told_by_a_shape_and_not_by_colour_alone():
    faded = dataclasses.replace(LINE, verified_on=dt.date(2026, 8, 1))
    grid = next(block for block in lay_out(view(LINE, faded), Language("en")) if isinstance(block, Grid))

    assert [row.cells[-1][-1].shape for row in grid.rows] == [None, Shape.COMING]
    assert "An open circle: checked more than 90 days ago." in printed(view(faded), "en")[0]


def test_singapore_is_called_in_the_language_of_the_paper():
    one = view(city="Singapore", zone="Asia/Singapore")

    assert "Direktori rumah sakit · Singapura" in printed(one, "id")[0]
    assert "Singapore" not in printed(one, "id")[0]
    assert "Hospital directory · Singapore" in printed(one, "en")[0]


def test_a_check_older_than_180_days_is_marked_and_never_checked_is_said():
    old = dataclasses.replace(LINE, verified_on=dt.date(2026, 5, 11))
    never = dataclasses.replace(LINE, verified_on=None)

    text, _ = printed(view(old, never), "en")

    assert "checked more than 180 days ago: telephone first." in text
    assert "never" in text


def test_a_long_deposit_rule_stands_under_the_hospital():
    rule = "RM300 walau ada surat jaminan; bayar sendiri 80% dari estimasi"

    assert f"Deposit: {rule}" in printed(view(dataclasses.replace(LINE, deposit=rule)), "en")[0]


def test_letters_stand_with_the_hour_as_written_here_and_the_way_they_are_taken():
    text, _ = printed(view(dataclasses.replace(LINE, cut_off="3 pm")), "id")

    assert "15.00 RM300 portal" in " ".join(text.split())


def test_fifty_hospitals_repeat_the_head_and_lose_nobody():
    lines = tuple(dataclasses.replace(LINE, name=f"Rumah Sakit {n:02d}") for n in range(50))

    text, pages = printed(view(*lines))

    assert pages.pages > 3
    assert all(f"Rumah Sakit {n:02d}" in text for n in range(50))


@pytest.mark.parametrize("character", ["黄", "ភ្នំ", "Đặng"])
def test_names_in_any_script_print(character):
    text, _ = printed(view(dataclasses.replace(LINE, name=f"{character} Hospital " + "Pusat Perubatan " * 5)))

    assert "Perubatan" in text


def test_no_median_stands_in_the_directory():
    assert "median" not in printed(view(), "en")[0].lower()


# gathering


def test_an_unknown_city_is_refused_with_the_list_of_known(store):
    fill.fill(store, 0)

    for city in ("Timbuktu", "Bangkok"):
        with store.read() as session, pytest.raises(Refused) as refusal:
            dv.gather(session, city)
        assert refusal.value.problems[0].values["cities"] == "Kuala Lumpur, Melaka, Penang, Phnom Penh, Singapore"


def test_an_office_without_hospitals_says_so(store):
    with store.read() as session, pytest.raises(Refused) as refusal:
        dv.gather(session, "Penang")

    assert refusal.value.problems[0].values == {"cities": "–"}


def test_the_desks_of_a_city_are_read(store):
    fill.fill(store, 0)

    with store.read() as session:
        one = dv.gather(session, "pulau pinang")
        cities = dv.cities_with_hospitals(session)

    assert [h.name for h in one.hospitals] == ["Gleneagles Hospital Penang", "Island Hospital", "Lam Wah Ee Hospital"]
    first, second = one.hospitals[:2]
    assert (first.desk, first.phone, first.cut_off) == (Desk.INDONESIA_DESK, "+60 4 000 0200", "12.00")
    assert first.night_phone == ""
    assert second.night_phone == "+60 4 000 0301"
    assert first.place == "George Town" or first.place == ""
    assert "Penang" in cities


def test_the_sample_offices_groups_and_night_desks_are_read(sample_store):
    with sample_store.read() as session:
        one = dv.gather(session, "Penang")

    assert any(h.group for h in one.hospitals)
    assert all(h.phone for h in one.hospitals)
