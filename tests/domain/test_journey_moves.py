from __future__ import annotations

import dataclasses
import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison.domain.documents import Process
from liaison.domain.errors import Refused
from liaison.domain.facts import CONSENTS, Clearance, FactKind
from liaison.domain.guarantees import GuaranteeState
from liaison.domain.journey_facts import JourneyFacts, Letter
from liaison.domain.journey_guards import GUARDS
from liaison.domain.journey_kinds import checklists_of, first_state, path_of, stages_of
from liaison.domain.journey_moves import check_move, move_by_time, moves, way_to
from liaison.domain.journeys import (
    AWAY_AND_AFTER,
    BEFORE_TRAVEL,
    MAIN_PATH,
    STAGE_OF,
    STATES,
    TRANSITIONS,
    CancelReason,
    EntryMode,
    JourneyKind,
    JourneyState,
    PayerPath,
    Stage,
    is_open,
    stage_of,
)
from liaison.domain.lifecycle import Override, Who
from liaison.domain.money import Money
from liaison.domain.offices import BOTH_ROLES, Role
from liaison.domain.policies import EligibilityResult

TODAY = dt.date(2026, 11, 20)
NOW = dt.datetime(2026, 11, 20, 7, tzinfo=dt.UTC)
S = JourneyState

READY = JourneyFacts(
    kind=JourneyKind.TREATMENT,
    now=NOW,
    today=TODAY,
    has_contact=True,
    has_interest=True,
    has_cover=True,
    consents=frozenset(CONSENTS),
    identity_seen=True,
    eligibility=EligibilityResult.ELIGIBLE,
    eligibility_on=TODAY,
    insurer_notified=True,
    has_medical_document=True,
    has_opinion=True,
    has_estimate=True,
    decision_made=True,
    payer_path=PayerPath.REIMBURSEMENT,
    is_payer_path_agreed=True,
    letters=(
        Letter(state=GuaranteeState.ACCEPTED, valid_to=dt.date(2026, 12, 31)),
        Letter(state=GuaranteeState.FINAL_ISSUED, excess=Money(0, "MYR")),
    ),
    passport_expires_on=dt.date(2029, 8, 3),
    planned_admission_on=dt.date(2026, 11, 25),
    planned_return_on=dt.date(2026, 12, 5),
    has_appointment=True,
    has_arrived=True,
    is_plan_confirmed=True,
    admitted_at=NOW,
    mrn="00123",
    is_excess_settled=True,
    has_discharge_summary=True,
    is_home=True,
    is_answered=True,
    death_on=TODAY,
    cancel_reason=CancelReason.COST,
    last_contact_on=TODAY - dt.timedelta(days=60),
)
"""Everything is there that any guard could ask for."""

NOTHING = JourneyFacts(kind=JourneyKind.TREATMENT, now=NOW, today=TODAY)


def facts(base=READY, **changes):
    return dataclasses.replace(base, **changes)


def codes(refused):
    return [p.code for p in refused.value.problems]


def suiting(transition):
    """Facts for which a transition exists."""
    kind, domestic = JourneyKind.TREATMENT, "domestic" in transition.guards
    if "without_review" in transition.guards:
        kind = JourneyKind.CHECK_UP
    if "repeat_cycle" in transition.guards:
        kind = JourneyKind.REPEAT_CYCLE
    if "no_cover" in transition.guards:
        return facts(kind=kind, payer_path=PayerPath.SELF_PAY)
    return facts(kind=kind, is_domestic=domestic)


# The table


def test_every_state_of_the_field_stands_in_the_table():
    assert set(STATES) == set(JourneyState)
    assert len({t.start for t in TRANSITIONS} | {t.to for t in TRANSITIONS}) == len(JourneyState)


def test_every_guard_is_used_by_a_move_or_by_a_debt():
    used = {name for t in TRANSITIONS for name in t.guards}

    assert set(GUARDS) - used == {"insurer_notified"}


@pytest.mark.parametrize("transition", TRANSITIONS, ids=lambda t: f"{t.start}-{t.to}")
def test_every_legal_move_passes_when_its_facts_are_there(transition):
    passage = check_move(transition.start, transition.to, suiting(transition), roles=BOTH_ROLES)

    assert (passage.start, passage.to, passage.overridden) == (transition.start, transition.to, ())


