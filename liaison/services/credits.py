"""Credit arrangements: whether a hospital treats on an insurer's letter, dated, with source and age."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.credit import CreditDraft, CreditEntry, check_credit, credit_on
from liaison.domain.errors import refuse_if
from liaison.domain.problems import Problem
from liaison.services.belonging import hospital_problems, policy_of
from liaison.services.changes import Changes, add, changes, draft_of, fill, get, get_for, need, today
from liaison.store.models import CreditRow, GuaranteeRow, OrganizationRow


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditView:
    """One word on credit as a card shows it."""

    id: int
    version: int
    hospital_id: int
    hospital: str
    insurer_id: int | None
    insurer: str
    """Empty where it holds for every insurer."""
    gives_credit: bool
    valid_from: dt.date | None
    valid_to: dt.date | None
    terms: str
    source: str
    checked_on: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """Whether a hospital treats on a letter, as last heard. ``source`` is empty where only its record says so."""

    gives_credit: bool | None
    source: str
    checked_on: dt.date | None


def record_credit(session: Session, draft: CreditDraft) -> Changes:
    """Write down whether a hospital gives credit, and who says so."""
    refuse_if([*check_credit(draft, today=today(session)), *_houses(session, draft)])
    row = add(session, fill(CreditRow(), draft))
    return _touched(row, made=row.id)


def edit_credit(session: Session, key: int, draft: CreditDraft, *, version: int | None = None) -> Changes:
    """Correct a word on credit."""
    row = get_for(session, CreditRow, key, draft, version=version)
    refuse_if([*check_credit(draft, today=today(session)), *_houses(session, draft)])
    fill(row, draft)
    session.flush()
    return _touched(row)


def remove_credit(session: Session, key: int) -> Changes:
    """Take a wrong word off; one undo brings it back."""
    row = get(session, CreditRow, key)
    session.delete(row)
    session.flush()
    return _touched(row)


def verify_credit(session: Session, key: int, *, on: dt.date | None = None) -> Changes:
    """Say that somebody asked today and it is still so."""
    row = get(session, CreditRow, key)
    row.checked_on = on or today(session)
    session.flush()
    return _touched(row)


def credit_draft(session: Session, key: int) -> CreditDraft:
    """What the form of a word on credit opens with."""
    return draft_of(get(session, CreditRow, key), CreditDraft)


def credits_of(session: Session, organization_id: int) -> tuple[CreditView, ...]:
    """Every word on credit about a hospital or an insurer, the newest first."""
    c, hospital, insurer = CreditRow, sa.orm.aliased(OrganizationRow), sa.orm.aliased(OrganizationRow)
    rows = session.execute(
        sa.select(c, hospital.name, insurer.name)
        .join(hospital, hospital.id == c.hospital_id)
        .outerjoin(insurer, insurer.id == c.insurer_id)
        .where(sa.or_(c.hospital_id == organization_id, c.insurer_id == organization_id))
        .order_by(c.checked_on.desc(), c.id.desc())
    )
    return tuple(
        CreditView(
            id=r.id, version=r.version, hospital_id=r.hospital_id, hospital=there, insurer_id=r.insurer_id,
            insurer=whose or "", gives_credit=r.gives_credit, valid_from=r.valid_from, valid_to=r.valid_to,
            terms=r.terms, source=r.source, checked_on=r.checked_on,
        )
        for r, there, whose in rows
    )  # fmt: skip


def entries(rows: Iterable[CreditRow]) -> list[CreditEntry]:
    """Rows as they are weighed against each other."""
    return [
        CreditEntry(
            id=r.id, insurer_id=r.insurer_id, gives_credit=r.gives_credit, terms=r.terms, source=r.source,
            checked_on=r.checked_on, valid_from=r.valid_from, valid_to=r.valid_to,
        )
        for r in rows
    ]  # fmt: skip


def credit_of(session: Session, hospital: OrganizationRow | None, insurer_id: int | None, day: dt.date) -> Credit:
    """Whether a hospital treats on letters of an insurer on a day: the dated word, else what its own record says."""
    if hospital is None:
        return Credit(gives_credit=None, source="", checked_on=None)
    rows = session.scalars(sa.select(CreditRow).where(CreditRow.hospital_id == hospital.id))
    word = credit_on(entries(rows), insurer_id, day)
    if word is not None:
        return Credit(gives_credit=word.gives_credit, source=word.source, checked_on=word.checked_on)
    return Credit(gives_credit=hospital.has_credit_arrangement, source="", checked_on=hospital.last_verified_on)


def credit_for_letter(session: Session, row: GuaranteeRow, hospital: OrganizationRow | None, day: dt.date) -> Credit:
    """Whether the hospital of a letter treats on it."""
    policy = policy_of(session, row.cover_id)
    return credit_of(session, hospital, policy.insurer_id if policy is not None else None, day)


def _houses(session: Session, draft: CreditDraft) -> list[Problem]:
    found = hospital_problems(session, draft.hospital_id)
    if draft.insurer_id is not None:
        found = [*found, *need(session, OrganizationRow, draft.insurer_id, field="insurer_id")]
    return list(found)


def _touched(row: CreditRow, *, made: int | None = None) -> Changes:
    touched: list[tuple[str, int | None]] = [("credit", row.id), ("organization", row.hospital_id)]
    if row.insurer_id is not None:
        touched.append(("organization", row.insurer_id))
    return changes(*touched, made=made)
