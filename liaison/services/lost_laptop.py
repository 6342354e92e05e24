"""A laptop is lost: who was on it, how it was guarded, the three days from when we learned of it, and whom we told.

Works in the office's own store, in one brought back from a backup (the persons of the backup were on the laptop), and
on a colleague's laptop (those whose cases went to or came from the lost one). Source: ``security`` 8, breach log.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.calendars import plus_months
from liaison.domain.errors import refuse_if
from liaison.domain.names import fold
from liaison.domain.patients import IdentifierKind
from liaison.domain.problems import Problem
from liaison.domain.restricted import is_restricted
from liaison.domain.trouble import (
    TIME_TO_TELL,
    WARN_AFTER,
    Answer3,
    Danger,
    LostLaptopDraft,
    TimeToTell,
    check_lost_laptop,
    danger,
    time_to_tell,
)
from liaison.domain.work import TaskKind
from liaison.i18n import N_
from liaison.services.changes import Changes, add, changes, clock, draft_of, fill, get, get_for, today
from liaison.services.checklists import ADULT_AGE
from liaison.services.work import own_id
from liaison.store.models import (
    ClaimRow,
    DocumentRow,
    HandOverCaseRow,
    HandOverRow,
    JourneyRow,
    LostLaptopRow,
    PatientIdentifierRow,
    PatientRow,
    RelatedPersonRow,
    TaskRow,
)

REPORTED = N_("Report a lost laptop")
TELL = N_("Lost laptop: tell the persons and the authority before the three days are over")
UNKNOWN_COLLEAGUE = N_("No case ever went to or came from {who}. Compare with the hand-overs, or leave it empty.")


@dataclass(frozen=True, slots=True, kw_only=True)
class OnIt:
    """Who was on the laptop, counted."""

    persons: int
    cases: int
    open_cases: int
    claims: int
    documents: int
    restricted: int
    """Cases about HIV, mental health, fertility or TB."""
    with_identity: int
    """Persons with a NIK or passport number."""
    with_phone: int
    relatives: int
    children: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """How the store is guarded, read from its key file."""

    passphrases: int
    memory_mib: int
    passes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LostView:
    """One lost laptop."""

    id: int
    version: int
    aware_at: dt.datetime
    lost_at: dt.datetime | None
    where_lost: str
    what_happened: str
    whose: str
    was_locked: Answer3
    disk_encrypted: Answer3
    passphrase_with_it: Answer3
    measures: str
    authority_told_at: dt.datetime | None
    persons_told_at: dt.datetime | None
    is_found: bool
    time: TimeToTell
    danger: Danger
    on_it: OnIt
    guard: Guard


@dataclass(frozen=True, slots=True, kw_only=True)
class Affected:
    """One person who was on the laptop: what is needed to tell the person, no more."""

    name: str
    phone: str
    email: str
    address: str
    city: str
    language: str


def report_lost(session: Session, draft: LostLaptopDraft) -> Changes:
    """Write down that a laptop is lost; Today reminds of the three days until both sides have been told."""
    refuse_if([*check_lost_laptop(draft, now=clock(session)), *_colleague_problems(session, draft)])
    row = add(session, fill(LostLaptopRow(), draft))
    tasks = []
    for after in (*WARN_AFTER, TIME_TO_TELL):
        task = TaskRow(
            kind=TaskKind.ALARM, title=TELL, due_at=row.aware_at + after, is_urgent=True, officer_id=own_id(session)
        )
        tasks.append(add(session, task))
    return changes(("lost_laptop", row.id), *(("task", task.id) for task in tasks), made=row.id)


def edit_lost(session: Session, key: int, draft: LostLaptopDraft, *, version: int | None = None) -> Changes:
    """Change what is known of it."""
    row = get_for(session, LostLaptopRow, key, draft, version=version)
    refuse_if([*check_lost_laptop(draft, now=clock(session)), *_colleague_problems(session, draft)])
    alarms, known = _alarms(session, row), row.aware_at
    fill(row, draft)
    for task in alarms:
        if task.due_at is not None:
            task.due_at += row.aware_at - known
    session.flush()
    return changes(("lost_laptop", key), *(("task", task.id) for task in alarms))


def _alarms(session: Session, row: LostLaptopRow) -> list[TaskRow]:
    """The alarms of this laptop that still stand; two laptops have each their own three days."""
    moments = [row.aware_at + after for after in (*WARN_AFTER, TIME_TO_TELL)]
    mine = (TaskRow.title == TELL, TaskRow.done_at.is_(None), TaskRow.due_at.in_(moments))
    return list(session.scalars(sa.select(TaskRow).where(*mine)))


def lost_draft(session: Session, key: int) -> LostLaptopDraft:
    """What the form opens with."""
    return draft_of(get(session, LostLaptopRow, key), LostLaptopDraft)


def told_authority(session: Session, key: int) -> Changes:
    """The authority has been told, now."""
    get(session, LostLaptopRow, key).authority_told_at = clock(session)
    return _settled(session, key)


def told_persons(session: Session, key: int) -> Changes:
    """The persons have been told, now."""
    get(session, LostLaptopRow, key).persons_told_at = clock(session)
    return _settled(session, key)


def found_again(session: Session, key: int) -> Changes:
    """The laptop is back. What was told stays on record."""
    get(session, LostLaptopRow, key).is_found = True
    session.flush()
    return changes(("lost_laptop", key))


def _settled(session: Session, key: int) -> Changes:
    """Once both sides know, Today no longer asks."""
    row = get(session, LostLaptopRow, key)
    session.flush()
    touched: list[tuple[str, int | None]] = [("lost_laptop", key)]
    if row.authority_told_at is not None and row.persons_told_at is not None:
        for task in _alarms(session, row):
            task.done_at = clock(session)
            touched.append(("task", task.id))
        session.flush()
    return changes(*touched)


def lost_laptops(session: Session) -> tuple[LostView, ...]:
    """Every laptop that was reported lost, newest first."""
    keys = session.scalars(sa.select(LostLaptopRow.id).order_by(LostLaptopRow.id.desc())).all()
    return tuple(lost_laptop(session, key) for key in keys)


def lost_laptop(session: Session, key: int) -> LostView:
    """One lost laptop with the clock as it stands and who was on it."""
    row = get(session, LostLaptopRow, key)
    return LostView(
        id=row.id, version=row.version, aware_at=row.aware_at, lost_at=row.lost_at, where_lost=row.where_lost,
        what_happened=row.what_happened, whose=row.whose, was_locked=row.was_locked,
        disk_encrypted=row.disk_encrypted, passphrase_with_it=row.passphrase_with_it, measures=row.measures,
        authority_told_at=row.authority_told_at, persons_told_at=row.persons_told_at, is_found=row.is_found,
        time=time_to_tell(row.aware_at, now=clock(session)),
        danger=danger(was_locked=row.was_locked, passphrase_with_it=row.passphrase_with_it),
        on_it=on_laptop(session, row.whose), guard=_guard(session),
    )  # fmt: skip


def _restricted(session: Session, case: Any) -> int:
    """Cases marked as restricted, and those whose diagnosis tells it without a mark."""
    asked = sa.select(JourneyRow.is_restricted, JourneyRow.diagnosis_code, JourneyRow.diagnosis).where(case)
    return sum(marked or is_restricted(code, words) for marked, code, words in session.execute(asked))


def on_laptop(session: Session, whose: str = "") -> OnIt:
    """Who was on the laptop of this store, or on a colleague's as far as cases went there or came from there."""
    people, cases = _people(session, whose), _cases(session, whose)
    person, case = _within(PatientRow.id, people), _within(JourneyRow.id, cases)

    def count(column: Any, *where: Any) -> int:
        return session.scalar(sa.select(sa.func.count(sa.distinct(column))).where(*where)) or 0

    known = (PatientRow.merged_into_id.is_(None), PatientRow.voided_reason == "")
    born_after = plus_months(today(session), -12 * ADULT_AGE)
    numbers = (IdentifierKind.NIK, IdentifierKind.PASSPORT)
    return OnIt(
        persons=count(PatientRow.id, person, *known),
        cases=count(JourneyRow.id, case),
        open_cases=count(JourneyRow.id, case, JourneyRow.is_open),
        claims=count(ClaimRow.id, _within(ClaimRow.journey_id, cases)),
        documents=count(DocumentRow.id, _within(DocumentRow.journey_id, cases)),
        restricted=_restricted(session, case),
        with_identity=count(
            PatientIdentifierRow.patient_id, _within(PatientIdentifierRow.patient_id, people),
            PatientIdentifierRow.kind.in_(numbers),
        ),
        with_phone=count(PatientRow.id, person, *known, PatientRow.phone != ""),
        relatives=count(RelatedPersonRow.id, _within(RelatedPersonRow.patient_id, people)),
        children=count(PatientRow.id, person, *known, PatientRow.birth_date > born_after),
    )  # fmt: skip


