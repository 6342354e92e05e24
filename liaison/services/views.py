"""A whole case on one page: person, policy, hospital, stages, what happened, what is next, the money."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.documents import ChecklistItem, DocumentKind, Process, Whereabouts
from liaison.domain.fx import UsedRate
from liaison.domain.journey_kinds import checklists_of
from liaison.domain.journeys import (
    STAGE_OF,
    CancelReason,
    EntryMode,
    JourneyKind,
    JourneyState,
    PayerPath,
    SourceChannel,
    Stage,
)
from liaison.domain.money import Money
from liaison.domain.names import age_on
from liaison.domain.network import Desk
from liaison.domain.patients import Region, Sex
from liaison.domain.payments import BillKind, Payer, PaymentPurpose
from liaison.domain.restricted import is_restricted
from liaison.domain.work import TaskKind, WaitingOn
from liaison.services.changes import get, today
from liaison.services.checklists import ASKED_FROM, SHOWN_BY, conditions_of, houses_of_case, items_for
from liaison.services.confirmations import ConfirmationView, confirmations
from liaison.services.courses import CourseView, courses_of
from liaison.services.guarantee_views import GuaranteeView, guarantees_of
from liaison.services.letter_burn import LetterBurn, letter_burn
from liaison.services.list_of_claims import ClaimLine, claims_of
from liaison.services.network import ContactView, contacts_of
from liaison.services.office import office
from liaison.services.patient_views import (
    IdentifierView,
    LinkedJourney,
    PatientView,
    RelatedView,
    cases_where,
    copied,
    patient_view,
)
from liaison.services.policies import CoverSummary, covers_of
from liaison.services.rates import rate_on
from liaison.services.sentences import Sentence, said
from liaison.services.stage_steps import StageStep, StepStatus, stage_steps
from liaison.services.timeline import TimelineItem, timeline_of
from liaison.services.today import TaskGroup, TaskLine, tasks_of
from liaison.store.models import (
    AgentRow,
    BillRow,
    DocumentRow,
    EstimateRow,
    GuaranteeEventRow,
    GuaranteeRow,
    JourneyEventRow,
    JourneyRow,
    OfficerRow,
    OrganizationRow,
    PatientRow,
    PaymentRow,
)

__all__ = [
    "AgentLink",
    "CheckedItem",
    "DocumentLine",
    "HospitalView",
    "IdentifierView",
    "JourneyCard",
    "JourneyView",
    "LinkedJourney",
    "MoneyView",
    "OverrideView",
    "PatientView",
    "RelatedView",
    "StageStep",
    "StepStatus",
    "find_case",
    "journey_card",
    "journey_view",
    "patient_view",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class HospitalView:
    """Where the patient is treated, with the desk to call first."""

    id: int
    name: str
    city: str
    country: str
    zone: str
    phone: str
    desk: ContactView | None
    contacts: tuple[ContactView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentLink:
    """The insurer's agent of a case."""

    id: int
    name: str
    code: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLine:
    """A file of a case."""

    id: int
    version: int
    title: str
    kind: DocumentKind | None
    media_type: str
    size: int
    received_on: dt.date
    language: str
    expires_on: dt.date | None
    is_original: bool
    whereabouts: Whereabouts | None
    note: str
    claim_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedItem:
    """One thing to have for the present stage, and the file that is it. ``condition`` is marked; empty: always."""

    kinds: tuple[DocumentKind, ...]
    process: Process
    condition: str
    document_id: int | None
    is_seen: bool = False
    """Whether somebody confirmed to have seen it, where no file of it lies here."""

    @property
    def have(self) -> bool:
        """Whether a file fulfils it, or somebody saw the paper."""
        return self.document_id is not None or self.is_seen


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyView:
    """Estimate, deposit, excess, bills and payments of a case, each in its own currency."""

    estimate_low: Money | None
    estimate_high: Money | None
    deposit_paid: Money | None
    excess_due: Money | None
    excess_paid: Money | None
    billed: Money | None
    insurer_paid: Money | None
    rate: UsedRate | None
    """To the office's currency, today's or the newest before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OverrideView:
    """Somebody went past a guard: who, when, where to, and why. Prints on the case summary."""

    at: dt.datetime
    actor: str
    what: Sentence
    reason: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyView:
    """Everything that the page of a case shows."""

    id: int
    version: int
    case_no: str
    kind: JourneyKind
    state: JourneyState
    state_since: dt.datetime
    is_open: bool
    entry_mode: EntryMode
    source_channel: SourceChannel
    payer_path: PayerPath | None
    need: str
    specialty: str
    room_class: str
    doctor: str
    mrn: str
    hospital_ref: str
    insurer_ref: str
    diagnosis_code: str
    diagnosis: str
    procedure: str
    clinical_note: str
    is_restricted: bool
    origin_city: str
    region: Region
    destination_country: str
    destination_city: str
    opened_on: dt.date
    ended_on: dt.date | None
    planned_admission_on: dt.date | None
    planned_return_on: dt.date | None
    admitted_at: dt.datetime | None
    discharged_at: dt.datetime | None
    decision: str
    decision_reason: str
    was_answered: bool
    closed_reason: CancelReason | None
    closed_note: str
    hold_reason: str
    held_since: dt.datetime | None
    last_contact_at: dt.datetime
    officer_id: int | None
    officer: str
    agent: AgentLink | None
    patient: PatientView
    cover: CoverSummary | None
    covers: tuple[CoverSummary, ...]
    hospital: HospitalView | None
    stages: tuple[StageStep, ...]
    timeline: tuple[TimelineItem, ...]
    tasks: tuple[TaskLine, ...]
    guarantees: tuple[GuaranteeView, ...]
    letter: LetterBurn | None
    claims: tuple[ClaimLine, ...]
    documents: tuple[DocumentLine, ...]
    checklist: tuple[CheckedItem, ...]
    confirmations: tuple[ConfirmationView, ...]
    money: MoneyView
    overrides: tuple[OverrideView, ...]
    links: tuple[LinkedJourney, ...]
    courses: CourseView

    @property
    def hides_diagnosis(self) -> bool:
        """Whether the diagnosis is specially protected: marked so, or told by its code or words."""
        return self.is_restricted or is_restricted(self.diagnosis_code, self.diagnosis)

    @property
    def stage(self) -> Stage | None:
        """The stage it is in; none where it ended on the way."""
        return STAGE_OF.get(self.state)

    @property
    def stage_no(self) -> int:
        """1 to 6; 0 where it ended on the way."""
        return list(Stage).index(self.stage) + 1 if self.stage else 0

    @property
    def open_tasks(self) -> tuple[TaskLine, ...]:
        """What is still to be done."""
        return tuple(t for t in self.tasks if t.done_at is None)

    @property
    def debts(self) -> tuple[TaskLine, ...]:
        """Facts still owed."""
        return tuple(t for t in self.open_tasks if t.kind is TaskKind.DEBT)

    @property
    def waiting(self) -> TaskLine | None:
        """The task whose wait stands in the head of the page: the longest one."""
        waits = [t for t in self.open_tasks if t.waiting_on not in (None, WaitingOn.US)]
        return min(waits, key=lambda t: (t.waiting_since or self.state_since, t.id), default=None)

    @property
    def late(self) -> tuple[TaskLine, ...]:
        """Tasks whose due time has passed."""
        return tuple(t for t in self.open_tasks if t.group is TaskGroup.LATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyCard:
    """The short form of a case beside a list."""

    id: int
    case_no: str
    name: str
    sex: Sex | None
    age: int | None
    city: str
    state: JourneyState
    state_since: dt.datetime
    stage: Stage | None
    stage_no: int
    hospital: str
    phone: str
    waiting: TaskLine | None
    ceiling: Money | None
    last: tuple[TimelineItem, ...]


def journey_view(session: Session, key: int) -> JourneyView:
    """A whole case. Raises :class:`Refused` (GONE) where it is no longer there."""
    row = get(session, JourneyRow, key)
    own = {name: getattr(row, name) for name in _OWN}
    officer = session.get(OfficerRow, row.officer_id) if row.officer_id else None
    covers = tuple(covers_of(session, row.patient_id))
    letters = tuple(guarantees_of(session, key))
    documents = _documents(session, key)
    confirmed = tuple(confirmations(session, key))
    claims = claims_of(session, journey_id=key)
    return JourneyView(
        **own,
        officer=officer.name if officer else "",
        agent=_agent(session, row.agent_id),
        patient=patient_view(session, row.patient_id),
        cover=next((c for c in covers if c.id == row.cover_id), None),
        covers=covers,
        hospital=_hospital(session, row.hospital_id),
        stages=stage_steps(session, row),
        timeline=timeline_of(session, key),
        tasks=tasks_of(session, key),
        guarantees=letters,
        letter=letter_burn(session, key),
        claims=claims,
        documents=documents,
        checklist=_checklist(session, row, documents, seen=_seen(confirmed), has_claims=bool(claims)),
        confirmations=confirmed,
        money=_money(session, row),
        overrides=_overrides(session, key),
        links=_links(session, row),
        courses=courses_of(session, key),
    )


_OWN = (
    "id",
    "version",
    "case_no",
    "kind",
    "state",
    "state_since",
    "is_open",
    "entry_mode",
    "source_channel",
    "payer_path",
    "need",
    "specialty",
    "room_class",
    "doctor",
    "mrn",
    "hospital_ref",
    "insurer_ref",
    "diagnosis_code",
    "diagnosis",
    "procedure",
    "clinical_note",
    "is_restricted",
    "origin_city",
    "region",
    "destination_country",
    "destination_city",
    "opened_on",
    "ended_on",
    "planned_admission_on",
    "planned_return_on",
    "admitted_at",
    "discharged_at",
    "decision",
    "decision_reason",
    "was_answered",
    "closed_reason",
    "closed_note",
    "hold_reason",
    "held_since",
    "last_contact_at",
    "officer_id",
)


def journey_card(session: Session, key: int) -> JourneyCard:
    """The short form of a case. Raises :class:`Refused` (GONE)."""
    row = get(session, JourneyRow, key)
    patient = session.get_one(PatientRow, row.patient_id)
    hospital = session.get(OrganizationRow, row.hospital_id) if row.hospital_id else None
    burn = letter_burn(session, key)
    waits = [t for t in tasks_of(session, key) if t.done_at is None and t.waiting_on not in (None, WaitingOn.US)]
    stage = STAGE_OF.get(row.state)
    return JourneyCard(
        id=key,
        case_no=row.case_no,
        name=patient.full_name,
        sex=patient.sex,
        age=None if patient.birth_date is None else age_on(patient.birth_date, today(session)),
        city=row.origin_city,
        state=row.state,
        state_since=row.state_since,
        stage=stage,
        stage_no=list(Stage).index(stage) + 1 if stage else 0,
        hospital=hospital.name if hospital else "",
        phone=patient.phone,
        waiting=min(waits, key=lambda t: (t.waiting_since or row.state_since, t.id), default=None),
        ceiling=burn.ceiling if burn else None,
        last=timeline_of(session, key)[:3],
    )


def find_case(session: Session, text: str) -> int | None:
    """The key of the case with this number, however it was typed; none where there is none."""
    from liaison.domain.case_numbers import read_case_number

    number = read_case_number(text)
    asked = str(number) if number is not None else text.strip().upper()
    return session.scalar(sa.select(JourneyRow.id).where(JourneyRow.case_no == asked))


def _links(session: Session, row: JourneyRow) -> tuple[LinkedJourney, ...]:
    above = cases_where(session, JourneyRow.id == row.parent_id) if row.parent_id else ()
    below = cases_where(session, JourneyRow.parent_id == row.id)
    pairs = sa.select(JourneyRow.id, JourneyRow.link_kind).where(JourneyRow.parent_id == row.id)
    kinds = {found[0]: found[1] for found in session.execute(pairs)}
    return (
        *(dataclasses.replace(one, link=row.link_kind, is_parent=True) for one in above),
        *(dataclasses.replace(one, link=kinds.get(one.id)) for one in below),
    )


def _agent(session: Session, key: int | None) -> AgentLink | None:
    row = session.get(AgentRow, key) if key else None
    return None if row is None else AgentLink(id=row.id, name=row.name, code=row.code, phone=row.phone)


def _hospital(session: Session, key: int | None) -> HospitalView | None:
    row = session.get(OrganizationRow, key) if key else None
    if row is None:
        return None
    contacts = contacts_of(session, row.id)
    order = {Desk.INDONESIA_DESK: 0, Desk.IPC: 1, Desk.GL_DESK: 2}
    desk = min(contacts, key=lambda c: (order.get(c.desk, 9), not c.is_preferred, c.id), default=None)
    return HospitalView(
        id=row.id,
        name=row.name,
        city=row.city,
        country=row.country,
        zone=row.zone,
        phone=row.phone,
        desk=desk,
        contacts=contacts,
    )


# papers and money


def _documents(session: Session, journey_id: int) -> tuple[DocumentLine, ...]:
    rows = session.scalars(
        sa.select(DocumentRow)
        .where(DocumentRow.journey_id == journey_id, DocumentRow.voided_reason == "")
        .order_by(DocumentRow.received_on.desc(), DocumentRow.id.desc())
    )
    return tuple(copied(DocumentLine, row) for row in rows)


def _seen(confirmed: Iterable[ConfirmationView]) -> frozenset[DocumentKind]:
    return frozenset(kind for one in confirmed for kind in SHOWN_BY.get(one.kind, ()))


def _checklist(
    session: Session,
    row: JourneyRow,
    documents: tuple[DocumentLine, ...],
    *,
    seen: frozenset[DocumentKind],
    has_claims: bool,
) -> tuple[CheckedItem, ...]:
    """What the present stage asks for, each paper once; conditional ones where they are met or at hand."""
    order = list(Stage)
    reached = order.index(STAGE_OF.get(row.state, Stage.HOME_CLAIMS))
    by_kind = {d.kind: d.id for d in reversed(documents) if d.kind is not None}
    houses, met = houses_of_case(session, row), conditions_of(session, row)
    found: dict[tuple[DocumentKind, ...], CheckedItem] = {}
    for process in checklists_of(row.kind, row.payer_path):
        start = ASKED_FROM.get(process, Stage.ENQUIRY_INTAKE)
        if order.index(start) > reached and not (has_claims and start is Stage.HOME_CLAIMS):
            continue
        for item in items_for(session, process, houses):
            checked = _checked(item, process, by_kind, seen)
            if item.is_asked(met) or checked.have:
                found.setdefault(item.kinds, checked)
    return tuple(found.values())


def _checked(
    item: ChecklistItem, process: Process, by_kind: dict[DocumentKind, int], seen: frozenset[DocumentKind]
) -> CheckedItem:
    document = next((by_kind[kind] for kind in item.kinds if kind in by_kind), None)
    is_seen = not seen.isdisjoint(item.kinds)
    return CheckedItem(kinds=item.kinds, process=process, condition=item.only_if, document_id=document, is_seen=is_seen)


def _money(session: Session, row: JourneyRow) -> MoneyView:
    estimate = session.scalars(
        sa.select(EstimateRow)
        .where(EstimateRow.journey_id == row.id, EstimateRow.is_domestic == int(row.destination_country == "ID"))
        .order_by(EstimateRow.id.desc())
        .limit(1)
    ).first()
    bill = session.scalars(
        sa.select(BillRow)
        .where(BillRow.journey_id == row.id, BillRow.kind != BillKind.CREDIT_NOTE)
        .order_by(BillRow.billed_on.desc(), BillRow.id.desc())
        .limit(1)
    ).first()
    letter = session.scalars(
        sa.select(GuaranteeRow)
        .where(GuaranteeRow.journey_id == row.id, GuaranteeRow.excess_minor.is_not(None))
        .order_by(GuaranteeRow.id.desc())
        .limit(1)
    ).first()
    currency = bill.currency if bill else estimate.currency if estimate else ""
    home = office(session).report_currency
    return MoneyView(
        estimate_low=Money(estimate.low_minor, estimate.currency) if estimate else None,
        estimate_high=Money(estimate.high_minor, estimate.currency) if estimate else None,
        deposit_paid=_paid(session, row.id, currency, PaymentPurpose.DEPOSIT),
        excess_due=Money(letter.excess_minor, letter.accepted_currency)
        if letter and letter.excess_minor is not None and letter.accepted_currency
        else None,
        excess_paid=_paid(session, row.id, currency, PaymentPurpose.EXCESS, PaymentPurpose.COPAY),
        billed=Money(bill.amount_minor, bill.currency) if bill else None,
        insurer_paid=_paid(session, row.id, currency, PaymentPurpose.BILL, by=Payer.INSURER),
        rate=rate_on(session, currency, home, today(session)) if currency and currency != home else None,
    )


def _paid(
    session: Session, journey_id: int, currency: str, *purposes: PaymentPurpose, by: Payer | None = None
) -> Money | None:
    """What was paid for these purposes in the currency of the case; none where nothing was."""
    asked = sa.select(sa.func.sum(PaymentRow.amount_minor)).where(
        PaymentRow.journey_id == journey_id, PaymentRow.currency == currency, PaymentRow.purpose.in_(purposes)
    )
    if by is not None:
        asked = asked.where(PaymentRow.payer == by)
    total = session.scalar(asked)
    return None if total is None else Money(int(total), currency)


def _overrides(session: Session, journey_id: int) -> tuple[OverrideView, ...]:
    moves = session.scalars(
        sa.select(JourneyEventRow).where(
            JourneyEventRow.journey_id == journey_id, JourneyEventRow.override_reason != ""
        )
    )
    letters = session.scalars(
        sa.select(GuaranteeEventRow)
        .join(GuaranteeRow, GuaranteeRow.id == GuaranteeEventRow.guarantee_id)
        .where(GuaranteeRow.journey_id == journey_id, GuaranteeEventRow.override_reason != "")
    )
    found = [
        OverrideView(
            at=e.at,
            actor=e.actor,
            what=said(e.to_state.label),
            reason=e.override_reason,
            codes=tuple(e.overridden.split()),
        )
        for e in (*moves, *letters)
    ]
    return tuple(sorted(found, key=lambda o: o.at))
