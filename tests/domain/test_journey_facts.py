from __future__ import annotations

import datetime as dt

from liaison.domain.facts import Clearance, FactKind
from liaison.domain.guarantees import GuaranteeState
from liaison.domain.journey_facts import Case, Confirmation, Letter, read_facts
from liaison.domain.journeys import JourneyKind, PayerPath
from liaison.domain.money import Money
from liaison.domain.policies import EligibilityResult

TODAY = dt.date(2026, 11, 20)
NOW = dt.datetime(2026, 11, 20, 7, tzinfo=dt.UTC)
YESTERDAY = TODAY - dt.timedelta(days=1)


def said(kind, on=YESTERDAY, **more):
    return Confirmation(kind=kind, stated_on=on, **more)


def read(*confirmations, **case):
    return read_facts(Case(kind=JourneyKind.TREATMENT, **case), confirmations, now=NOW, today=TODAY)


def test_an_empty_case_has_no_facts():
    facts = read()

    assert not any(
        (facts.has_contact, facts.has_interest, facts.identity_seen, facts.has_estimate, facts.decision_made,
         facts.has_appointment, facts.consents, facts.letters_in_hand, facts.is_domestic)
    )  # fmt: skip
    assert facts.excess_due is None


def test_dated_confirmations_become_facts():
    kinds = [FactKind.IDENTITY_SEEN, FactKind.MEDICAL_DOCUMENT, FactKind.OPINION, FactKind.ESTIMATE, FactKind.DECISION,
             FactKind.APPOINTMENT, FactKind.ARRIVAL, FactKind.PLAN_CONFIRMED, FactKind.DISCHARGE_SUMMARY,
             FactKind.EXCESS_SETTLED, FactKind.SELF_SETTLED, FactKind.HOME_ARRIVAL, FactKind.ANSWERED,
             FactKind.FIT_TO_FLY, FactKind.INSURER_NOTIFIED]  # fmt: skip

    facts = read(*map(said, kinds))

    assert all(
        (facts.identity_seen, facts.has_medical_document, facts.has_opinion, facts.has_estimate, facts.decision_made,
         facts.has_appointment, facts.has_arrived, facts.is_plan_confirmed, facts.has_discharge_summary,
         facts.is_excess_settled, facts.is_self_settled, facts.is_home, facts.is_answered, facts.is_fit_to_fly,
         facts.insurer_notified)
    )  # fmt: skip


def test_what_the_case_itself_says_counts_too():
    facts = read(
        phone="0812",
        destination_country="ID",
        cover_id=1,
        decision="Penang",
        decision_reason="closest",
        identity_seen_on=YESTERDAY,
        has_estimate_until=TODAY,
        passport_expires_on=dt.date(2029, 1, 1),
        admitted_at=NOW,
        mrn=" 12 ",
        died_on=TODAY,
    )

    assert (facts.has_contact, facts.has_interest, facts.is_domestic, facts.has_cover) == (True,) * 4
    assert (facts.decision_made, facts.identity_seen, facts.has_estimate) == (True,) * 3
    assert (facts.mrn, facts.admitted_at, facts.death_on) == ("12", NOW, TODAY)


def test_a_consent_counts_until_it_ends_or_is_withdrawn():
    assert FactKind.C1 in read(said(FactKind.C1)).consents
    assert FactKind.C1 in read(said(FactKind.C1, valid_to=TODAY)).consents
    assert FactKind.C1 not in read(said(FactKind.C1, valid_to=YESTERDAY)).consents
    assert FactKind.C1 not in read(said(FactKind.C1, withdrawn_on=TODAY)).consents
    assert FactKind.C1 not in read(said(FactKind.C1, on=TODAY + dt.timedelta(days=1))).consents


def test_consent_c3_counts_for_its_own_hospital():
    assert FactKind.C3 in read(said(FactKind.C3, organization_id=7), hospital_id=7).consents
    assert FactKind.C3 in read(said(FactKind.C3), hospital_id=7).consents
    assert FactKind.C3 not in read(said(FactKind.C3, organization_id=8), hospital_id=7).consents


def test_the_last_word_counts():
    earlier = said(FactKind.ELIGIBILITY, on=dt.date(2026, 10, 1), result="UNKNOWN")
    later = said(FactKind.ELIGIBILITY, result="ELIGIBLE_WITH_LIMITS")

    facts = read(
        later, earlier, said(FactKind.MEDIF, result="NEEDED"), said(FactKind.MEDIF, on=TODAY, result="CLEARED")
    )

    assert (facts.eligibility, facts.eligibility_on) == (EligibilityResult.ELIGIBLE_WITH_LIMITS, YESTERDAY)
    assert facts.medif is Clearance.CLEARED


def test_a_withdrawn_word_is_not_the_last_one():
    facts = read(
        said(FactKind.ELIGIBILITY, result="ELIGIBLE"),
        said(FactKind.ELIGIBILITY, on=TODAY, result="NOT_ELIGIBLE", withdrawn_on=TODAY),
    )

    assert facts.eligibility is EligibilityResult.ELIGIBLE


def test_who_pays_counts_as_agreed_only_when_confirmed():
    assert read(payer_path=PayerPath.SELF_PAY).payer_path is PayerPath.SELF_PAY
    assert not read(payer_path=PayerPath.SELF_PAY).is_payer_path_agreed
    agreed = read(said(FactKind.PAYER_PATH, result="REIMBURSEMENT"), payer_path=PayerPath.GUARANTEE_LETTER)
    assert (agreed.payer_path, agreed.is_payer_path_agreed) == (PayerPath.REIMBURSEMENT, True)


def test_a_passports_end_is_read_from_its_confirmation():
    assert read(said(FactKind.PASSPORT, valid_to=dt.date(2029, 8, 3))).passport_expires_on == dt.date(2029, 8, 3)


def test_admission_and_death_are_read_from_their_confirmations():
    facts = read(said(FactKind.ADMISSION, at=NOW), said(FactKind.DEATH))

    assert (facts.admitted_at, facts.death_on) == (NOW, YESTERDAY)


def test_facts_of_an_earlier_cycle_do_not_count_for_the_next():
    arrival, consent = said(FactKind.ARRIVAL), said(FactKind.C1)

    facts = read(arrival, consent, trip_since=TODAY)

    assert not facts.has_arrived
    assert FactKind.C1 in facts.consents


def test_letters_in_hand_and_the_excess_of_the_final_one():
    facts = read(
        letters=(
            Letter(state=GuaranteeState.ISSUED),
            Letter(state=GuaranteeState.DECLINED),
            Letter(state=GuaranteeState.FINAL_ISSUED, excess=Money(5, "MYR")),
        )
    )

    assert [each.state for each in facts.letters_in_hand] == [GuaranteeState.ISSUED]
    assert facts.has_final_letter
    assert facts.excess_due == Money(5, "MYR")
