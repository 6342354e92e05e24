"""Products, policies and who is covered by them."""

from __future__ import annotations

from liaison.domain.coded import Coded
from liaison.i18n import N_


class PolicyStatus(Coded):
    """Whether premiums are paid. Source: ``domain`` 2.1, Policy."""

    IN_FORCE = "IN_FORCE", N_("in force")
    GRACE = "GRACE", N_("in the grace period")
    LAPSED = "LAPSED", N_("lapsed")
    REINSTATED = "REINSTATED", N_("reinstated")
    TERMINATED = "TERMINATED", N_("terminated")
    NOT_STATED = "NOT_STATED", N_("policy status not stated")


class EligibilityResult(Coded):
    """What the insurer or its administrator answered to "is this covered". Source: ``domain`` 2.1, EligibilityCheck."""

    ELIGIBLE = "ELIGIBLE", N_("eligible")
    ELIGIBLE_WITH_LIMITS = "ELIGIBLE_WITH_LIMITS", N_("eligible with limits")
    REIMBURSE_ONLY = "REIMBURSE_ONLY", N_("reimbursement only")
    NOT_ELIGIBLE = "NOT_ELIGIBLE", N_("not eligible")
    UNKNOWN = "UNKNOWN", N_("no clear answer yet")


class RoomRule(Coded):
    """What a room above the entitlement costs the patient. Source: ``domain`` 1.3 C."""

    DIFFERENCE_ONLY = "DIFFERENCE_ONLY", N_("patient pays the difference")
    PRORATE_ALL = "PRORATE_ALL", N_("the whole bill is prorated")
    NOT_STATED = "NOT_STATED", N_("room rule not stated")
