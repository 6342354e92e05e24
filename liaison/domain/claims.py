"""The life of a claim: its words, its table of states and moves, and its drafts.

Which state may follow which, and who says so, stands in :data:`TRANSITIONS` and nowhere else; the questions behind the
guards' names stand in ``claim_moves``. Source: ``domain`` 1.6.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter

from liaison.domain.coded import Coded
from liaison.domain.codes import ReasonCode
from liaison.domain.fields import check_order, check_required, draft, field, problem, warning
from liaison.domain.identifiers import check_diagnosis_code
from liaison.domain.lifecycle import State, Transition, Who
from liaison.domain.money import Money, total
from liaison.domain.policies import check_positive
from liaison.domain.privacy import OUTSIDE_BUT_PUBLIC
from liaison.domain.problems import Problem
from liaison.i18n import N_


class ClaimState(Coded):
    """Where a claim stands."""

    DRAFT = "K01", N_("Draft")
    INCOMPLETE = "K02", N_("Documents missing")
    READY = "K03", N_("Ready to submit")
    SUBMITTED = "K04", N_("Submitted")
    REGISTERED = "K05", N_("Registered by the insurer")
    IN_REVIEW = "K06", N_("In review")
    QUERIED = "K07", N_("Insurer asks for documents")
    INVESTIGATION = "K08", N_("Under investigation")
    APPROVED = "K09", N_("Approved")
    PARTIALLY_APPROVED = "K10", N_("Partially approved")
    REJECTED = "K11", N_("Rejected")
    APPEALED = "K12", N_("Appealed")
    PAYMENT_PENDING = "K13", N_("Payment pending")
    PAID = "K14", N_("Paid")
    CLOSED = "K15", N_("Closed")
    DISPUTED_PAYMENT = "K16", N_("Payment disputed")
    REOPENED = "K17", N_("Reopened")
    WITHDRAWN = "K90", N_("Withdrawn")
    TIME_BARRED = "K91", N_("Time-barred")
    VOID = "K92", N_("Void")


class ClaimKind(Coded):
    """What kind of claim this is."""

    CASHLESS = "CASHLESS", N_("cashless")
    REIMBURSEMENT = "REIMBURSEMENT", N_("reimbursement")
    PRE_POST_HOSP = "PRE_POST_HOSP", N_("before or after hospital")
    TOP_UP_COB = "TOP_UP_COB", N_("top-up with another payer (COB)")
    DEATH = "DEATH", N_("death")
    NOT_STATED = "NOT_STATED", N_("claim kind not stated")


class LineCategory(Coded):
    """What a bill or claim line is for. Source: ``domain`` 2.4."""

    RNB = "RNB", N_("room & board")
    ICU = "ICU", N_("intensive care")
    NUR = "NUR", N_("nursing")
    OTH_OT = "OTH_OT", N_("operating theatre")
    SUP = "SUP", N_("medical & surgical supplies")
    CON = "CON", N_("consignment, implants")
    EQP = "EQP", N_("equipment")
    GAS = "GAS", N_("gases")
    MED = "MED", N_("medication in hospital")
    TTO = "TTO", N_("take-home medicine")
    LAB = "LAB", N_("laboratory")
    IMG = "IMG", N_("imaging, radiology")
    DRC = "DRC", N_("consultation, ward visit")
    SUR = "SUR", N_("surgeon")
    ANA = "ANA", N_("anaesthetist")
    REH = "REH", N_("rehabilitation, physiotherapy")
    AMB = "AMB", N_("ambulance")
    ADM = "ADM", N_("administration, registration, other")
    NMD = "NMD", N_("non-medical")
    TAX = "TAX", N_("service tax")
    ROUND = "ROUND", N_("rounding")


# The table

_S = ClaimState

STATES: Mapping[ClaimState, State[ClaimState]] = {
    state.code: state
    for state in (
        State(code=_S.DRAFT, meaning=N_("The claim is being put together.")),
        State(code=_S.INCOMPLETE, meaning=N_("Documents are missing; the submission window runs.")),
        State(code=_S.READY, meaning=N_("Documents complete, lines add up; it can be sent.")),
        State(code=_S.SUBMITTED, meaning=N_("Sent to the insurer.")),
        State(code=_S.REGISTERED, meaning=N_("The insurer gave it a number.")),
        State(code=_S.IN_REVIEW, meaning=N_("The insurer is looking at it.")),
        State(code=_S.QUERIED, meaning=N_("The insurer asked for documents; our clock runs.")),
        State(code=_S.INVESTIGATION, meaning=N_("The insurer investigates.")),
        State(code=_S.APPROVED, meaning=N_("Approved in full, less the patient's share.")),
        State(code=_S.PARTIALLY_APPROVED, meaning=N_("Approved in part, with a reason for each line cut.")),
        State(code=_S.REJECTED, meaning=N_("Rejected, with the reason.")),
        State(code=_S.APPEALED, meaning=N_("An appeal with new evidence is with the insurer.")),
        State(code=_S.PAYMENT_PENDING, meaning=N_("Approved, the money is on its way.")),
        State(code=_S.PAID, meaning=N_("The insurer paid.")),
        State(code=_S.CLOSED, meaning=N_("Nothing is left to do."), is_final=True),
        State(code=_S.DISPUTED_PAYMENT, meaning=N_("Less came than was approved.")),
        State(code=_S.REOPENED, meaning=N_("Opened again by a supervisor.")),
        State(code=_S.WITHDRAWN, meaning=N_("Taken back; a new claim takes its place."), is_final=True),
        State(code=_S.TIME_BARRED, meaning=N_("The submission window passed."), is_final=True),
        State(code=_S.VOID, meaning=N_("Entered in error."), is_final=True),
    )
}

NOT_SUBMITTED = (_S.DRAFT, _S.INCOMPLETE, _S.READY)
NOT_DECIDED = tuple(s for s in ClaimState if s.value <= "K07")
NOT_PAID = tuple(s for s in ClaimState if s.value <= "K13")


def _t(start: ClaimState, to: ClaimState, who: Who, *guards: str, note: str = "") -> Transition[ClaimState]:
    return Transition(start=start, to=to, who=who, guards=guards, note=note)


TRANSITIONS: tuple[Transition[ClaimState], ...] = (
    _t(_S.DRAFT, _S.INCOMPLETE, Who.SYSTEM, "incomplete"),
    _t(_S.DRAFT, _S.READY, Who.SYSTEM, "checklist", "adds_up", "rate_rule"),
    _t(_S.INCOMPLETE, _S.READY, Who.SYSTEM, "checklist", "adds_up", "rate_rule"),
    _t(_S.READY, _S.SUBMITTED, Who.OFFICER, "adds_up", "sent", "in_time"),
    _t(_S.SUBMITTED, _S.REGISTERED, Who.INSURER, "claim_number"),
    _t(_S.REGISTERED, _S.IN_REVIEW, Who.INSURER),
    _t(_S.IN_REVIEW, _S.QUERIED, Who.INSURER),
    _t(_S.IN_REVIEW, _S.INVESTIGATION, Who.INSURER),
    _t(_S.IN_REVIEW, _S.APPROVED, Who.INSURER, "approved_whole"),
    _t(_S.IN_REVIEW, _S.PARTIALLY_APPROVED, Who.INSURER, "approved_part", "line_reasons"),
    _t(_S.IN_REVIEW, _S.REJECTED, Who.INSURER, "reason"),
    _t(_S.QUERIED, _S.IN_REVIEW, Who.OFFICER, "queries_answered", note=N_("answered")),
    _t(_S.QUERIED, _S.REJECTED, Who.INSURER, "reason", note=N_("the time to answer passed")),
    _t(_S.INVESTIGATION, _S.IN_REVIEW, Who.INSURER),
    _t(_S.INVESTIGATION, _S.APPROVED, Who.INSURER, "approved_whole"),
    _t(_S.INVESTIGATION, _S.PARTIALLY_APPROVED, Who.INSURER, "approved_part", "line_reasons"),
    _t(_S.INVESTIGATION, _S.REJECTED, Who.INSURER, "reason"),
    _t(_S.APPROVED, _S.PAYMENT_PENDING, Who.INSURER),
    _t(_S.PARTIALLY_APPROVED, _S.APPEALED, Who.OFFICER, "evidence", "appeal_in_time", "appeal_left"),
    _t(_S.PARTIALLY_APPROVED, _S.PAYMENT_PENDING, Who.INSURER),
    _t(_S.REJECTED, _S.APPEALED, Who.OFFICER, "evidence", "appeal_in_time", "appeal_left"),
    _t(_S.REJECTED, _S.CLOSED, Who.OFFICER),
    _t(_S.APPEALED, _S.IN_REVIEW, Who.INSURER, note=N_("looked at again")),
    _t(_S.PAYMENT_PENDING, _S.PAID, Who.INSURER, "payment"),
    _t(_S.PAID, _S.CLOSED, Who.OFFICER, "residual"),
    _t(_S.PAID, _S.DISPUTED_PAYMENT, Who.OFFICER, "short_paid"),
    _t(_S.CLOSED, _S.REOPENED, Who.SUPERVISOR, "reason_in_words"),
    _t(_S.DISPUTED_PAYMENT, _S.PAID, Who.INSURER, note=N_("the rest was paid or explained")),
    _t(_S.DISPUTED_PAYMENT, _S.APPEALED, Who.OFFICER, "evidence", "appeal_in_time", "appeal_left"),
    _t(_S.REOPENED, _S.IN_REVIEW, Who.INSURER),
    _t(_S.TIME_BARRED, _S.SUBMITTED, Who.SUPERVISOR, "adds_up", "sent", "in_time"),
    *(_t(state, _S.TIME_BARRED, Who.SYSTEM, "window_passed") for state in NOT_SUBMITTED),
    *(_t(state, _S.WITHDRAWN, Who.OFFICER, "reason_in_words") for state in NOT_DECIDED),
    *(_t(state, _S.VOID, Who.SUPERVISOR, "reason_in_words") for state in (*NOT_PAID, _S.TIME_BARRED)),
)
"""Every legal move of a claim. An appeal comes once per level; REJECTED after the last level is final."""

APPEAL_DAYS = 60
APPEAL_LEVELS = 2


def is_open(state: ClaimState) -> bool:
    """Whether there is still something to do in a state."""
    return not STATES[state].is_final


# Drafts

_CASE = OUTSIDE_BUT_PUBLIC


@draft
class ClaimLineDraft:
    """One line of a claim."""

    category: LineCategory | None = field(N_("Category"), audience=_CASE, headings=("kategori", "category"),
                                          default=None)  # fmt: skip
    description: str = field(N_("Description"), audience=_CASE, headings=("uraian", "deskripsi", "description"),
                             default="")  # fmt: skip
    service_on: dt.date | None = field(N_("Date of service"), audience=_CASE, default=None)
    claimed: Money = field(N_("Claimed"), required=True, audience=_CASE)
    approved: Money | None = field(N_("Approved"), audience=_CASE, default=None)
    reason: ReasonCode | None = field(N_("Reason"), audience=_CASE, default=None)
    note: str = field(N_("Note"), audience=_CASE, default="")


@draft
class PlainClaim:
    """What a claim only carries: words typed, or sent in a list, kept and shown as they are, on which no rule looks.

    Every shape of a claim has these fields under these names: the draft, the row of the store, the row of a list on its
    way in, the view. All that lies between hands them on by :data:`PLAIN`, so a field that is added here is named again
    only where somebody must decide: ``store.models.claims`` keeps it, ``ui.pages.claim_form`` asks for it,
    ``exchange.fields`` knows its columns, ``services.list_of_claims`` lists it and ``reports.claim_letter`` prints it.
    """

    gl_no: str = field(N_("Letter number"), audience=_CASE, headings=("no gl", "no surat jaminan"), default="")
    remarks: str = field(N_("Remarks"), headings=("keterangan", "catatan", "remarks"), default="")


PLAIN: tuple[str, ...] = tuple(each.name for each in dataclasses.fields(PlainClaim))
"""The names of the fields that a claim only carries."""

carried: Callable[[PlainClaim], tuple[str, ...]] = attrgetter(*PLAIN)
"""Their values, in the same order; for lists of a million rows."""


@draft
class ClaimDraft(PlainClaim):
    """A claim, filed by hand or brought in from a list (then it has no journey). It names its own cover."""

    patient_id: int = field(N_("Patient"), required=True, audience=_CASE)
    cover_id: int = field(N_("Cover"), required=True, audience=_CASE)
    journey_id: int | None = field(N_("Case"), default=None)
    guarantee_id: int | None = field(N_("Guarantee letter"), audience=_CASE, default=None)
    hospital_id: int | None = field(N_("Hospital"), audience=_CASE, default=None)
    claim_no: str = field(
        N_("Claim number"),
        audience=_CASE,
        headings=("no klaim", "nomor klaim", "no claim", "claim no", "claim number", "claim id"),
        default="",
    )
    kind: ClaimKind = field(N_("Kind of claim"), audience=_CASE, default=ClaimKind.NOT_STATED)
    state: ClaimState = field(N_("State"), audience=_CASE, default=ClaimState.DRAFT)
    billed: Money = field(
        N_("Billed"),
        required=True,
        audience=_CASE,
        headings=("tagihan", "jumlah tagihan", "total tagihan", "nilai klaim", "billed", "billed amount", "amount"),
    )
    approved: Money | None = field(
        N_("Approved"), audience=_CASE, headings=("disetujui", "jumlah disetujui", "approved"), default=None
    )
    not_covered: Money | None = field(
        N_("Not covered"), audience=_CASE, headings=("tidak dijamin", "ekses", "not covered", "excess"), default=None
    )
    admitted_on: dt.date | None = field(
        N_("Admitted on"),
        audience=_CASE,
        headings=("tanggal masuk", "tgl masuk", "admission date", "admit date"),
        default=None,
    )
    discharged_on: dt.date | None = field(
        N_("Discharged on"), audience=_CASE, headings=("tanggal keluar", "tgl keluar", "discharge date"), default=None
    )
    intensive_nights: int | None = field(
        N_("Nights in intensive care"), help=N_("They do not count as nights in a room."), audience=_CASE, default=None
    )
    submitted_on: dt.date | None = field(
        N_("Submitted on"), audience=_CASE, headings=("tanggal pengajuan", "tgl pengajuan", "submitted"), default=None
    )
    submit_by: dt.date | None = field(
        N_("Submit by"), help=N_("Last day of the submission window, where it is known."), audience=_CASE, default=None
    )
    decided_on: dt.date | None = field(N_("Decided on"), audience=_CASE, default=None)
    diagnosis_code: str = field(N_("Diagnosis code (ICD-10)"), audience=_CASE, headings=("icd", "icd 10"), default="")
    diagnosis: str = field(N_("Diagnosis"), audience=_CASE, headings=("diagnosis", "diagnosa"), default="")
    reason: ReasonCode | None = field(N_("Reason"), audience=_CASE, default=None)
    reason_note: str = field(N_("Reason in words"), audience=_CASE, default="")
    relation: str = field(N_("Relation to the policyholder"), audience=_CASE, headings=("hubungan",), default="")
    origin_city: str = field(N_("Comes from"), audience=_CASE, headings=("kota asal", "kota"), default="")
    raw_status: str = field(N_("Status word of the list"), headings=("status", "status klaim"), default="")
    lines: tuple[ClaimLineDraft, ...] = field(N_("Lines"), audience=_CASE, default=())


@draft
class LineDecisionDraft:
    """The insurer's decision on one line."""

    line_id: int = field(N_("Line"), required=True)
    approved: Money = field(N_("Approved"), required=True, audience=_CASE)
    reason: ReasonCode | None = field(N_("Reason"), audience=_CASE, default=None)
    note: str = field(N_("Note"), audience=_CASE, default="")


