"""What the guards of a journey read: one frozen record of everything known about it at one moment.

:func:`read_facts` makes it from the case and its dated confirmations. Later, fuller records (admissions, appointments,
consents with scope) can supply the same facts; the guards do not change. Source: ``decisions``, life cycles and guards.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from liaison.domain.coded import Coded
from liaison.domain.facts import CONSENTS, PER_TRIP, Clearance, FactKind
from liaison.domain.guarantees import GuaranteeState
from liaison.domain.journeys import CancelReason, EntryMode, JourneyKind, JourneyState, PayerPath
from liaison.domain.money import Money
from liaison.domain.policies import EligibilityResult
from liaison.domain.travel_rules import FALLBACK_PASSPORT_MONTHS


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """A dated fact as the guards need it."""

    kind: FactKind
    stated_on: dt.date
    valid_to: dt.date | None = None
    withdrawn_on: dt.date | None = None
    at: dt.datetime | None = None
    result: str = ""
    amount: Money | None = None
    organization_id: int | None = None
    note: str = ""

    def holds_on(self, day: dt.date) -> bool:
        """Whether it was said by a day, is still valid then and not withdrawn."""
        ended = self.withdrawn_on is not None and self.withdrawn_on <= day
        return self.stated_on <= day and not ended and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A guarantee letter of the case."""

    state: GuaranteeState
    valid_to: dt.date | None = None
    excess: Money | None = None


LETTERS_IN_HAND = frozenset({GuaranteeState.ISSUED, GuaranteeState.ACCEPTED, GuaranteeState.TOPUP_ISSUED})
"""States of a letter with which a patient may leave. Source: ``domain`` 1.4, exit of J07."""

