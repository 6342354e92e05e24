"""Moving a claim on: its guards and what blocks a move.

The table stands in ``claims``. Source: ``domain`` 1.6, column "blocks".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from liaison.domain.claims import APPEAL_DAYS, APPEAL_LEVELS, STATES, TRANSITIONS, ClaimState
from liaison.domain.codes import ReasonCode
from liaison.domain.errors import Refused
from liaison.domain.lifecycle import NEEDS_REASON, Guard, LifeCycle, Move, Override, Passage, Who, block, check_passage
from liaison.domain.money import Money
from liaison.domain.offices import Role
from liaison.domain.problems import Problem
from liaison.i18n import N_

TOLERANCE_MINOR = 100
"""One unit of the currency: a smaller difference between approved and paid is a bank's, not the insurer's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFacts:
    """Everything the guards of a claim ask."""

    today: dt.date
    billed: Money
    lines_total: Money | None = None
    """What the lines add up to; ``None`` for a claim without lines."""
    is_checklist_complete: bool = False
    has_rate_rule: bool = True
    """Whether it is settled by which day's rate the claim is converted, where two currencies meet."""
    submitted_on: dt.date | None = None
    channel: str = ""
    submit_by: dt.date | None = None
    claim_no: str = ""
    open_queries: int = 0
    approved: Money | None = None
    cost_share: Money | None = None
    """What the plan leaves to the patient: deductible, co-payment, items not covered."""
    reason: ReasonCode | None = None
    reason_note: str = ""
    lines_without_reason: int = 0
    """Lines approved for less than claimed, without a reason."""
    evidence: str = ""
    decided_on: dt.date | None = None
    appeal_level: int = 0
    paid: Money | None = None
    residual_note: str = ""
    """Why less was paid than approved, where that was accepted."""


def checklist(facts: ClaimFacts) -> Problem | None:
    """The list of documents is complete."""
    if facts.is_checklist_complete:
        return None
    return block("CHECKLIST", N_("Documents are still missing."), N_("Complete the documents"))


def incomplete(facts: ClaimFacts) -> Problem | None:
    """Documents are missing."""
    return block("NOTHING_MISSING", N_("No document is missing.")) if facts.is_checklist_complete else None


def adds_up(facts: ClaimFacts) -> Problem | None:
    """The lines add up to the bill, to the last cent."""
    if facts.lines_total is None or facts.lines_total == facts.billed:
        return None
    if facts.lines_total.currency != facts.billed.currency:
        return block("TWO_CURRENCIES", N_("All amounts of a claim are in one currency."), "", "lines")
    return block(
        "LINES_SUM",
        N_("The lines add up to {added}, the bill says {billed}. The difference is {difference}."),
        N_("Correct the lines"),
        "lines",
        added=facts.lines_total,
        billed=facts.billed,
        difference=facts.billed - facts.lines_total,
    )


def rate_rule(facts: ClaimFacts) -> Problem | None:
    """It is settled by which day's rate the claim is converted."""
    if facts.has_rate_rule:
        return None
    return block("NO_RATE_RULE", N_("It is not settled which day's rate counts."), N_("Choose the rate"))


def sent(facts: ClaimFacts) -> Problem | None:
    """When and how it was sent."""
    if facts.submitted_on is not None and facts.channel.strip():
        return None
    return block("NOT_SENT", N_("Write down when and how the claim was sent."), "", "submitted_on")


def in_time(facts: ClaimFacts) -> Problem | None:
    """Sent within the submission window; later only with a reason."""
    on = facts.submitted_on or facts.today
    if facts.submit_by is None or on <= facts.submit_by:
        return None
    return block(
        "LATE",
        N_("The last day to submit was {submit_by}. Sending it later needs a reason."),
        "",
        "submitted_on",
        submit_by=facts.submit_by,
    )


def claim_number(facts: ClaimFacts) -> Problem | None:
    """The insurer's claim number."""
    if facts.claim_no.strip():
        return None
    return block("NO_CLAIM_NO", N_("Write down the number that the insurer gave."), "", "claim_no")


def queries_answered(facts: ClaimFacts) -> Problem | None:
    """No question of the insurer is open."""
    if not facts.open_queries:
        return None
    return block("OPEN_QUERIES", N_("Questions still open: {count}."), N_("Answer them"), count=facts.open_queries)


