"""Whole lives, walked step by step: every guard refuses once and is then cured."""

import datetime as dt

import pytest

from liaison.domain.claims import (
    AppealDraft,
    ClaimDecisionDraft,
    ClaimDraft,
    ClaimKind,
    ClaimLineDraft,
    ClaimState,
    LineCategory,
    LineDecisionDraft,
)
from liaison.domain.codes import ReasonCode
from liaison.domain.documents import Process
from liaison.domain.errors import Refused
from liaison.domain.facts import FactKind
from liaison.domain.guarantees import GuaranteeState, VersionKind
from liaison.domain.journeys import EntryMode, JourneyKind, JourneyState, PayerPath
from liaison.domain.money import Money
from liaison.domain.payments import BillKind, Payer, PaymentPurpose
from liaison.domain.work import TaskKind
from liaison.services import claim_views, claims, deciding, guarantees, journeys, patients, payments
from liaison.services.course_steps import FOLLOW_UPS
from liaison.store.models import JourneyRow, TaskRow
from tests import make

S, G, K = JourneyState, GuaranteeState, ClaimState


def rm(amount):
    return Money.of(amount, "MYR")


def refused(store, function, *arguments, **more):
    """The codes of the problems with which a step is refused."""
    with pytest.raises(Refused) as refusal:
        make.do(store, function, *arguments, **more)
    return {p.code for p in refusal.value.problems if p.severity == "error"}


def blocked(store, key, to):
    return refused(store, journeys.move_journey, key, to)


def state(store, key):
    return make.see(store, lambda s: s.get(JourneyRow, key).state)


def open_tasks(store, key):
    with store.read() as session:
        return {t.title for t in session.query(TaskRow).filter_by(journey_id=key, done_at=None)}