LETTERS_FINAL = frozenset({GuaranteeState.FINAL_ISSUED, GuaranteeState.CLOSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyFacts:
    """Everything the guards of a journey ask. Nothing in it names a person."""

    kind: JourneyKind
    now: dt.datetime
    today: dt.date
    """The day at the office, where ``now`` is a moment."""
    entry_mode: EntryMode = EntryMode.ELECTIVE
    has_contact: bool = False
    has_interest: bool = False
    is_domestic: bool = False
    has_cover: bool = False
    consents: frozenset[FactKind] = frozenset()
    identity_seen: bool = False
    eligibility: EligibilityResult | None = None
    eligibility_on: dt.date | None = None
    insurer_notified: bool = False
    has_medical_document: bool = False
    has_opinion: bool = False
    has_estimate: bool = False
    decision_made: bool = False
    payer_path: PayerPath | None = None
    is_payer_path_agreed: bool = False
    """Acknowledged in writing."""
    letters: tuple[Letter, ...] = ()
    passport_expires_on: dt.date | None = None
    passport_months: int = FALLBACK_PASSPORT_MONTHS
    """How long a passport must last beyond the return; the country's own rule."""
    planned_admission_on: dt.date | None = None
    planned_return_on: dt.date | None = None
    has_appointment: bool = False
    medif: Clearance | None = None
    is_infectious: bool = False
    is_fit_to_fly: bool = False
    has_arrived: bool = False
    is_plan_confirmed: bool = False
    admitted_at: dt.datetime | None = None
    mrn: str = ""
    is_self_settled: bool = False
    is_excess_settled: bool = False
    has_discharge_summary: bool = False
    is_home: bool = False
    open_claims: int = 0
    open_queries: int = 0
    open_debts: int = 0
    open_complaints: int = 0
    refund_due: Money | None = None
    deposit_left: Money | None = None
    """What the hospital still holds of the deposit beyond what falls to the patient."""
    is_answered: bool = False
    death_on: dt.date | None = None
    cancel_reason: CancelReason | None = None
    last_contact_on: dt.date | None = None
    is_held: bool = False
    came_from: JourneyState | None = None
    """The state before the one that ended the case."""
    ended_on: dt.date | None = None

    @property
    def letters_in_hand(self) -> tuple[Letter, ...]:
        """Letters with which a patient may leave."""
        return tuple(each for each in self.letters if each.state in LETTERS_IN_HAND)

    @property
    def has_final_letter(self) -> bool:
        """Whether the insurer accepted the final bill."""
        return any(each.state in LETTERS_FINAL for each in self.letters)

    @property
    def excess_due(self) -> Money | None:
        """What the final letter leaves to the patient, where one says so."""
        stated = [each.excess for each in self.letters if each.state in LETTERS_FINAL and each.excess is not None]
        return stated[-1] if stated else None


C = TypeVar("C", bound=Coded)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What the guards need of the case itself, its patient, letters, claims and tasks."""

    kind: JourneyKind
    entry_mode: EntryMode = EntryMode.ELECTIVE
    phone: str = ""
    email: str = ""
    need: str = ""
    destination_country: str = ""
    hospital_id: int | None = None
    cover_id: int | None = None
    payer_path: PayerPath | None = None
    planned_admission_on: dt.date | None = None
    planned_return_on: dt.date | None = None
    passport_expires_on: dt.date | None = None
    passport_months: int = FALLBACK_PASSPORT_MONTHS
    identity_seen_on: dt.date | None = None
    """When an officer saw a NIK card or passport, where the number's record says so."""
    decision: str = ""
    decision_reason: str = ""
    admitted_at: dt.datetime | None = None
    mrn: str = ""
    is_infectious: bool = False
    died_on: dt.date | None = None
    cancel_reason: CancelReason | None = None
    last_contact_on: dt.date | None = None
    is_held: bool = False
    came_from: JourneyState | None = None
    ended_on: dt.date | None = None
    trip_since: dt.date | None = None
    """When the present cycle began; facts of an earlier trip do not count for it."""
    letters: tuple[Letter, ...] = ()
    has_estimate_until: dt.date | None = None
    """Last day of the best estimate on record; ``date.max`` where it has no end."""
    open_claims: int = 0
    open_queries: int = 0
    open_debts: int = 0
    open_complaints: int = 0
    refund_due: Money | None = None
    deposit_left: Money | None = None


def read_facts(case: Case, confirmations: Iterable[Confirmation], *, now: dt.datetime, today: dt.date) -> JourneyFacts:
    """Put together what is known of a case at one moment; ``today`` is the office's day."""
    known = [c for c in confirmations if not _is_of_earlier_trip(c, case.trip_since)]
    held = {c.kind for c in known if c.holds_on(today)}
    latest = {c.kind: c for c in sorted(known, key=lambda c: c.stated_on) if _is_said(c, today)}
    path = _coded(PayerPath, latest.get(FactKind.PAYER_PATH)) or case.payer_path
    eligibility = latest.get(FactKind.ELIGIBILITY)
    admission = latest.get(FactKind.ADMISSION)
    passport = latest.get(FactKind.PASSPORT)
    death = latest.get(FactKind.DEATH)
    return JourneyFacts(
        kind=case.kind,
        now=now,
        today=today,
        entry_mode=case.entry_mode,
        has_contact=bool(case.phone.strip() or case.email.strip()),
        has_interest=bool(case.need.strip() or case.destination_country or case.hospital_id),
        is_domestic=case.destination_country == "ID",
        has_cover=case.cover_id is not None,
        consents=_consents(known, today, hospital_id=case.hospital_id),
        identity_seen=FactKind.IDENTITY_SEEN in held or case.identity_seen_on is not None,
        eligibility=_coded(EligibilityResult, eligibility),
        eligibility_on=eligibility.stated_on if eligibility else None,
        insurer_notified=FactKind.INSURER_NOTIFIED in latest,
        has_medical_document=FactKind.MEDICAL_DOCUMENT in latest,
        has_opinion=FactKind.OPINION in latest,
        has_estimate=FactKind.ESTIMATE in held
        or (case.has_estimate_until is not None and case.has_estimate_until >= today),
        decision_made=FactKind.DECISION in latest or bool(case.decision.strip() and case.decision_reason.strip()),
        payer_path=path,
        is_payer_path_agreed=FactKind.PAYER_PATH in held,
        letters=case.letters,
        passport_expires_on=case.passport_expires_on or (passport.valid_to if passport else None),
        passport_months=case.passport_months,
        planned_admission_on=case.planned_admission_on,
        planned_return_on=case.planned_return_on,
        has_appointment=FactKind.APPOINTMENT in held,
        medif=_coded(Clearance, latest.get(FactKind.MEDIF)),
        is_infectious=case.is_infectious,
        is_fit_to_fly=FactKind.FIT_TO_FLY in held,
        has_arrived=FactKind.ARRIVAL in latest,
        is_plan_confirmed=FactKind.PLAN_CONFIRMED in latest,
        admitted_at=case.admitted_at or (admission.at if admission else None),
        mrn=case.mrn.strip(),
        is_self_settled=FactKind.SELF_SETTLED in latest,
        is_excess_settled=FactKind.EXCESS_SETTLED in latest,
        has_discharge_summary=FactKind.DISCHARGE_SUMMARY in latest,
        is_home=FactKind.HOME_ARRIVAL in latest,
        open_claims=case.open_claims,
        open_queries=case.open_queries,
        open_debts=case.open_debts,
        open_complaints=case.open_complaints,
        refund_due=case.refund_due,
        deposit_left=case.deposit_left,
        is_answered=FactKind.ANSWERED in latest,
        death_on=case.died_on or (death.stated_on if death else None),
        cancel_reason=case.cancel_reason,
        last_contact_on=case.last_contact_on,
        is_held=case.is_held,
        came_from=case.came_from,
        ended_on=case.ended_on,
    )


def _is_of_earlier_trip(confirmation: Confirmation, trip_since: dt.date | None) -> bool:
    return trip_since is not None and confirmation.kind in PER_TRIP and confirmation.stated_on < trip_since


def _is_said(confirmation: Confirmation, day: dt.date) -> bool:
    withdrawn = confirmation.withdrawn_on is not None and confirmation.withdrawn_on <= day
    return confirmation.stated_on <= day and not withdrawn


def _consents(known: Iterable[Confirmation], day: dt.date, *, hospital_id: int | None) -> frozenset[FactKind]:
    """Consents in force. C3 names a hospital: it counts for that hospital, or for any where it names none."""
    return frozenset(
        c.kind
        for c in known
        if c.kind in CONSENTS
        and c.holds_on(day)
        and not (c.kind is FactKind.C3 and c.organization_id not in (None, hospital_id))
    )


def _coded(kind: type[C], confirmation: Confirmation | None) -> C | None:
    stated = confirmation.result if confirmation is not None else ""
    return next((each for each in kind if each.value == stated), None)
