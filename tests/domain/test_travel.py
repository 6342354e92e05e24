"""The way there: legs on two clocks, the airline's medical form in time, passport and visit pass by country."""

import datetime as dt

import pytest

from liaison.domain.calendars import Calendar
from liaison.domain.regions import COUNTRIES
from liaison.domain.travel import (
    EscortDraft,
    MedifState,
    Oxygen,
    StayDraft,
    TravelLegDraft,
    TravelMode,
    check_escort,
    check_leg,
    check_stay,
)
from liaison.domain.travel_checks import Trip, findings, latest_day_to_send
from liaison.domain.travel_rules import (
    PRACTICE,
    CountryRule,
    CountryRuleDraft,
    MedifNeed,
    check_country_rule,
    read_rules,
    source_words,
    travel_rules,
)
from liaison.i18n import Language

TODAY = dt.date(2026, 11, 9)
MYT, WIB = "Asia/Kuala_Lumpur", "Asia/Jakarta"


def leg(**values):
    """Medan 08.10 WIB to Penang 10.05 MYT on Monday 23 November."""
    return TravelLegDraft(
        **{
            "journey_id": 1, "carrier": "Malaysia Airlines", "number": "MH 861", "from_place": "Medan",
            "departs_at": dt.datetime(2026, 11, 23, 1, 10, tzinfo=dt.UTC), "departs_zone": WIB,
            "to_place": "Penang", "arrives_at": dt.datetime(2026, 11, 23, 2, 5, tzinfo=dt.UTC), "arrives_zone": MYT,
            **values,
        }
    )  # fmt: skip


def codes(problems):
    return {(p.code, p.field) for p in problems}


def told(trip):
    return [one.problem.code for one in findings(trip, travel_rules()) if not one.is_good]


def trip(**values):
    return Trip(
        **{
            "today": TODAY, "country": "MY", "passport_expires_on": dt.date(2031, 5, 2),
            "leaves_on": dt.date(2026, 11, 23), "returns_on": dt.date(2026, 11, 29), **values,
        }
    )  # fmt: skip


def test_a_leg_over_two_clocks_is_right_though_the_hands_say_otherwise():
    assert check_leg(leg()) == []
    assert codes(check_leg(leg(arrives_at=dt.datetime(2026, 11, 23, 1, 0, tzinfo=dt.UTC)))) == {
        ("ARRIVES_BEFORE", "arrives_at")
    }
    assert codes(check_leg(leg(departs_zone=""))) == {("ZONE", "departs_zone")}
    assert codes(check_leg(leg(arrives_at=dt.datetime(2026, 11, 27, tzinfo=dt.UTC)))) == {("LONG_LEG", "arrives_at")}


def test_a_stretcher_always_needs_the_airlines_form():
    assert codes(check_leg(leg(has_stretcher=True, medif=MedifState.NOT_NEEDED))) == {("MEDIF_WANTED", "medif")}
    assert check_leg(leg(has_stretcher=True, medif=MedifState.NOT_NEEDED, mode=TravelMode.AIR_AMBULANCE)) == []


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({}, set()),
        ({"check_out": dt.date(2026, 11, 23)}, {("NO_NIGHT", "check_out")}),
        ({"check_out": dt.date(2026, 11, 20)}, {("ENDS_BEFORE_START", "check_out")}),
        ({"hotel": " "}, {("MISSING", "hotel")}),
        ({"distance_m": -3}, {("NOT_POSITIVE", "distance_m")}),
    ],
)
def test_a_stay_has_nights(values, found):
    stay = {"journey_id": 1, "hotel": "Cititel", "check_in": dt.date(2026, 11, 23), "check_out": dt.date(2026, 11, 27)}

    assert codes(check_stay(StayDraft(**{**stay, **values}))) == found


def test_a_companion_needs_only_a_name():
    assert check_escort(EscortDraft(journey_id=1, name="BUDI")) == []
    assert codes(check_escort(EscortDraft(journey_id=1, name=""))) == {("MISSING", "name")}


# the airline's form


def test_a_stretcher_with_malaysia_airlines_asks_for_ten_working_days():
    rule = travel_rules().airline("Malaysia Airlines", "", MedifNeed.STRETCHER)

    assert (rule.days, rule.working) == (10, True)
    assert latest_day_to_send(dt.date(2026, 11, 23), rule, Calendar()) == dt.date(2026, 11, 9)


@pytest.mark.parametrize(("today", "said"), [(dt.date(2026, 11, 9), "MEDIF_BY"), (dt.date(2026, 11, 10), "MEDIF_LATE")])
def test_a_stretcher_is_no_way_out_in_an_emergency(today, said):
    stretcher = leg(has_stretcher=True, medif=MedifState.NEEDED)

    assert said in told(trip(today=today, legs=(stretcher,)))


def test_a_device_asks_for_three_days_and_is_found_by_the_flights_code():
    device = leg(carrier="", number="MH 861", oxygen=Oxygen.OWN)

    assert "MEDIF_BY" in told(trip(today=dt.date(2026, 11, 20), legs=(device,)))
    assert "MEDIF_LATE" in told(trip(today=dt.date(2026, 11, 21), legs=(device,)))


def test_an_airline_without_a_known_time_is_to_be_asked():
    assert "MEDIF_ASK" in told(trip(legs=(leg(carrier="AirAsia", number="AK 400", has_stretcher=True),)))
    citilink = told(trip(legs=(leg(carrier="Citilink", number="QG 1", has_stretcher=True),)))
    assert {"MEDIF_ASK", "INDEMNITY"} <= set(citilink)


