"""A print run through the window: papers come one by one, can be stopped, and leave as one file on record."""

import pypdfium2
import pytest

from liaison.services import list_of_releases
from liaison.services.case_numbers import case_numbers
from tests.ui.walk import nameless


def made(office, **values):
    page = office.go("print_run", **values)
    office.settle()
    page.make()
    office.settle(100)
    return page


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_three_cities_leave_as_one_file(office, language, tmp_path):
    place = office(language, size=(1024, 520))
    page = made(place)
    page.save_to(tmp_path / "run.pdf")
    place.settle()

    assert len(pypdfium2.PdfDocument(tmp_path / "run.pdf")) == page.run.pages
    assert len(place.see(list_of_releases.release_lines)) == len(page.run.results) > 0
    assert nameless(place.frame) == []
    least = place.frame.minimumSizeHint()
    assert (least.width() <= 1024, least.height() <= 520) == (True, True)
    assert place.troubles == []


def test_cases_chosen_in_the_list_are_printed_for_their_reader_or_told_why_not(at_home):
    at_home.go("journeys")
    at_home.settle()
    page = made(at_home, journeys=[at_home.ids["journey"]], name="case_summary")

    (number,) = at_home.see(case_numbers, [at_home.ids["journey"]])
    assert [item.label for item in page.items()] == [number]
    assert len(page._parts) == 1
    assert page.run is not None or page._parts[0].problems


def test_a_run_that_was_stopped_keeps_what_was_made(at_home):
    page = at_home.go("print_run")
    at_home.settle()
    page._waiting = page.items()[:1]
    page._next(page._turn)
    page.stop()
    at_home.settle(50)

    assert len(page.run.results) == 1
    page.what.set_value("directory")
    page._chosen()
    assert page.run is None
