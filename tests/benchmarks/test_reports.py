"""Paper: a long table beside a bare canvas, its first page, the packs of three cities, memory by the number of pages.

``compare_engines`` beside it holds the same rows against other engines. The packs are made from a store of 20,000
journeys, as one print run makes them: from one look at the store.
"""

import gc
import io
import os
import sys
import tracemalloc
from pathlib import Path

import pytest
import sqlalchemy as sa

from liaison.reports.leakscan import texts_of_pdf
from liaison.reports.lint import check_pages
from liaison.reports.making import make_report
from liaison.reports.pdf import write_first_page
from liaison.reports.readback import find_lost
from liaison.services import sample
from liaison.store.models import RoadshowRow
from liaison.store.opening import open_store
from tests import make, sampling
from tests.benchmarks import long_table
from tests.benchmarks.measuring import interleaved, seconds, spoken, tell

JOURNEYS = 20_000
TIMES = 3
CITIES = ("Medan", "Surabaya", "Jakarta")
RATIO_AIM, PACKS_AIM_S, FIRST_PAGE_AIM_S = 1.3, 10.0, 1.0
ROWS_A_PAGE = 45


@pytest.fixture(scope="module")
def content():
    return long_table.blocks(long_table.table())


def test_a_table_of_200_pages_beside_a_bare_canvas(content):
    printed, data = long_table.ours(content)
    strings = long_table.strings_of(printed, content)
    pair = interleaved(
        lambda: seconds(lambda: long_table.ours(content)),
        lambda: seconds(lambda: long_table.bare(strings)),
        times=TIMES,
    )

    tell("table: the same strings, bare canvas", pair, aim=RATIO_AIM, more=f"{printed.pages} pages, {len(data)} bytes")


def test_what_checking_it_costs(content):
    printed, data = long_table.ours(content)
    lint = seconds(lambda: check_pages(content, printed))
    back = seconds(lambda: find_lost(printed, texts_of_pdf(data)))

    sys.__stdout__.write(f"\ntable: lint {spoken(lint)}, read back and compared {spoken(back)}\n")


def test_the_first_page_of_it_comes_early(content):
    first = seconds(lambda: write_first_page(content, io.BytesIO(), stamp=long_table.STAMP))
    whole = seconds(lambda: long_table.ours(content))

    line = f"table: first page {spoken(first)}, the whole {spoken(whole)}  aim {FIRST_PAGE_AIM_S:g} s"
    sys.__stdout__.write(f"\n{line}\n")


def peak(pages):
    """The most memory that laying out and drawing takes, beyond the rows themselves, and the size of the PDF."""
    content = long_table.blocks(long_table.table(pages * ROWS_A_PAGE))
    gc.collect()
    tracemalloc.start()
    _printed, data = long_table.ours(content)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most, len(data)


def test_memory_by_the_number_of_pages():
    peak(1)  # opens the fonts
    told, found = [], {}
    for pages in (100, 400, 1600):
        found[pages], size = peak(pages)
        told.append(f"{pages} pages {found[pages] / 1e6:.1f} MB (PDF {size / 1e6:.1f} MB)")

    ratio = found[1600] / found[100]
    sys.__stdout__.write(f"\ntable: memory {', '.join(told)}  1,600 to 100 pages {ratio:.1f}  aim: flat (1.2)\n")


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A store of 20,000 journeys down to their bills and letters."""
    kept = os.environ.get("LIAISON_BENCHMARK_FOLDER")
    folder = Path(kept) / f"insight-{JOURNEYS}" if kept else tmp_path_factory.mktemp("packs") / "office"
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sample, "DETAILED_UP_TO", JOURNEYS)
            patch.setattr(sample, "LISTED_CLAIMS", JOURNEYS)
            sample.make_sample(folder, passphrase=make.PASSPHRASE, clock=sampling.clock(), journeys=JOURNEYS)
    with open_store(folder, make.PASSPHRASE, clock=sampling.clock()) as store:
        yield store


def test_the_packs_of_three_cities(office):
    told, total = [], 0.0
    with office.read() as session:
        for city in CITIES:
            last = sa.select(sa.func.max(RoadshowRow.id)).where(RoadshowRow.city == city)
            event = str(session.scalar(last))
            taken = seconds(lambda: make_report(session, "city_pack", {"event": event}, language="id"))  # noqa: B023
            total += taken
            told.append(f"{city} {spoken(taken)}")

    sys.__stdout__.write(f"\nthree city packs: {spoken(total)} ({', '.join(told)})  aim {PACKS_AIM_S:g} s\n")