def test_a_treatment_with_letter_and_claim_from_the_first_message_to_the_last_payment(store, clock):
    person = make.patient(store, phone="")
    hospital = make.hospital(store)
    cover = make.cover(store, person)
    key = make.journey(store, person, cover_id=cover, hospital_id=hospital)

    # enquiry → intake: somebody must be reachable
    assert blocked(store, key, S.INTAKE) == {"NO_CONTACT"}
    make.do(store, patients.add_related_person, person, make.related_person_draft())
    make.move(store, key, S.INTAKE)

    # intake → benefit check: identity and consents
    assert blocked(store, key, S.ELIGIBILITY) == {"NO_IDENTITY", "NO_C1", "NO_C2"}
    make.confirm(store, key, FactKind.IDENTITY_SEEN, FactKind.C1, FactKind.C2)
    make.move(store, key, S.ELIGIBILITY)

    # benefit check → medical review: a clear answer, not an old one
    assert blocked(store, key, S.MEDICAL_REVIEW) == {"NO_ELIGIBILITY"}
    make.confirm(store, key, FactKind.ELIGIBILITY, stated_on=dt.date(2026, 9, 1))
    assert blocked(store, key, S.MEDICAL_REVIEW) == {"ELIGIBILITY_OLD"}
    make.confirm(store, key, FactKind.ELIGIBILITY)
    make.move(store, key, S.MEDICAL_REVIEW)

    # medical review → estimate: release, document, opinion
    assert blocked(store, key, S.ESTIMATE) == {"NO_C3", "NO_MEDICAL_DOCUMENT", "NO_OPINION"}
    make.confirm(store, key, FactKind.C3, organization_id=hospital)
    make.confirm(store, key, FactKind.MEDICAL_DOCUMENT, FactKind.OPINION)
    make.move(store, key, S.ESTIMATE)

    # estimate → decision
    assert blocked(store, key, S.DECISION) == {"NO_ESTIMATE"}
    make.do(store, payments.record_estimate, make.estimate_draft(key))
    make.move(store, key, S.DECISION)

    # decision → letter
    assert blocked(store, key, S.PREAUTH) == {"NO_DECISION", "NO_C4"}
    make.confirm(store, key, FactKind.DECISION, FactKind.C4)
    make.move(store, key, S.PREAUTH)

    # letter → travel: the letter opens the way, but moves nothing by itself
    assert blocked(store, key, S.TRAVEL_PREP) == {"NO_LETTER"}
    draft = make.guarantee_draft(journey_id=key, cover_id=cover, requested_at=None, is_checklist_complete=False)
    letter = make.made(store, guarantees.request_guarantee, draft)
    assert refused(store, guarantees.move_guarantee, letter, G.REQUESTED) == {"CHECKLIST"}
    make.confirm(store, key, FactKind.CHECKLIST_COMPLETE, result=Process.PREAUTH.value)
    make.do(store, guarantees.move_guarantee, letter, G.REQUESTED)
    assert "Follow up the guarantee letter" in open_tasks(store, key)
    assert refused(store, guarantees.add_version, make.version_draft(letter)) == {"LETTER_INCOMPLETE"}
    make.do(store, guarantees.add_version, make.version_draft(letter), gl_no="GL-771")
    assert state(store, key) is S.PREAUTH
    assert {m.to: m.is_free for m in make.see(store, journeys.moves, key)}[S.TRAVEL_PREP]
    assert "Follow up the guarantee letter" not in open_tasks(store, key)
    make.do(store, guarantees.move_guarantee, letter, G.ACCEPTED)
    make.move(store, key, S.TRAVEL_PREP)

    # travel → on the way: passport, appointment, a letter that lasts
    planned = make.see(store, journeys.journey_draft, key)
    make.do(
        store, journeys.edit_journey, key,
        make.changed(planned, planned_admission_on=dt.date(2026, 12, 20), planned_return_on=dt.date(2027, 1, 4)),
    )  # fmt: skip
    assert blocked(store, key, S.EN_ROUTE) == {"NO_PASSPORT", "NO_APPOINTMENT", "LETTER_SHORT"}
    passport = make.made(store, patients.add_identifier, person, make.identifier_draft(expires_on=dt.date(2027, 6, 1)))
    assert "PASSPORT_SHORT" in blocked(store, key, S.EN_ROUTE)
    make.do(store, patients.edit_identifier, passport, make.identifier_draft(expires_on=dt.date(2031, 6, 1)))
    make.do(
        store, journeys.edit_journey, key,
        make.changed(planned, planned_admission_on=dt.date(2026, 11, 24), planned_return_on=dt.date(2026, 12, 8)),
    )  # fmt: skip
    make.confirm(store, key, FactKind.APPOINTMENT)
    make.move(store, key, S.EN_ROUTE)

    # abroad
    assert blocked(store, key, S.WORKUP) == {"NO_ARRIVAL"}
    make.confirm(store, key, FactKind.ARRIVAL)
    make.move(store, key, S.WORKUP)
    assert blocked(store, key, S.ADMITTED) == {"NO_PLAN"}
    make.confirm(store, key, FactKind.PLAN_CONFIRMED)
    make.move(store, key, S.ADMITTED)
    make.do(store, payments.record_payment, make.payment_draft(key, PaymentPurpose.DEPOSIT, amount=rm(300)))
    assert refused(store, guarantees.move_guarantee, letter, G.TOPUP_REQUESTED) == {"NO_INTERIM_BILL"}
    make.do(store, payments.record_bill, make.bill_draft(key, amount=rm("14500.00")))
    assert make.see(store, guarantees.guarantee, letter).needs_topup
    make.do(store, guarantees.move_guarantee, letter, G.TOPUP_REQUESTED)
    topup = make.version_draft(letter, VersionKind.TOPUP, ceiling=rm(22_000))
    make.do(store, guarantees.add_version, topup)

    # discharge
    assert blocked(store, key, S.DISCHARGE_PENDING) == {"NO_ADMISSION"}
    make.confirm(store, key, FactKind.ADMISSION)
    make.do(store, journeys.edit_journey, key, make.changed(make.see(store, journeys.journey_draft, key), mrn="004711"))
    make.move(store, key, S.DISCHARGE_PENDING)
    assert blocked(store, key, S.DISCHARGED) == {"NO_FINAL_LETTER", "EXCESS"}
    assert refused(store, guarantees.move_guarantee, letter, G.FINAL_REQUESTED) == {"NO_FINAL_PAPERS"}
    make.do(store, payments.record_bill, make.bill_draft(key, BillKind.FINAL, amount=rm("18837.55")))
    make.confirm(store, key, FactKind.DISCHARGE_SUMMARY)
    make.do(store, guarantees.move_guarantee, letter, G.FINAL_REQUESTED)
    final = make.version_draft(letter, VersionKind.FINAL, ceiling=rm("17587.55"))
    assert refused(store, guarantees.add_version, final) == {"NO_ACCEPTED_AMOUNT"}
    make.do(store, guarantees.add_version, final, accepted=rm("17587.55"), excess=rm("1250.00"))
    assert blocked(store, key, S.DISCHARGED) == {"EXCESS"}
    make.do(store, payments.record_payment, make.payment_draft(key, PaymentPurpose.EXCESS, amount=rm("1250.00")))
    make.move(store, key, S.DISCHARGED)

    # home and claims
    make.move(store, key, S.RETURNED)
    assert blocked(store, key, S.FOLLOW_UP) == {"NOT_HOME"}
    make.confirm(store, key, FactKind.HOME_ARRIVAL)
    make.move(store, key, S.FOLLOW_UP)
    claim = make.made(
        store, claims.file_claim,
        make.claim_draft(
            patient_id=person, cover_id=cover, journey_id=key, guarantee_id=letter, kind=ClaimKind.CASHLESS,
            billed=rm("17587.55"),
            lines=(
                ClaimLineDraft(category=LineCategory.SUR, claimed=rm("10000.00")),
                ClaimLineDraft(category=LineCategory.NMD, description="kit", claimed=rm("7587.00")),
            ),
        ),
    )  # fmt: skip
    assert blocked(store, key, S.CLOSED) == {"OPEN_CLAIMS", "REFUND_DUE"}
    refund = make.payment_draft(key, PaymentPurpose.REFUND, amount=rm(300), payer=Payer.HOSPITAL)
    make.do(store, payments.record_payment, refund)
    walk_the_claim(store, clock, key, claim)
    make.move(store, key, S.CLOSED)

    # the end
    assert state(store, key) is S.CLOSED
    assert make.see(store, guarantees.guarantee, letter).state is G.CLOSED
    with store.read() as session:
        left = {task.title for task in session.query(TaskRow).filter_by(done_at=None)}
    assert left == {title for _, title in FOLLOW_UPS}  # the calls after the return outlive the paper
    assert store.verify() == []


