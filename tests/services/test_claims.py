"""Claims: what belongs together, numbers, rates, ends, and what the program does by itself."""

import datetime as dt
from decimal import Decimal

import pytest

from liaison.domain.claims import (
    AppealDraft,
    ClaimDecisionDraft,
    ClaimKind,
    ClaimLineDraft,
    ClaimState,
    LineDecisionDraft,
)
from liaison.domain.codes import ReasonCode
from liaison.domain.errors import Refused
from liaison.domain.fx import RateDraft
from liaison.domain.journeys import EntryMode, JourneyState
from liaison.domain.money import Money
from liaison.domain.payments import Payer, PaymentPurpose
from liaison.services import claim_views, claims, deciding, guarantees, payments, policies, rates
from liaison.store.models import TaskRow
from tests import make

K = ClaimState
DAY = dt.date(2026, 11, 2)


def rm(amount):
    return Money.of(amount, "MYR")


def codes(refusal):
    return {p.code for p in refusal.value.problems if p.severity == "error"}


@pytest.fixture
def person(store):
    return make.patient(store)


@pytest.fixture
def cover(store, person):
    return make.cover(store, person)


def filed(store, person, cover, **values):
    return make.made(store, claims.file_claim, make.claim_draft(patient_id=person, cover_id=cover, **values))


def see(store, key):
    return make.see(store, claim_views.claim, key)


def test_a_claim_is_refused_with_everything_that_does_not_belong(store, person):
    stranger = make.patient(store, full_name="Lain")
    strange_cover = make.cover(store, stranger)
    strange_case = make.journey(store, stranger)
    letter = make.made(
        store, guarantees.request_guarantee, make.guarantee_draft(journey_id=strange_case, cover_id=strange_cover)
    )

    with pytest.raises(Refused) as refusal:
        filed(
            store, person, strange_cover, journey_id=strange_case, hospital_id=make.any_insurer(store),
            guarantee_id=letter + 1, billed=rm(0), discharged_on=dt.date(2026, 10, 1),
        )  # fmt: skip

    assert codes(refusal) == {
        "NOT_POSITIVE", "ENDS_BEFORE_START", "OTHER_PATIENTS_COVER", "OTHER_PATIENTS_CASE", "NOT_A_HOSPITAL",
        "OTHER_CASES_LETTER",
    }  # fmt: skip


def test_a_claim_takes_hospital_diagnosis_and_letter_number_from_the_case(store, person, cover):
    hospital = make.hospital(store)
    case = make.journey(store, person, hospital_id=hospital, diagnosis="PJK", diagnosis_code="I25.1")
    letter = make.made(
        store, guarantees.request_guarantee, make.guarantee_draft(journey_id=case, cover_id=cover, gl_no="GL-5")
    )

    key = filed(store, person, cover, journey_id=case, guarantee_id=letter, diagnosis_code="")

    found = see(store, key)
    assert (found.hospital_id, found.diagnosis, found.diagnosis_code, found.gl_no) == (hospital, "PJK", "I25.1", "GL-5")
    assert found.case_no.startswith("MDN-26-A0001")


def test_age_counts_from_submission_else_discharge_else_admission_else_entry(store, person, cover):
    sent = filed(store, person, cover, submitted_on=dt.date(2026, 10, 30))
    left = filed(store, person, cover)
    came = filed(store, person, cover, discharged_on=None)
    typed = filed(store, person, cover, discharged_on=None, admitted_on=None)

    assert [see(store, k).age_days for k in (sent, left, came, typed)] == [3, 7, 13, 0]


def test_a_claim_number_stands_once_per_insurer_until_voided(store, person, cover):
    first = filed(store, person, cover, claim_no="CLM/26/8812", state=K.SUBMITTED)

    with pytest.raises(Refused) as refusal:
        filed(store, person, cover, claim_no="clm 26 8812")
    with pytest.raises(Refused):
        make.do(store, claims.void_claim, first, reason=" ")
    make.do(store, claims.void_claim, first, reason="salah pasien")
    second = filed(store, person, cover, claim_no="CLM/26/8812")

    assert codes(refusal) == {"USED_NUMBER"}
    assert (see(store, first).state, see(store, first).voided_reason) == (K.VOID, "salah pasien")
    assert see(store, second).claim_no == "CLM/26/8812"


