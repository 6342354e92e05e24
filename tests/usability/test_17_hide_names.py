"""Task 17: a Malaysian guest looks at your screen: switch to English and hide names, and back. At most 6 actions."""

from PySide6.QtWidgets import QApplication, QLabel, QToolButton

from liaison.services import journeys
from tests import make

NAME = "Dewi Lestari Siregar"


def words_shown(program):
    texts = [w.text() for w in program.window.findChildren(QLabel) if w.isVisible()]
    return " | ".join([*texts, program.window.windowTitle()])


def language(program, code):
    return next(b for b in program.frame.top.languages.findChildren(QToolButton) if b.text() == code)


def test_english_and_masked_and_back_in_six_actions(at_desk, acting):
    program = at_desk.program
    store = program.runner.store
    journey = make.journey(store, make.patient(store, full_name=NAME), hospital_id=at_desk.hospital)
    at_desk.go("journey", journey)
    assert NAME.casefold() in words_shown(program).casefold()

    with acting.within(6):
        acting.keys("Ctrl+Shift+M")
        acting.click(language(program, "EN"))
        shown = words_shown(program)
        assert NAME.casefold() not in shown.casefold()
        assert program.words.code == "en"
        assert "Person" in shown
        acting.keys("Ctrl+Shift+M")
        acting.click(language(program, "ID"))

    assert program.words.code == "id"
    assert program.frame.page.place.record == journey
    assert NAME.casefold() in words_shown(program).casefold()
    assert QApplication.activeWindow() is program.window


def test_the_case_is_the_same_afterwards(at_desk, acting):
    program = at_desk.program
    store = program.runner.store
    journey = make.journey(store, make.patient(store), hospital_id=at_desk.hospital)
    before = make.see(store, journeys.journey_draft, journey)
    at_desk.go("journey", journey)
    acting.keys("Ctrl+Shift+M")
    acting.keys("Ctrl+Shift+M")
    assert make.see(store, journeys.journey_draft, journey) == before
