"""For every eye and hand: each page of the sample office, in both languages, three palettes and three text sizes.

One window per language and text size walks all pages; every check looks at the same walk, so that the whole matrix
stays fast.
"""

import shutil
from dataclasses import fields
from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from sqlalchemy import text

from liaison.i18n import Language
from liaison.settings import Settings
from liaison.ui import doors
from liaison.ui.actions import Scope
from liaison.ui.commands import Doings, program_actions
from liaison.ui.desk import Officer
from liaison.ui.errors import TroubleDialog
from liaison.ui.first_run import FirstRun
from liaison.ui.guide_texts import sections as guide_sections
from liaison.ui.hub import Hub
from liaison.ui.icons import Icons
from liaison.ui.key_sheet import About, KeySheet
from liaison.ui.lock import LockScreen
from liaison.ui.main_window import MainWindow
from liaison.ui.masking import Masking
from liaison.ui.office_frame import OfficeFrame, Shared
from liaison.ui.pages_list import PAGES
from liaison.ui.places import Place
from liaison.ui.runner import Runner, sort_out
from liaison.ui.theme import Palette, Theme
from liaison.ui.widgets.label import Label
from tests import make, sampling
from tests.ui.eyes import cut, faint, sideways, untranslated, visible, written
from tests.ui.pages.test_every_page import every_form
from tests.ui.secrets_of import Secrets, everything_said
from tests.ui.walk import nameless

WIDE, SMALL = (1366, 768), (1024, 520)
LOOKS = [
    ("id", 100, SMALL, "contrast"), ("id", 125, WIDE, "dark"), ("id", 150, WIDE, "dark"), ("id", 200, WIDE, "light"),
    ("en", 100, SMALL, "light"), ("en", 125, WIDE, "contrast"), ("en", 150, WIDE, "light"), ("en", 200, WIDE, "dark"),
]  # fmt: skip
"""At 100 % in the smallest window, since what is whole there is whole in a larger one."""
PANES_WHOLE = 125
"""No page is ever wider than its window. Above this text size a pane of it may be moved sideways rather than be cut."""
INK_AT = {("id", 200): "light", ("en", 200): "dark", ("en", 125): "contrast"}
"""Ink is measured where strokes are wide enough to reach their full colour; high contrast has room to spare."""


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
    "roadshow": "select id from roadshow order by id desc limit 1",
    "meeting": "select id from roadshow order by id desc limit 1",
    "claim": "select claim_id from claim_line group by 1 order by count(*) desc limit 1",
    "papers": "select journey_id from guarantee join journey on journey.id = journey_id where is_open limit 1",
    "scorecard": "select hospital_id from journey where hospital_id > 0 group by 1 order by count(*) desc limit 1",
    "score_rows": "select hospital_id from journey where hospital_id > 0 group by 1 order by count(*) desc limit 1",
}


def remembered(read, known, function, *args, **rest):
    """Nobody writes while the pages are walked: what was read once is not read again for the next look."""
    plain = getattr(function, "func", function)
    asked = (plain, str(getattr(function, "args", "")), str(getattr(function, "keywords", "")), str(args))

    def told(session, *given):
        if asked not in known:
            known[asked] = function(session, *given)
        return known[asked]

    return read(told, *args, **{"key": plain, **rest})


class Window:
    """The window on the sample office in one language, with its menus."""

    def __init__(self, theme, sample, language, size, *, known=None):
        self.store, self.ids = sample
        hub = Hub()
        self.troubles = []
        runner = Runner.at_once(self.store, hub)
        runner.trouble.connect(self.troubles.append)
        if known is not None:
            runner.read = partial(remembered, runner.read, known)
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
        """Let everything that is under way happen; pages that were left really go, else each look costs more."""
        for _ in range(3):
            QCoreApplication.sendPostedEvents()
            QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def close(self):
        self.window.leave()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="module")
