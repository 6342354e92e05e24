"""What countries ask of a traveller, as the office wrote it down."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from liaison.domain.errors import Refused
from liaison.services import history, patients, plan_views, travel_rules, undoing
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
