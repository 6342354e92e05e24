"""Doctors of hospitals: on record, away, the next free time as told, proposed and warned of."""

import datetime as dt
from dataclasses import replace

import pytest

from liaison.domain.doctors import AbsenceDraft, DoctorPlaceDraft, Hitch, NewDoctorDraft, NextSlotDraft
from liaison.domain.errors import Refused
from liaison.domain.network import Freshness
from liaison.services import doctors, search
from liaison.services.search import FoundKind
from tests import make

DAY = make.START.date()
WEEK = dt.timedelta(days=7)
HOURS = "Mon-Fri 09:00-12:00"


def codes(refusal):
    return {p.code for p in refusal.value.problems}


def next_weekday(number):
    return DAY + dt.timedelta(days=(number - DAY.weekday()) % 7 + 7)


@pytest.fixture
def island(store):
    return make.hospital(store, name="Island Hospital")


@pytest.fixture
def tan(store, island):
    draft = NewDoctorDraft(
        hospital_id=island, title="Dato' Dr.", name="Tan Ah Kow", specialties=("Jantung",), languages=("zh", "en"),
        sessions=HOURS,
    )  # fmt: skip
    return make.made(store, doctors.add_doctor, draft)


def slot(tan, house, **values):
    asked = {"slot_on": DAY + WEEK, "told_by": "Aisyah, Indonesia desk", "told_on": DAY, **values}
    return NextSlotDraft(doctor_id=tan, hospital_id=house, **asked)


def test_a_doctor_stands_on_the_card_of_each_hospital_with_its_own_hours(store, island, tan):
    other = make.hospital(store, name="Lam Wah Ee")
    make.do(store, doctors.add_place, DoctorPlaceDraft(doctor_id=tan, hospital_id=other, sessions="Sat 09:00-11:00"))

    here, there = (make.see(store, doctors.doctors_of, key) for key in (island, other))

    assert [(line.doctor.called, line.place.sessions) for line in here] == [("Dato' Dr. Tan Ah Kow", HOURS)]
    assert [line.place.sessions for line in there] == ["Sat 09:00-11:00"]
    assert here[0].doctor.freshness is Freshness.FRESH
    assert here[0].place.zone == "Asia/Kuala_Lumpur"


def test_one_name_stands_once_at_a_hospital_and_only_a_hospital_has_doctors(store, island, tan):
    insurer = make.any_insurer(store)

    with pytest.raises(Refused) as twice:
        make.do(store, doctors.add_doctor, NewDoctorDraft(hospital_id=island, name="Dr TAN AH KOW"))
    with pytest.raises(Refused) as nowhere:
        make.do(store, doctors.add_doctor, NewDoctorDraft(hospital_id=insurer, name="Lim"))
    with pytest.raises(Refused) as again:
        make.do(store, doctors.add_place, DoctorPlaceDraft(doctor_id=tan, hospital_id=island))

    assert (codes(twice), codes(nowhere), codes(again)) == ({"KNOWN_DOCTOR"}, {"NOT_A_HOSPITAL"}, {"WORKS_HERE"})


def test_the_newest_word_on_a_free_time_counts_and_fades(store, clock, island, tan):
    make.do(store, doctors.record_slot, slot(tan, island, slot_on=DAY + 3 * WEEK))
    make.do(store, doctors.record_slot, slot(tan, island, slot_time="10:30"))

    fresh = make.see(store, doctors.doctors_of, island)[0].slot
    clock.forward(days=8)
    old = make.see(store, doctors.doctors_of, island)[0].slot

    assert (fresh.slot_on, fresh.slot_time, fresh.is_faded, fresh.is_past) == (DAY + WEEK, "10:30", False, False)
    assert (old.is_faded, old.is_past) == (True, True)


def test_a_free_time_within_an_absence_is_marked_and_offered_to_nobody(store, island, tan):
    make.do(store, doctors.record_slot, slot(tan, island))
    make.do(store, doctors.record_absence, AbsenceDraft(doctor_id=tan, first_on=DAY, last_on=DAY + 2 * WEEK))

    line = make.see(store, doctors.doctors_of, island)[0]
    notice = make.see(store, doctors.notice_on, "Tan Ah Kow", hospital_id=island, day=DAY)

    assert (line.slot.is_away, notice.hitch, notice.slot) == (True, Hitch.ABSENT, None)


def test_a_free_time_is_told_of_a_hospital_where_the_doctor_works(store, tan):
    other = make.hospital(store, name="Lam Wah Ee")

    with pytest.raises(Refused) as refusal:
        make.do(store, doctors.record_slot, slot(tan, other))

    assert codes(refusal) == {"NOT_HERE"}


