"""Which form mends what a guard of a case found missing. The guard and its words are the domain's; here is only where
its button leads.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from liaison.domain.facts import FactKind
from liaison.domain.guarantees import GuaranteeState, VersionKind
from liaison.domain.money import Money
from liaison.domain.patients import IdentifierKind
from liaison.domain.payments import Payer, PaymentPurpose
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services import journeys
from liaison.services.views import JourneyView
from liaison.ui.pages.care_forms import appointment_form, opinion_form
from liaison.ui.pages.confirmations import confirm_form
from liaison.ui.pages.cover_form import new_cover_form
from liaison.ui.pages.journey_ends import cancel_form, death_form, resume
from liaison.ui.pages.letter_forms import issued_form, request_form
from liaison.ui.pages.money_forms import estimate_form, payment_form
from liaison.ui.pages.moving import Cure
from liaison.ui.pages.patient_form import edit_identifier_form, edit_patient_form, identifier_form
from liaison.ui.pages.short_forms import Bench

CONFIRMED_BY = {
    "identity": FactKind.IDENTITY_SEEN,
    "consent_processing": FactKind.C1,
    "consent_transfer": FactKind.C2,
    "consent_release": FactKind.C3,
    "consent_insurer": FactKind.C4,
    "eligibility": FactKind.ELIGIBILITY,
    "medical_document": FactKind.MEDICAL_DOCUMENT,
    "decision": FactKind.DECISION,
    "pays_first": FactKind.PAYER_PATH,
    "medif": FactKind.MEDIF,
    "not_infectious": FactKind.FIT_TO_FLY,
    "arrival": FactKind.ARRIVAL,
    "plan": FactKind.PLAN_CONFIRMED,
    "discharge_summary": FactKind.DISCHARGE_SUMMARY,
    "home_arrival": FactKind.HOME_ARRIVAL,
    "answered": FactKind.ANSWERED,
    "insurer_notified": FactKind.INSURER_NOTIFIED,
}
"""Guards that a dated confirmation satisfies."""

_ICONS = {
    "identity": "id-card",
    "consent_processing": "shield-check",
    "consent_transfer": "shield-check",
    "consent_release": "shield-check",
    "consent_insurer": "shield-check",
    "medical_document": "paperclip",
    "discharge_summary": "paperclip",
    "opinion": "stethoscope",
    "appointment": "calendar",
    "arrival": "plane",
    "home_arrival": "house",
}

_FINAL_FROM = frozenset({GuaranteeState.FINAL_REQUESTED})


class Cures:
    """The cures of one case. ``show(name)`` brings a part of the page into sight, ``edit(field)`` opens a fact."""

    def __init__(
        self, bench: Bench, case: JourneyView, *, show: Callable[[str], object], edit: Callable[[str], object]
    ) -> None:
        self._bench, self._case, self._show, self._edit = bench, case, show, edit

    def cure(self, problem: Problem) -> Cure | None:
        """What mends a problem, if a button can."""
        if problem.code == "NO_POLICY":
            return self._policy()
        guard = problem.guard
        planned = self._planned(guard)
        if planned is not None:
            return Cure(run=planned, icon=_ICONS.get(guard, "check"))
        fact = CONFIRMED_BY.get(guard)
        if fact is not None:
            run = partial(confirm_form, self._bench, self._case.id, fact)
            return Cure(run=run, icon=_ICONS.get(guard, "check"))
        others: dict[str, tuple[Callable[[], Any], str]] = {
            "not_held": (self._resume, "rotate-ccw"),
            "contact": (partial(self._patient, "phone"), "phone"),
            "interest": (partial(self._edit, "journey.need"), "pencil"),
            "estimate": (self._estimate, "wallet"),
            "letter": (self._letter, "file-text"),
            "letter_lasts": (self._letter, "file-text"),
            "passport": (self._passport, "id-card"),
            "admission": (self._admission, "hospital"),
            "final_letter": (self._final_letter, "file-text"),
            "excess": (self._excess, "wallet"),
            "refunded": (partial(self._refund, problem.values.get("due")), "wallet"),
            "claims_final": (partial(self._show, "claims"), "receipt-text"),
            "queries_answered": (partial(self._show, "letters"), "message-square"),
            "debts_settled": (partial(self._show, "steps"), "list-plus"),
            "complaints_answered": (partial(self._show, "complaints"), "message-square"),
            "cancel_reason": (self._cancel, "x"),
            "death": (self._death, "pencil"),
        }
        found = others.get(guard)
        return Cure(run=found[0], icon=found[1]) if found is not None else None

    def _planned(self, guard: str) -> Callable[[], object] | None:
        """What belongs to the plan is written down there, so that it is shown and printed too."""
        case, bench = self._case, self._bench
        house = case.hospital
        key = house.id if house is not None else None
        if guard == "opinion":
            return partial(opinion_form, bench, case.id, hospital_id=key, doctor=case.doctor, answered=True)
        if guard == "appointment":
            zone = house.zone if house is not None else ""
            return partial(
                appointment_form, bench, case.id, hospital_id=key, doctor=case.doctor, zone=zone, confirmed=True
            )
        return None

    def _policy(self) -> Cure:
        """The one cover there is is chosen; without any, or among several, a new one is written down."""
        covers = self._case.covers
        if len(covers) == 1:
            return Cure(run=partial(self._choose_cover, covers[0].id), icon="check")
        return Cure(run=partial(new_cover_form, self._bench, self._case.patient.id), icon="plus")

    def _choose_cover(self, cover_id: int) -> None:
        desk = self._bench.desk
        desk.runner.write(
            N_("Choose the policy"), journeys.choose_cover, self._case.id, cover_id, owner=self._bench.drawer,
            done=lambda _changes: desk.toast(desk.words(N_("Policy chosen"))),
        )  # fmt: skip

    def _resume(self) -> None:
        resume(self._bench, self._case.id, version=self._case.version)

    def _patient(self, field: str) -> None:
        edit_patient_form(self._bench, self._case.patient.id, version=self._case.patient.version, focus=field)

    def _estimate(self) -> None:
        house = self._case.hospital
        estimate_form(self._bench, self._case.id, hospital_id=house.id if house else None)

    def _letter(self) -> None:
        """The letter that is under way, else a new request."""
        if self._case.guarantees:
            self._bench.desk.go("letter", self._case.guarantees[0].id)
        else:
            request_form(self._bench, self._case)

    def _final_letter(self) -> None:
        """The final letter where it was asked for, else the letter's own page, which says what is missing first."""
        open_ones = [g for g in self._case.guarantees if g.state in _FINAL_FROM]
        if open_ones:
            issued_form(self._bench, open_ones[0], VersionKind.FINAL)
        elif self._case.guarantees:
            self._bench.desk.go("letter", self._case.guarantees[0].id)
        else:
            confirm_form(self._bench, self._case.id, FactKind.SELF_SETTLED)

    def _passport(self) -> None:
        known = next((i for i in self._case.patient.identifiers if i.kind is IdentifierKind.PASSPORT), None)
        if known is not None:
            edit_identifier_form(self._bench, known.id, version=known.version)
        else:
            identifier_form(self._bench, self._case.patient.id, kind=IdentifierKind.PASSPORT)

    def _admission(self) -> None:
        """The record number is a fact of its own; the hour is confirmed."""
        if self._case.admitted_at is not None and not self._case.mrn:
            self._edit("journey.mrn")
        else:
            confirm_form(self._bench, self._case.id, FactKind.ADMISSION, done=self._then_record_number)

    def _then_record_number(self, _answer: Any) -> None:
        if not self._case.mrn:
            self._edit("journey.mrn")

    def _excess(self) -> None:
        due = self._case.money.excess_due
        if due:
            payment_form(self._bench, journey_id=self._case.id, purpose=PaymentPurpose.EXCESS, amount=due)
        else:
            confirm_form(self._bench, self._case.id, FactKind.EXCESS_SETTLED)

    def _refund(self, due: object) -> None:
        """The hospital gives back what is left of the deposit."""
        payment_form(
            self._bench,
            journey_id=self._case.id,
            purpose=PaymentPurpose.REFUND,
            payer=Payer.HOSPITAL,
            amount=due if isinstance(due, Money) else None,
        )

    def _cancel(self) -> None:
        cancel_form(self._bench, self._case.id, version=self._case.version)

    def _death(self) -> None:
        death_form(self._bench, self._case.id, version=self._case.version)
