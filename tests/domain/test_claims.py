from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison.domain.claim_moves import (
    CYCLE,
    GUARDS,
    ClaimFacts,
    check_move,
    level_after,
    move_by_time,
    move_of_documents,
    moves,
)
from liaison.domain.claims import (
    STATES,
    TRANSITIONS,
    AppealDraft,
    ClaimDecisionDraft,
    ClaimDraft,
    ClaimLineDraft,
    ClaimQueryDraft,
    ClaimState,
    LineCategory,
    check_appeal,
    check_claim,
    check_claim_query,
    check_decision,
    check_line_decision,
    is_open,
    lines_sum,
)
from liaison.domain.codes import ReasonCode
from liaison.domain.errors import Refused
from liaison.domain.money import Money
from liaison.domain.offices import BOTH_ROLES

K = ClaimState
TODAY = dt.date(2026, 11, 20)
NOW = dt.datetime(2026, 11, 20, 7, tzinfo=dt.UTC)


def ringgit(amount):
    return Money.of(amount, "MYR")


READY = ClaimFacts(
    today=TODAY,
    billed=ringgit("1000"),
    lines_total=ringgit("1000"),
    is_checklist_complete=True,
    submitted_on=TODAY,
    channel="portal",
    submit_by=TODAY,
    claim_no="K-1",
    approved=ringgit("1000"),
    reason=ReasonCode.R10,
    reason_note="entered twice",
    evidence="doctor's statement",
    decided_on=TODAY,
    paid=ringgit("1000"),
)

NEEDS = {
    "incomplete": {"is_checklist_complete": False},
    "approved_part": {"approved": ringgit("600")},
    "short_paid": {"paid": ringgit("600")},
    "window_passed": {"submit_by": TODAY - dt.timedelta(days=1)},
}


def facts(base=READY, **changes):
    return dataclasses.replace(base, **changes)


def suiting(transition):
    changes = {}
    for name in transition.guards:
        changes |= NEEDS.get(name, {})
    return facts(**changes)


def codes(refused):
    return [p.code for p in refused.value.problems]


# The table


@pytest.mark.parametrize("transition", TRANSITIONS, ids=lambda t: f"{t.start}-{t.to}")
def test_every_legal_move_passes_when_its_facts_are_there(transition):
    passage = check_move(transition.start, transition.to, suiting(transition), roles=BOTH_ROLES, reason="asked for")

    assert (passage.to, passage.overridden) == (transition.to, ())


def test_every_move_that_is_not_in_the_table_is_refused():
    legal = {(t.start, t.to) for t in TRANSITIONS}

    for start in K:
        for to in K:
            if (start, to) not in legal:
                with pytest.raises(Refused) as refused:
                    check_move(start, to, READY, roles=BOTH_ROLES, reason="it must be")
                assert codes(refused) == ["ILLEGAL_MOVE"]


def test_a_paid_claim_cannot_go_back_to_submitted():
    with pytest.raises(Refused):
        check_move(K.PAID, K.SUBMITTED, READY, roles=BOTH_ROLES, reason="x")


def test_every_guard_and_every_state_is_used():
    assert set(GUARDS) == {n for t in TRANSITIONS for n in t.guards}
    assert set(STATES) == set(K) == {t.start for t in TRANSITIONS} | {t.to for t in TRANSITIONS}
    assert all(CYCLE.leaving(s) for s in K if is_open(s))


@given(st.data())
def test_every_walk_uses_each_level_of_appeal_once_and_can_come_to_an_end(data):
    here, level, appeals = K.DRAFT, 0, []

    for _ in range(60):
        known = facts(appeal_level=level, approved=data.draw(st.sampled_from([ringgit("600"), ringgit("1000")])),
                      paid=data.draw(st.sampled_from([ringgit("500"), ringgit("1000")])),
                      residual_note="bank charges", submit_by=None,
                      is_checklist_complete=data.draw(st.booleans()))  # fmt: skip
        free = [m.to for m in moves(here, known) if m.is_free]
        if not free:
            break
        to = data.draw(st.sampled_from(free))
        if to is K.APPEALED:
            appeals.append(level)
        level = level_after(here, to, level)
        here = to

    assert len(appeals) == len(set(appeals)) <= 2


# Guards