def affected(session: Session, key: int) -> tuple[Affected, ...]:
    """The persons to be told, by name."""
    row = get(session, LostLaptopRow, key)
    asked = (
        sa.select(PatientRow)
        .where(
            _within(PatientRow.id, _people(session, row.whose)),
            PatientRow.merged_into_id.is_(None),
            PatientRow.voided_reason == "",
        )
        .order_by(PatientRow.name_key, PatientRow.id)
    )
    return tuple(
        Affected(name=p.full_name, phone=p.phone, email=p.email, address=p.address, city=p.city, language=p.language)
        for p in session.scalars(asked)
    )


def _within(column: Any, keys: frozenset[int] | None) -> sa.ColumnElement[bool]:
    return sa.true() if keys is None else column.in_(keys)


def _cases(session: Session, whose: str) -> frozenset[int] | None:
    """None means every case."""
    if not whose.strip():
        return None
    files = {
        key for key, who in session.execute(sa.select(HandOverRow.id, HandOverRow.who)) if fold(who) == fold(whose)
    }
    cases = sa.select(HandOverCaseRow.journey_id).where(HandOverCaseRow.hand_over_id.in_(files))
    return frozenset(session.scalars(cases))


def _people(session: Session, whose: str) -> frozenset[int] | None:
    cases = _cases(session, whose)
    if cases is None:
        return None
    return frozenset(session.scalars(sa.select(JourneyRow.patient_id).where(JourneyRow.id.in_(cases))))


def _colleague_problems(session: Session, draft: LostLaptopDraft) -> list[Problem]:
    if not draft.whose.strip() or _cases(session, draft.whose):
        return []
    values = {"who": draft.whose.strip()}
    return [Problem(code="UNKNOWN_COLLEAGUE", message=UNKNOWN_COLLEAGUE, field="whose", values=values)]


def _guard(session: Session) -> Guard:
    slots = session.info["store"].envelope.slots
    weakest = min(slots, key=lambda slot: slot.kdf.memory_kib * slot.kdf.time)
    return Guard(
        passphrases=sum(slot.officer is not None for slot in slots),
        memory_mib=weakest.kdf.memory_kib // 1024,
        passes=weakest.kdf.time,
    )
