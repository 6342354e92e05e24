"""The office's own hours and days off, by which due times are counted."""

import datetime as dt

import pytest

from liaison.domain.errors import Refused
from liaison.domain.targets import ClockKind
from liaison.services import targets
from liaison.services.office_hours import (
    DayOff,
    WorkHours,
    add_day_off,
    keep_work_hours,
    office_calendar,
    remove_day_off,
    work_hours,
)
from liaison.store import history
from tests import make

SATURDAY, MONDAY = dt.date(2026, 11, 7), dt.date(2026, 11, 9)
INDEPENDENCE = dt.date(2026, 8, 17)


def test_nothing_said_is_monday_to_friday_eight_to_five(store):
    calendar = make.see(store, office_calendar)

    assert make.see(store, work_hours) == WorkHours()
    assert not calendar.is_working(SATURDAY)
    assert calendar.is_working(INDEPENDENCE)
    assert calendar.closes == dt.time(17)


def test_saturdays_holidays_and_own_days_are_counted_as_said(store):
    hours = WorkHours(opens=dt.time(9), closes=dt.time(16, 30), works_saturday=True, with_holidays=True)
    make.do(store, keep_work_hours, hours)
    make.do(store, add_day_off, DayOff(on=MONDAY, name="Ulang tahun kantor"))

    calendar = make.see(store, office_calendar)
    assert calendar.is_working(SATURDAY)
    assert not calendar.is_working(SATURDAY + dt.timedelta(days=1))
    assert not calendar.is_working(INDEPENDENCE)
    assert not calendar.is_working(MONDAY)
    assert calendar.closes == dt.time(16, 30)

    make.do(store, remove_day_off, MONDAY)
    assert make.see(store, office_calendar).is_working(MONDAY)


def test_one_undo_brings_the_hours_back(store):
    make.do(store, keep_work_hours, WorkHours(opens=dt.time(9)))
    make.do(store, keep_work_hours, WorkHours(opens=dt.time(10)))

    store.undo(make.see(store, lambda s: history.actions(s, limit=1))[0].id)

    assert make.see(store, work_hours).opens == dt.time(9)


def test_an_office_opens_before_it_closes(store):
    with pytest.raises(Refused):
        make.do(store, keep_work_hours, WorkHours(opens=dt.time(17), closes=dt.time(8)))


def test_a_day_off_has_a_name_and_stands_once(store):
    make.do(store, add_day_off, DayOff(on=MONDAY, name="Cuti bersama"))

    with pytest.raises(Refused) as refused:
        make.do(store, add_day_off, DayOff(on=MONDAY, name=" "))

    assert {p.field for p in refused.value.problems} == {"on", "name"}


def test_a_day_off_of_a_country_counts_for_its_houses_and_not_for_the_office(store):
    hospital = make.hospital(store)
    day = DayOff(on=MONDAY, name="Cuti peristiwa", country="MY")
    make.do(store, add_day_off, day)
    make.do(store, add_day_off, DayOff(on=MONDAY, name="Ulang tahun kantor"))

    there = make.see(store, targets.calendar_of, hospital, ClockKind.ESTIMATE)
    assert MONDAY in there.own_days
    assert make.see(store, work_hours).days_off == (DayOff(on=MONDAY, name="Ulang tahun kantor"), day)
    with pytest.raises(Refused):
        make.do(store, add_day_off, day)
    make.do(store, remove_day_off, MONDAY)
    assert make.see(store, work_hours).days_off == (day,)
    assert make.see(store, office_calendar).own_days == frozenset()
