"""The matrix of panels through the window: a cell under the cursor, noted, asked again, written out."""

import datetime as dt

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from liaison.domain.acceptance import PanelDraft
from liaison.domain.panel_matrix import PanelState
from liaison.services import network, panels
from liaison.ui.widgets.label import Label
from tests import make


def texts(widget):
    return "\n".join(label.whole_text() for label in widget.findChildren(Label))


@pytest.fixture
def page(at_home):
    """Twelve insurers; the first hospital's word about the first one is half a year old."""
    hospital = at_home.ids["hospital"]
    for n in range(12):
        make.do(at_home.store, network.add_organization, make.insurer_draft(name=f"Zurata {n:02d}"))
    old = PanelDraft(
        insurer_id=at_home.ids["insurer"], hospital_id=hospital, source="meja GL",
        checked_on=at_home.frame.desk.today() - dt.timedelta(days=200),
    )  # fmt: skip
    make.do(at_home.store, panels.record_panel, old)
    shown = at_home.go("panels", at=hospital, insurer=at_home.ids["insurer"])
    at_home.settle()
    return shown


def test_the_cell_under_the_cursor_is_told_and_v_says_it_was_asked_today(at_home, page):
    row, insurer = page.cell_at()
    assert (row.id, insurer.id) == (at_home.ids["hospital"], at_home.ids["insurer"])
    assert "meja GL" in texts(page.card)

    QTest.keyClick(page.view, Qt.Key.Key_V)
    at_home.settle()

    assert at_home.see(panels.panels_of, insurer.id)[0].checked_on == at_home.frame.desk.today()
    assert (row.id, insurer.id) == (page.cell_at()[0].id, page.cell_at()[1].id)


def test_right_past_the_edge_shows_the_next_insurer_and_enter_notes_its_first_word(at_home, page):
    for _ in range(12):
        QTest.keyClick(page.view, Qt.Key.Key_Right)
    at_home.settle()
    insurer = page.cell_at()[1]
    assert insurer.name == "Zurata 11"
    assert page.first > 0

    QTest.keyClick(page.view, Qt.Key.Key_Return)
    at_home.settle()
    form = page.drawer.form.content
    form.editor("source").set_value("daftar rekanan")
    page.drawer.form.save_button.click()
    at_home.settle()

    assert page.found.rows[0].cell(insurer.id).state is PanelState.ON
    assert page.cell_at()[1].id == insurer.id


def test_another_day_and_another_city_are_another_matrix(at_home, page):
    page.day_edit.line.setText("1/1/2020")
    page.day_edit.committed.emit()
    assert page.found.day == dt.date(2020, 1, 1)
    page.day_edit.line.setText("entah")
    page.day_edit.committed.emit()
    assert page.found.day == dt.date(2020, 1, 1)

    page.city_choice.set_value(page.found.cities[0])
    page.city_choice.changed.emit()

    assert {r.hospital.city for r in page.found.rows} == {page.found.cities[0]}
    assert "city" not in [c.key for c in page.table.columns]


def test_the_workbook_holds_the_matrix_and_its_sources(at_home, page, tmp_path):
    target = tmp_path / "rekanan.xlsx"

    page.to_excel(target)
    at_home.settle()

    book = openpyxl.load_workbook(target)
    cells = [c.value for sheet in book for row in sheet.iter_rows() for c in row if c.value]
    assert "meja GL" in cells
    assert "Zurata 11" in cells
