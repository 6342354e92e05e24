"""The program as a whole, on a real store: first run, office, lock, unlock, languages, leaving."""

import datetime as dt
import shutil

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QWidget

from liaison import settings
from liaison.domain.errors import Conflict, Refused
from liaison.domain.problems import Problem
from liaison.i18n import Language
from liaison.settings import Geometry, Settings
from liaison.store import kdf, opening
from liaison.ui import doors
from liaison.ui.first_run import FirstRun
from liaison.ui.idle import IdleWatch
from liaison.ui.lock import LockScreen
from liaison.ui.program import Program
from liaison.ui.runner import Runner, Sort, Trouble, sort_out
from liaison.ui.theme import Palette
from tests.ui.conftest import NOW
from tests.ui.test_frame import PAGES
from tests.ui.walk import nameless

SECRET = "mango river seven lantern"


@pytest.fixture(autouse=True)
def cheap_and_alone(monkeypatch, tmp_path):
    """A fast key derivation, and folders of the test's own."""
    monkeypatch.setattr(opening, "fitting", lambda: kdf.CHEAP)
    monkeypatch.setattr(kdf, "fitting", lambda: kdf.CHEAP)
    monkeypatch.setenv("LIAISON_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("LIAISON_DATA", str(tmp_path / "data"))


@pytest.fixture(scope="session")
def ready_store(tmp_path_factory):
    """An office as the first run leaves it, made once and copied for each test that only wants to open one."""
    from liaison.domain.offices import OfficeDraft, OfficerDraft

    folder = tmp_path_factory.mktemp("ready") / "office"
    store, _code = opening.create_store(
        folder, passphrase=SECRET, officer="Ayu Lestari", clock=lambda: NOW, kdf=kdf.CHEAP
    )
    with store:
        office = OfficeDraft(name="Kantor Liaison Medan", city="MDN")
        doors.set_up(store, office, OfficerDraft(name="Ayu Lestari"))
    return folder


@pytest.fixture
def open_program(make_program, ready_store, tmp_path):
    """A program whose office is open."""

    def make():
        shutil.copytree(ready_store, tmp_path / "data" / "office")
        program = make_program()
        program.gate.secret.line.setText(SECRET)
        program.gate.try_open()
        return program

    return make


@pytest.fixture
def make_program(qapp, tmp_path):
    made = []

    def make(**more):
        program = Program(qapp, runner=Runner.at_once(), pages=PAGES, clock=lambda: NOW, **more)
        program.start()
        made.append(program)
        return program

    yield make
    for program in made:
        store = program.runner.store or program._half_begun()
        if store is not None:
            store.close()
        program.idle.stop(qapp)
        program.upkeep.stop()
        program.qt_words.forget()
        program.window.leave()
        program.window.deleteLater()
    qapp.setStyleSheet("")


def fill_office(first, name="Kantor Liaison Medan"):
    first.office_form.editor("name").line.setText(name)
    first.office_form.editor("city").set_value("MDN")
    first.officer_form.editor("name").line.setText("Ayu Lestari")
    first.check_office()


def text_of(document):
    """Letters and digits of a PDF, nothing else."""
    import pypdfium2

    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(document)]
    return "".join(c for c in "".join(pages) if c.isalnum())


def walk_first_run(program):
    first = program.gate
    fill_office(first)
    first.secret.line.setText(SECRET)
    first.again.line.setText(SECRET)
    first.make()
    first.tick.setChecked(True)
    first.confirm_code()
    first.open_button.click()
    return first


def test_the_first_run_makes_an_office_that_opens_again_with_its_passphrase(make_program):
    program = make_program()
    assert isinstance(program.gate, FirstRun)

    walk_first_run(program)
    assert program.frame is not None
    assert program.frame.desk.officer.name == "Ayu Lestari"
    assert program.frame.desk.officer.city == "Medan"
    program.lock()

    assert isinstance(program.gate, LockScreen)
    assert program.runner.store is None
    program.gate.secret.line.setText(SECRET)
    program.gate.try_open()
    assert program.frame is not None


