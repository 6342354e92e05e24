"""What stands on pages is kept in few bytes and comes back as it was, in its order and page by page."""

import tracemalloc

from hypothesis import given, settings
from hypothesis import strategies as st

from liaison.reports.leakscan import PageText, PageTexts
from liaison.reports.pen import Drawn, DrawnTexts
from liaison.reports.readback import find_lost
from liaison.reports.style import Colour
from tests.benchmarks import long_table

WORDS = st.text(st.characters(exclude_characters="\n", exclude_categories=()), max_size=12)
PLACES = st.floats(allow_nan=False, allow_infinity=False)
TEXTS = st.lists(
    st.builds(
        Drawn, page=st.integers(1, 4), text=WORDS, left=PLACES, right=PLACES, y=PLACES, size=PLACES,
        colour=st.sampled_from(Colour), ground=st.sampled_from(Colour), glyphs=WORDS,
    )
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_drawn_texts_come_back_as_they_were(texts):
    kept = DrawnTexts.of(texts)

    assert list(kept) == texts
    assert len(kept) == len(texts)
    assert {page: kept.on(page) for page in kept.pages} == {
        page: [one for one in texts if one.page == page] for page in dict.fromkeys(one.page for one in texts)
    }


@settings(max_examples=60, deadline=None)
@given(st.lists(st.builds(PageText, st.integers(1, 4), WORDS)))
def test_texts_of_pages_come_back_as_they_were(texts):
    kept = PageTexts.of(texts)

    assert list(kept) == texts
    assert PageTexts.of(kept) is kept


def most_memory(pages):
    """The most that laying out and drawing a table takes beside its rows, in bytes."""
    content = long_table.blocks(long_table.table(pages * 45))
    tracemalloc.start()
    long_table.ours(content)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def test_a_page_more_takes_little_memory():
    long_table.ours(long_table.blocks(long_table.table(45)))

    assert (most_memory(24) - most_memory(8)) / 16 < 60_000


def test_a_text_that_is_not_in_the_file_is_found_on_its_page():
    printed, data = long_table.ours(long_table.blocks(long_table.table(150)))
    read = [PageText(1, "Kasus"), PageText(2, "")]

    assert data
    assert [one.values["page"] for one in find_lost(printed, read)] == list(range(1, printed.pages + 1))
