"""Opinions, referrals and appointments: what may be written, how far each has come, and when an answer is due."""

import datetime as dt

import pytest

from liaison.domain.care import (
    AppointmentDraft,
    AppointmentState,
    OpinionDraft,
    ReferralDraft,
    ReferralState,
    answer_is_due,
    appointment_state,
    check_appointment,
    check_opinion,
    check_referral,
    home_answer_due,
    referral_state,
)

NOW = dt.datetime(2026, 11, 20, 7, 0, tzinfo=dt.UTC)


def at(day, hour=3):
    return dt.datetime(2026, 11, day, hour, tzinfo=dt.UTC)


def opinion(**values):
    return OpinionDraft(**{"journey_id": 1, "hospital_id": 2, "asked_at": at(10), **values})


def referral(**values):
    return ReferralDraft(**{"journey_id": 1, "hospital_id": 2, "from_doctor": "dr. Lubis", **values})


def appointment(**values):
    return AppointmentDraft(
        **{"journey_id": 1, "hospital_id": 2, "starts_at": at(24, 1), "zone": "Asia/Kuala_Lumpur", **values}
    )


def codes(problems):
    return {(p.code, p.field) for p in problems}


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({}, set()),
        ({"hospital_id": None}, {("NOBODY", "hospital_id")}),
        ({"hospital_id": None, "doctor": "dr. Lim"}, set()),
        ({"answered_at": at(12)}, {("NO_ANSWER", "proposed_procedure")}),
        ({"answered_at": at(12), "proposed_procedure": "PCI"}, set()),
        ({"answered_at": at(9), "proposed_procedure": "PCI"}, {("ENDS_BEFORE_START", "answered_at")}),
        ({"asked_at": at(21)}, {("IN_FUTURE", "asked_at")}),
        ({"los_days_min": 6, "los_days_max": 4}, {("NIGHTS_TURNED", "los_days_max")}),
        ({"los_days_max": 900}, {("NIGHTS", "los_days_max")}),
    ],
)
def test_an_opinion_is_checked_field_by_field(values, found):
    assert codes(check_opinion(opinion(**values), now=NOW)) == found


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({}, ReferralState.PREPARED),
        ({"sent_at": at(10)}, ReferralState.SENT),
        ({"sent_at": at(10), "read_at": at(11)}, ReferralState.READ),
        ({"sent_at": at(10), "accepted_at": at(11)}, ReferralState.ACCEPTED),
        ({"sent_at": at(10), "declined_at": at(11)}, ReferralState.DECLINED),
        ({"sent_at": at(10), "accepted_at": at(11), "arrived_at": at(12)}, ReferralState.ARRIVED),
        ({"arrived_at": at(12), "answered_home_at": at(13)}, ReferralState.ANSWERED),
    ],
)
def test_a_referral_stands_where_its_last_moment_says(values, state):
    assert referral_state(referral(**values)) is state


def test_a_referral_is_accepted_or_declined_and_a_no_has_its_reason():
    both = referral(sent_at=at(10), accepted_at=at(11), declined_at=at(11))

    assert codes(check_referral(both, now=NOW)) == {("YES_AND_NO", "declined_at"), ("WHY_NOT", "decline_note")}


def test_the_moments_of_a_referral_follow_one_another():
    turned = referral(sent_at=at(12), accepted_at=at(11), arrived_at=at(13))

    assert codes(check_referral(turned, now=NOW)) == {("ENDS_BEFORE_START", "accepted_at")}


def test_a_referral_is_asked_after_within_a_day_until_somebody_says_yes_or_no():
    assert answer_is_due(referral()) is None
    assert answer_is_due(referral(sent_at=at(10))) == at(11)
    assert answer_is_due(referral(sent_at=at(10), read_at=at(10, 5))) == at(11)
    assert answer_is_due(referral(sent_at=at(10), accepted_at=at(11))) is None


def test_the_doctor_at_home_has_an_answer_due_seven_days_after_the_patient_left_hospital():
    left = dt.date(2026, 11, 20)

    assert home_answer_due(referral(), left_on=None) is None
    assert home_answer_due(referral(), left_on=left) == dt.date(2026, 11, 27)
    assert home_answer_due(referral(answered_home_at=at(22)), left_on=left) is None
    assert home_answer_due(referral(from_doctor=""), left_on=left) is None
    assert home_answer_due(referral(declined_at=at(11)), left_on=left) is None


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({}, set()),
        ({"starts_at": None}, set()),
        ({"starts_at": None, "confirmed_at": at(11)}, {("MOMENT", "starts_at")}),
        ({"zone": ""}, {("ZONE", "zone")}),
        ({"told_at": at(12)}, {("TOLD_TOO_SOON", "told_at")}),
        ({"asked_at": at(12), "confirmed_at": at(11)}, {("ENDS_BEFORE_START", "confirmed_at")}),
        ({"starts_at": at(2)}, {("PAST", "starts_at")}),
        ({"confirmed_at": at(25)}, {("IN_FUTURE", "confirmed_at")}),
    ],
)
def test_an_appointment_is_checked_field_by_field(values, found):
    assert codes(check_appointment(appointment(**values), now=NOW)) == found


def test_an_appointment_is_asked_for_then_confirmed_then_told():
    assert appointment_state(appointment()) is AppointmentState.ASKED
    assert appointment_state(appointment(confirmed_at=at(11))) is AppointmentState.CONFIRMED
    assert appointment_state(appointment(confirmed_at=at(11), told_at=at(12))) is AppointmentState.TOLD
    assert appointment_state(appointment(confirmed_at=at(11), cancelled_at=at(12))) is AppointmentState.CANCELLED
