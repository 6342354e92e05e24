"""A case in hospital abroad with everything on it: what the page of a case has to show at its fullest."""

import datetime as dt

from liaison.domain.claims import ClaimKind
from liaison.domain.facts import FactKind
from liaison.domain.guarantees import GuaranteeState, VersionKind
from liaison.domain.journeys import JourneyState as J
from liaison.domain.money import Money
from liaison.domain.network import Desk
from liaison.domain.patients import IdentifierKind, RelationKind, Sex
from liaison.domain.payments import BillKind, PaymentPurpose
from liaison.domain.work import NoteChannel, WaitingOn
from liaison.services import (
    claims,
    confirmations,
    documents,
    guarantees,
    journeys,
    network,
    patients,
    payments,
    policies,
    work,
)
from tests import make

C = FactKind
DAY = dt.timedelta(days=1)


class Abroad:
    """Suyanti, 46, of Medan, in Island Hospital since the fourteenth, on a letter that is getting short."""

    def __init__(self, store, clock):
        self.store, self.clock = store, clock
        self.at(2, 9, 0)
        self._people()
        self._before_travel()
        self._abroad()
        self.at(20, 14, 5)

    def at(self, day, hour, minute):
        """Set the clock to a day of November 2026, Western Indonesian time."""
        self.clock.now = dt.datetime(2026, 11, day, hour, minute, tzinfo=dt.timezone(dt.timedelta(hours=7)))

    def do(self, function, *arguments, **more):
        return make.do(self.store, function, *arguments, **more)

    def made(self, function, *arguments, **more):
        return make.made(self.store, function, *arguments, **more)

    def _people(self):
        self.hospital = make.hospital(self.store, name="Island Hospital", city="Penang", phone="+60 4-228 8222")
        desk = make.contact_draft(
            organization_id=self.hospital, desk=Desk.INDONESIA_DESK, name="Aisyah", phone="+60 4-555 0142", hours="24h"
        )
        self.do(network.add_contact, desk)
        self.insurer = make.insurer(self.store, name="Nusa Proteksi")
        self.product = self.made(
            policies.add_product, make.product_draft(insurer_id=self.insurer, name="Sehat Prima 500")
        )
        self.patient = make.patient(
            self.store, full_name="Suyanti", passport_name="SUYANTI", sex=Sex.F, birth_date=dt.date(1980, 3, 14),
            phone="0812-3456-7890", phone_owner="suami",
        )  # fmt: skip
        for kind, value, until in (
            (IdentifierKind.NIK, "1271055403800001", None),
            (IdentifierKind.PASSPORT, "C1234771", dt.date(2029, 8, 3)),
        ):
            number = make.identifier_draft(kind=kind, value=value, expires_on=until, seen_on=dt.date(2026, 11, 2))
            self.do(patients.add_identifier, self.patient, number)
        husband = make.related_person_draft(
            relation=RelationKind.SPOUSE, name="Rudi", phone="", may_be_told_status=True, is_companion=True,
            consent_on=dt.date(2026, 11, 2),
        )  # fmt: skip
        self.do(patients.add_related_person, self.patient, husband)
        policy = make.policy_draft(insurer_id=self.insurer, product_id=self.product, policy_no="NP-88120917")
        cover = make.cover_draft(
            patient_id=self.patient, policy_id=0, member_no="55010917", name_on_policy="Suyanti",
            annual_limit_left=Money.of(1_420_000_000, "IDR"), annual_limit_as_of=dt.date(2026, 11, 2),
            valid_to=dt.date(2027, 3, 31),
        )  # fmt: skip
        self.cover = self.made(policies.add_policy_with_cover, policy, cover)
        covers = make.see(self.store, policies.covers_of, self.patient)
        self.cover = covers[0].id

    def _before_travel(self):
        self.journey = make.journey(
            self.store, self.patient, hospital_id=self.hospital, cover_id=self.cover, doctor="dr. Lim Boon Keat",
            room_class="kamar 512", diagnosis_code="I25.1", diagnosis="Penyakit jantung koroner", mrn="",
            planned_admission_on=dt.date(2026, 11, 14), planned_return_on=dt.date(2026, 11, 23),
            clinical_note="Nyeri dada sejak Oktober.",
        )  # fmt: skip
        self._confirm(C.C1, C.C2, C.C3, C.C4, C.IDENTITY_SEEN)
        make.move(self.store, self.journey, J.INTAKE)
        self.at(5, 10, 20)
        make.move(self.store, self.journey, J.ELIGIBILITY)
        self._confirm(C.ELIGIBILITY, C.MEDICAL_DOCUMENT, C.OPINION)
        make.move(self.store, self.journey, J.MEDICAL_REVIEW)
        self.at(8, 11, 0)
        make.move(self.store, self.journey, J.ESTIMATE)
        estimate = make.estimate_draft(
            self.journey, low=Money.of(41_500, "MYR"), high=Money.of(41_500, "MYR"), hospital_id=self.hospital
        )
        self.do(payments.record_estimate, estimate)
        make.move(self.store, self.journey, J.DECISION)
        self._confirm(C.DECISION)
        make.move(self.store, self.journey, J.PREAUTH)
        self.letter = self.made(
            guarantees.request_guarantee,
            make.guarantee_draft(
                journey_id=self.journey, cover_id=self.cover, hospital_id=self.hospital, requested_at=None
            ),
        )
        self._confirm(C.CHECKLIST_COMPLETE, result="PREAUTH")
        self.do(guarantees.move_guarantee, self.letter, GuaranteeState.REQUESTED)
        self.at(12, 15, 5)
        first = make.version_draft(
            self.letter, ceiling=Money.of(30_000, "MYR"), issued_at=self.clock(), covered_days=8,
            valid_from=dt.date(2026, 11, 12), valid_to=dt.date(2026, 11, 30),
        )  # fmt: skip
        self.do(guarantees.add_version, first, gl_no="NP-GL-26-3381")
        self.do(guarantees.move_guarantee, self.letter, GuaranteeState.ACCEPTED)
        make.move(self.store, self.journey, J.TRAVEL_PREP)
        self._confirm(C.APPOINTMENT)
        deposit = make.payment_draft(self.journey, PaymentPurpose.DEPOSIT, amount=Money.of(8_500, "MYR"),
                                     paid_on=dt.date(2026, 11, 12))  # fmt: skip
        self.do(payments.record_payment, deposit)

    def _abroad(self):
        self.at(14, 7, 40)
        make.move(self.store, self.journey, J.EN_ROUTE)
        self._confirm(C.ARRIVAL)
        self._note("“Sudah mendarat di Penang”", NoteChannel.WHATSAPP, "suami")
        self.at(14, 13, 20)
        make.move(self.store, self.journey, J.WORKUP)
        self._confirm(C.PLAN_CONFIRMED)
        self._confirm(C.ADMISSION, at=self.clock())
        make.move(self.store, self.journey, J.ADMITTED)
        for day, amount in enumerate((4_100, 9_800, 15_200, 20_900, 26_400, 31_800, 36_200)):
            self.at(14 + day, 9, 15)
            bill = make.bill_draft(
                self.journey, BillKind.INTERIM, bill_no=f"IB-{day}", billed_on=dt.date(2026, 11, 14 + day),
                amount=Money.of(amount, "MYR"), hospital_id=self.hospital,
            )  # fmt: skip
            self.do(payments.record_bill, bill)
            if day == 3:
                self._top_up()
        self.at(19, 16, 40)
        self.do(
            documents.attach,
            make.document_draft(journey_id=self.journey, title="Laporan kemajuan.pdf", kind=None),
            make.pdf(),
        )
        self.at(20, 10, 10)
        self._note("“Sudah pindah ke kamar 512, istri saya stabil”", NoteChannel.WHATSAPP, "suami")
        self.at(20, 11, 50)
        self.do(guarantees.move_guarantee, self.letter, GuaranteeState.TOPUP_REQUESTED)
        self.at(20, 14, 2)
        self._note("Nusa Proteksi minta hasil laboratorium", NoteChannel.CALL, "Bu Hesti")
        for title, due, more in (
            ("tindak lanjut GL tambahan", dt.timedelta(hours=-2, minutes=-10), {}),
            ("kirim foto paspor ke RS", dt.timedelta(hours=3), {}),
            ("hasil laboratorium", DAY, {"waiting_on": WaitingOn.HOSPITAL}),
        ):
            step = make.task_draft(journey_id=self.journey, title=title, due_at=self.clock() + due, **more)
            self.do(work.add_task, step)
        self.do(documents.attach, make.document_draft(journey_id=self.journey), make.pdf("lab"))

    def _top_up(self):
        self.do(guarantees.move_guarantee, self.letter, GuaranteeState.TOPUP_REQUESTED)
        more = make.version_draft(
            self.letter, VersionKind.TOPUP, ceiling=Money.of(45_000, "MYR"), issued_at=self.clock(), covered_days=8,
            valid_from=dt.date(2026, 11, 17), valid_to=dt.date(2026, 11, 30),
        )  # fmt: skip
        self.do(guarantees.add_version, more)

    def _confirm(self, *kinds, **values):
        for kind in kinds:
            fact = make.confirmation_draft(self.journey, kind, stated_on=self.clock().date(), **values)
            self.do(confirmations.confirm, fact)

    def _note(self, text, channel, who):
        self.do(work.add_note, make.note_draft(journey_id=self.journey, text=text, channel=channel, counterpart=who))

    def claim(self, **values):
        """A claim of this case."""
        draft = make.claim_draft(
            patient_id=self.patient, cover_id=self.cover, journey_id=self.journey, hospital_id=self.hospital,
            kind=ClaimKind.CASHLESS, **values,
        )  # fmt: skip
        return self.made(claims.file_claim, draft)


def held(store, journey_id):
    """Put a case on hold."""
    make.do(store, journeys.hold, journey_id, reason="keluarga berpikir dulu")
