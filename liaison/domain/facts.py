"""Dated facts about a journey: a consent given, a document seen, an appointment booked. Guards read them."""

from __future__ import annotations

import datetime as dt

from liaison.domain.coded import Coded
from liaison.domain.fields import check_order, check_required, draft, field, problem
from liaison.domain.money import Money
from liaison.domain.privacy import OUTSIDE_BUT_PUBLIC
from liaison.domain.problems import Problem
from liaison.i18n import N_


class FactKind(Coded):
    """What a dated confirmation on a journey confirms. Source: ``domain`` 1.4, 2.3; ``decisions``, life cycles."""

    C1 = "C1", N_("consent C1: our office may process health data")
    C2 = "C2", N_("consent C2: transfer outside Indonesia")
    C3 = "C3", N_("consent C3: medical records to the hospital")
    C4 = "C4", N_("consent C4: release to the insurer for payment")
    C5 = "C5", N_("consent C5: contact by WhatsApp or e-mail")
    C6 = "C6", N_("consent C6: use in anonymous statistics")
    IDENTITY_SEEN = "IDENTITY_SEEN", N_("identity seen")
    ELIGIBILITY = "ELIGIBILITY", N_("benefit check answered")
    MEDICAL_DOCUMENT = "MEDICAL_DOCUMENT", N_("medical document received")
    OPINION = "OPINION", N_("doctor's opinion received")
    ESTIMATE = "ESTIMATE", N_("cost estimate received")
    DECISION = "DECISION", N_("patient's decision")
    PAYER_PATH = "PAYER_PATH", N_("payer agreed in writing")
    INSURER_NOTIFIED = "INSURER_NOTIFIED", N_("insurer notified")
    APPOINTMENT = "APPOINTMENT", N_("appointment booked")
    PASSPORT = "PASSPORT", N_("passport seen")
    TRAVEL_BOOKED = "TRAVEL_BOOKED", N_("travel booked")
    MEDIF = "MEDIF", N_("airline's medical clearance (MEDIF)")
    DEPARTURE = "DEPARTURE", N_("left home")
    ARRIVAL = "ARRIVAL", N_("arrived at the hospital's city")
    PLAN_CONFIRMED = "PLAN_CONFIRMED", N_("treatment plan confirmed")
    ADMISSION = "ADMISSION", N_("admitted")
    DISCHARGE_SUMMARY = "DISCHARGE_SUMMARY", N_("discharge summary stored")
    EXCESS_SETTLED = "EXCESS_SETTLED", N_("excess settled or waived")
    SELF_SETTLED = "SELF_SETTLED", N_("bill paid by the patient")
    CHECKLIST_COMPLETE = "CHECKLIST_COMPLETE", N_("documents complete")
    FIT_TO_FLY = "FIT_TO_FLY", N_("fit to fly")
    HOME_ARRIVAL = "HOME_ARRIVAL", N_("back home")
    FOLLOW_UP = "FOLLOW_UP", N_("follow-up done")
    ANSWERED = "ANSWERED", N_("question answered, no travel")
    DEATH = "DEATH", N_("death recorded")


class ConsentMethod(Coded):
    """How a consent was given. Source: ``domain`` 2.1, Consent."""

    WET = "WET", N_("signed on paper")
    ELECTRONIC = "ELECTRONIC", N_("signed electronically")
    VERBAL_WITNESSED = "VERBAL_WITNESSED", N_("spoken, before a witness")


class ConsentGiver(Coded):
    """Who gave a consent: the patient, else one of those who may, in this order. Source: ``domain`` 2.3."""

    PATIENT = "PATIENT", N_("the patient")
    SPOUSE = "SPOUSE", N_("husband or wife")
    ADULT_CHILD = "ADULT_CHILD", N_("adult child")
    PARENT = "PARENT", N_("father or mother")
    SIBLING = "SIBLING", N_("brother or sister")
    HEIR = "HEIR", N_("heir")
    GUARDIAN = "GUARDIAN", N_("legal guardian")


CONSENTS = (FactKind.C1, FactKind.C2, FactKind.C3, FactKind.C4, FactKind.C5, FactKind.C6)

