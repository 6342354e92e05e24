"""Task 5: "The GL arrived by e-mail; record it": file in its slot, amount, expiry, stage moved, step closed."""

import datetime as dt

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtWidgets import QApplication

from liaison.domain.documents import DocumentKind
from liaison.domain.guarantees import GuaranteeState
from liaison.domain.journeys import JourneyState
from liaison.domain.money import Money
from liaison.services import guarantees, views
from liaison.store import history
from tests import make

BUDGET = 21


@pytest.fixture
def waiting(at_desk):
    """A case that waits for its letter, which was asked for yesterday."""
    store = at_desk.program.runner.store
    patient = make.patient(store, full_name="Suyanti")
    cover = make.cover(store, patient, at_desk.insurer, room_class="2 tempat tidur")
    at_desk.journey = make.journey(
        store, patient, hospital_id=at_desk.hospital, cover_id=cover, state=JourneyState.PREAUTH
    )
    asked = make.guarantee_draft(
        journey_id=at_desk.journey, cover_id=cover, hospital_id=at_desk.hospital, requested_at=None, gl_no="",
        state=GuaranteeState.REQUESTED,
    )  # fmt: skip
    at_desk.letter = make.made(store, guarantees.request_guarantee, asked)
    at_desk.program.frame.desk.go("journey", at_desk.journey)
    return at_desk


def copied_file(path):
    """A file was saved from the mail and copied there: not counted, it happens outside the program."""
    path.write_bytes(make.pdf("surat jaminan"))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    QApplication.clipboard().setMimeData(mime)


def test_a_letter_that_came_by_mail_is_on_record_within_21_actions(waiting, acting, tmp_path):
    store = waiting.program.runner.store
    before = len(make.see(store, lambda s: history.actions(s, limit=200)))
    copied_file(tmp_path / "GL-26-00817 Suyanti.pdf")

    with acting.within(BUDGET):
        acting.keys("Ctrl+G")
        acting.wait(20)
        acting.keys("Ctrl+V")
        acting.wait(20)
        acting.type("25000")
        acting.keys("Tab")
        acting.type("31/12")
        acting.keys("Ctrl+Return")

    case = make.see(store, views.journey_view, waiting.journey)
    letter = case.guarantees[0]
    assert letter.state is GuaranteeState.ISSUED
    assert letter.gl_no == "GL-26-00817"
    assert letter.ceiling_now == Money.of(25_000, "MYR")
    assert letter.valid_to == dt.date(2026, 12, 31)
    assert [d.kind for d in case.documents] == [DocumentKind.GL_INITIAL]
    assert case.state is JourneyState.TRAVEL_PREP
    assert not any(t.title.text(waiting.program.words) == "Tindak lanjuti surat jaminan" for t in case.open_tasks)
    assert len(make.see(store, lambda s: history.actions(s, limit=200))) == before + 1
