"""What runs beside a case: cycles, follow-up calls, a way home, complaints, a pregnancy, an infection."""

import dataclasses
import datetime as dt

import pytest

from liaison.domain.care import AppointmentDraft
from liaison.domain.complaints import (
    ComplaintAnswerDraft,
    ComplaintCause,
    ComplaintDraft,
    ComplaintOutcome,
    SurveyDraft,
)
from liaison.domain.cycles import CyclePlanDraft, VisitDraft, VisitState
from liaison.domain.documents import DocumentKind
from liaison.domain.errors import Refused
from liaison.domain.facts import FactKind
from liaison.domain.guarantees import GuaranteeState
from liaison.domain.infection import HealthNoticeDraft, Viewer
from liaison.domain.journeys import CancelReason, EntryMode, JourneyKind, JourneyState, LinkKind, PayerPath
from liaison.domain.money import Money
from liaison.domain.payments import BillKind
from liaison.domain.pregnancy import AirlineRuleDraft, FlightAnswer, Gestation, NewbornDraft, PregnancyDraft
from liaison.domain.repatriation import RepatriationState
from liaison.domain.travel import TravelLegDraft
from liaison.domain.work import TaskKind
from liaison.services import (
    care,
    claims,
    complaints,
    confirmations,
    cycles,
    documents,
    guarantees,
    history,
    infections,
    journeys,
    merging,
    office,
    own_copy,
    payments,
    pregnancies,
    repatriation,
    templates,
    travel,
    views,
)  # fmt: skip
from liaison.services.care_steps import TELL_APPOINTMENT
from liaison.services.course_steps import FOLLOW_UPS, TELL_CONSULATE, TELL_INSURER
from liaison.services.courses import courses_of
from liaison.store.models import TaskRow
from tests import make

G, S = GuaranteeState, JourneyState
DAY = dt.date(2026, 11, 2)
"""The day of the tests' clock."""


def rm(amount):
    return Money.of(amount, "MYR")


def codes(refusal):
    return {p.code for p in refusal.value.problems if p.severity == "error"}


def open_steps(store, key):
    with store.read() as session:
        rows = session.query(TaskRow).filter(
            TaskRow.journey_id == key, TaskRow.done_at.is_(None), TaskRow.kind != TaskKind.DEBT
        )
        return {t.title: t.due_at for t in rows}


def state_of(store, key):
    return make.see(store, views.journey_view, key).state


@pytest.fixture
def case(store):
    """A case in hospital, with a letter of its own."""
    person = make.patient(store)
    cover = make.cover(store, person)
    key = make.journey(
        store, person, cover_id=cover, hospital_id=make.hospital(store), entry_mode=EntryMode.RUNNING,
        state=S.ADMITTED, planned_admission_on=DAY, planned_return_on=DAY + dt.timedelta(days=4),
    )  # fmt: skip
    make.do(store, guarantees.request_guarantee, make.guarantee_draft(journey_id=key, cover_id=cover))
    return key


def bring_home(store, key, **values):
    """From the bed to the door of the house."""
    make.do(store, journeys.move_journey, key, S.DISCHARGE_PENDING, override_reason="pulang", **values)
    for state in (S.DISCHARGED, S.RETURNED):
        make.do(store, journeys.move_journey, key, state, override_reason="pulang")


# cycles


def plan_draft(key, **values):
    usual = {"journey_id": key, "treatment": "kemoterapi", "visits": 6, "every_days": 21,
             "first_on": dt.date(2026, 12, 1), "price": rm(10_500), "limit": rm(60_000),
             "limit_name": "batas kanker"}  # fmt: skip
    return CyclePlanDraft(**{**usual, **values})


def planned(store, key, **values):
    make.do(store, cycles.plan_cycles, plan_draft(key, **values))
    return make.see(store, cycles.cycles_of, key)


def test_six_chemotherapies_name_the_3000_that_the_limit_does_not_cover_before_the_sixth(store, case):
    seen = planned(store, case)

    assert (seen.shortfall.amount, seen.shortfall.number) == (rm(3_000), 6)
    assert seen.total == rm(63_000)
    assert [v.planned_on for v in seen.visits][-1] == dt.date(2027, 3, 16)
    due = open_steps(store, case)[cycles.LIMIT_SHORT]
    assert due.date() == dt.date(2027, 2, 23), "one round before the sixth"
    assert make.see(store, views.journey_view, case).kind is JourneyKind.REPEAT_CYCLE


