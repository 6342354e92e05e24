"""Guarantee letters: numbers, ceilings, questions, alarms, ends."""

import datetime as dt
from decimal import Decimal

import pytest

from liaison.domain.codes import ReasonCode
from liaison.domain.errors import Refused
from liaison.domain.facts import FactKind
from liaison.domain.guarantees import GuaranteeState, VersionKind
from liaison.domain.journeys import CancelReason, EntryMode, JourneyState
from liaison.domain.money import Money
from liaison.domain.network import AdministratorLinkDraft
from liaison.domain.work import TaskKind, WaitingOn
from liaison.services import guarantees, journeys, network, payments, policies
from liaison.services.changes import ChangedMeanwhile
from liaison.store.models import TaskRow
from tests import make

G, S = GuaranteeState, JourneyState


def rm(amount):
    return Money.of(amount, "MYR")


def codes(refusal):
    return {p.code for p in refusal.value.problems if p.severity == "error"}


@pytest.fixture
def case(store):
    person = make.patient(store)
    cover = make.cover(store, person)
    hospital = make.hospital(store)
    key = make.journey(
        store, person, cover_id=cover, hospital_id=hospital, entry_mode=EntryMode.RUNNING, state=S.PREAUTH
    )
    return key, cover


def letter_of(store, case, **values):
    key, cover = case
    return make.made(
        store, guarantees.request_guarantee, make.guarantee_draft(journey_id=key, cover_id=cover, **values)
    )


def issued(store, case, **values):
    letter = letter_of(store, case)
    make.do(store, guarantees.add_version, make.version_draft(letter, **values), gl_no="GL-771")
    return letter


def tasks(store, kind=None):
    with store.read() as session:
        open_ones = session.query(TaskRow).filter(TaskRow.done_at.is_(None), TaskRow.kind != TaskKind.DEBT)
        return [(t.title, t.waiting_on, t.waiting_for, t.due_at) for t in open_ones if kind in (None, t.kind)]


def test_a_letter_names_a_cover_of_the_patient_and_a_hospital(store, case):
    key, _ = case
    other = make.cover(store, make.patient(store, full_name="Lain"), policy_no="X-1")
    insurer = make.any_insurer(store)

    with pytest.raises(Refused) as refusal:
        make.do(
            store, guarantees.request_guarantee,
            make.guarantee_draft(journey_id=key, cover_id=other, hospital_id=insurer),
        )  # fmt: skip

    assert codes(refusal) == {"OTHER_PATIENTS_COVER", "NOT_A_HOSPITAL"}


def test_a_letter_takes_the_hospital_of_the_case(store, case):
    letter = letter_of(store, case)

    assert make.see(store, guarantees.guarantee, letter).hospital == "Gleneagles Hospital Penang"


def test_the_step_waits_for_the_administrator_where_the_policy_has_one(store, clock):
    person, insurer = make.patient(store), make.insurer(store)
    desk = make.made(store, network.add_organization, make.administrator_draft())
    make.do(store, network.link_administrator, AdministratorLinkDraft(administrator_id=desk, insurer_id=insurer))
    policy = make.made(store, policies.add_policy, make.policy_draft(insurer_id=insurer, administrator_id=desk))
    cover = make.made(store, policies.add_cover, make.cover_draft(patient_id=person, policy_id=policy))
    key = make.journey(store, person, entry_mode=EntryMode.RUNNING, state=S.PREAUTH)

    letter_of(store, (key, cover))

    due = make.START + dt.timedelta(hours=4)  # from the request, not from when it was typed
    assert tasks(store) == [("Follow up the guarantee letter", WaitingOn.ADMINISTRATOR, "Medika Admin", due)]


def test_a_letter_number_stands_once_per_insurer(store, case):
    first = issued(store, case)
    second = letter_of(store, case)

    with pytest.raises(Refused) as refusal:
        make.do(store, guarantees.add_version, make.version_draft(second), gl_no="gl 771")

    assert codes(refusal) == {"USED_NUMBER"}
    assert make.see(store, guarantees.guarantee, first).gl_no == "GL-771"


