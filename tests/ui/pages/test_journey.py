"""The page of a case: noting while on the telephone, facts in place, steps, moves that are refused and cured."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from liaison.domain.facts import FactKind
from liaison.domain.journeys import JourneyState as J
from liaison.domain.work import NoteChannel, WaitingOn
from liaison.services import editing, journeys, views, work
from liaison.services.history import recent_actions
from liaison.services.undoing import take_back
from liaison.ui.pages.task_form import task_menu
from liaison.ui.widgets.form import Form
from liaison.ui.widgets.in_place import InPlace
from liaison.ui.widgets.stage_bar import Step
from liaison.ui.widgets.step_row import StepRow
from tests import make

pytestmark = pytest.mark.bare


@pytest.fixture
def place(at_home):
    at_home.go("journey", at_home.ids["journey"])
    return at_home


def case_of(place):
    return place.see(views.journey_view, place.ids["journey"])


def texts(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def button(widget, words):
    return next(b for b in widget.findChildren(QAbstractButton) if words in (b.accessibleName(), b.text().strip()))


def fact(place, name):
    return next(f for f in place.page.person.findChildren(InPlace) if f.shown.objectName() == name)


def offered(page):
    """What stands behind the three dots, by its words."""
    return {row[0]: row[1] for row in page.more_rows(page.case) if row is not None}


# the head and the stages


def test_the_page_opens_with_the_note_line_waiting(place):
    assert QApplication.focusWidget() is place.page.log.line.line


def test_the_head_says_who_how_old_from_where_and_whose_turn_it_is(place):
    shown = texts(place.page)

    assert "Suyanti" in shown
    assert "P, 46 · Medan" in shown
    assert place.page.case.case_no in shown


def test_the_stage_bar_shows_the_exact_state_under_the_current_stage(place):
    stages = place.page.stages._stages

    assert [s.step for s in stages] == [Step.DONE] * 4 + [Step.CURRENT, Step.TO_COME]
    assert "14" in stages[4].note
    assert "23" in stages[5].note


def test_hidden_people_are_hidden_everywhere_on_the_page(place):
    place.frame.shared.masking.switch()
    place.settle()

    everything = " ".join(texts(place.frame)) + " ".join(
        w.accessibleName() for w in place.page.findChildren(QAbstractButton)
    )
    assert "Suyanti" not in everything
    assert "SUYANTI" not in everything
    assert "0812" not in everything
    assert "812-3456" not in everything


# noting


@pytest.mark.parametrize(
    ("typed", "channel"),
    [("telp Nusa soal hasil lab", NoteChannel.CALL), ("wa suami: sudah tiba", NoteChannel.WHATSAPP),
     ("keluarga minta kamar lain", NoteChannel.NOTE)],
)  # fmt: skip
def test_what_is_typed_into_the_note_line_is_noted_under_its_channel(place, typed, channel):
    place.page.log.line.line.setText(typed)

    place.qtbot.keyClick(place.page.log.line.line, Qt.Key.Key_Return)

    newest = case_of(place).timeline[0]
    assert newest.title.message.startswith(typed)
    assert newest.channel.value == channel.value
    assert place.page.log.line.line.text() == ""


def test_a_time_behind_a_slash_makes_the_line_a_step(place):
    line = place.page.log.line.line
    line.setText("telp Nusa soal hasil lab /besok 10 @ratna")

    echo = place.page.log.line._text.whole_text()
    place.qtbot.keyClick(line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert "21" in echo
    step = next(t for t in case_of(place).open_tasks if t.title.message == "telp Nusa soal hasil lab")
    assert step.due_at == dt.datetime(2026, 11, 21, 3, 0, tzinfo=dt.UTC)
    assert step.officer == make.OFFICER


def test_a_time_that_nobody_can_read_is_said_and_nothing_is_written(place):
    before = len(case_of(place).tasks)
    place.page.log.line.line.setText("telp Nusa /3h")

    place.qtbot.keyClick(place.page.log.line.line, Qt.Key.Key_Return)

    assert "/3h" in place.page.log.line._lead.text()
    assert len(case_of(place).tasks) == before
    assert place.page.log.line.line.text() == "telp Nusa /3h"


def test_the_timeline_is_narrowed_by_one_press_and_searched_by_words(place):
    everything = len(place.page.log.timeline.entries)

    place.page.log.segments.choose("wa")
    place.page.log._show()
    only_whatsapp = place.page.log.timeline.entries
    place.page.log.segments.choose("all")
    place.page.log.search_button.click()
    place.page.log.search.setText("mendarat")
    searched = [e for e in place.page.log.timeline.entries if not e.head]

    assert 0 < len([e for e in only_whatsapp if not e.head]) < everything
    assert len(searched) == 1


# facts in place


def test_a_fact_is_edited_where_it_stands_as_one_action_of_its_own(place):
    doctor = fact(place, "journey.doctor")

    doctor.edit()
    doctor.editor.line.setText("dr. Tan Hwee Lin")
    place.qtbot.keyClick(doctor.editor.line, Qt.Key.Key_Return)

    place.settle()
    assert case_of(place).doctor == "dr. Tan Hwee Lin"
    assert fact(place, "journey.doctor").shown.text() == "dr. Tan Hwee Lin"
    place.frame.undo()
    assert case_of(place).doctor == "dr. Lim Boon Keat"


def test_escape_leaves_a_fact_as_it_was(place):
    doctor = fact(place, "journey.doctor")
    doctor.edit()
    doctor.editor.line.setText("dr. Salah")

    place.qtbot.keyClick(doctor.editor.line, Qt.Key.Key_Escape)

    assert doctor.editor is None
    assert case_of(place).doctor == "dr. Lim Boon Keat"


def test_a_fact_that_is_refused_says_so_under_its_field_and_keeps_what_was_typed(place):
    code = fact(place, "journey.diagnosis_code")
    code.edit()
    code.editor.line.setText("bukan kode")

    place.qtbot.keyClick(code.editor.line, Qt.Key.Key_Return)

    kept = fact(place, "journey.diagnosis_code")
    assert kept.editor is None or kept.editor.typed() == "bukan kode"
    assert case_of(place).diagnosis_code in ("I25.1", "bukan kode")


def test_a_fact_changed_by_someone_else_meanwhile_is_shown_once_typing_is_done(place):
    doctor = fact(place, "journey.doctor")
    doctor.edit()

    place.do(editing.set_field, "journey", place.ids["journey"], "room_class", "kamar 600")
    still_typing = doctor.editor
    place.qtbot.keyClick(doctor.editor.line, Qt.Key.Key_Escape)
    place.settle()

    assert still_typing is not None
    assert fact(place, "journey.room_class").shown.text() == "kamar 600"


def test_an_identity_number_shows_only_when_it_is_pressed(place):
    numbers = [b for b in place.page.person.findChildren(QAbstractButton) if b.objectName().startswith("identifier.")]
    nik = numbers[0]
    hidden = nik.text()

    nik.click()
    shown = nik.text()
    nik.click()

    assert "1271055403800001" not in hidden
    assert "1271055403800001" in shown
    assert nik.text() == hidden


# steps


def test_a_step_is_finished_put_off_and_waited_on_from_its_row(place):
    rows = {r.objectName(): r for r in place.page.side.findChildren(StepRow) if r.objectName().startswith("task.")}
    name, row = next(iter(rows.items()))
    task = int(name.removeprefix("task."))

    menu = task_menu(place.page.bench, row, task, is_done=False, waiting_on=None, debt=None)
    waits = next(a.menu() for a in menu.actions() if a.menu() is not None and a.text() == place.words("Waiting on"))
    waits.actions()[0].trigger()

    waiting = next(t for t in case_of(place).tasks if t.id == task)
    assert waiting.waiting_on is WaitingOn.PATIENT
    row = place.page.side.findChild(StepRow, name)
    place.qtbot.keyClick(row, Qt.Key.Key_S)
    assert next(t for t in case_of(place).tasks if t.id == task).due_at > place.clock()
    row = place.page.side.findChild(StepRow, name)
    place.qtbot.keyClick(row, Qt.Key.Key_X)
    assert next(t for t in case_of(place).tasks if t.id == task).done_at is not None


def test_a_new_step_is_added_in_the_drawer_and_its_save_is_the_one_filled_button(place):
    place.page._new_step()
    place.settle()
    form = place.page.drawer.form
    assert place.page.move_button.property("kind") == "secondary"
    assert QApplication.focusWidget() is form.content.editor("title").line

    form.content.editor("title").line.setText("minta resume medis")
    form.save_button.click()

    assert "minta resume medis" in [t.title.message for t in case_of(place).open_tasks]
    assert place.page.drawer.form is None
    assert place.page.move_button.property("kind") == "primary"


def test_a_form_without_its_words_marks_the_field_and_stays_open(place):
    place.page._new_step()
    form = place.page.drawer.form

    form.save_button.click()

    assert form.content.boxes["title"].problem_text
    assert place.page.drawer.form is form


# moving


def refused(place):
    """Try to leave the ward without hour and record number."""
    place.page.mover.go(J.DISCHARGE_PENDING)
    place.settle()


def test_a_refused_move_shows_its_reasons_with_a_cure_each_under_the_stages(place):
    refused(place)

    panel = place.page.panel
    assert panel.isVisible()
    assert len(panel.cures) == 1
    assert QApplication.focusWidget() is panel.cures[0]
    assert case_of(place).state is J.ADMITTED


def test_the_cure_opens_what_mends_it_and_the_panel_goes_away_with_the_last_reason(place):
    refused(place)

    place.page.panel.cures[0].click()
    record_no = fact(place, "journey.mrn")
    assert record_no.editor is not None
    record_no.editor.line.setText("IH-55012")
    place.qtbot.keyClick(record_no.editor.line, Qt.Key.Key_Return)

    assert place.page.panel.isHidden()
    place.page.mover.go(J.DISCHARGE_PENDING)
    assert case_of(place).state is J.DISCHARGE_PENDING


def test_a_move_made_anyway_needs_a_reason_and_keeps_it(place):
    place.do(editing.set_field, "journey", place.ids["journey"], "mrn", "IH-55012")
    place.page.mover.go(J.DISCHARGE_PENDING)
    place.page.mover.go(J.DISCHARGED)
    panel = place.page.panel
    assert len(panel.cures) == 2
    assert place.page.stages._stages[5].step is Step.REFUSED

    panel.override.emit("rumah sakit menerima jaminan lisan")

    case = case_of(place)
    assert case.state is J.DISCHARGED
    assert case.overrides[-1].reason == "rumah sakit menerima jaminan lisan"
    assert panel.isHidden()


def test_the_menu_of_moves_holds_what_may_follow_and_how_much_is_missing(place):
    found = place.see(journeys.moves, place.ids["journey"])

    menu = place.page.mover.menu_of(found, place.page.move_button)

    words = [a.text() for a in menu.actions()]
    assert len(words) == len([m for m in found if place.page._moves().offers(m)])
    assert any("1" in w for w in words)


def test_a_case_is_held_and_taken_off_the_hold(place):
    page = place.page
    hold = offered(page)
    hold[place.words("Put on hold…")]()
    form = page.drawer.form.content
    form.editors["hold_reason"].box.setPlainText("keluarga berpikir dulu")
    page.drawer.form.save_button.click()
    assert case_of(place).hold_reason == "keluarga berpikir dulu"
    assert page._badge(page.case).text.endswith("keluarga berpikir dulu")

    off = offered(page)
    off[place.words("Take the hold off")]()

    assert case_of(place).hold_reason == ""


def test_a_hold_without_a_reason_is_refused_at_its_field(place):
    page = place.page
    rows = offered(page)
    rows[place.words("Put on hold…")]()

    page.drawer.form.save_button.click()

    assert page.drawer.form.content._below["hold_reason"].isVisible()
    assert case_of(place).held_since is None


# what the rest of the page does


def test_a_dated_tick_is_confirmed_and_withdrawn(place):
    from liaison.ui.pages.confirmations import confirm_form

    confirm_form(place.page.bench, place.ids["journey"], FactKind.C5)
    form = place.page.drawer.form.content
    form.editor("given_by").line.setText("pasien sendiri")
    place.page.drawer.form.save_button.click()
    said = next(c for c in case_of(place).confirmations if c.kind is FactKind.C5)
    assert said.given_by == "pasien sendiri"

    place.page.person.findChild(QAbstractButton, f"withdraw.{said.id}").click()

    assert next(c for c in case_of(place).confirmations if c.kind is FactKind.C5).withdrawn_on is not None


def test_several_consents_of_one_form_are_one_action(place):
    from liaison.ui.pages.consents_form import consents_form

    before = len(case_of(place).confirmations)
    pane = consents_form(place.page.bench, place.ids["journey"])
    for kind in (FactKind.C5, FactKind.C6):
        pane.content.ticks[kind].box.click()

    pane.save_button.click()

    assert len(case_of(place).confirmations) == before + 2
    place.frame.undo()
    assert len(case_of(place).confirmations) == before


def test_files_are_attached_in_one_action_and_a_copy_can_be_taken_out(place, tmp_path):
    paths = []
    for name in ("resume.pdf", "kuitansi.pdf"):
        path = tmp_path / name
        path.write_bytes(make.pdf(name))
        paths.append(path)
    papers = place.page.side._parts["papers"]

    papers.take(paths)
    form = place.page.drawer.form
    form.save_button.click()

    case = case_of(place)
    assert {"resume.pdf", "kuitansi.pdf"} <= {d.title for d in case.documents}
    document = next(d for d in case.documents if d.title == "resume.pdf")
    place.page.side._parts["papers"].save_to(document.id, tmp_path / "salinan.pdf")
    assert (tmp_path / "salinan.pdf").read_bytes() == make.pdf("resume.pdf")
    place.frame.undo()
    assert "resume.pdf" not in {d.title for d in case_of(place).documents}


def test_a_warning_is_shown_once_and_saved_with_the_second_press(place):
    from liaison.ui.pages.patient_form import identifier_form

    pane = identifier_form(place.page.bench, place.ids["patient"])
    form = pane.findChild(Form)
    form.editor("kind").set_value(form.editor("kind")._choices[0][0])
    form.editor("value").line.setText("9999990101800001")

    pane.save_button.click()
    warned = form.boxes["value"].problem_text
    still_open = place.page.drawer.form is pane
    pane.save_button.click()

    assert warned
    assert still_open
    assert "9999990101800001" in [i.value for i in case_of(place).patient.identifiers]


def test_a_form_is_closed_by_escape_and_writes_nothing(place):
    before = len(case_of(place).tasks)
    place.page._new_step()
    place.settle()
    form = place.page.drawer.form
    form.content.editor("title").line.setText("tidak jadi")

    place.qtbot.keyClick(form.content.editor("title").line, Qt.Key.Key_Escape)

    assert place.page.drawer.form is None
    assert len(case_of(place).tasks) == before


def test_a_case_that_is_undone_leaves_no_page_behind(at_home):
    key = at_home.do(journeys.open_journey, make.journey_draft(patient_id=at_home.ids["patient"])).made
    at_home.go("journey", key)
    action = at_home.see(recent_actions, limit=1)[0].id

    take_back(at_home.store, action)
    at_home.page._read()
    at_home.settle()

    assert at_home.page.place.page == "journeys"


def test_a_paper_that_somebody_saw_counts_on_the_checklist(place):
    before = {item.kinds: item.have for item in case_of(place).checklist}

    seen = {kind for item in case_of(place).checklist if item.is_seen for kind in item.kinds}

    assert seen
    assert all(before[item.kinds] for item in case_of(place).checklist if item.is_seen)


def test_a_note_of_several_lines_stands_whole_on_one_line_of_the_timeline(place):
    make.made(place.store, work.add_note, make.note_draft(
        journey_id=place.ids["journey"], text="Kepada AIA: mohon kenaikan\n\nPasien: Suyanti\nRumah sakit: Island"
    ))  # fmt: skip
    page = place.go("journey", place.ids["journey"])

    (entry,) = [e for e in page.log.timeline.entries if e.text.startswith("Kepada AIA")]

    assert entry.note == "Pasien: Suyanti · Rumah sakit: Island"
