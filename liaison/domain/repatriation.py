"""A death abroad: bringing the deceased home, its papers, the consulate, the agent, the flight.

The patient's case is over for care; its claims stay open, and one for the death may follow: the insurer asks for it
within 90 days, with the certificate legalised by the consulate. Source: ``domain`` 1.3 D and 1.7.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from liaison.domain.coded import Coded
from liaison.domain.documents import CHECKLISTS, Condition, DocumentKind, Process
from liaison.domain.errors import Refused
from liaison.domain.fields import check_order, check_required, draft, field, problem
from liaison.domain.identifiers import check_phone
from liaison.domain.lifecycle import Guard, LifeCycle, Move, Override, Passage, State, Transition, Who, check_passage
from liaison.domain.offices import Role
from liaison.domain.problems import Problem
from liaison.i18n import N_

DEATH_CLAIM_DAYS = 90
"""Calendar days from the death in which an insurer takes the claim. Source: ``domain`` 1.3 D, one published wording."""


class RepatriationState(Coded):
    """How far the way home has come."""

    OPENED = "R01", N_("Family and consulate to be told")
    PAPERS = "R02", N_("Papers being put together")
    BOOKED = "R03", N_("Flight booked")
    UNDER_WAY = "R04", N_("On the way home")
    HANDED_OVER = "R05", N_("Handed over to the family")
    LAID_TO_REST_ABROAD = "R90", N_("Laid to rest abroad")


_S = RepatriationState

STATES: Mapping[RepatriationState, State[RepatriationState]] = {
    state.code: state
    for state in (
        State(code=_S.OPENED, meaning=N_("The family knows, the consulate and the insurer are being told.")),
        State(code=_S.PAPERS, meaning=N_("Certificates and permits are being put together with the agent.")),
        State(code=_S.BOOKED, meaning=N_("The cargo place is booked.")),
        State(code=_S.UNDER_WAY, meaning=N_("The flight has left.")),
        State(code=_S.HANDED_OVER, meaning=N_("The family has received the deceased."), is_final=True),
        State(
            code=_S.LAID_TO_REST_ABROAD, meaning=N_("The family decided for a burial or cremation abroad."),
            is_final=True,
        ),
    )
}  # fmt: skip


@draft
class RepatriationDraft:
    """What is known of a way home after a death."""

    journey_id: int = field(N_("Case"), required=True)
    died_on: dt.date | None = field(N_("Day of death"), default=None)
    place: str = field(N_("Place of death"), default="")
    mccd_no: str = field(N_("Number of the death certificate"), help=N_("Of the hospital's certificate."), default="")
    consulate: str = field(N_("Consulate"), help=N_("The Indonesian consulate or embassy in charge."), default="")
    consulate_phone: str = field(N_("Consulate's telephone"), default="")
    consulate_told_on: dt.date | None = field(N_("Consulate told on"), default=None)
    agent: str = field(N_("Funeral agent"), help=N_("The official agent who applies for the export."), default="")
    agent_phone: str = field(N_("Agent's telephone"), default="")
    route: str = field(N_("Route"), help=N_("For instance Penang – Medan."), default="")
    flight: str = field(N_("Flight"), default="")
    leaves_on: dt.date | None = field(N_("Leaves on"), default=None)
    arrives_on: dt.date | None = field(N_("Arrives on"), default=None)
    escort: str = field(N_("Travels along"), default="")
    received_by: str = field(N_("Received by"), default="")
    is_unable_to_pay: bool = field(
        N_("Statement of inability to pay"),
        help=N_("With it the consulate may pay for the transport."),
        default=False,
    )
    note: str = field(N_("Note"), default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class RepatriationFacts:
    """Everything the guards of a way home ask."""

    consulate_told_on: dt.date | None = None
    agent: str = ""
    flight: str = ""
    leaves_on: dt.date | None = None
    received_by: str = ""
    escort: str = ""
    papers: frozenset[DocumentKind] = frozenset()

    @property
    def missing_papers(self) -> int:
        """How many papers that the flight asks for are not here yet; the insurer's own may follow."""
        met = {Condition.ESCORTED} if self.escort.strip() else set()
        asked = [item for item in CHECKLISTS[Process.REPATRIATION] if item.is_asked(met)]
        return sum(self.papers.isdisjoint(item.kinds) for item in asked)


def consulate_told(facts: RepatriationFacts) -> Problem | None:
    """The consulate knows of the death."""
    if facts.consulate_told_on is not None:
        return None
    return _block("CONSULATE", N_("The consulate has not been told yet."), N_("Tell the consulate"), "consulate")


def agent_named(facts: RepatriationFacts) -> Problem | None:
    """An official agent applies for the export."""
    if facts.agent.strip():
        return None
    return _block("AGENT", N_("No funeral agent is named yet."), N_("Name the agent"), "agent")


