"""Claims to the end: what the first insurer left, what can be done about a cut, appeals, short pay, what came back."""

import datetime as dt

import pytest

from liaison.domain.claims import (
    AppealDraft,
    ClaimDecisionDraft,
    ClaimKind,
    ClaimLineDraft,
    ClaimState,
    LineCategory,
    LineDecisionDraft,
)
from liaison.domain.codes import CuredBy, ReasonCode
from liaison.domain.documents import DocumentKind
from liaison.domain.errors import Refused
from liaison.domain.money import Money
from liaison.domain.payments import Payer, PaymentPurpose
from liaison.domain.plans import PlanRulesDraft
from liaison.domain.policies import PayerContext
from liaison.i18n import Language
from liaison.services import (
    claim_views,
    claims,
    deciding,
    documents,
    payments,
    plans,
    policies,
    recovery,
    second_claims,
)
from liaison.services.rounds import TITLE, time_passes
from tests import make

K, R, D = ClaimState, ReasonCode, DocumentKind
DAY = dt.date(2026, 11, 2)
EN = Language("en")


def rm(amount):
    return Money.of(amount, "MYR")


def in_review(store, person, cover, *amounts, **values):
    """A claim that the insurer looks at, with a line for each amount."""
    lines = tuple(ClaimLineDraft(category=LineCategory.LAB, claimed=rm(a)) for a in amounts)
    draft = make.claim_draft(
        patient_id=person, cover_id=cover, billed=rm(sum(amounts)), lines=lines, state=K.IN_REVIEW, **values
    )
    return make.made(store, claims.file_claim, draft)


def decide(store, claim, *approved, outcome=K.PARTIALLY_APPROVED, reason=None, whole=None):
    """Decide line by line: pairs of amount and reason, or the whole."""
    lines = make.see(store, claim_views.claim, claim).lines
    parts = tuple(
        LineDecisionDraft(line_id=line.id, approved=rm(amount), reason=why)
        for line, (amount, why) in zip(lines, approved, strict=False)
    )
    draft = ClaimDecisionDraft(decided_on=DAY, outcome=outcome, reason=reason, approved=whole, lines=parts)
    make.do(store, deciding.decide_claim, claim, draft)


def appealed(store, claim):
    make.do(store, deciding.appeal, AppealDraft(claim_id=claim, filed_on=DAY, evidence="surat dokter"))
    make.do(store, claims.move_claim, claim, K.IN_REVIEW)


@pytest.fixture
def person(store):
    return make.patient(store)


@pytest.fixture
def cover(store, person):
    return make.cover(store, person)


# a second policy


def test_what_the_first_insurer_left_is_claimed_from_the_second_with_the_papers_it_asks_for(store, person):
    aia = make.cover(store, person, make.insurer(store, name="AIA Financial"), policy_no="A-1", cob_order=1)
    pru = make.cover(store, person, make.insurer(store, name="Prudential"), policy_no="P-1", cob_order=2)
    bpjs = make.cover(
        store, person, make.insurer(store, name="BPJS"), policy_no="B-1", payer_context=PayerContext.BPJS
    )  # fmt: skip
    make.cover(store, person, make.insurer(store, name="Lama"), policy_no="L-1", valid_to=dt.date(2025, 1, 1))
    make.cover(store, person, make.insurer(store, name="Baru"), policy_no="N-1", valid_from=dt.date(2027, 1, 1))
    case = make.journey(store, person, destination_country="MY")
    first = in_review(store, person, aia, 7000, 5000, journey_id=case)

    with pytest.raises(Refused) as early:
        make.do(store, second_claims.claim_the_rest, first, pru)
    assert make.see(store, second_claims.left_over, first).covers == ()
    decide(store, first, (5000, R.R13), (3000, R.R13))
    offered = make.see(store, second_claims.left_over, first)
    second = make.made(store, second_claims.claim_the_rest, first, pru)

    assert [p.code for p in early.value.problems] == ["NOT_DECIDED"]
    assert (offered.left, [c.insurer for c in offered.covers]) == (rm(4000), ["Prudential"])
    view = make.see(store, claim_views.claim, second)
    assert (view.billed, view.kind, view.insurer, view.state) == (
        rm(4000), ClaimKind.TOP_UP_COB, "Prudential", K.INCOMPLETE,
    )  # fmt: skip
    assert [line.claimed for line in view.lines] == [rm(2000), rm(2000)]
    asked = {kind for item in view.missing for kind in item.kinds}
    assert {D.COB_LETTER, D.RECEIPT_COPY_LEGALISED} <= asked
    assert D.RECEIPT_ORIGINAL not in asked
    after = make.see(store, second_claims.left_over, first)
    assert (after.covers, after.later_claim_ids) == ((), (second,))
    assert make.see(store, second_claims.left_over, second).first_claim_id == first
    for wrong, code in ((pru, "CLAIMED_ALREADY"), (aia, "SAME_COVER")):
        with pytest.raises(Refused) as refusal:
            make.do(store, second_claims.claim_the_rest, first, wrong)
        assert code in {p.code for p in refusal.value.problems}
    assert bpjs


