"""The life of a journey: its words, its table of states and moves, and the draft that opens one.

The table says which state may follow which and what each move asks for; the guards behind the names stand in
``journey_moves``. Source: ``domain`` 1.4 and ``decisions``, life cycles and guards.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from liaison.domain.coded import Coded
from liaison.domain.fields import check_order, check_required, draft, field, problem, warning
from liaison.domain.identifiers import check_diagnosis_code
from liaison.domain.lifecycle import State, Transition, Who
from liaison.domain.patients import Region
from liaison.domain.privacy import EVERYONE, OUTSIDE_BUT_PUBLIC, Audience
from liaison.domain.problems import Problem
from liaison.i18n import N_


class JourneyState(Coded):
    """Where a journey stands, exactly."""

    ENQUIRY = "J01", N_("Enquiry")
    INTAKE = "J02", N_("Details being collected")
    ELIGIBILITY = "J03", N_("Benefit check")
    MEDICAL_REVIEW = "J04", N_("Medical review")
    ESTIMATE = "J05", N_("Cost estimate")
    DECISION = "J06", N_("Decision")
    PREAUTH = "J07", N_("Guarantee letter requested")
    TRAVEL_PREP = "J08", N_("Travel preparation")
    EN_ROUTE = "J09", N_("On the way")
    WORKUP = "J10", N_("Examination abroad")
    ADMITTED = "J11", N_("Admitted")
    DISCHARGE_PENDING = "J12", N_("Waiting for discharge")
    DISCHARGED = "J13", N_("Discharged")
    RETURNED = "J14", N_("Back home")
    FOLLOW_UP = "J15", N_("Follow-up and claims")
    CLOSED = "J16", N_("Closed")
    REDIRECTED_DOMESTIC = "J90", N_("Treated in Indonesia instead")
    CANCELLED = "J91", N_("Cancelled")
    LOST = "J92", N_("Contact lost")
    DECEASED = "J93", N_("Deceased")


class Stage(Coded):
    """One of the six plain stages that everybody sees; the exact state stands beneath it."""

    ENQUIRY_INTAKE = "ENQUIRY_INTAKE", N_("Enquiry & intake")
    ELIGIBILITY_MEDICAL = "ELIGIBILITY_MEDICAL", N_("Eligibility & medical")
    ESTIMATE_DECISION = "ESTIMATE_DECISION", N_("Estimate & decision")
    LETTER_TRAVEL = "LETTER_TRAVEL", N_("Letter & travel")
    ABROAD = "ABROAD", N_("Abroad")
    HOME_CLAIMS = "HOME_CLAIMS", N_("Home & claims")

    @property
    def short(self) -> str:
        """One marked word for a narrow column."""
        return _SHORT[self]


class JourneyKind(Coded):
    """What the patient travels, or asks, for. It picks the stages and the checklist."""

    TREATMENT = "TREATMENT", N_("treatment")
    REPEAT_CYCLE = "REPEAT_CYCLE", N_("repeat cycle")
    CHECK_UP = "CHECK_UP", N_("check-up")
    SECOND_OPINION = "SECOND_OPINION", N_("second opinion")
    TELE_CONSULTATION = "TELE_CONSULTATION", N_("tele-consultation")
    MATERNITY = "MATERNITY", N_("maternity")
    DENTAL = "DENTAL", N_("dental")


class EntryMode(Coded):
    """How the case reached us."""

    ELECTIVE = "ELECTIVE", N_("elective")
    URGENT = "URGENT", N_("urgent")
    EMERGENCY = "EMERGENCY", N_("emergency")
    RUNNING = "RUNNING", N_("already running")


class SourceChannel(Coded):
    """Through which door the case came."""

    KIOSK = "KIOSK", N_("information kiosk")
    REP_OFFICE = "REP_OFFICE", N_("representative office")
    WHATSAPP = "WHATSAPP", N_("WhatsApp")
    AGENT = "AGENT", N_("agent")
    INSURER = "INSURER", N_("insurer")
    DOCTOR = "DOCTOR", N_("doctor")
    ROADSHOW = "ROADSHOW", N_("roadshow")
    WALK_IN = "WALK_IN", N_("walk-in")
    CALL_CENTRE = "CALL_CENTRE", N_("call centre")
    OUTREACH = "OUTREACH", N_("outreach")
    WEB = "WEB", N_("website")
    IMPORT = "IMPORT", N_("imported list")


class PayerPath(Coded):
    """Who pays the hospital."""

    GUARANTEE_LETTER = "GUARANTEE_LETTER", N_("guarantee letter")
    REIMBURSEMENT = "REIMBURSEMENT", N_("pay first, claim later")
    SELF_PAY = "SELF_PAY", N_("self-pay")


class CancelReason(Coded):
    """Why a journey was cancelled."""

    PATIENT_DECLINED = "PATIENT_DECLINED", N_("patient decided against it")
    COST = "COST", N_("cost")
    GL_DECLINED = "GL_DECLINED", N_("guarantee letter declined")
    NOT_COVERED = "NOT_COVERED", N_("not covered")
    MEDICALLY_UNFIT = "MEDICALLY_UNFIT", N_("medically unfit to travel")
    TREATED_ELSEWHERE = "TREATED_ELSEWHERE", N_("treated elsewhere")
    DUPLICATE = "DUPLICATE", N_("entered twice")
    DOCUMENTS = "DOCUMENTS", N_("documents not obtainable")
    DECEASED_BEFORE_TRAVEL = "DECEASED_BEFORE_TRAVEL", N_("died before travel")
    OTHER = "OTHER", N_("other reason")


class LinkKind(Coded):
    """How two journeys belong together."""

    COMPLICATION = "COMPLICATION", N_("complication of an earlier case")
    STAGED_TREATMENT = "STAGED_TREATMENT", N_("next stage of a treatment")
    REPEAT_CYCLE = "REPEAT_CYCLE", N_("next cycle")
    COMPANION_CASE = "COMPANION_CASE", N_("case of a companion")
    DOMESTIC = "DOMESTIC", N_("treated in Indonesia instead")


_SHORT: Mapping[Stage, str] = {
    Stage.ENQUIRY_INTAKE: N_("Intake"),
    Stage.ELIGIBILITY_MEDICAL: N_("Review"),
    Stage.ESTIMATE_DECISION: N_("Estimate"),
    Stage.LETTER_TRAVEL: N_("Guarantee"),
    Stage.ABROAD: N_("Treatment"),
    Stage.HOME_CLAIMS: N_("Claims"),
}

# The table

_S = JourneyState

STATES: Mapping[JourneyState, State[JourneyState]] = {
    state.code: state
    for state in (
        State(code=_S.ENQUIRY, meaning=N_("Somebody asked; we know a name and a way to answer.")),
        State(code=_S.INTAKE, meaning=N_("Identity, consent and policy are being collected.")),
        State(code=_S.ELIGIBILITY, meaning=N_("The insurer or administrator is asked what the policy covers.")),
        State(code=_S.MEDICAL_REVIEW, meaning=N_("Records are with the doctors, opinions come in.")),
        State(code=_S.ESTIMATE, meaning=N_("Hospitals are asked what it will cost.")),
        State(code=_S.DECISION, meaning=N_("The patient chooses where to go, or not to go.")),
        State(code=_S.PREAUTH, meaning=N_("The guarantee letter was asked for.")),
        State(code=_S.TRAVEL_PREP, meaning=N_("Appointment, tickets and papers are being arranged.")),
        State(code=_S.EN_ROUTE, meaning=N_("The patient left home.")),
        State(code=_S.WORKUP, meaning=N_("Examinations at the hospital, not admitted yet.")),
        State(code=_S.ADMITTED, meaning=N_("In hospital, for a night or a day.")),
        State(code=_S.DISCHARGE_PENDING, meaning=N_("The doctor says go, the bill says wait.")),
        State(code=_S.DISCHARGED, meaning=N_("Left the ward, not home yet.")),
        State(code=_S.RETURNED, meaning=N_("Back home.")),
        State(code=_S.FOLLOW_UP, meaning=N_("Care afterwards and the last claims.")),
        State(code=_S.CLOSED, meaning=N_("Everything is done and paid."), is_final=True),
        State(
            code=_S.REDIRECTED_DOMESTIC,
            meaning=N_("The patient is treated in Indonesia; this case ends."),
            is_final=True,
        ),
        State(code=_S.CANCELLED, meaning=N_("The case ended before the journey, with its reason."), is_final=True),
        State(code=_S.LOST, meaning=N_("Nobody answered for two months."), is_final=True),
        State(code=_S.DECEASED, meaning=N_("The patient died; claims stay open, messages stop."), is_final=True),
    )
}

MAIN_PATH: tuple[JourneyState, ...] = tuple(s for s in JourneyState if s.value <= "J16")
"""J01 to J16 in their order."""

BEFORE_TRAVEL = MAIN_PATH[:8]
AWAY_AND_AFTER = MAIN_PATH[8:15]

STAGE_OF: Mapping[JourneyState, Stage] = {
    _S.ENQUIRY: Stage.ENQUIRY_INTAKE,
    _S.INTAKE: Stage.ENQUIRY_INTAKE,
    _S.ELIGIBILITY: Stage.ELIGIBILITY_MEDICAL,
    _S.MEDICAL_REVIEW: Stage.ELIGIBILITY_MEDICAL,
    _S.ESTIMATE: Stage.ESTIMATE_DECISION,
    _S.DECISION: Stage.ESTIMATE_DECISION,
    _S.PREAUTH: Stage.LETTER_TRAVEL,
    _S.TRAVEL_PREP: Stage.LETTER_TRAVEL,
    _S.EN_ROUTE: Stage.ABROAD,
    _S.WORKUP: Stage.ABROAD,
    _S.ADMITTED: Stage.ABROAD,
    _S.DISCHARGE_PENDING: Stage.ABROAD,
    _S.DISCHARGED: Stage.HOME_CLAIMS,
    _S.RETURNED: Stage.HOME_CLAIMS,
    _S.FOLLOW_UP: Stage.HOME_CLAIMS,
    _S.CLOSED: Stage.HOME_CLAIMS,
}
"""Which of the six a state belongs to; the J9x are no stage but a badge beside the stage they ended in."""


def stage_of(state: JourneyState, *, ended_in: JourneyState | None = None) -> Stage:
    """The stage to draw for a state; for a case that ended early, that of the state it ended in."""
    known = STAGE_OF.get(state) or STAGE_OF.get(ended_in or _S.ENQUIRY)
    return known or Stage.ENQUIRY_INTAKE


def is_open(state: JourneyState) -> bool:
    """Whether there is still something to do in a state."""
    return not STATES[state].is_final


_SEEN = ("not_held", "identity", "consent_processing", "consent_transfer")
_REVIEWED = ("not_held", "consent_release", "medical_document", "opinion")
_DECIDED = ("not_held", "decision")
_MAY_CLOSE = ("claims_final", "queries_answered", "excess", "debts_settled", "refunded", "complaints_answered")
_MAY_LEAVE = ("not_held", "passport", "appointment", "medif", "letter_lasts", "not_infectious")


def _t(start: JourneyState, to: JourneyState, who: Who, *guards: str, note: str = "") -> Transition[JourneyState]:
    return Transition(start=start, to=to, who=who, guards=guards, note=note)


TRANSITIONS: tuple[Transition[JourneyState], ...] = (
    _t(_S.ENQUIRY, _S.INTAKE, Who.OFFICER, "not_held", "contact", "interest"),
    _t(_S.INTAKE, _S.ELIGIBILITY, Who.OFFICER, *_SEEN),
    _t(_S.INTAKE, _S.MEDICAL_REVIEW, Who.OFFICER, *_SEEN),
    _t(_S.INTAKE, _S.ESTIMATE, Who.OFFICER, "without_review", *_SEEN),
    _t(_S.ELIGIBILITY, _S.MEDICAL_REVIEW, Who.INSURER, "not_held", "eligibility"),
    _t(_S.ELIGIBILITY, _S.DECISION, Who.INSURER, "not_held", "eligibility", "no_cover"),
    _t(_S.MEDICAL_REVIEW, _S.ESTIMATE, Who.HOSPITAL, *_REVIEWED),
    _t(_S.MEDICAL_REVIEW, _S.INTAKE, Who.HOSPITAL, note=N_("records are missing")),
    _t(_S.MEDICAL_REVIEW, _S.CLOSED, Who.OFFICER, "answered", "complaints_answered", note=N_("answered, no travel")),
    _t(_S.ESTIMATE, _S.DECISION, Who.OFFICER, "not_held", "estimate"),
    _t(_S.DECISION, _S.PREAUTH, Who.PATIENT, *_DECIDED, "consent_insurer"),
    _t(_S.DECISION, _S.TRAVEL_PREP, Who.PATIENT, *_DECIDED, "pays_first"),
    _t(_S.DECISION, _S.WORKUP, Who.PATIENT, "domestic", *_DECIDED, "pays_first"),
    _t(_S.DECISION, _S.ADMITTED, Who.PATIENT, "domestic", *_DECIDED, "pays_first"),
    _t(_S.DECISION, _S.CLOSED, Who.OFFICER, "answered", "complaints_answered", note=N_("answered, no travel")),
    _t(_S.DECISION, _S.REDIRECTED_DOMESTIC, Who.PATIENT, "decision"),
    _t(_S.PREAUTH, _S.TRAVEL_PREP, Who.INSURER, "not_held", "letter"),
    _t(_S.PREAUTH, _S.WORKUP, Who.INSURER, "domestic", "not_held", "letter"),
    _t(_S.PREAUTH, _S.ADMITTED, Who.INSURER, "domestic", "not_held", "letter"),
    _t(_S.PREAUTH, _S.DECISION, Who.INSURER, note=N_("letter declined")),
    _t(_S.TRAVEL_PREP, _S.EN_ROUTE, Who.OFFICER, *_MAY_LEAVE),
    _t(_S.TRAVEL_PREP, _S.PREAUTH, Who.OFFICER, note=N_("letter expired or withdrawn")),
    _t(_S.EN_ROUTE, _S.WORKUP, Who.HOSPITAL, "arrival"),
    _t(_S.EN_ROUTE, _S.ADMITTED, Who.HOSPITAL, "arrival"),
    _t(_S.WORKUP, _S.ADMITTED, Who.DOCTOR, "plan"),
    _t(_S.WORKUP, _S.DISCHARGED, Who.DOCTOR, "plan", note=N_("no admission")),
    _t(_S.WORKUP, _S.PREAUTH, Who.DOCTOR, "plan", note=N_("plan changed, new letter")),
    _t(_S.ADMITTED, _S.DISCHARGE_PENDING, Who.DOCTOR, "admission"),
    _t(_S.DISCHARGE_PENDING, _S.DISCHARGED, Who.HOSPITAL, "final_letter", "excess"),
    _t(_S.DISCHARGE_PENDING, _S.ADMITTED, Who.HOSPITAL, note=N_("admitted again before leaving")),
    _t(_S.DISCHARGED, _S.RETURNED, Who.OFFICER, "discharge_summary"),
    _t(_S.DISCHARGED, _S.WORKUP, Who.OFFICER, note=N_("stays abroad for review")),
    _t(_S.RETURNED, _S.FOLLOW_UP, Who.OFFICER, "home_arrival"),
    _t(_S.RETURNED, _S.PREAUTH, Who.OFFICER, "repeat_cycle", note=N_("next cycle")),
    _t(_S.RETURNED, _S.TRAVEL_PREP, Who.OFFICER, "repeat_cycle", "letter", note=N_("next cycle")),
    _t(_S.FOLLOW_UP, _S.CLOSED, Who.OFFICER, *_MAY_CLOSE),
    _t(_S.FOLLOW_UP, _S.PREAUTH, Who.OFFICER, "repeat_cycle", note=N_("next cycle")),
    _t(_S.FOLLOW_UP, _S.TRAVEL_PREP, Who.OFFICER, "repeat_cycle", "letter", note=N_("next cycle")),
    *(
        _t(state, _S.CANCELLED, Who.OFFICER, "cancel_reason", "deposit_back", "complaints_answered")
        for state in BEFORE_TRAVEL
    ),
    *(_t(state, _S.LOST, Who.SYSTEM, "silent") for state in BEFORE_TRAVEL),
    *(_t(state, _S.DECEASED, Who.HOSPITAL, "death") for state in AWAY_AND_AFTER),
)
"""Every legal move but reopening, which leads back to where the case ended (``journey_moves``)."""

REOPENABLE = (_S.CLOSED, _S.CANCELLED, _S.LOST)
REOPEN_DAYS = 90
LOST_AFTER_DAYS = 60

# The draft

_CASE = OUTSIDE_BUT_PUBLIC


@draft
class JourneyDraft:
    """A case as it is opened. ``state`` may lie further on: what is missing then becomes a debt with a due time."""

    patient_id: int = field(N_("Patient"), required=True, audience=_CASE)
    kind: JourneyKind = field(
        N_("Kind of case"), audience=EVERYONE, headings=("jenis kasus", "jenis", "kind"), default=JourneyKind.TREATMENT
    )
    state: JourneyState = field(
        N_("Stage it is in"),
        audience=EVERYONE,
        headings=("status", "tahap", "stage", "posisi"),
        default=JourneyState.ENQUIRY,
    )
    opened_on: dt.date | None = field(
        N_("Opened on"), audience=_CASE, headings=("tanggal", "tgl masuk", "tanggal masuk", "date"), default=None
    )
    entry_mode: EntryMode = field(N_("How it reached us"), audience=_CASE, default=EntryMode.ELECTIVE)
    source_channel: SourceChannel = field(
        N_("Came through"), headings=("sumber", "channel", "source"), default=SourceChannel.WHATSAPP
    )
    officer_id: int | None = field(N_("Officer"), headings=("petugas", "pic", "officer"), default=None)
    agent_id: int | None = field(N_("Agent"), default=None)
    origin_city: str = field(
        N_("Comes from"), audience=EVERYONE, headings=("kota asal", "asal", "kota", "origin"), default=""
    )
    origin_province: str = field(N_("Province"), audience=EVERYONE, default="")
    region: Region = field(N_("Region"), audience=EVERYONE, default=Region.NOT_STATED)
    destination_country: str = field(N_("Country of treatment"), audience=EVERYONE, default="")
    destination_city: str = field(
        N_("City of treatment"), audience=EVERYONE, headings=("kota tujuan", "tujuan", "destination"), default=""
    )
    hospital_id: int | None = field(N_("Hospital"), audience=EVERYONE, default=None)
    doctor: str = field(N_("Doctor"), audience=_CASE, headings=("dokter", "doctor"), default="")
    mrn: str = field(N_("Medical record number"), audience=_CASE, headings=("mrn", "no rm", "rekam medis"), default="")
    hospital_ref: str = field(N_("Hospital's reference"), audience=_CASE, default="")
    cover_id: int | None = field(N_("Cover"), audience=_CASE, default=None)
    insurer_ref: str = field(N_("Insurer's reference"), audience=_CASE, default="")
    payer_path: PayerPath | None = field(N_("Who pays the hospital"), audience=_CASE, default=None)
    need: str = field(
        N_("What is asked for"),
        help=N_("In the patient's own words."),
        audience=_CASE,
        headings=("kebutuhan", "keluhan", "need", "complaint"),
        default="",
    )
    specialty: str = field(N_("Specialty"), audience=EVERYONE, headings=("spesialisasi", "specialty"), default="")
    diagnosis_code: str = field(
        N_("Diagnosis code (ICD-10)"), audience=_CASE, headings=("icd", "icd 10", "kode diagnosis"), default=""
    )
    diagnosis: str = field(N_("Diagnosis"), audience=_CASE, headings=("diagnosis", "diagnosa"), default="")
    procedure: str = field(N_("Procedure"), audience=_CASE, headings=("tindakan", "procedure"), default="")
    clinical_note: str = field(N_("Clinical note"), audience=(Audience.HOSPITAL,), default="")
    is_restricted: bool = field(
        N_("Restricted diagnosis"),
        help=N_("HIV, mental health, fertility, TB: printed only for a ticked purpose."),
        default=False,
    )
    planned_admission_on: dt.date | None = field(
        N_("Planned admission"), audience=_CASE, headings=("rencana masuk", "tgl rawat", "admission"), default=None
    )
    planned_return_on: dt.date | None = field(
        N_("Planned return"), audience=_CASE, headings=("rencana pulang", "return"), default=None
    )
    room_class: str = field(N_("Room"), audience=_CASE, headings=("kamar", "kelas", "room"), default="")
    parent_id: int | None = field(N_("Earlier case"), default=None)
    link_kind: LinkKind | None = field(N_("How they belong together"), default=None)


def check_journey(journey: JourneyDraft, *, today: dt.date) -> list[Problem]:
    """Everything wrong or odd about a case as it is opened."""
    found = check_required(journey) + check_order(journey, "planned_admission_on", "planned_return_on")
    found += check_diagnosis_code(journey.diagnosis_code)
    if journey.opened_on is not None and journey.opened_on > today:
        found.append(problem("IN_FUTURE", N_("This date lies in the future."), "opened_on"))
    if (journey.parent_id is None) != (journey.link_kind is None):
        found.append(problem("LINK", N_("An earlier case needs a word on how the two belong together."), "link_kind"))
    if journey.payer_path is PayerPath.GUARANTEE_LETTER and journey.cover_id is None:
        found.append(warning("LETTER_COVER", N_("A guarantee letter needs a policy. Choose the cover."), "cover_id"))
    return found
