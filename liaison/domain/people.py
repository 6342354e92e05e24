"""Drafts of people: a patient, a patient's numbers, who stands beside them, an agent."""

from __future__ import annotations

import datetime as dt

from liaison.domain.fields import check_required, draft, field, problem, warning
from liaison.domain.identifiers import check_number, check_phone
from liaison.domain.patients import IdentifierKind, Region, RelationKind, Sex
from liaison.domain.privacy import OUTSIDE_BUT_PUBLIC, Audience
from liaison.domain.problems import Problem
from liaison.i18n import N_

_FAMILY = frozenset({Audience.FAMILY})
_FAMILY_HOSPITAL = frozenset({Audience.FAMILY, Audience.HOSPITAL})
OLDEST_YEARS = 125


@draft
class PatientDraft:
    """A patient. A one-word name is a whole name; only the name is needed to begin."""

    full_name: str = field(
        N_("Full name"),
        help=N_("As on the identity card, or as first heard. One word is enough where the person has one name."),
        required=True,
        audience=OUTSIDE_BUT_PUBLIC,
        headings=(
            "nama",
            "nama lengkap",
            "nama pasien",
            "nama peserta",
            "patient",
            "patient name",
            "full name",
            "name",
        ),
        fhir="Patient.name.text",
    )
    passport_name: str = field(
        N_("Name as on the passport"),
        audience=OUTSIDE_BUT_PUBLIC,
        headings=("nama paspor", "nama sesuai paspor", "passport name"),
        default="",
    )
    sex: Sex | None = field(
        N_("Sex"),
        audience=OUTSIDE_BUT_PUBLIC,
        headings=("jenis kelamin", "jk", "l p", "sex", "gender"),
        fhir="Patient.gender",
        default=None,
    )
    birth_date: dt.date | None = field(
        N_("Date of birth"),
        audience=OUTSIDE_BUT_PUBLIC,
        headings=("tanggal lahir", "tgl lahir", "birth date", "date of birth", "dob"),
        fhir="Patient.birthDate",
        default=None,
    )
    birth_place: str = field(N_("Place of birth"), audience=_FAMILY, headings=("tempat lahir",), default="")
    nationality: str = field(
        N_("Nationality"), help=N_("Two-letter country code."), audience=_FAMILY_HOSPITAL, default="ID"
    )
    language: str = field(N_("Language"), audience=_FAMILY_HOSPITAL, default="id")
    phone: str = field(
        N_("Telephone"),
        help=N_("A number may serve a whole family; it never identifies anybody."),
        audience=_FAMILY_HOSPITAL,
        headings=("telepon", "no telepon", "no hp", "hp", "no wa", "wa", "whatsapp", "phone", "mobile", "kontak"),
        fhir="Patient.telecom",
        default="",
    )
    phone_owner: str = field(
        N_("Whose number is it?"),
        help=N_("Where it is not the patient's own, for instance “husband”."),
        audience=_FAMILY_HOSPITAL,
        default="",
    )
    email: str = field(N_("E-mail"), audience=_FAMILY, headings=("email", "e mail", "surel"), default="")
    address: str = field(N_("Address"), audience=_FAMILY, headings=("alamat", "address"), default="")
    city: str = field(
        N_("Home city"), audience=OUTSIDE_BUT_PUBLIC, headings=("kota", "kota asal", "city", "domisili"), default=""
    )
    province: str = field(
        N_("Province"),
        help=N_("Code of the province, filled in from the city."),
        audience=OUTSIDE_BUT_PUBLIC,
        headings=("provinsi", "province"),
        default="",
    )
    region: Region = field(N_("Region"), audience=OUTSIDE_BUT_PUBLIC, default=Region.NOT_STATED)
    died_on: dt.date | None = field(N_("Died on"), audience=_FAMILY_HOSPITAL, default=None)
    is_infectious: bool = field(
        N_("Infectious until declared fit to fly"),
        help=N_("Blocks travel. The disease is not named here."),
        default=False,
    )
    is_provisional: bool = field(N_("Known from a list only"), default=False)
    allergies: str = field(N_("Allergies"), audience=_FAMILY_HOSPITAL, default="")
    note: str = field(N_("Note"), default="")


@draft
class IdentifierDraft:
    """A number that somebody gave to a patient."""

    kind: IdentifierKind = field(N_("Kind of number"), required=True, audience=OUTSIDE_BUT_PUBLIC)
    value: str = field(N_("Number"), required=True, audience=_FAMILY_HOSPITAL)
    country: str = field(N_("Country"), audience=_FAMILY_HOSPITAL, default="")
    organization_id: int | None = field(N_("Hospital of the record number"), audience=_FAMILY_HOSPITAL, default=None)
    issued_on: dt.date | None = field(N_("Issued on"), audience=_FAMILY_HOSPITAL, default=None)
    expires_on: dt.date | None = field(
        N_("Valid until"),
        audience=_FAMILY_HOSPITAL,
        headings=("paspor berlaku sampai", "passport expiry"),
        default=None,
    )
    seen_on: dt.date | None = field(
        N_("Document seen on"), help=N_("The day an officer saw the document itself."), default=None
    )


