"""The counter itself: it must not count too little."""

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit

from tests.usability.counting import OverBudget


def test_a_chord_counts_one_and_a_typed_word_its_letters(at_desk, acting):
    window = at_desk.program.window

    acting.keys("Ctrl+K")
    acting.type("siti")

    assert isinstance(QApplication.focusWidget(), QLineEdit)
    assert QApplication.focusWidget().text() == "siti"
    assert acting.count == 5
    assert window.isActiveWindow()


def test_going_over_the_budget_fails_and_says_what_was_done(at_desk, acting):
    with pytest.raises(OverBudget, match="3 actions instead of 2: Ctrl"), acting.within(2):
        acting.keys("Ctrl+K", "A", "B")
