"""Fields that name another record, and the list under a line."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison.ui.typed import Unreadable
from liaison.ui.widgets.lookup_edit import LookupEdit
from liaison.ui.widgets.suggest import Suggestion

HOSPITALS = {1: "Island Hospital", 2: "Gleneagles Hospital Penang", 3: "Sunway Medical Centre"}


def find(session, text):
    return [Suggestion(text=name, value=key) for key, name in HOSPITALS.items() if text.casefold() in name.casefold()]


def describe(session, key):
    return Suggestion(text=HOSPITALS[key], value=key)


@pytest.fixture
def lookup(desk, qtbot):
    holder = QWidget()
    holder.resize(500, 400)
    edit = LookupEdit(desk, find, describe=describe, create=True)
    edit.set_name("Rumah sakit")
    QVBoxLayout(holder).addWidget(edit)
    qtbot.addWidget(holder)
    holder.show()
    holder.activateWindow()
    edit.setFocus()
    qtbot.waitUntil(edit.line.hasFocus)
    edit.holder = holder
    return edit


def type_and_wait(lookup, qtbot, text):
    qtbot.keyClicks(lookup.line, text)
    qtbot.waitUntil(lambda: lookup.suggest.isVisible())


def test_typing_offers_what_is_found_and_enter_takes_it(lookup, qtbot):
    type_and_wait(lookup, qtbot, "hosp")
    qtbot.keyClick(lookup.line, Qt.Key.Key_Down)
    qtbot.keyClick(lookup.line, Qt.Key.Key_Return)

    assert lookup.value() == 2
    assert lookup.line.text() == "Gleneagles Hospital Penang"
    assert not lookup.suggest.isVisible()


def test_the_last_row_creates_what_was_typed(lookup, qtbot):
    wanted = []
    lookup.create_wanted.connect(wanted.append)

    type_and_wait(lookup, qtbot, "Atlantis")
    qtbot.keyClick(lookup.line, Qt.Key.Key_Return)

    assert wanted == ["Atlantis"]


def test_words_that_name_nothing_yet_are_refused(lookup, qtbot):
    qtbot.keyClicks(lookup.line, "Isl")

    with pytest.raises(Unreadable):
        lookup.value()


def test_a_record_already_chosen_shows_its_words_and_clearing_it_names_nothing(lookup, qtbot):
    told = []
    lookup.found.connect(told.append)
    lookup.set_value(3)
    assert lookup.line.text() == "Sunway Medical Centre"
    assert lookup.value() == 3

    lookup.line.clear()
    lookup.line.editingFinished.emit()

    assert lookup.value() is None
    assert told == [None]


def test_escape_closes_the_list_and_keeps_the_text(lookup, qtbot):
    type_and_wait(lookup, qtbot, "sun")

    qtbot.keyClick(lookup.line, Qt.Key.Key_Escape)

    assert not lookup.suggest.isVisible()
    assert lookup.line.text() == "sun"


def test_a_heading_is_never_taken(lookup, qtbot):
    rows = [Suggestion(text="Orang", head=True), Suggestion(text="Siti", value=1), Suggestion(text="Klaim", head=True),
            Suggestion(text="K-1", value=2)]  # fmt: skip
    lookup.suggest.offer(rows)
    assert lookup.suggest.list.currentIndex().row() == 1

    qtbot.keyClick(lookup.line, Qt.Key.Key_Down)

    assert lookup.suggest.list.currentIndex().row() == 3
