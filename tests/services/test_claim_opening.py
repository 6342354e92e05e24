"""What the form of a claim opens with."""

import pytest

from liaison.domain.claims import ClaimKind
from liaison.domain.codes import ReasonCode
from liaison.domain.documents import DocumentKind
from liaison.domain.facts import FactKind
from liaison.domain.guarantees import GuaranteeState
from liaison.domain.journeys import EntryMode, JourneyState
from liaison.domain.money import Money
from liaison.domain.payments import BillKind
from liaison.services import claim_opening, claim_views, claims, guarantees, journeys, payments, settlement
from tests import make


@pytest.fixture
def person(store):
    return make.patient(store)


@pytest.fixture
def cover(store, person):
    return make.cover(store, person)


def opened(store, case):
    return make.see(store, claim_opening.open_claim_of_case, case)


def test_a_claim_of_a_bare_case_knows_its_person_and_leaves_the_rest_to_the_officer(store, person, cover):
    case = make.journey(store, person)

    found = opened(store, case)

    draft = found.draft
    assert (draft.patient_id, draft.journey_id, draft.cover_id) == (person, case, 0)
    assert (draft.kind, draft.guarantee_id, draft.hospital_id) == (ClaimKind.NOT_STATED, None, None)
    assert draft.billed == Money(0, "MYR")
    assert [c.id for c in found.covers] == [cover]
    assert found.version is None


def test_a_claim_of_a_case_takes_its_cover_its_hospital_and_its_latest_bill(store, person, cover):
    hospital = make.hospital(store)
    case = make.journey(store, person, cover_id=cover, hospital_id=hospital, diagnosis="Katarak")
    make.do(store, payments.record_bill, make.bill_draft(case, amount=Money.of(120, "SGD")))

    draft = opened(store, case).draft

    assert (draft.cover_id, draft.hospital_id, draft.diagnosis) == (cover, hospital, "Katarak")
    assert draft.billed == Money.of(120, "SGD")
    assert draft.kind is ClaimKind.NOT_STATED


def test_a_claim_of_a_case_with_a_letter_is_cashless_and_goes_by_the_letter(store, person, cover):
    other = make.cover(store, person, make.insurer(store, name="Asuransi Lain"))
    case = make.journey(
        store, person, cover_id=cover, hospital_id=make.hospital(store), entry_mode=EntryMode.RUNNING,
        state=JourneyState.PREAUTH,
    )  # fmt: skip
    letter = make.made(store, guarantees.request_guarantee, make.guarantee_draft(journey_id=case, cover_id=other))
    make.do(store, guarantees.add_version, make.version_draft(letter, ceiling=Money.of(500, "SGD")), gl_no="GL-771")

    draft = opened(store, case).draft

    assert (draft.kind, draft.guarantee_id, draft.cover_id, draft.gl_no) == (
        ClaimKind.CASHLESS,
        letter,
        other,
        "GL-771",
    )
    assert draft.billed == Money(0, "SGD")


def test_what_was_paid_because_the_letter_fell_away_is_claimed_back(store, person, cover):
    case = make.journey(store, person, entry_mode=EntryMode.RUNNING, state=JourneyState.FOLLOW_UP)
    letter = make.made(store, guarantees.request_guarantee, make.guarantee_draft(journey_id=case, cover_id=cover))
    bill = make.bill_draft(case, BillKind.FINAL, amount=Money.of(900, "MYR"))
    make.do(store, payments.record_bill, bill)
    for to in (GuaranteeState.DEFERRED, GuaranteeState.CONVERTED):
        make.do(store, guarantees.move_guarantee, letter, to, reason=ReasonCode.R05)
    now = opened(store, case).draft
    with store.write("Test step") as session:
        guarantees.end_letters(session, case, cancelled=False)

    after = opened(store, case).draft

    assert make.see(store, guarantees.guarantee, letter).state is GuaranteeState.CLOSED
    for draft in (now, after):
        assert (draft.kind, draft.guarantee_id, draft.cover_id) == (ClaimKind.REIMBURSEMENT, None, cover)
    assert make.see(store, settlement.settlement_of, case).unpaid == Money.of(900, "MYR")


def test_after_a_death_the_second_claim_is_the_one_for_the_death(store, person, cover):
    case = make.journey(store, person, cover_id=cover, entry_mode=EntryMode.EMERGENCY, state=JourneyState.ADMITTED)
    make.confirm(store, case, FactKind.DEATH)
    make.do(store, journeys.move_journey, case, JourneyState.DECEASED)
    first = opened(store, case).draft
    make.do(store, claims.file_claim, make.claim_draft(patient_id=person, cover_id=cover, journey_id=case))

    assert first.kind is ClaimKind.NOT_STATED
    assert opened(store, case).draft.kind is ClaimKind.DEATH


def test_a_claim_lacks_no_paper_that_the_case_says_was_seen(store, person, cover):
    case = make.journey(store, person, cover_id=cover)
    draft = make.claim_draft(patient_id=person, cover_id=cover, journey_id=case, kind=ClaimKind.CASHLESS)
    claim = make.made(store, claims.file_claim, draft)
    lacking = make.see(store, claim_views.claim, claim).missing
    assert any(DocumentKind.DISCHARGE_SUMMARY in item.kinds for item in lacking)

    make.confirm(store, case, FactKind.DISCHARGE_SUMMARY)

    lacking = make.see(store, claim_views.claim, claim).missing
    assert not any(DocumentKind.DISCHARGE_SUMMARY in item.kinds for item in lacking)


def test_a_claim_on_record_opens_at_its_version_with_the_covers_of_its_person(store, person, cover):
    draft = make.claim_draft(patient_id=person, cover_id=cover)
    key = make.made(store, claims.file_claim, draft)
    make.do(store, claims.edit_claim, key, make.changed(draft, remarks="lengkap"))

    found = make.see(store, claim_opening.open_claim, key)

    assert found.draft.remarks == "lengkap"
    assert [c.id for c in found.covers] == [cover]
    make.do(store, claims.edit_claim, key, found.draft, version=found.version)


def test_a_fresh_claim_names_nobody():
    draft = claim_opening.fresh_claim()

    assert (draft.patient_id, draft.cover_id, draft.billed) == (0, 0, Money(0, "MYR"))
