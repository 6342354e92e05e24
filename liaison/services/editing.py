"""Changing one fact where it stands: read the record's form, put the value in, save it by the record's own rules."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any, cast

from sqlalchemy.orm import Session

from liaison.services import (
    agents,
    claims,
    documents,
    guarantees,
    journeys,
    network,
    office,
    patients,
    payments,
    policies,
    work,
)
from liaison.services.changes import Changes, get
from liaison.store.base import Record
from liaison.store.models import (
    AgentRow,
    BillRow,
    ClaimRow,
    ContactRow,
    CoverRow,
    DocumentRow,
    EstimateRow,
    GuaranteeRow,
    JourneyRow,
    OfficeRow,
    OrganizationRow,
    PatientIdentifierRow,
    PatientRow,
    PaymentRow,
    PolicyRow,
    RelatedPersonRow,
    TaskRow,
)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Editable:
    row: type[Record]
    read: Callable[[Session, int], Any]
    save: Callable[[Session, int, Any], Changes]


def _save_office(session: Session, _key: int, draft: Any) -> Changes:
    return office.edit_office(session, draft)


_EDITABLE: Mapping[str, _Editable] = {
    "office": _Editable(row=OfficeRow, read=office.office_draft, save=_save_office),
    "patient": _Editable(row=PatientRow, read=patients.patient_draft, save=patients.edit_patient),
    "identifier": _Editable(row=PatientIdentifierRow, read=patients.identifier_draft, save=patients.edit_identifier),
    "related_person": _Editable(
        row=RelatedPersonRow, read=patients.related_person_draft, save=patients.edit_related_person
    ),
    "agent": _Editable(row=AgentRow, read=agents.agent_draft, save=agents.edit_agent),
    "policy": _Editable(row=PolicyRow, read=policies.policy_draft, save=policies.edit_policy),
    "cover": _Editable(row=CoverRow, read=policies.cover_draft, save=policies.edit_cover),
    "organization": _Editable(row=OrganizationRow, read=network.organization_draft, save=network.edit_organization),
    "contact": _Editable(row=ContactRow, read=network.contact_draft, save=network.edit_contact),
    "journey": _Editable(row=JourneyRow, read=journeys.journey_draft, save=journeys.edit_journey),
    "guarantee": _Editable(row=GuaranteeRow, read=guarantees.guarantee_draft, save=guarantees.edit_guarantee),
    "claim": _Editable(row=ClaimRow, read=claims.claim_draft, save=claims.edit_claim),
    "task": _Editable(row=TaskRow, read=work.task_draft, save=work.edit_task),
    "document": _Editable(row=DocumentRow, read=documents.document_draft, save=documents.edit_document),
    "payment": _Editable(row=PaymentRow, read=payments.payment_draft, save=payments.edit_payment),
    "bill": _Editable(row=BillRow, read=payments.bill_draft, save=payments.edit_bill),
    "estimate": _Editable(row=EstimateRow, read=payments.estimate_draft, save=payments.edit_estimate),
}


def set_field(
    session: Session, kind: str, key: int, field: str, value: object, *, version: int | None = None
) -> Changes:
    """Change one field of a record, checked by the rules of its whole form.

    ``kind`` is that of :class:`~liaison.services.changes.Touched`, ``field`` a field of the record's draft. Somebody
    else's change of another field is not in the way; of this very field it is a conflict.
    """
    what = _EDITABLE[kind]
    get(session, what.row, key, version=version, fields=(field, f"{field}_minor"))
    draft = what.read(session, key)
    return what.save(session, key, dataclasses.replace(cast("Any", draft), **{field: value}))


def field_value(session: Session, kind: str, key: int, field: str) -> object:
    """What one field of a record holds now, as its form would show it."""
    return getattr(_EDITABLE[kind].read(session, key), field)
