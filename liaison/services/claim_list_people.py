"""Who a claim list speaks of: finding patients, covers, hospitals and insurers on record, making those that are not.

Order of matching (``decisions``): a number the person was given (member or policy number of the insurer), then name and
birth date. A bare name is one provisional patient within a list if neither birth dates nor numbers contradict each
other; across lists it is only a suggestion.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.identifiers import number_key, phone_digits
from liaison.domain.listing import StagedClaim
from liaison.domain.names import fold, similar_key
from liaison.domain.network import OrganizationKind
from liaison.domain.patients import Region, Sex
from liaison.domain.policies import PolicyStatus
from liaison.domain.regions import city_of, country_of, region_of
from liaison.services.batch import Batch
from liaison.services.list_houses import Houses, Key
from liaison.store.models import CoverRow, PatientRow, PolicyRow

_MOST_LIKE = 3


@dataclass(slots=True, kw_only=True)
class _Person:
    """A patient, on record or new, with the covers met so far by (insurer, policy number, member number)."""

    key: Key
    birth_date: dt.date | None
    covers: dict[tuple[Key | None, str, str], Key] = field(default_factory=dict)
    members: set[str] = field(default_factory=set)
    """Member numbers met within this list: a second, different one contradicts."""


class People:
    """Everybody and every house that a list may mean, read once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._houses = Houses(session)
        self._by_number: dict[tuple[Key | None, str, str], _Person] = {}
        self._by_birth: dict[tuple[str, dt.date], _Person] = {}
        self._of_list: dict[tuple[str, Key | None], list[_Person]] = defaultdict(list)
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
            person = persons[key] = _Person(key=key, birth_date=born)
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
        return self._houses.make(batch, OrganizationKind.INSURER, name).key if name else None

    def hospital(self, batch: Batch, claim: StagedClaim) -> Key | None:
        """The hospital of a claim, made if it is new."""
        if not claim.hospital:
            return None
        country = country_of(claim.country)
        return self._houses.make(batch, OrganizationKind.HOSPITAL, claim.hospital, country=country).key

    def hospital_name(self, claim: StagedClaim) -> str:
        """What the claim's hospital is called on record, or as sent."""
        country = country_of(claim.country)
        house = (
            self._houses.find(OrganizationKind.HOSPITAL, claim.hospital, country=country) if claim.hospital else None
        )
        return claim.hospital if house is None else house.name

    # people

    def person(self, batch: Batch, claim: StagedClaim, insurer: Key | None, *, city: str) -> tuple[Key, Key]:
        """The patient and the cover of a claim, made where they are new."""
        person = self._find(claim, insurer) or self._new(batch, claim, insurer, city)
        return person.key, self._cover(batch, person, claim, insurer)

    def like(self, claim: StagedClaim, insurer: Key | None) -> tuple[str, ...]:
        """Names on record that may be this person, where none is certain; a suggestion, nobody is merged."""
        if not self._alike or self._find(claim, insurer) is not None:
            return ()
        alike = self._alike.get(similar_key(claim.member_name), [])
        names = (name for name, born in alike if not _contradicts(born, claim.birth_date))
        return tuple(dict.fromkeys(names))[:_MOST_LIKE]

    def _find(self, claim: StagedClaim, insurer: Key | None) -> _Person | None:
        name = fold(claim.member_name)
        for number in (number_key(claim.member_no), number_key(claim.policy_no)):
            found = self._by_number.get((insurer, number, name)) if number else None
            if found is not None and not _contradicts(found.birth_date, claim.birth_date):
                return found
        if claim.birth_date is not None:
            found = self._by_birth.get((name, claim.birth_date))
            if found is not None:
                return found
        return next((p for p in self._of_list[(name, insurer)] if self._may_be(p, claim)), None)

    def _may_be(self, person: _Person, claim: StagedClaim) -> bool:
        """Within one list: the same name and insurer, with no contradicting birth date or number."""
        if _contradicts(person.birth_date, claim.birth_date):
            return False
        member = number_key(claim.member_no)
        return not member or not person.members or member in person.members

    def _new(self, batch: Batch, claim: StagedClaim, insurer: Key | None, city: str) -> _Person:
        name, place = fold(claim.member_name), city_of(city) if city else None
        self._made["patient"] += 1
        key = batch.add(
            "patient", full_name=claim.member_name, name_key=name, similar_key=similar_key(claim.member_name),
            sex=_sex(claim.sex), birth_date=claim.birth_date, phone=claim.phone, phone_digits=phone_digits(claim.phone),
            city=place.name if place else city, province=place.province if place else "",
            region=region_of(place.province) if place else Region.NOT_STATED,
            is_provisional=True,
        )  # fmt: skip
        person = _Person(key=key, birth_date=claim.birth_date)
        self._of_list[(name, insurer)].append(person)
        if claim.birth_date is not None:
            self._by_birth[(name, claim.birth_date)] = person
        for number in {number_key(claim.member_no), number_key(claim.policy_no)} - {""}:
            self._by_number.setdefault((insurer, number, name), person)
        return person

    def _cover(self, batch: Batch, person: _Person, claim: StagedClaim, insurer: Key | None) -> Key:
        policy_no, member = number_key(claim.policy_no), number_key(claim.member_no)
        if member:
            person.members.add(member)
        known = person.covers.get((insurer, policy_no, member)) or self._fitting(person, insurer, policy_no, member)
        if known is not None:
            return known
        key = batch.add(
            "cover", patient_id=person.key, policy_id=self._policy(batch, claim, insurer), member_no=claim.member_no,
            member_no_key=member, name_on_policy=claim.member_name, relation_to_holder=claim.relation,
        )  # fmt: skip
        person.covers[(insurer, policy_no, member)] = key
        return key

    def _fitting(self, person: _Person, insurer: Key | None, policy_no: str, member: str) -> Key | None:
        """A cover of this insurer that a claim with fewer numbers may mean: the only one that does not differ."""
        fitting = [
            key
            for (house, policy, number), key in person.covers.items()
            if house == insurer and policy_no in ("", policy) and member in ("", number)
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _policy(self, batch: Batch, claim: StagedClaim, insurer: Key | None) -> Key:
        number = number_key(claim.policy_no)
        known = self._policies.get((insurer, number)) if number else None
        if known is not None:
            return known
        key = batch.add(
            "policy",
            insurer_id=insurer,
            policy_no=claim.policy_no,
            policy_no_key=number,
            status=PolicyStatus.NOT_STATED,
        )
        if number:
            self._policies[(insurer, number)] = key
        return key

    def made(self) -> dict[str, int]:
        """How many patients, hospitals and insurers a list made."""
        houses = {kind.value.lower(): len(names) for kind, names in self._houses.made.items()}
        return {**self._made, **houses}


def _contradicts(one: dt.date | None, other: dt.date | None) -> bool:
    return one is not None and other is not None and one != other


def _sex(text: str) -> Sex | None:
    return Sex(text) if text in {s.value for s in Sex} else None