@draft
class ClaimDecisionDraft:
    """The insurer's decision on a claim, line by line where it says so."""

    decided_on: dt.date = field(N_("Decided on"), required=True, audience=_CASE)
    outcome: ClaimState = field(N_("Decision"), required=True, audience=_CASE)
    approved: Money | None = field(N_("Approved"), audience=_CASE, default=None)
    reason: ReasonCode | None = field(N_("Reason"), audience=_CASE, default=None)
    reason_note: str = field(N_("Reason in words"), audience=_CASE, default="")
    lines: tuple[LineDecisionDraft, ...] = field(N_("Lines"), audience=_CASE, default=())


@draft
class ClaimQueryDraft:
    """A question from the insurer about a claim."""

    claim_id: int = field(N_("Claim"), required=True)
    asked_at: dt.datetime = field(N_("Asked at"), required=True, audience=_CASE)
    question: str = field(N_("Question"), required=True, audience=_CASE)
    due_on: dt.date | None = field(N_("Answer until"), audience=_CASE, default=None)


@draft
class AppealDraft:
    """An appeal (tinjau ulang), once per level, with new evidence."""

    claim_id: int = field(N_("Claim"), required=True)
    filed_on: dt.date = field(N_("Filed on"), required=True, audience=_CASE)
    evidence: str = field(N_("New evidence"), required=True, audience=_CASE)


