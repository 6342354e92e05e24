"""A briefing with little to tell: one whole page, no page without a chart, and what is withheld said in words."""

import dataclasses
import datetime as dt

import pytest

from liaison.domain.privacy import PublicCount
from liaison.i18n import Language
from liaison.reports import briefing_sparse
from liaison.reports import briefing_view as bv
from liaison.reports import disease_groups as groups
from liaison.reports.blocks import Findings, Headline
from liaison.reports.briefing_public import PublicPair
from liaison.reports.briefing_words import Ground
from liaison.reports.charts import Bars, Dots, FigureColumns, Months
from liaison.reports.city_briefing import lay_out
from tests.reports.reading import pages_of, text_of
from tests.reports.test_city_briefing import charts_in, city, empty_view, printed, sample, spread_out, view


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("basis", list(bv.Basis))
def test_a_city_without_any_case_prints_one_honest_page(basis, language):
    _, data, pages = printed(empty_view(basis=basis), language)

    assert pages.pages == 1
    assert "*" in pages_of(data)[0]


def few_people(people=6, **changes):
    small = city(
        "Medan",
        people,
        **{
            "groups": {groups.CANCER: (4, 2), groups.HEART: (2, 1)},
            "places": {"Penang": (5, 2)},
            "stays": {},
            "clocks": {},
            "late": (1, 0),
            "with_letter": (4, 2),
            "late_reasons": {},
            "before_noon": bv.Sample(),
            "after_noon": bv.Sample(),
            "bills": bv.NO_SAMPLES,
            "opened": (spread_out(6), spread_out(3)),
            "at_home": (1, 0),
            "first_letters": ((), ()),
            "bills_by_quarter": ((), ()),
            **changes,
        },
    )
    return view(city=small, cities=(small, *view().cities[1:]))


def heads_of(blocks):
    return [block.text for block in blocks if isinstance(block, Headline)]


def test_a_handful_of_cases_is_one_page_that_says_what_is_withheld_and_why():
    blocks, data, pages = printed(few_people())
    text = text_of(data)

    assert pages.pages == 1
    assert heads_of(blocks) == ["Medan: fewer than 8 people in 12 months, too few for finer figures"]
    assert "Not shown: people by month, groups of diseases, places of treatment" in text
    assert "a median needs ten people, so that nobody can be recognised" in text
    assert not [chart for chart in charts_in(blocks) if isinstance(chart, Bars | Months | FigureColumns)]


def test_a_small_city_still_tells_every_figure_that_may_be_told():
    text = text_of(printed(few_people(14, estimated=(11, 3)))[1])

    assert "Journeys opened 15 *" in text
    assert "Where they go: other places, merged * *" in text or "Where they go: Penang * *" in text
    assert "Answered at home, no travel * 15 *" in text
    assert "Back in hospital in 30 days 10 150" in text
    assert "Bill above the estimate" in text


def test_a_small_city_leads_with_what_was_promised_and_hides_no_figure_behind_a_star():
    promises = (
        bv.Promise(what="A", who="Penanggung", due=dt.date(2026, 6, 30), kept_on=dt.date(2026, 6, 1)),
        bv.Promise(what="B", who="Penanggung", due=dt.date(2026, 12, 31)),
    )
    told = [
        heads_of(lay_out(dataclasses.replace(few_people(people), promises=promises[:count]), Language("en")))
        for people, count in ((6, 2), (14, 2), (14, 1))
    ]

    assert [head.replace("\u00a0", " ") for (head,) in told] == [
        "Medan: fewer than 8 people in 12 months, 1 of 2 promises kept",
        "Medan: 15 people in 12 months, 1 of 2 promises kept",
        "Medan: 15 people in 12 months, 1 of 1 promise kept",
    ]


def test_a_held_back_count_is_said_to_be_withheld_and_never_to_be_small(monkeypatch):
    held = PublicPair(now=PublicCount(None, held_back=True), before=None)
    monkeypatch.setattr(briefing_sparse, "pair", lambda *_args, **_more: held)
    promise = bv.Promise(what="A", who="Penanggung", due=dt.date(2026, 12, 31))

    alone, beside = (
        briefing_sparse.sparse_headline(Ground(view=one, language=Language("en"), compare=True))
        for one in (few_people(), dataclasses.replace(few_people(), promises=(promise,)))
    )

    assert alone == "Medan: the number of people in 12 months is withheld"
    assert beside.replace("\u00a0", " ").startswith("Medan: 0 of 1 promise kept; the number of people")


def with_medan(**changes):
    mine = city("Medan", **changes)
    return view(city=mine, cities=(mine, *view().cities[1:]))


def test_a_part_without_a_chart_has_no_page_of_its_own():
    none = {"late_reasons": {}, "before_noon": bv.Sample(), "after_noon": bv.Sample(), "late": (2, 0)}

    blocks, data, pages = printed(with_medan(clocks={}, first_letters=((), ()), **none))

    assert (pages.pages, len(heads_of(blocks))) == (2, 2)
    assert "Not shown: waiting times, reasons of late letters." in text_of(data)
    assert "Bill above the estimate 60 150" in text_of(data)


def test_what_people_travel_for_follows_where_it_has_no_chart():
    gone = {"groups": {}, "places": {}, "stays": {}, "opened": (bv.TimeCounts(), bv.TimeCounts())}

    blocks, data, _ = printed(with_medan(**gone))

    assert len(heads_of(blocks)) == 2
    assert "Not shown: people by month, groups of diseases" in text_of(data)


def test_a_single_bar_is_a_sentence_instead():
    blocks, data, _ = printed(with_medan(places={"Penang": (9, 9), "Melaka": (4, 3)}, late_reasons={"x": (3, 2)}))

    assert all(len(chart.bars) > 1 for chart in charts_in(blocks) if isinstance(chart, Bars))
    assert "Other places, merged: 15 people, a year earlier 10." in text_of(data)


def test_one_finding_alone_runs_over_the_whole_page():
    gone = {"clocks": {}, "late": (0, 0), "places": {}, "at_home": (0, 0), "stay": bv.NO_SAMPLES}

    blocks, data, _ = printed(with_medan(**gone))

    assert not any(isinstance(block, Findings) for block in blocks)
    assert "Finding Cancer leads with 70 of 215 people" in text_of(data)


def test_the_words_of_an_event_have_room_above_their_column():
    blocks, _, _ = printed(view())
    (chart,) = (chart for chart in charts_in(blocks) if isinstance(chart, Months))

    assert [chart.maximum >= 1.25 * month.value for month in chart.months if month.event] == [True]


def test_the_dot_of_a_year_earlier_lies_on_the_axis():
    stays = {groups.CANCER: (sample(3, 20), sample(30, 20))}
    blocks, _, _ = printed(with_medan(stays=stays, clocks={bv.Clock.TOP_UP: (sample(3, 20), sample(60, 20))}))

    dots = [chart for chart in charts_in(blocks) if isinstance(chart, Dots)]
    assert len(dots) > 1
    assert all(one.previous <= chart.ticks[-1] for chart in dots for one in chart.dots if one.previous is not None)


def test_rounding_is_told_where_parts_stand_below_their_total():
    told = "Every figure is rounded to 5 by itself, so the parts may not add up to their total."

    assert text_of(printed(view())[1]).count(told) == 2
    assert told in text_of(printed(few_people())[1])