PER_TRIP = frozenset(
    {
        FactKind.APPOINTMENT,
        FactKind.TRAVEL_BOOKED,
        FactKind.MEDIF,
        FactKind.DEPARTURE,
        FactKind.ARRIVAL,
        FactKind.PLAN_CONFIRMED,
        FactKind.ADMISSION,
        FactKind.DISCHARGE_SUMMARY,
        FactKind.EXCESS_SETTLED,
        FactKind.SELF_SETTLED,
        FactKind.FIT_TO_FLY,
        FactKind.HOME_ARRIVAL,
    }
)
"""Facts of one trip; a repeat cycle asks for them anew."""


class Clearance(Coded):
    """The result of a MEDIF confirmation: whether the airline wants one, and whether it said yes."""

    NEEDED = "NEEDED", N_("needed")
    CLEARED = "CLEARED", N_("cleared")
    NOT_NEEDED = "NOT_NEEDED", N_("not needed")


@draft
class ConfirmationDraft:
    """Somebody confirmed something about a journey on a day, with the source."""

    journey_id: int = field(N_("Case"), required=True)
    kind: FactKind = field(N_("What is confirmed"), required=True, audience=OUTSIDE_BUT_PUBLIC)
    stated_on: dt.date = field(N_("Confirmed on"), required=True, audience=OUTSIDE_BUT_PUBLIC)
    valid_to: dt.date | None = field(N_("Valid until"), audience=OUTSIDE_BUT_PUBLIC, default=None)
    at: dt.datetime | None = field(
        N_("Moment"), help=N_("Of the appointment, the arrival."), audience=OUTSIDE_BUT_PUBLIC, default=None
    )
    zone: str = field(N_("Time zone"), audience=OUTSIDE_BUT_PUBLIC, default="")
    result: str = field(
        N_("Result"),
        help=N_("What was answered, where yes is not the only answer."),
        audience=OUTSIDE_BUT_PUBLIC,
        default="",
    )
    amount: Money | None = field(N_("Amount"), audience=OUTSIDE_BUT_PUBLIC, default=None)
    organization_id: int | None = field(N_("Organisation"), audience=OUTSIDE_BUT_PUBLIC, default=None)
    given_by: str = field(N_("Given by"), help=N_("With the relation, where it was not the patient."), default="")
    giver: ConsentGiver | None = field(N_("Who gave it"), default=None)
    method: ConsentMethod | None = field(N_("How it was given"), default=None)
    country: str = field(N_("To which country"), help=N_("Two-letter code; empty: any country."), default="")
    source: str = field(N_("Source"), help=N_("The paper, the call, the message."), default="")
    note: str = field(N_("Note"), default="")
    withdrawn_on: dt.date | None = field(N_("Withdrawn on"), default=None)


_RESULTS: dict[FactKind, frozenset[str]] = {
    FactKind.ELIGIBILITY: frozenset({"ELIGIBLE", "ELIGIBLE_WITH_LIMITS", "REIMBURSE_ONLY", "NOT_ELIGIBLE", "UNKNOWN"}),
    FactKind.MEDIF: frozenset(Clearance),
    FactKind.PAYER_PATH: frozenset({"GUARANTEE_LETTER", "REIMBURSEMENT", "SELF_PAY"}),
}
"""Facts that say more than yes, and what they may say."""


def check_confirmation(confirmation: ConfirmationDraft, *, today: dt.date) -> list[Problem]:
    """Everything wrong with a confirmation: only what has been said can be confirmed."""
    found = check_required(confirmation)
    found += check_order(confirmation, "stated_on", "withdrawn_on")
    if confirmation.stated_on > today:
        found.append(problem("IN_FUTURE", N_("This date lies in the future."), "stated_on"))
    allowed = _RESULTS.get(confirmation.kind)
    if allowed is not None and confirmation.result not in allowed:
        found.append(problem("RESULT", N_("Choose what was answered."), "result"))
    if confirmation.kind is FactKind.APPOINTMENT and confirmation.at is None:
        found.append(problem("MOMENT", N_("Write down day and hour of the appointment."), "at"))
    if confirmation.kind is FactKind.PASSPORT and confirmation.valid_to is None:
        found.append(problem("EXPIRY", N_("Write down until when the passport is valid."), "valid_to"))
    if confirmation.kind is FactKind.DECISION and not confirmation.note.strip():
        found.append(problem("REASON", N_("Write down the reason for the decision."), "note"))
    return found
