"""Names and notes of every script, with markup and marks of direction, go through every report and come back whole.

A small draw runs with the suite; ``LIAISON_NAMES=2000`` sends at least so many through every report, its readers and
both languages by turns.
"""

import dataclasses
import os
import re
import shutil
import unicodedata

import pytest
import sqlalchemy as sa

from liaison.reports import making
from liaison.reports.blocks import Span
from liaison.reports.catalogue import REPORTS, report_called
from liaison.reports.itinerary_view import _stops
from liaison.reports.leakscan import texts_of_pdf
from liaison.reports.text import clean, plain
from liaison.services.plan_views import plan_of
from liaison.store.models import JourneyRow
from tests import make
from tests.reports.conftest import NOW
from tests.reports.every_variant import add_trouble, variants
from tests.reports.hostile import hostile

NAMES = int(os.environ.get("LIAISON_NAMES", "1"))
"""How many go through each report at least; a single one stands for one paper full of them."""

_TAG = re.compile(r"q[0-9a-f]+z", re.IGNORECASE)
_SHAPED = re.compile("[\u1780-\u17ff\u19e0-\u19ff\ue000-\uf8ff\u25cc]+")
MOST_PIECES = 12


@pytest.fixture(scope="module")
def office(sample_folder, tmp_path_factory):
    """The sample office with a lost laptop and an erased person; nobody writes to it afterwards."""
    folder = tmp_path_factory.mktemp("names") / "store"
    shutil.copytree(sample_folder, folder)
    with make.opened(folder, make.TestClock(NOW)) as store:
        add_trouble(store)
        yield store


@dataclasses.dataclass
class Kept:
    """What the last paper was laid out as, and what was drawn of it."""

    blocks: object = None
    printed: object = None


@pytest.fixture
def kept(monkeypatch):
    """The blocks and drawn texts of the paper made last."""
    last = Kept()
    writer_of = making.writer_of

    def keeping(page):
        def write(blocks, target, *, stamp):
            last.blocks, last.printed = blocks, writer_of(page)(blocks, target, stamp=stamp)
            return last.printed

        return write

    monkeypatch.setattr(making, "writer_of", keeping)
    return last


def texts_in(one):
    """Every text of a paper's blocks."""
    if isinstance(one, str):
        yield one
    elif isinstance(one, (list, tuple)):
        if one and all(isinstance(each, Span) for each in one):
            yield plain(one)
        else:
            for each in one:
                yield from texts_in(each)
    elif dataclasses.is_dataclass(one) and not isinstance(one, type):
        for field in dataclasses.fields(one):
            yield from texts_in(getattr(one, field.name))


def bare(text):
    """Without blanks and case, as it is drawn; a dash of hours may be long, a blank without width may end a line."""
    whole = "".join(clean(text).replace("\u200b", "").split())
    return unicodedata.normalize("NFKD", whole.casefold().replace("–", "-"))


def in_pieces(text, whole):
    """Whether a text stands there, in few pieces where it was broken over lines and pages."""
    for _ in range(MOST_PIECES):
        if text in whole:
            return True
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if text[:middle] in whole else (low, middle - 1)
        if not low:
            return False
        text = text[low:]
    return False


def lost_names(kept, data, given):
    """The names that a layout began to show and that do not stand whole in the strings drawn or in the PDF."""
    texts = [bare(text) for text in texts_in(kept.blocks)]
    everything = "\n".join(texts)
    shown = {tag.casefold() for tag in _TAG.findall(everything)}
    wanted = {bare(text) for text in given if (tag := _TAG.match(text)) and tag[0] in shown}
    strings = bare("".join(one.text for one in kept.printed.drawn))
    ordered = sorted(kept.printed.drawn, key=lambda one: (round(one.left), one.page, one.y))
    by_column = bare("".join(one.text for one in ordered))
    told = _SHAPED.sub("", bare("".join(one.text for one in texts_of_pdf(data)).translate({0xFFFE: "-", 2: "-"})))
    lost = []
    for text in wanted:
        if text not in everything:
            lost.append(("cut by the layout", text))
        elif not in_pieces(text, strings) and not in_pieces(text, by_column):
            lost.append(("not drawn", text))
        elif not all(in_pieces(part, told) for part in _SHAPED.split(text)):
            lost.append(("not in the PDF", text))
    return wanted, lost


def ways(store, name):
    """A report once for each reader and form."""
    found = {}
    for variant in variants(store):
        if variant.report == name:
            found.setdefault((variant.audience, variant.options.get("form")), variant)
    return list(found.values())


def options_of(session, variant):
    """The case of an itinerary must have a plan."""
    if variant.report != "itinerary":
        return variant.options
    rows = session.execute(sa.select(JourneyRow.id, JourneyRow.case_no).order_by(JourneyRow.is_open.desc()))
    planned = (number for key, number in rows if _stops(plan_of(session, key)))
    return {**variant.options, "case": next(planned)}


@pytest.mark.parametrize("name", [report.name for report in REPORTS])
def test_every_name_comes_back_whole_from_every_report(office, kept, monkeypatch, name):
    number = 1 + 20 * [report.name for report in REPORTS].index(name)
    report = report_called(name)
    reached, lost, given, printed = set(), [], 0, 0
    with office.read() as session:
        every = ways(office, name)
        while printed < len(every) or given < NAMES:
            variant = every[printed % len(every)]
            other, renamer = hostile(report, number)
            monkeypatch.setattr(making, "report_called", lambda _name, other=other: other)
            spoken = ("id", "en")[(number + printed) % 2]
            made = making.make_report(
                session, name, options_of(session, variant), language=spoken, audience=variant.audience
            )
            wanted, missing = lost_names(kept, made.data, renamer.given)
            reached |= wanted
            lost += missing
            assert renamer.given, "a report with a view without any text"
            given += len(renamer.given)
            number += len(renamer.given)
            printed += 1

    assert lost == []
    assert reached
