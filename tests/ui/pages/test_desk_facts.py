"""What a desk asks of those who write to it, on its card and beside a letter."""

import datetime as dt

import pytest

from liaison.domain.network import RequestChannel
from liaison.services import network
from liaison.services.network_calls import letter_desk
from liaison.ui.pages.desk_facts import LetterDeskNote, checked_badge, letter_hour_words
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.shapes import Shape
from tests import make


def texts(widget):
    return "\n".join(label.whole_text() for label in widget.findChildren(Label)).replace("\u00a0", " ")


@pytest.fixture
def house(at_home):
    """An Indonesia desk and a letter desk that takes papers by its portal until eleven."""
    key = at_home.ids["hospital"]
    desk = make.contact_draft(
        organization_id=key, desk="GL_DESK", cut_off="11:00", hours="Mon-Fri 08:00-17:00",
        channel=RequestChannel.PORTAL, channel_note="portal.island.example", deposit_rule="RM2.000",
    )  # fmt: skip
    make.do(at_home.store, network.add_contact, desk)
    return at_home.see(network.organization, key)


def test_after_the_cut_off_papers_count_for_the_next_working_day(at_home, house):
    desk = at_home.frame.desk  # a Friday, 15.05 there

    text, shape, _tone = letter_hour_words(desk, house, letter_desk(house))

    assert "11.00" in text
    assert "Senin" in text
    assert shape is Shape.WAITING


def test_beside_a_letter_stand_way_hour_and_deposit(at_home, qtbot, house):
    note = LetterDeskNote(at_home.frame.desk, house.id)
    qtbot.addWidget(note)
    at_home.settle()

    shown = texts(note)
    assert "portal, portal.island.example" in shown
    assert "RM2.000" in shown


def test_a_check_fades_after_90_days_and_is_marked_after_180(at_home):
    desk = at_home.frame.desk
    ages = (10, 91, 181)

    shapes = [checked_badge(desk, desk.today() - dt.timedelta(days=n)).shape for n in ages]

    assert shapes == [Shape.DONE, Shape.CLOSED, Shape.WARNING]
    assert checked_badge(desk, None).shape is Shape.WARNING


def test_the_card_says_when_the_house_itself_was_verified(at_home, house):
    at_home.do(network.verify_organization, house.id)
    page = at_home.go("network", house.id)
    page.view.go_to_id(house.id)
    at_home.settle()

    day = at_home.frame.desk.formats.date(at_home.frame.desk.today()).replace("\u00a0", " ")
    assert f"Dicek {day}" in texts(page.card)