def test_the_number_the_insurer_gives_must_be_free_too(store, person, cover):
    filed(store, person, cover, claim_no="A-1", state=K.SUBMITTED)
    key = filed(store, person, cover, state=K.SUBMITTED)

    with pytest.raises(Refused) as refusal:
        make.do(store, claims.move_claim, key, K.REGISTERED, claim_no="A1")

    assert codes(refusal) == {"USED_NUMBER"}


def test_a_cover_without_insurer_has_no_number_clash(store, person):
    policy = make.made(store, policies.add_policy, make.policy_draft(policy_no="Z-1"))
    cover = make.made(store, policies.add_cover, make.cover_draft(patient_id=person, policy_id=policy))

    filed(store, person, cover, claim_no="A-1")
    key = filed(store, person, cover, claim_no="A-1")

    assert see(store, key).insurer == ""


def test_a_claim_follows_its_documents_from_missing_to_ready(store, person, cover):
    from liaison.domain.documents import DocumentKind as D
    from liaison.services import documents

    key = filed(store, person, cover, kind=ClaimKind.REIMBURSEMENT)
    kinds = (
        D.CLAIM_FORM, D.ID_KTP, D.RECEIPT_ORIGINAL, D.BILL_FINAL_ITEMISED, D.DOCTOR_STATEMENT, D.POA_MEDICAL,
        D.BANK_BOOK, D.LAB,
    )  # fmt: skip
    missing = len(see(store, key).missing)
    for kind in kinds:
        paper = make.document_draft(claim_id=key, kind=kind, title=f"{kind.value}.pdf")
        last = make.made(store, documents.attach, paper, make.pdf(kind.value))
    ready = see(store, key).state
    make.do(store, documents.void_document, last, reason="bukan punya pasien ini")

    assert missing == 8
    assert ready is K.READY
    assert [i.kinds[0] for i in see(store, key).missing] == [D.LAB]


def test_a_claim_in_another_currency_than_the_plans_needs_its_rate_settled(store, person):
    insurer = make.insurer(store)
    product = make.made(store, policies.add_product, make.product_draft(insurer_id=insurer))
    policy = make.made(store, policies.add_policy, make.policy_draft(insurer_id=insurer, product_id=product))
    cover = make.made(store, policies.add_cover, make.cover_draft(patient_id=person, policy_id=policy))
    key = filed(store, person, cover, kind=ClaimKind.REIMBURSEMENT)
    for base, quote, rate in (("EUR", "IDR", "17000.50"), ("EUR", "MYR", "4.95")):
        draft = RateDraft(base=base, quote=quote, rate=Decimal(rate), on_date=dt.date(2026, 10, 30), source="ECB")
        make.do(store, rates.add_rate, draft)

    with pytest.raises(Refused) as refusal:
        make.do(store, claims.move_claim, key, K.READY)
    cross = make.see(store, rates.rate_on, "MYR", "IDR", dt.date(2026, 11, 1))
    make.do(store, claims.freeze_rate, key, cross)

    found = see(store, key)
    assert codes(refusal) == {"CHECKLIST", "NO_RATE_RULE"}
    assert cross.is_cross and cross.is_previous_day
    assert (found.rate_to, found.rate_on, found.rate_source) == ("IDR", dt.date(2026, 10, 30), "ECB (EUR)")
    assert found.rate == cross.shown


def test_a_late_claim_is_sent_only_with_a_reason(store, person, cover):
    key = filed(store, person, cover, state=K.READY, submit_by=dt.date(2026, 10, 31))

    with pytest.raises(Refused) as refusal:
        make.do(store, claims.move_claim, key, K.SUBMITTED, channel="pos")
    make.do(store, claims.move_claim, key, K.SUBMITTED, channel="pos", override_reason="pasien dirawat lagi")

    found = see(store, key)
    assert codes(refusal) == {"LATE"}
    assert (found.submitted_on, found.events[-1].overridden) == (DAY, ("in_time",))
    assert found.age_days == 0


