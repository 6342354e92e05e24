"""Claims already on record that a list speaks of: finding them, comparing them, changing them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import chain

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.claims import PLAIN, ClaimState, PlainClaim, is_open
from liaison.domain.codes import ReasonCode
from liaison.domain.fields import fields_of
from liaison.domain.listing import ListStatus, StagedClaim
from liaison.domain.money import Money
from liaison.domain.names import fold
from liaison.i18n import N_
from liaison.store.models import ClaimEventRow, ClaimRow, OrganizationRow

AT_ONCE = 5_000
"""Claims looked up, and held unpacked, at once."""
WRITTEN_AT_ONCE = 2_000


class Label(Enum):
    """What a list may state otherwise, in words; the fields that a claim only carries bring their own."""

    BILLED = N_("Billed")
    APPROVED = N_("Approved")
    NOT_COVERED = N_("Not covered")
    ADMITTED = N_("Admitted on")
    DISCHARGED = N_("Discharged on")
    DIAGNOSIS_CODE = N_("Diagnosis code")
    DIAGNOSIS = N_("Diagnosis")
    STATUS = N_("Status")
    HOSPITAL = N_("Hospital")
    INSURER = N_("Insurer")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownClaim(PlainClaim):
    """A claim on record, as far as a list may change it."""

    id: int
    insurer_id: int | None
    state: ClaimState
    raw_status: str
    currency: str
    billed: Money
    approved: Money | None
    not_covered: Money | None
    admitted_on: dt.date | None
    discharged_on: dt.date | None
    diagnosis_code: str
    diagnosis: str
    hospital: str

    def differences(self, claim: StagedClaim, *, hospital: str, insurer: str) -> Iterator[tuple[str, object, object]]:
        """What the list states otherwise; a blank in the list states nothing. Houses are named as on record."""
        pairs: tuple[tuple[Label, object, object], ...] = (
            (Label.BILLED, self.billed, claim.billed),
            (Label.APPROVED, self.approved, claim.approved),
            (Label.NOT_COVERED, self.not_covered, claim.not_covered),
            (Label.ADMITTED, self.admitted_on, claim.admit_date),
            (Label.DISCHARGED, self.discharged_on, claim.discharge_date),
            (Label.DIAGNOSIS_CODE, self.diagnosis_code, claim.diagnosis_code),
            (Label.DIAGNOSIS, self.diagnosis, claim.diagnosis_text),
        )
        carried = ((spec.label, getattr(self, spec.name), getattr(claim, spec.name)) for spec in fields_of(PlainClaim))
        named = ((label.value, old, new) for label, old, new in pairs)
        yield from (
            (label, old, new) for label, old, new in chain(named, carried) if new not in (None, "") and new != old
        )
        if says_another_state(claim, state=self.state, raw_status=self.raw_status):
            yield Label.STATUS.value, self.state, claim.status.state
        if hospital and fold(hospital) != fold(self.hospital):
            yield Label.HOSPITAL.value, self.hospital, hospital
        if insurer and self.insurer_id is None:
            yield Label.INSURER.value, "", insurer


def says_another_state(claim: StagedClaim, *, state: ClaimState, raw_status: str) -> bool:
    """Whether the list's word differs from the word it had before: only news moves a claim, not a repetition."""
    return (
        claim.status is not ListStatus.NOT_STATED and claim.status.state is not state and claim.raw_status != raw_status
    )


def known_claims(session: Session, keys: Iterable[str]) -> Mapping[str, Sequence[KnownClaim]]:
    """Claims on record by their number as compared; voided ones are left out."""
    found: dict[str, list[KnownClaim]] = {}
    wanted = [k for k in keys if k]
    for start in range(0, len(wanted), AT_ONCE):
        part = json.dumps(wanted[start : start + AT_ONCE])
        statement = (
            sa.select(ClaimRow.__table__, OrganizationRow.name.label("hospital"))
            .outerjoin(OrganizationRow, OrganizationRow.id == ClaimRow.hospital_id)
            .where(
                ClaimRow.claim_no_key.in_(sa.select(sa.func.json_each(part).table_valued("value").c.value)),
                ClaimRow.state != ClaimState.VOID,
            )
        )
        for row in session.execute(statement):
            found.setdefault(row.claim_no_key, []).append(_known(row))
    return found


