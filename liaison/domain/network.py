"""The network: hospitals, insurers, administrators and the desks to call there."""

from __future__ import annotations

import datetime as dt
import re

from liaison.domain.calendars import known_zones
from liaison.domain.coded import Coded
from liaison.domain.fields import check_order, check_required, draft, field, problem
from liaison.domain.identifiers import check_phone
from liaison.domain.letter_hour import read_cut_off
from liaison.domain.people import check_email
from liaison.domain.privacy import EVERYONE, OUTSIDE_BUT_PUBLIC
from liaison.domain.problems import Problem
from liaison.i18n import N_


class OrganizationKind(Coded):
    """What an organisation does in a case."""

    HOSPITAL = "HOSPITAL", N_("hospital")
    INSURER = "INSURER", N_("insurer")
    ADMINISTRATOR = "ADMINISTRATOR", N_("third-party administrator")
    ASSISTANCE = "ASSISTANCE", N_("assistance company")
    REP_OFFICE = "REP_OFFICE", N_("representative office")
    KIOSK = "KIOSK", N_("information kiosk")
    CALL_CENTRE = "CALL_CENTRE", N_("call centre")
    AMBULANCE = "AMBULANCE", N_("ambulance service")
    CONSULATE = "CONSULATE", N_("consulate or embassy")
    HOTEL = "HOTEL", N_("hotel or guest house")
    AIRLINE = "AIRLINE", N_("airline")
    AGENCY = "AGENCY", N_("agency")
    MINISTRY = "MINISTRY", N_("ministry or authority")
    UNIVERSITY = "UNIVERSITY", N_("university")
    ASSOCIATION = "ASSOCIATION", N_("association")
    OTHER = "OTHER", N_("other organisation")


MAIN_KINDS = (OrganizationKind.HOSPITAL, OrganizationKind.INSURER, OrganizationKind.ADMINISTRATOR)
"""Kinds of house that have a list of their own; all others share one."""

AT_NIGHT = frozenset(
    {
        OrganizationKind.AMBULANCE,
        OrganizationKind.CONSULATE,
        OrganizationKind.CALL_CENTRE,
        OrganizationKind.ASSISTANCE,
    }
)
"""Whom one calls in an emergency at any hour: without a night number an entry is not finished."""


class Desk(Coded):
    """Which desk of an organisation answers. Source: ``domain`` 2.1, ContactPoint."""

    IPC = "IPC", N_("international patient centre")
    BILLING = "BILLING", N_("billing")
    GL_DESK = "GL_DESK", N_("guarantee letter desk")
    CASE_MANAGER = "CASE_MANAGER", N_("case manager")
    MEDICAL_DIRECTOR = "MEDICAL_DIRECTOR", N_("medical director")
    CLAIMS = "CLAIMS", N_("claims")
    PROVIDER_RELATIONS = "PROVIDER_RELATIONS", N_("provider relations")
    EMERGENCY = "EMERGENCY", N_("emergency, 24 hours")
    INDONESIA_DESK = "INDONESIA_DESK", N_("Indonesia desk")
    OTHER = "OTHER", N_("other desk")


class RequestChannel(Coded):
    """By which way a desk takes requests for letters and papers. Source: ``domain`` 2.1, Communication."""

    PORTAL = "PORTAL", N_("portal")
    EMAIL = "EMAIL", N_("e-mail")
    WHATSAPP = "WHATSAPP", N_("WhatsApp")
    FAX = "FAX", N_("fax")
    CALL = "CALL", N_("telephone")
    IN_PERSON = "IN_PERSON", N_("in person")


_ALL = EVERYONE


