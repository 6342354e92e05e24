"""Moving a guarantee letter on: its guards, what blocks a move, and the tasks a move raises by itself.

The table stands in ``guarantees``. Source: ``domain`` 1.5, column "blocks".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from liaison.domain.codes import ReasonCode
from liaison.domain.errors import Refused
from liaison.domain.guarantees import (
    STATES,
    TRANSITIONS,
    GuaranteeState,
    Version,
    VersionKind,
    check_not_lower,
    letter_now,
)
from liaison.domain.lifecycle import Alarm, Guard, LifeCycle, Move, Override, Passage, Who, block, check_passage
from liaison.domain.money import Money
from liaison.domain.offices import Role
from liaison.domain.problems import Problem
from liaison.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class GuaranteeFacts:
    """Everything the guards of a letter ask."""

    today: dt.date
    is_checklist_complete: bool = False
    gl_no: str = ""
    versions: tuple[Version, ...] = ()
    reason: ReasonCode | None = None
    reason_note: str = ""
    open_queries: int = 0
    is_query_on_topup: bool = False
    hospital_takes_letters: bool | None = None
    """The hospital's credit arrangement, as last heard; unknown is a value and does not block."""
    is_admitted: bool = False
    has_interim_bill: bool = False
    has_final_bill: bool = False
    has_discharge_summary: bool = False
    accepted: Money | None = None
    excess: Money | None = None


def checklist(facts: GuaranteeFacts) -> Problem | None:
    """The insurer's list of documents is complete."""
    if facts.is_checklist_complete:
        return None
    return block("CHECKLIST", N_("The insurer's list of documents is not complete yet."), N_("Complete the documents"))


def letter_complete(facts: GuaranteeFacts) -> Problem | None:
    """A letter has its number, a ceiling or "as charged", its dates and the room."""
    letter = letter_now(facts.versions)
    if letter is None:
        return block("NO_LETTER", N_("The letter itself is not recorded yet."), N_("Record the letter"))
    whole = (
        facts.gl_no.strip()
        and (letter.ceiling is not None or letter.is_as_charged)
        and letter.valid_from is not None
        and letter.valid_to is not None
        and letter.room_class.strip()
    )
    if whole:
        return None
    return block(
        "LETTER_INCOMPLETE",
        N_("A letter needs its number, the ceiling or “as charged”, from when until when, and the room."),
        N_("Complete the letter"),
        "gl_no",
    )


def reason(facts: GuaranteeFacts) -> Problem | None:
    """No declined or withdrawn letter without its reason; "other" needs words."""
    if facts.reason is None:
        return block("NO_REASON", N_("Choose the insurer's reason."), N_("Choose a reason"), "reason")
    if facts.reason is ReasonCode.R99 and not facts.reason_note.strip():
        return block("REASON_WORDS", N_("Write the reason down in words."), "", "reason_note")
    return None


def queries_answered(facts: GuaranteeFacts) -> Problem | None:
    """No question of the insurer is open."""
    if not facts.open_queries:
        return None
    return block("OPEN_QUERIES", N_("Questions still open: {count}."), N_("Answer them"), count=facts.open_queries)


def hospital_accepts(facts: GuaranteeFacts) -> Problem | None:
    """A hospital without a credit arrangement takes no letter."""
    if facts.hospital_takes_letters is not False:
        return None
    return block(
        "NO_CREDIT", N_("This hospital has no credit arrangement and takes no letters."), N_("Record who pays")
    )


def interim_bill(facts: GuaranteeFacts) -> Problem | None:
    """A top-up is asked for with the interim bill."""
    if facts.has_interim_bill:
        return None
    return block("NO_INTERIM_BILL", N_("The interim bill is not recorded yet."), N_("Record the bill"))


def not_lower(facts: GuaranteeFacts) -> Problem | None:
    """The new ceiling is not below the old one."""
    letters = sorted((v for v in facts.versions if v.kind is not VersionKind.FINAL), key=lambda v: v.number)
    if len(letters) < 2:
        return block("NO_TOPUP", N_("The top-up letter itself is not recorded yet."), N_("Record the letter"))
    before, now = letters[-2].ceiling, letters[-1].ceiling
    if before is None or now is None:
        return None
    return next(iter(check_not_lower(now, before)), None)


def final_papers(facts: GuaranteeFacts) -> Problem | None:
    """The final letter is asked for with the itemised bill and the discharge summary."""
    if facts.has_final_bill and facts.has_discharge_summary:
        return None
    return block(
        "NO_FINAL_PAPERS",
        N_("The final letter is asked for with the itemised bill and the discharge summary."),
        N_("Attach both"),
    )


def accepted_amount(facts: GuaranteeFacts) -> Problem | None:
    """The final letter names what is accepted and what the patient pays."""
    if facts.accepted is not None and facts.excess is not None:
        return None
    return block(
        "NO_ACCEPTED_AMOUNT", N_("Write down the amount accepted and the excess; zero is an amount."), "", "accepted"
    )


