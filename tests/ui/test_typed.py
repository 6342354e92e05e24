"""Days and hours as officers type them."""

import datetime as dt

import pytest

from liaison.i18n import Language
from liaison.ui.typed import Unreadable, read_day, read_time

FRIDAY = dt.date(2026, 11, 20)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("3/4/2026", dt.date(2026, 4, 3)), ("3.4.2026", dt.date(2026, 4, 3)), ("3-4-26", dt.date(2026, 4, 3)),
        ("3 apr 2026", dt.date(2026, 4, 3)), ("3 April 2026", dt.date(2026, 4, 3)), ("3 Agu", dt.date(2026, 8, 3)),
        ("17 agustus 1945", dt.date(1945, 8, 17)), ("5/12", dt.date(2026, 12, 5)), ("2026-11-01", dt.date(2026, 11, 1)),
        ("besok", dt.date(2026, 11, 21)), ("Tomorrow", dt.date(2026, 11, 21)), ("lusa", dt.date(2026, 11, 22)),
        ("hari ini", FRIDAY), ("kemarin", dt.date(2026, 11, 19)), ("+3", dt.date(2026, 11, 23)),
        ("+2 hari", dt.date(2026, 11, 22)), ("senin", dt.date(2026, 11, 23)), ("Fri", dt.date(2026, 11, 27)),
        ("1/2/58", dt.date(1958, 2, 1)), ("21\u00a0Nov\u00a02026", dt.date(2026, 11, 21)),
        ("3 okt", dt.date(2026, 10, 3)),
    ],
)  # fmt: skip
def test_usual_forms_of_a_day_are_understood_day_before_month(typed, day):
    assert read_day(typed, today=FRIDAY) == day


def test_a_day_that_does_not_exist_is_refused_with_the_last_day_of_its_month():
    with pytest.raises(Unreadable) as refused:
        read_day("31/11/2026", today=FRIDAY)

    assert refused.value.problem.values["last"] == 30
    assert refused.value.problem.text(Language("en")) == "November ends on day 30."


@pytest.mark.parametrize("typed", ["13/13/2026", "soon", "3 foo 2026", "3/4/999", "99", "31/2", "0/1/2026"])
def test_what_is_no_day_is_refused_and_never_guessed(typed):
    with pytest.raises(Unreadable):
        read_day(typed, today=FRIDAY)


@pytest.mark.parametrize(("typed", "hour"), [("14.05", (14, 5)), ("14:05", (14, 5)), ("1405", (14, 5)), ("9", (9, 0)),
                                              ("08.30 WIB", (8, 30))])  # fmt: skip
def test_hours_may_be_typed_with_a_dot_a_colon_or_neither(typed, hour):
    assert read_time(typed) == dt.time(*hour)


@pytest.mark.parametrize("typed", ["25.00", "12.60", "noon", ""])
def test_what_is_no_hour_is_refused(typed):
    with pytest.raises(Unreadable):
        read_time(typed)


@pytest.mark.parametrize("word", ["selesai", "kamar", "kami", "monitor", "jumlah"])
def test_a_word_that_only_begins_like_a_day_is_no_day(word):
    with pytest.raises(Unreadable):
        read_day(word, today=FRIDAY)


@pytest.mark.parametrize("word", ["senin", "sen", "monday", "mon"])
def test_a_day_of_the_week_is_the_next_one(word):
    assert read_day(word, today=FRIDAY).weekday() == 0
