"""The life of a journey. Source: ``domain`` 1.4 and ``decisions``, life cycles and guards."""

from __future__ import annotations

from liaison.domain.coded import Coded
from liaison.i18n import N_


class JourneyState(Coded):
    """Where a journey stands, exactly."""

    ENQUIRY = "J01", N_("Enquiry")
    INTAKE = "J02", N_("Intake")
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

    ENQUIRY_INTAKE = "ENQUIRY_INTAKE", N_("Enquiry & details")
    ELIGIBILITY_MEDICAL = "ELIGIBILITY_MEDICAL", N_("Policy & medical")
    ESTIMATE_DECISION = "ESTIMATE_DECISION", N_("Estimate & decision")
    LETTER_TRAVEL = "LETTER_TRAVEL", N_("Letter & travel")
    ABROAD = "ABROAD", N_("Abroad")
    HOME_CLAIMS = "HOME_CLAIMS", N_("Home & claims")


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