def test_the_third_cycle_skipped_shifts_the_rest_and_keeps_the_shortfall(store, case):
    third = planned(store, case).visits[2]

    make.do(store, cycles.skip_visit, third.id, shift=True, reason="leukosit rendah")

    seen = make.see(store, cycles.cycles_of, case)
    assert [v.planned_on for v in seen.visits] == [
        dt.date(2026, 12, 1), dt.date(2026, 12, 22), dt.date(2027, 2, 2), dt.date(2027, 2, 23), dt.date(2027, 3, 16),
        dt.date(2027, 4, 6),
    ]  # fmt: skip
    assert (seen.shortfall.amount, seen.shortfall.planned_on) == (rm(3_000), dt.date(2027, 4, 6))
    assert "leukosit rendah" in seen.visits[2].note
    assert [v.skipped for v in seen.visits] == [(), (), (dt.date(2027, 1, 12),), (), (), ()]
    assert open_steps(store, case)[cycles.LIMIT_SHORT].date() == dt.date(2027, 3, 16)


def test_a_cycle_that_is_dropped_frees_the_limit_and_the_step(store, case):
    third = planned(store, case).visits[2]

    make.do(store, cycles.skip_visit, third.id, shift=False, reason="cukup lima kali")

    seen = make.see(store, cycles.cycles_of, case)
    assert (seen.shortfall, seen.remaining) == (None, 5)
    assert cycles.LIMIT_SHORT not in open_steps(store, case)


def test_another_rhythm_keeps_the_round_that_was_skipped(store, case):
    third = planned(store, case).visits[2]
    make.do(store, cycles.skip_visit, third.id, shift=True, reason="leukosit rendah")
    seen = make.see(store, cycles.cycles_of, case)
    draft = make.see(store, cycles.plan_draft, seen.id)

    make.do(store, cycles.edit_plan, seen.id, dataclasses.replace(draft, every_days=28))

    seen = make.see(store, cycles.cycles_of, case)
    first = dt.date(2026, 12, 1)
    assert [(v.planned_on - first).days for v in seen.visits] == [0, 28, 84, 112, 140, 168]
    assert seen.visits[2].skipped == (first + dt.timedelta(days=56),)

    back = VisitDraft(planned_on=first + dt.timedelta(days=56))
    make.do(store, cycles.edit_visit, seen.visits[2].id, back)
    assert make.see(store, cycles.cycles_of, case).visits[2].skipped == ()


def test_a_limit_by_hand_begins_anew_with_the_policy_year_where_the_plan_says_so(store, case):
    whole = planned(store, case, limit=rm(30_000), used=rm(2_000))
    draft = make.see(store, cycles.plan_draft, whole.id)
    assert [s.amount for s in whole.shortfalls] == [rm(35_000)]

    make.do(store, cycles.edit_plan, whole.id, dataclasses.replace(draft, is_yearly=True, first_on=dt.date(2027, 2, 1)))

    seen = make.see(store, cycles.cycles_of, case)
    assert [(y.first_on, y.used) for y in seen.years] == [(dt.date(2026, 4, 1), rm(2_000)), (dt.date(2027, 4, 1), None)]
    assert [(s.number, s.amount) for s in seen.shortfalls] == [(3, rm(3_500)), (6, rm(1_500))]


def test_a_skip_needs_its_reason_and_a_visit_that_lies_ahead(store, case):
    first = planned(store, case).visits[0]
    make.do(store, cycles.skip_visit, first.id, shift=False, reason="batal")

    with pytest.raises(Refused) as refusal:
        make.do(store, cycles.skip_visit, first.id, shift=True, reason=" ")

    assert codes(refusal) == {"MISSING", "NOT_OPEN"}


def test_a_case_has_one_plan_and_one_undo_takes_it_back(store, case):
    planned(store, case)
    with pytest.raises(Refused) as refusal:
        make.do(store, cycles.plan_cycles, plan_draft(case))
    assert codes(refusal) == {"HAS_PLAN"}

    store.undo(make.see(store, history.next_undo).id)

    assert make.see(store, cycles.cycles_of, case) is None
    assert make.see(store, views.journey_view, case).kind is JourneyKind.TREATMENT
    assert cycles.LIMIT_SHORT not in open_steps(store, case)