def test_the_first_run_shows_everything_missing_at_once_and_makes_nothing(make_program, tmp_path):
    first = make_program().gate

    first.check_office()

    assert all(first.office_form.boxes[n].problem_text for n in ("name", "city"))
    assert first.officer_form.boxes["name"].problem_text
    assert first.at == 0
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("secret", "again"), [("short", "short"), ("password123", "password123"), (SECRET, SECRET + "x")]
)
def test_a_weak_short_or_mistyped_passphrase_makes_no_store(make_program, tmp_path, secret, again):
    first = make_program().gate
    fill_office(first)
    first.secret.line.setText(secret)
    first.again.line.setText(again)

    first.make()

    assert first.at == 1
    assert first.problem.isVisibleTo(first)
    assert not (tmp_path / "data").exists()


def test_the_meter_is_honest(make_program):
    first = make_program().gate
    fill_office(first)

    first.secret.line.setText("medan2026")
    first.secret.changed.emit()
    assert not first._measured.is_enough
    first.secret.line.setText(SECRET)
    first.secret.changed.emit()

    assert first._measured.is_enough
    assert first._measured.words == 4


def test_the_recovery_code_is_shown_once_and_must_be_confirmed(make_program):
    first = make_program().gate
    fill_office(first)
    first.secret.line.setText(SECRET)
    first.again.line.setText(SECRET)
    first.make()
    code = first.code_card.label.text()
    assert len(code) == 35
    assert code.replace("-", "") in text_of(first.code_card.paper())

    first.confirm_code()
    assert first.at == 2
    first.tick.setChecked(True)
    first.confirm_code()

    assert first.at == 3
    assert first.code_card.paper() == b""


def test_the_recovery_code_opens_and_takes_a_new_passphrase(make_program):
    program = make_program()
    first = program.gate
    fill_office(first)
    first.secret.line.setText(SECRET)
    first.again.line.setText(SECRET)
    first.make()
    code = first.code_card.label.text()
    first.tick.setChecked(True)
    first.confirm_code()
    first.open_button.click()
    program.lock()

    lock = program.gate
    lock._switch_way()
    lock.code.line.setText(code.lower())
    lock.secret.line.setText("purple ladder ocean eleven")
    lock.try_open()
    assert program.frame is not None
    program.lock()
    program.gate.secret.line.setText("purple ladder ocean eleven")
    program.gate.try_open()

    assert program.frame is not None


def test_five_wrong_passphrases_make_one_wait_a_minute_and_the_field_is_emptied(open_program):
    program = open_program()
    program.lock()
    lock = program.gate
    now = [1_800_000_000.0]
    lock.tries.now = lambda: now[0]

    for _ in range(5):
        lock.secret.line.setText("wrong wrong wrong")
        lock.try_open()
        assert lock.secret.line.text() == ""
    assert not lock.button.isEnabled()
    lock.secret.line.setText(SECRET)
    lock.try_open()
    assert program.frame is None

    now[0] += 61
    lock._count_down()
    assert lock.button.isEnabled()
    lock.try_open()
    assert program.frame is not None


def test_what_was_typed_is_kept_encrypted_over_a_lock_and_comes_back(open_program, tmp_path):
    program = open_program()
    program.frame.page.text.line.setText("telp Bu Kencana Wungu besok")

    program.lock()
    clear = b"".join(p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())
    texts = [w.text() for w in program.window.findChildren(QLabel)] + [
        w.text() for w in program.window.findChildren(QLineEdit)
    ]

    assert b"Kencana" not in clear
    assert not any("Kencana" in t for t in texts)
    program.gate.secret.line.setText(SECRET)
    program.gate.try_open()
    assert program.frame.page.text.typed() == "telp Bu Kencana Wungu besok"


def test_the_language_changes_in_place_and_is_remembered(open_program):
    program = open_program()
    program.frame.page.text.line.setText("half a sen")

    program.set_language("en")

    assert program.frame.desk.words.code == "en"
    assert program.frame.page.text.typed() == "half a sen"
    assert program.window.action("program.lock").text() == Language("en")("Lock")
    assert settings.load().language == "en"
    program.lock()
    program.set_language("id")
    assert program.gate.desk.words.code == "id"


