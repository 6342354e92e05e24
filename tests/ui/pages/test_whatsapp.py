"""A message by WhatsApp: seen before it opens, noted once, never a diagnosis."""

from urllib.parse import unquote

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from liaison.domain.work import NoteChannel
from liaison.services import views

pytestmark = pytest.mark.bare


@pytest.fixture
def opened(monkeypatch):
    """The links that were opened."""
    links = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: links.append(url.toString()) or True)
    return links


@pytest.fixture
def place(at_home):
    at_home.go("journey", at_home.ids["journey"])
    at_home.page.setFocus()
    return at_home


def form_of(place):
    return place.page.drawer._form.content


def press(place, letter):
    place.qtbot.keyClick(place.page, letter)
    place.settle()


def case_of(place):
    return place.see(views.journey_view, place.ids["journey"])


def test_w_shows_the_words_first_and_opens_whatsapp_with_them(place, opened):
    press(place, Qt.Key.Key_W)
    form = form_of(place)
    text = form.editor("text").value()
    nothing_yet = list(opened)
    form.editor("receiver").set_value(form.editor("receiver").offered[1])
    place.page.drawer._form.save_button.click()
    place.settle()

    assert nothing_yet == []
    assert "Kantor Medan" in text
    assert opened[0].startswith("https://wa.me/62")
    assert unquote(opened[0].partition("text=")[2]) == text


def test_the_message_is_noted_once_with_its_channel(place, opened):
    before = len([i for i in case_of(place).timeline if i.kind == "note"])
    press(place, Qt.Key.Key_W)
    form = form_of(place)
    form.editor("receiver").set_value(form.editor("receiver").offered[1])
    place.page.drawer._form.save_button.click()
    place.settle()

    notes = [i for i in case_of(place).timeline if i.kind == "note"]
    assert len(notes) == before + 1
    assert notes[0].channel.value == NoteChannel.WHATSAPP.value


def test_the_text_follows_template_and_language_until_somebody_types_in_it(place, opened):
    press(place, Qt.Key.Key_W)
    form = form_of(place)
    indonesian = form.editor("text").value()
    form.editor("language").set_value("en")
    form.editor("language").changed.emit()
    english = form.editor("text").value()
    form.editor("text").set_value("own words")
    form.editor("template").changed.emit()

    assert indonesian != english
    assert form.editor("text").value() == "own words"


def test_no_template_says_the_diagnosis(place, opened):
    case = case_of(place)
    press(place, Qt.Key.Key_W)
    form = form_of(place)
    said = []
    for key in form.editor("template").offered:
        form.editor("template").set_value(key)
        form.editor("template").changed.emit()
        said.append(form.editor("text").value())

    assert case.diagnosis
    assert all(case.diagnosis not in text and case.diagnosis_code not in text for text in said)


def test_c_copies_where_the_case_stands_without_diagnosis_or_numbers(place):
    case = case_of(place)
    press(place, Qt.Key.Key_C)
    copied = QApplication.clipboard().text()

    assert copied.startswith(f"{case.patient.full_name} · {case.case_no}")
    assert case.hospital.name in copied
    assert case.diagnosis_code not in copied and case.diagnosis not in copied
    assert case.cover.policy_no not in copied


def test_a_masked_screen_copies_a_masked_name(place):
    case = case_of(place)
    place.frame.shared.masking.switch()
    place.settle()
    place.page.setFocus()
    press(place, Qt.Key.Key_C)

    assert case.patient.full_name not in QApplication.clipboard().text()