def lines_sum(lines: Sequence[ClaimLineDraft], currency: str) -> Money:
    """What the lines of a claim add up to."""
    return total((line.claimed for line in lines), currency)


def check_claim(claim: ClaimDraft, *, today: dt.date) -> list[Problem]:
    """Everything wrong or odd about a claim. Lines that do not add up only warn here; they block sending it."""
    found = check_required(claim) + check_positive(claim.billed, "billed") + check_diagnosis_code(claim.diagnosis_code)
    found += check_order(claim, "admitted_on", "discharged_on")
    for name in ("admitted_on", "discharged_on", "submitted_on", "decided_on"):
        day = getattr(claim, name)
        if day is not None and day > today:
            found.append(problem("IN_FUTURE", N_("This date lies in the future."), name))
    found += _check_intensive_nights(claim)
    for name in ("approved", "not_covered"):
        amount = getattr(claim, name)
        if amount is not None:
            found += _check_amount(amount, claim.billed, name)
    if claim.reason is ReasonCode.R99 and not claim.reason_note.strip():
        found.append(problem("REASON_WORDS", N_("Write the reason down in words."), "reason_note"))
    return found + _check_lines(claim)


def _check_intensive_nights(claim: ClaimDraft) -> list[Problem]:
    """Not below zero, and not more than the nights of the stay, one at least."""
    nights, name = claim.intensive_nights, "intensive_nights"
    if nights is None:
        return []
    if nights < 0:
        return [problem("NEGATIVE", N_("This number cannot be negative."), name)]
    if claim.admitted_on is None or claim.discharged_on is None:
        return []
    most = max((claim.discharged_on - claim.admitted_on).days, 1)
    if nights <= most:
        return []
    return [problem("MORE_NIGHTS", N_("More than the nights of the stay ({most})."), name, most=most)]


