"""Targets and clocks: working time of whoever acts, no pause and no holiday counted, p50 and p90."""

import dataclasses
import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liaison.domain.calendars import Calendar
from liaison.domain.clocks import Pause, after_time, after_working_time, worked, working_days_between
from liaison.domain.desk_hours import read_hours
from liaison.domain.public_holidays import holiday_on, holidays_of, state_of, weekend_of
from liaison.domain.targets import (
    USUAL,
    ClockKind,
    Run,
    Target,
    TargetDraft,
    Unit,
    check_target,
    percentile,
    spread_of,
)

WIB = ZoneInfo("Asia/Jakarta")
PENANG = Calendar(country="MY", state="PNG", zone="Asia/Kuala_Lumpur", with_holidays=True)
KELANTAN = Calendar(country="MY", state="KTN", zone="Asia/Kuala_Lumpur", with_holidays=True)
HOURS = Target(kind=ClockKind.GL_INITIAL, amount=4, unit=Unit.WORKING_HOURS)


def at(day, hour, minute=0, month=11):
    return dt.datetime(2026, month, day, hour, minute, tzinfo=WIB)


def test_a_question_of_two_days_costs_the_insurer_nothing():
    asked = Pause(at(16, 10), at(18, 10))
    for unit in (Unit.HOURS, Unit.WORKING_HOURS):
        target = Target(kind=ClockKind.GL_INITIAL, amount=4, unit=unit)

        run = Run(start=at(16, 9), pauses=(asked,), target=target)

        assert run.ran(at(18, 12)) == dt.timedelta(hours=3)
        assert run.due(at(18, 12)).astimezone(WIB) == at(18, 13)
        assert not run.overdue(at(18, 13))
        assert run.overdue(at(18, 14)) == dt.timedelta(hours=1)


def test_a_clock_that_stands_still_has_no_due_time():
    run = Run(start=at(16, 9), pauses=(Pause(at(16, 10)),), target=HOURS)

    assert run.is_paused
    assert run.due(at(20, 9)) is None
    assert run.ran(at(20, 9)) == dt.timedelta(hours=1)
    assert not run.overdue(at(20, 9))


def test_a_clock_that_was_late_before_the_question_stays_late():
    run = Run(start=at(16, 9), pauses=(Pause(at(16, 15)),), target=HOURS)

    assert run.overdue(at(18, 9)) == dt.timedelta(hours=2)


def test_the_usual_targets_are_those_of_the_list():
    told = {kind.value: (target.amount, target.unit) for kind, target in USUAL.items()}

    assert told == {
        "GL_INITIAL": (4, Unit.HOURS), "GL_TOPUP": (4, Unit.HOURS), "GL_FINAL": (3, Unit.HOURS),
        "QUERY_ANSWER": (24, Unit.HOURS), "ESTIMATE": (2, Unit.WORKING_DAYS),
        "CLAIM_REGISTER": (3, Unit.WORKING_DAYS), "CLAIM_DECISION": (14, Unit.WORKING_DAYS),
        "PAYMENT": (30, Unit.DAYS),
    }  # fmt: skip


def test_working_days_skip_the_weekend_the_holiday_and_a_day_that_was_all_question():
    target = Target(kind=ClockKind.CLAIM_REGISTER, amount=3, unit=Unit.WORKING_DAYS)
    friday = at(6, 10)  # Diwali is kept in Penang on Monday 9 November 2026

    assert Run(start=friday, calendar=PENANG, target=target).due(friday).astimezone(WIB).date() == dt.date(2026, 11, 12)
    asked = Pause(at(10, 0), at(10, 23))
    paused = Run(start=friday, calendar=PENANG, target=target, pauses=(asked,))
    assert paused.due(friday).astimezone(WIB).date() == dt.date(2026, 11, 13)


def test_three_states_of_malaysia_rest_on_friday():
    assert weekend_of("MY", "KTN", dt.date(2026, 11, 2)) == {4, 5}
    assert weekend_of("MY", "PNG", dt.date(2026, 11, 2)) == {5, 6}
    assert weekend_of("MY", "JHR", dt.date(2024, 11, 2)) == {4, 5}
    assert weekend_of("MY", "JHR", dt.date(2025, 11, 2)) == {5, 6}
    assert KELANTAN.is_working(dt.date(2026, 11, 22))  # a Sunday
    assert not KELANTAN.is_working(dt.date(2026, 11, 20))


@pytest.mark.parametrize(
    ("city", "state"),
    [("George Town", "PNG"), ("penang", "PNG"), ("Johor Bahru", "JHR"), ("Kota Bharu", "KTN"), ("Medan", "")],
)
def test_a_city_knows_its_state(city, state):
    assert state_of(city) == state


def test_a_state_has_its_own_holidays():
    assert holiday_on("MY", dt.date(2026, 7, 7), state="PNG") is not None
    assert holiday_on("MY", dt.date(2026, 7, 7), state="KUL") is None


def test_a_day_that_hangs_on_the_moon_is_marked_as_an_estimate():
    found = {day.on: day for day in holidays_of("ID", 2028)}

    assert found[dt.date(2028, 2, 27)].is_estimated
    assert "estimated" not in found[dt.date(2028, 2, 27)].name
    assert not found[dt.date(2028, 8, 17)].is_estimated


def test_every_country_of_the_office_has_its_holidays():
    for country in ("ID", "MY", "SG", "CN", "KH"):
        assert len(holidays_of(country, 2026)) > 10
    assert holidays_of("US", 2026) == ()


def test_a_sunday_that_china_swapped_is_worked():
    china = Calendar(country="CN", zone="Asia/Shanghai", with_holidays=True)

    assert china.is_working(dt.date(2026, 2, 14))  # worked for the Friday after the new year
    assert not china.is_working(dt.date(2026, 2, 20))


