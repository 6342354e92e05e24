"""Task 6: put five overdue steps to tomorrow 09.00, the reason kept, in 14 actions; one undo brings all back."""

import datetime as dt

import pytest

from liaison.services import history, today, work
from tests import make

BUDGET = 14
TOMORROW_AT_NINE = dt.datetime(2026, 11, 3, 2, 0, tzinfo=dt.UTC)


@pytest.fixture
def five_late(at_desk):
    """Five steps that were due an hour ago, and one due this evening."""
    store = at_desk.program.runner.store
    now = at_desk.program.clock.now
    journey = make.journey(store)
    keys = [
        make.made(store, work.add_task, make.task_draft(journey_id=journey, title=f"telepon {n}",
                                                        due_at=now - dt.timedelta(hours=1, minutes=n)))
        for n in range(5)
    ]  # fmt: skip
    make.do(store, work.add_task, make.task_draft(journey_id=journey, due_at=now + dt.timedelta(hours=5)))
    at_desk.go("today")
    return at_desk, keys


def due(who, keys):
    found = {line.id: line.due_at for g in who.see(today.today_view).groups for line in g.lines}
    return {found.get(key) for key in keys}


def test_five_overdue_steps_go_to_tomorrow_morning_with_a_reason(five_late, acting):
    who, keys = five_late

    with acting.within(BUDGET):
        acting.keys("Shift+Down", "Shift+Down", "Shift+Down", "Shift+Down")
        acting.keys("S")
        acting.type("b rapat")
        acting.keys("Return")

    assert {who.see(work.task_draft, key).due_at for key in keys} == {TOMORROW_AT_NINE}
    last = who.see(lambda s: history.recent_actions(s, limit=1))[0]
    assert last.reason == "rapat"
    assert who.page.view.hasFocus()


def test_one_undo_brings_all_five_back(five_late, acting):
    who, keys = five_late
    before = {who.see(work.task_draft, key).due_at for key in keys}
    acting.keys("Shift+Down", "Shift+Down", "Shift+Down", "Shift+Down", "S", "B", "Return")

    with acting.within(1):
        acting.keys("Ctrl+Z")

    assert {who.see(work.task_draft, key).due_at for key in keys} == before


def test_space_picks_steps_that_do_not_stand_together(five_late, acting):
    who, keys = five_late

    acting.keys("Space", "Down", "Down", "Space")

    assert [line.id for line in who.page.chosen_lines()] == [keys[4], keys[2]]


def test_the_same_by_mouse_alone(five_late, acting, qtbot):
    who, keys = five_late
    page = who.page

    with acting.within(BUDGET):
        acting.click(page.counts.buttons["LATE"])
        qtbot.waitUntil(lambda: set(page.card.rows) == {"S", "X"} and page.card.rows["S"].isVisible())
        acting.click(page.card.rows["S"].findChild(type(page.message_button)))
        acting.click(page.put_off.quick["b"])

    assert {who.see(work.task_draft, key).due_at for key in keys} == {TOMORROW_AT_NINE}


def test_what_names_no_time_ahead_is_not_taken(five_late, acting):
    who, keys = five_late
    before = {who.see(work.task_draft, key).due_at for key in keys}

    acting.keys("S")
    acting.type("kapan")
    acting.keys("Return", "Escape")

    assert {who.see(work.task_draft, key).due_at for key in keys} == before
    assert who.page.put_off.isHidden()
    assert who.page.view.hasFocus()
