"""Agreements as lists, cards and papers read them: how each stands today, its chain, what was kept."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.action_plans import Course, Progress, days_late, progress
from liaison.domain.agreements import (
    AgreementKind,
    Area,
    ClauseFinding,
    ClauseState,
    DataClause,
    Renewal,
    Standing,
    TransferBasis,
    data_findings,
    days_left,
    last_day,
    standing,
)
from liaison.domain.network import OrganizationKind
from liaison.services.agreements import dates_from
from liaison.services.changes import get, today
from liaison.store.models import (
    ActivityRow,
    AgreementPartyRow,
    AgreementRow,
    MilestoneRow,
    ObligationRow,
    OrganizationRow,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyView:
    """One side of an agreement."""

    id: int
    version: int
    name: str
    organization_id: int | None
    house: str
    """The house of the network that it is; empty where none is named."""
    house_kind: OrganizationKind | None
    country: str
    signatory: str
    signatory_title: str
    contact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationView:
    """Something a side promised, and how it stands."""

    id: int
    version: int
    who: str
    what: str
    clause: str
    due_on: dt.date | None
    finished_on: dt.date | None
    evidence: str
    dropped_because: str
    progress: Progress
    days_late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NextDue:
    """The first thing of an agreement that has a date and is not closed."""

    title: str
    due_on: dt.date
    is_late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementLine:
    """An agreement as a list shows it."""

    id: int
    version: int
    kind: AgreementKind
    title: str
    number: str
    country: str
    parties: tuple[str, ...]
    areas: tuple[Area, ...]
    standing: Standing
    place: str
    signed_on: dt.date | None
    effective_on: dt.date | None
    ends_on: dt.date | None
    """The last day of the term that runs now."""
    renewal: Renewal
    days_left: int | None
    promised: int
    kept: int
    late: int
    """Promises, activities and milestones that are over their date."""
    next_due: NextDue | None
    clause: tuple[ClauseFinding, ...]
    basis: TransferBasis
    contact: str
    source: str
    implements_id: int | None
    supersedes_id: int | None

    @property
    def gaps(self) -> int:
        """How many parts of the data clause are missing."""
        return sum(one.state is ClauseState.MISSING for one in self.clause)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementView:
    """One agreement with everything that hangs on it."""

    line: AgreementLine
    parties: tuple[PartyView, ...]
    obligations: tuple[ObligationView, ...]
    chain: tuple[AgreementLine, ...]
    """Every agreement of its chain, this one among them, the oldest first; those not signed last."""
    terminated_on: dt.date | None
    terminated_because: str
    note: str


def agreement_lines(session: Session) -> list[AgreementLine]:
    """Every agreement, in the order they were written down. An office has tens of them: they are read whole."""
    rows = session.scalars(sa.select(AgreementRow).order_by(AgreementRow.id)).all()
    day = today(session)
    parties = _party_names(session)
    replaced = _replaced_on(rows)
    promised = _obligations(session, day)
    dues = _dues(session, day)
    return [
        _line(row, day, parties.get(row.id, ()), replaced.get(row.id), promised.get(row.id, ()), dues.get(row.id, ()))
        for row in rows
    ]


def agreement(session: Session, key: int) -> AgreementView:
    """One agreement. Raises :class:`Refused` where it is gone."""
    row = get(session, AgreementRow, key)
    lines = {line.id: line for line in agreement_lines(session)}
    o = OrganizationRow
    parties = session.execute(
        sa.select(AgreementPartyRow, o.name, o.kind)
        .outerjoin(o, o.id == AgreementPartyRow.organization_id)
        .where(AgreementPartyRow.agreement_id == key)
        .order_by(AgreementPartyRow.position, AgreementPartyRow.id)
    )
    return AgreementView(
        line=lines[key],
        parties=tuple(
            PartyView(
                id=p.id, version=p.version, name=p.name, organization_id=p.organization_id, house=house or "",
                house_kind=kind, country=p.country, signatory=p.signatory, signatory_title=p.signatory_title,
                contact=p.contact,
            )
            for p, house, kind in parties
        ),
        obligations=_obligations(session, today(session), only=key).get(key, ()),
        chain=chain_of(key, lines.values()),
        terminated_on=row.terminated_on,
        terminated_because=row.terminated_because,
        note=row.note,
    )  # fmt: skip


def agreements_with(session: Session, organization_id: int) -> list[AgreementLine]:
    """The agreements of which a house of the network is a side, the newest first; those not signed before them."""
    keys = set(
        session.scalars(
            sa.select(AgreementPartyRow.agreement_id).where(AgreementPartyRow.organization_id == organization_id)
        )
    )
    if not keys:
        return []
    found = [line for line in agreement_lines(session) if line.id in keys]
    return sorted(found, key=lambda line: (line.signed_on or dt.date.max, line.id), reverse=True)


def obligations_of(session: Session, key: int) -> tuple[ObligationView, ...]:
    """What one agreement promises."""
    return _obligations(session, today(session), only=key).get(key, ())


def chain_of(key: int, lines: Iterable[AgreementLine]) -> tuple[AgreementLine, ...]:
    """The agreements that hang together with one, by what carries out and what replaces what."""
    known = {line.id: line for line in lines}
    near: dict[int, set[int]] = defaultdict(set)
    for line in known.values():
        for other in (line.implements_id, line.supersedes_id):
            if other in known:
                near[line.id].add(other)
                near[other].add(line.id)
    seen, left = {key}, [key]
    while left:
        for other in near[left.pop()] - seen:
            seen.add(other)
            left.append(other)
    return tuple(sorted((known[one] for one in seen), key=lambda line: (line.signed_on or dt.date.max, line.id)))


def chains(lines: Sequence[AgreementLine]) -> list[tuple[AgreementLine, ...]]:
    """All agreements chain by chain, the chain that began first first; those alone are a chain of one."""
    left = {line.id: line for line in lines}
    found = []
    while left:
        chain = chain_of(next(iter(left)), lines)
        for line in chain:
            del left[line.id]
        found.append(chain)
    return sorted(found, key=lambda chain: (chain[0].signed_on or dt.date.max, chain[0].id))


def clause_of(row: AgreementRow) -> DataClause:
    """What an agreement says about data."""
    return DataClause(
        protection=row.protection_clause, sovereignty=row.sovereignty_clause, basis=row.transfer_basis,
        transfer=row.transfer_clause,
    )  # fmt: skip


def _line(
    row: AgreementRow,
    day: dt.date,
    parties: tuple[str, ...],
    replaced_on: dt.date | None,
    promised: tuple[ObligationView, ...],
    dues: Sequence[NextDue],
) -> AgreementLine:
    dates = dates_from(row, replaced_on)
    counted = [one for one in promised if one.progress is not Progress.DROPPED]
    return AgreementLine(
        id=row.id, version=row.version, kind=row.kind, title=row.title, number=row.number, country=row.country,
        parties=parties, areas=tuple(Area(code) for code in row.areas), standing=standing(dates, day),
        place=row.place, signed_on=row.signed_on, effective_on=row.effective_on, ends_on=last_day(dates, day),
        renewal=row.renewal, days_left=days_left(dates, day), promised=len(counted),
        kept=sum(one.progress is Progress.DONE for one in counted), late=sum(one.is_late for one in dues),
        next_due=min(dues, key=lambda one: (one.due_on, one.title), default=None),
        clause=data_findings(clause_of(row)), basis=row.transfer_basis, contact=row.contact, source=row.source,
        implements_id=row.implements_id, supersedes_id=row.supersedes_id,
    )  # fmt: skip


def _party_names(session: Session) -> dict[int, tuple[str, ...]]:
    p = AgreementPartyRow
    found: dict[int, list[str]] = defaultdict(list)
    for key, name in session.execute(sa.select(p.agreement_id, p.name).order_by(p.position, p.id)):
        found[key].append(name)
    return {key: tuple(names) for key, names in found.items()}


def _replaced_on(rows: Iterable[AgreementRow]) -> dict[int, dt.date]:
    """When a newer agreement that takes the place of one was signed."""
    found: dict[int, dt.date] = {}
    for row in rows:
        if row.supersedes_id is not None and row.signed_on is not None:
            known = found.get(row.supersedes_id)
            found[row.supersedes_id] = row.signed_on if known is None else min(known, row.signed_on)
    return found


def _obligations(session: Session, day: dt.date, *, only: int | None = None) -> dict[int, tuple[ObligationView, ...]]:
    """What each agreement promises: late ones first, then by date; those without a date last."""
    asked = sa.select(ObligationRow)
    if only is not None:
        asked = asked.where(ObligationRow.agreement_id == only)
    found: dict[int, list[ObligationView]] = defaultdict(list)
    for row in session.scalars(asked):
        course = course_of(row)
        found[row.agreement_id].append(
            ObligationView(
                id=row.id, version=row.version, who=row.who, what=row.what, clause=row.clause, due_on=row.due_on,
                finished_on=row.finished_on, evidence=row.evidence, dropped_because=row.dropped_because,
                progress=progress(course, day), days_late=days_late(course, day),
            )
        )  # fmt: skip
    return {
        key: tuple(sorted(all_of, key=lambda o: (o.finished_on is not None, o.due_on or dt.date.max, o.id)))
        for key, all_of in found.items()
    }


def course_of(row: ObligationRow | ActivityRow | MilestoneRow) -> Course:
    """What the progress of a promise, an activity or a milestone is read from."""
    return Course(
        starts_on=row.starts_on if isinstance(row, ActivityRow) else None,
        due_on=row.due_on,
        finished_on=row.finished_on,
        is_dropped=bool(row.dropped_because),
    )


def _dues(session: Session, day: dt.date) -> Mapping[int, Sequence[NextDue]]:
    """Everything open of each agreement that has a date."""
    found: dict[int, list[NextDue]] = defaultdict(list)
    o, a, m = ObligationRow, ActivityRow, MilestoneRow
    questions = (
        sa.select(o.agreement_id, o.what, o.due_on).where(o.finished_on.is_(None), o.due_on.is_not(None)),
        sa.select(a.agreement_id, a.title, a.due_on).where(a.finished_on.is_(None), a.due_on.is_not(None)),
        sa.select(a.agreement_id, m.title, m.due_on)
        .join(a, a.id == m.activity_id)
        .where(m.finished_on.is_(None), a.finished_on.is_(None)),
    )
    for question in questions:
        for key, title, due_on in session.execute(question):
            if due_on is None:
                continue
            found[key].append(NextDue(title=title, due_on=due_on, is_late=due_on < day))
    return found
