"""For every eye and hand: each page of the sample office, in both languages, three palettes and three text sizes.

One window per language and text size walks all pages; every check looks at the same walk, so that the whole matrix
stays fast.
"""

import shutil
from collections import defaultdict
from dataclasses import fields

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QScrollArea
from sqlalchemy import text

from liaison.i18n import Language
from liaison.settings import Settings
from liaison.ui.commands import Doings, program_actions
from liaison.ui.desk import Officer
from liaison.ui.hub import Hub
from liaison.ui.icons import Icons
from liaison.ui.main_window import MainWindow
from liaison.ui.masking import Masking
from liaison.ui.office_frame import OfficeFrame, Shared
from liaison.ui.pages_list import PAGES
from liaison.ui.places import Place
from liaison.ui.runner import Runner
from liaison.ui.theme import Palette, Theme
from tests import make, sampling
from tests.ui.eyes import cut, faint, untranslated, written
from tests.ui.secrets_of import Secrets, everything_said
from tests.ui.walk import nameless

WIDE, SMALL = (1366, 768), (1024, 520)
LOOKS = [
    ("id", 100, WIDE), ("id", 125, WIDE), ("id", 200, WIDE), ("en", 100, WIDE), ("en", 125, WIDE), ("en", 200, WIDE),
    ("id", 100, SMALL), ("en", 100, SMALL),
]  # fmt: skip
NOT_SIDEWAYS = 125
"""Up to this text size nothing scrolls sideways; above it, it may rather than be cut."""


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """A copy of the sample office, open, and one case, letter and claim with much in them."""
    folder = tmp_path_factory.mktemp("eyes") / "office"
    shutil.copytree(sampling.sample_folder(tmp_path_factory), folder)
    store = make.opened(folder, sampling.clock())
    with store.read() as session:
        ids = {kind: session.execute(text(sql)).scalar() for kind, sql in RECORDS.items()}
    yield store, ids
    store.close()


RECORDS = {
    "letter": "select guarantee_id from guarantee_version group by 1 order by count(*) desc limit 1",
    "journey": "select journey_id from guarantee join journey on journey.id = journey_id where is_open limit 1",
    "claim": "select claim_id from claim_line group by 1 order by count(*) desc limit 1",
}


class Window:
    """The window on the sample office in one language, with its menus."""

    def __init__(self, theme, sample, language, size):
        self.store, self.ids = sample
        hub = Hub()
        self.troubles = []
        runner = Runner.at_once(self.store, hub)
        runner.trouble.connect(self.troubles.append)
        self.masking, icons = Masking(), Icons(theme)
        shared = Shared(
            runner=runner, hub=hub, theme=theme, icons=icons, masking=self.masking,
            settings=lambda: Settings(language=language), clock=sampling.clock(),
        )  # fmt: skip
        words = Language(language)
        self.window = MainWindow(theme, icons)
        self.frame = OfficeFrame(shared, words, Officer(name=make.OFFICER, office="Kantor Medan", city="Medan"), PAGES)
        doings = Doings(**{f.name: lambda *_: None for f in fields(Doings)})
        for action in program_actions(self.frame, doings, PAGES):
            self.frame.desk.actions.add(action)
        self.frame.shown.connect(lambda: self.window.show_actions(self.frame.desk.actions, words))
        self.window.show_content(self.frame)
        self.window.resize(*size)
        self.window.show()

    def go(self, page):
        self.frame.go(Place(page=page, record=self.ids.get(page)))
        self.settle()
        return self.frame.page

    @staticmethod
    def settle():
        for _ in range(3):
            QCoreApplication.sendPostedEvents()
            QCoreApplication.processEvents()

    def close(self):
        self.window.leave()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="module")
def walked(qapp, sample):
    """What was found on each page: ``{(language, zoom, size): {page: {kind: [finding, …]}}}``."""
    found = {}
    for language, zoom, size in LOOKS:
        theme = Theme(Palette.LIGHT, zoom=zoom)
        theme.install(qapp)
        window = Window(theme, sample, language, size)
        found[language, zoom, size] = {entry.key: look(window, entry.key) for entry in PAGES}
        found[language, zoom, size]["troubles"] = window.troubles
        window.close()
    qapp.setStyleSheet("")
    return found


def look(window, page):
    window.go(page)
    frame = window.frame
    return {
        "nameless": [f"{type(w).__name__} {w.objectName()}" for w in nameless(frame)],
        "cut": sorted(set(cut(frame))),
        "sideways": [
            area.accessibleName() or "the sheet"
            for area in frame.findChildren(QScrollArea)
            if area.isVisible() and area.horizontalScrollBar().maximum() > 0
        ],
        "written": set(written(frame)) | {a.text() for a in window.window.actions()},
    }


@pytest.mark.parametrize(("language", "zoom", "size"), LOOKS)
def test_no_text_is_cut_and_everything_that_can_be_reached_has_a_name(walked, language, zoom, size):
    pages = walked[language, zoom, size]
    wrong = defaultdict(list)

    for entry in PAGES:
        found = pages[entry.key]
        wrong[entry.key] += found["nameless"] + found["cut"]
        if zoom <= NOT_SIDEWAYS:
            wrong[entry.key] += [f"scrolls sideways: {name}" for name in found["sideways"]]

    assert {page: found for page, found in wrong.items() if found} == {}
    assert pages["troubles"] == []


def test_no_english_is_left_in_bahasa_indonesia(walked):
    pages = walked["id", 100, WIDE]

    wrong = {entry.key: untranslated(pages[entry.key]["written"]) for entry in PAGES}

    assert {page: found for page, found in wrong.items() if found} == {}


@pytest.mark.parametrize("palette", ["light", "dark", "contrast"])
def test_all_ink_as_painted_can_be_read_on_its_ground(qapp, sample, palette):
    theme = Theme(Palette(palette), zoom=200)  # strokes wide enough to reach their full colour
    theme.install(qapp)
    window = Window(theme, sample, "en", WIDE)

    wrong = {}
    for entry in PAGES:
        window.go(entry.key)
        wrong[entry.key] = faint(window.frame)
    window.close()
    qapp.setStyleSheet("")

    assert {page: found for page, found in wrong.items() if found} == {}


def test_a_masked_window_tells_nobodys_name_or_number(qapp, sample):
    theme = Theme(Palette.LIGHT)
    theme.install(qapp)
    window = Window(theme, sample, "en", WIDE)
    with sample[0].read() as session:
        secrets = Secrets(session)
    window.go("journeys")
    assert secrets.found_in(everything_said(window.window)), "the eye sees nobody, masked or not"

    window.masking.switch()
    wrong = {}
    for entry in PAGES:
        window.go(entry.key)
        wrong[entry.key] = secrets.found_in(everything_said(window.window))
    window.close()
    qapp.setStyleSheet("")

    assert {page: found for page, found in wrong.items() if found} == {}