def test_the_ceiling_now_is_that_of_the_newest_letter_and_never_a_sum(store, case):
    letter = issued(store, case, ceiling=rm(15_000))
    make.do(store, payments.record_bill, make.bill_draft(case[0], amount=rm(14_500)))
    make.do(store, guarantees.move_guarantee, letter, G.TOPUP_REQUESTED)
    raised = make.version_draft(letter, VersionKind.TOPUP, ceiling=rm(20_000))
    make.do(store, guarantees.add_version, raised)

    seen = make.see(store, guarantees.guarantee, letter)

    assert (seen.state, seen.ceiling_now) == (G.TOPUP_ISSUED, rm(20_000))
    assert [v.ceiling for v in seen.versions] == [rm(15_000), rm(20_000)]
    assert seen.used_share == Decimal(14_500) / Decimal(20_000)
    assert not seen.needs_topup


def test_a_top_up_below_the_old_ceiling_is_refused(store, case):
    letter = issued(store, case)
    make.do(store, payments.record_bill, make.bill_draft(case[0]))
    make.do(store, guarantees.move_guarantee, letter, G.TOPUP_REQUESTED)

    with pytest.raises(Refused) as refusal:
        lower = make.version_draft(letter, VersionKind.TOPUP, ceiling=rm(5_000))
        make.do(store, guarantees.add_version, lower)

    assert codes(refusal) == {"CEILING_LOWER"}


def test_an_as_charged_letter_has_no_ceiling_but_a_currency(store, case):
    letter = issued(store, case, ceiling=None, is_as_charged=True)

    seen = make.see(store, guarantees.guarantee, letter)

    assert (seen.ceiling_now, seen.is_as_charged, seen.used_share) == (None, True, None)


def test_the_covered_days_end_tomorrow_so_more_must_be_asked_for(store, case, clock):
    letter = issued(store, case, covered_days=3)
    key, _ = case
    make.confirm(store, key, FactKind.PAYER_PATH, FactKind.ADMISSION)
    make.move(store, key, S.TRAVEL_PREP)
    make.confirm(store, key, FactKind.PASSPORT, FactKind.APPOINTMENT, FactKind.ARRIVAL)
    make.move(store, key, S.EN_ROUTE, S.ADMITTED)

    early = make.see(store, guarantees.guarantee, letter).needs_topup
    clock.forward(days=2)
    late = make.see(store, guarantees.guarantee, letter).needs_topup

    assert (early, late) == (False, True)


def test_a_question_stops_the_insurers_clock_and_opens_a_step_of_ours(store, case):
    letter = letter_of(store, case)

    first = make.made(store, guarantees.ask_query, make.guarantee_query_draft(letter))
    second = make.made(store, guarantees.ask_query, make.guarantee_query_draft(letter, question="hasil lab?"))
    asked = make.see(store, guarantees.guarantee, letter).state
    waiting = tasks(store)
    make.do(store, guarantees.answer_query, first, "terlampir")
    still = make.see(store, guarantees.guarantee, letter).state
    make.do(store, guarantees.answer_query, second, "menyusul")
    after = make.see(store, guarantees.guarantee, letter)

    assert (asked, still, after.state) == (G.QUERIED, G.QUERIED, G.REQUESTED)
    assert [(t[0], t[1]) for t in waiting] == [("Answer the insurer's question", WaitingOn.US)]
    assert [q.answer for q in after.queries] == ["terlampir", "menyusul"]
    assert [t[0] for t in tasks(store)] == ["Follow up the guarantee letter"]


def test_an_answer_needs_words_and_comes_once(store, case):
    letter = letter_of(store, case)
    query = make.made(store, guarantees.ask_query, make.guarantee_query_draft(letter))
    make.do(store, guarantees.answer_query, query, "terlampir")

    with pytest.raises(Refused) as refusal:
        make.do(store, guarantees.answer_query, query, " ")

    assert codes(refusal) == {"MISSING", "ANSWERED_ALREADY"}


def test_a_question_about_the_top_up_goes_back_to_the_top_up(store, case):
    letter = issued(store, case)
    make.do(store, payments.record_bill, make.bill_draft(case[0]))
    make.do(store, guarantees.move_guarantee, letter, G.TOPUP_REQUESTED)

    query = make.made(store, guarantees.ask_query, make.guarantee_query_draft(letter))
    make.do(store, guarantees.answer_query, query, "catatan perkembangan")

    assert make.see(store, guarantees.guarantee, letter).state is G.TOPUP_REQUESTED