def test_a_total_that_is_a_cent_off_cannot_become_ready():
    off = facts(lines_total=ringgit("999.99"), reason=ReasonCode.R16)

    for start in (K.DRAFT, K.INCOMPLETE):
        with pytest.raises(Refused) as refused:
            check_move(start, K.READY, off, roles=BOTH_ROLES, reason="only a cent")
        assert codes(refused) == ["LINES_SUM"]
    assert refused.value.problems[0].values["difference"] == ringgit("0.01")


def test_lines_in_another_currency_never_add_up():
    assert GUARDS["adds_up"].asks(facts(lines_total=Money(1, "IDR"))).code == "TWO_CURRENCIES"
    assert GUARDS["adds_up"].asks(facts(lines_total=None)) is None


def test_two_currencies_need_a_rate_rule():
    assert GUARDS["rate_rule"].asks(facts(has_rate_rule=False)).code == "NO_RATE_RULE"


def test_a_claim_sent_late_needs_a_supervisor_and_a_reason():
    late = facts(submit_by=TODAY - dt.timedelta(days=1))

    with pytest.raises(Refused) as refused:
        check_move(K.READY, K.SUBMITTED, late, reason="the hospital was slow")
    passage = check_move(K.READY, K.SUBMITTED, late, roles=BOTH_ROLES, reason="the hospital was slow")

    assert codes(refused) == ["LATE", "NEEDS_SUPERVISOR"]
    assert [p.code for p in passage.overridden] == ["LATE"]
    assert GUARDS["in_time"].asks(facts(submit_by=None)) is None


def test_a_claim_is_barred_by_itself_when_its_window_passes():
    late = facts(submit_by=TODAY - dt.timedelta(days=1))

    for state in (K.DRAFT, K.INCOMPLETE, K.READY):
        assert move_by_time(state, late).to is K.TIME_BARRED
        assert move_by_time(state, READY) is None
    assert move_by_time(K.SUBMITTED, late) is None


def test_a_barred_claim_is_sent_by_a_supervisor_with_a_reason_only():
    with pytest.raises(Refused) as no_reason:
        check_move(K.TIME_BARRED, K.SUBMITTED, READY, roles=BOTH_ROLES)
    with pytest.raises(Refused) as no_supervisor:
        check_move(K.TIME_BARRED, K.SUBMITTED, READY, reason="the insurer agreed")

    assert codes(no_reason) == ["NEEDS_REASON"]
    assert codes(no_supervisor) == ["NEEDS_SUPERVISOR"]


def test_the_program_sorts_a_draft_by_its_documents():
    assert move_of_documents(K.DRAFT, READY).to is K.READY
    assert move_of_documents(K.DRAFT, facts(is_checklist_complete=False)).to is K.INCOMPLETE
    assert move_of_documents(K.INCOMPLETE, facts(is_checklist_complete=False)) is None
    assert move_of_documents(K.SUBMITTED, READY) is None


def test_approved_in_full_is_what_was_billed_less_the_patients_share():
    assert GUARDS["approved_whole"].asks(facts(approved=ringgit("900"), cost_share=ringgit("100"))) is None
    assert GUARDS["approved_whole"].asks(facts(approved=ringgit("900"))).code == "NOT_WHOLE"
    assert GUARDS["approved_whole"].asks(facts(approved=None)).code == "MISSING_APPROVED"


@pytest.mark.parametrize(
    ("approved", "code"), [("0", "NOT_PART"), ("1000", "NOT_PART"), ("0.01", None), ("999.99", None)]
)
def test_approved_in_part_lies_between(approved, code):
    problem = GUARDS["approved_part"].asks(facts(approved=ringgit(approved)))

    assert (problem and problem.code) == code
    assert GUARDS["approved_part"].asks(facts(approved=None)).code == "MISSING_APPROVED"


def test_every_line_that_was_cut_says_why():
    assert GUARDS["line_reasons"].asks(facts(lines_without_reason=2)).values == {"count": 2}
    assert GUARDS["line_reasons"].asks(facts(lines_total=None, reason=None)).code == "NO_REASON"
    assert GUARDS["line_reasons"].asks(facts(lines_total=None)) is None


