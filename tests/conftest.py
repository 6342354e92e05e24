"""What holds for every test: no window server, no network, warnings are errors (set in pyproject.toml)."""

import os
import socket
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before any Qt import: the xcb plugin aborts without a display
os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.fonts=false")

import pytest
from hypothesis import settings

# A busy machine is slow, not wrong: no deadline. A landing is judged by the same examples each time; at a desk every
# run looks at new ones, and LIAISON_EXAMPLES=2000 searches harder.
settings.register_profile(
    "here", max_examples=int(os.environ.get("LIAISON_EXAMPLES", "50")), deadline=None, derandomize="CI" in os.environ
)
settings.load_profile("here")

SHARED = Path(os.environ.get("LIAISON_SHARED_DATA", Path(__file__).resolve().parent.parent.parent / "shared" / "data"))
"""Real input files, kept beside the project and never inside it."""


class NetworkTouched(RuntimeError):
    """A test tried to talk to another machine."""


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """The program talks to nobody, and so do its tests."""

    def connect(self, address, *rest):
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise NetworkTouched(f"connection to {address[0]!r}")
        return original(self, address, *rest)

    original = socket.socket.connect
    monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.fixture(autouse=True)
def no_window_left():
    """Delete the windows of a test: a style sheet dresses all widgets there are, so what stays slows all others."""
    yield
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return
    core = sys.modules["PySide6.QtCore"]
    _let_go_of_keys(widgets, core)
    for popups_too in (False, True):  # a completer deletes its own list, and dies of one that is gone already
        for window in widgets.QApplication.topLevelWidgets():
            is_popup = window.windowType() == core.Qt.WindowType.Popup
            if window.parentWidget() is None and is_popup <= popups_too:
                window.hide()
                window.deleteLater()
        core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)


def _let_go_of_keys(widgets, core):
    """A window that closes under Ctrl+W never sees Ctrl let go: the next test would work with the key held down."""
    gui, test = sys.modules["PySide6.QtGui"], sys.modules.get("PySide6.QtTest")
    if test is None or gui.QGuiApplication.keyboardModifiers() == core.Qt.KeyboardModifier.NoModifier:
        return
    somewhere = widgets.QWidget()
    somewhere.show()
    test.QTest.keyClick(somewhere, core.Qt.Key.Key_F35)
    somewhere.close()


@pytest.fixture(scope="session")
def shared_data():
    """The folder of real input; tests that need it are skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the shared data is not here")
    return SHARED