def approved_whole(facts: ClaimFacts) -> Problem | None:
    """Approved in full: what was billed, less the patient's share."""
    if facts.approved is None:
        return block("MISSING_APPROVED", N_("Write down the amount approved."), "", "approved")
    due = facts.billed - facts.cost_share if facts.cost_share is not None else facts.billed
    if facts.approved == due:
        return None
    return block(
        "NOT_WHOLE",
        N_("Approved in full means {due}, not {approved}. Choose “partially approved”, or record the patient's share."),
        "",
        "approved",
        due=due,
        approved=facts.approved,
    )


def approved_part(facts: ClaimFacts) -> Problem | None:
    """Approved in part: more than nothing, less than billed."""
    if facts.approved is None:
        return block("MISSING_APPROVED", N_("Write down the amount approved."), "", "approved")
    if 0 < facts.approved.minor < facts.billed.minor:
        return None
    return block(
        "NOT_PART",
        N_("Approved in part means more than nothing and less than {billed}."),
        "",
        "approved",
        billed=facts.billed,
    )


def line_reasons(facts: ClaimFacts) -> Problem | None:
    """Every line that was cut says why; a claim without lines says it once."""
    if facts.lines_total is None:
        return reason(facts)
    if not facts.lines_without_reason:
        return None
    return block(
        "LINE_REASONS",
        N_("Lines cut without a reason: {count}."),
        N_("Add the reasons"),
        "lines",
        count=facts.lines_without_reason,
    )


def reason(facts: ClaimFacts) -> Problem | None:
    """The insurer's reason; "other" needs words."""
    if facts.reason is None:
        return block("NO_REASON", N_("Choose the insurer's reason."), N_("Choose a reason"), "reason")
    if facts.reason is ReasonCode.R99 and not facts.reason_note.strip():
        return block("REASON_WORDS", N_("Write the reason down in words."), "", "reason_note")
    return None


def reason_in_words(facts: ClaimFacts) -> Problem | None:
    """Our own reason, in words."""
    return None if facts.reason_note.strip() else NEEDS_REASON


def evidence(facts: ClaimFacts) -> Problem | None:
    """An appeal stands on new evidence."""
    if facts.evidence.strip():
        return None
    return block("NO_EVIDENCE", N_("An appeal needs new evidence."), N_("Add the evidence"), "evidence")


def appeal_in_time(facts: ClaimFacts) -> Problem | None:
    """An appeal comes within 60 days of the decision; insurers may set another window."""
    if facts.decided_on is None or (facts.today - facts.decided_on).days <= APPEAL_DAYS:
        return None
    return block(
        "APPEAL_LATE",
        N_("The appeal window of {days} days ended on {end}."),
        days=APPEAL_DAYS,
        end=facts.decided_on + dt.timedelta(days=APPEAL_DAYS),
    )


def appeal_left(facts: ClaimFacts) -> Problem | None:
    """One appeal per level; the decision on the last level is final."""
    if facts.appeal_level < APPEAL_LEVELS:
        return None
    return block("LAST_LEVEL", N_("All levels of appeal are used; this decision is final."))


def payment(facts: ClaimFacts) -> Problem | None:
    """Money came: amount and value date are on record."""
    if facts.paid is not None and facts.paid.minor > 0:
        return None
    return block("NO_PAYMENT", N_("No payment is recorded yet."), N_("Record the payment"))


def _difference(facts: ClaimFacts) -> Money | None:
    """What is missing between approved and paid, beyond the tolerance."""
    if facts.approved is None or facts.paid is None or facts.approved.currency != facts.paid.currency:
        return None
    missing = facts.approved - facts.paid
    return missing if missing.minor > TOLERANCE_MINOR else None


def residual(facts: ClaimFacts) -> Problem | None:
    """Nothing is missing, or it is written down why."""
    missing = _difference(facts)
    if missing is None or facts.residual_note.strip():
        return None
    return block(
        "RESIDUAL",
        N_("{missing} less was paid than approved. Write down why, or dispute it."),
        "",
        "residual_note",
        missing=missing,
    )