def _check_amount(amount: Money, billed: Money, name: str) -> list[Problem]:
    if amount.currency != billed.currency:
        return [problem("TWO_CURRENCIES", N_("All amounts of a claim are in one currency."), name)]
    if amount.minor < 0:
        return [problem("NEGATIVE", N_("This amount cannot be negative."), name)]
    if billed < amount:
        return [warning("MORE_THAN_BILLED", N_("This is more than was billed. Check the amount."), name)]
    return []


def _check_lines(claim: ClaimDraft) -> list[Problem]:
    if not claim.lines:
        return []
    found: list[Problem] = []
    if any(line.claimed.currency != claim.billed.currency for line in claim.lines):
        return [problem("TWO_CURRENCIES", N_("All amounts of a claim are in one currency."), "lines")]
    for number, line in enumerate(claim.lines, start=1):
        found += _check_line(line, number)
    added = lines_sum(claim.lines, claim.billed.currency)
    if added != claim.billed:
        found.append(
            warning(
                "LINES_SUM",
                N_("The lines add up to {added}, the bill says {billed}. The difference is {difference}."),
                "lines",
                added=added,
                billed=claim.billed,
                difference=claim.billed - added,
            )
        )
    return found


def _check_line(line: ClaimLineDraft, number: int) -> list[Problem]:
    found: list[Problem] = []
    if line.claimed.minor < 0 and line.category is not LineCategory.ROUND:
        found.append(
            problem("LINE_NEGATIVE", N_("Line {number}: only rounding may be negative."), "lines", number=number)
        )
    if line.approved is not None:
        found += [
            problem(p.code, p.message, "lines", number=number, **p.values)
            for p in check_line_decision(line.claimed, line.approved, line.reason, line.note)
        ]
    return found


