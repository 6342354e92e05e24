"""What the insurer says about a claim and what we answer: questions, decisions line by line, appeals, payments."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.claims import (
    AppealDraft,
    ClaimDecisionDraft,
    ClaimQueryDraft,
    ClaimState,
    LineDecisionDraft,
    check_appeal,
    check_claim_query,
    check_decision,
    check_line_decision,
)
from liaison.domain.errors import refuse_if
from liaison.domain.fields import problem
from liaison.domain.money import Money
from liaison.domain.payments import PaymentDraft
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services.changes import Changes, add, changes, clock, fill, get, today
from liaison.services.claim_steps import open_answer
from liaison.services.claims import claim_moves, lines_of, move_claim, touched
from liaison.services.payments import record_payment
from liaison.services.recovery import keep_decision
from liaison.store.models import AppealRow, ClaimLineRow, ClaimQueryRow, ClaimRow

_S = ClaimState

NO_ANSWER = N_("Write down the answer.")
ANSWERED_ALREADY = N_("This question was answered already.")
NOT_ASKED_NOW = N_("The insurer can only ask about a claim that is in review.")
OTHER_LINE = N_("This line belongs to another claim.")


# questions


def ask_claim_query(session: Session, draft: ClaimQueryDraft) -> Changes:
    """Write down a question of the insurer about a claim; answering it becomes a step of ours."""
    row = get(session, ClaimRow, draft.claim_id)
    problems = check_claim_query(draft, now=clock(session))
    if row.state not in (_S.IN_REVIEW, _S.QUERIED):
        problems.append(problem("NOT_ASKED_NOW", NOT_ASKED_NOW))
    refuse_if(problems)
    query = add(session, fill(ClaimQueryRow(), draft))
    done = changes(("claim", row.id), ("journey", row.journey_id), made=query.id)
    if row.state is _S.IN_REVIEW:
        done |= move_claim(session, row.id, _S.QUERIED, note=draft.question)
    open_answer(session, row, due_on=draft.due_on)
    return done


def answer_claim_query(session: Session, query_id: int, answer: str) -> Changes:
    """Write down our answer; with the last one the claim goes back into review."""
    query = get(session, ClaimQueryRow, query_id)
    problems = []
    if not answer.strip():
        problems.append(problem("MISSING", NO_ANSWER, "answer"))
    if query.answered_at is not None:
        problems.append(problem("ANSWERED_ALREADY", ANSWERED_ALREADY))
    refuse_if(problems)
    query.answered_at, query.answer = clock(session), answer.strip()
    session.flush()
    row = get(session, ClaimRow, query.claim_id)
    unanswered = sa.select(ClaimQueryRow.id).where(
        ClaimQueryRow.claim_id == row.id, ClaimQueryRow.answered_at.is_(None)
    )
    if row.state is _S.QUERIED and session.scalar(unanswered.limit(1)) is None:
        return move_claim(session, row.id, _S.IN_REVIEW)
    return touched(row)


# decisions


def decide_claim(
    session: Session,
    key: int,
    draft: ClaimDecisionDraft,
    *,
    note: str = "",
    override_reason: str = "",
    version: int | None = None,
) -> Changes:
    """Write down the insurer's decision, line by line where it says so, and move the claim to it.

    Without an amount the lines' approved amounts add up to it; what was not approved is the patient's share.
    """
    row = get(session, ClaimRow, key, version=version, fields=("state", "approved_minor"))
    approved = draft.approved or _sum_of_lines(session, row, draft)
    decision = ClaimDecisionDraft(
        decided_on=draft.decided_on, outcome=draft.outcome, approved=approved, reason=draft.reason,
        reason_note=draft.reason_note, lines=draft.lines,
    )  # fmt: skip
    billed = Money(row.billed_minor, row.currency)
    refuse_if(
        [*check_decision(decision, billed=billed, today=today(session)), *_problems_of_lines(session, row, draft.lines)]
    )
    decide_lines(session, key, draft.lines)
    may_follow = _follows_approval(row)
    row.approved_minor = 0 if approved is None or draft.outcome is _S.REJECTED else approved.minor
    if may_follow:
        part = draft.outcome is _S.PARTIALLY_APPROVED
        row.not_covered_minor = row.billed_minor - row.approved_minor if part else None
    row.decided_on = draft.decided_on
    session.flush()
    done = move_claim(
        session, key, draft.outcome, reason=draft.reason, reason_note=draft.reason_note, note=note,
        override_reason=override_reason,
    )  # fmt: skip
    keep_decision(session, row, reason=draft.reason)
    _answer_from_decision(session, row, draft)
    return done


def _follows_approval(row: ClaimRow) -> bool:
    """Whether what is not covered was worked out by an earlier decision, and so follows the next one."""
    if row.not_covered_minor is None:
        return True
    return row.approved_minor is not None and row.not_covered_minor == row.billed_minor - row.approved_minor


def decide_lines(session: Session, key: int, decisions: tuple[LineDecisionDraft, ...]) -> Changes:
    """Write down what the insurer approved of each line, with the reason where it cut one."""
    row = get(session, ClaimRow, key)
    refuse_if(_problems_of_lines(session, row, decisions))
    for decision in decisions:
        line = get(session, ClaimLineRow, decision.line_id)
        line.approved_minor, line.reason = decision.approved.minor, decision.reason
        line.note = decision.note.strip() or line.note
    session.flush()
    return touched(row)


def _problems_of_lines(session: Session, row: ClaimRow, decisions: tuple[LineDecisionDraft, ...]) -> list[Problem]:
    lines = {line.id: line for line in lines_of(session, row.id)}
    found: list[Problem] = []
    for decision in decisions:
        line = lines.get(decision.line_id)
        if line is None:
            found.append(problem("OTHER_LINE", OTHER_LINE, "lines"))
            continue
        claimed = Money(line.claimed_minor, row.currency)
        found += [
            problem(p.code, p.message, "lines", line=line.position, **p.values)
            for p in check_line_decision(claimed, decision.approved, decision.reason, decision.note)
        ]
    return found


def _sum_of_lines(session: Session, row: ClaimRow, draft: ClaimDecisionDraft) -> Money | None:
    if not draft.lines or draft.outcome is _S.REJECTED:
        return None
    decided = {d.line_id: d.approved.minor for d in draft.lines}
    amounts = [decided.get(line.id, line.claimed_minor) for line in lines_of(session, row.id)]
    return Money(sum(amounts), row.currency)


# appeals and payments


def appeal(session: Session, draft: AppealDraft, *, override_reason: str = "", note: str = "") -> Changes:
    """File an appeal (tinjau ulang) with new evidence, once per level."""
    row = get(session, ClaimRow, draft.claim_id)
    refuse_if(check_appeal(draft, today=today(session)))
    done = move_claim(
        session, row.id, _S.APPEALED, evidence=draft.evidence, note=note or draft.evidence,
        override_reason=override_reason,
    )  # fmt: skip
    filed = fill(AppealRow(level=row.appeal_level + 1), draft)
    add(session, filed)
    return done | changes(("claim", row.id), made=filed.id)


def _answer_from_decision(session: Session, row: ClaimRow, draft: ClaimDecisionDraft) -> None:
    """A decision after an appeal is its answer, unless one was written down already."""
    filed = sa.select(AppealRow).where(AppealRow.claim_id == row.id, AppealRow.level == row.appeal_level)
    answered = session.scalar(filed)
    if answered is not None and not answered.outcome:
        answered.outcome, answered.answered_on = draft.outcome.label, draft.decided_on
        session.flush()


def answer_appeal(session: Session, claim_id: int, *, outcome: str) -> Changes:
    """Write down what came of the newest appeal."""
    filed = sa.select(AppealRow).where(AppealRow.claim_id == claim_id).order_by(AppealRow.level.desc()).limit(1)
    newest = session.scalar(filed)
    row = get(session, ClaimRow, claim_id)
    if newest is not None:
        newest.outcome, newest.answered_on = outcome.strip(), today(session)
        session.flush()
    return touched(row)


def record_claim_payment(session: Session, draft: PaymentDraft) -> Changes:
    """Write down an insurer's payment of a claim, and move the claim to "paid" as far as its table lets it."""
    done = record_payment(session, draft)
    if draft.claim_id is None:
        return done
    for to in (_S.PAYMENT_PENDING, _S.PAID):
        move = next((m for m in claim_moves(session, draft.claim_id) if m.to is to), None)
        if move is not None and move.is_free:
            done |= move_claim(session, draft.claim_id, to, on=draft.paid_on)
    return done
