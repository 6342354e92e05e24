"""The runner: what comes back, to whom, and what does not."""

import threading
from functools import partial
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QObject

from liaison.domain.errors import Conflict, Locked, Refused, Unavailable
from liaison.domain.problems import Problem
from liaison.ui.hub import Hub
from liaison.ui.runner import Runner, Sort
from tests.ui.conftest import FakeStore


@pytest.fixture
def owner(qapp):
    return QObject()


@pytest.fixture
def threaded(qapp):
    runner = Runner(Hub(), FakeStore())
    yield runner
    runner.drain()


def changed(session):
    return SimpleNamespace(touched=(SimpleNamespace(kind="claim", id=7),), made=7)


def test_a_write_runs_inside_one_action_and_everybody_hears_what_changed(owner):
    store, heard, done = FakeStore(), [], []
    runner = Runner.at_once(store)
    runner.hub.changed.connect(heard.append)

    runner.write("File claim", changed, owner=owner, done=done.append)

    assert store.titles == ["File claim"]
    assert done == heard
    assert done[0].made == 7


def test_a_refused_write_hands_the_problems_to_the_form_and_changes_nothing(owner):
    store, heard, refused = FakeStore(), [], []
    runner = Runner.at_once(store)
    runner.hub.changed.connect(heard.append)

    def refuse(session):
        raise Refused([Problem(code="BAD", message="No.", field="billed")])

    runner.write("File claim", refuse, owner=owner, refused=refused.append)

    assert [p.field for p in refused[0]] == ["billed"]
    assert store.titles == heard == []


@pytest.mark.parametrize(
    ("error", "sort"),
    [(Conflict("c"), Sort.CONFLICT), (Locked("l"), Sort.LOCKED), (Unavailable("u"), Sort.UNAVAILABLE)],
)
def test_trouble_of_the_world_goes_to_the_page_that_takes_it_else_to_the_boundary(owner, error, sort):
    runner, taken, boundary = Runner.at_once(FakeStore()), [], []
    runner.trouble.connect(boundary.append)

    def fail(session):
        raise error

    runner.write("x", fail, owner=owner, failed=taken.append)
    runner.write("x", fail, owner=owner)

    assert [t.sort for t in taken] == [t.sort for t in boundary] == [sort]


def test_a_bug_surfaces_in_tests_and_reaches_the_boundary_in_the_program(owner, threaded, qtbot):
    def bug(session):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Runner.at_once(FakeStore()).read(bug, owner=owner, done=print)
    with qtbot.waitSignal(threaded.trouble) as told:
        threaded.read(bug, owner=owner, done=print)

    assert told.args[0].sort is Sort.BUG


def test_answers_come_back_on_the_window_thread(threaded, owner, qtbot):
    seen = []

    def work(session):
        return threading.current_thread().name

    threaded.read(work, owner=owner, done=lambda name: seen.append((name, threading.current_thread().name)))
    qtbot.waitUntil(lambda: bool(seen))

    assert seen[0][0].startswith("liaison-read")
    assert seen[0][1] == threading.current_thread().name


def test_a_later_read_makes_the_former_stale_and_only_the_last_answer_arrives(threaded, owner, qtbot):
    gate, seen = threading.Event(), []

    def look(session, text):
        gate.wait(5)
        return text

    for text in ("s", "si", "sit", "siti"):
        threaded.read(look, text, owner=owner, done=seen.append, key="find")
    gate.set()
    qtbot.waitUntil(lambda: threaded.waiting == 0)

    assert seen == ["siti"]


def test_a_stale_read_is_interrupted_in_the_middle_of_its_query(threaded, owner, qtbot):
    started, stopped = threading.Event(), threading.Event()
    driver = SimpleNamespace(interrupt=stopped.set)
    store = threaded.store
    connection = SimpleNamespace(connection=SimpleNamespace(driver_connection=driver))

    def slow(session):
        started.set()
        assert stopped.wait(5)

    original = store.read

    def read():
        context = original()
        session = context.__enter__()
        session.connection = lambda: connection
        context.__enter__ = lambda: session
        return _Given(session)

    store.read = read
    threaded.read(slow, owner=owner, done=print, key="find")
    assert started.wait(5)
    threaded.read(lambda session: None, owner=owner, done=lambda _: None, key="find")
    qtbot.waitUntil(lambda: threaded.waiting == 0)

    assert stopped.is_set()


class _Given:
    def __init__(self, session):
        self.session = session

    def __enter__(self):
        return self.session

    def __exit__(self, *_):
        return False


def test_an_answer_to_a_closed_owner_is_dropped(threaded, qtbot):
    gate, seen = threading.Event(), []
    owner = QObject()

    def look(session):
        gate.wait(5)

    threaded.read(look, owner=owner, done=seen.append)
    owner.deleteLater()
    qtbot.wait(10)
    gate.set()
    qtbot.waitUntil(lambda: threaded.waiting == 0)

    assert seen == []


def test_a_write_of_a_closed_page_still_happens_and_is_announced(threaded, qtbot):
    owner, heard = QObject(), []
    threaded.hub.changed.connect(heard.append)

    threaded.write("x", changed, owner=owner, done=print)
    del owner
    qtbot.waitUntil(lambda: bool(heard))

    assert threaded.store.titles == ["x"]


def test_writes_come_one_after_the_other_in_their_order(threaded, owner, qtbot):
    order = []

    for number in range(20):
        threaded.write("x", lambda session, n: order.append(n), number, owner=owner)
    qtbot.waitUntil(lambda: threaded.waiting == 0)

    assert order == list(range(20))


def test_the_same_press_twice_is_one_action_and_another_one_still_goes_through(threaded, owner, qtbot):
    held, done = threading.Event(), []

    def note(session, text):
        held.wait(5)
        return text

    for text in ("once", "once", "other"):
        threaded.write("Write a note", note, text, owner=owner, done=done.append)
    held.set()
    qtbot.waitUntil(lambda: len(done) == 2)
    threaded.write("Write a note", note, "once", owner=owner, done=done.append)
    qtbot.waitUntil(lambda: len(done) == 3)

    assert done == ["once", "other", "once"]


def test_a_press_that_brings_more_words_along_is_known_again_by_them(threaded, owner, qtbot):
    held, done = threading.Event(), []

    def open_case(session, draft, *, wording):
        held.wait(5)
        return draft, wording

    for wording in ("istri", "istri", "anak"):
        threaded.write("x", partial(open_case, wording=wording), "Suyanti", owner=owner, done=done.append)
    held.set()
    qtbot.waitUntil(lambda: threaded.waiting == 0)

    assert done == [("Suyanti", "istri"), ("Suyanti", "anak")]


def test_locking_lets_writes_finish_and_drops_reads(threaded, owner, qtbot):
    gate, seen, written = threading.Event(), [], []
    threaded.write("x", lambda session: gate.wait(5) and written.append(1), owner=owner)
    threaded.read(lambda session: gate.wait(5), owner=owner, done=seen.append)

    store = threaded.let_go()
    gate.set()
    qtbot.waitUntil(lambda: threaded.waiting == 0)

    assert store is not None
    assert threaded.store is None
    assert written == [1]
    assert seen == []
