"""The frame round the pages: places, back and forward, masking, search, edges."""

import dataclasses
import datetime as dt
from dataclasses import fields

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QLabel, QPushButton

from liaison.i18n import Language
from liaison.settings import Settings
from liaison.ui.actions import Action, Actions, DoubleKey
from liaison.ui.commands import Doings, program_actions
from liaison.ui.desk import Officer
from liaison.ui.hub import Hub
from liaison.ui.icons import Icons
from liaison.ui.kept import Kept, unpacked
from liaison.ui.masking import Masking, masked_number
from liaison.ui.office_frame import OfficeFrame, Shared
from liaison.ui.page import Page, PageEntry
from liaison.ui.places import Place, Trail
from liaison.ui.runner import Runner
from liaison.ui.widgets.editors import TextEdit
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import ActionBar, EmptyState, Footing, Head, Pane, Section
from tests.ui.conftest import NOW
from tests.ui.walk import nameless


class TextPage(Page):
    """A page with a field, whose text survives."""

    def __init__(self, desk, place):
        super().__init__(desk, place)
        self.started = 0
        self.body.addWidget(Head(desk, desk.masking.name("Suyanti", "MDN-26-A0412-K", sex_letter="P", age=46)))
        pane = Pane(desk, name="Isi")
        self.text = TextEdit(desk)
        self.text.set_name("Catatan")
        section = Section("Orang")
        section.add(self.text)
        pane.add(section)
        pane.finish()
        self.body.addWidget(pane, 1)
        self.body.addWidget(Footing(desk))

    def keep(self):
        return {"text": self.text.typed()}

    def resume(self, kept):
        self.text.retype(kept["text"])

    def start(self):
        self.started += 1
        self.text.setFocus()

    def actions_here(self):
        return (Action(key="text.new", text="New", keys="Ctrl+N", run=lambda: None),)


class EmptyPage(Page):
    """A page with nothing yet."""

    def __init__(self, desk, place):
        super().__init__(desk, place)
        self.body.addWidget(EmptyState(desk, icon="route", sentence="Belum ada.", button="Tambah", run=lambda: None))


PAGES = (
    PageEntry(key="text", title="Journeys", icon="route", build=TextPage, shortcut="Ctrl+2"),
    PageEntry(key="one", title="Journey", icon="route", build=TextPage, on_rail=False, belongs_to="text"),
    PageEntry(key="empty", title="Claims", icon="receipt-text", build=EmptyPage, shortcut="Ctrl+3"),
    PageEntry(key="settings", title="Settings", icon="settings", build=EmptyPage, foot=True),
)


@pytest.fixture
def shared(theme):
    hub = Hub()
    return Shared(
        runner=Runner.at_once(None, hub), hub=hub, theme=theme, icons=Icons(theme), masking=Masking(),
        settings=Settings, clock=lambda: NOW,
    )  # fmt: skip


def make_frame(shared, qtbot, *, language="id", kept=None):
    officer = Officer(name="Ayu Lestari", office="Kantor Medan")
    frame = OfficeFrame(shared, Language(language), officer, PAGES, kept=kept)
    if qtbot is not None:
        qtbot.addWidget(frame)
    frame.resize(1366, 768)
    frame.show()
    frame.start()
    return frame


@pytest.fixture
def frame(shared, qtbot):
    return make_frame(shared, qtbot)


def test_the_window_opens_at_the_first_place_and_walks_back_and_forward(frame):
    frame.go(Place(page="one", record=7))
    frame.go(Place(page="empty"))
    frame.back()

    assert frame.page.place == Place(page="one", record=7)
    assert frame.rail.buttons["text"].isChecked()
    frame.back()
    assert frame.page.place.page == "text"
    assert not frame.top.back.isEnabled()
    frame.forward()
    assert frame.page.place.record == 7
    assert frame.top.forward.isEnabled()


def test_a_page_is_started_once_it_is_on_the_sheet(frame):
    assert frame.page.started == 1


def test_what_was_typed_survives_a_rebuilt_page_a_change_of_language_and_a_lock(frame, shared, qtbot):
    frame.go(Place(page="one", record=7))
    frame.page.text.line.setText("half a sen")

    frame.rebuild_page()
    kept = frame.put_away()
    other = make_frame(shared, qtbot, language="en", kept=kept)

    assert other.page.text.typed() == "half a sen"
    assert other.page.place == Place(page="one", record=7)


def test_hiding_people_rebuilds_the_page_without_their_names(frame, shared):
    shared.masking.switch()

    texts = {label.text() for label in frame.page.findChildren(QLabel)}
    assert "P-0412, P, 46" in texts
    assert "Suyanti" not in texts


def test_numbers_hide_behind_dots_of_one_width():
    assert masked_number("3174096112900001") == masked_number("99990001") == "•••• •••• 0001"
    assert masked_number("12") == "••••"


