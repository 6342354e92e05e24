"""What was typed and not saved survives another page, another language, a lock and the end of the program."""

import datetime as dt
import shutil

import pytest
import sqlalchemy as sa
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from liaison.domain.facts import FactKind
from liaison.domain.money import Money
from liaison.domain.work import TaskDraft
from liaison.services import history, views, work
from liaison.store import drafts
from liaison.store.models import TaskRow
from liaison.ui.kept import WINDOW, unpacked
from liaison.ui.pages.confirmations import confirm_form
from liaison.ui.pages.money_forms import bill_form
from liaison.ui.pages.task_form import task_form
from liaison.ui.widgets.in_place import InPlace
from liaison.ui.widgets.restored import RestoredLine
from tests import make
from tests.services.conftest import clock, prepared_store, store
from tests.walks.conftest import at_the_window

__all__ = ["clock", "prepared_store", "store"]


@pytest.fixture(scope="module")
def case_office(tmp_path_factory):
    """An office with one case."""
    folder = tmp_path_factory.mktemp("typing") / "office"
    with make.new_store(folder) as made:
        hospital = make.hospital(made)
        patient = make.patient(made)
        journey = make.journey(made, patient, hospital_id=hospital)
        tomorrow = made.clock() + dt.timedelta(days=1)
        make.do(made, work.add_task, TaskDraft(journey_id=journey, title="Telepon RS", due_at=tomorrow))
    return folder, journey


@pytest.fixture
def officer(qapp, tmp_path, case_office):
    template, journey = case_office
    shutil.copytree(template, tmp_path / "office")
    with at_the_window(qapp, tmp_path / "office", make.TestClock()) as who:
        who.journey = journey
        yield who


def type_into(editor, text):
    line = editor.findChild(QLineEdit) if not isinstance(editor, QLineEdit) else editor
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)


def lock_and_unlock(officer):
    officer.program.lock()
    officer.program.gate.secret.line.setText(make.PASSPHRASE)
    officer.program.gate.try_open()
    QTest.qWait(80)


def notices(officer):
    return [n for n in officer.program.frame.findChildren(RestoredLine) if n.isVisible()]


def in_store(officer):
    with officer.program.runner.store.read() as session:
        return [d.key for d in drafts.unfinished(session)]


def test_a_note_half_typed_stands_there_again_when_the_case_is_next_opened(officer):
    officer.go("journey", officer.journey)
    type_into(officer.page.log.line.line, "telp RS soal kamar")
    officer.go("today")
    officer.go("journey", officer.journey)

    assert officer.page.log.line.line.text() == "telp RS soal kamar"
    assert len(notices(officer)) == 1


def test_discarding_empties_the_page_and_forgets(officer):
    officer.go("journey", officer.journey)
    type_into(officer.page.log.line.line, "salah kamar")
    officer.go("today")
    officer.go("journey", officer.journey)
    notices(officer)[0].button.click()

    assert officer.page.log.line.line.text() == ""
    assert notices(officer) == []
    assert in_store(officer) == []


def test_a_saved_note_is_not_kept(officer):
    officer.go("journey", officer.journey)
    type_into(officer.page.log.line.line, "telp RS soal kamar")
    officer.program.frame.typing.look()
    assert in_store(officer)
    QTest.keyClick(officer.page.log.line.line, "\r")
    officer.program.frame.typing.look()

    assert in_store(officer) == []
    officer.go("today")
    officer.go("journey", officer.journey)
    assert officer.page.log.line.line.text() == ""


def test_a_form_in_the_drawer_comes_back_after_a_lock_with_what_was_typed(officer):
    officer.go("journey", officer.journey)
    task_form(officer.page.bench, journey_id=officer.journey)
    type_into(officer.page.drawer.form.content.editor("title"), "Kirim foto paspor")
    lock_and_unlock(officer)

    form = officer.page.drawer.form
    assert officer.page.place.record == officer.journey
    assert form.content.editor("title").typed() == "Kirim foto paspor"
    assert len(notices(officer)) == 1


