"""The estimate of benefits on paper (R12): every line, every step with its source, and that the insurer decides."""

from __future__ import annotations

import datetime as dt

import pytest

from liaison.domain.benefits import BenefitCategory, LimitKind, RateRule
from liaison.domain.claims import ClaimState, LineCategory
from liaison.domain.errors import Refused
from liaison.domain.plans import BenefitLimitDraft
from liaison.domain.privacy import Audience
from liaison.reports.making import make_report, record_print
from liaison.services import payments, plans
from liaison.services.disclosure import disclosures_of
from liaison.store.models import JourneyRow
from tests import make
from tests.reports.reading import text_of
from tests.services.test_benefits import STATED, a_plan, add_rate, covered, filed, rm, rp, rules

C = LineCategory


def printed(store, language="en", audience=Audience.INTERNAL, **options):
    with store.read() as session:
        result = make_report(session, "benefit_estimate", options, language=language, audience=audience)
    return result, " ".join(text_of(result.data).split())


@pytest.fixture
def person(store):
    return make.patient(store)


@pytest.fixture
def claim(store, person):
    product = a_plan(store, copay_percent="10", deductible=rm(500))
    limit = BenefitLimitDraft(product_id=product, kind=LimitKind.ANNUAL, amount=rm(60_000))
    make.do(store, plans.add_limit, limit)
    cover = covered(store, person, product)
    return filed(
        store, person, cover, (C.RNB, "1000"), (C.NMD, "200"), (C.MED, "800"), claim_no="KLM-1",
        state=ClaimState.SUBMITTED,
    )  # fmt: skip


@pytest.mark.parametrize("language", ["en", "id"])
def test_a_claims_estimate_prints_lines_steps_sources_and_who_decides(store, claim, language):
    _result, text = printed(store, language, claim="KLM-1")

    wanted = {
        "en": ("Estimate. The insurer decides.", "Deductible", "polis hal. 4", "Left out: The plan states nothing",
               "Non-medical", "Together", "of RM60,000.00 used before", "RM2,000 probably RM1,170"),
        "id": ("Estimasi. Keputusan akhir pada Penanggung.", "polis hal. 4", "1.170,00"),
    }[language]  # fmt: skip
    for words in wanted:
        assert words.lower() in text.lower(), words


def test_only_limits_that_the_bill_takes_from_are_named_and_the_paper_is_one_page(store, person):
    product = a_plan(store, annual_limit=rm(60_000), copay_percent="10")
    for category in (BenefitCategory.CANCER, BenefitCategory.MATERNITY_COMPLICATION):
        line = BenefitLimitDraft(product_id=product, kind=LimitKind.ANNUAL, category=category, amount=rm(9_000))
        make.do(store, plans.add_limit, line)
    cover = covered(store, person, product)
    filed(store, person, cover, billed=rm(900), claim_no="KLM-9", diagnosis_code="C50.9", state=ClaimState.SUBMITTED)

    result, text = printed(store, claim="KLM-9")

    assert "Cancer treatment" in text and "RM60,000" in text
    assert "pregnancy" not in text.lower()
    assert result.pages == 1 and "Source of every step: polis hal. 4" in text


def test_a_bill_with_nothing_left_to_pay_is_called_covered_in_words(store, person):
    cover = covered(store, person, a_plan(store, annual_limit=rm(60_000)))
    filed(store, person, cover, billed=rm(900), claim_no="KLM-8", state=ClaimState.SUBMITTED)

    _result, text = printed(store, claim="KLM-8")

    assert "The whole bill of RM900 is probably covered" in text
    assert "RM0 is left" not in text


def test_two_limits_of_one_kind_of_treatment_are_told_apart(store, person):
    product = a_plan(store)
    for kind, amount in ((LimitKind.ANNUAL, 9_000), (LimitKind.LIFETIME, 50_000)):
        line = BenefitLimitDraft(product_id=product, kind=kind, category=BenefitCategory.CANCER, amount=rm(amount))
        make.do(store, plans.add_limit, line)
    cover = covered(store, person, product)
    filed(store, person, cover, billed=rm(900), claim_no="KLM-7", diagnosis_code="C50.9", state=ClaimState.SUBMITTED)

    _result, text = printed(store, claim="KLM-7")

    assert "Cancer treatment, limit of the policy year: RM0.00 of RM9,000.00" in text
    assert "Cancer treatment, limit for life: RM0.00 of RM50,000.00" in text


def test_a_case_prints_every_insurer_in_its_order_and_why_one_has_no_figure(store, person):
    first = covered(store, person, a_plan(store, annual_limit=rm(8000)))
    make.cover(store, person, make.insurer(store, name="PT Tanpa Aturan"), policy_no="TA-1")
    key = make.journey(store, person, cover_id=first, hospital_id=make.hospital(store))
    make.do(store, payments.record_bill, make.bill_draft(key, amount=rm(12_000)))
    case_no = make.see(store, lambda s: s.get(JourneyRow, key).case_no)

    _result, text = printed(store, case=case_no)

    assert "Of RM12,000 probably RM8,000; RM4,000 is left to the patient" in text
    assert "PT Tanpa Aturan" in text and "The policy names no plan" in text


def test_the_rate_stands_with_its_day_rule_and_source(store, person):
    product = a_plan(store, currency="IDR", rate_rule=RateRule.ADMISSION)
    cover = covered(store, person, product)
    add_rate(store, 4000, dt.date(2026, 10, 20))
    filed(store, person, cover, billed=rm(1000), claim_no="KLM-2", state=ClaimState.SUBMITTED)

    _result, text = printed(store, claim="KLM-2")

    assert "Bank Indonesia 20 Oct 2026" in text or "Bank Indonesia" in text
    assert "Rate: RM1 = Rp4,000" in text


def test_the_patients_copy_needs_a_ground_and_is_on_record(store, person, claim):
    result, _text = printed(store, audience=Audience.FAMILY, claim="KLM-1")
    assert result.audience is Audience.FAMILY

    with store.write(result.action_title, kind=result.action_kind) as session:
        try:
            record_print(session, result)
        except Refused as refused:
            assert refused.problems
        else:
            assert disclosures_of(session, person)


def test_a_restricted_diagnosis_leaves_the_words_of_lines_out(store, person):
    cover = covered(store, person, a_plan(store))
    filed(store, person, cover, billed=rm(100), claim_no="KLM-3", diagnosis_code="B20", diagnosis="HIV",
          state=ClaimState.SUBMITTED)  # fmt: skip

    _result, text = printed(store, claim="KLM-3")

    assert "HIV" not in text and "B20" not in text


def test_nothing_named_or_nothing_billed_is_refused(store, person):
    key = make.journey(store, person)
    case_no = make.see(store, lambda s: s.get(JourneyRow, key).case_no)

    for options in ({}, {"case": case_no}, {"claim": "TIDAK-ADA"}):
        with pytest.raises(Refused):
            printed(store, **options)


def test_rules_written_down_name_their_day(store, claim):
    assert dt.date(2026, 10, 1) == STATED and rules(1).stated_on == STATED and rp(1).currency == "IDR"
    assert "1 Oct 2026" in printed(store, claim="KLM-1")[1]


def test_a_claim_without_a_number_prints_none_of_our_keys(store, person):
    cover = covered(store, person, a_plan(store))
    key = filed(store, person, cover, billed=rm(900), claim_no="")

    _result, text = printed(store, claim=f"#{key}")

    assert "not given yet" in text
    assert str(key) not in text
