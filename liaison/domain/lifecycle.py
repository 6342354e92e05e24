"""What the three life cycles share: a table of states and moves, guards with a cure, overrides with a reason.

A life cycle is data: states, transitions and named guards. A guard is a pure function over frozen facts that answers
``None`` or the :class:`Problem` with its cure. The same table fills the menus, draws the stage bar, refuses a move and
is what the property tests walk.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from liaison.domain.coded import Coded
from liaison.domain.errors import Refused
from liaison.domain.facts import FactKind
from liaison.domain.offices import Role
from liaison.domain.problems import Problem
from liaison.i18n import N_

S = TypeVar("S", bound=Coded)
F = TypeVar("F")


class Who(Coded):
    """Who enters a state: whose act or answer it is."""

    OFFICER = "OFFICER", N_("liaison officer")
    PATIENT = "PATIENT", N_("patient or family")
    HOSPITAL = "HOSPITAL", N_("hospital")
    DOCTOR = "DOCTOR", N_("doctor")
    INSURER = "INSURER", N_("insurer")
    SUPERVISOR = "SUPERVISOR", N_("supervisor")
    SYSTEM = "SYSTEM", N_("the program")


class Override(Coded):
    """Who may pass over a guard, always with a reason that prints."""

    NEVER = "NEVER", N_("nobody")
    OFFICER = "OFFICER", N_("an officer")
    SUPERVISOR = "SUPERVISOR", N_("a supervisor")


def block(code: str, message: str, cure: str = "", field: str = "", /, **values: object) -> Problem:
    """What a guard answers where it stands in the way, with the marked words of its cure."""
    return Problem(code=code, message=message, cure=cure, field=field, values=values)


@dataclass(frozen=True, kw_only=True)  # no slots: Python 3.11 cannot make a frozen, slotted generic
class State(Generic[S]):
    """One state of a life cycle. ``meaning`` is a marked sentence; the name stands on the code's label."""

    code: S
    meaning: str
    is_final: bool = False

    @property
    def label(self) -> str:
        """The marked name of the state."""
        return self.code.label


@dataclass(frozen=True, kw_only=True)  # no slots: Python 3.11 cannot make a frozen, slotted generic
class Transition(Generic[S]):
    """A legal move, who makes it, and the names of the guards before it."""

    start: S
    to: S
    who: Who
    guards: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, kw_only=True)  # no slots: Python 3.11 cannot make a frozen, slotted generic
class Guard(Generic[F]):
    """A named question to the facts.

    ``override`` says who may pass over it. ``fact`` is what is owed where a case entered beyond it, ``due_hours`` when
    (calendar hours after an emergency entry). A guard that ``hides`` is a condition of the table: where it fails, the
    move does not exist for this case and is not offered.
    """

    name: str
    asks: Callable[[F], Problem | None]
    override: Override = Override.NEVER
    fact: FactKind | None = None
    due_hours: int = 24
    hides: bool = False


@dataclass(frozen=True, kw_only=True)  # no slots: Python 3.11 cannot make a frozen, slotted generic
class Move(Generic[S]):
    """A move that the table allows, with what still stands in its way. Free when ``problems`` is empty."""

    to: S
    who: Who
    problems: tuple[Problem, ...] = ()
    override: Override = Override.OFFICER
    """Who could pass over all its problems together; nobody, if any of them cannot be passed over."""
    note: str = ""

    @property
    def is_free(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.problems


@dataclass(frozen=True, kw_only=True)  # no slots: Python 3.11 cannot make a frozen, slotted generic
class Passage(Generic[S]):
    """A move that may now be written down. ``overridden`` prints on the case summary together with the reason."""

    start: S
    to: S
    overridden: tuple[Problem, ...] = ()
    reason: str = ""


@dataclass(frozen=True, kw_only=True)  # no slots: Python 3.11 cannot make a frozen, slotted generic
class LifeCycle(Generic[S, F]):
    """A table of states, transitions and guards over facts of one kind."""

    states: Mapping[S, State[S]]
    transitions: tuple[Transition[S], ...]
    guards: Mapping[str, Guard[F]]
    _from: dict[S, tuple[Transition[S], ...]] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        for state in self.states:
            self._from[state] = tuple(t for t in self.transitions if t.start == state)
        for transition in self.transitions:
            for name in transition.guards:
                if name not in self.guards:
                    raise ValueError(f"{transition.start}→{transition.to} asks for an unknown guard {name!r}")

    def leaving(self, state: S) -> tuple[Transition[S], ...]:
        """The legal transitions out of a state, in the table's order."""
        return self._from[state]

    def problems(self, transition: Transition[S], facts: F) -> tuple[Problem, ...]:
        """What stands in the way of a transition; each problem carries its guard's name as ``guard`` value."""
        found = (self._ask(name, facts) for name in transition.guards)
        return tuple(p for p in found if p is not None)

    def _ask(self, name: str, facts: F) -> Problem | None:
        problem = self.guards[name].asks(facts)
        return problem and replace(problem, guard=name)

    def move(self, transition: Transition[S], facts: F) -> Move[S]:
        """One transition as a move with its problems."""
        problems = self.problems(transition, facts)
        return Move(
            to=transition.to,
            who=transition.who,
            problems=problems,
            override=self.override_of(problems),
            note=transition.note,
        )

    def override_of(self, problems: Collection[Problem]) -> Override:
        """Who could pass over all of these problems."""
        needed = {self.guards[p.guard].override if p.guard in self.guards else Override.NEVER for p in problems}
        for strictest in (Override.NEVER, Override.SUPERVISOR):
            if strictest in needed:
                return strictest
        return Override.OFFICER

    def exists(self, transition: Transition[S], facts: F) -> bool:
        """Whether a transition exists for a case at all, blocked or not."""
        return not any(self.guards[n].hides and self.guards[n].asks(facts) for n in transition.guards)

    def moves(self, state: S, facts: F) -> list[Move[S]]:
        """Every move that the table allows out of a state, blocked ones too."""
        return [self.move(t, facts) for t in self.leaving(state) if self.exists(t, facts)]


def check_passage(
    start: S, move: Move[S], *, roles: Collection[Role] = (Role.OFFICER,), reason: str = ""
) -> Passage[S]:
    """Let a move pass or raise :class:`Refused` with every problem.

    A blocked move passes only with a reason, where every guard in its way may be passed over by one of the roles.
    """
    if move.who is Who.SUPERVISOR and Role.SUPERVISOR not in roles:
        raise Refused([*move.problems, NEEDS_SUPERVISOR])
    if move.is_free:
        return Passage(start=start, to=move.to, reason=reason.strip())
    if not reason.strip() or move.override is Override.NEVER:
        raise Refused(move.problems)
    if move.override is Override.SUPERVISOR and Role.SUPERVISOR not in roles:
        raise Refused([*move.problems, NEEDS_SUPERVISOR])
    return Passage(start=start, to=move.to, overridden=move.problems, reason=reason.strip())


NEEDS_SUPERVISOR = Problem(code="NEEDS_SUPERVISOR", message=N_("Only a supervisor may do this. Ask one to sign in."))
NEEDS_REASON = Problem(code="NEEDS_REASON", message=N_("Write down why; the reason prints."), field="reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class Debt:
    """A fact still owed because a case entered beyond the point where it is asked for."""

    fact: FactKind
    label: str
    due: dt.datetime
    guard: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """A task that a move raises by itself. ``label`` is a marked sentence."""

    label: str
    due: dt.datetime
