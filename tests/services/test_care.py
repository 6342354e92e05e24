"""Care and travel on record: opinions, referrals, appointments, the way there; the steps and facts they give."""

import datetime as dt
from decimal import Decimal

import pytest
import sqlalchemy as sa

from liaison.domain.care import AppointmentDraft, OpinionDraft, ReferralDraft, ReferralState
from liaison.domain.errors import Refused
from liaison.domain.facts import Clearance
from liaison.domain.fx import RateDraft
from liaison.domain.journeys import EntryMode, JourneyState
from liaison.domain.money import Money
from liaison.domain.travel import EscortDraft, MedifState, StayDraft, TravelLegDraft
from liaison.services import care, history, payments, places, rates, rounds, travel, undoing, work
from liaison.services.care_steps import ANSWER_HOME, ASK_OPINION, ASK_REFERRAL, TELL_APPOINTMENT
from liaison.services.changes import ChangedMeanwhile
from liaison.services.facts import facts_of
from liaison.services.plan_views import plan_of
from liaison.services.today import TaskGroup, today_view
from liaison.store.models import EstimateRow, JourneyRow, TaskRow
from tests import make
from tests.make import START

MYT, WIB = "Asia/Kuala_Lumpur", "Asia/Jakarta"
NINE_IN_PENANG = dt.datetime(2026, 11, 24, 1, 0, tzinfo=dt.UTC)


@pytest.fixture
def case(store):
    return make.journey(store, hospital_id=make.hospital(store))


def opinion(case, **values):
    return OpinionDraft(**{"journey_id": case, "doctor": "dr. Lim", "asked_at": START, **values})


def referral(case, **values):
    return ReferralDraft(
        **{"journey_id": case, "from_doctor": "dr. Lubis", "to_doctor": "dr. Lim", "sent_at": START, **values}
    )


def appointment(case, **values):
    return AppointmentDraft(
        **{"journey_id": case, "doctor": "dr. Lim", "starts_at": NINE_IN_PENANG, "zone": MYT, **values}
    )


def leg(case, **values):
    return TravelLegDraft(
        **{
            "journey_id": case, "carrier": "Malaysia Airlines", "from_place": "Medan", "to_place": "Penang",
            "departs_at": dt.datetime(2026, 11, 23, 1, 10, tzinfo=dt.UTC), "departs_zone": WIB,
            "arrives_at": dt.datetime(2026, 11, 23, 2, 5, tzinfo=dt.UTC), "arrives_zone": MYT, **values,
        }
    )  # fmt: skip


def steps(store, case, *, done=False):
    with store.read() as session:
        tasks = session.scalars(sa.select(TaskRow).where(TaskRow.journey_id == case).order_by(TaskRow.id))
        return [t.title for t in tasks if (t.done_at is not None) is done]


# opinions


def test_an_asked_opinion_waits_as_a_step_and_its_answer_is_a_fact(store, case):
    key = make.made(store, care.add_opinion, opinion(case))
    assert steps(store, case) == [ASK_OPINION]
    assert not make.see(store, facts_of, case).has_opinion

    draft = make.see(store, care.opinion_draft, key)
    answered = make.changed(draft, answered_at=START, proposed_procedure="PCI", los_days_min=4, los_days_max=6)
    make.do(store, care.edit_opinion, key, answered)

    assert steps(store, case) == []
    assert make.see(store, facts_of, case).has_opinion


def test_two_windows_on_one_opinion_do_not_overwrite_each_other(store, case):
    key = make.made(store, care.add_opinion, opinion(case))
    draft = make.see(store, care.opinion_draft, key)
    make.do(store, care.edit_opinion, key, make.changed(draft, doctor="dr. Tan"), version=1)

    with pytest.raises(ChangedMeanwhile):
        make.do(store, care.edit_opinion, key, make.changed(draft, doctor="dr. Goh"), version=1)


def test_an_opinion_of_no_case_is_refused(store):
    with pytest.raises(Refused):
        make.do(store, care.add_opinion, opinion(1))


