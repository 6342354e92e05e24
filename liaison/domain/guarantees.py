"""The life of a guarantee letter. Source: ``domain`` 1.5."""

from __future__ import annotations

from liaison.domain.coded import Coded
from liaison.i18n import N_


class GuaranteeState(Coded):
    """Where a guarantee letter stands."""

    DRAFT = "G01", N_("Draft")
    REQUESTED = "G02", N_("Requested")
    QUERIED = "G03", N_("Insurer asks")
    ISSUED = "G04", N_("Issued")
    DECLINED = "G05", N_("Declined")
    DEFERRED = "G06", N_("Reimbursement advised")
    ACCEPTED = "G07", N_("Accepted by the hospital")
    TOPUP_REQUESTED = "G08", N_("Top-up requested")
    TOPUP_ISSUED = "G09", N_("Top-up issued")
    FINAL_REQUESTED = "G10", N_("Final letter requested")
    FINAL_QUERIED = "G11", N_("Insurer asks about the final bill")
    FINAL_ISSUED = "G12", N_("Final letter issued")
    EXPIRED = "G13", N_("Expired")
    WITHDRAWN = "G14", N_("Withdrawn by the insurer")
    CONVERTED = "G15", N_("Turned into reimbursement")
    CLOSED = "G16", N_("Closed")
    REOPENED = "G17", N_("Reopened")
    CANCELLED = "G20", N_("Cancelled")


class VersionKind(Coded):
    """Which letter of a guarantee case this is."""

    INITIAL = "INITIAL", N_("initial letter")
    TOPUP = "TOPUP", N_("top-up letter")
    FINAL = "FINAL", N_("final letter")
