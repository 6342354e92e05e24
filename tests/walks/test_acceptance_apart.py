"""Two more acceptance walks of casework through the window: (e) a letter in rupiah, (h) twelve cases to a colleague."""

import datetime as dt
from decimal import Decimal

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QFileDialog

from liaison.domain.fx import RateDraft
from liaison.domain.guarantees import GuaranteeState as G
from liaison.domain.handing import Side
from liaison.domain.journeys import EntryMode
from liaison.domain.journeys import JourneyState as J
from liaison.domain.money import Money
from liaison.services import claims, rates
from liaison.services.editing import set_field
from liaison.store import case_file, kdf
from liaison.store.models import ClaimRow
from liaison.ui.pages.letter_forms import request_form
from liaison.ui.pages.money_forms import bill_form
from liaison.ui.widgets.form import Form
from liaison.ui.widgets.label import Label
from tests import make
from tests.ui.pages.test_hand_over import another_laptop
from tests.walks.conftest import at_the_window

FRIDAY = dt.datetime(2026, 10, 30, 3, tzinfo=dt.UTC)


def said(page):
    return " | ".join(label.text() for label in page.findChildren(Label))


def test_a_bill_in_ringgit_uses_a_letter_in_rupiah_which_is_raised(officer):
    store = officer.program.runner.store
    for quote, rate in (("IDR", "20275.17"), ("MYR", "4.5325")):
        draft = RateDraft(base="EUR", quote=quote, rate=Decimal(rate), on_date=FRIDAY.date(), source="ECB")
        make.do(store, rates.add_rate, draft)
    officer.program.clock.now = FRIDAY - dt.timedelta(days=2)
    person = make.patient(store)
    journey = make.journey(
        store, person, cover_id=make.cover(store, person, officer.insurer), hospital_id=officer.hospital,
        entry_mode=EntryMode.RUNNING, state=J.ADMITTED,
    )  # fmt: skip
    page = officer.go("journey", journey)
    request_form(page.bench, page.case)
    officer.answer()
    letter = officer.case(journey).guarantees[0].id
    officer.go("letter", letter)
    officer.move(G.REQUESTED)
    officer.move(G.ISSUED, ceiling=Money.of(45_000_000, "IDR"))
    officer.move(G.ACCEPTED)
    officer.program.clock.now = FRIDAY
    page = officer.go("journey", journey)
    bill_form(page.bench, journey, hospital_id=officer.hospital)
    officer.answer(amount=Money.of("8500.00", "MYR"), bill_no="B-1")

    page = officer.go("letter", letter)
    told = said(page)
    assert "Rp38.022.933" in told and "84,5%" in told
    next(b for b in page.findChildren(QAbstractButton) if b.objectName() == "letter.topup").click()
    pane = page.drawer.form
    form = pane.content.findChild(Form)
    assert "RM1 = Rp4.473,29" in form.editor("text").value()
    pane.save_button.click()
    assert officer.letter(letter).state is G.TOPUP_REQUESTED
    officer.move(G.TOPUP_ISSUED, ceiling=Money.of(60_000_000, "IDR"))

    told = said(officer.go("letter", letter))
    assert "Rp60.000.000" in told and "63,4%" in told
    assert "105.000.000" not in told


def hand_over(officer, journeys, to, path, monkeypatch):
    """Choose the cases, save the file, and hear its code."""
    officer.later(minutes=5)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (str(path), ""))
    page = officer.go("hand_over", None, journeys=list(journeys))
    assert sorted(page.view.chosen_ids()) == sorted(journeys)
    page.form.editor("who").set_value(to)
    page.write_file()
    QTest.qWait(1)
    return page.code.text()


def look(officer, path, code):
    officer.later(minutes=5)
    page = officer.go("take_over")
    page.take_file(path)
    page.code.set_value(code)
    page.look()
    QTest.qWait(1)
    return page


def test_twelve_cases_go_to_a_colleague_and_come_back_with_nothing_lost(qapp, officer, tmp_path, monkeypatch):
    monkeypatch.setattr(case_file, "fitting", lambda: kdf.CHEAP)
    store, cases, filed = officer.program.runner.store, [], []
    for n in range(12):
        person = make.patient(store, full_name=f"Pasien Nomor {n + 1}")
        cover = make.cover(store, person)
        cases.append(make.journey(store, person, hospital_id=officer.hospital, cover_id=cover))
        draft = make.claim_draft(patient_id=person, cover_id=cover, journey_id=cases[-1])
        filed.append(make.made(store, claims.file_claim, draft))
    claim = filed[3]
    out, back = tmp_path / "kasus.liaison", tmp_path / "balik.liaison"
    code = hand_over(officer, cases, "Sari", out, monkeypatch)
    another_laptop(tmp_path / "sari" / "office", officer.program.clock).close()
    with at_the_window(qapp, tmp_path / "sari" / "office", officer.program.clock) as sari:
        look(sari, out, code).take()
        there = sari.program.runner.store
        make.do(there, set_field, "claim", claim, "remarks", "dari sana")
        make.do(there, set_field, "claim", claim, "gl_no", "GL-9")
        code = hand_over(sari, cases, "Ratna", back, monkeypatch)
    make.do(store, set_field, "claim", claim, "remarks", "dari sini")
    make.do(store, set_field, "claim", claim, "diagnosis", "I25.9")

    page = look(officer, back, code)
    (key,) = page.compared.choices()
    assert "dari sini" in said(page) and "dari sana" in said(page)
    page.compared.choose(key, Side.THEIRS)
    page.take()

    row = make.see(store, lambda s: (lambda r: (r.remarks, r.diagnosis, r.gl_no))(s.get(ClaimRow, claim)))
    assert row == ("dari sana", "I25.9", "GL-9")
    assert "Semuanya sudah ada di sini" in said(look(officer, back, code)), "the same file twice changes nothing"
