"""The open cases of the sample office, told step by step from ``resources/sample/open_cases.toml``.

Every step goes through the same services that an officer's hands use, at its own moment in the past, so that guards
hold, debts arise, and the history reads like a history. ``at`` counts days back and names the hour (in Medan); on the
last day, 0, it counts hours back from now. ``due`` counts the other way.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.claims import (
    ClaimDecisionDraft,
    ClaimDraft,
    ClaimKind,
    ClaimLineDraft,
    ClaimQueryDraft,
    ClaimState,
    LineCategory,
)
from liaison.domain.codes import ReasonCode
from liaison.domain.documents import DocumentKind
from liaison.domain.facts import ConfirmationDraft, FactKind
from liaison.domain.guarantees import (
    GuaranteeDraft,
    GuaranteeQueryDraft,
    GuaranteeState,
    VersionDraft,
    VersionKind,
)
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
from liaison.domain.payments import BillDraft, BillKind, EstimateDraft, Payer, PaymentDraft, PaymentPurpose
from liaison.domain.people import IdentifierDraft, PatientDraft, RelatedPersonDraft
from liaison.domain.policies import CoverDraft, PolicyDraft, PolicyStatus
from liaison.domain.work import DocumentDraft, NoteChannel, NoteDraft, TaskDraft, WaitingOn
from liaison.i18n import N_, resources
from liaison.services import (
    claims,
    confirmations,
    deciding,
    documents,
    editing,
    guarantees,
    journeys,
    patients,
    payments,
    policies,
    work,
)
from liaison.services.changes import clock, today
from liaison.services.sample_draw import Houses
from liaison.services.sample_world import Complaint, World
from liaison.store.models import (
    ClaimQueryRow,
    ConfirmationRow,
    GuaranteeQueryRow,
    JourneyRow,
    ProductRow,
    TaskRow,
)
from liaison.store.store import Store

Step = Mapping[str, Any]

OPEN_CASES = 24
"""How many open cases the sample tells."""

END_OF_DAY = 23 + 59 / 60
"""The hour that says "some time that day"."""

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


@dataclass(slots=True, kw_only=True)
class Tale:
    """One case as it is told, and the keys of what it made so far."""

    case: Mapping[str, Any]
    complaint: Complaint
    hospital_id: int
    insurer_id: int | None
    currency: str
    zone: ZoneInfo
    now: dt.datetime
    journey: int = 0
    patient: int = 0
    cover: int | None = None
    letter: int = 0
    claim: int = 0
    others: dict[str, Tale] = field(default_factory=dict)

    def at(self, days: int, hour: float) -> dt.datetime:
        """A moment so many days ago; on the last day so many hours ago."""
        if days == 0:
            return self.now - dt.timedelta(minutes=round(hour * 60))
        day = self.now.astimezone(self.zone).date() - dt.timedelta(days=days)
        return dt.datetime.combine(day, dt.time(), self.zone) + dt.timedelta(minutes=round(hour * 60))

    def due(self, days: int, hour: float) -> dt.datetime:
        """A moment so many days ahead; on this day so many hours ahead, less than none where it has passed."""
        return self.at(-days, hour) if days else self.at(0, -hour)

    def money(self, units: float | str, currency: str = "") -> Money:
        """Units of the case's currency."""
        return Money.of(str(units), currency or self.currency)


def _cases() -> list[dict[str, Any]]:
    with (resources() / "sample" / "open_cases.toml").open("rb") as file:
        cases: list[dict[str, Any]] = tomllib.load(file)["case"]
    return cases


def add_open_cases(store: Store, world: World, houses: Houses, *, count: int, zone: str) -> None:
    """Tell the cases, all steps together in order of time; recent steps are an action each, older ones a day's."""
    now = store.clock()
    tales = [_tale(case, world, houses, now, ZoneInfo(zone)) for case in _cases()[:count]]
    others = {t.case["name"]: t for t in tales}
    moments: list[_Moment] = []
    for number, tale in enumerate(tales, 1):
        tale.others = others
        for step in tale.case["step"]:
            at = tale.at(*step["at"])
            day = at.date() if step["at"][0] > OLD_DAYS else None
            moments.append(
                _Moment(at=at, order=(day or at.date(), number if day else 0, at, len(moments)), tale=tale, step=step)
            )
    moments.sort(key=lambda m: m.order)
    real = store.clock
    try:
        for _, group in groupby(moments, key=lambda m: m.order[:2] if m.order[1] else m.order):
            _tell(store, list(group))
    finally:
        store.clock = real