# referrals


def test_a_sent_referral_is_asked_after_until_the_hospital_answers(store, clock, case):
    key = make.made(store, care.add_referral, referral(case))
    assert steps(store, case) == [ASK_REFERRAL]

    clock.forward(hours=25)
    line = make.see(store, plan_of, case).referrals[0]
    assert (line.state, line.is_answer_late) == (ReferralState.SENT, True)

    draft = make.see(store, care.referral_draft, key)
    make.do(store, care.edit_referral, key, make.changed(draft, accepted_at=clock.now))
    assert steps(store, case) == []


def test_a_step_ticked_off_by_hand_does_not_come_back(store, clock, case):
    make.made(store, care.add_referral, referral(case))
    task = make.see(store, lambda s: s.scalar(sa.select(TaskRow.id)))
    make.do(store, work.finish_task, task, note="menelepon, dijawab besok")

    make.made(store, care.add_opinion, opinion(case, answered_at=START, note="boleh terbang"))

    assert steps(store, case) == []


def gone_home(store, **values):
    case = make.journey(
        store, state=JourneyState.FOLLOW_UP, entry_mode=EntryMode.RUNNING, hospital_id=make.hospital(store), **values
    )
    with store.write("x") as session:
        session.get(JourneyRow, case).discharged_at = START - dt.timedelta(days=1)
    return case


def test_the_doctor_at_home_has_an_answer_due_and_late_on_the_officers_day(store, clock):
    case = gone_home(store)
    key = make.made(store, care.add_referral, referral(case, accepted_at=START, arrived_at=START))
    assert ANSWER_HOME in steps(store, case)
    assert make.see(store, plan_of, case).referrals[0].home_answer_due == dt.date(2026, 11, 8)

    clock.forward(days=8)
    late = next(g for g in make.see(store, today_view).groups if g.group is TaskGroup.LATE)
    assert ANSWER_HOME in [line.title.message for line in late.lines]
    assert make.see(store, plan_of, case).referrals[0].is_home_late

    draft = make.see(store, care.referral_draft, key)
    make.do(store, care.edit_referral, key, make.changed(draft, answered_home_at=clock.now))
    assert ANSWER_HOME not in steps(store, case)


def test_time_alone_opens_the_step_once_the_patient_has_left(store, clock):
    case = make.journey(store, hospital_id=make.hospital(store))
    make.made(store, care.add_referral, referral(case, accepted_at=START))
    assert ANSWER_HOME not in steps(store, case)
    with store.write("x") as session:
        row = session.get(JourneyRow, case)
        row.state, row.discharged_at = JourneyState.DISCHARGED, START
    assert make.see(store, rounds.is_due)

    with store.write(rounds.TITLE, by_system=True) as session:
        rounds.time_passes(session)

    assert ANSWER_HOME in steps(store, case)
    assert not make.see(store, rounds.is_due)


# appointments


def test_a_confirmed_appointment_is_told_to_the_patient_and_counts_as_booked(store, clock, case):
    key = make.made(store, care.add_appointment, appointment(case, asked_at=START))
    assert steps(store, case) == []
    assert not make.see(store, facts_of, case).has_appointment

    draft = make.see(store, care.appointment_draft, key)
    make.do(store, care.edit_appointment, key, make.changed(draft, confirmed_at=clock.now))
    assert steps(store, case) == [TELL_APPOINTMENT]
    assert make.see(store, facts_of, case).has_appointment

    make.do(store, care.patient_told, key)
    assert steps(store, case) == []


def test_a_new_hour_must_be_told_anew(store, clock, case):
    told = START + dt.timedelta(seconds=33)
    key = make.made(store, care.add_appointment, appointment(case, confirmed_at=START, told_at=told))
    draft = make.see(store, care.appointment_draft, key)

    seen_in_minutes = START.replace(second=0)
    moved = make.changed(draft, starts_at=NINE_IN_PENANG + dt.timedelta(hours=2), told_at=seen_in_minutes)
    make.do(store, care.edit_appointment, key, moved)

    assert make.see(store, care.appointment_draft, key).told_at is None
    assert steps(store, case) == [TELL_APPOINTMENT]