def test_a_first_instalment_leaves_the_second_insurer_no_more_than_the_decision_did(store, person):
    aia = make.cover(store, person, make.insurer(store, name="AIA Financial"), policy_no="A-1", cob_order=1)
    make.cover(store, person, make.insurer(store, name="Prudential"), policy_no="P-1", cob_order=2)
    first = in_review(store, person, aia, 7000, 5000)
    decide(store, first, (5000, R.R13), (3000, R.R13))
    make.do(store, claims.move_claim, first, K.PAYMENT_PENDING)

    paid = make.payment_draft(None, PaymentPurpose.CLAIM, claim_id=first, payer=Payer.INSURER, amount=rm(3000))
    make.do(store, payments.record_payment, paid)

    assert make.see(store, second_claims.left_over, first).left == rm(4000)


def test_where_nothing_is_left_there_is_no_second_claim(store, person, cover):
    other = make.cover(store, person, make.insurer(store, name="Lain"), policy_no="X-1")
    claim = in_review(store, person, cover, 100)
    decide(store, claim, (100, None), outcome=K.APPROVED)

    with pytest.raises(Refused) as refusal:
        make.do(store, second_claims.claim_the_rest, claim, other)

    assert [p.code for p in refusal.value.problems] == ["NOTHING_LEFT"]
    assert make.see(store, second_claims.left_over, claim).covers == ()


def test_at_home_bpjs_may_pay_what_is_left(store, person, cover):
    make.cover(store, person, make.insurer(store, name="BPJS"), policy_no="B-1", payer_context=PayerContext.BPJS)
    house = make.hospital(store, name="RS Columbia Asia Medan", country="ID", city="Medan", zone="Asia/Jakarta")
    claim = in_review(store, person, cover, 100, hospital_id=house)
    decide(store, claim, whole=None, outcome=K.REJECTED, reason=R.R05)

    assert [c.insurer for c in make.see(store, second_claims.left_over, claim).covers] == ["BPJS"]


# what can be done


def test_each_reason_says_what_it_cost_who_can_mend_it_and_which_papers_are_missing(store, person, cover):
    claim = in_review(store, person, cover, 1000, 500, 200)
    make.do(
        store, documents.attach, make.document_draft(claim_id=claim, kind=D.DOCTOR_STATEMENT), make.pdf()
    )  # fmt: skip
    decide(store, claim, (0, R.R08), (200, R.R14), (100, R.R08))

    plan = make.see(store, recovery.cure_plan, claim)

    assert [(c.reason, c.amount, c.lines, c.cured_by) for c in plan.cures] == [
        (R.R08, rm(1100), (1, 3), CuredBy.DOCTOR), (R.R14, rm(300), (2,), CuredBy.NOBODY),
    ]  # fmt: skip
    assert plan.cures[0].missing == (D.LAB, D.IMAGING)
    assert (plan.may_appeal, plan.appeal_until, plan.days_left, plan.next_level) == (
        True, dt.date(2027, 1, 1), 60, 1,
    )  # fmt: skip


