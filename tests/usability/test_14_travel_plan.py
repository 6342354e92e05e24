"""Task 14: "Send Siti's travel plan by WhatsApp, Indonesian, with PDF": chat open with text, right PDF ready."""

import datetime as dt
from pathlib import Path
from urllib.parse import unquote

import pypdfium2
import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from liaison.domain.care import AppointmentDraft
from liaison.domain.facts import FactKind
from liaison.services import care
from liaison.store.models import DisclosureRow
from liaison.ui.pages import plan_send
from tests import make

BUDGET = 10


@pytest.fixture
def opened(monkeypatch, tmp_path):
    """The links that were opened; files that leave go into an own folder."""
    links = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: links.append(url.toString()) or True)
    monkeypatch.setattr(plan_send, "downloads", lambda: tmp_path)
    return links


@pytest.fixture
def siti(at_desk):
    """Siti's case, with consents and one appointment, anywhere among the others."""
    store = at_desk.program.runner.store
    patient = make.patient(store, full_name="Siti Rahmawati", passport_name="SITI RAHMAWATI")
    at_desk.journey = make.journey(store, patient, hospital_id=at_desk.hospital)
    make.confirm(store, at_desk.journey, FactKind.C1, FactKind.C2, FactKind.C5)
    visit = AppointmentDraft(
        journey_id=at_desk.journey, hospital_id=at_desk.hospital, zone="Asia/Kuala_Lumpur",
        starts_at=dt.datetime(2026, 11, 24, 1, tzinfo=dt.UTC), confirmed_at=make.START,
    )  # fmt: skip
    make.made(store, care.add_appointment, visit)
    return at_desk


def text_of(path):
    document = pypdfium2.PdfDocument(path.read_bytes())
    try:
        return " ".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def test_the_travel_plan_goes_by_whatsapp_within_10_actions(siti, acting, opened):
    with acting.within(BUDGET):
        acting.keys("Ctrl+K")
        acting.type("siti")
        acting.wait(400)
        acting.keys("Return")
        acting.wait(50)
        acting.keys("Ctrl+Shift+W")
        acting.wait(50)
        acting.keys("Ctrl+Return")
        acting.wait(50)

    (link,) = opened
    assert "rencana perjalanan" in unquote(link)
    (url,) = QApplication.clipboard().mimeData().urls()
    file = Path(url.toLocalFile())
    assert "siti" not in file.name.casefold()
    assert "SITI RAHMAWATI" in text_of(file)
    assert "24 November 2026" in text_of(file)
    store = siti.program.runner.store
    told = make.see(store, lambda s: {r.report for r in s.query(DisclosureRow)})
    assert "itinerary" in told