def test_a_removed_appointment_takes_its_step_along_and_undo_brings_both_back(store, case):
    key = make.made(store, care.add_appointment, appointment(case, confirmed_at=START))
    make.do(store, care.remove_appointment, key)
    assert steps(store, case) == []

    last = make.see(store, history.recent_actions, limit=1)[0]
    undoing.take_back(store, last.id)

    assert make.see(store, care.appointment_draft, key).doctor == "dr. Lim"
    assert steps(store, case) == [TELL_APPOINTMENT]


# the way there


def test_the_worst_leg_decides_about_the_airlines_form(store, case):
    make.made(store, travel.add_leg, leg(case, medif=MedifState.NOT_NEEDED))
    assert make.see(store, facts_of, case).medif is Clearance.NOT_NEEDED

    key = make.made(store, travel.add_leg, leg(case, has_stretcher=True, medif=MedifState.SENT))
    assert make.see(store, facts_of, case).medif is Clearance.NEEDED

    draft = make.see(store, travel.leg_draft, key)
    assert draft.medif_on == START.date()
    make.do(store, travel.edit_leg, key, make.changed(draft, medif=MedifState.CLEARED))
    assert make.see(store, facts_of, case).medif is Clearance.CLEARED


def test_the_plan_shows_everything_in_the_order_of_time(store, case):
    back = leg(
        case, from_place="Penang", departs_zone=MYT, to_place="Medan", arrives_zone=WIB,
        departs_at=dt.datetime(2026, 11, 29, 3, 0, tzinfo=dt.UTC), arrives_at=None,
    )  # fmt: skip
    make.made(store, travel.add_leg, back)
    make.made(store, travel.add_leg, leg(case))
    stay = StayDraft(
        journey_id=case, hotel="Cititel", check_in=dt.date(2026, 11, 23), check_out=dt.date(2026, 11, 29),
        rate=Money.of(210, "MYR"),
    )  # fmt: skip
    make.made(store, travel.add_stay, stay)
    make.made(store, travel.add_escort, EscortDraft(journey_id=case, name="BUDI SIREGAR"))

    plan = make.see(store, plan_of, case)

    assert [line.draft.to_place for line in plan.legs] == ["Penang", "Medan"]
    assert plan.stays[0].draft == stay
    assert plan.there_zone == MYT
    assert not plan.is_empty
    assert {"NO_PASSPORT", "ARRIVAL_CARD", "ESCORT_PASSPORT"} <= {f.problem.code for f in plan.findings}


def test_every_record_of_the_plan_can_be_changed_and_taken_off(store, case):
    stay = StayDraft(journey_id=case, hotel="Cititel", check_in=dt.date(2026, 11, 23), check_out=dt.date(2026, 11, 29))
    kinds = (
        (care.add_opinion, opinion(case), care.opinion_draft, care.edit_opinion, care.remove_opinion),
        (care.add_referral, referral(case), care.referral_draft, care.edit_referral, care.remove_referral),
        (travel.add_leg, leg(case), travel.leg_draft, travel.edit_leg, travel.remove_leg),
        (travel.add_stay, stay, travel.stay_draft, travel.edit_stay, travel.remove_stay),
        (travel.add_escort, EscortDraft(journey_id=case, name="BUDI"), travel.escort_draft, travel.edit_escort,
         travel.remove_escort),
    )  # fmt: skip
    for add, draft, read, edit, remove in kinds:
        key = make.made(store, add, draft)
        make.do(store, edit, key, make.changed(make.see(store, read, key), note="dicek"))
        assert make.see(store, read, key).note == "dicek"
        make.do(store, remove, key)
        with pytest.raises(Refused):
            make.see(store, read, key)


# places side by side


