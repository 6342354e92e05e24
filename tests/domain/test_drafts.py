from __future__ import annotations

import datetime as dt

import pytest

from liaison.domain.facts import ConfirmationDraft, FactKind, check_confirmation
from liaison.domain.journeys import JourneyDraft, LinkKind, PayerPath, check_journey
from liaison.domain.money import Money
from liaison.domain.network import (
    AdministratorLinkDraft,
    ContactDraft,
    Desk,
    GroupMembershipDraft,
    OrganizationDraft,
    OrganizationKind,
    check_contact,
    check_membership,
    check_organization,
    is_stale,
)
from liaison.domain.offices import BOTH_ROLES, OfficeDraft, OfficerDraft, Role, check_office, check_officer, roles_of
from liaison.domain.patients import IdentifierKind, RelationKind, Sex
from liaison.domain.payments import (
    BillDraft,
    BillKind,
    EstimateDraft,
    Payer,
    PaymentDraft,
    PaymentPurpose,
    check_bill,
    check_estimate,
    check_payment,
)
from liaison.domain.people import (
    AgentDraft,
    IdentifierDraft,
    PatientDraft,
    RelatedPersonDraft,
    check_agent,
    check_identifier,
    check_patient,
    check_related_person,
)
from liaison.domain.policies import CoverDraft, PolicyDraft, ProductDraft, check_cover, check_policy, check_product
from liaison.domain.work import (
    DocumentDraft,
    NoteDraft,
    TaskDraft,
    TaskKind,
    WaitingOn,
    check_document,
    check_note,
    check_task,
)