def walk_the_claim(store, clock, key, claim):
    """From missing documents over a query, a cut line, an appeal and a short payment to the end."""
    move = claims.move_claim
    see = make.see(store, claim_views.claim, claim)
    assert (see.state, bool(see.missing)) == (K.INCOMPLETE, True)
    assert refused(store, move, claim, K.READY) == {"CHECKLIST", "LINES_SUM"}
    make.confirm(store, key, FactKind.CHECKLIST_COMPLETE, result=Process.CASHLESS_CLAIM.value)
    draft = make.see(store, claims.claim_draft, claim)
    assert make.see(store, claim_views.claim, claim).state is K.INCOMPLETE
    mended = (*draft.lines, ClaimLineDraft(category=LineCategory.ROUND, claimed=rm("0.55")))
    make.do(store, claims.edit_claim, claim, make.changed(draft, lines=mended))
    assert make.see(store, claim_views.claim, claim).state is K.READY

    assert refused(store, move, claim, K.SUBMITTED) == {"NOT_SENT"}
    make.do(store, move, claim, K.SUBMITTED, on=dt.date(2026, 11, 2), channel="portal")
    assert refused(store, move, claim, K.REGISTERED) == {"NO_CLAIM_NO"}
    make.do(store, move, claim, K.REGISTERED, claim_no="CLM/26/8812")
    make.do(store, move, claim, K.IN_REVIEW)
    query = make.made(store, deciding.ask_claim_query, make.claim_query_draft(claim))
    assert refused(store, move, claim, K.IN_REVIEW) == {"OPEN_QUERIES"}
    make.do(store, deciding.answer_claim_query, query, "resume medis dikirim")

    lines = make.see(store, claim_views.claim, claim).lines
    cut = LineDecisionDraft(line_id=lines[1].id, approved=rm(0))
    partly = ClaimDecisionDraft(decided_on=dt.date(2026, 11, 2), outcome=K.PARTIALLY_APPROVED, lines=(cut,))
    assert refused(store, deciding.decide_claim, claim, partly) == {"LINE_REASON"}
    cut = make.changed(cut, reason=ReasonCode.R16)
    make.do(store, deciding.decide_claim, claim, make.changed(partly, lines=(cut,)))
    see = make.see(store, claim_views.claim, claim)
    assert (see.approved, see.not_covered) == (rm("10000.55"), rm("7587.00"))

    appealed = AppealDraft(claim_id=claim, filed_on=dt.date(2026, 11, 2), evidence="surat dokter")
    make.do(store, deciding.appeal, appealed)
    make.do(store, move, claim, K.IN_REVIEW)
    make.do(store, deciding.answer_appeal, claim, outcome="tetap")
    decided = make.changed(partly, lines=(cut,))
    make.do(store, deciding.decide_claim, claim, decided)
    make.do(store, deciding.appeal, make.changed(appealed, evidence="hasil PA"))
    make.do(store, move, claim, K.IN_REVIEW)
    make.do(store, deciding.decide_claim, claim, decided)
    assert refused(store, deciding.appeal, make.changed(appealed, evidence="lagi")) == {"LAST_LEVEL"}

    make.do(store, move, claim, K.PAYMENT_PENDING)
    assert refused(store, move, claim, K.PAID) == {"NO_PAYMENT"}
    paid = make.payment_draft(key, PaymentPurpose.CLAIM, claim_id=claim, payer=Payer.INSURER, amount=rm("9000.00"))
    make.do(store, deciding.record_claim_payment, paid)
    assert make.see(store, claim_views.claim, claim).state is K.PAID
    assert refused(store, move, claim, K.CLOSED) == {"RESIDUAL"}
    make.do(store, move, claim, K.DISPUTED_PAYMENT)
    rest = make.changed(paid, amount=rm("1000.55"), receipt_no="R-2")
    make.do(store, payments.record_payment, rest)
    make.do(store, move, claim, K.PAID)
    make.do(store, move, claim, K.CLOSED)
    assert make.see(store, claim_views.claim, claim).paid == rm("10000.55")


