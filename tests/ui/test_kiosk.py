"""The window of a kiosk: a form and nothing else, from the first run to the receipt of the office."""

import shutil

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from liaison.domain.offices import OfficeDraft, OfficerDraft
from liaison.services import kiosk, kiosk_intake
from liaison.store import case_file, counter_mark, kdf, opening
from liaison.store.base import Base
from liaison.store.case_file import read_case_file
from liaison.store.journal_tables import KIOSK_ENTRY, MACHINERY
from liaison.ui import doors
from liaison.ui.first_run import FirstRun
from liaison.ui.kiosk import ZOOM
from liaison.ui.lock import LockScreen
from liaison.ui.program import Program
from liaison.ui.runner import Runner
from tests import make
from tests.ui.conftest import NOW
from tests.ui.test_program import SECRET, fill_office


@pytest.fixture(autouse=True)
def cheap_and_alone(monkeypatch, tmp_path):
    for module in (opening, kdf, case_file):
        monkeypatch.setattr(module, "fitting", lambda: kdf.CHEAP)
    monkeypatch.setenv("LIAISON_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("LIAISON_DATA", str(tmp_path / "data"))


@pytest.fixture(scope="session")
def ready_kiosk(tmp_path_factory):
    """The store of a kiosk, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("ready") / "counter"
    store, _ = opening.create_store(folder, passphrase=SECRET, officer="Ayu Lestari", clock=lambda: NOW, kdf=kdf.CHEAP)
    with store:
        doors.set_up(store, OfficeDraft(name="Kios Kualanamu", city="MDN"), OfficerDraft(name="Ayu Lestari"),
                     kiosk=True)  # fmt: skip
    return folder


@pytest.fixture
def make_program(qapp):
    made = []

    def make_it(folder=None):
        program = Program(qapp, folder=folder, runner=Runner.at_once(), clock=lambda: NOW)
        program.start()
        made.append(program)
        return program

    yield make_it
    for program in made:
        store = program.runner.store or program._half_begun()
        if store is not None:
            store.close()
        program.idle.stop(qapp)
        program.qt_words.forget()
        program.window.leave()
        program.window.deleteLater()
    qapp.setStyleSheet("")


@pytest.fixture
def program(make_program, ready_kiosk, tmp_path):
    """An open kiosk."""
    shutil.copytree(ready_kiosk, tmp_path / "counter")
    made = make_program(tmp_path / "counter")
    unlock(made)
    made.window.activateWindow()
    return made


def unlock(program):
    program.gate.secret.line.setText(SECRET)
    program.gate.try_open()


def write(program, name="Tiurma Zebulonia"):
    """A visitor types with Enter between the lines, ticks and sends."""
    form = program.kiosk.visitor.form
    form.focus("full_name")
    for text in (name, "0812 6003 417", "Medan"):
        QTest.keyClicks(QApplication.focusWidget(), text)
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    QTest.keyClicks(QApplication.focusWidget(), "kontrol jantung")
    form.editor("agreed").box.click()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def to_counter(program):
    program.kiosk.ask_counter()
    program.kiosk.gate.secret.line.setText(SECRET)
    program.kiosk.gate.open()


def entries(program):
    return make.see(program.runner.store, lambda s: s.scalar(sa.select(sa.func.count()).select_from(KIOSK_ENTRY)))


def test_from_the_visitor_to_the_office_and_nothing_is_left(program, tmp_path, prepared_office):
    write(program)
    assert program.kiosk.stack.currentIndex() == 1
    program.kiosk.next_button.click()
    assert program.kiosk.visitor.form.editor("full_name").typed() == ""

    to_counter(program)
    counter = program.kiosk.counter
    counter.seal(tmp_path / "kiosk")
    file = tmp_path / "kiosk.liaison"
    code = next(label.text() for label in counter.code.findChildren(type(counter.said.label)) if "-" in label.text())
    _, receipt = kiosk_intake.take_in(prepared_office, file, code)
    counter.receipt.line.setText(receipt)
    counter.wipe()

    assert entries(program) == 0
    store = program.runner.store
    with store.read() as session:
        tables = [*Base.metadata.sorted_tables, *MACHINERY.sorted_tables]
        assert not any("Zebulon" in repr(session.execute(sa.select(t)).all()) for t in tables)
    program.lock()
    assert not any(b"Zebulon" in p.read_bytes() for p in (tmp_path / "counter").rglob("*") if p.is_file())
    assert list((tmp_path / "counter" / "backups").iterdir()) == []
    assert read_case_file(file, code).content["what"] == kiosk.WHAT


@pytest.fixture
def prepared_office(tmp_path):
    with make.new_store(tmp_path / "office", make.TestClock(NOW)) as store:
        yield store


def test_a_kiosk_has_no_frame_no_menus_and_no_keys_but_its_own(program):
    assert program.frame is None
    assert program.window._qt_actions == []
    assert program.theme.zoom == ZOOM
    assert program.idle._seconds == 60
    assert not program.upkeep.is_going()


def test_the_lock_forgets_what_is_half_typed_and_the_counter_is_asked_again(program):
    program.kiosk.visitor.form.focus("full_name")
    QTest.keyClicks(QApplication.focusWidget(), "Tiurma")
    program.lock()
    assert isinstance(program.gate, LockScreen)
    assert program.gate.elsewhere.isHidden()
    assert (program.theme.zoom, program.idle._seconds) == (100, 300)

    unlock(program)
    assert program.kiosk.visitor.form.editor("full_name").typed() == ""
    assert program.kiosk.stack.currentIndex() == 0


def test_the_language_changes_for_the_visitor_and_keeps_what_is_typed(program):
    program.kiosk.visitor.form.focus("full_name")
    QTest.keyClicks(QApplication.focusWidget(), "Tiurma")
    program.kiosk.language_wanted.emit("en")

    form = program.kiosk.visitor.form
    assert program.words.code == "en"
    assert (form.editor("full_name").typed(), form.editor("given_by").typed()) == ("Tiurma", "Tiurma")
    program.lock()
    assert program.words.code == "id"


def test_without_the_tick_nothing_is_kept(program):
    form = program.kiosk.visitor.form
    program.kiosk.visitor.send()
    assert all(form.boxes[name].problem_text for name in ("full_name", "phone", "city", "wish", "agreed"))
    assert entries(program) == 0


def test_the_counter_shows_todays_entries_and_takes_one_out(program):
    write(program)
    to_counter(program)
    counter = program.kiosk.counter
    shown = [w.text() for w in counter.entries.findChildren(type(counter.said.label))]
    assert any("Tiurma Zebulonia" in text or "Tiurma" in text for text in shown)
    key = make.see(program.runner.store, lambda s: s.scalar(sa.select(KIOSK_ENTRY.c.id)))
    counter._remove(key)
    assert entries(program) == 0
    program.kiosk.show_form()
    assert not [w for w in counter.entries.findChildren(type(counter.said.label)) if "Tiurma" in w.text()]


def test_a_wrong_passphrase_shows_nothing_and_waits_after_five(program):
    program.kiosk.ask_counter()
    for _ in range(5):
        program.kiosk.gate.secret.line.setText("wrong one")
        program.kiosk.gate.open()
    assert program.kiosk.stack.currentIndex() == 2
    program.kiosk.gate.secret.line.setText(SECRET)
    program.kiosk.gate.open()
    assert program.kiosk.stack.currentIndex() == 2
    assert not program.kiosk.gate.problem.isHidden()


def test_a_kiosk_is_closed_with_its_passphrase_only(program):
    program.window.close()
    assert program.kiosk is not None
    assert program.kiosk.stack.currentIndex() == 2
    program.lock()
    program.window.close()
    assert isinstance(program.gate, LockScreen)
    assert program.gate.problem.label.text()

    unlock(program)
    to_counter(program)
    program.kiosk.counter.close_button.click()
    assert program.runner.store is None
    assert program._leaving


def test_a_kiosk_that_was_restarted_is_not_left_from_its_first_lock_screen(make_program, ready_kiosk, tmp_path):
    shutil.copytree(ready_kiosk, tmp_path / "counter")
    with opening.open_store(tmp_path / "counter", SECRET) as store:
        doors.open_again(store)
    program = make_program(tmp_path / "counter")

    assert program.gate.elsewhere.isHidden()
    program.window.close()
    assert not program._leaving
    assert program.gate.problem.label.text()

    unlock(program)
    assert program.kiosk is not None


def test_the_mark_of_a_counter_names_nobody_and_an_office_loses_it(make_program, ready_kiosk, tmp_path):
    shutil.copytree(ready_kiosk, tmp_path / "counter")
    counter_mark.mark(tmp_path / "counter", is_kiosk=True)
    assert (tmp_path / "counter" / counter_mark.FILE_NAME).read_bytes() == b""

    with make.new_store(tmp_path / "office", make.TestClock(NOW)) as office:
        counter_mark.mark(tmp_path / "office", is_kiosk=True)
        doors.open_again(office)
    assert not doors.door_plate(tmp_path / "office").is_kiosk


def test_before_it_locks_the_screen_says_so(program):
    program._lock_soon(45)
    assert program.kiosk.locks.isHidden()
    program._lock_soon(12)
    assert "12" in program.kiosk.locks.label.whole_text()
    program._lock_soon(None)
    assert program.kiosk.locks.isHidden()


def test_a_refused_receipt_and_a_file_without_entries_are_said(program, tmp_path):
    to_counter(program)
    counter = program.kiosk.counter
    assert not counter.file_button.isEnabled()
    counter.seal(tmp_path / "none.liaison")
    assert not (tmp_path / "none.liaison").exists()
    counter.receipt.line.setText("00000-1")
    counter.wipe()
    assert not counter.said.isHidden()


def test_the_first_run_makes_a_kiosk_where_the_box_is_ticked(make_program):
    program = make_program()
    first = program.gate
    assert isinstance(first, FirstRun)
    first.kiosk.setChecked(True)
    fill_office(first, "Kios Medan")
    first.secret.line.setText(SECRET)
    first.again.line.setText(SECRET)
    first.make()
    first.tick.setChecked(True)
    first.confirm_code()
    assert first.begin_buttons == {}
    first.open_button.click()
    assert program.kiosk is not None
    assert make.see(program.runner.store, kiosk.is_kiosk)
