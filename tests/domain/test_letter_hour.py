"""Until when a desk takes papers for the same day, on its own clock."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from liaison.domain.letter_hour import letter_hour, read_cut_off

KL = "Asia/Kuala_Lumpur"


def at(day, hour, minute=0, zone=KL):
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo(zone))


def asked(moment, cut_off="15:00", hours="Mon-Fri 08:00-17:00", country="MY", zone=KL):
    return letter_hour(cut_off, hours=hours, country=country, zone=zone, moment=moment)


@pytest.mark.parametrize(
    ("text", "time"),
    [("15:00", (15, 0)), ("15.00", (15, 0)), ("3 pm", (15, 0)), ("pukul 15", (15, 0)), ("12am", (0, 0)),
     ("sebelum 11.30", (11, 30)), ("15.00 WIB", (15, 0)), ("9", (9, 0))],
)  # fmt: skip
def test_a_cut_off_is_read_as_people_write_it(text, time):
    assert read_cut_off(text) == dt.time(*time)


@pytest.mark.parametrize("text", ["", "sore", "25:00", "13 pm", "12:75", "Mon 15:00", "15:00-16:00"])
def test_what_is_no_time_is_no_cut_off(text):
    assert read_cut_off(text) is None
    assert asked(at(18, 9), cut_off=text) is None


def test_before_the_hour_papers_are_looked_at_today():
    found = asked(at(18, 9))

    assert (found.by, found.passed) == (at(18, 15), None)


def test_after_the_hour_they_count_for_tomorrow():
    found = asked(at(18, 15, 1))

    assert (found.by, found.passed) == (at(19, 15), at(18, 15))


def test_on_a_friday_afternoon_they_count_for_monday():
    assert asked(at(20, 16)).by == at(23, 15)


def test_at_the_weekend_no_hour_was_missed():
    found = asked(at(22, 10))

    assert (found.by, found.passed) == (at(23, 15), None)


def test_the_hour_is_that_of_the_desks_own_clock():
    jakarta = at(18, 14, 30, zone="Asia/Jakarta")  # 15.30 in Malaysia

    assert asked(jakarta).passed == at(18, 15)


def test_a_public_holiday_there_is_left_out():
    deepavali = asked(dt.datetime(2026, 12, 24, 16, tzinfo=ZoneInfo(KL)))

    assert deepavali.by == dt.datetime(2026, 12, 28, 15, tzinfo=ZoneInfo(KL))  # Christmas on a Friday


def test_a_desk_that_never_closes_takes_them_every_day():
    assert asked(at(21, 16), hours="24h").by == at(22, 15)


def test_without_hours_the_usual_week_of_the_country_holds():
    assert asked(at(20, 16), hours="").by == at(23, 15)