def test_every_move_that_is_not_in_the_table_is_refused():
    legal = {(t.start, t.to) for t in TRANSITIONS}

    for start in JourneyState:
        for to in JourneyState:
            if (start, to) not in legal:
                with pytest.raises(Refused) as refused:
                    check_move(start, to, READY, roles=BOTH_ROLES, reason="it must be")
                assert codes(refused) == ["ILLEGAL_MOVE"]


@pytest.mark.parametrize("transition", TRANSITIONS, ids=lambda t: f"{t.start}-{t.to}")
def test_a_move_whose_facts_are_missing_names_every_one_of_them_with_a_cure(transition):
    base = suiting(transition)
    bare = facts(NOTHING, kind=base.kind, is_domestic=base.is_domestic, has_cover=True, is_held=True,
                 is_infectious=True, medif=Clearance.NEEDED, open_claims=1, open_queries=1, open_debts=1,
                 open_complaints=1, refund_due=Money(1, "MYR"), deposit_left=Money(1, "MYR"))  # fmt: skip
    expected = {n for n in transition.guards if not GUARDS[n].hides and GUARDS[n].asks(bare)}

    (move,) = [m for m in moves(transition.start, bare) if m.to == transition.to]

    assert {p.guard for p in move.problems} == expected
    assert expected >= set(transition.guards) - {"letter_lasts", "consent_transfer", "domestic", "without_review",
                                                 "repeat_cycle", "pays_first"}  # fmt: skip


random_facts = st.builds(
    JourneyFacts,
    kind=st.sampled_from(JourneyKind),
    now=st.just(NOW),
    today=st.just(TODAY),
    is_domestic=st.booleans(),
    has_contact=st.booleans(),
    has_interest=st.booleans(),
    has_cover=st.booleans(),
    consents=st.frozensets(st.sampled_from(CONSENTS)),
    identity_seen=st.booleans(),
    eligibility=st.none() | st.sampled_from(EligibilityResult),
    eligibility_on=st.none() | st.dates(dt.date(2026, 9, 1), TODAY),
    decision_made=st.booleans(),
    payer_path=st.none() | st.sampled_from(PayerPath),
    is_payer_path_agreed=st.booleans(),
    letters=st.lists(
        st.builds(Letter, state=st.sampled_from(GuaranteeState), valid_to=st.none() | st.dates()), max_size=2
    ).map(tuple),
    passport_expires_on=st.none() | st.dates(dt.date(2026, 1, 1), dt.date(2030, 1, 1)),
    planned_return_on=st.none() | st.dates(dt.date(2026, 1, 1), dt.date(2030, 1, 1)),
    planned_admission_on=st.none() | st.dates(dt.date(2026, 1, 1), dt.date(2030, 1, 1)),
    open_claims=st.integers(0, 2),
    is_held=st.booleans(),
    death_on=st.none() | st.just(TODAY),
    came_from=st.none() | st.sampled_from(MAIN_PATH),
    ended_on=st.none() | st.dates(dt.date(2026, 6, 1), TODAY),
)


@given(st.sampled_from(JourneyState), st.sampled_from(JourneyState), random_facts, st.booleans(), st.booleans())
def test_whatever_the_facts_a_move_passes_free_or_with_a_reason_that_its_guards_allow(start, to, known, reasoned, boss):
    roles = BOTH_ROLES if boss else {Role.OFFICER}
    offered = {m.to: m for m in moves(start, known)}

    try:
        passage = check_move(start, to, known, roles=roles, reason="the family asked" if reasoned else "")
    except Refused as refused:
        move = offered.get(to)
        blocked = move is None or bool(move.problems) or move.who is Who.SUPERVISOR
        assert blocked
        assert refused.problems
    else:
        move = offered[to]
        assert passage.overridden == move.problems
        assert move.is_free or (reasoned and move.override is not Override.NEVER)
        assert to in path_of(known.kind, is_domestic=known.is_domestic) or start in (S.CLOSED, S.CANCELLED, S.LOST)