@pytest.fixture
def compared(store, case):
    abroad = make.see(store, lambda s: s.get(JourneyRow, case).hospital_id)
    home = make.hospital(store, name="RS Columbia Asia Medan", country="ID", city="Medan", zone=WIB)
    rate = RateDraft(base="MYR", quote="IDR", rate=Decimal(3850), on_date=dt.date(2026, 10, 30), source="ECB")
    make.do(store, rates.add_rate, rate)
    old = make.estimate_draft(case, hospital_id=abroad, stated_on=dt.date(2026, 10, 20), low=Money.of(9000, "MYR"))
    make.do(store, payments.record_estimate, old)
    far = make.estimate_draft(
        case, hospital_id=abroad, excess=Money.of(1200, "MYR"), travel=Money.of(4_200_000, "IDR"),
        hotel=Money.of(600, "MYR"),
    )  # fmt: skip
    near = make.estimate_draft(
        case, hospital_id=home, low=Money.of(40_000_000, "IDR"), high=Money.of(45_000_000, "IDR")
    )
    return make.made(store, payments.record_estimate, far), make.made(store, payments.record_estimate, near)


def test_places_stand_side_by_side_with_the_one_at_home_last_and_the_rate_beside(store, case, compared):
    found = make.see(store, places.comparison, case)

    assert [(p.id, p.is_domestic) for p in found.places] == [(compared[0], False), (compared[1], True)]
    assert found.has_domestic
    assert found.places[0].total.high == Money.of(1800 * 3850 + 4_200_000, "IDR")
    assert found.places[1].total.high == Money.of(45_000_000, "IDR")
    assert [(r.base, r.on, r.source) for r in found.rates] == [("MYR", dt.date(2026, 10, 30), "ECB")]


def test_without_a_rate_there_is_no_total_and_the_currency_is_named(store, case):
    make.do(store, payments.record_estimate, make.estimate_draft(case))

    found = make.see(store, places.comparison, case)

    assert found.missing_rates == ("MYR",)
    assert not found.places[0].total.is_known


def test_the_patients_choice_and_reason_are_kept_and_the_case_goes_there(store, case, compared):
    with pytest.raises(Refused):
        make.do(store, places.choose_place, compared[0], reason=" ")

    make.do(store, places.choose_place, compared[1], reason="dekat keluarga, biaya sama")

    found = make.see(store, places.comparison, case)
    assert [p.is_chosen for p in found.places] == [False, True]
    assert (found.decision, found.reason) == ("RS Columbia Asia Medan", "dekat keluarga, biaya sama")
    row = make.see(store, lambda s: s.get(JourneyRow, case))
    assert (row.destination_country, row.is_retained_domestic) == ("ID", True)
    assert make.see(store, facts_of, case).decision_made


def test_an_estimates_sides_are_checked(store, case):
    wrong = make.estimate_draft(case, excess=Money.of(90_000, "MYR"), hotel=Money.of(-1, "MYR"))
    with pytest.raises(Refused) as refusal:
        make.do(store, payments.record_estimate, wrong)
    assert {(p.code, p.field) for p in refusal.value.problems} == {("SHARE_ABOVE", "excess"), ("NOT_POSITIVE", "hotel")}
    with pytest.raises(Refused):
        make.do(store, payments.record_estimate, make.estimate_draft(case, excess=Money.of(9, "IDR")))
    assert make.see(store, lambda s: s.scalar(sa.select(sa.func.count()).select_from(EstimateRow))) == 0


def test_the_history_of_a_case_tells_of_its_plan_in_words(store, case):
    key = make.made(store, care.add_appointment, appointment(case))
    draft = make.see(store, care.appointment_draft, key)
    make.do(store, care.edit_appointment, key, make.changed(draft, place="lantai 3"))

    lines = make.see(store, history.history_of, "journey", case)

    assert {line.noun for line in lines if line.record_kind == "appointment"} == {"Appointment"}
    assert "Where" in {line.label for line in lines}
