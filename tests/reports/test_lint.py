"""What the lint finds on a finished page."""

from dataclasses import replace

import pytest

from liaison.reports.blocks import Columns, Drawing, Heading, Headline, Text, Title
from liaison.reports.charts import Bar, Bars
from liaison.reports.lint import check_pages
from liaison.reports.pdf import Printed
from liaison.reports.pen import Drawn
from liaison.reports.style import Colour, contrast
from tests.reports.reading import TITLE, drawn

DRAWN = Drawn(page=1, text="x", left=20, right=30, y=100, size=9, colour=Colour.INK, ground=Colour.WHITE)


def codes(blocks, *texts):
    return [problem.code for problem in check_pages(blocks, Printed(pages=1, drawn=texts))]


def test_a_clean_page_has_no_problem():
    blocks = [TITLE, Headline(text="Dua 2"), Text(words="isi")]

    _, printed = drawn(blocks)

    assert check_pages(blocks, printed) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"size": 7.0}, "TOO_SMALL"),
        ({"left": 10}, "OUTSIDE_MARGIN"),
        ({"right": 200}, "OUTSIDE_MARGIN"),
        ({"y": 295}, "OUTSIDE_MARGIN"),
        ({"y": 280}, "INTO_FOOTER"),
        ({"colour": Colour.LIGHT}, "TOO_PALE"),
        ({"colour": Colour.MUTE, "ground": Colour.INK}, "TOO_PALE"),
    ],
)
def test_each_fault_of_a_text_is_named(change, code):
    assert code in codes([TITLE], replace(DRAWN, **change))


def test_texts_that_touch_are_shown_to_the_officer_but_not_refused():
    problems = check_pages([TITLE], Printed(pages=1, drawn=(DRAWN, replace(DRAWN, left=25, right=40))))

    assert [(p.code, p.severity) for p in problems] == [("OVERLAP", "warning")]


def test_a_headline_needs_a_figure_and_two_lines_at_most():
    assert codes([TITLE, Headline(text="Tanpa angka")]) == ["HEADLINE_WITHOUT_FIGURE"]
    assert codes([TITLE, Headline(text="Panjang sekali " * 20 + "7")]) == ["HEADLINE_TOO_LONG"]
    assert codes([TITLE, Headline(text="Medan: * orang")]) == []


def test_a_chart_needs_its_n_also_inside_columns():
    chart = Drawing(chart=Bars(bars=(Bar(label="a", value=5, shown="5"),), mm_per_unit=1))
    good, bad = Heading(text="a", subtitle="orang; n = 5"), Heading(text="a", subtitle="orang")

    assert codes([TITLE, good, chart]) == []
    assert codes([TITLE, Columns(left=(bad, chart), right=())]) == ["CHART_WITHOUT_N"]


def test_a_page_needs_banner_n_and_moment():
    assert codes([Title(kind="x", banner="", source="", note="")]) == ["NO_BANNER", "NO_N", "NO_MOMENT"]


def test_every_colour_that_carries_text_has_enough_contrast_on_white_and_tint():
    for colour in (Colour.INK, Colour.ACCENT, Colour.MUTE):
        assert contrast(colour, Colour.WHITE) >= 4.5
        assert contrast(colour, Colour.TINT) >= 4.5
    assert round(contrast(Colour.INK, Colour.WHITE)) == 21