def test_an_unknown_place_says_so_and_stays(frame):
    frame.go(Place(page="nowhere"))

    assert frame.page is not None
    assert frame._toast.isVisible()


def test_the_toast_speaks_and_offers_undo(frame, qtbot):
    frame.toast("30 kasus ditutup")
    assert frame._toast.button.isVisible()
    assert frame._toast.accessibleName() == "30 kasus ditutup"

    frame.toast("Diurungkan", undo=False)

    assert not frame._toast.button.isVisible()


def test_the_toast_covers_neither_the_undo_below_nor_the_buttons_at_the_foot_of_the_page(frame, qtbot):
    def place_of(widget):
        return QRect(widget.mapTo(frame, QPoint()), widget.size())

    frame.toast("30 kasus ditutup")
    on_a_list = place_of(frame._toast)
    bar = ActionBar(buttons=[QPushButton("Simpan")])
    frame.page.body.addWidget(bar)
    qtbot.wait(10)
    frame.toast("30 kasus ditutup")

    assert on_a_list.bottom() < place_of(frame.status).top()
    assert frame._toast.geometry().bottom() < place_of(bar).top()
    assert frame._toast.geometry().bottom() > place_of(bar).top() - 30


def test_the_rail_gives_up_its_words_in_a_narrow_window(frame):
    wide = frame.rail.width()
    frame.resize(1024, 520)

    assert wide == 172
    assert frame.rail.width() == 52
    assert frame.rail.buttons["text"].accessibleName() == frame.desk.words("Journeys")


def test_late_things_are_said_and_not_only_shown(frame):
    frame.rail.show_late("text", 3)

    assert "3" in frame.rail.buttons["text"].accessibleName()


@pytest.mark.parametrize("zoom", [100, 125])
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("page", ["text", "empty"])
def test_the_frame_fits_the_smallest_window(shared, qtbot, language, page, zoom):
    shared.theme.set_zoom(zoom)
    frame = make_frame(shared, qtbot, language=language)
    frame.resize(1024, 520)
    frame.go(Place(page=page))

    hint = frame.minimumSizeHint()

    assert hint.width() <= 1024
    assert hint.height() <= 520


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("page", ["text", "empty"])
def test_everything_that_can_be_reached_has_a_name(shared, qtbot, language, page):
    frame = make_frame(shared, qtbot, language=language)
    frame.go(Place(page=page))

    assert [f"{type(w).__name__} {w.objectName()}" for w in nameless(frame)] == []


def test_f6_goes_round_the_panes(frame, qtbot):
    frame.window().activateWindow()
    qtbot.waitUntil(frame.page.text.line.hasFocus)
    seen = []

    for _ in range(3):
        frame.next_pane()
        seen.append(frame.focusWidget())

    assert seen[0] is frame.rail.buttons["text"]
    assert seen[1] is frame.top.search.line
    assert seen[2] is frame.page.text.line


def test_the_status_line_tells_how_old_the_backup_is(frame):
    status = frame.status

    status.show_backup(None)
    assert status.backup.text() == frame.desk.words("No backup yet")
    status.show_backup(NOW - dt.timedelta(hours=2))
    assert "2" in status.backup.text()
    status.show_saved(NOW)
    assert "14.05" in status.saved.text()
    status.show_lock_soon(30)
    assert status.lock_soon.isVisible()
    assert "14.05" in status.clocks.text()
    assert "15.05" in status.clocks.text()


# places


def test_the_same_place_twice_counts_once_and_a_new_one_forgets_what_lay_ahead():
    trail = Trail()
    for page in ("a", "a", "b", "c"):
        trail.go(Place(page=page))
    trail.back()
    trail.replace(Place(page="b", values={"filter": "kota:medan"}))
    trail.go(Place(page="d"))

    assert trail.forward() is None
    assert trail.back() == Place(page="b", values={"filter": "kota:medan"})
    assert trail.back().page == "a"
    assert trail.back() is None


# actions


def doings():
    return Doings(**dict.fromkeys((field.name for field in fields(Doings)), lambda *_: None))


def test_no_two_actions_that_hold_at_once_share_a_key(frame):
    actions = Actions(program_actions(frame, doings(), PAGES))

    actions.show_page(frame.page.actions_here())
    with pytest.raises(DoubleKey, match=r"Ctrl\+K"):
        actions.show_page([Action(key="x", text="x", keys="Ctrl+K", run=print)])


def test_the_real_pages_ask_for_keys_that_are_free(frame):
    from liaison.ui.pages_list import PAGES as REAL

    actions = Actions(program_actions(frame, doings(), REAL))

    leads_to = {action.keys: action.key for action in actions if action.keys}
    assert {e.shortcut: f"go.{e.key}" for e in REAL if e.shortcut}.items() <= leads_to.items()
    with pytest.raises(DoubleKey):
        Actions(program_actions(frame, doings(), (*REAL, dataclasses.replace(REAL[0], key="second"))))