def test_undo_and_redo_stand_in_the_menu_with_their_words(open_program):
    from liaison.domain.offices import OfficerDraft
    from liaison.i18n import N_
    from liaison.services import office

    program = open_program()
    undo = program.window.action("program.undo")
    assert not undo.isEnabled()

    title = N_("Add a colleague")
    program.runner.write(title, office.add_officer, OfficerDraft(name="Budi"), owner=program)
    assert "“" in program.window.action("program.undo").text()
    assert program.frame.status.undo.isVisibleTo(program.frame)
    program.window.action("program.undo").trigger()

    with program.runner.store.read() as session:
        assert [o.name for o in office.officers(session)] == ["Ayu Lestari"]
    assert program.window.action("program.redo").isEnabled()
    program.window.action("program.redo").trigger()
    with program.runner.store.read() as session:
        assert [o.name for o in office.officers(session)] == ["Ayu Lestari", "Budi"]


def test_palette_text_size_and_window_are_remembered_on_this_machine(make_program):
    program = make_program()
    program.next_palette()
    program.step_zoom(+1)
    program.quit()

    found = settings.load()

    assert found.palette == Palette.DARK.value
    assert found.zoom == 110
    assert found.geometry is not None


def test_keys_of_ones_own_are_there_after_a_restart_and_one_that_makes_no_sense_is_the_usual(open_program):
    settings.save(Settings(keys={"program.lock": "F4", "program.find": "nonsense"}))

    program = open_program()

    assert program.window.action("program.lock").shortcut().toString() == "F4"
    assert program.window.action("program.find").shortcut().toString() == "Ctrl+K"


def test_leaving_backs_up_and_lets_the_store_go(open_program, tmp_path):
    program = open_program()
    folder = program.folder

    program.quit()

    assert list((folder / "backups").glob("*.zip"))
    again = doors.open_office(folder, SECRET, officer=None, clock=lambda: NOW)
    again.store.close()


def test_a_store_whose_first_run_was_cut_off_asks_for_its_office(make_program, tmp_path):
    folder = tmp_path / "half"
    store, _code = opening.create_store(folder, passphrase=SECRET, officer="Ayu Lestari", kdf=kdf.CHEAP)
    store.close()
    program = make_program(folder=folder)

    program.gate.secret.line.setText(SECRET)
    program.gate.try_open()
    assert isinstance(program.gate, FirstRun)
    fill_office(program.gate)
    program.gate.open_button.click()

    assert program.frame.desk.officer.office == "Kantor Liaison Medan"


def test_a_damaged_key_file_is_told_on_the_lock_screen(make_program, tmp_path):
    folder = tmp_path / "bad"
    folder.mkdir()
    (folder / "keys.json").write_text("{}", encoding="utf-8")

    lock = make_program(folder=folder).gate

    assert isinstance(lock, LockScreen)
    assert lock.problem.label.text()


def test_capital_letters_without_shift_mean_caps_lock(open_program, qtbot):
    program = open_program()
    program.lock()
    line = program.gate.secret.line

    qtbot.keyClick(line, "A")
    assert program.gate.caps.isVisibleTo(program.gate)
    qtbot.keyClick(line, "a")

    assert not program.gate.caps.isVisibleTo(program.gate)


@pytest.mark.parametrize("language", ["id", "en"])
def test_everything_on_the_gates_has_a_name_and_fits_the_smallest_window(make_program, language):
    settings.save(Settings(language=language))
    program = make_program()
    seen = []

    def look():
        program.window.repaint()
        seen.extend(f"{type(w).__name__}: {w.parentWidget()}" for w in nameless(program.window))
        hint = program.gate.minimumSizeHint()
        assert hint.width() <= 1024
        assert hint.height() <= 520

    look()
    fill_office(program.gate)
    look()
    walk_first_run(program)
    program.lock()
    look()

    assert seen == []


# idle


