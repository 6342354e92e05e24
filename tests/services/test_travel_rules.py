"""What countries and airlines ask of a traveller, as the office wrote it down."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from liaison.domain.errors import Refused
from liaison.domain.travel import MedifState, TravelLegDraft
from liaison.domain.travel_rules import MedifNeed, MedifRuleDraft
from liaison.services import history, patients, plan_views, travel, travel_rules, undoing
from liaison.services.facts import facts_of
from tests import make

DAY = make.START.date()


def malaysia(store, **more):
    draft = make.see(store, travel_rules.country_rule_draft, "MY")
    return dataclasses.replace(draft, **more)


def test_a_rule_written_down_here_holds_for_checks_and_guards_at_once(store):
    patient = make.patient(store)
    case = make.journey(store, patient_id=patient, destination_country="MY")
    passport = make.identifier_draft(expires_on=dt.date(2027, 7, 1))
    make.do(store, patients.add_identifier, patient, passport)

    make.do(store, travel_rules.keep_country_rule, malaysia(store, passport_months=12, source="imi.gov.my"))

    assert make.see(store, facts_of, case).passport_months == 12
    found = {f.problem.code: f for f in make.see(store, plan_views.plan_of, case).findings}
    assert (found["PASSPORT_SHORT"].source, found["PASSPORT_SHORT"].checked_on) == ("imi.gov.my", DAY)


def test_every_country_has_a_rule_and_what_nobody_checked_says_so(store):
    views = {v.rule.code: v for v in make.see(store, travel_rules.countries)}

    assert set(views) == {"MY", "SG", "CN", "KH", "TH"}
    assert views["CN"].rule.needs_visa and views["CN"].is_stale
    assert views["SG"].rule.checked_on is None and views["SG"].id is None

    make.do(store, travel_rules.keep_country_rule, malaysia(store))
    again = {v.rule.code: v for v in make.see(store, travel_rules.countries)}["MY"]
    assert (again.is_stale, again.version) == (False, 1)
    changed = malaysia(store, visit_days=60)
    make.do(store, travel_rules.keep_country_rule, changed, version=again.version)
    assert make.see(store, travel_rules.rules_here).country("MY").visit_days == 60


def test_a_rule_without_source_or_for_no_destination_is_refused(store):
    for bad in (malaysia(store, source=""), malaysia(store, country="XX"), malaysia(store, country="ID")):
        with pytest.raises(Refused):
            make.do(store, travel_rules.keep_country_rule, bad)
    assert make.see(store, travel_rules.country_rule_draft, "XX").source == ""
    assert make.see(store, travel_rules.passport_months, "XX") == 6


def test_the_usual_rules_hold_again_and_one_undo_brings_ones_own_back(store):
    key = make.made(store, travel_rules.keep_country_rule, malaysia(store, visit_days=45))
    lines = make.see(store, history.history_of, "country_rule", key)
    assert lines[0].noun == "Travel rule of a country"

    with store.write("Restore") as session:
        travel_rules.restore_country_rules(session)
        restored = session.info["action_id"]
    assert make.see(store, travel_rules.rules_here).country("MY").visit_days == 30
    undoing.take_back(store, restored)
    assert make.see(store, travel_rules.rules_here).country("MY").visit_days == 45


# an airline's medical form


def stretcher(store, carrier="Malaysia Airlines", **more):
    draft = make.see(store, travel_rules.medif_rule_draft, carrier, MedifNeed.STRETCHER)
    return dataclasses.replace(draft, **{"checked_on": DAY, **more})


def test_the_medical_form_of_an_airline_goes_by_what_the_office_wrote_down(store):
    case = make.journey(store, destination_country="MY")
    leg = TravelLegDraft(
        journey_id=case, carrier="", number="MH860", from_place="Kuala Lumpur", to_place="Medan", has_stretcher=True,
        departs_zone="Asia/Kuala_Lumpur", arrives_zone="Asia/Jakarta", departs_at=make.START + dt.timedelta(days=21),
        arrives_at=make.START + dt.timedelta(days=21, hours=1), medif=MedifState.NEEDED,
    )  # fmt: skip
    make.do(store, travel.add_leg, leg)

    def found():
        return {f.problem.code: f for f in make.see(store, plan_views.plan_of, case).findings}

    assert found()["MEDIF_BY"].problem.values["days"] == 10

    make.do(store, travel_rules.keep_medif_rule, stretcher(store, days=20, source="telepon MH"))

    late = found()["MEDIF_LATE"]
    assert (late.problem.values["days"], late.source, late.checked_on) == (20, "telepon MH", DAY)


def test_an_airline_that_is_not_on_file_is_added_with_its_code(store):
    new = MedifRuleDraft(
        carrier="Scoot", codes=(" tr ",), need=MedifNeed.ANY, days=5, source="flyscoot.com", checked_on=DAY
    )
    make.do(store, travel_rules.keep_medif_rule, new)

    rules = make.see(store, travel_rules.rules_here)
    assert (
        rules.airline("", "TR 452", MedifNeed.STRETCHER).days,
        rules.airline("scoot", "", MedifNeed.DEVICE).days,
    ) == (5, 5)
    views = {(v.rule.name, v.rule.need): v for v in make.see(store, travel_rules.medif_rules)}
    assert not views["Scoot", MedifNeed.ANY].is_stale
    assert views["Malaysia Airlines", MedifNeed.STRETCHER].id is None


@pytest.mark.parametrize(
    "wrong", [{"source": ""}, {"days": 61}, {"days": -1}, {"codes": ("M",)}, {"checked_on": DAY + dt.timedelta(days=1)}]
)
def test_a_rule_for_the_medical_form_needs_its_source_and_a_day_that_has_come(store, wrong):
    with pytest.raises(Refused):
        make.do(store, travel_rules.keep_medif_rule, stretcher(store, **wrong))


def test_the_programs_own_rule_for_the_medical_form_holds_again(store):
    make.do(store, travel_rules.keep_medif_rule, stretcher(store, days=20))
    again = make.see(store, travel_rules.medif_rules)
    version = next(v.version for v in again if v.id is not None)
    key = make.made(store, travel_rules.keep_medif_rule, stretcher(store, days=21), version=version)
    assert make.see(store, history.history_of, "medif_rule", key)[0].noun == "Rule of an airline for its medical form"

    make.do(store, travel_rules.restore_country_rules)

    assert make.see(store, travel_rules.rules_here).airline("Malaysia Airlines", "", MedifNeed.STRETCHER).days == 10
