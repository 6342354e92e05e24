"""The pages of trouble: a laptop is lost, a person's own copy, an erasure with what holds it up."""

import datetime as dt
import io
import json

import msoffcrypto
import pikepdf
import pytest
from PySide6.QtWidgets import QFileDialog

from liaison.domain.journeys import CancelReason
from liaison.services import disclosure, erasure, journeys, lost_laptop
from liaison.store.models import PatientRow
from tests import make


def saved_as(monkeypatch, target):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (str(target), ""))


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_lost_laptop_is_reported_counted_told_and_its_letters_and_list_are_at_hand(
    office, language, tmp_path, monkeypatch
):
    at = office(language=language)
    page = at.go("lost")
    page.report()
    form = page.drawer.form.content
    form.editor("where_lost").set_value("Kualanamu")
    form.editor("aware_at").set_value(at.clock() - dt.timedelta(hours=60))
    page.drawer.form.save_button.click()
    at.settle()
    assert page.view.time.left == dt.timedelta(hours=12)

    saved_as(monkeypatch, tmp_path / "daftar.xlsx")
    page.write_list()
    at.settle()
    with (tmp_path / "daftar.xlsx").open("rb") as file:
        book = msoffcrypto.OfficeFile(file)
        book.load_key(password=page.password.text())
        book.decrypt(io.BytesIO())

    page._note(lost_laptop.told_persons, "x")
    page._note(lost_laptop.told_authority, "x")
    at.settle()
    (view,) = at.see(lost_laptop.lost_laptops)
    assert view.authority_told_at is not None
    reports = at.go("reports", None, name="breach_authority")
    assert reports._result is not None
    assert reports._result.name == "breach_authority"


def test_the_own_copy_leaves_as_one_sealed_file_with_its_data_and_is_shown_as_a_paper(at_home, tmp_path, monkeypatch):
    at, person = at_home, at_home.ids["patient"]
    page = at.go("person_rights", person)
    saved_as(monkeypatch, tmp_path / "salinan.pdf")
    before = len(at.see(disclosure.disclosures_of, person))

    page.copy_as_file()
    at.settle()

    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(tmp_path / "salinan.pdf")
    assert b"patient" not in (tmp_path / "salinan.pdf").read_bytes()
    with pikepdf.open(tmp_path / "salinan.pdf", password=page.password.text()) as pdf:
        ((name, told),) = pdf.attachments.items()
        assert name == "data.json"
        assert json.loads(told.get_file().read_bytes())["records"]
        assert len(pdf.pages) >= 1
    assert len(at.see(disclosure.disclosures_of, person)) == before + 1
    page.copy_on_paper()
    at.settle()
    assert at.page._result.name == "own_copy"


def test_the_own_copys_pdf_is_sealed_with_a_password_from_the_beginning_and_a_short_one_is_refused(at_home, tmp_path):
    at, person, paper = at_home, at_home.ids["patient"], tmp_path / "salinan.pdf"
    page = at.go("reports", None, name="own_copy", person=str(person))
    agreed = page.leaving.password.value()
    assert "siregar" not in page.leaving.neutral_name(page._result).lower()

    page.save_to(paper)
    at.settle()

    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(paper)
    with pikepdf.open(paper, password=agreed) as pdf:
        assert len(pdf.pages) == page._result.pages
    page.leaving.password.set_value("pendek")
    page.leaving.password_typed()
    page.save_to(tmp_path / "lain.pdf")
    at.settle()
    assert not (tmp_path / "lain.pdf").exists()
    page.leaving.make_password()
    assert len(page.leaving.password.value()) == 21 and page.leaving.password.value() != agreed


def test_an_open_case_stops_an_erasure_and_afterwards_the_certificate_stands_there(at_home):
    at = at_home
    person = make.patient(at.store, full_name="Zulfan Wirabumin")
    journey = make.journey(at.store, person)
    page = at.go("person_rights", person)
    assert not page.erase_button.isEnabled()

    make.do(at.store, journeys.cancel, journey, reason=CancelReason.COST, note="mahal")
    page = at.go("person_rights", person)
    at.settle()
    page.start()
    assert page.erase_button.isEnabled()
    page.ask_erase()
    page.drawer.form.save_button.click()
    assert make.see(at.store, lambda s: s.get(PatientRow, person)) is not None
    page.drawer.form.content.editor("ground").set_value("diminta tertulis")
    page.drawer.form.save_button.click()
    at.settle()

    assert page.done is not None
    assert make.see(at.store, lambda s: s.get(PatientRow, person)) is None
    assert [c.number for c in at.see(erasure.certificates)] == [page.done.number]
    at.go("reports", None, name="erasure_certificate", number=page.done.number)
    assert at.page._result.name == "erasure_certificate"