@draft
class RelatedPersonDraft:
    """Somebody beside a patient. Told the status only with consent, never the diagnosis."""

    relation: RelationKind = field(N_("Relation"), required=True, audience=_FAMILY_HOSPITAL)
    name: str = field(N_("Name"), required=True, audience=_FAMILY_HOSPITAL)
    phone: str = field(N_("Telephone"), audience=_FAMILY_HOSPITAL, default="")
    related_patient_id: int | None = field(N_("Is a patient too"), default=None)
    is_companion: bool = field(N_("Travels along"), audience=_FAMILY_HOSPITAL, default=False)
    is_next_of_kin: bool = field(N_("Next of kin"), audience=_FAMILY_HOSPITAL, default=False)
    may_be_told_status: bool = field(
        N_("May be told how the case stands"), help=N_("Only with the patient's consent; never the diagnosis."),
        default=False,
    )  # fmt: skip
    consent_on: dt.date | None = field(N_("Consent given on"), default=None)
    note: str = field(N_("Note"), default="")


@draft
class AgentDraft:
    """An insurer's agent."""

    name: str = field(
        N_("Agent's name"), required=True, audience=(Audience.INSURER,), headings=("agen", "nama agen", "agent")
    )
    insurer_id: int | None = field(N_("Insurer"), audience=(Audience.INSURER,), default=None)
    code: str = field(
        N_("Agent's code"), audience=(Audience.INSURER,), headings=("kode agen", "agent code"), default=""
    )
    phone: str = field(N_("Telephone"), headings=("hp agen",), default="")
    email: str = field(N_("E-mail"), default="")
    city: str = field(N_("City"), default="")
    note: str = field(N_("Note"), default="")


def check_patient(patient: PatientDraft, *, today: dt.date) -> list[Problem]:
    """Everything wrong or odd about a patient's details."""
    found = check_required(patient) + check_name(patient.full_name)
    found += _check_past("birth_date", patient.birth_date, today=today)
    found += _check_past("died_on", patient.died_on, today=today)
    if patient.birth_date is not None and today.year - patient.birth_date.year > OLDEST_YEARS:
        found.append(warning("VERY_OLD", N_("That would be over {years} years old. Check the year."), "birth_date",
                             years=OLDEST_YEARS))  # fmt: skip
    if patient.birth_date and patient.died_on and patient.died_on < patient.birth_date:
        found.append(problem("DIED_BEFORE_BIRTH", N_("The date of death lies before the date of birth."), "died_on"))
    found += check_phone(patient.phone)
    found += check_email(patient.email)
    return found


def check_name(text: str, *, field: str = "full_name") -> list[Problem]:
    """A name of figures or signs alone is none."""
    if not text.strip() or any(c.isalpha() for c in text):
        return []
    return [problem("NAME_LETTERS", N_("A name has letters in it."), field)]


def check_identifier(
    identifier: IdentifierDraft, *, today: dt.date, born: dt.date | None = None, sex: Sex | None = None
) -> list[Problem]:
    """Everything wrong or odd about one number; ``born`` and ``sex`` are those of the patient, where known."""
    found = check_required(identifier)
    if found:
        return found
    if identifier.kind is IdentifierKind.MRN and identifier.organization_id is None:
        found.append(
            problem(
                "MRN_HOSPITAL", N_("A medical record number belongs to one hospital. Choose it."), "organization_id"
            )
        )
    return found + check_number(
        identifier.kind,
        identifier.value,
        today=today,
        born=born,
        sex=sex,
        country=identifier.country,
        expires_on=identifier.expires_on,
    )


def check_related_person(person: RelatedPersonDraft) -> list[Problem]:
    """Everything wrong with somebody beside a patient: status is told only on a dated consent."""
    found = check_required(person) + check_phone(person.phone)
    if person.may_be_told_status and person.consent_on is None:
        found.append(
            problem(
                "CONSENT_DATE", N_("Write down when the patient agreed that this person may be told."), "consent_on"
            )
        )
    return found


def check_agent(agent: AgentDraft) -> list[Problem]:
    """Everything wrong or odd about an agent's details."""
    return check_required(agent) + check_phone(agent.phone) + check_email(agent.email)


def check_email(text: str, *, field: str = "email") -> list[Problem]:
    """An address that no mail would reach only warns."""
    name, at, host = text.strip().partition("@")
    if not text.strip() or (name and at and "." in host and not any(c.isspace() for c in text.strip())):
        return []
    return [warning("EMAIL", N_("This e-mail address looks incomplete."), field)]


def _check_past(name: str, day: dt.date | None, *, today: dt.date) -> list[Problem]:
    if day is None or day <= today:
        return []
    return [problem("IN_FUTURE", N_("This date lies in the future."), name)]