def test_the_next_visit_goes_back_to_the_letter_with_hospital_papers_and_the_request_copied(store, case):
    planned(store, case)
    make.do(store, documents.attach, make.document_draft(journey_id=case), make.pdf())
    bring_home(store, case)

    make.do(store, cycles.begin_next_visit, case)

    view = make.see(store, views.journey_view, case)
    assert (view.state, view.hospital.name) == (S.PREAUTH, "Gleneagles Hospital Penang")
    assert (view.planned_admission_on, view.planned_return_on) == (dt.date(2026, 12, 1), dt.date(2026, 12, 5))
    assert len(view.documents) == 1
    new, old = view.guarantees
    assert (new.state, new.procedure, new.cover_id) == (G.DRAFT, old.procedure, old.cover_id)
    assert new.requested_at is None
    assert view.courses.cycles.visits[0].state is VisitState.UNDER_WAY
    assert not {title for _days, title in FOLLOW_UPS} & set(open_steps(store, case)), "the next cycle began"


def test_who_pays_first_goes_straight_to_the_tickets(store):
    key = make.journey(
        store, entry_mode=EntryMode.RUNNING, state=S.RETURNED, payer_path=PayerPath.REIMBURSEMENT,
        kind=JourneyKind.REPEAT_CYCLE,
    )  # fmt: skip
    make.confirm(store, key, FactKind.PAYER_PATH, result="REIMBURSEMENT")
    planned(store, key)

    make.do(store, cycles.begin_next_visit, key)

    view = make.see(store, views.journey_view, key)
    assert (view.state, view.guarantees, view.planned_return_on) == (S.TRAVEL_PREP, (), None)


def test_without_a_visit_ahead_there_is_nothing_to_begin(store, case):
    with pytest.raises(Refused) as refusal:
        make.do(store, cycles.begin_next_visit, case)
    assert codes(refusal) == {"NOTHING_PLANNED"}


def test_a_visit_is_done_when_the_patient_is_home_at_what_its_final_bill_came_to(store, case, clock):
    planned(store, case)
    clock.forward(days=30)
    bill = make.bill_draft(case, BillKind.FINAL, amount=rm(9_000), billed_on=dt.date(2026, 12, 1))
    make.do(store, payments.record_bill, bill)

    bring_home(store, case)

    seen = make.see(store, cycles.cycles_of, case)
    assert (seen.visits[0].state, seen.visits[0].cost, seen.visits[0].is_estimate) == (
        VisitState.DONE,
        rm(9_000),
        False,
    )
    assert (seen.next_no, seen.shortfall.amount) == (2, rm(1_500))


def test_a_changed_plan_keeps_what_is_over_and_fits_the_rest(store, case, clock):
    made = planned(store, case)
    clock.forward(days=30)
    bring_home(store, case)
    draft = make.see(store, cycles.plan_draft, made.id)

    make.do(store, cycles.edit_plan, made.id, dataclasses.replace(draft, visits=7, every_days=14))

    seen = make.see(store, cycles.cycles_of, case)
    assert [v.planned_on for v in seen.visits][:3] == [
        dt.date(2026, 12, 1),
        dt.date(2026, 12, 15),
        dt.date(2026, 12, 29),
    ]
    assert (len(seen.visits), seen.visits[0].state) == (7, VisitState.DONE)
    make.do(store, cycles.edit_plan, made.id, dataclasses.replace(draft, visits=2))
    assert [v.number for v in make.see(store, cycles.cycles_of, case).visits] == [1, 2]
    make.do(store, cycles.begin_next_visit, case)
    with pytest.raises(Refused) as refusal:
        make.do(store, cycles.edit_plan, made.id, dataclasses.replace(draft, visits=1))
    assert codes(refusal) == {"VISITS", "TOO_FEW"}


def test_a_visits_day_and_cost_can_be_written_down(store, case):
    first = planned(store, case).visits[0]
    day = dt.date(2026, 12, 3)

    make.do(store, cycles.edit_visit, first.id, VisitDraft(planned_on=day, cost=rm(12_000), note="lebih mahal"))

    seen = make.see(store, cycles.cycles_of, case)
    assert (seen.visits[0].planned_on, seen.visits[0].cost) == (day, rm(12_000))
    assert seen.shortfall.amount == rm(4_500)
    assert make.see(store, cycles.visit_draft, first.id).cost == rm(12_000)
    make.do(store, cycles.drop_plan, seen.id)
    assert make.see(store, cycles.cycles_of, case) is None


# after the return


def test_three_calls_are_planned_by_themselves_after_the_return(store, case, clock):
    bring_home(store, case)

    due = open_steps(store, case)

    for days, title in FOLLOW_UPS:
        assert due[title] == dt.datetime(2026, 11, 2, 2, 0, tzinfo=dt.UTC) + dt.timedelta(days=days)