def test_the_letter_about_a_cut_stands_in_both_languages_and_names_nobody(store, person, cover):
    claim = in_review(store, person, cover, 1000, claim_no="K-77")
    decide(store, claim, outcome=K.REJECTED, reason=R.R08)

    text = make.see(store, recovery.letter_in_both, claim, R.R08)
    english = make.see(store, recovery.letter_text, claim, R.R08, EN)

    assert english in text
    assert english.startswith("Claim K-77: RM1,000.00 was not approved.\nThe insurer states that the treatment")
    assert "An appeal must reach the insurer by 1\xa0Jan\xa02027." in english
    assert "Dewi" not in text
    assert "Penanggung menyatakan" in text


def test_after_the_last_day_or_the_last_level_there_is_no_appeal(store, person, cover, clock):
    claim = in_review(store, person, cover, 1000)
    decide(store, claim, outcome=K.REJECTED, reason=R.R04)
    clock.forward(days=61)
    late = make.see(store, recovery.cure_plan, claim)
    assert (late.may_appeal, late.days_left) == (False, -1)

    clock.forward(days=-61)
    for _ in range(2):
        appealed(store, claim)
        decide(store, claim, outcome=K.REJECTED, reason=R.R04)
    last = make.see(store, recovery.cure_plan, claim)
    assert (last.may_appeal, last.appeal_until, last.next_level) == (False, None, 3)


def test_less_paid_than_approved_is_told(store, person, cover):
    claim = in_review(store, person, cover, 1000)
    decide(store, claim, (1000, None), outcome=K.APPROVED)
    paid = make.payment_draft(None, PaymentPurpose.CLAIM, claim_id=claim, payer=Payer.INSURER, amount=rm(900))

    make.do(store, deciding.record_claim_payment, paid)

    plan = make.see(store, recovery.cure_plan, claim)
    assert (plan.short_by, plan.cures) == (rm(100), ())
    assert make.see(store, claim_views.claim, claim).state is K.PAID


def test_a_letter_about_what_nobody_can_change_asks_for_nothing(store, person, cover):
    claim = in_review(store, person, cover, 1000)

    text = make.see(store, recovery.letter_text, claim, R.R13, EN)

    assert text == "Claim without a number yet: RM1,000.00 was not approved.\nThe annual limit is used up."


def test_more_paid_than_approved_is_told_too(store, person, cover):
    claim = in_review(store, person, cover, 1000)
    decide(store, claim, (1000, None), outcome=K.APPROVED)
    paid = make.payment_draft(None, PaymentPurpose.CLAIM, claim_id=claim, payer=Payer.INSURER, amount=rm(1100))

    make.do(store, deciding.record_claim_payment, paid)

    assert make.see(store, recovery.cure_plan, claim).over_by == rm(100)


def test_the_decision_after_an_appeal_is_its_answer(store, person, cover):
    claim = in_review(store, person, cover, 1000)
    decide(store, claim, outcome=K.REJECTED, reason=R.R04)
    appealed(store, claim)
    decide(store, claim, outcome=K.REJECTED, reason=R.R04)

    (appeal,) = make.see(store, claim_views.claim, claim).appeals
    assert (appeal.outcome, appeal.answered_on) == ("Rejected", DAY)


def test_what_is_not_covered_follows_the_decision_after_an_appeal(store, person, cover):
    claim = in_review(store, person, cover, 1000, 500)

    def seen():
        view = make.see(store, claim_views.claim, claim)
        return view.state, view.approved, view.not_covered

    decide(store, claim, (0, R.R08), (500, None))
    assert seen() == (K.PARTIALLY_APPROVED, rm(500), rm(1000))
    appealed(store, claim)
    decide(store, claim, (700, R.R08), (500, None))
    assert seen() == (K.PARTIALLY_APPROVED, rm(1200), rm(300))
    appealed(store, claim)
    decide(store, claim, (1000, None), (500, None), outcome=K.APPROVED)
    assert seen() == (K.APPROVED, rm(1500), None)


# what came back


