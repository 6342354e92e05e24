"""What an eye once found wrong on a screen stays mended: guesses, rings, rows that turn, words that stay whole."""

import pytest
from PySide6.QtWidgets import QPushButton, QWidget

from liaison.ui.pages.calling import hours_words
from liaison.ui.pages.journey_panes import NEXT, PERSON
from liaison.ui.pages.meeting import MeetingPage
from liaison.ui.places import Place
from liaison.ui.qss import style_sheet
from liaison.ui.theme import Palette, Theme, Tone, contrast
from liaison.ui.widgets.drawer import FormPane
from liaison.ui.widgets.parts import Head
from liaison.ui.widgets.shapes import Shape
from liaison.ui.widgets.stage_bar import StageBar, StageView, Step
from liaison.ui.widgets.step_row import StepRow

PALETTES = (Palette.LIGHT, Palette.DARK, Palette.CONTRAST)


def rule(theme, selector):
    """The declarations of one rule of the style sheet."""
    sheet = style_sheet(theme)
    return sheet[sheet.index(selector) :].split("{", 1)[1].split("}", 1)[0]


@pytest.mark.parametrize("palette", PALETTES)
def test_a_guess_has_a_border_that_shows_in_every_palette(palette):
    theme = Theme(palette)

    border = rule(theme, 'QLineEdit[guessed="true"], QComboBox').split("border: 2px ")[1].split(";")[0]

    style, colour = border.split()
    assert contrast(colour, theme.hex("surface")) >= 3
    assert (style == "dashed") is (palette is Palette.CONTRAST), "beside a yellow ring the amber one must differ"


@pytest.mark.parametrize("palette", PALETTES)
def test_the_ring_of_the_filled_button_shows_on_the_button_and_on_the_sheet(palette):
    theme = Theme(palette)

    words = rule(theme, 'QPushButton[kind="primary"]:focus')
    ground = words.split("background: ")[1].split(";")[0]
    ring = words.split("solid ")[1].split(";")[0]

    assert theme.outlined or contrast(ring, ground) >= 3, "in high contrast the whole button turns"
    assert contrast(ground, theme.hex("surface")) >= 3
    assert contrast(ring, theme.hex("surface")) >= 3
    assert contrast(theme.hex("onaccent"), ground) >= 4.5


def test_hours_are_said_in_the_shown_language(office):
    desk = office("id").frame.desk

    assert hours_words(desk, "Mon-Sat 08:00-17:00") == "Sen–Sab 08.00–17.00"
    assert hours_words(desk, "Mon, Wed 22:00-06:00") == "Sen, Rab 22.00–06.00"
    assert hours_words(desk, "ask for Priya") == "ask for Priya"


def test_a_step_without_room_says_whose_turn_it_is_on_a_second_line(office, qtbot):
    row = StepRow(office("en").frame.desk, "Complete the original receipts", shape=Shape.WAITING, tone=Tone.AMBER,
                  beside="Gleneagles Hospital Penang")  # fmt: skip
    qtbot.addWidget(row)
    row.resize(600, 30)
    row.show()
    one_line = row.sizeHint().height()

    row.resize(260, 30)

    assert row.sizeHint().height() > one_line
    assert row.toolTip() == "", "both are whole"


def test_a_stage_that_is_shortened_is_whole_in_its_tip(qapp, qtbot):
    bar = StageBar(Theme(Palette.LIGHT), name="Stages")
    qtbot.addWidget(bar)
    note = "Follow-up and claims since 13 October 2026, for the whole family"
    bar.show_stages([StageView(word="Home", note=note, step=Step.CURRENT)] * 6)
    bar.resize(600, 70)

    assert bar.tip(5) == note


def test_the_badge_and_the_buttons_of_a_head_go_below_the_title_where_there_is_no_room(office, qtbot):
    desk = office("en").frame.desk
    from liaison.ui.widgets.badge import waiting

    head = Head(desk, "Kartini Ginting", badge=waiting("Waiting for Gleneagles Hospital Penang"),
                buttons=[QPushButton("Move stage")])  # fmt: skip
    qtbot.addWidget(head)
    head.resize(1200, 60)
    head.show()
    assert not head._is_below

    head.resize(360, 90)
    qtbot.wait(1)

    assert head._is_below and head._is_badge_below
    assert head.minimumSizeHint().width() <= 360


def test_a_laptop_is_reported_lost_by_one_button(office):
    page = office("en").go("lost")

    buttons = [b for b in page.findChildren(QPushButton) if b.isVisible() and "lost laptop" in b.text()]

    assert buttons == [page.button]


def test_the_sides_of_a_case_share_one_side_in_large_text(office):
    place = office("en")
    page = place.go("journey", place.ids["journey"])
    assert not page.panes.shared

    place.frame.desk.theme.set_zoom(200)
    place.settle()

    assert page.panes.shared
    assert page.drawer.isVisible() and not page.person.isVisible()
    page.panes.show_side(PERSON)
    assert page.person.isVisible() and not page.drawer.isVisible()
    page._reveal("papers")
    assert page.panes.switch.value() == NEXT
    place.frame.desk.theme.set_zoom(100)
    place.settle()
    assert page.person.isVisible() and page.drawer.isVisible()


@pytest.mark.parametrize(("page", "squeezed"), [("claim", "what"), ("letter", "kind")])
def test_the_words_of_a_line_keep_their_room_in_the_smallest_window(office, page, squeezed):
    place = office("en", size=(1024, 520))
    shown = place.go(page, place.ids[page])

    column = next(n for n, c in enumerate(shown.view.table.columns) if c.key == squeezed)

    assert shown.view.columnWidth(column) >= 100
    assert shown.panes.shared, "the facts and what is next share one side"
    shown.panes.switch.choose("person")
    shown.panes.show_side("person")
    assert shown.facts.isVisible() and not shown.drawer.isVisible()


def test_the_title_of_a_form_starts_like_a_sentence(office, qtbot):
    pane = FormPane(office("id").frame.desk, title="identitas dilihat", content=QWidget(), save=None)
    qtbot.addWidget(pane)

    assert pane.accessibleName() == pane.title == "Identitas dilihat"


def test_the_two_parts_of_a_meeting_stand_above_each_other_in_large_text(office, qtbot):
    desk = office("en").frame.desk
    page = MeetingPage(desk, Place(page="meeting", record=1))
    qtbot.addWidget(page)
    page.resize(800, 800)
    page.show()
    qtbot.wait(1)
    assert page.here.x() > page.last.x()

    desk.theme.set_zoom(200)
    page.resize(801, 800)
    qtbot.wait(1)

    assert page.here.y() > page.last.y()
    desk.theme.set_zoom(100)
