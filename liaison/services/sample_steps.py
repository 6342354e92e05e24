"""Steps of a told case: the person, the case itself, words, tasks and papers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.documents import DocumentKind
from liaison.domain.facts import ConfirmationDraft, FactKind
from liaison.domain.journeys import (
    EntryMode,
    JourneyDraft,
    JourneyKind,
    JourneyState,
    LinkKind,
    PayerPath,
    SourceChannel,
)
from liaison.domain.money import Money
from liaison.domain.patients import IdentifierKind, RelationKind, Sex
from liaison.domain.people import IdentifierDraft, PatientDraft, RelatedPersonDraft
from liaison.domain.policies import CoverDraft, PolicyDraft, PolicyStatus
from liaison.domain.work import DocumentDraft, NoteChannel, NoteDraft, TaskDraft, WaitingOn
from liaison.services import (
    confirmations,
    documents,
    editing,
    journeys,
    patients,
    policies,
    work,
)
from liaison.services.changes import clock, today
from liaison.services.sample_tale import Step, Tale, made
from liaison.store.models import (
    ConfirmationRow,
    JourneyRow,
    ProductRow,
    TaskRow,
)

_REGION_CODES = {
    "Medan": "127106",
    "Jakarta": "317402",
    "Surabaya": "357801",
    "Denpasar": "517101",
    "Banda Aceh": "117103",
}

BEFORE_LEAVING: dict[JourneyState, tuple[FactKind, ...]] = {
    JourneyState.INTAKE: (FactKind.C1, FactKind.C2, FactKind.C5, FactKind.IDENTITY_SEEN),
    JourneyState.ELIGIBILITY: (FactKind.ELIGIBILITY,),
    JourneyState.MEDICAL_REVIEW: (FactKind.C3, FactKind.MEDICAL_DOCUMENT, FactKind.OPINION),
    JourneyState.DECISION: (FactKind.DECISION, FactKind.C4),
    JourneyState.TRAVEL_PREP: (FactKind.PASSPORT, FactKind.APPOINTMENT),
    JourneyState.EN_ROUTE: (FactKind.ARRIVAL,),
    JourneyState.WORKUP: (FactKind.PLAN_CONFIRMED,),
    JourneyState.DISCHARGE_PENDING: (FactKind.EXCESS_SETTLED,),
    JourneyState.DISCHARGED: (FactKind.DISCHARGE_SUMMARY,),
    JourneyState.RETURNED: (FactKind.HOME_ARRIVAL,),
}
"""What an officer writes down before a case leaves a state."""

_RESULTS = {FactKind.ELIGIBILITY: "ELIGIBLE_WITH_LIMITS"}
_WORDS = {FactKind.DECISION: "Keluarga setuju, jadwal dokter paling cepat"}


def _open(session: Session, tale: Tale, step: Step) -> None:
    case = tale.case
    tale.patient = made(patients.add_patient(session, _person(session, tale)))
    for relative in case.get("beside", ()):
        draft = RelatedPersonDraft(
            relation=RelationKind[relative["relation"]],
            name=relative["name"],
            phone=relative.get("phone", ""),
            is_companion=relative.get("companion", False),
            is_next_of_kin=relative.get("kin", False),
            may_be_told_status=relative.get("told", False),
            consent_on=today(session) if relative.get("told") else None,
        )
        patients.add_related_person(session, tale.patient, draft)
    if tale.insurer_id is not None:
        tale.cover = _insure(session, tale)
    parent = tale.others.get(case.get("with", ""))
    state = JourneyState(step.get("state", "J01"))
    tale.journey = made(
        journeys.open_journey(
            session,
            JourneyDraft(
                patient_id=tale.patient,
                kind=JourneyKind[case.get("kind", "TREATMENT")],
                state=state,
                entry_mode=EntryMode[case.get("entry", "ELECTIVE")],
                source_channel=SourceChannel[case.get("channel", "WHATSAPP")],
                hospital_id=tale.hospital_id,
                doctor=case.get("doctor", ""),
                mrn=case.get("mrn", "") if state.value > "J10" else "",
                cover_id=tale.cover,
                payer_path=PayerPath[case["path"]] if "path" in case else None,
                need=case["need"],
                specialty=tale.complaint.specialty,
                diagnosis_code=tale.complaint.code,
                diagnosis=tale.complaint.name,
                procedure=tale.complaint.procedure,
                parent_id=parent.journey if parent else None,
                link_kind=LinkKind.COMPANION_CASE if parent else None,
                planned_admission_on=tale.due(*case["admission"]).date() if "admission" in case else None,
                planned_return_on=tale.due(*case["return"]).date() if "return" in case else None,
                room_class="2 tempat tidur" if tale.cover else "",
            ),
        )
    )
    _beside_each_other(session, tale, parent)


def _beside_each_other(session: Session, tale: Tale, other: Tale | None) -> None:
    if other is None:
        return
    for one, two in ((tale, other), (other, tale)):
        draft = RelatedPersonDraft(
            relation=RelationKind.SPOUSE,
            name=two.case["name"],
            phone=two.case["phone"],
            is_companion=True,
            related_patient_id=two.patient,
        )
        patients.add_related_person(session, one.patient, draft)


def _person(session: Session, tale: Tale) -> PatientDraft:
    case = tale.case
    return PatientDraft(
        full_name=case["name"],
        passport_name=case.get("passport_name", ""),
        sex=Sex(case["sex"]),
        birth_date=_born(session, case),
        phone=case["phone"],
        phone_owner=case.get("phone_owner", ""),
        city=case["city"],
        allergies=case.get("allergies", ""),
        note=case.get("note", ""),
    )


def _born(session: Session, case: Mapping[str, Any]) -> dt.date:
    """A birthday that makes the age right all through the case: some months before its first day."""
    first = today(session) - dt.timedelta(days=150 + len(case["name"]) * 3)
    return first.replace(year=first.year - case["age"], day=min(first.day, 28))


def _insure(session: Session, tale: Tale) -> int:
    case = tale.case
    product = session.scalars(
        sa.select(ProductRow.id).where(ProductRow.insurer_id == tale.insurer_id).order_by(ProductRow.id)
    ).all()[case.get("plan", 0)]
    begun = today(session) - dt.timedelta(days=1200 + len(case["name"]) * 31)
    policy = PolicyDraft(
        insurer_id=tale.insurer_id,
        product_id=product,
        policy_no=case["policy"],
        holder_name=case.get("holder", case["name"]),
        inception_on=begun,
        expires_on=today(session) + dt.timedelta(days=190 + len(case["name"]) * 9),
        status=PolicyStatus.IN_FORCE,
    )
    cover = CoverDraft(
        patient_id=tale.patient,
        policy_id=0,
        member_no=case["member"],
        name_on_policy=case["name"],
        relation_to_holder=case.get("to_holder", ""),
        room_class="2 tempat tidur",
        annual_limit_left=Money.of(case.get("limit_left", 640_000_000), "IDR"),
        annual_limit_as_of=today(session),
    )
    return made(policies.add_policy_with_cover(session, policy, cover))


def _identity(session: Session, tale: Tale, step: Step) -> None:
    """The numbers that an officer saw: identity card and passport."""
    case, seen = tale.case, today(session)
    born = patients.patient_draft(session, tale.patient).birth_date
    assert born is not None
    day = born.day + (40 if case["sex"] == "F" else 0)
    nik = f"{_REGION_CODES.get(case['city'], '127106')}{day:02d}{born:%m%y}{case.get('serial', 3):04d}"
    patients.add_identifier(
        session, tale.patient, IdentifierDraft(kind=IdentifierKind.NIK, value=nik, country="ID", seen_on=seen)
    )
    if "passport" in case:
        ends = seen + dt.timedelta(days=case.get("passport_days", 1100))
        passport = IdentifierDraft(
            kind=IdentifierKind.PASSPORT, value=case["passport"], country="ID", expires_on=ends, seen_on=seen
        )
        patients.add_identifier(session, tale.patient, passport)


def _move(session: Session, tale: Tale, step: Step) -> None:
    """Move the case on, after writing down what its present state asks for."""
    state = session.get_one(JourneyRow, tale.journey).state
    known = set(session.scalars(sa.select(ConfirmationRow.kind).where(ConfirmationRow.journey_id == tale.journey)))
    for fact in BEFORE_LEAVING.get(state, ()):
        if fact not in known and fact.value not in step.get("without", ()):
            confirmations.confirm(session, _confirmation(session, tale, fact))
    to = JourneyState(step["to"])
    journeys.move_journey(session, tale.journey, to, note=step.get("note", ""), override_reason=step.get("because", ""))
    if to is JourneyState.ADMITTED:
        confirmations.confirm(session, _confirmation(session, tale, FactKind.ADMISSION))
        editing.set_field(session, "journey", tale.journey, "mrn", tale.case["mrn"])


def _confirmation(session: Session, tale: Tale, fact: FactKind) -> ConfirmationDraft:
    day, now = today(session), clock(session)
    draft = ConfirmationDraft(
        journey_id=tale.journey,
        kind=fact,
        stated_on=day,
        result=_RESULTS.get(fact, ""),
        note=_WORDS.get(fact, ""),
        source="formulir bertanda tangan" if fact.value.startswith("C") and len(fact.value) == 2 else "",
    )
    match fact:
        case FactKind.PASSPORT:
            return replace(draft, valid_to=day + dt.timedelta(days=tale.case.get("passport_days", 1100)))
        case FactKind.APPOINTMENT:
            planned = session.get_one(JourneyRow, tale.journey).planned_admission_on or day + dt.timedelta(days=4)
            return replace(draft, at=dt.datetime.combine(planned, dt.time(9), tale.zone), zone="Asia/Kuala_Lumpur")
        case FactKind.ARRIVAL | FactKind.ADMISSION | FactKind.HOME_ARRIVAL:
            return replace(draft, at=now, zone="Asia/Kuala_Lumpur")
    return draft


def _fact(session: Session, tale: Tale, step: Step) -> None:
    draft = _confirmation(session, tale, FactKind[step["fact"]])
    confirmations.confirm(
        session, replace(draft, note=step.get("note", draft.note), result=step.get("result", draft.result))
    )


def _hold(session: Session, tale: Tale, step: Step) -> None:
    journeys.hold(session, tale.journey, reason=step["reason"])


def _answer(session: Session, tale: Tale, step: Step) -> None:
    confirmations.confirm(session, _confirmation(session, tale, FactKind.ANSWERED))
    journeys.answer_without_travel(session, tale.journey, note=step["note"])


# steps: words, tasks, papers


def _note(session: Session, tale: Tale, step: Step) -> None:
    work.add_note(
        session,
        NoteDraft(
            journey_id=tale.journey,
            channel=NoteChannel[step.get("by", "NOTE")],
            counterpart=step.get("who", ""),
            text=step["text"],
        ),
    )


def _task(session: Session, tale: Tale, step: Step) -> None:
    on = WaitingOn[step["on"]] if "on" in step else None
    work.add_task(
        session,
        TaskDraft(
            journey_id=tale.journey,
            claim_id=tale.claim or None,
            title=step["title"],
            due_at=tale.due(*step["due"]),
            waiting_on=on,
            waiting_for=step.get("for", ""),
            is_urgent=step.get("urgent", False),
        ),
    )


def _done(session: Session, tale: Tale, step: Step) -> None:
    """Tick off the open tasks with this title; without one, every open task of the case."""
    tasks = sa.select(TaskRow).where(TaskRow.journey_id == tale.journey, TaskRow.done_at.is_(None))
    for row in session.scalars(tasks).all():
        if step.get("title", row.title) == row.title:
            work.finish_task(session, row.id, note=step.get("note", ""))


def _wait(session: Session, tale: Tale, step: Step) -> None:
    """Give every open task of the case a due time, or whose turn it is."""
    tasks = sa.select(TaskRow).where(TaskRow.journey_id == tale.journey, TaskRow.done_at.is_(None))
    for row in session.scalars(tasks).all():
        if "due" in step:
            row.due_at = tale.due(*step["due"])
        if "on" in step:
            work.wait_on(session, row.id, WaitingOn[step["on"]], what=step.get("for", ""))


def _document(session: Session, tale: Tale, step: Step) -> None:
    data = _one_page(f"{step['title']} (contoh)")
    documents.attach(
        session, DocumentDraft(journey_id=tale.journey, kind=DocumentKind[step["kind"]], title=step["title"]), data
    )


def _one_page(words: str) -> bytes:
    """The smallest PDF that shows a line of text, so that a sample file opens like a real one."""
    text = words.encode("ascii", "replace").replace(b"(", b"\\(").replace(b")", b"\\)")
    stream = b"BT /F1 14 Tf 60 760 Td (" + text + b") Tj ET"
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return body + tail % (table, len(body))


STEPS: Mapping[str, Callable[[Session, Tale, Step], None]] = {
    "open": _open,
    "identity": _identity,
    "move": _move,
    "fact": _fact,
    "hold": _hold,
    "answer": _answer,
    "note": _note,
    "task": _task,
    "done": _done,
    "wait": _wait,
    "document": _document,
}
