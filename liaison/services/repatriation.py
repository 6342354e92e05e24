"""The way home after a death abroad: what is known of it, its papers, its steps."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.documents import CHECKLISTS, Condition, DocumentKind, Process
from liaison.domain.errors import refuse_if
from liaison.domain.lifecycle import Move
from liaison.domain.repatriation import (
    RepatriationDraft,
    RepatriationFacts,
    RepatriationState,
    check_move,
    check_repatriation,
    claim_until,
    is_open,
)
from liaison.domain.repatriation import moves as moves_from
from liaison.services.changes import (
    Changes,
    actor,
    add,
    changes,
    clock,
    draft_of,
    fill,
    get,
    get_for,
    today,
)
from liaison.services.checklists import at_hand
from liaison.services.course_steps import TELL_CONSULATE, TELL_INSURER
from liaison.services.office import roles
from liaison.services.work import finish_titled
from liaison.store.models import JourneyRow, PatientRow, RepatriationEventRow, RepatriationRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper of the list; ``only_if`` is the marked condition, empty where every case needs it."""

    kinds: tuple[DocumentKind, ...]
    only_if: str
    have: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RepatriationView:
    """A way home as the case shows it."""

    id: int
    version: int
    journey_id: int
    state: RepatriationState
    state_since: dt.datetime
    is_open: bool
    died_on: dt.date | None
    claim_until: dt.date | None
    """The last day of the claim for the death."""
    place: str
    mccd_no: str
    consulate: str
    consulate_phone: str
    consulate_told_on: dt.date | None
    agent: str
    agent_phone: str
    route: str
    flight: str
    leaves_on: dt.date | None
    arrives_on: dt.date | None
    escort: str
    received_by: str
    is_unable_to_pay: bool
    note: str
    papers: tuple[Paper, ...]


def edit_repatriation(session: Session, key: int, draft: RepatriationDraft, *, version: int | None = None) -> Changes:
    """Write down what is known of a way home; the consulate's step is done once it was told."""
    row = get_for(session, RepatriationRow, key, draft, version=version)
    refuse_if(check_repatriation(draft, today=today(session)))
    fill(row, draft, leave=("journey_id",))
    session.flush()
    if row.consulate_told_on is not None:
        finish_titled(session, TELL_CONSULATE, journey_id=row.journey_id)
    patient = get(session, PatientRow, get(session, JourneyRow, row.journey_id).patient_id)
    if draft.died_on is not None:
        patient.died_on = draft.died_on
    session.flush()
    return changes(("repatriation", key), ("journey", row.journey_id), ("patient", patient.id))


def repatriation_draft(session: Session, key: int) -> RepatriationDraft:
    """What the form of a way home opens with."""
    return draft_of(get(session, RepatriationRow, key), RepatriationDraft)


def repatriation_moves(session: Session, key: int) -> list[Move[RepatriationState]]:
    """Every step that may follow, blocked ones with their problems."""
    row = get(session, RepatriationRow, key)
    return moves_from(row.state, _facts(session, row))


def move_repatriation(
    session: Session, key: int, to: RepatriationState, *, override_reason: str = "", version: int | None = None
) -> Changes:
    """Let a way home go on by one step."""
    row = get(session, RepatriationRow, key, version=version, fields=("state",))
    passage = check_move(row.state, to, _facts(session, row), roles=roles(session), reason=override_reason)
    event = RepatriationEventRow(
        repatriation_id=key, at=clock(session), from_state=row.state, to_state=to, actor=actor(session),
        override_reason=passage.reason if passage.overridden else "",
        overridden=" ".join(p.guard or p.code for p in passage.overridden),
    )  # fmt: skip
    add(session, event)
    row.state, row.state_since = to, clock(session)
    if not is_open(to):
        for step in (TELL_CONSULATE, TELL_INSURER):
            finish_titled(session, step, journey_id=row.journey_id)
    session.flush()
    return changes(("repatriation", key), ("journey", row.journey_id))


def repatriation_of(session: Session, journey_id: int) -> RepatriationView | None:
    """The way home of a case; none where nobody died abroad."""
    row = session.scalar(sa.select(RepatriationRow).where(RepatriationRow.journey_id == journey_id))
    if row is None:
        return None
    here = at_hand(session, journey_id).keys()
    met = {Condition.FOR_INSURER}
    if row.escort.strip():
        met.add(Condition.ESCORTED)
    own = {name: getattr(row, name) for name in RepatriationView.__slots__ if name not in _WORKED_OUT}
    return RepatriationView(
        **own,
        is_open=is_open(row.state),
        claim_until=claim_until(row.died_on) if row.died_on is not None else None,
        papers=tuple(
            Paper(kinds=item.kinds, only_if=item.only_if, have=not here.isdisjoint(item.kinds))
            for item in CHECKLISTS[Process.REPATRIATION]
            if item.is_asked(met) or not here.isdisjoint(item.kinds)
        ),
    )


_WORKED_OUT = frozenset({"is_open", "claim_until", "papers"})


def _facts(session: Session, row: RepatriationRow) -> RepatriationFacts:
    return RepatriationFacts(
        consulate_told_on=row.consulate_told_on, agent=row.agent, flight=row.flight, leaves_on=row.leaves_on,
        received_by=row.received_by, escort=row.escort, papers=frozenset(at_hand(session, row.journey_id)),
    )  # fmt: skip
