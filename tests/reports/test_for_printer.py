"""Somebody else's printer: greys only, some pages, nothing in the edge that it cannot print."""

import io

import pikepdf
import pypdfium2
import pytest

from liaison.domain.errors import Refused
from liaison.reports.blocks import Drawing, Headline
from liaison.reports.charts import Bar, Bars
from liaison.reports.for_printer import Sheets, as_wanted, numbers_of
from tests.reports.reading import TITLE, drawn, text_of

BARS = Bars(
    bars=(Bar(label="Medan", value=9, shown="9", focus=True), Bar(label="Jakarta", value=4, shown="4")), mm_per_unit=5
)
DEAD_EDGE_MM = 5


@pytest.fixture(scope="module")
def paper():
    return drawn([TITLE, Headline(text="Satu dari 2"), Drawing(chart=BARS)])[0]


def pixels(data):
    image = pypdfium2.PdfDocument(data)[0].render(scale=1).to_pil().convert("RGB")
    return [band.tobytes() for band in image.split()]


def test_in_greys_every_colour_is_gone_and_every_letter_stays(paper):
    grey = as_wanted(paper, Sheets(is_grey=True))

    red, green, blue = pixels(grey)
    assert red == green == blue
    coloured = pixels(paper)
    assert not coloured[0] == coloured[1] == coloured[2], "there was a colour to lose"
    assert text_of(grey) == text_of(paper)
    assert as_wanted(paper, Sheets(is_grey=True)) == grey


def test_as_it_is_wanted_plainly_it_stays_as_it_is(paper):
    assert as_wanted(paper, Sheets()) is paper


def test_only_the_pages_that_are_asked_for_are_in_it(paper):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper)) as one, pikepdf.new() as three:
        for _ in range(3):
            three.pages.extend(one.pages)
        three.save(out)

    assert len(pypdfium2.PdfDocument(as_wanted(out.getvalue(), Sheets(pages="1, 3")))) == 2


@pytest.mark.parametrize(
    ("text", "found"), [("2", [2]), ("2-4", [2, 3, 4]), ("1,3", [1, 3]), ("1–2; 2", [1, 2]), ("4,1", [4, 1])]
)
def test_pages_are_named_as_people_name_them(text, found):
    assert numbers_of(text, 4) == found


@pytest.mark.parametrize("text", ["0", "5", "3-2", "x", "1-", "1,,2"])
def test_pages_that_are_not_there_are_refused(text):
    with pytest.raises(Refused) as refused:
        numbers_of(text, 4)
    assert refused.value.problems[0].field == "pages"


def test_nothing_stands_where_a_printer_cannot_print(paper):
    per_mm = 4
    image = pypdfium2.PdfDocument(paper)[0].render(scale=per_mm * 25.4 / 72).to_pil().convert("L")
    edge, (width, height) = DEAD_EDGE_MM * per_mm, image.size
    for box in ((0, 0, width, edge), (0, height - edge, width, height), (0, 0, edge, height),
                (width - edge, 0, width, height)):  # fmt: skip
        assert image.crop(box).getextrema() == (255, 255)