def test_a_rejected_claim_says_why_and_may_be_closed(store, person, cover):
    key = filed(store, person, cover, state=K.IN_REVIEW)
    rejected = ClaimDecisionDraft(decided_on=DAY, outcome=K.REJECTED)

    with pytest.raises(Refused) as refusal:
        make.do(store, deciding.decide_claim, key, rejected)
    make.do(store, deciding.decide_claim, key, make.changed(rejected, reason=ReasonCode.R12))
    make.do(store, claims.move_claim, key, K.CLOSED)

    found = see(store, key)
    assert codes(refusal) == {"NO_REASON"}
    assert (found.reason, found.approved, found.is_open) == (ReasonCode.R12, rm(0), False)


def test_approved_in_full_means_the_bill_less_the_patients_share(store, person, cover):
    key = filed(store, person, cover, state=K.IN_REVIEW, billed=rm(1_000), not_covered=rm(100))
    decision = ClaimDecisionDraft(decided_on=DAY, outcome=K.APPROVED, approved=rm(1_000))

    with pytest.raises(Refused) as refusal:
        make.do(store, deciding.decide_claim, key, decision)
    make.do(store, deciding.decide_claim, key, make.changed(decision, approved=rm(900)))

    assert codes(refusal) == {"NOT_WHOLE"}
    assert see(store, key).approved == rm(900)


def test_a_line_of_another_claim_cannot_be_decided_here(store, person, cover):
    other = filed(store, person, cover, billed=rm(5), lines=(ClaimLineDraft(claimed=rm(5)),))
    key = filed(store, person, cover, state=K.IN_REVIEW)
    foreign = LineDecisionDraft(line_id=see(store, other).lines[0].id, approved=rm(5))

    with pytest.raises(Refused) as refusal:
        make.do(store, deciding.decide_lines, key, (foreign,))

    assert codes(refusal) == {"OTHER_LINE"}


def test_decided_lines_stay_as_the_insurer_decided_them(store, person, cover):
    lines = (ClaimLineDraft(claimed=rm(5)), ClaimLineDraft(claimed=rm(7)))
    key = filed(store, person, cover, state=K.IN_REVIEW, billed=rm(12), lines=lines)
    approved = ClaimDecisionDraft(decided_on=DAY, outcome=K.APPROVED, approved=rm(12))
    make.do(store, deciding.decide_claim, key, approved)
    draft = make.see(store, claims.claim_draft, key)

    with pytest.raises(Refused) as refusal:
        make.do(store, claims.edit_claim, key, make.changed(draft, lines=lines[:1]))
    make.do(store, claims.edit_claim, key, make.changed(draft, remarks="lengkap"))

    assert codes(refusal) == {"DECIDED_LINES"}
    assert (see(store, key).remarks, len(see(store, key).lines)) == ("lengkap", 2)


def test_lines_are_rewritten_in_place_before_the_decision(store, person, cover):
    lines = (ClaimLineDraft(claimed=rm(5)), ClaimLineDraft(claimed=rm(7)))
    key = filed(store, person, cover, billed=rm(12), lines=lines)
    before = [line.id for line in see(store, key).lines]

    draft = make.see(store, claims.claim_draft, key)
    make.do(store, claims.edit_claim, key, make.changed(draft, lines=(ClaimLineDraft(claimed=rm(12)),)))

    after = see(store, key).lines
    assert [(line.id, line.claimed) for line in after] == [(before[0], rm(12))]


def test_a_question_is_asked_only_in_review_and_waits_for_us(store, person, cover):
    early = filed(store, person, cover, state=K.SUBMITTED)
    key = filed(store, person, cover, state=K.IN_REVIEW)

    with pytest.raises(Refused) as refusal:
        make.do(store, deciding.ask_claim_query, make.claim_query_draft(early))
    first = make.made(store, deciding.ask_claim_query, make.claim_query_draft(key, due_on=dt.date(2026, 11, 6)))
    second = make.made(store, deciding.ask_claim_query, make.claim_query_draft(key))
    make.do(store, deciding.answer_claim_query, first, "terlampir")
    with pytest.raises(Refused) as twice:
        make.do(store, deciding.answer_claim_query, first, "")
    half = see(store, key).state
    make.do(store, deciding.answer_claim_query, second, "menyusul")

    assert codes(refusal) == {"NOT_ASKED_NOW"}
    assert codes(twice) == {"MISSING", "ANSWERED_ALREADY"}
    assert (half, see(store, key).state) == (K.QUERIED, K.IN_REVIEW)
    with store.read() as session:
        open_titles = {t.title for t in session.query(TaskRow).filter_by(claim_id=key, done_at=None)}
    assert open_titles == {"Follow up the insurer's decision"}


