"""The long lists as an officer uses them: columns, views, groups, filters, copying, writing into a workbook."""

import io
import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from liaison.domain.journeys import CancelReason, JourneyState
from liaison.services import list_of_journeys, list_views, releases, views, work
from liaison.services.journeys import cancel
from liaison.services.list_queries import ListQuery
from liaison.ui.pages.list_views import columns_of
from tests import make
from tests.walks.conftest import at_the_window, new_office

__all__ = ["new_office"]
CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier,
)  # fmt: skip


@pytest.fixture
def who(qapp, tmp_path, new_office):
    """Somebody at the list of journeys, with three cases."""
    template, _keys = new_office
    shutil.copytree(template, tmp_path / "office")
    with at_the_window(qapp, tmp_path / "office", make.TestClock()) as officer:
        store = officer.program.runner.store
        officer.cases = [
            make.journey(store, make.patient(store, full_name=name, city=city), origin_city=city)
            for name, city in (("Suyanti", "Medan"), ("Budi Hartono", "Jakarta"), ("Rina Kusuma", "Medan"))
        ]
        officer.program.window.resize(1366, 768)
        officer.program.window.show()
        officer.go("journeys")
        yield officer


def keys_of(page):
    return [c.key for c in page.table.columns if not c.hidden and c.label]


def test_columns_are_hidden_moved_and_sized_by_keys_and_restored(who):
    page = who.page
    usual = keys_of(page)
    page.columns.open()
    names = page.columns.chooser.list
    names.setCurrentRow(0)
    QTest.keyClick(names, Qt.Key.Key_Down, ALT)
    assert keys_of(page)[:2] == [usual[1], usual[0]]
    QTest.keyClick(names, Qt.Key.Key_Space)
    assert usual[0] not in keys_of(page)
    QTest.keyClick(names, Qt.Key.Key_Plus)
    page.columns.chooser.restore.click()
    assert keys_of(page) == usual
    QTest.keyClick(page.columns.chooser.list, Qt.Key.Key_Escape)


def test_a_title_that_is_dragged_or_sized_stays_so(who):
    page = who.page
    header = page.view.header
    header.moveSection(header.visualIndex(2), header.visualIndex(1))
    QTest.qWait(20)
    assert keys_of(page)[:2] == ["city", "name"]
    assert [header.visualIndex(n) for n in range(3)] == [0, 1, 2]
    page.view.header.resizeSection(1, 190)
    assert columns_of(page.table.columns)[0].width > 0


def test_a_kept_view_comes_back_after_a_restart_and_says_when_it_is_changed(who):
    page = who.page
    page._set_filter("kota:medan")
    page.load()
    page.group_by("city")
    page.views.keep_as()
    page.naming.line.setText("Medan saja")
    QTest.keyClick(page.naming.line, Qt.Key.Key_Return)

    assert page.bar.view_button.text().strip() == "Medan saja"
    assert page.bar._changed.isHidden()
    page._filtered("")
    page.bar.filter.set_text("kota:jakarta", tell=True)
    assert not page.bar._changed.isHidden()
    page.bar.restored.emit()
    assert page.bar.filter.text() == "kota:medan"

    who.go("today")
    page = who.go("journeys", view=page.view_key)
    assert [v.name for v in page.views.kept] == ["Medan saja"]
    page.look_like(page.views.kept[0])
    assert (page._group, page.table.count) == ("city", 2)

    page.views.share()
    assert [v.shared for v in who.see(list_views.views_of, "journeys")] == [False, True]
    page.views.delete()
    assert [v.shared for v in page.views.kept] == [True]
    assert page.views.menu is not None
    page.views.menu.aboutToShow.emit()
    assert any("Medan saja" in a.text() for a in page.views.menu.actions())


def test_a_view_without_a_name_is_refused_where_it_is_typed(who):
    page = who.page
    page.views.keep_as()
    QTest.keyClick(page.naming.line, Qt.Key.Key_Return)
    assert page.naming.problem.text()
    QTest.keyClick(page.naming.line, Qt.Key.Key_Escape)
    assert page.naming.isHidden()


def test_the_filter_row_and_the_filter_line_say_the_same(who):
    page = who.page
    page.bar.filter.set_text("", tell=True)
    page.switch_filter_row()
    row = page.view.header.filter_row
    row.lines["city"].setText("medan")
    row.lines["city"].textEdited.emit("medan")
    QTest.keyClick(row.lines["city"], Qt.Key.Key_Return)
    assert page.bar.filter.text() == "kota:medan"
    assert page.table.count == 2
    row.lines["name"].textEdited.emit("x")
    row.lines["name"].setText("suyanti")
    QTest.keyClick(row.lines["name"], Qt.Key.Key_Return)
    assert page.table.count == 1
    QTest.keyClick(row.lines["city"], Qt.Key.Key_Escape)
    assert "kota" not in page.bar.filter.text()
    page.switch_filter_row()
    assert page.view.header.filter_row is None


def test_rows_are_copied_as_text_and_as_cells(who):
    page = who.page
    page.view.selectAll()
    page.copying.with_titles()
    mime = QApplication.clipboard().mimeData()
    assert mime.text().splitlines()[0].startswith("Nama\tKota")
    assert len(mime.text().splitlines()) == 4
    assert r"mso-number-format:'\@'" in mime.html()


def test_all_chosen_rows_are_counted_without_touching_each(who):
    page = who.page
    page.view.selectAll()
    assert page.view.chosen_count() == 3
    assert set(page.view.chosen_ids()) == set(who.cases)
    page.group_by("city")
    page.view.selectAll()
    assert page.view.chosen_count() == 3


