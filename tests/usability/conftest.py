"""The whole program at work in a window that has the focus, with somebody before it whose keys are counted."""

import shutil

import pytest
from PySide6.QtTest import QTest

from tests import make
from tests.services.conftest import clock, prepared_store, store
from tests.usability.counting import Acting
from tests.walks.conftest import at_the_window, bare, new_office

__all__ = ["at_desk", "bare", "clock", "new_office", "prepared_store", "store"]


@pytest.fixture
def acting(qtbot):
    """Hands that count what they do."""
    return Acting(qtbot)


@pytest.fixture
def at_desk(qapp, tmp_path, new_office, bare):
    """Somebody at the window of a new office (Island Hospital, Nusa Proteksi, nobody else), the window in front."""
    template, keys = new_office
    shutil.copytree(template, tmp_path / "office")
    with at_the_window(qapp, tmp_path / "office", make.TestClock()) as who:
        who.hospital, who.insurer = keys["hospital"], keys["insurer"]
        in_front(who.program)
        yield who


def in_front(program):
    """Bring the window to the front, so that keys reach it."""
    window = program.window
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    QTest.qWait(20)
