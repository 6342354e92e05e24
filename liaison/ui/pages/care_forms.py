"""Short forms of a case's care: an opinion, a referral, an appointment."""

from __future__ import annotations

from functools import partial

from liaison.domain.care import (
    AppointmentDraft,
    OpinionDraft,
    ReferralDraft,
    check_appointment,
    check_opinion,
    check_referral,
)
from liaison.i18n import N_
from liaison.services import care
from liaison.ui.desk import Desk
from liaison.ui.pages.doctor_edit import DoctorEdit
from liaison.ui.pages.lookups import hospital_edit
from liaison.ui.pages.short_forms import Bench, offer, offer_again
from liaison.ui.reopening import reopens
from liaison.ui.widgets.drawer import FormPane
from liaison.ui.widgets.editors import Editor
from liaison.ui.widgets.form import Form, Heading, Row
from liaison.ui.widgets.zoned_moment import ZonedMoment, zone_choice

_OPINION: tuple[Row, ...] = (
    "hospital_id", "doctor", "asked_at", Heading(text=N_("The answer")), "answered_at", "proposed_procedure",
    "diagnosis_code", "los_days_min", "los_days_max", "urgency", "fit_to_travel", "note",
)  # fmt: skip
_REFERRAL: tuple[Row, ...] = (
    "from_doctor", "from_place", "from_phone", "hospital_id", "to_doctor", "reason", "urgency",
    Heading(text=N_("How far it is")), "sent_at", "read_at", "accepted_at", "declined_at", "decline_note",
    "arrived_at", "answered_home_at", "note",
)  # fmt: skip
_APPOINTMENT: tuple[Row, ...] = (
    "kind", "hospital_id", "doctor", "zone", "starts_at", "place", "preparation", "has_interpreter",
    Heading(text=N_("How far it is")), "asked_at", "confirmed_at", "told_at", "cancelled_at", "note",
)  # fmt: skip


# opinions


def _opinion(desk: Desk) -> Form[OpinionDraft]:
    doctor = DoctorEdit(desk)
    editors: dict[str, Editor] = {"hospital_id": hospital_edit(desk), "doctor": doctor}
    return doctor.attend(Form(desk, OpinionDraft, _OPINION, editors=editors, kept=("journey_id",)), "doctor")


@reopens
def opinion_form(
    bench: Bench, journey_id: int, *, hospital_id: int | None = None, doctor: str = "", answered: bool = False
) -> FormPane:
    """Ask a doctor for an opinion, or write one down that is ``answered`` already."""
    desk = bench.desk
    form = _opinion(desk)
    now = desk.clock()
    form.set(
        OpinionDraft(
            journey_id=journey_id, hospital_id=hospital_id, doctor=doctor, asked_at=now,
            answered_at=now if answered else None,
        )
    )  # fmt: skip
    return offer(
        bench, form, title=N_("Medical opinion"), action=N_("Record a medical opinion"), write=care.add_opinion,
        said=N_("Opinion recorded"), look=lambda d: check_opinion(d, now=desk.clock()),
    )  # fmt: skip


@reopens
def edit_opinion_form(bench: Bench, key: int, *, version: int | None = None) -> None:
    """Write down what the doctor answered."""
    desk = bench.desk
    offer_again(
        bench, key, read=care.opinion_draft, form=lambda _draft: _opinion(desk), title=N_("Medical opinion"),
        action=N_("Change a medical opinion"), write=partial(care.edit_opinion, version=version),
        look=lambda d: check_opinion(d, now=desk.clock()), remove=care.remove_opinion,
        removing=N_("Remove a medical opinion"),
    )  # fmt: skip


# referrals


def _referral(desk: Desk) -> Form[ReferralDraft]:
    doctor = DoctorEdit(desk)
    editors: dict[str, Editor] = {"hospital_id": hospital_edit(desk), "to_doctor": doctor}
    return doctor.attend(Form(desk, ReferralDraft, _REFERRAL, editors=editors, kept=("journey_id",)), "to_doctor")


@reopens
def referral_form(bench: Bench, journey_id: int, *, hospital_id: int | None = None, doctor: str = "") -> FormPane:
    """A referral to a hospital; asked after within a day once it is sent."""
    desk = bench.desk
    form = _referral(desk)
    form.set(ReferralDraft(journey_id=journey_id, hospital_id=hospital_id, to_doctor=doctor, sent_at=desk.clock()))
    return offer(
        bench, form, title=N_("Referral"), action=N_("Record a referral"), write=care.add_referral,
        said=N_("Referral recorded"), look=lambda d: check_referral(d, now=desk.clock()),
    )  # fmt: skip


@reopens
def edit_referral_form(bench: Bench, key: int, *, version: int | None = None) -> None:
    """How far a referral has come: read, accepted, arrived, answered home."""
    desk = bench.desk
    offer_again(
        bench, key, read=care.referral_draft, form=lambda _draft: _referral(desk), title=N_("Referral"),
        action=N_("Change a referral"), write=partial(care.edit_referral, version=version),
        look=lambda d: check_referral(d, now=desk.clock()), remove=care.remove_referral,
        removing=N_("Remove a referral"),
    )  # fmt: skip


# appointments


def _appointment(desk: Desk, zone: str) -> Form[AppointmentDraft]:
    clock = zone_choice(desk, zone)
    starts = ZonedMoment(desk, clock)
    doctor = DoctorEdit(desk)
    editors: dict[str, Editor] = {
        "hospital_id": hospital_edit(desk), "doctor": doctor, "zone": clock, "starts_at": starts,
    }  # fmt: skip
    form = Form(desk, AppointmentDraft, _APPOINTMENT, editors=editors, kept=("journey_id",))
    form.boxes["starts_at"].add_below(starts.also)
    return doctor.attend(form, "doctor", day="starts_at")


@reopens
def appointment_form(
    bench: Bench,
    journey_id: int,
    *,
    hospital_id: int | None = None,
    doctor: str = "",
    zone: str = "",
    confirmed: bool = False,
) -> FormPane:
    """An appointment on the hospital's own clock, asked for now or ``confirmed`` already."""
    desk = bench.desk
    form = _appointment(desk, zone)
    now = desk.clock()
    form.set(
        AppointmentDraft(
            journey_id=journey_id, hospital_id=hospital_id, doctor=doctor, zone=zone, asked_at=now,
            confirmed_at=now if confirmed else None,
        )
    )  # fmt: skip
    return offer(
        bench, form, title=N_("Appointment"), action=N_("Record an appointment"), write=care.add_appointment,
        said=N_("Appointment recorded"), look=lambda d: check_appointment(d, now=desk.clock()),
    )  # fmt: skip


@reopens
def edit_appointment_form(bench: Bench, key: int, *, version: int | None = None) -> None:
    """Confirm, move, tell or cancel an appointment."""
    desk = bench.desk
    offer_again(
        bench, key, read=care.appointment_draft, form=lambda draft: _appointment(desk, draft.zone),
        title=N_("Appointment"), action=N_("Change an appointment"),
        write=partial(care.edit_appointment, version=version), look=lambda d: check_appointment(d, now=desk.clock()),
        remove=care.remove_appointment, removing=N_("Remove an appointment"),
    )  # fmt: skip
