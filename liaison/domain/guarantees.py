"""The life of a guarantee letter: its words, its table of states and moves, ceilings, and its drafts.

Amounts are cumulative ceilings, never deltas and never a sum: the letter of RM15,000 after one of RM10,000 allows
RM15,000. The guards behind the names stand in ``guarantee_moves``. Source: ``domain`` 1.5.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from liaison.domain.coded import Coded
from liaison.domain.codes import ReasonCode
from liaison.domain.fields import check_order, check_required, draft, field, problem, warning
from liaison.domain.lifecycle import State, Transition, Who
from liaison.domain.money import Money
from liaison.domain.policies import check_currency, check_positive
from liaison.domain.privacy import OUTSIDE_BUT_PUBLIC
from liaison.domain.problems import Problem
from liaison.i18n import N_


class GuaranteeState(Coded):
    """Where a guarantee letter stands."""

    DRAFT = "G01", N_("Draft")
    REQUESTED = "G02", N_("Requested")
    QUERIED = "G03", N_("Insurer asks")
    ISSUED = "G04", N_("Issued")
    DECLINED = "G05", N_("Declined")
    DEFERRED = "G06", N_("Reimbursement advised")
    ACCEPTED = "G07", N_("Accepted by the hospital")
    TOPUP_REQUESTED = "G08", N_("Top-up requested")
    TOPUP_ISSUED = "G09", N_("Top-up issued")
    FINAL_REQUESTED = "G10", N_("Final letter requested")
    FINAL_QUERIED = "G11", N_("Insurer asks about the final bill")
    FINAL_ISSUED = "G12", N_("Final letter issued")
    EXPIRED = "G13", N_("Expired")
    WITHDRAWN = "G14", N_("Withdrawn by the insurer")
    CONVERTED = "G15", N_("Turned into reimbursement")
    CLOSED = "G16", N_("Closed")
    REOPENED = "G17", N_("Reopened")
    CANCELLED = "G20", N_("Cancelled")


class VersionKind(Coded):
    """Which letter of a guarantee case this is."""

    INITIAL = "INITIAL", N_("initial letter")
    TOPUP = "TOPUP", N_("top-up letter")
    FINAL = "FINAL", N_("final letter")


# The table

_S = GuaranteeState

STATES: Mapping[GuaranteeState, State[GuaranteeState]] = {
    state.code: state
    for state in (
        State(code=_S.DRAFT, meaning=N_("The request is being put together.")),
        State(code=_S.REQUESTED, meaning=N_("The hospital asked the insurer; the clock runs.")),
        State(code=_S.QUERIED, meaning=N_("The insurer asked back; its clock stands still.")),
        State(code=_S.ISSUED, meaning=N_("The insurer issued the letter.")),
        State(code=_S.DECLINED, meaning=N_("The insurer declined the letter, with its reason.")),
        State(code=_S.DEFERRED, meaning=N_("The insurer advises to pay first and claim.")),
        State(code=_S.ACCEPTED, meaning=N_("The hospital takes the letter.")),
        State(code=_S.TOPUP_REQUESTED, meaning=N_("The ceiling is getting short; more was asked for.")),
        State(code=_S.TOPUP_ISSUED, meaning=N_("The insurer raised the ceiling.")),
        State(code=_S.FINAL_REQUESTED, meaning=N_("The final bill is with the insurer; the clock runs.")),
        State(code=_S.FINAL_QUERIED, meaning=N_("The insurer asked about the final bill.")),
        State(code=_S.FINAL_ISSUED, meaning=N_("The insurer accepted the bill and named the excess.")),
        State(code=_S.EXPIRED, meaning=N_("The letter ran out before admission.")),
        State(code=_S.WITHDRAWN, meaning=N_("The insurer took the letter back.")),
        State(code=_S.CONVERTED, meaning=N_("The patient pays first and claims afterwards.")),
        State(code=_S.CLOSED, meaning=N_("Nothing is left to do."), is_final=True),
        State(code=_S.REOPENED, meaning=N_("The bill was corrected after the final letter.")),
        State(code=_S.CANCELLED, meaning=N_("The request was taken back."), is_final=True),
    )
}


def _t(start: GuaranteeState, to: GuaranteeState, who: Who, *guards: str, note: str = "") -> Transition[GuaranteeState]:
    return Transition(start=start, to=to, who=who, guards=guards, note=note)


TRANSITIONS: tuple[Transition[GuaranteeState], ...] = (
    _t(_S.DRAFT, _S.REQUESTED, Who.HOSPITAL, "checklist"),
    _t(_S.DRAFT, _S.CANCELLED, Who.OFFICER),
    _t(_S.REQUESTED, _S.QUERIED, Who.INSURER),
    _t(_S.REQUESTED, _S.ISSUED, Who.INSURER, "letter_complete"),
    _t(_S.REQUESTED, _S.DECLINED, Who.INSURER, "reason"),
    _t(_S.REQUESTED, _S.DEFERRED, Who.INSURER),
    _t(_S.REQUESTED, _S.CANCELLED, Who.OFFICER),
    _t(_S.QUERIED, _S.REQUESTED, Who.OFFICER, "on_request", "queries_answered", note=N_("answered")),
    _t(_S.QUERIED, _S.TOPUP_REQUESTED, Who.OFFICER, "on_topup", "queries_answered", note=N_("answered")),
    _t(_S.QUERIED, _S.DECLINED, Who.INSURER, "reason"),
    _t(_S.QUERIED, _S.CANCELLED, Who.OFFICER),
    _t(_S.QUERIED, _S.CONVERTED, Who.PATIENT),
    _t(_S.ISSUED, _S.ACCEPTED, Who.HOSPITAL, "hospital_accepts"),
    _t(_S.ISSUED, _S.TOPUP_REQUESTED, Who.HOSPITAL, "interim_bill"),
    _t(_S.ISSUED, _S.FINAL_REQUESTED, Who.HOSPITAL, "final_papers"),
    _t(_S.ISSUED, _S.EXPIRED, Who.SYSTEM, "run_out", "not_admitted"),
    _t(_S.ISSUED, _S.WITHDRAWN, Who.INSURER, "reason"),
    _t(_S.ISSUED, _S.CONVERTED, Who.PATIENT),
    _t(_S.DECLINED, _S.REQUESTED, Who.HOSPITAL, note=N_("asked again with new facts")),
    _t(_S.DECLINED, _S.CONVERTED, Who.PATIENT),
    _t(_S.DECLINED, _S.CLOSED, Who.SYSTEM),
    _t(_S.DEFERRED, _S.REQUESTED, Who.HOSPITAL, note=N_("asked again with new facts")),
    _t(_S.DEFERRED, _S.CONVERTED, Who.PATIENT),
    _t(_S.DEFERRED, _S.CLOSED, Who.SYSTEM),
    _t(_S.ACCEPTED, _S.TOPUP_REQUESTED, Who.HOSPITAL, "interim_bill"),
    _t(_S.ACCEPTED, _S.FINAL_REQUESTED, Who.HOSPITAL, "final_papers"),
    _t(_S.ACCEPTED, _S.EXPIRED, Who.SYSTEM, "run_out", "not_admitted"),
    _t(_S.ACCEPTED, _S.WITHDRAWN, Who.INSURER, "reason"),
    _t(_S.ACCEPTED, _S.CONVERTED, Who.PATIENT),
    _t(_S.TOPUP_REQUESTED, _S.TOPUP_ISSUED, Who.INSURER, "letter_complete", "not_lower"),
    _t(_S.TOPUP_REQUESTED, _S.QUERIED, Who.INSURER, note=N_("asked about the top-up")),
    _t(_S.TOPUP_REQUESTED, _S.ACCEPTED, Who.INSURER, "reason", note=N_("top-up declined, the old ceiling stands")),
    _t(_S.TOPUP_REQUESTED, _S.FINAL_REQUESTED, Who.HOSPITAL, "final_papers", note=N_("left before the answer")),
    _t(_S.TOPUP_ISSUED, _S.TOPUP_REQUESTED, Who.HOSPITAL, "interim_bill"),
    _t(_S.TOPUP_ISSUED, _S.FINAL_REQUESTED, Who.HOSPITAL, "final_papers"),
    _t(_S.TOPUP_ISSUED, _S.WITHDRAWN, Who.INSURER, "reason"),
    _t(_S.FINAL_REQUESTED, _S.FINAL_QUERIED, Who.INSURER),
    _t(_S.FINAL_REQUESTED, _S.FINAL_ISSUED, Who.INSURER, "accepted_amount"),
    _t(_S.FINAL_REQUESTED, _S.CONVERTED, Who.PATIENT),
    _t(_S.FINAL_QUERIED, _S.FINAL_REQUESTED, Who.OFFICER, "queries_answered", note=N_("answered")),
    _t(_S.FINAL_QUERIED, _S.CONVERTED, Who.PATIENT),
    _t(_S.FINAL_ISSUED, _S.CLOSED, Who.SYSTEM),
    _t(_S.FINAL_ISSUED, _S.REOPENED, Who.HOSPITAL, note=N_("the bill was corrected")),
    _t(_S.EXPIRED, _S.REQUESTED, Who.HOSPITAL, note=N_("renewed")),
    _t(_S.EXPIRED, _S.CLOSED, Who.SYSTEM),
    _t(_S.WITHDRAWN, _S.REQUESTED, Who.HOSPITAL, note=N_("asked again with new facts")),
    _t(_S.WITHDRAWN, _S.CONVERTED, Who.PATIENT),
    _t(_S.WITHDRAWN, _S.CLOSED, Who.SYSTEM),
    _t(_S.CONVERTED, _S.CLOSED, Who.SYSTEM),
    _t(_S.REOPENED, _S.FINAL_REQUESTED, Who.HOSPITAL, "final_papers"),
)
"""Every legal move of a letter."""

WAITING_ON_INSURER = frozenset({_S.REQUESTED, _S.TOPUP_REQUESTED, _S.FINAL_REQUESTED})
"""States in which the insurer's clock runs; in the queried ones it stands still and ours runs."""


