"""The key for the whole computer, with Windows played by the test."""

import ctypes
import sys
from ctypes import wintypes

import pytest
from PySide6.QtCore import QByteArray

from liaison.ui import hotkey
from liaison.ui.places import Place

MINE = (0x0312, 0x4C4E)


class Windows:
    """Hands the key out, or not."""

    def __init__(self, *, free=True):
        self.free, self.asked, self.returned = free, [], []

    def RegisterHotKey(self, *arguments):
        self.asked.append(arguments)
        return int(self.free)

    def UnregisterHotKey(self, *arguments):
        self.returned.append(arguments)


def message(kind, which):
    made = wintypes.MSG()
    made.message, made.wParam = kind, which
    return made, ctypes.addressof(made)


@pytest.fixture
def pressed():
    return []


def test_the_key_runs_what_it_was_asked_for(qapp, pressed):
    key = hotkey.HotKey(qapp, lambda: pressed.append(1), user32=Windows())
    ours, other = message(*MINE), message(0x0100, 65)

    assert key.nativeEventFilter(QByteArray(b"windows_generic_MSG"), ours[1]) == (True, 0)
    assert key.nativeEventFilter(b"windows_generic_MSG", other[1]) == (False, 0)
    assert key.nativeEventFilter(b"xcb_generic_event_t", ours[1]) == (False, 0)
    assert pressed == [1]
    key.let_go()


def test_it_is_ctrl_alt_n_without_repeating(qapp):
    windows = Windows()
    key = hotkey.HotKey(qapp, lambda: None, user32=windows)

    assert windows.asked == [(None, 0x4C4E, 0x4003, ord("N"))]
    key.let_go()
    key.let_go()
    assert windows.returned == [(None, 0x4C4E)]


def test_a_key_that_another_program_holds_is_left_to_it(qapp, pressed):
    windows = Windows(free=False)
    key = hotkey.HotKey(qapp, lambda: pressed.append(1), user32=windows)
    ours = message(*MINE)

    assert not key.is_on
    assert key.nativeEventFilter(b"windows_generic_MSG", ours[1]) == (False, 0)
    key.let_go()
    assert (pressed, windows.returned) == ([], [])


@pytest.mark.skipif(sys.platform == "win32", reason="there the key is asked for")
def test_elsewhere_no_key_is_asked_for(qapp):
    assert not hotkey.WORKS_HERE
    assert hotkey.offer(qapp, lambda: None) is None


class OneWindow:
    """Remembers what was asked of the program."""

    def __init__(self, frame):
        self.frame, self.raised = frame, 0

    def come_forward(self):
        self.raised += 1


class OneFrame:
    def __init__(self):
        self.gone = []

    def go(self, place):
        self.gone.append(place)


def test_the_key_raises_the_window_and_opens_the_form():
    frame = OneFrame()
    program = OneWindow(frame)

    hotkey.bring(program)

    assert (program.raised, frame.gone) == (1, [Place(page="message")])


def test_a_locked_office_is_only_raised():
    program = OneWindow(None)

    hotkey.bring(program)

    assert program.raised == 1
