"""Claim lists that come in: what each row would do to the store, and doing it as one action.

Rules: ``decisions``, Bringing claim lists in. A row makes or finds patient, hospital, cover and claim, never a journey.
People are matched by a number they were given, then by name and birth date; a name alone is one provisional patient
within a list, and only a suggestion across lists. What a list leaves blank changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import overload

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.claims import PLAIN, ClaimKind, ClaimState, carried, is_open
from liaison.domain.codes import ReasonCode
from liaison.domain.errors import Refused
from liaison.domain.identifiers import number_key
from liaison.domain.listing import ListStatus, StagedClaim, StagedFile
from liaison.domain.money import Money
from liaison.domain.problems import Problem
from liaison.domain.regions import city_of
from liaison.i18n import N_
from liaison.services.batch import Stream, stored_day
from liaison.services.changes import Changes, Touched, actor, clock, today
from liaison.services.claim_list_people import People
from liaison.services.claim_list_rows import AT_ONCE, Update, known_claims, same_claim, write_changes
from liaison.services.list_memory import ListKind, remember_columns, remember_statuses
from liaison.store.bulk import COMPACT_FROM
from liaison.store.models import ClaimRow
from liaison.store.types import to_microseconds

NOTHING_TO_BRING = N_("No row of this list can come in. The reasons stand beside the rows.")
UNKNOWN_CITY = N_("The city {city} is not known. Write it as on a map, for instance Medan, Jakarta or Surabaya.")
REASON_NOT_LISTED = N_("not stated in the list")
BROUGHT_IN = N_("Bring in a claim list")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field of a claim already on record that a list states otherwise. ``label`` is marked."""

    label: str
    before: object
    after: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What bringing one claim in would do: ``claim_id`` is set if it is on record already."""

    claim: StagedClaim
    claim_id: int | None = None
    differences: tuple[Difference, ...] = ()
    like: tuple[str, ...] = ()
    """Names on record that may be this person; a suggestion, nobody is merged."""

    @property
    def is_new(self) -> bool:
        """Not on record yet."""
        return self.claim_id is None

    @property
    def is_unchanged(self) -> bool:
        """On record, and the list says nothing new."""
        return self.claim_id is not None and not self.differences


class Fates(Sequence[Fate]):
    """A fate for every claim of a list, in its order; only what differs from "new" is kept."""

    def __init__(
        self, claims: Sequence[StagedClaim], known: Mapping[int, Known], like: Mapping[int, tuple[str, ...]]
    ) -> None:
        self._claims, self.known, self._like = claims, known, like

    def __len__(self) -> int:
        return len(self._claims)

    def __iter__(self) -> Iterator[Fate]:
        return (self._fate(place, claim) for place, claim in enumerate(self._claims))

    @overload
    def __getitem__(self, index: int) -> Fate: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Fate, ...]: ...
    def __getitem__(self, index: int | slice) -> Fate | tuple[Fate, ...]:
        if isinstance(index, slice):
            return tuple(self[place] for place in range(*index.indices(len(self))))
        place = range(len(self))[index]
        return self._fate(place, self._claims[place])

    def _fate(self, place: int, claim: StagedClaim) -> Fate:
        known = self.known.get(place)
        if known is None:
            return Fate(claim=claim, like=self._like.get(place, ()))
        return Fate(claim=claim, claim_id=known.claim_id, differences=known.differences)


@dataclass(frozen=True, slots=True)
class Known:
    """A claim on record that a list speaks of."""

    claim_id: int
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPlan:
    """The fate of every claim of a list, before anything is written."""

    fates: Fates

    @property
    def new(self) -> int:
        """Claims not on record yet."""
        return len(self.fates) - len(self.fates.known)

    @property
    def unchanged(self) -> int:
        """Claims on record that the list confirms."""
        return sum(not each.differences for each in self.fates.known.values())

    @property
    def updated(self) -> int:
        """Claims on record that the list changes."""
        return len(self.fates.known) - self.unchanged

    def counts(self) -> dict[str, int]:
        """``imported`` = new + updated + unchanged, as the command line prints them."""
        return {
            "imported": len(self.fates), "new": self.new, "updated": self.updated, "unchanged": self.unchanged,
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the officer answers for the whole list: whose it is, and where its patients come from."""

    insurer: str = ""
    city: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Headings that the officer mapped by hand and the fields they mean; remembered."""
    statuses: Mapping[str, ListStatus] = field(default_factory=dict)
    """Status words whose meaning the officer chose; remembered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A list that came in."""

    plan: ListPlan
    changes: Changes
    action_id: int
    made: Mapping[str, int] = field(default_factory=dict)
    """How many patients, hospitals and insurers were made."""


def plan_list(session: Session, staged: StagedFile, asked: Asked | None = None) -> ListPlan:
    """What bringing a list in would do. Nothing is written."""
    wanted = asked or Asked()
    _check(wanted)
    return _plan(session, staged.claims, wanted, People(session))


def bring_in(session: Session, staged: StagedFile, asked: Asked | None = None, *, content: bytes = b"") -> Brought:
    """Write a list's claims in the open action (kind ``import``). ``content`` is the file, kept encrypted.

    Raises ``Refused`` if no row can come in or the city is unknown; then nothing is written.
    """
    wanted = asked or Asked()
    _check(wanted)
    if not staged.claims:
        raise Refused([Problem(code="NOTHING_TO_BRING", message=NOTHING_TO_BRING)])
    people = People(session)
    plan = _plan(session, staged.claims, wanted, people)
    writer = _Writer(session, staged, wanted, people, content)
    writer.write(plan)
    remember_columns(session, ListKind.CLAIMS, wanted.columns, name=staged.file)
    remember_statuses(session, ListKind.CLAIMS, wanted.statuses)
    return Brought(
        plan=plan,
        changes=Changes(touched=(Touched(kind="claim", id=0), Touched(kind="patient", id=0))),
        action_id=int(session.info["action_id"]),
        made=people.made(),
    )


def _check(asked: Asked) -> None:
    if asked.city and city_of(asked.city) is None:
        raise Refused([Problem(code="UNKNOWN_CITY", message=UNKNOWN_CITY, field="city", values={"city": asked.city})])


def _plan(session: Session, claims: Sequence[StagedClaim], asked: Asked, people: People) -> ListPlan:
    known: dict[int, Known] = {}
    like: dict[int, tuple[str, ...]] = {}
    has_claims = session.scalar(sa.select(ClaimRow.id).limit(1)) is not None
    # The first list of an office is compared with nothing.
    for start, part in _parts(claims) if has_claims or people.has_any else ():
        on_record = known_claims(session, {number_key(c.claim_no) for c in part})
        for place, claim in enumerate(part, start):
            named = claim.insurer or asked.insurer
            insurer = people.insurer_id(named)
            candidates = on_record.get(number_key(claim.claim_no), ())
            found = same_claim(candidates, insurer, is_insurer_stated=bool(named)) if candidates else None
            if found is None:
                if names := people.like(claim, insurer):
                    like[place] = names
                continue
            hospital = people.hospital_name(claim)
            differences = tuple(
                Difference(label=label, before=before, after=after)
                for label, before, after in found.differences(claim, hospital=hospital, insurer=named)
            )
            known[place] = Known(found.id, differences)
    return ListPlan(fates=Fates(claims, known, like))


def _parts(claims: Sequence[StagedClaim]) -> Iterator[tuple[int, Sequence[StagedClaim]]]:
    """A long list in parts, so that only one of them stands in memory unpacked."""
    waiting = iter(claims)
    start = 0
    while part := list(islice(waiting, AT_ONCE)):
        yield start, part
        start += len(part)


_CLAIM = (
    "claim_no", "claim_no_key", "patient_id", "cover_id", "hospital_id", "insurer_id", "kind", "state", "state_since",
    "is_open", "currency", "billed_minor", "approved_minor", "not_covered_minor", "admitted_on", "discharged_on",
    "aged_from", "diagnosis_code", "diagnosis", "reason", "reason_note", "relation", "origin_city",
    "raw_status", "source_file_id", "source_row", "list_lines", *PLAIN,
)  # fmt: skip
_LINE = ("claim_id", "position", "description", "service_on", "claimed_minor", "approved_minor")
_EVENT = ("claim_id", "at", "to_state", "actor", "note", "reason", "is_imported")


class _Writer:
    """Writes one list: houses and people first, then claims with their lines and one event each."""

    def __init__(self, session: Session, staged: StagedFile, asked: Asked, people: People, content: bytes) -> None:
        self._session = session
        self._staged = staged
        self._asked = asked
        self._people = people
        self._content = content
        self._now, self._actor = clock(session), actor(session)
        self._at, self._today = to_microseconds(self._now), stored_day(today(session))
        city = city_of(asked.city) if asked.city else None
        self._city = city.name if city is not None else ""

    def write(self, plan: ListPlan) -> None:
        """All of it, parents first."""
        claims = self._staged.claims
        rows = max(plan.new, self._staged.lines if plan.new else 0)
        # A row may name two new houses, a hospital and an insurer.
        self._stream = Stream(self._session, room=2 * rows if rows > COMPACT_FROM else rows)
        self._claim = self._stream.inlet("claim", *_CLAIM)
        self._line = self._stream.inlet("claim_line", *_LINE)
        self._event = self._stream.inlet("claim_event", *_EVENT)
        self._people.come_in_by(self._stream)
        source = self._keep_source()
        updates = []
        for place, claim in enumerate(claims):
            known = plan.fates.known.get(place)
            if known is None:
                self._add(claim, source)
            elif known.differences:
                updates.append(self._update(known.claim_id, claim))
        self._stream.write(self._session)
        write_changes(self._session, updates, at=self._now, actor=self._actor)

    def _update(self, key: int, claim: StagedClaim) -> Update:
        insurer = self._people.insurer_key(self._stream, claim.insurer or self._asked.insurer)
        return Update(key=key, claim=claim, hospital=self._people.hospital(self._stream, claim), insurer=insurer)

    def _keep_source(self) -> int | None:
        if not self._content:
            return None
        sealed = self._session.info["store"].attachments.put(self._content)
        return self._stream.add(
            "source_file", kind=ListKind.CLAIMS, name=self._staged.file, sha256=sealed.sha256, size=sealed.size,
            file_id=sealed.file_id, file_key=sealed.file_key, brought_at=self._now, origin_city=self._city,
            insurer_id=self._people.insurer_key(self._stream, self._asked.insurer),
        )  # fmt: skip

    def _add(self, claim: StagedClaim, source: int | None) -> None:
        people, city = self._people, self._city or claim.city
        insurer = people.insurer_key(self._stream, claim.insurer or self._asked.insurer)
        patient, cover = people.person(claim, insurer, city=city)
        state, is_still_open, reason = _AS_LISTED[claim.status]
        admitted, discharged = stored_day(claim.admit_date), stored_day(claim.discharge_date)
        key = self._claim.put(
            claim.claim_no, number_key(claim.claim_no), patient, cover, people.hospital(self._stream, claim), insurer,
            ClaimKind.NOT_STATED.value, state, self._at, is_still_open, claim.currency, claim.billed.minor,
            _minor(claim.approved), _minor(claim.not_covered), admitted, discharged,
            discharged or admitted or self._today, claim.diagnosis_code, claim.diagnosis_text, reason,
            REASON_NOT_LISTED if reason else "", claim.relation, city, claim.raw_status, source,
            claim.row, claim.line_count, *carried(claim),
        )  # fmt: skip
        for position, line in enumerate(claim.lines, start=1):
            self._line.put(
                key, position, line.description, stored_day(line.service_date), line.billed.minor if line.billed else 0,
                _minor(line.approved),
            )  # fmt: skip
        self._event.put(key, self._at, state, self._actor, claim.raw_status, reason, 1)


def _as_listed(status: ListStatus) -> tuple[str, int, str | None]:
    """State, whether it is open, and reason, as the file holds them.

    Lists do not say why; a refusal without a reason is R99 in the list's own words.
    """
    state = status.state
    needs_reason = state in (ClaimState.REJECTED, ClaimState.PARTIALLY_APPROVED)
    return state.value, int(is_open(state)), ReasonCode("R99").value if needs_reason else None


_AS_LISTED = {status: _as_listed(status) for status in ListStatus}


def _minor(money: Money | None) -> int | None:
    return None if money is None else money.minor
