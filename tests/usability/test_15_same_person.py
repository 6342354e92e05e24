"""Task 15: these two are the same person; put them together. One person with all history, undo offered: 9 actions."""

import datetime as dt

from liaison.domain.handing import Side
from liaison.services import merging, patients
from liaison.store.models import JourneyRow, PatientRow
from tests import make


def twins(store, **values):
    """Siti twice, each with a case."""
    keep = make.patient(store, full_name="Siti Nurhaliza", phone="0812-1")
    other = make.patient(store, full_name="Sitti Nur Haliza", phone="0812-2", passport_name="", **values)
    return keep, make.journey(store, patient_id=keep), other, make.journey(store, patient_id=other)


def person_of(store, journey):
    return make.see(store, lambda s: s.get(JourneyRow, journey).patient_id)


def test_from_the_search_box_two_records_are_one_after_nine_actions(at_desk, acting):
    store = at_desk.program.runner.store
    keep, _, _, second = twins(store)

    command = at_desk.program.words("Two records of one person").lower().split()

    with acting.within(9):
        acting.keys("Ctrl+K")
        acting.type(f"{command[0][:3]} {command[1][:1]}")
        acting.keys("Return", "Return", "Ctrl+Return")

    assert person_of(store, second) == keep
    at_desk.program.frame.undo()
    assert person_of(store, second) != keep


def test_from_the_persons_menu_two_more_keys_do(at_desk, acting):
    store = at_desk.program.runner.store
    keep, first, _, second = twins(store)
    at_desk.go("journey", first)
    at_desk.go("merge_persons", keep)

    with acting.within(2):
        acting.keys("Return", "Ctrl+Return")

    assert person_of(store, second) == keep == person_of(store, first)
    assert at_desk.page.place.record == first


def test_a_birth_date_in_which_they_differ_asks_for_a_choice_first(at_desk, acting):
    store = at_desk.program.runner.store
    keep, _, other, second = twins(store, birth_date=dt.date(1981, 3, 14))
    at_desk.go("merge_persons", keep, other=other)

    with acting.within(4):
        acting.keys("Ctrl+Return")
        assert person_of(store, second) == other
        acting.keys("Right", "Space", "Ctrl+Return")

    assert person_of(store, second) == keep
    assert make.see(store, patients.patient_draft, keep).birth_date == dt.date(1981, 3, 14)


def test_two_people_are_not_offered_again_and_the_other_record_can_stay(at_desk):
    store = at_desk.program.runner.store
    keep, _, other, second = twins(store)
    at_desk.go("merge_persons", keep, other=other)
    at_desk.page.swap()
    assert at_desk.page.place.record == other
    at_desk.page.two_people()
    at_desk.go("merge_persons")

    assert not at_desk.page.view.isVisible()
    assert person_of(store, second) == other
    make.do(store, merging.merge_patients, keep, other, {"full_name": Side.THEIRS})
    assert make.see(store, lambda s: s.get(PatientRow, keep).full_name) == "Sitti Nur Haliza"