def test_a_rejection_needs_its_reason_and_other_needs_words():
    assert GUARDS["reason"].asks(facts(reason=None)).code == "NO_REASON"
    assert GUARDS["reason"].asks(facts(reason=ReasonCode.R99, reason_note="")).code == "REASON_WORDS"


def test_an_appeal_needs_new_evidence_within_sixty_days_and_a_level_that_is_left():
    tired = facts(evidence="", decided_on=TODAY - dt.timedelta(days=61), appeal_level=2)

    with pytest.raises(Refused) as refused:
        check_move(K.REJECTED, K.APPEALED, tired)

    assert codes(refused) == ["NO_EVIDENCE", "APPEAL_LATE", "LAST_LEVEL"]
    assert refused.value.problems[1].values["end"] == TODAY - dt.timedelta(days=1)
    assert GUARDS["appeal_in_time"].asks(facts(decided_on=None)) is None
    assert level_after(K.APPEALED, K.IN_REVIEW, 0) == 1
    assert level_after(K.QUERIED, K.IN_REVIEW, 1) == 1


def test_nothing_is_paid_without_a_payment():
    assert GUARDS["payment"].asks(facts(paid=None)).code == "NO_PAYMENT"
    assert GUARDS["payment"].asks(facts(paid=ringgit("0"))).code == "NO_PAYMENT"


def test_a_short_payment_is_explained_or_disputed():
    short = facts(paid=ringgit("998.99"))

    assert GUARDS["residual"].asks(short).values == {"missing": ringgit("1.01")}
    assert GUARDS["residual"].asks(facts(short, residual_note="bank charges")) is None
    assert GUARDS["short_paid"].asks(short) is None
    assert GUARDS["short_paid"].asks(facts(paid=ringgit("999"))).code == "PAID_IN_FULL"
    assert GUARDS["residual"].asks(facts(paid=Money(1, "IDR"))) is None


@pytest.mark.parametrize(
    ("name", "changes", "code"),
    [
        ("checklist", {"is_checklist_complete": False}, "CHECKLIST"),
        ("incomplete", {}, "NOTHING_MISSING"),
        ("sent", {"channel": ""}, "NOT_SENT"),
        ("claim_number", {"claim_no": " "}, "NO_CLAIM_NO"),
        ("queries_answered", {"open_queries": 1}, "OPEN_QUERIES"),
        ("reason_in_words", {"reason_note": " "}, "NEEDS_REASON"),
        ("window_passed", {"submit_by": None}, "STILL_IN_TIME"),
    ],
)
def test_what_stands_in_the_way_is_named(name, changes, code):
    assert GUARDS[name].asks(facts(**changes)).code == code


def test_void_and_reopened_are_a_supervisors():
    for start, to in ((K.IN_REVIEW, K.VOID), (K.CLOSED, K.REOPENED)):
        with pytest.raises(Refused) as refused:
            check_move(start, to, READY)
        assert codes(refused) == ["NEEDS_SUPERVISOR"]


# Drafts


def line(amount="1000", **more):
    return ClaimLineDraft(**{"category": LineCategory.RNB, "claimed": ringgit(amount), **more})


def claim(**changes):
    return ClaimDraft(**{"patient_id": 1, "cover_id": 2, "billed": ringgit("1000"), **changes})


def test_a_good_claim_passes():
    assert (
        check_claim(claim(lines=(line("600"), line("400")), admitted_on=TODAY, discharged_on=TODAY), today=TODAY) == []
    )
    assert lines_sum((line("600"), line("400")), "MYR") == ringgit("1000")


def test_amount_zero_and_a_date_ahead_are_told_together():
    problems = check_claim(claim(billed=ringgit("0"), admitted_on=TODAY + dt.timedelta(days=1)), today=TODAY)

    assert {p.field for p in problems} == {"billed", "admitted_on"}