def test_a_step_that_some_refuse_changes_nothing_until_the_others_are_asked_for(who):
    page = who.page
    make.do(who.program.runner.store, cancel, who.cases[0], reason=CancelReason.COST)
    page._set_filter("")
    page.load()
    page.view.selectAll()
    page.change_chosen("move")
    page.bulk.state.set_value(
        next(s for s in type(who.see(views.journey_view, who.cases[1]).state) if s.value == "J02")
    )
    page.bulk.apply()
    assert not page.bulk.isHidden()
    assert {who.see(views.journey_view, key).state for key in who.cases[1:]} == {JourneyState.ENQUIRY}
    page.bulk.close_it()


def test_cases_are_cancelled_together_only_with_a_reason(who):
    page = who.page
    page.view.selectAll()
    page.change_chosen("cancel")
    page.bulk.apply()

    assert page.bulk.trouble.count() == 1
    assert page.bulk.reason.inner().property("wrong") == "true"
    assert {who.see(views.journey_view, key).state for key in who.cases} == {JourneyState.ENQUIRY}
    page.bulk.reason.set_value(CancelReason.COST)
    page.bulk.line.setText("Terlalu mahal")
    page.bulk.apply()

    assert page.bulk.isHidden()
    assert {who.see(views.journey_view, key).state for key in who.cases} == {JourneyState.CANCELLED}


def test_moving_to_cancelled_asks_the_reason_too_and_says_all_that_is_missing(who):
    page = who.page
    page.view.selectAll()
    page.change_chosen("move")
    page.bulk.apply()
    assert page.bulk.state.inner().property("wrong") == "true"
    assert page.bulk.reason.isHidden()

    page.bulk.state.set_value(JourneyState.CANCELLED)
    page.bulk.state.changed.emit()

    assert page.bulk.trouble.count() == 0
    assert not page.bulk.reason.isHidden()
    page.bulk.reason.set_value(CancelReason.DUPLICATE)
    page.bulk.apply()
    assert {who.see(views.journey_view, key).closed_reason for key in who.cases} == {CancelReason.DUPLICATE}


def test_ctrl_c_copies_the_titles_too_once_it_was_told_to(who):
    page = who.page
    page.view.go_to_row(0)
    QTest.keyClick(page.view, Qt.Key.Key_C, CTRL)
    assert len(QApplication.clipboard().text().splitlines()) == 1

    page.copying.switch_titles()
    page = who.go("claims") and who.go("journeys")
    page.view.go_to_row(0)
    QTest.keyClick(page.view, Qt.Key.Key_C, CTRL)

    assert len(QApplication.clipboard().text().splitlines()) == 2
    assert who.program.frame.settings().copy_titles


def test_unsaved_columns_stand_again_when_the_list_is_opened_anew(who):
    page = who.page
    page.view.header.resizeSection(1, 231)
    page.columns.switch("city")
    width = columns_of(page.table.columns)[0].width
    who.go("today")

    page = who.go("journeys")
    assert columns_of(page.table.columns)[0].width == width > 0
    assert "city" not in keys_of(page)
    assert not page.bar._changed.isHidden()
    page.columns.restore()
    who.go("today")

    assert "city" in keys_of(who.go("journeys"))


def test_back_finds_the_row_that_was_opened_and_the_groups_as_they_were(who):
    page = who.page
    page.group_by("city")
    page.table.fold(page.table.group_at(0))
    page.view.go_to_id(who.cases[2])
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    who.program.frame.back()
    assert page is not who.page
    assert who.page.view.current_id() == who.cases[2]
    assert who.page.table.folded == page.table.folded


def test_f2_edits_the_next_step_and_says_where_else_to_change_things(who):
    page, store = who.page, who.program.runner.store
    task = make.made(store, work.add_task, make.task_draft(journey_id=who.cases[0], title="Telepon"))
    page.load()
    page.view.go_to_id(who.cases[0])
    QTest.keyClick(page.view, Qt.Key.Key_F2)
    assert not page.cell_line.isHidden()
    page.cell_line.line.setText("Telepon istri")
    QTest.keyClick(page.cell_line.line, Qt.Key.Key_Return)
    assert who.see(work.task_draft, task).title == "Telepon istri"

    page.view.cell_cursor = True
    page.view.setCurrentIndex(page.table.index(page.view.currentIndex().row(), 1))
    QTest.keyClick(page.view, Qt.Key.Key_F2)
    assert page.cell_line.isHidden()


def test_a_period_is_said_with_its_date_and_its_days(who):
    page = who.page
    page.ask_period("last_quarter", "admitted")
    assert page.table.count == 0
    assert "2026" in page.footing.basis.text()
    page.ask_period("this_month", "opened")
    assert page.table.count == 3
    assert who.see(list_of_journeys.journey_ids, page.query)


def test_a_workbook_holds_the_filter_its_date_and_its_source(who, tmp_path):
    import openpyxl

    page = who.page
    page.bar.filter.set_text("kota:medan", tell=True)
    page.to_excel()
    assert not page.export.line.isHidden()
    target = tmp_path / "daftar.xlsx"
    page.export.write_to(target)

    book = openpyxl.load_workbook(io.BytesIO(target.read_bytes()))
    sheet, about = book.worksheets
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref
    assert sheet.max_row == 3
    said = {row[0].value: row[1].value for row in about.iter_rows()}
    assert "kota:medan" in said.values()
    assert make.OFFICER in said.values()
    (kept,) = who.see(releases.releases)
    assert (kept.report, kept.figures["rows"]) == ("list.journeys", 2)


def test_ctrl_alt_and_a_figure_sorts_by_that_column(who):
    page = who.page
    page.sort_by(1)
    assert page.table.sorted_by == "name"
    names = [
        r.name
        for r in who.see(list_of_journeys.journey_page, who.see(list_of_journeys.journey_ids, ListQuery(sort="name")))
    ]
    assert names == sorted(names)