@given(st.sampled_from(JourneyKind), st.booleans(), st.data())
def test_every_walk_stays_in_its_kinds_path_and_can_always_come_to_an_end(kind, domestic, data):
    known = facts(kind=kind, is_domestic=domestic)
    path = path_of(kind, is_domestic=domestic)
    here = S.ENQUIRY

    for _ in range(25):
        free = [m.to for m in moves(here, known) if m.is_free]
        if not is_open(here):
            assert free == []
            break
        assert free, f"stuck in {here}"
        here = data.draw(st.sampled_from(free))
        assert here in path

    ends = {s for s in JourneyState if not is_open(s)}
    assert here in ends or any(way_to(here, end, known) for end in ends)


# Guards


def test_a_letter_that_ends_before_admission_stops_the_departure_and_a_supervisor_may_pass_it_over():
    short = facts(letters=(Letter(state=GuaranteeState.ACCEPTED, valid_to=dt.date(2026, 5, 3)),),
                  planned_admission_on=dt.date(2026, 5, 5))  # fmt: skip

    with pytest.raises(Refused) as refused:
        check_move(S.TRAVEL_PREP, S.EN_ROUTE, short, reason="the insurer promised by phone")
    passage = check_move(S.TRAVEL_PREP, S.EN_ROUTE, short, roles=BOTH_ROLES, reason="  the insurer promised by phone ")

    assert codes(refused) == ["LETTER_SHORT", "NEEDS_SUPERVISOR"]
    assert [p.code for p in passage.overridden] == ["LETTER_SHORT"]
    assert passage.reason == "the insurer promised by phone"


def test_a_one_person_office_never_gets_stuck_but_always_says_why():
    with pytest.raises(Refused):
        check_move(S.TRAVEL_PREP, S.EN_ROUTE, facts(has_appointment=False), roles=BOTH_ROLES, reason=" ")

    assert check_move(
        S.TRAVEL_PREP, S.EN_ROUTE, facts(has_appointment=False), roles=BOTH_ROLES, reason="walk-in clinic"
    )


@pytest.mark.parametrize("consent", [FactKind.C1, FactKind.C2])
def test_nobody_passes_over_a_missing_consent(consent):
    known = facts(consents=frozenset(CONSENTS) - {consent})

    with pytest.raises(Refused) as refused:
        check_move(S.INTAKE, S.ELIGIBILITY, known, roles=BOTH_ROLES, reason="in a hurry")

    assert codes(refused) == [f"NO_{consent}"]


def test_treatment_at_home_asks_for_no_transfer_and_no_passport():
    home = facts(is_domestic=True, consents=frozenset(CONSENTS) - {FactKind.C2}, passport_expires_on=None)

    assert check_move(S.INTAKE, S.ELIGIBILITY, home)
    assert check_move(S.PREAUTH, S.ADMITTED, home)
    assert S.TRAVEL_PREP not in {m.to for m in moves(S.PREAUTH, home)}
    assert GUARDS["passport"].asks(home) is None


@pytest.mark.parametrize(("days", "problem"), [(30, None), (31, "ELIGIBILITY_OLD")])
def test_a_benefit_check_holds_for_thirty_days(days, problem):
    known = facts(eligibility_on=TODAY - dt.timedelta(days=days))

    found = GUARDS["eligibility"].asks(known)

    assert (found and found.code) == problem


def test_an_unclear_answer_is_no_answer():
    assert GUARDS["eligibility"].asks(facts(eligibility=EligibilityResult.UNKNOWN)).code == "NO_ELIGIBILITY"
    assert GUARDS["eligibility"].asks(facts(eligibility=None, payer_path=PayerPath.SELF_PAY)) is None
    assert GUARDS["eligibility"].asks(facts(eligibility=None, has_cover=False)) is None


def test_who_is_covered_goes_through_the_medical_review():
    covered = facts(payer_path=PayerPath.GUARANTEE_LETTER)

    assert GUARDS["no_cover"].asks(covered).code == "COVERED"
    assert GUARDS["no_cover"].asks(facts(covered, eligibility=EligibilityResult.NOT_ELIGIBLE)) is None
    assert GUARDS["no_cover"].asks(facts(covered, has_cover=False)) is None


