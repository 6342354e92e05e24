"""The way home after a death abroad, complaints, the survey, and who may see a disease."""

import datetime as dt
from decimal import Decimal

import pytest

from liaison.domain.complaints import (
    ComplaintAnswerDraft,
    ComplaintCause,
    ComplaintDraft,
    ComplaintOutcome,
    Mean,
    SurveyDraft,
    check_answer,
    check_complaint,
    check_survey,
    mean,
)
from liaison.domain.documents import CHECKLISTS, DocumentKind, Process
from liaison.domain.errors import Refused
from liaison.domain.infection import HealthNoticeDraft, Viewer, check_health_notice, viewer
from liaison.domain.offices import Role
from liaison.domain.repatriation import (
    STATES,
    TRANSITIONS,
    RepatriationDraft,
    RepatriationFacts,
    RepatriationState,
    check_move,
    check_repatriation,
    claim_until,
    is_open,
    moves,
)

S = RepatriationState
TODAY = dt.date(2026, 11, 22)
TOMORROW = dt.date(2026, 11, 23)
PAPERS = frozenset(kind for item in CHECKLISTS[Process.REPATRIATION] for kind in item.kinds)
READY = RepatriationFacts(
    consulate_told_on=TODAY, agent="Nirvana", flight="MH 864", leaves_on=TOMORROW, received_by="kakak", papers=PAPERS
)


def codes(found):
    return {p.code for p in found}


def test_every_state_of_the_way_home_can_be_reached_and_both_ends_are_ends():
    assert {t.to for t in TRANSITIONS} | {S.OPENED} == set(STATES) == set(S)
    assert [s for s in S if not is_open(s)] == [S.HANDED_OVER, S.LAID_TO_REST_ABROAD]


@pytest.mark.parametrize("step", TRANSITIONS, ids=lambda t: f"{t.start}-{t.to}")
def test_every_step_passes_when_everything_is_known_and_names_what_is_missing_otherwise(step):
    assert check_move(step.start, step.to, READY).to is step.to

    bare = next(m for m in moves(step.start, RepatriationFacts()) if m.to is step.to)
    assert {p.guard for p in bare.problems} == set(step.guards)
    assert all(p.cure for p in bare.problems)


def test_it_does_not_fly_without_its_papers_unless_a_supervisor_says_why():
    facts = RepatriationFacts(papers=PAPERS - {DocumentKind.EXPORT_PERMIT})

    with pytest.raises(Refused) as refused:
        check_move(S.BOOKED, S.UNDER_WAY, facts, reason="maskapai setuju")
    assert "PAPERS" in codes(refused.value.problems)
    both = (Role.OFFICER, Role.SUPERVISOR)
    assert check_move(S.BOOKED, S.UNDER_WAY, facts, roles=both, reason="maskapai setuju").overridden


def test_who_travels_along_needs_a_passport_and_the_insurers_paper_may_follow():
    flight = PAPERS - {DocumentKind.ESCORT_PASSPORT, DocumentKind.DEATH_LEGALISATION}

    assert RepatriationFacts(papers=flight).missing_papers == 0
    assert RepatriationFacts(papers=flight, escort="kakak").missing_papers == 1


def test_a_way_home_cannot_jump():
    with pytest.raises(Refused) as refused:
        check_move(S.OPENED, S.HANDED_OVER, READY)
    assert codes(refused.value.problems) == {"ILLEGAL_MOVE"}


def test_the_claim_for_a_death_may_be_sent_for_90_days():
    assert claim_until(dt.date(2026, 11, 1)) == dt.date(2027, 1, 30)


def test_what_is_wrong_with_a_way_home():
    def check(**values):
        return codes(check_repatriation(RepatriationDraft(journey_id=1, **values), today=TODAY))

    assert check() == set()
    assert check(died_on=TOMORROW) == {"IN_FUTURE"}
    assert check(consulate_told_on=TODAY) == {"WHICH_CONSULATE"}
    assert check(leaves_on=TOMORROW, arrives_on=TODAY, agent_phone="?") == {"ENDS_BEFORE_START", "PHONE"}


def test_what_is_wrong_with_a_complaint_and_its_answer():
    good = {"journey_id": 1, "received_on": TODAY, "cause": ComplaintCause.COST, "text": "lebih mahal"}

    assert check_complaint(ComplaintDraft(**good), today=TODAY) == []
    assert codes(check_complaint(ComplaintDraft(**{**good, "text": " "}), today=TODAY)) == {"MISSING"}
    assert codes(check_complaint(ComplaintDraft(**{**good, "received_on": TOMORROW}), today=TODAY)) == {"IN_FUTURE"}
    answer = ComplaintAnswerDraft(closed_on=TODAY, outcome=ComplaintOutcome.PARTLY, outcome_note="dijelaskan")
    assert check_answer(answer, received_on=TODAY, today=TODAY) == []
    assert codes(check_answer(answer, received_on=TOMORROW, today=TODAY)) == {"BEFORE_RECEIVED"}
    assert codes(check_answer(answer, received_on=dt.date(2026, 1, 1), today=dt.date(2026, 2, 1))) == {"IN_FUTURE"}


def test_what_is_wrong_with_the_three_answers():
    def check(**values):
        return codes(check_survey(SurveyDraft(**{"journey_id": 1, "answered_on": TODAY, **values}), today=TODAY))

    assert check(clear=5, quick=4, again=5) == set()
    assert check() == {"NO_ANSWER"}
    assert check(clear=6, answered_on=TOMORROW) == {"ONE_TO_FIVE", "IN_FUTURE", "ANSWER_MISSING"}


def test_the_mean_counts_only_who_answered():
    assert mean([5, None, 4]) == Mean(value=Decimal("4.5"), count=2)
    assert mean([None]) is None


def test_a_disease_is_seen_by_the_cases_officer_and_a_supervisor_only():
    assert viewer(is_own_case=True, roles=(Role.OFFICER,)) is Viewer.CASE_OFFICER
    assert viewer(is_own_case=False, roles=(Role.OFFICER, Role.SUPERVISOR)) is Viewer.SUPERVISOR
    assert viewer(is_own_case=False, roles=(Role.OFFICER,)) is None


def test_what_is_wrong_with_a_notice():
    good = {"journey_id": 1, "disease": "TB", "notified_on": TODAY}

    assert check_health_notice(HealthNoticeDraft(**good), today=TODAY) == []
    assert codes(check_health_notice(HealthNoticeDraft(**{**good, "disease": ""}), today=TODAY)) == {"MISSING"}
    late = HealthNoticeDraft(**{**good, "notified_on": None, "screened_on": TOMORROW})
    assert codes(check_health_notice(late, today=TODAY)) == {"NOT_NOTIFIED", "IN_FUTURE"}
