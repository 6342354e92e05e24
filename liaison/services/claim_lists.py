"""Claim lists that come in: what each row would do to the store, and doing it as one action.

Rules: ``decisions``, Bringing claim lists in. A row makes or finds patient, hospital, cover and claim, never a journey.
People are matched by a number they were given, then by name and birth date; a name alone is one provisional patient
within a list, and only a suggestion across lists. What a list leaves blank changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from liaison.domain.claims import ClaimKind, ClaimState, is_open
from liaison.domain.codes import ReasonCode
from liaison.domain.errors import Refused
from liaison.domain.identifiers import number_key
from liaison.domain.listing import ListStatus, StagedClaim, StagedFile
from liaison.domain.money import Money
from liaison.domain.problems import Problem
from liaison.domain.regions import city_of
from liaison.i18n import N_
from liaison.services.batch import Batch, Stream
from liaison.services.changes import Changes, Touched, actor, clock, today
from liaison.services.claim_list_people import People
from liaison.services.claim_list_rows import Update, known_claims, same_claim, write_changes
from liaison.services.list_memory import ListKind, remember_columns, remember_statuses
from liaison.store.bulk import COMPACT_FROM

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


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPlan:
    """The fate of every claim of a list, before anything is written."""

    fates: tuple[Fate, ...]

    @property
    def new(self) -> int:
        """Claims not on record yet."""
        return sum(f.is_new for f in self.fates)

    @property
    def unchanged(self) -> int:
        """Claims on record that the list confirms."""
        return sum(f.is_unchanged for f in self.fates)

    @property
    def updated(self) -> int:
        """Claims on record that the list changes."""
        return len(self.fates) - self.new - self.unchanged

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
    known = known_claims(session, {number_key(c.claim_no) for c in claims})
    fates = []
    for claim in claims:
        named = claim.insurer or asked.insurer
        insurer = people.insurer_id(named)
        found = same_claim(known.get(number_key(claim.claim_no), ()), insurer, is_insurer_stated=bool(named))
        if found is None:
            fates.append(Fate(claim=claim, like=people.like(claim, insurer)))
            continue
        differences = tuple(
            Difference(label=label.value, before=before, after=after)
            for label, before, after in found.differences(claim, hospital=people.hospital_name(claim), insurer=named)
        )
        fates.append(Fate(claim=claim, claim_id=found.id, differences=differences))
    return ListPlan(fates=tuple(fates))


class _Writer:
    """Writes one list: houses and people first, then claims with their lines and one event each."""

    def __init__(self, session: Session, staged: StagedFile, asked: Asked, people: People, content: bytes) -> None:
        self._session = session
        self._staged = staged
        self._asked = asked
        self._people = people
        self._content = content
        self._now, self._today, self._actor = clock(session), today(session), actor(session)
        self._batch = Batch()
        city = city_of(asked.city) if asked.city else None
        self._city = city.name if city is not None else ""

    def write(self, plan: ListPlan) -> None:
        """All of it, parents first."""
        new = [fate.claim for fate in plan.fates if fate.is_new]
        rows = max(len(new), sum(len(claim.lines) for claim in new))
        if rows > COMPACT_FROM:
            # A row may name two new houses, a hospital and an insurer.
            self._batch = Stream(self._session, room=2 * rows)
        source = self._keep_source()
        updates = []
        for fate in plan.fates:
            if fate.claim_id is None:
                self._add(fate.claim, source)
            elif fate.differences:
                updates.append(self._update(fate.claim_id, fate.claim))
        keys = self._batch.write(self._session).get("organization", range(0))
        write_changes(self._session, updates, at=self._now, actor=self._actor, made_houses=keys)

    def _update(self, key: int, claim: StagedClaim) -> Update:
        insurer = self._people.insurer_key(self._batch, claim.insurer or self._asked.insurer)
        return Update(key=key, claim=claim, hospital=self._people.hospital(self._batch, claim), insurer=insurer)

    def _keep_source(self) -> object:
        if not self._content:
            return None
        sealed = self._session.info["store"].attachments.put(self._content)
        return self._batch.add(
            "source_file", kind=ListKind.CLAIMS, name=self._staged.file, sha256=sealed.sha256, size=sealed.size,
            file_id=sealed.file_id, file_key=sealed.file_key, brought_at=self._now, origin_city=self._city,
            insurer_id=self._people.insurer_key(self._batch, self._asked.insurer),
        )  # fmt: skip

    def _add(self, claim: StagedClaim, source: object) -> None:
        insurer = self._people.insurer_key(self._batch, claim.insurer or self._asked.insurer)
        patient, cover = self._people.person(self._batch, claim, insurer, city=self._city or claim.city)
        hospital = self._people.hospital(self._batch, claim)
        state = claim.status.state
        reason = _reason(claim.status)
        key = self._batch.add(
            "claim", claim_no=claim.claim_no, claim_no_key=number_key(claim.claim_no), patient_id=patient,
            cover_id=cover, hospital_id=hospital, insurer_id=insurer, kind=ClaimKind.NOT_STATED, state=state,
            state_since=self._now, is_open=is_open(state), currency=claim.currency, billed_minor=claim.billed.minor,
            approved_minor=_minor(claim.approved), not_covered_minor=_minor(claim.not_covered),
            admitted_on=claim.admit_date, discharged_on=claim.discharge_date,
            aged_from=claim.discharge_date or claim.admit_date or self._today,
            diagnosis_code=claim.diagnosis_code, diagnosis=claim.diagnosis_text, reason=reason,
            reason_note=REASON_NOT_LISTED if reason else "", gl_no=claim.gl_no, relation=claim.relation,
            origin_city=self._city or claim.city, raw_status=claim.raw_status, remarks=claim.remarks,
            source_file_id=source, source_row=claim.row, list_lines=claim.line_count,
        )  # fmt: skip
        for position, line in enumerate(claim.lines, start=1):
            self._batch.add(
                "claim_line", claim_id=key, position=position, description=line.description,
                service_on=line.service_date, claimed_minor=line.billed.minor if line.billed else 0,
                approved_minor=_minor(line.approved),
            )  # fmt: skip
        self._batch.add(
            "claim_event", claim_id=key, at=self._now, to_state=state, actor=self._actor, note=claim.raw_status,
            reason=reason, is_imported=True,
        )  # fmt: skip


def _reason(status: ListStatus) -> ReasonCode | None:
    """Lists do not say why; a refusal without a reason is R99 in the list's own words."""
    needs = {ClaimState.REJECTED, ClaimState.PARTIALLY_APPROVED}
    return ReasonCode("R99") if status.state in needs else None


def _minor(money: Money | None) -> int | None:
    return None if money is None else money.minor
