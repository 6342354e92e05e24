"""Hears that the machine goes to sleep or its session is locked, where the platform tells; then the window locks too.

Windows tells through messages to the window (``WM_WTSSESSION_CHANGE``, ``WM_POWERBROADCAST``), most Linux desktops
through logind on the system bus. Where neither speaks, the wall clock of :mod:`liaison.ui.idle` still notices sleep.
"""

from __future__ import annotations

import ctypes
import ctypes.wintypes
import sys
from typing import Any

from PySide6.QtCore import SLOT, QAbstractNativeEventFilter, QCoreApplication, QObject, Signal, Slot

WM_POWERBROADCAST = 0x0218
PBT_APMSUSPEND = 0x0004
WM_WTSSESSION_CHANGE = 0x02B1
WTS_SESSION_LOCK = 0x0007
WTS_CONSOLE_DISCONNECT = 0x0002
NOTIFY_FOR_THIS_SESSION = 0

_LOGIND = "org.freedesktop.login1"
_MANAGER, _SESSION = "org.freedesktop.login1.Manager", "org.freedesktop.login1.Session"


def is_leaving(message: int, reason: int) -> bool:
    """Whether a Windows message says that the machine sleeps or its session locks."""
    if message == WM_POWERBROADCAST:
        return reason == PBT_APMSUSPEND
    return message == WM_WTSSESSION_CHANGE and reason in (WTS_SESSION_LOCK, WTS_CONSOLE_DISCONNECT)


class AwayWatch(QObject):
    """``away`` says that the officer left the machine: asleep, or locked by its own lock."""

    away = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._filter: _Messages | None = None

    def start(self, window_id: int) -> None:
        """Listen from now on; ``window_id`` is the native window's."""
        if sys.platform == "win32":
            self._listen_to_windows(window_id)
        else:
            self._listen_to_logind()

    def _listen_to_windows(self, window_id: int) -> None:
        self.hear_messages()
        windows: Any = ctypes
        if hasattr(windows, "WinDLL"):
            library = windows.WinDLL("wtsapi32")
            library.WTSRegisterSessionNotification(ctypes.wintypes.HWND(window_id), NOTIFY_FOR_THIS_SESSION)

    def hear_messages(self) -> None:
        """Look at every native message of the program as it passes."""
        program = QCoreApplication.instance()
        if program is not None and self._filter is None:
            self._filter = _Messages(self)
            program.installNativeEventFilter(self._filter)

    def _listen_to_logind(self) -> None:
        """Sleep of the machine, and the lock of any session of it; silent where there is no bus."""
        try:
            from PySide6.QtDBus import QDBusConnection
        except ImportError:  # a distribution may split the module off
            return
        bus: Any = QDBusConnection.systemBus()
        if bus.isConnected():
            path = "/org/freedesktop/login1"
            bus.connect(_LOGIND, path, _MANAGER, "PrepareForSleep", self, SLOT("sleeps(bool)"))
            bus.connect(_LOGIND, "", _SESSION, "Lock", self, SLOT("locks()"))

    def stop(self) -> None:
        """Listen no more."""
        program = QCoreApplication.instance()
        if self._filter is not None and program is not None:
            program.removeNativeEventFilter(self._filter)
        self._filter = None

    @Slot(bool)
    def sleeps(self, begins: bool) -> None:
        """The machine goes to sleep, or wakes."""
        if begins:
            self.away.emit()

    @Slot()
    def locks(self) -> None:
        """The session was locked."""
        self.away.emit()


class _Messages(QAbstractNativeEventFilter):
    """Every native message of the program; only two kinds are of interest, and none is held back."""

    def __init__(self, watch: AwayWatch) -> None:
        super().__init__()
        self._watch = watch

    def nativeEventFilter(self, kind: Any, address: int) -> Any:
        """Look at a message of Windows."""
        if bytes(kind) in (b"windows_generic_MSG", b"windows_dispatcher_MSG"):
            message = ctypes.wintypes.MSG.from_address(int(address))
            if is_leaving(message.message, message.wParam or 0):
                self._watch.away.emit()
        return False, 0
