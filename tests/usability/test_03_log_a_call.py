"""Task 3: log this call while you talk; call the insurer tomorrow at ten. 71 actions, 60 of them the note."""

from liaison.services import views
from tests import make

NOTE = "telp Nusa: butuh hasil lab, Bu Hesti menunggu sampai sore"
STEP = "telp Nusa /besok 10"


def notes(store, journey):
    return [i for i in make.see(store, views.journey_view, journey).timeline if i.kind == "note"]


def test_the_call_and_the_promise_are_on_record_without_the_mouse(at_desk, acting):
    store = at_desk.program.runner.store
    journey = make.journey(store, patient_id=make.patient(store, full_name="Suyanti"))
    at_desk.go("journey", journey)
    acting.wait(30)

    with acting.within(len(NOTE) + len(STEP) + 2):
        acting.type(NOTE)
        acting.keys("Return")
        acting.type(STEP)
        assert "10.00" in at_desk.page.log.line.line.accessibleDescription(), "what it becomes is said before Enter"
        acting.keys("Return")

    case = make.see(store, views.journey_view, journey)
    step = next(t for t in case.open_tasks if t.title.text(at_desk.program.words) == "telp Nusa")
    assert step.has_time
    assert len(notes(store, journey)) == 1

    with acting.within(1):
        acting.keys("Ctrl+Z")
    assert step.id not in {t.id for t in make.see(store, views.journey_view, journey).open_tasks}


def test_a_note_and_its_step_in_one_line_stay_within_the_budget(at_desk, acting):
    store = at_desk.program.runner.store
    journey = make.journey(store, patient_id=make.patient(store, full_name="Suyanti"))
    at_desk.go("journey", journey)
    acting.wait(30)

    with acting.within(71):
        acting.type("telp Nusa soal hasil lab /besok 10")
        acting.keys("Return")

    assert at_desk.page.log.line.line.text() == ""


def test_the_half_typed_note_survives_a_language_switch(at_desk, acting):
    store = at_desk.program.runner.store
    journey = make.journey(store, patient_id=make.patient(store))
    at_desk.go("journey", journey)
    acting.type("telp Nu")

    at_desk.program.set_language("en")
    acting.wait(30)

    assert at_desk.page.log.line.line.text() == "telp Nu"