@pytest.mark.parametrize(
    ("changes", "code", "severity"),
    [
        ({"admitted_on": TODAY, "discharged_on": dt.date(2026, 11, 1)}, "ENDS_BEFORE_START", "error"),
        ({"approved": Money(1, "IDR")}, "TWO_CURRENCIES", "error"),
        ({"not_covered": ringgit("-1")}, "NEGATIVE", "error"),
        ({"intensive_nights": -1}, "NEGATIVE", "error"),
        (
            {"intensive_nights": 3, "admitted_on": dt.date(2026, 10, 20), "discharged_on": dt.date(2026, 10, 22)},
            "MORE_NIGHTS",
            "error",
        ),
        ({"approved": ringgit("1001")}, "MORE_THAN_BILLED", "warning"),
        ({"reason": ReasonCode.R99}, "REASON_WORDS", "error"),
        ({"diagnosis_code": "Q99999"}, "ICD10", "warning"),
        ({"lines": (line("999.99"),)}, "LINES_SUM", "warning"),
        ({"lines": (ClaimLineDraft(claimed=Money(1, "IDR")),)}, "TWO_CURRENCIES", "error"),
        ({"lines": (line("1001"), line("-1"))}, "LINE_NEGATIVE", "error"),
        ({"lines": (line("1000", approved=ringgit("600")),)}, "LINE_REASON", "error"),
    ],
)
def test_what_is_wrong_with_a_claim(changes, code, severity):
    assert [(p.code, p.severity) for p in check_claim(claim(**changes), today=TODAY)] == [(code, severity)]


def test_nights_in_intensive_care_pass_within_the_stay_and_without_its_dates():
    stay = {"admitted_on": dt.date(2026, 10, 20), "discharged_on": dt.date(2026, 10, 22)}

    assert not check_claim(claim(intensive_nights=2, **stay), today=TODAY)
    assert not check_claim(claim(intensive_nights=9), today=TODAY)


def test_rounding_may_be_negative():
    lines = (line("1000.02"), line("-0.02", category=LineCategory.ROUND))

    assert check_claim(claim(lines=lines), today=TODAY) == []


@pytest.mark.parametrize(
    ("approved", "reason", "note", "code"),
    [
        (ringgit("1000"), None, "", None),
        (ringgit("600"), ReasonCode.R16, "", None),
        (ringgit("600"), None, "", "LINE_REASON"),
        (ringgit("600"), ReasonCode.R99, "", "REASON_WORDS"),
        (ringgit("600"), ReasonCode.R99, "telephone", None),
        (ringgit("1001"), ReasonCode.R16, "", "LINE_APPROVED"),
        (ringgit("-1"), ReasonCode.R16, "", "LINE_APPROVED"),
        (Money(1, "IDR"), None, "", "TWO_CURRENCIES"),
    ],
)
def test_decisions_on_a_line(approved, reason, note, code):
    assert [p.code for p in check_line_decision(ringgit("1000"), approved, reason, note)] == ([code] if code else [])


def decision(**changes):
    return ClaimDecisionDraft(**{"decided_on": TODAY, "outcome": K.APPROVED, "approved": ringgit("1000"), **changes})


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"outcome": K.PAID}, ["NO_DECISION"]),
        ({"approved": None}, ["MISSING_APPROVED"]),
        ({"outcome": K.REJECTED, "approved": None}, ["NO_REASON"]),
        ({"outcome": K.REJECTED, "approved": None, "reason": ReasonCode.R99}, ["REASON_WORDS"]),
        ({"outcome": K.REJECTED, "approved": None, "reason": ReasonCode.R05}, []),
        ({"decided_on": TODAY + dt.timedelta(days=1)}, ["IN_FUTURE"]),
        ({"approved": Money(1, "IDR")}, ["TWO_CURRENCIES"]),
    ],
)
def test_decisions_on_a_claim(changes, found):
    assert [p.code for p in check_decision(decision(**changes), billed=ringgit("1000"), today=TODAY)] == found


def test_questions_and_appeals_do_not_lie_ahead():
    ahead = NOW + dt.timedelta(days=1)

    assert check_claim_query(ClaimQueryDraft(claim_id=1, asked_at=NOW, question="lab?"), now=NOW) == []
    assert [p.code for p in check_claim_query(ClaimQueryDraft(claim_id=1, asked_at=ahead, question="?"), now=NOW)] == [
        "IN_FUTURE"
    ]
    assert check_appeal(AppealDraft(claim_id=1, filed_on=TODAY, evidence="scan"), today=TODAY) == []
    assert [
        p.code for p in check_appeal(AppealDraft(claim_id=1, filed_on=ahead.date(), evidence="x"), today=TODAY)
    ] == ["IN_FUTURE"]
