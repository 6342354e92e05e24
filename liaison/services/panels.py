"""Whose letters a hospital takes, and whether it will take this one: every answer with its source and its age."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.acceptance import (
    Answer,
    LetterToCheck,
    PanelDraft,
    PanelEntry,
    Verdict,
    check_panel,
    verdicts,
    will_accept,
)
from liaison.domain.errors import refuse_if
from liaison.domain.guarantees import letter_now
from liaison.domain.patients import IdentifierKind
from liaison.domain.problems import Problem
from liaison.services.belonging import hospital_problems, name_of, policy_of
from liaison.services.changes import Changes, add, changes, day_of, draft_of, fill, get, get_for, need, today
from liaison.services.credits import credit_for_letter
from liaison.services.guarantee_views import versions_of
from liaison.store.models import (
    CoverRow,
    GuaranteeRow,
    GuaranteeVersionRow,
    JourneyRow,
    OrganizationRow,
    PanelRow,
    PatientIdentifierRow,
    PatientRow,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelView:
    """One statement on a panel as a card shows it."""

    id: int
    version: int
    insurer_id: int
    insurer: str
    hospital_id: int
    hospital: str
    is_on_panel: bool
    valid_from: dt.date | None
    valid_to: dt.date | None
    source: str
    checked_on: dt.date
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """Whether a hospital will take a letter: all in all, and question by question."""

    answer: Answer
    verdicts: tuple[Verdict, ...]


# panels


def record_panel(session: Session, draft: PanelDraft) -> Changes:
    """Write down whether a hospital is on an insurer's panel, and who says so."""
    refuse_if([*check_panel(draft, today=today(session)), *_houses(session, draft)])
    row = add(session, fill(PanelRow(), draft))
    return _touched(row, made=row.id)


def edit_panel(session: Session, key: int, draft: PanelDraft, *, version: int | None = None) -> Changes:
    """Correct a statement on a panel."""
    row = get_for(session, PanelRow, key, draft, version=version)
    refuse_if([*check_panel(draft, today=today(session)), *_houses(session, draft)])
    fill(row, draft)
    session.flush()
    return _touched(row)


def remove_panel(session: Session, key: int) -> Changes:
    """Take a wrong statement off; one undo brings it back."""
    row = get(session, PanelRow, key)
    session.delete(row)
    session.flush()
    return _touched(row)


def verify_panel(session: Session, key: int, *, on: dt.date | None = None) -> Changes:
    """Say that somebody asked today and it is still so."""
    row = get(session, PanelRow, key)
    row.checked_on = on or today(session)
    session.flush()
    return _touched(row)


def panel_draft(session: Session, key: int) -> PanelDraft:
    """What the form of a statement opens with."""
    return draft_of(get(session, PanelRow, key), PanelDraft)


def panels_of(session: Session, organization_id: int) -> tuple[PanelView, ...]:
    """Every statement about an insurer or a hospital, the newest first."""
    rows = session.scalars(
        sa.select(PanelRow)
        .where(sa.or_(PanelRow.insurer_id == organization_id, PanelRow.hospital_id == organization_id))
        .order_by(PanelRow.checked_on.desc(), PanelRow.id.desc())
    )
    return tuple(
        PanelView(
            **{name: getattr(r, name) for name in PanelView.__slots__ if name not in ("insurer", "hospital")},
            insurer=name_of(session, r.insurer_id), hospital=name_of(session, r.hospital_id),
        )
        for r in rows
    )  # fmt: skip


def _houses(session: Session, draft: PanelDraft) -> list[Problem]:
    return [
        *need(session, OrganizationRow, draft.insurer_id, field="insurer_id"),
        *hospital_problems(session, draft.hospital_id),
    ]


def _touched(row: PanelRow, *, made: int | None = None) -> Changes:
    return changes(("panel", row.id), ("organization", row.hospital_id), ("organization", row.insurer_id), made=made)


# one letter


def acceptance(session: Session, guarantee_id: int) -> Acceptance:
    """Will this hospital accept this letter? What a letter's page shows beside it."""
    found = verdicts(letter_to_check(session, guarantee_id))
    return Acceptance(answer=will_accept(found), verdicts=found)


def letter_to_check(session: Session, guarantee_id: int) -> LetterToCheck:
    """Everything that the questions ask, put together from the letter, its hospital and its patient."""
    row = get(session, GuaranteeRow, guarantee_id)
    journey = get(session, JourneyRow, row.journey_id)
    patient = get(session, PatientRow, journey.patient_id)
    hospital = session.get(OrganizationRow, row.hospital_id) if row.hospital_id is not None else None
    letter = letter_now(versions_of(session, guarantee_id))
    passports = _passports(session, patient.id)
    cover = get(session, CoverRow, row.cover_id)
    day = journey.planned_admission_on or today(session)
    credit = credit_for_letter(session, row, hospital, day)
    return LetterToCheck(
        day=day,
        today=today(session),
        panel=tuple(_entries(session, row)),
        takes_letters=credit.gives_credit,
        credit_source=credit.source,
        hospital_checked_on=credit.checked_on,
        room_on_letter=letter.room_class if letter is not None else "",
        room_booked=journey.room_class or cover.room_class,
        name_on_letter=row.name_on_letter,
        passport_name=patient.passport_name,
        passport_on_letter=row.passport_on_letter,
        passports=tuple(p.value for p in passports),
        passport_seen_on=max((p.seen_on for p in passports if p.seen_on is not None), default=None),
        letter_on=_issued_on(session, guarantee_id),
        valid_from=letter.valid_from if letter is not None else None,
        valid_to=letter.valid_to if letter is not None else None,
    )


def _entries(session: Session, row: GuaranteeRow) -> Iterable[PanelEntry]:
    policy = policy_of(session, row.cover_id)
    if policy is None or policy.insurer_id is None or row.hospital_id is None:
        return
    rows = session.scalars(
        sa.select(PanelRow)
        .where(PanelRow.insurer_id == policy.insurer_id, PanelRow.hospital_id == row.hospital_id)
        .order_by(PanelRow.id)
    )
    for one in rows:
        yield PanelEntry(
            is_on_panel=one.is_on_panel, source=one.source, checked_on=one.checked_on, valid_from=one.valid_from,
            valid_to=one.valid_to,
        )  # fmt: skip


def _passports(session: Session, patient_id: int) -> list[PatientIdentifierRow]:
    return list(
        session.scalars(
            sa.select(PatientIdentifierRow).where(
                PatientIdentifierRow.patient_id == patient_id, PatientIdentifierRow.kind == IdentifierKind.PASSPORT
            )
        )
    )


def _issued_on(session: Session, guarantee_id: int) -> dt.date | None:
    last = session.scalar(
        sa.select(sa.func.max(GuaranteeVersionRow.issued_at)).where(GuaranteeVersionRow.guarantee_id == guarantee_id)
    )
    return None if last is None else day_of(session, last)