def test_a_call_that_was_made_ticks_off_the_first_of_the_three(store, case):
    bring_home(store, case)

    make.confirm(store, case, FactKind.FOLLOW_UP)

    left = set(open_steps(store, case)) & {title for _days, title in FOLLOW_UPS}
    assert left == {title for days, title in FOLLOW_UPS if days > 7}


def test_a_stated_day_of_the_return_is_what_the_calls_count_from(store, case, clock):
    clock.forward(days=3)
    make.confirm(store, case, FactKind.HOME_ARRIVAL, stated_on=dt.date(2026, 11, 4))
    bring_home(store, case)

    assert open_steps(store, case)[FOLLOW_UPS[0][1]].date() == dt.date(2026, 11, 11)


def test_a_complication_is_shown_on_both_cases(store, case):
    later = make.made(store, journeys.open_linked, case, link=LinkKind.COMPLICATION)

    (down,), (up,) = (make.see(store, views.journey_view, key).links for key in (case, later))

    assert (down.id, down.link, down.is_parent) == (later, LinkKind.COMPLICATION, False)
    assert (up.id, up.link, up.is_parent) == (case, LinkKind.COMPLICATION, True)


# a death abroad


def die(store, key):
    make.confirm(store, key, FactKind.DEATH)
    make.do(store, journeys.move_journey, key, S.DECEASED)


def test_a_death_abroad_opens_the_way_home_and_ends_the_calls_but_no_claim(store, case):
    bring_home(store, case)
    claim = make.made(store, claims.file_claim, claim_of(store, case))
    die(store, case)

    seen = make.see(store, repatriation.repatriation_of, case)
    assert (seen.state, seen.place, seen.died_on) == (RepatriationState.OPENED, "George Town", DAY)
    assert seen.claim_until == dt.date(2027, 1, 31)
    assert set(open_steps(store, case)) >= {TELL_CONSULATE, TELL_INSURER}
    assert not {title for _days, title in FOLLOW_UPS} & set(open_steps(store, case))
    view = make.see(store, views.journey_view, case)
    assert next(c for c in view.claims if c.id == claim).is_open


def claim_of(store, key):
    view = make.see(store, views.journey_view, key)
    return make.claim_draft(patient_id=view.patient.id, journey_id=key, cover_id=view.cover.id)


def test_an_ended_case_owes_nothing_and_owes_it_again_once_it_is_reopened(store):
    person = make.patient(store, phone="")
    key = make.journey(store, person, entry_mode=EntryMode.RUNNING, state=S.DECISION)
    owed = {t.id for t in make.see(store, views.journey_view, key).debts}
    assert owed
    make.do(store, journeys.cancel, key, reason=CancelReason.COST, note="mahal")
    assert make.see(store, views.journey_view, key).debts == ()

    make.do(store, journeys.reopen, key, reason="berubah pikiran")

    assert {t.id for t in make.see(store, views.journey_view, key).debts} == owed
    die_of = make.journey(store, entry_mode=EntryMode.EMERGENCY, state=S.ADMITTED)
    assert make.see(store, views.journey_view, die_of).debts
    die(store, die_of)
    assert make.see(store, views.journey_view, die_of).debts == ()


def test_nobody_is_reminded_to_tell_of_an_appointment_that_has_passed(store, case, clock):
    visit = AppointmentDraft(
        journey_id=case, doctor="dr. Tan", zone="Asia/Kuala_Lumpur", starts_at=clock() + dt.timedelta(days=2),
        confirmed_at=clock(),
    )  # fmt: skip
    make.do(store, care.add_appointment, visit)
    assert TELL_APPOINTMENT in open_steps(store, case)

    clock.forward(days=3)
    make.confirm(store, case, FactKind.ADMISSION)
    make.do(store, journeys.move_journey, case, S.DISCHARGE_PENDING, override_reason="uji")

    assert TELL_APPOINTMENT not in open_steps(store, case)


def test_nobody_writes_to_a_patient_who_died_but_to_the_family(store, case):
    view = make.see(store, views.journey_view, case)
    assert [r.relation for r in templates.receivers(view)] == [None]

    die(store, case)

    assert templates.receivers(make.see(store, views.journey_view, case)) == ()


def test_a_death_in_indonesia_opens_no_way_home(store):
    key = make.journey(store, entry_mode=EntryMode.RUNNING, state=S.ADMITTED, destination_country="ID")
    die(store, key)

    assert make.see(store, repatriation.repatriation_of, key) is None


