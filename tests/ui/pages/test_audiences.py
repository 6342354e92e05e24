"""One paper as its readers get it, side by side: they turn and scroll together, tell what differs, nothing leaves."""

from liaison.domain.privacy import Audience
from liaison.ui.widgets.label import Label
from tests.ui.pages.test_reports import case_no, disclosures, releases
from tests.ui.walk import nameless


def told(page):
    return [one.whole_text() for one in page.side.findChildren(Label)]


def test_three_copies_of_a_case_stand_side_by_side_with_what_differs(at_home):
    page = at_home.go("audiences", name="case_summary", case=case_no(at_home))
    at_home.settle(300)

    assert page.readers() == [Audience.HOSPITAL, Audience.INSURER, Audience.PUBLIC]
    assert [copy.pages > 0 for copy in page.compared.copies] == [True, True, True]
    assert len(page.views) == 3
    words = at_home.frame.desk.words
    assert words("Name as in the passport") in told(page)
    assert words("Diagnosis") in told(page)
    assert at_home.see(releases) == 0 and at_home.see(disclosures) == []
    assert nameless(page) == []
    assert at_home.troubles == []


def test_the_pages_turn_grow_and_scroll_together(at_home):
    page = at_home.go("audiences", name="case_summary", case=case_no(at_home), readers="hospital insurer")
    at_home.settle(300)
    first, second = page.views

    first.zoom_by(+3)
    at_home.settle(50)
    assert second._zoom == first._zoom > 0
    first.area.verticalScrollBar().setValue(40)
    assert second.area.verticalScrollBar().value() == first.area.verticalScrollBar().value() == 40
    first.go_to(1)
    assert second.page == min(2, second.pages)


def test_it_stays_closed_while_people_are_hidden(at_home):
    at_home.frame.shared.masking.switch()
    at_home.settle(50)
    page = at_home.go("audiences", name="case_summary", case=case_no(at_home))
    at_home.settle(100)

    assert page.views == [] and page.compared is None


def test_it_is_reached_from_the_reports_and_a_paper_without_readers_says_what_to_do(at_home):
    reports = at_home.go("reports", name="case_summary", case=case_no(at_home))
    at_home.settle(100)
    reports.open_audiences()
    at_home.settle(200)
    assert at_home.page.place.page == "audiences" and at_home.page.views

    empty = at_home.go("audiences", name="city_briefing", city="Medan")
    assert empty.views == []
