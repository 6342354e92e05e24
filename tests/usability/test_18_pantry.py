"""Task 18: you go to the pantry and come back: locked, unlocked, the half-typed note still there. 14 actions at most.

The budget leaves twelve signs for the passphrase, which is why this officer has one of twelve.
"""

import pytest

from liaison.store.kdf import CHEAP
from liaison.ui.lock import LockScreen
from tests import make

PASSPHRASE = "kopi 7 satai"
HALF = "telp RS Island soal kam"


@pytest.fixture(autouse=True)
def twelve_signs(at_desk):
    at_desk.program.runner.store.change_passphrase(PASSPHRASE, kdf=CHEAP)


def come_back(acting, program):
    """Type the passphrase and Enter."""
    assert isinstance(program.gate, LockScreen)
    acting.wait(30)
    acting.type(PASSPHRASE)
    acting.keys("Return")
    acting.wait(120)


def test_the_note_is_there_after_the_pantry(at_desk, acting):
    program = at_desk.program
    journey = make.journey(
        program.runner.store, make.patient(program.runner.store), hospital_id=at_desk.hospital
    )  # fmt: skip
    at_desk.go("journey", journey)
    program.frame.page.log.line.line.setFocus()
    acting.type(HALF)
    geometry = program.window.geometry()

    with acting.within(14):
        acting.keys("Ctrl+L")
        assert program.runner.store is None
        come_back(acting, program)

    page = program.frame.page
    assert page.place.record == journey
    assert page.log.line.line.text() == HALF
    assert page.log.line.line.hasFocus()
    assert program.window.geometry() == geometry
    acting.type("ar")
    acting.keys("Return")
    assert page.log.line.line.text() == ""


def test_the_window_that_locked_itself_gives_a_form_back_too(at_desk, acting):
    program = at_desk.program
    journey = make.journey(program.runner.store, make.patient(program.runner.store), hospital_id=at_desk.hospital)
    at_desk.go("journey", journey)
    at_desk.do("journey.step")
    acting.wait(20)
    acting.type("Kirim foto paspor")

    with acting.within(14):
        program.idle.idle.emit()
        come_back(acting, program)

    assert program.frame.page.drawer.form.content.editor("title").typed() == "Kirim foto paspor"
