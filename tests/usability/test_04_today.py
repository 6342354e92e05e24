"""Task 4: what must be done first today? One action, and the first line says it."""

import datetime as dt

import pytest

from liaison.domain.work import WaitingOn
from liaison.services import today, work
from liaison.services.today import TaskGroup
from tests import make

pytestmark = pytest.mark.bare

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def planted(at_desk):
    """A letter whose insurer has let its time pass, a step for today, a case without a step, one that waits."""
    store, now = at_desk.program.runner.store, at_desk.program.clock.now
    patient = make.patient(store, full_name="Suyanti")
    case = make.journey(store, patient)
    make.do(store, work.add_task, make.task_draft(
        journey_id=case, title="tindak lanjut GL", due_at=now - 2 * HOUR, waiting_on=WaitingOn.INSURER,
        waiting_for="Nusa Proteksi"))  # fmt: skip
    make.do(store, work.add_task, make.task_draft(journey_id=case, title="telepon", due_at=now + HOUR))
    make.do(store, work.add_task, make.task_draft(
        journey_id=case, title="jawaban RS", due_at=now + 3 * HOUR, waiting_on=WaitingOn.HOSPITAL))  # fmt: skip
    at_desk.stuck = make.journey(store, make.patient(store, full_name="Zulkifli"))
    at_desk.case_id = case
    at_desk.go("journeys")
    return at_desk


def test_one_key_shows_the_late_letter_first(planted, acting):
    with acting.within(1):
        acting.keys("Ctrl+1")

    first = planted.page.view.current_row()
    assert first.title.text(planted.program.words) == "tindak lanjut GL"
    assert first.group is TaskGroup.LATE
    assert planted.page.view.hasFocus()


def test_the_head_counts_without_a_name(planted, acting):
    acting.keys("Ctrl+1")

    page = planted.page
    shown = " ".join(b.text() for b in page.counts.buttons.values() if b.isVisible())
    assert [b.text()[0] for b in page.counts.buttons.values() if b.isVisible()] == ["1", "1", "1", "1"]
    assert "Suyanti" not in shown + page.head.title.text()


def test_a_case_without_a_next_step_is_an_error_until_it_has_one(planted, acting):
    acting.keys("Ctrl+1", "Down")  # the next line of a list stands behind the header of its group
    while planted.page.view.current_row() is None or planted.page.view.current_row().group is not TaskGroup.NO_STEP:
        acting.keys("Down")

    acting.keys("N")
    acting.type("telepon keluarga")
    pane = planted.page.drawer.form
    pane.content.editor("due_at").set_value(planted.program.clock.now + HOUR)
    acting.keys("Ctrl+Return")

    assert planted.see(today.today_view).count(TaskGroup.NO_STEP) == 0


def test_enter_opens_the_case(planted, acting):
    acting.keys("Ctrl+1", "Return")

    assert (planted.page.place.page, planted.page.place.record) == ("journey", planted.case_id)


def test_done_can_be_undone_from_the_toast(planted, acting):
    acting.keys("Ctrl+1", "X")
    assert planted.see(today.today_view).count(TaskGroup.LATE) == 0

    acting.click(planted.program.frame._toast.button)

    assert planted.see(today.today_view).count(TaskGroup.LATE) == 1


def test_the_card_says_whose_number_it_is_and_copies_it(planted, acting):
    from PySide6.QtWidgets import QApplication

    acting.keys("Ctrl+1")
    acting.wait(20)
    acting.keys("T")

    assert "812-6001-2345" in QApplication.clipboard().text()