@pytest.mark.parametrize(
    ("expires", "problem"),
    [(dt.date(2027, 6, 5), None), (dt.date(2027, 6, 4), "PASSPORT_SHORT"), (None, "NO_PASSPORT")],
)
def test_a_passport_lasts_six_months_beyond_the_return(expires, problem):
    found = GUARDS["passport"].asks(facts(passport_expires_on=expires))

    assert (found and found.code) == problem


def test_without_a_planned_return_the_passport_is_counted_from_admission_or_today():
    admission_only = facts(planned_return_on=None, passport_expires_on=dt.date(2027, 5, 25))

    assert GUARDS["passport"].asks(admission_only) is None
    assert GUARDS["passport"].asks(facts(admission_only, planned_admission_on=None)) is None
    assert GUARDS["passport"].asks(facts(admission_only, passport_expires_on=dt.date(2027, 5, 24)))


def test_a_letter_without_an_end_lasts():
    endless = facts(letters=(Letter(state=GuaranteeState.ISSUED),))

    assert GUARDS["letter_lasts"].asks(endless) is None
    assert GUARDS["letter_lasts"].asks(facts(planned_admission_on=None)) is None
    assert GUARDS["letter_lasts"].asks(facts(letters=())) is None


def test_an_infectious_patient_travels_only_when_fit_to_fly():
    assert GUARDS["not_infectious"].asks(facts(is_infectious=True)).code == "INFECTIOUS"
    assert GUARDS["not_infectious"].asks(facts(is_infectious=True, is_fit_to_fly=True)) is None


def test_a_medif_blocks_only_while_it_is_needed():
    assert GUARDS["medif"].asks(facts(medif=Clearance.NEEDED)).code == "MEDIF"
    assert GUARDS["medif"].asks(facts(medif=Clearance.CLEARED)) is None


def test_paying_first_needs_it_in_writing():
    spoken = facts(letters=(), is_payer_path_agreed=False)

    assert GUARDS["letter"].asks(spoken).code == "NO_LETTER"
    assert GUARDS["pays_first"].asks(spoken).code == "NOT_SELF_PAY"
    assert GUARDS["letter"].asks(facts(letters=())) is None


def test_the_excess_of_the_final_letter_is_named():
    owing = facts(letters=(Letter(state=GuaranteeState.FINAL_ISSUED, excess=Money.of("1240.00", "MYR")),),
                  is_excess_settled=False)  # fmt: skip

    problem = GUARDS["excess"].asks(owing)

    assert problem.values == {"due": Money.of("1240.00", "MYR")}
    assert GUARDS["excess"].asks(facts(letters=(), is_excess_settled=False)).values == {}
    assert GUARDS["excess"].asks(facts(is_excess_settled=False)) is None
    assert GUARDS["excess"].asks(facts(owing, is_self_settled=True)) is None


def test_an_emergency_needs_notice_to_the_insurer_unless_the_patient_pays():
    assert GUARDS["insurer_notified"].asks(facts(insurer_notified=False)).code == "INSURER_NOT_TOLD"
    assert GUARDS["insurer_notified"].asks(facts(insurer_notified=False, payer_path=PayerPath.SELF_PAY)) is None


def test_a_case_on_hold_stays_where_it_is():
    with pytest.raises(Refused) as refused:
        check_move(S.ESTIMATE, S.DECISION, facts(is_held=True), roles=BOTH_ROLES, reason="now")

    assert codes(refused) == ["ON_HOLD"]


# Kinds


def test_a_check_up_asks_for_no_letter_and_no_medical_review():
    check_up = facts(kind=JourneyKind.CHECK_UP, letters=(), payer_path=None, is_payer_path_agreed=False)
    walk = [S.ENQUIRY, S.INTAKE, S.ESTIMATE, S.DECISION, S.TRAVEL_PREP, S.EN_ROUTE, S.WORKUP, S.DISCHARGED, S.RETURNED,
            S.FOLLOW_UP, S.CLOSED]  # fmt: skip

    for start, to in itertools.pairwise(walk):
        assert check_move(start, to, check_up).to is to
    assert S.PREAUTH not in path_of(JourneyKind.CHECK_UP)
    assert Process.PREAUTH not in checklists_of(JourneyKind.CHECK_UP)