def test_what_the_airline_answered_is_said():
    assert "MEDIF_WAITS" in told(trip(legs=(leg(medif=MedifState.SENT),)))
    assert "MEDIF_REFUSED" in told(trip(legs=(leg(medif=MedifState.REFUSED),)))
    assert not [c for c in told(trip(legs=(leg(medif=MedifState.CLEARED, has_stretcher=True),))) if "MEDIF" in c]


# passport and visit


def test_a_passport_lasts_six_months_beyond_the_return():
    assert "PASSPORT_SHORT" in told(trip(passport_expires_on=dt.date(2027, 5, 28)))
    assert "PASSPORT_SHORT" not in told(trip(passport_expires_on=dt.date(2027, 5, 29)))
    assert "NO_PASSPORT" in told(trip(passport_expires_on=None))


def test_a_companions_passport_counts_too():
    short = EscortDraft(journey_id=1, name="BUDI", passport_expires_on=dt.date(2027, 1, 1))

    assert "ESCORT_PASSPORT_SHORT" in told(trip(escorts=(short,)))
    assert "ESCORT_PASSPORT" in told(trip(escorts=(EscortDraft(journey_id=1, name="BUDI"),)))


def test_a_long_stay_needs_the_visit_pass_extended():
    assert {"STAY_LONG", "EXTENSION"} <= set(told(trip(returns_on=dt.date(2026, 12, 23))))
    assert "STAY_LONG" not in told(trip(returns_on=dt.date(2026, 12, 22)))


def test_the_arrival_card_has_its_days():
    card = next(f for f in findings(trip(), travel_rules()) if f.problem.code == "ARRIVAL_CARD")

    assert card.problem.values == {"card": "MDAC", "first": dt.date(2026, 11, 20), "last": dt.date(2026, 11, 23)}
    assert card.source
    assert card.checked_on == dt.date(2023, 12, 1)


def test_a_visa_and_an_unknown_country_are_said():
    assert "VISA" in told(trip(country="CN"))
    assert told(trip(country="JP")) == ["NO_RULE"]


def test_at_home_nothing_is_asked_but_two_hotels_for_one_night_are():
    assert findings(trip(country="ID"), travel_rules()) == []
    night = {"journey_id": 1, "hotel": "Cititel", "check_in": dt.date(2026, 11, 23)}
    stays = (
        StayDraft(**night, check_out=dt.date(2026, 11, 27)),
        StayDraft(**{**night, "check_in": dt.date(2026, 11, 26)}, check_out=dt.date(2026, 11, 29)),
    )
    assert "TWO_HOTELS" in told(trip(stays=stays))


# the rules on file


def test_every_rule_names_its_source():
    rules = travel_rules()

    assert all(rule.source for rule in (*rules.countries, *rules.airlines))
    assert all(one.source and one.checked_on for one in rules.consulates if one.phone)
    assert {rule.code for rule in rules.countries} == set(COUNTRIES) - {"ID"}


def test_an_offices_own_rule_takes_the_place_of_the_usual_one():
    own = CountryRule(code="MY", passport_months=7, visit_days=60, needs_visa=False, arrival_card="", source="imi",
                      arrival_card_days=0, extension_months=0, checked_on=TODAY)  # fmt: skip

    rules = travel_rules().with_countries([own])

    assert rules.country("MY") == own
    assert [r.code for r in rules.countries] == [r.code for r in travel_rules().countries]
    assert not own.is_stale(TODAY) and own.is_stale(TODAY + dt.timedelta(days=366))
    assert rules.country("SG").is_stale(TODAY)


def test_a_countrys_rule_names_source_and_day_and_keeps_to_believable_numbers():
    good = {"country": "MY", "source": "imi.gov.my", "checked_on": TODAY}
    bad = {"passport_months": 60, "visit_days": 0, "arrival_card_days": 90, "extension_months": -1}

    assert check_country_rule(CountryRuleDraft(**good), today=TODAY) == []
    assert {p.field for p in check_country_rule(CountryRuleDraft(country="MY", source=""), today=TODAY)} == {
        "source",
        "checked_on",
    }
    assert {p.field for p in check_country_rule(CountryRuleDraft(**good, **bad), today=TODAY)} == set(bad)
    late = CountryRuleDraft(**{**good, "checked_on": TODAY + dt.timedelta(days=1)})
    assert [p.code for p in check_country_rule(late, today=TODAY)] == ["IN_FUTURE"]


def test_the_consulate_of_the_city_goes_before_the_embassy():
    rules = travel_rules()

    assert rules.consulate("MY", "George Town").name == "KJRI Penang"
    assert rules.consulate("MY", "Kuala Lumpur").name == "KBRI Kuala Lumpur"
    assert rules.consulate("JP", "Tokyo") is None


def test_a_rule_that_is_not_whole_is_refused():
    with pytest.raises(TypeError):
        read_rules({"country": [{"code": "MY"}]})


def test_the_practice_of_offices_is_said_in_the_readers_language_and_a_typed_source_stays():
    assert {rule.source for rule in travel_rules().countries} >= {PRACTICE}
    assert source_words(PRACTICE, Language("en")) == PRACTICE
    assert source_words("imi.gov.my {2026}", Language("id")) == "imi.gov.my {2026}"
