"""The city pack before and after its event: promises stand once, and what is over leaves nothing to do."""

import datetime as dt

import pytest
import sqlalchemy as sa

from liaison.domain.privacy import Audience
from liaison.domain.roadshows import RoadshowDraft
from liaison.reports.making import make_report
from liaison.services import roadshows
from liaison.store.models import RoadshowRow
from tests import make
from tests.reports.reading import text_of

PAST, COMING = 0, -1


def pack(store, which, audience=Audience.PUBLIC):
    def made(session):
        event = session.scalars(sa.select(RoadshowRow).where(RoadshowRow.city == "Medan")
                                .order_by(RoadshowRow.starts_on)).all()[which]  # fmt: skip
        return make_report(session, "city_pack", {"event": str(event.id)}, language="en", audience=audience)

    return make.see(store, made)


@pytest.fixture(scope="module")
def past(sample_store):
    return pack(sample_store, PAST)


@pytest.fixture(scope="module")
def coming(sample_store):
    return pack(sample_store, COMING)


def test_a_pack_of_a_past_event_tells_what_was_promised_there_and_calls_nothing_the_last_visit(past):
    text = text_of(past.data)

    assert (
        past.headlines[0].generated.replace("\u00a0", " ") == "Medan, 12 May 2026: 2 of 4 promises made there are kept"
    )
    assert "Promises: 2 of 4 kept made in Medan, 12 May 2026" in text
    assert "last visit" not in text
    assert "Promised last time" not in text


def test_a_pack_of_a_past_event_has_no_lines_to_write_on(past, coming):
    assert "Promised today" not in text_of(past.data)
    assert "Promised today" in text_of(coming.data)


def test_what_was_promised_stands_once_in_a_pack(past, coming):
    for one in (past, coming):
        assert text_of(one.data).count("Satu daftar periksa untuk surat awal") == 1


def test_a_promise_that_waits_is_open_on_every_page(past, coming):
    for one in (past, coming):
        text = text_of(one.data)
        assert "under way" not in text
        assert "31 Dec 2026 open" in text


@pytest.mark.parametrize("which", [PAST, COMING])
@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.INTERNAL])
def test_no_pack_counts_nothing_as_its_source(sample_store, which, audience):
    assert "n = 0" not in text_of(pack(sample_store, which, audience).data)


def test_an_event_without_a_promise_counts_itself(store):
    make.do(store, roadshows.add_roadshow, RoadshowDraft(series="A", city="Batam", starts_on=dt.date(2026, 12, 4)))

    text = text_of(make.see(store, make_report, "city_pack", {"event": "Batam"}, language="en").data)

    assert "Source: records of this office, n = 1 roadshow." in text
    assert "Round table in Batam, 4 December 2026" in text
    assert "0 themes" not in text


def test_the_table_of_provinces_says_itself_why_parts_do_not_add_up(coming):
    text = text_of(coming.data)
    table = text[text.rindex("Where patients come from") :]

    assert table.index("rounded to 5 by itself") < table.index("Promised today")


def test_permits_are_a_checklist_before_the_event_and_a_sentence_after_it(sample_store):
    before, after = (text_of(pack(sample_store, which, Audience.INTERNAL).data) for which in (COMING, PAST))

    assert "All 7 permits were granted or not needed." in after
    assert "Crowd permit of the police" not in after
    assert "Crowd permit of the police" in before


def test_chapters_follow_each_other_without_a_page_for_a_few_lines(sample_store, past, coming):
    inside = [pack(sample_store, which, Audience.INTERNAL).pages for which in (PAST, COMING)]

    assert [past.pages, coming.pages, *inside] == [4, 4, 4, 4]
