"""A fresh program at the store of ``argv[1]``: unlocked, searched, scrolled, sorted, filtered, and every page opened.

Run by ``test_desk`` in a process of its own, with the threads of the real program; prints what it measured as JSON.
Times are wall times, since threads and the screen take part: what a person waits for.
"""

import json
import sys
import time
from pathlib import Path

import psutil
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

from liaison.services import list_of_journeys
from liaison.services.list_queries import ListQuery
from liaison.ui.pages_list import PAGES
from liaison.ui.places import Place
from liaison.ui.program import Program
from tests import make, sampling

WORDS = ("siti rahayu", "budi santoso", "wijaya", "nurhaliza", "island hospital")
CASES = 20


class Desk:
    """The program, and a loop that remembers how long the window did not answer."""

    def __init__(self, app, folder):
        self.app = app
        self.frozen = 0.0
        self.program = Program(app, folder=folder, clock=sampling.clock())
        self.program.start()
        self.to_front()

    def to_front(self):
        """The keys go to this window."""
        self.program.window.activateWindow()
        QTest.qWaitForWindowActive(self.program.window)
        self.settle()

    def spin(self, until, limit=60.0):
        """Let the window live until something is so; the longest single turn is kept in ``frozen``."""
        began = time.perf_counter()
        while not until():
            turn = time.perf_counter()
            self.app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 1)
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            self.frozen = max(self.frozen, time.perf_counter() - turn)
            if time.perf_counter() - began > limit:
                raise TimeoutError("the window did not come to rest")
            time.sleep(0.0002)
        return time.perf_counter() - began

    def settle(self):
        """Until nothing is on its way and everything is painted."""
        for _ in range(2):
            self.spin(lambda: not self.program.runner._running)
            self.app.processEvents()

    def go(self, **place):
        self.program.frame.go(Place(**place))

    @property
    def page(self):
        return self.program.frame.page


def bare_window(app):
    """Seconds of showing and painting an empty window of the same size."""
    began = time.perf_counter()
    window = QMainWindow()
    window.setCentralWidget(QLabel("Liaison"))
    window.resize(1366, 768)
    window.show()
    app.processEvents()
    window.grab()
    took = time.perf_counter() - began
    window.deleteLater()
    return took


def unlock(desk):
    """From the key that opens to the first rows of Today on the screen."""
    desk.program.gate.secret.line.setText(make.PASSPHRASE)
    began = time.perf_counter()
    desk.program.gate.try_open()
    desk.spin(lambda: desk.program.frame is not None)
    desk.spin(lambda: desk.page.view.model().rowCount() > 0)
    desk.app.processEvents()
    return time.perf_counter() - began


def keystrokes(desk):
    """Each key typed into the box, until its answers are painted."""
    box = desk.program.frame.top.search
    box.setFocus()
    answered = []
    offer = box.suggest.offer

    def seen(found, **more):
        offer(found, **more)
        answered.append(box.line.text())

    box.suggest.offer = seen
    times = []
    for word in WORDS:
        box.line.clear()
        desk.settle()
        for sign in word:
            began = time.perf_counter()
            QTest.keyClick(box.line, sign)
            wanted = box.line.text()
            if len(wanted) < 2 or wanted.endswith(" "):
                desk.settle()
                continue
            desk.spin(lambda wanted=wanted: answered and answered[-1] == wanted)
            desk.app.processEvents()
            times.append((wanted, time.perf_counter() - began))
            desk.settle()
    box.line.clear()
    return times


def cases(desk, keys):
    """Opening one case after the other, each until it stands there whole."""
    times = []
    for key in keys:
        began = time.perf_counter()
        desk.go(page="journey", record=key)
        desk.settle()
        desk.page.grab()
        times.append(time.perf_counter() - began)
    return times


def list_work(desk):
    """Scroll to the end, sort, filter: how long each took, and the longest moment without an answer."""
    desk.go(page="journeys", values={"view": "all"})
    desk.settle()
    page, found = desk.page, {}

    def measured(name, act):
        desk.frozen = 0.0
        began = time.perf_counter()
        turn = time.perf_counter()
        act()
        desk.frozen = max(desk.frozen, time.perf_counter() - turn)
        desk.settle()
        found[name] = {"seconds": time.perf_counter() - began, "frozen": desk.frozen}

    bar = page.view.verticalScrollBar()
    measured("scroll to the end", lambda: bar.setValue(bar.maximum()))
    measured("scroll to the middle", lambda: bar.setValue(bar.maximum() // 2))
    measured("sort", lambda: page.sort_by(1))
    measured("filter", lambda: page.bar.filter.set_text("kota:medan"))
    measured("filter taken away", lambda: page.bar.filter.set_text(""))
    return found


def every_page(desk, keys):
    """Open every page there is, with a record where one is needed."""
    for entry in PAGES:
        record = keys[0] if entry.key == "journey" else None
        if entry.key not in ("claim", "letter"):
            desk.go(page=entry.key, record=record)
            desk.settle()
    return psutil.Process().memory_info().rss


def main(folder):
    app = QApplication([])
    desk = Desk(app, folder)
    told = {"unlock": unlock(desk)}
    bare_window(app)
    told["bare window"] = [bare_window(app) for _ in range(10)]
    desk.to_front()
    with desk.program.runner.store.read() as session:
        keys = list_of_journeys.journey_ids(session, ListQuery())[:CASES]
    told["box"] = keystrokes(desk)
    told["cases"] = cases(desk, keys)
    told["list"] = list_work(desk)
    told["memory"] = every_page(desk, keys)
    desk.program.runner.store.close()
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