def test_the_way_home_goes_on_step_by_step_with_its_papers(store, case):
    die(store, case)
    way = make.see(store, repatriation.repatriation_of, case)
    with pytest.raises(Refused) as refusal:
        make.do(store, repatriation.move_repatriation, way.id, RepatriationState.PAPERS)
    assert codes(refusal) == {"CONSULATE"}

    draft = dataclasses.replace(
        make.see(store, repatriation.repatriation_draft, way.id), consulate="KJRI Penang", consulate_told_on=DAY,
        agent="Nirvana", flight="MH 864", leaves_on=dt.date(2026, 11, 5), received_by="kakak",
    )  # fmt: skip
    make.do(store, repatriation.edit_repatriation, way.id, draft)
    assert TELL_CONSULATE not in open_steps(store, case)
    for state in (RepatriationState.PAPERS, RepatriationState.BOOKED):
        make.do(store, repatriation.move_repatriation, way.id, state)
    with pytest.raises(Refused) as refusal:
        make.do(store, repatriation.move_repatriation, way.id, RepatriationState.UNDER_WAY)
    assert codes(refusal) == {"PAPERS"}

    missing = [p for p in make.see(store, repatriation.repatriation_of, case).papers if not p.only_if]
    for number, paper in enumerate(missing):
        attach = make.document_draft(journey_id=case, kind=paper.kinds[0], title=f"{number}.pdf")
        make.do(store, documents.attach, attach, make.pdf(str(number)))
    for state in (RepatriationState.UNDER_WAY, RepatriationState.HANDED_OVER):
        make.do(store, repatriation.move_repatriation, way.id, state)
    assert not make.see(store, repatriation.repatriation_of, case).is_open
    assert not {TELL_CONSULATE, TELL_INSURER} & set(open_steps(store, case))
    steps = [i for i in make.see(store, views.journey_view, case).timeline if i.kind == "repatriation"]
    assert len(steps) == 5
    assert make.see(store, repatriation.repatriation_moves, way.id) == []
    assert state_of(store, case) is S.DECEASED


def test_one_undo_takes_a_death_back_with_everything_it_opened(store, case):
    make.confirm(store, case, FactKind.DEATH)
    before = open_steps(store, case)
    make.do(store, journeys.move_journey, case, S.DECEASED)

    store.undo(make.see(store, history.next_undo).id)

    assert open_steps(store, case) == before
    assert make.see(store, repatriation.repatriation_of, case) is None
    assert state_of(store, case) is S.ADMITTED


# complaints and the survey


def complaint(key, **values):
    return ComplaintDraft(
        **{"journey_id": key, "received_on": DAY, "cause": ComplaintCause.COST, "text": "lebih mahal", **values}
    )


def test_a_complaint_opens_its_step_and_the_case_does_not_close_over_it(store):
    key = make.journey(
        store, entry_mode=EntryMode.RUNNING, state=S.FOLLOW_UP, payer_path=PayerPath.SELF_PAY,
        kind=JourneyKind.CHECK_UP,
    )  # fmt: skip
    made = make.made(store, complaints.record_complaint, complaint(key))
    assert open_steps(store, key)[complaints.ANSWER].date() == dt.date(2026, 11, 9)
    with pytest.raises(Refused) as refusal:
        make.do(store, journeys.move_journey, key, S.CLOSED, override_reason="sudah selesai")
    assert "OPEN_COMPLAINTS" in codes(refusal)

    answer = ComplaintAnswerDraft(
        closed_on=DAY, outcome=ComplaintOutcome.JUSTIFIED, outcome_note="selisih dikembalikan"
    )
    make.do(store, complaints.answer_complaint, made, answer)

    (seen,) = make.see(store, complaints.complaints_of, key)
    told = [i.title.message for i in make.see(store, views.journey_view, key).timeline if i.kind == "complaint"]
    assert sorted(told) == ["Complaint answered: {outcome}", "Complaint: {cause}"]
    assert (seen.is_open, seen.outcome, seen.is_late) == (False, ComplaintOutcome.JUSTIFIED, False)
    assert complaints.ANSWER not in open_steps(store, key)
    make.do(store, journeys.move_journey, key, S.CLOSED, override_reason="sudah selesai")
    with pytest.raises(Refused) as refusal:
        make.do(store, complaints.answer_complaint, made, answer)
    assert codes(refusal) == {"ANSWERED_ALREADY"}