def test_an_appeal_comes_in_time_with_new_evidence(store, person, cover, clock):
    key = filed(store, person, cover, state=K.IN_REVIEW)
    rejected = ClaimDecisionDraft(decided_on=DAY, outcome=K.REJECTED, reason=ReasonCode.R08)
    make.do(store, deciding.decide_claim, key, rejected)
    clock.forward(days=61)
    late = AppealDraft(claim_id=key, filed_on=dt.date(2027, 1, 2), evidence="surat dokter")

    with pytest.raises(Refused) as refusal:
        make.do(store, deciding.appeal, late)
    with pytest.raises(Refused) as bare:
        make.do(store, deciding.appeal, make.changed(late, evidence=" "))
    make.do(store, deciding.appeal, late, override_reason="perusahaan asuransi setuju lewat telepon")

    assert codes(refusal) == {"APPEAL_LATE"}
    assert "MISSING" in codes(bare)
    assert [(a.level, a.evidence) for a in see(store, key).appeals] == [(1, "surat dokter")]


def test_an_answer_to_no_appeal_changes_nothing(store, person, cover):
    key = filed(store, person, cover)

    make.do(store, deciding.answer_appeal, key, outcome="-")

    assert see(store, key).appeals == ()


def test_a_payment_moves_an_approved_claim_to_paid_and_stops_where_the_table_says(store, person, cover):
    approved = filed(store, person, cover, state=K.APPROVED, billed=rm(900), approved=rm(900))
    waiting = filed(store, person, cover, state=K.IN_REVIEW, billed=rm(900))
    paid = make.payment_draft(None, PaymentPurpose.CLAIM, payer=Payer.INSURER, amount=rm(900), receipt_no="")

    make.do(store, deciding.record_claim_payment, make.changed(paid, claim_id=approved))
    make.do(store, deciding.record_claim_payment, make.changed(paid, claim_id=waiting))
    with pytest.raises(Refused):
        make.do(store, deciding.record_claim_payment, paid)

    assert see(store, approved).state is K.PAID
    assert see(store, approved).open_amount == rm(0)
    assert (see(store, waiting).state, see(store, waiting).paid) == (K.IN_REVIEW, rm(900))


def test_a_deposit_is_no_claim_payment(store, person, cover):
    case = make.journey(store, person)

    make.do(store, deciding.record_claim_payment, make.payment_draft(case, PaymentPurpose.DEPOSIT))

    with store.read() as session:
        assert session.query(claims.ClaimRow).count() == 0


def test_a_short_payment_accepted_says_why(store, person, cover):
    key = filed(store, person, cover, state=K.PAYMENT_PENDING, billed=rm(900), approved=rm(900))
    paid = make.payment_draft(None, PaymentPurpose.CLAIM, claim_id=key, payer=Payer.INSURER, amount=rm(850))
    make.do(store, deciding.record_claim_payment, paid)

    make.do(store, claims.move_claim, key, K.CLOSED, reason_note="biaya transfer bank")
    make.do(store, claims.move_claim, key, K.REOPENED, reason_note="salah tutup")

    assert see(store, key).state is K.REOPENED


def test_a_claim_of_an_emergency_case_without_letter_asks_for_the_reimbursement_pack(store, person, cover):
    case = make.journey(store, person, entry_mode=EntryMode.EMERGENCY, state=JourneyState.ADMITTED, payer_path=None)

    key = filed(store, person, cover, journey_id=case)

    assert len(see(store, key).missing) == 8


