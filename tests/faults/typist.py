"""A child process at the real window: opens a case, types a note and a form without end, and says what it has typed."""

import os
import sys
import time
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from liaison.store import kdf, opening
from liaison.ui.pages.task_form import task_form
from liaison.ui.places import Place
from liaison.ui.program import Program
from tests import make

EVERY_MS = 40
LETTERS = "sinta minta kursi roda di bandara "


def main(folder: Path, journey: int) -> None:
    opening.fitting = lambda: kdf.CHEAP
    app = QApplication([])
    program = Program(app, folder=folder, config=folder.parent / "config", clock=make.TestClock())
    program.start()
    program.gate.secret.line.setText(make.PASSPHRASE)
    program.gate.try_open()
    typed = {"note": "", "form": ""}

    def wait():
        if program.frame is None or program.frame.page is None:
            return
        waiting.stop()
        program.frame.go(Place(page="journey", record=journey))
        QTimer.singleShot(300, begin)

    def begin():
        task_form(program.frame.page.bench, journey_id=journey)
        typing.start()

    def press():
        page = program.frame.page
        letter = LETTERS[len(typed["note"]) % len(LETTERS)]
        for name, line in (
            ("note", page.log.line.line),
            ("form", page.drawer.form.content.editor("title").findChild(QLineEdit)),
        ):
            QTest.keyClicks(line, letter)
            typed[name] += letter
        sys.stdout.write(f"{time.monotonic()} {len(typed['note'])}\n")
        sys.stdout.flush()

    waiting, typing = QTimer(), QTimer()
    waiting.timeout.connect(wait)
    waiting.start(50)
    typing.setInterval(EVERY_MS)
    typing.timeout.connect(press)
    app.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