@pytest.mark.parametrize("kind", [JourneyKind.SECOND_OPINION, JourneyKind.TELE_CONSULTATION])
def test_an_opinion_ends_with_the_answer_and_nobody_travels(kind):
    opinion = facts(kind=kind)

    assert check_move(S.MEDICAL_REVIEW, S.CLOSED, opinion).to is S.CLOSED
    assert check_move(S.DECISION, S.CLOSED, opinion).to is S.CLOSED
    with pytest.raises(Refused) as refused:
        check_move(S.DECISION, S.PREAUTH, opinion)
    assert codes(refused) == ["NOT_IN_KIND"]
    assert stages_of(kind) == (Stage.ENQUIRY_INTAKE, Stage.ELIGIBILITY_MEDICAL, Stage.ESTIMATE_DECISION)


def test_a_question_closes_only_when_it_was_answered():
    with pytest.raises(Refused) as refused:
        check_move(S.MEDICAL_REVIEW, S.CLOSED, facts(is_answered=False), roles=BOTH_ROLES, reason="tidy")

    assert codes(refused) == ["NOT_ANSWERED"]


def test_only_a_repeat_cycle_starts_again():
    cycle = facts(kind=JourneyKind.REPEAT_CYCLE)

    assert {S.PREAUTH, S.TRAVEL_PREP} <= {m.to for m in moves(S.RETURNED, cycle)} & {
        m.to for m in moves(S.FOLLOW_UP, cycle)
    }
    assert S.PREAUTH not in {m.to for m in moves(S.RETURNED, READY)}


def test_who_pays_picks_the_pack_of_documents():
    assert Process.CASHLESS_CLAIM in checklists_of(JourneyKind.TREATMENT)
    assert checklists_of(JourneyKind.TREATMENT, PayerPath.REIMBURSEMENT) == (Process.INTAKE, Process.REIMBURSEMENT)
    assert checklists_of(JourneyKind.TREATMENT, PayerPath.SELF_PAY) == (Process.INTAKE,)


# Stages


def test_six_stages_hold_all_sixteen_states_in_order():
    stages = [STAGE_OF[s] for s in MAIN_PATH]

    assert stages == sorted(stages, key=list(Stage).index)
    assert set(stages) == set(Stage)
    assert all(stage.short for stage in Stage)


def test_a_cancelled_case_is_drawn_in_the_stage_it_ended_in():
    assert stage_of(S.CANCELLED, ended_in=S.ESTIMATE) is Stage.ESTIMATE_DECISION
    assert stage_of(S.LOST) is Stage.ENQUIRY_INTAKE
    assert stage_of(S.ADMITTED) is Stage.ABROAD


def test_each_kind_enters_a_stage_at_its_own_first_state():
    assert first_state(Stage.LETTER_TRAVEL, JourneyKind.TREATMENT) is S.PREAUTH
    assert first_state(Stage.LETTER_TRAVEL, JourneyKind.CHECK_UP) is S.TRAVEL_PREP
    assert first_state(Stage.ABROAD, JourneyKind.TREATMENT, is_domestic=True) is S.WORKUP
    assert first_state(Stage.ABROAD, JourneyKind.SECOND_OPINION) is None


# Going on to a later stage


def test_the_way_home_names_everything_that_is_missing_in_one_go():
    abroad = facts(letters=(), payer_path=PayerPath.GUARANTEE_LETTER, is_excess_settled=False, mrn="")

    way = way_to(S.ADMITTED, S.DISCHARGED, abroad)

    assert way.steps == (S.DISCHARGE_PENDING, S.DISCHARGED)
    assert [p.code for p in way.problems] == ["NO_ADMISSION", "NO_FINAL_LETTER", "EXCESS"]
    assert way.override is Override.SUPERVISOR
    assert all(p.cure for p in way.problems)


