"""Keys of one's own: which may be chosen, who holds them, and what is left of a kept list that makes no sense."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest

from liaison.i18n import Language
from liaison.ui.actions import Action, Actions, Menu
from liaison.ui.own_keys import Keyed, Why, holder, keys_now, normal, refusal, settled
from liaison.ui.page_keys import FORM_KEYS, PAGE_KEYS
from liaison.ui.widgets.key_field import KeyField

FIND = Keyed(key="find", text="Find", keys=("Ctrl+K",))
REDO = Keyed(key="redo", text="Redo", keys=("Ctrl+Y", "Ctrl+Shift+Z"))
BACKUP = Keyed(key="backup", text="Back up now")
CASE = Keyed(key="case", text="Move", keys=("Ctrl+M",), pages=frozenset({"journey"}))
CLAIM = Keyed(key="claim", text="Move", keys=("Ctrl+M",), pages=frozenset({"claim"}))
ALL = [FIND, REDO, BACKUP, CASE, CLAIM]


@pytest.mark.parametrize("keys", ["Ctrl+J", "Ctrl+Shift+F5", "F9", "Alt+S", "Alt+Left", "Ctrl++", "Ctrl+,"])
def test_keys_that_may_be_chosen(keys):
    assert refusal(keys) is None


@pytest.mark.parametrize(
    ("keys", "why"),
    [("K", Why.TYPED), ("Shift+K", Why.TYPED), ("Ctrl+C", Why.NEEDED), ("Alt+F4", Why.NEEDED), ("Tab", Why.NEEDED),
     ("Ctrl+Return", Why.NEEDED), ("Esc", Why.NEEDED), ("Meta+K", Why.NEEDED), ("Ctrl+Alt+3", Why.NEEDED),
     ("Ctrl+Alt+Del", Why.NEEDED), ("F10", Why.NEEDED), ("", Why.UNKNOWN), ("Ctrl+Nonsense", Why.UNKNOWN),
     ("Ctrl+K, Ctrl+L", Why.UNKNOWN)],
)  # fmt: skip
def test_keys_that_nobody_may_choose_say_why(keys, why):
    assert refusal(keys) is why


def test_two_pages_may_share_a_key_and_what_holds_everywhere_may_not():
    assert holder(ALL, {}, CLAIM, "Ctrl+M") is None
    assert holder(ALL, {}, CLAIM, "Ctrl+K") is FIND
    assert holder(ALL, {}, FIND, "Ctrl+M") is CASE
    assert holder(ALL, {}, FIND, "Ctrl+Shift+Z") is REDO
    assert holder(ALL, {"case": "", "claim": "F9"}, FIND, "Ctrl+M") is None


def test_two_actions_may_change_places():
    kept = {"find": "Ctrl+Y", "redo": "Ctrl+K"}

    assert settled(ALL, kept) == kept


@pytest.mark.parametrize(
    "kept",
    [{"find": "rubbish"}, {"find": "Ctrl+C"}, {"find": "k"}, {"gone": "F9"}, {"find": "Ctrl+Y"}, {"case": "Ctrl+K"},
     {"find": "Ctrl+K"}],
)  # fmt: skip
def test_a_kept_key_that_cannot_hold_falls_back_to_the_usual_one(kept):
    assert settled(ALL, kept) == {}


def test_when_one_of_two_that_changed_places_falls_back_the_other_does_too():
    assert settled(ALL, {"find": "Ctrl+Y", "redo": "rubbish"}) == {}


def test_an_action_may_be_without_a_key_or_be_given_its_first():
    own = settled(ALL, {"find": "", "backup": "ctrl+k"})

    assert own == {"find": "", "backup": "Ctrl+K"}
    assert keys_now(FIND, own) == ()


some_keys = st.sampled_from(["", "Ctrl+K", "Ctrl+Y", "Ctrl+Shift+Z", "Ctrl+M", "F9", "K", "Ctrl+C", "?!"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(kept=st.dictionaries(st.sampled_from([a.key for a in ALL]), some_keys))
def test_whatever_was_kept_no_key_has_two_meanings_at_once(kept):
    own = settled(ALL, kept)

    assert all(holder(ALL, own, action, keys) is None for action in ALL for keys in keys_now(action, own))
    assert settled(ALL, own) == own


def test_the_usual_keys_of_all_pages_are_free_of_one_another():
    usual = [*PAGE_KEYS, *FORM_KEYS]

    assert settled(usual, {}) == {}
    assert all(holder(usual, {}, a, k) is None for a in usual for k in keys_now(a, {}))
    assert all(normal(k) == k for a in usual for k in a.keys)
    assert all(a.may_change for a in PAGE_KEYS)
    assert not any(a.may_change for a in FORM_KEYS)


def test_the_registry_shows_the_keys_that_hold_and_says_when_they_change():
    said = []
    actions = Actions(
        [Action(key="program.find", text="Find", keys="Ctrl+K", run=print, menu=Menu.EDIT)],
        own={"program.find": "Ctrl+H", "journeys.new": "Ctrl+K"}, changed=lambda: said.append(True),
    )  # fmt: skip
    actions.show_page([Action(key="journeys.new", text="New journey", keys="Ctrl+N", run=print)])

    assert [(a.key, a.keys) for a in actions] == [("program.find", "Ctrl+H"), ("journeys.new", "Ctrl+K")]
    assert actions.keys_of("journeys.new", "Ctrl+N") == "Ctrl+K"
    assert ("Ctrl+H", "Find") in actions.key_sheet(Language("en"))

    actions.use({})

    assert said == [True]
    assert [a.keys for a in actions] == ["Ctrl+K", "Ctrl+N"]


def test_a_field_takes_the_next_keys_and_esc_or_leaving_changes_nothing(qtbot):
    field = KeyField(Language("en"), name="Find")
    qtbot.addWidget(field)
    field.show_keys("Ctrl+K")
    field.show()
    pressed = []
    field.pressed_keys.connect(pressed.append)

    QTest.keyClick(field, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(field, Qt.Key.Key_Return)
    asks = field.text()
    QTest.keyClick(field, Qt.Key.Key_Control)
    QTest.keyClick(field, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    field.click()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    field.click()
    field.focusOutEvent(QFocusEvent(QEvent.Type.FocusOut))

    assert asks == "Press the keys…"
    assert pressed == ["Ctrl+Shift+J"]
    assert not field.listening
    assert field.accessibleName() == "Find: Ctrl+K"