def test_the_last_minute_is_counted_and_input_to_this_program_puts_it_off(qapp):
    now, told, idle = [0.0], [], []
    watch = IdleWatch(5, now=lambda: now[0])
    watch.soon.connect(told.append)
    watch.idle.connect(lambda: idle.append(1))

    now[0] = 239
    watch.look()
    now[0] = 270
    watch.look()
    event = QMouseEvent(QEvent.Type.MouseMove, QPointF(), QPointF(), Qt.MouseButton.NoButton, Qt.MouseButton.NoButton,
                        Qt.KeyboardModifier.NoModifier)  # fmt: skip
    watch.eventFilter(qapp, event)
    now[0] = 300
    watch.look()
    assert idle == []
    now[0] = 571
    watch.look()

    assert told == [30, None, None]
    assert idle == [1]


def test_idleness_locks_the_office(open_program):
    program = open_program()

    program.idle.idle.emit()

    assert isinstance(program.gate, LockScreen)


def test_no_sheet_of_the_office_stays_open_over_the_lock_screen(open_program):
    program = open_program()
    program._show_keys()
    assert any(sheet.isVisible() for sheet in program.window.findChildren(QDialog))

    program.lock()

    assert not any(sheet.isVisible() for sheet in program.window.findChildren(QDialog))


# trouble


def test_a_bug_is_told_once_with_a_report_that_quotes_nothing(make_program, qtbot):
    program = make_program()
    try:
        raise ValueError("Suyanti 3174096112900001")
    except ValueError as error:
        program.boundary.hook(type(error), error, error.__traceback__)
        program.boundary.hook(type(error), error, error.__traceback__)

    dialog = program.boundary.dialog
    assert "Suyanti" not in dialog.report
    assert "ValueError" in dialog.report
    assert "test_program.py" in dialog.report
    dialog.accept()
    assert program.boundary.dialog is None


@pytest.mark.parametrize(
    "error", [Conflict("Somebody changed this record meanwhile."), Refused([Problem(code="X", message="No.")])]
)
def test_the_world_is_told_in_its_own_sentence(make_program, error):
    program = make_program()

    program.boundary.show(sort_out(error))

    assert program.boundary.dialog.text.text() == error.text(program.words)
    assert program.boundary.dialog.report == ""
    program.boundary.dialog.accept()


def test_every_sort_of_trouble_has_a_title():
    from liaison.ui.errors import TITLES

    assert set(TITLES) == set(Sort)
    assert Trouble(sort=Sort.BUG, error=ValueError()).sort is Sort.BUG


# the window's place


def test_a_window_saved_on_a_screen_that_is_gone_comes_back_onto_one_that_is_there(make_program, qapp):
    settings.save(Settings(geometry=Geometry(left=9000, top=9000, width=1200, height=700)))

    window = make_program().window

    assert qapp.primaryScreen().geometry().intersects(window.geometry())


def test_qt_speaks_indonesian_too(make_program, qapp):
    program = make_program()

    assert qapp.translate("QPlatformTheme", "Cancel") == "Batal"
    program.set_language("en")

    assert qapp.translate("QPlatformTheme", "Cancel") == "Cancel"


def test_the_compiled_words_of_qt_are_fresh(tmp_path):
    import shutil
    import subprocess
    import sys
    from pathlib import Path

    from liaison.i18n import resources

    tool = shutil.which("pyside6-lrelease") or shutil.which("pyside6-lrelease", path=str(Path(sys.executable).parent))
    made = tmp_path / "made.qm"
    subprocess.run([tool, str(resources() / "qt" / "qtbase_id.ts"), "-qm", str(made)], check=True, capture_output=True)

    assert made.read_bytes() == (resources() / "qt" / "qtbase_id.qm").read_bytes()


def test_the_sample_office_has_a_striped_bar_that_leads_out(open_program, monkeypatch):
    program = open_program()
    office = doors.OpenOffice(store=program.runner.store, officer=doors.Officer(name="A", office="B", sample=True))
    program.show_office(office)
    stripe = program.window._stripe
    assert stripe is not None
    assert program.words("SAMPLE") in program.window.windowTitle()

    program.leave_sample()

    assert program.window._stripe is None
    assert isinstance(program.gate, LockScreen)
    assert isinstance(stripe, QWidget)


