"""Whom do I call now: one key copies, opens WhatsApp, shows the card, marks as verified."""

import datetime as dt

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest

from liaison.services import network
from liaison.ui.pages.calling import both_clocks
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.qr_code import QrCode
from tests import make


def texts(widget):
    return "\n".join(label.whole_text() for label in widget.findChildren(Label))


@pytest.fixture
def page(at_home):
    made = at_home.go("network", at_home.ids["hospital"])
    made.view.go_to_id(at_home.ids["hospital"])
    at_home.settle()
    return made


def press(page, key):
    QTest.keyClick(page.view, key)


def test_t_copies_the_number_that_answers_now(page):
    press(page, Qt.Key.Key_T)

    assert QGuiApplication.clipboard().text() == "+60 4-555 0142"


def test_w_opens_the_chat(page, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))

    press(page, Qt.Key.Key_W)

    assert opened == ["https://wa.me/6045550142"]


def test_q_shows_the_card_as_a_code_and_its_text_can_be_copied(page):
    press(page, Qt.Key.Key_Q)
    code = page.drawer.form.content.findChild(QrCode)
    page.drawer.form.save_button.click()

    assert code.modules >= 21
    assert "TEL;TYPE=WORK:+6045550142" in QGuiApplication.clipboard().text()


def test_c_copies_what_a_colleague_needs(page):
    press(page, Qt.Key.Key_C)

    text = QGuiApplication.clipboard().text()
    assert text.startswith("Island Hospital")
    assert "+60 4-555 0142" in text
    assert "24h" in text


def test_v_marks_the_desk_as_verified_today_and_undo_takes_it_back(at_home, page):
    press(page, Qt.Key.Key_V)
    at_home.settle()
    fresh = at_home.see(network.organization, at_home.ids["hospital"]).contacts[0].last_verified_on
    at_home.frame.undo()
    at_home.settle()

    assert fresh == at_home.frame.desk.today()
    assert at_home.see(network.organization, at_home.ids["hospital"]).contacts[0].last_verified_on is None


def test_the_card_says_that_it_is_open_and_the_time_on_both_clocks(page):
    shown = texts(page.card)

    assert "+60 4-555 0142" in shown
    assert "WIB" in shown
    assert "MYT" in shown


def test_a_moment_is_told_in_both_zones_with_its_day(at_home):
    moment = dt.datetime(2026, 11, 23, 0, 0, tzinfo=dt.UTC)

    there = both_clocks(at_home.frame.desk, moment, "Asia/Kuala_Lumpur").replace("\u00a0", " ")
    here = both_clocks(at_home.frame.desk, moment, "Asia/Jakarta").replace("\u00a0", " ")
    assert there == "Senin 08.00 MYT (07.00 WIB)"
    assert here == "Senin 07.00 WIB"


def test_contacts_are_one_list_with_their_house_and_open_its_card(at_home, page):
    page._switch("contacts")
    at_home.settle()
    page = at_home.page
    page.view.go_to_row(0)
    at_home.settle()

    assert page.view.current_row().house == "Island Hospital"
    assert "Island Hospital" in texts(page.card)


def test_a_city_a_service_and_a_language_narrow_the_list_through_its_filter(at_home, page):
    make.hospital(at_home.store, name="KPJ Johor", city="Johor Bahru", specialties=("Kardiologi",))
    page.load()
    for name, value, shown in (("City", "Johor Bahru", "KPJ Johor"), ("City", "Penang", "Island Hospital")):
        page.narrowers[name].set_value(value)
        page.narrowers[name].changed.emit()
        assert [page.table.row_at(n).name for n in range(page.table.count)] == [shown]
    assert page.bar.filter.text() == 'kota:"Penang"'
    page.narrowers["City"].set_value(None)
    page.narrowers["City"].changed.emit()
    page.narrowers["Service"].set_value("Kardiologi")
    page.narrowers["Service"].changed.emit()

    assert page.bar.filter.text() == '"Kardiologi"'
    assert page.table.count == 1
    page.bar.filter.set_text("", tell=True)
    assert page.narrowers["Service"].value() is None


def test_the_network_has_columns_groups_and_views_like_every_list(at_home, page):
    make.hospital(at_home.store, name="KPJ Johor", city="Johor Bahru")
    page.columns.switch("night")
    page.group_by("city")
    page.views.keep_as()
    page.naming.line.setText("Malam")
    QTest.keyClick(page.naming.line, Qt.Key.Key_Return)

    page = at_home.go("network")
    assert [v.name for v in page.views.kept] == ["Malam"]
    page.look_like(page.views.kept[0])

    assert [page.table.group_at(n).badge.text for n in page.table.header_rows()] == ["Johor Bahru", "Penang"]
    assert "night" in {c.key for c in page.table.columns if not c.hidden}
    assert at_home.go("network", part="insurers").views.kept == ()


def test_numbers_are_copied_as_text_and_the_list_goes_into_a_workbook(at_home, page, tmp_path):
    page.view.selectAll()
    page.copying.with_titles()
    mime = QGuiApplication.clipboard().mimeData()
    assert "+60" in mime.text()
    assert r"mso-number-format:'\@'" in mime.html()

    page.export.write_to(tmp_path / "jejaring.xlsx")
    book = openpyxl.load_workbook(tmp_path / "jejaring.xlsx")
    assert book.worksheets[0].max_row == 1 + page.table.count


def paste(at_home, text):
    QGuiApplication.clipboard().setText(text)
    at_home.page.copying.paste()
    at_home.settle()
    return at_home.page


def test_rows_of_houses_are_pasted_after_a_preview_and_one_undo_takes_them_back(at_home, page):
    before = page.table.count
    review = paste(
        at_home,
        "Rumah sakit\tKota\tTelepon\nGleneagles Penang\tPenang\t+60 4-555 0999\nIsland Hospital\tPenang\t",
    )
    assert [row.fate for row in (review.table.row_at(n) for n in range(review.table.rowCount())) if row] == [
        "new", "same",
    ]  # fmt: skip
    review._bring()
    at_home.settle()

    assert at_home.page.place.page == "network"
    assert at_home.page.table.count == before + 1
    at_home.frame.undo()
    at_home.settle()
    assert at_home.page.table.count == before


def test_rows_without_headings_are_taken_in_the_order_of_the_list(at_home, page):
    review = paste(at_home, "Gleneagles Penang\tPenang\t+60 4-555 0999\nKPJ Johor\tJohor Bahru\t+60 7-555 0101")
    review._bring()
    at_home.settle()
    found = {h.name: h.city for h in at_home.see(network.hospitals)}
    assert found["KPJ Johor"] == "Johor Bahru"
    assert found["Gleneagles Penang"] == "Penang"


def test_a_desk_is_taken_off_and_comes_back_with_one_undo(at_home, page):
    contact = at_home.see(network.organization, at_home.ids["hospital"]).contacts[0]
    page.card._remove_desk(contact)
    at_home.settle()
    gone = at_home.see(network.organization, at_home.ids["hospital"]).contacts
    at_home.frame.undo()
    at_home.settle()

    assert gone == ()
    assert at_home.see(network.organization, at_home.ids["hospital"]).contacts[0].id == contact.id


def test_chosen_rows_are_saved_as_vcards_of_desks_only(at_home, page, tmp_path):
    target = tmp_path / "kontak.vcf"

    page.save_cards(target)
    at_home.settle()

    text = target.read_text(encoding="utf-8")
    assert "TEL;TYPE=WORK:+6045550142" in text
    assert text.count("BEGIN:VCARD") == text.count("END:VCARD") >= 1
