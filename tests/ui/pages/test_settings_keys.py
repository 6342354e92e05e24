"""Keys are changed by pressing others; the page, the menu and this machine know at once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from liaison.domain.roadshows import RoadshowDraft
from liaison.services.roadshows import add_roadshow
from liaison.ui.actions import Scope
from liaison.ui.commands import program_actions
from liaison.ui.main_window import MainWindow
from liaison.ui.own_keys import normal, refusal
from liaison.ui.page_keys import FORM_KEYS, PAGE_KEYS
from liaison.ui.pages_list import PAGES
from tests import make
from tests.ui.test_frame import doings

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def keys_page(office):
    """The keys of a whole program in English, its menus, and what this machine was asked to remember."""

    def open_it():
        place = office("en")
        kept = {}
        object.__setattr__(place.frame.shared, "remember", lambda **changes: kept.update(changes))
        for action in program_actions(place.frame, doings(), PAGES):
            place.frame.desk.actions.add(action)
        menus = MainWindow(place.frame.shared.theme, place.frame.shared.icons)
        place.qtbot.addWidget(menus)
        place.frame.shown.connect(lambda: menus.show_actions(place.frame.desk.actions, place.words))
        return place, place.go("settings", part="keys")._shown, menus, kept

    return open_it


def press(row, key, held=CTRL):
    QTest.keyClick(row.field, Qt.Key.Key_Return)
    QTest.keyClick(row.field, key, held)


def test_another_key_holds_at_once_and_is_kept_and_one_press_brings_the_usual_back(keys_page):
    place, part, menus, kept = keys_page()
    row = part.rows["program.find"]

    press(row, Qt.Key.Key_H)
    held = (row.field.text(), menus.action("program.find").shortcut().toString(), dict(kept), row.back.isVisible())
    row.back.click()

    assert held == ("Ctrl+H", "Ctrl+H", {"keys": {"program.find": "Ctrl+H"}}, True)
    assert kept == {"keys": {}}
    assert menus.action("program.find").shortcut().toString() == "Ctrl+K"
    assert place.frame.top.search.cap.text() == "Ctrl+K"


def test_a_key_that_means_something_already_names_it_and_can_be_taken_from_there(keys_page):
    _place, part, menus, kept = keys_page()
    row = part.rows["program.find"]

    press(row, Qt.Key.Key_L)
    message, offered, before = row.wrong.text(), row.cure.isVisible(), dict(kept)
    row.cure.click()

    assert "Ctrl+L already means “Lock”. Take it from there" in message
    assert offered
    assert before == {}
    assert kept["keys"] == {"program.find": "Ctrl+L", "program.lock": ""}
    assert menus.action("program.lock").shortcut().isEmpty()
    assert not row.wrong.isVisible()


def test_a_key_the_forms_need_is_refused_and_all_can_be_restored(keys_page):
    _place, part, _menus, kept = keys_page()
    row = part.rows["program.backup"]

    press(row, Qt.Key.Key_C)
    needed = row.wrong.text()
    press(row, Qt.Key.Key_S)
    saving = row.wrong.text()
    press(row, Qt.Key.Key_F4, Qt.KeyboardModifier.NoModifier)
    given = dict(kept)
    part.restore()

    assert needed.startswith("Ctrl+C is needed")
    assert "Ctrl+S already means" in saving
    assert given == {"keys": {"program.backup": "F4"}}
    assert kept == {"keys": {}}
    assert row.field.text() == "none"


def test_the_list_of_all_pages_keys_is_what_the_pages_say(office):
    place = office("en")
    day = place.clock.now.date()
    event = make.made(place.store, add_roadshow, RoadshowDraft(series="2026", city="Medan", starts_on=day))
    ids = place.ids | {"roadshow": event, "meeting": event}
    found = {}
    for entry in PAGES:
        place.go(entry.key, ids.get(entry.key))
        for action in place.frame.desk.actions.of_page():
            if action.keys and action.scope is not Scope.ROW:
                keys = tuple(k for k in (action.keys, *action.more_keys) if k)
                known = found.setdefault(action.key, (action.text, keys, set()))
                known[2].add(entry.key)
    listed = {a.key: (a.text, a.keys, set(a.pages)) for a in (*PAGE_KEYS, *FORM_KEYS)}

    assert [k for k, v in found.items() if k not in listed and any(refusal(n) is None for n in v[1])] == []
    assert {key: found.get(key) for key in listed} == listed
    assert all(normal(k) for _text, keys, _pages in found.values() for k in keys)


def test_no_key_of_a_page_is_held_by_the_whole_program(office):
    held = {
        normal(keys): action.key
        for action in program_actions(office("en").frame, doings(), PAGES)
        for keys in (action.keys, *action.more_keys)
        if keys
    }

    twice = {a.key: held[normal(k)] for a in (*PAGE_KEYS, *FORM_KEYS) for k in a.keys if normal(k) in held}

    assert held
    assert twice == {}
