"""Papers coming in at the window: dropped, pasted, many at once; and a letter in one form by hand."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest

from liaison.domain.documents import DocumentKind
from liaison.domain.guarantees import GuaranteeState
from liaison.domain.money import Money
from liaison.services import guarantee_views, views
from liaison.store import history
from liaison.ui.incoming import of_paths
from liaison.ui.pages.journey_papers import PapersSection
from liaison.ui.pages.letter_forms import number_in_name
from liaison.ui.widgets.file_slot import FileSlot
from liaison.ui.widgets.label import Label
from tests import make


def urls(tmp_path, *names):
    mime = QMimeData()
    for name in names:
        (tmp_path / name).write_bytes(make.pdf(name))
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / n)) for n in names])
    return mime


def dropped(widget, mime):
    widget.dropEvent(
        QDropEvent(
            QPointF(QPoint(5, 5)),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )


def count(place):
    return len(place.see(lambda s: history.actions(s, limit=500)))


def test_twelve_files_dropped_are_twelve_documents_and_one_undo(at_home, tmp_path):
    page = at_home.go("journey", at_home.ids["journey"])
    before = len(page.case.documents)
    actions = count(at_home)

    dropped(page.findChild(PapersSection), urls(tmp_path, *(f"hasil {n}.pdf" for n in range(12))))
    page.drawer.form.save_button.click()
    at_home.settle()
    after = len(at_home.page.case.documents)
    at_home.frame.undo()
    at_home.settle()

    assert after == before + 12
    assert count(at_home) == actions + 2  # the drop, and its undo
    assert len(at_home.page.case.documents) == before


def test_a_top_up_that_came_is_written_from_the_letters_page_with_its_file(at_home, tmp_path):
    page = at_home.go("letter", at_home.ids["letter"])
    page._arrived()
    at_home.settle()
    form = page.drawer.form.content

    dropped(form.slot, urls(tmp_path, "topup.pdf"))
    QTest.keyClicks(form.form.editor("ceiling").line, "55,000.00")
    page.drawer.form.save_button.click()
    at_home.settle()

    letter = at_home.see(guarantee_views.guarantee, at_home.ids["letter"])
    papers = at_home.see(views.journey_view, at_home.ids["journey"]).documents
    assert letter.ceiling_now == Money.of(55_000, "MYR")
    assert letter.state is GuaranteeState.TOPUP_ISSUED
    assert DocumentKind.GL_TOPUP in {d.kind for d in papers}


def test_a_file_taken_in_by_mistake_is_left_out_again_and_text_is_pasted_as_ever(at_home, tmp_path):
    page = at_home.go("letter", at_home.ids["letter"])
    page._arrived()
    at_home.settle()
    form = page.drawer.form.content
    QGuiApplication.clipboard().setMimeData(urls(tmp_path, "surat.pdf"))

    QTest.keyClick(form.form.editor("note").inner(), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    taken = [f.name for f in form.slot.files]
    form.slot._remove(form.slot.files[0])
    QGuiApplication.clipboard().setText("lihat surel")
    QTest.keyClick(form.form.editor("note").inner(), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    assert taken == ["surat.pdf"]
    assert form.slot.files == ()
    assert form.form.editor("note").value() == "lihat surel"


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("GL-26-00817 Suyanti.pdf", "GL-26-00817"),
        ("Surat jaminan NP-GL-26-3381.pdf", "NP-GL-26-3381"),
        ("LOG 20260113.pdf", "20260113"),
        ("00817234.pdf", "00817234"),
        ("scan 12.pdf", ""),
        ("surat jaminan.pdf", ""),
    ],
)
def test_the_number_is_taken_from_the_files_name_where_it_stands_there(name, number):
    assert number_in_name(name) == number


def test_papers_dropped_on_a_claim_are_asked_for_once_and_kept_with_it(at_home, tmp_path):
    page = at_home.go("claim", at_home.ids["claim"])

    dropped(page, urls(tmp_path, "kuitansi 1.pdf", "kuitansi 2.pdf"))
    page.drawer.form.save_button.click()
    at_home.settle()

    papers = at_home.see(views.journey_view, at_home.ids["journey"]).documents
    assert {p.title for p in papers if p.claim_id == at_home.ids["claim"]} == {"kuitansi 1.pdf", "kuitansi 2.pdf"}


def test_attaching_nothing_or_a_program_says_so(at_home, tmp_path):
    page = at_home.go("claim", at_home.ids["claim"])
    page._attach()
    at_home.settle()
    wrong = page.drawer.form.content.findChildren(Label)[-1]

    page.drawer.form.save_button.click()
    nothing = wrong.text()
    (tmp_path / "jahat.exe").write_bytes(b"MZ\0\0")
    slot = page.drawer.form.content.findChild(FileSlot)
    slot.take(of_paths([tmp_path / "jahat.exe"]))
    page.drawer.form.save_button.click()
    at_home.settle()

    assert nothing
    assert wrong.isVisible()
    assert wrong.text() != nothing