def test_a_question_about_the_final_bill_goes_back_to_the_final_letter(store, case):
    letter = issued(store, case)
    make.do(store, guarantees.move_guarantee, letter, G.FINAL_REQUESTED, override_reason="tagihan lewat faks")

    query = make.made(store, guarantees.ask_query, make.guarantee_query_draft(letter))
    asked = make.see(store, guarantees.guarantee, letter).state
    make.do(store, guarantees.answer_query, query, "rincian terlampir")

    seen = make.see(store, guarantees.guarantee, letter)
    assert (asked, seen.state) == (G.FINAL_QUERIED, G.FINAL_REQUESTED)
    assert [e.override_reason for e in seen.events if e.overridden] == ["tagihan lewat faks"]


def test_nobody_asks_about_a_letter_that_was_issued(store, case):
    letter = issued(store, case)

    with pytest.raises(Refused) as refusal:
        make.do(store, guarantees.ask_query, make.guarantee_query_draft(letter))

    assert codes(refusal) == {"NOT_ASKED_NOW"}


def test_a_question_answered_after_the_letter_was_converted_moves_nothing(store, case):
    letter = letter_of(store, case)
    query = make.made(store, guarantees.ask_query, make.guarantee_query_draft(letter))
    make.do(store, guarantees.move_guarantee, letter, G.CONVERTED)

    make.do(store, guarantees.answer_query, query, "terlambat")

    assert make.see(store, guarantees.guarantee, letter).state is G.CONVERTED


def test_a_withdrawn_letter_rings_an_alarm_within_the_hour(store, case, clock):
    letter = issued(store, case)

    make.do(store, guarantees.move_guarantee, letter, G.WITHDRAWN, reason=ReasonCode.R04)

    alarm = tasks(store, TaskKind.ALARM)
    assert [(a[0], a[3]) for a in alarm] == [
        ("Letter withdrawn: call the insurer and tell the hospital", clock.now + dt.timedelta(hours=1))
    ]
    seen = make.see(store, guarantees.guarantee, letter)
    assert (seen.reason, seen.events[-1].reason) == (ReasonCode.R04, ReasonCode.R04)


def test_a_hospital_without_credit_takes_no_letter(store):
    person = make.patient(store)
    cover = make.cover(store, person)
    clinic = make.hospital(store, name="Klinik Kecil", has_credit_arrangement=False)
    key = make.journey(store, person, hospital_id=clinic, entry_mode=EntryMode.RUNNING, state=S.PREAUTH)
    letter = issued(store, (key, cover))

    with pytest.raises(Refused) as refusal:
        make.do(store, guarantees.move_guarantee, letter, G.ACCEPTED)

    assert codes(refusal) == {"NO_CREDIT"}


def test_a_cancelled_case_takes_back_its_letters(store, case):
    asked, given = letter_of(store, case), issued(store, case)
    make.do(store, guarantees.move_guarantee, given, G.WITHDRAWN, reason=ReasonCode.R01)

    make.do(store, journeys.cancel, case[0], reason=CancelReason.GL_DECLINED)

    assert make.see(store, guarantees.guarantee, asked).state is G.CANCELLED
    assert make.see(store, guarantees.guarantee, given).state is G.CLOSED


def test_a_form_of_a_letter_keeps_its_state_and_case(store, case):
    letter = issued(store, case)
    draft = make.see(store, guarantees.guarantee_draft, letter)
    version = make.see(store, guarantees.guarantee, letter).version

    changed = make.changed(draft, exclusions="alat bantu", state=G.DRAFT)
    make.do(store, guarantees.edit_guarantee, letter, changed, version=version)
    with pytest.raises(ChangedMeanwhile) as conflict:
        make.do(store, guarantees.edit_guarantee, letter, draft, version=version)

    seen = make.see(store, guarantees.guarantee, letter)
    assert (seen.state, seen.exclusions) == (G.ISSUED, "alat bantu")
    assert conflict.value.fields == ("exclusions",)


def test_a_running_case_may_bring_its_letter_at_the_state_it_is_in(store, case):
    letter = letter_of(store, case, state=G.ACCEPTED, gl_no="GL-9", requested_at=None)

    assert make.see(store, guarantees.guarantee, letter).state is G.ACCEPTED
    assert {m.to for m in make.see(store, guarantees.guarantee_moves, letter)} >= {G.TOPUP_REQUESTED, G.CONVERTED}