def _known(row: sa.Row[tuple[object, ...]]) -> KnownClaim:
    def money(minor: int | None) -> Money | None:
        return None if minor is None else Money(minor, row.currency)

    return KnownClaim(
        id=row.id, insurer_id=row.insurer_id, state=row.state, raw_status=row.raw_status, currency=row.currency,
        billed=Money(row.billed_minor, row.currency), approved=money(row.approved_minor),
        not_covered=money(row.not_covered_minor), admitted_on=row.admitted_on, discharged_on=row.discharged_on,
        diagnosis_code=row.diagnosis_code, diagnosis=row.diagnosis, hospital=row.hospital or "",
        **{name: getattr(row, name) for name in PLAIN},
    )  # fmt: skip


def same_claim(
    candidates: Sequence[KnownClaim], insurer_id: int | None, *, is_insurer_stated: bool
) -> KnownClaim | None:
    """The claim a number means: of that insurer, or of none stated; with no insurer given, the only one there is."""
    own = [c for c in candidates if insurer_id is not None and c.insurer_id == insurer_id]
    unstated = [c for c in candidates if c.insurer_id is None]
    if own or unstated:
        return (own or unstated)[0]
    return candidates[0] if len(candidates) == 1 and not is_insurer_stated else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """A claim on record and what the list says of it. The houses may be ones that the list made."""

    key: int
    claim: StagedClaim
    hospital: int | None = None
    insurer: int | None = None


def write_changes(session: Session, updates: Sequence[Update], *, at: dt.datetime, actor: str) -> None:
    """Change claims on record as a list states them; a new state comes as listed, guards are not run."""
    for start in range(0, len(updates), WRITTEN_AT_ONCE):
        part = updates[start : start + WRITTEN_AT_ONCE]
        wanted = json.dumps([u.key for u in part])
        among = ClaimRow.id.in_(sa.select(sa.func.json_each(wanted).table_valued("value").c.value))
        rows = {row.id: row for row in session.scalars(sa.select(ClaimRow).where(among))}
        for update in part:
            _write(session, rows[update.key], update, at=at, actor=actor)
        session.flush()


def _write(session: Session, row: ClaimRow, update: Update, *, at: dt.datetime, actor: str) -> None:
    claim = update.claim
    if says_another_state(claim, state=row.state, raw_status=row.raw_status):
        _move(session, row, claim, at=at, actor=actor)
    row.currency, row.billed_minor = claim.currency, claim.billed.minor
    for name, value in _stated(claim).items():
        if value not in (None, ""):
            setattr(row, name, value)
    if row.submitted_on is None:
        row.aged_from = row.discharged_on or row.admitted_on or row.aged_from
    if update.hospital is not None:
        row.hospital_id = update.hospital
    if update.insurer is not None and row.insurer_id is None:
        row.insurer_id = update.insurer


def _stated(claim: StagedClaim) -> dict[str, object]:
    return {
        "approved_minor": claim.approved.minor if claim.approved else None,
        "not_covered_minor": claim.not_covered.minor if claim.not_covered else None,
        "admitted_on": claim.admit_date,
        "discharged_on": claim.discharge_date,
        "diagnosis_code": claim.diagnosis_code,
        "diagnosis": claim.diagnosis_text,
        "raw_status": claim.raw_status,
        **{name: getattr(claim, name) for name in PLAIN},
    }


def _move(session: Session, row: ClaimRow, claim: StagedClaim, *, at: dt.datetime, actor: str) -> None:
    state = claim.status.state
    refused = state in (ClaimState.REJECTED, ClaimState.PARTIALLY_APPROVED)
    reason = (row.reason or ReasonCode("R99")) if refused else None
    event = ClaimEventRow(
        claim_id=row.id, at=at, from_state=row.state, to_state=state, actor=actor, note=claim.raw_status, reason=reason,
        is_imported=True,
    )  # fmt: skip
    session.add(event)
    row.state, row.state_since, row.is_open, row.reason = state, at, is_open(state), reason
