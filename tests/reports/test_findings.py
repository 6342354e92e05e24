"""What a briefing says by itself, from full figures down to none."""

import dataclasses

import pytest

from liaison.domain.money import Money
from liaison.domain.privacy import PublicCount
from liaison.i18n import Language
from liaison.reports import briefing_view as bv
from liaison.reports import disease_groups as groups
from liaison.reports.blocks import KeyFigures
from liaison.reports.briefing_findings import (
    demand_headline,
    findings,
    headline,
    speed_headline,
)
from liaison.reports.briefing_public import PublicPair
from liaison.reports.briefing_summary import own_requests
from liaison.reports.briefing_words import Ground, change_words, decimal_words, million_words, signed
from liaison.reports.city_briefing import lay_out
from liaison.reports.text import plain
from tests.reports.reading import text_of
from tests.reports.test_city_briefing import city, claims_view, empty_view, printed, sample, view

EN = Language("en")
LETTERS = {bv.Clock.FIRST_LETTER: (sample(3, 50), sample(3, 50))}


def ground(one, *, compare=True):
    return Ground(view=one, language=EN, compare=compare)


def with_city(**changes):
    mine = city("Medan", **changes)
    return view(city=mine, cities=(mine, *view().cities[1:]))


def sentences(one):
    return [plain(finding.words) for finding in findings(ground(one))]


def test_a_headline_tells_slower_letters_too():
    slower = {bv.Clock.FIRST_LETTER: (sample(6, 50), sample(3, 50))}

    assert headline(ground(with_city(clocks=slower))).endswith("hours slower than the year before")


@pytest.mark.parametrize(
    ("changes", "end"),
    [
        ({"clocks": LETTERS}, "30 more than the year before"),
        ({"clocks": LETTERS, "people": 213}, "30 more than the year before"),
        ({"clocks": {}}, "30 more than the year before"),
    ],
)
def test_without_a_change_of_letters_it_tells_the_change_of_people(changes, end):
    assert headline(ground(with_city(**changes))).endswith(end)


def test_fewer_people_are_said_as_fewer():
    mine = dataclasses.replace(city("Medan", clocks={}), people=(150, 190))

    assert headline(ground(view(city=mine))) == "Medan: 150 people in twelve months, 40 fewer than the year before"


def test_with_nothing_to_compare_it_tells_the_hours_or_only_the_people():
    assert headline(
        ground(with_city(clocks={bv.Clock.FIRST_LETTER: (sample(3, 50), bv.Sample())}), compare=False)
    ).endswith("half of first letters within 5.5 working hours")
    assert headline(ground(with_city(clocks={}), compare=False)) == "Medan: 215 people in twelve months"


def test_a_claims_headline_tells_rejections_only_where_they_may_be_shown():
    few = claims_view()
    mine = dataclasses.replace(few.city, rejected=(3, 0))

    assert headline(ground(few)).endswith("45 of them with a rejected one")
    assert headline(ground(dataclasses.replace(few, city=mine))) == "Medan: 170 people with claims in twelve months"


def test_demand_is_told_for_one_group_and_without_a_place():
    one = {"groups": {groups.CANCER: (100, 90)}, "places": {}}

    assert demand_headline(ground(with_city(**one))) == "Cancer: 100 of 215 people"


def test_speed_is_told_with_late_letters_without_and_not_at_all():
    assert "waited longer than 4" in speed_headline(ground(view()))
    assert speed_headline(ground(with_city(late=(0, 0)))) == "Half of first letters arrive within 12.1 working hours"
    assert (
        speed_headline(ground(with_city(clocks={}))) == "First letters: 185 people, too few to show how long they took"
    )


def test_claims_money_is_told_with_paid_people_without_and_not_at_all():
    one = claims_view()
    no_bills = dataclasses.replace(one, city=dataclasses.replace(one.city, bills=bv.NO_SAMPLES))
    unpaid = dataclasses.replace(one, city=dataclasses.replace(one.city, states={}))

    assert speed_headline(ground(one)) == "Half of the claims are RM18,000 or less; 80 of 170 people have been paid"
    assert speed_headline(ground(unpaid)) == "Half of the claims are RM18,000 or less"
    assert speed_headline(ground(no_bills)) == "Claims of 170 people: too few to show amounts"


def test_groups_that_shrank_or_stood_still_are_said_so():
    less = {groups.CANCER: (56, 71), groups.HEART: (41, 53)}
    same = {groups.CANCER: (71, 71), groups.HEART: (41, 41)}
    alone = {groups.CANCER: (71, 71)}

    assert (
        "15 fewer than the year before; heart and circulation follows with 40." in sentences(with_city(groups=less))[0]
    )
    assert (
        sentences(with_city(groups=same))[0]
        == "Cancer leads with 70 of 215 people; heart and circulation follows with 40."
    )
    assert sentences(with_city(groups=alone))[0] == "Cancer leads: 70 of 215 people."


def test_where_letters_say_nothing_places_and_answers_at_home_do():
    said = sentences(with_city(clocks={}, late=(0, 0), late_reasons={}))

    assert said[1:] == [
        "Penang receives 145 of 215 people. Kuala Lumpur follows with 35.",
        "45 of 215 people were answered at home and did not travel.",
    ]