@draft
class OrganizationDraft:
    """A hospital, insurer, administrator or other house that cases go through."""

    kind: OrganizationKind = field(N_("Kind"), required=True, audience=_ALL, headings=("jenis", "kind", "type"))
    name: str = field(
        N_("Name"), required=True, audience=_ALL,
        headings=("nama", "rumah sakit", "nama rumah sakit", "rs", "hospital", "hospital name", "provider"),
    )  # fmt: skip
    short_name: str = field(N_("Short name"), audience=_ALL, headings=("nama singkat", "short name"), default="")
    also_known_as: tuple[str, ...] = field(
        N_("Other spellings"), help=N_("Spellings met in lists; they find this house."), default=()
    )
    country: str = field(
        N_("Country"), help=N_("Two-letter code."), audience=_ALL, headings=("negara", "country"), default=""
    )
    city: str = field(N_("City"), audience=_ALL, headings=("kota", "city"), default="")
    zone: str = field(N_("Time zone"), audience=_ALL, default="")
    address: str = field(N_("Address"), audience=_ALL, headings=("alamat", "address"), default="")
    phone: str = field(N_("Telephone"), audience=_ALL, headings=("telepon", "no telepon", "phone", "telp"), default="")
    night_phone: str = field(
        N_("Night number"), audience=_ALL, headings=("telepon malam", "24 jam", "emergency", "hotline"), default=""
    )
    email: str = field(N_("E-mail"), audience=_ALL, headings=("email", "e mail"), default="")
    specialties: tuple[str, ...] = field(
        N_("Specialties"), audience=_ALL, headings=("layanan unggulan", "spesialisasi", "specialties"), default=()
    )
    accreditation: str = field(N_("Accreditation"), audience=_ALL, headings=("akreditasi", "accreditation"), default="")
    takes_deposit_note: str = field(
        N_("Deposit rule"), help=N_("As the desk states it."), audience=OUTSIDE_BUT_PUBLIC, default=""
    )
    has_credit_arrangement: bool | None = field(
        N_("Accepts guarantee letters"), help=N_("As last heard. Unknown is an answer too."), default=None
    )
    note: str = field(N_("Note"), headings=("catatan", "keterangan", "note", "remarks"), default="")
    last_verified_on: dt.date | None = field(
        N_("Last verified on"), audience=_ALL, headings=("terakhir dicek", "last verified"), default=None
    )
    closed_on: dt.date | None = field(N_("Closed on"), audience=_ALL, default=None)


@draft
class GroupDraft:
    """A hospital group by its name."""

    name: str = field(N_("Name of the group"), required=True, audience=_ALL)


@draft
class GroupMembershipDraft:
    """A hospital belonged to a group from one day to another. Columbia Asia is not IHH."""

    organization_id: int = field(N_("Hospital"), required=True, audience=_ALL)
    group: str = field(N_("Hospital group"), required=True, audience=_ALL, headings=("grup", "group"))
    valid_from: dt.date | None = field(N_("Since"), audience=_ALL, default=None)
    valid_to: dt.date | None = field(N_("Until"), audience=_ALL, default=None)
    source: str = field(N_("Source"), audience=_ALL, default="")


@draft
class AdministratorLinkDraft:
    """An administrator decides for an insurer; one desk may serve many insurers."""

    administrator_id: int = field(N_("Administrator"), required=True, audience=OUTSIDE_BUT_PUBLIC)
    insurer_id: int = field(N_("Insurer"), required=True, audience=OUTSIDE_BUT_PUBLIC)
    valid_from: dt.date | None = field(N_("Since"), audience=OUTSIDE_BUT_PUBLIC, default=None)
    valid_to: dt.date | None = field(N_("Until"), audience=OUTSIDE_BUT_PUBLIC, default=None)


@draft
class ContactDraft:
    """A desk or a person at a house: whom to call, when, in which language, and when somebody last checked."""

    organization_id: int = field(N_("Organisation"), required=True, audience=_ALL)
    desk: Desk = field(N_("Desk"), required=True, audience=_ALL, headings=("bagian", "meja", "desk", "department"))
    name: str = field(
        N_("Person"), audience=OUTSIDE_BUT_PUBLIC, headings=("nama", "kontak", "contact", "pic", "name"), default=""
    )
    phone: str = field(N_("Telephone"), audience=_ALL, headings=("telepon", "phone", "telp", "hp"), default="")
    whatsapp: str = field(N_("WhatsApp"), audience=_ALL, headings=("whatsapp", "wa"), default="")
    night_phone: str = field(N_("Night number"), audience=_ALL, headings=("telepon malam", "night"), default="")
    email: str = field(N_("E-mail"), audience=_ALL, headings=("email", "e mail"), default="")
    hours: str = field(
        N_("Hours"),
        help=N_("In the desk's own time, for instance “Mon-Fri 08:00-17:00” or “24h”."),
        audience=_ALL,
        headings=("jam", "jam kerja", "hours"),
        default="",
    )
    languages: tuple[str, ...] = field(N_("Languages"), audience=_ALL, headings=("bahasa", "languages"), default=())
    cut_off: str = field(
        N_("Cut-off for letters"), help=N_("Until when papers are taken for the same day, in the desk's own time."),
        audience=OUTSIDE_BUT_PUBLIC, default="",
    )  # fmt: skip
    channel: RequestChannel | None = field(N_("Takes requests by"), audience=_ALL, default=None)
    channel_note: str = field(
        N_("Portal address or fax number"), help=N_("Where requests go, if it is none of the numbers above."),
        audience=OUTSIDE_BUT_PUBLIC, default="",
    )  # fmt: skip
    deposit_rule: str = field(
        N_("Deposit rule of this desk"), help=N_("Only where it differs from the rule of the house."),
        audience=OUTSIDE_BUT_PUBLIC, default="",
    )  # fmt: skip
    is_preferred: bool = field(N_("Call this one first"), audience=_ALL, default=False)
    last_verified_on: dt.date | None = field(
        N_("Last verified on"), audience=_ALL, headings=("terakhir dicek", "last verified"), default=None
    )
    verified_by: str = field(N_("Verified by"), default="")
    note: str = field(N_("Note"), headings=("catatan", "keterangan", "note"), default="")


