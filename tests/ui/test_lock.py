"""Locking: nobody there, the machine asleep, the session locked; the lock screen, its waits and what it may tell."""

import ctypes
import ctypes.wintypes
import datetime as dt
import json

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from liaison.services import work
from liaison.services.due import due_moments
from liaison.ui import doors
from liaison.ui.away import (
    PBT_APMSUSPEND,
    WM_POWERBROADCAST,
    WM_WTSSESSION_CHANGE,
    WTS_SESSION_LOCK,
    AwayWatch,
    is_leaving,
)
from liaison.ui.idle import IdleWatch
from liaison.ui.lock import LockScreen
from liaison.ui.tries import TRIES, WAIT_SECONDS, Tries
from liaison.ui.widgets.toast import SHOWN_MS, Toast
from tests import make
from tests.services.conftest import clock, prepared_store, store
from tests.ui.conftest import make_desk

__all__ = ["clock", "prepared_store", "store"]

NOON = dt.datetime(2026, 11, 20, 7, 5, tzinfo=dt.UTC)


def watch(minutes=5):
    time = {"here": 0.0, "wall": 1_000.0}
    made = IdleWatch(minutes, now=lambda: time["here"], wall=lambda: time["wall"])
    made._timer.stop()
    said = []
    made.idle.connect(lambda: said.append("locked"))
    made.soon.connect(said.append)

    def pass_by(seconds, *, asleep=0):
        time["here"] += seconds
        time["wall"] += seconds + asleep
        made.look()

    return made, said, pass_by


def test_the_last_minute_is_counted_down_and_then_the_window_locks(qapp):
    _, said, pass_by = watch()
    for _second in range(239):
        pass_by(1)
    assert said == []
    for _second in range(61):
        pass_by(1)
    assert said[:2] == [60, 59]
    assert said[-1] == "locked"


def test_a_machine_that_slept_longer_than_the_limit_locks_as_soon_as_it_wakes(qapp):
    _, said, pass_by = watch()
    pass_by(1, asleep=299)
    assert "locked" in said


def test_a_touch_after_a_long_sleep_does_not_count_as_having_been_there(qapp):
    made, said, _ = watch()
    made._wall = lambda: 10_000.0
    made.touched()
    assert "locked" in said


def test_a_clock_set_back_or_a_short_sleep_locks_nothing(qapp):
    _, said, pass_by = watch()
    pass_by(1, asleep=-5_000)
    pass_by(1, asleep=60)
    assert "locked" not in said


@pytest.mark.parametrize(
    ("message", "reason", "leaves"),
    [
        (WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK, True),
        (WM_WTSSESSION_CHANGE, 8, False),  # unlocked
        (WM_POWERBROADCAST, PBT_APMSUSPEND, True),
        (WM_POWERBROADCAST, 7, False),  # resumed
        (0x0100, WTS_SESSION_LOCK, False),  # a key
    ],
)
def test_windows_messages_that_say_the_officer_leaves(qapp, message, reason, leaves):
    assert is_leaving(message, reason) is leaves

    heard = []
    away = AwayWatch()
    away.away.connect(lambda: heard.append(True))
    away.hear_messages()
    native = ctypes.wintypes.MSG()
    native.message, native.wParam = message, reason
    assert away._filter.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(native)) == (False, 0)
    assert away._filter.nativeEventFilter(b"xcb_generic_event_t", 0) == (False, 0)
    away.stop()
    assert bool(heard) is leaves


def test_sleep_and_session_lock_from_the_bus_lock_too(qapp):
    heard = []
    away = AwayWatch()
    away.away.connect(lambda: heard.append(True))
    away.start(0)
    away.sleeps(False)
    assert heard == []
    away.sleeps(True)
    away.locks()
    away.stop()
    assert len(heard) == 2


def test_five_wrong_tries_are_remembered_over_a_restart_and_nothing_else_is(tmp_path):
    now = [1_000.0]

    def tries():
        return Tries(tmp_path, tmp_path / "office", now=lambda: now[0])

    for _ in range(TRIES - 1):
        tries().failed()
    assert tries().wrong == TRIES - 1
    assert tries().seconds_left() == 0
    tries().failed()
    assert tries().seconds_left() == WAIT_SECONDS
    written = (tmp_path / "tries.json").read_text()
    assert "office" not in written
    assert set(next(iter(json.loads(written).values()))) == {"wrong", "until"}

    now[0] -= 500_000
    assert tries().seconds_left() == WAIT_SECONDS
    now[0] += 500_061
    assert tries().seconds_left() == 0
    tries().opened()
    assert json.loads((tmp_path / "tries.json").read_text()) == {}


