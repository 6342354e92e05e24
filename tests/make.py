"""Believable people, houses and cases for tests: defaults that pass every check, overridden only by what matters.

Stores here are real: migrated, encrypted, journaled. Only the passphrase's stretching is cheap.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

from liaison.domain.claims import ClaimDraft, ClaimQueryDraft
from liaison.domain.documents import DocumentKind
from liaison.domain.facts import ConfirmationDraft, FactKind
from liaison.domain.guarantees import GuaranteeDraft, GuaranteeQueryDraft, VersionDraft, VersionKind
from liaison.domain.journeys import JourneyDraft, JourneyState, PayerPath
from liaison.domain.money import Money
from liaison.domain.network import ContactDraft, Desk, OrganizationDraft, OrganizationKind
from liaison.domain.offices import OfficeDraft, OfficerDraft
from liaison.domain.patients import IdentifierKind, RelationKind, Sex
from liaison.domain.payments import BillDraft, BillKind, EstimateDraft, Payer, PaymentDraft, PaymentPurpose
from liaison.domain.people import AgentDraft, IdentifierDraft, PatientDraft, RelatedPersonDraft
from liaison.domain.policies import CoverDraft, PolicyDraft, PolicyStatus, ProductDraft
from liaison.domain.work import DocumentDraft, NoteChannel, NoteDraft, TaskDraft
from liaison.i18n import N_
from liaison.services import confirmations, journeys, network, office, patients, policies
from liaison.store.kdf import CHEAP
from liaison.store.opening import create_store, open_store
from liaison.store.store import Store

PASSPHRASE = "tujuh belas kapal feri"
OFFICER = "Ratna Hutapea"
START = dt.datetime(2026, 11, 2, 2, 0, tzinfo=dt.UTC)
"""Monday 2 November 2026, 09.00 in Medan."""


class TestClock:
    """A clock that stands until a test moves it."""

    __test__ = False

    def __init__(self, start: dt.datetime = START) -> None:
        self.now = start

    def __call__(self) -> dt.datetime:
        return self.now

    def forward(self, **delta: float) -> None:
        """Let time pass: ``forward(days=3)``."""
        self.now += dt.timedelta(**delta)


def new_store(folder: Path, clock: TestClock | None = None) -> Store:
    """A store in an empty folder with its office and first officer; device 0, so case numbers bear an A."""
    store, _ = create_store(
        folder, passphrase=PASSPHRASE, officer=OFFICER, clock=clock or TestClock(), kdf=CHEAP, device=0
    )
    with store.write(N_("Set up the office")) as session:
        office.set_up_office(session, office_draft(), officer_draft())
    return store


def opened(folder: Path, clock: TestClock | None = None) -> Store:
    """A store made by :func:`new_store`, opened again."""
    return open_store(folder, PASSPHRASE, clock=clock or TestClock())


def do(store: Store, function: Any, *arguments: Any, **more: Any) -> Any:
    """One service function as one action; returns its changes."""
    with store.write(N_("Test step")) as session:
        return function(session, *arguments, **more)


def made(store: Store, function: Any, *arguments: Any, **more: Any) -> int:
    """One service function as one action; returns the key of what it made."""
    key = do(store, function, *arguments, **more).made
    assert key is not None
    return int(key)


def see(store: Store, function: Any, *arguments: Any, **more: Any) -> Any:
    """One reading function."""
    with store.read() as session:
        return function(session, *arguments, **more)


# drafts


def office_draft(**values: Any) -> OfficeDraft:
    return OfficeDraft(**{"name": "Kantor Penghubung Medan", "city": "MDN", "phone": "+62 61 4567 890", **values})


def officer_draft(**values: Any) -> OfficerDraft:
    return OfficerDraft(**{"name": OFFICER, "is_supervisor": True, **values})


def patient_draft(**values: Any) -> PatientDraft:
    return PatientDraft(
        **{
            "full_name": "Dewi Lestari Siregar", "passport_name": "DEWI LESTARI SIREGAR", "sex": Sex.F,
            "birth_date": dt.date(1980, 3, 14), "phone": "0812-6001-2345", "city": "Medan", **values,
        }
    )  # fmt: skip


def identifier_draft(**values: Any) -> IdentifierDraft:
    return IdentifierDraft(
        **{
            "kind": IdentifierKind.PASSPORT, "value": "C1234567", "country": "ID",
            "expires_on": dt.date(2031, 5, 1), "seen_on": dt.date(2026, 11, 2), **values,
        }
    )  # fmt: skip


def related_person_draft(**values: Any) -> RelatedPersonDraft:
    return RelatedPersonDraft(
        **{"relation": RelationKind.SPOUSE, "name": "Budi Siregar", "phone": "0812-6001-2346", **values}
    )


def agent_draft(**values: Any) -> AgentDraft:
    return AgentDraft(**{"name": "Hendra Gunawan", "code": "AG-7781", "phone": "0813-9000-1122", **values})


def hospital_draft(**values: Any) -> OrganizationDraft:
    return OrganizationDraft(
        **{
            "kind": OrganizationKind.HOSPITAL, "name": "Gleneagles Hospital Penang", "country": "MY",
            "city": "George Town", "zone": "Asia/Kuala_Lumpur", "phone": "+60 4-222 9111",
            "has_credit_arrangement": True, **values,
        }
    )  # fmt: skip


def insurer_draft(**values: Any) -> OrganizationDraft:
    named = {"kind": OrganizationKind.INSURER, "name": "Asuransi Nusantara Sehat", "country": "ID", "city": "Jakarta"}
    return OrganizationDraft(**{**named, **values})


def administrator_draft(**values: Any) -> OrganizationDraft:
    return OrganizationDraft(
        **{"kind": OrganizationKind.ADMINISTRATOR, "name": "Medika Admin", "country": "ID", "city": "Jakarta", **values}
    )


def contact_draft(**values: Any) -> ContactDraft:
    desk = {"desk": Desk.INDONESIA_DESK, "name": "Aisyah", "phone": "+60 4-222 9123", "hours": "Mon-Sat 08:00-17:00"}
    return ContactDraft(**{**desk, **values})


def product_draft(**values: Any) -> ProductDraft:
    return ProductDraft(**{"name": "Sehat Prima", "plan": "Gold", "is_cashless_abroad": True, **values})


def policy_draft(**values: Any) -> PolicyDraft:
    return PolicyDraft(
        **{
            "policy_no": "NS-2024-771", "holder_name": "Dewi Lestari Siregar", "status": PolicyStatus.IN_FORCE,
            "inception_on": dt.date(2024, 4, 1), "expires_on": dt.date(2027, 3, 31), **values,
        }
    )  # fmt: skip


def cover_draft(**values: Any) -> CoverDraft:
    return CoverDraft(**{"member_no": "M-0042", "name_on_policy": "Dewi L. Siregar", **values})


# things on record


def hospital(store: Store, **values: Any) -> int:
    return made(store, network.add_organization, hospital_draft(**values))


def insurer(store: Store, **values: Any) -> int:
    return made(store, network.add_organization, insurer_draft(**values))


def any_insurer(store: Store) -> int:
    """The first insurer on record, made where there is none."""
    known = see(store, network.insurers)
    return known[0].id if known else insurer(store)


def patient(store: Store, **values: Any) -> int:
    return made(store, patients.add_patient, patient_draft(**values))


def cover(store: Store, patient_id: int, insurer_id: int | None = None, **values: Any) -> int:
    """A cover of a patient under a policy of its own."""
    insurer_id = insurer_id if insurer_id is not None else any_insurer(store)
    number = values.pop("policy_no", f"NS-2024-{patient_id % 10_000:04d}")
    policy_id = made(store, policies.add_policy, policy_draft(insurer_id=insurer_id, policy_no=number))
    return made(store, policies.add_cover, cover_draft(patient_id=patient_id, policy_id=policy_id, **values))


def journey_draft(**values: Any) -> JourneyDraft:
    return JourneyDraft(
        **{
            "need": "kontrol jantung, minta pasang ring", "specialty": "cardiology", "destination_country": "MY",
            "destination_city": "George Town", "payer_path": PayerPath.GUARANTEE_LETTER, **values,
        }
    )  # fmt: skip


def journey(store: Store, patient_id: int | None = None, **values: Any) -> int:
    """An open case of a patient (a new one unless given), at the enquiry unless told otherwise."""
    patient_id = patient_id if patient_id is not None else patient(store)
    return made(store, journeys.open_journey, journey_draft(patient_id=patient_id, **values))


def confirmation_draft(journey_id: int, kind: FactKind, **values: Any) -> ConfirmationDraft:
    """A fact stated on the first day; with an answer where yes is not the only one."""
    usual: dict[FactKind, dict[str, Any]] = {
        FactKind.ELIGIBILITY: {"result": "ELIGIBLE"},
        FactKind.MEDIF: {"result": "NOT_NEEDED"},
        FactKind.PAYER_PATH: {"result": "SELF_PAY"},
        FactKind.APPOINTMENT: {"at": dt.datetime(2026, 11, 24, 2, 0, tzinfo=dt.UTC)},
        FactKind.PASSPORT: {"valid_to": dt.date(2031, 5, 1)},
        FactKind.DECISION: {"result": "Gleneagles Penang", "note": "dokter berbahasa Indonesia"},
        FactKind.ADMISSION: {"at": dt.datetime(2026, 11, 2, 1, 0, tzinfo=dt.UTC)},
    }
    return ConfirmationDraft(
        **{"journey_id": journey_id, "kind": kind, "stated_on": dt.date(2026, 11, 2), **usual.get(kind, {}), **values}
    )


def confirm(store: Store, journey_id: int, *kinds: FactKind, **values: Any) -> None:
    """State facts of a case, each as one action."""
    for kind in kinds:
        do(store, confirmations.confirm, confirmation_draft(journey_id, kind, **values))


def move(store: Store, journey_id: int, *states: JourneyState, **values: Any) -> None:
    """Move a case on, step by step, each as one action."""
    for state in states:
        do(store, journeys.move_journey, journey_id, state, **values)


def guarantee_draft(**values: Any) -> GuaranteeDraft:
    return GuaranteeDraft(
        **{
            "requested_at": START, "channel": "portal", "diagnosis": "I25.1 penyakit jantung koroner",
            "procedure": "PCI", "is_checklist_complete": True, **values,
        }
    )  # fmt: skip


def version_draft(guarantee_id: int, kind: VersionKind = VersionKind.INITIAL, **values: Any) -> VersionDraft:
    return VersionDraft(
        **{
            "guarantee_id": guarantee_id, "kind": kind, "issued_at": START, "ceiling": Money.of(15_000, "MYR"),
            "covered_days": 7, "valid_from": dt.date(2026, 11, 2), "valid_to": dt.date(2026, 12, 2),
            "room_class": "2-bed", **values,
        }
    )  # fmt: skip


def bill_draft(journey_id: int, kind: BillKind = BillKind.INTERIM, **values: Any) -> BillDraft:
    return BillDraft(
        **{
            "journey_id": journey_id, "kind": kind, "bill_no": f"B-{kind.value}", "billed_on": dt.date(2026, 11, 2),
            "amount": Money.of("12100.00", "MYR"), **values,
        }
    )  # fmt: skip


def payment_draft(journey_id: int | None, purpose: PaymentPurpose, **values: Any) -> PaymentDraft:
    return PaymentDraft(
        **{
            "journey_id": journey_id, "purpose": purpose, "payer": Payer.PATIENT, "paid_on": dt.date(2026, 11, 2),
            "amount": Money.of("1250.00", "MYR"), "receipt_no": f"R-{purpose.value}", **values,
        }
    )  # fmt: skip


def estimate_draft(journey_id: int, **values: Any) -> EstimateDraft:
    return EstimateDraft(
        **{
            "journey_id": journey_id, "low": Money.of(15_000, "MYR"), "high": Money.of(18_500, "MYR"),
            "stated_on": dt.date(2026, 11, 2), "valid_until": dt.date(2027, 1, 31), **values,
        }
    )  # fmt: skip


def claim_draft(**values: Any) -> ClaimDraft:
    return ClaimDraft(
        **{
            "billed": Money.of("18837.55", "MYR"), "admitted_on": dt.date(2026, 10, 20),
            "discharged_on": dt.date(2026, 10, 26), "diagnosis_code": "I25.1", **values,
        }
    )  # fmt: skip


def claim_query_draft(claim_id: int, **values: Any) -> ClaimQueryDraft:
    asked = {"claim_id": claim_id, "asked_at": START, "question": "mohon resume medis akhir"}
    return ClaimQueryDraft(**{**asked, **values})


def changed(draft: Any, **values: Any) -> Any:
    """The same draft with some fields otherwise."""
    return replace(draft, **values)


def guarantee_query_draft(guarantee_id: int, **values: Any) -> GuaranteeQueryDraft:
    asked = {"guarantee_id": guarantee_id, "asked_at": START, "question": "mohon surat rujukan"}
    return GuaranteeQueryDraft(**{**asked, **values})


def document_draft(**values: Any) -> DocumentDraft:
    return DocumentDraft(**{"title": "hasil lab.pdf", "kind": DocumentKind.LAB, **values})


def pdf(text: str = "hasil") -> bytes:
    """The beginning of a PDF, enough to be told from other files."""
    return b"%PDF-1.7\n% " + text.encode() + b"\n%%EOF\n"


def task_draft(**values: Any) -> TaskDraft:
    return TaskDraft(**{"title": "telepon GL ke penanggung", "due_at": START + dt.timedelta(hours=3), **values})


def note_draft(**values: Any) -> NoteDraft:
    return NoteDraft(**{"text": "penanggung butuh hasil lab", "channel": NoteChannel.CALL, **values})