def test_another_language_writes_amounts_days_and_choices_its_own_way(officer):
    officer.go("journey", officer.journey)
    bill_form(officer.page.bench, officer.journey, hospital_id=None)
    form = officer.page.drawer.form.content
    type_into(form.editor("amount"), "1.234,50")
    form.editor("kind").combo.setCurrentIndex(1)
    form.editor("kind")._taken()
    chosen = form.editor("kind").value()
    officer.program.set_language("en")
    QTest.qWait(80)

    form = officer.page.drawer.form.content
    assert form.editor("amount").value() == Money(123450, "MYR")
    assert form.editor("kind").value() is chosen


def test_escape_puts_a_form_aside_and_cancel_gives_it_up(officer):
    officer.go("journey", officer.journey)
    page = officer.page
    pane = task_form(page.bench, journey_id=officer.journey)
    type_into(pane.content.editor("title"), "Kirim foto")
    pane.closed.emit()
    assert page.drawer.form is None
    pane = task_form(page.bench, journey_id=officer.journey)
    assert pane.content.editor("title").typed() == "Kirim foto"

    pane.given_up.emit()

    pane = task_form(page.bench, journey_id=officer.journey)
    assert pane.content.editor("title").typed() == ""


def test_discarding_in_a_form_puts_it_back_as_it_opened(officer):
    officer.go("journey", officer.journey)
    page = officer.page
    pane = confirm_form(page.bench, officer.journey, FactKind.C1)
    first = pane.content.editor("source").typed()
    type_into(pane.content.editor("source"), "WhatsApp istri")
    pane.closed.emit()
    pane = confirm_form(page.bench, officer.journey, FactKind.C1)
    assert pane.content.editor("source").typed() == "WhatsApp istri"

    pane.findChild(RestoredLine).button.click()

    assert pane.content.editor("source").typed() == first
    assert pane.keep() == {}


def test_a_saved_form_opens_empty_the_next_time(officer):
    officer.go("journey", officer.journey)
    pane = task_form(officer.page.bench, journey_id=officer.journey)
    type_into(pane.content.editor("title"), "Kirim foto paspor")
    pane.save_button.click()
    assert officer.page.drawer.form is None

    pane = task_form(officer.page.bench, journey_id=officer.journey)

    assert pane.content.editor("title").typed() == ""
    assert in_store(officer) == []


def test_a_new_case_half_typed_comes_back_and_a_saved_one_does_not(officer):
    officer.go("journey_new")
    officer.page.person.enter_new()
    type_into(officer.page.person.form.editor("full_name"), "Suyanti")
    officer.go("today")
    assert in_store(officer)
    officer.go("journey_new")
    assert officer.page.person.form.editor("full_name").typed() == "Suyanti"

    officer.program.frame.moved(type(officer.page.place)(page="journeys"))  # as a page does that has saved
    officer.go("today")

    assert in_store(officer) == []
    officer.go("journey_new")
    assert officer.page.person.form.editor("full_name").typed() == ""


def test_a_fact_being_edited_in_place_is_still_open_after_a_lock(officer):
    officer.go("journey", officer.journey)
    fact = next(f for f in officer.page.findChildren(InPlace) if f.shown.objectName() == "journey.mrn")
    fact.edit()
    type_into(fact.editor, "IH-55012")
    lock_and_unlock(officer)

    fact = next(f for f in officer.page.findChildren(InPlace) if f.shown.objectName() == "journey.mrn")
    assert fact.editor is not None
    assert fact.editor.typed() == "IH-55012"


def open_bulk(page, journey):
    page.bulk.open("hold", [journey])
    return page.bulk


def open_cell(page, journey):
    page.view.go_to_id(journey)
    page._edit("due")
    return page.cell_line


def open_naming(page, _journey):
    page.views.keep_as()
    return page.naming


LINES = {"bulk": open_bulk, "cell": open_cell, "naming": open_naming}


