"""Doctors: names without titles, hours of the week, and what is checked."""

import datetime as dt

from liaison.domain import doctors
from liaison.domain.doctors import AbsenceDraft, DoctorDraft, DoctorPlaceDraft, NextSlotDraft

DAY = dt.date(2026, 11, 2)  # a Monday


def codes(problems):
    return {p.code for p in problems}


def test_a_name_is_the_same_with_and_without_its_titles():
    assert doctors.name_words("Dato' Dr. Tan Ah Kow") == doctors.name_words("tan ah kow") == ("tan", "ah", "kow")
    assert doctors.name_words("Prof. dr. Budi Hartono, Sp.JP") == ("budi", "hartono")
    assert doctors.name_words("Prof. Dr.") == ()
    assert doctors.with_title("Dr.", " Tan ") == "Dr. Tan"


def test_hours_of_the_week_stand_day_by_day():
    week = doctors.week_of("Mon-Tue 14:00-16:00, Senin 09.00-12.00")

    assert [(one.weekday, len(one.hours)) for one in week] == [(0, 2), (1, 1)]
    assert week[0].hours[0] == (dt.time(9), dt.time(12))
    assert len(doctors.week_of("24h")) == 7
    assert doctors.week_of("by appointment") == ()


def test_hours_nobody_can_read_say_nothing_about_a_day():
    assert doctors.has_session("Mon 09:00-12:00", DAY) is True
    assert doctors.has_session("Tue 09:00-12:00", DAY) is False
    assert doctors.has_session("by appointment", DAY) is None
    place = DoctorPlaceDraft(doctor_id=1, hospital_id=2, sessions="by appointment")
    assert [(p.code, p.severity) for p in doctors.check_place(place)] == [("SESSIONS", "warning")]


def test_a_free_time_fades_after_a_week():
    assert not doctors.slot_is_faded(DAY - dt.timedelta(days=7), today=DAY)
    assert doctors.slot_is_faded(DAY - dt.timedelta(days=8), today=DAY)


def test_what_is_wrong_with_a_doctor_an_absence_and_a_free_time_is_told():
    tomorrow = DAY + dt.timedelta(days=1)
    assert codes(doctors.check_doctor(DoctorDraft(name="Dr."), today=DAY)) == {"ONLY_A_TITLE"}
    assert codes(doctors.check_doctor(DoctorDraft(name="Tan", last_verified_on=tomorrow), today=DAY)) == {"IN_FUTURE"}
    assert codes(doctors.check_absence(AbsenceDraft(doctor_id=1, first_on=tomorrow, last_on=DAY))) == {
        "ENDS_BEFORE_START"
    }
    slot = NextSlotDraft(doctor_id=1, hospital_id=2, slot_on=DAY, slot_time="half ten", told_by="", told_on=DAY)
    assert codes(doctors.check_slot(slot, today=DAY)) == {"MISSING"}
    later = NextSlotDraft(
        doctor_id=1, hospital_id=2, slot_on=DAY, slot_time="half ten", told_by="Grace", told_on=tomorrow
    )
    assert codes(doctors.check_slot(later, today=DAY)) == {"IN_FUTURE", "ENDS_BEFORE_START", "HOUR"}
