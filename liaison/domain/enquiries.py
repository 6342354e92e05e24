"""A new case as it comes in by chat or mail: a name and one contact are enough, the rest is asked later."""

from __future__ import annotations

import datetime as dt

from liaison.domain.fields import check_required, draft, field, problem
from liaison.domain.identifiers import check_phone
from liaison.domain.message_words import PhoneOwner
from liaison.domain.patients import Sex
from liaison.domain.people import PatientDraft, check_email, check_patient
from liaison.domain.problems import Problem
from liaison.domain.work import LONGEST_NOTE, NoteChannel
from liaison.i18n import N_


@draft
class EnquiryDraft:
    """What an officer takes from a message. The message itself is kept as the first note of the case."""

    message: str = field(N_("Message"), help=N_("Kept word for word as the first note of the case."), default="")
    channel: NoteChannel = field(N_("Channel"), default=NoteChannel.WHATSAPP)
    patient_id: int | None = field(N_("Person on record"), default=None)
    full_name: str = field(
        N_("Name"), help=N_("As first heard. One word is enough where the person has one name."), required=True
    )
    age_said: str = field(
        N_("Age as said"),
        help=N_("Kept as it was said, with today's date. A date of birth is never worked out from it."),
        default="",
    )
    birth_date: dt.date | None = field(N_("Date of birth"), default=None)
    sex: Sex | None = field(N_("Sex"), default=None)
    city: str = field(N_("Home city"), default="")
    phone: str = field(N_("Telephone"), default="")
    phone_owner: PhoneOwner | None = field(N_("Whose number is it?"), default=None)
    caller_name: str = field(
        N_("Name of who wrote"), help=N_("Where it is not the patient: husband, daughter, agent."), default=""
    )
    email: str = field(N_("E-mail"), default="")
    destination_city: str = field(N_("Where to"), default="")
    hospital_id: int | None = field(N_("Hospital"), default=None)
    planned_on: dt.date | None = field(N_("Wished for"), default=None)
    insurer_id: int | None = field(N_("Insurer"), default=None)
    need: str = field(N_("What for"), default="")
    first_step: str = field(N_("First step"), required=True)
    step_at: dt.datetime | None = field(N_("Due"), required=True, default=None)


def check_enquiry(enquiry: EnquiryDraft, *, now: dt.datetime, today: dt.date) -> list[Problem]:
    """Everything wrong with an enquiry: without a contact nobody can be called back, without a date nobody will."""
    found = check_required(enquiry)
    if not enquiry.patient_id and not enquiry.phone.strip() and not enquiry.email.strip():
        found.append(
            problem("NO_CONTACT", N_("Write down one contact: a telephone number or an e-mail address."), "phone")
        )
    if enquiry.patient_id is None and enquiry.full_name.strip():
        person = PatientDraft(full_name=enquiry.full_name, birth_date=enquiry.birth_date)
        found += [p for p in check_patient(person, today=today) if p.severity == "error"]
    found += [*check_phone(enquiry.phone), *check_email(enquiry.email)]
    if enquiry.step_at is not None and enquiry.step_at <= now:
        found.append(problem("STEP_PAST", N_("Choose a time for the first step that lies ahead."), "step_at"))
    if enquiry.planned_on is not None and enquiry.planned_on < today:
        found.append(problem("WISH_PAST", N_("This date has passed already."), "planned_on"))
    if len(enquiry.message) > LONGEST_NOTE:
        found.append(
            problem("NOTE_LONG", N_("A note has at most {most} letters. Attach the text as a file."), "message",
                    most=LONGEST_NOTE)
        )  # fmt: skip
    return found
