"""Nothing a chart, a workbook or a bookmark of a paper for outside holds is more exact than what is printed."""

import dataclasses

import pypdfium2
import pytest
import sqlalchemy as sa

from liaison.domain.figures import Gate, Shown, hideable, passing
from liaison.domain.privacy import HELD_BACK, SMALL, STAR, Audience
from liaison.i18n import Language
from liaison.i18n.formats import MISSING
from liaison.reports.audited import with_annex
from liaison.reports.blocks import Grid, Title
from liaison.reports.briefing_public import categories
from liaison.reports.charts import HIDDEN_SIGNS, Bar, CityRow, FigureColumns, FunnelStep, Month
from liaison.reports.making import make_report, report_called
from liaison.reports.twin import twin_of
from liaison.store.models import ClaimRow, OrganizationRow, RoadshowRow
from tests import make

PAPERS = (
    ("city_briefing", Audience.PUBLIC), ("city_pack", Audience.PUBLIC), ("agreements", Audience.PUBLIC),
    ("insurer_sheet", Audience.INSURER), ("portfolio", Audience.INSURER),
)  # fmt: skip


def options(session, name):
    busiest = sa.select(ClaimRow.insurer_id).group_by(ClaimRow.insurer_id).order_by(sa.func.count().desc()).limit(1)
    insurer = session.scalar(sa.select(OrganizationRow.id).where(OrganizationRow.id.in_(busiest)))
    return {
        "city_briefing": {"city": "Medan"}, "agreements": {}, "insurer_sheet": {"house": str(insurer)},
        "city_pack": {"event": str(session.scalar(sa.select(RoadshowRow.id).limit(1)))},
        "portfolio": {"house": str(insurer)},
    }[name]  # fmt: skip


def laid_out(store, name, audience, *, hold=0):
    """The blocks of a paper, and its gate; every ``hold``-th figure is held back."""

    def work(session):
        prepared = report_called(name).prepare(session, options(session, name), audience)
        assert prepared.is_audited
        gate = Gate()
        with passing(gate):
            prepared.lay_out(Language("en"))
        sets = sorted({one.who for one in gate.all_figures if one.shown is not Shown.TOO_FEW}, key=sorted)
        held = {hideable(kind, who) for who in sets[:: hold or len(sets) + 1] for kind in (Shown.NUMBER, Shown.ENOUGH)}
        gate = Gate(held_back=frozenset(held) if hold else frozenset())
        with passing(gate):
            return prepared.lay_out(Language("en")), gate

    return make.see(store, work)


def parts(value, kinds):
    """Everything of some kinds within blocks."""
    if isinstance(value, kinds):
        yield value
    if dataclasses.is_dataclass(value):
        for each in dataclasses.fields(value):
            yield from parts(getattr(value, each.name), kinds)
    elif isinstance(value, tuple | list):
        for one in value:
            yield from parts(one, kinds)


def drawn_counts(blocks):
    """Each count that has a length on paper, with the words beside it; nothing where it has none."""
    for one in parts(blocks, Bar | FunnelStep | Month | CityRow):
        if isinstance(one, CityRow):
            yield from ((value, shown) for value, shown, _before in one.cells)
            continue
        yield one.value, one.shown
        if isinstance(one, Bar | Month) and one.previous is not None:
            yield one.previous, None


@pytest.mark.parametrize(("name", "audience"), PAPERS)
def test_bars_are_as_long_as_the_printed_number_and_hidden_ones_have_no_length(sample_store, name, audience):
    for hold in (0, 3):
        blocks, gate = laid_out(sample_store, name, audience, hold=hold)
        for value, shown in drawn_counts(blocks):
            if value is None:
                assert shown in (*HIDDEN_SIGNS, MISSING, "")
            elif shown is not None and shown.isdecimal():
                assert value == float(shown)
            if value is not None and value > SMALL and shown is None:
                assert value % 5 == 0
        for count in [one.value for one in gate.all_figures if one.shown is Shown.NUMBER]:
            assert count % 5 == 0
            assert count == 0 or count > SMALL


@pytest.mark.parametrize(("name", "audience"), PAPERS)
def test_the_workbook_holds_no_number_that_the_page_hides(sample_store, name, audience):
    blocks, gate = laid_out(sample_store, name, audience, hold=2)
    told = [str(cell) for grid in twin_of(blocks) for row in grid.rows for cell in row[1:] if cell is not None]
    columns = [value for one in parts(blocks, FigureColumns) for value in (*one.values, *one.previous)]

    assert not gate.gaps or HELD_BACK in " ".join(told) or not any(parts(blocks, Grid))
    assert not any(cell.isdecimal() and 1 <= int(cell) <= SMALL and name == "city_briefing" for cell in told)
    assert all(value is None or value >= 0 for value in columns)


def test_bookmarks_say_what_the_page_says(sample_store):
    result = make.see(sample_store, make_report, "city_briefing", {"city": "Medan"}, language="en",
                      audience=Audience.PUBLIC)  # fmt: skip
    paper = pypdfium2.PdfDocument(result.data)
    text = "".join(" ".join(page.get_textpage().get_text_bounded() for page in paper).split())

    for mark in paper.get_toc():
        assert "".join(mark.get_title().split()) in text


@pytest.mark.parametrize(("name", "audience"), PAPERS)
def test_each_page_with_a_sign_explains_it_at_its_foot(sample_store, name, audience):
    blocks, _gate = laid_out(sample_store, name, audience, hold=3)

    note = ""
    for block in blocks:
        if isinstance(block, Title):
            note = block.note
        for words in parts(block, str):
            if not isinstance(block, Title) and HELD_BACK in words:
                assert f"{STAR} =" in note or f"as {STAR}" in note
                assert f"{HELD_BACK} =" in note


def test_what_is_hidden_follows_on_the_last_page_where_its_foot_explains_the_signs(sample_store):
    blocks, gate = laid_out(sample_store, "city_briefing", Audience.PUBLIC, hold=5)

    told = with_annex(blocks, gate, Language("en"))

    assert len(told) > len(blocks)
    assert sum(isinstance(block, Title) for block in told) == sum(isinstance(block, Title) for block in blocks)


def test_categories_stand_in_the_order_of_what_is_printed_and_not_of_the_true_numbers():
    counts = {"Skin": (42, 0), "Bones": (38, 0), "Heart": (60, 0), "Ear": (25, 0)}

    order = [(one.key, one.count.now.value) for one in categories(counts, other="Other", compare=False)]

    assert order == [("Heart", 60), ("Bones", 40), ("Skin", 40), ("Ear", 25)]
