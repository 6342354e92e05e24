"""A plan of cycles that is paid from a limit of the case's policy: each ringgit of it is counted once."""

from __future__ import annotations

import datetime as dt

import pytest

from liaison.domain.benefits import BenefitCategory, LimitKind
from liaison.domain.claims import ClaimState
from liaison.domain.errors import Refused
from liaison.domain.money import Money
from liaison.domain.plans import BenefitLimitDraft, BenefitUsageDraft, PlanRulesDraft, UsageKind, UsageSource
from liaison.i18n import Language
from liaison.services import claims, cycles, plans, policies
from tests import make
from tests.services.test_benefits import add_rate, decided
from tests.services.test_courses import plan_draft, rm

CANCER = (LimitKind.ANNUAL, BenefitCategory.CANCER)
FIRST = dt.date(2026, 11, 2)


class Insured:
    """A case of chemotherapy whose policy has a limit for cancer."""

    def __init__(self, store, limit, currency="MYR"):
        self.store = store
        self.person = make.patient(store)
        insurer = make.any_insurer(store)
        product = make.made(
            store, policies.add_product,
            make.product_draft(insurer_id=insurer, currency=currency, annual_limit=None),
        )  # fmt: skip
        rules = PlanRulesDraft(product_id=product, source="polis hal. 4", stated_on=dt.date(2026, 10, 1))
        make.do(store, plans.set_plan_rules, rules)
        line = BenefitLimitDraft(product_id=product, kind=CANCER[0], category=CANCER[1], amount=limit)
        make.do(store, plans.add_limit, line)
        policy = make.made(
            store, policies.add_policy, make.policy_draft(insurer_id=insurer, product_id=product, policy_no="NS-1")
        )
        self.cover = make.made(store, policies.add_cover, make.cover_draft(patient_id=self.person, policy_id=policy))
        self.case = make.journey(
            store, self.person, cover_id=self.cover, diagnosis_code="C50.9", diagnosis="kanker payudara"
        )  # fmt: skip
        self.plan = make.made(
            store, cycles.plan_cycles, plan_draft(self.case, first_on=FIRST, limit=None, limit_name="")
        )

    def seen(self):
        return make.see(self.store, cycles.cycles_of, self.case)

    def tie(self):
        make.do(self.store, cycles.take_limit, self.plan, *CANCER)

    def approved(self, amount, on, journey_id=None):
        claim = make.made(
            self.store, claims.file_claim,
            make.claim_draft(patient_id=self.person, cover_id=self.cover, journey_id=journey_id, billed=rm(amount),
                             state=ClaimState.READY, admitted_on=on, discharged_on=on, diagnosis_code="C50.9"),
        )  # fmt: skip
        decided(self.store, claim, rm(amount))


def test_a_plan_tied_to_a_benefit_follows_its_limit_and_names_the_shortfall(store):
    insured = Insured(store, rm(60_000))
    (choice,) = make.see(store, cycles.limits_to_choose, insured.plan)
    assert choice.name.text(Language("en")) == "cancer treatment: a policy year"

    insured.tie()

    seen = insured.seen()
    assert (seen.limit, seen.used, seen.benefit.source) == (rm(60_000), rm(0), UsageSource.COMPUTED)
    assert (seen.shortfall.amount, seen.shortfall.number) == (rm(3_000), 6)


def test_a_plan_over_two_policy_years_takes_each_visit_from_the_year_of_its_day(store):
    insured = Insured(store, rm(30_000))
    insured.tie()
    draft = make.see(store, cycles.plan_draft, insured.plan)
    assert draft.is_yearly

    make.do(store, cycles.edit_plan, insured.plan, make.changed(draft, first_on=dt.date(2027, 2, 1)))

    seen = insured.seen()
    assert seen.benefit is not None
    assert [(y.first_on, y.limit) for y in seen.years] == [(dt.date(y, 4, 1), rm(30_000)) for y in (2026, 2027)]
    assert [(s.number, s.amount, s.year.first_on.year) for s in seen.shortfalls] == [
        (3, rm(1_500), 2026), (6, rm(1_500), 2027),
    ]  # fmt: skip


def test_claims_of_earlier_treatment_count_and_those_of_the_cycles_are_not_counted_twice(store):
    insured = Insured(store, rm(60_000))
    insured.tie()

    insured.approved(5_000, dt.date(2026, 5, 4))
    insured.approved(10_500, FIRST, journey_id=insured.case)

    seen = insured.seen()
    assert (seen.used, seen.total) == (rm(5_000), rm(68_000))
    assert (seen.shortfall.amount, seen.shortfall.number) == (rm(8_000), 6)


def test_the_insurers_word_wins_and_what_it_knew_of_the_cycles_is_taken_off(store, clock):
    insured = Insured(store, rm(60_000))
    insured.tie()
    insured.approved(10_500, FIRST, journey_id=insured.case)
    clock.forward(days=20)
    told = BenefitUsageDraft(
        cover_id=insured.cover, kind=UsageKind.ANNUAL, category=CANCER[1], used=rm(14_500),
        as_of=clock().date(),
    )  # fmt: skip
    make.do(store, plans.record_usage, told)

    seen = insured.seen()
    assert (seen.used, seen.benefit.source) == (rm(4_000), UsageSource.INSURER)


def test_a_limit_in_rupiah_counts_at_the_days_rate(store):
    insured = Insured(store, Money.of(240_000_000, "IDR"), currency="IDR")
    with pytest.raises(Refused):
        insured.tie()
    add_rate(store, 4000, dt.date(2026, 11, 2))

    insured.tie()

    seen = insured.seen()
    assert (seen.limit, seen.benefit.stated) == (rm(60_000), Money.of(240_000_000, "IDR"))
    assert seen.benefit.rate.on == dt.date(2026, 11, 2)


def test_a_limit_typed_by_hand_lets_go_of_the_policy_and_an_edit_of_something_else_does_not(store):
    insured = Insured(store, rm(60_000))
    insured.tie()
    draft = make.see(store, cycles.plan_draft, insured.plan)

    make.do(store, cycles.edit_plan, insured.plan, make.changed(draft, treatment="kemoterapi FOLFOX"))
    assert insured.seen().benefit is not None

    make.do(store, cycles.edit_plan, insured.plan, make.changed(draft, limit=rm(50_000)))
    seen = insured.seen()
    assert (seen.benefit, seen.limit) == (None, rm(50_000))


def test_without_rules_of_the_plan_there_is_no_limit_to_choose(store):
    case = make.journey(store)
    plan = make.made(store, cycles.plan_cycles, plan_draft(case))

    assert make.see(store, cycles.limits_to_choose, plan) == ()
