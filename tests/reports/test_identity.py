"""The id on each page stands for report, parameters, data and moment."""

import datetime as dt

import pytest

from liaison.reports.identity import digest, report_id

AS_OF = dt.datetime(2026, 11, 20, 7, 5, tzinfo=dt.UTC)
PARTS = {"parameters": {"city": "Medan"}, "data_digest": "abc", "as_of": AS_OF}


def test_the_same_report_has_the_same_id():
    assert report_id("R6", "city_briefing", **PARTS) == report_id("R6", "city_briefing", **PARTS)


@pytest.mark.parametrize(
    "change",
    [{"parameters": {"city": "Jakarta"}}, {"data_digest": "abd"}, {"as_of": AS_OF + dt.timedelta(seconds=1)}],
)
def test_another_question_another_data_or_another_moment_has_another_id(change):
    assert report_id("R6", "city_briefing", **{**PARTS, **change}) != report_id("R6", "city_briefing", **PARTS)


def test_the_id_is_short_enough_to_be_read_over_the_telephone():
    code, first, second, third = report_id("R6", "city_briefing", **PARTS).split("-")

    assert (code, len(first), len(second), len(third)) == ("R6", 4, 4, 2)


def test_views_that_are_equal_have_one_digest():
    assert digest((1, "a")) == digest((1, "a")) != digest((1, "b"))