def walked(qapp, sample):
    """What was found on each page: ``{(language, zoom): {page: {kind: [finding, …]}}}``."""
    found, known = {}, {}
    for language, zoom, size, palette in LOOKS:
        theme = Theme(Palette(palette), zoom=zoom)
        theme.install(qapp)
        window = Window(theme, sample, language, size, known=known)
        ink = (language, zoom) in INK_AT
        found[language, zoom] = {entry.key: look(window, entry.key, ink=ink) for entry in PAGES}
        found[language, zoom]["troubles"] = window.troubles
        window.close()
    qapp.setStyleSheet("")
    return found


def look(window, page, *, ink):
    window.go(page)
    frame = window.frame
    zoom = frame.desk.theme.zoom
    is_read = frame.desk.words.code == "id" and zoom == 100
    return {
        "nameless": [f"{type(w).__name__} {w.objectName()}" for w in nameless(frame)] if zoom == 100 else [],
        "cut": sorted(set(cut(frame))),
        "wide": [found for found in sideways(frame) if found.startswith("the sheet")],
        "sideways": list(sideways(frame)),
        "faint": faint(frame) if ink else [],
        "written": {*written(frame), *(a.text().split("\t")[0] for a in window.window.actions())} if is_read else (),
        "actions": list(unsaid(window, page)) if is_read else [],
    }


SAID_ELSEWHERE = ("guide.", "list.sort.")
"""The guide's pages stand in its contents; sorting is said once on the sheet and done by clicking a title."""


def unsaid(window, page):
    """Actions that stand in no menu or not on the sheet of keys, and single letters that the whole window hears."""
    told = sheet_words(window) if page in ("today", "journey") else None
    for action in window.frame.desk.actions:
        if action.key.startswith(SAID_ELSEWHERE):
            continue
        words = action.words(window.frame.desk.words)
        single = len(action.keys) == 1
        if action.menu is None or (told is not None and words not in told):
            yield f"{action.key} is not said"
        if single and (action.scope is not Scope.ROW or window.window.action(action.key).shortcuts()):
            yield f"{action.key}: {action.keys} acts on the whole window"


def sheet_words(window):
    sheet = KeySheet(window.frame.desk, window.window)
    told = {label.whole_text() for label in sheet.findChildren(Label)}
    sheet.deleteLater()
    return told


def findings(pages, *kinds):
    """What was found on which page, without the pages where nothing was."""
    found = {entry.key: [each for kind in kinds for each in pages[entry.key][kind]] for entry in PAGES}
    return {page: each for page, each in found.items() if each}


@pytest.mark.parametrize(("language", "zoom"), [(language, zoom) for language, zoom, *_ in LOOKS])
def test_no_text_is_cut_and_everything_that_can_be_reached_has_a_name(walked, language, zoom):
    pages = walked[language, zoom]

    assert findings(pages, "nameless", "cut", "wide", *(["sideways"] if zoom <= PANES_WHOLE else [])) == {}
    assert pages["troubles"] == []


def test_no_english_is_left_in_bahasa_indonesia(walked):
    pages = walked["id", 100]

    wrong = {entry.key: untranslated(pages[entry.key]["written"]) for entry in PAGES}

    assert {page: found for page, found in wrong.items() if found} == {}


@pytest.mark.parametrize("look", INK_AT)
def test_all_ink_as_painted_can_be_read_on_its_ground(walked, look):
    assert findings(walked[look], "faint") == {}


def test_every_action_stands_in_a_menu_and_on_the_sheet_and_letters_never_act_on_the_window(walked):
    assert findings(walked["id", 100], "actions") == {}


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


# drawers, dialogs, doors


@pytest.mark.parametrize(("language", "zoom"), [("id", 200)])
def test_every_short_form_is_whole_named_and_translated(qapp, sample, language, zoom):
    theme = Theme(Palette.LIGHT, zoom=zoom)
    theme.install(qapp)
    window = Window(theme, sample, language, WIDE)
    page = window.go("journey")

    wrong = {}
    for open_form in every_form(page):
        open_form()
        window.settle()
        form = page.drawer.form
        found = [type(w).__name__ for w in nameless(form)] + cut(form)
        if language == "id":
            found += untranslated(written(form))
        if found:
            wrong[form.accessibleName()] = found
    window.close()
    qapp.setStyleSheet("")

    assert wrong == {}


