"""Care before and after the journey: medical opinions, referrals and the answer home, appointments.

Sources: ``domain`` 1.2 (steps 5, 7, 12, 22), 1.9 (referral optimisation), 2.1 (MedicalOpinion, Referral, Appointment).
"""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

from liaison.domain.calendars import known_zones
from liaison.domain.coded import Coded
from liaison.domain.fields import check_order, check_required, draft, field, problem, warning
from liaison.domain.identifiers import check_diagnosis_code
from liaison.domain.privacy import OUTSIDE_BUT_PUBLIC, Audience
from liaison.domain.problems import Problem
from liaison.i18n import N_

_CASE = OUTSIDE_BUT_PUBLIC
_FAMILY_HOSPITAL = frozenset({Audience.FAMILY, Audience.HOSPITAL})

ANSWER_HOME_DAYS = 7
"""Days after leaving hospital within which the referring doctor has an answer. Source: issue "Casework in depth"."""

REFERRAL_HOURS = 24
"""Hours a hospital may leave a referral unanswered before somebody asks. Source: ``domain`` 1.9."""

MOST_NIGHTS = 365


class Urgency(Coded):
    """How long the care can wait, as the doctor says."""

    ROUTINE = "ROUTINE", N_("can wait")
    SOON = "SOON", N_("within weeks")
    URGENT = "URGENT", N_("within days")
    EMERGENCY = "EMERGENCY", N_("at once")


class FitToTravel(Coded):
    """Whether the doctor lets the patient travel."""

    NOT_SAID = "NOT_SAID", N_("not said yet")
    FIT = "FIT", N_("fit to travel")
    WITH_ESCORT = "WITH_ESCORT", N_("only with an escort")
    NOT_FIT = "NOT_FIT", N_("not fit to travel")


class ReferralState(Coded):
    """How far a referral has come; read from its moments, never set by hand."""

    PREPARED = "PREPARED", N_("not sent yet")
    SENT = "SENT", N_("sent")
    READ = "READ", N_("read")
    ACCEPTED = "ACCEPTED", N_("accepted")
    DECLINED = "DECLINED", N_("declined")
    ARRIVED = "ARRIVED", N_("patient arrived")
    ANSWERED = "ANSWERED", N_("answered home")


class AppointmentKind(Coded):
    """What happens at an appointment."""

    CLINIC = "CLINIC", N_("see the doctor")
    TEST = "TEST", N_("test")
    PROCEDURE = "PROCEDURE", N_("procedure")
    REVIEW = "REVIEW", N_("follow-up visit")
    TELE = "TELE", N_("video call with the doctor")


class AppointmentState(Coded):
    """How far an appointment has come; read from its moments."""

    ASKED = "ASKED", N_("asked for")
    CONFIRMED = "CONFIRMED", N_("confirmed")
    TOLD = "TOLD", N_("patient knows")
    CANCELLED = "CANCELLED", N_("cancelled")


@draft
class OpinionDraft:
    """What a doctor at one hospital says after reading the records; several hospitals may be asked."""

    journey_id: int = field(N_("Case"), required=True)
    hospital_id: int | None = field(N_("Hospital"), audience=_CASE, default=None)
    doctor: str = field(N_("Doctor"), audience=_CASE, default="")
    asked_at: dt.datetime = field(N_("Asked"), required=True, audience=_FAMILY_HOSPITAL)
    answered_at: dt.datetime | None = field(N_("Answered"), audience=_FAMILY_HOSPITAL, default=None)
    proposed_procedure: str = field(N_("Proposed treatment"), audience=_CASE, default="")
    diagnosis_code: str = field(N_("Diagnosis code (ICD-10)"), audience=_CASE, default="")
    los_days_min: int | None = field(N_("Nights in hospital, at least"), audience=_CASE, default=None)
    los_days_max: int | None = field(N_("Nights in hospital, at most"), audience=_CASE, default=None)
    urgency: Urgency | None = field(N_("How urgent"), audience=_CASE, default=None)
    fit_to_travel: FitToTravel = field(N_("Fit to travel"), audience=_CASE, default=FitToTravel.NOT_SAID)
    note: str = field(N_("Note"), default="")


