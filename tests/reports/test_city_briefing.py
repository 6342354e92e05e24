"""The city briefing: three pages or fewer, safe figures in every place, claims only, little data, both languages."""

import dataclasses
import datetime as dt
import re

import pytest

from liaison.domain.calendars import Calendar
from liaison.domain.errors import Refused
from liaison.domain.regions import city_of
from liaison.i18n import Language
from liaison.reports import briefing_view as bv
from liaison.reports import disease_groups as groups
from liaison.reports.blocks import Columns, Drawing, Grid, Heading, Headline
from liaison.reports.briefing_gather import briefing_cities, gather
from liaison.reports.briefing_summary import end_of_month, own_requests
from liaison.reports.briefing_tally import Persons, Values, working_hours
from liaison.reports.briefing_words import Ground, nice_maximum, ticks_to
from liaison.reports.charts import Bars, Cities, FigureColumns, Months, Panels
from liaison.reports.city_briefing import lay_out
from liaison.reports.lint import check_pages
from tests import make
from tests.reports import fill, samples
from tests.reports.reading import drawn, pages_of, squeezed, text_of

YEAR = bv.closed_year(dt.date(2026, 11, 20))


def spread_out(count):
    """So many people over the year, unevenly."""
    months = tuple(count // 12 + (n % 3) for n in range(12))
    quarters = tuple(sum(months[n * 3 : n * 3 + 3]) for n in range(4))
    return bv.TimeCounts(months=months, quarters=quarters, halves=(sum(quarters[:2]), sum(quarters[2:])))


def sample(start, count, *, people=None, houses=5):
    return bv.Sample(values=tuple(start + n / 10 for n in range(count)), people=people or count, houses=houses)


def city(name, people=213, **changes):
    """A city with figures that are no multiples of five, so that an exact one would be seen."""
    values = {
        "city": city_of(name),
        "people": (people, max(people - 26, 0)),
        "opened": (spread_out(people), spread_out(max(people - 26, 0))),
        "at_home": (43, 31),
        "at_home_by_half": (spread_out(43), spread_out(31)),
        "groups": {
            groups.CANCER: (71, 56),
            groups.HEART: (53, 41),
            groups.BONES: (23, 22),
            groups.BIRTH: (3, 12),
            groups.NERVES: (2, 1),
            groups.OTHER: (9, 13),
        },
        "places": {
            "Penang": (144, 122),
            "Kuala Lumpur": (33, 31),
            "Melaka": (14, 13),
            "Singapore": (4, 6),
            "Guangzhou": (2, 3),
        },
        "stays": {groups.CANCER: (sample(3, 57), sample(4, 44)), groups.HEART: (sample(2, 9), sample(2, 40))},
        "stay": (sample(3, 171), sample(3, 150)),
        "clocks": {
            bv.Clock.FIRST_LETTER: (sample(3, 183), sample(5, 171)),
            bv.Clock.TOP_UP: (sample(4, 62), sample(5, 59)),
            bv.Clock.OUR_ANSWER: (sample(1, 6), sample(1, 4)),
        },
        "first_letters": (tuple(sample(3 + n, 44) for n in range(4)), tuple(sample(6 + n, 41) for n in range(4))),
        "late": (112, 131),
        "late_reasons": {
            bv.REASON_DOCUMENT: (37, 46),
            bv.REASON_AFTER_NOON: (26, 24),
            bv.REASON_QUESTION: (21, 31),
            bv.REASON_OTHER: (14, 26),
        },
        "before_noon": sample(2, 91),
        "after_noon": sample(6, 92),
        "bills": (
            bv.Sample(values=tuple(17_777.0 + n for n in range(151)), people=151, houses=6),
            bv.Sample(values=tuple(16_666.0 + n for n in range(149)), people=149, houses=6),
        ),
        "bills_by_quarter": (tuple(sample(18_000, 38) for _ in range(4)), tuple(sample(17_000, 37) for _ in range(4))),
        "came_back": (11, 9),
        "discharged": (152, 141),
        "withdrawn": (3, 4),
        "with_letter": (183, 171),
        "above_estimate": (61, 58),
        "estimated": (149, 131),
    }
    return bv.CityFigures(**{**values, **changes})


def view(**changes):
    cities = tuple(city(one.name, people) for one, people in zip(briefing_cities(), (213, 341, 122), strict=True))
    values = {
        "as_of": samples.at(20, 14, 5),
        "office": samples.OFFICE,
        "basis": bv.Basis.JOURNEYS,
        "year": YEAR,
        "city": cities[0],
        "cities": cities,
        "currency": "MYR",
        "rate": None,
        "left_out": 17,
        "only_claims": 4,
    }
    return bv.BriefingView(**{**values, **changes})


def claims_view(**changes):
    figures = city(
        "Medan",
        171,
        states={bv.STATE_PAID: (82, 0), bv.STATE_REJECTED: (47, 0), bv.STATE_PENDING: (31, 0), bv.STATE_OPEN: (11, 0)},
        rejections={bv.REASON_NOT_STATED: (41, 0), "waiting period": (9, 0)},
        rejected=(47, 0),
        pending=(31, 0),
        bills_by_group={groups.CANCER: (sample(20_000, 33), bv.Sample())},
        **changes,
    )
    others = tuple(bv.CityFigures(city=one) for one in briefing_cities()[1:])
    flat = tuple(dataclasses.replace(one, people=(one.people[0], 0)) for one in (figures, *others))
    return view(basis=bv.Basis.CLAIMS, city=flat[0], cities=flat)


def printed(one, language="en"):
    blocks = lay_out(one, Language(language))
    data, pages = drawn(blocks)
    assert [p for p in check_pages(blocks, pages) if p.severity == "error"] == []
    return blocks, data, pages


def charts_in(blocks):
    for block in blocks:
        if isinstance(block, Columns):
            yield from charts_in(block.left)
            yield from charts_in(block.right)
        elif isinstance(block, Drawing):
            yield block.chart


# the pages


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("make_view", [view, claims_view])
def test_it_has_three_pages_in_both_languages_each_with_its_headline(make_view, language):
    blocks, data, pages = printed(make_view(), language)

    assert pages.pages == 3
    assert len([b for b in blocks if isinstance(b, Headline)]) == 3
    assert all("Medan" in page for page in pages_of(data))


EXACT = (
    213,
    187,
    43,
    31,
    71,
    56,
    53,
    41,
    23,
    22,
    144,
    122,
    33,
    14,
    183,
    171,
    112,
    131,
    37,
    46,
    26,
    24,
    21,
    152,
    141,
    61,
    58,
    149,
    57,
    44,
    62,
    59,
    17,
    341,
)
"""True counts of the view that are no printed figure; those that also are a day or a year of the page are left out."""


@pytest.mark.parametrize("language", ["id", "en"])
def test_no_true_count_stands_anywhere_on_the_paper(language):
    _, data, pages = printed(view(), language)

    for text in (text_of(data), " ".join(one.text for one in pages.drawn)):
        rest = re.sub(
            r"\d{1,2}[.:]\d\d|\d{1,2} \w{3,9} \d{4}|\b20\d\d(/\d\d)?\b|\d+[.,]\d+|\d+–\d+|\d+%|R1-\S+|\S+…\S+",
            " ",
            squeezed(text),
        )
        found = {int(number) for number in re.findall(r"(?<![\w.,-])\d+(?![\w.,])", rest)}
        assert found & set(EXACT) == set()


@pytest.mark.parametrize("make_view", [view, claims_view])
def test_every_bar_and_column_is_drawn_from_a_safe_figure(make_view):
    blocks, _, _ = printed(make_view())

    counts = []
    for chart in charts_in(blocks):
        if isinstance(chart, Bars):
            counts += [value for bar in chart.bars for value in (bar.value, bar.previous)]
            assert all(bar.shown == ("*" if bar.value is None else f"{int(bar.value):,}") for bar in chart.bars)
        elif isinstance(chart, Months):
            counts += [value for month in chart.months for value in (month.value, month.previous)]
        elif isinstance(chart, Cities):
            counts += [row.cells[n][k] for row in chart.rows for n in (0, 2) for k in (0, 2)]
    assert counts
    assert all(value is None or (value % 5 == 0 and value != 5) for value in counts)


def test_small_counts_are_stars_in_tables_too():
    text = text_of(printed(view())[1])

    assert "Letter withdrawn * 185" in text
    assert "Back in hospital in 30 days 10 150" in text


def test_no_insurer_and_no_person_has_a_place_in_the_view():
    names = {field.name for kind in (bv.BriefingView, bv.CityFigures, bv.Sample) for field in dataclasses.fields(kind)}

    assert not any("insurer" in name or "name" in name or "patient" in name for name in names)


def test_headlines_and_findings_tell_the_rounded_figures():
    blocks, data, _ = printed(view())
    heads = [block.text for block in blocks if isinstance(block, Headline)]

    assert heads[0] == "Medan: 215 people in twelve months, first letters 1.4 hours faster than the year before"
    assert heads[1] == "Cancer: 70 of 215 people, heart and circulation: 55; 67% go to Penang"
    assert (
        heads[2]
        == "Half of first letters arrive within 12.1 working hours; 110 of 185 people waited longer than 4 hours"
    )
    assert "Cancer leads with 70 of 215 people, 15 more than the year before" in text_of(data)


def test_who_is_left_out_is_said_as_a_safe_figure():
    text = text_of(printed(view())[1])

    assert "Left out: 15 people whose origin is not stated." in text
    assert "Not counted: * people known from claim lists only." in text


def test_three_cities_stand_on_one_scale_with_ours_in_focus_first():
    blocks, _, _ = printed(view())
    chart = next(chart for chart in charts_in(blocks) if isinstance(chart, Cities))

    assert [row.city for row in chart.rows] == ["Medan", "Jakarta", "Surabaya"]
    assert [row.focus for row in chart.rows] == [True, False, False]


def test_the_packs_of_the_three_cities_share_their_scales():
    packs = [lay_out(view(city=one), Language("en")) for one in view().cities]

    def scales(blocks):
        bars = [chart.mm_per_unit for chart in charts_in(blocks) if isinstance(chart, Bars)][:2]
        panels = [chart.maximum for chart in charts_in(blocks) if isinstance(chart, Panels)]
        figures = [
            f.chart.maximum for b in blocks for f in getattr(b, "figures", ()) if isinstance(f.chart, FigureColumns)
        ]
        return bars, panels, figures

    assert scales(packs[0]) == scales(packs[1]) == scales(packs[2])


def test_the_rate_stands_beside_the_amounts():
    rate = samples.case_view().rates[0]

    text = text_of(printed(view(rate=rate))[1])

    assert (
        "MYR 1 = IDR 4,478.17 · European Central Bank, cross via EUR, 19 Nov 2026; the median is Rp81 million." in text
    )


# requests and promises


def test_requests_the_officer_wrote_are_printed_as_they_are():
    mine = bv.Request(who="Semua penanggung", what="Satu nomor malam", by=dt.date(2027, 1, 31))

    text = text_of(printed(view(requests=(mine,)))[1])

    assert "1 Semua penanggung Satu nomor malam 31 Jan 2027" in text


def test_otherwise_the_figures_suggest_three_with_a_date():
    ground = Ground(view=view(), language=Language("en"), compare=True)

    requests = own_requests(ground)

    assert len(requests) == 3
    assert requests[0].what == "Send requests for letters before 12:00"
    assert all(request.by > dt.date(2026, 11, 20) for request in requests)


def test_promises_say_what_became_of_them():
    promises = (
        bv.Promise(
            what="Menjawab sehari",
            who="Penanggung",
            due=dt.date(2026, 6, 30),
            kept_on=dt.date(2026, 6, 1),
            note="n = 80",
        ),
        bv.Promise(what="Satu daftar periksa", who="Penanggung", due=dt.date(2026, 9, 30)),
        bv.Promise(what="Daftar panel", who="Penanggung", due=dt.date(2026, 12, 31)),
    )

    text = text_of(printed(view(promises=promises, promised_on=dt.date(2026, 5, 12)))[1])

    assert "Promises: 1 of 3 kept made in Medan, 12 May 2026" in text
    assert "kept since 1 Jun 2026; n = 80" in text
    assert "51 days late" in text
    assert "open" in text


def test_without_promises_the_section_is_left_out():
    assert "Promises" not in text_of(printed(view())[1])


# little data


def empty_view(**changes):
    cities = tuple(bv.CityFigures(city=one) for one in briefing_cities())
    return view(city=cities[0], cities=cities, left_out=0, only_claims=0, currency="", **changes)


def test_claims_only_say_that_they_are_claims_and_compare_nothing_without_a_year_before():
    _, data, _ = printed(claims_view())
    text = text_of(data)

    assert "Source: claim lists brought in by this office" in text
    assert "These figures come from claim lists only" in text
    assert "There are no records of the year before, so nothing is compared." in text
    assert "Not stated in the list" in text
    assert "light" not in text


# gathering


def test_an_unknown_city_is_refused_with_the_known_ones(sample_store):
    with sample_store.read() as session, pytest.raises(Refused) as refusal:
        gather(session, "Bandung")

    assert refusal.value.problems[0].values == {"cities": "Jakarta, Medan, Surabaya"}


@pytest.mark.parametrize("name", ["Medan", "medan", "MDN", "Kota Medan", "Jakarta Selatan", "sby"])
def test_a_city_is_known_by_its_name_code_or_spelling(sample_store, name):
    with sample_store.read() as session:
        assert gather(session, name).city.city in briefing_cities()


def test_the_year_ends_with_the_last_closed_quarter():
    assert (YEAR.start, YEAR.end) == (dt.date(2025, 10, 1), dt.date(2026, 9, 30))
    assert bv.closed_year(dt.date(2026, 1, 1)).end == dt.date(2025, 12, 31)
    assert bv.closed_year(dt.date(2026, 3, 31)).end == dt.date(2025, 12, 31)
    assert YEAR.before().end == dt.date(2025, 9, 30)
    assert YEAR.months()[0] == (2025, 10)
    assert YEAR.months()[-1] == (2026, 9)


def test_cases_of_the_running_quarter_are_not_counted(store):
    fill.fill(store, 30, cities={"Medan": 1})

    with store.read() as session:
        one = gather(session, "Medan")

    assert one.basis is bv.Basis.JOURNEYS
    assert one.city.people[0] + one.city.people[1] == 30
    assert sum(one.city.opened[0].months) == one.city.people[0]
    assert one.currency == "MYR"


def test_claim_lists_alone_make_a_claims_briefing_with_each_name_once(store):
    fill.fill_claims(store, 60, cities={"Medan": 1})

    with store.read() as session:
        one = gather(session, "Medan")

    assert one.basis is bv.Basis.CLAIMS
    assert 0 < one.city.people[0] <= 60
    assert one.city.people[0] == len(_spellings(store))
    assert one.city.rejected[0] > 0


def _spellings(store):
    import sqlalchemy as sa

    from liaison.store.models import ClaimRow, PatientRow

    with store.read() as session:
        rows = session.execute(
            sa.select(PatientRow.similar_key, ClaimRow.admitted_on).join(ClaimRow, ClaimRow.patient_id == PatientRow.id)
        ).all()
    return {key for key, day in rows if YEAR.start <= day <= YEAR.end}


def test_claims_without_an_origin_are_counted_as_left_out(store):
    fill.fill_claims(store, 40, cities={"Medan": 0.5, "": 0.5})

    with store.read() as session:
        one = gather(session, "Medan")

    assert one.left_out > 0
    assert one.city.people[0] > 0


def test_plans_of_the_office_are_read_from_its_settings(store):
    from liaison.services.office import set_setting

    plan = {
        "MDN": {
            "requests": [{"who": "A", "what": "B", "by": "2027-01-31"}],
            "promises": [{"what": "C", "who": "D", "due": "2026-12-01"}],
            "promised_on": "2026-05-12",
        }
    }
    make.do(store, set_setting, "briefing_plans", plan)

    with store.read() as session:
        one = gather(session, "Medan")

    assert one.requests == (bv.Request(who="A", what="B", by=dt.date(2027, 1, 31)),)
    assert one.promises[0].what == "C"
    assert one.promised_on == dt.date(2026, 5, 12)


# counting


def test_a_person_counts_once_in_each_part_of_the_year():
    persons = Persons(YEAR)
    for day in (
        dt.date(2025, 10, 1),
        dt.date(2025, 10, 20),
        dt.date(2025, 12, 1),
        dt.date(2024, 12, 1),
        dt.date(2026, 10, 1),
    ):
        persons.add("a", 7, day)
    persons.add("b", 8, dt.date(2026, 1, 1))

    assert persons.total() == (2, 1)
    assert persons.pairs() == {"a": (1, 1), "b": (1, 0)}
    assert persons.times()[0].quarters == (1, 1, 0, 0)


def test_values_know_their_people_hospitals_and_quarters():
    values = Values(YEAR)
    values.add(2.0, 1, dt.date(2025, 10, 1), 5)
    values.add(4.0, 1, dt.date(2026, 9, 30), 6)
    values.add(9.0, 2, dt.date(2024, 10, 1), None)

    now, before = values.samples()
    assert (now.values, now.people, now.houses) == ((2.0, 4.0), 1, 2)
    assert (before.values, before.houses) == ((9.0,), 0)
    assert [one.people for one in values.quarters()[0]] == [1, 0, 0, 1]


def test_working_hours_know_nights_and_weekends():
    hours = working_hours(Calendar(country="ID", zone="Asia/Jakarta"))
    wib = dt.timezone(dt.timedelta(hours=7))
    friday = dt.datetime(2026, 11, 20, 16, tzinfo=wib)

    assert hours(friday, friday + dt.timedelta(minutes=30)) == 0.5
    assert hours(friday, dt.datetime(2026, 11, 23, 9, tzinfo=wib)) == 2.0
    assert hours(dt.datetime(2026, 11, 21, 9, tzinfo=wib), dt.datetime(2026, 11, 22, 9, tzinfo=wib)) == 0


@pytest.mark.parametrize(("top", "maximum"), [(60, 60), (61, 80), (9.6, 10), (0, 1), (0.5, 0.5), (17_900, 20_000)])
def test_scales_end_at_a_round_number(top, maximum):
    assert nice_maximum([None, top]) == pytest.approx(maximum)
    assert ticks_to(maximum)[-1] >= maximum
    assert 2 <= len(ticks_to(maximum)) <= 8


def test_the_end_of_a_month_is_found_in_any_year():
    assert end_of_month(dt.date(2026, 12, 31), 2) == dt.date(2027, 2, 28)


def test_tables_of_the_briefing_have_their_names():
    blocks, _, _ = printed(view())

    assert {block.name for block in blocks if isinstance(block, Grid)} == {"requests"}
    assert any(isinstance(block, Heading) and block.anchor for block in blocks)
