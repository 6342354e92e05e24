"""The life of a claim. Source: ``domain`` 1.6."""

from __future__ import annotations

from liaison.domain.coded import Coded
from liaison.i18n import N_


class ClaimState(Coded):
    """Where a claim stands."""

    DRAFT = "K01", N_("Draft")
    INCOMPLETE = "K02", N_("Documents missing")
    READY = "K03", N_("Ready to submit")
    SUBMITTED = "K04", N_("Submitted")
    REGISTERED = "K05", N_("Registered by the insurer")
    IN_REVIEW = "K06", N_("In review")
    QUERIED = "K07", N_("Insurer asks for documents")
    INVESTIGATION = "K08", N_("Under investigation")
    APPROVED = "K09", N_("Approved")
    PARTIALLY_APPROVED = "K10", N_("Partially approved")
    REJECTED = "K11", N_("Rejected")
    APPEALED = "K12", N_("Appealed")
    PAYMENT_PENDING = "K13", N_("Payment pending")
    PAID = "K14", N_("Paid")
    CLOSED = "K15", N_("Closed")
    DISPUTED_PAYMENT = "K16", N_("Payment disputed")
    REOPENED = "K17", N_("Reopened")
    WITHDRAWN = "K90", N_("Withdrawn")
    TIME_BARRED = "K91", N_("Time-barred")
    VOID = "K92", N_("Void")


class ClaimKind(Coded):
    """What kind of claim this is."""

    CASHLESS = "CASHLESS", N_("cashless")
    REIMBURSEMENT = "REIMBURSEMENT", N_("reimbursement")
    PRE_POST_HOSP = "PRE_POST_HOSP", N_("before or after hospital")
    TOP_UP_COB = "TOP_UP_COB", N_("top-up with another payer (COB)")
    DEATH = "DEATH", N_("death")
    NOT_STATED = "NOT_STATED", N_("claim kind not stated")


class LineCategory(Coded):
    """What a bill or claim line is for. Source: ``domain`` 2.4."""

    RNB = "RNB", N_("room & board")
    ICU = "ICU", N_("intensive care")
    NUR = "NUR", N_("nursing")
    OTH_OT = "OTH_OT", N_("operating theatre")
    SUP = "SUP", N_("medical & surgical supplies")
    CON = "CON", N_("consignment, implants")
    EQP = "EQP", N_("equipment")
    GAS = "GAS", N_("gases")
    MED = "MED", N_("medication in hospital")
    TTO = "TTO", N_("take-home medicine")
    LAB = "LAB", N_("laboratory")
    IMG = "IMG", N_("imaging, radiology")
    DRC = "DRC", N_("consultation, ward visit")
    SUR = "SUR", N_("surgeon")
    ANA = "ANA", N_("anaesthetist")
    REH = "REH", N_("rehabilitation, physiotherapy")
    AMB = "AMB", N_("ambulance")
    ADM = "ADM", N_("administration, registration, other")
    NMD = "NMD", N_("non-medical")
    TAX = "TAX", N_("service tax")
    ROUND = "ROUND", N_("rounding")