def test_the_moves_of_a_claim_come_with_their_cures(store, person, cover):
    key = filed(store, person, cover)

    moves = {m.to: m for m in make.see(store, claims.claim_moves, key)}

    assert moves[K.READY].problems[0].cure == "Complete the documents"


def test_payments_sum_up_per_claim_less_refunds(store, person, cover):
    key = filed(store, person, cover, state=K.PAID, billed=rm(900))
    paid = make.payment_draft(None, PaymentPurpose.CLAIM, claim_id=key, payer=Payer.INSURER, amount=rm(900))
    first = make.made(store, payments.record_payment, paid)
    make.do(store, payments.record_payment, make.changed(paid, purpose=PaymentPurpose.REFUND, amount=rm(50)))
    with pytest.raises(Refused) as refusal:
        make.do(store, payments.record_payment, make.changed(paid, amount=Money.of(1, "IDR")))
    after_refund = see(store, key).paid
    make.do(store, payments.edit_payment, first, make.changed(paid, amount=rm(800)))
    edited = see(store, key).paid
    make.do(store, payments.edit_payment, first, make.changed(paid, amount=rm(800), note="transfer"))
    make.do(store, payments.void_payment, first)

    assert codes(refusal) == {"OTHER_CURRENCY"}
    assert (after_refund, edited, see(store, key).paid) == (rm(850), rm(750), rm(-50))


def test_an_approved_line_by_line_claim_sums_what_was_not_named_in_full(store, person, cover):
    lines = (ClaimLineDraft(claimed=rm(5)), ClaimLineDraft(claimed=rm(7)))
    key = filed(store, person, cover, state=K.IN_REVIEW, billed=rm(12), lines=lines)
    first = see(store, key).lines[0].id
    cut = LineDecisionDraft(line_id=first, approved=rm(2), reason=ReasonCode.R14, note="sub-limit")
    decision = ClaimDecisionDraft(decided_on=DAY, outcome=K.PARTIALLY_APPROVED, lines=(cut,))

    make.do(store, deciding.decide_claim, key, decision)

    found = see(store, key)
    assert (found.approved, found.not_covered) == (rm(9), rm(3))
    assert (found.lines[0].reason, found.lines[0].note) == (ReasonCode.R14, "sub-limit")


def test_a_decision_without_amount_and_lines_is_refused(store, person, cover):
    key = filed(store, person, cover, state=K.IN_REVIEW)

    with pytest.raises(Refused) as refusal:
        make.do(store, deciding.decide_claim, key, ClaimDecisionDraft(decided_on=DAY, outcome=K.APPROVED))

    assert codes(refusal) == {"MISSING_APPROVED"}


def test_a_question_answered_after_the_rejection_moves_nothing(store, person, cover):
    key = filed(store, person, cover, state=K.IN_REVIEW)
    query = make.made(store, deciding.ask_claim_query, make.claim_query_draft(key))
    make.do(store, claims.move_claim, key, K.REJECTED, reason=ReasonCode.R10)

    make.do(store, deciding.answer_claim_query, query, "terlambat")

    assert see(store, key).state is K.REJECTED


def test_a_ready_claim_whose_lines_were_changed_is_not_sent_until_it_adds_up_again(store, person, cover):
    def lines(*amounts):
        return tuple(ClaimLineDraft(claimed=Money.of(a, "MYR")) for a in amounts)

    billed = Money.of("100.00", "MYR")
    key = filed(store, person, cover, billed=billed, lines=lines("60.00", "40.00"), state=K.READY)

    changed = make.changed(make.see(store, claims.claim_draft, key), lines=lines("60.00", "39.99"))
    make.do(store, claims.edit_claim, key, changed)
    with pytest.raises(Refused) as refusal:
        make.do(store, claims.move_claim, key, K.SUBMITTED, channel="portal", override_reason="tetap dikirim")

    assert [p.values["difference"] for p in refusal.value.problems] == [Money.of("0.01", "MYR")]
    make.do(store, claims.edit_claim, key, make.changed(changed, lines=lines("60.00", "40.00")))
    make.do(store, claims.move_claim, key, K.SUBMITTED, channel="portal")
