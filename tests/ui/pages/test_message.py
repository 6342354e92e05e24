"""The form of a pasted message: guesses marked until seen, people who may be the same, nothing lost on the way."""

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from liaison.services import network
from liaison.ui.pages.same_person import same_words
from tests.ui.secrets_of import everything_said

pytestmark = pytest.mark.bare

MESSAGE = "Istri saya Suyanti 46th Medan mau kontrol jantung ke Penang tgl 28, wa saya 0812-3456-7890"


@pytest.fixture
def pasted(at_home):
    """The form with the message in it, in an office that knows a Suyanti with that number."""
    QApplication.clipboard().setText(MESSAGE)
    at_home.go("message")
    at_home.settle(250)
    return at_home


def test_each_guess_says_which_words_it_comes_from(pasted):
    form = pasted.page.form

    assert form.editor("age_said").inner().accessibleDescription() == "Ditebak dari pesan: “46th”"
    assert form.editor("city").inner().property("guessed") == "true"
    assert form.unseen[:3] == ("full_name", "age_said", "sex")


def test_a_guess_is_seen_once_its_field_is_left_or_changed(pasted):
    form = pasted.page.form
    form.editor("full_name").inner().setFocus()
    pasted.settle()
    form.editor("age_said").inner().setFocus()
    pasted.settle()

    form.editor("city").retype("Binjai")
    form.editor("city").changed.emit()

    assert not {"full_name", "city"} & set(form.unseen)
    assert form.editor("city").inner().property("guessed") == "false"


def test_a_message_read_again_leaves_what_was_typed(pasted):
    form = pasted.page.form
    form.editor("city").retype("Binjai")
    form.editor("city").changed.emit()

    form.text.box.setPlainText(MESSAGE.replace("Medan", "Siantar").replace("46th", "47th"))
    pasted.page._read_text()

    assert form.editor("city").typed() == "Binjai"
    assert form.editor("age_said").typed() == "47th"


def test_what_the_message_no_longer_says_goes(pasted):
    form = pasted.page.form

    form.text.box.setPlainText("Suyanti, Medan")
    pasted.page._read_text()

    assert form.editor("phone").typed() == ""
    assert "phone" not in form.unseen


def test_the_same_person_is_offered_and_never_taken_by_itself(pasted):
    page = pasted.page

    assert [s.id for s in page._similar] == [pasted.ids["patient"]]
    page.use_first()
    assert not page.form.boxes["full_name"].isEnabled()

    page.enter_new()
    assert page.form.boxes["full_name"].isEnabled()
    assert page.form.editor("full_name").typed() == "Suyanti"


def test_what_stands_in_the_form_survives_being_built_anew(pasted):
    form = pasted.page.form
    form.editor("city").retype("Binjai")
    form.editor("city").changed.emit()
    unseen = form.unseen

    pasted.frame.rebuild_page()
    pasted.settle(250)

    again = pasted.page.form
    assert again is not form
    assert again.text.typed() == MESSAGE
    assert again.editor("city").typed() == "Binjai"
    assert again.unseen == unseen


def test_what_was_typed_wins_over_what_was_copied_when_the_page_is_built_anew(pasted):
    form = pasted.page.form
    form.text.box.setPlainText("Budi Santoso, Binjai, wa 0811-7000-100")
    pasted.page._read_text()

    pasted.frame.rebuild_page()
    pasted.settle(250)

    assert pasted.page.form.editor("full_name").typed() == "Budi Santoso"


def test_the_person_chosen_survives_being_built_anew(pasted):
    pasted.page.use_first()

    pasted.frame.rebuild_page()
    pasted.settle(250)

    assert pasted.page._known is not None
    assert pasted.page._known.id == pasted.ids["patient"]
    assert not pasted.page.form.boxes["full_name"].isEnabled()


def test_another_message_left_half_filled_in_is_offered(pasted):
    pasted.page.form.text.changed.emit()
    pasted.go("today")
    QApplication.clipboard().setText("Budi, Medan, wa 0811-7000-100")

    pasted.go("message")
    pasted.settle(50)

    assert pasted.page.form.editor("full_name").typed() == "Budi"
    assert pasted.page.offer.isVisible()
    pasted.page._take_up()
    assert pasted.page.form.editor("full_name").typed() == "Suyanti"


def test_an_insurer_not_on_record_is_said_and_can_be_added(at_home):
    QApplication.clipboard().setText(MESSAGE.replace("tgl 28", "tgl 28, asuransi Harta Sehat"))
    page = at_home.go("message")
    at_home.settle(250)
    (add,) = [b for b in page.side.findChildren(QPushButton) if "Harta Sehat" in b.text()]

    add.click()
    at_home.settle(250)

    chosen = page.form.editor("insurer_id").value()
    assert at_home.see(network.organization, chosen).name == "Harta Sehat"
    assert not [b for b in page.side.findChildren(QPushButton) if "Harta Sehat" in b.text()]
    page._read_text()
    assert page.form.editor("insurer_id").value() == chosen


def test_how_alike_a_person_on_record_is_is_said_in_words(pasted):
    told = same_words(pasted.page.desk, pasted.page._similar[0], with_score=True)

    assert told.rpartition(" · ")[2] in ("nama sama", "same name")
    assert "100" not in told
    assert "-" not in told.replace("-\u2060", "")


def test_the_message_is_out_of_sight_while_people_are_hidden_and_comes_back_as_it_was(pasted):
    pasted.page.form.editor("city").retype("Binjai")
    pasted.page.form.editor("city").changed.emit()

    pasted.frame.shared.masking.switch()
    pasted.settle(250)
    said = " ".join(text for text in everything_said(pasted.frame) if text)
    for _second in range(5):
        pasted.frame.typing.look()
    pasted.go("message")
    pasted.page.show_button.click()
    pasted.settle(250)

    assert "Suyanti" not in said
    assert "3456" not in said
    assert pasted.page.form.editor("full_name").typed() == "Suyanti"
    assert pasted.page.form.editor("city").typed() == "Binjai"


def test_the_words_of_a_guess_are_lit_behind_an_emoji_too(at_home):
    QApplication.clipboard().setText("😀😀 Pagi, istri saya Suyanti 46th, wa 0812-3456-7890")
    at_home.go("message")
    at_home.settle(50)

    lit = {s.cursor.selectedText() for s in at_home.page.form.text.box.extraSelections()}
    assert {"Suyanti", "46th"} <= lit
