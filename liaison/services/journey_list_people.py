"""Whom a tracking sheet speaks of: people on record, people met in the sheet, and who only may be the same.

A number the person was given finds somebody for certain, so do name and birth date together. Within one sheet a name
without anything that contradicts it is one person; across sheets it is a suggestion. A phone may serve a family: it can
speak against two rows being one person, never for it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.identifiers import check_nik, number_key, phone_digits
from liaison.domain.listing import StagedJourney
from liaison.domain.names import fold, likeness, similar_key, without_titles
from liaison.domain.patients import IdentifierKind
from liaison.services.list_houses import Key
from liaison.store.models import CoverRow, PatientIdentifierRow, PatientRow, PolicyRow

SAME_BEARER = 60
"""Below this likeness of names, one number on two names is somebody's slip, not one person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number that somebody gave to a person."""

    kind: IdentifierKind
    value: str

    @property
    def key(self) -> str:
        """As compared."""
        return number_key(self.value)


@dataclass(slots=True, kw_only=True)
class CoverKnown:
    """A cover of somebody, by what tells it from others."""

    key: Key
    insurer: Key | None
    policy_no: str
    member_no: str


@dataclass(slots=True, kw_only=True)
class Person:
    """Somebody on record, or somebody the sheet makes; later rows fill in what earlier ones left blank."""

    key: Key | None = None
    name: str
    is_on_record: bool = False
    is_met: bool = False
    """An earlier row of the sheet is about this person."""
    birth_date: dt.date | None = None
    sex: str = ""
    phone: str = ""
    city: str = ""
    insurer: str = ""
    numbers: dict[tuple[IdentifierKind, str], Number] = field(default_factory=dict)
    new_numbers: list[Number] = field(default_factory=list)
    covers: list[CoverKnown] = field(default_factory=list)
    passport_expires_on: dt.date | None = None
    identity_seen_on: dt.date | None = None

    @property
    def told(self) -> str:
        """The name as compared, without titles."""
        return without_titles(self.name)

    def learn(self, row: StagedJourney, numbers: Sequence[Number], insurer: str) -> None:
        """Take over what a row says and nobody knew."""
        if not self.is_on_record:
            self.birth_date = self.birth_date or row.birth_date
            self.sex, self.phone = self.sex or row.sex, self.phone or row.phone
            self.city, self.insurer = self.city or row.city, self.insurer or fold(insurer)
        for number in numbers:
            if (number.kind, number.key) not in self.numbers:
                self.numbers[number.kind, number.key] = number
                self.new_numbers.append(number)

    def contradicts(self, row: StagedJourney, numbers: Sequence[Number]) -> bool:
        """Whether birth date or numbers say that a row is about somebody else."""
        if self.birth_date and row.birth_date and self.birth_date != row.birth_date:
            return True
        own = {key for kind, key in self.numbers if kind is IdentifierKind.NIK}
        return any(own and n.key not in own for n in numbers if n.kind is IdentifierKind.NIK)

    def is_other_bearer(self, row: StagedJourney, numbers: Sequence[Number], insurer: str) -> bool:
        """Whether a row with the same name only is about another bearer of that name."""
        digits = phone_digits(row.phone)
        other_phone = bool(digits and self.phone and phone_digits(self.phone) != digits)
        other_insurer = bool(insurer and self.insurer and fold(insurer) != self.insurer)
        return other_phone or other_insurer or self.contradicts(row, numbers)