def short_paid(facts: ClaimFacts) -> Problem | None:
    """Less came than was approved."""
    if _difference(facts) is not None:
        return None
    return block("PAID_IN_FULL", N_("What was approved has been paid; there is nothing to dispute."))


def window_passed(facts: ClaimFacts) -> Problem | None:
    """The submission window passed."""
    if facts.submit_by is not None and facts.today > facts.submit_by:
        return None
    return block("STILL_IN_TIME", N_("The claim can still be submitted."))


_O, _SV = Override.OFFICER, Override.SUPERVISOR

GUARDS: Mapping[str, Guard[ClaimFacts]] = {
    g.name: g
    for g in (
        Guard(name="checklist", asks=checklist, override=_O),
        Guard(name="incomplete", asks=incomplete),
        Guard(name="adds_up", asks=adds_up),
        Guard(name="rate_rule", asks=rate_rule, override=_O),
        Guard(name="sent", asks=sent),
        Guard(name="in_time", asks=in_time, override=_SV),
        Guard(name="claim_number", asks=claim_number, override=_O),
        Guard(name="queries_answered", asks=queries_answered, override=_O),
        Guard(name="approved_whole", asks=approved_whole),
        Guard(name="approved_part", asks=approved_part),
        Guard(name="line_reasons", asks=line_reasons),
        Guard(name="reason", asks=reason),
        Guard(name="reason_in_words", asks=reason_in_words),
        Guard(name="evidence", asks=evidence),
        Guard(name="appeal_in_time", asks=appeal_in_time, override=_O),
        Guard(name="appeal_left", asks=appeal_left),
        Guard(name="payment", asks=payment),
        Guard(name="residual", asks=residual),
        Guard(name="short_paid", asks=short_paid),
        Guard(name="window_passed", asks=window_passed),
    )
}

CYCLE: LifeCycle[ClaimState, ClaimFacts] = LifeCycle(states=STATES, transitions=TRANSITIONS, guards=GUARDS)


def moves(state: ClaimState, facts: ClaimFacts) -> list[Move[ClaimState]]:
    """Every move of a claim out of a state, blocked ones with their problems."""
    return CYCLE.moves(state, facts)


def check_move(
    state: ClaimState,
    to: ClaimState,
    facts: ClaimFacts,
    *,
    roles: Collection[Role] = (Role.OFFICER,),
    reason: str = "",
) -> Passage[ClaimState]:
    """Let a claim pass from one state to another, or raise :class:`Refused` with every problem and its cure.

    A claim that is time-barred leaves that state only by a supervisor with a reason.
    """
    move = next((m for m in moves(state, facts) if m.to == to), None)
    if move is None:
        raise Refused(
            [
                Problem(
                    code="ILLEGAL_MOVE",
                    message=N_("A claim cannot go from “{start}” to “{to}”."),
                    values={"start": state, "to": to},
                )
            ]
        )
    if state is ClaimState.TIME_BARRED and to is ClaimState.SUBMITTED and not reason.strip():
        raise Refused([*move.problems, NEEDS_REASON])
    return check_passage(state, move, roles=roles, reason=reason)


def move_by_time(state: ClaimState, facts: ClaimFacts) -> Passage[ClaimState] | None:
    """The move that time alone makes: the submission window passed. ``None`` if there is none today."""
    for transition in CYCLE.leaving(state):
        if transition.to is ClaimState.TIME_BARRED and not CYCLE.problems(transition, facts):
            return Passage(start=state, to=transition.to)
    return None


def move_of_documents(state: ClaimState, facts: ClaimFacts) -> Passage[ClaimState] | None:
    """The move that the program makes once the documents are counted: incomplete or ready; ``None`` for neither."""
    for transition in CYCLE.leaving(state):
        by_itself = transition.who is Who.SYSTEM and transition.to is not ClaimState.TIME_BARRED
        if by_itself and not CYCLE.problems(transition, facts):
            return Passage(start=state, to=transition.to)
    return None


def level_after(state: ClaimState, to: ClaimState, level: int) -> int:
    """The appeal level after a move: one more when an appeal goes back into review."""
    return level + (state is ClaimState.APPEALED and to is ClaimState.IN_REVIEW)