def test_the_clock_is_aware():
    from liaison.store.ids import utc_now

    assert utc_now().tzinfo is dt.UTC


def test_the_sample_office_is_made_once_beside_the_real_one_and_left_in_one_click(make_program, monkeypatch, tmp_path):
    from functools import partial

    from liaison.services import sample

    monkeypatch.setattr(sample, "make_sample", partial(sample.make_sample, journeys=3))
    left_over = tmp_path / "data" / "sample.new"
    left_over.mkdir(parents=True)
    (left_over / "half").write_text("x", encoding="utf-8")
    program = make_program()

    program.gate.sample_wanted.emit()

    assert program.frame.desk.officer.sample
    assert program.window._stripe is not None
    assert (tmp_path / "data" / "sample" / "keys.json").exists()
    assert not left_over.exists()
    program.leave_sample()
    assert isinstance(program.gate, FirstRun)
    program.open_sample()
    assert program.frame.desk.officer.sample


def test_time_alone_changes_things_as_the_system_and_says_so(open_program, monkeypatch):
    from types import SimpleNamespace

    from liaison.services import rounds

    program = open_program()
    assert doors.time_passes(program.runner.store) is None

    actors, heard = [], []
    change = SimpleNamespace(touched=(SimpleNamespace(kind="guarantee", id=1),), made=None)
    monkeypatch.setattr(rounds, "is_due", lambda session: True)
    monkeypatch.setattr(rounds, "time_passes", lambda session: actors.append(session.info["actor"]) or change)
    program.hub.changed.connect(heard.append)
    program.upkeep.let_time_pass()

    assert actors == ["system"]
    assert heard == [change]


def test_the_recovery_code_can_be_saved_copied_and_printed(make_program, tmp_path, qapp, qtbot, monkeypatch):
    from liaison.ui import code_card, printing

    monkeypatch.setattr(code_card, "CLEAR_AFTER_MS", 20)

    first = make_program().gate
    fill_office(first)
    first.secret.line.setText(SECRET)
    first.again.line.setText(SECRET)
    first.make()
    card = first.code_card
    sent = []
    monkeypatch.setattr(printing, "print_pages", lambda parent, document, title: sent.append((document, title)))

    card.copy()
    card.save(tmp_path / "code.pdf")
    card.print_button.click()

    assert qapp.clipboard().text() == card.label.text()
    assert card.label.text().replace("-", "") in text_of((tmp_path / "code.pdf").read_bytes())
    assert sent == [(card.paper(), first.desk.words("Recovery sheet"))]
    qtbot.waitUntil(lambda: qapp.clipboard().text() == "")


def test_leaving_in_the_middle_of_the_first_run_closes_the_store_that_was_made(make_program):
    program = make_program()
    first = program.gate
    fill_office(first)
    first.secret.line.setText(SECRET)
    first.again.line.setText(SECRET)
    first.make()

    program.quit()
    again = doors.open_office(program.folder, SECRET, officer=None, clock=lambda: NOW)

    assert again.has_office
    again.store.close()


def test_another_zone_of_the_office_holds_at_once_and_after_a_lock(open_program, qtbot):
    program = open_program()
    before = program.frame.status.clocks.text()

    def move(session):
        from dataclasses import replace

        from liaison.services import office

        now = office.office(session)
        return office.edit_office(
            session, replace(office.office_draft(session), zone="Asia/Jayapura"), version=now.version
        )

    program.runner.write("Change the office", move, owner=program)
    qtbot.wait(20)

    assert "WIB" in before
    assert "WIT" in program.frame.status.clocks.text()
    program.lock()
    assert program.words.formats.zone == "Asia/Jayapura"
    program.gate.secret.line.setText(SECRET)
    program.gate.try_open()
    assert "WIT" in program.frame.status.clocks.text()
