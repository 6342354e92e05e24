"""The first hour: a list that ticks itself, is closed and brought back; the sample office and the way out of it."""

import hashlib
import shutil

import pytest

from liaison.services import first_hour, work
from liaison.services.first_hour import Step
from liaison.store.journal_tables import ActionKind
from liaison.ui import doors
from liaison.ui.first_run import FirstRun
from liaison.ui.lock import LockScreen
from liaison.ui.widgets.first_hour import FirstHour
from tests import make, sampling
from tests.services.conftest import clock, prepared_store, store
from tests.ui.pages.conftest import Office
from tests.walks.conftest import at_the_window

__all__ = ["clock", "prepared_store", "store"]


@pytest.fixture
def office(qtbot, theme, store, clock):
    return Office(qtbot, theme, store, clock, language="en")


def card(office):
    return office.page.findChild(FirstHour)


def test_a_new_office_sees_seven_things_none_of_them_done(office):
    office.go("today")

    assert card(office).isVisible()
    assert card(office).count.text() == "0 of 7"
    assert list(card(office).links) == list(Step)


def test_what_is_done_ticks_itself(office, store, clock):
    office.go("today")
    journey = make.journey(store, make.patient(store), hospital_id=make.hospital(store))
    office.do(work.add_note, make.note_draft(journey_id=journey))
    with store.write("Print a case", kind=ActionKind.DISCLOSURE):
        pass
    (store.folder / "backups").mkdir(exist_ok=True)
    (store.folder / "backups" / "one.zip").write_bytes(b"")
    office.do(first_hour.code_is_on_paper)

    done = office.see(first_hour.first_hour).done
    assert {Step.CASE, Step.BACKUP, Step.PAPER, Step.PRINT} <= done
    assert Step.IMPORT not in done
    assert Step.CASE not in card(office).links
    assert Step.IMPORT in card(office).links


def test_each_thing_leads_where_it_is_done(office):
    places = {Step.CASE: "journey_new", Step.IMPORT: "import", Step.CONTACT: "network", Step.PAPER: "settings"}
    for step, page in places.items():
        office.go("today")
        card(office).links[step].click()
        assert office.page.place.page == page


def test_the_list_is_closed_and_brought_back(office):
    office.go("today")
    card(office).close_button.click()
    assert not card(office).isVisible()

    office.runner.write("Show the first hour", first_hour.show_again, owner=office.frame)

    assert card(office).isVisible()


# the sample office


def content_of(folder):
    return {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


@pytest.fixture
def sample_at_hand(tmp_path_factory, monkeypatch):
    """The sample is the one the whole run shares, instead of a new one for each visit."""
    from liaison.services import sample

    def copied(folder, **_values):
        shutil.copytree(sampling.sample_folder(tmp_path_factory), folder)

    monkeypatch.setattr(sample, "make_sample", copied)
    monkeypatch.setattr(doors, "SAMPLE_PASSPHRASE", make.PASSPHRASE)


def test_a_visit_to_the_sample_office_leaves_every_byte_of_the_real_one(qapp, tmp_path, prepared_store, sample_at_hand):
    shutil.copytree(prepared_store, tmp_path / "office")
    with at_the_window(qapp, tmp_path / "office", sampling.clock()) as officer:
        program = officer.program
        program.lock()
        before = content_of(tmp_path / "office")

        program.open_sample()
        assert program.frame.desk.officer.sample
        assert program.window.windowTitle().count("·") == 1
        program.frame.page.view.setFocus()
        officer.go("journeys")
        assert officer.see(first_hour.first_hour).done >= {Step.CASE}
        officer.go("today")
        assert not program.frame.page.findChild(FirstHour).isVisible()
        program.leave_sample()

        assert isinstance(program.gate, LockScreen)
        assert program.folder == tmp_path / "office"
        assert content_of(tmp_path / "office") == before


def test_the_sample_is_one_click_from_the_first_card(qapp, tmp_path, sample_at_hand, monkeypatch):
    from liaison.ui.program import Program
    from liaison.ui.runner import Runner

    monkeypatch.setenv("LIAISON_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("LIAISON_DATA", str(tmp_path / "data"))
    program = Program(qapp, runner=Runner.at_once(), clock=sampling.clock())
    program.start()
    assert isinstance(program.gate, FirstRun)

    program.gate.sample_wanted.emit()
    assert program.frame.desk.officer.sample
    assert not (tmp_path / "data" / "office").exists()
    program.leave_sample()

    assert isinstance(program.gate, FirstRun)
    program.idle.stop(qapp)
    program.away.stop()
    program.qt_words.forget()
    program.window.leave()
    qapp.setStyleSheet("")
