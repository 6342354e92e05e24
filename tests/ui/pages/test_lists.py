"""The long lists: what they show, how they are filtered, put in order, grouped, and found again."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt

from liaison.domain.claims import ClaimState
from liaison.domain.journeys import CancelReason
from liaison.services import claims, journeys
from liaison.services.changes import Changes
from liaison.ui.models.columns import StageCell
from liaison.ui.pages import list_page
from liaison.ui.places import Place
from liaison.ui.widgets.badge import Badge
from liaison.ui.widgets.shapes import Shape
from tests import make
from tests.ui.pages.cases import held

pytestmark = pytest.mark.bare


@pytest.fixture
def place(at_home):
    """An office with a few more cases: one held, one without a step, one cancelled."""
    store = at_home.store
    people = {name: make.patient(store, full_name=name, city=city) for name, city in (
        ("Budi Harahap", "Medan"), ("Rina Sari", "Surabaya"), ("Tan Mei Hwa", "Jakarta"))}  # fmt: skip
    at_home.cases = {name: make.journey(store, person) for name, person in people.items()}
    held(store, at_home.cases["Rina Sari"])
    make.do(store, journeys.cancel, at_home.cases["Tan Mei Hwa"], reason=CancelReason.COST)
    return at_home


def rows(page):
    return [page.table.row_at(n) for n in range(page.table.rowCount()) if page.table.row_at(n) is not None]


def names(page):
    return [row.name for row in rows(page)]


def cell(page, row, key):
    column = next(c for c in page.table.columns if c.key == key)
    return column.value(row)


def row_of(page, name):
    return next(row for row in rows(page) if row.name == name)


# journeys


def test_the_list_opens_on_the_open_cases_with_the_most_urgent_first(place):
    page = place.go("journeys")

    assert names(page)[0] == "Suyanti"
    assert "Tan Mei Hwa" not in names(page)
    assert page.view.hasFocus()
    assert page.head.note.whole_text().startswith("3 ")


def test_a_row_says_its_stage_its_due_time_and_what_is_wrong_with_it(place):
    page = place.go("journeys")

    stage = cell(page, row_of(page, "Suyanti"), "stage")
    late = cell(page, row_of(page, "Suyanti"), "due")
    on_hold = cell(page, row_of(page, "Rina Sari"), "due")
    stepless = cell(page, row_of(page, "Budi Harahap"), "due")

    assert isinstance(stage, StageCell)
    assert stage.done == 4
    assert isinstance(late, Badge)
    assert late.shape is Shape.LATE
    assert late.filled
    assert on_hold.shape is Shape.BLOCKED
    assert stepless.shape is Shape.BLOCKED
    assert cell(page, row_of(page, "Rina Sari"), "stage").held


def test_the_filter_narrows_the_list_and_its_footing_follows(place):
    page = place.go("journeys")

    page.bar.filter.set_text("status:terbuka kota:surabaya", tell=True)

    assert names(page) == ["Rina Sari"]
    assert page.footing.count.text().startswith("1 ")


def test_a_filter_that_nobody_understands_says_what_it_knows(place):
    page = place.go("journeys")

    page.bar.filter.set_text("status:bingung", tell=True)

    assert page.problem.isVisible()
    assert "bingung" in page.problem.label.text()
    page.bar.filter.set_text("", tell=True)
    assert page.problem.isHidden()
    assert len(names(page)) == 4


def choose(page, key):
    """Look at the list through one of its own views."""
    page.look_like(page.built_in(next(v for v in page.spec.views if v.key == key)))


def test_a_view_is_chosen_from_its_menu_and_restored_after_a_change(place):
    page = place.go("journeys")

    choose(page, "held")
    assert names(page) == ["Rina Sari"]
    page.bar.filter.set_text("status:ditahan kota:medan", tell=True)
    assert page.bar._restore.isVisible()
    page.bar.restored.emit()

    assert names(page) == ["Rina Sari"]
    assert page.bar._restore.isHidden()


def test_an_empty_list_says_so_with_its_key(place):
    page = place.go("journeys")

    page.bar.filter.set_text("kota:jayapura", tell=True)

    assert page.empty.isVisible()
    assert page.view.isHidden()


def test_rows_are_put_in_order_by_a_title_and_under_headings_by_the_group_button(place):
    page = place.go("journeys")

    page.view.sort_wanted.emit("name", True)
    by_name = names(page)
    page.group_by("city")
    headings = [page.table.group_at(r).badge.text for r in page.table.header_rows()]

    assert by_name == sorted(by_name)
    assert headings == ["Medan", "Surabaya"]
    page.group_by("")
    assert page.table.header_rows() == ()


def test_columns_are_shown_and_hidden_but_never_all_of_them(place):
    page = place.go("journeys")

    page.columns.switch("kind")
    page.columns.switch("city")

    shown = {c.key for n, c in enumerate(page.table.columns) if not page.view.isColumnHidden(n)}
    assert "kind" in shown
    assert "city" not in shown
    for column in page.table.columns:
        if column.label and not column.hidden:
            page.columns.switch(column.key)
    assert any(not c.hidden for c in page.table.columns if c.label)


def test_enter_opens_the_case_and_back_finds_the_list_as_it_was(place, qtbot):
    page = place.go("journeys")
    page.bar.filter.set_text("status:terbuka kota:medan", tell=True)
    page.view.go_to_id(place.cases["Budi Harahap"])

    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    opened = place.page.place
    place.frame.back()

    assert opened == Place(page="journey", record=place.cases["Budi Harahap"])
    assert place.page.bar.filter.text() == "status:terbuka kota:medan"


def test_a_change_elsewhere_shows_in_the_list_and_leaves_the_cursor_where_it_was(place):
    page = place.go("journeys")
    page.view.go_to_id(place.cases["Budi Harahap"])

    place.do(journeys.cancel, place.cases["Rina Sari"], reason=CancelReason.COST)

    assert "Rina Sari" not in names(page)
    assert page.view.current_id() == place.cases["Budi Harahap"]


def test_names_are_hidden_while_people_are_hidden(place):
    place.frame.shared.masking.switch()
    page = place.go("journeys")

    assert cell(page, rows(page)[0], "name").startswith("P-")


def test_the_list_in_english_speaks_english_in_its_filter_too(office):
    place = office("en")
    page = place.go("journeys")

    assert page.bar.filter.text() == "status:open"
    assert names(page) == ["Suyanti"]


# claims


def test_the_claims_list_shows_what_is_unpaid_under_its_ageing_strip(place):
    page = place.go("claims")

    assert len(names(page)) == 1
    assert list(page.strip.blocks) == ["0-30", "31-60", "61-90", "91-"]
    assert page.footing.sums.text() == "RM18.837,55"
    assert page.head.note.whole_text().startswith("1 ")


def test_a_block_of_the_strip_filters_the_list_and_lets_go_again(place):
    page = place.go("claims")

    page.strip.blocks["31-60"].click()
    assert page.bar.filter.text() == "sisa>0 umur>=31 umur<=60"
    assert names(page) == []
    page.strip.blocks["31-60"].click()

    assert page.bar.filter.text() == "sisa>0"
    assert len(names(page)) == 1


def test_a_claim_moved_elsewhere_shows_in_the_list_at_once(place):
    page = place.go("claims")
    before = cell(page, rows(page)[0], "state").text

    place.do(claims.move_claim, place.ids["claim"], ClaimState.WITHDRAWN, reason_note="keluarga menarik klaim")
    choose(page, "all")

    assert cell(page, rows(page)[0], "state").text != before


def test_f2_edits_a_claims_number_and_day_and_a_refusal_keeps_what_was_typed(place, qtbot):
    page = place.go("claims")
    claim = place.ids["claim"]
    page.view.go_to_id(claim)
    qtbot.keyClick(page.view, Qt.Key.Key_F2)
    page.cell_line.line.setText("K-77")
    qtbot.keyClick(page.cell_line.line, Qt.Key.Key_Return)
    assert row_of(page, "Suyanti").claim_no == "K-77"
    assert page.cell_line.isHidden()

    page.edit_cell("submitted", page.view.current_row())
    for wrong in ("31/31", "1 Jan 2031"):
        page.cell_line.line.setText(wrong)
        qtbot.keyClick(page.cell_line.line, Qt.Key.Key_Return)
        assert page.cell_line.isVisible()
        assert page.cell_line.problem.text()
        assert page.cell_line.line.text() == wrong

    page.cell_line.line.setText("2/1/2026")
    qtbot.keyClick(page.cell_line.line, Qt.Key.Key_Return)
    assert row_of(page, "Suyanti").submitted_on == dt.date(2026, 1, 2)


def test_in_a_long_list_a_change_shows_on_the_screen_before_the_whole_is_read_again(place, monkeypatch):
    monkeypatch.setattr(list_page, "LONG", 1)
    page = place.go("journeys")
    page._reload_later.setInterval(30)
    page.view.go_to_id(place.cases["Budi Harahap"])
    read_whole = []
    monkeypatch.setattr(page.table, "load", lambda *asked: read_whole.append(asked))
    page._reload_later.timeout.disconnect()
    page._reload_later.timeout.connect(page.table.reload)

    held(place.store, place.cases["Budi Harahap"])
    place.frame.shared.hub.changed.emit(Changes(touched=()))
    assert cell(page, row_of(page, "Budi Harahap"), "due").shape is Shape.BLOCKED
    assert row_of(page, "Budi Harahap").is_held
    assert not read_whole

    place.settle(80)
    assert len(read_whole) == 1
    assert page.view.current_id() == place.cases["Budi Harahap"]
