"""What is not released yet says so on every page, and what is released never carries the mark."""

import io

import pikepdf
import pypdfium2

from liaison.i18n import Language
from liaison.reports.blocks import Headline, PageBreak, Text
from liaison.reports.draft_mark import as_draft
from tests.reports.reading import TITLE, drawn, fonts_of, has_ink_near_an_edge, pages_of

WORDS = Language("id", "Asia/Jakarta")
BLOCKS = [TITLE, Headline(text="Dua 2"), Text(words="isi"), PageBreak(), Text(words="lagi")]


def darkest(data, *, box):
    """The darkest grey of a part of the first page, in millimetres from the upper left corner; 255 is white."""
    document = pypdfium2.PdfDocument(data)
    try:
        picture = document[0].render(scale=2, grayscale=True).to_pil().convert("L")
    finally:
        document.close()
    return picture.crop(tuple(round(one * 72 / 25.4 * 2) for one in box)).getextrema()[0]


def test_every_page_of_a_draft_says_so_beside_all_that_it_said_before():
    data, _ = drawn(BLOCKS)

    marked = pages_of(as_draft(data, WORDS))

    for before, now in zip(pages_of(data), marked, strict=True):
        assert WORDS("DRAFT · not released yet") in now
        assert set(before.split()) <= set(now.split())


def test_the_pages_that_are_released_stay_as_they_were_made():
    data, _ = drawn(BLOCKS)
    kept = bytes(data)

    marked = as_draft(data, WORDS)

    assert data == kept == drawn(BLOCKS)[0]
    assert marked != data


def test_the_pale_word_lies_under_the_text_and_is_too_pale_to_hide_any():
    data, _ = drawn([TITLE, Headline(text="Dua 2")])
    middle = (60, 100, 150, 200)

    assert darkest(data, box=middle) == 255
    assert 200 <= darkest(as_draft(data, WORDS), box=middle) < 250


def test_the_mark_keeps_out_of_the_edge_and_brings_no_other_font():
    marked = as_draft(drawn(BLOCKS)[0], WORDS)

    assert not has_ink_near_an_edge(marked)
    assert all("Plex" in name for name in fonts_of(marked))


def test_pages_of_two_sizes_are_each_marked_for_their_own_size():
    data, _ = drawn([TITLE])
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.add_blank_page(page_size=(297.6, 419.5))
        pdf.save(out)

    texts = pages_of(as_draft(out.getvalue(), WORDS))

    assert all(WORDS("DRAFT · not released yet") in text for text in texts)