def test_an_emergency_owes_its_papers_and_pays_them_while_in_hospital(store):
    person = make.patient(store)
    cover = make.cover(store, person)
    key = make.journey(store, person, cover_id=cover, entry_mode=EntryMode.EMERGENCY, state=S.ADMITTED, mrn="A-77")
    assert len(open_tasks(store, key)) >= 6

    make.confirm(store, key, FactKind.IDENTITY_SEEN, FactKind.C1, FactKind.C2, FactKind.C3, FactKind.C4)
    make.confirm(store, key, FactKind.ELIGIBILITY, FactKind.INSURER_NOTIFIED, FactKind.ADMISSION)
    make.confirm(store, key, FactKind.PAYER_PATH, result="REIMBURSEMENT")

    assert open_tasks(store, key) == set()
    make.move(store, key, S.DISCHARGE_PENDING)
    make.do(store, payments.record_bill, make.bill_draft(key, BillKind.FINAL, amount=rm(5_000)))
    assert blocked(store, key, S.DISCHARGED) == {"NO_FINAL_LETTER", "EXCESS"}
    make.do(store, payments.record_payment, make.payment_draft(key, PaymentPurpose.BILL, amount=rm(5_000)))
    make.move(store, key, S.DISCHARGED)
    assert state(store, key) is S.DISCHARGED


