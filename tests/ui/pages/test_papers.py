"""Papers through the window: packs, the chaser, previews inside the program; the sheets of the day; targets."""

import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QPlainTextEdit

from liaison.domain.documents import DocumentKind as D
from liaison.domain.facts import FactKind
from liaison.domain.paper_requests import PaperRequestDraft
from liaison.domain.targets import ClockKind
from liaison.services import confirmations, disclosure, documents, paper_requests, targets, today, views, work
from liaison.ui.pages.document import Picture
from liaison.ui.pages.settings_targets import TargetsPart
from liaison.ui.widgets.pdf_view import PdfView
from tests import make


def attach(office, kind, title, data):
    draft = make.document_draft(journey_id=office.ids["journey"], kind=kind, title=title)
    return office.do(documents.attach, draft, data).made


def picture():
    image = QImage(40, 20, QImage.Format.Format_RGB32)
    image.fill(0xFF336699)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data())


def test_the_packs_of_a_case_lead_to_the_letter_that_asks_for_what_is_missing(at_home):
    page = at_home.go("papers", at_home.ids["journey"])
    lacking = next(pack for pack in page.papers.packs if pack.missing)

    page.chase(lacking)
    at_home.settle(100)

    waits = [t for t in at_home.see(today.tasks_of, at_home.ids["journey"]) if t.title.message == paper_requests.CHASE]
    assert [t.done_at for t in waits] == [None]
    assert at_home.page.desk.words("Request for papers") == at_home.page._result.title
    assert not at_home.troubles


def test_a_request_is_written_down_and_answered(at_home):
    page = at_home.go("papers", at_home.ids["journey"])
    attach(at_home, D.LAB, "lab.pdf", make.pdf("uji"))
    at_home.do(paper_requests.ask_for_paper, PaperRequestDraft(journey_id=at_home.ids["journey"], kind=D.LAB))
    at_home.settle()

    (asked,) = page.papers.requests
    assert asked.had_on is not None
    page.answered(asked.id)
    at_home.settle()
    assert page.papers.requests[0].answered_on is not None
    page.ask()
    assert page.drawer.form is not None


@pytest.mark.parametrize(
    ("title", "data", "shown"),
    [
        ("foto.png", picture, Picture),
        ("surat.txt", lambda: b"isi surat", QPlainTextEdit),
        ("hasil.pdf", lambda: make.pdf("uji"), PdfView),
    ],
)
def test_a_paper_is_looked_at_inside_the_program(at_home, title, data, shown):
    key = attach(at_home, D.LAB, title, data())

    page = at_home.go("document", key)
    at_home.settle(50)

    assert page.stage.findChild(shown) is not None
    assert page.paper.details.title == title


def test_a_copy_saved_from_the_preview_is_on_record(at_home, tmp_path):
    key = attach(at_home, D.LAB, "hasil.pdf", make.pdf("uji"))
    page = at_home.go("document", key)

    page.save_to(tmp_path / "salinan.pdf")
    at_home.settle()

    assert (tmp_path / "salinan.pdf").read_bytes() == make.pdf("uji")
    assert [one.report for one in at_home.see(disclosure.disclosures_of_case, at_home.ids["journey"])] == ["document"]


def test_an_emergency_is_looked_at_again_on_the_papers_page(at_home):
    key = at_home.ids["journey"]
    for one in at_home.see(views.journey_view, key).confirmations:
        if one.kind is FactKind.C3:
            at_home.do(confirmations.withdraw_confirmation, one.id)
    with at_home.store.write("Print", kind="disclosure") as session:
        disclosure.record_disclosure(
            session, report="case_summary", report_id="R1", audience=disclosure.Audience.HOSPITAL, journey_id=key,
            emergency="tidak sadar",
        )  # fmt: skip
    page = at_home.go("papers", key)
    (line,) = page.papers.left

    page.review(line)
    page.drawer.form.content.editors["note"].set_value("keluarga setuju")
    page.drawer.form.save_button.click()
    at_home.settle()

    assert not page.papers.left[0].needs_review


def test_today_shows_a_promise_first_and_leads_to_the_hand_over(at_home):
    now = at_home.clock.now
    for title, hours, promise in (("biasa", 1, False), ("janji", 2, True)):
        step = make.task_draft(
            journey_id=at_home.ids["journey"], title=title, due_at=now + make.dt.timedelta(hours=hours),
            is_promise=promise,
        )  # fmt: skip
        at_home.do(work.add_task, step)
    page = at_home.go("today")
    lines = [line.title.message for line in page._view.groups[3].lines if line.title.message in ("biasa", "janji")]
    assert lines == ["janji", "biasa"]

    page.print_hand_over()
    at_home.settle(100)

    assert at_home.page._result.title == at_home.words("Hand-over sheet")
    assert at_home.page._result.people


def test_a_target_is_set_in_the_settings_and_restored(at_home):
    page = at_home.go("settings", part="targets")
    part = page.findChild(TargetsPart)
    amount, _unit = part.rows[ClockKind.GL_INITIAL.value]
    amount.line.setText("6")
    amount.committed.emit()
    at_home.settle()
    assert at_home.see(targets.target_of, ClockKind.GL_INITIAL).amount == 6

    part.restore()
    at_home.settle()
    assert at_home.see(targets.target_of, ClockKind.GL_INITIAL).amount == 4


def test_today_lists_a_case_without_a_step_and_without_a_consent_twice(at_home):
    case = make.journey(at_home.store, make.patient(at_home.store, full_name="Rudi"))
    at_home.clock.forward(days=20)

    page = at_home.go("today")

    rows = [page.table.row_at(row) for row in range(page.table.rowCount())]
    groups = [line.group for line in rows if line is not None and line.journey_id == case]
    assert {today.TaskGroup.NO_CONSENT, today.TaskGroup.NO_STEP} <= set(groups)
    assert at_home.troubles == []
