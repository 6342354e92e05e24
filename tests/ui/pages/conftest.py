"""The pages in a real window on a real store, without threads; the store is made once and copied for each test."""

import shutil

import pytest
from PySide6.QtWidgets import QMainWindow

from liaison.i18n import Language
from liaison.settings import Settings
from liaison.ui.desk import Officer
from liaison.ui.hub import Hub
from liaison.ui.icons import Icons
from liaison.ui.masking import Masking
from liaison.ui.office_frame import OfficeFrame, Shared
from liaison.ui.pages_list import PAGES
from liaison.ui.places import Place
from liaison.ui.runner import Runner
from tests import make
from tests.ui.bare import undress
from tests.ui.pages.cases import Abroad


@pytest.fixture(autouse=True)
def bare(request, monkeypatch):
    """Modules marked so do without the style sheet."""
    undress(request, monkeypatch)


class Office:
    """A window on a store, with what a test does with it."""

    def __init__(self, qtbot, theme, store, clock, language="id", size=(1366, 768)):
        self.store, self.clock, self.qtbot = store, clock, qtbot
        hub = Hub()
        self.troubles = []
        self.runner = Runner.at_once(store, hub)
        self.runner.trouble.connect(self.troubles.append)
        shared = Shared(
            runner=self.runner, hub=hub, theme=theme, icons=Icons(theme), masking=Masking(),
            settings=lambda: Settings(language=language), clock=clock,
        )  # fmt: skip
        officer = Officer(name=make.OFFICER, office="Kantor Medan", city="Medan")
        self.frame = OfficeFrame(shared, Language(language), officer, PAGES)
        self.window = QMainWindow()
        self.window.setMinimumSize(1024, 520)
        self.window.setCentralWidget(self.frame)
        self.window.resize(*size)
        qtbot.addWidget(self.window)
        self.window.show()
        self.words = self.frame.desk.words

    def go(self, page, record=None, **values):
        """Show a page and give it time to lay itself out."""
        self.frame.go(Place(page=page, record=record, values=values))
        self.settle()
        return self.frame.page

    def settle(self, ms=20):
        self.qtbot.wait(ms)

    @property
    def page(self):
        return self.frame.page

    def see(self, function, *arguments, **more):
        return make.see(self.store, function, *arguments, **more)

    def do(self, function, *arguments, **more):
        changes = make.do(self.store, function, *arguments, **more)
        self.frame.shared.hub.changed.emit(changes)
        return changes


@pytest.fixture(scope="session")
def abroad_template(tmp_path_factory):
    """A store with one full case, made once: its folder, and what is in it."""
    folder = tmp_path_factory.mktemp("abroad") / "office"
    clock = make.TestClock()
    store = make.new_store(folder, clock)
    case = Abroad(store, clock)
    claim = case.claim()
    store.close()
    return folder, clock.now, {
        "journey": case.journey, "letter": case.letter, "claim": claim, "patient": case.patient, "cover": case.cover,
        "hospital": case.hospital, "insurer": case.insurer,
    }  # fmt: skip


@pytest.fixture
def office(qtbot, theme, tmp_path, abroad_template):
    """Opens a window on a copy of that store: ``office(language="en", size=(1093, 614))``."""
    template, now, ids = abroad_template
    opened = []

    def open_it(language="id", size=(1366, 768)):
        folder = tmp_path / f"office{len(opened)}"
        shutil.copytree(template, folder)
        clock = make.TestClock()
        clock.now = now
        store = make.opened(folder, clock)
        made = Office(qtbot, theme, store, clock, language, size)
        made.ids = ids
        opened.append(made)
        return made

    yield open_it
    for each in opened:
        each.window.hide()
        each.frame.setParent(None)
        each.frame.deleteLater()
        each.store.close()


@pytest.fixture
def at_home(office):
    """The window in Bahasa Indonesia at its usual size."""
    return office()