def test_one_place_alone_has_nobody_behind_it():
    said = sentences(with_city(clocks={}, late=(0, 0), places={"Penang": (150, 150)}, at_home=(0, 0)))

    assert "Penang receives 150 of 215 people." in said
    assert any(sentence.startswith("Half of the stays last") for sentence in said)


@pytest.mark.parametrize(
    ("pending", "rejected", "sentence"),
    [
        (31, 47, "30 of 170 people wait for a document to be sent. 45 had a claim rejected."),
        (31, 2, "30 of 170 people wait for a document to be sent."),
        (2, 47, "45 of 170 people had a claim rejected."),
    ],
)
def test_claims_that_wait_or_were_rejected_are_a_finding(pending, rejected, sentence):
    one = claims_view()
    mine = dataclasses.replace(one.city, pending=(pending, 0), rejected=(rejected, 0))

    assert sentence in sentences(dataclasses.replace(one, city=mine))


def test_claims_without_either_tell_stays_places_and_amounts():
    one = claims_view()
    mine = dataclasses.replace(one.city, pending=(0, 0), rejected=(0, 0), places={}, stay=bv.NO_SAMPLES)

    assert (
        sentences(dataclasses.replace(one, city=mine))[-1]
        == "Half of the claims are RM18,000 or less. One in four is above RM18,000."
    )


def test_nothing_to_find_is_said_once():
    (only,) = findings(ground(empty_view()))

    assert "Too few people" in only.words


def test_a_year_before_is_compared_in_every_key_figure():
    one = claims_view()
    both = dataclasses.replace(one.city, people=(170, 150), stay=(sample(3, 40), sample(4, 40)))
    blocks = lay_out(dataclasses.replace(one, city=both, cities=(both, *one.cities[1:])), EN)

    figures = next(block for block in blocks if isinstance(block, KeyFigures)).figures

    assert figures[1].change == "−1 day"
    assert figures[0].change == "+20 (+13%)"


def test_the_same_median_twice_is_no_change():
    blocks = lay_out(with_city(clocks=LETTERS), EN)
    figures = next(block for block in blocks if isinstance(block, KeyFigures)).figures

    assert figures[1].change == "no change"


def test_too_few_days_and_no_rejections_are_said_in_place():
    one = claims_view()
    thin = dataclasses.replace(one.city, stay=bv.NO_SAMPLES, rejections={}, pending=(0, 0))

    _, data, _ = printed(dataclasses.replace(one, city=thin, cities=(thin, *one.cities[1:])))

    text = text_of(data)
    assert "too few to show" in text
    assert "No rejected claim is on record." in text
    assert "How far the claims are" in text


def test_requests_follow_from_the_figures_of_claims():
    one = claims_view()
    quiet = dataclasses.replace(one, city=dataclasses.replace(one.city, pending=(0, 0), rejected=(0, 0)))

    assert [request.who for request in own_requests(ground(one))] == ["All insurers", "All insurers", "All hospitals"]
    assert len(own_requests(ground(quiet))) == 2


def test_a_city_whose_letters_lack_a_quarter_still_prints_its_page():
    thin = with_city(
        first_letters=((sample(3, 4),) * 4, (sample(3, 40),) * 4),
        before_noon=sample(6, 40),
        after_noon=sample(3, 40),
        late=(3, 2),
        bills_by_quarter=((sample(18_000, 4),) * 4, (sample(17_000, 40),) * 4),
        clocks={bv.Clock.FIRST_LETTER: (sample(1, 11), bv.Sample())},
    )

    _, data, _ = printed(thin)

    assert data


def test_one_hour_and_one_day_are_not_many():
    faster = {bv.Clock.FIRST_LETTER: (sample(3, 50), sample(4, 50))}

    assert headline(ground(with_city(clocks=faster))).endswith("first letters 1 hour faster than the year before")


def test_nobody_is_said_to_stay_longer_than_the_longest():
    alike = bv.Sample(values=(5.0,) * 40, people=40)
    said = sentences(with_city(clocks={}, late=(0, 0), places={}, at_home=(0, 0), stay=(alike, alike)))

    assert said[-1] == "Half of the stays last 5 days or less."


# words


def test_differences_carry_their_sign():
    assert [signed(number, EN) for number in (15, -5, 0, 2.7, -0.5)] == ["+15", "−5", "±0", "+2.7", "−0.5"]


def test_a_hidden_figure_has_no_change():
    assert change_words(PublicPair(now=PublicCount(None), before=PublicCount(10)), EN) == ""
    assert change_words(PublicPair(now=PublicCount(20), before=PublicCount(10)), EN) == "+10"


def test_whole_numbers_have_no_decimals_and_millions_two_digits():
    assert decimal_words(5.0, EN) == "5"
    assert decimal_words(5.25, EN) == "5.2"
    assert million_words(Money.of("81456000", "IDR"), EN).replace("\u00a0", " ") == "Rp81 million"
    assert million_words(Money.of("8145600", "IDR"), EN).replace("\u00a0", " ") == "Rp8.1 million"