@draft
class ReferralDraft:
    """A doctor at home sends a patient to a doctor elsewhere, and expects an answer."""

    journey_id: int = field(N_("Case"), required=True)
    from_doctor: str = field(N_("Referring doctor"), audience=_FAMILY_HOSPITAL, default="")
    from_place: str = field(N_("Practice or hospital at home"), audience=_FAMILY_HOSPITAL, default="")
    from_phone: str = field(N_("Telephone of the referring doctor"), audience=_FAMILY_HOSPITAL, default="")
    hospital_id: int | None = field(N_("Referred to"), audience=_CASE, default=None)
    to_doctor: str = field(N_("Doctor there"), audience=_CASE, default="")
    reason: str = field(N_("Reason"), audience=_FAMILY_HOSPITAL, default="")
    urgency: Urgency | None = field(N_("How urgent"), audience=_CASE, default=None)
    sent_at: dt.datetime | None = field(N_("Sent"), audience=_FAMILY_HOSPITAL, default=None)
    read_at: dt.datetime | None = field(N_("Read"), audience=_FAMILY_HOSPITAL, default=None)
    accepted_at: dt.datetime | None = field(N_("Accepted"), audience=_FAMILY_HOSPITAL, default=None)
    declined_at: dt.datetime | None = field(N_("Declined"), audience=_FAMILY_HOSPITAL, default=None)
    decline_note: str = field(N_("Why it was declined"), audience=_FAMILY_HOSPITAL, default="")
    arrived_at: dt.datetime | None = field(N_("Patient arrived"), audience=_FAMILY_HOSPITAL, default=None)
    answered_home_at: dt.datetime | None = field(
        N_("Answered to the referring doctor"),
        help=N_("The day the hospital's letter reached the doctor at home."),
        audience=_FAMILY_HOSPITAL,
        default=None,
    )
    note: str = field(N_("Note"), default="")


@draft
class AppointmentDraft:
    """A time with a doctor: asked for, confirmed by the hospital, told to the patient."""

    journey_id: int = field(N_("Case"), required=True)
    hospital_id: int | None = field(N_("Hospital"), audience=_CASE, default=None)
    doctor: str = field(N_("Doctor"), audience=_CASE, default="")
    kind: AppointmentKind = field(N_("What it is"), audience=_CASE, default=AppointmentKind.CLINIC)
    zone: str = field(N_("Time zone"), audience=_CASE, default="")
    starts_at: dt.datetime | None = field(
        N_("Day and hour"), help=N_("On the hospital's own clock."), audience=_CASE, default=None
    )
    place: str = field(
        N_("Where"), help=N_("Floor, clinic, counter, as the patient finds it."), audience=_CASE, default=""
    )
    preparation: str = field(
        N_("How to prepare"), help=N_("For instance: no food for eight hours, plain water only."), audience=_CASE,
        default="",
    )  # fmt: skip
    has_interpreter: bool = field(N_("An interpreter is there"), audience=_CASE, default=False)
    asked_at: dt.datetime | None = field(N_("Asked for"), audience=_FAMILY_HOSPITAL, default=None)
    confirmed_at: dt.datetime | None = field(N_("Confirmed"), audience=_FAMILY_HOSPITAL, default=None)
    told_at: dt.datetime | None = field(N_("Patient told"), audience=_FAMILY_HOSPITAL, default=None)
    cancelled_at: dt.datetime | None = field(N_("Cancelled"), audience=_FAMILY_HOSPITAL, default=None)
    note: str = field(N_("Note"), default="")


# how far something is


def referral_state(referral: ReferralDraft) -> ReferralState:
    """The last thing that happened to a referral."""
    if referral.answered_home_at is not None:
        return ReferralState.ANSWERED
    if referral.arrived_at is not None:
        return ReferralState.ARRIVED
    if referral.declined_at is not None:
        return ReferralState.DECLINED
    if referral.accepted_at is not None:
        return ReferralState.ACCEPTED
    if referral.read_at is not None:
        return ReferralState.READ
    return ReferralState.SENT if referral.sent_at is not None else ReferralState.PREPARED


def answer_is_due(referral: ReferralDraft) -> dt.datetime | None:
    """Until when the hospital should have said yes or no; none where it has, or was never asked."""
    if referral.sent_at is None or referral_state(referral) not in (ReferralState.SENT, ReferralState.READ):
        return None
    return referral.sent_at + dt.timedelta(hours=REFERRAL_HOURS)


def home_answer_due(referral: ReferralDraft, *, left_on: dt.date | None) -> dt.date | None:
    """Until which day the referring doctor should have an answer; none before the patient has left hospital.

    A referral that nobody at home wrote, or that was declined, asks for no answer.
    """
    is_from_somebody = bool(referral.from_doctor.strip() or referral.from_place.strip())
    if left_on is None or not is_from_somebody or referral.answered_home_at is not None:
        return None
    if referral.declined_at is not None and referral.arrived_at is None:
        return None
    return left_on + dt.timedelta(days=ANSWER_HOME_DAYS)


