"""Somebody who presses, types and clicks, and counts it: a chord is one action, so is a click, each typed sign is one.

``Acting(qtbot)`` works on whatever has the focus, as a keyboard does::

    acting.keys("Ctrl+K")          # one action, wherever the focus is
    acting.keys(page.view, "S")    # one action, in a widget that must be reachable (it is given the focus uncounted)
    acting.type("siti medan")      # ten actions
    acting.click(button)           # one action
    assert acting.count <= 14

Copying in another program (``acting.copied(text)``) is not counted: it happens before the task begins.
"""

from __future__ import annotations

import time
from contextlib import contextmanager

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView, QWidget

PLAIN = Qt.KeyboardModifier.NoModifier


class OverBudget(AssertionError):
    """More keys and clicks than the task allows."""


class Acting:
    """An officer's hands. ``count`` is what they did; ``log`` says what, for the message of a failed test."""

    def __init__(self, qtbot=None):
        self.qtbot = qtbot
        self.count = 0
        self.log = []
        self._began = time.perf_counter()

    @property
    def seconds(self):
        """How long the program took for everything since the last start."""
        return time.perf_counter() - self._began

    def start(self):
        """Begin a task: nothing is counted yet."""
        self.count, self.log = 0, []
        self._began = time.perf_counter()

    def keys(self, *what):
        """Press chords, each one action: ``keys("Ctrl+K")``, or ``keys(widget, "Space", "X")``."""
        target, chords = (what[0], what[1:]) if isinstance(what[0], QWidget) else (None, what)
        if target is not None and not _holds_focus(target):
            target.setFocus()
        for chord in chords:
            self._count(chord)
            sequence = QKeySequence.fromString(chord)
            assert sequence.count() == 1, chord
            combination = sequence[0]
            QTest.keyClick(_receiver(), combination.key(), combination.keyboardModifiers())
            self.wait()

    def type(self, text):
        """Type a text, each sign one action, into what has the focus."""
        for sign in text:
            self._count(sign)
            QTest.keyClicks(_receiver(), sign)
        self.wait()

    def click(self, widget, *, at=None, modifiers=PLAIN):
        """Click a widget where it stands, one action."""
        assert widget.isVisible(), "what is clicked must be on the screen"
        assert widget.isEnabled(), "what is clicked must be enabled"
        self._count(f"click {widget.accessibleName() or type(widget).__name__}")
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, modifiers, at if at is not None else QPoint())
        self.wait()

    def click_row(self, view, row, *, column=1, modifiers=PLAIN):
        """Click a row of a list, one action; ``modifiers`` as held while clicking."""
        assert isinstance(view, QTableView)
        spot = view.visualRect(view.model().index(row, column)).center()
        self.click(view.viewport(), at=spot, modifiers=modifiers)

    def copied(self, text):
        """A text was copied elsewhere before the task begins: not counted."""
        QApplication.clipboard().setText(text)

    def wait(self, ms=10):
        """Let the window catch up."""
        QTest.qWait(ms)

    @contextmanager
    def within(self, budget):
        """A task with its budget: ``with acting.within(14): …`` fails above it, naming what was done."""
        self.start()
        yield self
        if self.count > budget:
            raise OverBudget(f"{self.count} actions instead of {budget}: {' '.join(self.log)}")

    def _count(self, what):
        self.count += 1
        self.log.append(what)


def _receiver():
    """What a key goes to: an open menu or dialog first, else what has the focus, else the window."""
    popup = QApplication.activePopupWidget()
    if popup is not None:
        return popup
    found = QApplication.focusWidget() or QApplication.activeWindow()
    if found is None:
        found = next(w for w in QApplication.topLevelWidgets() if w.isVisible())
    return found


def _holds_focus(widget):
    focused = QApplication.focusWidget()
    return focused is not None and (focused is widget or widget.isAncestorOf(focused))