def check_line_decision(claimed: Money, approved: Money, reason: ReasonCode | None, note: str = "") -> list[Problem]:
    """A line cut needs its reason, and "other" needs words; no line is approved beyond what was claimed."""
    if claimed.currency != approved.currency:
        return [problem("TWO_CURRENCIES", N_("All amounts of a claim are in one currency."), "approved")]
    if claimed.minor >= 0 and not 0 <= approved.minor <= claimed.minor:
        return [problem("LINE_APPROVED", N_("A line is approved for nothing up to what was claimed."), "approved")]
    if approved != claimed and reason is None:
        return [problem("LINE_REASON", N_("A line that was cut needs its reason."), "reason")]
    if reason is ReasonCode.R99 and not note.strip():
        return [problem("REASON_WORDS", N_("Write the reason down in words."), "note")]
    return []


DECISIONS = (ClaimState.APPROVED, ClaimState.PARTIALLY_APPROVED, ClaimState.REJECTED)
"""The outcomes an insurer can give; nothing else is recorded as its decision."""


def check_decision(decision: ClaimDecisionDraft, *, billed: Money, today: dt.date) -> list[Problem]:
    """Everything wrong with an insurer's decision, its lines apart (:func:`check_line_decision`)."""
    found = check_required(decision)
    if decision.decided_on > today:
        found.append(problem("IN_FUTURE", N_("This date lies in the future."), "decided_on"))
    if decision.outcome not in DECISIONS:
        found.append(problem("NO_DECISION", N_("Choose approved, partially approved or rejected."), "outcome"))
    if decision.outcome is ClaimState.REJECTED:
        if decision.reason is None:
            found.append(problem("NO_REASON", N_("Choose the insurer's reason."), "reason"))
        elif decision.reason is ReasonCode.R99 and not decision.reason_note.strip():
            found.append(problem("REASON_WORDS", N_("Write the reason down in words."), "reason_note"))
    elif decision.approved is None:
        found.append(problem("MISSING_APPROVED", N_("Write down the amount approved."), "approved"))
    if decision.approved is not None:
        found += _check_amount(decision.approved, billed, "approved")
    return found


def check_claim_query(query: ClaimQueryDraft, *, now: dt.datetime) -> list[Problem]:
    """Everything wrong with a question about a claim."""
    found = check_required(query)
    if query.asked_at > now:
        found.append(problem("IN_FUTURE", N_("This moment lies in the future."), "asked_at"))
    return found


def check_appeal(appeal: AppealDraft, *, today: dt.date) -> list[Problem]:
    """Everything wrong with an appeal; it stands on new evidence."""
    found = check_required(appeal)
    if appeal.filed_on > today:
        found.append(problem("IN_FUTURE", N_("This date lies in the future."), "filed_on"))
    return found
