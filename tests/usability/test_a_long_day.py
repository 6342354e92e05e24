"""A long day at the window: what a page made goes with it."""

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from liaison.ui.pages_list import PAGES


def widgets():
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return len(QApplication.allWidgets())


def through_all(at_desk):
    for page in PAGES:
        if page.on_rail:
            at_desk.go(page.key)
    at_desk.go("today")


def test_going_through_the_pages_again_leaves_no_widget_behind(at_desk):
    through_all(at_desk)
    before = widgets()

    through_all(at_desk)

    assert widgets() == before


def test_changing_the_language_leaves_no_widget_behind(at_desk):
    at_desk.program.set_language("en")
    at_desk.program.set_language("id")
    before = widgets()

    at_desk.program.set_language("en")
    at_desk.program.set_language("id")

    assert widgets() == before