def is_open(state: GuaranteeState) -> bool:
    """Whether there is still something to do in a state."""
    return not STATES[state].is_final


# Ceilings


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One letter as issued, as far as ceilings go."""

    number: int
    kind: VersionKind
    ceiling: Money | None = None
    is_as_charged: bool = False
    covered_days: int | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    room_class: str = ""


def letter_now(versions: Iterable[Version]) -> Version | None:
    """The letter whose ceiling holds now: the last initial or top-up letter; ``None`` before the first."""
    return max((v for v in versions if v.kind is not VersionKind.FINAL), key=lambda v: v.number, default=None)


def ceiling_now(versions: Iterable[Version]) -> Money | None:
    """What the insurer stands for now; ``None`` without a letter or where it pays as charged. Never a sum."""
    letter = letter_now(versions)
    return letter.ceiling if letter else None


def utilisation(billed: Money, ceiling: Money) -> Decimal:
    """Which share of the ceiling a bill takes, 0.967 for 14,500 of 15,000. Raises ``ValueError`` for two currencies."""
    if billed.currency != ceiling.currency:
        raise ValueError("bill and ceiling are in two currencies")
    if ceiling.minor <= 0:
        raise ValueError("a ceiling is more than nothing")
    return Decimal(billed.minor) / Decimal(ceiling.minor)


TOPUP_FROM = Decimal("0.80")
"""From this share of the ceiling on a top-up should be asked for."""


def needs_topup(letter: Version, *, billed: Money | None = None, day_of_stay: int | None = None) -> bool:
    """Whether it is time to ask for more: 80 % of the ceiling is used, or the covered days end tomorrow."""
    if letter.covered_days is not None and day_of_stay is not None and day_of_stay > letter.covered_days - 1:
        return True
    if letter.ceiling is None or billed is None or billed.currency != letter.ceiling.currency:
        return False
    return utilisation(billed, letter.ceiling) >= TOPUP_FROM


# Drafts

_CASE = OUTSIDE_BUT_PUBLIC


@draft
class GuaranteeDraft:
    """A guarantee case: one admission, one payer. It names its own cover; none is preselected."""

    journey_id: int = field(N_("Case"), required=True)
    cover_id: int = field(N_("Cover"), required=True, audience=_CASE)
    hospital_id: int | None = field(N_("Hospital"), audience=_CASE, default=None)
    state: GuaranteeState = field(N_("State"), audience=_CASE, default=GuaranteeState.DRAFT)
    gl_no: str = field(
        N_("Letter number"), audience=_CASE, headings=("no gl", "nomor gl", "no surat jaminan", "gl no"), default=""
    )
    requested_at: dt.datetime | None = field(N_("Requested at"), audience=_CASE, default=None)
    channel: str = field(N_("Sent through"), audience=_CASE, default="")
    diagnosis: str = field(N_("Diagnosis on the letter"), audience=_CASE, default="")
    procedure: str = field(N_("Procedure on the letter"), audience=_CASE, default="")
    entitlement: str = field(N_("Entitlement"), audience=_CASE, default="")
    exclusions: str = field(N_("Exclusions"), audience=_CASE, default="")
    copay_note: str = field(N_("Co-payment and deductible"), audience=_CASE, default="")
    insurer_contact: str = field(N_("Insurer's contact"), audience=_CASE, default="")
    name_on_letter: str = field(
        N_("Name on the letter"), help=N_("Letter by letter; the hospital compares it with the passport."),
        audience=_CASE, default="",
    )  # fmt: skip
    passport_on_letter: str = field(N_("Passport number on the letter"), audience=_CASE, default="")
    reason: ReasonCode | None = field(N_("Reason"), audience=_CASE, default=None)
    reason_note: str = field(N_("Reason in words"), audience=_CASE, default="")
    is_checklist_complete: bool = field(N_("Documents complete"), default=False)
    accepted: Money | None = field(N_("Amount accepted"), audience=_CASE, default=None)
    excess: Money | None = field(N_("Excess"), help=N_("What the patient pays before leaving."), audience=_CASE,
                                 default=None)  # fmt: skip
    note: str = field(N_("Note"), default="")


@draft
class VersionDraft:
    """One letter as issued. ``ceiling`` is the whole amount from now on, not what was added."""

    guarantee_id: int = field(N_("Guarantee letter"), required=True)
    kind: VersionKind = field(N_("Kind of letter"), required=True, audience=_CASE)
    issued_at: dt.datetime = field(N_("Issued at"), required=True, audience=_CASE)
    ceiling: Money | None = field(
        N_("Ceiling"), help=N_("The whole amount from now on, not what was added."), audience=_CASE, default=None
    )
    is_as_charged: bool = field(N_("As charged"), audience=_CASE, default=False)
    covered_days: int | None = field(N_("Covered days"), unit=N_("days"), audience=_CASE, default=None)
    valid_from: dt.date | None = field(N_("Valid from"), audience=_CASE, default=None)
    valid_to: dt.date | None = field(N_("Valid until"), audience=_CASE, default=None)
    room_class: str = field(N_("Room entitlement"), audience=_CASE, default="")
    rate: Decimal | None = field(
        N_("Exchange rate on the letter"),
        help=N_("Only where the letter states one: so many of its currency for one of the bill's."),
        audience=_CASE,
        default=None,
    )
    rate_for: str = field(N_("Rate for one unit of"), audience=_CASE, default="")
    note: str = field(N_("Note"), default="")


@draft
class GuaranteeQueryDraft:
    """A question from the insurer about a letter."""

    guarantee_id: int = field(N_("Guarantee letter"), required=True)
    asked_at: dt.datetime = field(N_("Asked at"), required=True, audience=_CASE)
    question: str = field(N_("Question"), required=True, audience=_CASE)
    is_on_topup: bool = field(N_("About the top-up"), audience=_CASE, default=False)
    due_at: dt.datetime | None = field(N_("Answer until"), audience=_CASE, default=None)


def check_guarantee(guarantee: GuaranteeDraft) -> list[Problem]:
    """Everything wrong with a guarantee case."""
    found = check_required(guarantee)
    found += check_final(guarantee.accepted, guarantee.excess)
    return found + check_reason(guarantee.reason, guarantee.reason_note)


def check_final(accepted: Money | None, excess: Money | None) -> list[Problem]:
    """Everything wrong with the amounts of a final letter: zero is one, less is none, and both are in one currency."""
    found = []
    for name, amount in (("accepted", accepted), ("excess", excess)):
        if amount is not None and amount.minor < 0:
            found.append(problem("NEGATIVE", N_("This amount cannot be negative."), name))
    if accepted is not None and excess is not None and accepted.currency != excess.currency:
        found.append(problem("TWO_CURRENCIES", N_("Amount accepted and excess stand in one currency."), "excess"))
    return found


ABOVE_BILL = N_("The letter accepts {accepted}, more than the final bill of {billed}.")
ABOVE_CEILING = N_("The letter accepts {accepted}, more than the ceiling of {ceiling}.")
ABOVE_BOTH = N_("The letter accepts {accepted}, more than the final bill of {billed} and the ceiling of {ceiling}.")


def check_final_amount(
    accepted: Money, *, billed: Money | None, billed_here: Money | None, ceiling: Money | None
) -> list[Problem]:
    """A warning about what a final letter accepts: more than the final bill, or than the ceiling it stood for.

    ``billed_here`` is the bill in the letter's currency, none where no rate is known. A ceiling in another currency
    is not compared.
    """
    over_bill = billed is not None and billed_here is not None and billed_here < accepted
    over_ceiling = ceiling is not None and ceiling.currency == accepted.currency and ceiling < accepted
    shown = billed if billed == billed_here else (billed, billed_here)
    if over_bill and over_ceiling:
        return [warning("ABOVE_BOTH", ABOVE_BOTH, "accepted", accepted=accepted, billed=shown, ceiling=ceiling)]
    if over_bill:
        return [warning("ABOVE_BILL", ABOVE_BILL, "accepted", accepted=accepted, billed=shown)]
    if over_ceiling:
        return [warning("ABOVE_CEILING", ABOVE_CEILING, "accepted", accepted=accepted, ceiling=ceiling)]
    return []


def check_version(version: VersionDraft, *, earlier: Iterable[Version] = (), now: dt.datetime) -> list[Problem]:
    """Everything wrong with a letter as issued; ``earlier`` are the letters before it."""
    found = check_required(version) + check_order(version, "valid_from", "valid_to")
    if version.issued_at > now:
        found.append(problem("IN_FUTURE", N_("This moment lies in the future."), "issued_at"))
    if version.ceiling is None and not version.is_as_charged:
        found.append(problem("NO_CEILING", N_("Write down the ceiling, or tick “as charged”."), "ceiling"))
    if version.ceiling is not None:
        found += check_positive(version.ceiling, "ceiling")
        if version.is_as_charged:
            found.append(
                problem("CEILING_AND_AS_CHARGED", N_("A letter has a ceiling or pays as charged, not both."), "ceiling")
            )
    if version.covered_days is not None and version.covered_days < 1:
        found.append(problem("NOT_POSITIVE", N_("This number must be more than zero."), "covered_days"))
    found += _check_stated_rate(version)
    before = ceiling_now(earlier)
    if version.kind is VersionKind.TOPUP and before is not None and version.ceiling is not None:
        found += check_not_lower(version.ceiling, before)
    return found


def _check_stated_rate(version: VersionDraft) -> list[Problem]:
    """A rate on the letter needs the currency that it is for, and that is not the letter's own."""
    if version.rate is None:
        return []
    found = check_currency(version.rate_for, field="rate_for")
    if version.rate <= 0:
        found.append(problem("NOT_POSITIVE", N_("This number must be more than zero."), "rate"))
    if version.ceiling is not None and version.rate_for == version.ceiling.currency:
        found.append(problem("SAME_CURRENCY", N_("A rate stands between two different currencies."), "rate_for"))
    return found


def check_not_lower(ceiling: Money, before: Money) -> list[Problem]:
    """A top-up states the whole new ceiling, so it is never below the one before it."""
    if ceiling.currency != before.currency:
        return [
            problem("OTHER_CURRENCY", N_("The ceiling is in another currency than the letter before it."), "ceiling")
        ]
    if ceiling < before:
        return [
            problem(
                "CEILING_LOWER",
                N_("A top-up states the whole new ceiling; {ceiling} is below the {before} before it."),
                "ceiling",
                ceiling=ceiling,
                before=before,
            )
        ]
    return []


def check_reason(reason: ReasonCode | None, note: str, *, field: str = "reason_note") -> list[Problem]:
    """The other reason needs words."""
    if reason is ReasonCode.R99 and not note.strip():
        return [problem("REASON_WORDS", N_("Write the reason down in words."), field)]
    return []


def check_guarantee_query(query: GuaranteeQueryDraft, *, now: dt.datetime) -> list[Problem]:
    """Everything wrong with a question about a letter."""
    found = check_required(query) + check_order(query, "asked_at", "due_at")
    if query.asked_at > now:
        found.append(problem("IN_FUTURE", N_("This moment lies in the future."), "asked_at"))
    return found