def test_a_form_hears_when_the_doctor_is_away_on_the_day(store, island, tan):
    monday, sunday = next_weekday(0), next_weekday(6)
    away = AbsenceDraft(doctor_id=tan, first_on=monday, last_on=monday + WEEK, cause="haji")
    make.do(store, doctors.record_absence, away)
    make.do(store, doctors.record_slot, slot(tan, island, slot_on=monday + 2 * WEEK))

    def notice(text, day, house=island):
        return make.see(store, doctors.notice_on, text, hospital_id=house, day=day)

    found = notice("dr. tan ah kow", monday)
    assert (found.hitch, found.until, found.slot.slot_on) == (Hitch.ABSENT, monday + WEEK, monday + 2 * WEEK)
    assert notice("Tan Ah Kow", sunday + 2 * WEEK).hitch is Hitch.NO_SESSION
    assert notice("Tan Ah Kow", monday + 2 * WEEK) is None
    assert notice("somebody else", monday) is None
    assert notice("", monday) is None
    assert notice("Tan Ah Kow", monday, house=None).hitch is Hitch.ABSENT
    with pytest.raises(Refused) as refusal:
        make.do(store, doctors.record_absence, replace(away, last_on=None))
    assert codes(refusal) == {"AWAY_ALREADY"}


def test_who_retired_or_left_is_proposed_to_nobody_and_the_form_says_so(store, island, tan):
    here = make.see(store, doctors.doctor, tan).places[0]
    place = make.see(store, doctors.place_draft, here.id)
    make.do(store, doctors.edit_place, here.id, replace(place, until=DAY - WEEK))

    assert make.see(store, doctors.suggest, "tan") == []
    assert make.see(store, doctors.notice_on, "Tan Ah Kow", hospital_id=island, day=DAY).hitch is Hitch.NOT_HERE
    make.do(store, doctors.retire_doctor, tan)
    assert make.see(store, doctors.notice_on, "Tan Ah Kow", hospital_id=None, day=DAY).hitch is Hitch.RETIRED


def test_suggestions_come_from_name_and_specialty_the_own_hospital_first(store, island, tan):
    other = make.hospital(store, name="Lam Wah Ee")
    make.do(store, doctors.add_doctor, NewDoctorDraft(hospital_id=other, name="Tanaka Ken", specialties=("Jantung",)))

    by_name = make.see(store, doctors.suggest, "dr tan", hospital_id=other)
    by_specialty = make.see(store, doctors.suggest, "jantung", hospital_id=island)

    assert [line.doctor.name for line in by_name] == ["Tanaka Ken", "Tan Ah Kow"]
    assert [line.doctor.name for line in by_specialty] == ["Tan Ah Kow", "Tanaka Ken"]


def test_search_finds_the_doctor_and_leads_to_the_hospital(store, island, tan):
    found = [f for f in make.see(store, search.find, "dr tan") if f.kind is FoundKind.DOCTOR]

    assert [(f.title, f.house_id) for f in found] == [("Dato' Dr. Tan Ah Kow", island)]
    assert make.see(store, search.found_again, [found[0].key]) == found


def test_everything_of_a_doctor_goes_and_comes_back_together(store, island, tan):
    make.do(store, doctors.record_slot, slot(tan, island))
    make.do(store, doctors.record_absence, AbsenceDraft(doctor_id=tan, first_on=DAY))
    before = make.see(store, doctors.doctor, tan)
    with store.write("Remove a doctor") as session:
        doctors.remove_doctor(session, tan)
        action = int(session.info["action_id"])

    assert make.see(store, doctors.doctors_of, island) == ()
    store.undo(action)
    after = make.see(store, doctors.doctor, tan)

    assert (after.called, len(after.places), len(after.absences), len(after.slots)) == (before.called, 1, 1, 1)


def test_forms_open_with_what_stands_there_and_change_it(store, island, tan):
    kept = make.made(store, doctors.record_slot, slot(tan, island))
    away = make.made(store, doctors.record_absence, AbsenceDraft(doctor_id=tan, first_on=DAY))

    make.do(store, doctors.edit_slot, kept, replace(make.see(store, doctors.slot_draft, kept), slot_time="09:15"))
    make.do(store, doctors.edit_absence, away, replace(make.see(store, doctors.absence_draft, away), last_on=DAY))
    make.do(
        store, doctors.edit_doctor, tan, replace(make.see(store, doctors.doctor_draft, tan), note="berbahasa Hokkien")
    )
    view = make.see(store, doctors.doctor, tan)
    make.do(store, doctors.remove_slot, kept)
    make.do(store, doctors.remove_absence, away)
    make.do(store, doctors.remove_place, view.places[0].id)
    make.do(store, doctors.verify_doctor, tan)

    assert (view.slots[0].slot_time, view.absences[0].last_on, view.note) == ("09:15", DAY, "berbahasa Hokkien")
    left = make.see(store, doctors.doctor, tan)
    assert (left.slots, left.absences, left.places) == ((), (), ())
