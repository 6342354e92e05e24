"""Task 20: first start, from the icon to the first own case: passphrase, recovery sheet, one case, one backup."""

import datetime as dt

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from liaison.services import views
from liaison.services.first_hour import Step, first_hour
from liaison.store import kdf, opening
from liaison.ui.first_run import FirstRun
from liaison.ui.program import Program
from liaison.ui.runner import Runner
from tests import make
from tests.usability.conftest import in_front

SECRET = "mangga sungai tujuh lentera"
MOST_ACTIONS = 180
"""Mostly letters: the office, the officer, the passphrase twice, one person."""


@pytest.fixture
def first_start(qapp, tmp_path, monkeypatch):
    monkeypatch.setattr(opening, "fitting", lambda: kdf.CHEAP)
    monkeypatch.setattr(kdf, "fitting", lambda: kdf.CHEAP)
    monkeypatch.setenv("LIAISON_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("LIAISON_DATA", str(tmp_path / "data"))
    program = Program(qapp, clock=make.TestClock(), runner=Runner.at_once())
    program.start()
    in_front(program)
    yield program
    if program.runner.store is not None:
        program.runner.store.close()
    program.idle.stop(qapp)
    program.away.stop()
    program.upkeep.stop()
    program.qt_words.forget()
    program.window.leave()
    qapp.setStyleSheet("")


def test_from_the_icon_to_the_first_own_case(first_start, acting, tmp_path, monkeypatch):
    program = first_start
    sheet = tmp_path / "usb" / "lembar.pdf"
    sheet.parent.mkdir()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(sheet), "*.pdf"))
    began = dt.datetime.now(dt.UTC)

    with acting.within(MOST_ACTIONS):
        assert isinstance(program.gate, FirstRun)
        first = program.gate
        acting.wait(50)
        acting.type("Kantor Medan")
        acting.keys("Tab")
        acting.type("Medan (MDN)")
        acting.keys("Tab", "Tab")
        first.officer_form.editor("name").setFocus()
        acting.type("Ayu Lestari")
        acting.click(first.next_button)

        assert first.at == 1
        acting.wait(30)
        acting.type(SECRET)
        first.again.setFocus()
        acting.type(SECRET)
        acting.keys("Return")

        assert first.at == 2
        code = first.code_card.label.text()
        acting.click(first.code_card.save_button)
        acting.click(first.tick)
        acting.click(first.next_button)

        assert first.at == 3
        acting.click(first.begin_buttons["journey"])

        acting.wait(50)
        page = program.frame.page
        assert page.place.page == "journey_new"
        acting.click(page.person.new_button)
        acting.wait(20)
        acting.type("Suyanti")
        page.person.form.editor("phone").setFocus()
        acting.type("081234567890")
        page.form.editor("need").setFocus()
        acting.type("kontrol jantung")
        acting.keys("Ctrl+Return")
        acting.wait(30)

    case = program.frame.page.place.record
    assert program.frame.page.place.page == "journey"
    with program.runner.store.read() as session:
        assert views.journey_view(session, case).patient.full_name == "Suyanti"
        assert {Step.CASE, Step.PAPER} <= first_hour(session).done
    assert sheet.read_bytes().startswith(b"%PDF")

    acting.keys("Ctrl+L")
    assert list((program.folder / "backups").glob("*.zip")), "locking backs up"
    lock = program.gate
    acting.click(lock.forgotten)
    QTest.keyClicks(lock.code.line, code.lower())
    QTest.keyClicks(lock.secret.line, "ombak payung sembilan kancil")
    acting.click(lock.button)
    assert program.frame is not None, "the code on the sheet opens the office"
    assert (dt.datetime.now(dt.UTC) - began).total_seconds() < 300