@pytest.mark.parametrize("which", LINES)
def test_a_line_of_a_list_half_typed_is_still_open_after_a_lock_and_after_another_page(officer, which):
    officer.go("journeys")
    type_into(LINES[which](officer.page, officer.journey).line, "b 10 telp keluarga")
    lock_and_unlock(officer)
    line = {"bulk": officer.page.bulk, "cell": officer.page.cell_line, "naming": officer.page.naming}[which]
    assert line.isVisible()
    assert line.line.text() == "b 10 telp keluarga"
    assert len(notices(officer)) == 1

    officer.page.bar.filter.set_text("kota:medan")
    officer.page.load()
    officer.go("today")
    assert any(key.endswith("journeys") for key in in_store(officer))
    officer.go("journeys")

    line = {"bulk": officer.page.bulk, "cell": officer.page.cell_line, "naming": officer.page.naming}[which]
    assert line.line.text() == "b 10 telp keluarga"
    assert line.line.hasFocus()
    officer.program.frame.typing.look()
    line.close_it()
    officer.program.frame.typing.look()
    assert in_store(officer) == []


def test_a_line_half_typed_is_in_the_store_within_two_seconds_and_brings_the_window_back(officer):
    officer.go("journeys")
    type_into(open_bulk(officer.page, officer.journey).line, "menunggu paspor")
    QTest.qWait(1300)  # the watch looks once a second

    with officer.program.runner.store.read() as session:
        text = next(d.text for d in drafts.unfinished(session) if d.key.endswith(WINDOW))
    kept = unpacked(text, anywhere=False)

    assert kept.trail.here.page == "journeys"
    assert kept.typed["page"]["lines"]["bulk"]["text"] == "menunggu paspor"
    assert kept.typed["page"]["lines"]["bulk"]["ids"] == [officer.journey]


def test_the_line_of_a_list_comes_back_for_the_same_records(officer):
    officer.go("journeys")
    type_into(open_bulk(officer.page, officer.journey).line, "menunggu paspor")
    lock_and_unlock(officer)

    officer.program.frame.typing.look()
    officer.page.bulk.apply()

    assert officer.page.bulk.isHidden()
    assert officer.see(views.journey_view, officer.journey).hold_reason == "menunggu paspor"
    officer.program.frame.typing.look()
    assert in_store(officer) == []


def test_a_cell_whose_record_is_gone_still_shows_what_was_typed(officer):
    officer.go("journeys")
    page = officer.page
    page.cell_line.resume({"title": "Tenggat", "text": "b 10", "column": "due", "id": 1}, is_gone=True)
    page.cell_line._enter()

    assert page.cell_line.isVisible()
    assert page.cell_line.line.text() == "b 10"
    assert page.cell_line.problem.text()


def test_the_line_that_puts_steps_off_comes_back_for_the_same_steps(officer):
    task = officer.see(lambda s: s.scalar(sa.select(TaskRow.id).where(TaskRow.journey_id == officer.journey)))
    officer.go("today")
    officer.page.put_off.open_for([task])
    type_into(officer.page.put_off.line, "1 jan cuti bersama")
    lock_and_unlock(officer)

    assert officer.page.put_off.isVisible()
    assert officer.page.put_off.line.text() == "1 jan cuti bersama"
    assert officer.page.put_off.keys == [task]
    officer.program.frame.typing.look()
    QTest.keyClick(officer.page.put_off.line, "\r")
    officer.program.frame.typing.look()
    assert in_store(officer) == []
    due = officer.see(lambda s: s.get(TaskRow, task).due_at)
    assert (due.year, due.month, due.day) == (2027, 1, 1)


def test_typing_leaves_no_line_in_the_journal_and_nothing_in_clear(officer, tmp_path):
    before = officer.see(history.recent_actions)
    officer.go("journey", officer.journey)
    type_into(officer.page.log.line.line, "Kencana Wungu minta kursi roda")
    task_form(officer.page.bench, journey_id=officer.journey)
    type_into(officer.page.drawer.form.content.editor("title"), "Hubungi Kencana Wungu")
    officer.program.frame.typing.look()
    assert len(in_store(officer)) == 3

    assert officer.see(history.recent_actions) == before
    clear = b"".join(p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())
    assert b"Kencana" not in clear
    assert "Kencana".encode("utf-16-le") not in clear


def test_what_one_officer_typed_is_not_shown_to_another(officer):
    officer.go("journey", officer.journey)
    type_into(officer.page.log.line.line, "catatan saya")
    officer.program.frame.typing.look()

    assert all(key.startswith(f"{officer.program.runner.store.officer.id} ") for key in in_store(officer))
