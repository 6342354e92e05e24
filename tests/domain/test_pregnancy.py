"""Weeks on the day of a flight, what airlines ask then, and a child without a NIK."""

import datetime as dt

import pytest

from liaison.domain.pregnancy import (
    USUAL_RULE,
    AirlineRule,
    AirlineRuleDraft,
    FlightAnswer,
    Gestation,
    NewbornDraft,
    PregnancyDraft,
    check_airline_rule,
    check_newborn,
    check_pregnancy,
    due_date,
    due_of,
    gestation_on,
    judge,
    newborn_name,
)

TODAY = dt.date(2026, 11, 22)
DUE = dt.date(2027, 3, 1)


def codes(found):
    return {p.code for p in found}


def day_at(weeks, days=0):
    return DUE - dt.timedelta(days=280 - weeks * 7 - days)


def test_the_due_date_follows_from_the_weeks_counted_on_a_day():
    assert due_date(26, 3, day_at(26, 3)) == DUE
    assert due_of(PregnancyDraft(journey_id=1, weeks=26, days=3, counted_on=day_at(26, 3))) == DUE
    assert due_of(PregnancyDraft(journey_id=1, due_on=TODAY, weeks=1, counted_on=TODAY)) == TODAY
    assert due_of(PregnancyDraft(journey_id=1)) is None


def test_weeks_and_days_on_a_day():
    assert gestation_on(DUE, day_at(30, 4)) == Gestation(weeks=30, days=4)
    assert gestation_on(DUE, DUE - dt.timedelta(days=281)) is None


@pytest.mark.parametrize(
    ("weeks", "more", "answer"),
    [
        (27, {}, FlightAnswer.FREE),
        (28, {}, FlightAnswer.NEEDS_LETTER),
        (28, {"letter_on": day_at(27, 4)}, FlightAnswer.HAS_LETTER),
        (28, {"letter_on": day_at(26, 6)}, FlightAnswer.LETTER_OLD),
        (36, {"letter_on": day_at(36)}, FlightAnswer.HAS_LETTER),
        (37, {"letter_on": day_at(36)}, FlightAnswer.TOO_LATE),
        (33, {"is_multiple": True}, FlightAnswer.TOO_LATE),
        (20, {"has_complications": True}, FlightAnswer.NEEDS_LETTER),
        (30, {"born_on": day_at(29)}, FlightAnswer.NOT_PREGNANT),
    ],
)
def test_what_the_usual_rule_says_of_a_flight(weeks, more, answer):
    assert judge(USUAL_RULE, DUE, day_at(weeks), **more) is answer


def test_a_flight_before_the_pregnancy_began_needs_nothing():
    assert judge(USUAL_RULE, DUE, DUE - dt.timedelta(days=300)) is FlightAnswer.FREE


def test_a_rule_nobody_looked_at_for_a_year_is_old():
    rule = AirlineRule(carrier="Batik", letter_from_week=28, last_week=35, last_week_multiple=32, letter_days=7,
                       source="situs", checked_on=TODAY)  # fmt: skip

    assert not rule.is_stale(TODAY)
    assert rule.is_stale(TODAY + dt.timedelta(days=366))
    assert USUAL_RULE.is_stale(TODAY)


def test_what_is_wrong_with_a_pregnancy():
    def check(**values):
        return codes(check_pregnancy(PregnancyDraft(journey_id=1, **values), today=TODAY))

    assert check(due_on=DUE) == set()
    assert check() == {"NO_DUE_DATE"}
    assert check(weeks=50, days=9, counted_on=TODAY) == {"WEEKS", "DAYS"}
    assert check(due_on=DUE, letter_on=TODAY + dt.timedelta(days=1)) == {"IN_FUTURE"}
    assert check(due_on=dt.date(2028, 3, 1)) == {"DUE_ODD"}
    assert check(due_on=DUE, weeks=10, counted_on=TODAY) == {"DUE_DIFFERS"}


def test_what_is_wrong_with_a_rule():
    good = {"carrier": "AirAsia", "letter_from_week": 28, "last_week": 34, "last_week_multiple": 31, "letter_days": 7,
            "source": "situs", "checked_on": TODAY}  # fmt: skip

    assert check_airline_rule(AirlineRuleDraft(**good), today=TODAY) == []
    assert codes(check_airline_rule(AirlineRuleDraft(**{**good, "carrier": ""}), today=TODAY)) == {"MISSING"}
    bad = {**good, "last_week": 60, "letter_days": 0, "checked_on": TODAY + dt.timedelta(days=1)}
    assert codes(check_airline_rule(AirlineRuleDraft(**bad), today=TODAY)) == {"WEEK", "NOT_POSITIVE", "IN_FUTURE"}


def test_a_child_is_called_after_its_mother_until_it_has_a_name():
    assert newborn_name("Dewi Lestari", order=1, of_several=False) == "Bayi Ny. Dewi Lestari"
    assert newborn_name(" Dewi Lestari ", order=2, of_several=True) == "Bayi Ny. Dewi Lestari (2)"


def test_what_is_wrong_with_a_newborn():
    def check(**values):
        return codes(check_newborn(NewbornDraft(**{"journey_id": 1, "born_on": TODAY, **values}), today=TODAY))

    assert check() == set()
    assert check(mother_nik="1271015403800001") == set()
    assert check(born_on=None) == {"MISSING"}
    assert check(mother_nik="123") == {"MOTHER_NIK"}
    assert check(birth_order=2) == {"ONLY_CHILD"}
    assert check(birth_order=0, born_on=TODAY + dt.timedelta(days=1)) == {"BIRTH_ORDER", "IN_FUTURE"}