def test_the_hours_of_a_desk_win_over_those_of_its_place():
    desk = Calendar(country="MY", state="PNG", zone="Asia/Kuala_Lumpur", desk=read_hours("Mon-Sat 09:00-13:00"))
    always = Calendar(country="MY", zone="Asia/Kuala_Lumpur", with_holidays=True, desk=read_hours("24h"))
    start = at(20, 8)  # Friday 09.00 in Penang

    assert after_working_time(start, dt.timedelta(hours=6), desk).astimezone(WIB) == at(21, 10)
    assert after_working_time(start, dt.timedelta(hours=30), always).astimezone(WIB) == at(21, 14)


def test_a_target_in_working_days_at_a_desk_that_never_closes_leaves_out_weekends_and_holidays():
    always = Calendar(country="MY", zone="Asia/Kuala_Lumpur", with_holidays=True, desk=read_hours("24h"))
    friday = Run(
        start=at(20, 8), target=Target(kind=ClockKind.ESTIMATE, amount=2, unit=Unit.WORKING_DAYS), calendar=always
    )

    assert friday.due(at(20, 9)).astimezone(WIB) == at(24, 16), "Tuesday at the close of the day, 17.00 in Penang"
    assert (friday.days(at(22, 12)), friday.days(at(24, 12))) == (0, 2)
    hours = dataclasses.replace(friday, target=Target(kind=ClockKind.GL_INITIAL, amount=30, unit=Unit.WORKING_HOURS))
    assert hours.due(at(20, 9)).astimezone(WIB) == at(21, 14), "working hours run day and night there"


def test_a_night_desk_works_over_midnight():
    night = Calendar(zone="Asia/Jakarta", desk=read_hours("22:00-06:00"))

    assert worked(at(16, 23), at(17, 7), night) == dt.timedelta(hours=7)


def test_the_middle_and_the_ninth_of_ten_are_times_that_happened():
    runs = [Run(start=at(16, 9), stopped=at(16, 9) + dt.timedelta(minutes=30 * n), target=HOURS) for n in range(1, 11)]

    found = spread_of(runs, at(17, 9))

    assert (found.n, found.p50, found.p90) == (10, dt.timedelta(hours=2.5), dt.timedelta(hours=4.5))
    assert found.kept == 8
    assert spread_of([], at(17, 9)) is None
    assert percentile([dt.timedelta(hours=1)], 0.9) == dt.timedelta(hours=1)


@pytest.mark.parametrize("amount", [0, -3, 1001])
def test_a_target_is_a_sensible_number(amount):
    draft = TargetDraft(kind=ClockKind.GL_INITIAL, amount=amount, unit=Unit.HOURS)

    assert check_target(draft)


moments = st.integers(0, 60 * 24 * 40).map(lambda minutes: at(1, 0) + dt.timedelta(minutes=minutes))
stood = st.lists(st.tuples(moments, st.integers(0, 60 * 96)), max_size=5).map(
    lambda found: tuple(Pause(start, start + dt.timedelta(minutes=n)) for start, n in found)
)
places = st.sampled_from([PENANG, KELANTAN, Calendar(with_holidays=True), Calendar(works_saturday=True)])


@given(moments, moments, moments, stood, places)
@settings(max_examples=150, deadline=None)
def test_a_clock_never_counts_a_pause_or_a_holiday(one, two, three, pauses, calendar):
    start, middle, end = sorted((one, two, three))
    zone = ZoneInfo(calendar.zone)

    whole = worked(start, end, calendar, pauses)

    assert whole == worked(start, middle, calendar, pauses) + worked(middle, end, calendar, pauses)
    for pause in pauses:
        assert not worked(max(start, pause.start), min(end, pause.until), calendar, pauses)
    day = start.astimezone(zone).date()
    while day <= end.astimezone(zone).date():
        if calendar.is_off(day) or not calendar.is_working(day):
            midnight = dt.datetime.combine(day, dt.time(), tzinfo=zone)
            assert not worked(midnight, midnight + dt.timedelta(days=1), calendar)
        day += dt.timedelta(days=1)


@given(moments, st.integers(1, 60), stood, places)
@settings(max_examples=100, deadline=None)
def test_a_due_time_is_when_the_clock_has_run_its_target(start, hours, pauses, calendar):
    time = dt.timedelta(hours=hours)

    due = after_working_time(start, time, calendar, pauses)
    day_and_night = after_time(start, time, pauses)

    assert worked(start, due, calendar, pauses) == time
    assert Run(start=start, stopped=day_and_night, pauses=pauses,
               target=Target(kind=ClockKind.PAYMENT, amount=1, unit=Unit.HOURS)).ran(start) == time  # fmt: skip


def test_days_that_were_all_pause_do_not_count():
    assert working_days_between(at(16, 9), at(20, 9), Calendar(), [Pause(at(17, 0), at(18, 0))]) == 3


def test_holidays_bear_their_indonesian_or_malay_name_where_the_list_has_one():
    independence = holiday_on("ID", dt.date(2026, 8, 17))
    assert (independence.called("id"), independence.called("en")) == ("Hari Kemerdekaan Republik Indonesia",
                                                                     independence.name)  # fmt: skip
    assert holiday_on("MY", dt.date(2026, 8, 31)).called("id") == "Hari Kebangsaan"
    assert all("(" not in day.called("id") for day in holidays_of("ID", 2028) if day.is_estimated)
    new_year = holiday_on("SG", dt.date(2026, 1, 1))
    assert new_year.called("id") == new_year.called("en")