_SHOWS_WHO = (IdentifierKind.NIK, IdentifierKind.PASSPORT, IdentifierKind.KK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a row's name and numbers mean. ``maybe`` are people on record of that name, none of them certain."""

    person: Person | None = None
    maybe: tuple[Person, ...] = ()
    like: tuple[str, ...] = ()
    is_number_of_another: bool = False


class People:
    """Everybody on record whom a sheet may mean, read once, and everybody the sheet has made so far."""

    def __init__(self, session: Session, rows: Sequence[StagedJourney], *, today: dt.date) -> None:
        self._session, self._today = session, today
        self._by_name: dict[str, list[Person]] = defaultdict(list)
        self._by_number: dict[tuple[IdentifierKind, str], list[Person]] = defaultdict(list)
        self._by_cover: dict[str, list[Person]] = defaultdict(list)
        self._similar: dict[str, list[str]] = defaultdict(list)
        self._read(rows)

    def numbers(self, row: StagedJourney) -> list[Number]:
        """The numbers a row gives a person; what is no NIK by its digits is kept as another number."""
        found = []
        if row.identity_no.strip():
            wrong = any(p.severity == "error" for p in check_nik(row.identity_no, today=self._today))
            kind = IdentifierKind.OTHER if wrong else IdentifierKind.NIK
            found.append(Number(kind=kind, value=row.identity_no.strip()))
        if row.passport_no.strip():
            found.append(Number(kind=IdentifierKind.PASSPORT, value=row.passport_no.strip()))
        return [n for n in found if n.key]

    def find(self, row: StagedJourney, insurer: str) -> Found:
        """Whom a row is about."""
        numbers, told = self.numbers(row), without_titles(row.patient_name)
        bearers = [p for n in numbers for p in self._by_number[n.kind, n.key]]
        same = next((p for p in bearers if self._is_bearer(p, row, numbers)), None)
        if same is not None:
            return Found(person=same)
        named = [p for p in self._by_name[told] if not p.contradicts(row, numbers)]
        certain = next(self._certain(row, named), None)
        if certain is None:
            certain = next((p for p in named if p.is_met and not p.is_other_bearer(row, numbers, insurer)), None)
        if certain is not None:
            return Found(person=certain)
        maybe = tuple(p for p in named if p.is_on_record and not p.is_other_bearer(row, numbers, insurer))
        like = [p.name for p in named if p.is_on_record] + self._similar[similar_key(row.patient_name)]
        return Found(maybe=maybe, like=tuple(dict.fromkeys(like))[:3], is_number_of_another=bool(bearers))

    def _is_bearer(self, person: Person, row: StagedJourney, numbers: Sequence[Number]) -> bool:
        return likeness(person.name, row.patient_name) >= SAME_BEARER and not person.contradicts(row, numbers)

    def _certain(self, row: StagedJourney, named: Sequence[Person]) -> Iterator[Person]:
        """People of that name with the policy or member number, or the birth date, of a row."""
        for number in {number_key(row.member_no), number_key(row.policy_no)} - {""}:
            yield from (p for p in named if any(p is other for other in self._by_cover[number]))
        if row.birth_date is not None:
            yield from (p for p in named if p.birth_date == row.birth_date)

    def add(self, row: StagedJourney) -> Person:
        """Somebody new."""
        person = Person(name=row.patient_name)
        self._by_name[person.told].append(person)
        return person

    def keep(self, person: Person, row: StagedJourney, insurer: str) -> None:
        """Remember what a row says of somebody, for the rows after it."""
        person.is_met = True
        person.learn(row, self.numbers(row), insurer)
        for number in self.numbers(row):
            self._by_number[number.kind, number.key].append(person)
        for text in (row.member_no, row.policy_no):
            if number_key(text):
                self._by_cover[number_key(text)].append(person)

    # reading

    def _read(self, rows: Sequence[StagedJourney]) -> None:
        names = {fold(r.patient_name) for r in rows} | {without_titles(r.patient_name) for r in rows}
        similar = {similar_key(r.patient_name) for r in rows}
        numbers = {n.key for r in rows for n in self.numbers(r)}
        covers = {number_key(n) for r in rows for n in (r.member_no, r.policy_no)} - {""}
        bearers = sa.select(PatientIdentifierRow.patient_id).where(among(PatientIdentifierRow.value_key, numbers))
        insured = (
            sa.select(CoverRow.patient_id)
            .join(PolicyRow, PolicyRow.id == CoverRow.policy_id)
            .where(sa.or_(among(CoverRow.member_no_key, covers), among(PolicyRow.policy_no_key, covers)))
        )
        wanted = sa.or_(
            among(PatientRow.name_key, names), among(PatientRow.similar_key, similar), PatientRow.id.in_(bearers),
            PatientRow.id.in_(insured),
        )  # fmt: skip
        alive = (PatientRow.merged_into_id.is_(None), PatientRow.voided_reason == "")
        found = {row.id: _person(row) for row in self._session.scalars(sa.select(PatientRow).where(wanted, *alive))}
        self._read_numbers(found)
        self._read_covers(found)
        for person in found.values():
            self._by_name[person.told].append(person)
            self._similar[similar_key(person.name)].append(person.name)

    def _read_numbers(self, found: dict[int, Person]) -> None:
        for row in self._session.scalars(
            sa.select(PatientIdentifierRow).where(among(PatientIdentifierRow.patient_id, found))
        ):
            person = found[row.patient_id]
            person.numbers[row.kind, row.value_key] = Number(kind=row.kind, value=row.value)
            self._by_number[row.kind, row.value_key].append(person)
            if row.kind is IdentifierKind.PASSPORT and row.expires_on is not None:
                person.passport_expires_on = max(row.expires_on, person.passport_expires_on or row.expires_on)
            if row.kind in _SHOWS_WHO:
                person.identity_seen_on = person.identity_seen_on or row.seen_on

    def _read_covers(self, found: dict[int, Person]) -> None:
        covers = (
            sa.select(CoverRow, PolicyRow.insurer_id, PolicyRow.policy_no_key)
            .join(PolicyRow, PolicyRow.id == CoverRow.policy_id)
            .where(among(CoverRow.patient_id, found))
            .order_by(CoverRow.id)
        )
        for row, insurer, policy_no in self._session.execute(covers):
            person = found[row.patient_id]
            person.covers.append(
                CoverKnown(key=row.id, insurer=insurer, policy_no=policy_no, member_no=row.member_no_key)
            )
            for number in {policy_no, row.member_no_key} - {""}:
                self._by_cover[number].append(person)


def _person(row: PatientRow) -> Person:
    return Person(
        key=row.id, name=row.full_name, is_on_record=True, birth_date=row.birth_date, phone=row.phone, city=row.city,
        sex=row.sex.value if row.sex else "",
    )  # fmt: skip


def among(column: sa.orm.InstrumentedAttribute[str] | sa.orm.InstrumentedAttribute[int], values: Iterable[object]) -> (
    sa.ColumnElement[bool]
):  # fmt: skip
    """A column's value is one of many; as one parameter, however many they are."""
    listed = sa.func.json_each(json.dumps(sorted(values, key=str))).table_valued("value")
    return column.in_(sa.select(listed.c.value))
