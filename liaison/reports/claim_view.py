"""Reads one claim for its status letter (R2): its numbers, its decision, and who may read which words of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.claims import APPEAL_DAYS, APPEAL_LEVELS, ClaimState
from liaison.domain.errors import Refused
from liaison.domain.identifiers import number_key
from liaison.domain.names import fold
from liaison.domain.problems import Problem
from liaison.domain.regions import city_of
from liaison.i18n import N_
from liaison.reports.case_gather import CaseKeys
from liaison.reports.case_view import Office, RateView
from liaison.reports.disease_groups import is_restricted
from liaison.reports.gathering import office_of, rates_for
from liaison.reports.wording import local
from liaison.services import claim_views
from liaison.services.changes import actor, clock
from liaison.services.claim_views import ClaimView
from liaison.store.models import (
    ClaimRow,
    CoverRow,
    DocumentRow,
    JourneyRow,
    OrganizationRow,
    PatientRow,
    PolicyRow,
)

NO_SUCH_CLAIM = N_("There is no claim of this number here. Look for it by name or number first.")
SEVERAL_CLAIMS = N_("Several claims have this number. Ask for one of them by our own number: {numbers}.")
VOID_CLAIM = N_("This claim was entered in error; there is nothing to write about it.")

_OWN = frozenset({"", "self", "diri sendiri", "peserta utama", "pemegang polis", "tertanggung"})
"""Relations to the holder that mean the holder."""

_S = ClaimState
_MAY_APPEAL = frozenset({_S.PARTIALLY_APPROVED, _S.REJECTED, _S.DISPUTED_PAYMENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimLetterView:
    """Everything a claim's letter may say.

    ``is_own`` says that the holder is the patient: only then may free words about the care reach the holder.
    """

    as_of: dt.datetime
    office: Office
    officer: str
    claim: ClaimView
    patient: str
    holder: str
    holder_city: str
    is_own: bool
    is_restricted: bool
    insurer: str
    hospital: str
    hospital_country: str
    mrn: str
    rates: tuple[RateView, ...]
    record_count: int
    document_count: int
    appeal_by: dt.date | None
    """The last day for an appeal, where one is still possible."""

    @property
    def today(self) -> dt.date:
        """The day of the letter on the office's clock."""
        return local(self.as_of, self.office.zone).date()


def find_claim(session: Session, number: str) -> int:
    """The claim of a number: the insurer's, or ours as ``#123``. Refuses an unknown and an ambiguous one."""
    wanted = number.strip()
    if wanted.startswith("#") and wanted[1:].isascii() and wanted[1:].isdigit():
        found = list(session.scalars(sa.select(ClaimRow.id).where(ClaimRow.id == int(wanted[1:]))))
    elif number_key(wanted):
        found = list(
            session.scalars(
                sa.select(ClaimRow.id).where(ClaimRow.claim_no_key == number_key(wanted), ClaimRow.state != _S.VOID)
            )
        )
    else:
        found = []
    if len(found) == 1:
        return found[0]
    if not found:
        raise Refused([Problem(code="NO_SUCH_CLAIM", field="claim", message=NO_SUCH_CLAIM)])
    numbers = ", ".join(f"#{key} ({claim_views.claim(session, key).insurer})" for key in found)
    raise Refused([Problem(code="SEVERAL_CLAIMS", field="claim", message=SEVERAL_CLAIMS, values={"numbers": numbers})])


def gather(session: Session, number: str) -> tuple[ClaimLetterView, CaseKeys]:
    """Everything about a claim that its letter may need. Refuses a void claim."""
    claim = claim_views.claim(session, find_claim(session, number))
    if claim.state is _S.VOID:
        raise Refused([Problem(code="VOID_CLAIM", field="claim", message=VOID_CLAIM)])
    office, now = office_of(session), clock(session)
    today = local(now, office.zone).date()
    patient, cover = session.get_one(PatientRow, claim.patient_id), session.get_one(CoverRow, claim.cover_id)
    policy = session.get(PolicyRow, cover.policy_id)
    journey = session.get(JourneyRow, claim.journey_id) if claim.journey_id is not None else None
    hospital = session.get(OrganizationRow, claim.hospital_id) if claim.hospital_id is not None else None
    own = _is_own(patient, cover, policy)
    city = city_of(patient.city) if patient.city else None
    view = ClaimLetterView(
        as_of=now,
        office=office,
        officer=actor(session),
        claim=claim,
        patient=patient.passport_name or patient.full_name,
        holder=policy.holder_name if policy and policy.holder_name else patient.full_name,
        holder_city=city.name if city else patient.city,
        is_own=own,
        is_restricted=bool(journey and journey.is_restricted) or is_restricted(claim.diagnosis_code, claim.diagnosis),
        insurer=claim.insurer,
        hospital=claim.hospital,
        hospital_country=hospital.country if hospital else "",
        mrn=journey.mrn if journey else "",
        rates=_rates(session, claim, claim.decided_on or today),
        record_count=len(claim.lines) + len(claim.events) + len(claim.queries) + len(claim.payments),
        document_count=_documents(session, claim),
        appeal_by=_appeal_by(claim, today),
    )
    country = view.hospital_country or (journey.destination_country if journey else "")
    return view, CaseKeys(journey_id=claim.journey_id, patient_id=claim.patient_id, country=country)


def _is_own(patient: PatientRow, cover: CoverRow, policy: PolicyRow | None) -> bool:
    if policy is None or not policy.holder_name:
        return fold(cover.relation_to_holder) in _OWN
    holder = fold(policy.holder_name)
    return holder in {fold(patient.full_name), fold(patient.passport_name), fold(cover.name_on_policy)} - {""}


def _rates(session: Session, claim: ClaimView, day: dt.date) -> tuple[RateView, ...]:
    """The rate frozen with the claim, else that of the day it was decided."""
    if claim.rate is not None and claim.rate_to == "IDR" and claim.rate_on is not None:
        currency = claim.billed.currency
        return (RateView(base=currency, quote="IDR", rate=claim.rate, on=claim.rate_on, source=claim.rate_source),)
    return rates_for(session, [claim.billed.currency], day)


def _documents(session: Session, claim: ClaimView) -> int:
    here = DocumentRow.claim_id == claim.id
    if claim.journey_id is not None:
        here = sa.or_(here, DocumentRow.journey_id == claim.journey_id)
    count = sa.select(sa.func.count(DocumentRow.id)).where(here, DocumentRow.voided_reason == "")
    return session.scalar(count) or 0


def _appeal_by(claim: ClaimView, today: dt.date) -> dt.date | None:
    if claim.state not in _MAY_APPEAL or claim.decided_on is None or claim.appeal_level >= APPEAL_LEVELS:
        return None
    last = claim.decided_on + dt.timedelta(days=APPEAL_DAYS)
    return last if last >= today else None