def test_the_letters_of_a_case_stand_newest_first(store, case):
    first, second = letter_of(store, case), letter_of(store, case)

    assert [v.id for v in make.see(store, guarantees.guarantees_of, case[0])] == [second, first]


def test_a_complete_pack_of_attached_documents_is_a_complete_list(store, case):
    from liaison.domain.documents import DocumentKind as D
    from liaison.services import documents

    kinds = (
        D.PREAUTH_FORM_1, D.PREAUTH_FORM_2, D.MED_REPORT_INITIAL, D.ID_PASSPORT, D.CARD_MEMBER, D.CONSENT_RELEASE,
        D.COST_ESTIMATE,
    )  # fmt: skip
    for kind in kinds:
        paper = make.document_draft(journey_id=case[0], kind=kind, title=f"{kind.value}.pdf")
        make.do(store, documents.attach, paper, make.pdf(kind.value))

    letter = letter_of(store, case, is_checklist_complete=False)

    assert make.see(store, guarantees.guarantee, letter).state is G.REQUESTED


def test_a_letter_may_go_to_another_hospital_than_the_cases(store, case):
    other = make.hospital(store, name="Island Hospital")

    letter = letter_of(store, case, hospital_id=other)

    assert make.see(store, guarantees.guarantee, letter).hospital == "Island Hospital"


def test_an_as_charged_final_letter_still_names_what_it_accepts(store, case):
    letter = letter_of(store, case, state=G.FINAL_REQUESTED, requested_at=None)
    final = make.version_draft(letter, VersionKind.FINAL, ceiling=None, is_as_charged=True)

    with pytest.raises(Refused) as refusal:
        make.do(store, guarantees.add_version, final)

    assert codes(refusal) == {"NO_ACCEPTED_AMOUNT"}


def test_a_letter_of_a_case_that_is_not_there_is_refused(store, case):
    with pytest.raises(Refused) as refusal:
        letter_of(store, (4711, case[1]))

    assert codes(refusal) == {"GONE"}


def test_a_letter_under_a_patient_who_was_in_hospital_does_not_run_out(store, case, clock):
    from liaison.services import rounds

    key, _ = case
    letter = issued(store, case)
    make.confirm(store, key, FactKind.ADMISSION)
    clock.forward(days=45)

    assert not make.see(store, rounds.is_due)
    assert make.see(store, guarantees.guarantee, letter).state is G.ISSUED


def test_a_final_letter_without_amounts_of_its_own_accepts_its_ceiling(store, case):
    letter = letter_of(store, case, state=G.FINAL_REQUESTED, requested_at=None)

    final = make.version_draft(letter, VersionKind.FINAL, ceiling=rm(900))
    make.do(store, guarantees.add_version, final, excess=rm(0))

    seen = make.see(store, guarantees.guarantee, letter)
    assert (seen.state, seen.accepted, seen.excess) == (G.FINAL_ISSUED, rm(900), rm(0))


def test_letters_in_hand_stay_when_a_case_is_cancelled_for_the_insurer_to_withdraw(store, case):
    letter = issued(store, case)

    make.do(store, journeys.cancel, case[0], reason=CancelReason.COST)
    make.do(store, guarantees.move_guarantee, letter, G.WITHDRAWN, reason=ReasonCode.R99, reason_note="batal")

    assert make.see(store, guarantees.guarantee, letter).state is G.WITHDRAWN
    assert len(tasks(store, TaskKind.ALARM)) == 1


def test_a_final_letter_that_accepts_nothing_accepts_nothing(store, case):
    letter = letter_of(store, case, state=G.FINAL_REQUESTED, requested_at=None)
    final = make.version_draft(letter, VersionKind.FINAL, ceiling=rm(900))

    for excess, code in ((rm(-3), "NEGATIVE"), (Money.of(3_000_000, "IDR"), "TWO_CURRENCIES")):
        with pytest.raises(Refused) as refusal:
            make.do(store, guarantees.add_version, final, accepted=rm(0), excess=excess)
        assert codes(refusal) == {code}
    make.do(store, guarantees.add_version, final, accepted=rm(0), excess=rm(900))

    seen = make.see(store, guarantees.guarantee, letter)
    assert (seen.accepted, seen.excess) == (rm(0), rm(900))
