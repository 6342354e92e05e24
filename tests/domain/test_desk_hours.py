"""Hours as desks write them: open now, or when it opens, on the desk's own clock."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from liaison.domain.calendars import is_holiday
from liaison.domain.desk_hours import read_hours

PENANG = ZoneInfo("Asia/Kuala_Lumpur")


def at(day, hour, minute=0):
    """A moment of November 2026 in Penang; the 20th is a Friday."""
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=PENANG)


@pytest.mark.parametrize(
    "text",
    [
        "Mon-Fri 08:00-17:00", "Sen–Jum 08.00–17.00", "Senin s.d. Jumat 8-17", "mon - fri: 8am to 5pm",
        "Senin-Kamis 08.00-17.00, Jumat 08.00-17.00", "Sen, Sel, Rab, Kam & Jum 08.00 - 17.00",
    ],
)  # fmt: skip
def test_the_same_hours_in_many_writings(text):
    hours = read_hours(text)

    assert hours.at(at(20, 9)).is_open
    assert hours.at(at(20, 9)).changes_at == at(20, 17)
    assert not hours.at(at(20, 17)).is_open
    assert hours.at(at(20, 17)).changes_at == at(23, 8)
    assert hours.at(at(21, 9)).changes_at == at(23, 8)


@pytest.mark.parametrize("text", ["24h", "24 jam", "24/7", "24 hours", "IGD 24 jam"])
def test_day_and_night_never_closes(text):
    standing = read_hours(text).at(at(22, 3))

    assert standing.is_open
    assert standing.changes_at is None


@pytest.mark.parametrize(
    "text",
    [
        "08:00-17:00 Mon-Fri", "08.00-17.00 WIB, Senin-Jumat", "Senin-Jumat 08.00-12.00, 12.00-17.00",
        "08:00-12:00, 12:00-17:00 Mon-Fri", "Mon-Fri 08:00-12:00 / 12:00-17:00", "Mon-Fri 24h", "24 jam Senin-Jumat",
        "Mon-Fri 24h, Sat 08:00-12:00",
    ],
)  # fmt: skip
def test_a_desk_of_the_week_is_never_said_to_answer_on_sunday(text):
    hours = read_hours(text)
    assert hours is None or not hours.at(at(22, 14)).is_open
    if text != "08.00-17.00 WIB, Senin-Jumat":
        assert hours.at(at(20, 14)).is_open


@pytest.mark.parametrize("text", ["24 jam kecuali Minggu", "08:00-17:00 kecuali Minggu", "8-5", "Mon-Fri 8-5",
                                  "Mon-Fri 08-17 Sat", "08-17 Mon-Fri 08-12 Sat"])  # fmt: skip
def test_of_an_exception_or_a_guess_nothing_is_said(text):
    assert read_hours(text) is None


@pytest.mark.parametrize("text", ["Mon-Fri 08-17 Sat 08-12", "Senin-Jumat 08.00-12.00 12.00-17.00 Sabtu 08.00-12.00"])
def test_days_with_their_hours_need_no_comma_between_them(text):
    hours = read_hours(text)

    assert hours.at(at(20, 9)).changes_at in (at(20, 12), at(20, 17))
    assert hours.at(at(21, 9)).changes_at == at(21, 12)
    assert not hours.at(at(21, 14)).is_open
    assert not hours.at(at(22, 9)).is_open


def test_days_and_hours_of_every_day_are_day_and_night():
    assert read_hours("Senin-Minggu 24 jam").is_always
    assert read_hours("IGD 24 jam, poli Sen-Jum 08.00-16.00").is_always
    assert read_hours("selalu buka 24 jam").is_always


def test_hours_without_a_day_hold_every_day():
    assert read_hours("08–22").at(at(22, 21, 59)).is_open
    assert read_hours("setiap hari 08.00-22.00").at(at(22, 8)).is_open


def test_a_night_shift_ends_on_the_next_day():
    hours = read_hours("Jum 22:00-06:00")

    assert hours.at(at(21, 5)).changes_at == at(21, 6)
    assert not hours.at(at(20, 5)).is_open


def test_a_shorter_saturday_stands_beside_the_week():
    hours = read_hours("Mon-Fri 08:00-17:00; Sat 08:00-12:00")

    assert hours.at(at(21, 11)).changes_at == at(21, 12)
    assert hours.at(at(21, 13)).changes_at == at(23, 8)


@pytest.mark.parametrize(
    "text", ["", "by appointment", "Mon-Foo 08-17", "08:00-29:00", "13pm-2pm", "Senin", "8-17 Xyz, dan"]
)
def test_what_cannot_be_read_is_left_alone(text):
    found = read_hours(text)

    assert found is None or text.startswith("8-17")


def test_public_holidays_are_those_of_the_country():
    assert is_holiday("MY", dt.date(2026, 8, 31))
    assert not is_holiday("ID", dt.date(2026, 8, 31))
    assert not is_holiday("", dt.date(2026, 8, 31))