OLD_DAYS = 7
"""Steps longer ago than this are told day by day: nobody undoes them one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Moment:
    """A step at its moment, and where it stands among all steps."""

    at: dt.datetime
    order: tuple[Any, ...]
    tale: Tale
    step: Step


def _tell(store: Store, moments: list[_Moment]) -> None:
    store.clock = _standing(moments[-1].at)
    with store.write(_TITLES[moments[0].step["do"]]) as session:
        for moment in moments:
            session.info["clock"] = _standing(moment.at)
            _STEPS[moment.step["do"]](session, moment.tale, moment.step)


def _standing(at: dt.datetime) -> Callable[[], dt.datetime]:
    return lambda: at


def _tale(case: dict[str, Any], world: World, houses: Houses, now: dt.datetime, zone: ZoneInfo) -> Tale:
    hospital = next(h for h in world.hospitals if h.name == case["hospital"])
    complaint = next(c for c in world.complaints if c.code == case["complaint"])
    currency = {"MY": "MYR", "SG": "SGD", "CN": "CNY", "KH": "USD", "ID": "IDR"}[hospital.country]
    insurer = case.get("insurer")
    return Tale(
        case=case,
        complaint=complaint,
        hospital_id=houses.hospitals[hospital.name],
        currency=currency,
        zone=zone,
        now=now,
        insurer_id=None if insurer is None else houses.insurers[insurer],
    )


# steps: the person and the case


def _open(session: Session, tale: Tale, step: Step) -> None:
    case = tale.case
    tale.patient = _made(patients.add_patient(session, _person(session, tale)))
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
    tale.journey = _made(
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
    return _made(policies.add_policy_with_cover(session, policy, cover))


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


# steps: letters


def _letter(session: Session, tale: Tale, step: Step) -> None:
    assert tale.cover is not None
    draft = GuaranteeDraft(
        journey_id=tale.journey,
        cover_id=tale.cover,
        hospital_id=tale.hospital_id,
        requested_at=clock(session),
        channel="surel",
        diagnosis=tale.complaint.name,
        procedure=tale.complaint.procedure,
        is_checklist_complete=True,
        entitlement="Kamar 2 tempat tidur",
        copay_note=step.get("copay", ""),
        insurer_contact=step.get("contact", ""),
    )
    tale.letter = _made(guarantees.request_guarantee(session, draft))


def _version(session: Session, tale: Tale, step: Step) -> None:
    kind = VersionKind[step["kind"]]
    day = today(session)
    draft = VersionDraft(
        guarantee_id=tale.letter,
        kind=kind,
        issued_at=clock(session),
        ceiling=tale.money(step["ceiling"]),
        covered_days=step.get("covered"),
        valid_from=day,
        valid_to=tale.due(step.get("until", 14), 12).date(),
        room_class="2 tempat tidur",
    )
    excess = tale.money(step["excess"]) if "excess" in step else None
    guarantees.add_version(
        session,
        draft,
        gl_no=step.get("number", ""),
        excess=excess,
        accepted=tale.money(step["ceiling"]) if kind is VersionKind.FINAL else None,
    )
    if kind is VersionKind.INITIAL and step.get("accepted", True):
        guarantees.move_guarantee(session, tale.letter, GuaranteeState.ACCEPTED)


def _letter_move(session: Session, tale: Tale, step: Step) -> None:
    reason = ReasonCode[step["reason"]] if "reason" in step else None
    guarantees.move_guarantee(
        session, tale.letter, GuaranteeState(step["to"]), reason=reason, note=step.get("note", "")
    )


def _question(session: Session, tale: Tale, step: Step) -> None:
    guarantees.ask_query(
        session, GuaranteeQueryDraft(guarantee_id=tale.letter, asked_at=clock(session), question=step["text"])
    )


def _reply(session: Session, tale: Tale, step: Step) -> None:
    query = session.scalars(
        sa.select(GuaranteeQueryRow.id).where(
            GuaranteeQueryRow.guarantee_id == tale.letter, GuaranteeQueryRow.answered_at.is_(None)
        )
    ).one()
    guarantees.answer_query(session, query, step["text"])


# steps: money and claims


def _estimate(session: Session, tale: Tale, step: Step) -> None:
    draft = EstimateDraft(
        journey_id=tale.journey,
        hospital_id=tale.hospital_id,
        low=tale.money(step["low"]),
        high=tale.money(step["high"]),
        stated_on=today(session),
        valid_until=today(session) + dt.timedelta(days=60),
    )
    payments.record_estimate(session, draft)


def _bill(session: Session, tale: Tale, step: Step) -> None:
    kind = BillKind[step.get("kind", "INTERIM")]
    draft = BillDraft(
        journey_id=tale.journey,
        hospital_id=tale.hospital_id,
        kind=kind,
        billed_on=today(session),
        amount=tale.money(step["amount"]),
        bill_no=step.get("number", ""),
    )
    payments.record_bill(session, draft)


def _pay(session: Session, tale: Tale, step: Step) -> None:
    purpose = PaymentPurpose[step["for"]]
    draft = PaymentDraft(
        journey_id=tale.journey,
        claim_id=tale.claim if purpose is PaymentPurpose.CLAIM else None,
        purpose=purpose,
        payer=Payer[step.get("by", "PATIENT")],
        amount=tale.money(step["amount"]),
        paid_on=today(session),
        receipt_no=step.get("receipt", ""),
    )
    if purpose is PaymentPurpose.CLAIM:
        deciding.record_claim_payment(session, draft)
    else:
        payments.record_payment(session, draft)


def _claim(session: Session, tale: Tale, step: Step) -> None:
    assert tale.cover is not None
    row = session.get_one(JourneyRow, tale.journey)
    lines = tuple(
        ClaimLineDraft(category=LineCategory[code], claimed=tale.money(amount))
        for code, amount in step["lines"].items()
    )
    billed = Money(sum(line.claimed.minor for line in lines), tale.currency)
    admitted = row.admitted_at.astimezone(tale.zone).date() if row.admitted_at else None
    draft = ClaimDraft(
        patient_id=tale.patient,
        cover_id=tale.cover,
        journey_id=tale.journey,
        guarantee_id=tale.letter or None,
        hospital_id=tale.hospital_id,
        claim_no=step.get("number", ""),
        kind=ClaimKind[step.get("kind", "CASHLESS")],
        state=ClaimState(step.get("state", "K01")),
        billed=billed,
        admitted_on=admitted,
        discharged_on=row.discharged_at.astimezone(tale.zone).date() if row.discharged_at else None,
        submitted_on=today(session) if step.get("state", "K01") > "K03" else None,
        diagnosis_code=tale.complaint.code,
        diagnosis=tale.complaint.name,
        lines=lines,
    )
    tale.claim = _made(claims.file_claim(session, draft))


def _claim_move(session: Session, tale: Tale, step: Step) -> None:
    claims.move_claim(
        session,
        tale.claim,
        ClaimState(step["to"]),
        note=step.get("note", ""),
        claim_no=step.get("number", ""),
        channel=step.get("channel", ""),
        evidence=step.get("evidence", ""),
        reason=ReasonCode[step["reason"]] if "reason" in step else None,
    )


def _decide(session: Session, tale: Tale, step: Step) -> None:
    draft = ClaimDecisionDraft(
        decided_on=today(session),
        outcome=ClaimState(step["to"]),
        approved=tale.money(step["approved"]) if "approved" in step else None,
        reason=ReasonCode[step["reason"]] if "reason" in step else None,
    )
    deciding.decide_claim(
        session, tale.claim, draft, note=step.get("note", ""), override_reason=step.get("because", "")
    )


def _claim_question(session: Session, tale: Tale, step: Step) -> None:
    deciding.ask_claim_query(
        session, ClaimQueryDraft(claim_id=tale.claim, asked_at=clock(session), question=step["text"])
    )


def _claim_reply(session: Session, tale: Tale, step: Step) -> None:
    query = session.scalars(
        sa.select(ClaimQueryRow.id).where(ClaimQueryRow.claim_id == tale.claim, ClaimQueryRow.answered_at.is_(None))
    ).one()
    deciding.answer_claim_query(session, query, step["text"])


def _made(done: Any) -> int:
    key = done.made
    assert isinstance(key, int)
    return key


_STEPS: dict[str, Callable[[Session, Tale, Step], None]] = {
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
    "letter": _letter,
    "version": _version,
    "letter_move": _letter_move,
    "question": _question,
    "reply": _reply,
    "estimate": _estimate,
    "bill": _bill,
    "pay": _pay,
    "claim": _claim,
    "claim_move": _claim_move,
    "decide": _decide,
    "claim_question": _claim_question,
    "claim_reply": _claim_reply,
}
_TITLES = {
    "open": N_("Open a case"),
    "identity": N_("Record identity numbers"),
    "move": N_("Move a case on"),
    "fact": N_("Confirm a fact"),
    "hold": N_("Put a case on hold"),
    "answer": N_("Answer without travel"),
    "note": N_("Write a note"),
    "task": N_("Plan a step"),
    "done": N_("Tick off a step"),
    "wait": N_("Reschedule a step"),
    "document": N_("Attach a file"),
    "letter": N_("Request a guarantee letter"),
    "version": N_("Record a guarantee letter"),
    "letter_move": N_("Move a guarantee letter on"),
    "question": N_("Record the insurer's question"),
    "reply": N_("Answer the insurer's question"),
    "estimate": N_("Record an estimate"),
    "bill": N_("Record a bill"),
    "pay": N_("Record a payment"),
    "claim": N_("File a claim"),
    "claim_move": N_("Move a claim on"),
    "decide": N_("Record the insurer's decision"),
    "claim_question": N_("Record the insurer's question"),
    "claim_reply": N_("Answer the insurer's question"),
}
