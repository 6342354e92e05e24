"""The office and its officers."""

from __future__ import annotations

from liaison.domain.calendars import known_zones
from liaison.domain.coded import Coded
from liaison.domain.fields import check_required, draft, field, problem
from liaison.domain.identifiers import check_phone
from liaison.domain.people import check_email
from liaison.domain.policies import check_currency
from liaison.domain.privacy import EVERYONE
from liaison.domain.problems import Problem
from liaison.domain.regions import CITIES
from liaison.i18n import LANGUAGES, N_


class Role(Coded):
    """What an officer may do. The first officer is both, so that a one-person office never gets stuck."""

    OFFICER = "OFFICER", N_("officer")
    SUPERVISOR = "SUPERVISOR", N_("supervisor")


BOTH_ROLES = frozenset(Role)
SYSTEM_ACTOR = "system"
"""The actor of changes that time alone makes."""


@draft
class OfficeDraft:
    """The one office that a store belongs to; its letterhead stands on the paper."""

    name: str = field(N_("Name of the office"), required=True, audience=EVERYONE)
    city: str = field(
        N_("City code"), help=N_("Heads every case number, for instance MDN."), required=True, audience=EVERYONE
    )
    zone: str = field(N_("Time zone"), audience=EVERYONE, default="Asia/Jakarta")
    address: str = field(N_("Address"), audience=EVERYONE, default="")
    phone: str = field(N_("Telephone"), audience=EVERYONE, default="")
    email: str = field(N_("E-mail"), audience=EVERYONE, default="")
    letterhead: str = field(N_("Line under the name"), audience=EVERYONE, default="")
    signatory: str = field(N_("Signed by"), audience=EVERYONE, default="")
    signatory_title: str = field(N_("Title of the signatory"), audience=EVERYONE, default="")
    language: str = field(N_("Language"), default="id")
    report_currency: str = field(N_("Currency of reports"), default="IDR")


@draft
class OfficerDraft:
    """A person who works here."""

    name: str = field(N_("Officer's name"), required=True, audience=EVERYONE)
    phone: str = field(N_("Telephone"), default="")
    email: str = field(N_("E-mail"), default="")
    is_supervisor: bool = field(
        N_("Supervisor"), help=N_("May pass over blocks and reopen closed cases."), default=False
    )


def roles_of(*, is_supervisor: bool) -> frozenset[Role]:
    """What an officer may do."""
    return BOTH_ROLES if is_supervisor else frozenset({Role.OFFICER})


def check_office(office: OfficeDraft) -> list[Problem]:
    """Everything wrong with the office's details."""
    found = check_required(office) + check_phone(office.phone) + check_email(office.email)
    if office.city.strip() and office.city not in {c.code for c in CITIES}:
        found.append(problem("CITY", N_("We do not know this city. Choose one from the list."), "city"))
    if office.zone not in known_zones():
        found.append(problem("ZONE", N_("This time zone does not exist. Choose one from the list."), "zone"))
    if office.language not in LANGUAGES:
        found.append(problem("LANGUAGE", N_("Choose Bahasa Indonesia or English."), "language"))
    return found + check_currency(office.report_currency, field="report_currency")


def check_officer(officer: OfficerDraft) -> list[Problem]:
    """Everything wrong with an officer's details; ``system`` is nobody's name."""
    found = check_required(officer) + check_phone(officer.phone) + check_email(officer.email)
    if officer.name.strip().casefold() == SYSTEM_ACTOR:
        found.append(problem("RESERVED", N_("This name is kept for the program itself."), "name"))
    return found
