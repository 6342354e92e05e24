"""Why a letter was declined, a line cut or a claim rejected. Source: ``domain`` 2.4."""

from __future__ import annotations

from liaison.domain.coded import Coded
from liaison.i18n import N_


class ReasonCode(Coded):
    """One list of reasons for letters, lines and claims."""

    R01 = "R01", N_("policy lapsed or premium unpaid")
    R02 = "R02", N_("not insured on the service date")
    R03 = "R03", N_("waiting period")
    R04 = "R04", N_("pre-existing or undisclosed condition")
    R05 = "R05", N_("policy exclusion")
    R06 = "R06", N_("outside the territory of cover")
    R07 = "R07", N_("hospital or doctor not on the panel")
    R08 = "R08", N_("not medically necessary")
    R09 = "R09", N_("insufficient information")
    R10 = "R10", N_("document missing")
    R11 = "R11", N_("document not original, not legalised or not translated")
    R12 = "R12", N_("submitted late")
    R13 = "R13", N_("annual limit exhausted")
    R14 = "R14", N_("sub-limit exceeded")
    R15 = "R15", N_("room above entitlement")
    R16 = "R16", N_("non-medical item")
    R17 = "R17", N_("not reasonable and customary")
    R18 = "R18", N_("duplicate")
    R19 = "R19", N_("below the deductible")
    R20 = "R20", N_("co-payment share")
    R21 = "R21", N_("another payer comes first")
    R22 = "R22", N_("diagnosis and procedure do not match")
    R23 = "R23", N_("identity does not match")
    R24 = "R24", N_("under investigation")
    R25 = "R25", N_("outpatient care billed as inpatient")
    R26 = "R26", N_("visit limit reached")
    R27 = "R27", N_("guarantee letter expired or withdrawn")
    R99 = "R99", N_("other reason, in words")