TODAY = dt.date(2026, 11, 20)
TOMORROW = TODAY + dt.timedelta(days=1)
NOW = dt.datetime(2026, 11, 20, 7, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(hours=1)


def ringgit(amount):
    return Money.of(amount, "MYR")


def told(problems):
    return [(p.code, p.field) for p in problems]


def patient(**changes):
    return check_patient(PatientDraft(**{"full_name": "Suyanti", **changes}), today=TODAY)


def identifier(**changes):
    draft = IdentifierDraft(**{"kind": IdentifierKind.PASSPORT, "value": "X1234567", **changes})
    return check_identifier(draft, today=TODAY)


def related(**changes):
    return check_related_person(RelatedPersonDraft(**{"relation": RelationKind.SPOUSE, "name": "Rudi", **changes}))


def agent(**changes):
    return check_agent(AgentDraft(**{"name": "Hesti", **changes}))


def organization(**changes):
    draft = OrganizationDraft(**{"kind": OrganizationKind.HOSPITAL, "name": "Island Hospital", **changes})
    return check_organization(draft, today=TODAY)


def contact(**changes):
    draft = ContactDraft(**{"organization_id": 1, "desk": Desk.GL_DESK, "phone": "+60 4-222 9111", **changes})
    return check_contact(draft, country="MY", today=TODAY)


def membership(**changes):
    return check_membership(GroupMembershipDraft(**{"organization_id": 1, "group": "IHH", **changes}))


def product(**changes):
    return check_product(ProductDraft(**{"insurer_id": 1, "name": "Sehat Prima", **changes}))


def policy(**changes):
    return check_policy(PolicyDraft(**{"policy_no": "P-1", **changes}))


def cover(**changes):
    return check_cover(CoverDraft(**{"patient_id": 1, "policy_id": 2, **changes}))


def estimate(**changes):
    draft = EstimateDraft(
        **{"journey_id": 1, "low": ringgit("100"), "high": ringgit("200"), "stated_on": TODAY, **changes}
    )
    return check_estimate(draft, today=TODAY)


def bill(**changes):
    draft = BillDraft(
        **{"journey_id": 1, "kind": BillKind.INTERIM, "billed_on": TODAY, "amount": ringgit("5"), **changes}
    )
    return check_bill(draft, today=TODAY)


def payment(**changes):
    defaults = {"journey_id": 1, "purpose": PaymentPurpose.DEPOSIT, "payer": Payer.PATIENT, "amount": ringgit("300"),
                "paid_on": TODAY}  # fmt: skip
    return check_payment(PaymentDraft(**{**defaults, **changes}), today=TODAY)


def task(**changes):
    return check_task(TaskDraft(**{"journey_id": 1, "title": "Call the insurer", **changes}), now=NOW)


def note(**changes):
    return check_note(NoteDraft(**{"journey_id": 1, "text": "Asked for the lab result", **changes}), now=NOW)


def document(**changes):
    return check_document(DocumentDraft(**{"journey_id": 1, "title": "Passport", **changes}), today=TODAY)


def confirmation(**changes):
    draft = ConfirmationDraft(**{"journey_id": 1, "kind": FactKind.C1, "stated_on": TODAY, **changes})
    return check_confirmation(draft, today=TODAY)


def journey(**changes):
    return check_journey(JourneyDraft(**{"patient_id": 1, **changes}), today=TODAY)


def office(**changes):
    return check_office(OfficeDraft(**{"name": "Kantor Medan", "city": "MDN", **changes}))


def officer(**changes):
    return check_officer(OfficerDraft(**{"name": "Ayu Lestari", **changes}))


ALL = [patient, identifier, related, agent, organization, contact, membership, product, policy, cover, estimate, bill,
       payment, task, note, document, confirmation, journey, office, officer]  # fmt: skip


@pytest.mark.parametrize("check", ALL, ids=lambda c: c.__name__)
def test_a_plain_draft_has_no_problem(check):
    assert check() == []


@pytest.mark.parametrize(
    ("check", "changes", "found"),
    [
        (patient, {"full_name": " "}, [("MISSING", "full_name")]),
        (patient, {"full_name": "0812"}, [("NAME_LETTERS", "full_name")]),
        (patient, {"birth_date": TOMORROW}, [("IN_FUTURE", "birth_date")]),
        (patient, {"birth_date": dt.date(1890, 1, 1)}, [("VERY_OLD", "birth_date")]),
        (
            patient,
            {"birth_date": dt.date(2000, 1, 2), "died_on": dt.date(2000, 1, 1)},
            [("DIED_BEFORE_BIRTH", "died_on")],
        ),
        (patient, {"birth_date": dt.date(2000, 1, 2), "died_on": TODAY}, []),
        (patient, {"phone": "12", "email": "nobody"}, [("PHONE", "phone"), ("EMAIL", "email")]),
        (patient, {"email": "ayu@kantor.example"}, []),
        (identifier, {"value": ""}, [("MISSING", "value")]),
        (identifier, {"kind": IdentifierKind.MRN}, [("MRN_HOSPITAL", "organization_id")]),
        (identifier, {"kind": IdentifierKind.MRN, "organization_id": 5}, []),
        (identifier, {"kind": IdentifierKind.NIK}, [("NIK_FORMAT", "value")]),
        (identifier, {"expires_on": dt.date(2020, 1, 1)}, [("PASSPORT_EXPIRED", "expires_on")]),
        (related, {"may_be_told_status": True}, [("CONSENT_DATE", "consent_on")]),
        (related, {"may_be_told_status": True, "consent_on": TODAY}, []),
        (agent, {"name": "", "phone": "1"}, [("MISSING", "name"), ("PHONE", "phone")]),
        (organization, {"country": "Malaysia"}, [("COUNTRY", "country")]),
        (organization, {"zone": "Asia/Atlantis"}, [("ZONE", "zone")]),
        (organization, {"zone": "Asia/Kuala_Lumpur", "country": "MY", "phone": "04-222 9111"}, []),
        (organization, {"last_verified_on": TOMORROW}, [("IN_FUTURE", "last_verified_on")]),
        (organization, {"last_verified_on": TODAY}, []),
        (contact, {"phone": ""}, [("NO_WAY", "phone")]),
        (contact, {"phone": "", "email": "gl@hospital.example"}, []),
        (contact, {"whatsapp": "x"}, [("PHONE", "whatsapp")]),
        (membership, {"valid_from": TODAY, "valid_to": dt.date(2026, 1, 1)}, [("ENDS_BEFORE_START", "valid_to")]),
        (product, {"currency": "XXX"}, [("UNKNOWN_CURRENCY", "currency")]),
        (
            product,
            {"annual_limit": ringgit("0")},
            [("NOT_POSITIVE", "annual_limit"), ("OTHER_CURRENCY", "annual_limit")],
        ),
        (product, {"annual_limit": Money.of(10, "IDR")}, []),
        (policy, {"policy_no": ""}, [("NO_POLICY_NO", "policy_no")]),
        (policy, {"product_id": 3}, [("PRODUCT_INSURER", "insurer_id")]),
        (policy, {"inception_on": TODAY, "expires_on": dt.date(2026, 1, 1)}, [("ENDS_BEFORE_START", "expires_on")]),
        (
            cover,
            {"annual_limit_left": ringgit("-1")},
            [("NEGATIVE", "annual_limit_left"), ("LIMIT_DATE", "annual_limit_as_of")],
        ),
        (cover, {"annual_limit_left": ringgit("0"), "annual_limit_as_of": TODAY}, []),
        (estimate, {"high": ringgit("99")}, [("HIGH_BELOW_LOW", "high")]),
        (estimate, {"high": Money.of(10, "IDR")}, [("TWO_CURRENCIES", "high")]),
        (estimate, {"stated_on": TOMORROW}, [("IN_FUTURE", "stated_on")]),
        (bill, {"kind": BillKind.FINAL}, [("NO_BILL_NO", "bill_no")]),
        (bill, {"kind": BillKind.FINAL, "bill_no": "F-1"}, []),
        (bill, {"amount": ringgit("0")}, [("NOT_POSITIVE", "amount")]),
        (payment, {"purpose": PaymentPurpose.CLAIM}, [("NO_CLAIM", "claim_id")]),
        (payment, {"journey_id": None}, [("NO_CASE", "journey_id")]),
        (payment, {"paid_on": TOMORROW}, [("IN_FUTURE", "paid_on")]),
        (task, {"kind": TaskKind.DEBT}, [("DEBT_FACT", "fact")]),
        (task, {"due_at": NOW - dt.timedelta(hours=1)}, [("DUE_PAST", "due_at")]),
        (task, {"waiting_for": "Ms Hesti"}, [("WAITING_ON", "waiting_on")]),
        (task, {"waiting_for": "Ms Hesti", "waiting_on": WaitingOn.INSURER, "due_at": LATER}, []),
        (note, {"journey_id": None}, [("NO_CASE", "journey_id")]),
        (note, {"text": "x" * 100_001}, [("NOTE_LONG", "text")]),
        (note, {"at": LATER}, [("IN_FUTURE", "at")]),
        (document, {"received_on": TOMORROW}, [("IN_FUTURE", "received_on")]),
        (confirmation, {"stated_on": TOMORROW}, [("IN_FUTURE", "stated_on")]),
        (confirmation, {"kind": FactKind.ELIGIBILITY}, [("RESULT", "result")]),
        (confirmation, {"kind": FactKind.ELIGIBILITY, "result": "ELIGIBLE"}, []),
        (confirmation, {"kind": FactKind.APPOINTMENT}, [("MOMENT", "at")]),
        (confirmation, {"kind": FactKind.PASSPORT}, [("EXPIRY", "valid_to")]),
        (confirmation, {"kind": FactKind.DECISION}, [("REASON", "note")]),
        (confirmation, {"withdrawn_on": dt.date(2026, 1, 1)}, [("ENDS_BEFORE_START", "withdrawn_on")]),
        (journey, {"opened_on": TOMORROW}, [("IN_FUTURE", "opened_on")]),
        (journey, {"parent_id": 4}, [("LINK", "link_kind")]),
        (journey, {"link_kind": LinkKind.COMPLICATION}, [("LINK", "link_kind")]),
        (journey, {"parent_id": 4, "link_kind": LinkKind.COMPLICATION}, []),
        (journey, {"payer_path": PayerPath.GUARANTEE_LETTER}, [("LETTER_COVER", "cover_id")]),
        (office, {"city": "XXX"}, [("CITY", "city")]),
        (office, {"zone": "Asia/Atlantis"}, [("ZONE", "zone")]),
        (office, {"language": "fr"}, [("LANGUAGE", "language")]),
        (office, {"report_currency": "XXX"}, [("UNKNOWN_CURRENCY", "report_currency")]),
        (officer, {"name": " System "}, [("RESERVED", "name")]),
    ],
)
def test_every_problem_is_told_at_its_field(check, changes, found):
    assert told(check(**changes)) == found


def test_an_administrators_tie_to_an_insurer_has_its_dates():
    tie = AdministratorLinkDraft(administrator_id=1, insurer_id=2, valid_from=TODAY, valid_to=dt.date(2026, 1, 1))

    assert told(check_membership(tie)) == [("ENDS_BEFORE_START", "valid_to")]


def test_an_identifier_is_compared_with_the_person():
    nik = IdentifierDraft(kind=IdentifierKind.NIK, value="3171011708450001")

    assert told(check_identifier(nik, today=TODAY, born=dt.date(1945, 8, 17), sex=Sex.F)) == [("NIK_SEX", "value")]


def test_a_contact_is_stale_after_180_days_or_if_never_verified():
    assert is_stale(None, today=TODAY)
    assert is_stale(TODAY - dt.timedelta(days=181), today=TODAY)
    assert not is_stale(TODAY - dt.timedelta(days=180), today=TODAY)


def test_the_first_officer_is_both():
    assert roles_of(is_supervisor=True) == BOTH_ROLES
    assert roles_of(is_supervisor=False) == {Role.OFFICER}
