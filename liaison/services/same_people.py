"""People who stand on record twice, as far as can be told: the same number, the same spelling, telephone or birth date.

A pair is a suggestion. Two that somebody has said are different people are not offered again.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from liaison.domain.coded import Coded
from liaison.domain.names import SAME, likeness
from liaison.domain.patients import ONE_PERSON_KINDS
from liaison.i18n import N_
from liaison.services.changes import Changes
from liaison.services.office import set_setting, setting
from liaison.store.models import JourneyRow, PatientIdentifierRow, PatientRow

DIFFERENT_PEOPLE = "different_people"
"""The setting that holds pairs of keys, the smaller first."""

_LOOKED_AT = 2_000
SHOWN = 200
_ALIKE = 70


class Because(Coded):
    """Why two records may be one person, the surest first."""

    NUMBER = "NUMBER", N_("same identity number")
    PHONE = "PHONE", N_("same telephone, like name")
    BIRTH = "BIRTH", N_("same birth date, like name")
    NAME = "NAME", N_("same name, whatever the spelling")


@dataclass(frozen=True, slots=True, kw_only=True)
class PairSide:
    """One of a pair."""

    id: int
    name: str
    city: str
    birth_date: dt.date | None
    cases: int
    is_provisional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two records that may be one person. ``keep`` is the one that more is known of."""

    keep: PairSide
    other: PairSide
    because: Because

    @property
    def id(self) -> int:
        """Tells pairs of a list apart: the record that would go."""
        return self.other.id


def likely_pairs(session: Session, *, limit: int = SHOWN) -> tuple[Pair, ...]:
    """Pairs of records that may be one person, the surest first, each record once."""
    found: dict[tuple[int, int], Because] = {}
    for because, pairs in (
        (Because.NUMBER, _same_number(session)),
        (Because.PHONE, _same(session, PatientRow.phone_digits)),
        (Because.BIRTH, _same(session, PatientRow.birth_date)),
        (Because.NAME, _same(session, PatientRow.similar_key)),
    ):
        for pair in pairs:
            found.setdefault(pair, because)
    different = {tuple(pair) for pair in setting(session, DIFFERENT_PEOPLE, [])}
    people = _people(session, {key for pair in found for key in pair})
    made: list[Pair] = []
    seen: set[int] = set()
    for (one, two), because in sorted(found.items(), key=lambda each: (list(Because).index(each[1]), each[0])):
        if (one, two) in different or {one, two} & seen or not _may_be_one(people[one], people[two], because):
            continue
        seen |= {one, two}
        keep, other = sorted((people[one], people[two]), key=_known, reverse=True)
        made.append(Pair(keep=keep, other=other, because=because))
        if len(made) >= limit:
            break
    return tuple(made)


def are_different(session: Session, one: int, two: int) -> Changes:
    """Two records are two people: never offer them as one again."""
    pair = sorted((one, two))
    known = [list(each) for each in setting(session, DIFFERENT_PEOPLE, [])]
    return set_setting(session, DIFFERENT_PEOPLE, [*known, pair] if pair not in known else known)


def _alive(row: type[PatientRow]) -> tuple[sa.ColumnElement[bool], ...]:
    return row.merged_into_id.is_(None), row.voided_reason == ""


def _same(session: Session, column: sa.orm.InstrumentedAttribute) -> list[tuple[int, int]]:  # type: ignore[type-arg]
    """Pairs that share a value; for a name's spelling, not one-word names alone, which many people bear."""
    one, two = aliased(PatientRow), aliased(PatientRow)
    ours, theirs = getattr(one, column.key), getattr(two, column.key)
    asked = (
        sa.select(one.id, two.id, one.full_name, two.full_name)
        .join(two, sa.and_(ours == theirs, one.id < two.id))
        .where(ours.is_not(None), sa.cast(ours, sa.Text) != "", *_alive(one), *_alive(two))
        .limit(_LOOKED_AT)
    )
    if column.key == "similar_key":
        asked = asked.where(one.name_key.contains(" "))
        return [(a, b) for a, b, _, _ in session.execute(asked)]
    return [(a, b) for a, b, first, second in session.execute(asked) if likeness(first, second) >= _ALIKE]


def _same_number(session: Session) -> list[tuple[int, int]]:
    one, two = aliased(PatientIdentifierRow), aliased(PatientIdentifierRow)
    first, second = aliased(PatientRow), aliased(PatientRow)
    asked = (
        sa.select(one.patient_id, two.patient_id)
        .join(two, sa.and_(one.kind == two.kind, one.value_key == two.value_key, one.patient_id < two.patient_id))
        .join(first, first.id == one.patient_id)
        .join(second, second.id == two.patient_id)
        .where(one.kind.in_(ONE_PERSON_KINDS), one.value_key != "", *_alive(first), *_alive(second))
        .limit(_LOOKED_AT)
    )
    return [(a, b) for a, b in session.execute(asked)]


def _people(session: Session, keys: set[int]) -> dict[int, PairSide]:
    cases = dict(
        session.execute(
            sa.select(JourneyRow.patient_id, sa.func.count(JourneyRow.id))
            .where(JourneyRow.patient_id.in_(keys))
            .group_by(JourneyRow.patient_id)
        ).all()
    )
    rows = session.scalars(sa.select(PatientRow).where(PatientRow.id.in_(keys)))
    return {
        r.id: PairSide(
            id=r.id, name=r.full_name, city=r.city, birth_date=r.birth_date, cases=cases.get(r.id, 0),
            is_provisional=r.is_provisional,
        )
        for r in rows
    }  # fmt: skip


def _may_be_one(one: PairSide, two: PairSide, because: Because) -> bool:
    """Two birth dates speak against it, unless one number belongs to both."""
    if because is Because.NUMBER:
        return True
    contradict = one.birth_date is not None and two.birth_date is not None and one.birth_date != two.birth_date
    return not contradict and (because is not Because.NAME or likeness(one.name, two.name) >= SAME)


def _known(side: PairSide) -> tuple[bool, int, bool, int]:
    return not side.is_provisional, side.cases, side.birth_date is not None, -side.id
