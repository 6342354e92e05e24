"""What the lint finds on a finished page."""

from dataclasses import replace

import pytest

from liaison.reports.blocks import (
    Column,
    Columns,
    Drawing,
    Grid,
    Heading,
    Headline,
    Note,
    Row,
    Spark,
    Text,
    Title,
)  # fmt: skip
from liaison.reports.charts import Ageing, AgeLine, Bar, Bars, Level, Panel, Panels, Waterfall
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
    assert codes([Title(kind="x", banner="", source="", note="")]) == [
        "NO_BANNER", "NO_SOURCE", "NO_N", "NO_MOMENT",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("Claims of this office, n = 3. Data as of 20 Nov 2026 14:05 WIB.", "NO_SOURCE"),
        ("Source: . n", "NO_N"),
        ("Source: claims. Data as of 20 Nov 2026 14:05 WIB.", "NO_N"),
        ("Sumber: klaim, n = 3.", "NO_MOMENT"),
    ],
)
def test_source_n_and_moment_are_each_missed(source, code):
    assert code in codes([replace(TITLE, source=source)])


def table(*rows, heads=("Claim", "Amount"), total=()):
    columns = tuple(Column(head=head, width=40) for head in heads)
    lines = [Row(cells=row) for row in rows] + ([Row(cells=total, rule_above=True)] if total else [])
    return Grid(columns=columns, rows=tuple(lines))


AGED = {sign: AgeLine(label=sign, shown=f"{sign}5", parts=(5.0,), parts_shown=(f"{sign}5",)) for sign in ("RM", "Rp")}
RATE = Note(words="MYR 1 = IDR 3.550, Bank Negara, 20 Nov 2026")


@pytest.mark.parametrize(
    "block",
    [
        table(("a", "RM14,200.00"), ("b", "Rp3,000,000"), total=("Sum", "")),
        table(("a", "14,200", "3,000,000"), heads=("Claim", "Ringgit", "Rupiah")),
        table(("a", "RM14,200 (Rp50,410,000)")),
        Text(words="They asked for RM14,200.00 (Rp50,410,000)."),
        Headline(text="RM14,200 = Rp50,410,000 are open"),
        Drawing(
            chart=Waterfall(levels=(Level(label="a", value=5, shown="RM5"), Level(label="b", value=9, shown="Rp9")))
        ),
    ],
)
def test_currencies_that_are_added_converted_or_compared_need_a_rate_on_the_paper(block):
    assert codes([TITLE, block]) == ["NO_RATE"]
    assert codes([TITLE, block, RATE]) == []
    assert codes([TITLE, block, Note(words="no exchange rate is on record for these days")]) == []


@pytest.mark.parametrize(
    "block",
    [
        table(("a", "RM14,200.00"), ("b", "Rp3,000,000")),
        table(("a", "RM14,200.00"), ("b", "RM3,000"), total=("Sum", "RM17,200.00")),
        Headline(text="RM345,514 + Rp175,185,000 are unpaid"),
        Drawing(chart=Ageing(lines=(AGED["RM"], AGED["Rp"]), ages=("30",), is_apart=True)),
    ],
)  # fmt: skip
def test_currencies_that_stand_apart_need_none(block):
    assert "NO_RATE" not in codes([TITLE, block])


HEAD = Heading(text="a", subtitle="orang; n = 5")


def bars(scale):
    return Drawing(chart=Bars(bars=(Bar(label="a", value=5, shown="5"),), mm_per_unit=scale))


def panels(*values, maximum):
    panel = Panel(title="a", previous=(1.0, 2.0), values=values, labels=("1", "2", "3"), words=("2025", "2026"))
    return Drawing(chart=Panels(panels=(panel,), maximum=maximum))


def sparks(*maxima):
    return table(*(("a", Spark(values=(1.0, 2.0), maximum=top, words="1, 2")) for top in maxima))


@pytest.mark.parametrize(
    ("blocks", "code"),
    [
        ([Columns(left=(HEAD, bars(0.2)), right=(HEAD, bars(0.3)))], "TWO_SCALES"),
        ([sparks(10.0, 20.0)], "TWO_SCALES"),
        ([HEAD, panels(3.0, maximum=5.0), panels(3.0, maximum=9.0)], "TWO_SCALES"),
        ([HEAD, panels(6.0, maximum=5.0)], "OFF_SCALE"),
    ],
)
def test_charts_that_are_read_side_by_side_share_one_scale(blocks, code):
    assert code in codes([TITLE, *blocks])


def test_one_scale_for_all_is_fine():
    side = Columns(left=(HEAD, bars(0.2)), right=(HEAD, bars(0.2)))

    assert codes([TITLE, side, sparks(10.0, 10.0), HEAD, panels(3.0, maximum=5.0)]) == []


def test_every_colour_that_carries_text_has_enough_contrast_on_white_and_tint():
    for colour in (Colour.INK, Colour.ACCENT, Colour.MUTE):
        assert contrast(colour, Colour.WHITE) >= 4.5
        assert contrast(colour, Colour.TINT) >= 4.5
    assert round(contrast(Colour.INK, Colour.WHITE)) == 21