def test_there_is_no_way_back_and_none_to_where_a_kind_never_goes():
    assert way_to(S.ADMITTED, S.INTAKE, READY) is None
    assert way_to(S.INTAKE, S.ADMITTED, facts(kind=JourneyKind.SECOND_OPINION)) is None


def test_an_end_beside_the_path_is_one_step_away():
    assert way_to(S.ESTIMATE, S.CANCELLED, READY).steps == (S.CANCELLED,)


# Ends


@pytest.mark.parametrize("state", BEFORE_TRAVEL)
def test_a_lead_is_lost_by_itself_after_sixty_days_without_contact(state):
    assert move_by_time(state, READY).to is S.LOST
    assert move_by_time(state, facts(last_contact_on=TODAY - dt.timedelta(days=59))) is None
    assert move_by_time(state, facts(last_contact_on=None)) is None


def test_nothing_happens_by_itself_abroad():
    assert all(move_by_time(state, READY) is None for state in AWAY_AND_AFTER)


def test_a_case_is_cancelled_before_travel_with_its_reason_only():
    with pytest.raises(Refused) as refused:
        check_move(S.ESTIMATE, S.CANCELLED, facts(cancel_reason=None), roles=BOTH_ROLES, reason="x")

    assert codes(refused) == ["NO_CANCEL_REASON"]
    assert S.CANCELLED not in {m.to for m in moves(S.ADMITTED, READY)}


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ("open_claims", "OPEN_CLAIMS"),
        ("open_queries", "OPEN_QUERIES"),
        ("open_debts", "OPEN_DEBTS"),
        ("open_complaints", "OPEN_COMPLAINTS"),
    ],
)
def test_a_case_with_something_open_does_not_close(what, code):
    with pytest.raises(Refused) as refused:
        check_move(S.FOLLOW_UP, S.CLOSED, facts(**{what: 2}))

    assert codes(refused) == [code]


@pytest.mark.parametrize("state", [S.CLOSED, S.CANCELLED, S.LOST])
def test_a_supervisor_reopens_within_ninety_days_with_a_reason(state):
    ended = facts(came_from=S.FOLLOW_UP, ended_on=TODAY - dt.timedelta(days=90))

    with pytest.raises(Refused) as without_reason:
        check_move(state, S.FOLLOW_UP, ended, roles=BOTH_ROLES)
    with pytest.raises(Refused) as no_supervisor:
        check_move(state, S.FOLLOW_UP, ended, reason="a late bill came")
    passage = check_move(state, S.FOLLOW_UP, ended, roles=BOTH_ROLES, reason="a late bill came")

    assert codes(without_reason) == ["NEEDS_REASON"]
    assert codes(no_supervisor) == ["NEEDS_SUPERVISOR"]
    assert (passage.to, passage.reason) == (S.FOLLOW_UP, "a late bill came")


def test_reopening_after_ninety_days_is_refused_to_everybody():
    ended = facts(came_from=S.FOLLOW_UP, ended_on=TODAY - dt.timedelta(days=91))

    with pytest.raises(Refused) as refused:
        check_move(S.CLOSED, S.FOLLOW_UP, ended, roles=BOTH_ROLES, reason="a late bill came")

    assert codes(refused) == ["TOO_LATE_TO_REOPEN"]


def test_death_is_final_and_needs_its_day():
    assert moves(S.DECEASED, READY) == []
    with pytest.raises(Refused) as refused:
        check_move(S.ADMITTED, S.DECEASED, facts(death_on=None), roles=BOTH_ROLES, reason="x")
    assert codes(refused) == ["NO_DEATH"]


def test_entry_modes_are_four():
    assert len(EntryMode) == 4


@pytest.mark.parametrize(
    ("more", "guard"),
    [({"deposit_left": Money.of("300", "MYR")}, "deposit_back"), ({"open_complaints": 1}, "complaints_answered")],
)
def test_a_case_is_not_cancelled_over_a_deposit_or_an_open_complaint(more, guard):
    with pytest.raises(Refused) as refused:
        check_move(S.TRAVEL_PREP, S.CANCELLED, facts(cancel_reason=CancelReason.COST, **more), roles=(Role.OFFICER,))

    assert [b.guard for b in refused.value.problems] == [guard]
