"""What the last move of a letter or claim rests on, asked again after two sides' work was put together.

Each side's move was right with what stood there. Together they may not be: a claim paid here and its payment taken out
there, a letter with the final amount there and the bill gone here. What no longer holds becomes an alarm on the case;
what somebody passed over with a reason stays passed over, and what was missing before is not told once more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain import claim_moves, guarantee_moves
from liaison.domain.problems import Problem
from liaison.domain.work import TaskKind
from liaison.i18n import N_
from liaison.services.changes import add, clock
from liaison.services.claims import claim_facts
from liaison.services.guarantees import guarantee_facts
from liaison.store.models import ClaimEventRow, ClaimRow, GuaranteeEventRow, GuaranteeRow, JourneyRow, TaskRow

LETTER_AGAIN = N_("Look at the guarantee letter again: what its last move rests on no longer holds")
CLAIM_AGAIN = N_("Look at the claim again: what its last move rests on no longer holds")

_LASTING = frozenset(
    {
        "letter_complete", "hospital_accepts", "interim_bill", "not_lower", "final_papers", "accepted_amount",
        "adds_up", "rate_rule", "in_time", "claim_number", "queries_answered", "approved_whole", "approved_part",
        "line_reasons", "payment",
    }
)  # fmt: skip
"""Guards that ask for what stays on record; the others ask about the moment of the move, and a reason given then."""

Record = tuple[str, int]
Standing = tuple[object, frozenset[str]]
"""The state of a letter or claim, and the guards behind its last move that do not hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sort:
    """One sort of record with its moves."""

    row: Any
    event: Any
    column: str
    cycle: Any
    facts: Any
    title: str


_SORTS: Mapping[str, _Sort] = {
    "guarantee": _Sort(
        row=GuaranteeRow, event=GuaranteeEventRow, column="guarantee_id", cycle=guarantee_moves.CYCLE,
        facts=guarantee_facts, title=LETTER_AGAIN,
    ),
    "claim": _Sort(
        row=ClaimRow, event=ClaimEventRow, column="claim_id", cycle=claim_moves.CYCLE, facts=claim_facts,
        title=CLAIM_AGAIN,
    ),
}  # fmt: skip


def resting(session: Session, journey_ids: Iterable[int]) -> dict[Record, Standing]:
    """How each letter and claim of these cases stands now; nothing of one that is not here."""
    found: dict[Record, Standing] = {}
    keys = list(journey_ids)
    for name, sort in _SORTS.items():
        for row in session.scalars(sa.select(sort.row).where(sort.row.journey_id.in_(keys))).all():
            found[name, row.id] = (row.state, frozenset(p.guard for p in _problems(session, sort, row)))
    return found


def ask_again(session: Session, before: Mapping[Record, Standing]) -> list[int]:
    """Raise an alarm for what no longer holds; ``before`` is what :func:`resting` said. Returns the tasks' keys."""
    made: list[int] = []
    for (name, key), (state, missing) in before.items():
        sort = _SORTS[name]
        row = session.get(sort.row, key)
        if row is None:
            continue
        known = missing if row.state == state else frozenset()
        if any(problem.guard not in known for problem in _problems(session, sort, row)):
            made += _alarm(session, row, sort.title, claim_id=key if name == "claim" else None)
    return made


def _problems(session: Session, sort: _Sort, row: Any) -> list[Problem]:
    """What the move into the present state asks for and does not find now."""
    events = session.scalars(
        sa.select(sort.event)
        .where(getattr(sort.event, sort.column) == row.id, sort.event.to_state == row.state)
        .order_by(sort.event.at.desc(), sort.event.id.desc())
    ).all()
    table = {(t.start, t.to): t for t in sort.cycle.transitions}
    last = next((e for e in events if (e.from_state, e.to_state) in table), None)
    if last is None:
        return []
    facts = sort.facts(session, row.id, reason=row.reason, reason_note=row.reason_note)
    passed: Collection[str] = {name for event in events for name in event.overridden.split()}
    asked = sort.cycle.problems(table[last.from_state, last.to_state], facts)
    return [p for p in asked if p.guard in _LASTING and p.guard not in passed]


def _alarm(session: Session, row: Any, title: str, *, claim_id: int | None) -> list[int]:
    """One alarm for a record, unless it stands open; what is missing is told by the record's own page."""
    same = sa.select(TaskRow.id).where(
        TaskRow.title == title, TaskRow.done_at.is_(None), TaskRow.journey_id == row.journey_id,
        TaskRow.claim_id.is_not_distinct_from(claim_id),
    )  # fmt: skip
    if session.scalar(same.limit(1)) is not None:
        return []
    journey = session.get(JourneyRow, row.journey_id)
    task = TaskRow(
        journey_id=row.journey_id, claim_id=claim_id, kind=TaskKind.ALARM, title=title, due_at=clock(session),
        officer_id=journey.officer_id if journey is not None else None,
    )  # fmt: skip
    return [add(session, task).id]