@pytest.mark.parametrize(("language", "zoom"), [("id", 100), ("en", 200)])
def test_dialogs_and_doors_are_whole_named_and_translated(qapp, sample, tmp_path, language, zoom):
    theme = Theme(Palette.LIGHT, zoom=zoom)
    theme.install(qapp)
    window = Window(theme, sample, language, WIDE)
    window.go("journeys")
    desk = window.frame.desk
    doors_shut = doors.door_plate(tmp_path)
    ways = {"language": print, "palette": print}
    shown = [
        KeySheet(desk, window.window),
        About(desk, window.window),
        TroubleDialog(sort_out(ValueError("x")), desk.words, desk.icons, window.window),
        LockScreen(desk, tmp_path, doors_shut, office="Kantor Medan", locked_at="14.05", **ways),
        FirstRun(desk, tmp_path, **ways),
    ]

    wrong = {}
    for each in shown:
        each.resize(1024, 640) if not each.isModal() and not hasattr(each, "accept") else None
        for step in range(4) if isinstance(each, FirstRun) else (0,):
            if isinstance(each, FirstRun):
                each.show_step(step)
            each.show()
            window.settle()
            found = [type(w).__name__ for w in nameless(each)] + cut(each)
            if language == "id":
                found += untranslated(written(each))
            if found:
                wrong[f"{type(each).__name__} {step}"] = found
        each.hide()
        each.setParent(None)
        each.deleteLater()
    window.close()
    qapp.setStyleSheet("")

    assert wrong == {}


# keys


def test_escape_goes_up_from_a_case_and_never_out_of_a_place(qapp, sample, qtbot):
    theme = Theme(Palette.LIGHT)
    theme.install(qapp)
    window = Window(theme, sample, "en", WIDE)
    window.go("journeys")
    window.go("journey")

    qtbot.keyClick(window.frame.page.log.line, Qt.Key.Key_Escape)
    assert window.frame.page.place.page == "journeys"
    qtbot.keyClick(window.frame.page, Qt.Key.Key_Escape)
    assert window.frame.page.place.page == "journeys"
    window.close()
    qapp.setStyleSheet("")


def test_shift_f1_explains_the_field_with_the_focus(qapp, sample, qtbot):
    theme = Theme(Palette.LIGHT)
    theme.install(qapp)
    window = Window(theme, sample, "en", WIDE)
    window.window.activateWindow()
    form = window.go("claim_new").form
    form.focus("claim_no")
    qtbot.waitUntil(form.editor("claim_no").inner().hasFocus)

    window.frame.explain()

    shown = [label.whole_text() for label in visible(form.boxes["claim_no"], Label)]
    assert "The insurer's number. Leave it empty until they have given one.\nFor instance: SL/2609/36601" in shown
    window.close()
    qapp.setStyleSheet("")


# the guide


def test_the_guide_says_the_same_in_both_languages():
    ours, theirs = guide_sections("id"), guide_sections("en")

    assert [s.key for s in ours] == [s.key for s in theirs]
    for one, other in zip(ours, theirs, strict=True):
        assert len(one.steps) == len(other.steps)
        assert [keys for keys, _ in one.keys] == [keys for keys, _ in other.keys]
        assert one.title != other.title
        assert all((one.title, one.intro, other.title, other.intro))
    assert 8 <= len(ours) - 1 <= 16


def test_the_guide_opens_at_the_page_that_was_found_and_leads_on(qapp, sample):
    theme = Theme(Palette.LIGHT)
    theme.install(qapp)
    window = Window(theme, sample, "en", WIDE)

    window.frame.desk.actions["guide.undo"].run()

    page = window.frame.page
    assert page.rows["undo"].isChecked()
    page.show_section("words")
    window.settle()
    told = {label.whole_text() for label in visible(page.text, Label)}
    assert "Guarantee letter (GL)" in told
    window.close()
    qapp.setStyleSheet("")
