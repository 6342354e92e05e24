"""A number of a printed report is opened with the cases behind it, and the id at its foot opens the report."""

import pytest

from liaison.services.search import find
from liaison.services.tracing import figures_of, sources_of
from liaison.ui.search import place_of
from tests.ui.pages.test_printed_reports import print_one
from tests.ui.walk import nameless


def with_rows(office, key):
    """The first figure that some case stands behind."""
    figures = office.see(figures_of, key)
    return next(one for one in figures if any(t == "journey" for t, _k in office.see(sources_of, key, one.place)))


@pytest.mark.parametrize("language", ["id", "en"])
def test_from_the_scanned_id_to_the_case_behind_a_number(office, language, tmp_path):
    place = office(language, size=(1024, 520))
    line, _printed = print_one(place, tmp_path, name="handover")
    (found,) = place.see(find, f" {line.report_id.lower()}\n")
    place.frame.go(place_of(found))
    place.settle(50)
    page = place.page
    assert page.opened.view.id == line.id

    page.explain()
    place.settle(50)
    figures = place.page
    wanted = with_rows(place, line.id)
    assert figures.table.count == len(place.see(figures_of, line.id))
    assert nameless(place.frame) == []
    figures.view.go_to_id(wanted.id)
    figures.view.opened.emit(wanted.id)
    place.settle(50)

    rows = place.page
    assert wanted.label in rows.head.title.text()
    assert line.report_id in rows.head.note.text()
    assert rows.said.label.text()
    assert nameless(place.frame) == []
    least = place.frame.minimumSizeHint()
    assert (least.width() <= 1024, least.height() <= 520) == (True, True)
    row = rows.view.current_row()
    rows.view.opened.emit(row.id)
    place.settle(50)
    assert place.page.place.page in ("journey", "claim")
    assert place.troubles == []


def test_hidden_people_stay_hidden_behind_a_number_and_its_workbook_names_them_on_record(at_home, tmp_path):
    line, _printed = print_one(at_home, tmp_path, name="handover")
    at_home.frame.shared.masking.switch()
    wanted = with_rows(at_home, line.id)
    page = at_home.go("printed_rows", release=line.id, figure=wanted.place)
    at_home.settle(50)
    row = page.view.current_row()
    shown = [page.table.columns[n].value(row) for n in range(len(page.table.columns))]

    page.export.write_to(tmp_path / "behind.xlsx")
    at_home.settle(50)

    assert row.name
    assert row.name not in shown
    assert (tmp_path / "behind.xlsx").read_bytes()[:2] == b"PK"
    assert at_home.troubles == []


@pytest.mark.parametrize("page", ["printed_figures", "printed_rows"])
def test_without_a_report_the_page_stays_empty(at_home, page):
    shown = at_home.go(page)
    at_home.settle(50)

    assert shown.table.count == 0
    assert at_home.troubles == []
