"""Starts the window: one program on one machine, the theme before the first paint, heavy libraries after it."""

from __future__ import annotations

import signal
import sys
import threading
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from liaison import log, settings
from liaison.ui import hotkey
from liaison.ui.program import Program
from liaison.ui.single import SingleInstance

WARM_AFTER_MS = 250


def launch(folder: Path | None) -> int:
    """Show the window and stay until it is closed."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Liaison")
    app.setDesktopFileName("liaison")
    wanted = folder or settings.load().store_folder
    single = SingleInstance(wanted)
    if not single.is_first:
        single.call_the_first()
        return 0
    log.set_up(settings.log_folder())
    program = Program(app, folder=folder)
    program.boundary.install()
    single.called.connect(program.come_forward)
    app.setWindowIcon(program.icon())
    program.start()
    key = hotkey.offer(app, partial(hotkey.bring, program))
    QTimer.singleShot(WARM_AFTER_MS, app, _warm_up)
    _stop_on_signal(app, program)
    status = app.exec()
    if key is not None:
        key.let_go()
    program.runner.drain()
    single.close()
    return status


def _warm_up() -> None:
    """Import the store while the officer types: the lock screen is on the screen by now."""
    threading.Thread(target=_import_store, name="liaison-warm", daemon=True).start()


def _import_store() -> None:
    import liaison.services.history
    import liaison.services.office
    import liaison.store.opening  # noqa: F401


def _stop_on_signal(app: QApplication, program: Program) -> None:
    """Ctrl+C in the terminal closes the window as its own button does."""
    signal.signal(signal.SIGINT, lambda *_: program.quit())
    beat = QTimer(app)
    beat.timeout.connect(lambda: None)  # lets Python see the signal while Qt waits
    beat.start(500)