def test_every_action_has_words_and_those_with_keys_stand_on_the_sheet(frame, each_language):
    actions = Actions(program_actions(frame, doings(), PAGES))

    sheet = actions.key_sheet(each_language)

    assert all(action.words(each_language) for action in actions)
    assert {"Ctrl+K", "Ctrl+L", "Ctrl+Z", "F1", "F6"} <= {keys for keys, _ in sheet}


def test_the_key_sheet_shows_what_the_page_can_do(frame, qtbot):
    from liaison.ui.key_sheet import KeySheet

    for action in program_actions(frame, doings(), PAGES):
        frame.desk.actions.add(action)
    sheet = KeySheet(frame.desk, frame)
    qtbot.addWidget(sheet)

    texts = {label.text() for label in sheet.findChildren(Label)}

    assert frame.desk.words("Lock") in texts
    assert frame.desk.words("New") in texts


def test_the_search_box_gives_way_to_nothing_and_its_results_are_masked(frame, shared):
    from liaison.services.search import Found, FoundKind
    from liaison.services.sentences import said
    from liaison.ui.search import results

    found = [
        Found(kind=FoundKind.CASE, id=7, title="Siti Rahmawati", subtitle=said("Medan"), case_no="MDN-26-A0371-S",
              journey_id=7, is_person=True),
        Found(kind=FoundKind.ORGANIZATION, id=9, title="Island Hospital", subtitle=said("Penang")),
    ]  # fmt: skip

    rows = results(frame.desk, "is", found)
    shared.masking.on = True
    hidden = results(frame.desk, "is", found)

    assert [r.text for r in rows if not r.head] == ["Siti Rahmawati", "Island Hospital"]
    assert [r.text for r in hidden if not r.head] == ["P-0371", "Island Hospital"]
    assert results(frame.desk, "zzz", [])[0].head


def test_commands_are_found_by_the_beginnings_of_their_words(frame):
    from liaison.ui.search import results

    for action in program_actions(frame, doings(), PAGES):
        frame.desk.actions.add(action)
    words = frame.desk.words("Lock").split()[0]

    rows = results(frame.desk, words[:4].lower(), [])

    assert frame.desk.words("Lock") in [r.text for r in rows]


def test_alt_and_f10_are_for_the_menus(qtbot, shared):
    from liaison.ui.main_window import MainWindow

    frame = make_frame(shared, None)

    window = MainWindow(shared.theme, shared.icons)
    qtbot.addWidget(window)
    window.show_content(frame)
    for action in program_actions(frame, doings(), PAGES):
        frame.desk.actions.add(action)
    window.show_actions(frame.desk.actions, frame.desk.words)
    window.show()
    assert not window.menuBar().isVisible()

    qtbot.keyClick(window, Qt.Key.Key_F10)

    assert window.menuBar().isVisible()
    assert [a.text() for a in window.menuBar().actions()] == [
        frame.desk.words(w) for w in ("File", "Edit", "View", "Go", "Help")
    ]
    window.leave()


def test_where_the_window_was_comes_back_from_its_text_and_nonsense_is_left():
    kept = Kept(typed={"page": {"text": "telp"}, "typing": True})
    kept.trail.go(Place(page="one", record=7, values={"tab": "claims"}))

    again = unpacked(kept.packed())

    assert again.trail.here == Place(page="one", record=7, values={"tab": "claims"})
    assert again.typed == {"page": {"text": "telp"}, "typing": True}
    assert Kept().packed() == ""
    for nonsense in ("", "{", "[]", "{}", '{"page": 1}'):
        assert unpacked(nonsense).trail.here is None


def test_what_is_found_leads_to_its_page():
    from liaison.domain.network import OrganizationKind
    from liaison.services.search import Found, FoundKind
    from liaison.services.sentences import said
    from liaison.ui.search import place_of

    def place(found_kind, **values):
        return place_of(Found(kind=found_kind, id=7, title="Siti", subtitle=said("x", **values)))

    assert place(FoundKind.CASE) == Place(page="journey", record=7)
    assert place(FoundKind.CLAIM) == Place(page="claim", record=7)
    assert place(FoundKind.PERSON).values == {"view": "all", "filter": "Siti"}
    assert place(FoundKind.ORGANIZATION, kind=OrganizationKind.INSURER).values == {"group": "insurers"}
    assert place(FoundKind.CONTACT).page == "network"


def test_the_places_that_are_found_are_pages_that_exist():
    from liaison.ui.pages_list import PAGES as REAL

    assert {"journey", "claim", "journeys", "network", "today"} <= {entry.key for entry in REAL}
