from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison.domain.calendars import Calendar, plus_months
from liaison.domain.clocks import Pause, after_hours, after_working_days, after_working_hours, elapsed

WIB = ZoneInfo("Asia/Jakarta")
MONDAY = dt.datetime(2026, 11, 16, 9, tzinfo=WIB)
FRIDAY = dt.datetime(2026, 11, 20, 16, tzinfo=WIB)


def at(day, hour, minute=0):
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=WIB)


def test_a_clock_does_not_run_while_a_question_is_open():
    pauses = [Pause(at(16, 10), at(18, 10))]

    ran = elapsed(MONDAY, at(18, 12), pauses)

    assert ran == dt.timedelta(hours=3)


def test_a_clock_stands_still_as_long_as_a_pause_is_open():
    assert elapsed(MONDAY, at(20, 9), [Pause(at(16, 10))]) == dt.timedelta(hours=1)


@given(st.lists(st.tuples(st.integers(-50, 200), st.integers(0, 100)), max_size=6), st.integers(0, 150))
def test_pauses_in_any_order_and_overlapping_are_counted_once(spans, length):
    start = MONDAY
    end = start + dt.timedelta(hours=length)
    pauses = [Pause(start + dt.timedelta(hours=a), start + dt.timedelta(hours=a + n)) for a, n in spans]

    ran = elapsed(start, end, pauses)

    paused = {h for a, n in spans for h in range(a, a + n) if 0 <= h < length}
    assert ran == dt.timedelta(hours=length - len(paused))


def test_hours_run_day_and_night():
    assert after_hours(FRIDAY, 24) == FRIDAY + dt.timedelta(days=1)


def test_working_days_skip_the_weekend_and_end_at_closing_time():
    due = after_working_days(FRIDAY, 3, Calendar())

    assert due.astimezone(WIB) == at(25, 17)
    assert due.tzinfo is dt.UTC


def test_working_hours_start_again_in_the_morning():
    assert after_working_hours(FRIDAY, 4, Calendar()).astimezone(WIB) == at(23, 11)
    assert after_working_hours(at(16, 3), 1, Calendar()).astimezone(WIB) == at(16, 9)
    assert after_working_hours(at(16, 18), 9, Calendar()).astimezone(WIB) == at(17, 17)


def test_the_offices_own_days_off_count():
    calendar = Calendar(own_days={dt.date(2026, 11, 23)})

    assert after_working_days(FRIDAY, 1, calendar).astimezone(WIB).date() == dt.date(2026, 11, 24)


def test_public_holidays_count_where_asked_for():
    independence_day = dt.date(2026, 8, 17)

    assert Calendar().is_working(independence_day)
    assert not Calendar(with_holidays=True).is_working(independence_day)
    assert Calendar(with_holidays=True).is_working(dt.date(2026, 8, 18))


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [("2026-11-30", 6, "2027-05-30"), ("2026-08-31", 6, "2027-02-28"), ("2027-08-31", 6, "2028-02-29"),
     ("2026-12-01", 1, "2027-01-01")],
)  # fmt: skip
def test_months_later_is_the_same_day_or_the_months_last(day, months, later):
    assert plus_months(dt.date.fromisoformat(day), months) == dt.date.fromisoformat(later)