def test_a_declined_letter_leads_to_paying_first_and_claiming_afterwards(store, clock):
    person = make.patient(store)
    cover = make.cover(store, person)
    key = make.journey(store, person, cover_id=cover, entry_mode=EntryMode.RUNNING, state=S.PREAUTH)
    draft = make.guarantee_draft(journey_id=key, cover_id=cover)
    letter = make.made(store, guarantees.request_guarantee, draft)

    assert refused(store, guarantees.move_guarantee, letter, G.DECLINED) == {"NO_REASON"}
    assert refused(store, guarantees.move_guarantee, letter, G.DECLINED, reason=ReasonCode.R99) == {"REASON_WORDS"}
    make.do(store, guarantees.move_guarantee, letter, G.DECLINED, reason=ReasonCode.R07)
    with store.read() as session:
        alarm = session.query(TaskRow).filter_by(kind=TaskKind.ALARM, journey_id=key).one()
        assert alarm.due_at == clock.now + dt.timedelta(hours=4)
    make.do(store, guarantees.move_guarantee, letter, G.CONVERTED)

    assert make.see(store, lambda s: s.get(JourneyRow, key).payer_path) is PayerPath.REIMBURSEMENT
    assert blocked(store, key, S.TRAVEL_PREP) == {"NO_LETTER"}
    make.confirm(store, key, FactKind.PAYER_PATH, result="REIMBURSEMENT")
    make.move(store, key, S.TRAVEL_PREP)
    claim = make.made(
        store, claims.file_claim,
        make.claim_draft(
            patient_id=person, cover_id=cover, journey_id=key, guarantee_id=letter, kind=ClaimKind.REIMBURSEMENT
        ),
    )  # fmt: skip
    assert make.see(store, claim_views.claim, claim).state is K.INCOMPLETE


def test_a_repeat_cycle_starts_again_from_home_and_asks_for_its_trip_anew(store, clock):
    person = make.patient(store)
    cover = make.cover(store, person)
    key = make.journey(
        store, person, cover_id=cover, kind=JourneyKind.REPEAT_CYCLE, entry_mode=EntryMode.RUNNING, state=S.RETURNED
    )
    make.confirm(store, key, FactKind.ARRIVAL, FactKind.APPOINTMENT, FactKind.ELIGIBILITY)
    clock.forward(days=21)

    make.move(store, key, S.PREAUTH)
    draft = make.guarantee_draft(journey_id=key, cover_id=cover, requested_at=clock.now)
    letter = make.made(store, guarantees.request_guarantee, draft)
    valid = make.version_draft(letter, issued_at=clock.now, valid_to=dt.date(2027, 1, 31))
    make.do(store, guarantees.add_version, valid, gl_no="GL-2")
    make.move(store, key, S.TRAVEL_PREP)

    needed = blocked(store, key, S.EN_ROUTE)
    assert "NO_APPOINTMENT" in needed
    make.confirm(store, key, FactKind.APPOINTMENT, stated_on=dt.date(2026, 11, 23))
    make.confirm(store, key, FactKind.PASSPORT)
    make.move(store, key, S.EN_ROUTE)
    assert blocked(store, key, S.WORKUP) == {"NO_ARRIVAL"}


def test_only_a_repeat_cycle_starts_again(store):
    key = make.journey(store, entry_mode=EntryMode.RUNNING, state=S.RETURNED)

    offered = {m.to for m in make.see(store, journeys.moves, key)}
    make.do(store, journeys.start_repeating, key)
    then = {m.to for m in make.see(store, journeys.moves, key)}

    assert S.PREAUTH not in offered
    assert S.PREAUTH in then


def test_claims_of_lists_have_no_case_and_keep_the_state_of_the_list(store):
    person = make.patient(store)
    cover = make.cover(store, person)

    key = make.made(
        store, claims.file_claim,
        ClaimDraft(patient_id=person, cover_id=cover, billed=rm(900), state=K.PAID, claim_no="L-1"),
    )  # fmt: skip

    assert make.see(store, claim_views.claim, key).state is K.PAID
