"""Who a claim list speaks of: finding patients, covers, hospitals and insurers on record, making those that are not.

Order of matching (``decisions``): a number the person was given (member or policy number of the insurer), then name and
birth date. A bare name is one provisional patient within a list if neither birth dates nor numbers contradict each
other; across lists it is only a suggestion.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict, deque
from dataclasses import dataclass, field
from functools import lru_cache

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.identifiers import number_key, phone_digits
from liaison.domain.listing import StagedClaim
from liaison.domain.names import fold, similar_key
from liaison.domain.network import OrganizationKind
from liaison.domain.patients import Region, Sex
from liaison.domain.policies import PolicyStatus
from liaison.domain.regions import city_of, country_of, region_of
from liaison.services.batch import Batch, Stream, stored_day
from liaison.services.list_houses import Houses, Key
from liaison.store.models import CoverRow, PatientRow, PolicyRow

_MOST_LIKE = 3
_PATIENT = (
    "full_name", "name_key", "similar_key", "sex", "birth_date", "phone", "phone_digits", "city", "province", "region",
    "is_provisional",
)  # fmt: skip
_POLICY = ("insurer_id", "policy_no", "policy_no_key", "status")
_COVER = ("patient_id", "policy_id", "member_no", "member_no_key", "name_on_policy", "relation_to_holder")


@dataclass(slots=True, eq=False)
class _Person:
    """A patient, on record or new, with the covers met so far by (insurer, policy number, member number)."""

    key: Key
    birth_date: dt.date | None
    covers: dict[tuple[Key | None, str, str], Key] = field(default_factory=dict)
    namesakes: _Namesakes | None = None
    """The people of this list with the same name and insurer; none for a person on record."""
    is_numbered: bool = False
    """Whether a member number was met within this list: a second, different one contradicts."""


class _Namesakes:
    """People of one name and insurer within one list, found without looking at each of them."""

    __slots__ = ("_born", "_numbered", "_unnumbered")

    def __init__(self) -> None:
        # Each by whether only people without a birth date are meant: a person with another one contradicts.
        self._born: dict[bool, _Person] = {}
        self._unnumbered: dict[bool, deque[_Person]] = {False: deque(), True: deque()}
        self._numbered: dict[tuple[bool, str], _Person] = {}

    def add(self, person: _Person) -> None:
        """One more person, without a member number so far."""
        person.namesakes = self
        for birthless in (False, True)[: 1 + (person.birth_date is None)]:
            self._born.setdefault(birthless, person)
            self._unnumbered[birthless].append(person)

    def number(self, person: _Person, member: str) -> None:
        """A member number was met for a person."""
        person.is_numbered = True
        for birthless in (False, True)[: 1 + (person.birth_date is None)]:
            self._numbered.setdefault((birthless, member), person)

    def find(self, birth_date: dt.date | None, member: str) -> _Person | None:
        """Somebody whom neither birth date nor member number contradicts, the number's own person first.

        Asked only where nobody of the name has this birth date.
        """
        birthless = birth_date is not None
        if not member:
            return self._born.get(birthless)
        unnumbered = self._unnumbered[birthless]
        while unnumbered and unnumbered[0].is_numbered:
            unnumbered.popleft()
        return self._numbered.get((birthless, member)) or (unnumbered[0] if unnumbered else None)


class People:
    """Everybody and every house that a list may mean, read once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._houses = Houses(session)
        self._by_number: dict[tuple[Key | None, str, str], _Person] = {}
        self._by_birth: dict[tuple[str, dt.date], _Person] = {}
        self._of_list: dict[tuple[str, Key | None], _Namesakes] = defaultdict(_Namesakes)
        self._keys_of_houses: dict[tuple[OrganizationKind, str, str], Key] = {}
        self._policies: dict[tuple[Key | None, str], Key] = {}
        self._alike: dict[str, list[tuple[str, dt.date | None]]] = defaultdict(list)
        self._made: dict[str, int] = defaultdict(int)
        self._read()

    def _read(self) -> None:
        persons: dict[int, _Person] = {}
        people = sa.select(
            PatientRow.id, PatientRow.name_key, PatientRow.birth_date, PatientRow.similar_key, PatientRow.full_name
        ).where(PatientRow.merged_into_id.is_(None), PatientRow.voided_reason == "")
        for key, name, born, similar, full_name in self._session.execute(people):
            person = persons[key] = _Person(key, born)
            self._alike[similar].append((full_name, born))
            if born is not None:
                self._by_birth.setdefault((name, born), person)
        covers = (
            sa.select(
                CoverRow.id, CoverRow.patient_id, CoverRow.member_no_key, PolicyRow.id, PolicyRow.insurer_id,
                PolicyRow.policy_no_key, PatientRow.name_key,
            )
            .join(PolicyRow, PolicyRow.id == CoverRow.policy_id)
            .join(PatientRow, PatientRow.id == CoverRow.patient_id)
        )  # fmt: skip
        for cover, patient, member, policy, insurer, policy_no, name in self._session.execute(covers):
            known = persons.get(patient)
            if policy_no:
                self._policies.setdefault((insurer, policy_no), policy)
            if known is None:
                continue
            known.covers[(insurer, policy_no, member)] = cover
            for number in {member, policy_no} - {""}:
                self._by_number.setdefault((insurer, number, name), known)

    # houses

    def insurer_id(self, name: str) -> Key | None:
        """The insurer on record that a name means."""
        house = self._houses.find(OrganizationKind.INSURER, name) if name else None
        return None if house is None else house.key

    def insurer_key(self, batch: Batch, name: str) -> Key | None:
        """The insurer that a name means, made if it is new; none where none is stated."""
        return self._house(batch, OrganizationKind.INSURER, name, "") if name else None

    def hospital(self, batch: Batch, claim: StagedClaim) -> Key | None:
        """The hospital of a claim, made if it is new."""
        return self._house(batch, OrganizationKind.HOSPITAL, claim.hospital, claim.country) if claim.hospital else None

    def _house(self, batch: Batch, kind: OrganizationKind, name: str, country: str) -> Key:
        asked = (kind, name, country)
        key = self._keys_of_houses.get(asked)
        if key is None:
            known = len(self._houses)
            key = self._houses.make(batch, kind, name, country=country_of(country) if country else "").key
            if len(self._houses) > known:
                self._keys_of_houses.clear()  # a name may mean another house now that there is one more
            self._keys_of_houses[asked] = key
        return key

    def hospital_name(self, claim: StagedClaim) -> str:
        """What the claim's hospital is called on record, or as sent."""
        country = country_of(claim.country)
        house = (
            self._houses.find(OrganizationKind.HOSPITAL, claim.hospital, country=country) if claim.hospital else None
        )
        return claim.hospital if house is None else house.name

    # people

    def come_in_by(self, stream: Stream) -> None:
        """From now on, people and covers that are made go into this stream."""
        self._patient = stream.inlet("patient", *_PATIENT)
        self._policy = stream.inlet("policy", *_POLICY)
        self._new_cover = stream.inlet("cover", *_COVER)

    def person(self, claim: StagedClaim, insurer: Key | None, *, city: str) -> tuple[Key, Key]:
        """The patient and the cover of a claim, made where they are new."""
        name, member, policy_no = fold(claim.member_name), number_key(claim.member_no), number_key(claim.policy_no)
        person = self._find(claim, insurer, name, member, policy_no)
        if person is None:
            person = self._new(claim, insurer, city, name)
            for number in (member, policy_no):
                if number:
                    self._by_number.setdefault((insurer, number, name), person)
        return person.key, self._cover(person, claim, insurer, member, policy_no)

    @property
    def has_any(self) -> bool:
        """Whether anybody is on record."""
        return bool(self._alike)

    def like(self, claim: StagedClaim, insurer: Key | None) -> tuple[str, ...]:
        """Names on record that may be this person, where none is certain; a suggestion, nobody is merged."""
        if not self._alike:
            return ()
        numbers = number_key(claim.member_no), number_key(claim.policy_no)
        if self._find(claim, insurer, fold(claim.member_name), *numbers) is not None:
            return ()
        alike = self._alike.get(similar_key(claim.member_name), [])
        names = (name for name, born in alike if not _contradicts(born, claim.birth_date))
        return tuple(dict.fromkeys(names))[:_MOST_LIKE]

    def _find(self, claim: StagedClaim, insurer: Key | None, name: str, member: str, policy_no: str) -> _Person | None:
        for number in (member, policy_no):
            found = self._by_number.get((insurer, number, name)) if number else None
            if found is not None and not _contradicts(found.birth_date, claim.birth_date):
                return found
        if claim.birth_date is not None:
            found = self._by_birth.get((name, claim.birth_date))
            if found is not None:
                return found
        namesakes = self._of_list.get((name, insurer))
        return None if namesakes is None else namesakes.find(claim.birth_date, member)

    def _new(self, claim: StagedClaim, insurer: Key | None, city: str, name: str) -> _Person:
        self._made["patient"] += 1
        key = self._patient.put(
            claim.member_name, name, similar_key(claim.member_name), claim.sex if claim.sex in _SEXES else None,
            stored_day(claim.birth_date), claim.phone, phone_digits(claim.phone) if claim.phone else "",
            *_place(city), 1,
        )  # fmt: skip
        person = _Person(key, claim.birth_date)
        self._of_list[(name, insurer)].add(person)
        if claim.birth_date is not None:
            self._by_birth[(name, claim.birth_date)] = person
        return person

    def _cover(self, person: _Person, claim: StagedClaim, insurer: Key | None, member: str, policy_no: str) -> Key:
        if member and person.namesakes is not None:
            person.namesakes.number(person, member)
        known = person.covers.get((insurer, policy_no, member))
        if known is None and person.covers and not (member and policy_no):
            known = _fitting(person, insurer, policy_no, member)
        if known is not None:
            return known
        key = self._new_cover.put(
            person.key, self._policy_of(claim, insurer, policy_no), claim.member_no, member, claim.member_name,
            claim.relation,
        )  # fmt: skip
        person.covers[(insurer, policy_no, member)] = key
        return key

    def _policy_of(self, claim: StagedClaim, insurer: Key | None, number: str) -> Key:
        known = self._policies.get((insurer, number)) if number else None
        if known is not None:
            return known
        key = self._policy.put(insurer, claim.policy_no, number, PolicyStatus.NOT_STATED.value)
        if number:
            self._policies[(insurer, number)] = key
        return key

    def made(self) -> dict[str, int]:
        """How many patients, hospitals and insurers a list made."""
        houses = {kind.value.lower(): len(names) for kind, names in self._houses.made.items()}
        return {**self._made, **houses}


def _contradicts(one: dt.date | None, other: dt.date | None) -> bool:
    return one is not None and other is not None and one != other


def _fitting(person: _Person, insurer: Key | None, policy_no: str, member: str) -> Key | None:
    """A cover of this insurer that a claim with fewer numbers may mean: the only one that does not differ."""
    fitting = [
        key
        for (house, policy, number), key in person.covers.items()
        if house == insurer and policy_no in ("", policy) and member in ("", number)
    ]
    return fitting[0] if len(fitting) == 1 else None


_SEXES = frozenset(sex.value for sex in Sex)


@lru_cache(maxsize=256)
def _place(city: str) -> tuple[str, str, str]:
    """City, province and region where a patient comes from."""
    place = city_of(city) if city else None
    if place is None:
        return city, "", Region.NOT_STATED.value
    return place.name, place.province, region_of(place.province).value
