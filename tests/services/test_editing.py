"""One fact changed where it stands on a page."""

import pytest

from liaison.domain.errors import Refused
from liaison.domain.money import Money
from liaison.domain.payments import PaymentPurpose
from liaison.services import agents, claims, documents, editing, guarantees, network, office, patients, payments, work
from liaison.services.changes import ChangedMeanwhile
from liaison.store.models import JourneyRow, PatientRow
from tests import make


@pytest.fixture
def everything(store):
    """One record of every kind that can be changed in place."""
    person = make.patient(store)
    cover = make.cover(store, person)
    hospital = make.hospital(store)
    case = make.journey(store, person)
    return {
        "office": make.see(store, office.office).id,
        "patient": person,
        "identifier": make.made(store, patients.add_identifier, person, make.identifier_draft()),
        "related_person": make.made(store, patients.add_related_person, person, make.related_person_draft()),
        "agent": make.made(store, agents.add_agent, make.agent_draft()),
        "policy": make.see(store, lambda s: s.get(editing.CoverRow, cover).policy_id),
        "cover": cover,
        "organization": hospital,
        "contact": make.made(store, network.add_contact, make.contact_draft(organization_id=hospital)),
        "journey": case,
        "guarantee": make.made(
            store, guarantees.request_guarantee, make.guarantee_draft(journey_id=case, cover_id=cover)
        ),
        "claim": make.made(store, claims.file_claim, make.claim_draft(patient_id=person, cover_id=cover)),
        "task": make.made(store, work.add_task, make.task_draft(journey_id=case)),
        "document": make.made(store, documents.attach, make.document_draft(journey_id=case), make.pdf()),
        "payment": make.made(store, payments.record_payment, make.payment_draft(case, PaymentPurpose.DEPOSIT)),
        "bill": make.made(store, payments.record_bill, make.bill_draft(case)),
        "estimate": make.made(store, payments.record_estimate, make.estimate_draft(case)),
    }


FIELDS = {
    "office": ("signatory", "Ratna H."), "patient": ("note", "suka telepon pagi"), "identifier": ("country", "MY"),
    "related_person": ("note", "suami"), "agent": ("city", "Binjai"), "policy": ("holder_name", "Budi"),
    "cover": ("room_class", "1-bed"), "organization": ("accreditation", "JCI"), "contact": ("cut_off", "12.00"),
    "journey": ("doctor", "dr. Lim"), "guarantee": ("exclusions", "alat bantu"), "claim": ("remarks", "lengkap"),
    "task": ("title", "kirim ulang"), "document": ("title", "lab akhir.pdf"), "payment": ("note", "tunai"),
    "bill": ("note", "lewat faks"), "estimate": ("note", "paket"),
}  # fmt: skip


def test_every_kind_on_a_page_takes_a_new_value_in_place(store, everything):
    assert set(everything) == set(FIELDS) == set(editing._EDITABLE)
    for kind, (field, value) in FIELDS.items():
        done = make.do(store, editing.set_field, kind, everything[kind], field, value)

        assert make.see(store, editing.field_value, kind, everything[kind], field) == value
        assert (kind, everything[kind]) in {(t.kind, t.id) for t in done.touched}


def test_money_in_place_is_money(store, everything):
    amount = Money.of("19000.00", "MYR")

    make.do(store, editing.set_field, "claim", everything["claim"], "billed", amount)

    assert make.see(store, editing.field_value, "claim", everything["claim"], "billed") == amount


def test_a_value_in_place_is_checked_by_the_rules_of_its_form(store, everything):
    with pytest.raises(Refused) as refusal:
        make.do(store, editing.set_field, "patient", everything["patient"], "full_name", " ")

    assert [p.field for p in refusal.value.problems if p.severity == "error"] == ["full_name"]


def test_somebody_elses_change_is_in_the_way_only_on_the_same_field(store, everything):
    key = everything["journey"]
    version = make.see(store, lambda s: s.get(JourneyRow, key).version)
    make.do(store, editing.set_field, "journey", key, "doctor", "dr. Lim", version=version)

    make.do(store, editing.set_field, "journey", key, "room_class", "2-bed", version=version)
    with pytest.raises(ChangedMeanwhile) as conflict:
        make.do(store, editing.set_field, "journey", key, "doctor", "dr. Tan", version=version)

    assert conflict.value.fields == ("doctor",)


def test_a_new_phone_is_found_by_its_digits_at_once(store, everything):
    key = everything["patient"]

    make.do(store, editing.set_field, "patient", key, "phone", "0813-7000-9999")

    assert make.see(store, lambda s: s.get(PatientRow, key).phone_digits) == "6281370009999"
