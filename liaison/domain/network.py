"""The network: hospitals, insurers, administrators and the desks to call there."""

from __future__ import annotations

from liaison.domain.coded import Coded
from liaison.i18n import N_


class OrganizationKind(Coded):
    """What an organisation does in a case."""

    HOSPITAL = "HOSPITAL", N_("hospital")
    INSURER = "INSURER", N_("insurer")
    ADMINISTRATOR = "ADMINISTRATOR", N_("third-party administrator")
    ASSISTANCE = "ASSISTANCE", N_("assistance company")
    REP_OFFICE = "REP_OFFICE", N_("representative office")
    OTHER = "OTHER", N_("other organisation")


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