def run_out(facts: GuaranteeFacts) -> Problem | None:
    """A letter expires the day after its last day."""
    letter = letter_now(facts.versions)
    if letter is not None and letter.valid_to is not None and facts.today > letter.valid_to:
        return None
    return block("STILL_VALID", N_("The letter is still valid."))


def not_admitted(facts: GuaranteeFacts) -> Problem | None:
    """A letter does not expire under a patient who is in hospital on it."""
    return block("ADMITTED", N_("The patient is in hospital on this letter.")) if facts.is_admitted else None


def on_request(facts: GuaranteeFacts) -> Problem | None:
    """The question was about the first request."""
    return block("ON_TOPUP", N_("The question was about the top-up.")) if facts.is_query_on_topup else None


def on_topup(facts: GuaranteeFacts) -> Problem | None:
    """The question was about the top-up."""
    return None if facts.is_query_on_topup else block("ON_REQUEST", N_("The question was about the first request."))


_O, _SV = Override.OFFICER, Override.SUPERVISOR

GUARDS: Mapping[str, Guard[GuaranteeFacts]] = {
    g.name: g
    for g in (
        Guard(name="checklist", asks=checklist, override=_O),
        Guard(name="letter_complete", asks=letter_complete, override=_SV),
        Guard(name="reason", asks=reason),
        Guard(name="queries_answered", asks=queries_answered, override=_O),
        Guard(name="hospital_accepts", asks=hospital_accepts, override=_SV),
        Guard(name="interim_bill", asks=interim_bill, override=_O),
        Guard(name="not_lower", asks=not_lower, override=_SV),
        Guard(name="final_papers", asks=final_papers, override=_O),
        Guard(name="accepted_amount", asks=accepted_amount),
        Guard(name="run_out", asks=run_out),
        Guard(name="not_admitted", asks=not_admitted),
        Guard(name="on_request", asks=on_request, hides=True),
        Guard(name="on_topup", asks=on_topup, hides=True),
    )
}

CYCLE: LifeCycle[GuaranteeState, GuaranteeFacts] = LifeCycle(states=STATES, transitions=TRANSITIONS, guards=GUARDS)


def moves(state: GuaranteeState, facts: GuaranteeFacts) -> list[Move[GuaranteeState]]:
    """Every move of a letter out of a state, blocked ones with their problems."""
    return CYCLE.moves(state, facts)


def check_move(
    state: GuaranteeState,
    to: GuaranteeState,
    facts: GuaranteeFacts,
    *,
    roles: Collection[Role] = (Role.OFFICER,),
    reason: str = "",
) -> Passage[GuaranteeState]:
    """Let a letter pass from one state to another, or raise :class:`Refused` with every problem and its cure."""
    move = next((m for m in moves(state, facts) if m.to == to), None)
    if move is None:
        raise Refused(
            [
                Problem(
                    code="ILLEGAL_MOVE",
                    message=N_("A guarantee letter cannot go from “{start}” to “{to}”."),
                    values={"start": state, "to": to},
                )
            ]
        )
    return check_passage(state, move, roles=roles, reason=reason)


def move_by_time(state: GuaranteeState, facts: GuaranteeFacts) -> Passage[GuaranteeState] | None:
    """The move that time alone makes: a letter runs out before admission. ``None`` if there is none today."""
    for transition in CYCLE.leaving(state):
        if transition.to is GuaranteeState.EXPIRED and not CYCLE.problems(transition, facts):
            return Passage(start=state, to=transition.to)
    return None


_ALARMS: Mapping[GuaranteeState, tuple[str, int]] = {
    GuaranteeState.WITHDRAWN: (N_("Letter withdrawn: call the insurer and tell the hospital"), 1),
    GuaranteeState.DECLINED: (N_("Letter declined: tell the patient and choose the next way"), 4),
    GuaranteeState.EXPIRED: (N_("Letter expired: ask for a new one"), 4),
    GuaranteeState.QUERIED: (N_("Answer the insurer's question"), 24),
    GuaranteeState.FINAL_QUERIED: (N_("Answer the insurer's question about the final bill"), 4),
    GuaranteeState.CONVERTED: (N_("Explain to the patient which originals to keep for the claim"), 24),
}
"""What a letter's new state makes urgent, and within how many hours."""


def alarms(to: GuaranteeState, now: dt.datetime) -> list[Alarm]:
    """The tasks that entering a state raises by itself; a withdrawn letter is due in one hour."""
    if to not in _ALARMS:
        return []
    label, hours = _ALARMS[to]
    return [Alarm(label=label, due=now + dt.timedelta(hours=hours))]


def may_close_by_itself(state: GuaranteeState) -> bool:
    """Whether the table lets a letter be closed from a state."""
    return any(t.to is GuaranteeState.CLOSED and t.who is Who.SYSTEM for t in CYCLE.leaving(state))
