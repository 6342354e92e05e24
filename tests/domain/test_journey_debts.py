from __future__ import annotations

import dataclasses
import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison.domain.calendars import Calendar
from liaison.domain.facts import FactKind
from liaison.domain.journey_debts import debts
from liaison.domain.journey_guards import GUARDS
from liaison.domain.journeys import MAIN_PATH, EntryMode, JourneyKind, JourneyState, PayerPath
from tests.domain.test_journey_moves import NOTHING, NOW, READY

S = JourneyState


def entering(**changes):
    return dataclasses.replace(NOTHING, has_cover=True, **changes)


def hours(found):
    return {d.fact: (d.due - NOW) // dt.timedelta(hours=1) for d in found}


def test_an_emergency_enters_admitted_and_owes_what_would_have_been_asked_before():
    found = debts(S.ADMITTED, entering(entry_mode=EntryMode.EMERGENCY), NOW)

    due = hours(found)
    assert due[FactKind.IDENTITY_SEEN] == 4
    assert due[FactKind.C1] == due[FactKind.C2] == due[FactKind.ELIGIBILITY] == due[FactKind.INSURER_NOTIFIED] == 24
    assert FactKind.PAYER_PATH in due
    assert FactKind.APPOINTMENT not in due
    assert all(d.label for d in found)


def test_a_case_that_was_running_has_three_working_days():
    friday = dt.datetime(2026, 11, 20, 7, tzinfo=dt.UTC)

    found = debts(S.ESTIMATE, entering(entry_mode=EntryMode.RUNNING), friday, calendar=Calendar())

    assert {d.due.astimezone(ZoneInfo("Asia/Jakarta")) for d in found} == {
        dt.datetime(2026, 11, 25, 17, tzinfo=ZoneInfo("Asia/Jakarta"))
    }
    assert [d.fact for d in found] == [
        FactKind.IDENTITY_SEEN, FactKind.C1, FactKind.C2, FactKind.ELIGIBILITY, FactKind.MEDICAL_DOCUMENT, FactKind.C3,
        FactKind.OPINION,
    ]  # fmt: skip


def test_who_is_home_again_owes_papers_but_no_appointment():
    owed = {d.fact for d in debts(S.FOLLOW_UP, entering(entry_mode=EntryMode.RUNNING), NOW)}

    assert {FactKind.DISCHARGE_SUMMARY, FactKind.EXCESS_SETTLED, FactKind.C4} <= owed
    assert not {FactKind.APPOINTMENT, FactKind.PASSPORT, FactKind.ESTIMATE, FactKind.ADMISSION} & owed


def test_a_check_up_owes_no_letter_and_no_consent_to_the_insurer():
    owed = {d.guard for d in debts(S.WORKUP, entering(kind=JourneyKind.CHECK_UP, entry_mode=EntryMode.URGENT), NOW)}

    assert not {"letter", "consent_insurer", "consent_release", "eligibility", "insurer_notified"} & owed
    assert "identity" in owed


def test_a_self_payer_owes_no_notice_to_an_insurer():
    known = entering(entry_mode=EntryMode.EMERGENCY, payer_path=PayerPath.SELF_PAY)

    assert FactKind.INSURER_NOTIFIED not in {d.fact for d in debts(S.ADMITTED, known, NOW)}


def test_nothing_is_owed_at_the_beginning_or_after_the_end():
    for state in (S.ENQUIRY, S.CLOSED, S.CANCELLED, S.DECEASED):
        assert debts(state, entering(), NOW) == []


@pytest.mark.parametrize("state", MAIN_PATH)
def test_who_has_everything_owes_nothing(state):
    assert debts(state, READY, NOW) == []


@given(st.sampled_from(MAIN_PATH), st.sampled_from(JourneyKind), st.sampled_from(EntryMode), st.booleans())
def test_every_debt_lies_ahead_and_is_settled_by_its_fact(state, kind, mode, domestic):
    known = entering(kind=kind, entry_mode=mode, is_domestic=domestic)

    found = debts(state, known, NOW)

    assert len({d.guard for d in found}) == len(found)
    for debt in found:
        assert debt.due > NOW
        assert GUARDS[debt.guard].asks(known)
        assert not GUARDS[debt.guard].asks(dataclasses.replace(READY, kind=kind, is_domestic=domestic))
