"""Two records of one person become one: everything moves to the one that stays, and the other says where it went.

Where both know something and differ, somebody chooses; what was not chosen stays on the record that went, and in the
history. One action, and one undo brings both back as they were.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.errors import refuse_if
from liaison.domain.fields import field_of
from liaison.domain.handing import Side
from liaison.domain.patients import Region
from liaison.domain.people import PatientDraft
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services.case_rows import personal_tables
from liaison.services.changes import Changes, changes, get
from liaison.services.debts import settle_debts
from liaison.services.patients import keep_keys
from liaison.store.base import Base, Record
from liaison.store.models import (
    ClaimRow,
    CoverRow,
    DocumentRow,
    JourneyRow,
    PatientIdentifierRow,
    PatientRow,
    RelatedPersonRow,
)

MERGE = N_("Put two records of one person together")
SAME_PATIENT = N_("Choose two different patients.")
MERGED_ALREADY = N_("One of these patients was merged before. Open the one that stayed.")
CONTRADICT = N_("These two differ in “{field}”. Correct one of them first if they are the same person.")

FIELDS = (
    "full_name", "passport_name", "sex", "birth_date", "birth_place", "phone", "phone_owner", "email", "address",
    "city", "nationality", "language", "died_on", "allergies", "note",
)  # fmt: skip
"""What is compared, in the order of the form. Empty gives way to filled; where both say something else, one chooses."""

_NEVER_DIFFER = ("birth_date", "sex")
"""Two people may share a name. Without a choice these stop the merge."""

_USUAL = {"nationality": "ID", "language": "id"}
"""What a form begins with: nobody has said it, so it gives way."""

_MOVED_APART = frozenset({"patient", "cover", "patient_identifier"})


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeSide:
    """One of the two records. ``cases`` are case numbers."""

    id: int
    name: str
    city: str
    birth_date: dt.date | None
    is_provisional: bool
    cases: tuple[str, ...]
    claims: int
    documents: int
    numbers: tuple[str, ...]
    policies: int
    related: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldPair:
    """A field in which the two differ, both being filled. ``must`` means that there is no usual choice."""

    name: str
    label: str
    ours: object
    theirs: object
    must: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeView:
    """Two records side by side: what differs, what the one that stays takes over, what stands in the way."""

    stays: MergeSide
    goes: MergeSide
    differing: tuple[FieldPair, ...]
    filled: tuple[str, ...]
    """Marked names of fields that only the other has."""
    problems: tuple[Problem, ...]


def merge_view(session: Session, keep: int, other: int) -> MergeView:
    """Two people side by side. Raises :class:`Refused` (GONE)."""
    stays, goes = get(session, PatientRow, keep), get(session, PatientRow, other)
    return MergeView(
        stays=_side(session, stays),
        goes=_side(session, goes),
        differing=tuple(
            FieldPair(
                name=name, label=field_of(PatientDraft, name).label, ours=getattr(stays, name),
                theirs=getattr(goes, name), must=name in _NEVER_DIFFER,
            )
            for name in FIELDS
            if _differ(stays, goes, name)
        ),
        filled=tuple(field_of(PatientDraft, name).label for name in FIELDS if _only_theirs(stays, goes, name)),
        problems=tuple(p for p in _problems(stays, goes, {}) if p.code != "CONTRADICT"),
    )  # fmt: skip


def merge_patients(session: Session, keep: int, other: int, choices: Mapping[str, Side] | None = None) -> Changes:
    """Bring a second record of the same person into the first. Everything that hangs on the second moves.

    ``choices`` says by field whose value stays; without one ours does, but birth date and sex then stop the merge.
    """
    stays, goes = get(session, PatientRow, keep), get(session, PatientRow, other)
    chosen = dict(choices or {})
    refuse_if(_problems(stays, goes, chosen))
    _take_fields(stays, goes, chosen)
    touched: list[tuple[str, int | None]] = [("patient", keep), ("patient", other)]
    _move_covers(session, keep, other)
    _move_identifiers(session, keep, other)
    touched += _move_all_else(session, keep, other)
    goes.merged_into_id = keep
    for earlier in session.scalars(sa.select(PatientRow).where(PatientRow.merged_into_id == other)):
        earlier.merged_into_id = keep
    session.flush()
    for key in session.scalars(sa.select(JourneyRow.id).where(JourneyRow.patient_id == keep)).all():
        settle_debts(session, key)
    return changes(*touched)


def _side(session: Session, row: PatientRow) -> MergeSide:
    def count(table: Any) -> int:
        return session.scalar(sa.select(sa.func.count(table.id)).where(table.patient_id == row.id)) or 0

    cases = sa.select(JourneyRow.case_no).where(JourneyRow.patient_id == row.id).order_by(JourneyRow.id.desc())
    papers = (
        sa.select(sa.func.count(DocumentRow.id))
        .join(JourneyRow, JourneyRow.id == DocumentRow.journey_id)
        .where(JourneyRow.patient_id == row.id)
    )
    numbers = sa.select(PatientIdentifierRow.value).where(PatientIdentifierRow.patient_id == row.id)
    return MergeSide(
        id=row.id, name=row.full_name, city=row.city, birth_date=row.birth_date, is_provisional=row.is_provisional,
        cases=tuple(session.scalars(cases)), claims=count(ClaimRow), documents=session.scalar(papers) or 0,
        numbers=tuple(session.scalars(numbers)), policies=count(CoverRow), related=count(RelatedPersonRow),
    )  # fmt: skip


def _problems(stays: PatientRow, goes: PatientRow, choices: Mapping[str, Side]) -> list[Problem]:
    if stays.id == goes.id:
        return [Problem(code="SAME_PATIENT", message=SAME_PATIENT)]
    if stays.merged_into_id is not None or goes.merged_into_id is not None:
        return [Problem(code="MERGED_ALREADY", message=MERGED_ALREADY)]
    found = []
    for name in _NEVER_DIFFER:
        if name not in choices and _differ(stays, goes, name):
            values = {"field": field_of(PatientDraft, name)}
            found.append(Problem(code="CONTRADICT", message=CONTRADICT, field=name, values=values))
    return found


def _says(row: PatientRow, name: str) -> Any:
    value = getattr(row, name)
    return None if value == _USUAL.get(name) else value or None


def _differ(stays: PatientRow, goes: PatientRow, name: str) -> bool:
    ours, theirs = _says(stays, name), _says(goes, name)
    return ours is not None and theirs is not None and ours != theirs


def _only_theirs(stays: PatientRow, goes: PatientRow, name: str) -> bool:
    return _says(stays, name) is None and _says(goes, name) is not None


def _take_fields(stays: PatientRow, goes: PatientRow, choices: Mapping[str, Side]) -> None:
    moved = False
    for name in FIELDS:
        if _only_theirs(stays, goes, name) or (choices.get(name) is Side.THEIRS and _differ(stays, goes, name)):
            setattr(stays, name, getattr(goes, name))
            moved |= name == "city"
    if moved or (not stays.province and not stays.city):
        stays.province, stays.region = goes.province, goes.region
    if stays.region is Region.NOT_STATED and stays.city == goes.city:
        stays.region = goes.region
    stays.is_infectious = stays.is_infectious or goes.is_infectious
    stays.is_provisional = stays.is_provisional and goes.is_provisional
    keep_keys(stays)


def _rows_of(session: Session, table: Any, patient_id: int) -> list[Any]:
    return list(session.scalars(sa.select(table).where(table.patient_id == patient_id)))


def _move_covers(session: Session, keep: int, other: int) -> None:
    """Covers move; where both stand on one policy, what hangs on the second is hung on the first."""
    ours = {c.policy_id: c for c in _rows_of(session, CoverRow, keep)}
    for cover in _rows_of(session, CoverRow, other):
        twin = ours.get(cover.policy_id)
        if twin is None or (cover.member_no_key and twin.member_no_key and cover.member_no_key != twin.member_no_key):
            cover.patient_id = keep
            continue
        _hang_on(session, cover.id, twin.id)
        for name in ("member_no", "member_no_key", "card_no", "name_on_policy", "relation_to_holder", "room_class"):
            if not getattr(twin, name):
                setattr(twin, name, getattr(cover, name))
        session.flush()
        session.delete(cover)
    session.flush()


def _hang_on(session: Session, cover_id: int, twin_id: int) -> None:
    for table, column in _leading_to("cover"):
        for row in session.scalars(sa.select(table).where(getattr(table, column) == cover_id)):
            setattr(row, column, twin_id)


def _move_identifiers(session: Session, keep: int, other: int) -> None:
    ours = {(i.kind, i.value_key, i.organization_id) for i in _rows_of(session, PatientIdentifierRow, keep)}
    for row in _rows_of(session, PatientIdentifierRow, other):
        if (row.kind, row.value_key, row.organization_id) in ours:
            session.delete(row)
        else:
            row.patient_id = keep
    session.flush()


def _move_all_else(session: Session, keep: int, other: int) -> list[tuple[str, int | None]]:
    """Cases, claims, relations, consents, what was disclosed: whatever points at the one who goes."""
    touched: list[tuple[str, int | None]] = []
    for table, column in _leading_to("patient"):
        if table.__tablename__ in _MOVED_APART:
            continue
        points_at = getattr(table, column)
        if _is_single(table, column) and session.scalar(sa.select(table.id).where(points_at == keep)) is not None:
            continue  # There may be only one, and the one that stays has it; the second stays with the other record.
        for row in session.scalars(sa.select(table).where(points_at == other)):
            setattr(row, column, keep)
            touched.append((table.__tablename__, row.id))
    for related in session.scalars(sa.select(RelatedPersonRow).where(RelatedPersonRow.patient_id == keep)):
        if related.related_patient_id == keep:
            related.related_patient_id = None
    session.flush()
    return touched


def _is_single(table: Any, column: str) -> bool:
    rules = (c for c in table.__table__.constraints if isinstance(c, sa.UniqueConstraint))
    return any([c.name for c in rule.columns] == [column] for rule in rules)


def _leading_to(parent: str) -> list[tuple[Any, str]]:
    """Every mapped table and column that points at rows of a table, so that a new table is never forgotten."""
    assert parent in personal_tables()
    found: list[tuple[Any, str]] = []
    for mapper in Base.registry.mappers:
        kind = mapper.class_
        if not issubclass(kind, Record):
            continue
        for column in mapper.local_table.columns:
            if any(key.column.table.name == parent for key in column.foreign_keys):
                found.append((kind, column.name))
    return sorted(found, key=lambda each: (each[0].__tablename__, each[1]))
