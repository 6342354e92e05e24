"""Reads one case for its summary: the person, the cover, the care, the letter, the money, and what we ask for."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.errors import Refused
from liaison.domain.identifiers import phone_shown
from liaison.domain.journey_kinds import stages_of
from liaison.domain.journeys import STAGE_OF, JourneyState, Stage
from liaison.domain.network import Desk
from liaison.domain.patients import IdentifierKind
from liaison.domain.privacy import mask
from liaison.domain.problems import Problem
from liaison.domain.regions import city_of
from liaison.domain.restricted import is_restricted
from liaison.i18n import N_
from liaison.reports.case_beside import beside
from liaison.reports.case_course import course_of
from liaison.reports.case_money import letter_of, money_of
from liaison.reports.case_view import CaseView, CompanionView, ContactView, IdentifierView, StepView
from liaison.reports.case_work import asks_of, documents_of, overrides_of, tasks_of
from liaison.reports.disease_groups import group_of
from liaison.reports.gathering import office_of, rates_for
from liaison.reports.report import CaseKeys
from liaison.reports.wording import local
from liaison.services.changes import actor, clock
from liaison.services.stage_steps import StageStep, StepStatus, stage_steps
from liaison.store.models import (
    ContactRow,
    CoverRow,
    JourneyEventRow,
    JourneyRow,
    OrganizationRow,
    PatientIdentifierRow,
    PatientRow,
    PolicyRow,
    ProductRow,
    ReferralRow,
    RelatedPersonRow,
)

NO_SUCH_CASE = N_("There is no case of this number here. Look for it by name or number first.")

BANDS = (0, 5, 18, 30, 45, 60, 75)
"""The ages at which a band begins. Source: ``domain`` 4, anonymisation rules."""


def find_case(session: Session, case_no: str) -> JourneyRow:
    """The journey of a case number, as typed. Refuses an unknown one."""
    row = session.scalar(sa.select(JourneyRow).where(JourneyRow.case_no == case_no.strip().upper()))
    if row is None:
        raise Refused([Problem(code="NO_SUCH_CASE", field="case", message=NO_SUCH_CASE)])
    return row


def gather(session: Session, case_no: str) -> tuple[CaseView, CaseKeys]:
    """Everything about a case that a summary may need; the layout leaves out what a receiver may not see."""
    journey = find_case(session, case_no)
    patient = session.get_one(PatientRow, journey.patient_id)
    office = office_of(session)
    now = clock(session)
    hospital = session.get(OrganizationRow, journey.hospital_id) if journey.hospital_id else None
    letter = letter_of(session, journey, today=local(now, office.zone).date())
    cover_id = letter.cover_id or journey.cover_id
    money = money_of(session, journey, letter)
    documents = documents_of(session, journey)
    course = course_of(session, journey, letter, now=now)
    currencies = [line.amount.currency for line in (*money.lines, *money.payer_lines)]
    group = group_of(journey.diagnosis_code, journey.diagnosis)
    view = CaseView(
        as_of=now,
        office=office,
        officer=actor(session),
        kind=journey.kind,
        state=journey.state,
        steps=_steps(session, journey, office.zone),
        record_count=course.record_count,
        document_count=sum(1 for document in documents if document.received_on is not None),
        case_no=journey.case_no,
        **_person(session, patient, today=local(now, office.zone).date()),
        origin=_city(journey.origin_city or patient.city),
        region=journey.region.label,
        note=patient.note,
        **_cover(session, patient, cover_id),
        insurer_ref=journey.insurer_ref,
        gl_no=letter.gl_no,
        **_care(hospital, journey),
        referral=_referral(session, journey.id),
        is_restricted=journey.is_restricted or is_restricted(journey.diagnosis_code, journey.diagnosis),
        disease_group=group,
        letter_state=letter.state_label,
        ceiling=letter.ceiling,
        accepted=letter.accepted if letter.is_final else None,
        versions=letter.versions,
        bill=money.bill,
        bill_days=money.bill_days,
        money=money.lines,
        payer_money=money.payer_lines,
        rates=rates_for(session, currencies, local(now, office.zone).date()),
        claims=money.claims,
        events=course.events,
        answers=letter.answers_until(now),
        tasks=tasks_of(session, journey.id),
        documents=documents,
        overrides=overrides_of(session, journey.id),
        hospital_desk=_desk(session, hospital, _HOSPITAL_DESKS),
        insurer_desk=_insurer_desk(session, cover_id),
        asks=asks_of(session, journey, letter, money, now=now),
        **beside(session, journey.id),
    )
    country = hospital.country if hospital else journey.destination_country
    return view, CaseKeys(journey_id=journey.id, patient_id=patient.id, country=country)


# the person


def _person(session: Session, patient: PatientRow, *, today: dt.date) -> dict[str, Any]:
    numbers = session.scalars(
        sa.select(PatientIdentifierRow)
        .where(PatientIdentifierRow.patient_id == patient.id)
        .order_by(PatientIdentifierRow.id)
    ).all()
    views = [IdentifierView(kind=n.kind, masked=mask(n.value), expires_on=n.expires_on) for n in numbers]
    beside = session.scalars(
        sa.select(RelatedPersonRow).where(RelatedPersonRow.patient_id == patient.id).order_by(RelatedPersonRow.id)
    ).all()
    return {
        "passport_name": patient.passport_name or patient.full_name,
        "has_passport_name": bool(patient.passport_name),
        "birth_date": patient.birth_date,
        "age_band": age_band(patient.birth_date, today),
        "sex": patient.sex,
        "passport": next((v for v in reversed(views) if v.kind is IdentifierKind.PASSPORT), None),
        "identifiers": tuple(v for v in views if v.kind is not IdentifierKind.PASSPORT),
        "language": patient.language,
        "phone": phone_shown(patient.phone),
        "phone_owner": patient.phone_owner if patient.phone else "",
        "companions": tuple(
            CompanionView(name=one.name, relation=one.relation, phone=phone_shown(one.phone))
            for one in beside
            if one.is_companion or one.is_next_of_kin
        ),
        "allergies": patient.allergies,
    }


def age_band(born: dt.date | None, today: dt.date) -> str:
    """``45–59``; empty where the birth date is not known."""
    if born is None:
        return ""
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    start = max(band for band in BANDS if band <= max(age, 0))
    later = [band for band in BANDS if band > start]
    return f"{start}–{later[0] - 1}" if later else f"{start}+"


def _city(text: str) -> str:
    known = city_of(text) if text else None
    return known.name if known else text


# the cover


def _cover(session: Session, patient: PatientRow, cover_id: int | None) -> dict[str, Any]:
    rows = session.execute(
        sa.select(CoverRow, PolicyRow, OrganizationRow.name, ProductRow.name, ProductRow.plan)
        .join(PolicyRow, PolicyRow.id == CoverRow.policy_id)
        .outerjoin(OrganizationRow, OrganizationRow.id == PolicyRow.insurer_id)
        .outerjoin(ProductRow, ProductRow.id == PolicyRow.product_id)
        .where(CoverRow.patient_id == patient.id)
        .order_by(CoverRow.id)
    ).all()
    others = tuple(
        " ".join(part for part in (insurer or "", mask(policy.policy_no)) if part)
        for cover, policy, insurer, _, _ in rows
        if cover.id != cover_id
    )
    mine = next((row for row in rows if row[0].id == cover_id), None)
    if mine is None:
        return {"other_covers": others}
    cover, policy, insurer, product, plan = mine
    return {
        "name_on_policy": cover.name_on_policy,
        "insurer": insurer or "",
        "product": " ".join(part for part in (product, plan) if part),
        "policy_no": policy.policy_no,
        "member_no": cover.member_no,
        "room_class": cover.room_class,
        "other_covers": others,
    }


# the care


def _care(hospital: OrganizationRow | None, journey: JourneyRow) -> dict[str, Any]:
    place = hospital.city if hospital and hospital.city else journey.destination_city
    known = city_of(place) if place else None
    return {
        "hospital": hospital.name if hospital else "",
        "hospital_city": known.name if known else place,
        "hospital_zone": (hospital.zone if hospital else "") or (known.zone if known else ""),
        "hospital_ref": journey.hospital_ref,
        "mrn": journey.mrn,
        "mrn_masked": mask(journey.mrn) if journey.mrn else "",
        "doctor": journey.doctor,
        "admitted_at": journey.admitted_at,
        "discharged_at": journey.discharged_at,
        "diagnosis_code": journey.diagnosis_code,
        "diagnosis": journey.diagnosis,
        "procedure": journey.procedure,
        "clinical_note": journey.clinical_note,
    }


def _referral(session: Session, journey_id: int) -> str:
    """Who sent the patient: the doctor and the practice of the newest referral."""
    row = session.scalar(
        sa.select(ReferralRow).where(ReferralRow.journey_id == journey_id).order_by(ReferralRow.id.desc()).limit(1)
    )
    return ", ".join(part for part in (row.from_doctor, row.from_place) if part) if row is not None else ""


_HOSPITAL_DESKS = (Desk.GL_DESK, Desk.INDONESIA_DESK, Desk.IPC, Desk.BILLING)
_INSURER_DESKS = (Desk.GL_DESK, Desk.CASE_MANAGER, Desk.CLAIMS, Desk.EMERGENCY)


def _desk(session: Session, house: OrganizationRow | None, wanted: tuple[Desk, ...]) -> ContactView | None:
    """The desk to call at a house: the preferred one, else the first of the wanted kinds."""
    if house is None:
        return None
    rows = session.scalars(
        sa.select(ContactRow)
        .where(ContactRow.organization_id == house.id, ContactRow.phone != "")
        .order_by(ContactRow.id)
    ).all()
    rank = {desk: number for number, desk in enumerate(wanted)}
    row = min(rows, key=lambda r: (rank.get(r.desk, 99), not r.is_preferred, r.id), default=None)
    if row is None:
        if not house.phone:
            return None
        return ContactView(organization=house.name, desk=None, phone=house.phone, night_phone=house.night_phone)
    return ContactView(
        organization=house.name,
        desk=row.desk,
        phone=row.phone,
        night_phone=row.night_phone or house.night_phone,
        hours=row.hours,
        zone=house.zone,
        languages=tuple(row.languages or ()),
    )


def _insurer_desk(session: Session, cover_id: int | None) -> ContactView | None:
    """The administrator's desk where one decides for the insurer, else the insurer's."""
    if cover_id is None:
        return None
    policy = session.scalar(
        sa.select(PolicyRow).join(CoverRow, CoverRow.policy_id == PolicyRow.id).where(CoverRow.id == cover_id)
    )
    key = (policy.administrator_id or policy.insurer_id) if policy else None
    house = session.get(OrganizationRow, key) if key else None
    return _desk(session, house, _INSURER_DESKS)


# the stages


def _steps(session: Session, journey: JourneyRow, zone: str) -> tuple[StepView, ...]:
    moves = session.execute(
        sa.select(JourneyEventRow.at, JourneyEventRow.from_state, JourneyEventRow.to_state)
        .where(JourneyEventRow.journey_id == journey.id)
        .order_by(JourneyEventRow.at, JourneyEventRow.id)
    ).all()
    entered: dict[Stage, dt.date] = {Stage.ENQUIRY_INTAKE: journey.opened_on}
    ended_in = journey.state
    for at, from_state, to_state in moves:
        stage = STAGE_OF.get(to_state)
        if stage is not None:
            entered.setdefault(stage, local(at, zone).date())
        elif from_state is not None:
            ended_in = from_state
    # Days and standing are those of the window's own bar, so that paper and screen never differ.
    bar = {step.stage: step for step in stage_steps(session, journey)}
    entered |= {step.stage: step.on for step in bar.values() if step.on is not None}
    stages = list(stages_of(journey.kind))
    here = next((step.stage for step in bar.values() if step.status is StepStatus.CURRENT), None)
    here = here or STAGE_OF.get(journey.state) or STAGE_OF.get(ended_in) or Stage.ENQUIRY_INTAKE
    if journey.state is JourneyState.DECEASED and bar[Stage.HOME_CLAIMS].status is StepStatus.DONE:
        here = Stage.HOME_CLAIMS
    if here not in stages:
        stages = list(Stage)
    number = stages.index(here)
    return tuple(_step(bar[stage], entered.get(stage), at - number) for at, stage in enumerate(stages))


def _step(step: StageStep, entered_on: dt.date | None, distance: int) -> StepView:
    """One stage of the bar; ``distance`` is how many stages it lies behind (negative) or ahead of where the case is."""
    skipped = distance < 0 and step.status is StepStatus.SKIPPED
    is_behind = distance < 0 and step.status is not StepStatus.TO_COME
    return StepView(
        stage=step.stage,
        entered_on=entered_on if distance <= 0 else None,
        is_done=not skipped and (is_behind or (distance == 0 and step.status is StepStatus.DONE)),
        is_now=distance == 0 and step.status is not StepStatus.DONE,
        is_skipped=skipped,
    )