def test_a_complaints_new_due_day_moves_its_step(store, case, clock):
    made = make.made(store, complaints.record_complaint, complaint(case))
    draft = make.see(store, complaints.complaint_draft, made)

    make.do(store, complaints.edit_complaint, made, dataclasses.replace(draft, due_on=dt.date(2026, 11, 20)))

    assert open_steps(store, case)[complaints.ANSWER].date() == dt.date(2026, 11, 20)
    clock.forward(days=30)
    assert make.see(store, complaints.complaints_of, case)[0].is_late
    make.do(store, complaints.edit_complaint, made, dataclasses.replace(draft, due_on=None, text="lain"))
    assert make.see(store, complaints.complaints_of, case)[0].due_on == dt.date(2026, 11, 20)


def test_three_answers_are_kept_and_their_means_told(store, case):
    make.do(store, complaints.record_survey, SurveyDraft(journey_id=case, answered_on=DAY, clear=5, quick=4, again=5))
    make.do(store, complaints.record_survey, SurveyDraft(journey_id=case, answered_on=DAY, clear=4))

    means = make.see(store, complaints.survey_means, since=DAY, until=DAY)

    assert (means["clear"].count, str(means["clear"].value), means["quick"].count) == (2, "4.5", 1)
    assert [s.clear for s in make.see(store, complaints.surveys_of, case)] == [4, 5]
    assert make.see(store, courses_of, case).open_complaints == ()


# a pregnancy


DUE = dt.date(2027, 3, 1)


def leg(key, on, carrier="AirAsia"):
    at = dt.datetime(on.year, on.month, on.day, 1, 0, tzinfo=dt.UTC)
    return TravelLegDraft(
        journey_id=key, carrier=carrier, number="QZ 112", from_place="Medan", departs_at=at, to_place="Penang",
        departs_zone="Asia/Jakarta",
    )  # fmt: skip


def test_weeks_at_each_flight_and_what_the_airline_asks(store, case):
    make.do(store, pregnancies.record_pregnancy, PregnancyDraft(journey_id=case, due_on=DUE))
    seen = make.see(store, pregnancies.pregnancy_of, case)
    assert [f.what for f in seen.flights] == [pregnancies.THE_WAY_OUT, pregnancies.THE_WAY_BACK]
    assert seen.flights[0].answer is FlightAnswer.FREE

    make.do(store, travel.add_leg, leg(case, dt.date(2026, 12, 20)))
    make.do(store, travel.add_leg, leg(case, dt.date(2027, 2, 8)))
    rule = AirlineRuleDraft(carrier="AIRASIA", letter_from_week=28, last_week=34, last_week_multiple=31,
                            letter_days=7, source="situs maskapai", checked_on=DAY)  # fmt: skip
    make.do(store, pregnancies.keep_airline_rule, rule)

    first, second = make.see(store, pregnancies.pregnancy_of, case).flights
    assert (first.gestation, first.answer) == (Gestation(weeks=29, days=6), FlightAnswer.NEEDS_LETTER)
    assert (first.letter_from, first.is_rule_old) == (dt.date(2026, 12, 13), False)
    assert second.answer is FlightAnswer.TOO_LATE
    make.do(store, pregnancies.keep_airline_rule, dataclasses.replace(rule, last_week=38, letter_from_week=38))
    assert {r.last_week for r in make.see(store, pregnancies.airline_rules)} == {38}


def test_a_pregnancy_is_written_once_and_changed_afterwards(store, case):
    make.do(store, pregnancies.record_pregnancy, PregnancyDraft(journey_id=case, due_on=DUE))
    draft = make.see(store, pregnancies.pregnancy_draft, case)

    make.do(store, pregnancies.record_pregnancy, dataclasses.replace(draft, is_multiple=True))

    assert make.see(store, pregnancies.pregnancy_of, case).is_multiple
    assert make.see(store, pregnancies.pregnancy_draft, make.journey(store)).due_on is None


