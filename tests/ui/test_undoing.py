"""Undo pressed at once: it means what was just asked for, never what lies before it."""

import threading

import pytest
from PySide6.QtCore import QObject

from liaison.domain.errors import Refused
from liaison.domain.problems import Problem
from liaison.i18n import Language
from liaison.services import work
from liaison.store.models import TaskRow
from liaison.ui.hub import Hub
from liaison.ui.runner import Runner
from liaison.ui.undoing import Undoing
from tests import make
from tests.services.conftest import clock, prepared_store, store

__all__ = ["clock", "prepared_store", "store"]


class Desk:
    """A window's undo over a store, with two steps to do and a way to hold a save back."""

    def __init__(self, store, qtbot):
        self.store, self.qtbot, self.said = store, qtbot, []
        self.runner, self.owner, self.held = Runner(Hub(), store), QObject(), threading.Event()
        self.undoing = Undoing(self.runner, Language("en"), self.said.append)
        self.first, self.second = (make.made(store, work.add_task, make.task_draft(title=t)) for t in ("a", "b"))

    def finish(self, task, *, refused=False):
        def finish(session, key):
            self.held.wait(5)
            if refused:
                raise Refused([Problem(code="NO", message="No.")])
            return work.finish_task(session, key)

        self.runner.write("Finish a step", finish, task, owner=self.owner, refused=lambda _problems: None)

    def rest(self):
        self.held.set()
        self.qtbot.waitUntil(lambda: self.runner.waiting == 0)

    def is_done(self, task):
        return make.see(self.store, lambda s: s.get(TaskRow, task).done_at is not None)


@pytest.fixture
def desk(qapp, store, qtbot):
    made = Desk(store, qtbot)
    made.held.set()
    made.finish(made.first)
    made.rest()
    made.held.clear()
    yield made
    made.held.set()
    made.runner.drain()


def test_undo_while_a_step_is_being_saved_takes_that_step_back_and_not_the_one_before(desk):
    desk.finish(desk.second)
    desk.undoing.undo()
    desk.undoing.undo()
    desk.rest()

    assert desk.is_done(desk.first)
    assert not desk.is_done(desk.second)
    assert desk.said == ["Undone: Finish a step"]


def test_undo_while_something_is_refused_takes_nothing_back(desk):
    desk.finish(desk.second, refused=True)
    desk.undoing.undo()
    desk.rest()

    assert desk.is_done(desk.first)
    assert desk.said == []


def test_undo_after_the_save_takes_back_one_step_after_the_other(desk):
    desk.held.set()
    desk.finish(desk.second)
    desk.rest()
    for _press in range(2):
        desk.undoing.undo()
        desk.rest()

    assert not desk.is_done(desk.first)
    assert not desk.is_done(desk.second)
