"""Printed reports: found again, opened as they were, printed once more, and who holds which copy."""

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter

from liaison.domain.custody import CopyDraft, CopyState
from liaison.services import confirmations, custody, list_of_releases
from liaison.services.changes import today
from liaison.ui.pages import printed_forms, printed_report, report_leaving
from tests.ui.pages.test_reports import case_no, disclosures
from tests.ui.walk import nameless


def print_one(office, tmp_path, **values):
    page = office.go("reports", **values)
    office.settle(100)
    page.leaving.agreed, page.leaving.open_because = "", "rumah sakit tidak dapat membuka berkas terkunci"
    page.save_to(tmp_path / "bericht.pdf")
    office.settle(50)
    return office.see(list_of_releases.release_lines)[0], (tmp_path / "bericht.pdf").read_bytes()


def test_a_printed_report_is_opened_as_it_was_and_saved_again_with_the_same_bytes(at_home, tmp_path):
    line, printed = print_one(at_home, tmp_path, name="case_summary", case=case_no(at_home), audience="hospital")
    listed = at_home.go("printed_reports")
    at_home.settle(50)
    listed.card.edit()
    at_home.settle(100)
    page = at_home.page
    page.save_to(tmp_path / "terbuka.pdf")
    assert not (tmp_path / "terbuka.pdf").exists(), "it leaves sealed, or with a reason of its own"
    page.reason.set_value("rumah sakit tidak dapat membuka berkas terkunci")
    page.save_to(tmp_path / "nochmal.pdf")
    at_home.settle(50)

    assert page.opened.view.id == line.id
    assert (tmp_path / "nochmal.pdf").read_bytes() == printed
    assert len(at_home.see(disclosures)) == 2
    assert at_home.troubles == []


def test_a_person_s_paper_saved_again_is_sealed_with_the_password_that_stands_there(at_home, tmp_path):
    line, _printed = print_one(at_home, tmp_path, name="case_summary", case=case_no(at_home), audience="hospital")
    page = at_home.go("printed_report", line.id)
    at_home.settle(50)
    page.password.set_value("kunci-rahasia-77")
    page.save_to(tmp_path / "sealed.pdf")
    at_home.settle(50)

    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(tmp_path / "sealed.pdf")
    assert len(pypdfium2.PdfDocument(tmp_path / "sealed.pdf", password="kunci-rahasia-77")) == line.pages


def test_while_people_are_hidden_a_paper_that_names_them_stays_closed(at_home, tmp_path):
    line, _printed = print_one(at_home, tmp_path, name="case_summary", case=case_no(at_home), audience="hospital")
    at_home.frame.shared.masking.switch()
    at_home.settle(50)

    page = at_home.go("printed_report", line.id)
    at_home.settle(100)
    preview = at_home.go("reports", name="case_summary", case=case_no(at_home), audience="hospital")
    at_home.settle(100)

    assert page.pdf.pages == 0
    assert preview.pdf.pages == 0
    assert preview.pdf.closed.isVisible()


@pytest.mark.parametrize("language", ["id", "en"])
def test_copies_are_handed_out_and_come_back_in_the_card(office, language, tmp_path):
    place = office(language, size=(1024, 520))
    line, _printed = print_one(place, tmp_path, name="city_briefing", city="Medan")
    page = place.go("printed_reports")
    place.settle(50)
    printed_forms.copy_form(page.bench, line.id)
    form = page.drawer.form.content
    form.editor("handed_to").set_value("Ibu Ratna")
    page.drawer.form.save_button.click()
    place.settle(50)
    (copy,) = place.see(custody.copies_of, line.id)
    printed_forms.end_copy_form(page.bench, copy.id, CopyState.DESTROYED, version=copy.version)
    page.drawer.form.save_button.click()
    place.settle(50)

    assert [c.state for c in place.see(custody.copies_of, line.id)] == [CopyState.DESTROYED]
    assert nameless(place.frame) == []
    least = place.frame.minimumSizeHint()
    assert (least.width() <= 1024, least.height() <= 520) == (True, True)
    assert place.troubles == []


def test_a_copy_that_is_out_stands_in_the_list(at_home, tmp_path):
    line, _printed = print_one(at_home, tmp_path, name="city_briefing", city="Medan")
    at_home.do(custody.hand_out, line.id, CopyDraft(handed_to="Ratna", handed_on=at_home.see(today)))
    page = at_home.go("printed_reports")
    at_home.settle(50)

    assert page.view.current_row().out == 1


def to_file(monkeypatch, module, target):
    """Every print goes into a PDF, without a dialog."""
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    monkeypatch.setattr(module, "ask_printer", lambda _desk, _parent, **_more: printer)


def withdraw_consents(office):
    for one in office.see(confirmations.confirmations, office.ids["journey"]):
        office.do(confirmations.withdraw_confirmation, one.id)


def test_a_paper_is_not_printed_again_once_its_consent_is_withdrawn(at_home, tmp_path, monkeypatch):
    line, _printed = print_one(at_home, tmp_path, name="case_summary", case=case_no(at_home), audience="hospital")
    page = at_home.go("printed_report", line.id)
    at_home.settle(50)
    to_file(monkeypatch, printed_report, tmp_path / "again.pdf")
    withdraw_consents(at_home)

    page.print_button.click()
    at_home.settle(100)

    assert not (tmp_path / "again.pdf").exists()
    assert len(at_home.see(disclosures)) == 1


def test_a_paper_without_a_ground_is_not_printed(at_home, tmp_path, monkeypatch):
    withdraw_consents(at_home)
    page = at_home.go("reports", name="case_summary", case=case_no(at_home), audience="hospital")
    at_home.settle(100)
    to_file(monkeypatch, report_leaving, tmp_path / "first.pdf")

    page.leaving.print()
    at_home.settle(100)

    assert not (tmp_path / "first.pdf").exists()
    assert at_home.see(disclosures) == []
    assert at_home.troubles == []


def test_a_paper_with_its_ground_is_printed_and_on_record(at_home, tmp_path, monkeypatch):
    line, _printed = print_one(at_home, tmp_path, name="case_summary", case=case_no(at_home), audience="hospital")
    page = at_home.go("printed_report", line.id)
    at_home.settle(50)
    to_file(monkeypatch, printed_report, tmp_path / "again.pdf")

    page.print_button.click()
    at_home.settle(100)

    assert len(pypdfium2.PdfDocument(tmp_path / "again.pdf")) == line.pages
    assert len(at_home.see(disclosures)) == 2


def test_the_workbook_of_a_paper_without_a_ground_is_not_written(at_home, tmp_path):
    withdraw_consents(at_home)
    page = at_home.go("reports", name="case_summary", case=case_no(at_home), audience="hospital")
    at_home.settle(100)

    page.twin_to(tmp_path / "figures.xlsx")
    at_home.settle(100)

    assert list(tmp_path.glob("*.xlsx")) == []
    assert at_home.see(disclosures) == []