def test_a_newborn_has_its_mothers_name_and_nik_and_its_birth_order(store, case):
    mother = make.see(store, views.journey_view, case).patient
    make.do(store, pregnancies.record_pregnancy, PregnancyDraft(journey_id=case, due_on=DUE, is_multiple=True))
    draft = make.see(store, pregnancies.newborn_draft, case)
    assert (draft.birth_order, draft.of_several, draft.born_on) == (1, True, DAY)

    child = make.made(store, pregnancies.add_newborn, dataclasses.replace(draft, mother_nik="1271 0154 0380 0001"))

    born = make.see(store, views.patient_view, child)
    assert born.full_name == f"Bayi Ny. {mother.full_name} (1)"
    assert [r.related_patient_id for r in born.related] == [mother.id]
    seen = make.see(store, pregnancies.pregnancy_of, case)
    assert [(c.birth_order, c.has_nik) for c in seen.children] == [(1, False)]
    assert (seen.today, {f.answer for f in seen.flights}) == (None, {FlightAnswer.NOT_PREGNANT})
    with pytest.raises(Refused) as refusal:
        make.do(store, pregnancies.add_newborn, draft)
    assert codes(refusal) == {"HAS_CHILD"}
    assert make.see(store, pregnancies.newborn_draft, case).birth_order == 2


def test_a_child_stays_its_mothers_when_her_two_records_become_one(store, case):
    child = make.made(store, pregnancies.add_newborn, NewbornDraft(journey_id=case, born_on=DAY))
    mother = make.see(store, views.journey_view, case).patient.id
    other, twin = make.patient(store), make.patient(store, full_name="Bayi", birth_date=DAY, sex=None)

    make.do(store, merging.merge_patients, other, mother)
    make.do(store, merging.merge_patients, twin, child)

    assert [c.patient_id for c in courses_children(store, case)] == [twin]


def courses_children(store, key):
    make.do(store, pregnancies.record_pregnancy, PregnancyDraft(journey_id=key, due_on=DUE))
    return make.see(store, pregnancies.pregnancy_of, key).children


# an infection


def test_a_disease_blocks_travel_and_is_seen_by_two_roles_only(store, case):
    make.do(store, infections.write_notice, HealthNoticeDraft(journey_id=case, disease="TBC paru", notified_on=DAY))

    mark = make.see(store, infections.infection_mark, case)
    assert (mark.blocks_travel, mark.has_notice) == (True, True)
    notice = make.see(store, infections.health_notice, case)
    assert (notice.disease, notice.seen_as) == ("TBC paru", Viewer.CASE_OFFICER)

    make.confirm(store, case, FactKind.FIT_TO_FLY)
    assert not make.see(store, infections.infection_mark, case).blocks_travel
    draft = make.see(store, infections.notice_draft, case)
    make.do(store, infections.write_notice, dataclasses.replace(draft, tracing_note="keluarga serumah"))
    make.do(store, infections.no_longer_infectious, case)
    assert not make.see(store, infections.infection_mark, case).is_infectious


def as_colleague(store, case):
    """Give the case to a colleague and take the supervisor's rights off the officer at the window."""
    made = make.made(store, office.add_officer, make.officer_draft(name="Sari Batubara", is_supervisor=True))
    make.do(store, journeys.assign, case, made)
    me = next(o for o in make.see(store, office.officers) if o.name == make.OFFICER)
    make.do(store, office.edit_officer, me.id, make.officer_draft(is_supervisor=False))


def test_a_colleague_without_either_role_neither_sees_nor_changes_the_disease(store, case):
    make.do(store, infections.write_notice, HealthNoticeDraft(journey_id=case, disease="TBC paru", notified_on=DAY))
    as_colleague(store, case)

    assert not make.see(store, infections.may_see_notice, case)
    for ask in (infections.health_notice, infections.notice_draft, infections.no_longer_infectious):
        with pytest.raises(Refused) as refusal:
            make.see(store, ask, case)
        assert codes(refusal) == {"NOT_YOURS"}
    assert make.see(store, infections.infection_mark, case).is_infectious


def test_a_copy_of_the_whole_person_is_made_by_one_of_the_two_roles_only(store, case):
    make.do(store, infections.write_notice, HealthNoticeDraft(journey_id=case, disease="TBC paru", notified_on=DAY))
    person = make.see(store, views.journey_view, case).patient.id
    assert "TBC paru" in repr(make.see(store, own_copy.own_copy, person))

    as_colleague(store, case)

    with pytest.raises(Refused) as refusal:
        make.see(store, own_copy.own_copy, person)
    assert codes(refusal) == {"NOTICE_IN_COPY"}


def test_neither_the_case_nor_its_history_says_the_disease(store, case):
    make.do(store, infections.write_notice, HealthNoticeDraft(journey_id=case, disease="TBC paru", notified_on=DAY))
    draft = make.see(store, infections.notice_draft, case)
    make.do(store, infections.write_notice, dataclasses.replace(draft, disease="TBC kebal obat", tracing_note="istri"))

    told = repr(make.see(store, history.history_of, "journey", case)) + repr(make.see(store, views.journey_view, case))

    assert "TBC" not in told
    assert "istri" not in told


