"""A desk to build widgets at, without a store: what a page is given, with a clock that stands still."""

import contextlib
import datetime as dt
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from liaison.i18n import Language
from liaison.settings import Settings
from liaison.ui.actions import Actions
from liaison.ui.desk import Desk, Officer
from liaison.ui.hub import Hub
from liaison.ui.icons import Icons
from liaison.ui.masking import Masking
from liaison.ui.runner import Runner
from liaison.ui.theme import Palette, Theme

NOW = dt.datetime(2026, 11, 20, 7, 5, tzinfo=dt.UTC)


class FakeStore:
    """Hands out a session that is only a name, and remembers the titles of what was written."""

    def __init__(self):
        self.titles = []
        self.written = []

    @contextlib.contextmanager
    def write(self, title, *, kind="do", reason=None):
        session = SimpleNamespace(title=title, kind=kind, reason=reason)
        yield session
        self.titles.append(title)

    @contextlib.contextmanager
    def read(self):
        yield SimpleNamespace(title="")


class FakeFrame:
    """Remembers what pages asked of the window."""

    def __init__(self):
        self.gone, self.said = [], []

    def go(self, place):
        self.gone.append(place)

    def back(self):
        self.gone.append("back")

    def moved(self, place):
        self.gone.append(place)

    def toast(self, text, *, undo=True, refused=False):
        self.said.append(text)

    def undo(self):
        self.said.append("undo")

    def lock(self):
        self.said.append("lock")


@pytest.fixture
def theme(qapp):
    """The light palette at 100 %, dressed over the whole program."""
    theme = Theme(Palette.LIGHT)
    theme.install(qapp)
    yield theme
    qapp.setStyleSheet("")


@pytest.fixture(params=["id", "en"])
def each_language(request):
    """Both languages, one after the other."""
    return Language(request.param)


def make_desk(theme, *, language="id", store=None):
    """A desk whose runner works at once."""
    hub = Hub()
    return Desk(
        runner=Runner.at_once(store or FakeStore(), hub), hub=hub, words=Language(language), theme=theme,
        icons=Icons(theme), masking=Masking(), settings=Settings(language=language), actions=Actions(),
        clock=lambda: NOW, frame=FakeFrame(), officer=Officer(name="Ayu Lestari", office="Kantor Medan"),
    )  # fmt: skip


@pytest.fixture
def desk(theme):
    """A desk in Bahasa Indonesia."""
    return make_desk(theme)


@pytest.fixture(autouse=True)
def let_go(qapp):
    """Delete what a test closed: without an event loop Qt keeps it, and every later style sheet would dress it anew."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