NOT_A_TIME = N_("Write the cut-off as one time of the day, for instance 15:00.")

FADED_DAYS, STALE_DAYS = 90, 180
"""What nobody verified for longer is shown grey, then marked. Sources: ``ux`` 3.5 (d), ``domain`` 2.1, ContactPoint."""


class Freshness(Coded):
    """How far one may rely on something that somebody last checked on a day."""

    FRESH = "FRESH", N_("verified lately")
    FADED = "FADED", N_("verified more than 90 days ago")
    STALE = "STALE", N_("verified more than 180 days ago")
    NEVER = "NEVER", N_("never verified")


def freshness(last_verified_on: dt.date | None, *, today: dt.date) -> Freshness:
    """How old a check is: beyond 90 days it fades, beyond 180 it should be made again."""
    if last_verified_on is None:
        return Freshness.NEVER
    age = (today - last_verified_on).days
    if age > STALE_DAYS:
        return Freshness.STALE
    return Freshness.FADED if age > FADED_DAYS else Freshness.FRESH


def is_stale(last_verified_on: dt.date | None, *, today: dt.date) -> bool:
    """Whether a word of a house or a desk should be checked again before anybody relies on it."""
    return freshness(last_verified_on, today=today) in (Freshness.STALE, Freshness.NEVER)


def check_organization(organization: OrganizationDraft, *, today: dt.date) -> list[Problem]:
    """Everything wrong or odd about a house."""
    country = organization.country or "ID"
    found = check_required(organization)
    found += check_phone(organization.phone, country)
    found += check_phone(organization.night_phone, country, field="night_phone")
    found += check_email(organization.email)
    if organization.country and not re.fullmatch(r"[A-Z]{2}", organization.country):
        found.append(problem("COUNTRY", N_("Write the country as two capital letters, for instance MY."), "country"))
    if organization.zone and organization.zone not in known_zones():
        found.append(problem("ZONE", N_("This time zone does not exist. Choose one from the list."), "zone"))
    return found + _check_verified(organization.last_verified_on, today=today)


def check_contact(contact: ContactDraft, *, country: str = "ID", today: dt.date) -> list[Problem]:
    """Everything wrong or odd about a contact: it needs at least one way to be reached."""
    found = check_required(contact)
    if not any(t.strip() for t in (contact.phone, contact.whatsapp, contact.night_phone, contact.email)):
        found.append(problem("NO_WAY", N_("Write down at least one number or address to reach this desk."), "phone"))
    for name in ("phone", "whatsapp", "night_phone"):
        found += check_phone(getattr(contact, name), country, field=name)
    if contact.cut_off.strip() and read_cut_off(contact.cut_off) is None:
        found.append(problem("CUT_OFF", NOT_A_TIME, "cut_off"))
    return found + check_email(contact.email) + _check_verified(contact.last_verified_on, today=today)


def check_membership(membership: GroupMembershipDraft | AdministratorLinkDraft) -> list[Problem]:
    """Everything wrong with a dated tie between two houses."""
    return check_required(membership) + check_order(membership, "valid_from", "valid_to")


def _check_verified(day: dt.date | None, *, today: dt.date) -> list[Problem]:
    if day is None or day <= today:
        return []
    return [problem("IN_FUTURE", N_("This date lies in the future."), "last_verified_on")]