def test_no_paper_and_no_export_reads_the_notice():
    import pathlib

    import liaison

    root = pathlib.Path(liaison.__file__).parent
    readers = {
        path.relative_to(root).as_posix()
        for part in ("reports", "exchange", "services", "cli")
        for path in (root / part).rglob("*.py")
        if "HealthNoticeRow" in path.read_text(encoding="utf-8")
    }
    assert readers == {"services/infections.py"}


# an emergency


def test_an_emergency_owes_identity_in_4_hours_and_consent_policy_and_notice_in_24(store, clock):
    key = make.journey(store, entry_mode=EntryMode.EMERGENCY, state=S.ADMITTED, payer_path=None)
    with store.read() as session:
        debts = {t.fact: t.due_at for t in session.query(TaskRow).filter(TaskRow.kind == TaskKind.DEBT)}

    hours = {fact: (due - clock.now).total_seconds() / 3600 for fact, due in debts.items()}
    assert hours[FactKind.IDENTITY_SEEN] == 4
    assert {hours[f] for f in (FactKind.C1, FactKind.C2, FactKind.ELIGIBILITY, FactKind.INSURER_NOTIFIED)} == {24}
    person = make.see(store, views.journey_view, key).patient.id
    make.do(store, journeys.choose_cover, key, make.cover(store, person))
    make.do(store, confirmations.confirm, make.confirmation_draft(key, FactKind.ELIGIBILITY))
    with store.read() as session:
        still = {t.fact for t in session.query(TaskRow).filter(TaskRow.done_at.is_(None))}
    assert FactKind.ELIGIBILITY not in still


def test_without_an_earlier_letter_the_next_cycle_has_no_request_to_copy(store):
    key = make.journey(store, entry_mode=EntryMode.RUNNING, state=S.RETURNED, kind=JourneyKind.REPEAT_CYCLE)
    planned(store, key)

    make.do(store, cycles.begin_next_visit, key)

    assert make.see(store, views.journey_view, key).guarantees == ()


def test_a_family_may_lay_the_dead_to_rest_abroad_and_little_is_known_at_first(store, case):
    die(store, case)
    way = make.see(store, repatriation.repatriation_of, case)
    draft = dataclasses.replace(make.see(store, repatriation.repatriation_draft, way.id), died_on=None, escort="kakak")
    make.do(store, repatriation.edit_repatriation, way.id, draft)
    assert TELL_CONSULATE in open_steps(store, case)

    make.do(store, repatriation.move_repatriation, way.id, RepatriationState.LAID_TO_REST_ABROAD)

    seen = make.see(store, repatriation.repatriation_of, case)
    assert (seen.is_open, seen.claim_until) == (False, None)
    assert DocumentKind.ESCORT_PASSPORT in {p.kinds[0] for p in seen.papers}
    assert TELL_CONSULATE not in open_steps(store, case)
    assert make.see(store, repatriation.repatriation_of, make.journey(store)) is None


def test_a_case_without_a_notice_has_nothing_to_show(store, case):
    assert make.see(store, infections.health_notice, case) is None
    assert make.see(store, infections.notice_draft, case).disease == ""


def test_a_second_complaint_keeps_the_step_until_both_are_answered(store, case):
    first, second = (make.made(store, complaints.record_complaint, complaint(case)) for _ in range(2))
    answer = ComplaintAnswerDraft(closed_on=DAY, outcome=ComplaintOutcome.WITHDRAWN, outcome_note="ditarik")

    make.do(store, complaints.answer_complaint, first, answer)
    assert complaints.ANSWER in open_steps(store, case)
    make.do(store, complaints.answer_complaint, second, answer)

    assert complaints.ANSWER not in open_steps(store, case)


def test_a_plan_does_not_change_its_currency_over_a_cost_that_was_written_down(store, case):
    plan = planned(store, case)
    day = plan.visits[0].planned_on
    make.do(store, cycles.edit_visit, plan.visits[0].id, VisitDraft(planned_on=day, cost=rm(12_000)))
    rupiah = Money.of(40_000_000, "IDR")

    with pytest.raises(Refused) as refusal:
        make.do(store, cycles.edit_plan, plan.id, plan_draft(case, price=rupiah, limit=None))

    assert "COSTS_STAND" in {p.code for p in refusal.value.problems}
    assert make.see(store, cycles.cycles_of, case).visits[0].cost == rm(12_000)
