"""Moving a journey on: which moves it has, what blocks them, how far an override goes, and the way to a later stage.

The table stands in ``journeys``, the questions behind its guards in ``journey_guards``. Source: ``domain`` 1.4.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection
from dataclasses import dataclass

from liaison.domain.errors import Refused
from liaison.domain.journey_facts import JourneyFacts
from liaison.domain.journey_guards import GUARDS
from liaison.domain.journey_kinds import path_of
from liaison.domain.journeys import MAIN_PATH, REOPEN_DAYS, REOPENABLE, STATES, TRANSITIONS, JourneyState
from liaison.domain.lifecycle import NEEDS_REASON, LifeCycle, Move, Override, Passage, Who, check_passage
from liaison.domain.offices import Role
from liaison.domain.problems import Problem
from liaison.i18n import N_

CYCLE: LifeCycle[JourneyState, JourneyFacts] = LifeCycle(states=STATES, transitions=TRANSITIONS, guards=GUARDS)


def moves(state: JourneyState, facts: JourneyFacts) -> list[Move[JourneyState]]:
    """Every move out of a state that this case may make, blocked ones with their problems."""
    path = path_of(facts.kind, is_domestic=facts.is_domestic)
    found = [move for move in CYCLE.moves(state, facts) if move.to in path]
    reopening = _reopening(state, facts)
    return [*found, reopening] if reopening else found


def check_move(
    state: JourneyState,
    to: JourneyState,
    facts: JourneyFacts,
    *,
    roles: Collection[Role] = (Role.OFFICER,),
    reason: str = "",
) -> Passage[JourneyState]:
    """Let a case pass from one state to another, or raise :class:`Refused` with every problem and its cure.

    With a reason, guards are passed over as far as the roles go; what was passed over stands in the answer and prints.
    """
    move = next((m for m in moves(state, facts) if m.to == to), None)
    if move is None:
        raise Refused([_no_such_move(state, to, facts)])
    if state in REOPENABLE and not reason.strip():
        raise Refused([*move.problems, NEEDS_REASON])
    return check_passage(state, move, roles=roles, reason=reason)


def _no_such_move(state: JourneyState, to: JourneyState, facts: JourneyFacts) -> Problem:
    if to not in path_of(facts.kind):
        return Problem(
            code="NOT_IN_KIND",
            message=N_("A case of the kind “{kind}” has no stage “{to}”. Change the kind of case first."),
            values={"kind": facts.kind, "to": to},
            cure=N_("Change the kind"),
        )
    return Problem(
        code="ILLEGAL_MOVE",
        message=N_("A case cannot go from “{start}” to “{to}”."),
        values={"start": state, "to": to},
    )


def _reopening(state: JourneyState, facts: JourneyFacts) -> Move[JourneyState] | None:
    """Back to where the case ended, by a supervisor, within 90 days."""
    if state not in REOPENABLE or facts.came_from is None:
        return None
    too_late = facts.ended_on is None or (facts.today - facts.ended_on).days > REOPEN_DAYS
    problem = Problem(
        code="TOO_LATE_TO_REOPEN",
        message=N_("A case can be reopened for {days} days. Open a new one and link it."),
        values={"days": REOPEN_DAYS},
        cure=N_("Open a linked case"),
    )
    return Move(
        to=facts.came_from,
        who=Who.SUPERVISOR,
        problems=(problem,) if too_late else (),
        override=Override.NEVER if too_late else Override.OFFICER,
        note=N_("reopen"),
    )


def move_by_time(state: JourneyState, facts: JourneyFacts) -> Passage[JourneyState] | None:
    """The move that time alone makes: a lead nobody answers is lost. ``None`` if there is none today."""
    for transition in CYCLE.leaving(state):
        if transition.who is Who.SYSTEM and not CYCLE.problems(transition, facts):
            return Passage(start=state, to=transition.to)
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How a case gets to a state further on: each step, and everything that stands in the way of any of them."""

    steps: tuple[JourneyState, ...]
    problems: tuple[Problem, ...]
    override: Override


def way_to(state: JourneyState, to: JourneyState, facts: JourneyFacts) -> Way | None:
    """The shortest legal way on to a state; ``None`` where there is none. Several guards are told in one go."""
    before: dict[JourneyState, tuple[JourneyState, Move[JourneyState]]] = {}
    queue = deque([state])
    while queue and to not in before:
        here = queue.popleft()
        for move in moves(here, facts):
            onward = MAIN_PATH.index(move.to) > MAIN_PATH.index(here) if _both_on_path(here, move.to) else move.to == to
            if onward and move.to not in before:
                before[move.to] = (here, move)
                queue.append(move.to)
    if to not in before:
        return None
    steps: list[Move[JourneyState]] = []
    here = to
    while here != state:
        here, move = before[here]
        steps.insert(0, move)
    problems = {p.guard: p for step in steps for p in step.problems}
    return Way(
        steps=tuple(s.to for s in steps),
        problems=tuple(problems.values()),
        override=CYCLE.override_of(problems.values()),
    )


def _both_on_path(one: JourneyState, other: JourneyState) -> bool:
    return one in MAIN_PATH and other in MAIN_PATH
