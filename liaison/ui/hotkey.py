"""A key that brings a copied text from any program: Ctrl+Alt+N, where the platform hands such keys out (Windows).

Elsewhere nothing is registered; the page of a message says so. The key only raises the window and opens the form: what
stands on the clipboard is read there and nowhere else.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication

from liaison.ui.places import Place

if TYPE_CHECKING:
    from liaison.ui.program import Program

WORKS_HERE = sys.platform == "win32"
KEYS = "Ctrl+Alt+N"
_ID = 0x4C4E
_WM_HOTKEY = 0x0312
_ALT, _CONTROL, _NO_REPEAT = 0x0001, 0x0002, 0x4000
_N = 0x4E


class HotKey(QAbstractNativeEventFilter):
    """Ctrl+Alt+N for the whole computer. ``is_on`` tells whether the key could be had: another program may hold it."""

    def __init__(self, app: QCoreApplication, run: Callable[[], object], *, user32: Any = None) -> None:
        super().__init__()
        self._app = app
        self._run = run
        self._user32 = user32
        self.is_on = bool(user32 is not None and user32.RegisterHotKey(None, _ID, _ALT | _CONTROL | _NO_REPEAT, _N))
        if self.is_on:
            app.installNativeEventFilter(self)

    def let_go(self) -> None:
        """Give the key back."""
        if self.is_on:
            self.is_on = False
            self._app.removeNativeEventFilter(self)
            self._user32.UnregisterHotKey(None, _ID)

    def nativeEventFilter(self, event_type: QByteArray | bytes | bytearray | memoryview, message: int) -> object:
        """Qt hands every message of Windows here."""
        kind = event_type.data() if isinstance(event_type, QByteArray) else event_type
        if self.is_on and bytes(kind) == b"windows_generic_MSG" and is_ours(message):
            self._run()
            return True, 0
        return False, 0


def is_ours(message: int) -> bool:
    """Whether a message of Windows is our key; ``message`` is the address of its ``MSG``."""
    import ctypes
    from ctypes import wintypes

    found = ctypes.cast(int(message), ctypes.POINTER(wintypes.MSG)).contents
    return bool(found.message == _WM_HOTKEY and found.wParam == _ID)


def bring(program: Program) -> None:
    """Raise the window and open the form of a message; a locked office is raised and stays locked."""
    program.come_forward()
    if program.frame is not None:
        program.frame.go(Place(page="message"))


def offer(app: QCoreApplication, run: Callable[[], object]) -> HotKey | None:
    """Ask Windows for the key; nothing on other platforms."""
    if not WORKS_HERE:
        return None
    import ctypes

    return HotKey(app, run, user32=getattr(ctypes, "windll").user32)  # noqa: B009 - only there on Windows