@pytest.mark.parametrize("nonsense", ["", "[]", "{", '{"x": 1}'])
def test_an_unreadable_count_of_tries_starts_anew(tmp_path, nonsense):
    (tmp_path / "tries.json").write_text(nonsense)
    tries = Tries(tmp_path, tmp_path / "office")
    assert tries.wrong == 0
    tries.failed()
    assert Tries(tmp_path, tmp_path / "office").wrong == 1


def lock_screen(theme, tmp_path, **more):
    return LockScreen(
        make_desk(theme, language="en"), tmp_path, doors.DoorPlate(exists=True, officers=("Ayu",)),
        language=lambda _c: None, palette=lambda: None, **more,
    )  # fmt: skip


def test_a_restart_in_the_middle_of_the_wait_goes_on_waiting(qtbot, theme, tmp_path):
    tries = Tries(tmp_path, tmp_path, now=lambda: 0.0)
    for _ in range(TRIES):
        tries.failed()
    screen = lock_screen(theme, tmp_path, tries=tries)
    qtbot.addWidget(screen)

    assert not screen.button.isEnabled()
    assert "60" in screen.problem.label.text()


def test_the_lock_screen_counts_what_is_due_within_the_hour_and_names_nobody(qtbot, theme, tmp_path):
    moments = [NOON - dt.timedelta(hours=2), NOON + dt.timedelta(minutes=40), NOON + dt.timedelta(hours=3)]
    screen = lock_screen(theme, tmp_path, due=moments)
    qtbot.addWidget(screen)
    screen.show_day()

    assert screen.due.label.text() == "2 steps due before 15:00"
    assert screen.due.isVisibleTo(screen)
    quiet = lock_screen(theme, tmp_path)
    qtbot.addWidget(quiet)
    quiet.show_day()
    assert not quiet.due.isVisibleTo(quiet)


def test_only_the_moments_of_open_steps_leave_the_store(store, clock):
    journey = make.journey(store, make.patient(store), hospital_id=make.hospital(store))
    soon = clock.now + dt.timedelta(hours=1)
    key = make.made(store, work.add_task, make.task_draft(journey_id=journey, due_at=soon))
    make.do(store, work.add_task, make.task_draft(journey_id=journey, due_at=clock.now + dt.timedelta(days=9)))
    day = clock.now + dt.timedelta(days=1)

    assert soon in make.see(store, due_moments, before=day)
    before = len(make.see(store, due_moments, before=day))
    make.do(store, work.finish_task, key)
    assert len(make.see(store, due_moments, before=day)) == before - 1
    assert all(isinstance(m, dt.datetime) for m in make.see(store, due_moments, before=day, officer_id=1))


def test_a_toast_stays_while_the_mouse_rests_on_it_or_its_button_has_the_focus(qtbot, theme):
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.resize(800, 400)
    with qtbot.waitActive(holder):
        holder.show()
        holder.activateWindow()
    toast = Toast(holder, theme, make_desk(theme).words, lambda: None)
    toast.say("30 kasus ditutup", undo=True)
    assert toast._timer.interval() == SHOWN_MS

    toast.enterEvent(QEnterEvent(QPointF(), QPointF(), QPointF()))
    assert not toast._timer.isActive()
    toast.leaveEvent(QEnterEvent(QPointF(), QPointF(), QPointF()))
    assert toast._timer.isActive()
    toast.button.setFocus(Qt.FocusReason.TabFocusReason)
    toast._leave()
    assert toast.isVisible()
    holder.setFocus()
    toast.button.clearFocus()
    toast._leave()
    assert not toast.isVisible()


def test_keys_and_clicks_in_any_window_of_the_program_count_as_being_there(qapp, qtbot):
    made, said, pass_by = watch()
    first, later = QWidget(), QWidget()
    for window in (first, later):
        qtbot.addWidget(window)
    first.show()
    made.start(qapp)
    made._timer.stop()
    later.show()
    later.activateWindow()
    assert QTest.qWaitForWindowActive(later)

    pass_by(299)
    QTest.keyClick(later.windowHandle(), Qt.Key.Key_A)
    pass_by(200)
    QTest.mouseClick(first.windowHandle(), Qt.MouseButton.LeftButton)
    pass_by(200)
    assert "locked" not in said

    made.stop(qapp)
    QTest.keyClick(later.windowHandle(), Qt.Key.Key_A)
    pass_by(150)
    assert "locked" in said