def appointment_state(appointment: AppointmentDraft) -> AppointmentState:
    """The last thing that happened to an appointment."""
    if appointment.cancelled_at is not None:
        return AppointmentState.CANCELLED
    if appointment.told_at is not None:
        return AppointmentState.TOLD
    return AppointmentState.CONFIRMED if appointment.confirmed_at is not None else AppointmentState.ASKED


# checks


def check_opinion(opinion: OpinionDraft, *, now: dt.datetime) -> list[Problem]:
    """Everything wrong or odd about a medical opinion."""
    found = check_required(opinion) + check_order(opinion, "asked_at", "answered_at")
    found += check_diagnosis_code(opinion.diagnosis_code)
    found += _not_ahead(opinion, ("asked_at", "answered_at"), now=now)
    if opinion.hospital_id is None and not opinion.doctor.strip():
        found.append(problem("NOBODY", N_("Choose the hospital, or write down the doctor."), "hospital_id"))
    low, high = opinion.los_days_min, opinion.los_days_max
    for name, days in (("los_days_min", low), ("los_days_max", high)):
        if days is not None and not 0 <= days <= MOST_NIGHTS:
            found.append(
                problem("NIGHTS", N_("Write the nights as a number from 0 to {most}."), name, most=MOST_NIGHTS)
            )
    if low is not None and high is not None and low > high:
        found.append(problem("NIGHTS_TURNED", N_("“At most” is fewer nights than “at least”."), "los_days_max"))
    if opinion.answered_at is not None and not (opinion.proposed_procedure.strip() or opinion.note.strip()):
        found.append(problem("NO_ANSWER", N_("Write down what the doctor proposes."), "proposed_procedure"))
    return found


def check_referral(referral: ReferralDraft, *, now: dt.datetime) -> list[Problem]:
    """Everything wrong with a referral: its moments follow one another, and a no has its reason."""
    found = check_required(referral)
    if referral.hospital_id is None and not referral.to_doctor.strip():
        found.append(problem("NOBODY", N_("Choose the hospital, or write down the doctor."), "hospital_id"))
    moments = ("sent_at", "read_at", "accepted_at", "arrived_at", "answered_home_at")
    known = [name for name in moments if getattr(referral, name) is not None]
    for first, second in pairwise(known):
        found += check_order(referral, first, second)
    found += check_order(referral, "sent_at", "declined_at")
    found += _not_ahead(referral, (*moments, "declined_at"), now=now)
    if referral.declined_at is not None and referral.accepted_at is not None:
        found.append(
            problem("YES_AND_NO", N_("A referral is accepted or declined, not both. Empty one of them."), "declined_at")
        )
    if referral.declined_at is not None and not referral.decline_note.strip():
        found.append(problem("WHY_NOT", N_("Write down why the hospital declined."), "decline_note"))
    return found


def check_appointment(appointment: AppointmentDraft, *, now: dt.datetime) -> list[Problem]:
    """Everything wrong or odd about an appointment."""
    found = check_required(appointment)
    if appointment.hospital_id is None and not appointment.doctor.strip():
        found.append(problem("NOBODY", N_("Choose the hospital, or write down the doctor."), "hospital_id"))
    for first, second in (("asked_at", "confirmed_at"), ("confirmed_at", "told_at")):
        found += check_order(appointment, first, second)
    found += _not_ahead(appointment, ("asked_at", "confirmed_at", "told_at", "cancelled_at"), now=now)
    if appointment.starts_at is None and (appointment.confirmed_at or appointment.told_at):
        found.append(problem("MOMENT", N_("Write down day and hour of the appointment."), "starts_at"))
    if appointment.starts_at is not None and appointment.zone not in known_zones():
        found.append(problem("ZONE", N_("Choose on which clock this hour stands."), "zone"))
    if appointment.told_at is not None and appointment.confirmed_at is None:
        found.append(
            problem("TOLD_TOO_SOON", N_("Only a confirmed appointment can be told to the patient."), "told_at")
        )
    if appointment.starts_at is not None and appointment.confirmed_at is None and appointment.starts_at < now:
        found.append(warning("PAST", N_("This appointment lies in the past."), "starts_at"))
    return found


def _not_ahead(given: object, names: tuple[str, ...], *, now: dt.datetime) -> list[Problem]:
    """What has been said or done cannot lie ahead; a minute is left for clocks that differ."""
    latest = now + dt.timedelta(minutes=1)
    moments = ((name, getattr(given, name)) for name in names)
    message = N_("This moment lies in the future.")
    return [problem("IN_FUTURE", message, name) for name, moment in moments if moment is not None and moment > latest]
