"""What the foot of the window says of something done, and of something that was not."""

import pytest
from PySide6.QtWidgets import QWidget

from liaison.i18n import Language
from liaison.ui.widgets import toast
from liaison.ui.widgets.shapes import Shape
from liaison.ui.widgets.toast import Toast


@pytest.fixture
def over(theme, qtbot):
    parent = QWidget()
    parent.resize(900, 600)
    qtbot.addWidget(parent)
    parent.show()
    return Toast(parent, theme, Language("en"), lambda: None)


def test_what_is_done_carries_the_tick_and_can_be_undone(over):
    over.say("Case opened", undo=True)

    assert over.sign.shape is Shape.DONE
    assert over.button.isVisible()
    assert over.accessibleName() == "Case opened"


def test_a_refusal_carries_another_sign_and_is_read_out_at_once_as_what_it_is(over, monkeypatch):
    said = []
    monkeypatch.setattr(toast, "announce", lambda _widget, text, *, at_once=False: said.append((text, at_once)))
    over.say("This case is no longer here.", undo=False, refused=True)
    over.say("Saved", undo=False)

    assert said == [("Not done: This case is no longer here.", True), ("Saved", False)]
    assert over.sign.shape is Shape.DONE
    over.say("This case is no longer here.", undo=False, refused=True)
    assert over.sign.shape is not Shape.DONE
    assert not over.button.isVisible()
