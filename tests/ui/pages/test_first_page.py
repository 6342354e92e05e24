"""The first page of a long paper is seen early, and nothing of it leaves before the whole was checked."""

import io

from liaison.domain.errors import Refused
from liaison.domain.problems import Problem
from liaison.reports import making
from liaison.reports.blocks import Column, Grid, Headline, Row
from liaison.reports.pdf import write_first_page, write_pdf
from liaison.ui.pages.reports import ReportsPage
from tests.reports.reading import STAMP, TITLE, pages_of, squeezed

LONG_TABLE = [
    TITLE,
    Headline(text="500 baris"),
    Grid(columns=(Column(head="Nama", width=100),), rows=tuple(Row(cells=(f"baris {n}",)) for n in range(500))),
]


def watched(monkeypatch):
    """What could be printed at the moment the first page came."""
    seen = []
    came = ReportsPage._first_came

    def told(page, *values):
        came(page, *values)
        seen.append((page._result, page.leaving.result, page.pdf._is_begun))

    monkeypatch.setattr(making, "LONG", 1)
    monkeypatch.setattr(ReportsPage, "_first_came", told)
    return seen


def test_the_first_page_is_the_one_that_the_whole_will_begin_with():
    first, whole = io.BytesIO(), io.BytesIO()
    write_first_page(LONG_TABLE, first, stamp=STAMP)
    printed = write_pdf(LONG_TABLE, whole, stamp=STAMP)

    (one,) = pages_of(first.getvalue())
    assert printed.pages > 5
    assert squeezed(one).replace("1 of …", f"1 of {printed.pages}") == squeezed(pages_of(whole.getvalue())[0])


def test_it_is_shown_with_nothing_to_print_until_the_whole_has_come(at_home, monkeypatch):
    seen = watched(monkeypatch)
    page = at_home.go("reports", name="city_briefing", city="Medan")
    at_home.settle(100)

    assert seen == [(None, None, True)]
    assert page._result is not None
    assert not page.pdf._is_begun
    assert page.pdf.pages == page._result.pages


def test_it_goes_away_where_the_whole_is_refused(at_home, monkeypatch):
    def refuse(*_checked):
        raise Refused([Problem(code="NO_N", message="The footer does not say how many records it counts.")])

    seen = watched(monkeypatch)
    monkeypatch.setattr(making, "_checked", refuse)
    page = at_home.go("reports", name="city_briefing", city="Medan")
    at_home.settle(100)

    assert len(seen) == 1
    assert page._result is None
    assert page.pdf.pages == 0


def test_a_short_paper_comes_whole_at_once(at_home, monkeypatch):
    came = []
    monkeypatch.setattr(ReportsPage, "_first_came", lambda *_page: came.append(1))
    page = at_home.go("reports", name="city_briefing", city="Medan")
    at_home.settle(100)

    assert page._result is not None
    assert came == []
