"""The release ledger: what printed figures told, kept with every release and read before the next one.

A draft is held against everything released in three years, whoever it was for: two readers may lay their papers side by
side. Source: ``security`` 6.2, rules 9 and 10.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.figures import LEAST_P, MOST_P, Figure, Shown
from liaison.domain.guarding import Earlier
from liaison.domain.privacy import Audience
from liaison.services.changes import NOTHING, Changes, add, changes, clock
from liaison.services.packed_keys import bitmap, chosen, packed, unpacked
from liaison.store.models import (
    ClaimRow,
    CoverRow,
    JourneyRow,
    LedgerFigureRow,
    LedgerRow,
    OfficeRow,
    PolicyRow,
)

LOOKS_BACK = dt.timedelta(days=3 * 366)


def told_before(session: Session, who: Mapping[int, int]) -> Earlier:
    """What former papers told, and which houses know whom. ``who`` leads from each patient to the one person it is."""
    return Earlier(figures=_figures(session, who), houses=_houses(session, who), percent=_percent(session))


def ledger_mark(session: Session) -> int:
    """Changes whenever a report with figures is released."""
    return session.scalar(sa.select(sa.func.max(LedgerRow.id))) or 0


def record_figures(
    session: Session, figures: Sequence[Figure], *, release_id: int, report: str, audience: Audience, reader: str = ""
) -> Changes:
    """Keep what a released report tells, in the action of its release. What was told before is not kept twice."""
    known = {_told(one) for one in _figures(session, {})}
    new = [one for one in figures if _told(one) not in known]
    if not new:
        return NOTHING
    people = sorted(frozenset().union(*(one.who for one in new)))
    ledger = LedgerRow(
        release_id=release_id, report=report, audience=audience.value, reader=reader, people=packed(people),
        at=clock(session),
    )  # fmt: skip
    add(session, ledger)
    place = {person: number for number, person in enumerate(people)}
    for one in new:
        name, start, end = one.key
        session.add(
            LedgerFigureRow(
                ledger_id=ledger.id, name=name, starts_on=_day(start), ends_on=_day(end), shown=one.shown,
                value=one.value, low=one.low, high=one.high, small=one.limit, quantiles=list(one.quantiles),
                members=bitmap(one.who, place),
            )
        )  # fmt: skip
    session.flush()
    return changes(("ledger", ledger.id))


def _told(one: Figure) -> tuple[object, ...]:
    return one.key, one.shown, one.low, one.high, one.who


def _figures(session: Session, who: Mapping[int, int]) -> list[Figure]:
    """The figures of the last three years, oldest first. Persons put together since then count as one."""
    since = clock(session) - LOOKS_BACK
    people = {
        key: unpacked(data)
        for key, data in session.execute(sa.select(LedgerRow.id, LedgerRow.people).where(LedgerRow.at >= since))
    }
    rows = session.execute(
        sa.select(
            LedgerFigureRow.ledger_id, LedgerFigureRow.name, LedgerFigureRow.starts_on, LedgerFigureRow.ends_on,
            LedgerFigureRow.shown, LedgerFigureRow.value, LedgerFigureRow.low, LedgerFigureRow.high,
            LedgerFigureRow.small, LedgerFigureRow.quantiles, LedgerFigureRow.members,
        )
        .where(LedgerFigureRow.ledger_id.in_(people))
        .order_by(LedgerFigureRow.id)
    )  # fmt: skip
    return [
        Figure(
            key=(name, start.isoformat() if start else "", end.isoformat() if end else ""),
            who=frozenset(who.get(person, person) for person in chosen(people[ledger], members)),
            shown=shown, value=value, low=low, high=high, limit=small, quantiles=tuple(quantiles),
        )
        for ledger, name, start, end, shown, value, low, high, small, quantiles, members in rows
    ]  # fmt: skip


def _houses(session: Session, who: Mapping[int, int]) -> dict[str, frozenset[int]]:
    """Which persons each hospital and each insurer knows from its own rows."""
    found: dict[str, set[int]] = defaultdict(set)

    def take(kind: str, rows: Iterable[Any]) -> None:
        for patient, house in rows:
            if house is not None:
                found[f"{kind} {house}"].add(who.get(patient, patient))

    take("hospital", session.execute(sa.select(JourneyRow.patient_id, JourneyRow.hospital_id)))
    take("hospital", session.execute(sa.select(ClaimRow.patient_id, ClaimRow.hospital_id)))
    take("insurer", session.execute(sa.select(ClaimRow.patient_id, ClaimRow.insurer_id)))
    covered = sa.select(CoverRow.patient_id, PolicyRow.insurer_id).join(PolicyRow, PolicyRow.id == CoverRow.policy_id)
    take("insurer", session.execute(covered))
    return {house: frozenset(people) for house, people in sorted(found.items())}


def _percent(session: Session) -> int:
    """The office's own p of the p%-rule: always the same, and not to be guessed from outside."""
    key = session.scalar(sa.select(sa.func.min(OfficeRow.id))) or 0
    return LEAST_P + hashlib.sha256(str(key).encode()).digest()[0] % (MOST_P - LEAST_P + 1)


def exact_of_own(patients: Iterable[int], name: str, at: dt.datetime) -> list[Figure]:
    """How many cases were told exactly to the houses whose own rows they are; no other reader can use it."""
    people = frozenset(patients)
    day = at.date().isoformat()
    size = len(people)
    return (
        [Figure(key=(name, day, day), who=people, low=size, high=size, shown=Shown.EXACT, value=size)] if size else []
    )


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