def papers_complete(facts: RepatriationFacts) -> Problem | None:
    """Every paper that the airline and the border ask for is here."""
    count = facts.missing_papers
    if not count:
        return None
    return _block("PAPERS", N_("Papers still missing: {count}."), N_("Show the papers"), count=count)


def flight_known(facts: RepatriationFacts) -> Problem | None:
    """The flight and its day are known."""
    if facts.flight.strip() and facts.leaves_on is not None:
        return None
    return _block("FLIGHT", N_("Flight and day are not written down yet."), N_("Write down the flight"), "flight")


def family_named(facts: RepatriationFacts) -> Problem | None:
    """Somebody of the family received the deceased."""
    if facts.received_by.strip():
        return None
    return _block("RECEIVED", N_("Write down who received the deceased."), N_("Write it down"), "received_by")


def _block(code: str, message: str, cure: str, field: str = "", /, **values: object) -> Problem:
    return Problem(code=code, message=message, cure=cure, field=field, values=values)


_O = Override.OFFICER

GUARDS: Mapping[str, Guard[RepatriationFacts]] = {
    g.name: g
    for g in (
        Guard(name="consulate_told", asks=consulate_told, override=_O),
        Guard(name="agent_named", asks=agent_named, override=_O),
        Guard(name="papers_complete", asks=papers_complete, override=Override.SUPERVISOR),
        Guard(name="flight_known", asks=flight_known),
        Guard(name="family_named", asks=family_named, override=_O),
    )
}


def _t(start: RepatriationState, to: RepatriationState, who: Who, *guards: str) -> Transition[RepatriationState]:
    return Transition(start=start, to=to, who=who, guards=guards)


TRANSITIONS: tuple[Transition[RepatriationState], ...] = (
    _t(_S.OPENED, _S.PAPERS, Who.OFFICER, "consulate_told"),
    _t(_S.PAPERS, _S.BOOKED, Who.OFFICER, "agent_named", "flight_known"),
    _t(_S.BOOKED, _S.PAPERS, Who.OFFICER),
    _t(_S.BOOKED, _S.UNDER_WAY, Who.OFFICER, "papers_complete"),
    _t(_S.UNDER_WAY, _S.HANDED_OVER, Who.OFFICER, "family_named"),
    _t(_S.OPENED, _S.LAID_TO_REST_ABROAD, Who.PATIENT),
    _t(_S.PAPERS, _S.LAID_TO_REST_ABROAD, Who.PATIENT),
    _t(_S.BOOKED, _S.LAID_TO_REST_ABROAD, Who.PATIENT),
)

CYCLE: LifeCycle[RepatriationState, RepatriationFacts] = LifeCycle(
    states=STATES, transitions=TRANSITIONS, guards=GUARDS
)


def is_open(state: RepatriationState) -> bool:
    """Whether there is still something to do."""
    return not STATES[state].is_final


def moves(state: RepatriationState, facts: RepatriationFacts) -> list[Move[RepatriationState]]:
    """Every step that may follow, blocked ones with their problems."""
    return CYCLE.moves(state, facts)


def check_move(
    state: RepatriationState,
    to: RepatriationState,
    facts: RepatriationFacts,
    *,
    roles: Collection[Role] = (Role.OFFICER,),
    reason: str = "",
) -> Passage[RepatriationState]:
    """Let a way home go on, or raise :class:`Refused` with every problem and its cure."""
    move = next((m for m in moves(state, facts) if m.to == to), None)
    if move is None:
        illegal = N_("The way home cannot go from “{start}” to “{to}”.")
        raise Refused([Problem(code="ILLEGAL_MOVE", message=illegal, values={"start": state, "to": to})])
    return check_passage(state, move, roles=roles, reason=reason)


def claim_until(died_on: dt.date) -> dt.date:
    """The last day on which the insurer takes the claim for the death."""
    return died_on + dt.timedelta(days=DEATH_CLAIM_DAYS)


def check_repatriation(draft: RepatriationDraft, *, today: dt.date) -> list[Problem]:
    """Everything wrong with what is written down about a way home."""
    found = check_required(draft) + check_order(draft, "leaves_on", "arrives_on")
    for name in ("died_on", "consulate_told_on"):
        day: dt.date | None = getattr(draft, name)
        if day is not None and day > today:
            found.append(problem("IN_FUTURE", N_("This date lies in the future."), name))
    for name in ("consulate_phone", "agent_phone"):
        found += check_phone(getattr(draft, name), field=name)
    if draft.consulate_told_on is not None and not draft.consulate.strip():
        found.append(problem("WHICH_CONSULATE", N_("Write down which consulate was told."), "consulate"))
    return found