def test_what_came_back_is_counted_by_the_first_reason_of_each_line(store, person, cover):
    assert make.see(store, recovery.recovery) == []
    won = in_review(store, person, cover, 1000, 500)
    decide(store, won, (0, R.R08), (400, R.R14))
    appealed(store, won)
    decide(store, won, (750, R.R17), (400, R.R14))
    lost = in_review(store, person, cover, 250)
    decide(store, lost, (0, R.R08), outcome=K.REJECTED, reason=R.R08)
    void = in_review(store, person, cover, 99)
    decide(store, void, (0, R.R08), outcome=K.REJECTED, reason=R.R08)
    make.do(store, claims.void_claim, void, reason="salah")

    found = {r.reason: r for r in make.see(store, recovery.recovery)}

    assert set(found) == {R.R08, R.R14}
    first = found[R.R08]
    assert (first.count, first.appealed, first.cut, first.recovered) == (2, 1, rm(1250), rm(750))
    assert f"{first.share:.2f}" == "0.60"
    assert found[R.R14].recovered == rm(0)
    plan = make.see(store, recovery.cure_plan, lost)
    assert plan.cures[0].past == first


def test_a_claim_rejected_whole_and_then_approved_line_by_line_is_compared_as_a_whole(store, person, cover):
    claim = in_review(store, person, cover, 600, 400)
    decide(store, claim, outcome=K.REJECTED, reason=R.R09)
    appealed(store, claim)
    decide(store, claim, (600, None), (100, R.R16))

    (row,) = make.see(store, recovery.recovery)

    assert (row.reason, row.cut, row.recovered) == (R.R09, rm(1000), rm(700))


# time bars


def test_the_plans_window_sets_the_last_day_and_a_claim_not_sent_by_then_is_barred(store, person, clock):
    insurer = make.insurer(store)
    product = make.made(store, policies.add_product, make.product_draft(insurer_id=insurer, currency="MYR"))
    make.do(
        store, plans.set_plan_rules,
        PlanRulesDraft(product_id=product, source="polis hal. 9", submit_within_days=30),
    )  # fmt: skip
    policy = make.made(store, policies.add_policy, make.policy_draft(insurer_id=insurer, product_id=product))
    cover = make.made(store, policies.add_cover, make.cover_draft(patient_id=person, policy_id=policy))

    claim = make.made(store, claims.file_claim, make.claim_draft(patient_id=person, cover_id=cover))
    stated = make.made(
        store, claims.file_claim, make.claim_draft(patient_id=person, cover_id=cover, submit_by=dt.date(2026, 12, 24))
    )  # fmt: skip

    assert make.see(store, claim_views.claim, claim).submit_by == dt.date(2026, 11, 25)
    assert make.see(store, claim_views.claim, stated).submit_by == dt.date(2026, 12, 24)
    clock.forward(days=24)
    with store.write(TITLE, by_system=True) as session:
        time_passes(session)
    assert make.see(store, claim_views.claim, claim).state is K.TIME_BARRED
    with pytest.raises(Refused):
        make.do(store, claims.move_claim, claim, K.SUBMITTED, channel="portal")
    make.do(store, claims.move_claim, claim, K.SUBMITTED, channel="portal", override_reason="penanggung setuju")
    assert make.see(store, claim_views.claim, claim).state is K.SUBMITTED


def test_a_cut_of_the_whole_is_kept_as_one_although_the_claim_has_lines(store, person, cover):
    claim = in_review(store, person, cover, 7000, 3000)

    decide(store, claim, reason=R.R05, whole=rm(8000))

    kept = make.see(store, recovery.recovery)
    assert [(r.reason, r.cut, r.recovered) for r in kept] == [(R.R05, rm(2000), rm(0))]
    plan = make.see(store, recovery.cure_plan, claim)
    assert [(c.reason, c.amount, c.lines) for c in plan.cures] == [(R.R05, rm(2000), ())]


def test_an_appeal_answered_with_one_sum_leaves_no_cut_of_the_old_lines_behind(store, person, cover):
    claim = in_review(store, person, cover, 7000, 3000)
    decide(store, claim, (7000, None), (1000, R.R05))
    appealed(store, claim)

    decide(store, claim, outcome=K.APPROVED, whole=rm(10_000))

    assert make.see(store, recovery.cure_plan, claim).cures == ()
    assert [(r.cut, r.recovered) for r in make.see(store, recovery.recovery)] == [(rm(2000), rm(2000))]
